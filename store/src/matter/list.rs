//! Lists of matters (事项列表): which rows, in which order, how many.

use crate::value::{Row, Value};
use crate::{Error, Tx, search};
use casework::matter::{MatterId, StepKind};
use casework::org::{Place, UnitId};
use casework::petition::Channel;
use casework::role::{Reach, Scope};
use casework::statute::ClockKind;
use jiff::civil::Date;

/// A matter as lists show it.
#[derive(Debug, Clone)]
pub struct MatterRow {
    /// Its number.
    pub id: MatterId,
    /// One line.
    pub title: String,
    /// Where the problem is.
    pub place: Place,
    /// Where it stands.
    pub step: StepKind,
    /// Who has it.
    pub holder: UnitId,
    /// Since when.
    pub holder_since: Date,
    /// Its next duty falls due on.
    pub due_on: Option<Date>,
    /// Which duty that is.
    pub due_clock: Option<ClockKind>,
    /// A head has to decide.
    pub waits_for_head: bool,
    /// How many petitions it joins.
    pub petitions: i64,
    /// People of the first petition.
    pub headcount: i64,
    /// How the first petition came.
    pub channel: Channel,
    /// Collective or not.
    pub collective: bool,
    /// Masked name.
    pub lead: String,
    /// Classification.
    pub category: String,
    /// Sealed: an accusation, or what may be a state secret.
    pub sealed: bool,
    /// Urgent and grave.
    pub urgent: bool,
}

const ROW: &str =
    "matter.id, matter.title, matter.place, matter.step, matter.holder, matter.holder_since,
  matter.due_on, matter.due_clock, matter.waits_for_head, matter.petitions, matter.headcount,
  matter.channel, matter.collective, matter.lead, matter.category, matter.sealed, matter.urgent";

/// Of what is sealed a list says only that it is there; who may see more opens it, and that is recorded.
fn row(mut row: Row) -> Result<MatterRow, Error> {
    let mut found = MatterRow {
        id: MatterId(row.int()?),
        title: row.text()?,
        place: Place(row.text()?),
        step: row.word()?,
        holder: UnitId(row.text()?),
        holder_since: row.date()?,
        due_on: row.opt_date()?,
        due_clock: row.opt_word()?,
        waits_for_head: row.int()? != 0,
        petitions: row.int()?,
        headcount: row.int()?,
        channel: row.word()?,
        collective: row.int()? != 0,
        lead: row.text()?,
        category: row.text()?,
        sealed: row.int()? != 0,
        urgent: row.int()? != 0,
    };
    if found.sealed {
        (found.title, found.lead) = (String::new(), String::new());
        found.category.clear();
    }
    Ok(found)
}

/// Which matters a list shows.
#[derive(Debug, Clone)]
pub struct Listing {
    /// What the actor may see.
    pub scope: Scope,
    /// Only those that are not concluded.
    pub open: bool,
    /// Held by this unit.
    pub holder: Option<String>,
    /// In one of these steps.
    pub steps: Vec<StepKind>,
    /// Due before this day (exclusive), so overdue when the day is today.
    pub due_before: Option<Date>,
    /// Due from this day on.
    pub due_from: Option<Date>,
    /// Only those where a head has to decide.
    pub waits_for_head: bool,
    /// Only those under supervision.
    pub supervised: bool,
    /// Only those that are urgent and grave.
    pub urgent: bool,
    /// Only those of which this unit was reminded.
    pub reminded: Option<String>,
    /// Only those in which this unit owes a contribution, or an answer to a supervision or a
    /// recommendation.
    pub owed_by: Option<String>,
    /// Only those whose file tells a reason to supervise.
    pub proposed: bool,
    /// Under this place, by its code's beginning.
    pub place: Option<String>,
    /// Category path's beginning.
    pub category: Option<String>,
    /// Words to be found in the text.
    pub words: Option<String>,
    /// The first petition came this way.
    pub channel: Option<Channel>,
    /// Registered on this day or later.
    pub registered_from: Option<Date>,
    /// Registered on this day or before.
    pub registered_until: Option<Date>,
    /// Only these.
    pub ids: Option<Vec<MatterId>>,
    /// Sorted by the next due date; otherwise by number, newest first.
    pub by_due: bool,
    /// After this row: its due date (for `by_due`; a far date if it has none) and its number.
    pub after: Option<(String, i64)>,
    /// How many rows.
    pub limit: u32,
}

