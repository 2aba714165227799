//! What can be wanted and what can have happened (动作与事实): the commands and facts of all rooms.

use super::conclusion::Conclusion;
use crate::matter::document::Issued;
use crate::matter::handling::{
    Accept, Acceptance, DemandAnswered, Extended, ExtensionAsked, ExtensionRefused, LedgerAnswer,
    Signed,
};
use crate::matter::inquiry::StepTaken;
use crate::matter::intake::{
    Join, Joined, Merged, Reclassify, Registered, Supplement, Unjoin, Unjoined,
};
use crate::matter::notice::NoticeServed;
use crate::matter::referral::{
    Filed, Objected, Refer, Referred, ReportPostponed, ResultReported, Ruling, Told,
};
use crate::matter::review::{HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended};
use crate::matter::service::{Conclude, Served};
use crate::matter::supervision::{Executed, Supervised, SupervisionAnswered, SupervisionClosed};
use crate::moment::Instant;
use crate::org::{AccountId, UnitId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What somebody wants done to a matter (办理动作).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 并入.
    Join(Box<Join>),
    /// 分出.
    Unjoin(Unjoin),
    /// 并案.
    Merge(Merged),
    /// 报结果.
    ReportResult(ResultReported),
    /// 调整报结果的日期.
    PostponeReport(ReportPostponed),
    /// 补充材料.
    Supplement(Supplement),
    /// 改类.
    Reclassify(Reclassify),
    /// 转送、交办.
    Refer(Refer),
    /// 告知去向.
    Tell(Told),
    /// 直接回复.
    KeepLedgerAnswer(LedgerAnswer),
    /// 存.
    File(Filed),
    /// 异议.
    Object(Objected),
    /// 同意退回.
    Return(Ruling),
    /// 不同意退回.
    RefuseObjection(Ruling),
    /// 收回.
    Recall(Ruling),
    /// 不予受理.
    Decline(Told),
    /// 受理.
    Accept(Accept),
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
    /// 拟变更的处理意见.
    AnswerInstead(DemandAnswered),
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
    /// 复查、复核延期.
    ExtendReview(ReviewExtended),
    /// 类别与法定途径: [`super::track::Command`].
    Track(super::track::Command),
    /// 多单位与指定: [`super::joint::Command`].
    Joint(super::joint::Command),
    /// 调解与和解: [`super::mediation::Command`].
    Mediation(super::mediation::Command),
    /// 回避: [`super::wall::Command`].
    Wall(super::wall::Command),
    /// 代理与救助: [`super::aid::Command`].
    Aid(super::aid::Command),
    /// 重大紧急: [`super::urgent::Command`].
    Urgent(super::urgent::Command),
    /// 涉密: [`super::secrecy::Command`].
    Secrecy(super::secrecy::Command),
    /// 介入办案: [`super::participation::Command`].
    Participation(super::participation::Command),
    /// 督办递进: [`super::ladder::Command`].
    Ladder(super::ladder::Command),
    /// 评价: [`super::rating::Command`].
    Rating(super::rating::Command),
    /// 答复后再次来件: [`super::repeat::Command`].
    Repeat(super::repeat::Command),
    /// 撤回: [`super::withdrawal::Command`].
    Withdrawal(super::withdrawal::Command),
    /// 单位自行登记与移送: [`super::passing::Command`].
    Passing(super::passing::Command),
    /// 单位内部办理: [`super::inside::Command`].
    Inside(super::inside::Command),
    /// 更正: [`super::correction::Command`].
    Correction(super::correction::Command),
    /// 公开答复: [`super::publication::Command`].
    Publication(super::publication::Command),
    /// 听证公开: [`super::hearing::Command`].
    Hearing(super::hearing::Command),
    /// 领导包案与批示: [`super::sponsorship::Command`].
    Sponsorship(super::sponsorship::Command),
}

