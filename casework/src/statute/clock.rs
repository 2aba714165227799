//! The clocks of law (期限种类): which there are, whose right or duty each bounds, and what ends it.

use crate::code::code_list;

code_list! {
    /// The clocks of law that the statutes give a length to (期限种类); C1–C9 of the office's papers.
    pub enum ClockKind {
        /// C1 登记后转送、交办、告知: the office disposes of a petition.
        Disposition = "disposition",
        /// C1 再次来件: the office tells whoever comes after the answer how the matter stands.
        Repeat = "repeat",
        /// C1′ 分段转送: the county's own share of those days, of what came down through the superiors.
        ChainShare = "chain_share",
        /// C2 书面告知: the receiving unit tells the petitioner in writing.
        Notice = "notice",
        /// C3 异议: the receiving unit may object that the matter is not its own.
        Objection = "objection",
        /// C4 办理: the unit answers.
        Handling = "handling",
        /// C4 送达: the written answer reaches the petitioner; a review opinion likewise.
        Service = "service",
        /// C5 报结果: the date set when the matter was assigned.
        ReportBack = "report_back",
        /// C6 申请复查: the petitioner may ask for review.
        ReviewWindow = "review_window",
        /// 复查、复核受理: the reviewing organ says whether it takes the request; set by local texts alone.
        ReviewAcceptance = "review_acceptance",
        /// C7 复查: the reviewing organ answers.
        Review = "review",
        /// C8 申请复核: the petitioner may ask for final review.
        FinalReviewWindow = "final_review_window",
        /// C9 复核: the final reviewing organ answers, hearing time excluded.
        FinalReview = "final_review",
        /// C10 督办反馈: the unit answers a supervision.
        Supervision = "supervision",
        /// C10 建议反馈: the unit answers a recommendation.
        Recommendation = "recommendation",
        /// C11 申请司法确认: both parties may have a mediated agreement confirmed by the court.
        JudicialConfirmation = "judicial_confirmation",
        /// C12 申请行政复议: against what an organ did under its own statute.
        Reconsideration = "reconsideration",
        /// 撤回反悔期: whoever took a petition back may think again.
        ThinkAgain = "think_again",
        /// 答复更正请求: whoever asked that something about them be put right is answered.
        Correction = "correction",
        /// 公告送达: a paper that was put up in public reaches whom it concerns when its days are over.
        PublicNotice = "public_notice",
        /// C13 评价: the petitioner may rate.
        Evaluation = "evaluation",
        /// C14 简易办理: the unit answers by a local simple procedure.
        SimpleHandling = "simple_handling",
        /// 法定职责: the organ answers under its own statute, by a date that statute gives.
        Statutory = "statutory",
        /// 建议、检举的答复: no text sets a period; the program proposes one.
        Reply = "reply",
        /// 协办: a unit contributes by a date set for it.
        Contribution = "contribution",
        /// 指定办理: the common superior or the joint conference names the unit.
        Designation = "designation",
        /// 批示反馈: the unit answers a leader's instruction by the date it names.
        Instruction = "instruction",
        /// 紧急报告: at once, so on the same day.
        UrgentReport = "urgent_report",
    }
}

impl ClockKind {
    /// Whether the clock bounds a right (of the petitioner, or of a unit to object) and not a
    /// duty: rights lapse, duties become overdue.
    pub fn is_right(self) -> bool {
        matches!(
            self,
            Self::Objection
                | Self::ReviewWindow
                | Self::FinalReviewWindow
                | Self::JudicialConfirmation
                | Self::Reconsideration
                | Self::ThinkAgain
                | Self::Evaluation
        )
    }

    /// The clock whose period it has: every petition is disposed of within the same days, whenever it comes.
    pub fn counted_as(self) -> Self {
        if self == Self::Repeat { Self::Disposition } else { self }
    }

    /// Whether the clock runs from acceptance until the answer.
    pub fn answers(self) -> bool {
        matches!(self, Self::Handling | Self::SimpleHandling | Self::Statutory | Self::Reply)
    }

    /// Whether it bounds what the petitioner is owed: to hear where the matter went, whether it is taken,
    /// who takes it, and the answer. The rest is between offices.
    pub fn owed_to_petitioner(self) -> bool {
        self.answers()
            || matches!(
                self,
                Self::Disposition
                    | Self::Repeat
                    | Self::Correction
                    | Self::Notice
                    | Self::Designation
                    | Self::Service
                    | Self::ReviewAcceptance
                    | Self::Review
                    | Self::FinalReview
            )
    }

    /// Whether the duty has no meaning once the matter is concluded.
    pub fn ends_with_matter(self) -> bool {
        self.answers()
            || matches!(
                self,
                Self::Disposition
                    | Self::ChainShare
                    | Self::Service
                    | Self::Notice
                    | Self::Objection
                    | Self::Contribution
                    | Self::Designation
                    | Self::UrgentReport
                    | Self::Instruction
            )
    }

    /// Whether somebody sets the date for each matter, so that no text has to.
    pub fn set_by_hand(self) -> bool {
        self.set_under().is_some()
    }

    /// The rule under which somebody sets its date for each matter; `None` where a text gives its length.
    pub fn set_under(self) -> Option<&'static str> {
        match self {
            Self::ReportBack => Some("R22-22a"),
            Self::Statutory => Some("R22-31"),
            Self::Contribution => Some("R22-24"),
            Self::Instruction => Some("R22-38"),
            Self::ThinkAgain => Some("D-casefile"),
            Self::Correction => Some("PIPL-46"),
            Self::Disposition
            | Self::Repeat
            | Self::ChainShare
            | Self::Notice
            | Self::Objection
            | Self::Handling
            | Self::Service
            | Self::ReviewWindow
            | Self::ReviewAcceptance
            | Self::Review
            | Self::FinalReviewWindow
            | Self::FinalReview
            | Self::Supervision
            | Self::Recommendation
            | Self::JudicialConfirmation
            | Self::Reconsideration
            | Self::PublicNotice
            | Self::Evaluation
            | Self::SimpleHandling
            | Self::Reply
            | Self::Designation
            | Self::UrgentReport => None,
        }
    }
}
