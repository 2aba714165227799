//! Counters (计数格): how many matters or petitions stand under a heading, kept in the transaction of the act that
//! changes it, so that nobody has to walk through the record to count it. Every one is the sum of what the case files
//! give ([`crate::verify`] recounts them), and a number that is shown is a sum of few of them.

use crate::condition::{Params, Where};
use crate::row::Row;
use crate::table::named;
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::code::code_list;
use casework::moment::Within;
use jiff::civil::Date;
use std::collections::BTreeMap;

code_list! {
    /// What is counted (计数类别).
    pub enum Kind {
        /// 待办: places in queues; the value is the group and for whom, the day until when.
        Queued = "queued",
        /// 列表: matters by what lists are filtered by.
        Listed = "listed",
        /// 来件: petitions by how they came; the value is the channel, with a mark for collective ones.
        Came = "came",
        /// 初次、重复.
        Turn = "turn",
        /// 部门、乡镇登记.
        ByUnit = "by_unit",
        /// 答复后再次反映: all of them, and those that were told.
        Later = "later",
        /// 内容分类: petitions by the category that their matter had on a day.
        About = "about",
        /// 办结: by the category and the cause, from the day on which it was over.
        Ended = "ended",
        /// 答复: by whether it was in time and within how many days, from the day on which it was given.
        Answered = "answered",
        /// 逾期: from the day after it was due.
        Late = "late",
        /// 责任单位.
        OfUnit = "of_unit",
        /// 被投诉单位.
        OfOrgan = "of_organ",
        /// 文书: by their kind, from the day on which they were made; the month is that day's.
        Paper = "paper",
        /// 批示、督办、建议: by what they are, from the day on which they were made or answered; the month is the first's.
        Done = "done",
        /// 包案: matters by whom they are sponsored, and by anybody, from the first day of a month or of a year.
        Sponsored = "sponsored",
        /// 研究: matters by the leader who had them deliberated, from the first day of a month or of a year.
        Studied = "studied",
        /// 批示并化解: what groups brought, by the leader who gave an instruction and made both sides agree within a month
        /// or a year, from the day on which both was so.
        Mediated = "mediated",
        /// 在包事项: what each leader answers for now.
        Led = "led",
    }
}

/// A heading under which something is counted (计数格).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cell {
    pub(crate) kind: Kind,
    /// The month in which a petition was registered, such as `2025-03`; empty for what is counted as it stands.
    pub(crate) period: String,
    /// Of what the kind is counted by.
    pub(crate) value: String,
    /// To whom it shows: nothing for everybody, [`SEALED`] for whom every seal opens, a unit for its people.
    pub(crate) seal: String,
    /// The day from which on it counts, or by which it is due; empty where no day matters.
    pub(crate) day: String,
}

/// The seal of what lies under one, as those see it to whom every seal opens.
pub(crate) const SEALED: &str = "*";

impl Cell {
    /// A cell of what is counted as it stands.
    pub(crate) fn standing(kind: Kind, value: String) -> Self {
        Self { kind, period: String::new(), value, seal: String::new(), day: String::new() }
    }

    /// A cell of what belongs to a month and counts from a day on, if not from an earlier one.
    pub(crate) fn of_day(kind: Kind, value: &str, registered_on: Date, from: Date) -> Self {
        let day = from.max(registered_on).to_string();
        let value = value.to_owned();
        Self { kind, period: month(registered_on), value, seal: String::new(), day }
    }
}

/// The month of a day, as cells have it.
pub(crate) fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

/// The year of a day, as cells have it.
pub(crate) fn year(day: Date) -> String {
    day.strftime("%Y").to_string()
}

/// By how much cells change, or how much of them there is.
pub(crate) type Changes = BTreeMap<Cell, i64>;

/// What has to be added to the first numbers to make the second of them.
pub(crate) fn changes(before: &Changes, now: &Changes) -> Changes {
    let mut found = now.clone();
    for (cell, by) in before {
        *found.entry(cell.clone()).or_default() -= by;
    }
    found.retain(|_, by| *by != 0);
    found
}

/// Adds changes to others.
pub(crate) fn merge(into: &mut Changes, more: impl IntoIterator<Item = (Cell, i64)>) {
    for (cell, by) in more {
        *into.entry(cell).or_default() += by;
    }
}

