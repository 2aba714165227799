//! The journal's page (日志), for the audit administrator.

use crate::problem::Problem;
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use casework::role::{self, Act, Thing};
use serde::Deserialize;
use store::journal;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Before {
    before: String,
}

#[derive(Template)]
#[template(path = "journal/journal.html")]
struct JournalPage {
    p: Page,
    lines: Vec<(String, journal::JournalLine)>,
    next: Option<i64>,
}

/// The journal, newest first.
pub async fn page(State(house): State<Shared>, desk: Desk, Query(ask): Query<Before>) -> Response {
    if let Err(denial) = role::allow(&desk.actor, Act::ReadJournal, Thing::Office) {
        return problem_page(&house, desk.lang, &Problem::Denied(denial));
    }
    let before = ask.before.parse().ok();
    let scope = role::scope(&desk.actor);
    let found = blocking(&house, move |house| {
        Ok(house.db.read(|tx| journal::list_for(tx, &scope, before, 100))?)
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(lines) => render(&JournalPage {
            next: (lines.len() == 100).then(|| lines.last().map(|line| line.sequence)).flatten(),
            lines: lines
                .into_iter()
                .map(|line| {
                    (house.zone_time(line.at).strftime("%Y-%m-%d %H:%M:%S").to_string(), line)
                })
                .collect(),
            p: Page::desk(&house, desk, "/journal"),
        }),
    }
}
