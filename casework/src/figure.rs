//! What each number counts (指标): named, defined once, and opened as the list of its cases.
//!
//! A figure is a filter over petitions with a name. The page, the API, the spreadsheet and the
//! report all count with the same filter that lists the cases, so they can't disagree.

use crate::matter::Cause;
use crate::moment::Within;
use crate::org::UnitId;
use crate::petition::Channel;
use jiff::civil::Date;
use serde::Serialize;

/// The four heads of the county's report (突出问题), by what the petition is about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// 农村土地承包和财务管理.
    Land,
    /// 企业改制遗留.
    Restructuring,
    /// 城镇房屋拆迁.
    Demolition,
    /// 涉法涉诉.
    Lawsuit,
    /// 其他.
    Other,
}

impl Head {
    /// The heads in the order of the report.
    pub const ALL: [Self; 5] =
        [Self::Land, Self::Restructuring, Self::Demolition, Self::Lawsuit, Self::Other];

    /// The word used in storage, in addresses and as a locale key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::Restructuring => "restructuring",
            Self::Demolition => "demolition",
            Self::Lawsuit => "lawsuit",
            Self::Other => "other",
        }
    }

    /// The head of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|head| head.word() == word)
    }

    /// The head a category falls under.
    pub fn of(category: &str) -> Self {
        let starts = |paths: &[&str]| paths.iter().any(|path| category.starts_with(path));
        if starts(&["农村农业/土地承包经营", "农村农业/村务管理"]) {
            Self::Land
        } else if starts(&[
            "经济管理/国资监管",
            "经济管理/企业破产",
            "劳动和社会保障/城镇职工社会保险",
        ]) {
            Self::Restructuring
        } else if starts(&[
            "城乡建设/国有土地上房屋征收与补偿",
            "城乡建设/集体土地上房屋拆迁与补偿",
        ]) {
            Self::Demolition
        } else if starts(&["政法/诉讼", "政法/仲裁与调解"]) {
            Self::Lawsuit
        } else {
            Self::Other
        }
    }
}

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
    /// Under this head.
    pub head: Option<Head>,
    /// Concluded with this cause.
    pub cause: Option<Cause>,
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
    /// Stable key, such as `petitions.visits.individual`; its name and definition are in the locales.
    pub key: String,
    /// What it counts.
    pub filter: Filter,
}

/// The figure of the petitions about what a unit is responsible for (信访涉及的机关、单位): the report says where
/// problems are many (R05-39, R22-41); it says nothing about how well the unit works.
pub fn of_unit(unit: UnitId, within: Within) -> Figure {
    let key = format!("unit.{}", unit.0);
    let (from, until) = (Some(within.from), Some(within.until));
    Figure { key, filter: Filter { unit: Some(unit), from, until, ..Filter::default() } }
}

/// The figure of a key, for petitions registered from `from` until `until`.
pub fn find(key: &str, within: Within) -> Option<Figure> {
    match key.strip_prefix("unit.") {
        Some(unit) => Some(of_unit(UnitId(unit.to_owned()), within)),
        None => catalogue(within).into_iter().find(|figure| figure.key == key),
    }
}

/// The figures of a yearly report, for petitions registered from `from` until `until`.
pub fn catalogue(within: Within) -> Vec<Figure> {
    let (from, until) = (Some(within.from), Some(within.until));
    let all = Filter { from, until, ..Filter::default() };
    let mut figures = Vec::new();
    let mut add = |key: &str, filter: Filter| figures.push(Figure { key: key.to_owned(), filter });
    add("petitions.total", all.clone());
    for kind in [VisitKind::Individual, VisitKind::Collective] {
        let key = match kind {
            VisitKind::Individual => "petitions.visits.individual",
            VisitKind::Collective => "petitions.visits.collective",
        };
        add(key, Filter { visit: Some(kind), ..all.clone() });
    }
    for channel in Channel::ALL {
        let key = match channel {
            // Visits and recorded oral statements are counted above, by kind.
            Channel::Visit | Channel::Oral => continue,
            Channel::Letter => "petitions.letters".to_owned(),
            Channel::Online | Channel::Mailbox | Channel::Phone | Channel::Superior => {
                format!("petitions.{}", channel.word())
            }
        };
        add(&key, Filter { channel: Some(channel), ..all.clone() });
    }
    add("petitions.concluded", Filter { concluded: Some(true), ..all.clone() });
    add("petitions.open", Filter { concluded: Some(false), ..all.clone() });
    add("petitions.first", Filter { repeat: Some(false), ..all.clone() });
    add("petitions.repeat", Filter { repeat: Some(true), ..all.clone() });
    add("answers.total", Filter { answered_at_all: true, ..all.clone() });
    add("answers.in_time", Filter { answered: Some(Timeliness::InTime), ..all.clone() });
    add("answers.late", Filter { answered: Some(Timeliness::Late), ..all.clone() });
    add("answers.within_15_days", Filter { answered_within_days: Some(15), ..all.clone() });
    add("answers.within_60_days", Filter { answered_within_days: Some(60), ..all.clone() });
    for head in Head::ALL {
        let of_head = Filter { head: Some(head), ..all.clone() };
        add(&format!("head.{}", head.word()), of_head.clone());
        let concluded = Filter { concluded: Some(true), ..of_head.clone() };
        add(&format!("head.{}.concluded", head.word()), concluded);
        for cause in Cause::ALL {
            let filter = Filter { cause: Some(cause), ..of_head.clone() };
            add(&format!("head.{}.cause.{}", head.word(), cause.word()), filter);
        }
    }
    figures
}

