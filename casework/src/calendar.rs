//! The working calendar (工作日历): State Council holiday schedules as data.
//!
//! A weekday works and a weekend rests unless a schedule says otherwise. A year without a published
//! schedule is provisional: its dates are computed from weekdays alone and say so.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a schedule says about one date (放假或调休上班).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// 放假: a day off.
    Off,
    /// 调休上班: a make-up working day on a weekend.
    MakeUp,
}

/// One line of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ScheduledDay {
    /// The festival's name.
    pub name: String,
    /// The date concerned.
    pub date: Date,
    /// `true` for a day off, `false` for a make-up working day.
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// A year's holiday schedule (放假安排通知), in the layout the public data sets use.
/// A schedule may name days of the neighbouring years.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Schedule {
    /// The year the schedule is about.
    pub year: i16,
    /// Where the schedule was published.
    #[serde(default)]
    pub papers: Vec<String>,
    /// Days off and make-up days.
    pub days: Vec<ScheduledDay>,
}

/// The calendar an office counts by. Cheap to clone for a test; shared by reference in use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, DayKind>,
    published: BTreeSet<i16>,
}

/// The schedules that ship with the program.
const SHIPPED: [&str; 3] = [
    include_str!("calendar/2024.toml"),
    include_str!("calendar/2025.toml"),
    include_str!("calendar/2026.toml"),
];

impl Calendar {
    /// The shipped schedules of 2024–2026.
    ///
    /// # Errors
    /// A shipped schedule that does not parse, which a test rules out.
    pub fn shipped() -> Result<Vec<Schedule>, String> {
        SHIPPED.iter().map(|text| toml::from_str(text).map_err(|error| error.to_string())).collect()
    }

    /// A calendar that knows these schedules and no other.
    pub fn of(schedules: &[Schedule]) -> Self {
        let mut calendar = Self::default();
        for schedule in schedules {
            calendar.publish(schedule);
        }
        calendar
    }

    /// Adds a schedule; a date named before takes the newer word.
    pub fn publish(&mut self, schedule: &Schedule) {
        self.published.insert(schedule.year);
        for day in &schedule.days {
            let kind = if day.is_off_day { DayKind::Off } else { DayKind::MakeUp };
            self.days.insert(day.date, kind);
        }
    }

    /// A local festival (当地节日放假), which a minority region may set; it does not publish a year.
    pub fn rest(&mut self, date: Date) {
        self.days.insert(date, DayKind::Off);
    }

    /// What a schedule says about the date, if any schedule names it.
    pub fn named(&self, date: Date) -> Option<DayKind> {
        self.days.get(&date).copied()
    }

    /// The years whose schedule is known.
    pub fn published(&self) -> impl Iterator<Item = i16> + '_ {
        self.published.iter().copied()
    }

    /// Whether offices work on the date (工作日).
    pub fn works(&self, date: Date) -> bool {
        match self.named(date) {
            Some(DayKind::Off) => false,
            Some(DayKind::MakeUp) => true,
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// Whether the date lies in a year whose schedule is not yet known (暂定).
    pub fn provisional(&self, date: Date) -> bool {
        !self.published.contains(&date.year())
    }

    /// The first day on which offices work by one calendar and not by the other: what fell due before it falls due on
    /// the same day by both.
    pub fn first_difference(&self, other: &Self) -> Option<Date> {
        let named = self.days.keys().chain(other.days.keys());
        named.filter(|date| self.works(**date) != other.works(**date)).min().copied()
    }

    /// The `count`-th working day after `start`; the start day itself is not counted.
    pub fn plus_working_days(&self, start: Date, count: u32) -> Date {
        let mut date = start;
        for _ in 0..count {
            date = self.forward(tomorrow(date));
        }
        date
    }

    /// The first working day on or after the date.
    pub fn forward(&self, date: Date) -> Date {
        self.walk(date, tomorrow)
    }

    /// The last working day on or before the date.
    pub fn back(&self, date: Date) -> Date {
        self.walk(date, yesterday)
    }

    /// Working days after `from` up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let mut date = from;
        let mut count = 0;
        while date < to {
            date = tomorrow(date);
            count += u32::from(self.works(date));
        }
        count
    }

    /// No schedule closes offices for this long; past it the walk stops at the plain date.
    const LONGEST_CLOSURE_DAYS: usize = 60;

    fn walk(&self, date: Date, step: fn(Date) -> Date) -> Date {
        let mut reached = date;
        for _ in 0..Self::LONGEST_CLOSURE_DAYS {
            if self.works(reached) {
                return reached;
            }
            reached = step(reached);
        }
        date
    }
}

/// The date after; the last representable date stays where it is.
pub fn tomorrow(date: Date) -> Date {
    date.saturating_add(1.day())
}

/// The date before; the first representable date stays where it is.
pub fn yesterday(date: Date) -> Date {
    date.saturating_sub(1.day())
}

/// The date `days` calendar days later.
pub fn plus_days(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// Calendar days from one date to another; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map(|span| span.get_days()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar::of(&Calendar::shipped().expect("shipped schedules parse"))
    }

    #[test]
    fn make_up_days_work_and_holidays_rest() {
        let calendar = calendar();
        assert!(calendar.works(date(2026, 2, 14)));
        assert!(!calendar.works(date(2026, 2, 16)));
        assert!(!calendar.works(date(2026, 10, 11)));
        assert!(calendar.works(date(2024, 2, 4)));
        let mut other = calendar.clone();
        assert_eq!(calendar.first_difference(&other), None);
        // A Saturday is no working day by either.
        other.rest(date(2026, 11, 28));
        assert_eq!(calendar.first_difference(&other), None);
        other.rest(date(2026, 12, 1));
        other.rest(date(2026, 11, 30));
        assert_eq!(calendar.first_difference(&other), Some(date(2026, 11, 30)));
        assert!(!calendar.provisional(date(2026, 12, 31)));
        assert!(calendar.provisional(date(2027, 1, 1)));
    }
}
