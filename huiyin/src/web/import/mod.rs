//! Taking in an old ledger at the desk (导入台账): a dry run first, row by row; then the same for good.

use crate::house::Waiting;
use crate::import::{RowOutcome, Summary, run};
use crate::problem::{FieldError, Problem, Wrong};
use crate::web::form::{SentWithFiles, Upload};
use crate::web::page::{Page, problem_page, text, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use casework::role::{self, Act, Thing};
use papers::ledger::parse;
use std::io::Read;
use std::sync::Arc;
use store::journal::Event;

/// The most rows that a page takes; longer ledgers go through the command line.
const MOST_ROWS: usize = 20_000;
/// The most rows that a page names one by one.
const MOST_SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "import/import.html")]
struct ImportPage {
    p: Page,
    waiting: Option<(String, usize)>,
    wrong: Option<String>,
    done: Option<ImportReport>,
}

/// What an import or its dry run came to.
struct ImportReport {
    dry: bool,
    taken: usize,
    known: usize,
    bad: Vec<(u32, String, String)>,
    more_bad: usize,
    dropped: Vec<String>,
    ignored: Vec<String>,
}

fn report(desk: &Desk, dry: bool, summary: Summary) -> ImportReport {
    let (taken, known) = (
        summary.count(|outcome| *outcome == RowOutcome::Taken),
        summary.count(|outcome| *outcome == RowOutcome::Known),
    );
    let mut bad: Vec<(u32, String, String)> = summary
        .rows
        .into_iter()
        .filter_map(|(row, outcome)| match outcome {
            RowOutcome::Bad { cell, wrong } => Some((row, cell, desk.lang.t(wrong.word()))),
            RowOutcome::Refused { cell, refusal } => {
                Some((row, cell, text(desk.lang, &Problem::Refused(refusal))))
            }
            RowOutcome::Unanswered { cell } => Some((row, cell, desk.lang.t("import-unanswered"))),
            RowOutcome::Taken | RowOutcome::Known => None,
        })
        .collect();
    let more_bad = bad.len().saturating_sub(MOST_SHOWN);
    bad.truncate(MOST_SHOWN);
    ImportReport {
        dry,
        taken,
        known,
        bad,
        more_bad,
        dropped: summary.dropped,
        ignored: summary.ignored,
    }
}

fn import_page(
    house: &Shared,
    desk: Desk,
    done: Option<ImportReport>,
    problem: Option<&Problem>,
) -> Response {
    let waiting = house.ledgers.find(&desk.actor.account);
    let waiting = waiting.map(|kept| (kept.name.clone(), kept.ledger.rows.len()));
    let wrong = problem.map(|problem| {
        let Problem::Invalid(fields) = problem else { return text(desk.lang, problem) };
        fields.first().map(|field| desk.lang.t(field.wrong.word())).unwrap_or_default()
    });
    let status = problem.map_or(200, Problem::status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    with_status(status, &ImportPage { p: Page::desk(house, desk, "/import"), waiting, wrong, done })
}

/// The page.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    match role::allow(&desk.actor, Act::Import, Thing::Office) {
        Ok(()) => import_page(&house, desk, None, None),
        Err(denial) => problem_page(&house, desk.lang, &Problem::Denied(denial)),
    }
}

fn wrong(wrong: Wrong) -> Problem {
    Problem::Invalid(vec![FieldError::new("file", wrong)])
}

/// A ledger that was sent, to be tried.
fn ledger(file: Upload) -> Result<Waiting, Problem> {
    let mut bytes = Vec::new();
    file.content.reader()?.read_to_end(&mut bytes).map_err(store::Error::from)?;
    let ledger = parse(&bytes).map_err(|_| wrong(Wrong::Ledger))?;
    if ledger.rows.len() > MOST_ROWS {
        return Err(wrong(Wrong::LedgerLong));
    }
    Ok(Waiting { name: file.name, ledger })
}

fn take(
    house: &Shared,
    desk: &Desk,
    step: &str,
    file: Option<Upload>,
) -> Result<Option<ImportReport>, Problem> {
    let account = &desk.actor.account;
    if let Some(file) = file {
        house.ledgers.keep(account, Arc::new(ledger(file)?));
    }
    let dry = match step {
        "forget" => {
            house.ledgers.forget(account);
            return Ok(None);
        }
        "import" => false,
        _ => true,
    };
    let waiting = house.ledgers.find(account).ok_or_else(|| wrong(Wrong::Missing))?;
    let summary = run(house, &desk.actor, &waiting.ledger, dry, |_| {})?;
    if !dry {
        house.ledgers.forget(account);
        let taken = summary.count(|outcome| *outcome == RowOutcome::Taken).to_string();
        house.write_down(house.note(&desk.actor, Event::LedgerImported).saying(taken))?;
    }
    Ok(Some(report(desk, dry, summary)))
}

/// Tries a ledger, takes it in, or forgets it.
pub async fn post(
    State(house): State<Shared>,
    SentWithFiles { desk, received }: SentWithFiles,
) -> Response {
    if let Err(denial) = role::allow(&desk.actor, Act::Import, Thing::Office) {
        return problem_page(&house, desk.lang, &Problem::Denied(denial));
    }
    let (posted, file) = received.with_file("file");
    let (user, step) = (desk.clone(), posted.text("step"));
    match blocking(&house, move |house| take(house, &user, &step, file)).await {
        Ok(done) => import_page(&house, desk, done, None),
        Err(problem) => import_page(&house, desk, None, Some(&problem)),
    }
}