/// A sum that must hold among the figures (数字核对).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The parts add up to the whole.
    Sum {
        /// Key of the whole.
        whole: String,
        /// Keys of the parts.
        parts: Vec<String>,
    },
    /// The parts together are at most the whole.
    SumAtMost {
        /// Keys of the parts.
        parts: Vec<String>,
        /// Key of the larger.
        large: String,
    },
    /// The one is at most the other.
    AtMost {
        /// Key of the smaller.
        small: String,
        /// Key of the larger.
        large: String,
    },
}

/// The sums every report must satisfy.
pub fn checks() -> Vec<Check> {
    let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let whole = "petitions.total".to_owned();
    let mut checks = vec![
        Check::Sum {
            whole: whole.clone(),
            parts: keys(&[
                "petitions.visits.individual",
                "petitions.visits.collective",
                "petitions.letters",
                "petitions.phone",
                "petitions.online",
                "petitions.mailbox",
                "petitions.superior",
            ]),
        },
        Check::Sum {
            whole: whole.clone(),
            parts: keys(&["petitions.concluded", "petitions.open"]),
        },
        Check::Sum { whole: whole.clone(), parts: keys(&["petitions.first", "petitions.repeat"]) },
        Check::Sum {
            whole: whole.clone(),
            parts: Head::ALL.iter().map(|head| format!("head.{}", head.word())).collect(),
        },
        Check::AtMost {
            small: "answers.within_15_days".to_owned(),
            large: "answers.within_60_days".to_owned(),
        },
        Check::AtMost {
            small: "answers.within_60_days".to_owned(),
            large: "answers.total".to_owned(),
        },
        Check::AtMost { small: "answers.in_time".to_owned(), large: "answers.total".to_owned() },
        Check::AtMost { small: "petitions.concluded".to_owned(), large: whole },
    ];
    // Every concluded petition has at most one cause; what was told or declined has none.
    checks.extend(Head::ALL.iter().map(|head| {
        Check::SumAtMost {
            parts: Cause::ALL
                .iter()
                .map(|cause| format!("head.{}.cause.{}", head.word(), cause.word()))
                .collect(),
            large: format!("head.{}.concluded", head.word()),
        }
    }));
    checks.extend(Head::ALL.iter().map(|head| Check::AtMost {
        small: format!("head.{}.concluded", head.word()),
        large: format!("head.{}", head.word()),
    }));
    checks
}

impl Check {
    /// Whether the check holds for the values, looked up by key.
    pub fn holds(&self, value: impl Fn(&str) -> Option<i64>) -> bool {
        match self {
            Self::Sum { whole, parts } => {
                let sum: Option<i64> = parts.iter().map(|part| value(part)).sum();
                sum.is_some() && sum == value(whole)
            }
            Self::SumAtMost { parts, large } => {
                let sum: Option<i64> = parts.iter().map(|part| value(part)).sum();
                sum.zip(value(large)).is_some_and(|(sum, large)| sum <= large)
            }
            Self::AtMost { small, large } => match (value(small), value(large)) {
                (Some(small), Some(large)) => small <= large,
                _ => false,
            },
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
        let keys: BTreeSet<String> = catalogue(Within::year_of(date(2025, 3, 3)))
            .into_iter()
            .map(|figure| figure.key)
            .collect();
        for check in checks() {
            assert!(check.holds(|key| keys.contains(key).then_some(0)), "{check:?}");
        }
    }

    #[test]
    fn a_false_sum_fails_loudly() {
        let check = Check::Sum { whole: "w".into(), parts: vec!["a".into(), "b".into()] };
        let value = |key: &str| {
            Some(match key {
                "w" => 259,
                "a" => 208,
                _ => 46,
            })
        };
        assert!(!check.holds(value));
        assert!(!check.holds(|_| None));
    }
}
