//! Taking a petition in (登记): the sibling of [`crate::act::act`] for what has no matter yet.

mod prepared;

pub use self::prepared::normal_code;
pub(crate) use self::prepared::query_code;
use self::prepared::{Prepared, prepare};

use crate::act::{append, entry, find, keeps_clear};
use crate::house::House;
use crate::problem::{FieldError, Problem};
use casework::category::Category;
use casework::intake::{Claim, Join, Merged, Origin, Unjoin};
use casework::matter::{Command, Fact, Matter, MatterId, decide};
use casework::moment::Moment;
use casework::org::{AccountId, Actor, Place, UnitId};
use casework::petition::{Attachment, Channel, PartyKind, PartyRole, PetitionNumber, Transfer};
use casework::role::{self, Act, Thing};
use casework::track::Track;
use jiff::civil::Date;
use std::sync::Arc;
use store::vault::{Blind, Identity};
use store::{Tx, journal, matter, petition, setting, vault};

/// A petition as it is handed in, before it has a number (待登记).
#[derive(Debug, Clone)]
pub struct Draft {
    /// How it came.
    pub channel: Channel,
    /// Postmark.
    pub posted_on: Option<Date>,
    /// Received on.
    pub received_on: Date,
    /// People.
    pub headcount: u32,
    /// For a leader's mailbox.
    pub addressee: Option<String>,
    /// How a superior passed it on.
    pub transfer: Option<Transfer>,
    /// A foreign ledger's number.
    pub reference: Option<String>,
    /// Language.
    pub language: String,
    /// One line.
    pub title: String,
    /// Facts and reasons.
    pub text: String,
    /// Where the problem is.
    pub place: Place,
    /// Classification.
    pub category: Category,
    /// Who, in the clear; sealed before anything is stored.
    pub parties: Vec<(PartyRole, PartyKind, Identity)>,
    /// What is asked for.
    pub demands: Vec<String>,
    /// Files, already kept.
    pub attachments: Vec<Attachment>,
    /// What kind of petition it is.
    pub track: Track,
    /// Whom it accuses.
    pub accused: Vec<Against>,
    /// Urgent and grave.
    pub urgent: bool,
}

/// Whom an accusation is against, in the clear (被检举控告人).
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// The unit, or the person's unit.
    pub unit: Option<UnitId>,
    /// The person's account.
    pub account: Option<AccountId>,
    /// The person's name.
    pub name: String,
}

/// What the petitioner gets (登记回执).
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The matter after it.
    pub matter: Matter,
    /// The petition's number.
    pub number: String,
    /// The query code, which is stored nowhere in the clear.
    pub code: String,
}

/// Gives out another query code for a petition (补发查询码), in person: for one that was lost, which ends
/// with it, or for somebody who signed with others. The code is shown once; that it was given stands in
/// the journal.
///
/// # Errors
/// As [`crate::act::act`]; [`Problem::Invalid`] for another reason or a petition of another matter.
pub fn issue_code(
    house: &House,
    actor: &Actor,
    id: MatterId,
    (petition, why): (&str, &str),
) -> Result<String, Problem> {
    let why = [petition::LOST, petition::JOINT].into_iter().find(|known| *known == why);
    let wrong = |field: &str| Problem::Invalid(vec![FieldError::new(field, "wrong-choice")]);
    let why = why.ok_or_else(|| wrong("why"))?;
    let code = query_code(house);
    let hash = house.vault.blind(Blind::Query, &code)?;
    let (actor, now, number) = (actor.clone(), house.clock.now(), petition.to_owned());
    house.db.write(move |tx| {
        let matter = find(tx, &actor, id)?;
        role::allow(&actor, Act::IssueCode, Thing::Matter(&matter)).map_err(Problem::Denied)?;
        if !matter.petitions.iter().any(|one| one.number.0 == number) {
            return Err(wrong("petition"));
        }
        petition::record_code(tx, &number, &hash, (why, now))?;
        journal::record(tx, now, &actor.login, "code-issued", (&number, why))?;
        Ok(())
    })?;
    Ok(code)
}

fn draw_matter(tx: &mut Tx<'_>, moment: Moment) -> Result<MatterId, Problem> {
    let year = moment.on.year();
    let serial = setting::draw(tx, &format!("matter-{year}"))?;
    Ok(MatterId::new(year, u32::try_from(serial).unwrap_or(u32::MAX)))
}

/// Registers a petition as a matter of its own.
///
/// # Errors
/// As [`crate::act::act`].
pub fn register(
    house: &Arc<House>,
    actor: &Actor,
    draft: Draft,
    origin: Option<Origin>,
) -> Result<Receipt, Problem> {
    register_at(house, actor, draft, origin, house.moment())
}

