//! Counting and listing by the same filter (指标).

use crate::petition::{COLUMNS, PetitionRow, row};
use crate::value::Value;
use crate::{Error, Tx};
use casework::figure::{Filter, Timeliness, VisitKind};

fn conditions(filter: &Filter) -> (String, Vec<Value>) {
    let mut sql = String::from("1 = 1");
    let mut values: Vec<Value> = Vec::new();
    let mut and = |text: &str, value: Value| {
        values.push(value);
        sql.push_str(" AND ");
        sql.push_str(&text.replace('?', &format!("${}", values.len())));
    };
    // A far date stands for "no limit", so that one text serves with and without an as-of day.
    let until: Value = filter.until.map_or_else(|| Value::from(crate::matter::NEVER), Value::from);
    if let Some(from) = filter.from {
        and("petition.registered_on >= ?", from.into());
    }
    and("petition.registered_on <= ?", until.clone());
    if let Some(channel) = filter.channel {
        and("petition.channel = ?", channel.word().into());
    }
    if let Some(visit) = filter.visit {
        and(
            "petition.channel IN ('visit', 'oral') AND petition.collective = ?",
            (visit == VisitKind::Collective).into(),
        );
    }
    if let Some(repeat) = filter.repeat {
        and(if repeat { "petition.position > ?" } else { "petition.position = ?" }, 0i64.into());
    }
    if let Some(head) = filter.head {
        and("petition.head = ?", head.word().into());
    }
    if let Some(cause) = filter.cause {
        and("matter.cause = ?", cause.word().into());
        and("matter.concluded_on <= ?", until.clone());
    }
    match filter.concluded {
        None => {}
        Some(true) => and("matter.concluded_on <= ?", until.clone()),
        Some(false) => {
            and("(matter.concluded_on IS NULL OR matter.concluded_on > ?)", until.clone())
        }
    }
    let handling =
        "EXISTS (SELECT 1 FROM clock WHERE clock.matter = matter.id AND clock.kind = 'handling'";
    match filter.answered {
        None => {}
        Some(Timeliness::InTime) => and(
            &format!("{handling} AND clock.ended_on <= clock.due_on AND clock.ended_on <= ?)"),
            until,
        ),
        Some(Timeliness::Late) => and(
            &format!(
                "{handling} AND clock.due_on < ? AND (clock.ended_on IS NULL OR clock.ended_on > clock.due_on))"
            ),
            until,
        ),
    }
    if let Some(days) = filter.answered_within_days {
        and("matter.answered_day - petition.received_day BETWEEN 0 AND ?", days.into());
    }
    (sql, values)
}

const FROM: &str = "FROM petition JOIN matter ON matter.id = petition.matter";

/// How many petitions the filter holds.
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, filter: &Filter) -> Result<i64, Error> {
    let (sql, values) = conditions(filter);
    tx.one(&format!("SELECT COUNT(*) {FROM} WHERE {sql}"), &values)?.int()
}

/// The petitions the filter holds, after a number, in order of numbers.
///
/// # Errors
/// The engine failed.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: &str,
    limit: u32,
) -> Result<Vec<PetitionRow>, Error> {
    let (sql, mut values) = conditions(filter);
    values.push(after.into());
    values.push(limit.into());
    let (after, limit) = (values.len() - 1, values.len());
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE {sql} AND petition.number > ${after}
         ORDER BY petition.number LIMIT ${limit}"
    );
    tx.all(&sql, &values)?.into_iter().map(row).collect()
}
