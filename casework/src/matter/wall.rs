//! Walls (保密与回避): whom an accusation is against, and whoever must keep out of a matter, does not know
//! of it through any door (R05-23, R05-30, R22-28, R22-30).

use crate::code::code_list;
use crate::directory::Directory;
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::matter::track::Track;
use crate::matter::{Context, Matter, Step};
use crate::org::UnitKind;
use crate::org::{AccountId, Actor, Role, UnitId};
use crate::petition::Accused;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

code_list! {
    /// Why somebody keeps out of a matter (回避情形).
    pub enum RecusalGround {
        /// 本人与事项有直接利害关系.
        Interest = "interest",
        /// 与当事人有亲属关系.
        Relative = "relative",
        /// 其他可能影响公正办理的关系.
        Other = "other",
    }
}

/// Asks that somebody keep out (申请回避), by the petitioner or by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RecusalAsked {
    /// Whom; the account.
    pub person: AccountId,
    /// Their unit, whose head decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_unit: Option<UnitId>,
    /// Why.
    pub recusal_ground: RecusalGround,
    /// In words.
    pub reason: String,
}

/// The head's decision on it (回避决定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RecusalDecided {
    /// Whom it is about.
    pub person: AccountId,
    /// Whether they keep out.
    pub granted: bool,
    /// Why.
    pub reason: String,
}

/// A question of keeping out, and its answer (回避).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Recusal {
    /// What was asked.
    pub asked: RecusalAsked,
    /// When.
    pub on: Date,
    /// The decision.
    pub decided: Option<RecusalDecided>,
}

impl Recusal {
    /// Whether it is still to be decided if this person keeps out.
    pub fn waits(&self, person: &AccountId) -> bool {
        self.decided.is_none() && self.asked.person == *person
    }
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 申请回避.
    AskRecusal(RecusalAsked),
    /// 决定回避.
    DecideRecusal(RecusalDecided),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "WallFact")]
pub enum Fact {
    /// 已申请回避.
    RecusalAsked(RecusalAsked),
    /// 回避已决定.
    RecusalDecided(RecusalDecided),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::AskRecusal(_) => Act::AskRecusal,
            Self::DecideRecusal(_) => Act::DecideRecusal,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let decide =
            |person| Self::DecideRecusal(RecusalDecided { person, granted: true, reason: said() });
        let ask = Self::AskRecusal(RecusalAsked {
            person: trial.person(),
            person_unit: None,
            recusal_ground: RecusalGround::ALL[0],
            reason: said(),
        });
        trial.asked().into_iter().map(decide).chain([ask]).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::RecusalAsked(_) | Self::RecusalDecided(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::RecusalDecided(of) => Some(Letter::Recusal(of)),
            Self::RecusalAsked(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::RecusalAsked(_) | Self::RecusalDecided(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::RecusalAsked(_) => "recusal_asked",
            Self::RecusalDecided(_) => "recusal_decided",
        }
    }
}

/// Who is kept out of a matter (知悉禁止): units with all their people, and single accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walls {
    /// Units.
    pub units: BTreeSet<UnitId>,
    /// Accounts.
    pub accounts: BTreeSet<AccountId>,
}

impl Walls {
    /// Whether the actor is kept out.
    pub fn keep_out(&self, actor: &Actor) -> bool {
        self.units.contains(&actor.unit) || self.accounts.contains(&actor.account)
    }
}

impl Matter {
    /// Who is kept out: the accused, and whoever was told to keep out. A person's unit is walled with
    /// the person, except the office itself when one of its own people is meant, since it must pass
    /// the matter on.
    pub fn walls(&self) -> Walls {
        self.walls_with(&[])
    }

