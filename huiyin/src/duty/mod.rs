//! The acts on the duty side (责任台账动作), as one table: a row's fields give the form on the page, the check
//! of what comes back, and the API's schema. Every act changes one record in one transaction, with a line in
//! the journal.

mod accountability;
mod agreement;
pub mod board;
pub mod booking;
pub mod campaign;
mod conference;
pub mod contact;
mod heard;
pub mod house_rule;
pub mod leader;
mod outreach;
mod publicity;
mod quota;
mod reception;
pub mod record;
pub mod submission;
mod task_force;
mod tenure;

use crate::act::{Answers, Doing, Row, hold};
use crate::by::{By, DoneUnder, Given, PetitionReceipt};
use crate::draft::Draft;
use crate::house::House;
use crate::intake::found;
use crate::problem::{FieldError, Problem, Wrong};
use casework::duty::{Entries, Kept, Noun, Record, State};
use casework::matter::{Context, Matter, MatterId};
use casework::petition::Attachment;
use casework::role::{self, Thing};
use std::sync::Arc;
use store::{Tx, duty};

/// What an act on the duty side does once its form is read (责任台账动作的办理).
pub struct DutyDeed(Box<Run>);

/// How it is done.
type Run = dyn FnOnce(&Work<'_>) -> Result<Done, Problem>;

/// An act on the duty side (责任台账动作); its name is unique over all kinds, and its locale key stands under
/// `duty-act-`.
pub type DutyAct = Row<DutyDeed, DutyPlace>;

/// Where an act on the duty side is offered (何处可办). Pages go by it; whether it may be done, the rules decide.
#[derive(Debug, Clone, Copy)]
pub struct DutyPlace {
    /// On which kind of record.
    pub noun: Noun,
    /// On which records of the kind.
    pub offer: Offer,
}

/// On which records of its kind an act is offered (可办情形).
#[derive(Debug, Clone, Copy)]
pub enum Offer {
    /// On none: it begins one.
    New,
    /// On a record in one of these states.
    While(&'static [State]),
    /// On entries of a record in one of these states, by their ordinals in the field `entry`.
    Each(&'static [State], Entries),
}

/// Offered to begin a record.
const fn new(noun: Noun) -> DutyPlace {
    DutyPlace { noun, offer: Offer::New }
}

/// Offered on a record in one of these states.
const fn on(noun: Noun, states: &'static [State]) -> DutyPlace {
    DutyPlace { noun, offer: Offer::While(states) }
}

/// Offered on entries of a record in one of these states.
const fn each(noun: Noun, states: &'static [State], entries: Entries) -> DutyPlace {
    DutyPlace { noun, offer: Offer::Each(states, entries) }
}

impl DutyPlace {
    /// Whether the act begins a record.
    pub fn begins(&self) -> bool {
        matches!(self.offer, Offer::New)
    }

    /// Whether it is offered in a state of the record, be it on the whole or on entries.
    pub fn fits(&self, state: State) -> bool {
        match self.offer {
            Offer::New => false,
            Offer::While(states) | Offer::Each(states, _) => states.contains(&state),
        }
    }

    /// The entries on which it is offered; `None` for what is done to the whole.
    pub fn entries(&self) -> Option<Entries> {
        match self.offer {
            Offer::New | Offer::While(_) => None,
            Offer::Each(_, entries) => Some(entries),
        }
    }
}

/// What an act left (办理结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The record's number.
    pub id: String,
    /// What whoever it concerns gets to take along.
    pub given: Given,
}

/// Asks a question that is typed by the record of a kind only known at run time.
macro_rules! of_kind {
    ($noun:expr, $ask:ident ( $($with:expr),* )) => {
        match $noun {
            Noun::Seat => $ask::<casework::duty::seat::Seat>($($with),*),
            Noun::Tenure => $ask::<casework::duty::tenure::Tenure>($($with),*),
            Noun::Quota => $ask::<casework::duty::quota::Quota>($($with),*),
            Noun::Reception => $ask::<casework::duty::reception::Reception>($($with),*),
            Noun::Outreach => $ask::<casework::duty::outreach::Outreach>($($with),*),
            Noun::Agreement => $ask::<casework::duty::agreement::Agreement>($($with),*),
            Noun::TaskForce => $ask::<casework::duty::task_force::TaskForce>($($with),*),
            Noun::Conference => $ask::<casework::duty::conference::Conference>($($with),*),
            Noun::Campaign => $ask::<casework::duty::campaign::Campaign>($($with),*),
            Noun::SupportContact => $ask::<casework::duty::contact::SupportContact>($($with),*),
            Noun::Publicity => $ask::<casework::duty::publicity::Activity>($($with),*),
            Noun::HouseRule => $ask::<casework::duty::house_rule::HouseRule>($($with),*),
            Noun::Accountability => $ask::<casework::duty::accountability::Accountability>($($with),*),
            Noun::Submission => $ask::<casework::duty::submission::Submission>($($with),*),
        }
    };
}

use of_kind;

/// The rooms' tables, in the order of the page.
const ROOMS: [&[DutyAct]; 15] = [
    tenure::SEATS,
    tenure::TERMS,
    quota::ACTS,
    reception::DAYS,
    reception::BOOKINGS,
    outreach::ACTS,
    agreement::ACTS,
    task_force::ACTS,
    conference::ACTS,
    campaign::ACTS,
    contact::ACTS,
    publicity::ACTS,
    house_rule::ACTS,
    accountability::ACTS,
    submission::ACTS,
];

/// Every act.
pub fn all() -> impl Iterator<Item = &'static DutyAct> {
    ROOMS.into_iter().flatten()
}

impl DutyAct {
    /// The act of a kind and a word.
    pub fn find(noun: Noun, word: &str) -> Option<&'static Self> {
        all().find(|act| act.at.noun == noun && act.word == word)
    }

    /// Does it; `id` is empty for what begins a record.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for every field that can't be used; [`Problem::Denied`]; [`Problem::Refused`].
    pub fn run(
        &'static self,
        house: &Arc<House>,
        by: By,
        id: &str,
        answers: &Answers,
    ) -> Result<Done, Problem> {
        let DutyDeed(deed) = self.read(answers, &house.directory())?;
        deed(&Work { house, by, id, act: self })
    }
}

