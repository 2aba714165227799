//! When something happens: a UTC instant and the office's own date beside it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A UTC instant (时刻) in milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub struct Instant(pub i64);

impl Instant {
    /// This instant moved by whole milliseconds, stopping at the ends of the range.
    pub fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// The moment of an act (办理时刻): the instant, and the date the office's calendar showed.
/// Periods of law are counted in office-local dates, never in instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// UTC instant.
    pub at: Instant,
    /// Office-local date.
    pub on: Date,
}

/// A period (统计期间): both days belong to it, office-local.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

impl Within {
    /// The year of a day.
    pub fn year_of(day: Date) -> Self {
        Self { from: day.first_of_year(), until: day.last_of_year() }
    }

    /// One day alone.
    pub fn day(on: Date) -> Self {
        Self { from: on, until: on }
    }

    /// Whether a day belongs to it.
    pub fn holds(self, on: Date) -> bool {
        self.from <= on && on <= self.until
    }
}
