//! Explaining a due date to anybody (期限怎么算): which text, which article, how many days, what the
//! holidays do to it.

use crate::house::House;
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
    clocks: [ClockKind; ClockKind::ALL.len()],
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
    let asked = !ask.start.is_empty() || !ask.clock.is_empty();
    let counted = asked.then(|| counted(&house, &ask)).transpose();
    let (found, wrong) = match counted {
        Ok(found) => (found, None),
        Err(why) => (None, Some(why)),
    };
    let p = Page::public(&house, lang_of(&headers));
    let ClockAsked { clock, start, add } = ask;
    render(&DeadlinePage { p, clocks: ClockKind::ALL, clock, start, add, found, wrong })
}

/// The due date that was asked for, or the locale key of why there is none.
fn counted(house: &House, ask: &ClockAsked) -> Result<ClockLine, &'static str> {
    const MOST_ADDED: u32 = 365;
    let clock = ClockKind::parse(&ask.clock).ok_or(Wrong::Choice.word())?;
    let start = date(&ask.start).ok_or(Wrong::Date.word())?;
    let add = if ask.add.is_empty() { Some(0) } else { ask.add.parse().ok() };
    let add = add.filter(|days| *days <= MOST_ADDED).ok_or(Wrong::Number.word())?;
    if !house.statutes.any(start) {
        return Err("deadline-no-law");
    }
    let law = house.statutes.on(start, &house.setup.place.0);
    let due = law.and_then(|law| due_under(clock, start, add, &law, &house.calendar()));
    // Where no text gives a length, somebody sets the date, or a local text may.
    let why = if clock.set_by_hand() { "deadline-by-hand" } else { "deadline-none" };
    Ok(ClockLine {
        due: due.ok_or(why)?,
        ended_on: None,
        binds: None,
        unit: String::new(),
        petition: None,
        whose: Vec::new(),
    })
}