    /// The walls as they would be if it accused these too.
    pub(crate) fn walls_with(&self, more: &[Accused]) -> Walls {
        let mut walls = Walls::default();
        for accused in self.accused.iter().chain(more) {
            walls.accounts.extend(accused.account.clone());
            if !accused.known() {
                walls.accounts.extend(accused.namesakes.clone());
            }
            let person = accused.account.is_some();
            let unit = accused.unit.clone();
            walls.units.extend(unit.filter(|unit| !(person && *unit == self.office)));
        }
        let granted =
            |recusal: &&Recusal| recusal.decided.as_ref().is_some_and(|decided| decided.granted);
        let out = self.recusals.iter().filter(granted);
        walls.accounts.extend(out.map(|recusal| recusal.asked.person.clone()));
        walls
    }

    /// Whether the matter is sealed (密封): an accusation, or what may be a state secret. It is open to
    /// who has it and to the office's head; anybody else of the office breaks the seal for a reason.
    pub fn sealed(&self) -> bool {
        self.track == Track::Accusation
            || self.secret_handed_over
            || matches!(self.step, Step::Halted(_))
    }

    /// Whether a sealed matter is open to the actor as it is.
    pub fn opens_to(&self, actor: &Actor) -> bool {
        !self.sealed()
            || actor.is(Role::OfficeHead)
            || (actor.works() && (actor.unit == self.holder || self.keeper() == Some(&actor.unit)))
    }

    /// Whether accusing these too would wall a unit that has the matter or owes something in it.
    pub(crate) fn would_wall_a_keeper(&self, more: &[Accused]) -> bool {
        self.walls_with(more).units.iter().any(|unit| self.binds(unit))
    }

    /// The unit beside the holder to which a sealed matter opens: whoever has to answer a supervision of
    /// it, or answered it and carries out what was promised.
    pub fn keeper(&self) -> Option<&UnitId> {
        let supervised = self.supervision().map(|running| &running.supervised.unit);
        supervised.or(self.answered_by.as_ref())
    }

    /// A unit may be given the matter, or a part of it, unless it is kept out (R05-23, R22-30).
    ///
    /// # Errors
    /// [`Refusal::Accused`].
    pub fn may_reach(&self, unit: &UnitId) -> Result<(), Refusal> {
        if self.walls().units.contains(unit) { Err(Refusal::Accused) } else { Ok(()) }
    }

    /// As [`Matter::may_reach`], for who newly gets the matter or a part of it: a unit of the directory that does
    /// not stand under whom it accuses (R05-23, R22-30); and first it must be known where everybody belongs whom
    /// it names.
    ///
    /// # Errors
    /// [`Refusal::NotAReceiver`], [`Refusal::Accused`], [`Refusal::AccusedUnknown`].
    pub fn may_be_given(&self, unit: &UnitId, directory: &Directory) -> Result<(), Refusal> {
        if !directory.units.contains_key(unit) {
            return Err(Refusal::NotAReceiver);
        }
        if self.track == Track::Accusation && self.unknown_accused().is_some() {
            return Err(Refusal::AccusedUnknown);
        }
        let walled: Vec<UnitId> = self.walls().units.into_iter().collect();
        if directory.is_under(unit, &walled) { Err(Refusal::Accused) } else { Ok(()) }
    }

    /// As [`Matter::may_be_given`], for who is to handle it or a part of it: an accusation goes by management
    /// authority, to the discipline organ or to a unit above everybody whom it accuses (R22-22d, R22-30); anything
    /// else to whoever answers petitions.
    ///
    /// # Errors
    /// As [`Matter::may_be_given`]; [`Refusal::NotInAuthority`].
    pub fn may_handle(&self, unit: &UnitId, directory: &Directory) -> Result<(), Refusal> {
        let kind = directory.units.get(unit).map(|unit| unit.kind).ok_or(Refusal::NotAReceiver)?;
        let answers = match kind {
            UnitKind::Bureau | UnitKind::Township | UnitKind::County => true,
            UnitKind::Discipline => self.track == Track::Accusation,
            UnitKind::Office | UnitKind::Village | UnitKind::Superior | UnitKind::Judicial => false,
        };
        if !answers {
            return Err(Refusal::NotAReceiver);
        }
        self.may_be_given(unit, directory)?;
        let above = |accused: &UnitId| directory.above(accused).contains(unit);
        let mut accused = self.accused.iter().filter_map(|one| one.unit.as_ref());
        let in_authority =
            self.track != Track::Accusation || kind == UnitKind::Discipline || accused.all(above);
        if in_authority { Ok(()) } else { Err(Refusal::NotInAuthority) }
    }

