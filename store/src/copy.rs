//! Moving an office between engines, and dumping it for comparison (迁移).

use crate::row::Row;
use crate::table::{self, Table};
use crate::value::Value;
use crate::{Db, Error, Tx, fact, params, search};
use casework::matter::{Matter, MatterId};

const PAGE: i64 = 1000;

fn page(tx: &mut Tx<'_>, table: &Table, from: i64) -> Result<Vec<Vec<Value>>, Error> {
    let sql = format!("{} ORDER BY {} LIMIT $1 OFFSET $2", table.select(), table.key.join(", "));
    Ok(tx.all(&sql, params![PAGE, from])?.into_iter().map(Row::values).collect())
}

/// Copies everything into an empty, migrated database, as it was at one moment however long it
/// takes; `progress` gets the rows done and their total. Sessions stay behind: people sign in again.
///
/// # Errors
/// The target is not empty, or an engine failed.
pub fn run(from: &Db, to: &Db, mut progress: impl FnMut(u64, u64)) -> Result<(), Error> {
    let used = to.read(|tx| {
        let settings = tx.number("SELECT COUNT(*) FROM setting", &[])?;
        Ok::<_, Error>(settings + tx.number("SELECT COUNT(*) FROM fact", &[])?)
    })?;
    if used > 0 {
        return Err(Error::Engine("the target already holds an office".to_owned()));
    }
    // One reading transaction for all: a snapshot that nobody's writing disturbs.
    from.read(|tx| {
        let mut total = 0;
        for table in table::ALL {
            let sql = format!("SELECT COUNT(*) FROM {}", table.name);
            total += tx.number(&sql, &[])?.unsigned_abs();
        }
        let mut all = 0;
        let others = table::ALL.iter().filter(|table| table.name != table::SETTING.name);
        for table in others.copied() {
            all += table_of(tx, to, table, |done| progress(all + done, total))?;
        }
        index(tx, to)?;
        // Without settings no office opens: a copy that broke off is none.
        table_of(tx, to, &table::SETTING, |done| progress(all + done, total))?;
        Ok(())
    })
}

/// Copies the rows of one table; says how many there were.
fn table_of(
    tx: &mut Tx<'_>,
    to: &Db,
    table: &'static Table,
    mut progress: impl FnMut(u64),
) -> Result<u64, Error> {
    let mut done: i64 = 0;
    loop {
        let rows = page(tx, table, done)?;
        let count = i64::try_from(rows.len()).unwrap_or(PAGE);
        to.write(move |tx| tx.insert_all(table, rows.clone()))?;
        done += count;
        progress(done.unsigned_abs());
        if count < PAGE {
            return Ok(done.unsigned_abs());
        }
    }
}

/// Makes the search index of the target anew from the case files.
fn index(tx: &mut Tx<'_>, to: &Db) -> Result<(), Error> {
    let ids = crate::matter::ids(tx)?;
    for chunk in ids.chunks(200) {
        let mut matters = Vec::new();
        for id in chunk {
            matters.extend(replay(tx, *id)?);
        }
        to.write(move |tx| {
            matters.iter().try_for_each(|matter: &Matter| search::record(tx, matter))
        })?;
    }
    Ok(())
}

fn replay(tx: &mut Tx<'_>, id: MatterId) -> Result<Option<Matter>, Error> {
    let lines = fact::list(tx, id)?;
    Ok(Matter::replay(id, lines.iter().map(|line| &line.entry)))
}

/// The whole record as text, the same on both engines for the same office.
///
/// # Errors
/// The engine failed.
pub fn dump(db: &Db) -> Result<String, Error> {
    let mut text = String::new();
    for table in table::ALL {
        text.push_str(&format!("# {}\n", table.name));
        let mut done = 0;
        loop {
            let rows = db.read(|tx| page(tx, table, done))?;
            for row in &rows {
                text.push_str(&format!("{row:?}\n"));
            }
            let count = i64::try_from(rows.len()).unwrap_or(PAGE);
            done += count;
            if count < PAGE {
                break;
            }
        }
    }
    Ok(text)
}
