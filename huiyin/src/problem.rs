//! What a caller gets when something is not done (问题).

use casework::code::code_list;
use casework::refusal::Refusal;
use casework::role::Denial;

code_list! {
    /// What is wrong with a field (填写错误), and the locale key of the words that say how to mend it.
    pub enum Wrong {
        /// Please fill this in (请填写).
        Missing = "wrong-missing",
        /// Too long. Please shorten it or attach it as a file (太长了，请精简或作为附件提交).
        TooLong = "wrong-too-long",
        /// Not a valid date. Please write it like 2025-03-02 (不是有效的日期，请写成 2025-03-02).
        Date = "wrong-date",
        /// Please enter a number (请填写数字).
        Number = "wrong-number",
        /// Please choose from the list (请从列表中选择).
        Choice = "wrong-choice",
        /// There is no such entry (没有这一项).
        Unknown = "wrong-unknown",
        /// Please enter a phone number of 7 to 12 digits (请填写 7 至 12 位电话号码).
        Phone = "wrong-phone",
        /// The ID number fails its check. Please compare it (身份证号码校验不对，请核对).
        IdNumber = "wrong-id-number",
        /// This kind of file is not taken. Please use a photo, PDF or Office document (不接收这种文件，请改成照片、PDF 或 Office 文档).
        FileKind = "wrong-file-kind",
        /// Too many files from here within an hour. Send them later (一小时内上传的文件太多，请稍后再传).
        FilesTooMany = "wrong-files-too-many",
        /// The form could not be read. Please submit it again in a browser (表单内容无法读取，请用浏览器重新提交).
        Form = "wrong-form",
        /// The address could not be read. Please go back and choose again (网址无法识别，请返回上一页重新选择).
        Address = "wrong-address",
        /// Not a valid JSON object (不是有效的 JSON 对象).
        Json = "wrong-json",
        /// Wrong type (类型不对).
        Type = "wrong-type",
        /// The code has the wrong format (代码格式不对).
        Code = "wrong-code",
        /// Give the ID number, the phone, or the name with the place (请填写证件号码或者电话，或者姓名和问题属地).
        Whom = "wrong-whom",
        /// Nobody is looked for here; that is an enquiry (这里不能查人；信访人来查询自己的事项，请用“查询登记”).
        Person = "wrong-person",
        /// Choose a township or a village (请选择到乡镇、村).
        Finer = "wrong-finer",
        /// One of the two is away or counted on on these days (这几天其中一人已经请假，或者正在代理别人).
        Away = "wrong-away",
        /// Use 3 to 40 letters, digits, dots or underscores (用 3 至 40 个字母、数字、点或下划线).
        Login = "wrong-login",
        /// Already in use (已经有人用了).
        Taken = "wrong-taken",
        /// One person cannot hold more than one of the three administrator roles (三类管理员不能兼任).
        Roles = "wrong-roles",
        /// The dates are out of order (日期先后不对): received, registered, answered, and none after today.
        DateOrder = "wrong-date-order",
        /// Columns neither of the national export nor of a mailbox ledger (认不出这份台账).
        Layout = "wrong-layout",
        /// The new password needs at least 12 characters (新密码至少 12 个字符).
        PasswordShort = "wrong-password-short",
        /// The new password is too simple (新密码过于简单).
        PasswordSimple = "wrong-password-simple",
        /// The current password is wrong (现在的密码不对).
        PasswordOld = "wrong-password-old",
        /// The two new passwords differ (两遍新密码不一样).
        PasswordAgain = "wrong-password-again",
        /// The new password must differ from the current one (新密码不能和现在的一样).
        PasswordSame = "wrong-password-same",
        /// Not a file token of this system; upload the file first (不是本系统给出的文件凭据，请先上传文件).
        FileToken = "wrong-file-token",
        /// Not a readable .xlsx file (不是能读的 .xlsx 文件).
        Ledger = "wrong-ledger",
        /// More than 20,000 rows; use the command line (超过两万行，请用命令行导入).
        LedgerLong = "wrong-ledger-long",
        /// Only for what a superior passed on; choose that channel or leave it empty (只有“上级转来”才填这一项；请改选来源或者清空).
        OnlySuperior = "wrong-only-superior",
        /// A line can't be read: one category a line, at most three levels, commas between (有读不懂的行).
        Table = "wrong-table",
        /// 突出问题表读不懂.
        Heads = "wrong-heads",
        /// Not a holiday arrangement; paste JSON with year and days (不是放假安排，请粘贴含 year 和 days 的 JSON).
        Schedule = "wrong-schedule",
        /// A year between 1949 and 2199, and a day within it (请写 1949 到 2199 之间的年份，截止日期要在这一年里).
        Year = "wrong-year",
        /// Not a place of this office; add it first or give its code (区划表里没有这个地方，请先补充区划或改成代码).
        Place = "wrong-place",
        /// Who gives a name is not anonymous: clear the name, or choose what they are (写了姓名就不是匿名).
        Named = "wrong-named",
        /// Say which unit or whom it accuses, as far as you know (请写明被检举控告的单位或者姓名，知道多少写多少).
        AccusedMissing = "wrong-accused-missing",
        /// Whoever names an accused brings an accusation (写了被检举控告的单位或者人，类别应当是“检举控告”).
        OnlyAccusation = "wrong-only-accusation",
        /// choose at least two units (至少选两个单位).
        Two = "wrong-two",
        /// there is no such matter, or it is not yours to see (没有这件事项，或者您看不到).
        Matter = "wrong-matter",
        /// the county with a township or unit, or a township with its own villages (县与乡镇、部门，或者乡镇与所属的村、社区).
        Party = "wrong-party",
        /// this person is not of that unit (这个人不是该单位的).
        Official = "wrong-official",
        /// Give 1 to 31 for a day of the month, 1 to 7 for a day of the week (按月填1到31，按周填1到7).
        DayNumber = "wrong-day-number",
        /// The file is no longer here. Please choose it again and send. (附件已失效，请重新选择后再提交。).
        FileGone = "wrong-file-gone",
        /// The file is empty. Please choose it again. (文件是空的，请重新选择。).
        FileEmpty = "wrong-file-empty",
        /// No files can be attached here. (这里不能附文件。).
        NoFilesHere = "wrong-no-files-here",
        /// The key must be one to sixty-four visible ASCII characters. (防重键须为一至六十四个可见的英文字符。).
        Key = "wrong-key",
    }
}

