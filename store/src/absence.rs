//! Who is away and who stands in (请假代理).

use crate::journal::{Event, Note};
use crate::row::Row;
use crate::table::{ABSENCE, named};
use crate::{Error, Tx, journal};
use casework::moment::Instant;
use casework::org::{Absence, AccountId};

fn absence(row: &Row) -> Result<Absence, Error> {
    Ok(Absence {
        id: row.text("id")?,
        person: AccountId(row.text("person")?),
        deputy: AccountId(row.text("deputy")?),
        from: row.date("from_on")?,
        until: row.date("until_on")?,
    })
}

/// What it says, by which the journal vouches for it: who, for whom, and on which days.
fn words(absence: &Absence) -> String {
    let Absence { person, deputy, from, until, .. } = absence;
    format!("{} {} {from} {until}", person.0, deputy.0)
}

/// Records an absence or changes its days, with a line in the journal that vouches for it: who stands in for a head
/// signs as the head does, so nobody is to stand in unseen.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, absence: &Absence, at: Instant, by: &str) -> Result<(), Error> {
    let row = named![
        id: &absence.id,
        person: &absence.person.0,
        deputy: &absence.deputy.0,
        from_on: absence.from,
        until_on: absence.until,
    ];
    tx.put(&ABSENCE, row)?;
    let note = Note::new(at, by, Event::AbsenceRecorded);
    journal::record(tx, &note.on(&absence.id).saying(words(absence)))
}

/// All absences, by their first day.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Absence>, Error> {
    let sql = format!("{} ORDER BY from_on, id", ABSENCE.select());
    tx.all(&sql, &[])?.iter().map(absence).collect()
}

/// Absences that say something else than the journal vouches for.
///
/// # Errors
/// The engine failed.
pub(crate) fn differences(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut vouched = journal::last_of(tx, Event::AbsenceRecorded)?;
    let mut found = Vec::new();
    for absence in list(tx)? {
        if vouched.remove(&absence.id) != Some(words(&absence)) {
            found.push(format!("absence {}: not what the journal vouches for", absence.id));
        }
    }
    found.extend(vouched.into_keys().map(|id| format!("absence {id}: it is gone")));
    Ok(found)
}
