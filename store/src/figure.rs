//! Counting and listing by the same filter (指标).

use crate::petition::{COLUMNS, PetitionRow, row};
use crate::value::Value;
use crate::{Error, Tx};
use casework::figure::{Filter, Timeliness, VisitKind};
use casework::matter::MatterId;
use casework::matter::ladder::RecommendationKind;
use casework::moment::Within;
use casework::org::{AccountId, UnitId};
use casework::role::Scope;
use jiff::civil::Date;

/// Values by their number; a value that occurs again keeps its number, so that many filters share
/// a few parameters.
#[derive(Default)]
struct Params(Vec<Value>);

impl Params {
    fn place(&mut self, value: Value) -> usize {
        match self.0.iter().position(|known| *known == value) {
            Some(at) => at + 1,
            None => {
                self.0.push(value);
                self.0.len()
            }
        }
    }
}

fn condition(filter: &Filter, params: &mut Params) -> String {
    let period = period(filter, params);
    format!("{period}{}", within_period(filter, params))
}

/// The as-of day; a far date stands for "no limit", so that one text serves with and without one.
fn as_of(filter: &Filter) -> Value {
    filter.until.map_or_else(|| Value::from(crate::matter::NEVER), Value::from)
}

/// The period's part of a condition, which figures of one report share.
fn period(filter: &Filter, params: &mut Params) -> String {
    let until = as_of(filter);
    let mut sql = format!("petition.registered_on <= ${}", params.place(until));
    if let Some(from) = filter.from {
        sql.push_str(&format!(" AND petition.registered_on >= ${}", params.place(from.into())));
    }
    sql
}

/// The rest of a condition; it begins with ` AND ` unless it is empty.
fn within_period(filter: &Filter, params: &mut Params) -> String {
    let mut sql = String::new();
    let mut and_all = |text: &str, values: [Value; 4]| {
        let mut values = values.into_iter();
        sql.push_str(" AND ");
        for (turn, part) in text.split('?').enumerate() {
            if turn > 0
                && let Some(value) = values.next()
            {
                sql.push_str(&format!("${}", params.place(value)));
            }
            sql.push_str(part);
        }
    };
    let until = as_of(filter);
    // The cause first: most rows have another or none, and nothing more is asked of them.
    if let Some(cause) = filter.cause {
        let word = Value::from(cause.word());
        and_all(
            "matter.cause = ? AND matter.concluded_on <= ?",
            [word, until.clone(), until.clone(), until.clone()],
        );
    }
    if let Some(head) = filter.head {
        // What was reclassified after the day counts under the head it had on that day.
        and_all(
            "((petition.head = ? AND petition.head_since <= ?)
               OR (petition.head_before = ? AND petition.head_since > ?))",
            [head.word().into(), until.clone(), head.word().into(), until.clone()],
        );
    }
    let mut and = |text: &str, value: Value| {
        and_all(text, [value.clone(), value.clone(), value.clone(), value]);
    };
    if let Some(channel) = filter.channel {
        and("petition.channel = ?", channel.word().into());
    }
    if let Some(visit) = filter.visit {
        and(
            "petition.channel IN ('visit', 'oral') AND petition.collective = ?",
            (visit == VisitKind::Collective).into(),
        );
    }
    if let Some(unit) = &filter.unit {
        and(&format!("{RESPONSIBLE} = ?"), unit.0.as_str().into());
    }
    if let Some(repeat) = filter.repeat {
        and(if repeat { "petition.position > ?" } else { "petition.position = ?" }, 0i64.into());
    }
    match filter.concluded {
        None => {}
        Some(true) => and("matter.concluded_on <= ?", until.clone()),
        Some(false) => {
            and("(matter.concluded_on IS NULL OR matter.concluded_on > ?)", until.clone())
        }
    }
    match filter.answered {
        None => {}
        Some(Timeliness::InTime) => and(
            "matter.answered_on <= matter.answer_due AND matter.answered_on <= ?",
            until.clone(),
        ),
        Some(Timeliness::Late) => and(
            "matter.answer_due < ? AND (matter.answered_on IS NULL OR matter.answered_on > matter.answer_due)",
            until.clone(),
        ),
    }
    if filter.answered_at_all || filter.answered_within_days.is_some() {
        and("matter.answered_on <= ?", until);
    }
    if let Some(days) = filter.answered_within_days {
        and("matter.answered_day - petition.received_day BETWEEN 0 AND ?", days.into());
    }
    sql
}

