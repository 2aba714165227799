//! Keeping the calendar and the classification (工作日历、内容分类维护): both are dated tables that an
//! office replaces by itself.

use crate::act::{Form, Name};
use crate::by::By;
use crate::house::House;
use crate::problem::{Problem, Wrong};
use casework::calendar::Schedule;
use casework::category::head::{ProblemHead, parse_heads};
use casework::category::{self, Category};
use casework::deadline::Law;
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use store::almanac::LocalHoliday;
use store::journal::Event;
use store::{Tx, almanac, journal};

/// A year's schedule, as JSON in `schedule`.
pub fn schedule(f: &mut Form<'_>) -> Schedule {
    let schedule: Schedule = serde_json::from_str(&f.document(Name::Schedule)).unwrap_or_default();
    let sound = (2000..=2199).contains(&schedule.year) && (1..=200).contains(&schedule.days.len());
    if !sound {
        f.wrong(Name::Schedule, Wrong::Schedule);
    }
    schedule
}

/// Puts a schedule in force and renews the due dates of all matters, with a line in the journal.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn publish_schedule(house: &House, by: By, schedule: Schedule) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let year = schedule.year.to_string();
    recount(house, by, year, move |tx| almanac::record_schedule(tx, &schedule))
}

/// A local festival: `day`, `name`, `document`.
pub fn local_holiday(f: &mut Form<'_>) -> LocalHoliday {
    LocalHoliday {
        day: f.date(Name::Day),
        name: f.line(Name::Name),
        document: f.line(Name::Document),
    }
}

/// Sets a local festival and renews the due dates of all that runs.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn set_local_holiday(house: &House, by: By, holiday: LocalHoliday) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let day = holiday.day;
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
    by.change(house, move |tx, by| {
        let before = almanac::calendar(tx)?;
        write(tx)?;
        let now = almanac::calendar(tx)?;
        let from = Law { statutes: &statutes, calendar: &before };
        let to = Law { statutes: &statutes, calendar: &now };
        let changed = store::matter::recompute(tx, from, to)?.to_string();
        let note = by.note(Event::CalendarPublished).on(&subject).saying(changed);
        Ok(journal::record(tx, &note)?)
    })?;
    Ok(())
}

/// A classification (内容分类表) and the day from which it is in force.
pub struct Classification {
    from: Date,
    paths: Vec<Category>,
}

/// A classification from a day (`from`) on, as a table of lines in `table`: each line a path, its levels separated by
/// commas, tabs, `/` or `_`; a first line of headings is left out.
pub fn tree(f: &mut Form<'_>) -> Classification {
    let (from, table) = (f.date(Name::From), f.document(Name::Table));
    let paths = category::parse_table(&table);
    if paths.is_err() {
        f.wrong(Name::Table, Wrong::Table);
    }
    Classification { from, paths: paths.unwrap_or_default() }
}

/// Replaces the classification. Returns how many categories it has. Old petitions keep the category they were given.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn replace_tree(house: &House, by: By, tree: Classification) -> Result<usize, Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let Classification { from, paths } = tree;
    let count = paths.len();
    by.change(house, move |tx, by| {
        almanac::record_categories(tx, from, &paths)?;
        let note = by.note(Event::CategoriesReplaced).on(from.to_string());
        Ok(journal::record(tx, &note.saying(paths.len().to_string()))?)
    })?;
    Ok(count)
}

/// A table of problem heads (突出问题表) and the day from which it is in force.
pub struct Heads {
    from: Date,
    heads: Vec<ProblemHead>,
}

/// Problem heads from a day (`from`) on, as a table of lines in `heads`: each line the head's own name, what the report
/// calls it, and the categories under it, separated by commas or tabs.
pub fn heads(f: &mut Form<'_>) -> Heads {
    let (from, table) = (f.date(Name::From), f.document(Name::Heads));
    let heads = parse_heads(&table, from);
    if heads.is_err() {
        f.wrong(Name::Heads, Wrong::Heads);
    }
    Heads { from, heads: heads.unwrap_or_default() }
}

/// Replaces the problem heads: figures as of that day or later are counted by them, earlier ones by those before.
/// Returns how many there are.
///
/// # Errors
/// [`Problem::Denied`]; [`Refusal::UnknownCategory`] for a category that is in no tree; the store failed.
pub fn replace_heads(house: &House, by: By, table: Heads) -> Result<usize, Problem> {
    role::allow(&by.actor, Act::ManageCalendar, Thing::Office).map_err(Problem::Denied)?;
    let Heads { from, heads } = table;
    let count = heads.len();
    by.change(house, move |tx, by| {
        let known = almanac::all_categories(tx)?;
        let mut named = heads.iter().flat_map(|head| &head.categories);
        if named.any(|one| !known.iter().any(|dated| dated.category == *one)) {
            return Err(Problem::Refused(Refusal::UnknownCategory));
        }
        almanac::record_heads(tx, from, &heads)?;
        let note = by.note(Event::HeadsReplaced).on(from.to_string());
        Ok(journal::record(tx, &note.saying(heads.len().to_string()))?)
    })?;
    Ok(count)
}