/// What happened (案卷记录); the wire form is what the case file keeps for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// 已登记.
    Registered(Box<Registered>),
    /// 已并入.
    Joined(Box<Joined>),
    /// 已分出.
    Unjoined(Unjoined),
    /// 已并入另一事项.
    Merged(Merged),
    /// 结果已报告.
    ResultReported(ResultReported),
    /// 报结果的日期已调整.
    ReportPostponed(ReportPostponed),
    /// 已补充.
    Supplemented(Supplement),
    /// 已改类.
    Reclassified(Reclassify),
    /// 已转送、交办.
    Referred(Referred),
    /// 已告知去向.
    Told(Told),
    /// 原台账已答复; its name is the one that files have known it by.
    #[serde(rename = "answered_directly")]
    LedgerAnswerKept(LedgerAnswer),
    /// 已存.
    Filed(Filed),
    /// 已提异议.
    Objected(Objected),
    /// 已退回.
    Returned(Ruling),
    /// 异议未获同意.
    ObjectionRefused(Ruling),
    /// 已收回.
    Recalled(Ruling),
    /// 已决定不予受理.
    Declined(Told),
    /// 已受理.
    Accepted(Acceptance),
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
    /// 变更的处理意见已拟定.
    AnsweredInstead(DemandAnswered),
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
    /// 复查、复核已延期.
    ReviewExtended(ReviewExtended),
    /// 类别与法定途径: [`crate::matter::track::Fact`].
    #[serde(untagged)]
    Track(crate::matter::track::Fact),
    /// 多单位与指定: [`crate::matter::joint::Fact`].
    #[serde(untagged)]
    Joint(crate::matter::joint::Fact),
    /// 调解与和解: [`crate::matter::mediation::Fact`].
    #[serde(untagged)]
    Mediation(crate::matter::mediation::Fact),
    /// 回避: [`crate::matter::wall::Fact`].
    #[serde(untagged)]
    Wall(crate::matter::wall::Fact),
    /// 代理与救助: [`crate::matter::aid::Fact`].
    #[serde(untagged)]
    Aid(crate::matter::aid::Fact),
    /// 重大紧急: [`crate::matter::urgent::Fact`].
    #[serde(untagged)]
    Urgent(crate::matter::urgent::Fact),
    /// 涉密: [`crate::matter::secrecy::Fact`].
    #[serde(untagged)]
    Secrecy(crate::matter::secrecy::Fact),
    /// 介入办案: [`crate::matter::participation::Fact`].
    #[serde(untagged)]
    Participation(crate::matter::participation::Fact),
    /// 督办递进: [`crate::matter::ladder::Fact`].
    #[serde(untagged)]
    Ladder(crate::matter::ladder::Fact),
    /// 评价: [`crate::matter::rating::Fact`].
    #[serde(untagged)]
    Rating(crate::matter::rating::Fact),
    /// 答复后再次来件: [`crate::matter::repeat::Fact`].
    #[serde(untagged)]
    Repeat(crate::matter::repeat::Fact),
    /// 撤回: [`crate::matter::withdrawal::Fact`].
    #[serde(untagged)]
    Withdrawal(crate::matter::withdrawal::Fact),
    /// 单位自行登记与移送: [`crate::matter::passing::Fact`].
    #[serde(untagged)]
    Passing(crate::matter::passing::Fact),
    /// 单位内部办理: [`crate::matter::inside::Fact`].
    #[serde(untagged)]
    Inside(crate::matter::inside::Fact),
    /// 更正: [`crate::matter::correction::Fact`].
    #[serde(untagged)]
    Correction(crate::matter::correction::Fact),
    /// 公开答复: [`crate::matter::publication::Fact`].
    #[serde(untagged)]
    Publication(crate::matter::publication::Fact),
    /// 听证公开: [`crate::matter::hearing::Fact`].
    #[serde(untagged)]
    Hearing(crate::matter::hearing::Fact),
    /// 领导包案与批示: [`crate::matter::sponsorship::Fact`].
    #[serde(untagged)]
    Sponsorship(crate::matter::sponsorship::Fact),
}

impl Fact {
    /// The fact's name, which is its locale key and the `kind` of its row.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Registered(_) => "registered",
            Self::Joined(_) => "joined",
            Self::Unjoined(_) => "unjoined",
            Self::Merged(_) => "merged",
            Self::ResultReported(_) => "result_reported",
            Self::ReportPostponed(_) => "report_postponed",
            Self::Supplemented(_) => "supplemented",
            Self::Reclassified(_) => "reclassified",
            Self::Referred(_) => "referred",
            Self::Told(_) => "told",
            Self::LedgerAnswerKept(_) => "answered_directly",
            Self::Filed(_) => "filed",
            Self::Objected(_) => "objected",
            Self::Returned(_) => "returned",
            Self::ObjectionRefused(_) => "objection_refused",
            Self::Recalled(_) => "recalled",
            Self::Declined(_) => "declined",
            Self::Accepted(_) => "accepted",
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
            Self::AnsweredInstead(_) => "answered_instead",
            Self::ReviewServed(_) => "review_served",
            Self::Supervised(_) => "supervised",
            Self::SupervisionAnswered(_) => "supervision_answered",
            Self::SupervisionClosed(_) => "supervision_closed",
            Self::Executed(_) => "executed",
            Self::ReviewExtended(_) => "review_extended",
            Self::Track(fact) => fact.word(),
            Self::Joint(fact) => fact.word(),
            Self::Mediation(fact) => fact.word(),
            Self::Wall(fact) => fact.word(),
            Self::Aid(fact) => fact.word(),
            Self::Urgent(fact) => fact.word(),
            Self::Secrecy(fact) => fact.word(),
            Self::Participation(fact) => fact.word(),
            Self::Ladder(fact) => fact.word(),
            Self::Rating(fact) => fact.word(),
            Self::Repeat(fact) => fact.word(),
            Self::Withdrawal(fact) => fact.word(),
            Self::Passing(fact) => fact.word(),
            Self::Inside(fact) => fact.word(),
            Self::Correction(fact) => fact.word(),
            Self::Publication(fact) => fact.word(),
            Self::Hearing(fact) => fact.word(),
            Self::Sponsorship(fact) => fact.word(),
        }
    }
}

/// A line of the case file: a fact with who and when (案卷条目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// Which numbers the program gave to its papers.
    #[serde(default, skip_serializing_if = "Issued::is_empty")]
    pub issued: Issued,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
}

impl Entry {
    /// Whether it came through the portal, from nobody who works here.
    pub fn by_public(&self) -> bool {
        self.actor.0 == crate::org::PORTAL
    }
}

/// A room's own fact is a fact of the case file.
macro_rules! of_room {
    ($($room:ident: $name:ident),+) => {
        $(impl From<super::$room::Fact> for Fact {
            fn from(fact: super::$room::Fact) -> Self {
                Self::$name(fact)
            }
        }

        impl From<super::$room::Command> for Command {
            fn from(command: super::$room::Command) -> Self {
                Self::$name(command)
            }
        })+
    };
}

of_room!(
    track: Track,
    joint: Joint,
    mediation: Mediation,
    wall: Wall,
    aid: Aid,
    urgent: Urgent,
    secrecy: Secrecy,
    participation: Participation,
    ladder: Ladder,
    rating: Rating,
    repeat: Repeat,
    withdrawal: Withdrawal,
    passing: Passing,
    inside: Inside,
    correction: Correction,
    publication: Publication,
    hearing: Hearing,
    sponsorship: Sponsorship
);
