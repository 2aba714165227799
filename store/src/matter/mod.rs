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

use crate::{Error, Tx, blob, fact, paper, search, setting, tally};
use casework::deadline::Law;
use casework::matter::{Entry, Matter, MatterId};
use casework::statute::Statutes;
use sha2::{Digest, Sha256};

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
    let added = i64::try_from(entries.len()).unwrap_or_default();
    fact::append(tx, after.id, after.version - added, entries)?;
    paper::record(tx, after.id, after.version - added, entries)?;
    let now = Derived::of(after, law);
    match before {
        None => {
            rows::write(tx, &now)?;
            search::record(tx, after)?;
        }
        Some(before) => {
            rows::change(tx, before, &now)?;
            if before.words() != now.words() {
                search::forget(tx, after.id)?;
                search::record(tx, after)?;
            }
        }
    }
    for file in entries.iter().flat_map(|entry| entry.fact.attachments()) {
        blob::record(tx, after.id, file)?;
    }
    Ok(())
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
const DERIVATION: &str = "7";

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
    tally::forget(tx)?;
    for id in ids(tx)? {
        let lines = fact::list(tx, id)?;
        let Some(matter) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
            continue;
        };
        let now = Derived::of(&matter, law);
        rows::forget(tx, id)?;
        rows::write(tx, &now)?;
        search::forget(tx, id)?;
        search::record(tx, &matter)?;
        paper::renew(tx, id, &lines)?;
        for file in lines.iter().flat_map(|line| line.entry.fact.attachments()) {
            blob::record(tx, id, file)?;
        }
    }
    setting::record(tx, DERIVED_BY, &derivation(law.statutes))
}

/// Changes the rows of all matters after the calendar changed from what one law made of the files to what another does;
/// says of how many a due date moved.
///
/// # Errors
/// The engine failed.
pub fn recompute(tx: &mut Tx<'_>, from: Law<'_>, to: Law<'_>) -> Result<u64, Error> {
    let mut moved = 0;
    for id in ids(tx)? {
        let Some(matter) = find(tx, id)? else { continue };
        let (before, now) = (Derived::of(&matter, from), Derived::of(&matter, to));
        moved += u64::from(before != now);
        rows::change(tx, &before, &now)?;
    }
    Ok(moved)
}