    /// What accuses a unit is not with a unit under it (R05-23, R22-30); the office stands under the county and passes
    /// it on.
    ///
    /// # Errors
    /// [`Refusal::AccusedHasIt`].
    pub(crate) fn keeps_clear_of(
        &self,
        accused: &[Accused],
        directory: &Directory,
    ) -> Result<(), Refusal> {
        let accused: Vec<UnitId> = accused.iter().filter_map(|one| one.unit.clone()).collect();
        let owing = self.spans.iter().filter(|span| span.ended_on.is_none());
        let mut keepers =
            owing.map(|span| &span.unit).chain([&self.holder]).filter(|unit| **unit != self.office);
        let under = keepers.any(|unit| directory.is_under(unit, &accused));
        if under { Err(Refusal::AccusedHasIt) } else { Ok(()) }
    }

    /// Whether somebody of this unit was asked to keep out, and it is not decided.
    pub fn asked_of(&self, unit: &UnitId) -> bool {
        let theirs = |one: &Recusal| one.asked.person_unit.as_ref() == Some(unit);
        self.recusals.iter().any(|one| one.decided.is_none() && theirs(one))
    }

    pub(crate) fn on_wall(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let waits = |person: &AccountId| self.recusals.iter().any(|one| one.waits(person));
        match command {
            Command::AskRecusal(asked) => {
                if matches!(self.step, Step::Concluded(_)) {
                    return Err(Refusal::Concluded);
                }
                if waits(&asked.person) || self.walls().accounts.contains(&asked.person) {
                    return Err(Refusal::RecusalAskedAlready);
                }
                filled(&[&asked.reason])?;
                // Whose people somebody belongs to is the directory's to say.
                let unit = context.directory.workplace(&asked.person).ok_or(Refusal::NobodyHere)?;
                let person_unit = Some(unit.clone());
                Ok(vec![Fact::RecusalAsked(RecusalAsked { person_unit, ..asked.clone() }).into()])
            }
            Command::DecideRecusal(decided) => {
                if !waits(&decided.person) {
                    return Err(Refusal::NoRecusalAsked);
                }
                // Nobody decides about people of another unit, but the office's head where a unit's own
                // head is meant.
                let unit_of = |one: &Recusal| one.asked.person_unit.clone();
                let theirs = |unit: &UnitId| {
                    let mut asked = self.recusals.iter().filter(|one| one.waits(&decided.person));
                    asked.any(|one| unit_of(one).is_none_or(|of| of == *unit))
                };
                let leads = context.actor.is(Role::Leader) && theirs(&self.office);
                let of_office = context.actor.unit == self.office;
                if !theirs(&context.actor.unit) && !of_office && !leads {
                    return Err(Refusal::OwnCause);
                }
                // Nobody decides in their own cause.
                if context.actor.account == decided.person {
                    return Err(Refusal::OwnCause);
                }
                filled(&[&decided.reason])?;
                Ok(vec![Fact::RecusalDecided(decided.clone()).into()])
            }
        }
    }

    pub(crate) fn fold_wall(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::RecusalAsked(asked) => {
                self.recusals.push(Recusal { asked: asked.clone(), on, decided: None });
            }
            Fact::RecusalDecided(decided) => {
                let open = |one: &&mut Recusal| one.waits(&decided.person);
                if let Some(recusal) = self.recusals.iter_mut().find(open) {
                    recusal.decided = Some(decided.clone());
                }
            }
        }
    }
}
