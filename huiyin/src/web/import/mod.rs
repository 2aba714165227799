//! Taking in an old ledger at the desk (导入台账): a dry run first, row by row; then the same for good.

use crate::house::House;
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
use papers::ledger::{Ledger, parse};
use std::io::Read;
use store::journal::Event;
use store::ledger;
use zeroize::Zeroizing;

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

/// The page after a ledger was tried, taken in or refused, with what waits now.
async fn import_page(
    house: Shared,
    desk: Desk,
    came_to: Result<Option<ImportReport>, Problem>,
) -> Response {
    let user = desk.clone();
    let waiting = match blocking(&house, move |house| waiting(house, &user)).await {
        Ok(waiting) => waiting.map(|kept| (kept.name, kept.ledger.rows.len())),
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (done, problem) = match came_to {
        Ok(done) => (done, None),
        Err(problem) => (None, Some(problem)),
    };
    let wrong = problem.as_ref().map(|problem| {
        let Problem::Invalid(fields) = problem else { return text(desk.lang, problem) };
        fields.first().map(|field| desk.lang.t(field.wrong.word())).unwrap_or_default()
    });
    let status = problem.as_ref().map_or(200, Problem::status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    with_status(
        status,
        &ImportPage { p: Page::desk(&house, desk, "/import"), waiting, wrong, done },
    )
}

/// The page.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    match role::allow(&desk.actor, Act::Import, Thing::Office) {
        Ok(()) => import_page(house, desk, Ok(None)).await,
        Err(denial) => problem_page(&house, desk.lang, &Problem::Denied(denial)),
    }
}

fn wrong(wrong: Wrong) -> Problem {
    Problem::Invalid(vec![FieldError::new("file", wrong)])
}

/// What waits for somebody to be taken in.
struct Waiting {
    name: String,
    ledger: Ledger,
}

/// What waits for whoever is at the desk; they may come back to it at another program over the same record.
fn waiting(house: &House, desk: &Desk) -> Result<Option<Waiting>, Problem> {
    let account = &desk.actor.account;
    let found = house.db.read(|tx| ledger::find(tx, account, &house.vault))?;
    let open = |kept: ledger::Ledger| {
        let ledger = parse(&kept.content).map_err(|_| wrong(Wrong::Ledger))?;
        Ok(Waiting { name: kept.name, ledger })
    };
    found.map(open).transpose()
}

/// Keeps a ledger that was sent, to be tried.
fn keep(house: &House, desk: &Desk, file: Upload) -> Result<(), Problem> {
    let mut content = Zeroizing::new(Vec::new());
    file.content.reader()?.read_to_end(&mut content).map_err(store::Error::from)?;
    let ledger = parse(&content).map_err(|_| wrong(Wrong::Ledger))?;
    if ledger.rows.len() > MOST_ROWS {
        return Err(wrong(Wrong::LedgerLong));
    }
    let account = desk.actor.account.clone();
    let sealed = house.vault.seal_file(&account.0, &content, house.random())?;
    let now = house.clock.now();
    Ok(house.db.write(move |tx| ledger::record(tx, &account, &file.name, &sealed, now))?)
}

fn forget(house: &House, desk: &Desk) -> Result<(), Problem> {
    let account = desk.actor.account.clone();
    Ok(house.db.write(move |tx| ledger::forget(tx, &account))?)
}

fn take(
    house: &Shared,
    desk: &Desk,
    step: &str,
    file: Option<Upload>,
) -> Result<Option<ImportReport>, Problem> {
    if let Some(file) = file {
        keep(house, desk, file)?;
    }
    let dry = match step {
        "forget" => {
            forget(house, desk)?;
            return Ok(None);
        }
        "import" => false,
        _ => true,
    };
    let waiting = waiting(house, desk)?.ok_or_else(|| wrong(Wrong::Missing))?;
    let summary = run(house, &desk.actor, &waiting.ledger, dry, |_| {})?;
    if !dry {
        forget(house, desk)?;
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
    let done = blocking(&house, move |house| take(house, &user, &step, file)).await;
    import_page(house, desk, done).await
}
