//! Matters (信访事项): the state row, its clocks, its index, written with every fact.

use crate::value::{Row, Value};
use crate::{Error, Tx, blob, fact, params, petition, search};
use casework::calendar::{Calendar, days_between};
use casework::figure::Head;
use casework::handling::ExtensionState;
use casework::matter::{Conclusion, Entry, Fact, Matter, MatterId, Step};
use casework::role::Scope;
use casework::statute::Statutes;
use jiff::civil::{Date, date};

/// Days since 1970-01-01, so that both engines can subtract dates.
pub fn day(on: Date) -> i64 {
    days_between(date(1970, 1, 1), on)
}

/// The matter that a case file tells, if there is one of this number.
///
/// # Errors
/// The engine failed, or the file does not parse.
pub fn find(tx: &mut Tx<'_>, id: MatterId) -> Result<Option<Matter>, Error> {
    let lines = fact::list(tx, id)?;
    Ok(Matter::replay(id, lines.iter().map(|line| &line.entry)))
}

/// Appends facts and renews everything that is derived from them, in the same transaction.
///
/// # Errors
/// The engine failed, or the matter changed meanwhile.
pub fn record(
    tx: &mut Tx<'_>,
    after: &Matter,
    entries: &[Entry],
    law: (&Statutes, &Calendar),
) -> Result<(), Error> {
    let added = i64::try_from(entries.len()).unwrap_or_default();
    fact::append(tx, after.id, after.version - added, entries)?;
    let touches = |wanted: fn(&Fact) -> bool| entries.iter().any(|entry| wanted(&entry.fact));
    record_row(tx, after, law)?;
    if touches(|fact| {
        matches!(
            fact,
            Fact::Registered(_) | Fact::Joined(_) | Fact::Unjoined(_) | Fact::Reclassified(_)
        )
    }) {
        petition::record(tx, after)?;
    }
    if touches(|fact| {
        matches!(
            fact,
            Fact::Registered(_)
                | Fact::Joined(_)
                | Fact::Unjoined(_)
                | Fact::Supplemented(_)
                | Fact::DemandAnswered(_)
                | Fact::AnsweredDirectly(_)
        )
    }) {
        search::record(tx, after)?;
    }
    for entry in entries {
        let files = match &entry.fact {
            Fact::StepTaken(step) => step.attachments.as_slice(),
            Fact::Served(served) => served.attachments.as_slice(),
            Fact::Supplemented(later) => later.attachments.as_slice(),
            _ => &[],
        };
        for file in files {
            blob::record(tx, after.id, file)?;
        }
    }
    Ok(())
}

/// The columns of the state row, as the case file gives them.
fn columns(matter: &Matter, law: (&Statutes, &Calendar)) -> Vec<Value> {
    let due = matter.next_due(law.0, law.1).map(|(_, due)| due);
    let cause = match &matter.step {
        Step::Concluded(Conclusion { cause, .. }) => cause.map(|cause| cause.word()),
        _ => None,
    };
    let waits = matches!(matter.extension, ExtensionState::Asked(_))
        || (matter.step == Step::Accepted && matter.unanswered().next().is_none());
    let answered_on = matter.answer.as_ref().map(|answer| answer.on);
    let first = matter.petitions.first();
    let place = matter.place.0.chars().take(6).collect::<String>();
    params![
        matter.version,
        place,
        &matter.place.0,
        &matter.title,
        &matter.category.0,
        Head::of(&matter.category.0).word(),
        matter.step.word(),
        &matter.holder.0,
        matter.holder_since,
        matter.received_on,
        matter.registered_on,
        answered_on,
        answered_on.map(day),
        matter.served.as_ref().map(|served| served.on),
        matter.concluded_on,
        cause,
        due.as_ref().map(|due| due.nominal),
        due.as_ref().map_or_else(|| NEVER.to_owned(), |due| due.nominal.to_string()),
        due.as_ref().map(|due| due.clock.word()),
        !matches!(matter.step, Step::Concluded(_)),
        waits,
        i64::try_from(matter.petitions.len()).unwrap_or_default(),
        first.map_or(0, |petition| i64::from(petition.headcount)),
        first.map_or("", |petition| petition.channel.word()),
        first.is_some_and(|petition| petition.collective),
        first.map(petition::lead).unwrap_or_default(),
    ]
    .to_vec()
}

