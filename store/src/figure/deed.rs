//! What leaders, supervisors and papers did in a period (履职指标), as figures count it.

use super::Of;
use crate::condition::{Params, Where};
use crate::matter::MEDIATED;
use crate::row::Row;
use crate::table::{RECOMMENDATION, SUPERVISION, Table};
use crate::tally::{Kind, by_value};
use crate::wall::{walled, walls};
use crate::{Error, Tx};
use casework::matter::MatterId;
use casework::matter::document::Document;
use casework::matter::ladder::RecommendationKind;
use casework::matter::sponsorship::LeaderPart;
use casework::moment::Within;
use casework::org::AccountId;
use casework::role::Scope;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A leader's part in a matter, as figures count it (领导参与).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaderDeed {
    /// The matter.
    pub matter: MatterId,
    /// Who.
    pub leader: AccountId,
    /// When, office-local.
    pub since: Date,
    /// Whether both sides were brought to agree.
    pub mediated: bool,
    /// Whether the matter's first petition was a collective visit.
    pub collective: bool,
}

/// The leaders' deeds of a kind in a period, by day; without what walls keep the reader from.
///
/// # Errors
/// The engine failed.
pub fn leader_deeds(
    tx: &mut Tx<'_>,
    part: LeaderPart,
    scope: &Scope,
    Within { from, until }: Within,
) -> Result<Vec<LeaderDeed>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    walls(scope, &mut all);
    all.is("leader_deed.kind = ?", part.word());
    all.is("leader_deed.since >= ?", from);
    all.is("leader_deed.since <= ?", until);
    let sql = format!(
        "SELECT leader_deed.matter, leader_deed.leader, leader_deed.since, leader_deed.note,
           matter.collective
         FROM leader_deed JOIN matter ON matter.id = leader_deed.matter WHERE {}
         ORDER BY leader_deed.since, matter.id, leader_deed.turn",
        all.sql()
    );
    let deed = |row: &Row| {
        Ok(LeaderDeed {
            matter: MatterId(row.int("matter")?),
            leader: AccountId(row.text("leader")?),
            since: row.date("since")?,
            mediated: row.text("note")? == MEDIATED,
            collective: row.yes("collective")?,
        })
    };
    tx.all(&sql, params.values())?.iter().map(deed).collect()
}

/// The supervisions of a period, by day, as the matters that they are about; `answered` only those that
/// were answered within the period.
///
/// # Errors
/// The engine failed.
pub fn supervisions(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    answered: bool,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    walls(scope, &mut all);
    if answered {
        all.is("side.answered_on <= ?", period.until);
    }
    let sql = dated(&SUPERVISION, period, all);
    dates(tx, &sql, &params)
}

/// The recommendations of a kind in a period, by day, as the matters that they are about; without a kind,
/// those of any kind that were adopted.
///
/// # Errors
/// The engine failed.
pub fn recommendations(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    kind: Option<RecommendationKind>,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    walls(scope, &mut all);
    match kind {
        None => {
            all.and("side.adopted = 1");
            all.is("side.answered_on <= ?", period.until);
        }
        Some(kind) => all.is("side.kind = ?", kind.word()),
    }
    let sql = dated(&RECOMMENDATION, period, all);
    dates(tx, &sql, &params)
}

/// Which papers were made in a period, by the reader's walls.
fn made(of: Of<'_>, period: Within, all: &mut Where<'_>) {
    of.condition(all);
    all.is("paper.day >= ?", period.from);
    all.is("paper.day <= ?", period.until);
}

const PAPERS: &str = "FROM paper JOIN matter ON matter.id = paper.matter";

/// How many papers of each kind were made in a period; of kinds that have none it says nothing.
///
/// # Errors
/// The engine failed.
pub fn count_papers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
) -> Result<BTreeMap<Document, i64>, Error> {
    if period.from.day() != 1 {
        return walk_papers(tx, period, Of::Seen(scope));
    }
    let mut found = BTreeMap::new();
    for ((_, word), number) in by_value(tx, &[Kind::Paper], period)? {
        found.extend(Document::parse(&word).map(|paper| (paper, number)));
    }
    if walled(tx, scope)? {
        for (paper, hidden) in walk_papers(tx, period, Of::Behind(scope))? {
            *found.entry(paper).or_default() -= hidden;
        }
    }
    Ok(found)
}

/// As [`count_papers`], in one pass over the period's papers.
fn walk_papers(
    tx: &mut Tx<'_>,
    period: Within,
    of: Of<'_>,
) -> Result<BTreeMap<Document, i64>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    made(of, period, &mut all);
    let sql = format!(
        "SELECT paper.kind, COUNT(*) AS papers {PAPERS} WHERE {} GROUP BY paper.kind",
        all.sql()
    );
    let of_kind = |row: &Row| Ok((row.word("kind")?, row.int("papers")?));
    tx.all(&sql, params.values())?.iter().map(of_kind).collect()
}

/// The papers of a kind that were made in a period, by day, as the matters that they are about.
///
/// # Errors
/// The engine failed.
pub fn papers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    paper: Document,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    made(Of::Seen(scope), period, &mut all);
    all.is("paper.kind = ?", paper.word());
    let sql = format!(
        "SELECT paper.matter, paper.day AS since {PAPERS} WHERE {}
         ORDER BY paper.day, paper.matter, paper.sequence",
        all.sql()
    );
    dates(tx, &sql, &params)
}

/// Asks which rows of a table beside the matters began in a period, by day.
fn dated(table: &Table, period: Within, mut all: Where<'_>) -> String {
    all.is("side.since >= ?", period.from);
    all.is("side.since <= ?", period.until);
    format!(
        "SELECT side.matter, side.since FROM {} AS side JOIN matter ON matter.id = side.matter
         WHERE {} ORDER BY side.since, matter.id, side.turn",
        table.name,
        all.sql()
    )
}

fn dates(tx: &mut Tx<'_>, sql: &str, params: &Params) -> Result<Vec<(MatterId, Date)>, Error> {
    let rows = tx.all(sql, params.values())?;
    rows.iter().map(|row| Ok((MatterId(row.int("matter")?), row.date("since")?))).collect()
}
