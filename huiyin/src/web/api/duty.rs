//! The duty side through the API (责任落实接口): rooms, records, acts, the board.

use super::{Caller, Fault, answers, change, ok};
use crate::by::Given;
use crate::duty::board::board as lines;
use crate::duty::record::{Shown, record as find, rows};
use crate::duty::{Done, DutyAct};
use crate::problem::Problem;
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::duty::campaign::Baseline;
use casework::duty::quota::Fulfilment;
use casework::duty::tenure::Grade;
use casework::duty::{self, Noun, Seen, Spine};
use casework::org::{AccountId, UnitId};
use casework::role::{self, Thing};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

fn noun_of(word: &str) -> Result<Noun, Problem> {
    Noun::parse(word).ok_or(Problem::NotFound)
}

/// A record in a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecordRow")]
pub(super) struct RecordRowShown {
    #[schemars(example = &"2025-7")]
    id: String,
    title: String,
    on: Date,
    until: Option<Date>,
    state: duty::State,
    person: Option<AccountId>,
    unit: Option<UnitId>,
}

impl RecordRowShown {
    fn of(id: String, spine: Spine) -> Self {
        let Spine { title, on, until, state, person, unit, .. } = spine;
        Self { id, title, on, until, state, person, unit }
    }
}

/// The records of a kind.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Records")]
pub(super) struct RecordsShown {
    records: Vec<RecordRowShown>,
}

/// The records of a kind that exist for the caller, newest first.
pub async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Path(noun): Path<String>,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| rows(house, &caller.actor, noun_of(&noun)?)).await?;
    let records = found.into_iter().map(|row| RecordRowShown::of(row.id, row.spine)).collect();
    Ok(ok(&RecordsShown { records }))
}

/// A record as its reader sees it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Record")]
pub(super) struct RecordShown {
    noun: Noun,
    #[serde(flatten)]
    row: RecordRowShown,
    record: Seen,
    /// How it stands against its list, if it is a campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Baseline>,
}

impl RecordShown {
    fn of(shown: Shown) -> Self {
        let Shown { noun, id, spine, seen, against, .. } = shown;
        Self { noun, row: RecordRowShown::of(id, spine), record: seen, against }
    }
}

/// A record after an act, with what somebody takes along.
#[derive(Serialize, JsonSchema)]
pub(super) struct RecordAfter {
    #[serde(flatten)]
    record: RecordShown,
    /// The petition that was registered with it.
    petition: Option<String>,
    /// Shown once, and the same again for who sends again under a key.
    query_code: Option<String>,
}

/// How a leader stands with their quota.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BoardLine")]
pub(super) struct BoardLineShown {
    person: AccountId,
    name: String,
    post: String,
    grade: Grade,
    standing: Fulfilment,
}

/// How everybody stands with their quota.
#[derive(Serialize, JsonSchema)]
pub(super) struct Board {
    lines: Vec<BoardLineShown>,
}

/// A record.
pub async fn show(
    State(house): State<Shared>,
    caller: Caller,
    Path((noun, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| find(house, &caller.actor, noun_of(&noun)?, &id));
    Ok(ok(&RecordShown::of(found.await?)))
}

/// Does an act; the address's `new` stands for a record that is to begin.
pub async fn act_on(
    State(house): State<Shared>,
    caller: Caller,
    Path((noun, id, word)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let act = DutyAct::find(noun_of(&noun)?, &word).ok_or(Problem::NotFound)?;
        if act.at.begins() != (id == "new") {
            return Err(Problem::NotFound);
        }
        role::allow(&by.actor, act.act, Thing::Office).map_err(Problem::Denied)?;
        let answers = answers(house, body, &act.fields())?;
        let record = if act.at.begins() { "" } else { id.as_str() };
        let actor = by.actor.clone();
        let Done { id, given } = act.run(house, by, record, &answers)?;
        let record = RecordShown::of(find(house, &actor, act.at.noun, &id)?);
        let (petition, query_code) = match given {
            Given::Nothing => (None, None),
            Given::Petition(receipt) => (Some(receipt.number), Some(receipt.code)),
            Given::Place { code, .. } => (None, Some(code)),
        };
        Ok(RecordAfter { record, petition, query_code })
    })
    .await
}

/// How everybody stands with their quota.
pub async fn board(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| lines(house, &caller.actor, house.moment().on));
    let one = |line: crate::duty::board::BoardLine| BoardLineShown {
        person: line.person,
        name: line.name,
        post: line.post,
        grade: line.grade,
        standing: line.standing,
    };
    Ok(ok(&Board { lines: found.await?.into_iter().map(one).collect() }))
}
