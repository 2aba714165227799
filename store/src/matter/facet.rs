//! What lists are filtered by (筛选项), each with an index in the order of the list and a counter of its own.

use super::road::{Beside, Road};
use crate::condition::Where;
use crate::db::Engine;
use crate::wall;
use casework::matter::StepKind;
use casework::org::{AccountId, UnitId};
use casework::petition::Channel;
use sha2::{Digest, Sha256};
use std::mem::discriminant;

/// One thing that a list is filtered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Nothing.
    All,
    /// Where it stands.
    Step(StepKind),
    /// Which unit has it.
    Holder(UnitId),
    /// Where the problem is: a place or any above it, by its code without the noughts at its end.
    Place(String),
    /// What it is about: a category or any above it, by its path.
    Category(String),
    /// How its first petition came.
    Channel(Channel),
    /// Which unit took it in, which is not the office.
    FirstUnit(UnitId),
    /// To which leader's mailbox one of its letters went.
    Addressed(AccountId),
    /// Which unit has or had it.
    With(UnitId),
}

/// How a mark begins: a sign for private use, which is no letter of any text.
const MARK: char = '\u{e000}';
/// Digits of a township's code, and of a village's.
pub(super) const TOWNSHIP: usize = 9;
const VILLAGE: usize = 12;
/// Digits of the codes of a province, a city, a county, a township and a village.
const LEVELS: [usize; 5] = [2, 4, 6, TOWNSHIP, VILLAGE];

/// The first two levels of a category's path, or all of one that has no more.
pub(super) fn limb(path: &str) -> &str {
    let end = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
    path.get(..end).unwrap_or(path)
}

impl Facet {
    /// Every place that a place lies in, itself among them.
    pub(super) fn places(code: &str) -> impl Iterator<Item = Self> {
        let levels = LEVELS.into_iter().filter_map(|digits| code.get(..digits));
        levels.map(|code| Self::Place(code.to_owned()))
    }

    /// Every category that a category lies under, itself among them.
    pub(super) fn categories(path: &str) -> impl Iterator<Item = Self> {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.filter_map(|end| path.get(..end)).map(|path| Self::Category(path.to_owned()))
    }

    /// As counters write it; nothing for a beginning of a place's code that is no place's, which they do not know.
    pub(super) fn word(&self) -> Option<String> {
        Some(match self {
            Self::All => String::new(),
            Self::Step(step) => format!("step:{}", step.word()),
            Self::Holder(unit) => format!("holder:{}", unit.0),
            Self::Place(code) if !LEVELS.contains(&code.len()) => return None,
            Self::Place(code) => format!("place:{code}"),
            Self::Category(path) => format!("category:{path}"),
            Self::Channel(channel) => format!("channel:{}", channel.word()),
            Self::FirstUnit(unit) => format!("first_unit:{}", unit.0),
            Self::Addressed(leader) => format!("addressed:{}", leader.0),
            Self::With(unit) => format!("with:{}", unit.0),
        })
    }

    /// Whether it holds until somebody corrects the file, unlike where a matter stands and who has it. A place above
    /// the townships is nearly everything.
    pub(super) fn lasts(&self) -> bool {
        match self {
            Self::Place(code) => code.len() >= TOWNSHIP,
            Self::Category(_) | Self::Channel(_) | Self::FirstUnit(_) => true,
            Self::All | Self::Step(_) | Self::Holder(_) | Self::Addressed(_) | Self::With(_) => {
                false
            }
        }
    }