/// One field of a form or request that can't be used as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as sent.
    pub field: String,
    /// What is wrong.
    pub wrong: Wrong,
}

impl FieldError {
    /// A field and what is wrong with it.
    pub fn new(field: impl Into<String>, wrong: Wrong) -> Self {
        Self { field: field.into(), wrong }
    }
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The law or the state of the case file says no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The actor's roles say no.
    #[error("{}", .0.word())]
    Denied(Denial),
    /// Fields that can't be used as they are.
    #[error("invalid fields: {0:?}")]
    Invalid(Vec<FieldError>),
    /// Somebody acted meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// There is no such thing, or not for this reader.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignIn,
    /// Too many attempts; try again later.
    #[error("too many attempts")]
    TooMany,
    /// It took longer to send than anybody waits.
    #[error("too slow")]
    TooSlow,
    /// More than may be sent at once.
    #[error("too large")]
    TooLarge,
    /// The form did not come from our own page.
    #[error("forged")]
    Forged,
    /// The command line asked for something that can't be.
    #[error("{0}")]
    Usage(String),
    /// The machine failed.
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict => Self::Conflict,
            other @ (store::Error::Corrupt { .. }
            | store::Error::Full(_)
            | store::Error::Away(_)
            | store::Error::Engine(_)
            | store::Error::Key(_)
            | store::Error::File(_)) => Self::Store(other),
        }
    }
}

impl Problem {
    /// The HTTP status that says it best.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(_) | Self::Invalid(_) | Self::Usage(_) => 422,
            Self::Denied(_) | Self::Forged => 403,
            Self::Conflict => 409,
            Self::NotFound => 404,
            Self::SignIn => 401,
            Self::TooMany => 429,
            Self::TooSlow => 408,
            Self::TooLarge => 413,
            Self::Store(store::Error::Full(_)) => 507,
            Self::Store(store::Error::Away(_)) => 503,
            Self::Store(_) => 500,
        }
    }

    /// The locale key of its text, also the API's `type`.
    pub fn word(&self) -> String {
        match self {
            Self::Refused(refusal) => format!("refusal-{}", refusal.word()),
            Self::Denied(denial) => format!("denial-{}", denial.word()),
            Self::Invalid(_) | Self::Usage(_) => "problem-invalid".to_owned(),
            Self::Conflict => "problem-conflict".to_owned(),
            Self::NotFound => "problem-not-found".to_owned(),
            Self::SignIn => "problem-sign-in".to_owned(),
            Self::TooMany => "problem-too-many".to_owned(),
            Self::TooSlow => "problem-too-slow".to_owned(),
            Self::TooLarge => "problem-too-large".to_owned(),
            Self::Forged => "problem-forged".to_owned(),
            Self::Store(store::Error::Full(_)) => "problem-full".to_owned(),
            Self::Store(store::Error::Away(_)) => "problem-away".to_owned(),
            Self::Store(_) => "problem-machine".to_owned(),
        }
    }

    /// The rule that stands against it, if a rule does.
    pub fn rule(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(refusal.rule().0),
            Self::Denied(denial) => Some(denial.rule().0),
            Self::Invalid(_)
            | Self::Conflict
            | Self::NotFound
            | Self::SignIn
            | Self::TooMany
            | Self::TooSlow
            | Self::TooLarge
            | Self::Forged
            | Self::Usage(_)
            | Self::Store(_) => None,
        }
    }
}
