//! Reception days that recur (接访日周期, R05-10): which days a pattern means, and what of them can be planned.

use super::reception::Reception;
use super::tenure::Tenure;
use super::{Unfit, in_order};
use crate::calendar::{Calendar, plus_days};
use crate::code::code_list;
use crate::matter::Context;
use crate::refusal::Refusal;
use jiff::civil::Date;

code_list! {
    /// How reception days recur (周期).
    pub enum Every {
        /// 每月几日.
        Month = "month",
        /// 每周几.
        Week = "week",
    }
}

/// Which days recur (周期安排).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// How.
    pub every: Every,
    /// The day of the month from 1 to 31, or of the week from 1 for Monday to 7.
    pub number: i8,
    /// The last day that may be one, office-local.
    pub until: Date,
}

/// How far ahead a pattern is planned at once, in calendar days: two years.
const MOST_DAYS: i64 = 731;

/// The days of a pattern from a day on, each with the day it would have been: what falls on a day off
/// moves to the next working day.
pub fn days(pattern: Pattern, from: Date, calendar: &Calendar) -> Vec<(Date, Date)> {
    let Pattern { every, number, until } = pattern;
    let fits = |day: &Date| match every {
        // The 31st of a shorter month is its last day.
        Every::Month => day.day() == number.min(day.days_in_month()),
        Every::Week => day.weekday().to_monday_one_offset() == number,
    };
    (0..=MOST_DAYS)
        .map(|n| plus_days(from, n))
        .take_while(|day| *day <= until)
        .filter(fits)
        .map(|day| (day, calendar.forward(day)))
        .collect()
}

/// Days of a pattern that nothing stands against are planned. What moves onto a day that is taken is not needed, and a
/// day on which the leader is away is left to the office, which names a substitute for it.
///
/// # Errors
/// [`Unfit::PlanTooFar`], [`Unfit::NoDay`], and as [`Reception::plan`] for the first day.
pub fn plan_all(
    first: &Reception,
    pattern: Pattern,
    others: &[Reception],
    tenures: &[Tenure],
    context: &Context<'_>,
) -> Result<Vec<Reception>, Refusal> {
    in_order(first.on, Some(pattern.until))?;
    if pattern.until > plus_days(first.on, MOST_DAYS) {
        return Err(Unfit::PlanTooFar.into());
    }
    let days = days(pattern, first.on, context.calendar);
    if days.is_empty() {
        return Err(Unfit::NoDay.into());
    }
    // What falls on its own day comes first; what moves onto a day that has one is not needed.
    let (own, moved): (Vec<_>, Vec<_>) = days.into_iter().partition(|(nominal, on)| nominal == on);
    let (mut planned, mut away): (Vec<Reception>, Option<Refusal>) = (Vec::new(), None);
    for (nominal, on) in own.into_iter().chain(moved) {
        if planned.iter().any(|day| day.on == on) {
            continue;
        }
        let moved_from = (nominal != on).then_some(nominal);
        let day = Reception { on, moved_from, ..first.clone() };
        match day.plan(others, tenures, context) {
            Ok(day) => planned.push(day),
            Err(Refusal::Duty(Unfit::DayTaken)) if moved_from.is_some() => {}
            // On leave that day: the office names a substitute for days of their own.
            Err(refusal @ Refusal::Duty(Unfit::LeaderAway)) => away = Some(refusal),
            Err(refusal) => return Err(refusal),
        }
    }
    planned.sort_by_key(|day| day.on);
    match away {
        Some(refusal) if planned.is_empty() => Err(refusal),
        _ => Ok(planned),
    }
}
