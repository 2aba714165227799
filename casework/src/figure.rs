//! What each number counts (指标): named, defined once, and opened as the list of its cases.
//!
//! A figure is a filter over petitions with a name. The page, the API, the spreadsheet and the
//! report all count with the same filter that lists the cases, so they can't disagree.

mod key;

pub use key::{FigureKey, PetitionFigure};

use crate::category::head::{HeadId, ProblemHead};
use crate::matter::Cause;
use crate::moment::Within;
use crate::org::UnitId;
use crate::petition::Channel;
use jiff::civil::Date;
use serde::Serialize;

/// Individual or collective, for visits (个访、集体访).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    /// 个访.
    Individual,
    /// 集体访.
    Collective,
}

/// How a duty clock of a petition's matter came out as of a day.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// Met on or before the nominal due date.
    InTime,
    /// Met late, or still unmet after the due date.
    Late,
}

/// Which of the petitions that came after the answer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Later {
    /// 全部.
    All,
    /// 已告知: told as of `until`.
    Told,
}

/// Which petitions a figure counts. Empty means no restriction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Registered on or after.
    pub from: Option<Date>,
    /// Registered on or before; the figure's as-of date too.
    pub until: Option<Date>,
    /// Came this way.
    pub channel: Option<Channel>,
    /// Visits of this kind.
    pub visit: Option<VisitKind>,
    /// Concluded (or not) as of `until`.
    pub concluded: Option<bool>,
    /// Joined to an earlier petition's matter (or first of its own).
    pub repeat: Option<bool>,
    /// Taken in by a unit other than the office.
    pub by_unit: bool,
    /// Came after their matter was answered.
    pub after_answer: Option<Later>,
    /// Under this problem head by the table in force on `until`, and the category that the matter had then.
    pub head: Option<HeadId>,
    /// Concluded with this cause.
    pub cause: Option<Cause>,
    /// That complain of this organ or unit.
    pub complained_of: Option<UnitId>,
    /// Of matters that this unit handles or handled last, or has before anybody handles them.
    pub unit: Option<UnitId>,
    /// How the answer's clock (C4) came out as of `until`.
    pub answered: Option<Timeliness>,
    /// Answered at all as of `until`.
    pub answered_at_all: bool,
    /// Answered within so many calendar days of receipt, as of `until`.
    pub answered_within_days: Option<u32>,
}

/// A named number (指标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Which; its name and definition are in the locales.
    pub key: FigureKey,
    /// What it counts.
    pub filter: Filter,
}

impl Figure {
    /// The figure of a key over the petitions of a period; `None` for what counts something else.
    pub fn of(key: FigureKey, within: Within) -> Option<Self> {
        key.filter(within).map(|filter| Self { key, filter })
    }
}

/// The heads of a report, in its order: those of the table, then what is under none of them.
pub fn of_report(heads: &[ProblemHead]) -> Vec<HeadId> {
    heads.iter().map(|head| head.id.clone()).chain([HeadId::other()]).collect()
}

/// The figures of a yearly report over the petitions of a period, in its order, by the heads in force at its end.
pub fn catalogue(within: Within, heads: &[ProblemHead]) -> Vec<Figure> {
    let of_head = |head: HeadId| {
        let whole = [FigureKey::Head(head.clone()), FigureKey::HeadConcluded(head.clone())];
        let causes = Cause::ALL.map(|cause| FigureKey::HeadCause(head.clone(), cause));
        whole.into_iter().chain(causes)
    };
    let of_heads = of_report(heads).into_iter().flat_map(of_head);
    let keys = PetitionFigure::ALL.into_iter().map(FigureKey::Petitions).chain(of_heads);
    keys.filter_map(|key| Figure::of(key, within)).collect()
}

/// A sum that must hold among the figures (数字核对).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The parts add up to the whole.
    Sum {
        /// The whole.
        #[schemars(with = "String")]
        whole: FigureKey,
        /// The parts.
        #[schemars(with = "Vec<String>")]
        parts: Vec<FigureKey>,
    },
    /// The parts together are at most the whole.
    SumAtMost {
        /// The parts.
        #[schemars(with = "Vec<String>")]
        parts: Vec<FigureKey>,
        /// The larger.
        #[schemars(with = "String")]
        large: FigureKey,
    },
    /// The one is at most the other.
    AtMost {
        /// The smaller.
        #[schemars(with = "String")]
        small: FigureKey,
        /// The larger.
        #[schemars(with = "String")]
        large: FigureKey,
    },
}

