//! The office's calendar and its classification, as tables (工作日历、内容分类).

use crate::row::Row;
use crate::table::{CATEGORY, LOCAL_HOLIDAY, PROBLEM_HEAD, SCHEDULE, named};
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::calendar::{Calendar, Schedule};
use casework::category::head::{HeadId, ProblemHead};
use casework::category::{Category, Dated};
use jiff::civil::Date;

/// Keeps a year's schedule in place of an older one.
///
/// # Errors
/// The engine failed.
pub fn record_schedule(tx: &mut Tx<'_>, schedule: &Schedule) -> Result<(), Error> {
    let body = serde_json::to_string(schedule)?;
    tx.put(&SCHEDULE, named![year: i64::from(schedule.year), body: body])
}

/// All schedules, by year.
///
/// # Errors
/// The engine failed, or a schedule does not parse.
pub fn schedules(tx: &mut Tx<'_>) -> Result<Vec<Schedule>, Error> {
    let rows = tx.all("SELECT year, body FROM schedule ORDER BY year", &[])?;
    rows.iter().map(|row| row.json("body")).collect()
}

/// The calendar that the schedules make.
///
/// # Errors
/// The engine failed, or a schedule does not parse.
pub fn calendar(tx: &mut Tx<'_>) -> Result<Calendar, Error> {
    let mut calendar = Calendar::of(&schedules(tx)?);
    for holiday in local_holidays(tx)? {
        calendar.rest(holiday.day);
    }
    Ok(calendar)
}

/// A festival of the region (当地节日), with the document that sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalHoliday {
    /// The day off.
    pub day: Date,
    /// The festival's name.
    pub name: String,
    /// The document.
    pub document: String,
}

/// Keeps a local holiday in place of what was said of the day before.
///
/// # Errors
/// The engine failed.
pub fn record_local_holiday(tx: &mut Tx<'_>, holiday: &LocalHoliday) -> Result<(), Error> {
    let LocalHoliday { day, name, document } = holiday;
    tx.put(&LOCAL_HOLIDAY, named![day: *day, name: name, document: document])
}

/// The local holidays, by day.
///
/// # Errors
/// The engine failed.
pub fn local_holidays(tx: &mut Tx<'_>) -> Result<Vec<LocalHoliday>, Error> {
    let rows = tx.all(&format!("{} ORDER BY day", LOCAL_HOLIDAY.select()), &[])?;
    let holiday = |row: &Row| {
        let (name, document) = (row.text("name")?, row.text("document")?);
        Ok(LocalHoliday { day: row.date("day")?, name, document })
    };
    rows.iter().map(holiday).collect()
}

/// Puts a category tree in force from a day, in place of one that was to be from the same day; what was in force before
/// ends the day before.
///
/// # Errors
/// The engine failed.
pub fn record_categories(tx: &mut Tx<'_>, from: Date, paths: &[Category]) -> Result<(), Error> {
    tx.run(
        "UPDATE category SET in_force_until = $1 WHERE in_force_until IS NULL AND in_force_from < $2",
        params![casework::calendar::yesterday(from), from],
    )?;
    tx.run("DELETE FROM category WHERE in_force_from = $1", params![from])?;
    for path in paths {
        let row = named![path: &path.0, in_force_from: from, in_force_until: Value::Null];
        tx.add(&CATEGORY, row)?;
    }
    Ok(())
}

/// All categories of all trees, by path.
///
/// # Errors
/// The engine failed.
pub fn all_categories(tx: &mut Tx<'_>) -> Result<Vec<Dated>, Error> {
    let rows = tx.all(&format!("{} ORDER BY path, in_force_from", CATEGORY.select()), &[])?;
    let dated = |row: &Row| {
        let (from, until) = (row.date("in_force_from")?, row.opt_date("in_force_until")?);
        Ok(Dated { category: Category(row.text("path")?), from, until })
    };
    rows.iter().map(dated).collect()
}

/// Puts a table of problem heads in force from a day, in place of one that was to be from the same day or later; what
/// was in force before ends the day before.
///
/// # Errors
/// The engine failed.
pub fn record_heads(tx: &mut Tx<'_>, from: Date, heads: &[ProblemHead]) -> Result<(), Error> {
    tx.run("DELETE FROM problem_head WHERE in_force_from >= $1", params![from])?;
    tx.run(
        "UPDATE problem_head SET in_force_until = $1
         WHERE in_force_until IS NULL OR in_force_until >= $2",
        params![casework::calendar::yesterday(from), from],
    )?;
    let rows = heads.iter().flat_map(|head| head.categories.iter().map(move |one| (head, one)));
    for (position, (head, category)) in (0i64..).zip(rows) {
        let row = named![
            category: &category.0,
            in_force_from: from,
            head: &head.id.0,
            name: &head.name,
            position: position,
            in_force_until: Value::Null,
        ];
        tx.add(&PROBLEM_HEAD, row)?;
    }
    Ok(())
}

/// The problem heads of all tables, each table's in its order.
///
/// # Errors
/// The engine failed.
pub fn all_heads(tx: &mut Tx<'_>) -> Result<Vec<ProblemHead>, Error> {
    let sql = format!("{} ORDER BY in_force_from, position", PROBLEM_HEAD.select());
    let mut heads: Vec<ProblemHead> = Vec::new();
    for row in &tx.all(&sql, &[])? {
        let (id, from) = (HeadId(row.text("head")?), row.date("in_force_from")?);
        let category = Category(row.text("category")?);
        match heads.last_mut() {
            Some(head) if head.id == id && head.from == from => head.categories.push(category),
            Some(_) | None => heads.push(ProblemHead {
                id,
                name: row.text("name")?,
                categories: vec![category],
                from,
                until: row.opt_date("in_force_until")?,
            }),
        }
    }
    Ok(heads)
}
