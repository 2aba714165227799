//! Lists of matters as the API answers them (事项列表应答).

use casework::matter::StepKind;
use casework::org::UnitId;
use casework::petition::Channel;
use casework::statute::ClockKind;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use store::matter::MatterRow;

/// A matter in a list; of what is sealed it says only that it is there.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Row")]
pub struct MatterRowShown {
    id: String,
    title: String,
    step: StepKind,
    holder: UnitId,
    holder_since: Date,
    due_on: Option<Date>,
    due_clock: Option<ClockKind>,
    petitions: i64,
    headcount: i64,
    channel: Option<Channel>,
    place: String,
    category: String,
    /// Masked.
    lead: String,
    waits_for_head: bool,
    sealed: bool,
    urgent: bool,
}

impl From<MatterRow> for MatterRowShown {
    fn from(row: MatterRow) -> Self {
        Self {
            id: row.id.to_string(),
            title: row.title,
            step: row.step,
            holder: row.holder,
            holder_since: row.holder_since,
            due_on: row.due_on,
            due_clock: row.due_clock,
            petitions: row.petitions,
            headcount: row.headcount,
            channel: row.channel,
            place: row.place.0,
            category: row.category,
            lead: row.lead,
            waits_for_head: row.waits_for_head,
            sealed: row.sealed,
            urgent: row.urgent,
        }
    }
}

/// A page of matters.
#[derive(Serialize, JsonSchema)]
pub struct Matters {
    pub(super) matters: Vec<MatterRowShown>,
    /// The cursor to the next page, if there is one.
    pub(super) after: Option<String>,
    /// Whether they stand by their due dates.
    pub(super) by_due: bool,
}
