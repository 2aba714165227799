//! The duty side (责任落实): what leaders and units owe beside the single matter: terms, quotas, reception
//! days, visits, agreements, help, publicity, house rules, accountability. Each room keeps one kind of
//! record and says what may be done to it. All of it measures offices and officials; nothing here grows
//! worse because people petition more, or higher up (R22-39).

pub mod accountability;
pub mod agreement;
mod aim;
pub mod booking;
pub mod campaign;
pub mod conference;
pub mod contact;
pub mod figure;
pub mod finding;
pub mod house_rule;
mod label;
pub mod outreach;
pub mod publicity;
pub mod quota;
pub mod reception;
pub mod recurrence;
pub mod seat;
mod seen;
mod state;
pub mod submission;
pub mod task_force;
pub mod tenure;
mod unfit;

pub use label::Label;
pub use seen::{Entries, Eyes, Said, Seen};
pub use state::State;
pub use unfit::Unfit;

use self::agreement::{Counting, IndicatorKind, Measure};
use crate::code::code_list;
use crate::matter::{Context, MatterId};
use crate::org::{AccountId, UnitId};
use crate::petition::Attachment;
use crate::refusal::{Refusal, filled};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

code_list! {
    /// The kinds of record (台账种类).
    pub enum Noun {
        /// 信访工作领导小组成员.
        Seat = "seat",
        /// 任职.
        Tenure = "tenure",
        /// 接访下访次数规定.
        Quota = "quota",
        /// 接访日.
        Reception = "reception",
        /// 下访.
        Outreach = "outreach",
        /// 目标责任书.
        Agreement = "agreement",
        /// 工作组.
        TaskForce = "task_force",
        /// 联席会议.
        Conference = "conference",
        /// 专项活动.
        Campaign = "campaign",
        /// 帮扶联系.
        SupportContact = "support_contact",
        /// 宣传.
        Publicity = "publicity",
        /// 制度.
        HouseRule = "house_rule",
        /// 责任追究.
        Accountability = "accountability",
        /// 报告报送.
        Submission = "submission",
    }
}

/// For whom the records of a kind exist (台账可见范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// 全体: everybody who works in the county.
    Everybody,
    /// 有关各方: the office, leaders and statisticians, whom it binds, and the units that take part.
    Concerned,
    /// 帮扶人: whoever helps, alone.
    Helper,
    /// 当事人: whom it concerns, and the office's head.
    Accused,
}

impl Noun {
    /// For whom its records exist.
    pub fn audience(self) -> Audience {
        match self {
            Self::Seat
            | Self::Tenure
            | Self::Quota
            | Self::Reception
            | Self::Publicity
            | Self::HouseRule => Audience::Everybody,
            Self::Outreach
            | Self::Agreement
            | Self::TaskForce
            | Self::Conference
            | Self::Campaign
            | Self::Submission => Audience::Concerned,
            Self::SupportContact => Audience::Helper,
            Self::Accountability => Audience::Accused,
        }
    }
}

/// What lists, walls and figures ask of a record, whatever it is (台账摘要).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spine {
    /// One line, without anybody's name.
    pub title: String,
    /// The day by which it is listed and counted, office-local.
    pub on: Date,
    /// Its last day, if it has one.
    pub until: Option<Date>,
    /// The official whom it binds.
    pub person: Option<AccountId>,
    /// The unit that it binds.
    pub unit: Option<UnitId>,
    /// Other units that take part in it.
    pub shared: Vec<UnitId>,
    /// Where it stands.
    pub state: State,
    /// The matters of which it speaks.
    pub matters: Vec<MatterId>,
}

/// A record of the duty side (责任台账): kept whole, with a line in the journal for every change.
pub trait Record: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// What kind it is.
    const NOUN: Noun;

    /// What lists ask of it.
    fn spine(&self) -> Spine;

    /// What a reader sees of it; what is not named here nobody sees.
    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen;

    /// The names under seal that a reader may open, each with the ordinal of the entry whose it is: none, unless the
    /// kind says otherwise.
    ///
    /// # Errors
    /// The [`Refusal`] that stands against opening them for somebody who once might.
    fn names(&self, _: &Eyes<'_>) -> Result<Vec<SealedName<'_>>, Refusal> {
        Ok(Vec::new())
    }

    /// What of it counts itself while it runs; nothing, unless the kind says otherwise.
    fn counting(&self, _today: Date) -> Option<Counting> {
        None
    }

    /// The record with what was counted as of a day.
    #[must_use]
    fn counted(self, _: &BTreeMap<IndicatorKind, Measure>, _on: Date) -> Self {
        self
    }

    /// The ordinals of the entries to which something may be done.
    fn entries(&self, _: Entries) -> Vec<u32> {
        Vec::new()
    }

    /// The files that belong to it (所附材料): what is not named here belongs to nobody and is swept away.
    fn attachments(&self) -> Vec<&Attachment>;
}

/// A name that lies under seal in a record (密封的姓名).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedName<'a> {
    /// The entry whose it is, from 1.
    pub ordinal: u32,
    /// Under which id it lies.
    pub party: &'a str,
    /// What lies sealed.
    pub sealed: &'a str,
}

/// A record with its number (编号), such as `2025-7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<R> {
    /// Its number within its kind.
    pub id: String,
    /// What it says.
    pub record: R,
}

/// A period ends no earlier than it begins.
pub(crate) fn in_order(from: Date, until: Option<Date>) -> Result<(), Refusal> {
    if until.is_some_and(|until| until < from) {
        return Err(Refusal::DateTooEarly(from));
    }
    Ok(())
}

/// What was done lies neither after today nor before the thing that it belongs to.
pub(crate) fn behind(on: Date, since: Date, context: &Context<'_>) -> Result<(), Refusal> {
    if on > context.moment.on {
        return Err(Refusal::DateInFuture);
    }
    in_order(since, Some(on))
}
