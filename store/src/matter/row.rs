//! A matter as lists show it (事项列表行).

use crate::Error;
use crate::row::Row;
use casework::matter::{MatterId, StepKind};
use casework::org::{AccountId, Place, UnitId};
use casework::petition::Channel;
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
    /// Registered on.
    pub registered_on: Date,
    /// Its next duty falls due on; in a queue, what it waits there for.
    pub due_on: Option<Date>,
    /// Which duty that is.
    pub due_clock: Option<ClockKind>,
    /// A head has to decide.
    pub waits_for_head: bool,
    /// How many petitions it joins.
    pub petitions: i64,
    /// People of the first petition.
    pub headcount: i64,
    /// How the first petition came; nothing once all were joined to another matter.
    pub channel: Option<Channel>,
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

/// The day that sorts matters without a due date last.
pub const NEVER: &str = "9999-12-31";

/// The columns of a row but for when it is due.
pub(super) const COLUMNS: &str =
    "matter.id, matter.title, matter.place, matter.step, matter.holder,
  matter.holder_since, matter.registered_on, matter.waits_for_head, matter.petitions,
  matter.headcount, matter.channel, matter.collective, matter.lead, matter.category, matter.sealed,
  matter.urgent, matter.in_charge";

/// Of what is sealed a list says only that it is there; who may see more opens it, and that is recorded.
pub(super) fn row(row: &Row) -> Result<MatterRow, Error> {
    let sealed = row.yes("sealed")?;
    let open = |column| if sealed { Ok(String::new()) } else { row.text(column) };
    Ok(MatterRow {
        id: MatterId(row.int("id")?),
        title: open("title")?,
        place: Place(row.text("place")?),
        step: row.word("step")?,
        holder: UnitId(row.text("holder")?),
        holder_since: row.date("holder_since")?,
        registered_on: row.date("registered_on")?,
        due_on: Some(row.text("due_key")?)
            .filter(|day| day != NEVER)
            .map(|_| row.date("due_key"))
            .transpose()?,
        due_clock: row.opt_word("due_clock")?,
        waits_for_head: row.yes("waits_for_head")?,
        petitions: row.int("petitions")?,
        headcount: row.int("headcount")?,
        channel: if row.text("channel")?.is_empty() { None } else { Some(row.word("channel")?) },
        collective: row.yes("collective")?,
        lead: open("lead")?,
        category: open("category")?,
        sealed,
        urgent: row.yes("urgent")?,
        in_charge: row.opt_text("in_charge")?.filter(|_| !sealed).map(AccountId),
    })
}
