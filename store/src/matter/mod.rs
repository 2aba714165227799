//! Matters (信访事项): the state row, its clocks, its index, written with every fact.

mod list;
mod side;

pub use list::{COUNTED, Listing, MatterRow, NEVER, count, list};
pub(crate) use side::MEDIATED;
pub use side::{led_by, load, open_hearings, open_opinions, published};

use crate::row::same;
use crate::table::{CLOCK, MATTER, MATTER_UNIT, named};
use crate::value::{Value, day};
use crate::{Error, Tx, blob, fact, paper, params, petition, search, setting};
use casework::deadline::Law;
use casework::matter::{Entry, Fact, Matter, MatterId};
use casework::statute::Statutes;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The matter that a case file tells, if there is one of this number.
///
/// # Errors
/// The engine failed, or the file does not parse.
pub fn find(tx: &mut Tx<'_>, id: MatterId) -> Result<Option<Matter>, Error> {
    let lines = fact::list(tx, id)?;
    Ok(Matter::replay(id, lines.iter().map(|line| &line.entry)))
}

/// Appends facts and renews everything that is derived from them, in the same transaction.
///
/// # Errors
/// The engine failed, or the matter changed meanwhile.
pub fn record(
    tx: &mut Tx<'_>,
    after: &Matter,
    entries: &[Entry],
    law: Law<'_>,
) -> Result<(), Error> {
    let added = i64::try_from(entries.len()).unwrap_or_default();
    fact::append(tx, after.id, after.version - added, entries)?;
    paper::record(tx, after.id, after.version - added, entries)?;
    // A file that began just now has no rows to take away.
    let began = after.version == added;
    if !began {
        forget_row(tx, after.id)?;
    }
    record_row(tx, after, law)?;
    let renews = |what: fn(&Fact) -> bool| entries.iter().any(|entry| what(&entry.fact));
    if renews(Fact::renews_petitions) {
        if !began {
            petition::forget(tx, after.id)?;
        }
        petition::record(tx, after, law)?;
    }
    if renews(Fact::renews_words) {
        if !began {
            search::forget(tx, after.id)?;
        }
        search::record(tx, after)?;
    }
    for file in entries.iter().flat_map(|entry| entry.fact.attachments()) {
        blob::record(tx, after.id, file)?;
    }
    Ok(())
}

/// The state row, as the case file gives it.
fn columns(matter: &Matter, law: Law<'_>) -> [(&'static str, Value); 38] {
    let due = matter.next_due(law.statutes, law.calendar).map(|(_, due)| due);
    let cause = matter.conclusion.as_ref().and_then(|conclusion| conclusion.cause);
    let cause = cause.map(casework::matter::Cause::word);
    let answered_on = matter.answer.as_ref().map(|answer| answer.on);
    let first = matter.petitions.first();
    let receiver = matter.first_receiver.as_ref().filter(|_| matter.first_receiver_answers());
    let place = matter.place.0.chars().take(6).collect::<String>();
    named![
        id: matter.id.0,
        version: matter.version,
        jurisdiction: place,
        place: &matter.place.0,
        title: &matter.title,
        category: &matter.category.0,
        step: matter.step.kind().word(),
        holder: &matter.holder.0,
        holder_since: matter.holder_since,
        received_on: matter.received_on,
        registered_on: matter.registered_on,
        answered_on: answered_on,
        answered_day: answered_on.map(day),
        answer_due: matter.answer_due(law),
        served_on: matter.served.as_ref().map(|served| served.on),
        concluded_on: matter.concluded_on,
        cause: cause,
        due_on: due.as_ref().map(|due| due.nominal),
        due_key: due.as_ref().map_or_else(|| NEVER.to_owned(), |due| due.nominal.to_string()),
        due_clock: due.as_ref().map(|due| due.clock.word()),
        is_open: matter.is_open(),
        waits_for_head: matter.waits_for_head(),
        petitions: i64::try_from(matter.petitions.len()).unwrap_or_default(),
        headcount: first.map_or(0, |petition| i64::from(petition.headcount)),
        channel: first.map_or("", |petition| petition.channel.word()),
        collective: first.is_some_and(|petition| petition.collective),
        lead: first.map(petition::lead).unwrap_or_default(),
        sealed: matter.sealed(),
        urgent: matter.is_urgent(),
        supervised: matter.supervision().is_some(),
        watched: matter.watched(),
        keeper: matter.keeper().map_or("", |unit| unit.0.as_str()),
        first_unit: matter.taken_in_by().map(|unit| unit.0.as_str()),
        receiver: receiver.map(|account| account.0.as_str()),
        in_charge: matter.in_hand_of().map(|account| account.0.as_str()),
        checker: matter.checker().map(|account| account.0.as_str()),
        unassigned: matter.unassigned().map(|unit| unit.0.as_str()),
        telling: matter.telling().map(|unit| unit.0.as_str()),
    ]
}