const NAMES: &str =
    "version, jurisdiction, place, title, category, head, step, holder, holder_since,
  received_on, registered_on, answered_on, answered_day, served_on, concluded_on, cause, due_on, due_key,
  due_clock, is_open, waits_for_head, petitions, headcount, channel, collective, lead";

fn record_row(tx: &mut Tx<'_>, matter: &Matter, law: (&Statutes, &Calendar)) -> Result<(), Error> {
    let mut values = columns(matter, law);
    values.insert(0, Value::Int(matter.id.0));
    if matter.version > 1 {
        tx.run("DELETE FROM matter WHERE id = $1", params![matter.id.0])?;
        tx.run("DELETE FROM clock WHERE matter = $1", params![matter.id.0])?;
    }
    tx.run(
        "INSERT INTO matter (id, version, jurisdiction, place, title, category, head, step, holder,
           holder_since, received_on, registered_on, answered_on, answered_day, served_on,
           concluded_on, cause, due_on, due_key, due_clock, is_open, waits_for_head, petitions,
           headcount, channel, collective, lead)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
           $19, $20, $21, $22, $23, $24, $25, $26, $27)",
        &values,
    )?;
    for (position, span) in (0i64..).zip(&matter.spans) {
        let Some(due) = span.due(&matter.place, law.0, law.1) else { continue };
        tx.run(
            "INSERT INTO clock (matter, position, kind, unit, started_on, ended_on, due_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            params![
                matter.id.0,
                position,
                span.clock.word(),
                &span.unit.0,
                span.started_on,
                span.ended_on,
                due.nominal
            ],
        )?;
    }
    for unit in &matter.units {
        tx.run(
            "INSERT INTO matter_unit (unit, matter) VALUES ($1, $2) ON CONFLICT (unit, matter) DO NOTHING",
            params![&unit.0, matter.id.0],
        )?;
    }
    Ok(())
}

/// What differs between the stored row and the one that the case file gives; for `verify`.
///
/// # Errors
/// The engine failed.
pub fn differs(
    tx: &mut Tx<'_>,
    matter: &Matter,
    law: (&Statutes, &Calendar),
) -> Result<Vec<String>, Error> {
    let expected = columns(matter, law);
    let sql = format!("SELECT {NAMES} FROM matter WHERE id = $1");
    let Some(mut stored) = tx.opt(&sql, params![matter.id.0])? else {
        return Ok(vec!["missing".to_owned()]);
    };
    Ok(NAMES
        .split(',')
        .map(str::trim)
        .zip(expected)
        .filter_map(|(name, value)| {
            let found = stored.value();
            (found != value).then(|| format!("{name}: {found:?} instead of {value:?}"))
        })
        .collect())
}

/// Every matter's number, in order.
///
/// # Errors
/// The engine failed.
pub fn ids(tx: &mut Tx<'_>) -> Result<Vec<MatterId>, Error> {
    let rows = tx.all("SELECT DISTINCT matter FROM fact ORDER BY matter", &[])?;
    rows.into_iter().map(|mut row| row.int().map(MatterId)).collect()
}

/// Whether the matter is within what the actor sees.
///
/// # Errors
/// The engine failed.
pub fn visible(tx: &mut Tx<'_>, id: MatterId, scope: &Scope) -> Result<bool, Error> {
    Ok(match scope {
        Scope::All => true,
        Scope::Nothing => false,
        Scope::Unit(unit) => tx
            .opt(
                "SELECT 1 FROM matter_unit WHERE unit = $1 AND matter = $2",
                params![&unit.0, id.0],
            )?
            .is_some(),
    })
}

