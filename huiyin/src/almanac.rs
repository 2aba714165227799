//! Keeping the calendar and the classification (工作日历、内容分类维护): both are dated tables that an
//! office replaces by itself.

use crate::acts::{Answers, Reader};
use crate::by::By;
use crate::house::House;
use crate::problem::{FieldError, Problem};
use casework::calendar::Schedule;
use casework::category;
use casework::role::{self, Act, Thing};
use store::almanac::LocalHoliday;
use store::{Tx, almanac, journal};

/// Publishes a year's schedule, given as JSON in `schedule`, and renews the due dates of all that runs.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for what is no schedule.
pub fn publish(house: &House, by: By, answers: &Answers) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let wrong = || Problem::Invalid(vec![FieldError::new("schedule", "wrong-schedule")]);
    let text = answers.values.get("schedule").and_then(|values| values.first());
    let schedule: Schedule =
        serde_json::from_str(text.map_or("", String::as_str)).map_err(|_| wrong())?;
    let years = 2000..=2199;
    if !years.contains(&schedule.year) || schedule.days.is_empty() || schedule.days.len() > 200 {
        return Err(wrong());
    }
    publish_schedule(house, by, schedule)
}

/// Puts a schedule in force and renews the due dates of all matters, with a line in the journal.
///
/// # Errors
/// The store failed.
pub fn publish_schedule(house: &House, by: By, schedule: Schedule) -> Result<(), Problem> {
    let year = schedule.year.to_string();
    recount(house, by, year, move |tx| almanac::record_schedule(tx, &schedule))
}

/// Sets a local festival (`day`, `name`, `document`) and renews the due dates of all that runs.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`].
pub fn set_local_holiday(house: &House, by: By, answers: &Answers) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let day = reader.need_date("day");
    let (name, document) = (reader.need("name"), reader.need("document"));
    reader.done()?;
    let Some(day) = day else { return Err(Problem::Invalid(reader.errors)) };
    let holiday = LocalHoliday { day, name, document };
    let write = move |tx: &mut Tx<'_>| almanac::record_local_holiday(tx, &holiday);
    recount(house, by, day.to_string(), write)
}

/// Changes the calendar and counts every due date anew by it, with a line in the journal that says how
/// many matters' dates moved: all in one transaction, so that no date stands by a calendar that is gone.
fn recount(
    house: &House,
    by: By,
    subject: String,
    write: impl Fn(&mut Tx<'_>) -> Result<(), store::Error> + Send + 'static,
) -> Result<(), Problem> {
    let statutes = house.statutes.clone();
    house.change(by, move |tx, by| {
        write(tx)?;
        let calendar = almanac::calendar(tx)?;
        let changed = store::matter::recompute(tx, (&statutes, &calendar))?.to_string();
        let (now, login) = (by.moment.at, &by.actor.login);
        Ok(journal::record(tx, now, login, "calendar-published", (&subject, &changed))?)
    })?;
    Ok(())
}

/// Replaces the classification from a day (`from`) by a table of lines, given as text in `table`:
/// each line a path, its levels separated by commas, tabs, `/` or `_`; a first line of headings is
/// left out. Returns how many categories it has. Old petitions keep the category they were given.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] naming the line that can't be read.
pub fn replace_tree(house: &House, by: By, answers: &Answers) -> Result<usize, Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let from = reader.need_date("from");
    let table = answers.values.get("table").and_then(|values| values.first());
    let paths = category::parse_table(table.map_or("", String::as_str));
    if paths.is_err() {
        reader.wrong("table", "wrong-table");
    }
    reader.done()?;
    let (Some(from), Ok(paths)) = (from, paths) else {
        return Err(Problem::Invalid(reader.errors));
    };
    let count = paths.len();
    house.change(by, move |tx, by| {
        almanac::record_categories(tx, from, &paths)?;
        let what = (from.to_string(), paths.len().to_string());
        Ok(journal::record(
            tx,
            by.moment.at,
            &by.actor.login,
            "categories-replaced",
            (&what.0, &what.1),
        )?)
    })?;
    Ok(count)
}