/// Takes a matter's state row and the rows beside it away, to be written anew; the units that it is or was with only
/// become more.
fn forget_row(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Error> {
    tx.run("DELETE FROM matter WHERE id = $1", params![id.0])?;
    tx.run("DELETE FROM clock WHERE matter = $1", params![id.0])?;
    crate::wall::forget(tx, id)?;
    side::forget(tx, id)
}

/// Writes the state row and the rows beside it of a matter that has none written.
fn record_row(tx: &mut Tx<'_>, matter: &Matter, law: Law<'_>) -> Result<(), Error> {
    tx.insert(&MATTER, columns(matter, law))?;
    for row in clocks(matter, law) {
        tx.insert(&CLOCK, row)?;
    }
    crate::wall::record(tx, matter)?;
    side::record(tx, matter)?;
    for unit in &matter.units {
        tx.add(&MATTER_UNIT, named![unit: &unit.0, matter: matter.id.0])?;
    }
    Ok(())
}

/// The rows of the matter's clocks, as the case file gives them.
fn clocks(matter: &Matter, law: Law<'_>) -> Vec<[(&'static str, Value); 7]> {
    (0i64..)
        .zip(&matter.spans)
        .filter_map(|(position, span)| {
            let due = span.due(&matter.place, law.statutes, law.calendar)?;
            Some(named![
                matter: matter.id.0,
                position: position,
                kind: span.clock.word(),
                unit: &span.unit.0,
                started_on: span.started_on,
                ended_on: span.ended_on,
                due_on: due.nominal,
            ])
        })
        .collect()
}

/// What differs between the stored clocks, units and other rows of a matter and its case file.
///
/// # Errors
/// The engine failed.
pub(crate) fn sides_differ(
    tx: &mut Tx<'_>,
    matter: &Matter,
    law: Law<'_>,
) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let id = matter.id;
    let sql = format!("{} WHERE matter = $1 ORDER BY position", CLOCK.select());
    let stored = tx.all(&sql, params![id.0])?;
    if !same(&stored, &clocks(matter, law))? {
        found.push(format!("clock: {id} differs from its file"));
    }
    let units = tx.all("SELECT unit FROM matter_unit WHERE matter = $1", params![id.0])?;
    let units: BTreeSet<String> =
        units.iter().map(|row| row.text("unit")).collect::<Result<_, _>>()?;
    if units != matter.units.iter().map(|unit| unit.0.clone()).collect() {
        found.push(format!("matter_unit: {id} differs from its file"));
    }
    if !crate::wall::holds(tx, matter)? {
        found.push(format!("matter_wall: {id} differs from its file"));
    }
    for table in side::differ(tx, matter)? {
        found.push(format!("{table}: {id} differs from its file"));
    }
    Ok(found)
}

