//! Verifying the record (核验): replay every case file and name what differs.

use crate::matter::Derived;
use crate::tally::{self, Changes};
use crate::{Error, Tx, blob, fact, journal, matter, paper, params, petition, search};
use casework::deadline::Law;
use casework::matter::{Matter, MatterId};

/// What a check of the whole record came to (核验结果).
pub struct Checked {
    /// How many case files were replayed.
    pub files: usize,
    /// What differs, in words.
    pub found: Vec<String>,
}

/// Replays every case file as of one moment, compares all that is derived with what the files tell, and counts anew
/// what counters say. `progress` gets the files done and their total.
///
/// # Errors
/// The engine failed; what is wrong with the record comes back as text.
pub fn all(
    tx: &mut Tx<'_>,
    law: Law<'_>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Checked, Error> {
    let mut found = whole(tx)?;
    let ids = matter::ids(tx)?;
    let mut counted = Changes::new();
    for (done, id) in (1u64..).zip(&ids) {
        found.extend(file(tx, *id, law, &mut counted)?);
        progress(done, ids.len() as u64);
    }
    found.extend(tally::differences(tx, &counted)?);
    Ok(Checked { files: ids.len(), found })
}

/// Compares one matter's rows, chain and index with what its case file tells, and counts it.
fn file(
    tx: &mut Tx<'_>,
    id: MatterId,
    law: Law<'_>,
    counted: &mut Changes,
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
    found.extend(fact::differences(tx, id, &lines)?);
    found.extend(paper::differences(tx, id, &lines)?);
    let Some(replayed) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
        found.push(format!("matter {id}: the case file does not begin with a registration"));
        return Ok(found);
    };
    let derived = Derived::of(&replayed, law);
    found.extend(matter::differences(tx, id, &derived)?);
    tally::merge(counted, derived.cells().clone());
    tally::merge(counted, paper::cells(&lines));
    found.extend(petition::keyless(tx, &replayed)?);
    let files: Vec<_> = lines.iter().flat_map(|line| line.entry.fact.attachments()).collect();
    found.extend(blob::differences(tx, id, &files)?);
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
    // Every line drew its number: what was drawn last stands last, unless somebody cut the end off.
    let drawn = crate::setting::drawn(tx, "journal")?;
    let last = tx.number("SELECT COALESCE(MAX(sequence), 0) FROM journal", &[])?;
    if last < drawn {
        found.push(format!("journal: its end is cut off after {last}, {drawn} were written"));
    }
    let stray = "SELECT id FROM matter WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.matter = matter.id) ORDER BY id";
    for row in tx.all(stray, &[])? {
        found.push(format!("matter {}: a row without a case file", MatterId(row.int("id")?)));
    }
    found.extend(crate::duty::differences(tx)?);
    found.extend(crate::account::differences(tx)?);
    found.extend(crate::absence::differences(tx)?);
    found.extend(counters(tx)?);
    Ok(found)
}

/// Counters that would give a number out twice.
fn counters(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for row in tx.all("SELECT name, value FROM counter ORDER BY name", &[])? {
        let (name, value) = (row.text("name")?, row.int("value")?);
        let highest = match name.split_once('-') {
            Some(("matter", year)) => {
                let year: i16 = year.parse().unwrap_or_default();
                let (first, last) = (MatterId::new(year, 0).0, MatterId::new(year + 1, 0).0);
                let sql =
                    "SELECT COALESCE(MAX(matter), 0) FROM fact WHERE matter > $1 AND matter < $2";
                MatterId(tx.number(sql, params![first, last])?).serial()
            }
            Some(("petition", year)) => {
                let sql = "SELECT COUNT(*) FROM petition WHERE registered_on >= $1 AND registered_on <= $2";
                tx.number(sql, params![format!("{year}-01-01"), format!("{year}-12-31")])?
            }
            _ if name == "journal" => {
                tx.number("SELECT COALESCE(MAX(sequence), 0) FROM journal", &[])?
            }
            _ => continue,
        };
        if highest > value {
            found.push(format!("counter {name}: {value} is behind {highest}"));
        }
    }
    Ok(found)
}
