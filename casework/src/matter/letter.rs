//! Letters between offices and papers of the file (机关文书、案卷文书): which facts make one. What each is in the list of
//! papers, [`super::document::Document`] says.

use crate::matter::aid::{AidReferred, Authorised};
use crate::matter::hearing::OpinionPublished;
use crate::matter::inquiry::StepTaken;
use crate::matter::joint::{ContributionAsked, Designated};
use crate::matter::ladder::{RecommendationAnswered, Recommended, SteppedUp};
use crate::matter::mediation::Settled;
use crate::matter::participation::ParticipationOpened;
use crate::matter::passing::PassedOn;
use crate::matter::referral::{Objected, Referred, ResultReported};
use crate::matter::review::{HearingHeld, ReviewAsked};
use crate::matter::service::Served;
use crate::matter::sponsorship::Instructed;
use crate::matter::supervision::{Supervised, SupervisionAnswered};
use crate::matter::track::HandedOver;
use crate::matter::urgent::UrgentReported;
use crate::matter::wall::RecusalDecided;
use crate::petition::Petition;

impl Petition {
    /// The sheet on which what somebody said in person is written down (来访登记表; R05-17b, R22-19b); what came in
    /// writing is its own.
    pub(crate) fn sheet(&self) -> Option<Letter<'_>> {
        self.channel.is_in_person().then_some(Letter::Visit(self))
    }
}

/// A letter or a paper of the file that a fact makes, with what it says (机关文书).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter<'a> {
    /// 转送、交办函.
    Referral(&'a Referred),
    /// 移送函: a unit passes on to the office what it received itself.
    PassingOn(&'a PassedOn),
    /// 异议书: the unit says why it is not competent.
    Objection(&'a Objected),
    /// 调查笔录、谈话笔录.
    Inquiry(&'a StepTaken),
    /// 办结报告: to whoever set a date for the result.
    Result(&'a ResultReported),
    /// 送达回证: of the answer, of an opinion, of a notice.
    Proof(&'a Served),
    /// 复查、复核申请书.
    ReviewRequest(&'a ReviewAsked),
    /// 听证纪要.
    Hearing(&'a HearingHeld),
    /// 复核意见公示.
    PublishedOpinion(&'a OpinionPublished),
    /// 来访登记表: what somebody said at the counter or by telephone.
    Visit(&'a Petition),
    /// 代表推选书.
    Election(&'a ParticipationOpened),
    /// 采纳情况反馈, to a supervision.
    Adoption(&'a SupervisionAnswered),
    /// 采纳情况反馈, to a recommendation.
    RecommendationAdoption(&'a RecommendationAnswered),
    /// 领导阅批单.
    Instruction(&'a Instructed),
    /// 授权委托书.
    Authority(&'a Authorised),
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
