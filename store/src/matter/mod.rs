//! Matters (信访事项): the state row, its clocks, its index, written with every fact.

mod list;
mod side;

pub use list::{COUNTED, Listing, MatterRow, NEVER, count, list};
pub use side::{led_by, load, supervised_as};

use crate::value::Value;
use crate::{Error, Tx, blob, fact, params, petition, search};
use casework::calendar::days_between;
use casework::deadline::Law;
use casework::figure::Head;
use casework::matter::handling::ExtensionState;
use casework::matter::{Entry, Fact, Matter, MatterId, Step};
use casework::statute::ClockKind;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

/// Days since 1970-01-01, so that both engines can subtract dates.
pub fn day(on: Date) -> i64 {
    days_between(date(1970, 1, 1), on)
}

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
    record_row(tx, after, law)?;
    let renews = |what: fn(&Fact) -> bool| entries.iter().any(|entry| what(&entry.fact));
    if renews(Fact::renews_petitions) {
        petition::record(tx, after)?;
    }
    if renews(Fact::renews_words) {
        search::record(tx, after)?;
    }
    for file in entries.iter().flat_map(|entry| entry.fact.attachments()) {
        blob::record(tx, after.id, file)?;
    }
    Ok(())
}

/// The columns of the state row, as the case file gives them.
fn columns(matter: &Matter, law: Law<'_>) -> Vec<Value> {
    let due = matter.next_due(law.statutes, law.calendar).map(|(_, due)| due);
    let cause = matter.conclusion.as_ref().and_then(|conclusion| conclusion.cause);
    let cause = cause.map(casework::matter::Cause::word);
    let waits = matches!(matter.extension, ExtensionState::Asked(_))
        || (matter.step == Step::Accepted && matter.unanswered().next().is_none());
    let answered_on = matter.answer.as_ref().map(|answer| answer.on);
    let first = matter.petitions.first();
    let place = matter.place.0.chars().take(6).collect::<String>();
    params![
        matter.version,
        place,
        &matter.place.0,
        &matter.title,
        &matter.category.0,
        Head::of(&matter.category.0).word(),
        matter.step.kind().word(),
        &matter.holder.0,
        matter.holder_since,
        matter.received_on,
        matter.registered_on,
        answered_on,
        answered_on.map(day),
        answer_due(matter, law),
        matter.served.as_ref().map(|served| served.on),
        matter.concluded_on,
        cause,
        due.as_ref().map(|due| due.nominal),
        due.as_ref().map_or_else(|| NEVER.to_owned(), |due| due.nominal.to_string()),
        due.as_ref().map(|due| due.clock.word()),
        !matches!(matter.step, Step::Concluded(_)) || matter.supervision().is_some(),
        waits,
        i64::try_from(matter.petitions.len()).unwrap_or_default(),
        first.map_or(0, |petition| i64::from(petition.headcount)),
        first.map_or("", |petition| petition.channel.word()),
        first.is_some_and(|petition| petition.collective),
        first.map(petition::lead).unwrap_or_default(),
        matter.sealed(),
        matter.is_urgent(),
        matter.supervision().is_some(),
        matter.watched(),
        matter.keeper().map_or("", |unit| unit.0.as_str()),
    ]
    .to_vec()
}

/// When the answer was or is due: by the unit's handling clock, or by the office's own where it
/// answered directly.
fn answer_due(matter: &Matter, law: Law<'_>) -> Option<Date> {
    let handling = matter.spans.iter().rfind(|span| span.clock == ClockKind::Handling);
    let directly = || {
        let answered_on = matter.answer.as_ref()?.on;
        matter.spans.iter().rfind(|span| {
            span.clock == ClockKind::Disposition && span.ended_on == Some(answered_on)
        })
    };
    let span = handling.or_else(directly)?;
    span.due(&matter.place, law.statutes, law.calendar).map(|due| due.nominal)
}

const NAMES: &str =
    "version, jurisdiction, place, title, category, head, step, holder, holder_since,
  received_on, registered_on, answered_on, answered_day, answer_due, served_on, concluded_on, cause, due_on, due_key,
  due_clock, is_open, waits_for_head, petitions, headcount, channel, collective, lead, sealed, urgent, supervised,
  watched, keeper";

fn record_row(tx: &mut Tx<'_>, matter: &Matter, law: Law<'_>) -> Result<(), Error> {
    let mut values = columns(matter, law);
    values.insert(0, Value::Int(matter.id.0));
    if matter.version > 1 {
        tx.run("DELETE FROM matter WHERE id = $1", params![matter.id.0])?;
        tx.run("DELETE FROM clock WHERE matter = $1", params![matter.id.0])?;
    }
    tx.run(
        "INSERT INTO matter (id, version, jurisdiction, place, title, category, head, step, holder,
           holder_since, received_on, registered_on, answered_on, answered_day, answer_due, served_on,
           concluded_on, cause, due_on, due_key, due_clock, is_open, waits_for_head, petitions,
           headcount, channel, collective, lead, sealed, urgent, supervised, watched, keeper)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
           $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)",
        &values,
    )?;
    for row in clocks(matter, law) {
        tx.run(
            "INSERT INTO clock (matter, position, kind, unit, started_on, ended_on, due_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &row,
        )?;
    }
    crate::wall::record(tx, matter)?;
    side::record(tx, matter)?;
    for unit in &matter.units {
        tx.run(
            "INSERT INTO matter_unit (unit, matter) VALUES ($1, $2) ON CONFLICT (unit, matter) DO NOTHING",
            params![&unit.0, matter.id.0],
        )?;
    }
    Ok(())
}

