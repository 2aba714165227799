//! Task forces (工作组): officials of several units who work in an area for a time, find problems and solve
//! them on the spot.

use super::finding::{self, Finding, Solution};
use super::seen::{ordinals, position};
use super::{
    Entries, Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, behind, filled, in_order,
};
use crate::matter::{Context, MatterId};
use crate::org::{AccountId, Place, UnitId};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An official who belongs to it (抽调人员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their name; officials are named.
    pub name: String,
    /// Their account, if they have one here.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// From which unit.
    pub unit: UnitId,
    /// Since when, office-local.
    pub from: Date,
    /// Until when, if they left.
    #[serde(default)]
    pub until: Option<Date>,
}

/// A day's work (工作日志).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The day, office-local.
    pub on: Date,
    /// What was done.
    pub text: String,
}

/// A task force (工作组).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskForce {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Where it works.
    pub areas: Vec<Place>,
    /// First day, office-local.
    pub from: Date,
    /// Last day that is planned.
    pub until: Date,
    /// Who belongs to it.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Day by day.
    #[serde(default)]
    pub log: Vec<Log>,
    /// What was found.
    #[serde(default)]
    pub problems: Vec<Finding>,
    /// Matters that it works on.
    #[serde(default)]
    pub matters: Vec<MatterId>,
    /// The day it was dissolved, and what it came to.
    #[serde(default)]
    pub dissolved: Option<(Date, String)>,
}

impl TaskForce {
    /// A task force may be set up.
    ///
    /// # Errors
    /// Nothing said; days out of order; nowhere to work.
    pub fn set_up(self) -> Result<Self, Refusal> {
        filled(&[&self.name, &self.purpose])?;
        in_order(self.from, Some(self.until))?;
        if self.areas.is_empty() { Err(Unfit::NoEntry.into()) } else { Ok(self) }
    }

    /// Somebody joins it.
    ///
    /// # Errors
    /// [`Unfit::ListedAlready`] for the same person of the same unit.
    pub fn join(mut self, member: Member) -> Result<Self, Refusal> {
        self.running()?;
        filled(&[&member.name])?;
        in_order(self.from, Some(member.from))?;
        let same = |one: &Member| {
            one.until.is_none() && one.name == member.name && one.unit == member.unit
        };
        if self.members.iter().any(same) {
            return Err(Unfit::ListedAlready.into());
        }
        self.members.push(member);
        Ok(self)
    }

    /// A member, counted from 1, leaves it.
    ///
    /// # Errors
    /// [`Unfit::NoEntry`]; a day before they came.
    pub fn part(mut self, ordinal: u32, last: Date) -> Result<Self, Refusal> {
        let at = position(ordinal);
        let member = self.members.get_mut(at).filter(|one| one.until.is_none());
        let member = member.ok_or(Unfit::NoEntry)?;
        in_order(member.from, Some(last))?;
        member.until = Some(last);
        Ok(self)
    }

    /// A day's work.
    ///
    /// # Errors
    /// Outside of its days; nothing said.
    pub fn note(mut self, log: Log, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        behind(log.on, self.from, context)?;
        filled(&[&log.text])?;
        self.log.push(log);
        Ok(self)
    }

    /// A problem was found on a day; `matter` is the petition that it became.
    ///
    /// # Errors
    /// Outside of its days; nothing said.
    pub fn find(mut self, finding: Finding, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        behind(finding.on.unwrap_or(self.from), self.from, context)?;
        filled(&[&finding.text])?;
        self.problems.push(finding);
        Ok(self)
    }

    /// A problem, counted from 1, became a petition afterwards.
    ///
    /// # Errors
    /// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`] for what is a petition already.
    pub fn register(mut self, entry: u32, matter: MatterId) -> Result<Self, Refusal> {
        self.running()?;
        finding::register(&mut self.problems, entry, matter)?;
        Ok(self)
    }

    /// The matter that a problem, counted from 1, became.
    pub fn matter_of(&self, entry: u32) -> Option<MatterId> {
        finding::matter_of(&self.problems, entry)
    }

    /// A problem, counted from 1, is solved.
    ///
    /// # Errors
    /// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`]; a day before it was found or after today; [`Unfit::NotAnswered`]
    /// where it is a petition whose petitioner has no answer yet.
    pub fn solve(
        mut self,
        entry: u32,
        solution: Solution,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        finding::solve(&mut self.problems, entry, self.from, solution, context)?;
        Ok(self)
    }

    /// A matter that it takes up.
    ///
    /// # Errors
    /// [`Unfit::ListedAlready`].
    pub fn take_up(mut self, matter: MatterId) -> Result<Self, Refusal> {
        self.running()?;
        if self.matters.contains(&matter) {
            return Err(Unfit::ListedAlready.into());
        }
        self.matters.push(matter);
        Ok(self)
    }

    /// It is dissolved.
    ///
    /// # Errors
    /// [`Unfit::Ended`]; nothing said.
    pub fn dissolve(mut self, text: String, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        filled(&[&text])?;
        behind(context.moment.on, self.from, context)?;
        self.dissolved = Some((context.moment.on, text));
        Ok(self)
    }

    fn running(&self) -> Result<(), Refusal> {
        if self.dissolved.is_some() { Err(Unfit::Ended.into()) } else { Ok(()) }
    }
}

impl Record for TaskForce {
    const NOUN: Noun = Noun::TaskForce;

    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        let member = |one: &Member| {
            Seen::default()
                .says(Label::Name, &one.name)
                .says(Label::Account, &one.account)
                .says(Label::Unit, &one.unit)
                .says(Label::From, &one.from)
                .says(Label::Until, &one.until)
        };
        let log = |one: &Log| Seen::default().says(Label::On, &one.on).says(Label::Text, &one.text);
        Seen::default()
            .says(Label::Name, &self.name)
            .says(Label::Purpose, &self.purpose)
            .says(Label::From, &self.from)
            .says(Label::Until, &self.until)
            .says(Label::Areas, &self.areas)
            .says(Label::Dissolved, &self.dissolved)
            .entries(Label::Members, self.members.iter().map(member))
            .entries(Label::Log, self.log.iter().map(log))
            .entries(Label::Problems, self.problems.iter().map(|one| finding::seen(one, eyes)))
            .matters(Label::Matters, &self.matters, eyes)
    }

    fn entries(&self, entries: Entries) -> Vec<u32> {
        match entries {
            Entries::Serving => ordinals(&self.members, |one| one.until.is_none()),
            Entries::Unregistered => ordinals(&self.problems, |one| one.matter.is_none()),
            Entries::Unsolved => ordinals(&self.problems, |one| one.solved.is_none()),
            Entries::Expected
            | Entries::ToReceive
            | Entries::Promised
            | Entries::ToJudge
            | Entries::ToCarryOut => Vec::new(),
        }
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.name.clone(),
            on: self.from,
            until: self.dissolved.as_ref().map(|(on, _)| *on).or(Some(self.until)),
            person: None,
            unit: None,
            shared: self.members.iter().map(|one| one.unit.clone()).collect(),
            state: State::lasting(self.dissolved.is_some()),
            matters: {
                let found = self.problems.iter().filter_map(|one| one.matter);
                self.matters.iter().copied().chain(found).collect()
            },
        }
    }
}
