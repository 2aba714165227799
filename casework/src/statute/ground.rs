//! The grounds on which an organ may decline or tell elsewhere (不予受理等情形): which there are, and what each owes the
//! petitioner. Which of them a text in force knows, and by which article, the text says.

use super::Rule;
use crate::code::code_list;
use serde::Deserialize;

code_list! {
    /// A ground of the code list (处置情形代码); the acts keep all of them, so a text can name no other.
    pub enum GroundCode {
        /// 属于人大、法院、检察院职权.
        OtherPower = "N01",
        /// 应当或者已经通过诉讼、仲裁、复议等法定途径.
        LegalRoute = "N02",
        /// 已受理或正在办理.
        Pending = "N03",
        /// 复核后以同一事实和理由提出.
        Exhausted = "N04",
        /// 不属于本机关职权.
        NotCompetent = "N05",
        /// 不属于信访事项范围.
        OutOfScope = "N06",
        /// 逾期没有申请复查、复核，又没有正当理由.
        ReviewLate = "N07",
        /// 应当向有权处理的本级或上一级提出.
        WrongLevel = "N08",
        /// 代理人没有授权或者委托已经终止.
        NoAuthority = "N10",
        /// 疑似涉及国家秘密.
        StateSecret = "N11",
        /// 没有提出诉求或者内容无法辨认，如表扬、感谢.
        NoDemand = "S1",
        /// 姓名、住址不清，无法告知也无法核实.
        Unreachable = "S2",
        /// 检举控告，转送纪检监察机关或者有权机关.
        Accusation = "T1",
    }
}

/// What the petitioner must be told beside where to go (告知内容).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    /// How to raise it there.
    How,
    /// Until when.
    Within,
    /// Under which earlier number.
    Earlier,
}

impl GroundCode {
    /// What the petitioner must be told on this ground beside where to go.
    pub(crate) fn owes(self) -> &'static [Owed] {
        match self {
            Self::LegalRoute => &[Owed::How, Owed::Within],
            Self::Pending => &[Owed::Within, Owed::Earlier],
            Self::Exhausted => &[Owed::Earlier],
            Self::ReviewLate => &[],
            Self::OtherPower
            | Self::NotCompetent
            | Self::OutOfScope
            | Self::WrongLevel
            | Self::NoAuthority
            | Self::StateSecret
            | Self::Accusation => &[Owed::How],
            Self::NoDemand | Self::Unreachable => &[],
        }
    }

    /// Whether it speaks of the petition's own road and not of whose matter it is, so that a unit which was named
    /// to handle it may still decline on it (R22-24).
    pub(crate) fn is_of_procedure(self) -> bool {
        match self {
            Self::OtherPower | Self::LegalRoute | Self::Exhausted => true,
            Self::Pending
            | Self::NotCompetent
            | Self::OutOfScope
            | Self::ReviewLate
            | Self::WrongLevel
            | Self::NoAuthority
            | Self::StateSecret
            | Self::Accusation
            | Self::NoDemand
            | Self::Unreachable => false,
        }
    }
}

/// A ground as a text in force knows it (不予受理等情形的依据).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Which.
    pub code: GroundCode,
    /// The rule it comes from.
    pub rule: Rule,
    /// The article as the text names it.
    pub article: String,
    /// Whether the matter may be passed to the organ itself on this ground (转送).
    #[serde(default)]
    pub hands_over: bool,
    /// Whether a petition may be filed on this ground (存).
    #[serde(default)]
    pub files: bool,
    /// Whether the petitioner may be told to go there on this ground (告知、引导).
    #[serde(default = "yes")]
    pub tells: bool,
}

fn yes() -> bool {
    true
}
