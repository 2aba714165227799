//! What can be asked of an engine when something seems wrong (体检).

use crate::db::Engine;
use crate::{Error, Tx};
use casework::moment::Instant;

/// Places of the database that are damaged, as the engine names them; nothing of PostgreSQL, which checks each page
/// when it is read. Reads everything.
///
/// # Errors
/// The engine failed.
pub fn damage(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    match tx.engine() {
        Engine::Sqlite => {
            let rows = match tx.all("PRAGMA quick_check(20)", &[]) {
                Ok(rows) => rows,
                // So damaged that not even the places can be told.
                Err(Error::Engine(said)) => return Ok(vec![said]),
                Err(error) => return Err(error),
            };
            let said: Result<Vec<String>, Error> =
                rows.iter().map(|row| row.text("quick_check")).collect();
            Ok(said?.into_iter().filter(|line| line != "ok").collect())
        }
        Engine::Postgres => Ok(Vec::new()),
    }
}

/// Settings of a PostgreSQL server under which something that was acknowledged may be lost, with their values.
///
/// # Errors
/// The engine failed.
pub fn reckless(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Error> {
    if tx.engine() == Engine::Sqlite {
        return Ok(Vec::new());
    }
    let sql = "SELECT name, setting FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
        ORDER BY name";
    tx.all(sql, &[])?.iter().map(|row| Ok((row.text("name")?, row.text("setting")?))).collect()
}

/// What time it is for a PostgreSQL server.
///
/// # Errors
/// The engine failed.
pub fn servers_time(tx: &mut Tx<'_>) -> Result<Option<Instant>, Error> {
    if tx.engine() == Engine::Sqlite {
        return Ok(None);
    }
    let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    Ok(Some(Instant(tx.number(sql, &[])?)))
}

/// When the newest matter or the journal was written last, if ever.
///
/// # Errors
/// The engine failed.
pub fn last_written(tx: &mut Tx<'_>) -> Result<Option<Instant>, Error> {
    let newest = [
        "SELECT at FROM journal ORDER BY sequence DESC LIMIT 1",
        "SELECT at FROM fact ORDER BY matter DESC, sequence DESC LIMIT 1",
    ];
    let mut last = None;
    for sql in newest {
        let at = tx.opt(sql, &[])?.map(|row| row.instant("at")).transpose()?;
        last = last.max(at);
    }
    Ok(last)
}
