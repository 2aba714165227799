//! The duty side through the API (责任落实接口): rooms, records, acts, the board.

use super::{Caller, Fault, answers, change, ok};
use crate::duty::board::board as lines;
use crate::duty::record::{record as find, rows};
use crate::duty::{Done, DutyAct, Given};
use crate::house::House;
use crate::problem::Problem;
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::duty::{Noun, Spine};
use casework::org::Actor;
use casework::role::{self, Thing};
use serde_json::{Value, json};

fn noun_of(word: &str) -> Result<Noun, Problem> {
    Noun::parse(word).ok_or(Problem::NotFound)
}

fn brief(id: &str, spine: &Spine) -> Value {
    json!({
        "id": id, "title": spine.title, "on": spine.on, "until": spine.until, "state": spine.state.word(),
        "person": spine.person.as_ref().map(|person| &person.0), "unit": spine.unit.as_ref().map(|unit| &unit.0),
    })
}

/// The records of a kind that exist for the caller, newest first.
pub async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Path(noun): Path<String>,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| rows(house, &caller.actor, noun_of(&noun)?)).await?;
    let records: Vec<Value> = found.iter().map(|row| brief(&row.id, &row.spine)).collect();
    Ok(ok(&json!({ "records": records })))
}

pub(super) fn shown(
    house: &House,
    actor: &Actor,
    (noun, id): (Noun, &str),
) -> Result<Value, Problem> {
    let shown = find(house, actor, (noun, id))?;
    let mut body = brief(id, &shown.spine);
    body["noun"] = json!(noun.word());
    body["record"] = json!(shown.seen);
    Ok(body)
}

/// A record.
pub async fn show(
    State(house): State<Shared>,
    caller: Caller,
    Path((noun, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| shown(house, &caller.actor, (noun_of(&noun)?, &id)));
    Ok(ok(&found.await?))
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
        let mut said = shown(house, &actor, (act.at.noun, &id))?;
        let (petition, code) = match given {
            Given::Nothing => (None, None),
            Given::Petition(receipt) => (Some(receipt.number), Some(receipt.code)),
            Given::Place { code, .. } => (None, Some(code)),
        };
        said["petition"] = json!(petition);
        said["query_code"] = json!(code);
        Ok(said)
    })
    .await
}

/// How everybody stands with their quota.
pub async fn board(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| lines(house, &caller.actor, house.moment().on));
    let lines: Vec<Value> = found
        .await?
        .into_iter()
        .map(|line| {
            json!({ "person": line.person.0, "name": line.name, "post": line.post,
                "grade": line.grade.word(), "standing": line.standing })
        })
        .collect();
    Ok(ok(&json!({ "lines": lines })))
}
