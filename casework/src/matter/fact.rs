//! What can be wanted and what can have happened (动作与事实): the commands and facts of all rooms.

use crate::handling::{
    DemandAnswered, DirectAnswer, Extended, ExtensionAsked, ExtensionRefused, Signed, StepTaken,
};
use crate::intake::{
    Join, Joined, Reclassify, Registered, Supplement, Unjoin, Unjoined, Withdrawn,
};
use crate::moment::Instant;
use crate::notice::NoticeServed;
use crate::org::{AccountId, UnitId};
use crate::referral::{Filed, Objected, Refer, Referred, Ruling, Told};
use crate::review::{HearingHeld, ReviewAsked, ReviewDecided};
use crate::service::{Conclude, Served};
use crate::supervision::{Executed, Supervised, SupervisionAnswered, SupervisionClosed};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The cause of a problem on the offices' side (形成原因), never of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// 政策不完善.
    PolicyGap,
    /// 政策落实不到位.
    PolicyExecution,
    /// 行政行为不当.
    AdministrativeConduct,
    /// 不作为.
    Inaction,
    /// 慢作为.
    SlowAction,
    /// 对处理结果有不同意见.
    ResultDispute,
    /// 承诺未兑现.
    PromiseUnkept,
    /// 历史遗留.
    Legacy,
    /// 诉求缺少依据.
    NoBasis,
    /// 信息公开不够.
    Disclosure,
}

impl Cause {
    /// Every cause, in the order of the lists.
    pub const ALL: [Self; 10] = [
        Self::Disclosure,
        Self::PolicyExecution,
        Self::PolicyGap,
        Self::AdministrativeConduct,
        Self::Inaction,
        Self::SlowAction,
        Self::PromiseUnkept,
        Self::Legacy,
        Self::ResultDispute,
        Self::NoBasis,
    ];

    /// The word used in storage, in the API and as a locale key.
    pub fn word(self) -> &'static str {
        match self {
            Self::PolicyGap => "policy_gap",
            Self::PolicyExecution => "policy_execution",
            Self::AdministrativeConduct => "administrative_conduct",
            Self::Inaction => "inaction",
            Self::SlowAction => "slow_action",
            Self::ResultDispute => "result_dispute",
            Self::PromiseUnkept => "promise_unkept",
            Self::Legacy => "legacy",
            Self::NoBasis => "no_basis",
            Self::Disclosure => "disclosure",
        }
    }

    /// The cause of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.word() == word)
    }
}

/// On what a matter was concluded (办结依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "ground")]
pub enum ConclusionGround {
    /// A written answer was served.
    Served,
    /// The petitioner was told where to go, on this ground.
    Told(String),
    /// The unit declined, on this ground.
    Declined(String),
    /// Filed with a reason.
    Filed,
    /// A review opinion was served.
    Reviewed,
    /// All who petitioned took it back.
    Withdrawn,
}

/// The matter was concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// On what.
    pub ground: ConclusionGround,
    /// The cause, where the problem was looked into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

impl Conclusion {
    pub(crate) fn of(ground: ConclusionGround) -> Self {
        Self { ground, cause: None }
    }
}

/// What somebody wants done to a matter (办理动作).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 并入.
    Join(Box<Join>),
    /// 分出.
    Unjoin(Unjoin),
    /// 补充材料.
    Supplement(Supplement),
    /// 改类.
    Reclassify(Reclassify),
    /// 撤回.
    Withdraw(Withdrawn),
    /// 转送、交办.
    Refer(Refer),
    /// 告知去向.
    Tell(Told),
    /// 直接回复.
    AnswerDirectly(DirectAnswer),
    /// 存.
    File(Filed),
    /// 异议.
    Object(Objected),
    /// 同意退回.
    Return(Ruling),
    /// 不同意退回.
    RefuseObjection(Ruling),
    /// 不予受理.
    Decline(Told),
    /// 受理.
    Accept,
    /// 记录调查.
    TakeStep(StepTaken),
    /// 申请延期.
    AskExtension(ExtensionAsked),
    /// 批准延期.
    Extend,
    /// 不批准延期.
    RefuseExtension(ExtensionRefused),
    /// 答复诉求.
    AnswerDemand(DemandAnswered),
    /// 签发意见书.
    Sign(Signed),
    /// 送达.
    Serve(Served),
    /// 送达告知书.
    ServeNotice(NoticeServed),
    /// 办结.
    Conclude(Conclude),
    /// 申请复查、复核.
    AskReview(ReviewAsked),
    /// 受理复查、复核.
    AcceptReview,
    /// 不受理复查、复核.
    DeclineReview(Told),
    /// 听证.
    HoldHearing(HearingHeld),
    /// 作出复查、复核意见.
    DecideReview(ReviewDecided),
    /// 送达复查、复核意见.
    ServeReview(Served),
    /// 督办.
    Supervise(Supervised),
    /// 反馈督办.
    AnswerSupervision(SupervisionAnswered),
    /// 督办销号.
    CloseSupervision(SupervisionClosed),
    /// 记录执行.
    Execute(Executed),
}