/// The sums every report must satisfy, whatever its heads.
pub fn checks(heads: &[ProblemHead]) -> Vec<Check> {
    let heads = of_report(heads);
    use PetitionFigure as P;
    let key = FigureKey::Petitions;
    let sum = |parts: &[P]| Check::Sum {
        whole: key(P::Total),
        parts: parts.iter().copied().map(key).collect(),
    };
    let at_most = |small, large| Check::AtMost { small: key(small), large: key(large) };
    let mut checks = vec![
        sum(&[
            P::Individual,
            P::Collective,
            P::Letters,
            P::Phone,
            P::Fax,
            P::Email,
            P::Online,
            P::Mailbox,
            P::Superior,
        ]),
        sum(&[P::Concluded, P::Open]),
        sum(&[P::First, P::Repeat]),
        Check::Sum {
            whole: key(P::Total),
            parts: heads.iter().cloned().map(FigureKey::Head).collect(),
        },
        at_most(P::ByUnit, P::Total),
        at_most(P::AfterAnswer, P::Repeat),
        at_most(P::ToldAfterAnswer, P::AfterAnswer),
        at_most(P::Within15Days, P::Within60Days),
        at_most(P::Within60Days, P::Answered),
        at_most(P::InTime, P::Answered),
        at_most(P::Concluded, P::Total),
    ];
    for head in heads {
        // Every concluded petition has at most one cause; what was told or declined has none.
        let parts = Cause::ALL.map(|cause| FigureKey::HeadCause(head.clone(), cause)).to_vec();
        checks.push(Check::SumAtMost { parts, large: FigureKey::HeadConcluded(head.clone()) });
        let (small, large) = (FigureKey::HeadConcluded(head.clone()), FigureKey::Head(head));
        checks.push(Check::AtMost { small, large });
    }
    checks
}

impl Check {
    /// Whether the check holds for the values, looked up by key.
    pub fn holds(&self, value: impl Fn(&FigureKey) -> Option<i64>) -> bool {
        match self {
            Self::Sum { whole, parts } => {
                let sum: Option<i64> = parts.iter().map(&value).sum();
                sum.is_some() && sum == value(whole)
            }
            Self::SumAtMost { parts, large } => {
                let sum: Option<i64> = parts.iter().map(&value).sum();
                sum.zip(value(large)).is_some_and(|(sum, large)| sum <= large)
            }
            Self::AtMost { small, large } => {
                value(small).zip(value(large)).is_some_and(|(small, large)| small <= large)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn checks_name_only_figures_that_exist() {
        let heads = crate::category::head::shipped().expect("a table");
        let within = Within::year_of(date(2025, 3, 3));
        let keys: BTreeSet<FigureKey> =
            catalogue(within, &heads).into_iter().map(|figure| figure.key).collect();
        for check in checks(&heads) {
            assert!(check.holds(|key| keys.contains(key).then_some(0)), "{check:?}");
        }
    }

    #[test]
    fn a_key_is_found_again_by_its_text() {
        let unit = FigureKey::Unit(UnitId("agri.land".to_owned()));
        let duty = FigureKey::Duty(crate::duty::figure::DutyFigure::Supervisions);
        let heads = crate::category::head::shipped().expect("a table");
        let within = Within::year_of(date(2025, 3, 3));
        let all = catalogue(within, &heads);
        for key in all.into_iter().map(|figure| figure.key).chain([unit, duty]) {
            assert_eq!(FigureKey::parse(&key.to_string()), Some(key));
        }
        for text in [
            "",
            "head",
            "head.",
            "head.land.",
            "head.land.x",
            "head.land.cause.x",
            "head.Land",
            "unit",
            "x",
        ] {
            assert_eq!(FigureKey::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_false_sum_fails_loudly() {
        use PetitionFigure as P;
        let key = FigureKey::Petitions;
        let check = Check::Sum { whole: key(P::Total), parts: vec![key(P::First), key(P::Repeat)] };
        let with = |repeat| {
            let values = [(key(P::Total), 259), (key(P::First), 208), (key(P::Repeat), repeat)];
            move |wanted: &FigureKey| {
                values.iter().find(|(key, _)| key == wanted).map(|(_, value)| *value)
            }
        };
        assert!(check.holds(with(51)));
        assert!(!check.holds(with(46)));
        assert!(!check.holds(|_| None));
    }
}