/// The walls come first: what somebody is kept out of does not even count for them. What is only sealed
/// counts, and its rows say nothing.
fn walls(scope: &Scope, params: &mut Params) -> String {
    let (sql, values) = crate::wall::walls(scope, params.0.len() + 1);
    params.0.extend(values);
    sql
}

/// The unit that a matter concerns: whose handling it was last, or whoever has it before anybody handles it.
const RESPONSIBLE: &str = "COALESCE((SELECT clock.unit FROM clock WHERE clock.matter = matter.id
    AND clock.kind IN ('handling', 'simple_handling', 'statutory', 'reply')
    ORDER BY clock.position DESC LIMIT 1), matter.holder)";

const FROM: &str = "FROM petition JOIN matter ON matter.id = petition.matter";

/// How many petitions the filter holds.
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, filter: &Filter, scope: &Scope) -> Result<i64, Error> {
    let mut params = Params::default();
    let sql = format!("{} AND {}", walls(scope, &mut params), condition(filter, &mut params));
    tx.one(&format!("SELECT COUNT(*) {FROM} WHERE {sql}"), &params.0)?.int()
}

/// How many petitions each of the filters holds, in one pass over the record.
///
/// # Errors
/// The engine failed.
pub fn count_each(tx: &mut Tx<'_>, filters: &[&Filter], scope: &Scope) -> Result<Vec<i64>, Error> {
    let mut params = Params::default();
    let walls = walls(scope, &mut params);
    let Some(first) = filters.first() else { return Ok(Vec::new()) };
    let shared = (first.from, first.until);
    let sums: Vec<String> = filters
        .iter()
        .map(|filter| {
            // What every row satisfies is asked once, below.
            let sql = if (filter.from, filter.until) == shared {
                format!("1 = 1{}", within_period(filter, &mut params))
            } else {
                condition(filter, &mut params)
            };
            format!("CAST(COALESCE(SUM(CASE WHEN {sql} THEN 1 ELSE 0 END), 0) AS BIGINT)")
        })
        .collect();
    let all_share = filters.iter().all(|filter| (filter.from, filter.until) == shared);
    let limit = if all_share { period(first, &mut params) } else { "1 = 1".to_owned() };
    let mut row =
        tx.one(&format!("SELECT {} {FROM} WHERE {walls} AND {limit}", sums.join(", ")), &params.0)?;
    filters.iter().map(|_| row.int()).collect()
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
    let filter = Filter { from: Some(from), until: Some(until), ..Filter::default() };
    let sql = format!("{} AND {}", walls(scope, &mut params), condition(&filter, &mut params));
    let sql = format!(
        "SELECT responsible, COUNT(*) FROM
           (SELECT {RESPONSIBLE} AS responsible {FROM} WHERE {sql}) AS petitions
         GROUP BY responsible ORDER BY COUNT(*) DESC, responsible"
    );
    let rows = tx.all(&sql, &params.0)?;
    rows.into_iter().map(|mut row| Ok((UnitId(row.text()?), row.int()?))).collect()
}

/// The petitions the filter holds, after a number, in order of numbers.
///
/// # Errors
/// The engine failed.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    scope: &Scope,
    (after, limit): (&str, u32),
) -> Result<Vec<PetitionRow>, Error> {
    let mut params = Params::default();
    let sql = format!("{} AND {}", walls(scope, &mut params), condition(filter, &mut params));
    let mut values = params.0;
    values.push(after.into());
    values.push(limit.into());
    let (after, limit) = (values.len() - 1, values.len());
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE {sql} AND petition.number > ${after}
         ORDER BY petition.number LIMIT ${limit}"
    );
    tx.all(&sql, &values)?.into_iter().map(row).collect()
}