/// As [`register`], for what was registered at an earlier moment: an old ledger's rows.
///
/// # Errors
/// As [`crate::act::act`].
pub fn register_at(
    house: &Arc<House>,
    actor: &Actor,
    draft: Draft,
    origin: Option<Origin>,
    moment: Moment,
) -> Result<Receipt, Problem> {
    role::allow(actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
    take_in(house, actor, draft, origin, moment)
}

/// What was found in the field or said at a reception, made ready so that the transaction that notes it also
/// registers it (现场登记): nobody who told a leader something has to come again and say it at a counter
/// (首问负责).
#[derive(Clone)]
pub(crate) struct Found(Prepared);

/// Makes ready what whoever keeps the record of it wants to register.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for what can't be registered.
pub(crate) fn found(house: &House, actor: &Actor, draft: Draft) -> Result<Found, Problem> {
    role::allow(actor, Act::KeepDuty, Thing::Office).map_err(Problem::Denied)?;
    Ok(Found(prepare(house, draft, house.moment())?))
}

impl Found {
    /// The query code, to be shown once.
    pub(crate) fn code(&self) -> &str {
        &self.0.code
    }

    /// Registers it: the matter and the petition's number.
    pub(crate) fn register(
        &self,
        tx: &mut Tx<'_>,
        house: &House,
        actor: &Actor,
    ) -> Result<(MatterId, String), Problem> {
        let (matter, number) = self.0.register(tx, house, (actor, None))?;
        Ok((matter.id, number))
    }
}

fn take_in(
    house: &Arc<House>,
    actor: &Actor,
    draft: Draft,
    origin: Option<Origin>,
    moment: Moment,
) -> Result<Receipt, Problem> {
    let prepared = prepare(house, draft, moment)?;
    let (house, actor, code) = (house.clone(), actor.clone(), prepared.code.clone());
    house.clone().db.write(move |tx| {
        house.keep_up(tx)?;
        let (matter, number) = prepared.register(tx, &house, (&actor, origin.clone()))?;
        Ok(Receipt { matter, number, code: code.clone() })
    })
}

impl Prepared {
    /// Registers it in a transaction that has caught up with the calendar.
    fn register(
        &self,
        tx: &mut Tx<'_>,
        house: &House,
        (actor, origin): (&Actor, Option<Origin>),
    ) -> Result<(Matter, String), Problem> {
        let calendar = house.calendar();
        let context = house.context(actor, self.moment, &calendar);
        let petition = self.petition(tx, house)?;
        let number = petition.number.0.clone();
        let superior = house.superior();
        let facts = casework::intake::register(petition, origin, superior.as_ref(), &context)?;
        let id = draw_matter(tx, self.moment)?;
        let matter = open(tx, house, id, facts, (actor, self.moment))?;
        self.record_keys(tx, id)?;
        Ok((matter, number))
    }
}

/// Says whether a petition would be registered, and keeps nothing.
///
/// # Errors
/// As [`register_at`].
pub fn try_register(
    house: &Arc<House>,
    actor: &Actor,
    draft: Draft,
    moment: Moment,
) -> Result<(), Problem> {
    role::allow(actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
    let prepared = prepare(house, draft, moment)?;
    let petition = prepared.numbered(house, 1);
    let calendar = house.calendar();
    casework::intake::register(
        petition,
        None,
        house.superior().as_ref(),
        &house.context(actor, moment, &calendar),
    )?;
    Ok(())
}

/// Opens a case file with its first facts.
fn open(
    tx: &mut Tx<'_>,
    house: &House,
    id: MatterId,
    facts: Vec<Fact>,
    who: (&Actor, Moment),
) -> Result<Matter, Problem> {
    let mut facts = facts.into_iter();
    let first = facts.next().map(|fact| entry(fact, who)).ok_or(Problem::NotFound)?;
    let matter = Matter::open(id, &first).ok_or(Problem::NotFound)?;
    matter::record(tx, &matter, &[first], (&house.statutes, &house.calendar()))?;
    let rest: Vec<Fact> = facts.collect();
    if rest.is_empty() { Ok(matter) } else { append(tx, house, matter, rest, who) }
}

/// Registers a petition into a matter that it repeats.
///
/// # Errors
/// As [`crate::act::act`].
pub fn join(
    house: &Arc<House>,
    actor: &Actor,
    id: MatterId,
    draft: Draft,
    because: (Vec<Claim>, String),
) -> Result<Receipt, Problem> {
    let prepared = prepare(house, draft, house.moment())?;
    let (house, actor, code) = (house.clone(), actor.clone(), prepared.code.clone());
    house.clone().db.write(move |tx| {
        house.keep_up(tx)?;
        let before = find(tx, &actor, id)?;
        role::allow(&actor, Act::Join, Thing::Matter(&before)).map_err(Problem::Denied)?;
        let calendar = house.calendar();
        let context = house.context(&actor, prepared.moment, &calendar);
        let petition = prepared.petition(tx, &house)?;
        let number = petition.number.0.clone();
        let (claims, reason) = because.clone();
        let accused: Vec<&UnitId> =
            petition.accused.iter().filter_map(|one| one.unit.as_ref()).collect();
        keeps_clear(&house, &before, &accused)?;
        let facts =
            decide(&before, &Command::Join(Box::new(Join { petition, claims, reason })), &context)?;
        let matter = append(tx, &house, before, facts, (&actor, prepared.moment))?;
        prepared.record_keys(tx, id)?;
        Ok(Receipt { matter, number, code: code.clone() })
    })
}

/// Joins a matter's only petition, of which nobody has begun anything, to the matter that it repeats
/// (并案); its matter ends with it, and no clock restarts.
///
/// # Errors
/// As [`crate::act::act`], for either of the two.
pub fn merge(
    house: &Arc<House>,
    actor: &Actor,
    (from, into): (MatterId, MatterId),
    because: (Vec<Claim>, String),
) -> Result<Matter, Problem> {
    let (house, actor, moment) = (house.clone(), actor.clone(), house.moment());
    house.clone().db.write(move |tx| {
        house.keep_up(tx)?;
        let (left, joined) = (find(tx, &actor, from)?, find(tx, &actor, into)?);
        for matter in [&left, &joined] {
            role::allow(&actor, Act::Join, Thing::Matter(matter)).map_err(Problem::Denied)?;
        }
        let calendar = house.calendar();
        let context = house.context(&actor, moment, &calendar);
        let (claims, reason) = because.clone();
        let leaving = Command::Merge(Merged { into, reason: reason.clone() });
        let facts = decide(&left, &leaving, &context)?;
        let first = left.petitions.first().cloned().ok_or(Problem::NotFound)?;
        // As the matter stands now, not as the petition was registered: no wall falls on the way.
        let petition = left.leaving(&first.number).ok_or(Problem::NotFound)?;
        let carried = left.carried(Some(&joined));
        let accused: Vec<&UnitId> =
            petition.accused.iter().filter_map(|one| one.unit.as_ref()).collect();
        keeps_clear(&house, &joined, &accused)?;
        // Its row leaves the one before it enters the other.
        append(tx, &house, left, facts, (&actor, moment))?;
        for id in first.parties.iter().map(|party| &party.id) {
            vault::follow(tx, id, into)?;
        }
        for id in first.accused.iter().map(|accused| &accused.id) {
            vault::follow(tx, id, into)?;
        }
        let coming = Command::Join(Box::new(Join { petition, claims, reason }));
        let mut facts = decide(&joined, &coming, &context)?;
        facts.extend(carried);
        append(tx, &house, joined, facts, (&actor, moment))
    })
}

/// Takes a petition out of a matter into one of its own; its clock counts from its own receipt.
///
/// # Errors
/// As [`crate::act::act`].
pub fn unjoin(
    house: &Arc<House>,
    actor: &Actor,
    id: MatterId,
    petition: PetitionNumber,
    reason: String,
) -> Result<Matter, Problem> {
    let (house, actor, moment) = (house.clone(), actor.clone(), house.moment());
    house.clone().db.write(move |tx| {
        house.keep_up(tx)?;
        let before = find(tx, &actor, id)?;
        role::allow(&actor, Act::Unjoin, Thing::Matter(&before)).map_err(Problem::Denied)?;
        let content = before.petitions.iter().find(|p| p.number == petition).cloned();
        let calendar = house.calendar();
        let context = house.context(&actor, moment, &calendar);
        let to = draw_matter(tx, moment)?;
        let command =
            Command::Unjoin(Unjoin { petition: petition.clone(), reason: reason.clone(), to });
        let facts = decide(&before, &command, &context)?;
        let leaving = before.leaving(&petition).ok_or(Problem::NotFound)?;
        let carried = before.carried(None);
        append(tx, &house, before, facts, (&actor, moment))?;
        let content = content.ok_or(Problem::NotFound)?;
        for id in content.parties.iter().map(|party| &party.id) {
            vault::follow(tx, id, to)?;
        }
        for id in content.accused.iter().map(|accused| &accused.id) {
            vault::follow(tx, id, to)?;
        }
        let mut facts = casework::intake::register(
            leaving,
            Some(Origin::Unjoined(id)),
            house.superior().as_ref(),
            &context,
        )?;
        facts.extend(carried);
        open(tx, &house, to, facts, (&actor, moment))
    })
}
