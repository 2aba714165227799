//! Lists of matters (事项列表): which rows, in which order, how many.

use crate::condition::{Params, Where, listed};
use crate::row::Row;
use crate::search::Newest;
use crate::{Error, Tx, search};
use casework::matter::{MatterId, StepKind};
use casework::org::{AccountId, Place, UnitId};
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
    /// Who has it in hand.
    pub in_charge: Option<AccountId>,
}

const ROW: &str = "matter.id, matter.title, matter.place, matter.step, matter.holder,
  matter.holder_since, matter.due_on, matter.due_clock, matter.waits_for_head, matter.petitions,
  matter.headcount, matter.channel, matter.collective, matter.lead, matter.category, matter.sealed,
  matter.urgent, matter.in_charge";

/// Of what is sealed a list says only that it is there; who may see more opens it, and that is recorded.
fn row(row: &Row) -> Result<MatterRow, Error> {
    let sealed = row.yes("sealed")?;
    let open = |column| if sealed { Ok(String::new()) } else { row.text(column) };
    Ok(MatterRow {
        id: MatterId(row.int("id")?),
        title: open("title")?,
        place: Place(row.text("place")?),
        step: row.word("step")?,
        holder: UnitId(row.text("holder")?),
        holder_since: row.date("holder_since")?,
        due_on: row.opt_date("due_on")?,
        due_clock: row.opt_word("due_clock")?,
        waits_for_head: row.yes("waits_for_head")?,
        petitions: row.int("petitions")?,
        headcount: row.int("headcount")?,
        channel: row.word("channel")?,
        collective: row.yes("collective")?,
        lead: open("lead")?,
        category: open("category")?,
        sealed,
        urgent: row.yes("urgent")?,
        in_charge: row.opt_text("in_charge")?.filter(|_| !sealed).map(AccountId),
    })
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
    /// Only those to which somebody came again and this unit has not told them how it stands.
    pub untold_by: Option<String>,
    /// Only those that this account took in and nobody has taken over.
    pub receiver: Option<String>,
    /// Only those that one of these accounts has in hand, where any is named.
    pub in_charge: Vec<String>,
    /// Only those whose draft one of these accounts is asked to look over, where any is named.
    pub checker: Vec<String>,
    /// Only those that one of these accounts follows by name, where any is named.
    pub tracked: Vec<String>,
    /// Only those that this unit has in nobody's hands.
    pub unassigned: Option<String>,
    /// Only those that ended with a paper of this unit which has not reached its petitioner.
    pub telling: Option<String>,
    /// Only those with a letter to this leader's mailbox.
    pub addressed: Option<String>,
    /// Only those that this unit took in, which is not the office.
    pub first_unit: Option<String>,
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
            untold_by: None,
            receiver: None,
            in_charge: Vec::new(),
            checker: Vec::new(),
            tracked: Vec::new(),
            unassigned: None,
            telling: None,
            addressed: None,
            first_unit: None,
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

/// The date that sorts matters without a due date last.
pub const NEVER: &str = "9999-12-31";

/// What a list asks; `false` for who sees nothing at all.
fn condition(tx: &Tx<'_>, listing: &Listing, all: &mut Where<'_>) -> bool {
    if !crate::wall::condition(&listing.scope, all) {
        return false;
    }
    let scoped = all.len();
    standing(listing, all);
    described(listing, all);
    let Some(words) = &listing.words else { return true };
    let before = listing.after.as_ref().map_or(i64::MAX, |(_, id)| *id);
    let unrestricted = all.len() == scoped && listing.scope.reach == Reach::All && !listing.by_due;
    let count = COUNTED.max(i64::from(listing.limit));
    let newest = unrestricted.then_some(Newest { count, before });
    search::condition(tx, words, newest, all)
}

/// How the matters stand: who has them, what is due, what waits for whom.
fn standing(listing: &Listing, all: &mut Where<'_>) {
    if listing.open {
        // The sign keeps an engine from walking all open matters where a few reminders choose the rows.
        let sign = if listing.reminded.is_some() { "+" } else { "" };
        all.is(&format!("{sign}matter.is_open = ?"), true);
    }
    if let Some(holder) = &listing.holder {
        all.is("matter.holder = ?", holder);
    }
    if let Some(date) = listing.due_before {
        all.is("matter.due_key < ?", date);
    }
    if let Some(date) = listing.due_from {
        all.is("matter.due_key >= ?", date);
    }
    if listing.waits_for_head {
        all.is("matter.waits_for_head = ?", true);
    }
    if listing.supervised {
        all.is("matter.supervised = ?", true);
    }
    if let Some(unit) = &listing.reminded {
        all.is("matter.id IN (SELECT matter FROM reminder WHERE unit = ?)", unit);
    }
    if let Some(unit) = &listing.owed_by {
        let kinds = [
            ClockKind::Contribution,
            ClockKind::Supervision,
            ClockKind::Recommendation,
            ClockKind::ReportBack,
            ClockKind::Correction,
            ClockKind::Instruction,
        ];
        let owed = format!(
            "matter.id IN (SELECT matter FROM clock WHERE ended_on IS NULL AND unit = ?
             AND kind IN ({}))",
            listed(kinds)
        );
        all.is(&owed, unit);
    }
    if let Some(unit) = &listing.untold_by {
        let untold = format!(
            "matter.id IN (SELECT matter FROM clock WHERE ended_on IS NULL AND unit = ?
             AND kind IN ({}))",
            listed([ClockKind::Repeat])
        );
        all.is(&untold, unit);
    }
    if let Some(receiver) = &listing.receiver {
        all.is("matter.receiver = ?", receiver);
    }
    for (column, people) in [("in_charge", &listing.in_charge), ("checker", &listing.checker)] {
        if !people.is_empty() {
            let places: Vec<String> = people.iter().map(|person| all.place(person)).collect();
            all.and(format!("matter.{column} IN ({})", places.join(", ")));
        }
    }
    if !listing.tracked.is_empty() {
        let places: Vec<String> = listing.tracked.iter().map(|one| all.place(one)).collect();
        let people = places.join(", ");
        all.and(format!("matter.id IN (SELECT matter FROM tracked WHERE person IN ({people}))"));
    }
    if let Some(unit) = &listing.unassigned {
        all.is("matter.unassigned = ?", unit);
    }
    if let Some(unit) = &listing.telling {
        all.is("matter.telling = ?", unit);
    }
    if let Some(leader) = &listing.addressed {
        all.is("matter.id IN (SELECT matter FROM addressed WHERE leader = ?)", leader);
    }
    if listing.urgent {
        all.is("matter.urgent = ?", true);
    }
    if listing.proposed {
        all.and("matter.id IN (SELECT matter FROM proposal)");
    }
    // Steps and ids are no reader's text and are written out.
    if !listing.steps.is_empty() {
        let steps: Vec<String> =
            listing.steps.iter().map(|step| format!("'{}'", step.word())).collect();
        all.and(format!("matter.step IN ({})", steps.join(", ")));
    }
    if let Some(ids) = &listing.ids {
        let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
        let ids = if ids.is_empty() { "0".to_owned() } else { ids.join(", ") };
        all.and(format!("matter.id IN ({ids})"));
    }
}

