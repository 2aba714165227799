//! What is derived from a case file (派生行), table by table. A line of the file changes little of it: what the file
//! told before and what it tells now are laid side by side, and only the difference is written.

use super::{cell, side, state};
use crate::row::Row;
use crate::table::{
    CLOCK, MATTER, MATTER_UNIT, MATTER_WALL, PETITION, QUEUED, Rows, Table, Written,
};
use crate::tally::{self, Changes};
use crate::value::Value;
use crate::{Error, Tx, counted, params, petition, search, wall};
use casework::deadline::Law;
use casework::matter::{Matter, MatterId};

/// All rows that follow from a matter as it stands (事项派生行), but for its words and papers.
#[derive(PartialEq)]
pub struct Derived {
    tables: Vec<Rows>,
    cells: Changes,
    /// By which texts it is found, in few letters.
    words: String,
}

impl Derived {
    /// What a matter comes to under the law.
    pub fn of(matter: &Matter, law: Law<'_>) -> Self {
        let queued = matter.queued(law);
        let mut tables = state::rows(matter, law);
        tables.push(state::queued(matter, &queued));
        tables.push(wall::rows(matter));
        tables.push(petition::rows(matter, law));
        tables.extend(side::rows(matter));
        let mut cells = cell::cells(matter, &queued);
        tally::merge(&mut cells, counted::cells(matter, law));
        Self { tables, cells, words: search::digest(matter, &cell::marks(matter)) }
    }

    /// Of a matter of which nothing is written yet.
    fn nothing() -> Self {
        Self { tables: Vec::new(), cells: Changes::new(), words: String::new() }
    }

    /// By which texts it is found, in few letters.
    pub(crate) fn words(&self) -> &str {
        &self.words
    }

    /// What differs between rows that are stored, in the order of their keys, and these; for `verify`.
    ///
    /// # Errors
    /// A row has not the columns of its table.
    pub(crate) fn differences<'r>(
        &self,
        id: MatterId,
        stored: impl Fn(&'static str) -> Option<&'r [Row]>,
    ) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for Rows { table, rows } in &self.tables {
            let (name, stored) = (table.name, stored(table.name).unwrap_or_default());
            if stored.len() != rows.len() {
                let (have, want) = (stored.len(), rows.len());
                found.push(format!("{name}: {id} has {have} rows, its file {want}"));
                continue;
            }
            let mut expected: Vec<&Written> = rows.iter().collect();
            expected.sort();
            for (row, expected) in stored.iter().zip(expected) {
                for difference in row.differs(expected)? {
                    found.push(format!("{name}: {id} {difference}"));
                }
            }
        }
        Ok(found)
    }

    /// How often it stands under which counters.
    pub(crate) fn cells(&self) -> &Changes {
        &self.cells
    }

    fn of_table(&self, table: &Table) -> &[Written] {
        let found = self.tables.iter().find(|rows| rows.table.name == table.name);
        found.map_or(&[], |rows| &rows.rows)
    }
}

/// Makes the tables hold what a matter comes to now, where they hold what it came to before.
///
/// # Errors
/// The engine failed.
pub(super) fn change(tx: &mut Tx<'_>, before: &Derived, now: &Derived) -> Result<(), Error> {
    for Rows { table, rows } in &now.tables {
        let known = before.of_table(table);
        let same = |one: &Written, other: &Written| key(table, one) == key(table, other);
        for gone in known.iter().filter(|old| !rows.iter().any(|new| same(old, new))) {
            delete(tx, table, gone)?;
        }
        for row in rows {
            match known.iter().find(|old| same(old, row)) {
                None => tx.insert(table, row.iter().cloned())?,
                Some(old) => update(tx, table, old, row)?,
            }
        }
    }
    tx.tally(tally::changes(&before.cells, &now.cells));
    Ok(())
}

/// Writes the rows of a matter of which nothing is written yet.
///
/// # Errors
/// The engine failed.
pub(super) fn write(tx: &mut Tx<'_>, now: &Derived) -> Result<(), Error> {
    change(tx, &Derived::nothing(), now)
}

/// Takes all rows of a matter away, whatever they say.
///
/// # Errors
/// The engine failed.
pub(super) fn forget(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Error> {
    for table in tables() {
        let sql = format!("DELETE FROM {} WHERE {} = $1", table.name, matter_column(table));
        tx.run(&sql, params![id.0])?;
    }
    Ok(())
}

/// The tables of these rows.
pub(crate) fn tables() -> impl Iterator<Item = &'static Table> {
    let near = [&MATTER, &CLOCK, &MATTER_UNIT, &QUEUED, &MATTER_WALL, &PETITION];
    near.into_iter().map(|table| -> &'static Table { table }).chain(side::tables())
}

/// The column by which a table tells whose row it is.
pub(crate) fn matter_column(table: &Table) -> &'static str {
    if table.columns.contains(&"matter") { "matter" } else { "id" }
}

/// What tells a row from the others of its table.
fn key<'a>(table: &Table, row: &'a Written) -> &'a [(&'static str, Value)] {
    row.get(..table.key.len()).unwrap_or(row)
}

/// The condition on a row's key, its values numbered after those that there are.
fn where_key(table: &Table, row: &Written, values: &mut Vec<Value>) -> String {
    let mut parts = Vec::new();
    for (column, value) in key(table, row) {
        values.push(value.clone());
        parts.push(format!("{column} = ${}", values.len()));
    }
    parts.join(" AND ")
}

fn delete(tx: &mut Tx<'_>, table: &Table, row: &Written) -> Result<(), Error> {
    let mut values = Vec::new();
    let key = where_key(table, row, &mut values);
    tx.run(&format!("DELETE FROM {} WHERE {key}", table.name), &values).map(|_| ())
}

/// Writes the columns that differ; an index over none of them is left alone.
fn update(
    tx: &mut Tx<'_>,
    table: &'static Table,
    old: &Written,
    new: &Written,
) -> Result<(), Error> {
    let (mut sets, mut values) = (Vec::new(), Vec::new());
    for ((column, value), _) in new.iter().zip(old).filter(|(new, old)| new != old) {
        values.push(value.clone());
        sets.push(format!("{column} = ${}", values.len()));
    }
    if sets.is_empty() {
        return Ok(());
    }
    let key = where_key(table, new, &mut values);
    let sql = format!("UPDATE {} SET {} WHERE {key}", table.name, sets.join(", "));
    // What is not there is no row to change: somebody took it away beside the program.
    if tx.run(&sql, &values)? == 0 {
        tx.insert(table, new.iter().cloned())?;
    }
    Ok(())
}
