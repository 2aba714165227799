//! What is open to be done (可办动作): an act is tried with answers that fit, and what refuses it whatever is answered
//! closes it. Pages ask here before they offer anything.

mod main_road;
mod room;

use super::{Context, Matter, decide};
use crate::matter::referral::{Ruling, Told};
use crate::matter::service::{Served, ServiceMethod};
use crate::org::{AccountId, Role, UnitId};
use crate::petition::{Attachment, PetitionNumber};
use crate::refusal::Refusal;
use crate::role::Act;
use jiff::civil::Date;

/// Something that somebody wrote.
pub(super) fn said() -> String {
    "…".to_owned()
}

/// A paper that somebody handed in.
pub(super) fn paper() -> Vec<Attachment> {
    vec![Attachment { hash: String::new(), name: said(), media: String::new(), size: 0 }]
}

/// What a trial is filled in with: what the matter and the county have of each kind.
struct Trial<'a> {
    pub matter: &'a Matter,
    pub context: &'a Context<'a>,
    pub today: Date,
}

impl Trial<'_> {
    pub(super) fn unit(&self) -> UnitId {
        let directory = self.context.directory;
        let mut units = directory.units.keys().filter(|unit| **unit != self.matter.holder);
        let fits = units.find(|unit| self.matter.may_handle(unit, directory).is_ok());
        fits.cloned().unwrap_or_else(|| UnitId(said()))
    }

    /// A unit that has or had it.
    pub(super) fn own_unit(&self) -> UnitId {
        let last = self.matter.units.iter().rfind(|unit| **unit != self.matter.office);
        last.cloned().unwrap_or_else(|| UnitId(said()))
    }

    pub(super) fn leader(&self) -> AccountId {
        let own = self.context.actor;
        if own.is(Role::Leader) {
            return own.account.clone();
        }
        let first = self.context.directory.holding(Role::Leader).next();
        first.map_or_else(|| AccountId(said()), |(account, _)| account.clone())
    }

    /// Whoever was asked to keep out.
    pub(super) fn asked(&self) -> AccountId {
        let open = self.matter.recusals.iter().find(|one| one.decided.is_none());
        open.map_or_else(|| AccountId(said()), |one| one.asked.person.clone())
    }

    /// Somebody who could be asked to keep out.
    pub(super) fn person(&self) -> AccountId {
        let first = self.context.directory.people.keys().next();
        first.cloned().unwrap_or_else(|| AccountId(said()))
    }

    pub(super) fn petition(&self) -> PetitionNumber {
        let petitions = &self.matter.petitions;
        let wanted = petitions.iter().find(|one| self.matter.authority_missing(&one.number));
        let found = wanted.or(petitions.first());
        found.map_or_else(|| PetitionNumber(said()), |one| one.number.clone())
    }

    /// The first of something that is still open, by its ordinal; 0 where none is.
    pub(super) fn open<T>(of: &[T], open: impl Fn(&T) -> bool) -> u32 {
        let at = of.iter().position(open).map_or(0, |at| at + 1);
        u32::try_from(at).unwrap_or_default()
    }

    pub(super) fn told(ground: &str) -> Told {
        Told {
            ground: ground.to_owned(),
            where_to: said(),
            how: said(),
            within: said(),
            earlier: said(),
            note: said(),
        }
    }

    pub(super) fn served(&self) -> Served {
        Served {
            method: ServiceMethod::InPerson,
            on: self.today,
            recipient: said(),
            proof: said(),
            attachments: Vec::new(),
        }
    }

    pub(super) fn ruling() -> Ruling {
        Ruling { reason: said() }
    }
}

impl Matter {
    /// What stands against an act whatever is answered, if anything does: then no page offers it. Answers that
    /// nobody could give here close nothing.
    pub fn closed_to(&self, act: Act, context: &Context<'_>) -> Option<Refusal> {
        let trial = Trial { matter: self, context, today: context.moment.on };
        let command = trial.main_road(act).or_else(|| trial.room(act))?;
        let refusal = decide(self, &command, context).err()?;
        (!refusal.depends_on_answers()).then_some(refusal)
    }
}
