//! The journal (日志): what happened outside of case files, and every unmasking. Append-only.

use crate::value::Row;
use crate::{Error, Tx, params, setting};
use casework::matter::MatterId;
use casework::moment::Instant;
use casework::role::Scope;
use sha2::{Digest, Sha256};

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct Line {
    /// From 1.
    pub sequence: i64,
    /// When, UTC.
    pub at: Instant,
    /// Who: an account's login, or `portal`.
    pub actor: String,
    /// What kind of thing happened, a locale key.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// Details; never personal data.
    pub body: String,
}

/// Writes a line.
///
/// # Errors
/// The engine failed.
pub fn record(
    tx: &mut Tx<'_>,
    at: Instant,
    actor: &str,
    kind: &str,
    what: (&str, &str),
) -> Result<(), Error> {
    let (subject, body) = what;
    let sequence = setting::draw(tx, "journal")?;
    let before =
        match tx.opt("SELECT hash FROM journal WHERE sequence = $1", params![sequence - 1])? {
            Some(mut row) => row.text()?,
            None => String::new(),
        };
    let line = Line {
        sequence,
        at,
        actor: actor.to_owned(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        body: body.to_owned(),
    };
    let hash = chain(&before, &line);
    tx.run(
        "INSERT INTO journal (sequence, at, actor, kind, subject, body, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![sequence, at.0, actor, kind, subject, body, hash],
    )?;
    Ok(())
}

/// The hash of a line over the one before.
pub fn chain(before: &str, line: &Line) -> String {
    let mut digest = Sha256::new();
    digest.update(format!(
        "{before}\n{}\n{}\n{}\n{}\n{}\n{}",
        line.sequence, line.at.0, line.actor, line.kind, line.subject, line.body
    ));
    hex::encode(digest.finalize())
}

/// Lines before a sequence number, newest first.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>, before: Option<i64>, limit: u32) -> Result<Vec<Line>, Error> {
    let rows = tx.all(
        "SELECT sequence, at, actor, kind, subject, body FROM journal WHERE sequence < $1
         ORDER BY sequence DESC LIMIT $2",
        params![before.unwrap_or(i64::MAX), limit],
    )?;
    rows.into_iter().map(line).collect()
}

/// As [`list`], for a reader: of what walls keep them out of, a line says neither which matter nor what.
///
/// # Errors
/// The engine failed.
pub fn list_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Line>, Error> {
    let mut lines = list(tx, before, limit)?;
    for line in &mut lines {
        let matter = match MatterId::parse(&line.subject) {
            Some(id) => Some(id),
            None => crate::petition::find(tx, &line.subject)?.map(|(id, _)| id),
        };
        if let Some(id) = matter
            && crate::wall::keeps_out(tx, id, scope)?
        {
            line.subject.clear();
            line.body.clear();
        }
    }
    Ok(lines)
}

/// The lines of these kinds from one instant until another, newest first.
///
/// # Errors
/// The engine failed.
pub fn of_kinds(
    tx: &mut Tx<'_>,
    kinds: &[&'static str],
    (from, until): (Instant, Instant),
) -> Result<Vec<Line>, Error> {
    // The kinds come from code and are written out.
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let sql = format!(
        "SELECT sequence, at, actor, kind, subject, body FROM journal
         WHERE kind IN ({}) AND at >= $1 AND at < $2 ORDER BY sequence DESC",
        kinds.join(", ")
    );
    tx.all(&sql, params![from.0, until.0])?.into_iter().map(line).collect()
}

fn line(mut row: Row) -> Result<Line, Error> {
    Ok(Line {
        sequence: row.int()?,
        at: Instant(row.int()?),
        actor: row.text()?,
        kind: row.text()?,
        subject: row.text()?,
        body: row.text()?,
    })
}

/// The first line whose hash does not follow from the one before, if any.
///
/// # Errors
/// The engine failed.
pub fn broken_at(tx: &mut Tx<'_>) -> Result<Option<i64>, Error> {
    let rows = tx.all(
        "SELECT sequence, at, actor, kind, subject, body, hash FROM journal ORDER BY sequence",
        &[],
    )?;
    let (mut before, mut expected) = (String::new(), 1);
    for mut row in rows {
        let line = Line {
            sequence: row.int()?,
            at: Instant(row.int()?),
            actor: row.text()?,
            kind: row.text()?,
            subject: row.text()?,
            body: row.text()?,
        };
        let hash = row.text()?;
        if line.sequence != expected || chain(&before, &line) != hash {
            return Ok(Some(line.sequence));
        }
        (before, expected) = (hash, expected + 1);
    }
    Ok(None)
}
