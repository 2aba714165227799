//! Papers of the file (文书): which of the papers that the law and the offices know (law.md §5, F01–F41) a fact makes,
//! who gives it a number, and in which series the program numbers what nobody numbers by hand.

use crate::code::code_list;
use crate::matter::Fact;
use crate::matter::ladder::Rung;
use crate::matter::letter::Letter;
use crate::matter::notice::NoticeKind;
use crate::matter::supervision::Trigger;
use serde::{Deserialize, Serialize};

code_list! {
    /// A kind of paper (文书种类); its word is its number in the list of papers, where it has one.
    pub enum Document {
        /// 来访登记表.
        Visit = "F02",
        /// 代表推选书.
        Election = "F03",
        /// 授权委托书.
        Authority = "F04",
        /// 受理告知书.
        Acceptance = "F05",
        /// 不予受理告知书.
        Declined = "F06",
        /// 不再受理告知书.
        NoLonger = "F07",
        /// 导入法定途径告知书.
        Routed = "F08",
        /// 引导告知.
        Guidance = "F09",
        /// 转送函.
        Referral = "F10",
        /// 交办函.
        Assignment = "F11",
        /// 去向告知.
        Whereabouts = "F12",
        /// 异议书.
        Objection = "F13",
        /// 指定办理函.
        Designation = "F14",
        /// 延长办理期限告知书.
        Extended = "F15",
        /// 调查笔录.
        Inquiry = "F16",
        /// 处理意见书、建议意见回复.
        Opinion = "F17",
        /// 办结报告.
        Result = "F19",
        /// 送达回证.
        Proof = "F20",
        /// 执行督促函.
        Execution = "F21",
        /// 复查、复核申请书，及其受理、不予受理告知书.
        ReviewRequest = "F22",
        /// 复查、复核意见书.
        ReviewOpinion = "F23",
        /// 听证告知书、公告.
        HearingNotice = "F25",
        /// 听证纪要.
        Hearing = "F26",
        /// 复核意见公示.
        PublishedOpinion = "F27",
        /// 调解、和解协议书.
        Settlement = "F28",
        /// 催办单.
        Reminder = "F29",
        /// 督办函.
        Supervision = "F30",
        /// 建议书.
        Recommendation = "F31",
        /// 采纳情况反馈.
        Adoption = "F32",
        /// 重大紧急信访信息报告.
        UrgentReport = "F33",
        /// 回避决定书.
        Recusal = "F34",
        /// 领导阅批单.
        Instruction = "F35",
        /// 救助转介单.
        Aid = "F39",
        /// 移送函.
        PassingOn = "passing_on",
        /// 协办函.
        Contribution = "contribution",
        /// 约谈、通报、挂牌通知书.
        Rung = "rung",
        /// 其他告知书.
        Notice = "notice",
    }
}

impl Document {
    /// What a series of numbers that the program gives is marked by (文号标识); nothing for what is numbered by hand, and
    /// for what stays in the file.
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Self::Referral => Some("转"),
            Self::Assignment => Some("交"),
            Self::PassingOn => Some("移"),
            Self::Objection => Some("异"),
            Self::Contribution => Some("协"),
            Self::UrgentReport => Some("急"),
            Self::Recusal => Some("避"),
            Self::Aid => Some("助"),
            Self::Acceptance
            | Self::Declined
            | Self::NoLonger
            | Self::Routed
            | Self::Guidance
            | Self::Whereabouts
            | Self::Extended
            | Self::HearingNotice
            | Self::Notice => Some("告"),
            Self::Authority
            | Self::Visit
            | Self::Election
            | Self::PublishedOpinion
            | Self::Reminder
            | Self::Designation
            | Self::Inquiry
            | Self::Opinion
            | Self::Result
            | Self::Proof
            | Self::Execution
            | Self::ReviewRequest
            | Self::ReviewOpinion
            | Self::Hearing
            | Self::Settlement
            | Self::Supervision
            | Self::Recommendation
            | Self::Adoption
            | Self::Instruction
            | Self::Rung => None,
        }
    }
}

/// The numbers that the program gave to the papers of a line (自动编号).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Issued {
    /// To the letter between offices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// To the notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

impl Issued {
    /// Whether it gave none.
    pub fn is_empty(&self) -> bool {
        self.letter.is_none() && self.notice.is_none()
    }
}