impl Listing {
    /// Everything within a scope, newest first, 50 rows.
    pub fn of(scope: Scope) -> Self {
        Self {
            scope,
            open: false,
            holder: None,
            steps: Vec::new(),
            due_before: None,
            due_from: None,
            waits_for_head: false,
            supervised: false,
            urgent: false,
            reminded: None,
            owed_by: None,
            proposed: false,
            place: None,
            category: None,
            words: None,
            channel: None,
            registered_from: None,
            registered_until: None,
            ids: None,
            by_due: false,
            after: None,
            limit: 50,
        }
    }
}

impl Listing {
    /// Whether words alone choose the rows, newest first.
    fn restricts_nothing_else(&self) -> bool {
        self.steps.is_empty() && self.ids.is_none() && !self.by_due
    }
}

/// The date that sorts matters without a due date last.
pub const NEVER: &str = "9999-12-31";

fn conditions(tx: &Tx<'_>, listing: &Listing) -> Option<(String, Vec<Value>)> {
    let (mut sql, mut values) = crate::wall::condition(&listing.scope, 1)?;
    let scoped = values.len();
    let mut and = |text: &str, value: Value| {
        values.push(value);
        sql.push_str(" AND ");
        sql.push_str(&text.replace('?', &format!("${}", values.len())));
    };
    if listing.open {
        // The sign keeps an engine from walking all open matters where a few reminders choose the rows.
        let open =
            if listing.reminded.is_some() { "+matter.is_open = ?" } else { "matter.is_open = ?" };
        and(open, 1i64.into());
    }
    if let Some(holder) = &listing.holder {
        and("matter.holder = ?", holder.into());
    }
    if let Some(date) = listing.due_before {
        and("matter.due_key < ?", date.into());
    }
    if let Some(date) = listing.due_from {
        and("matter.due_key >= ?", date.into());
    }
    if listing.waits_for_head {
        and("matter.waits_for_head = ?", 1i64.into());
    }
    if listing.supervised {
        and("matter.supervised = ?", 1i64.into());
    }
    if let Some(unit) = &listing.reminded {
        and("matter.id IN (SELECT matter FROM reminder WHERE unit = ?)", unit.into());
    }
    if let Some(unit) = &listing.owed_by {
        and(
            "matter.id IN (SELECT matter FROM clock WHERE ended_on IS NULL AND unit = ?
               AND kind IN ('contribution', 'supervision', 'recommendation'))",
            unit.into(),
        );
    }
    if listing.urgent {
        and("matter.urgent = ?", 1i64.into());
    }
    if let Some(place) = &listing.place {
        let end = format!("{place}~");
        and("matter.place >= ?", place.into());
        and("matter.place < ?", end.into());
    }
    if let Some(category) = &listing.category {
        let end = format!("{category}\u{10ffff}");
        and("matter.category >= ?", category.into());
        and("matter.category < ?", end.into());
    }
    if let Some(channel) = listing.channel {
        and("matter.channel = ?", channel.word().into());
    }
    if let Some(date) = listing.registered_from {
        and("matter.registered_on >= ?", date.into());
    }
    if let Some(date) = listing.registered_until {
        and("matter.registered_on <= ?", date.into());
    }
    if listing.proposed {
        sql.push_str(" AND matter.id IN (SELECT matter FROM proposal)");
    }
    // Steps and ids are no reader's text and are written out.
    if !listing.steps.is_empty() {
        let steps = listing.steps.iter().map(|step| format!("'{}'", step.word()));
        let steps: Vec<String> = steps.collect();
        sql.push_str(&format!(" AND matter.step IN ({})", steps.join(", ")));
    }
    if let Some(ids) = &listing.ids {
        let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
        sql.push_str(&format!(
            " AND matter.id IN ({})",
            if ids.is_empty() { "0".to_owned() } else { ids.join(", ") }
        ));
    }
    if let Some(words) = &listing.words {
        let before = listing.after.as_ref().map_or(i64::MAX, |(_, id)| *id);
        let newest = (values.len() == scoped
            && listing.scope.reach == Reach::All
            && listing.restricts_nothing_else())
        .then_some((COUNTED, before));
        let (text, value) = search::condition(tx, words, values.len() + 1, newest)?;
        sql.push_str(" AND ");
        sql.push_str(&text);
        values.push(value);
    }
    Some((sql, values))
}

