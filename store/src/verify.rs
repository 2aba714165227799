//! Verifying the record (核验): replay every case file and name what differs.

use crate::{Error, Tx, fact, journal, matter, params, search};
use casework::calendar::Calendar;
use casework::matter::{Matter, MatterId};
use casework::statute::Statutes;

/// Compares one matter's rows, chain and index with what its case file tells.
///
/// # Errors
/// The engine failed; what is wrong with the record comes back as text.
pub fn matter(
    tx: &mut Tx<'_>,
    id: MatterId,
    law: (&Statutes, &Calendar),
) -> Result<Vec<String>, Error> {
    let lines = match fact::list(tx, id) {
        Ok(lines) => lines,
        Err(Error::Corrupt { table, key, column }) => {
            return Ok(vec![format!("{table} {key}: {column}")]);
        }
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    let mut before = String::new();
    for (expected, line) in (1..).zip(&lines) {
        let hash = fact::chain(&before, id, line.sequence, &line.body);
        if line.sequence != expected || hash != line.hash {
            found.push(format!("fact {id}/{}: the chain breaks here", line.sequence));
        }
        before.clone_from(&line.hash);
    }
    let Some(replayed) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
        found.push(format!("matter {id}: the case file does not begin with a registration"));
        return Ok(found);
    };
    for difference in matter::differs(tx, &replayed, law)? {
        found.push(format!("matter {id}: {difference}"));
    }
    let stored = tx.one("SELECT COUNT(*) FROM petition WHERE matter = $1", params![id.0])?.int()?;
    if i64::try_from(replayed.petitions.len()).unwrap_or_default() != stored {
        found.push(format!(
            "petition: {id} has {stored} rows, its file {}",
            replayed.petitions.len()
        ));
    }
    if !search::holds(tx, &replayed)? {
        found.push(format!("search: {id} is not fully indexed"));
    }
    Ok(found)
}

/// Compares what spans matters: the journal's chain, rows without a file, counters.
///
/// # Errors
/// The engine failed; what is wrong with the record comes back as text.
pub fn whole(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if let Some(sequence) = journal::broken_at(tx)? {
        found.push(format!("journal {sequence}: the chain breaks here"));
    }
    let stray = "SELECT id FROM matter WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.matter = matter.id) ORDER BY id";
    for mut row in tx.all(stray, &[])? {
        found.push(format!("matter {}: a row without a case file", MatterId(row.int()?)));
    }
    for mut row in tx.all("SELECT name, value FROM counter WHERE name >= 'matter-' AND name < 'matter.' ORDER BY name", &[])? {
        let (name, value) = (row.text()?, row.int()?);
        let year: i16 = name.trim_start_matches("matter-").parse().unwrap_or_default();
        let (first, last) = (MatterId::new(year, 0).0, MatterId::new(year + 1, 0).0);
        let highest = tx
            .one("SELECT COALESCE(MAX(id), 0) FROM matter WHERE id > $1 AND id < $2", params![first, last])?
            .int()?;
        if highest > 0 && MatterId(highest).serial() > value {
            found.push(format!("counter {name}: {value} is behind {}", MatterId(highest)));
        }
    }
    Ok(found)
}