impl<'a> Letter<'a> {
    /// Which paper it is.
    pub fn document(self) -> Document {
        match self {
            Self::Referral(of) if of.report_back_on.is_some() => Document::Assignment,
            Self::Referral(_) | Self::HandOver(_) => Document::Referral,
            Self::PassingOn(_) => Document::PassingOn,
            Self::Objection(_) => Document::Objection,
            Self::Inquiry(_) => Document::Inquiry,
            Self::Result(_) => Document::Result,
            Self::Proof(_) => Document::Proof,
            Self::ReviewRequest(_) => Document::ReviewRequest,
            Self::Hearing(_) => Document::Hearing,
            Self::PublishedOpinion(_) => Document::PublishedOpinion,
            Self::Visit(_) => Document::Visit,
            Self::Election(_) => Document::Election,
            // What was promised and not done is to be carried out.
            Self::Supervision(of) if of.trigger == Trigger::NotExecuted => Document::Execution,
            Self::Supervision(_) => Document::Supervision,
            Self::Adoption(_) | Self::RecommendationAdoption(_) => Document::Adoption,
            Self::Instruction(_) => Document::Instruction,
            Self::Authority(_) => Document::Authority,
            Self::Contribution(_) => Document::Contribution,
            Self::Designation(_) => Document::Designation,
            Self::Settlement(_) => Document::Settlement,
            Self::Recommendation(_) => Document::Recommendation,
            Self::Rung(of) if of.rung == Rung::Reminded => Document::Reminder,
            Self::Rung(_) => Document::Rung,
            Self::UrgentReport(_) => Document::UrgentReport,
            Self::Recusal(_) => Document::Recusal,
            Self::Aid(_) => Document::Aid,
        }
    }

    /// The number that somebody gave it, if they did.
    pub fn number(self) -> Option<&'a str> {
        let number = match self {
            Self::Result(of) => &of.number,
            Self::Supervision(of) => &of.number,
            Self::HandOver(of) => &of.number,
            Self::Designation(of) => &of.number,
            Self::Settlement(of) => &of.number,
            Self::Recommendation(of) => &of.number,
            Self::Rung(of) => &of.number,
            Self::Referral(_)
            | Self::PassingOn(_)
            | Self::Objection(_)
            | Self::Inquiry(_)
            | Self::Proof(_)
            | Self::ReviewRequest(_)
            | Self::Hearing(_)
            | Self::PublishedOpinion(_)
            | Self::Visit(_)
            | Self::Election(_)
            | Self::Adoption(_)
            | Self::RecommendationAdoption(_)
            | Self::Instruction(_)
            | Self::Authority(_)
            | Self::Contribution(_)
            | Self::UrgentReport(_)
            | Self::Recusal(_)
            | Self::Aid(_) => return None,
        };
        Some(number)
    }
}

impl NoticeKind {
    /// Which paper it is.
    pub fn document(self) -> Document {
        match self {
            Self::Accepted => Document::Acceptance,
            Self::Declined => Document::Declined,
            Self::NoLonger => Document::NoLonger,
            Self::Routed => Document::Routed,
            Self::Told => Document::Guidance,
            Self::Referred | Self::HandedOver | Self::TakenOver => Document::Whereabouts,
            Self::Extended | Self::ReviewExtended => Document::Extended,
            Self::Hearing => Document::HearingNotice,
            Self::ReviewAccepted
            | Self::ReviewDeclined
            | Self::Filed
            | Self::Repeat
            | Self::Withdrawn
            | Self::Corrected => Document::Notice,
        }
    }
}

impl Fact {
    /// The letter, the paper of the file, or the opinion that it makes; the notice is [`Fact::notice`]'s.
    pub fn document(&self) -> Option<Document> {
        if matches!(self, Self::Signed(_)) {
            return Some(Document::Opinion);
        }
        if matches!(self, Self::ReviewDecided(_)) {
            return Some(Document::ReviewOpinion);
        }
        self.letter().map(Letter::document)
    }

    /// The number that somebody gave to the paper that it makes (文号).
    pub fn number(&self) -> Option<&str> {
        if let Self::Signed(signed) = self {
            return Some(&signed.number);
        }
        if let Self::ReviewDecided(decided) = self {
            return Some(&decided.number);
        }
        self.letter().and_then(Letter::number)
    }

    /// Which of the papers that the program numbers itself it makes (自动编号的文书): the letter, and the notice.
    pub fn numbered_by_program(&self) -> [Option<Document>; 2] {
        let letter = self.letter().map(|letter| letter.document());
        let notice = self.notice().map(|notice| notice.kind().document());
        let own = self.number().is_some();
        [letter.filter(|_| !own), notice].map(|one| one.filter(|one| one.mark().is_some()))
    }
}
