//! Explaining a due date to anybody (期限怎么算): which text, which article, how many days, what the
//! holidays do to it.

use crate::parameters::date;
use crate::problem::Wrong;
use crate::web::Shared;
use crate::web::matter::ClockLine;
use crate::web::page::{Page, lang_of, render};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::deadline::due_under;
use casework::statute::ClockKind;
use serde::Deserialize;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClockAsked {
    clock: String,
    start: String,
    add: String,
}

#[derive(Template)]
#[template(path = "portal/deadline.html")]
struct DeadlinePage {
    p: Page,
    clocks: Vec<ClockKind>,
    clock: String,
    start: String,
    add: String,
    found: Option<ClockLine>,
    wrong: Option<&'static str>,
}

/// The form, and the answer where something was asked.
pub async fn page(
    State(house): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<ClockAsked>,
) -> Response {
    let p = Page::public(&house, lang_of(&headers));
    let place = house.setup.place.0.as_str();
    let clocks: Vec<ClockKind> = ClockKind::ALL.to_vec();
    let asked = !ask.start.is_empty() || !ask.clock.is_empty();
    let start = date(&ask.start);
    let clock = ClockKind::parse(&ask.clock).filter(|clock| clocks.contains(clock));
    let add = if ask.add.is_empty() { Some(0) } else { ask.add.parse::<u32>().ok() };
    let (found, wrong) = match (asked, clock, start, add.filter(|days| *days <= 365)) {
        (false, ..) => (None, None),
        (true, None, ..) => (None, Some(Wrong::Choice.word())),
        (true, _, None, _) => (None, Some(Wrong::Date.word())),
        (true, _, _, None) => (None, Some(Wrong::Number.word())),
        (true, _, Some(start), _) if !house.statutes.any(start) => (None, Some("deadline-no-law")),
        (true, Some(clock), Some(start), Some(add)) => {
            let calendar = house.calendar();
            let law = house.statutes.on(start, place);
            let due = law.and_then(|law| due_under(clock, start, add, &law, &calendar));
            let line = due.map(|due| ClockLine { due, ended_on: None, unit: String::new() });
            // Where no text gives a length, somebody sets the date, or a local text may.
            let why = if clock.set_by_hand() { "deadline-by-hand" } else { "deadline-none" };
            let wrong = line.is_none().then_some(why);
            (line, wrong)
        }
    };
    let (clock, start, add) = (ask.clock, ask.start, ask.add);
    render(&DeadlinePage { p, clocks, clock, start, add, found, wrong })
}
