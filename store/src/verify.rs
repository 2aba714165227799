//! Verifying the record (核验): replay every case file and name what differs.

use crate::fact::FactLine;
use crate::matter::Derived;
use crate::row::Row;
use crate::table::{ATTACHMENT, FACT, PAPER, Table};
use crate::tally::{self, Cell};
use crate::{Error, Tx, blob, fact, journal, matter, paper, params, petition, search, vault};
use casework::deadline::Law;
use casework::matter::{Matter, MatterId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a check of the whole record came to (核验结果).
pub struct Checked {
    /// How many case files were replayed.
    pub files: usize,
    /// What differs, in words.
    pub found: Vec<String>,
}

/// How many files are read at once.
const AT_ONCE: i64 = 250;

/// Replays every case file as of one moment, compares all that is derived with what the files tell, and counts anew
/// what counters say. `progress` gets the files done and their total. One thread reads, another compares.
///
/// # Errors
/// The engine failed; what is wrong with the record comes back as text.
pub fn all(
    tx: &mut Tx<'_>,
    law: Law<'_>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Checked, Error> {
    let mut found = whole(tx)?;
    let sql = "SELECT COUNT(DISTINCT matter) FROM fact";
    let total = tx.number(sql, &[])?.unsigned_abs();
    let (send, receive) = std::sync::mpsc::sync_channel::<Part>(4);
    let (files, compared) = std::thread::scope(|scope| {
        let comparing = scope.spawn(move || {
            let (mut found, mut counted) = (Vec::new(), Counted::new());
            for part in receive {
                found.extend(part.compare(law, &mut counted)?);
            }
            Ok::<_, Error>((found, counted))
        });
        let mut files = 0;
        let mut after = MatterId(0);
        loop {
            let part = Part::read(tx, after)?;
            let end = part.files.is_empty();
            (after, files) = (part.last, files + part.files.len());
            progress(files as u64, total);
            if send.send(part).is_err() || end {
                break;
            }
        }
        drop(send);
        let compared = comparing.join();
        let stopped = || Error::Engine("the comparison broke off; see the log".to_owned());
        Ok::<_, Error>((files, compared.map_err(|_| stopped())??))
    })?;
    let (differences, counted) = compared;
    found.extend(differences);
    found.extend(tally::differences(tx, counted)?);
    Ok(Checked { files, found })
}

/// How much there is to count under each heading: millions of times one more.
type Counted = HashMap<Cell, i64>;

/// Rows of a table, by the matter that they belong to.
type ByMatter = BTreeMap<MatterId, Vec<Row>>;

/// Some case files, with all that lies beside them.
struct Part {
    last: MatterId,
    files: ByMatter,
    tables: BTreeMap<&'static str, ByMatter>,
    papers: ByMatter,
    attachments: ByMatter,
    keys: BTreeSet<String>,
    indexed: BTreeMap<MatterId, String>,
}

impl Part {
    /// The files after a number; after the last, what there is without one.
    fn read(tx: &mut Tx<'_>, after: MatterId) -> Result<Self, Error> {
        let sql = "SELECT DISTINCT matter FROM fact WHERE matter > $1 ORDER BY matter LIMIT $2";
        let ids = tx.all(sql, params![after.0, AT_ONCE])?;
        let ids: Vec<MatterId> =
            ids.iter().map(|row| row.int("matter").map(MatterId)).collect::<Result<_, _>>()?;
        // From the last part on, and after the last file to the end: what belongs to no file lies in some part too.
        let first = MatterId(after.0.saturating_add(1));
        let last = ids.last().copied().unwrap_or(MatterId(i64::MAX));
        let mut tables = BTreeMap::new();
        for table in matter::tables() {
            tables.insert(table.name, rows(tx, table, first, last)?);
        }
        Ok(Self {
            last,
            files: rows(tx, &FACT, first, last)?,
            tables,
            papers: rows(tx, &PAPER, first, last)?,
            attachments: rows(tx, &ATTACHMENT, first, last)?,
            keys: vault::keyed(tx, first, last)?,
            indexed: search::indexed(tx, first, last)?,
        })
    }

    /// What differs, and what there is to count.
    fn compare(self, law: Law<'_>, counted: &mut Counted) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for (id, rows) in &self.files {
            match fact::lines(rows) {
                Ok(lines) => found.extend(self.file(*id, &lines, law, counted)?),
                Err(Error::Corrupt { table, key, column }) => {
                    found.push(format!("{table} {key}: {column}"));
                }
                Err(error) => return Err(Error::Engine(error.to_string())),
            }
        }
        let others = [(PAPER.name, &self.papers), (ATTACHMENT.name, &self.attachments)];
        let tables = self.tables.iter().map(|(name, rows)| (*name, rows)).chain(others);
        for (table, rows) in tables {
            let strays = rows.keys().filter(|id| !self.files.contains_key(id));
            found.extend(strays.map(|id| format!("{table} {id}: a row without a case file")));
        }
        Ok(found)
    }

    fn file(
        &self,
        id: MatterId,
        lines: &[FactLine],
        law: Law<'_>,
        counted: &mut Counted,
    ) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        let mut before = String::new();
        for (expected, line) in (1..).zip(lines) {
            let hash = fact::chain(&before, id, line.sequence, &line.body);
            if line.sequence != expected || hash != line.hash {
                found.push(format!("fact {id}/{}: the chain breaks here", line.sequence));
            }
            before.clone_from(&line.hash);
        }
        found.extend(paper::differences(of(&self.papers, id), id, lines)?);
        let Some(replayed) = Matter::replay(id, lines.iter().map(|line| &line.entry)) else {
            found.push(format!("matter {id}: the case file does not begin with a registration"));
            return Ok(found);
        };
        found.extend(fact::differences(of(&self.files, id), &replayed, lines)?);
        let derived = Derived::of(&replayed, law);
        found.extend(
            derived.differences(id, |table| self.tables.get(table).map(|rows| of(rows, id)))?,
        );
        let papers = paper::cells(lines);
        for (cell, by) in derived.cells().iter().chain(&papers) {
            match counted.get_mut(cell) {
                Some(number) => *number += by,
                None => {
                    counted.insert(cell.clone(), *by);
                }
            }
        }
        found.extend(petition::keyless(&replayed, &self.keys));
        let files: Vec<_> = lines.iter().flat_map(|line| line.entry.fact.attachments()).collect();
        found.extend(blob::differences(of(&self.attachments, id), id, &files)?);
        if self.indexed.get(&id).is_none_or(|words| *words != derived.words()) {
            found.push(format!("search: {id} is not fully indexed"));
        }
        Ok(found)
    }
}

/// The rows of one matter.
fn of(rows: &ByMatter, id: MatterId) -> &[Row] {
    rows.get(&id).map_or(&[], Vec::as_slice)
}

/// The rows of a table from one matter to another, by matter.
fn rows(
    tx: &mut Tx<'_>,
    table: &Table,
    first: MatterId,
    last: MatterId,
) -> Result<ByMatter, Error> {
    let column = matter::matter_column(table);
    let key = table.key.join(", ");
    let sql = format!(
        "{} WHERE {column} >= $1 AND {column} <= $2 ORDER BY {column}, {key}",
        table.select()
    );
    let mut found = ByMatter::new();
    for row in tx.all(&sql, params![first.0, last.0])? {
        found.entry(MatterId(row.int(column)?)).or_default().push(row);
    }
    Ok(found)
}

/// Compares what spans matters: the journal's chain, accounts, records of the duty side, counters.
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
