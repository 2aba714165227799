//! Counting and listing by the same filter (指标).

use crate::condition::{Params, Where, answering};
use crate::matter::MEDIATED;
use crate::petition::{COLUMNS, PetitionRow, row};
use crate::row::Row;
use crate::table::{RECOMMENDATION, SUPERVISION, Table};
use crate::value::Value;
use crate::wall::walls;
use crate::{Error, Tx};
use casework::category::head::HeadId;
use casework::figure::{Filter, Later, Timeliness, VisitKind};
use casework::matter::MatterId;
use casework::matter::document::Document;
use casework::matter::ladder::RecommendationKind;
use casework::matter::sponsorship::LeaderPart;
use casework::moment::Within;
use casework::org::{AccountId, UnitId};
use casework::petition::Channel;
use casework::role::Scope;
use jiff::civil::Date;

/// The walls' part and the filter's: what somebody is kept out of does not even count for them; what is only
/// sealed counts, and its rows say nothing.
fn condition(scope: &Scope, filter: &Filter, all: &mut Where<'_>) {
    walls(scope, all);
    period(filter, all);
    within_period(filter, all);
}

/// The as-of day; a far date stands for "no limit", so that one text serves with and without one.
fn as_of(filter: &Filter) -> Value {
    filter.until.map_or_else(|| Value::from(crate::matter::NEVER), Value::from)
}

/// The period's part of a condition, which figures of one report share.
fn period(filter: &Filter, all: &mut Where<'_>) {
    all.is("petition.registered_on <= ?", as_of(filter));
    if let Some(from) = filter.from {
        all.is("petition.registered_on >= ?", from);
    }
}

/// The rest of a condition.
fn within_period(filter: &Filter, all: &mut Where<'_>) {
    let until = all.place(as_of(filter));
    // The cause first: most rows have another or none, and nothing more is asked of them.
    if let Some(cause) = filter.cause {
        all.is("matter.cause = ?", cause.word());
        all.and(concluded(&until));
    }
    if let Some(head) = &filter.head {
        // Joined to at most one row of the table of that day; what is under no head has none.
        if *head == HeadId::other() {
            all.and("problem_head.head IS NULL");
        } else {
            all.is("problem_head.head = ?", head.0.as_str());
        }
    }
    if let Some(channel) = filter.channel {
        all.is("petition.channel = ?", channel.word());
    }
    if let Some(visit) = filter.visit {
        let (visit_word, oral) = (Channel::Visit.word(), Channel::Oral.word());
        all.and(format!("petition.channel IN ('{visit_word}', '{oral}')"));
        all.is("petition.collective = ?", visit == VisitKind::Collective);
    }
    if let Some(unit) = &filter.complained_of {
        let named = "petition.number IN (SELECT petition FROM complaint WHERE unit = ?)";
        all.is(named, unit.0.as_str());
    }
    if let Some(unit) = &filter.unit {
        all.is(&format!("{} = ?", responsible()), unit.0.as_str());
    }
    if let Some(repeat) = filter.repeat {
        all.is(if repeat { "petition.position > ?" } else { "petition.position = ?" }, 0);
    }
    if filter.by_unit {
        all.is("petition.by_unit = ?", true);
    }
    match filter.after_answer {
        None => {}
        Some(Later::All) => all.and("petition.told_by IS NOT NULL"),
        Some(Later::Told) => all.and(format!("petition.told_on <= {until}")),
    }
    match filter.concluded {
        None => {}
        Some(true) => all.and(concluded(&until)),
        Some(false) => all.and(format!(
            "(matter.concluded_on IS NULL OR matter.concluded_on > {until}
              OR (petition.told_by IS NOT NULL
                  AND (petition.over_on IS NULL OR petition.over_on > {until})))"
        )),
    }
    let (answered_on, answer_due) =
        (answer("answered_on", "told_on"), answer("answer_due", "told_by"));
    match filter.answered {
        None => {}
        Some(Timeliness::InTime) => {
            all.and(format!("{answered_on} <= {answer_due}"));
            all.and(format!("{answered_on} <= {until}"));
        }
        Some(Timeliness::Late) => {
            all.and(format!("{answer_due} < {until}"));
            all.and(format!("({answered_on} IS NULL OR {answered_on} > {answer_due})"));
        }
    }
    if filter.answered_at_all || filter.answered_within_days.is_some() {
        all.and(format!("{answered_on} <= {until}"));
    }
    if let Some(days) = filter.answered_within_days {
        let answered_day = answer("answered_day", "told_day");
        all.is(&format!("{answered_day} - petition.received_day BETWEEN 0 AND ?"), days);
    }
}

