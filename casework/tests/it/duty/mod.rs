//! The duty side: what the rooms let happen, and what they refuse.

mod aim;
mod campaign;
mod edges;
mod figures;
mod quota;
mod readers;
mod rooms;
mod seen;
mod submission;
mod whole;

use crate::fixture::Office;
use casework::calendar::plus_days;
use casework::duty::Unfit;
use casework::duty::tenure::{Grade, Leave, Tenure};
use casework::matter::Context;
use casework::org::{AccountId, UnitId};
use casework::refusal::Refusal;
use jiff::civil::{Date, date};

pub fn account(id: &str) -> AccountId {
    AccountId(id.to_owned())
}

pub fn term(person: &str, grade: Grade, (from, until): (Date, Option<Date>)) -> Tenure {
    Tenure {
        person: account(person),
        unit: UnitId("gov".to_owned()),
        grade,
        post: "副县长".to_owned(),
        areas: Vec::new(),
        from,
        until,
        leaves: Vec::new(),
    }
}

/// A leader of the whole year.
pub fn leader() -> Tenure {
    term("leader", Grade::CountyLeader, (date(2025, 1, 1), None))
}

pub fn away(mut term: Tenure, from: Date, days: i64) -> Tenure {
    term.leaves.push(Leave { from, until: plus_days(from, days - 1) });
    term
}

/// The office on a day of 2025.
pub fn on(office: &Office, month: i8, day: i8) -> Context<'_> {
    office.context(date(2025, month, day))
}

/// Why the duty side refused it.
pub fn unfit<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Unfit {
    let refusal = result.expect_err("refused");
    let unfit = if let Refusal::Duty(unfit) = &refusal { Some(*unfit) } else { None };
    unfit.ok_or(refusal).expect("refused for what the record is")
}

pub fn unit(id: &str) -> UnitId {
    UnitId(id.to_owned())
}
