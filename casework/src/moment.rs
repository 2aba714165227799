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
