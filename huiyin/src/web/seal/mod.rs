//! Who looked at what is sealed (密封事项查看记录): week by week, for the office's head (R05-23, R22-30).

use crate::parameters::Parameters;
use crate::see::looks;
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use casework::calendar::{plus_days, yesterday};
use jiff::civil::Date;
use serde::Deserialize;
use store::journal::{self, Event};

/// Which week.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WeekAsked {
    week: String,
}

#[derive(Template)]
#[template(path = "seal/seals.html")]
struct SealsPage {
    p: Page,
    from: Date,
    until: Date,
    before: Date,
    after: Option<Date>,
    lines: Vec<(String, journal::JournalLine)>,
    broken: usize,
}

/// The Monday of a day's week.
fn monday(on: Date) -> Date {
    plus_days(on, -i64::from(on.weekday().to_monday_zero_offset()))
}

/// The looks of one week, newest first.
pub async fn page(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<WeekAsked>,
) -> Response {
    let today = house.moment().on;
    let mut parameters = Parameters::default();
    let week = parameters.date("week", &ask.week);
    let from = match parameters.done(week) {
        Ok(week) => monday(week.unwrap_or(today)),
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let next = plus_days(from, 7);
    let span = house.instant(from, 0, 0)..house.instant(next, 0, 0);
    let actor = desk.actor.clone();
    let found = blocking(&house, move |house| looks(house, &actor, span));
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(lines) => render(&SealsPage {
            broken: lines.iter().filter(|line| line.event == Event::SealBroken).count(),
            lines: lines
                .into_iter()
                .map(|line| (house.zone_time(line.at).strftime("%Y-%m-%d %H:%M").to_string(), line))
                .collect(),
            from,
            until: yesterday(next),
            before: plus_days(from, -7),
            after: Some(next).filter(|day| *day <= today),
            p: Page::desk(&house, desk, "/seals"),
        }),
    }
}
