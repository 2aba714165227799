//! Settings and counters (设置、计数).

use crate::{Error, Tx, params};

/// A setting's value.
///
/// # Errors
/// The engine failed.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, Error> {
    tx.opt("SELECT value FROM setting WHERE name = $1", params![name])?
        .map(|mut row| row.text())
        .transpose()
}

/// Sets a value.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.run(
        "INSERT INTO setting (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}

/// Draws the next number of a counter, from 1; never draws one twice.
///
/// # Errors
/// The engine failed.
pub fn draw(tx: &mut Tx<'_>, counter: &str) -> Result<i64, Error> {
    tx.one(
        "INSERT INTO counter (name, value) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
        params![counter],
    )?
    .int()
}

/// The number that a counter gave out last; 0 before the first.
///
/// # Errors
/// The engine failed.
pub fn drawn(tx: &mut Tx<'_>, counter: &str) -> Result<i64, Error> {
    let found = tx.opt("SELECT value FROM counter WHERE name = $1", params![counter])?;
    found.map_or(Ok(0), |mut row| row.int())
}

/// Forgets tries to look up that lie in spans before the last two.
///
/// # Errors
/// The engine failed.
pub fn forget_old_attempts(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.run(
        "DELETE FROM attempt WHERE bucket >= 'look-up:' AND bucket < 'look-up;' AND span <
           (SELECT COALESCE(MAX(span), 0) - 1 FROM attempt WHERE bucket >= 'look-up:' AND bucket < 'look-up;')",
        &[],
    )?;
    Ok(())
}

/// Forgets the attempts in a bucket.
///
/// # Errors
/// The engine failed.
pub fn forget_attempts(tx: &mut Tx<'_>, bucket: &str) -> Result<(), Error> {
    tx.run("DELETE FROM attempt WHERE bucket = $1", params![bucket])?;
    Ok(())
}

/// Counts an attempt in a bucket; returns how many there were in this span of time, this one
/// included. The span is any number that changes when a new window begins.
///
/// # Errors
/// The engine failed.
pub fn attempt(tx: &mut Tx<'_>, bucket: &str, span: i64) -> Result<i64, Error> {
    tx.one(
        "INSERT INTO attempt (bucket, span, count) VALUES ($1, $2, 1)
         ON CONFLICT (bucket) DO UPDATE SET
           count = CASE WHEN attempt.span = excluded.span THEN attempt.count + 1 ELSE 1 END,
           span = excluded.span
         RETURNING count",
        params![bucket, span],
    )?
    .int()
}
