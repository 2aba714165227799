//! Moving an office between engines, and dumping it for comparison (迁移).

use crate::value::Value;
use crate::{Db, Error, Tx, fact, params, search};
use casework::matter::{Matter, MatterId};

/// A table: its name, its columns, and by what it is ordered. The search index is made anew.
const TABLES: [(&str, &str, &str); 31] = [
    ("setting", "name, value", "name"),
    ("counter", "name, value", "name"),
    ("jurisdiction", "code, name, level, parent", "code"),
    ("unit", "id, name, short, kind, jurisdiction, parent, phone, address, closed_on", "id"),
    ("post", "id, unit, name, rank", "id"),
    (
        "account",
        "id, login, name, unit, post, roles, password, must_change, failures, locked_until, closed_on",
        "id",
    ),
    ("api_token", "token, account, label, created_at, closed_at", "token"),
    ("once", "sender, word, request, outcome, at", "sender, word"),
    ("schedule", "year, body", "year"),
    ("category", "path, in_force_from, in_force_until", "path, in_force_from"),
    (
        "matter",
        "id, version, jurisdiction, place, title, category, head, step, holder, holder_since, \
         received_on, registered_on, answered_on, answered_day, answer_due, served_on, concluded_on, \
         cause, due_on, due_key, due_clock, is_open, waits_for_head, petitions, headcount, channel, \
         collective, lead, sealed, urgent, supervised, watched, keeper",
        "id",
    ),
    ("matter_wall", "who, matter", "who, matter"),
    ("petition_code", "petition, turn, hash, why, issued_at", "petition, turn"),
    ("local_holiday", "day, name, document", "day"),
    ("job", "name, holder, lease_until, started_at, ended_at, done, problem", "name"),
    (
        "reminder",
        "matter, position, stage, due_on, kind, unit, made_on",
        "matter, position, stage, due_on",
    ),
    ("proposal", "matter, cause, found_on", "matter, cause"),
    ("duty", "noun, id, version, day, person, body", "noun, id"),
    ("duty_file", "noun, id, hash", "noun, id, hash"),
    ("matter_unit", "unit, matter", "unit, matter"),
    (
        "supervision",
        "matter, turn, number, form, cause, unit, since, answered_on, closed_on",
        "matter, turn",
    ),
    (
        "recommendation",
        "matter, turn, number, kind, unit, since, answered_on, adopted",
        "matter, turn",
    ),
    ("leader_deed", "matter, turn, kind, leader, since, due_on, done_on, note", "matter, turn"),
    ("promise", "matter, turn, unit, due_on, due_day, done_on", "matter, turn"),
    ("fact", "matter, sequence, kind, at, day, actor, unit, body, hash", "matter, sequence"),
    (
        "petition",
        "number, matter, position, channel, collective, headcount, received_on, received_day, \
         registered_on, title, head, head_before, head_since, place, lead, query_hash, reference",
        "number",
    ),
    ("clock", "matter, position, kind, unit, started_on, ended_on, due_on", "matter, position"),
    ("party_key", "party, matter, wrapped", "party"),
    ("blind", "kind, digest, party, matter", "kind, digest, party"),
    ("attachment", "matter, hash, name, media, size", "matter, hash"),
    ("journal", "sequence, at, actor, kind, subject, body, hash", "sequence"),
];

const PAGE: i64 = 1000;

fn page(tx: &mut Tx<'_>, table: (&str, &str, &str), from: i64) -> Result<Vec<Vec<Value>>, Error> {
    let (name, columns, order) = table;
    let width = columns.split(',').count();
    let sql = format!("SELECT {columns} FROM {name} ORDER BY {order} LIMIT $1 OFFSET $2");
    let rows = tx.all(&sql, params![PAGE, from])?;
    Ok(rows.into_iter().map(|mut row| (0..width).map(|_| row.value()).collect()).collect())
}

/// Copies everything into an empty, migrated database, as it was at one moment however long it
/// takes; `progress` gets the rows done and their total. Sessions stay behind: people sign in again.
///
/// # Errors
/// The target is not empty, or an engine failed.
pub fn run(from: &Db, to: &Db, mut progress: impl FnMut(u64, u64)) -> Result<(), Error> {
    let used = to.read(|tx| {
        let settings = tx.one("SELECT COUNT(*) FROM setting", &[])?.int()?;
        Ok::<_, Error>(settings + tx.one("SELECT COUNT(*) FROM fact", &[])?.int()?)
    })?;
    if used > 0 {
        return Err(Error::Engine("the target already holds an office".to_owned()));
    }
    // One reading transaction for all: a snapshot that nobody's writing disturbs.
    from.read(|tx| {
        let mut total = 0;
        for (name, _, _) in TABLES {
            total += tx.one(&format!("SELECT COUNT(*) FROM {name}"), &[])?.int()?.unsigned_abs();
        }
        let mut all = 0;
        for table in TABLES {
            let mut done: i64 = 0;
            loop {
                let rows = page(tx, table, done)?;
                let count = i64::try_from(rows.len()).unwrap_or(PAGE);
                to.write(move |tx| insert(tx, table, &rows))?;
                done += count;
                all += count.unsigned_abs();
                progress(all, total);
                if count < PAGE {
                    break;
                }
            }
        }
        index(tx, to)
    })
}

fn insert(tx: &mut Tx<'_>, table: (&str, &str, &str), rows: &[Vec<Value>]) -> Result<(), Error> {
    let (name, columns, _) = table;
    let places: Vec<String> = (1..=columns.split(',').count()).map(|n| format!("${n}")).collect();
    let sql = format!("INSERT INTO {name} ({columns}) VALUES ({})", places.join(", "));
    for row in rows {
        tx.run(&sql, row)?;
    }
    Ok(())
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
    for table in TABLES {
        text.push_str(&format!("# {}\n", table.0));
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