/// Whether a petition is over on a day: its matter is, and if it came after the answer, its petitioner was told or took
/// it back.
fn concluded(until: &str) -> String {
    format!(
        "(matter.concluded_on <= {until}
          AND (petition.told_by IS NULL OR petition.over_on <= {until}))"
    )
}

/// What answers a petition: its matter's answer, or, for one that came after that, what its petitioner was told.
fn answer(of_matter: &str, of_petition: &str) -> String {
    format!(
        "(CASE WHEN petition.told_by IS NULL THEN matter.{of_matter} ELSE petition.{of_petition} END)"
    )
}

/// The unit that a matter concerns: whose handling it was last, or whoever has it before anybody handles it.
fn responsible() -> String {
    format!(
        "COALESCE((SELECT clock.unit FROM clock WHERE clock.matter = matter.id
           AND clock.kind IN ({}) ORDER BY clock.position DESC LIMIT 1), matter.holder)",
        answering()
    )
}

const FROM: &str = "FROM petition JOIN matter ON matter.id = petition.matter";

/// Where the rows of filters of one period come from; with the one problem head under which each petition is on the
/// last day, if somebody asks for it: by the table of that day and the category that its matter had then. All that lies
/// below a category begins with it and a stroke, and so comes before the next sign, 0.
fn from(filters: &[&Filter], params: &mut Params) -> String {
    let Some(filter) = filters.iter().find(|filter| filter.head.is_some()) else {
        return FROM.to_owned();
    };
    let until = params.place(as_of(filter));
    format!(
        "{FROM} LEFT JOIN problem_head ON problem_head.in_force_from <= {until}
           AND (problem_head.in_force_until IS NULL OR problem_head.in_force_until >= {until})
           AND ({now} OR {before})",
        now = under("category", &format!("petition.category_since <= {until}")),
        before = under("category_before", &format!("petition.category_since > {until}")),
    )
}

/// Whether a petition's category is under a problem head's, at a time.
fn under(column: &str, when: &str) -> String {
    format!(
        "({when} AND (petition.{column} = problem_head.category
            OR (petition.{column} > problem_head.category || '/'
                AND petition.{column} < problem_head.category || '0')))"
    )
}

/// How many petitions the filter holds.
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, filter: &Filter, scope: &Scope) -> Result<i64, Error> {
    let mut params = Params::default();
    let from = from(&[filter], &mut params);
    let mut all = Where::of(&mut params);
    condition(scope, filter, &mut all);
    tx.number(&format!("SELECT COUNT(*) {from} WHERE {}", all.sql()), params.values())
}

/// How many petitions each of the filters holds, in one pass over the record for each period.
///
/// # Errors
/// The engine failed.
pub fn count_each(tx: &mut Tx<'_>, filters: &[&Filter], scope: &Scope) -> Result<Vec<i64>, Error> {
    let mut counts = vec![0; filters.len()];
    let period = |filter: &Filter| (filter.from, filter.until);
    for (at, filter) in filters.iter().enumerate() {
        let (from, until) = period(filter);
        if filters.iter().take(at).any(|before| period(before) == (from, until)) {
            continue;
        }
        let same = filters.iter().enumerate().filter(|(_, one)| period(one) == (from, until));
        let (places, of_it): (Vec<usize>, Vec<&Filter>) = same.map(|(at, one)| (at, *one)).unzip();
        for (place, count) in places.into_iter().zip(count_within(tx, &of_it, scope)?) {
            counts.splice(place..=place, [count]);
        }
    }
    Ok(counts)
}

