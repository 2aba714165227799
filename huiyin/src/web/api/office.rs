//! The organisation through the API (机构接口): units, posts, places, calendar, accounts, journal.

use super::{Caller, Fault, answers, change, ok};
use crate::office::{Given, OfficeAct};
use crate::problem::Problem;
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::role::Act;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{account, almanac};

/// Units, each with the one it belongs to.
pub async fn units(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let units: Vec<Value> = directory
        .units
        .values()
        .map(|unit| {
            json!({ "id": unit.id.0, "name": unit.name, "short": unit.short, "kind": unit.kind.word(),
                "place": unit.place.0, "parent": unit.parent.as_ref().map(|parent| &parent.0), "phone": unit.phone,
                "address": unit.address })
        })
        .collect();
    ok(&json!({ "units": units }))
}

/// Posts.
pub async fn posts(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let posts: Vec<Value> = directory
        .posts
        .values()
        .map(|post| json!({ "id": post.id.0, "unit": post.unit.0, "name": post.name, "rank": post.rank }))
        .collect();
    ok(&json!({ "posts": posts }))
}

/// Places.
pub async fn places(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let places: Vec<Value> = directory
        .places
        .values()
        .map(|place| {
            json!({ "code": place.code.0, "name": place.name, "level": place.level,
                "parent": place.parent.as_ref().map(|parent| &parent.0) })
        })
        .collect();
    ok(&json!({ "places": places }))
}

/// The classification in force today.
pub async fn categories(State(house): State<Shared>, _: Caller) -> Response {
    let on = house.moment().on;
    ok(&json!({ "on": on, "categories": house.directory().categories(on) }))
}

/// The calendar's schedules.
pub async fn schedules(State(house): State<Shared>, _: Caller) -> Result<Response, Fault> {
    let found = blocking(&house, |house| Ok(house.db.read(almanac::schedules)?)).await?;
    Ok(ok(&json!({ "schedules": found })))
}

/// Accounts, for the system and the security administrator.
pub async fn accounts(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    caller.may(Act::ManageAccounts).or(caller.may(Act::GrantRoles))?;
    let found = blocking(&house, |house| Ok(house.db.read(account::list)?)).await?;
    let accounts: Vec<Value> = found
        .into_iter()
        .map(|account| {
            let roles: Vec<&str> = account.actor.roles.iter().map(|role| role.word()).collect();
            json!({ "login": account.actor.login, "name": account.actor.name, "unit": account.actor.unit.0,
                "post": account.post.map(|post| post.0), "roles": roles, "must_change": account.must_change,
                "closed_on": account.closed_on })
        })
        .collect();
    Ok(ok(&json!({ "accounts": accounts })))
}

/// One's own tokens.
pub async fn tokens(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| {
        Ok(house.db.read(|tx| account::tokens(tx, &caller.actor.account))?)
    })
    .await?;
    let tokens: Vec<Value> = found
        .into_iter()
        .map(|token| json!({ "token": token.token, "label": token.label, "created_at": token.created_at.0 }))
        .collect();
    Ok(ok(&json!({ "tokens": tokens })))
}

/// Where a page of the journal begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Before {
    before: String,
}

/// The journal, newest first, for the audit administrator.
pub async fn journal(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<Before>,
) -> Result<Response, Fault> {
    caller.may(Act::ReadJournal)?;
    let before = ask.before.parse().ok();
    let scope = casework::role::scope(&caller.actor);
    let lines = blocking(&house, move |house| {
        Ok(house.db.read(|tx| store::journal::list_for(tx, &scope, before, 100))?)
    })
    .await?;
    let next = (lines.len() == 100).then(|| lines.last().map(|line| line.sequence)).flatten();
    let lines: Vec<Value> = lines
        .into_iter()
        .map(|line| {
            json!({ "sequence": line.sequence, "at": line.at.0, "actor": line.actor, "kind": line.kind,
                "subject": line.subject, "body": line.body })
        })
        .collect();
    Ok(ok(&json!({ "lines": lines, "before": next })))
}

/// Does an act on the office.
pub async fn act_on(
    State(house): State<Shared>,
    caller: Caller,
    Path(word): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let act = OfficeAct::find(&word).ok_or(Problem::NotFound)?;
        let answers = answers(house, body, &act.fields())?;
        Ok(match act.read(&answers, &house.directory())?.run(house, by)? {
            Given::Nothing => json!({ "done": true }),
            Given::Secret(secret) => json!({ "done": true, "secret": secret }),
            Given::Count(count) => json!({ "done": true, "count": count }),
        })
    })
    .await
}
