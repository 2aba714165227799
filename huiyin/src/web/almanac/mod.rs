//! The calendar's and the classification's pages (工作日历、内容分类).

use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::calendar::Schedule;
use casework::category::head::ProblemHead;
use casework::role::{self, Act, Thing};
use store::almanac::{self, LocalHoliday};

#[derive(Template)]
#[template(path = "almanac/calendar.html")]
struct CalendarPage {
    p: Page,
    schedules: Vec<Schedule>,
    local: Vec<LocalHoliday>,
    may_change: bool,
}

fn may_change(desk: &Desk) -> bool {
    role::allow(&desk.actor, Act::ManageCalendar, Thing::Office).is_ok()
}

/// The working calendar.
pub async fn calendar(State(house): State<Shared>, desk: Desk) -> Response {
    let found = blocking(&house, |house| {
        Ok(house.db.read(|tx| {
            Ok::<_, store::Error>((almanac::schedules(tx)?, almanac::local_holidays(tx)?))
        })?)
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((mut schedules, local)) => {
            schedules.reverse();
            let may_change = may_change(&desk);
            render(&CalendarPage {
                schedules,
                local,
                may_change,
                p: Page::desk(&house, desk, "/calendar"),
            })
        }
    }
}

#[derive(Template)]
#[template(path = "almanac/categories.html")]
struct CategoriesPage {
    p: Page,
    on: jiff::civil::Date,
    rows: Vec<(usize, String)>,
    heads: Vec<ProblemHead>,
    /// The same as the form takes it, to begin from.
    table: String,
    may_change: bool,
}

/// The heads as lines of a table.
fn table(heads: &[ProblemHead]) -> String {
    let line = |head: &ProblemHead| {
        let categories: Vec<&str> = head.categories.iter().map(|one| one.0.as_str()).collect();
        format!("{}, {}, {}", head.id.0, head.name, categories.join(", "))
    };
    heads.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The classification and the problem heads in force today.
pub async fn categories(State(house): State<Shared>, desk: Desk) -> Response {
    let on = house.moment().on;
    let directory = house.directory();
    let rows = directory.categories(on);
    render(&CategoriesPage {
        on,
        table: table(&directory.problem_heads(on)),
        heads: directory.problem_heads(on),
        rows: rows
            .iter()
            .map(|category| (category.0.matches('/').count(), category.leaf().to_owned()))
            .collect(),
        may_change: may_change(&desk),
        p: Page::desk(&house, desk, "/categories"),
    })
}
