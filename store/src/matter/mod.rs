//! Matters (信访事项): the state row, its clocks, its index, written with every fact.

mod cell;
mod facet;
mod list;
mod queue;
mod road;
mod row;
mod rows;
mod side;
mod state;

pub use facet::Facet;
pub use list::{Count, Listing, count, list, of_ids};
pub use queue::{Waits, counts, waiting};
pub use road::Cursor;
pub(crate) use road::beside;
pub use row::{MatterRow, NEVER};
pub(crate) use side::MEDIATED;
pub use side::{led_by, load, open_hearings, open_opinions, published};

pub use rows::Derived;
pub(crate) use rows::{matter_column, tables};

use crate::search::Words;
use crate::table::FACT;
use crate::value::Value;
use crate::{Db, Error, Tx, blob, fact, paper, params, search, setting, tally};
use casework::calendar::Calendar;
use casework::deadline::Law;
use casework::matter::{Entry, Matter, MatterId};
use casework::statute::Statutes;
use jiff::ToSpan;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::Arc;

/// The matter that a case file tells, if there is one of this number.
///
/// # Errors
/// The engine failed, or the file does not parse.
pub fn find(tx: &mut Tx<'_>, id: MatterId) -> Result<Option<Matter>, Error> {
    let lines = fact::list(tx, id)?;
    Ok(Matter::replay(id, lines.iter().map(|line| &line.entry)))
}

/// Appends facts and changes everything that is derived from them, in the same transaction; `before` is what the matter
/// came to without them, if there was one.
///
/// # Errors
/// The engine failed, or the matter changed meanwhile.
pub fn record(
    tx: &mut Tx<'_>,
    before: Option<&Derived>,
    after: &Matter,
    entries: &[Entry],
    law: Law<'_>,
) -> Result<(), Error> {
    let Some(before) = before else {
        return Ready::of(after, Cow::Borrowed(entries), law)?.write(tx);
    };
    fact::append(tx, after, entries)?;
    let now = Derived::of(after, law);
    rows::change(tx, before, &now)?;
    if before.words() != now.words() {
        search::forget(tx, after.id)?;
        index(tx, after)?;
    }
    let added = i64::try_from(entries.len()).unwrap_or_default();
    attach(tx, after.id, after.version - added, entries)
}

/// Puts a matter into the index of words, which holds nothing of it.
///
/// # Errors
/// The engine failed.
pub(crate) fn index(tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Error> {
    Words::of(matter, &cell::marks(matter)).write(tx)
}

/// What lines after a version make beside the rows that are derived: papers under their numbers, and whose files are
/// whose.
fn attach(tx: &mut Tx<'_>, id: MatterId, after: i64, entries: &[Entry]) -> Result<(), Error> {
    paper::record(tx, id, after, entries)?;
    for file in entries.iter().flat_map(|entry| entry.fact.attachments()) {
        blob::record(tx, id, file)?;
    }
    Ok(())
}

/// A file that begins, made ready for its transaction (待立案卷): what can be worked out without the record is.
pub struct Ready<'a> {
    id: MatterId,
    entries: Cow<'a, [Entry]>,
    lines: Vec<Vec<Value>>,
    derived: Derived,
    words: Words,
}

impl<'a> Ready<'a> {
    /// The whole file of a matter and what it comes to.
    ///
    /// # Errors
    /// An entry can't be written as text.
    pub fn of(matter: &Matter, entries: Cow<'a, [Entry]>, law: Law<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: matter.id,
            lines: fact::rows("", matter, &entries)?,
            derived: Derived::of(matter, law),
            words: Words::of(matter, &cell::marks(matter)),
            entries,
        })
    }

    /// Its matter's number.
    pub fn id(&self) -> MatterId {
        self.id
    }

    /// Writes it.
    ///
    /// # Errors
    /// The engine failed, or there is a matter of this number.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        tx.insert_all(&FACT, &self.lines)?;
        rows::write(tx, &self.derived)?;
        self.words.write(tx)?;
        attach(tx, self.id, 0, &self.entries)
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
const DERIVATION: &str = "10";

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

/// How many matters share a commit while rows are made anew.
const AT_ONCE: usize = 500;

/// Makes the rows of all matters anew, and which files are theirs, whatever they say: what is derived follows from the
/// case files alone. With the last of them it is written down that they are; until then [`behind`] holds, and nobody
/// may act. `progress` gets done and total.
///
/// # Errors
/// The engine failed.
pub fn renew(
    db: &Db,
    statutes: &Arc<Statutes>,
    calendar: &Arc<Calendar>,
    mut progress: impl FnMut(u64, u64),
) -> Result<(), Error> {
    let ids = db.write(|tx| {
        setting::record(tx, DERIVED_BY, "")?;
        tally::forget(tx)?;
        ids(tx)
    })?;
    let (mut done, total) = (0, ids.len() as u64);
    for part in ids.chunks(AT_ONCE) {
        done += part.len() as u64;
        let (part, statutes, calendar) = (part.to_vec(), statutes.clone(), calendar.clone());
        db.write(move |tx| {
            let law = Law { statutes: &statutes, calendar: &calendar };
            part.iter().try_for_each(|id| renew_one(tx, *id, law))
        })?;
        progress(done, total);
    }
    let by = derivation(statutes);
    db.write(move |tx| setting::record(tx, DERIVED_BY, &by))
}

fn renew_one(tx: &mut Tx<'_>, id: MatterId, law: Law<'_>) -> Result<(), Error> {
    let lines = fact::list(tx, id)?;
    rows::forget(tx, id)?;
    search::forget(tx, id)?;
    let Some(matter) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
        return Ok(());
    };
    rows::write(tx, &Derived::of(&matter, law))?;
    index(tx, &matter)?;
    paper::renew(tx, id, &lines)?;
    for file in lines.iter().flat_map(|line| line.entry.fact.attachments()) {
        blob::record(tx, id, file)?;
    }
    Ok(())
}

/// How many days a date that falls on a holiday may be moved by, and more.
const ROLLED: i64 = 31;

/// Changes the rows of the matters after the calendar changed from what one law made of the files to what another does;
/// says of how many a due date moved. What fell due before the first day that changed is as it was, and not looked at.
///
/// # Errors
/// The engine failed.
pub fn recompute(tx: &mut Tx<'_>, from: Law<'_>, to: Law<'_>) -> Result<u64, Error> {
    let Some(first) = from.calendar.first_difference(to.calendar) else { return Ok(0) };
    let since = first.saturating_sub(ROLLED.days());
    let sql = "SELECT DISTINCT matter FROM clock WHERE due_on >= $1 ORDER BY matter";
    let mut moved = 0;
    for row in tx.all(sql, params![since])? {
        let Some(matter) = find(tx, MatterId(row.int("matter")?))? else { continue };
        let (before, now) = (Derived::of(&matter, from), Derived::of(&matter, to));
        moved += u64::from(before != now);
        rows::change(tx, &before, &now)?;
    }
    Ok(moved)
}
