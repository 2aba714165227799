//! The case file's lines (案卷条目): appended, chained, never changed.

use crate::row::Row;
use crate::table::{FACT, named};
use crate::value::Value;
use crate::{Error, Tx, params};

use casework::matter::participation::{self, ResultAnnounced};
use casework::matter::{Entry, Fact, Matter, MatterId};
use sha2::{Digest, Sha256};

/// A line as it lies in the table.
#[derive(Debug, Clone)]
pub struct FactLine {
    /// From 1 within the matter.
    pub sequence: i64,
    /// The entry.
    pub entry: Entry,
    /// The entry as text, which is what the hash covers.
    pub body: String,
    /// SHA-256 over the hash before and this line, in hex.
    pub hash: String,
}

/// The hash of a line: it covers the one before, so nothing can be slipped in or taken out.
pub fn chain(before: &str, matter: MatterId, sequence: i64, body: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(before.as_bytes());
    digest.update(format!("\n{}\n{sequence}\n", matter.0).as_bytes());
    digest.update(body.as_bytes());
    hex::encode(digest.finalize())
}

/// All lines of a matter, in order.
///
/// # Errors
/// The engine failed, or a line does not parse.
pub fn list(tx: &mut Tx<'_>, matter: MatterId) -> Result<Vec<FactLine>, Error> {
    let sql = "SELECT matter, sequence, body, hash FROM fact WHERE matter = $1 ORDER BY sequence";
    lines(&tx.all(sql, params![matter.0])?)
}

/// Rows as lines.
pub(crate) fn lines(rows: &[Row]) -> Result<Vec<FactLine>, Error> {
    let line = |row: &Row| {
        let (sequence, entry) = (row.int("sequence")?, row.json("body")?);
        Ok(FactLine { sequence, entry, body: row.text("body")?, hash: row.text("hash")? })
    };
    rows.iter().map(line).collect()
}

/// Appends the last lines of a matter's file; somebody who was quicker makes it a conflict.
///
/// # Errors
/// The engine failed, or the file has grown meanwhile.
pub fn append(tx: &mut Tx<'_>, after: &Matter, entries: &[Entry]) -> Result<(), Error> {
    let version = after.version - i64::try_from(entries.len()).unwrap_or_default();
    let before = match version {
        0 => String::new(),
        last => tx
            .opt(
                "SELECT hash FROM fact WHERE matter = $1 AND sequence = $2",
                params![after.id.0, last],
            )?
            .ok_or(Error::Conflict)?
            .text("hash")?,
    };
    tx.insert_all(&FACT, &rows(&before, after, entries)?)
}

/// The last lines of a matter's file as rows, chained to the line before.
///
/// # Errors
/// An entry can't be written as text.
pub(crate) fn rows(
    before: &str,
    after: &Matter,
    entries: &[Entry],
) -> Result<Vec<Vec<Value>>, Error> {
    let mut before = before.to_owned();
    let version = after.version - i64::try_from(entries.len()).unwrap_or_default();
    let mut rows = Vec::with_capacity(entries.len());
    for (sequence, entry) in (version + 1..).zip(entries) {
        let body = serde_json::to_string(entry)?;
        let hash = chain(&before, after.id, sequence, &body);
        let line = Line { sequence, entry, body: &body, hash: &hash };
        rows.push(FACT.row(line.columns(after))?);
        before = hash;
    }
    Ok(rows)
}

/// A line as it is written.
struct Line<'a> {
    sequence: i64,
    entry: &'a Entry,
    body: &'a str,
    hash: &'a str,
}

impl Line<'_> {
    /// Its row: what is asked for by columns beside the body that the chain covers.
    fn columns(&self, of: &Matter) -> [(&'static str, Value); 10] {
        let Self { sequence, entry, body, hash } = *self;
        named![
            matter: of.id.0,
            sequence: sequence,
            kind: entry.fact.word(),
            at: entry.at.0,
            day: entry.on,
            actor: &entry.actor.0,
            unit: &entry.unit.0,
            body: body,
            hash: hash,
            jurisdiction: &of.jurisdiction.0,
        ]
    }
}

/// What stands in the columns of a file's lines beside what their bodies say; for `verify`.
///
/// # Errors
/// A row has not these columns.
pub(crate) fn differences(
    rows: &[Row],
    matter: &Matter,
    lines: &[FactLine],
) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for (row, FactLine { sequence, entry, body, hash }) in rows.iter().zip(lines) {
        let line = Line { sequence: *sequence, entry, body, hash };
        for difference in row.differs(&line.columns(matter))? {
            found.push(format!("fact {}/{sequence}: {difference}", matter.id));
        }
    }
    Ok(found)
}

/// The newest facts of a kind that has an index of its own, of all matters.
fn newest(tx: &mut Tx<'_>, kind: &'static str, limit: u32) -> Result<Vec<Fact>, Error> {
    // Written out, since an index over one kind is taken for that word alone.
    let sql = format!(
        "SELECT matter, sequence, body FROM fact WHERE kind = '{kind}'
         ORDER BY day DESC, matter DESC, sequence DESC LIMIT $1"
    );
    let fact = |row: &Row| row.json::<Entry>("body").map(|entry| entry.fact);
    tx.all(&sql, params![limit])?.iter().map(fact).collect()
}

/// The newest results that were announced and published, of all matters.
///
/// # Errors
/// The engine failed, or a line does not parse.
pub fn announced(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ResultAnnounced>, Error> {
    let mut results = Vec::new();
    for fact in newest(tx, "result_announced", limit)? {
        if let Fact::Participation(participation::Fact::ResultAnnounced(result)) = fact {
            results.push(result);
        }
    }
    Ok(results)
}
