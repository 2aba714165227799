//! Counting and listing by the same filter (指标).

mod deed;
mod sum;

pub use self::deed::{
    Deeds, LeaderDeed, Whose, leader_deeds, papers, recommendations, supervisions,
};

use self::sum::Sums;
use crate::condition::{Params, Where, answering};
use crate::db::Engine;
use crate::matter::beside;
use crate::petition::{COLUMNS, PetitionRow, row};
use crate::row::Row;
use crate::tally::Kind;
use crate::value::Value;
use crate::wall::{behind_walls, walled, walls};
use crate::{Error, Tx, params};
use casework::category::head::HeadId;
use casework::figure::{Filter, Later, Timeliness, VisitKind};
use casework::moment::Within;
use casework::org::UnitId;
use casework::petition::Channel;
use casework::role::Scope;
use std::collections::BTreeMap;

/// Which petitions are looked at (统计范围).
#[derive(Clone, Copy)]
enum Of<'a> {
    /// Those that the reader may know of: what somebody is kept out of does not even count for them; what is only
    /// sealed counts, and its rows say nothing.
    Seen(&'a Scope),
    /// Those that walls keep the reader from: counters hold them too, and they are taken off again.
    Behind(&'a Scope),
}

impl Of<'_> {
    fn condition(self, all: &mut Where<'_>) {
        match self {
            Self::Seen(scope) => walls(scope, all),
            Self::Behind(scope) => behind_walls(scope, all),
        }
    }
}

fn condition(of: Of<'_>, filter: &Filter, all: &mut Where<'_>) {
    of.condition(all);
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

/// Where the rows of filters of one period come from (`walked` are the petitions, with their matters); with the one
/// problem head under which each petition is on the last day, if somebody asks for it: by the table of that day and the
/// category that its matter had then. All that lies below a category begins with it and a stroke, and so comes before
/// the next sign, 0.
fn from(filters: &[&Filter], walked: &str, params: &mut Params) -> String {
    let Some(filter) = filters.iter().find(|filter| filter.head.is_some()) else {
        return walked.to_owned();
    };
    let until = params.place(as_of(filter));
    format!(
        "{walked} LEFT JOIN problem_head ON problem_head.in_force_from <= {until}
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
    Ok(count_each(tx, &[filter], scope)?.into_iter().sum())
}

/// How many petitions each of the filters holds: by the counters, or, of a period that does not begin with a month, in
/// one pass over its petitions.
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
        for (place, count) in places.into_iter().zip(count_period(tx, &of_it, scope)?) {
            counts.splice(place..=place, [count]);
        }
    }
    Ok(counts)
}

/// How many petitions each of the filters holds, all of one period.
fn count_period(tx: &mut Tx<'_>, filters: &[&Filter], scope: &Scope) -> Result<Vec<i64>, Error> {
    let Some(within) = filters.first().and_then(|filter| sum::period(filter)) else {
        return walk(tx, filters, Of::Seen(scope));
    };
    let sums = Sums::read(tx, within, &sum::kinds(filters))?;
    let told: Option<Vec<i64>> = filters.iter().map(|filter| sums.of(filter)).collect();
    let Some(told) = told else { return walk(tx, filters, Of::Seen(scope)) };
    if !walled(tx, scope)? {
        return Ok(told);
    }
    let hidden = walk(tx, filters, Of::Behind(scope))?;
    Ok(told.into_iter().zip(hidden).map(|(all, hidden)| all - hidden).collect())
}

/// How many petitions each of the filters holds, all of one period, in one pass over it.
fn walk(tx: &mut Tx<'_>, filters: &[&Filter], of: Of<'_>) -> Result<Vec<i64>, Error> {
    let Some(first) = filters.first() else { return Ok(Vec::new()) };
    let mut params = Params::default();
    let from = from(filters, FROM, &mut params);
    // What every row satisfies is asked once.
    let mut every = Where::of(&mut params);
    of.condition(&mut every);
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
    within: Within,
) -> Result<Vec<(UnitId, i64)>, Error> {
    grouped(tx, Grouping::Responsible, scope, within)
}

