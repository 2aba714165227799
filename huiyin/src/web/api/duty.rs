//! The duty side through the API (责任落实接口): rooms, records, acts, the board.

use super::{Caller, Fault, answers, change, numbers_of, ok};
use crate::duty::board::{board as lines, record as find, rows};
use crate::duty::{Done, DutyAct, Given};
use crate::house::House;
use crate::problem::Problem;
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::duty::{Noun, Spine};
use casework::role::{self, Thing};
use serde_json::{Value, json};
use store::wall::{Sight, sight};

fn noun_of(word: &str) -> Result<Noun, Problem> {
    Noun::parse(word).ok_or(Problem::NotFound)
}

fn brief(id: &str, spine: &Spine) -> Value {
    json!({
        "id": id, "title": spine.title, "on": spine.on, "until": spine.until, "state": spine.state,
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

/// What lies sealed, and keyed hashes, are nobody's to read here.
fn open_fields(value: &mut Value) {
    const HIDDEN: [&str; 4] = ["sealed", "party", "phone_hash", "code_hash"];
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !HIDDEN.contains(&name.as_str()));
            fields.values_mut().for_each(open_fields);
        }
        Value::Array(items) => items.iter_mut().for_each(open_fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Matters by their numbers, without those that the caller may not know of.
fn name_matters(value: &mut Value, known: &[casework::matter::MatterId]) {
    let named = |value: &Value| {
        let id = casework::matter::MatterId(value.as_i64()?);
        known.contains(&id).then(|| Value::from(id.to_string()))
    };
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match name.as_str() {
                    "matter" => *field = named(field).unwrap_or(Value::Null),
                    "list" | "agenda" | "matters" => {
                        let items = field.as_array().into_iter().flatten();
                        *field = items.filter_map(named).collect();
                    }
                    _ => name_matters(field, known),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| name_matters(item, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

pub(super) fn shown(
    house: &House,
    actor: &casework::org::Actor,
    (noun, id): (Noun, &str),
) -> Result<Value, Problem> {
    let (spine, mut value) = find(house, actor, (noun, id))?;
    let scope = role::scope(actor);
    let known = house.db.read(|tx| {
        let mut known = Vec::new();
        for matter in &spine.matters {
            if sight(tx, *matter, &scope)? == Sight::Open {
                known.push(*matter);
            }
        }
        Ok::<_, store::Error>(known)
    })?;
    open_fields(&mut value);
    name_matters(&mut value, &known);
    let mut body = brief(id, &spine);
    body["noun"] = json!(noun.word());
    body["record"] = value;
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
        if act.begins != (id == "new") {
            return Err(Problem::NotFound);
        }
        role::allow(&by.actor, act.act, Thing::Office).map_err(Problem::Denied)?;
        let answers = answers(house, body, numbers_of(act.fields))?;
        let record = if act.begins { "" } else { id.as_str() };
        let actor = by.actor.clone();
        let Done { id, given } = act.run(house, by, record, &answers)?;
        let mut said = shown(house, &actor, (act.noun, &id))?;
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