/// Changes as rows of the table, to be written by [`ADD`] once for all acts that share a commit.
pub(crate) fn rows(
    changes: &Changes,
    shard: i64,
) -> impl Iterator<Item = [(&'static str, Value); 7]> {
    let changed = changes.iter().filter(|(_, by)| **by != 0);
    changed.map(move |(cell, by)| {
        named![
            kind: cell.kind.word(),
            period: &cell.period,
            value: &cell.value,
            seal: &cell.seal,
            day: &cell.day,
            shard: shard,
            number: *by,
        ]
    })
}

/// What becomes of a number for a cell that has one already.
pub(crate) const ADD: &str = " ON CONFLICT (kind, period, value, seal, day, shard)
    DO UPDATE SET number = tally.number + excluded.number";

/// Takes all counters away, to be counted anew.
pub(crate) fn forget(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.run("DELETE FROM tally", &[]).map(|_| ())
}

/// What is summed up (求和).
pub(crate) struct Ask {
    pub(crate) kind: Kind,
    pub(crate) value: String,
    /// Due on this day or later.
    pub(crate) from: Option<String>,
    /// Due before this day.
    pub(crate) before: Option<String>,
}

impl Ask {
    /// Everything under a value.
    pub(crate) fn all(kind: Kind, value: String) -> Self {
        Self { kind, value, from: None, before: None }
    }
}

/// The sums that are asked for, in their order, of what shows under these seals.
///
/// # Errors
/// The engine failed.
pub(crate) fn sums(tx: &mut Tx<'_>, asks: &[Ask], seals: &[&str]) -> Result<Vec<i64>, Error> {
    if asks.is_empty() {
        return Ok(Vec::new());
    }
    let mut params = Params::default();
    let part = |(position, ask): (i64, &Ask)| {
        let mut all = Where::of(&mut params);
        all.is("kind = ?", ask.kind.word());
        all.is("period = ?", "");
        all.is("value = ?", &ask.value);
        let seals: Vec<String> = seals.iter().map(|seal| all.place(*seal)).collect();
        all.and(format!("seal IN ({})", seals.join(", ")));
        if let Some(from) = &ask.from {
            all.is("day >= ?", from);
        }
        if let Some(before) = &ask.before {
            all.is("day < ?", before);
        }
        let all = all.sql();
        format!(
            "SELECT {position} AS position, CAST(COALESCE(SUM(number), 0) AS BIGINT) AS number
             FROM tally WHERE {all}"
        )
    };
    let parts: Vec<String> = (0i64..).zip(asks).map(part).collect();
    let sql = format!("{} ORDER BY position", parts.join(" UNION ALL "));
    tx.all(&sql, params.values())?.iter().map(|row| row.int("number")).collect()
}

/// What stands under each value of a kind now.
///
/// # Errors
/// The engine failed.
pub(crate) fn standing(tx: &mut Tx<'_>, kind: Kind) -> Result<Vec<(String, i64)>, Error> {
    let sql = "SELECT value, CAST(SUM(number) AS BIGINT) AS number FROM tally
               WHERE kind = $1 AND period = '' GROUP BY value ORDER BY value";
    let value = |row: &Row| Ok((row.text("value")?, row.int("number")?));
    tx.all(sql, params![kind.word()])?.iter().map(value).collect()
}

/// Of which months something is summed up, and as of which day (汇总区间).
pub(crate) struct Span {
    first: String,
    last: String,
    until: Date,
}

impl Span {
    /// The months of a period.
    pub(crate) fn months(Within { from, until }: Within) -> Self {
        Self { first: month(from), last: month(until), until }
    }

    /// A period that is counted as a whole: a year or a month, as of one of its days; nothing for another.
    pub(crate) fn whole(within: Within) -> Option<Self> {
        let Within { from, until } = within;
        let whole = if from == from.first_of_year() && until.year() == from.year() {
            year(from)
        } else if from.day() == 1 && month(from) == month(until) {
            month(from)
        } else {
            return None;
        };
        Some(Self { first: whole.clone(), last: whole, until })
    }
}

/// What stands under each value of some kinds in a span.
///
/// # Errors
/// The engine failed.
pub(crate) fn by_value(
    tx: &mut Tx<'_>,
    kinds: &[Kind],
    Span { first, last, until }: Span,
) -> Result<BTreeMap<(Kind, String), i64>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let kinds: Vec<String> = kinds.iter().map(|kind| all.place(kind.word())).collect();
    all.and(format!("kind IN ({})", kinds.join(", ")));
    all.is("period >= ?", first);
    all.is("period <= ?", last);
    all.is("day <= ?", until);
    let sql = format!(
        "SELECT kind, value, CAST(SUM(number) AS BIGINT) AS number FROM tally WHERE {}
         GROUP BY kind, value",
        all.sql()
    );
    let value = |row: &Row| Ok(((row.word("kind")?, row.text("value")?), row.int("number")?));
    tx.all(&sql, params.values())?.iter().map(value).collect()
}

/// Which counters do not say what the case files give; for `verify`.
///
/// # Errors
/// The engine failed.
pub(crate) fn differences(
    tx: &mut Tx<'_>,
    expected: impl IntoIterator<Item = (Cell, i64)>,
) -> Result<Vec<String>, Error> {
    let sql = "SELECT kind, period, value, seal, day, CAST(SUM(number) AS BIGINT) AS number
               FROM tally GROUP BY kind, period, value, seal, day";
    let mut rest: Changes = expected.into_iter().collect();
    for row in tx.all(sql, &[])? {
        *rest.entry(cell(&row)?).or_default() -= row.int("number")?;
    }
    rest.retain(|_, by| *by != 0);
    let said = |(cell, by): (&Cell, &i64)| {
        let Cell { kind, period, value, seal, day } = cell;
        let word = kind.word();
        format!("tally {word} {period} {value} {seal} {day}: {by} more in the files")
    };
    Ok(rest.iter().map(said).collect())
}

fn cell(row: &Row) -> Result<Cell, Error> {
    Ok(Cell {
        kind: row.word("kind")?,
        period: row.text("period")?,
        value: row.text("value")?,
        seal: row.text("seal")?,
        day: row.text("day")?,
    })
}