/// How many petitions of a period complain of each organ or unit, the most first.
///
/// # Errors
/// The engine failed.
pub fn by_organ(
    tx: &mut Tx<'_>,
    scope: &Scope,
    within: Within,
) -> Result<Vec<(UnitId, i64)>, Error> {
    grouped(tx, Grouping::Complained, scope, within)
}

/// By which unit petitions are grouped (分组).
#[derive(Clone, Copy)]
enum Grouping {
    /// Whose handling it was last.
    Responsible,
    /// Of whom they complain.
    Complained,
}

/// How many petitions of a period each unit has, the most first.
fn grouped(
    tx: &mut Tx<'_>,
    grouping: Grouping,
    scope: &Scope,
    within: Within,
) -> Result<Vec<(UnitId, i64)>, Error> {
    let filter = Filter { from: Some(within.from), until: Some(within.until), ..Filter::default() };
    let Some(within) = sum::period(&filter) else {
        return walk_units(tx, grouping, &filter, Of::Seen(scope));
    };
    let kind = match grouping {
        Grouping::Responsible => Kind::OfUnit,
        Grouping::Complained => Kind::OfOrgan,
    };
    let units = Sums::read(tx, within, &[kind])?.by_unit(kind);
    if !walled(tx, scope)? {
        return Ok(units);
    }
    let hidden: BTreeMap<UnitId, i64> =
        walk_units(tx, grouping, &filter, Of::Behind(scope))?.into_iter().collect();
    let less = |(unit, all): (UnitId, i64)| {
        let number = all - hidden.get(&unit).copied().unwrap_or_default();
        (number > 0).then_some((unit, number))
    };
    let mut units: Vec<(UnitId, i64)> = units.into_iter().filter_map(less).collect();
    units.sort_by(|(a, first), (b, second)| second.cmp(first).then(a.cmp(b)));
    Ok(units)
}

/// As [`grouped`], in one pass over the period's petitions.
fn walk_units(
    tx: &mut Tx<'_>,
    grouping: Grouping,
    filter: &Filter,
    of: Of<'_>,
) -> Result<Vec<(UnitId, i64)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    condition(of, filter, &mut all);
    let (unit, beside) = match grouping {
        Grouping::Responsible => (responsible(), ""),
        Grouping::Complained => {
            ("complaint.unit".to_owned(), "JOIN complaint ON complaint.petition = petition.number")
        }
    };
    let sql = format!(
        "SELECT unit, COUNT(*) AS petitions FROM
           (SELECT {unit} AS unit {FROM} {beside} WHERE {}) AS petition
         GROUP BY unit ORDER BY petitions DESC, unit",
        all.sql()
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

/// The petitions the filter holds, in the order of their registration.
///
/// # Errors
/// The engine failed.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    scope: &Scope,
    part: Part<'_>,
) -> Result<Vec<PetitionRow>, Error> {
    let after =
        tx.opt("SELECT registered_on FROM petition WHERE number = $1", params![part.after])?;
    let mut params = Params::default();
    let walked = match tx.engine() {
        Engine::Sqlite => "petition INDEXED BY petition_registered",
        Engine::Postgres => "petition",
    };
    let walked = format!("FROM {}", beside(tx.engine(), walked, "petition.matter"));
    let from = from(&[filter], &walked, &mut params);
    let mut all = Where::of(&mut params);
    condition(Of::Seen(scope), filter, &mut all);
    if let Some(row) = after {
        let (day, number) = (all.place(row.text("registered_on")?), all.place(part.after));
        all.and(format!("(petition.registered_on, petition.number) > ({day}, {number})"));
    }
    let (limit, all) = (all.place(part.limit), all.sql());
    let sql = format!(
        "SELECT {COLUMNS} {from} WHERE {all}
         ORDER BY petition.registered_on, petition.number LIMIT {limit}"
    );
    tx.all(&sql, params.values())?.iter().map(row).collect()
}
