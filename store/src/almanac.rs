//! The office's calendar and its classification, as tables (工作日历、内容分类).

use crate::{Error, Tx, params};
use casework::calendar::{Calendar, Schedule};
use casework::category::{Category, Dated};
use jiff::civil::Date;

/// Keeps a year's schedule in place of an older one.
///
/// # Errors
/// The engine failed.
pub fn record_schedule(tx: &mut Tx<'_>, schedule: &Schedule) -> Result<(), Error> {
    tx.run(
        "INSERT INTO schedule (year, body) VALUES ($1, $2)
         ON CONFLICT (year) DO UPDATE SET body = excluded.body",
        params![i64::from(schedule.year), serde_json::to_string(schedule)?],
    )?;
    Ok(())
}

/// All schedules, by year.
///
/// # Errors
/// The engine failed, or a schedule does not parse.
pub fn schedules(tx: &mut Tx<'_>) -> Result<Vec<Schedule>, Error> {
    let rows = tx.all("SELECT body FROM schedule ORDER BY year", &[])?;
    rows.into_iter().map(|mut row| Ok(serde_json::from_str(&row.text()?)?)).collect()
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
    tx.run(
        "INSERT INTO local_holiday (day, name, document) VALUES ($1, $2, $3)
         ON CONFLICT (day) DO UPDATE SET name = excluded.name, document = excluded.document",
        params![holiday.day, &holiday.name, &holiday.document],
    )?;
    Ok(())
}

/// The local holidays, by day.
///
/// # Errors
/// The engine failed.
pub fn local_holidays(tx: &mut Tx<'_>) -> Result<Vec<LocalHoliday>, Error> {
    let rows = tx.all("SELECT day, name, document FROM local_holiday ORDER BY day", &[])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(LocalHoliday { day: row.date()?, name: row.text()?, document: row.text()? })
        })
        .collect()
}

/// Puts a category tree in force from a day; what was in force before ends the day before.
///
/// # Errors
/// The engine failed.
pub fn record_categories(tx: &mut Tx<'_>, from: Date, paths: &[Category]) -> Result<(), Error> {
    tx.run(
        "UPDATE category SET in_force_until = $1 WHERE in_force_until IS NULL AND in_force_from < $2",
        params![casework::calendar::yesterday(from), from],
    )?;
    for path in paths {
        tx.run(
            "INSERT INTO category (path, in_force_from, in_force_until) VALUES ($1, $2, NULL)
             ON CONFLICT (path, in_force_from) DO NOTHING",
            params![&path.0, from],
        )?;
    }
    Ok(())
}

/// All categories of all trees, by path.
///
/// # Errors
/// The engine failed.
pub fn all_categories(tx: &mut Tx<'_>) -> Result<Vec<Dated>, Error> {
    let sql =
        "SELECT path, in_force_from, in_force_until FROM category ORDER BY path, in_force_from";
    tx.all(sql, &[])?
        .into_iter()
        .map(|mut row| {
            Ok(Dated { category: Category(row.text()?), from: row.date()?, until: row.opt_date()? })
        })
        .collect()
}
