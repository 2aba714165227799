//! Records as their readers see them (台账查阅): the rows of a list, and a record on its page.

use super::{campaign, of_kind};
use crate::house::House;
use crate::problem::Problem;
use casework::code::CodeList;
use casework::duty::campaign::Baseline;
use casework::duty::{Entries, Eyes, Kept, Noun, Record, SealedName, Seen, Spine};
use casework::matter::MatterId;
use casework::org::Actor;
use casework::refusal::reasoned;
use casework::role::{self, Act, Scope, Thing, sees};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::journal::Event;
use store::vault::Identity;
use store::wall::{Sight, sight};
use store::{Tx, duty};

/// A record with what lists ask of it (台账行).
pub struct RecordRow {
    /// Its number.
    pub id: String,
    /// What lists ask.
    pub spine: Spine,
}

/// A record as its reader sees it (台账详情).
pub struct Shown {
    /// Its kind.
    pub noun: Noun,
    /// Its number.
    pub id: String,
    /// What lists ask.
    pub spine: Spine,
    /// What the reader sees.
    pub seen: Seen,
    /// The ordinals of the entries to which something may be done.
    pub entries: BTreeMap<Entries, Vec<u32>>,
    /// Whether names lie under seal that the reader may open.
    pub names: bool,
    /// The matters of which it speaks that the reader may open.
    pub open: BTreeSet<MatterId>,
    /// How it stands against its list, if it is a campaign.
    pub against: Option<Baseline>,
}

/// The records of a kind that exist for the actor, newest first.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn rows(house: &House, actor: &Actor, noun: Noun) -> Result<Vec<RecordRow>, Problem> {
    fn of<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<RecordRow>, store::Error> {
        let row = |kept: Kept<R>| RecordRow { id: kept.id, spine: kept.record.spine() };
        Ok(duty::all(tx)?.into_iter().map(row).collect())
    }
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let mut rows = house.db.read(|tx| of_kind!(noun, of(tx)))?;
    rows.retain(|row| sees(actor, noun, &row.spine));
    rows.reverse();
    Ok(rows)
}

/// A record as the actor sees it.
///
/// # Errors
/// [`Problem::NotFound`] also for what the actor may not know of; [`Problem::Denied`]; the store failed.
pub fn record(house: &House, actor: &Actor, noun: Noun, id: &str) -> Result<Shown, Problem> {
    fn of<R: Record>(
        tx: &mut Tx<'_>,
        actor: &Actor,
        id: &str,
        today: Date,
    ) -> Result<Option<Shown>, store::Error> {
        let Some(record) = duty::find::<R>(tx, id)? else { return Ok(None) };
        let record = counted(tx, record, today)?;
        let spine = record.spine();
        let open = readable(tx, &role::scope(actor), &spine.matters)?;
        let eyes = Eyes { actor, open: &open };
        let seen = record.as_seen_by(&eyes);
        let entries =
            Entries::LIST.iter().map(|entries| (*entries, record.entries(*entries))).collect();
        let names = record.names(&eyes).is_ok_and(|names| !names.is_empty());
        let campaign = R::NOUN == Noun::Campaign;
        let against = if campaign { campaign::against(tx, id, &open)? } else { None };
        let id = id.to_owned();
        Ok(Some(Shown { noun: R::NOUN, id, spine, seen, entries, names, open, against }))
    }
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let today = house.moment().on;
    let found = house.db.read(|tx| of_kind!(noun, of(tx, actor, id, today)))?;
    found.filter(|shown| sees(actor, noun, &shown.spine)).ok_or(Problem::NotFound)
}

/// The record with what counts itself, as of today.
pub(super) fn counted<R: Record>(
    tx: &mut Tx<'_>,
    record: R,
    today: Date,
) -> Result<R, store::Error> {
    let Some(counting) = record.counting(today) else { return Ok(record) };
    Ok(record.counted(&duty::measures(tx, &counting)?, today))
}

/// Those of the matters that a reader may open.
fn readable(
    tx: &mut Tx<'_>,
    scope: &Scope,
    matters: &[MatterId],
) -> Result<BTreeSet<MatterId>, store::Error> {
    let mut open = BTreeSet::new();
    for id in matters {
        if sight(tx, *id, scope)? == Sight::Open {
            open.insert(*id);
        }
    }
    Ok(open)
}

/// The names under seal in a record that the actor may open, by the ordinals of the entries whose they are; each
/// leaves a line in the journal with the reason.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::NotFound`] for what the actor may not know of, and where no name lies that they may
/// open; no reason.
pub fn names(
    house: &House,
    actor: &Actor,
    noun: Noun,
    id: &str,
    reason: &str,
) -> Result<Vec<(u32, Identity)>, Problem> {
    fn of<R: Record>(
        tx: &mut Tx<'_>,
        actor: &Actor,
        id: &str,
    ) -> Result<Vec<(u32, String, String)>, Problem> {
        let found: Option<R> = duty::find(tx, id)?;
        let record = found.ok_or(Problem::NotFound)?;
        let spine = record.spine();
        if !sees(actor, R::NOUN, &spine) {
            return Err(Problem::NotFound);
        }
        let open = readable(tx, &role::scope(actor), &spine.matters)?;
        let own = |one: SealedName<'_>| (one.ordinal, one.party.to_owned(), one.sealed.to_owned());
        Ok(record.names(&Eyes { actor, open: &open })?.into_iter().map(own).collect())
    }
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let found = house.db.read(|tx| of_kind!(noun, of(tx, actor, id)))?;
    if found.is_empty() {
        return Err(Problem::NotFound);
    }
    let reason = reasoned(reason)?;
    let subject = format!("{}:{id}", noun.word());
    let open = |(ordinal, party, sealed): (u32, String, String)| {
        let note = house.note(actor, Event::Unmasked).on(&subject).saying(reason);
        Ok((ordinal, super::contact::open(house, &party, &sealed, note)?))
    };
    found.into_iter().map(open).collect()
}
