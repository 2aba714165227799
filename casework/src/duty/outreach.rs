//! Visits to people (下访): a leader goes to where they live and work, listens, and takes problems along until
//! they are solved. Whoever only accompanies another has not gone out themselves (R05-10b, R22-18b).

use super::finding::{self, Finding, Solution};
use super::seen::ordinals;
use super::tenure::Tenure;
use super::{Entries, Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, filled};
use crate::matter::{Context, MatterId};
use crate::moment::Within;
use crate::org::{AccountId, Place};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the visit was (下访情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The day, office-local.
    pub on: Date,
    /// How many people were met.
    pub met: u32,
    /// What was seen and said.
    pub text: String,
}

/// A visit to people, planned or done (下访).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outreach {
    /// Who goes.
    pub leader: AccountId,
    /// The day for which it is planned, office-local.
    pub on: Date,
    /// To which township or village.
    pub place: Place,
    /// Where there, or to whom, without a name.
    pub venue: String,
    /// What it is for.
    #[serde(default)]
    pub topic: String,
    /// Who accompanies.
    #[serde(default)]
    pub with: Vec<AccountId>,
    /// The campaign of which it is part, by its number.
    #[serde(default)]
    pub campaign: Option<String>,
    /// What it was, once it took place.
    #[serde(default)]
    pub done: Option<Visit>,
    /// What was found.
    #[serde(default)]
    pub problems: Vec<Finding>,
    /// The day it was called off, and why.
    #[serde(default)]
    pub cancelled: Option<(Date, String)>,
}

impl Outreach {
    /// A visit may be planned, or entered afterwards. People can be met on a day off, so none is refused.
    ///
    /// # Errors
    /// [`Unfit::LeaderAway`]; nobody goes along with themselves.
    pub fn plan(self, others: &[Self], tenures: &[Tenure]) -> Result<Self, Refusal> {
        filled(&[&self.venue])?;
        if self.with.contains(&self.leader) {
            return Err(Unfit::SameParty.into());
        }
        self.fits(others, tenures)?;
        Ok(self)
    }

    fn fits(&self, others: &[Self], tenures: &[Tenure]) -> Result<(), Refusal> {
        let same = |other: &Self| {
            (&other.leader, other.on, &other.place) == (&self.leader, self.on, &self.place)
                && other.cancelled.is_none()
        };
        if others.iter().any(same) {
            return Err(Unfit::VisitTwice.into());
        }
        let of_leader = |one: &&Tenure| one.person == self.leader;
        if !tenures.iter().filter(of_leader).any(|one| one.works(self.on)) {
            return Err(Unfit::LeaderAway.into());
        }
        Ok(())
    }

    /// It took place, on the day planned or another; `others` are the visits of that day beside this one.
    ///
    /// # Errors
    /// [`Unfit::DoneAlready`]; a day after today; nothing said; for another day, as [`Outreach::plan`].
    pub fn visit(
        mut self,
        visit: Visit,
        others: &[Self],
        tenures: &[Tenure],
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        self.open()?;
        if visit.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        filled(&[&visit.text])?;
        if self.on != visit.on {
            self.on = visit.on;
            self.fits(others, tenures)?;
        }
        self.done = Some(visit);
        Ok(self)
    }

    /// It is called off.
    ///
    /// # Errors
    /// [`Unfit::DoneAlready`]; no reason.
    pub fn cancel(mut self, reason: String, context: &Context<'_>) -> Result<Self, Refusal> {
        self.open()?;
        filled(&[&reason])?;
        self.cancelled = Some((context.moment.on, reason));
        Ok(self)
    }

    /// A problem was found; `matter` is the petition that it became.
    ///
    /// # Errors
    /// [`Unfit::NotDone`]; nothing said.
    pub fn find(mut self, text: String, matter: Option<MatterId>) -> Result<Self, Refusal> {
        if self.done.is_none() {
            return Err(Unfit::NotDone.into());
        }
        filled(&[&text])?;
        self.problems.push(Finding { text, on: None, matter, solved: None });
        Ok(self)
    }

    /// A problem, counted from 1, became a petition afterwards.
    ///
    /// # Errors
    /// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`] for what is a petition already.
    pub fn register(mut self, entry: u32, matter: MatterId) -> Result<Self, Refusal> {
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
    /// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`]; a day before the visit or after today; [`Unfit::NotAnswered`] where
    /// it is a petition whose petitioner has no answer yet.
    pub fn solve(
        mut self,
        entry: u32,
        solution: Solution,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        finding::solve(&mut self.problems, entry, self.on, solution, context)?;
        Ok(self)
    }

    fn open(&self) -> Result<(), Refusal> {
        let over = self.done.is_some() || self.cancelled.is_some();
        if over { Err(Unfit::DoneAlready.into()) } else { Ok(()) }
    }

    /// How many of its problems were solved in a period, whenever they were found.
    pub fn solved_within(&self, within: Within) -> u32 {
        let solved = |one: &&Finding| one.solved.as_ref().is_some_and(|(on, _)| within.holds(*on));
        u32::try_from(self.problems.iter().filter(solved).count()).unwrap_or(u32::MAX)
    }
}

impl Record for Outreach {
    const NOUN: Noun = Noun::Outreach;

    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        let visit = self.done.as_ref().map(|visit| {
            Seen::default()
                .says(Label::On, &visit.on)
                .says(Label::Text, &visit.text)
                .says(Label::Met, &visit.met)
        });
        Seen::default()
            .says(Label::Leader, &self.leader)
            .says(Label::With, &self.with)
            .says(Label::On, &self.on)
            .says(Label::Place, &self.place)
            .says(Label::Venue, &self.venue)
            .says(Label::Topic, &self.topic)
            .says(Label::Campaign, &self.campaign)
            .thing(Label::Done, visit)
            .says(Label::Cancelled, &self.cancelled)
            .entries(Label::Problems, self.problems.iter().map(|one| finding::seen(one, eyes)))
    }

    fn entries(&self, entries: Entries) -> Vec<u32> {
        match entries {
            Entries::Unregistered => ordinals(&self.problems, |one| one.matter.is_none()),
            Entries::Unsolved => ordinals(&self.problems, |one| one.solved.is_none()),
            Entries::Expected
            | Entries::ToReceive
            | Entries::Promised
            | Entries::ToJudge
            | Entries::Serving
            | Entries::ToCarryOut => Vec::new(),
        }
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.venue.clone(),
            on: self.on,
            until: None,
            person: Some(self.leader.clone()),
            unit: None,
            shared: Vec::new(),
            state: match (&self.cancelled, &self.done) {
                (Some(_), _) => State::Cancelled,
                (None, Some(_)) => State::Done,
                (None, None) => State::Planned,
            },
            matters: self.problems.iter().filter_map(|one| one.matter).collect(),
        }
    }
}
