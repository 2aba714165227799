//! Joint conferences (联席会议): what one unit can't solve alone is brought before several; each decision has
//! an owner and a date, and is asked after until it is done (R05-05, R22-13, R22-24).

use super::finding::Solution;
use super::seen::{ordinals, position};
use super::{Entries, Eyes, Label, Noun, Record, Said, Seen, Spine, State, Unfit, behind, filled};
use crate::code::code_list;
use crate::matter::{Context, Matter, MatterId};
use crate::org::UnitId;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use crate::role::keeps;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// What it is about (会议类别).
    pub enum Subject {
        /// 涉法涉诉.
        Lawsuits = "lawsuits",
        /// 管辖争议.
        Competence = "competence",
        /// 疑难复杂事项.
        Difficult = "difficult",
        /// 形势分析与部署.
        General = "general",
    }
}

/// A decision (议定事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What.
    pub text: String,
    /// Who does it.
    pub owner: UnitId,
    /// Until when, office-local.
    pub due_on: Date,
    /// The matter that it is about.
    #[serde(default)]
    pub matter: Option<MatterId>,
    /// What became of it, once it is done.
    #[serde(default)]
    pub done: Option<CarriedOut>,
}

/// How a conference went (会议情况).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The units that came.
    pub present: Vec<UnitId>,
    /// The minutes.
    pub minutes: String,
    /// The signed papers.
    pub attachments: Vec<Attachment>,
}

/// What became of a decision (议定事项落实).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOut {
    /// The day, office-local.
    pub on: Date,
    /// What was done.
    pub text: String,
    /// Whether that solved the matter.
    pub solved: bool,
}

/// A joint conference (联席会议).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// The day, office-local.
    pub on: Date,
    /// Where.
    pub venue: String,
    /// Who calls it and leads it.
    pub convener: String,
    /// The matters on its agenda.
    #[serde(default)]
    pub agenda: Vec<MatterId>,
    /// Units that are invited.
    pub invited: Vec<UnitId>,
    /// Units that came.
    #[serde(default)]
    pub present: Vec<UnitId>,
    /// The minutes, once it was held.
    #[serde(default)]
    pub minutes: Option<String>,
    /// The minutes' papers.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What was decided.
    #[serde(default)]
    pub decisions: Vec<Decided>,
}

impl Conference {
    /// A conference may be called.
    ///
    /// # Errors
    /// Nothing said; fewer than two units.
    pub fn call(mut self) -> Result<Self, Refusal> {
        filled(&[&self.title, &self.venue, &self.convener])?;
        self.invited.sort();
        self.invited.dedup();
        if self.invited.len() < 2 { Err(Unfit::NoEntry.into()) } else { Ok(self) }
    }

    /// A matter comes on the agenda.
    ///
    /// # Errors
    /// [`Unfit::DoneAlready`]; [`Unfit::ListedAlready`].
    pub fn put(mut self, matter: MatterId) -> Result<Self, Refusal> {
        if self.minutes.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        if self.agenda.contains(&matter) {
            return Err(Unfit::ListedAlready.into());
        }
        self.agenda.push(matter);
        Ok(self)
    }

    /// It was held: who came, and the minutes.
    ///
    /// # Errors
    /// [`Unfit::DoneAlready`]; before its day; nobody came.
    pub fn hold(mut self, held: Meeting, context: &Context<'_>) -> Result<Self, Refusal> {
        let Meeting { present, minutes, attachments } = held;
        if self.minutes.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        behind(self.on, self.on, context)?;
        filled(&[&minutes])?;
        if present.is_empty() {
            return Err(Unfit::NoEntry.into());
        }
        (self.present, self.minutes, self.attachments) = (present, Some(minutes), attachments);
        Ok(self)
    }

    /// Something was decided.
    ///
    /// # Errors
    /// [`Unfit::NotDone`] before it was held; a matter that was not on the agenda.
    pub fn decide(mut self, decided: Decided) -> Result<Self, Refusal> {
        if self.minutes.is_none() {
            return Err(Unfit::NotDone.into());
        }
        filled(&[&decided.text])?;
        if decided.due_on < self.on {
            return Err(Refusal::DateTooEarly(self.on));
        }
        if decided.matter.is_some_and(|matter| !self.agenda.contains(&matter)) {
            return Err(Unfit::NotListed.into());
        }
        self.decisions.push(decided);
        Ok(self)
    }

    /// The matter that a decision, counted from 1, is about.
    pub fn matter_of(&self, ordinal: u32) -> Option<MatterId> {
        let at = position(ordinal);
        self.decisions.get(at).and_then(|decided| decided.matter)
    }

