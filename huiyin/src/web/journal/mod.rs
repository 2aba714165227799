//! The journal's page (日志), for the audit administrator.

use crate::see::{JournalAsked, JournalPage, journal};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use store::journal::JournalLine;

#[derive(Template)]
#[template(path = "journal/journal.html")]
struct Journal {
    p: Page,
    lines: Vec<(String, JournalLine)>,
    next: Option<i64>,
}

/// The journal, newest first.
pub async fn page(
    State(house): State<Shared>,
    desk: Desk,
    Query(asked): Query<JournalAsked>,
) -> Response {
    let actor = desk.actor.clone();
    match blocking(&house, move |house| journal(house, &actor, &asked)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(JournalPage { lines, next }) => {
            let time = |line: &JournalLine| {
                house.zone_time(line.at).strftime("%Y-%m-%d %H:%M:%S").to_string()
            };
            let lines = lines.into_iter().map(|line| (time(&line), line)).collect();
            render(&Journal { lines, next, p: Page::desk(&house, desk, "/journal") })
        }
    }
}
