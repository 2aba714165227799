//! Settings and counters (设置、计数).

use crate::table::{SETTING, named};
use crate::{Error, Tx, params};
use casework::moment::Instant;

/// A setting's value.
///
/// # Errors
/// The engine failed.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, Error> {
    tx.opt("SELECT value FROM setting WHERE name = $1", params![name])?
        .map(|row| row.text("value"))
        .transpose()
}

/// Sets a value.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.put(&SETTING, named![name: name, value: value])
}

/// Draws the next number.
pub(crate) const DRAW: &str = "INSERT INTO counter (name, value) VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value";
/// Asks for the last one.
pub(crate) const DRAWN: &str = "SELECT value FROM counter WHERE name = $1";

/// Draws the next number of a counter, from 1; never draws one twice.
///
/// # Errors
/// The engine failed.
pub fn draw(tx: &mut Tx<'_>, counter: &str) -> Result<i64, Error> {
    tx.draw(counter)
}

/// Lets a counter give out no number up to this one any more, since they were given out by other means.
///
/// # Errors
/// The engine failed.
pub fn advance(tx: &mut Tx<'_>, counter: &str, last: i64) -> Result<(), Error> {
    tx.run(
        "INSERT INTO counter (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value
           WHERE excluded.value > counter.value",
        params![counter, last],
    )
    .map(|_| ())
}

/// The number that a counter gave out last; 0 before the first.
///
/// # Errors
/// The engine failed.
pub fn drawn(tx: &mut Tx<'_>, counter: &str) -> Result<i64, Error> {
    Ok(tx.drawn(counter)?.unwrap_or_default())
}

/// A limit on tries (次数限制): so many within a span that begins with the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TryLimit {
    /// How many may be tried.
    pub most: i64,
    /// Within how many milliseconds.
    pub span: i64,
}

/// Counts a try in a bucket, this one included, and says whether it is within the limit.
///
/// # Errors
/// The engine failed.
pub fn within(tx: &mut Tx<'_>, bucket: &str, limit: TryLimit, now: Instant) -> Result<bool, Error> {
    count(tx, bucket, 1, limit, now)
}

/// As [`within`], for tries of different weight, such as bytes.
///
/// # Errors
/// The engine failed.
pub fn count(
    tx: &mut Tx<'_>,
    bucket: &str,
    weight: i64,
    limit: TryLimit,
    now: Instant,
) -> Result<bool, Error> {
    let counted = tx.number(
        "INSERT INTO attempt (bucket, until, count) VALUES ($1, $2, $3)
         ON CONFLICT (bucket) DO UPDATE SET
           count = CASE WHEN attempt.until > $4 THEN attempt.count + excluded.count
             ELSE excluded.count END,
           until = CASE WHEN attempt.until > $4 THEN attempt.until ELSE excluded.until END
         RETURNING count",
        params![bucket, now.0.saturating_add(limit.span), weight, now.0],
    )?;
    Ok(counted <= limit.most)
}

/// Whether a bucket is used up, without counting.
///
/// # Errors
/// The engine failed.
pub fn used_up(
    tx: &mut Tx<'_>,
    bucket: &str,
    limit: TryLimit,
    now: Instant,
) -> Result<bool, Error> {
    let sql = "SELECT count FROM attempt WHERE bucket = $1 AND until > $2";
    let found = tx.opt(sql, params![bucket, now.0])?.map(|row| row.int("count")).transpose()?;
    Ok(found.is_some_and(|count| count >= limit.most))
}

/// Forgets the counts whose span is over.
///
/// # Errors
/// The engine failed.
pub fn forget_tries(tx: &mut Tx<'_>, now: Instant) -> Result<(), Error> {
    tx.run("DELETE FROM attempt WHERE until <= $1", params![now.0])?;
    Ok(())
}
