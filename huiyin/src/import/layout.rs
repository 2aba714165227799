//! The layouts of old ledgers (台账格式): which heading holds what, and which are dropped.

/// A layout (台账格式): which heading holds what. Several headings for one thing are tried in order.
pub(super) struct Layout {
    pub name: &'static str,
    pub number: &'static [&'static str],
    pub person: &'static [&'static str],
    pub title: &'static [&'static str],
    pub text: &'static [&'static str],
    pub received: &'static [&'static str],
    pub registered: &'static [&'static str],
    pub reply: &'static [&'static str],
    pub replied: &'static [&'static str],
    pub phone: &'static [&'static str],
    pub id_number: &'static [&'static str],
    pub address: &'static [&'static str],
    pub people: &'static [&'static str],
    pub place: &'static [&'static str],
    pub category: &'static [&'static str],
    pub channel: &'static [&'static str],
    pub addressee: &'static [&'static str],
    pub purpose: &'static [&'static str],
}

impl Layout {
    /// Whether a heading is one of those that are read.
    pub fn reads(&self, heading: &str) -> bool {
        [
            self.number,
            self.person,
            self.title,
            self.text,
            self.received,
            self.registered,
            self.reply,
            self.replied,
            self.phone,
            self.id_number,
            self.address,
            self.people,
            self.place,
            self.category,
            self.channel,
            self.addressee,
            self.purpose,
        ]
        .iter()
        .any(|headings| headings.contains(&heading))
    }
}

pub(super) const LAYOUTS: [Layout; 2] = [
    Layout {
        name: "national",
        number: &["信访件编号"],
        person: &["姓名"],
        title: &["标题", "概况"],
        text: &["概况", "投诉内容"],
        received: &["信访日期", "登记日期"],
        registered: &["登记日期", "信访日期"],
        reply: &["答复意见", "回复内容"],
        replied: &["答复时间", "答复日期"],
        phone: &["手机号码"],
        id_number: &["证件号码", "身份证号码"],
        address: &["住址"],
        people: &["信访人数"],
        place: &["问题属地"],
        category: &["内容分类(一级_二级_三级)", "内容分类（一级_二级_三级）", "内容分类"],
        channel: &["信访形式"],
        addressee: &["受信人"],
        purpose: &["信访目的"],
    },
    Layout {
        name: "mailbox",
        number: &["留言编号", "编号"],
        person: &["留言用户", "姓名"],
        title: &["留言主题", "标题"],
        text: &["留言详情", "内容"],
        received: &["留言时间", "日期"],
        registered: &["留言时间", "日期"],
        reply: &["答复意见", "答复"],
        replied: &["答复时间", "答复日期"],
        phone: &[],
        id_number: &[],
        address: &[],
        people: &[],
        place: &[],
        category: &["一级标签", "内容分类"],
        channel: &[],
        addressee: &[],
        purpose: &[],
    },
];

/// Headings that are dropped: labels on persons, which this program refuses to hold.
pub(super) const DROPPED: [&str; 19] = [
    "重点人员",
    "特殊人员",
    "特殊原因",
    "扬言",
    "进京访风险",
    "越级",
    "不良影响",
    "政治身份",
    "政治面貌",
    "民族",
    "积分",
    "预警",
    "稳控",
    "劝返",
    "截访",
    "息诉",
    "罢访",
    "老上访",
    "缠访",
];