/// What is done with the whole of the work at hand.
fn deed(run: impl FnOnce(&Work<'_>) -> Result<Done, Problem> + 'static) -> DutyDeed {
    DutyDeed(Box::new(run))
}

/// Begins a record; `make` looks at what stands beside it.
fn begin<R: Record>(
    make: impl Fn(&mut Tx<'_>, &Context<'_>) -> Result<R, Problem> + Send + 'static,
) -> DutyDeed {
    deed(move |work| work.begin(make))
}

/// Changes the record.
fn change<R: Record>(
    change: impl Fn(R, &mut Tx<'_>, &Context<'_>) -> Result<R, Problem> + Send + 'static,
) -> DutyDeed {
    deed(move |work| work.change(change))
}

impl Done {
    /// With the code of what is taken along: it follows from the key, so that it is the same when the act is sent
    /// again.
    fn with_code(mut self, again: String) -> Self {
        match &mut self.given {
            Given::Petition(PetitionReceipt { code, .. }) | Given::Place { code, .. } => {
                *code = again
            }
            Given::Nothing => {}
        }
        self
    }
}

/// The name of what was done to a record.
fn outcome<R: Record>(id: &str, given: &Given) -> DoneUnder {
    DoneUnder::Record { noun: R::NOUN, id: id.to_owned(), given: given.clone() }
}

/// What was done before under the same key.
fn again<T: From<Done>>(_: &mut Tx<'_>, outcome: DoneUnder) -> Result<T, Problem> {
    let DoneUnder::Record { id, given, .. } = outcome else { return Err(Problem::Conflict) };
    Ok(Done { id, given }.into())
}

impl From<Done> for Vec<Done> {
    fn from(done: Done) -> Self {
        vec![done]
    }
}

/// An act in hand: who does what to which record.
pub struct Work<'a> {
    house: &'a Arc<House>,
    by: By,
    id: &'a str,
    act: &'static DutyAct,
}

