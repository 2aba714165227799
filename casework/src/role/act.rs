//! The acts (动作): everything that anybody may be allowed to do, in one table: who may, where, and what is said to
//! whoever may not.

use super::Denial;
use super::right::{Record, Right, Where, Who};
use crate::code::code_list;
use crate::matter::Command;

/// Defines the acts: each with its word, by whom it is done, at which matters or records, and what is said to somebody
/// none of whose roles grants it.
macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $word:literal by [$($who:ident)+]
        at $at:ident$(($record:ident))? else $denial:ident,)+) => {
        code_list! {
            /// An act of the system (动作), from the commands of a matter to the reading of the journal.
            pub enum Act {
                $($(#[$doc])* $act = $word,)+
            }
        }

        impl Act {
            /// Who may do it, and where.
            pub(super) fn right(self) -> Right {
                match self {
                    $(Self::$act => Right {
                        by: &[$(Who::$who),+],
                        at: Where::$at$((Record::$record))?,
                        denial: Denial::$denial,
                    },)+
                }
            }
        }
    };
}

acts! {
    /// 登记.
    Register = "register" by [Clerk Handler Petitioner] at Anywhere else OfficeOnly,
    /// 并入.
    Join = "join" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 查询登记: finding a matter for its petitioner.
    Enquire = "enquire" by [Clerk] at Anywhere else OfficeOnly,
    /// 分出.
    Unjoin = "unjoin" by [Clerk] at Anywhere else OfficeOnly,
    /// 补充材料.
    Supplement = "supplement" by [Clerk Handler Petitioner] at Concerned else OfficeOnly,
    /// 改类.
    Reclassify = "reclassify" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 更正登记.
    Correct = "correct" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 更正送达.
    CorrectService = "correct_service" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 更正当事人.
    CorrectParty = "correct_party" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 补登当事人.
    AddParty = "add_party" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 删除误登的当事人.
    StrikeParty = "strike_party" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 更正材料归属.
    CorrectFile = "correct_file" by [Clerk Handler] at OfficeOrUnit else OfficeOnly,
    /// 请求更正.
    AskCorrection = "ask_correction" by [Clerk Handler Petitioner] at Concerned else OfficeOnly,
    /// 答复更正请求.
    AnswerCorrection = "answer_correction" by [Clerk Handler] at Correcting else OfficeOnly,
    /// 公开答复.
    PublishAnswer = "publish_answer" by [Clerk Leader] at Mailbox else OfficeOnly,
    /// 撤下公开答复.
    EndPublication = "end_publication" by [Clerk Leader] at Mailbox else OfficeOnly,
    /// 开通、关闭领导信箱.
    KeepMailbox = "keep_mailbox" by [Head Leader] at Office else HeadOnly,
    /// 明确被投诉机关.
    NameOrgan = "name_organ" by [Clerk] at Anywhere else OfficeOnly,
    /// 撤回, in the petitioner's name.
    Withdraw = "withdraw" by [Clerk Petitioner] at Anywhere else OfficeOnly,
    /// 取消撤回.
    Resume = "resume" by [Clerk Petitioner] at Anywhere else OfficeOnly,
    /// 转送.
    Refer = "refer" by [Clerk] at Anywhere else OfficeOnly,
    /// 告知去向.
    Tell = "tell" by [Clerk Handler] at Having else OfficeOnly,
    /// 存.
    File = "file" by [Clerk] at Anywhere else OfficeOnly,
    /// 异议.
    Object = "object" by [Handler] at Handling else HolderOnly,
    /// 同意退回.
    Return = "return" by [Clerk] at Anywhere else OfficeOnly,
    /// 收回.
    Recall = "recall" by [Head] at Anywhere else HeadOnly,
    /// 不同意退回.
    RefuseObjection = "refuse_objection" by [Clerk] at Anywhere else OfficeOnly,
    /// 不予受理.
    Decline = "decline" by [Handler] at Handling else HolderOnly,
    /// 受理.
    Accept = "accept" by [Handler] at Handling else HolderOnly,
    /// 记录调查.
    TakeStep = "take_step" by [Clerk Handler] at Having else HolderOnly,
    /// 确定承办人.
    PutInCharge = "put_in_charge" by [Clerk Handler] at Having else HolderOnly,
    /// 送核稿.
    SubmitDraft = "submit_draft" by [Clerk Handler Leader] at Drafting else HolderOnly,
    /// 核稿同意.
    CheckDraft = "check_draft" by [Clerk Handler] at Having else HolderOnly,
    /// 退改.
    ReturnDraft = "return_draft" by [Clerk Handler] at Having else HolderOnly,
    /// 申请延期.
    AskExtension = "ask_extension" by [Handler] at Handling else HolderOnly,
    /// 批准延期.
    Extend = "extend" by [UnitHead] at Handling else HeadOnly,
    /// 不批准延期.
    RefuseExtension = "refuse_extension" by [UnitHead] at Handling else HeadOnly,
    /// 答复诉求.
    AnswerDemand = "answer_demand" by [Clerk Handler Leader] at Drafting else HolderOnly,
    /// 签发.
    Sign = "sign" by [Head UnitHead Leader] at Signing else HeadOnly,
    /// 送达.
    Serve = "serve" by [Clerk Handler] at Answering else HolderOnly,
    /// 告知再次来件.
    TellRepeat = "tell_repeat" by [Clerk Handler] at Telling else OfficeOnly,
    /// 送达告知书.
    ServeNotice = "serve_notice" by [Clerk Handler] at Notifying else HolderOnly,
    /// 办结.
    Conclude = "conclude" by [Clerk Handler] at Answering else HolderOnly,
    /// 申请复查、复核.
    AskReview = "ask_review" by [Clerk Petitioner] at Anywhere else OfficeOnly,
    /// 受理复查、复核.
    AcceptReview = "accept_review" by [Clerk Handler] at OfficeOrUnit else HolderOnly,
    /// 不受理复查、复核.
    DeclineReview = "decline_review" by [Clerk Handler] at OfficeOrUnit else HolderOnly,
    /// 听证.
    HoldHearing = "hold_hearing" by [Clerk Handler] at Hearing else HolderOnly,
    /// 公告听证.
    AnnounceHearing = "announce_hearing" by [Clerk Handler] at Hearing else HolderOnly,
    /// 公示复核意见.
    PublishOpinion = "publish_opinion" by [Clerk Handler] at OfficeOrUnit else HolderOnly,
    /// 拟变更的处理意见.
    AnswerInstead = "answer_instead" by [Clerk Handler] at OfficeOrUnit else HolderOnly,
    /// 作出复查、复核意见.
    DecideReview = "decide_review" by [Head UnitHead] at OfficeOrUnit else HeadOnly,
    /// 送达复查、复核意见.
    ServeReview = "serve_review" by [Clerk Handler] at OfficeOrUnit else HolderOnly,
    /// 督办.
    Supervise = "supervise" by [Clerk] at Anywhere else OfficeOnly,
    /// 反馈督办.
    AnswerSupervision = "answer_supervision" by [Handler] at Supervised else HolderOnly,
    /// 督办销号.
    CloseSupervision = "close_supervision" by [Clerk] at Anywhere else OfficeOnly,
    /// 记录执行.
    Execute = "execute" by [Clerk Handler] at Bound else HolderOnly,
    /// 复查、复核延期.
    ExtendReview = "extend_review" by [Head UnitHead] at OfficeOrUnit else HeadOnly,
    /// 移送信访局.
    PassOn = "pass_on" by [Handler] at Handling else HolderOnly,
    /// 接收移送.
    TakeOver = "take_over" by [Clerk] at Anywhere else OfficeOnly,
    /// 退回移送.
    SendBack = "send_back" by [Clerk] at Anywhere else OfficeOnly,
    /// 导入法定途径.
    Route = "route" by [Handler] at Handling else HolderOnly,
    /// 转送有权机关.
    HandOver = "hand_over" by [Clerk Handler] at Having else OfficeOnly,
    /// 改变类别.
    Retrack = "retrack" by [Clerk] at Anywhere else OfficeOnly,
    /// 解除密封.
    Unseal = "unseal" by [Head] at Anywhere else HeadOnly,
    /// 查明被检举控告人.
    Identify = "identify" by [Head] at Anywhere else HeadOnly,
    /// 请协办.
    AskContribution = "ask_contribution" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 提交协办意见.
    Contribute = "contribute" by [Handler] at Contributing else HolderOnly,
    /// 免除协办.
    ReleaseContribution = "release_contribution" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 提请指定.
    Dispute = "dispute" by [Clerk] at Anywhere else OfficeOnly,
    /// 职权承接.
    Succeed = "succeed" by [Head] at Anywhere else HeadOnly,
    /// 报结果: 办结报告, to whoever set a date for it.
    ReportResult = "report_result" by [Clerk Handler] at Reporting else HolderOnly,
    /// 调整报结果的日期.
    PostponeReport = "postpone_report" by [Clerk] at Anywhere else OfficeOnly,
    /// 指定办理.
    Designate = "designate" by [Head] at Anywhere else HeadOnly,
    /// 调解.
    Mediate = "mediate" by [Handler] at Handling else HolderOnly,
    /// 达成协议.
    Settle = "settle" by [UnitHead] at Handling else HeadOnly,
    /// 申请回避.
    AskRecusal = "ask_recusal" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 决定回避.
    DecideRecusal = "decide_recusal" by [Head UnitHead Leader] at DecidingRecusal else HeadOnly,
    /// 登记授权.
    Authorise = "authorise" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 终止授权.
    EndAuthority = "end_authority" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 救助转介.
    ReferAid = "refer_aid" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 列为重大紧急.
    MarkUrgent = "mark_urgent" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 紧急报告.
    ReportUrgent = "report_urgent" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 疑似涉密.
    SuspectSecret = "suspect_secret" by [Clerk Handler] at Concerned else OfficeOnly,
    /// 移交保密部门.
    HandOverSecret = "hand_over_secret" by [Head UnitHead] at Concerned else HeadOnly,
    /// 排除涉密.
    ClearSecret = "clear_secret" by [Head UnitHead] at Concerned else HeadOnly,
    /// 组成联合工作组.
    OpenParticipation = "open_participation" by [Handler] at Handling else HolderOnly,
    /// 登记证据.
    AddEvidence = "add_evidence" by [Clerk Handler Petitioner] at Concerned else OfficeOnly,
    /// 记录面对面质证.
    HoldSession = "hold_session" by [Handler] at Investigating else HolderOnly,
    /// 会签.
    Countersign = "countersign" by [Clerk Petitioner] at NotHandling else OfficeOnly,
    /// 提出异议, by either side.
    RaiseObjection = "raise_objection" by [Clerk Handler Petitioner] at Concerned else OfficeOnly,
    /// 答复异议.
    AnswerObjection = "answer_objection" by [Handler] at Investigating else HolderOnly,
    /// 宣布结果.
    AnnounceResult = "announce_result" by [Handler] at Investigating else HolderOnly,
    /// 指定跟踪人.
    NameTracker = "name_tracker" by [Clerk] at Anywhere else OfficeOnly,
    /// 记录督查情况.
    RecordFinding = "record_finding" by [Clerk] at Anywhere else OfficeOnly,
    /// 提出建议.
    Recommend = "recommend" by [Clerk] at Anywhere else OfficeOnly,
    /// 反馈建议.
    AnswerRecommendation = "answer_recommendation" by [Handler] at Recommended else HolderOnly,
    /// 递进.
    StepUp = "step_up" by [Clerk] at Anywhere else OfficeOnly,
    /// 评价, by the petitioner alone.
    Rate = "rate" by [Petitioner] at Anywhere else PetitionerOnly,
    /// 确定包案领导.
    Sponsor = "sponsor" by [Clerk] at Anywhere else OfficeOnly,
    /// 制定包案方案.
    PlanSponsorship = "plan_sponsorship" by [Clerk Leader] at Sponsoring else OfficeOnly,
    /// 约见信访人, by a leader.
    MeetPetitioner = "meet_petitioner" by [Clerk Leader] at Anywhere else OfficeOnly,
    /// 研究解决方案, by a leader.
    StudySolution = "study_solution" by [Clerk Leader] at Anywhere else OfficeOnly,
    /// 包案结案.
    EndSponsorship = "end_sponsorship" by [Clerk Leader] at Sponsoring else OfficeOnly,
    /// 呈报领导.
    SubmitToLeader = "submit_to_leader" by [Clerk] at Anywhere else OfficeOnly,
    /// 批示.
    Instruct = "instruct" by [Clerk Leader] at Anywhere else OfficeOnly,
    /// 反馈批示.
    AnswerInstruction = "answer_instruction" by [Handler] at Instructed else HolderOnly,
    /// 查看事项.
    ViewMatter = "view_matter" by [Clerk Handler Leader Statistician] at Anywhere else OfficeOnly,
    /// 补发查询码, in person.
    IssueCode = "issue_code" by [Clerk] at Office else OfficeOnly,
    /// 拆封查看, for a reason that the head reads.
    BreakSeal = "break_seal" by [Clerk Leader] at Sealed else OfficeOnly,
    /// 查看信访人身份信息, with a reason that is recorded.
    Unmask = "unmask" by [Clerk Handler] at Identifying else OfficeOnly,
    /// 查看责任台账.
    ViewDuty = "view_duty" by [Clerk Handler Leader Statistician] at Record(ViewDuty) else OfficeOnly,
    /// 安排: the office sets what leaders and units owe.
    PlanDuty = "plan_duty" by [Clerk] at Record(PlanDuty) else OfficeOnly,
    /// 记录: what was done, by whoever it binds or by the office for them.
    KeepDuty = "keep_duty" by [Clerk Handler Leader] at Record(KeepDuty) else OfficeOnly,
    /// 反馈办理情况.
    ReportDuty = "report_duty" by [Clerk Handler Leader] at Record(ReportDuty) else OfficeOnly,
    /// 签订和考核责任书.
    KeepAgreement = "keep_agreement" by [Clerk UnitHead] at Record(KeepAgreement) else OfficeOnly,
    /// 被考核单位提出意见.
    CommentAgreement = "comment_agreement" by [UnitHead] at Record(CommentAgreement) else HolderOnly,
    /// 帮扶联系, by the leader who helps alone.
    KeepContact = "keep_contact" by [Leader] at Record(KeepContact) else OfficeOnly,
    /// 追究责任.
    HoldAccountable = "hold_accountable" by [Head] at Record(HoldAccountable) else OfficeOnly,
    /// 申诉, by whoever was held accountable.
    Appeal = "appeal" by [Clerk Handler Leader Statistician] at Record(Appeal) else OfficeOnly,
    /// 网上预约领导接访和取消预约, from home, without an account.
    BookPlace = "book_place" by [Petitioner] at Record(BookPlace) else PetitionerOnly,
    /// 查看统计和报告.
    ViewReport = "view_report" by [Clerk Leader Statistician] at Anywhere else OfficeOnly,
    /// 导入台账.
    Import = "import" by [Clerk] at Anywhere else OfficeOnly,
    /// 维护机构和账号.
    ManageAccounts = "manage_accounts" by [System] at Anywhere else Separated,
    /// 授权、解锁、重置密码.
    GrantRoles = "grant_roles" by [Security] at Anywhere else Separated,
    /// 维护工作日历.
    ManageCalendar = "manage_calendar" by [Head] at Anywhere else OfficeOnly,
    /// 请假代理和移交承办事项, of one's own or one's people's.
    KeepAbsence = "keep_absence" by [Clerk Handler] at Anywhere else OfficeOnly,
    /// 查看日志.
    ReadJournal = "read_journal" by [Audit] at Anywhere else Separated,
    /// 管理本人的接口令牌.
    KeepToken = "keep_token" by [Everybody] at Anywhere else OfficeOnly,
}

impl Act {
    /// The act that a command is.
    pub fn of(command: &Command) -> Self {
        match command {
            Command::Join(_) => Self::Join,
            Command::Unjoin(_) => Self::Unjoin,
            // Whoever may join what comes may join what came.
            Command::Merge(_) => Self::Join,
            Command::ReportResult(_) => Self::ReportResult,
            Command::PostponeReport(_) => Self::PostponeReport,
            Command::Supplement(_) => Self::Supplement,
            Command::Reclassify(_) => Self::Reclassify,
            Command::Refer(_) => Self::Refer,
            Command::Tell(_) => Self::Tell,
            // Nobody answers like this; an import keeps what was answered before.
            Command::KeepLedgerAnswer(_) => Self::Import,
            Command::File(_) => Self::File,
            Command::Object(_) => Self::Object,
            Command::Return(_) => Self::Return,
            Command::RefuseObjection(_) => Self::RefuseObjection,
            Command::Recall(_) => Self::Recall,
            Command::Decline(_) => Self::Decline,
            Command::Accept(_) => Self::Accept,
            Command::TakeStep(_) => Self::TakeStep,
            Command::AskExtension(_) => Self::AskExtension,
            Command::Extend => Self::Extend,
            Command::RefuseExtension(_) => Self::RefuseExtension,
            Command::AnswerDemand(_) => Self::AnswerDemand,
            Command::Sign(_) => Self::Sign,
            Command::Serve(_) => Self::Serve,
            Command::ServeNotice(_) => Self::ServeNotice,
            Command::Conclude(_) => Self::Conclude,
            Command::AskReview(_) => Self::AskReview,
            Command::AcceptReview => Self::AcceptReview,
            Command::DeclineReview(_) => Self::DeclineReview,
            Command::HoldHearing(_) => Self::HoldHearing,
            Command::DecideReview(_) => Self::DecideReview,
            Command::AnswerInstead(_) => Self::AnswerInstead,
            Command::ServeReview(_) => Self::ServeReview,
            Command::Supervise(_) => Self::Supervise,
            Command::AnswerSupervision(_) => Self::AnswerSupervision,
            Command::CloseSupervision(_) => Self::CloseSupervision,
            Command::Execute(_) => Self::Execute,
            Command::ExtendReview(_) => Self::ExtendReview,
            Command::Track(command) => command.act(),
            Command::Joint(command) => command.act(),
            Command::Mediation(command) => command.act(),
            Command::Wall(command) => command.act(),
            Command::Aid(command) => command.act(),
            Command::Urgent(command) => command.act(),
            Command::Secrecy(command) => command.act(),
            Command::Participation(command) => command.act(),
            Command::Ladder(command) => command.act(),
            Command::Rating(command) => command.act(),
            Command::Repeat(command) => command.act(),
            Command::Withdrawal(command) => command.act(),
            Command::Passing(command) => command.act(),
            Command::Inside(command) => command.act(),
            Command::Correction(command) => command.act(),
            Command::Publication(command) => command.act(),
            Command::Hearing(command) => command.act(),
            Command::Sponsorship(command) => command.act(),
        }
    }
}
