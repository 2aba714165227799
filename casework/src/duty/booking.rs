//! Appointments on a reception day (预约): who comes, how they stand, and what came of it.

use super::{Eyes, Label, Seen};
use crate::code::code_list;
use crate::matter::MatterId;
use crate::org::UnitId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// How somebody comes to be on a day's list (预约方式).
    pub enum BookedHow {
        /// 网上预约.
        Online = "online",
        /// 窗口、电话预约.
        Counter = "counter",
        /// 当天到访.
        WalkIn = "walk_in",
    }
}

code_list! {
    /// Where an appointment stands (预约状态).
    pub enum BookingState {
        /// 已预约.
        Booked = "booked",
        /// 候补: comes up when somebody else calls off.
        Waiting = "waiting",
        /// 已取消.
        Cancelled = "cancelled",
        /// 已接待.
        Received = "received",
        /// 没有到.
        Absent = "absent",
    }
}

/// What came of somebody's visit (接访处理意见).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOutcome {
    /// What the leader said or decided.
    pub text: String,
    /// Who does it.
    pub owner: UnitId,
    /// Until when, office-local.
    pub due_on: Date,
    /// The matter that it became or belongs to.
    #[serde(default)]
    pub matter: Option<MatterId>,
    /// The day it was done, and what was done.
    #[serde(default)]
    pub done: Option<(Date, String)>,
}

/// Somebody's appointment (预约). Name and telephone lie sealed, as a petitioner's do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// From 1, in the order they came.
    pub ordinal: u32,
    /// How.
    pub how: BookedHow,
    /// Under which id the name lies sealed.
    pub party: String,
    /// The masked name.
    pub mask: String,
    /// Name and telephone, sealed.
    pub sealed: String,
    /// The telephone's keyed hash, so that nobody takes two places of one day.
    pub phone_hash: String,
    /// The keyed hash of the code with which it is looked up and called off.
    #[serde(default)]
    pub code_hash: String,
    /// What it is about.
    pub topic: String,
    /// Since when, office-local.
    pub booked_on: Date,
    /// Where it stands.
    pub state: BookingState,
    /// What came of it.
    #[serde(default)]
    pub outcome: Option<VisitOutcome>,
}

impl Booking {
    pub(super) fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        let about = self.outcome.as_ref().and_then(|outcome| outcome.matter);
        let outcome = self.outcome.as_ref().map(|outcome| {
            Seen::default()
                .says(Label::Text, &eyes.hears(about, &outcome.text))
                .matter(Label::Matter, about, eyes)
                .says(Label::Owner, &outcome.owner)
                .says(Label::DueOn, &outcome.due_on)
                .says(Label::Done, &eyes.hears(about, &outcome.done))
        });
        Seen::default()
            .says(Label::Mask, &eyes.hears(about, &self.mask))
            .says(Label::Topic, &eyes.hears(about, &self.topic))
            .word(Label::How, "booked-how", self.how.word())
            .word(Label::State, "booking-state", self.state.word())
            .says(Label::BookedOn, &self.booked_on)
            .thing(Label::Outcome, outcome)
    }
}
