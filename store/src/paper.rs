//! The register of papers (文书登记簿): which paper each line of a case file makes, and under which number; so that none is
//! given twice, and what was sent is counted.

use crate::fact::FactLine;
use crate::row::{Row, same};
use crate::table::{PAPER, named};
use crate::tally::{self, Cell, Changes, Kind};
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::matter::document::Document;
use casework::matter::{Entry, MatterId};

/// A row, as a line of the file gives it.
type Written = [(&'static str, Value); 6];

/// The papers of a line: the letter or the opinion, and the notice.
fn rows(matter: MatterId, sequence: i64, entry: &Entry) -> Vec<Written> {
    let row = |kind: Document, number: Option<&str>| {
        named![
            matter: matter.0,
            sequence: sequence,
            kind: kind.word(),
            number: number,
            day: entry.on,
            unit: &entry.unit.0,
        ]
    };
    let given = entry.fact.number().or(entry.issued.letter.as_deref());
    let letter = entry.fact.document().map(|kind| row(kind, given));
    let notice = entry.fact.notice().map(|notice| notice.kind().document());
    let notice = notice.map(|kind| row(kind, entry.issued.notice.as_deref()));
    letter.into_iter().chain(notice).collect()
}

/// Under which counters the papers of a file stand.
pub(crate) fn cells(lines: &[FactLine]) -> Changes {
    let mut found = Changes::new();
    for line in lines {
        tally::merge(&mut found, cells_of(&line.entry));
    }
    found
}

fn cells_of(entry: &Entry) -> impl Iterator<Item = (Cell, i64)> {
    let notice = entry.fact.notice().map(|notice| notice.kind().document());
    let papers = entry.fact.document().into_iter().chain(notice);
    let cell = |kind: Document| (Cell::of_day(Kind::Paper, kind.word(), entry.on, entry.on), 1);
    papers.map(cell)
}

/// Writes the rows of lines after a version.
///
/// # Errors
/// The engine failed.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    matter: MatterId,
    version: i64,
    entries: &[Entry],
) -> Result<(), Error> {
    for (sequence, entry) in (version + 1..).zip(entries) {
        for row in rows(matter, sequence, entry) {
            tx.insert(&PAPER, row)?;
        }
        tx.tally(cells_of(entry).collect());
    }
    Ok(())
}

/// Writes the rows of a whole file anew.
///
/// # Errors
/// The engine failed.
pub(crate) fn renew(tx: &mut Tx<'_>, matter: MatterId, lines: &[FactLine]) -> Result<(), Error> {
    tx.run("DELETE FROM paper WHERE matter = $1", params![matter.0])?;
    for FactLine { sequence, entry, .. } in lines {
        for row in rows(matter, *sequence, entry) {
            tx.insert(&PAPER, row)?;
        }
    }
    tx.tally(cells(lines));
    Ok(())
}

/// Whether the rows hold what the lines of a file give, one for one; for `verify`.
///
/// # Errors
/// A row has not these columns.
pub(crate) fn differences(
    stored: &[Row],
    matter: MatterId,
    lines: &[FactLine],
) -> Result<Option<String>, Error> {
    let mut expected: Vec<(i64, &str, Written)> = Vec::new();
    for FactLine { sequence, entry, .. } in lines {
        let papers = rows(matter, *sequence, entry).into_iter();
        let kinds =
            [entry.fact.document(), entry.fact.notice().map(|notice| notice.kind().document())];
        let kinds = kinds.into_iter().flatten().map(Document::word);
        expected.extend(kinds.zip(papers).map(|(kind, row)| (*sequence, kind, row)));
    }
    expected.sort_by_key(|(sequence, kind, _)| (*sequence, *kind));
    let expected: Vec<Written> = expected.into_iter().map(|(_, _, row)| row).collect();
    let same = same(stored, &expected)?;
    Ok((!same).then(|| format!("paper: {matter} differs from its file")))
}

/// Lets nobody else give a number until the transaction ends.
///
/// # Errors
/// The engine failed.
pub fn hold(tx: &mut Tx<'_>) -> Result<(), Error> {
    crate::setting::draw(tx, "number").map(|_| ())
}

/// Whether a paper has this number already. Until the transaction ends nobody else asks, so that of two who give the
/// same number at once the second is told; whoever draws from a series asks first, so that nobody waits for who waits.
///
/// # Errors
/// The engine failed.
pub fn number_taken(tx: &mut Tx<'_>, number: &str) -> Result<bool, Error> {
    hold(tx)?;
    let sql = "SELECT matter FROM paper WHERE number = $1 LIMIT 1";
    Ok(tx.opt(sql, params![number])?.is_some())
}