    /// By what the index of words knows that two lasting facets hold together (组合标记); those of one kind are never
    /// asked for together. It begins with a sign that no text has.
    pub(super) fn marks<'f>(facets: impl IntoIterator<Item = &'f Self>) -> Vec<String> {
        let mut lasting: Vec<&Self> = facets.into_iter().filter(|facet| facet.lasts()).collect();
        lasting.sort();
        let mut marks = Vec::new();
        for (at, one) in lasting.iter().enumerate() {
            let others = lasting.iter().skip(at + 1);
            for other in others.filter(|other| discriminant(*one) != discriminant(*other)) {
                let pair = [one.word(), other.word()].map(Option::unwrap_or_default);
                let digest = Sha256::digest(pair.join("\n").as_bytes());
                let short = digest.get(..8).unwrap_or(&digest);
                marks.push(format!("{MARK}{}", hex::encode(short)));
            }
        }
        marks
    }

    /// The index over the matters that has those of which it holds in the order of the list.
    fn index(&self) -> &'static str {
        match self {
            Self::Step(_) => "matter_listed_step",
            Self::Holder(_) => "matter_listed_holder",
            Self::Place(code) if code.len() == TOWNSHIP => "matter_listed_township",
            Self::Place(code) if code.len() >= VILLAGE => "matter_listed_place",
            Self::Category(path) if path.contains('/') => "matter_listed_limb",
            Self::Category(_) => "matter_listed_branch",
            Self::Channel(_) => "matter_listed_channel",
            Self::FirstUnit(_) => "matter_listed_first_unit",
            // A county and what lies above it is nearly everything; the others have a table of their own.
            Self::All | Self::Place(_) | Self::Addressed(_) | Self::With(_) => "matter_listed",
        }
    }

    /// How its matters are walked in the order of the list, with the condition that they are its own: asked of the
    /// table that is walked, where that is one beside the matters.
    pub(super) fn road(&self, engine: Engine, all: &mut Where<'_>) -> Road {
        match self {
            Self::Addressed(leader) => {
                all.is("addressed.leader = ?", leader.0.as_str());
                Road::along(engine, Beside::Addressed)
            }
            Self::With(unit) => {
                all.is("matter_unit.unit = ?", unit.0.as_str());
                Road::along(engine, Beside::Units)
            }
            Self::All
            | Self::Step(_)
            | Self::Holder(_)
            | Self::Place(_)
            | Self::Category(_)
            | Self::Channel(_)
            | Self::FirstUnit(_) => {
                self.condition(all);
                Road::over(engine, self.index())
            }
        }
    }

    /// Whether it holds for a matter.
    pub(super) fn condition(&self, all: &mut Where<'_>) {
        match self {
            Self::All => {}
            Self::Step(step) => all.is("matter.step = ?", step.word()),
            Self::Holder(unit) => all.is("matter.holder = ?", unit.0.as_str()),
            Self::Place(code) if code.len() == TOWNSHIP => all.is("matter.township = ?", code),
            Self::Place(code) if code.len() >= VILLAGE => all.is("matter.place = ?", code),
            Self::Place(code) => {
                all.is("matter.place >= ?", code);
                all.is("matter.place < ?", format!("{code}~"));
            }
            Self::Category(path) if !path.contains('/') => all.is("matter.branch = ?", path),
            Self::Category(path) => {
                all.is("matter.limb = ?", limb(path));
                if limb(path) != path {
                    let (own, from) = (all.place(path), all.place(format!("{path}/")));
                    // The sign after the stroke.
                    let until = all.place(format!("{path}0"));
                    all.and(format!(
                        "(matter.category = {own}
                          OR (matter.category >= {from} AND matter.category < {until}))"
                    ));
                }
            }
            Self::Channel(channel) => all.is("matter.channel = ?", channel.word()),
            Self::FirstUnit(unit) => all.is("matter.first_unit = ?", unit.0.as_str()),
            Self::Addressed(leader) => all.is(
                "EXISTS (SELECT 1 FROM addressed WHERE addressed.leader = ?
                   AND addressed.registered_on = matter.registered_on
                   AND addressed.matter = matter.id)",
                leader.0.as_str(),
            ),
            Self::With(unit) => all.is(wall::WITH, unit.0.as_str()),
        }
    }
}