    /// A decision, counted from 1, was carried out; `matter` is what it is about, as its file tells it.
    ///
    /// # Errors
    /// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`]; [`Unfit::NotOwner`]; a day before the conference or after
    /// today; [`Unfit::NotAnswered`] where it is said to have solved a matter whose petitioner has no answer since.
    pub fn carry_out(
        mut self,
        ordinal: u32,
        carried: CarriedOut,
        matter: Option<Matter>,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let CarriedOut { on, text, solved } = carried;
        let at = position(ordinal);
        let decided = self.decisions.get_mut(at).ok_or(Unfit::NoEntry)?;
        if decided.done.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        if !keeps(context.actor) && decided.owner != context.actor.unit {
            return Err(Unfit::NotOwner.into());
        }
        let solved = solved && decided.matter.is_some();
        let claimed = decided.matter.filter(|_| solved);
        let solution = Solution { on, text, matter };
        solution.holds(claimed, self.on, context)?;
        let Solution { on, text, .. } = solution;
        decided.done = Some(CarriedOut { on, text, solved });
        Ok(self)
    }

    /// The matters that its decisions solved until a day.
    pub fn solved(&self, until: Date) -> impl Iterator<Item = MatterId> + '_ {
        let solved = move |one: &&Decided| {
            one.done.as_ref().is_some_and(|done| done.solved && done.on <= until)
        };
        self.decisions.iter().filter(solved).filter_map(|one| one.matter)
    }
}

impl Conference {
    /// Every matter of which it speaks, on the agenda or in what was decided, each once.
    fn spoken_of(&self) -> Vec<MatterId> {
        let mut matters = self.agenda.clone();
        for matter in self.decisions.iter().filter_map(|one| one.matter) {
            if !matters.contains(&matter) {
                matters.push(matter);
            }
        }
        matters
    }
}

impl Record for Conference {
    const NOUN: Noun = Noun::Conference;

    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        // Minutes speak of everything on the agenda, and of everything that was decided.
        let all = self.spoken_of().into_iter().all(|matter| eyes.hear(Some(matter)));
        let decided = |one: &Decided| {
            let done = eyes.hears(one.matter, &one.done).and_then(Option::as_ref);
            let done = done.map(|CarriedOut { on, text, solved }| {
                vec![Said::On(*on), Said::Text(text.clone()), Said::Yes(*solved)]
            });
            Seen::default()
                .says(Label::Text, &eyes.hears(one.matter, &one.text))
                .matter(Label::Matter, one.matter, eyes)
                .says(Label::Owner, &one.owner)
                .says(Label::DueOn, &one.due_on)
                .parts(Label::Done, done)
        };
        Seen::default()
            .says(Label::Title, &self.title)
            .word(Label::Subject, "subject", self.subject.word())
            .says(Label::On, &self.on)
            .says(Label::Venue, &self.venue)
            .says(Label::Convener, &self.convener)
            .says(Label::Invited, &self.invited)
            .says(Label::Present, &self.present)
            .says(Label::Minutes, &all.then_some(&self.minutes))
            .matters(Label::Agenda, &self.agenda, eyes)
            .entries(Label::Decisions, self.decisions.iter().map(decided))
            .files(if all { &self.attachments } else { &[] })
    }

    fn entries(&self, entries: Entries) -> Vec<u32> {
        match entries {
            Entries::ToCarryOut => ordinals(&self.decisions, |one| one.done.is_none()),
            Entries::Expected
            | Entries::ToReceive
            | Entries::Promised
            | Entries::Unregistered
            | Entries::Unsolved
            | Entries::ToJudge
            | Entries::Serving => Vec::new(),
        }
    }

    fn attachments(&self) -> Vec<&Attachment> {
        self.attachments.iter().collect()
    }

    fn spine(&self) -> Spine {
        let open = self.decisions.iter().any(|one| one.done.is_none());
        Spine {
            title: self.title.clone(),
            on: self.on,
            until: None,
            person: None,
            unit: None,
            shared: {
                let owners = self.decisions.iter().map(|one| &one.owner);
                let mut units: Vec<UnitId> = self.invited.iter().chain(owners).cloned().collect();
                units.sort();
                units.dedup();
                units
            },
            state: match (&self.minutes, open) {
                (None, _) => State::Called,
                (Some(_), true) => State::FollowingUp,
                (Some(_), false) => State::Done,
            },
            matters: self.spoken_of(),
        }
    }
}