/// What the matters are about, and how and when they came.
fn described(listing: &Listing, all: &mut Where<'_>) {
    if let Some(place) = &listing.place {
        all.is("matter.place >= ?", place);
        all.is("matter.place < ?", format!("{place}~"));
    }
    if let Some(category) = &listing.category {
        all.is("matter.category >= ?", category);
        all.is("matter.category < ?", format!("{category}\u{10ffff}"));
    }
    if let Some(unit) = &listing.first_unit {
        all.is("matter.first_unit = ?", unit);
    }
    if let Some(channel) = listing.channel {
        all.is("matter.channel = ?", channel.word());
    }
    if let Some(date) = listing.registered_from {
        all.is("matter.registered_on >= ?", date);
    }
    if let Some(date) = listing.registered_until {
        all.is("matter.registered_on <= ?", date);
    }
}

/// The rows of a list.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>, listing: &Listing) -> Result<Vec<MatterRow>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    if !condition(tx, listing, &mut all) {
        return Ok(Vec::new());
    }
    if let Some((due_on, id)) = &listing.after {
        if listing.by_due {
            let (due_on, id) = (all.place(due_on), all.place(*id));
            all.and(format!("(matter.due_key, matter.id) > ({due_on}, {id})"));
        } else {
            all.is("matter.id < ?", *id);
        }
    }
    let order = if listing.by_due { "matter.due_key, matter.id" } else { "matter.id DESC" };
    let (limit, all) = (all.place(listing.limit), all.sql());
    let sql = format!("SELECT {ROW} FROM matter WHERE {all} ORDER BY {order} LIMIT {limit}");
    tx.all(&sql, params.values())?.iter().map(row).collect()
}

/// How many rows a list has, over all its pages; counting stops here, since nobody reads on.
pub const COUNTED: i64 = 1000;

/// How many rows a list has, up to [`COUNTED`].
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, listing: &Listing) -> Result<i64, Error> {
    let mut params = Params::default();
    match counting(tx, listing, &mut params) {
        Some(sql) => tx.number(&sql, params.values()),
        None => Ok(0),
    }
}

fn counting(tx: &Tx<'_>, listing: &Listing, params: &mut Params) -> Option<String> {
    let mut all = Where::of(params);
    if !condition(tx, listing, &mut all) {
        return None;
    }
    let (limit, all) = (all.place(COUNTED), all.sql());
    Some(format!(
        "SELECT COUNT(*) FROM (SELECT matter.id FROM matter WHERE {all} LIMIT {limit}) AS counted"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, migration};

    /// The plan by which SQLite counts a list in an office of which it knows nothing yet.
    fn plan(db: &Db, listing: &Listing) -> String {
        let lines = db.read(|tx| {
            let mut params = Params::default();
            let sql = counting(tx, listing, &mut params).unwrap_or_default();
            let lines = tx.all(&format!("EXPLAIN QUERY PLAN {sql}"), params.values())?;
            lines.iter().map(|line| line.text("detail")).collect::<Result<Vec<String>, Error>>()
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
            (Listing { owed_by: unit.clone(), ..none.clone() }, "INDEX clock_owed"),
            (Listing { untold_by: unit.clone(), ..none.clone() }, "INDEX clock_repeat"),
            (Listing { receiver: unit.clone(), ..none.clone() }, "INDEX matter_receiver"),
            (Listing { in_charge: vec!["a".to_owned()], ..none.clone() }, "INDEX matter_in_charge"),
            (Listing { checker: vec!["a".to_owned()], ..none.clone() }, "INDEX matter_checker"),
            (Listing { tracked: vec!["a".to_owned()], ..none.clone() }, "INDEX tracked_person"),
            (Listing { addressed: unit.clone(), ..none.clone() }, "INDEX addressed_leader"),
            (Listing { unassigned: unit.clone(), ..none.clone() }, "INDEX matter_unassigned"),
            (Listing { telling: unit.clone(), ..none.clone() }, "INDEX matter_telling"),
            (Listing { first_unit: unit, ..none.clone() }, "INDEX matter_first_unit"),
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
