//! Taking in an old ledger at the desk (导入台账): a dry run first, row by row; then the same for good.

use crate::house::Waiting;
use crate::import::{RowOutcome, Summary, run};
use crate::problem::{FieldError, Problem, Wrong};
use crate::web::form::unreadable;
use crate::web::page::{Page, problem_page, text, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use casework::role::{self, Act, Thing};
use papers::ledger::parse;
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

/// What the form carries.
#[derive(Default)]
struct Sent {
    csrf: String,
    step: String,
    file: Option<(String, Vec<u8>)>,
}

async fn read(mut parts: Multipart) -> Result<Sent, Problem> {
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::TooLarge)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| Problem::TooLarge)?;
        match (name.as_str(), file) {
            ("file", Some(file)) if !bytes.is_empty() => sent.file = Some((file, bytes.to_vec())),
            (name @ ("csrf" | "step"), None) => {
                let value = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?;
                *(if name == "csrf" { &mut sent.csrf } else { &mut sent.step }) = value;
            }
            _ => {}
        }
    }
    Ok(sent)
}

fn wrong(wrong: Wrong) -> Problem {
    Problem::Invalid(vec![FieldError::new("file", wrong)])
}

fn take(house: &Shared, desk: &Desk, sent: Sent) -> Result<Option<ImportReport>, Problem> {
    role::allow(&desk.actor, Act::Import, Thing::Office).map_err(Problem::Denied)?;
    if sent.csrf != desk.csrf {
        return Err(Problem::Forged);
    }
    let account = &desk.actor.account;
    if let Some((name, bytes)) = sent.file {
        let ledger = parse(&bytes).map_err(|_| wrong(Wrong::Ledger))?;
        if ledger.rows.len() > MOST_ROWS {
            return Err(wrong(Wrong::LedgerLong));
        }
        house.ledgers.keep(account, Arc::new(Waiting { name, ledger }));
    }
    let dry = match sent.step.as_str() {
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
pub async fn post(State(house): State<Shared>, desk: Desk, parts: Multipart) -> Response {
    let sent = match read(parts).await {
        Ok(sent) => sent,
        Err(problem) => return import_page(&house, desk, None, Some(&problem)),
    };
    let user = desk.clone();
    match blocking(&house, move |house| take(house, &user, sent)).await {
        Ok(done) => import_page(&house, desk, done, None),
        Err(problem @ (Problem::Denied(_) | Problem::Forged)) => {
            problem_page(&house, desk.lang, &problem)
        }
        Err(problem) => import_page(&house, desk, None, Some(&problem)),
    }
}