impl Work<'_> {
    /// The record, if it exists for the actor and the act may be done to it.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Denied`].
    fn record<R: Record>(&self) -> Result<R, Problem> {
        let found: Option<R> = self.house.db.read(|tx| duty::find(tx, self.id))?;
        let record = found.ok_or(Problem::NotFound)?;
        allowed(&self.by, self.act, &record)?;
        Ok(record)
    }

    /// Begins a record; `make` looks at what stands beside it.
    fn begin<R: Record>(
        &self,
        make: impl Fn(&mut Tx<'_>, &Context<'_>) -> Result<R, Problem> + Send + 'static,
    ) -> Result<Done, Problem> {
        let mut made = self.begin_all(move |tx, context| Ok(vec![make(tx, context)?]))?;
        made.pop().ok_or(Problem::NotFound)
    }

    /// Begins several records of a kind at once.
    fn begin_all<R: Record>(
        &self,
        make: impl Fn(&mut Tx<'_>, &Context<'_>) -> Result<Vec<R>, Problem> + Send + 'static,
    ) -> Result<Vec<Done>, Problem> {
        let (house, by, act) = (self.house.clone(), self.by.clone(), self.act);
        house.clone().db.write(move |tx| {
            let county = house.county(tx)?;
            duty::hold(tx, R::NOUN)?;
            by.once(tx, again::<Vec<Done>>, |tx| {
                let context = house.context(by.moment, &by.actor, &county);
                let mut done = Vec::new();
                for record in make(tx, &context)? {
                    let thing = record.spine();
                    role::allow(&by.actor, act.act, Thing::Duty(R::NOUN, &thing))
                        .map_err(Problem::Denied)?;
                    let id = duty::draw(tx, R::NOUN, by.moment.on.year())?;
                    hold(&house, record.attachments())?;
                    duty::keep(tx, &id, &record, by.stamp(act.word))?;
                    done.push(Done { id, given: Given::Nothing });
                }
                let first = done.first().map(|one| one.id.clone()).unwrap_or_default();
                Ok((done, outcome::<R>(&first, &Given::Nothing)))
            })
        })
    }

    /// Changes the record.
    fn change<R: Record>(
        &self,
        change: impl Fn(R, &mut Tx<'_>, &Context<'_>) -> Result<R, Problem> + Send + 'static,
    ) -> Result<Done, Problem> {
        self.change_and(move |record: R, tx, doing| {
            Ok((change(record, tx, &doing.context())?, Given::Nothing))
        })
    }

    /// Changes the record and something else in the same transaction, of which somebody takes something along.
    fn change_and<R: Record>(
        &self,
        change: impl Fn(R, &mut Tx<'_>, Doing<'_>) -> Result<(R, Given), Problem> + Send + 'static,
    ) -> Result<Done, Problem> {
        let (house, by, act) = (self.house.clone(), self.by.clone(), self.act);
        let id = self.id.to_owned();
        house.clone().db.write(move |tx| {
            let county = house.county(tx)?;
            let doing = Doing { house: &house, county: &county, by: &by };
            duty::hold(tx, R::NOUN)?;
            by.once(tx, again::<Done>, |tx| {
                let before: R = duty::find(tx, &id)?.ok_or(Problem::NotFound)?;
                allowed(&by, act, &before)?;
                let old: Vec<Attachment> = before.attachments().into_iter().cloned().collect();
                let (after, given) = change(before, tx, doing)?;
                hold(&house, after.attachments().into_iter().filter(|file| !old.contains(file)))?;
                duty::keep(tx, &id, &after, by.stamp(act.word))?;
                let outcome = outcome::<R>(&id, &given);
                Ok((Done { id: id.clone(), given }, outcome))
            })
        })
    }

    /// Changes the record and registers a petition in the same transaction.
    fn change_and_register<R: Record>(
        &self,
        draft: Draft,
        change: impl Fn(R, MatterId, &Context<'_>) -> Result<R, Problem> + Send + 'static,
    ) -> Result<Done, Problem> {
        let found = found(self.house, &self.by, draft)?;
        let code = found.code().to_owned();
        let again = code.clone();
        let done = self.change_and(move |record: R, tx, doing| {
            let (matter, number) = found.register(tx, doing)?;
            let receipt = PetitionReceipt { number, code: code.clone() };
            Ok((change(record, matter, &doing.context())?, Given::Petition(receipt)))
        })?;
        Ok(done.with_code(again))
    }
}

/// A matter as its file tells it, for whoever claims something of it.
fn told(tx: &mut Tx<'_>, id: Option<MatterId>) -> Result<Option<Matter>, store::Error> {
    Ok(id.map(|id| store::matter::find(tx, id)).transpose()?.flatten())
}

/// Whether a record exists for the actor, and the act may be done to it.
fn allowed<R: Record>(by: &By, act: &DutyAct, record: &R) -> Result<(), Problem> {
    let spine = record.spine();
    if !role::sees(&by.actor, R::NOUN, &spine) {
        return Err(Problem::NotFound);
    }
    role::allow(&by.actor, act.act, Thing::Duty(R::NOUN, &spine)).map_err(Problem::Denied)
}

/// A matter that exists for the actor, for a field that names it.
fn visible(tx: &mut Tx<'_>, by: &By, field: &str, id: MatterId) -> Result<Matter, Problem> {
    match crate::act::find(tx, &by.actor, id) {
        Err(Problem::NotFound) => {
            Err(Problem::Invalid(vec![FieldError::new(field, Wrong::Matter)]))
        }
        found => found,
    }
}

/// The records themselves, without their numbers.
fn bare<R>(kept: Vec<Kept<R>>) -> Vec<R> {
    kept.into_iter().map(|kept| kept.record).collect()
}
