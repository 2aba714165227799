//! The names of the fields (字段名) that forms ask for. The same thing has the same name in every form; what it is
//! called on a page is `field-…` in the locales.

use casework::code::code_list;

code_list! {
    /// A field of a form (字段名), by the name under which pages and the API send it.
    pub enum Name {
        /// Account (账号).
        Account = "account",
        /// Accused unit (被检举控告的单位).
        Accused = "accused",
        /// Name of the person accused (被检举控告人姓名).
        AccusedName = "accused_name",
        /// Person accused, if they have an account (被检举控告人（有账号的）).
        AccusedPerson = "accused_person",
        /// The accused unit, or the unit of the person accused (被检举控告的单位，或者被检举控告人所在的单位).
        AccusedUnit = "accused_unit",
        /// Address for service (送达地址).
        Address = "address",
        /// Addressee (收信人).
        Addressee = "addressee",
        /// The recommendation is adopted (采纳建议).
        Adopted = "adopted",
        /// Which help (救助种类).
        Aid = "aid",
        /// What was answered, without anybody's data (答复要点，不含个人信息).
        Answer = "answer",
        /// Outcome (结果).
        AppealOutcome = "appeal_outcome",
        /// Receptions count (约访、接访计入).
        Appointment = "appointment",
        /// Named by (由谁指定).
        Arbiter = "arbiter",
        /// Places (负责的地方).
        Areas = "areas",
        /// Article (条款).
        Article = "article",
        /// Audience (对象).
        Audience = "audience",
        /// Basis (依据).
        Basis = "basis",
        /// Why (为什么专人跟踪).
        Because = "because",
        /// How the place is taken (登记方式).
        BookedHow = "booked_how",
        /// Branch (依法分类).
        Branch = "branch",
        /// Campaign (number) (所属专项（编号）).
        Campaign = "campaign",
        /// Kind (种类).
        CampaignKind = "campaign_kind",
        /// Category (类别).
        Category = "category",
        /// Cause (形成原因).
        Cause = "cause",
        /// How it came (怎么来的).
        Channel = "channel",
        /// Who looks it over (核稿人).
        Checker = "checker",
        /// Relation of the demands (诉求与原事项的关系).
        Claim = "claim",
        /// Colleague (交给哪位同事).
        Colleague = "colleague",
        /// Close the account (停用账号).
        Closed = "closed",
        /// Why it was not public, if it was not (不公开的理由（公开的不填）).
        ClosedBecause = "closed_because",
        /// Division code (区划代码).
        Code = "code",
        /// What will be done (做什么).
        Commitment = "commitment",
        /// Complains of (被投诉的机关、单位（没有不填）).
        ComplainedOf = "complained_of",
        /// Day of the conduct (行为发生日期).
        ConductOn = "conduct_on",
        /// The petitioner wants it (信访人自愿).
        Consent = "consent",
        /// Consent paper (同意书编号).
        ConsentPaper = "consent_paper",
        /// Contact (联系人和电话).
        Contact = "contact",
        /// Convener (召集人).
        Convener = "convener",
        /// People present (到会人数).
        Count = "count",
        /// Day (日期).
        Day = "day",
        /// Day of the month or week (几日，或者周几).
        DayNumber = "day_number",
        /// Days of extension (延长天数).
        Days = "days",
        /// Demand (诉求).
        Demand = "demand",
        /// Which demands (哪几项诉求).
        Demands = "demands",
        /// Who stands in (代理人).
        Deputy = "deputy",
        /// Why it answers although it is complained of (涉及的单位自己先答复的理由).
        Despite = "despite",
        /// Document (依据的文件).
        Document = "document",
        /// Done by (什么时候做完).
        DoneBy = "done_by",
        /// By (期限).
        DueOn = "due_on",
        /// Number of the pending petition or of the final opinion (正在办理的来件号，或者终结的意见书号).
        Earlier = "earlier",
        /// Elected on (推选日期).
        ElectedOn = "elected_on",
        /// Consent to electronic service (同意电子送达).
        ElectronicConsent = "electronic_consent",
        /// Entry (第几条).
        Entry = "entry",
        /// Recurs (周期).
        Every = "every",
        /// Evidence (依据).
        Evidence = "evidence",
        /// Attachments (附件).
        Files = "files",
        /// Findings (核查情况).
        Finding = "finding",
        /// First party (assesses) (甲方（考核）).
        First = "first",
        /// Signed for the first party (甲方签字人).
        FirstSigner = "first_signer",
        /// From (起始日期).
        From = "from",
        /// Kind of post (职务类别).
        Grade = "grade",
        /// Granted (同意回避).
        Granted = "granted",
        /// Ground (依据情形).
        Ground = "ground",
        /// Who supervises together (联合督查组成员，联合督查时填).
        Group = "group",
        /// Competent organ one level up (上级业务主管部门).
        GuidedBy = "guided_by",
        /// Number of people (人数).
        Headcount = "headcount",
        /// Host (not the investigator) (听证主持人（不是调查人）).
        Host = "host",
        /// Hours (时间).
        Hours = "hours",
        /// How: the procedure, what to bring (怎样提出：程序、要带的材料).
        How = "how",
        /// Identifier (代号).
        Id = "id",
        /// ID number (证件号码).
        IdNumber = "id_number",
        /// Indicators that count themselves (自动计算的指标).
        Indicators = "indicators",
        /// Kind of step (调查方式).
        Inquiry = "inquiry",
        /// Which instruction (哪一件批示).
        Instruction = "instruction",
        /// Interpreter (翻译人员).
        Interpreter = "interpreter",
        /// Joined to (并入的事项).
        Into = "into",
        Leaving = "leaving",
        Signatures = "signatures",
        /// Units invited (参加单位).
        Invited = "invited",
        /// Issued on (印发日期).
        IssuedOn = "issued_on",
        /// What it is (证据名称).
        Item = "item",
        /// Reason for joining (并入的理由).
        JoinReason = "join_reason",
        /// Contributing unit (协办单位).
        JointUnit = "joint_unit",
        /// Kind (类别).
        Kind = "kind",
        /// Purpose (用途).
        Label = "label",
        /// Language used (使用的语言).
        Language = "language",
        /// Good reason for being late (逾期的正当理由).
        LateReason = "late_reason",
        /// Leader (领导).
        Leader = "leader",
        /// At least (至少几次).
        Least = "least",
        /// Account (账号).
        Login = "login",
        /// Mailbox (写给哪位领导).
        Mailbox = "mailbox",
        /// Judged by hand (one to a line) (人工评定的指标（一行一条）).
        Manual = "manual",
        /// What to bring (要带的材料).
        Materials = "materials",
        /// Matter (事项编号).
        Matter = "matter",
        /// Measures taken (已经采取的措施).
        Measures = "measures",
        /// Brought both sides to agree (促成双方达成一致).
        Mediated = "mediated",
        /// Mediator (调解人).
        Mediator = "mediator",
        /// Form (形式).
        Medium = "medium",
        /// The unit's people (责任单位参加人员).
        Members = "members",
        /// People met (见面人数).
        Met = "met",
        /// Method of service (送达方式).
        Method = "method",
        /// Name of person or organisation (姓名或单位名称).
        Name = "name",
        /// New facts (when a redone answer keeps its result) (新的事实（被责令重新办理而结果不变时填）).
        NewFacts = "new_facts",
        /// New facts; linked to matter (有新的事实和理由，关联原事项).
        NewFactsOf = "new_facts_of",
        /// Note (说明).
        Note = "note",
        /// Notice (告知书).
        Notice = "notice",
        /// Number (编号).
        Number = "number",
        /// Which objection (哪项异议).
        Objection = "objection",
        /// The office (对信访局).
        OfOffice = "of_office",
        /// The unit (对办理单位).
        OfUnit = "of_unit",
        /// Date (日期).
        On = "on",
        /// Reviewing organ (复查、复核机关).
        Organ = "organ",
        /// Deciding organ (决定机关).
        OrganName = "organ_name",
        /// Outcome (结论).
        Outcome = "outcome",
        /// Visits to people count (下访计入).
        Outreach = "outreach",
        /// Done by (由谁办).
        Owner = "owner",
        /// Belongs to (上级单位).
        Parent = "parent",
        /// Petitioners (信访人).
        Parties = "parties",
        /// Whose identity (哪位当事人).
        Party = "party",
        /// Kind (类别).
        PartyKind = "party_kind",
        /// Role (身份).
        PartyRole = "party_role",
        /// People (人数).
        People = "people",
        /// Period (周期).
        Period = "period",
        /// Who (谁).
        Person = "person",
        /// Petition (信访件).
        Petition = "petition",
        /// Phone (电话).
        Phone = "phone",
        /// Where the problem is (问题在哪里).
        Place = "place",
        /// Appointments (预约名额).
        Places = "places",
        /// Post (职务).
        Post = "post",
        /// Post (职务).
        PostName = "post_name",
        /// Postmark date (邮戳日期).
        PostedOn = "posted_on",
        /// Present (参加人员).
        Present = "present",
        /// Units present (到会单位).
        PresentUnits = "present_units",
        /// Procedure (程序名称).
        Procedure = "procedure",
        /// Proof of service (送达凭证).
        Proof = "proof",
        /// Proposal (拟办意见).
        Proposal = "proposal",
        /// Who should handle it (建议由谁办理).
        Proposed = "proposed",
        /// Public (公开).
        Public = "public",
        /// What is published (公开的内容).
        PublicText = "public_text",
        /// The answer may be published without anybody's data (同意公开答复，不公开个人信息).
        Publishable = "publishable",
        /// Published on (公告之日).
        PublishedOn = "published_on",
        /// It was put right (已经更正).
        PutRight = "put_right",
        /// What was asked, without anybody's data (来信要点，不含个人信息).
        Question = "question",
        /// Purpose (任务).
        Purpose = "purpose",
        /// How a petitioner asks after their own matter (查询方式).
        EnquiredBy = "enquired_by",
        /// What for (查询目的).
        EnquiredFor = "enquired_for",
        /// Order (排列顺序).
        Rank = "rank",
        /// Reached (达到).
        Reached = "reached",
        /// Reason (理由).
        Reason = "reason",
        /// Date received (收到日期).
        ReceivedOn = "received_on",
        /// Recipient or witness (签收人或见证人).
        Recipient = "recipient",
        /// Reported to (报给谁).
        Recipients = "recipients",
        /// Kind of recommendation (建议种类).
        Recommendation = "recommendation",
        /// Ground (回避情形).
        RecusalGround = "recusal_ground",
        /// Incoming document number (来文编号).
        Reference = "reference",
        /// Report the result by (报结果日期).
        ReportBackOn = "report_back_on",
        /// Representatives (推选出的代表).
        Representatives = "representatives",
        /// Reset the password and give a new initial one (重置密码，发一个新的初始密码).
        Reset = "reset",
        /// Result (结果).
        Result = "result",
        /// Outcome of the review (复查、复核结论).
        ReviewOutcome = "review_outcome",
        /// Right day (正确的收到日期).
        RightDay = "right_day",
        /// Role (角色).
        Role = "role",
        /// Rung (递进到哪一级).
        Rung = "rung",
        /// Sanction (方式).
        Sanction = "sanction",
        /// Holiday arrangement (JSON) (放假安排（JSON）).
        Schedule = "schedule",
        /// Seat (小组职务).
        Seat = "seat",
        /// Second party (assessed) (乙方（被考核）).
        Second = "second",
        /// Signed for the second party (乙方签字人).
        SecondSigner = "second_signer",
        /// Served paper (送达的文书).
        ServedPaper = "served_paper",
        /// Served to (送达给).
        ServedTo = "served_to",
        /// Which meeting (哪次质证).
        Session = "session",
        /// Short name (简称).
        Short = "short",
        /// Which side (哪一方).
        Side = "side",
        /// Simple procedure (简易办理).
        Simple = "simple",
        /// Consent since (同意日期).
        Since = "since",
        /// Problems to solve in a year (全年解决问题（件）).
        Solve = "solve",
        /// It solved the matter (事项因此解决).
        SolvedMatter = "solved_matter",
        /// Source (来源).
        Source = "source",
        /// Reason for sponsorship (包案情形).
        SponsoredFor = "sponsored_for",
        /// Subject (类别).
        Subject = "subject",
        /// Successor (承接单位).
        Successor = "successor",
        /// Summary (摘要).
        Summary = "summary",
        /// Unit (单位).
        SupervisedUnit = "supervised_unit",
        /// Supervision number (督办编号).
        Supervision = "supervision",
        /// Form of supervision (督办方式).
        SupervisionForm = "supervision_form",
        /// The day on which it is to be held (举行日期).
        HeldOn = "held_on",
        /// Who listens beside the host (听证员).
        Panel = "panel",
        /// The own committee and government (本级党委、政府).
        OwnOrgan = "own_organ",
        /// The next higher office (上一级信访部门).
        OrganAbove = "organ_above",
        /// What was handed in (材料).
        HandedIn = "handed_in",
        /// Table of problem heads (突出问题表).
        Heads = "heads",
        /// Table of categories (分类表).
        Table = "table",
        /// Target (%) (目标（%）).
        Target = "target",
        /// Text (facts and reasons) (内容（事实和理由）).
        Text = "text",
        /// Title in one sentence (一句话标题).
        Title = "title",
        /// Pass to (转给).
        To = "to",
        /// Token (令牌).
        Token = "token",
        /// About (事由).
        Topic = "topic",
        /// Track (诉求类别).
        Track = "track",
        /// Followed up by (跟踪人).
        Tracker = "tracker",
        /// Passed on by (转来机关).
        TransferFrom = "transfer_from",
        /// Their document number (来文编号).
        TransferNumber = "transfer_number",
        /// Result wanted by (要求报结果的日期).
        TransferReportOn = "transfer_report_on",
        /// Ground of supervision (督办情形).
        Trigger = "trigger",
        /// Unit (机构).
        Unit = "unit",
        /// Units taking part (参加单位).
        Units = "units",
        /// Until (截至).
        Until = "until",
        /// Urgent: report at once (重大紧急，须立即报告).
        Urgent = "urgent",
        /// Used for (用途).
        UsedFor = "used_for",
        /// Where (地点).
        Venue = "venue",
        /// Petitioner's view (信访人意见).
        View = "view",
        /// Way (方式).
        Way = "way",
        /// Where to raise it; for what is pending, who has it (应当到哪里提出；正在别处办理的，写谁在办理).
        WhereTo = "where_to",
        /// Why a new query code is given (重发查询码的理由).
        Why = "why",
        /// Accompanied by (陪同).
        With = "with",
        /// Within which period (应当在什么期限内提出).
        Within = "within",
        /// Year (年份).
        Year = "year",
        /// Amount (yuan) (金额（元）).
        Yuan = "yuan",
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.word().to_owned()
    }
}
