//! The acts (动作): everything that anybody may be allowed to do.

use crate::code::code_list;
use crate::matter::Command;

code_list! {
    /// An act of the system (动作), from the commands of a matter to the reading of the journal.
    pub enum Act {
        /// 登记.
        Register = "register",
        /// 并入.
        Join = "join",
        /// 分出.
        Unjoin = "unjoin",
        /// 补充材料.
        Supplement = "supplement",
        /// 改类.
        Reclassify = "reclassify",
        /// 撤回, in the petitioner's name.
        Withdraw = "withdraw",
        /// 转送.
        Refer = "refer",
        /// 告知去向.
        Tell = "tell",
        /// 直接回复.
        AnswerDirectly = "answer_directly",
        /// 存.
        File = "file",
        /// 异议.
        Object = "object",
        /// 同意退回.
        Return = "return",
        /// 收回.
        Recall = "recall",
        /// 不同意退回.
        RefuseObjection = "refuse_objection",
        /// 不予受理.
        Decline = "decline",
        /// 受理.
        Accept = "accept",
        /// 记录调查.
        TakeStep = "take_step",
        /// 申请延期.
        AskExtension = "ask_extension",
        /// 批准延期.
        Extend = "extend",
        /// 不批准延期.
        RefuseExtension = "refuse_extension",
        /// 答复诉求.
        AnswerDemand = "answer_demand",
        /// 签发.
        Sign = "sign",
        /// 送达.
        Serve = "serve",
        /// 送达告知书.
        ServeNotice = "serve_notice",
        /// 办结.
        Conclude = "conclude",
        /// 申请复查、复核.
        AskReview = "ask_review",
        /// 受理复查、复核.
        AcceptReview = "accept_review",
        /// 不受理复查、复核.
        DeclineReview = "decline_review",
        /// 听证.
        HoldHearing = "hold_hearing",
        /// 作出复查、复核意见.
        DecideReview = "decide_review",
        /// 送达复查、复核意见.
        ServeReview = "serve_review",
        /// 督办.
        Supervise = "supervise",
        /// 反馈督办.
        AnswerSupervision = "answer_supervision",
        /// 督办销号.
        CloseSupervision = "close_supervision",
        /// 记录执行.
        Execute = "execute",
        /// 复查、复核延期.
        ExtendReview = "extend_review",
        /// 导入法定途径.
        Route = "route",
        /// 转送有权机关.
        HandOver = "hand_over",
        /// 改变类别.
        Retrack = "retrack",
        /// 解除密封.
        Unseal = "unseal",
        /// 查明被检举控告人.
        Identify = "identify",
        /// 请协办.
        AskContribution = "ask_contribution",
        /// 提交协办意见.
        Contribute = "contribute",
        /// 免除协办.
        ReleaseContribution = "release_contribution",
        /// 提请指定.
        Dispute = "dispute",
        /// 职权承接.
        Succeed = "succeed",
        /// 调整报结果的日期.
        PostponeReport = "postpone_report",
        /// 指定办理.
        Designate = "designate",
        /// 调解.
        Mediate = "mediate",
        /// 达成协议.
        Settle = "settle",
        /// 申请回避.
        AskRecusal = "ask_recusal",
        /// 决定回避.
        DecideRecusal = "decide_recusal",
        /// 登记授权.
        Authorise = "authorise",
        /// 终止授权.
        EndAuthority = "end_authority",
        /// 救助转介.
        ReferAid = "refer_aid",
        /// 列为重大紧急.
        MarkUrgent = "mark_urgent",
        /// 紧急报告.
        ReportUrgent = "report_urgent",
        /// 疑似涉密.
        SuspectSecret = "suspect_secret",
        /// 移交保密部门.
        HandOverSecret = "hand_over_secret",
        /// 排除涉密.
        ClearSecret = "clear_secret",
        /// 组成联合工作组.
        OpenParticipation = "open_participation",
        /// 登记证据.
        AddEvidence = "add_evidence",
        /// 记录面对面质证.
        HoldSession = "hold_session",
        /// 会签.
        Countersign = "countersign",
        /// 提出异议, by either side.
        RaiseObjection = "raise_objection",
        /// 答复异议.
        AnswerObjection = "answer_objection",
        /// 宣布结果.
        AnnounceResult = "announce_result",
        /// 指定跟踪人.
        NameTracker = "name_tracker",
        /// 记录督查情况.
        RecordFinding = "record_finding",
        /// 提出建议.
        Recommend = "recommend",
        /// 反馈建议.
        AnswerRecommendation = "answer_recommendation",
        /// 递进.
        StepUp = "step_up",
        /// 评价, by the petitioner alone.
        Rate = "rate",
        /// 确定包案领导.
        Sponsor = "sponsor",
        /// 制定包案方案.
        PlanSponsorship = "plan_sponsorship",
        /// 约见信访人, by a leader.
        MeetPetitioner = "meet_petitioner",
        /// 研究解决方案, by a leader.
        StudySolution = "study_solution",
        /// 包案结案.
        EndSponsorship = "end_sponsorship",
        /// 呈报领导.
        SubmitToLeader = "submit_to_leader",
        /// 批示.
        Instruct = "instruct",
        /// 反馈批示.
        AnswerInstruction = "answer_instruction",
        /// 查看事项.
        ViewMatter = "view_matter",
        /// 补发查询码, in person.
        IssueCode = "issue_code",
        /// 拆封查看, for a reason that the head reads.
        BreakSeal = "break_seal",
        /// 查看信访人身份信息, with a reason that is recorded.
        Unmask = "unmask",
        /// 查看责任台账.
        ViewDuty = "view_duty",
        /// 安排: the office sets what leaders and units owe.
        PlanDuty = "plan_duty",
        /// 记录: what was done, by whoever it binds or by the office for them.
        KeepDuty = "keep_duty",
        /// 反馈办理情况.
        ReportDuty = "report_duty",
        /// 签订和考核责任书.
        KeepAgreement = "keep_agreement",
        /// 被考核单位提出意见.
        CommentAgreement = "comment_agreement",
        /// 帮扶联系, by the leader who helps alone.
        KeepContact = "keep_contact",
        /// 追究责任.
        HoldAccountable = "hold_accountable",
        /// 申诉, by whoever was held accountable.
        Appeal = "appeal",
        /// 网上预约领导接访和取消预约, from home, without an account.
        BookPlace = "book_place",
        /// 查看统计和报告.
        ViewReport = "view_report",
        /// 导入台账.
        Import = "import",
        /// 维护机构和账号.
        ManageAccounts = "manage_accounts",
        /// 授权、解锁、重置密码.
        GrantRoles = "grant_roles",
        /// 维护工作日历.
        ManageCalendar = "manage_calendar",
        /// 查看日志.
        ReadJournal = "read_journal",
        /// 管理本人的接口令牌.
        KeepToken = "keep_token",
    }
}

impl Act {
    /// The act that a command is.
    pub fn of(command: &Command) -> Self {
        match command {
            Command::Join(_) => Self::Join,
            Command::Unjoin(_) => Self::Unjoin,
            // Whoever may join what comes may join what came.
            Command::Merge(_) => Self::Join,
            Command::PostponeReport(_) => Self::PostponeReport,
            Command::Supplement(_) => Self::Supplement,
            Command::Reclassify(_) => Self::Reclassify,
            Command::Withdraw(_) => Self::Withdraw,
            Command::Refer(_) => Self::Refer,
            Command::Tell(_) => Self::Tell,
            Command::AnswerDirectly(_) => Self::AnswerDirectly,
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
            Command::Sponsorship(command) => command.act(),
        }
    }
}