/// What differs between the stored row and the one that the case file gives; for `verify`.
///
/// # Errors
/// The engine failed.
pub fn differs(tx: &mut Tx<'_>, matter: &Matter, law: Law<'_>) -> Result<Vec<String>, Error> {
    let sql = format!("{} WHERE id = $1", MATTER.select());
    match tx.opt(&sql, params![matter.id.0])? {
        Some(stored) => stored.differs(&columns(matter, law)),
        None => Ok(vec!["missing".to_owned()]),
    }
}

/// Every matter's number, in order.
///
/// # Errors
/// The engine failed.
pub fn ids(tx: &mut Tx<'_>) -> Result<Vec<MatterId>, Error> {
    let rows = tx.all("SELECT DISTINCT matter FROM fact ORDER BY matter", &[])?;
    rows.iter().map(|row| row.int("matter").map(MatterId)).collect()
}

/// By which rules the rows beside the case files were made (派生版本): raised whenever a step of the tables, a rule of
/// `casework` or the tokens of `chinese` change what they say, so that every office makes them anew once.
const DERIVATION: &str = "6";

/// The setting that says by what the rows that stand were made.
const DERIVED_BY: &str = "rows.derivation";

/// Whether the rows of all matters are to be made anew: they follow from the case files by other rules or other texts
/// of law than today's, or somebody began to renew them and did not get to the end.
///
/// # Errors
/// The engine failed.
pub fn behind(tx: &mut Tx<'_>, statutes: &Statutes) -> Result<bool, Error> {
    Ok(setting::find(tx, DERIVED_BY)?.is_none_or(|by| by != derivation(statutes)))
}

/// The rules and the texts by which rows are made today, in few letters.
fn derivation(statutes: &Statutes) -> String {
    let texts = Sha256::digest(format!("{statutes:?}").as_bytes());
    format!("{DERIVATION} {}", hex::encode(texts))
}

/// Makes the rows of all matters anew, and which files are theirs, whatever they say: what is derived follows from the
/// case files alone. With the last of them it is written down that they are.
///
/// # Errors
/// The engine failed.
pub fn renew(tx: &mut Tx<'_>, law: Law<'_>) -> Result<(), Error> {
    for id in ids(tx)? {
        let lines = fact::list(tx, id)?;
        let Some(matter) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
            continue;
        };
        forget_row(tx, id)?;
        tx.run("DELETE FROM matter_unit WHERE matter = $1", params![id.0])?;
        record_row(tx, &matter, law)?;
        petition::forget(tx, id)?;
        petition::record(tx, &matter, law)?;
        search::forget(tx, id)?;
        search::record(tx, &matter)?;
        paper::renew(tx, id, &lines)?;
        for file in lines.iter().flat_map(|line| line.entry.fact.attachments()) {
            blob::record(tx, id, file)?;
        }
    }
    setting::record(tx, DERIVED_BY, &derivation(law.statutes))
}

/// Renews the rows of all matters after the calendar changed; says how many due dates moved.
///
/// # Errors
/// The engine failed.
pub fn recompute(tx: &mut Tx<'_>, law: Law<'_>) -> Result<u64, Error> {
    let mut moved = 0;
    for id in ids(tx)? {
        let Some(matter) = find(tx, id)? else { continue };
        let before =
            tx.all("SELECT due_on FROM clock WHERE matter = $1 ORDER BY position", params![id.0])?;
        let before = before.iter().map(|row| row.date("due_on")).collect::<Result<Vec<_>, _>>()?;
        let after: Vec<Date> = matter
            .spans
            .iter()
            .filter_map(|span| {
                span.due(&matter.place, law.statutes, law.calendar).map(|due| due.nominal)
            })
            .collect();
        if before != after {
            moved += 1;
            forget_row(tx, id)?;
            record_row(tx, &matter, law)?;
            petition::forget(tx, id)?;
            petition::record(tx, &matter, law)?;
        }
    }
    Ok(moved)
}
