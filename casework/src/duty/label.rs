//! The names under which records say something (台账字段).

use crate::code::code_list;

code_list! {
    /// Under which name a record says something (台账字段).
    pub enum Label {
        /// 账号.
        Account = "account",
        /// 报送对象.
        Addressees = "addressees",
        /// 议题.
        Agenda = "agenda",
        /// 救助.
        Aid = "aid",
        /// 申诉.
        Appeal = "appeal",
        /// 约访计次.
        Appointment = "appointment",
        /// 片区.
        Areas = "areas",
        /// 依据条款.
        Article = "article",
        /// 所附材料.
        Attachments = "attachments",
        /// 受众.
        Audience = "audience",
        /// 预约日期.
        BookedOn = "booked_on",
        /// 预约名单.
        Bookings = "bookings",
        /// 所属活动.
        Campaign = "campaign",
        /// 取消.
        Cancelled = "cancelled",
        /// 结束.
        Closed = "closed",
        /// 意见.
        Comment = "comment",
        /// 行为日期.
        ConductOn = "conduct_on",
        /// 同意书.
        Consent = "consent",
        /// 召集人.
        Convener = "convener",
        /// 申诉决定.
        Decided = "decided",
        /// 处理决定.
        Decision = "decision",
        /// 议定事项.
        Decisions = "decisions",
        /// 撤销.
        Dissolved = "dissolved",
        /// 文件.
        Document = "document",
        /// 完成情况.
        Done = "done",
        /// 办理期限.
        DueOn = "due_on",
        /// 终止.
        Ended = "ended",
        /// 录入日期.
        EnteredOn = "entered_on",
        /// 依据材料.
        Evidence = "evidence",
        /// 退出台账.
        Exits = "exits",
        /// 查明情况.
        Finding = "finding",
        /// 甲方.
        First = "first",
        /// 甲方签字人.
        FirstSigner = "first_signer",
        /// 起始日期.
        From = "from",
        /// 锁定日期.
        FrozenOn = "frozen_on",
        /// 资金.
        Funds = "funds",
        /// 职务级别.
        Grade = "grade",
        /// 听取陈述.
        Heard = "heard",
        /// 接访日期.
        HeldOn = "held_on",
        /// 帮扶记录.
        Help = "help",
        /// 时间.
        Hours = "hours",
        /// 方式.
        How = "how",
        /// 指标.
        Indicators = "indicators",
        /// 原定.
        InsteadOf = "instead_of",
        /// 参会单位.
        Invited = "invited",
        /// 印发日期.
        IssuedOn = "issued_on",
        /// 种类.
        Kind = "kind",
        /// 领导.
        Leader = "leader",
        /// 最低次数.
        Least = "least",
        /// 休假.
        Leaves = "leaves",
        /// 台账.
        List = "list",
        /// 工作日志.
        Log = "log",
        /// 姓名（已隐去）.
        Mask = "mask",
        /// 信访事项.
        Matter = "matter",
        /// 信访事项（多件）.
        Matters = "matters",
        /// 完成计数.
        Measure = "measure",
        /// 宣传形式.
        Medium = "medium",
        /// 成员.
        Members = "members",
        /// 走访人数.
        Met = "met",
        /// 纪要.
        Minutes = "minutes",
        /// 原定日期.
        MovedFrom = "moved_from",
        /// 名称.
        Name = "name",
        /// 公告日期.
        NoticedOn = "noticed_on",
        /// 文号.
        Number = "number",
        /// 日期.
        On = "on",
        /// 立案日期.
        OpenedOn = "opened_on",
        /// 机关.
        Organ = "organ",
        /// 处理意见.
        Outcome = "outcome",
        /// 下访计次.
        Outreach = "outreach",
        /// 责任单位.
        Owner = "owner",
        /// 人数.
        People = "people",
        /// 周期.
        Period = "period",
        /// 人员.
        Person = "person",
        /// 地点（行政区）.
        Place = "place",
        /// 名额.
        Places = "places",
        /// 职务.
        Post = "post",
        /// 出席单位.
        Present = "present",
        /// 发现的问题.
        Problems = "problems",
        /// 进展.
        Progress = "progress",
        /// 是否公开.
        Public = "public",
        /// 公布日期.
        PublishedOn = "published_on",
        /// 任务.
        Purpose = "purpose",
        /// 学习记录.
        Readings = "readings",
        /// 理由.
        Reason = "reason",
        /// 签收日期.
        ReceivedOn = "received_on",
        /// 结果.
        Result = "result",
        /// 处分种类.
        Sanction = "sanction",
        /// 小组职务.
        Seat = "seat",
        /// 乙方.
        Second = "second",
        /// 乙方签字人.
        SecondSigner = "second_signer",
        /// 签订.
        Signed = "signed",
        /// 起始（帮扶）.
        Since = "since",
        /// 应解决数.
        Solve = "solve",
        /// 解决情况.
        Solved = "solved",
        /// 资金来源.
        Source = "source",
        /// 状态.
        State = "state",
        /// 会议类型.
        Subject = "subject",
        /// 代接访.
        Substituted = "substituted",
        /// 督办文号.
        Supervision = "supervision",
        /// 目标值.
        Target = "target",
        /// 内容.
        Text = "text",
        /// 标题.
        Title = "title",
        /// 主题.
        Topic = "topic",
        /// 单位.
        Unit = "unit",
        /// 单位（多个）.
        Units = "units",
        /// 截止日期.
        Until = "until",
        /// 用途.
        UsedFor = "used_for",
        /// 地点.
        Venue = "venue",
        /// 指标结论.
        Verdict = "verdict",
        /// 版本.
        Version = "version",
        /// 历次版本.
        Versions = "versions",
        /// 诉求.
        Wishes = "wishes",
        /// 陪同人员.
        With = "with",
        /// 年度.
        Year = "year",
        /// 金额（元）.
        Yuan = "yuan",
    }
}