/// What happened (案卷记录); the wire form is what the case file keeps for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// 已登记.
    Registered(Box<Registered>),
    /// 已并入.
    Joined(Box<Joined>),
    /// 已分出.
    Unjoined(Unjoined),
    /// 已补充.
    Supplemented(Supplement),
    /// 已改类.
    Reclassified(Reclassify),
    /// 已撤回.
    Withdrawn(Withdrawn),
    /// 已转送、交办.
    Referred(Referred),
    /// 已告知去向.
    Told(Told),
    /// 已直接回复.
    AnsweredDirectly(DirectAnswer),
    /// 已存.
    Filed(Filed),
    /// 已提异议.
    Objected(Objected),
    /// 已退回.
    Returned(Ruling),
    /// 异议未获同意.
    ObjectionRefused(Ruling),
    /// 已决定不予受理.
    Declined(Told),
    /// 已受理.
    Accepted,
    /// 已调查.
    StepTaken(StepTaken),
    /// 已申请延期.
    ExtensionAsked(ExtensionAsked),
    /// 已延期.
    Extended(Extended),
    /// 延期未获批准.
    ExtensionRefused(ExtensionRefused),
    /// 已答复诉求.
    DemandAnswered(DemandAnswered),
    /// 已签发.
    Signed(Signed),
    /// 已送达.
    Served(Served),
    /// 告知书已送达.
    NoticeServed(NoticeServed),
    /// 已办结.
    Concluded(Conclusion),
    /// 已申请复查、复核.
    ReviewAsked(ReviewAsked),
    /// 复查、复核已受理.
    ReviewAccepted,
    /// 复查、复核未受理.
    ReviewDeclined(Told),
    /// 已听证.
    HearingHeld(HearingHeld),
    /// 复查、复核意见已作出.
    ReviewDecided(ReviewDecided),
    /// 复查、复核意见已送达.
    ReviewServed(Served),
    /// 已督办.
    Supervised(Supervised),
    /// 督办已反馈.
    SupervisionAnswered(SupervisionAnswered),
    /// 督办已销号.
    SupervisionClosed(SupervisionClosed),
    /// 已执行.
    Executed(Executed),
}

impl Fact {
    /// The fact's name, which is its locale key and the `kind` of its row.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Registered(_) => "registered",
            Self::Joined(_) => "joined",
            Self::Unjoined(_) => "unjoined",
            Self::Supplemented(_) => "supplemented",
            Self::Reclassified(_) => "reclassified",
            Self::Withdrawn(_) => "withdrawn",
            Self::Referred(_) => "referred",
            Self::Told(_) => "told",
            Self::AnsweredDirectly(_) => "answered_directly",
            Self::Filed(_) => "filed",
            Self::Objected(_) => "objected",
            Self::Returned(_) => "returned",
            Self::ObjectionRefused(_) => "objection_refused",
            Self::Declined(_) => "declined",
            Self::Accepted => "accepted",
            Self::StepTaken(_) => "step_taken",
            Self::ExtensionAsked(_) => "extension_asked",
            Self::Extended(_) => "extended",
            Self::ExtensionRefused(_) => "extension_refused",
            Self::DemandAnswered(_) => "demand_answered",
            Self::Signed(_) => "signed",
            Self::Served(_) => "served",
            Self::NoticeServed(_) => "notice_served",
            Self::Concluded(_) => "concluded",
            Self::ReviewAsked(_) => "review_asked",
            Self::ReviewAccepted => "review_accepted",
            Self::ReviewDeclined(_) => "review_declined",
            Self::HearingHeld(_) => "hearing_held",
            Self::ReviewDecided(_) => "review_decided",
            Self::ReviewServed(_) => "review_served",
            Self::Supervised(_) => "supervised",
            Self::SupervisionAnswered(_) => "supervision_answered",
            Self::SupervisionClosed(_) => "supervision_closed",
            Self::Executed(_) => "executed",
        }
    }
}

/// A line of the case file: a fact with who and when (案卷条目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// UTC instant.
    pub at: Instant,
    /// Office-local date; `day` on the wire, since facts have dates of their own.
    #[serde(rename = "day")]
    pub on: Date,
    /// Who did it.
    pub actor: AccountId,
    /// For which unit.
    pub unit: UnitId,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
}