/// The rows of a list.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>, listing: &Listing) -> Result<Vec<MatterRow>, Error> {
    let Some((mut sql, mut values)) = conditions(tx, listing) else { return Ok(Vec::new()) };
    if let Some((due_on, id)) = &listing.after {
        if listing.by_due {
            values.push(due_on.into());
            values.push((*id).into());
            let (a, b) = (values.len() - 1, values.len());
            sql.push_str(&format!(" AND (matter.due_key, matter.id) > (${a}, ${b})"));
        } else {
            values.push((*id).into());
            sql.push_str(&format!(" AND matter.id < ${}", values.len()));
        }
    }
    let order = if listing.by_due { "matter.due_key, matter.id" } else { "matter.id DESC" };
    values.push(listing.limit.into());
    let limit = values.len();
    let sql = format!("SELECT {ROW} FROM matter WHERE {sql} ORDER BY {order} LIMIT ${limit}");
    tx.all(&sql, &values)?.into_iter().map(row).collect()
}

/// How many rows a list has, over all its pages; counting stops here, since nobody reads on.
pub const COUNTED: i64 = 1000;

/// How many rows a list has, up to [`COUNTED`].
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, listing: &Listing) -> Result<i64, Error> {
    let Some((sql, values)) = counting(tx, listing) else { return Ok(0) };
    tx.one(&sql, &values)?.int()
}

fn counting(tx: &Tx<'_>, listing: &Listing) -> Option<(String, Vec<Value>)> {
    let (sql, mut values) = conditions(tx, listing)?;
    values.push(COUNTED.into());
    let limit = values.len();
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT matter.id FROM matter WHERE {sql} LIMIT ${limit}) AS counted"
    );
    Some((sql, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, migration};

    /// The plan by which SQLite counts a list in an office of which it knows nothing yet.
    fn plan(db: &Db, listing: &Listing) -> String {
        let lines = db.read(|tx| {
            let (sql, values) = counting(tx, listing).unwrap_or_default();
            let lines = tx.all(&format!("EXPLAIN QUERY PLAN {sql}"), &values)?;
            let detail = |mut line: Row| {
                let _ = (line.int()?, line.int()?, line.int()?);
                line.text()
            };
            lines.into_iter().map(detail).collect::<Result<Vec<String>, Error>>()
        });
        lines.map(|lines| lines.join("; ")).unwrap_or_default()
    }

    /// Whoever opens the desk has every bucket counted, so none may walk through all open matters or
    /// look at the rows behind a long index.
    #[test]
    fn buckets_are_counted_by_their_own_index() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::TempDir::new()?;
        let db = Db::sqlite(&folder.path().join("office.sqlite"))?;
        migration::run(&db)?;
        let clerk = Scope { opens_seals: false, ..Scope::whole() };
        let open = || Listing { open: true, by_due: true, ..Listing::of(clerk.clone()) };
        let day = jiff::civil::date(2025, 3, 3);
        let (unit, none) = (Some("agri".to_owned()), Listing::of(clerk.clone()));
        for (listing, index) in [
            (open(), "COVERING INDEX matter_open"),
            (Listing { due_before: Some(day), ..open() }, "COVERING INDEX matter_open"),
            (Listing { holder: unit.clone(), ..open() }, "COVERING INDEX matter_queue"),
            (Listing { steps: vec![StepKind::Referred], ..open() }, "COVERING INDEX matter_step"),
            (Listing { waits_for_head: true, ..open() }, "INDEX matter_head"),
            (Listing { urgent: true, ..open() }, "INDEX matter_urgent"),
            (Listing { supervised: true, ..none.clone() }, "INDEX matter_supervised"),
            (Listing { reminded: unit.clone(), ..open() }, "INDEX reminder_unit"),
            (Listing { owed_by: unit, ..none.clone() }, "INDEX clock_owed"),
            (Listing { proposed: true, ..none }, "SCAN proposal"),
        ] {
            let plan = plan(&db, &listing);
            assert!(plan.contains(index), "{plan}, not {index}");
            let walks = plan.contains("SCAN matter") || plan.matches("matter_open").count() > 1;
            assert!(!walks, "{plan}");
        }
        Ok(())
    }
}
