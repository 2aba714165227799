//! What lists are filtered by (筛选项), each with an index in the order of the list and a counter of its own.

use super::road::Road;
use crate::condition::Where;
use crate::db::Engine;
use crate::wall;
use casework::matter::StepKind;
use casework::petition::Channel;

/// One thing that a list is filtered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Nothing.
    All,
    /// Where it stands.
    Step(StepKind),
    /// Which unit has it.
    Holder(String),
    /// Where the problem is: a place or any above it, by its code without the noughts at its end.
    Place(String),
    /// What it is about: a category or any above it.
    Category(String),
    /// How its first petition came.
    Channel(Channel),
    /// Which unit took it in, which is not the office.
    FirstUnit(String),
    /// To which leader's mailbox one of its letters went, by account.
    Addressed(String),
    /// Which unit has or had it.
    With(String),
}

/// Digits of a township's code, and of a village's.
const TOWNSHIP: usize = 9;
const VILLAGE: usize = 12;
/// Digits of the codes of a province, a city, a county, a township and a village.
const LEVELS: [usize; 5] = [2, 4, 6, TOWNSHIP, VILLAGE];

impl Facet {
    /// Every place that a place lies in, itself among them.
    pub(super) fn places(code: &str) -> impl Iterator<Item = Self> {
        let above = LEVELS.into_iter().filter(|digits| *digits < code.len());
        above
            .filter_map(|digits| code.get(..digits))
            .chain([code])
            .map(|code| Self::Place(code.to_owned()))
    }

    /// Every category that a category lies under, itself among them.
    pub(super) fn categories(path: &str) -> impl Iterator<Item = Self> {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.filter_map(|end| path.get(..end)).map(|path| Self::Category(path.to_owned()))
    }

    /// As counters write it.
    pub(super) fn word(&self) -> String {
        match self {
            Self::All => String::new(),
            Self::Step(step) => format!("step:{}", step.word()),
            Self::Holder(unit) => format!("holder:{unit}"),
            Self::Place(code) => format!("place:{code}"),
            Self::Category(path) => format!("category:{path}"),
            Self::Channel(channel) => format!("channel:{}", channel.word()),
            Self::FirstUnit(unit) => format!("first_unit:{unit}"),
            Self::Addressed(leader) => format!("addressed:{leader}"),
            Self::With(unit) => format!("with:{unit}"),
        }
    }

    /// Whether a table beside the matters says of which it holds.
    pub(super) fn has_table(&self) -> bool {
        match self {
            Self::Addressed(_) | Self::With(_) => true,
            Self::All
            | Self::Step(_)
            | Self::Holder(_)
            | Self::Place(_)
            | Self::Category(_)
            | Self::Channel(_)
            | Self::FirstUnit(_) => false,
        }
    }

    /// How its matters are walked in the order of the list; nothing for what is nearly everything, which is no shorter
    /// way than the whole.
    pub(super) fn road(&self, engine: Engine, all: &mut Where<'_>) -> Option<Road> {
        Some(match self {
            Self::All => Road::over(engine, "matter_listed"),
            Self::Step(_) => Road::over(engine, "matter_listed_step"),
            Self::Holder(_) => Road::over(engine, "matter_listed_holder"),
            Self::Place(code) => match code.len() {
                TOWNSHIP => Road::over(engine, "matter_listed_township"),
                VILLAGE.. => Road::over(engine, "matter_listed_place"),
                _ => return None,
            },
            Self::Category(path) if path.contains('/') => {
                Road::over(engine, "matter_listed_category")
            }
            Self::Category(_) => Road::over(engine, "matter_listed_branch"),
            Self::Channel(_) => Road::over(engine, "matter_listed_channel"),
            Self::FirstUnit(_) => Road::over(engine, "matter_listed_first_unit"),
            Self::Addressed(leader) => {
                all.is("addressed.leader = ?", leader);
                Road::along(engine, "addressed")
            }
            Self::With(unit) => {
                all.is("matter_unit.unit = ?", unit);
                Road::along(engine, "matter_unit")
            }
        })
    }

    /// Whether it holds for a matter.
    pub(super) fn condition(&self, all: &mut Where<'_>) {
        match self {
            Self::All => {}
            Self::Step(step) => all.is("matter.step = ?", step.word()),
            Self::Holder(unit) => all.is("matter.holder = ?", unit),
            Self::Place(code) => match code.len() {
                TOWNSHIP => all.is("matter.township = ?", code),
                VILLAGE.. => all.is("matter.place = ?", code),
                _ => {
                    all.is("matter.place >= ?", code);
                    all.is("matter.place < ?", format!("{code}~"));
                }
            },
            Self::Category(path) if path.contains('/') => all.is("matter.category = ?", path),
            Self::Category(path) => all.is("matter.branch = ?", path),
            Self::Channel(channel) => all.is("matter.channel = ?", channel.word()),
            Self::FirstUnit(unit) => all.is("matter.first_unit = ?", unit),
            Self::Addressed(leader) => all.is(
                "EXISTS (SELECT 1 FROM addressed WHERE addressed.leader = ?
                   AND addressed.registered_on = matter.registered_on
                   AND addressed.matter = matter.id)",
                leader,
            ),
            Self::With(unit) => all.is(wall::WITH, unit),
        }
    }
}
