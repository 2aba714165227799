//! Which figure (指标名): a type wherever a figure is meant; its text stands in addresses, in the API and in the
//! report's sentences.

use super::{Filter, Later, Timeliness, VisitKind};
use crate::category::head::HeadId;
use crate::code::code_list;
use crate::duty::figure::DutyFigure;
use crate::matter::Cause;
use crate::moment::Within;
use crate::org::UnitId;
use crate::petition::Channel;
use serde::Serialize;
use std::fmt;

code_list! {
    /// A figure over all petitions of a period (信访总量指标), in the order of the report; their words are their keys.
    pub enum PetitionFigure {
        /// 信访总量.
        Total = "petitions.total",
        /// 个访.
        Individual = "petitions.visits.individual",
        /// 集体访.
        Collective = "petitions.visits.collective",
        /// 来信.
        Letters = "petitions.letters",
        /// 来电.
        Phone = "petitions.phone",
        /// 传真.
        Fax = "petitions.fax",
        /// 电子邮件.
        Email = "petitions.email",
        /// 网上信访.
        Online = "petitions.online",
        /// 领导信箱.
        Mailbox = "petitions.mailbox",
        /// 上级转来.
        Superior = "petitions.superior",
        /// 部门、乡镇登记.
        ByUnit = "petitions.by_unit",
        /// 已办结.
        Concluded = "petitions.concluded",
        /// 未办结.
        Open = "petitions.open",
        /// 初次信访.
        First = "petitions.first",
        /// 重复信访.
        Repeat = "petitions.repeat",
        /// 答复后再次反映.
        AfterAnswer = "petitions.repeat.after_answer",
        /// 答复后再次反映，已告知.
        ToldAfterAnswer = "petitions.repeat.told",
        /// 已答复.
        Answered = "answers.total",
        /// 按期答复.
        InTime = "answers.in_time",
        /// 逾期答复或者逾期未答复.
        Late = "answers.late",
        /// 十五日内答复.
        Within15Days = "answers.within_15_days",
        /// 六十日内答复.
        Within60Days = "answers.within_60_days",
    }
}

impl PetitionFigure {
    /// What it restricts beside the period.
    fn restrict(self, all: Filter) -> Filter {
        let visit = |kind| Filter { visit: Some(kind), ..all.clone() };
        let channel = |channel| Filter { channel: Some(channel), ..all.clone() };
        match self {
            Self::Total => all,
            Self::Individual => visit(VisitKind::Individual),
            Self::Collective => visit(VisitKind::Collective),
            Self::Letters => channel(Channel::Letter),
            Self::Phone => channel(Channel::Phone),
            Self::Fax => channel(Channel::Fax),
            Self::Email => channel(Channel::Email),
            Self::Online => channel(Channel::Online),
            Self::Mailbox => channel(Channel::Mailbox),
            Self::Superior => channel(Channel::Superior),
            Self::ByUnit => Filter { by_unit: true, ..all },
            Self::Concluded => Filter { concluded: Some(true), ..all },
            Self::Open => Filter { concluded: Some(false), ..all },
            Self::First => Filter { repeat: Some(false), ..all },
            Self::Repeat => Filter { repeat: Some(true), ..all },
            Self::AfterAnswer => Filter { after_answer: Some(Later::All), ..all },
            Self::ToldAfterAnswer => Filter { after_answer: Some(Later::Told), ..all },
            Self::Answered => Filter { answered_at_all: true, ..all },
            Self::InTime => Filter { answered: Some(Timeliness::InTime), ..all },
            Self::Late => Filter { answered: Some(Timeliness::Late), ..all },
            Self::Within15Days => Filter { answered_within_days: Some(15), ..all },
            Self::Within60Days => Filter { answered_within_days: Some(60), ..all },
        }
    }
}

/// Which figure (指标名).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub enum FigureKey {
    /// Over all petitions.
    Petitions(PetitionFigure),
    /// Under a head.
    Head(HeadId),
    /// Under a head and concluded.
    HeadConcluded(HeadId),
    /// Under a head and concluded with a cause.
    HeadCause(HeadId, Cause),
    /// About what a unit is responsible for (信访涉及的机关、单位): the report says where problems are many (R05-39,
    /// R22-41); it says nothing about how well the unit works.
    Unit(UnitId),
    /// That complain of an organ or unit (被投诉的机关、单位; R05-39①, R22-41①).
    Organ(UnitId),
    /// Of the duty side.
    Duty(DutyFigure),
}

impl FigureKey {
    /// The figure of this text.
    pub fn parse(text: &str) -> Option<Self> {
        let petitions = PetitionFigure::parse(text).map(Self::Petitions);
        if let Some(known) = petitions.or_else(|| DutyFigure::parse(text).map(Self::Duty)) {
            return Some(known);
        }
        match text.split_once('.')? {
            ("unit", unit) => Some(Self::Unit(UnitId(unit.to_owned()))),
            ("organ", unit) => Some(Self::Organ(UnitId(unit.to_owned()))),
            ("head", rest) => {
                let Some((head, what)) = rest.split_once('.') else {
                    return HeadId::parse(rest).map(Self::Head);
                };
                let head = HeadId::parse(head)?;
                match what.strip_prefix("cause.") {
                    Some(cause) => Some(Self::HeadCause(head, Cause::parse(cause)?)),
                    None => (what == "concluded").then_some(Self::HeadConcluded(head)),
                }
            }
            _ => None,
        }
    }

    /// The petitions of a period that it counts; `None` for what counts something else.
    pub fn filter(&self, within: Within) -> Option<Filter> {
        let (from, until) = (Some(within.from), Some(within.until));
        let all = Filter { from, until, ..Filter::default() };
        Some(match self {
            Self::Petitions(figure) => figure.restrict(all),
            Self::Head(head) => Filter { head: Some(head.clone()), ..all },
            Self::HeadConcluded(head) => {
                Filter { head: Some(head.clone()), concluded: Some(true), ..all }
            }
            Self::HeadCause(head, cause) => {
                Filter { head: Some(head.clone()), cause: Some(*cause), ..all }
            }
            Self::Unit(unit) => Filter { unit: Some(unit.clone()), ..all },
            Self::Organ(unit) => Filter { complained_of: Some(unit.clone()), ..all },
            Self::Duty(_) => return None,
        })
    }
}

impl fmt::Display for FigureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Petitions(figure) => f.write_str(figure.word()),
            Self::Head(head) => write!(f, "head.{}", head.0),
            Self::HeadConcluded(head) => write!(f, "head.{}.concluded", head.0),
            Self::HeadCause(head, cause) => {
                write!(f, "head.{}.cause.{}", head.0, cause.word())
            }
            Self::Unit(unit) => write!(f, "unit.{}", unit.0),
            Self::Organ(unit) => write!(f, "organ.{}", unit.0),
            Self::Duty(figure) => f.write_str(figure.word()),
        }
    }
}

impl From<FigureKey> for String {
    fn from(key: FigureKey) -> Self {
        key.to_string()
    }
}
