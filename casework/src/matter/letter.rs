//! Letters between offices (机关文书; law.md F10, F11, F14, F28, F30, F31, F33, F34, F39): which facts go out as one.

use crate::matter::aid::AidReferred;
use crate::matter::joint::{ContributionAsked, Designated};
use crate::matter::ladder::{Recommended, SteppedUp};
use crate::matter::mediation::Settled;
use crate::matter::passing::PassedOn;
use crate::matter::referral::{Referred, ResultReported};
use crate::matter::supervision::Supervised;
use crate::matter::track::HandedOver;
use crate::matter::urgent::UrgentReported;
use crate::matter::wall::RecusalDecided;

/// A letter that a fact makes, with what it says (机关文书).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter<'a> {
    /// 转送、交办函.
    Referral(&'a Referred),
    /// 移送函: a unit passes on to the office what it received itself.
    PassingOn(&'a PassedOn),
    /// 办结报告: to whoever set a date for the result.
    Result(&'a ResultReported),
    /// 督办函.
    Supervision(&'a Supervised),
    /// 转送函, to an organ outside of this channel.
    HandOver(&'a HandedOver),
    /// 协办函.
    Contribution(&'a ContributionAsked),
    /// 指定办理通知.
    Designation(&'a Designated),
    /// 和解、调解协议书.
    Settlement(&'a Settled),
    /// 建议书, of the three kinds.
    Recommendation(&'a Recommended),
    /// 提醒、约谈、通报、挂牌通知.
    Rung(&'a SteppedUp),
    /// 重大紧急事项报告.
    UrgentReport(&'a UrgentReported),
    /// 回避决定书.
    Recusal(&'a RecusalDecided),
    /// 救助转介函.
    Aid(&'a AidReferred),
}