/// A leader's part in a matter, as figures count it (领导参与).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The matter.
    pub matter: MatterId,
    /// Who.
    pub leader: AccountId,
    /// When, office-local.
    pub since: Date,
    /// What came of it, or how.
    pub note: String,
    /// Whether the matter's first petition was a collective visit.
    pub collective: bool,
}

/// The leaders' deeds of a kind in a period, by day; without what walls keep the reader from.
///
/// # Errors
/// The engine failed.
pub fn deeds(
    tx: &mut Tx<'_>,
    kind: &str,
    scope: &Scope,
    Within { from, until }: Within,
) -> Result<Vec<Deed>, Error> {
    let mut params = Params::default();
    let walls = walls(scope, &mut params);
    let (kind, from, until) =
        (params.place(kind.into()), params.place(from.into()), params.place(until.into()));
    let sql = format!(
        "SELECT matter.id, leader_deed.leader, leader_deed.since, leader_deed.note, matter.collective
         FROM leader_deed JOIN matter ON matter.id = leader_deed.matter
         WHERE {walls} AND leader_deed.kind = ${kind} AND leader_deed.since >= ${from}
           AND leader_deed.since <= ${until}
         ORDER BY leader_deed.since, matter.id, leader_deed.turn"
    );
    tx.all(&sql, &params.0)?
        .into_iter()
        .map(|mut row| {
            Ok(Deed {
                matter: MatterId(row.int()?),
                leader: AccountId(row.text()?),
                since: row.date()?,
                note: row.text()?,
                collective: row.int()? != 0,
            })
        })
        .collect()
}

/// The supervisions of a period, by day, as the matters that they are about; `answered` only those that
/// were answered within the period.
///
/// # Errors
/// The engine failed.
pub fn supervisions(
    tx: &mut Tx<'_>,
    scope: &Scope,
    Within { from, until }: Within,
    answered: bool,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let walls = walls(scope, &mut params);
    let (from, last) = (params.place(from.into()), params.place(until.into()));
    let answered =
        if answered { format!(" AND supervision.answered_on <= ${last}") } else { String::new() };
    let sql = format!(
        "SELECT matter.id, supervision.since FROM supervision
           JOIN matter ON matter.id = supervision.matter
         WHERE {walls} AND supervision.since >= ${from} AND supervision.since <= ${last}{answered}
         ORDER BY supervision.since, matter.id, supervision.turn"
    );
    dated(tx, &sql, &params)
}

/// The recommendations of a kind in a period, by day, as the matters that they are about; without a kind,
/// those of any kind that were adopted.
///
/// # Errors
/// The engine failed.
pub fn recommendations(
    tx: &mut Tx<'_>,
    scope: &Scope,
    Within { from, until }: Within,
    kind: Option<RecommendationKind>,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let walls = walls(scope, &mut params);
    let (from, last) = (params.place(from.into()), params.place(until.into()));
    let which = match kind {
        None => format!("recommendation.adopted = 1 AND recommendation.answered_on <= ${last}"),
        Some(kind) => format!("recommendation.kind = ${}", params.place(kind.word().into())),
    };
    let sql = format!(
        "SELECT matter.id, recommendation.since FROM recommendation
           JOIN matter ON matter.id = recommendation.matter
         WHERE {walls} AND {which} AND recommendation.since >= ${from}
           AND recommendation.since <= ${last}
         ORDER BY recommendation.since, matter.id, recommendation.turn"
    );
    dated(tx, &sql, &params)
}

fn dated(tx: &mut Tx<'_>, sql: &str, params: &Params) -> Result<Vec<(MatterId, Date)>, Error> {
    let rows = tx.all(sql, &params.0)?;
    rows.into_iter().map(|mut row| Ok((MatterId(row.int()?), row.date()?))).collect()
}
