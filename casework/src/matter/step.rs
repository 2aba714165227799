//! Where a matter stands (办理环节): the step with what it rests on, and its kind, which lists and words go by.

use super::{Answer, Conclusion};
use crate::code::code_list;
use crate::matter::passing::PassedOn;
use crate::matter::referral::{Objected, Referred};
use crate::matter::service::Served;

code_list! {
    /// What kind of step (环节名称), in the order of the work.
    pub enum StepKind {
        /// 待转办.
        Registered = "registered",
        /// 移送待接收.
        PassedOn = "passed_on",
        /// 待受理.
        Referred = "referred",
        /// 异议待审.
        Objected = "objected",
        /// 待指定.
        Disputed = "disputed",
        /// 办理中.
        Accepted = "accepted",
        /// 待送达.
        Answered = "answered",
        /// 已送达.
        Served = "served",
        /// 已达成协议.
        Settled = "settled",
        /// 已办结.
        Concluded = "concluded",
        /// 待受理复查、复核.
        ReviewAsked = "review_asked",
        /// 复查、复核中.
        InReview = "in_review",
        /// 复查、复核意见待送达.
        ReviewDecided = "review_decided",
        /// 疑似涉密停办.
        Halted = "halted",
    }
}

/// Where a matter stands (办理环节).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// 待转办: at the office, or at the unit that took it in, to be disposed of.
    Registered,
    /// 移送待接收: the unit that took it in passed it on, and the office has not confirmed.
    PassedOn(PassedOn),
    /// 待受理: with a unit that has to accept, decline or object.
    Referred(Referred),
    /// 异议待审: the office has to rule on the unit's objection.
    Objected {
        /// How it had been referred.
        referred: Referred,
        /// What the unit said.
        objected: Objected,
    },
    /// 待指定: the common superior or the joint conference names the unit.
    Disputed,
    /// 办理中.
    Accepted,
    /// 待送达: answered, not yet served.
    Answered(Answer),
    /// 已送达: may be concluded.
    Served(Served),
    /// 已达成协议: may be concluded.
    Settled,
    /// 已办结.
    Concluded(Conclusion),
    /// 待受理复查、复核: with the organ that is asked.
    ReviewAsked,
    /// 复查、复核中.
    InReview,
    /// 复查、复核意见待送达.
    ReviewDecided,
    /// 疑似涉密停办: nothing is done until it is handed over or cleared; where it stood before.
    Halted(Box<Step>),
}

impl Step {
    /// Its kind.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Registered => StepKind::Registered,
            Self::PassedOn(_) => StepKind::PassedOn,
            Self::Referred(_) => StepKind::Referred,
            Self::Objected { .. } => StepKind::Objected,
            Self::Disputed => StepKind::Disputed,
            Self::Accepted => StepKind::Accepted,
            Self::Answered(_) => StepKind::Answered,
            Self::Served(_) => StepKind::Served,
            Self::Settled => StepKind::Settled,
            Self::Concluded(_) => StepKind::Concluded,
            Self::ReviewAsked => StepKind::ReviewAsked,
            Self::InReview => StepKind::InReview,
            Self::ReviewDecided => StepKind::ReviewDecided,
            Self::Halted(_) => StepKind::Halted,
        }
    }
}
