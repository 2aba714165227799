//! What is open to be done (可办动作): an act is tried with answers that fit, and what refuses it whatever is answered
//! closes it. Pages ask here before they offer anything.

mod main_road;

use super::{
    Command, Context, Matter, aid, correction, decide, hearing, inside, joint, ladder, mediation,
    participation, passing, publication, rating, repeat, secrecy, sponsorship, track, urgent, wall,
    withdrawal,
};
use crate::matter::referral::{Ruling, Told};
use crate::matter::service::{Served, ServiceMethod};
use crate::org::{AccountId, Role, UnitId};
use crate::petition::{Attachment, PetitionNumber};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::statute::GroundCode;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Something that somebody wrote.
pub(crate) fn said() -> String {
    "…".to_owned()
}

/// A paper that somebody handed in.
pub(crate) fn paper() -> Vec<Attachment> {
    vec![Attachment { hash: String::new(), name: said(), media: String::new(), size: 0 }]
}

/// What a trial is filled in with: what the matter and the county have of each kind.
pub(crate) struct Trial<'a> {
    pub matter: &'a Matter,
    pub context: &'a Context<'a>,
    pub today: Date,
}

impl Trial<'_> {
    pub(crate) fn unit(&self) -> UnitId {
        let directory = self.context.directory;
        let mut units = directory.units.keys().filter(|unit| **unit != self.matter.holder);
        let fits = units.find(|unit| self.matter.may_handle(unit, directory).is_ok());
        fits.cloned().unwrap_or_else(|| UnitId(said()))
    }

    /// A unit that has or had it.
    pub(crate) fn own_unit(&self) -> UnitId {
        let last = self.matter.units.iter().rfind(|unit| **unit != self.matter.office);
        last.cloned().unwrap_or_else(|| UnitId(said()))
    }

    /// The leaders in whose name it could be done: a leader's own alone.
    pub(crate) fn leaders(&self) -> Vec<AccountId> {
        let own = self.context.actor;
        if own.is(Role::Leader) {
            return vec![own.account.clone()];
        }
        let leaders = self.context.directory.holding(Role::Leader);
        or_nobody(leaders.map(|(account, _)| account.clone()), || AccountId(said()))
    }

    /// Everybody who was asked to keep out and about whom it is not decided.
    pub(crate) fn asked(&self) -> Vec<AccountId> {
        let open = self.matter.recusals.iter().filter(|one| one.decided.is_none());
        or_nobody(open.map(|one| one.asked.person.clone()), || AccountId(said()))
    }

    /// Its petitions, by their numbers.
    pub(crate) fn petitions(&self) -> Vec<PetitionNumber> {
        self.matter.petitions.iter().map(|one| one.number.clone()).collect()
    }

    /// Its demands, by their ordinals.
    pub(crate) fn demands(&self) -> Vec<u32> {
        self.matter.demands.iter().map(|one| one.ordinal).collect()
    }

    /// Somebody who could be asked to keep out.
    pub(crate) fn person(&self) -> AccountId {
        let first = self.context.directory.people.keys().next();
        first.cloned().unwrap_or_else(|| AccountId(said()))
    }

    /// Everybody who belongs to the unit that has it.
    pub(crate) fn colleagues(&self) -> Vec<AccountId> {
        let people = self.context.directory.people.iter();
        let here = people.filter(|(_, person)| person.unit == self.matter.holder);
        or_nobody(here.map(|(account, _)| account.clone()), || AccountId(said()))
    }

    pub(crate) fn petition(&self) -> PetitionNumber {
        let petitions = &self.matter.petitions;
        let wanted = petitions.iter().find(|one| self.matter.authority_missing(&one.number));
        let found = wanted.or(petitions.first());
        found.map_or_else(|| PetitionNumber(said()), |one| one.number.clone())
    }

    /// The first of something that is still open, by its ordinal; 0 where none is.
    pub(crate) fn open<T>(of: &[T], open: impl Fn(&T) -> bool) -> u32 {
        let at = of.iter().position(open).map_or(0, |at| at + 1);
        u32::try_from(at).unwrap_or_default()
    }

    /// Somebody of the office who may follow the matter.
    pub(crate) fn tracker(&self) -> AccountId {
        let directory = self.context.directory;
        let mut people = directory.workers(&self.matter.office).map(|(account, _)| account);
        let fits = |account: &&AccountId| self.matter.may_track(account, directory).is_ok();
        people.find(fits).cloned().unwrap_or_else(|| AccountId(said()))
    }

    pub(crate) fn told(ground: GroundCode) -> Told {
        Told {
            ground,
            where_to: said(),
            how: said(),
            within: said(),
            earlier: said(),
            note: said(),
        }
    }

    pub(crate) fn served(&self) -> Served {
        Served {
            method: ServiceMethod::InPerson,
            on: self.today,
            to: Vec::new(),
            recipient: said(),
            proof: said(),
            consent: false,
            published_on: None,
            attachments: Vec::new(),
        }
    }

    pub(crate) fn ruling() -> Ruling {
        Ruling { reason: said() }
    }
}

/// What there is to choose from; where there is nothing, something that nobody has, so that what refuses it is told.
fn or_nobody<T>(found: impl Iterator<Item = T>, nobody: impl FnOnce() -> T) -> Vec<T> {
    let mut found = found.peekable();
    if found.peek().is_some() { found.collect() } else { vec![nobody()] }
}

impl Matter {
    /// Trials of every act, one for each choice where what refuses it may turn on what is chosen.
    fn trials(&self, context: &Context<'_>) -> Vec<Command> {
        let trial = Trial { matter: self, context, today: context.moment.on };
        let rooms = [
            into(track::Command::trials(&trial)),
            into(joint::Command::trials(&trial)),
            into(mediation::Command::trials(&trial)),
            into(wall::Command::trials(&trial)),
            into(aid::Command::trials(&trial)),
            into(rating::Command::trials(&trial)),
            into(repeat::Command::trials(&trial)),
            into(withdrawal::Command::trials(&trial)),
            into(passing::Command::trials(&trial)),
            into(inside::Command::trials(&trial)),
            into(correction::Command::trials(&trial)),
            into(publication::Command::trials(&trial)),
            into(hearing::Command::trials(&trial)),
            into(participation::Command::trials(&trial)),
            into(urgent::Command::trials(&trial)),
            into(secrecy::Command::trials(&trial)),
            into(ladder::Command::trials(&trial)),
            into(sponsorship::Command::trials(&trial)),
        ];
        trial.main_road().into_iter().chain(rooms.into_iter().flatten()).collect()
    }

    /// The acts against which something stands whatever is answered, each with what that is: no page offers them.
    /// Answers that nobody could give here close nothing.
    pub fn closed(&self, context: &Context<'_>) -> BTreeMap<Act, Refusal> {
        let mut closed = BTreeMap::new();
        let mut open = BTreeSet::new();
        for command in self.trials(context) {
            let act = Act::of(&command);
            match decide(self, &command, context) {
                Err(refusal) if !refusal.depends_on_answers() => {
                    closed.entry(act).or_insert(refusal);
                }
                Ok(_) | Err(_) => {
                    open.insert(act);
                }
            }
        }
        // One choice for which it is lawful opens the act.
        closed.retain(|act, _| !open.contains(act));
        closed
    }
}

/// Commands of a room as commands of the matter.
fn into<C: Into<Command>>(commands: Vec<C>) -> Vec<Command> {
    commands.into_iter().map(Into::into).collect()
}
