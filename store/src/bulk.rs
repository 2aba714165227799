//! Taking much in at once (批量写入): an index that is made once over all rows costs a tenth of one that is kept up row by
//! row, so indexes are laid aside before and made anew after. Meanwhile nobody uses the record.

use crate::row::Row;
use crate::{Db, Error, Tx, db::Engine};

/// The indexes that were laid aside, by the statements that make them.
pub struct Aside(Vec<String>);

/// An index as the engine knows it: its name and the statement that makes it. Those of keys stay.
fn indexes(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Error> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT name, sql AS made FROM sqlite_master
             WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT CAST(indexname AS TEXT) AS name, indexdef AS made FROM pg_indexes
             WHERE schemaname = current_schema() AND indexname NOT IN
               (SELECT conname FROM pg_constraint
                WHERE connamespace = CAST(current_schema() AS regnamespace))
             ORDER BY indexname"
        }
    };
    let one = |row: &Row| Ok((row.text("name")?, row.text("made")?));
    tx.all(sql, &[])?.iter().map(one).collect()
}

/// How much of the index of words SQLite gathers in memory before it writes, in bytes: while much comes in, and else.
const GATHERED: [u32; 2] = [64 * 1024 * 1024, 1024 * 1024];

fn gather(tx: &mut Tx<'_>, bytes: u32) -> Result<(), Error> {
    match tx.engine() {
        Engine::Sqlite => {
            let sql = "INSERT INTO search (search, rank) VALUES ('hashsize', $1)";
            tx.run(sql, crate::params![bytes]).map(|_| ())
        }
        Engine::Postgres => Ok(()),
    }
}

/// Lays the indexes aside.
///
/// # Errors
/// The engine failed.
pub fn begin(db: &Db) -> Result<Aside, Error> {
    db.write(|tx| {
        let mut aside = Vec::new();
        for (name, made) in indexes(tx)? {
            tx.script(&format!("DROP INDEX {name}"))?;
            aside.push(made);
        }
        gather(tx, GATHERED[0])?;
        Ok(Aside(aside))
    })
}

/// Makes them anew, one in each transaction.
///
/// # Errors
/// The engine failed.
pub fn end(db: &Db, Aside(aside): Aside) -> Result<(), Error> {
    db.write(|tx| gather(tx, GATHERED[1]))?;
    for made in aside {
        db.write(move |tx| tx.script(&made))?;
    }
    db.settle()
}
