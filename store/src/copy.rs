//! Moving an office between engines, and dumping it for comparison (迁移).

use crate::row::Row;
use crate::table::{self, Table};
use crate::value::Value;
use crate::{Db, Error, Tx, bulk, fact, matter};
use casework::matter::{Matter, MatterId};
use std::sync::mpsc::{SyncSender, sync_channel};

/// How many rows go from one hand into the other at once.
const PAGE: usize = 4000;
/// How many matters are indexed at once.
const MATTERS: usize = 500;

/// The rows of a table after one, in the order of their keys.
struct Pages<'t> {
    table: &'t Table,
    after: Option<Vec<Value>>,
    done: bool,
}

impl<'t> Pages<'t> {
    fn of(table: &'t Table) -> Self {
        Self { table, after: None, done: false }
    }

    /// The next ones; none after the last.
    fn next(&mut self, tx: &mut Tx<'_>) -> Result<Vec<Vec<Value>>, Error> {
        if self.done {
            return Ok(Vec::new());
        }
        let (select, key) = (self.table.select(), self.table.key.join(", "));
        let mut values = self.after.take().unwrap_or_default();
        let beyond = if values.is_empty() {
            String::new()
        } else {
            let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
            format!("WHERE ({key}) > ({})", places.join(", "))
        };
        values.push(Value::from(PAGE as i64));
        let sql = format!("{select} {beyond} ORDER BY {key} LIMIT ${}", values.len());
        let rows: Vec<Vec<Value>> = tx.all(&sql, &values)?.into_iter().map(Row::values).collect();
        let last = rows.last().and_then(|row| row.get(..self.table.key.len()));
        self.after = last.map(<[Value]>::to_vec);
        self.done = rows.len() < PAGE;
        Ok(rows)
    }
}

/// What goes from one hand into the other.
enum Load {
    Rows(&'static Table, Vec<Vec<Value>>),
    /// To be indexed by their words.
    Matters(Vec<Matter>),
}

impl Load {
    fn put(self, to: &Db) -> Result<(), Error> {
        match self {
            Self::Rows(table, rows) => to.write(move |tx| tx.insert_all(table, &rows)),
            Self::Matters(matters) => to.write(move |tx| {
                matters.iter().try_for_each(|matter: &Matter| matter::index(tx, matter))
            }),
        }
    }
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
    let aside = bulk::begin(to)?;
    // One reading transaction for all: a snapshot that nobody's writing disturbs.
    from.read(|tx| {
        let mut total = 0;
        for table in table::ALL {
            let sql = format!("SELECT COUNT(*) FROM {}", table.name);
            total += tx.number(&sql, &[])?.unsigned_abs();
        }
        let (send, loads) = sync_channel::<Load>(2);
        std::thread::scope(|scope| {
            // One hand reads while the other writes.
            let writer = scope.spawn(move || loads.into_iter().try_for_each(|load| load.put(to)));
            let read = give(tx, send, |done| progress(done, total));
            let written = writer.join().map_err(|_| Error::Engine("the copy broke off".into()))?;
            written.and(read)
        })?;
        bulk::end(to, aside)?;
        // Without settings no office opens: a copy that broke off is none.
        let settings = Pages::of(&table::SETTING).next(tx)?;
        Load::Rows(&table::SETTING, settings).put(to)?;
        progress(total, total);
        Ok(())
    })
}

/// Gives away all tables but the settings, and the matters to be indexed, until nobody takes any more.
fn give(
    tx: &mut Tx<'_>,
    send: SyncSender<Load>,
    mut progress: impl FnMut(u64),
) -> Result<(), Error> {
    let mut done = 0;
    for table in table::ALL.iter().filter(|table| table.name != table::SETTING.name).copied() {
        let mut pages = Pages::of(table);
        loop {
            let rows = pages.next(tx)?;
            done += rows.len() as u64;
            progress(done);
            if rows.is_empty() {
                break;
            }
            if send.send(Load::Rows(table, rows)).is_err() {
                return Ok(());
            }
        }
    }
    for ids in crate::matter::ids(tx)?.chunks(MATTERS) {
        let mut matters = Vec::new();
        for id in ids {
            matters.extend(replay(tx, *id)?);
        }
        if send.send(Load::Matters(matters)).is_err() {
            return Ok(());
        }
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
    db.read(|tx| {
        let mut text = String::new();
        for table in table::ALL {
            text.push_str(&format!("# {}\n", table.name));
            let mut pages = Pages::of(table);
            loop {
                let rows = pages.next(tx)?;
                if rows.is_empty() {
                    break;
                }
                for row in &rows {
                    text.push_str(&format!("{row:?}\n"));
                }
            }
        }
        Ok(text)
    })
}