/// How many petitions each of the filters holds, all of one period.
fn count_within(tx: &mut Tx<'_>, filters: &[&Filter], scope: &Scope) -> Result<Vec<i64>, Error> {
    let Some(first) = filters.first() else { return Ok(Vec::new()) };
    let mut params = Params::default();
    let from = from(filters, &mut params);
    // What every row satisfies is asked once.
    let mut every = Where::of(&mut params);
    walls(scope, &mut every);
    period(first, &mut every);
    let every = every.sql();
    let sum = |filter: &&Filter| {
        let mut all = Where::of(&mut params);
        within_period(filter, &mut all);
        format!("CAST(COALESCE(SUM(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS BIGINT)", all.sql())
    };
    let sums: Vec<String> = filters.iter().map(sum).collect();
    let sql = format!("SELECT {} {from} WHERE {every}", sums.join(", "));
    tx.one(&sql, params.values())?.numbers()
}

/// How many petitions of a period each unit has, the most first.
///
/// # Errors
/// The engine failed.
pub fn by_unit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    Within { from, until }: Within,
) -> Result<Vec<(UnitId, i64)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let filter = Filter { from: Some(from), until: Some(until), ..Filter::default() };
    condition(scope, &filter, &mut all);
    let responsible = responsible();
    let from = format!("(SELECT {responsible} AS unit {FROM} WHERE {}) AS petition", all.sql());
    grouped(tx, &from, &params)
}

/// How many petitions of a period complain of each organ or unit, the most first.
///
/// # Errors
/// The engine failed.
pub fn by_organ(
    tx: &mut Tx<'_>,
    scope: &Scope,
    Within { from, until }: Within,
) -> Result<Vec<(UnitId, i64)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let filter = Filter { from: Some(from), until: Some(until), ..Filter::default() };
    condition(scope, &filter, &mut all);
    let from = format!(
        "(SELECT complaint.unit AS unit
           {FROM} JOIN complaint ON complaint.petition = petition.number WHERE {}) AS petition",
        all.sql()
    );
    grouped(tx, &from, &params)
}

/// How many rows each unit has, the most first.
fn grouped(tx: &mut Tx<'_>, from: &str, params: &Params) -> Result<Vec<(UnitId, i64)>, Error> {
    let sql = format!(
        "SELECT unit, COUNT(*) AS petitions FROM {from}
         GROUP BY unit ORDER BY petitions DESC, unit"
    );
    let of_unit = |row: &Row| Ok((UnitId(row.text("unit")?), row.int("petitions")?));
    tx.all(&sql, params.values())?.iter().map(of_unit).collect()
}

/// A part of a list (列表分页).
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// After this number; empty for the beginning.
    pub after: &'a str,
    /// How many rows.
    pub limit: u32,
}

impl Part<'_> {
    /// The first 500.
    pub const BEGINNING: Self = Self { after: "", limit: 500 };
}

/// The petitions the filter holds, in order of numbers.
///
/// # Errors
/// The engine failed.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    scope: &Scope,
    part: Part<'_>,
) -> Result<Vec<PetitionRow>, Error> {
    let mut params = Params::default();
    let from = from(&[filter], &mut params);
    let mut all = Where::of(&mut params);
    condition(scope, filter, &mut all);
    all.is("petition.number > ?", part.after);
    let (limit, all) = (all.place(part.limit), all.sql());
    let sql = format!("SELECT {COLUMNS} {from} WHERE {all} ORDER BY petition.number LIMIT {limit}");
    tx.all(&sql, params.values())?.iter().map(row).collect()
}

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

/// Which papers of a kind were made in a period, by the reader's walls.
fn made(scope: &Scope, period: Within, paper: Document, all: &mut Where<'_>) {
    walls(scope, all);
    all.is("paper.kind = ?", paper.word());
    all.is("paper.day >= ?", period.from);
    all.is("paper.day <= ?", period.until);
}

const PAPERS: &str = "FROM paper JOIN matter ON matter.id = paper.matter";

/// How many papers of a kind were made in a period.
///
/// # Errors
/// The engine failed.
pub fn count_papers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    paper: Document,
) -> Result<i64, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    made(scope, period, paper, &mut all);
    tx.number(&format!("SELECT COUNT(*) {PAPERS} WHERE {}", all.sql()), params.values())
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
    made(scope, period, paper, &mut all);
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