/// The rows of the matter's clocks, as the case file gives them.
fn clocks(matter: &Matter, law: Law<'_>) -> Vec<Vec<Value>> {
    (0i64..)
        .zip(&matter.spans)
        .filter_map(|(position, span)| {
            let due = span.due(&matter.place, law.statutes, law.calendar)?;
            Some(
                params![
                    matter.id.0,
                    position,
                    span.clock.word(),
                    &span.unit.0,
                    span.started_on,
                    span.ended_on,
                    due.nominal
                ]
                .to_vec(),
            )
        })
        .collect()
}

/// What differs between the stored clocks, units and files of a matter and its case file.
///
/// # Errors
/// The engine failed.
pub(crate) fn sides_differ(
    tx: &mut Tx<'_>,
    matter: &Matter,
    files: &BTreeSet<String>,
    law: Law<'_>,
) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let id = matter.id;
    let sql = "SELECT matter, position, kind, unit, started_on, ended_on, due_on FROM clock
               WHERE matter = $1 ORDER BY position";
    let stored: Vec<Vec<Value>> = tx
        .all(sql, params![id.0])?
        .into_iter()
        .map(|mut row| (0..7).map(|_| row.value()).collect())
        .collect();
    if stored != clocks(matter, law) {
        found.push(format!("clock: {id} differs from its file"));
    }
    let units = tx.all("SELECT unit FROM matter_unit WHERE matter = $1", params![id.0])?;
    let units: BTreeSet<String> =
        units.into_iter().map(|mut row| row.text()).collect::<Result<_, _>>()?;
    if units != matter.units.iter().map(|unit| unit.0.clone()).collect() {
        found.push(format!("matter_unit: {id} differs from its file"));
    }
    if !crate::wall::holds(tx, matter)? {
        found.push(format!("matter_wall: {id} differs from its file"));
    }
    for table in side::differ(tx, matter)? {
        found.push(format!("{table}: {id} differs from its file"));
    }
    let stored = tx.all("SELECT hash FROM attachment WHERE matter = $1", params![id.0])?;
    let stored: BTreeSet<String> =
        stored.into_iter().map(|mut row| row.text()).collect::<Result<_, _>>()?;
    if let Some(missing) = files.difference(&stored).next() {
        found.push(format!("attachment: {id} lacks {missing}"));
    }
    Ok(found)
}

/// What differs between the stored row and the one that the case file gives; for `verify`.
///
/// # Errors
/// The engine failed.
pub fn differs(tx: &mut Tx<'_>, matter: &Matter, law: Law<'_>) -> Result<Vec<String>, Error> {
    let expected = columns(matter, law);
    let sql = format!("SELECT {NAMES} FROM matter WHERE id = $1");
    let Some(mut stored) = tx.opt(&sql, params![matter.id.0])? else {
        return Ok(vec!["missing".to_owned()]);
    };
    Ok(NAMES
        .split(',')
        .map(str::trim)
        .zip(expected)
        .filter_map(|(name, value)| {
            let found = stored.value();
            (found != value).then(|| format!("{name}: {found:?} instead of {value:?}"))
        })
        .collect())
}

/// Every matter's number, in order.
///
/// # Errors
/// The engine failed.
pub fn ids(tx: &mut Tx<'_>) -> Result<Vec<MatterId>, Error> {
    let rows = tx.all("SELECT DISTINCT matter FROM fact ORDER BY matter", &[])?;
    rows.into_iter().map(|mut row| row.int().map(MatterId)).collect()
}

/// Renews the rows of all matters, and which files are theirs, whatever they say: after a migration that added to
/// them, since what is derived follows from the case files alone.
///
/// # Errors
/// The engine failed.
pub fn renew(tx: &mut Tx<'_>, law: Law<'_>) -> Result<(), Error> {
    for id in ids(tx)? {
        let lines = fact::list(tx, id)?;
        let Some(matter) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
            continue;
        };
        tx.run("DELETE FROM matter WHERE id = $1", params![id.0])?;
        tx.run("DELETE FROM clock WHERE matter = $1", params![id.0])?;
        tx.run("DELETE FROM matter_wall WHERE matter = $1", params![id.0])?;
        record_row(tx, &matter, law)?;
        for file in lines.iter().flat_map(|line| line.entry.fact.attachments()) {
            blob::record(tx, id, file)?;
        }
    }
    Ok(())
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
        let before = before.into_iter().map(|mut row| row.date()).collect::<Result<Vec<_>, _>>()?;
        let after: Vec<Date> = matter
            .spans
            .iter()
            .filter_map(|span| {
                span.due(&matter.place, law.statutes, law.calendar).map(|due| due.nominal)
            })
            .collect();
        if before != after {
            moved += 1;
            tx.run("DELETE FROM matter WHERE id = $1", params![id.0])?;
            tx.run("DELETE FROM clock WHERE matter = $1", params![id.0])?;
            record_row(tx, &matter, law)?;
        }
    }
    Ok(moved)
}