/// A matter as lists show it.
#[derive(Debug, Clone)]
pub struct MatterRow {
    /// Its number.
    pub id: MatterId,
    /// One line.
    pub title: String,
    /// Where the problem is.
    pub place: String,
    /// Where it stands.
    pub step: String,
    /// Who has it.
    pub holder: String,
    /// Since when.
    pub holder_since: Date,
    /// Its next duty falls due on.
    pub due_on: Option<Date>,
    /// Which duty that is.
    pub due_clock: Option<String>,
    /// A head has to decide.
    pub waits_for_head: bool,
    /// How many petitions it joins.
    pub petitions: i64,
    /// People of the first petition.
    pub headcount: i64,
    /// How the first petition came.
    pub channel: String,
    /// Collective or not.
    pub collective: bool,
    /// Masked name.
    pub lead: String,
    /// Classification.
    pub category: String,
}

const ROW: &str =
    "matter.id, matter.title, matter.place, matter.step, matter.holder, matter.holder_since,
  matter.due_on, matter.due_clock, matter.waits_for_head, matter.petitions, matter.headcount,
  matter.channel, matter.collective, matter.lead, matter.category";

fn row(mut row: Row) -> Result<MatterRow, Error> {
    Ok(MatterRow {
        id: MatterId(row.int()?),
        title: row.text()?,
        place: row.text()?,
        step: row.text()?,
        holder: row.text()?,
        holder_since: row.date()?,
        due_on: row.opt_date()?,
        due_clock: row.opt_text()?,
        waits_for_head: row.int()? != 0,
        petitions: row.int()?,
        headcount: row.int()?,
        channel: row.text()?,
        collective: row.int()? != 0,
        lead: row.text()?,
        category: row.text()?,
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
    pub steps: Vec<&'static str>,
    /// Due before this day (exclusive), so overdue when the day is today.
    pub due_before: Option<Date>,
    /// Due from this day on.
    pub due_from: Option<Date>,
    /// Only those where a head has to decide.
    pub waits_for_head: bool,
    /// Under this place, by its code's beginning.
    pub place: Option<String>,
    /// Category path's beginning.
    pub category: Option<String>,
    /// Words to be found in the text.
    pub words: Option<String>,
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
            place: None,
            category: None,
            words: None,
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
    let mut sql = String::from("1 = 1");
    let mut values: Vec<Value> = Vec::new();
    let mut and = |text: &str, value: Value| {
        values.push(value);
        sql.push_str(" AND ");
        sql.push_str(&text.replace('?', &format!("${}", values.len())));
    };
    match &listing.scope {
        Scope::All => {}
        Scope::Nothing => return None,
        Scope::Unit(unit) => and(
            "matter.id IN (SELECT matter FROM matter_unit WHERE unit = ?)",
            unit.0.as_str().into(),
        ),
    }
    if listing.open {
        and("matter.is_open = ?", 1i64.into());
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
    // Steps and ids come from code, never from a reader's text, and are written out.
    if !listing.steps.is_empty() {
        let steps: Vec<String> = listing.steps.iter().map(|step| format!("'{step}'")).collect();
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
        let newest =
            (values.is_empty() && listing.restricts_nothing_else()).then_some((COUNTED, before));
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
    let Some((sql, mut values)) = conditions(tx, listing) else { return Ok(0) };
    values.push(COUNTED.into());
    let limit = values.len();
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT matter.id FROM matter WHERE {sql} LIMIT ${limit}) AS counted"
    );
    tx.one(&sql, &values)?.int()
}

/// Renews the rows of all matters after the calendar changed; says how many due dates moved.
///
/// # Errors
/// The engine failed.
pub fn recompute(tx: &mut Tx<'_>, law: (&Statutes, &Calendar)) -> Result<u64, Error> {
    let mut moved = 0;
    for id in ids(tx)? {
        let Some(matter) = find(tx, id)? else { continue };
        let before =
            tx.all("SELECT due_on FROM clock WHERE matter = $1 ORDER BY position", params![id.0])?;
        let before = before.into_iter().map(|mut row| row.date()).collect::<Result<Vec<_>, _>>()?;
        let after: Vec<Date> = matter
            .spans
            .iter()
            .filter_map(|span| span.due(&matter.place, law.0, law.1).map(|due| due.nominal))
            .collect();
        if before != after {
            moved += 1;
            tx.run("DELETE FROM matter WHERE id = $1", params![id.0])?;
            tx.run("DELETE FROM clock WHERE matter = $1", params![id.0])?;
            record_row(tx, &matter, law)?;
        }
    }
    Ok(moved)
}
