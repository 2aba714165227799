//! The JSON API (接口) under `/api/v1`: the same acts and reads as the pages.

use crate::act::act;
use crate::acts::{ActForm, Answers};
use crate::house::House;
use crate::intake::{join, register};
use crate::locale::Lang;
use crate::problem::{FieldError, Problem};
use crate::web::desk::{Ask, listing};
use crate::web::intake::{claims, draft, matches};
use crate::web::matter::clocks;
use crate::web::session::digest;
use crate::web::{MOST_BYTES, Shared, blocking, page, report};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use casework::figure::catalogue;
use casework::matter::{Matter, MatterId};
use casework::org::Actor;
use casework::role::{self, Act, Thing};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::account;

/// The API's addresses.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/openapi.json", get(crate::web::openapi::show))
        .route("/petitions", post(petition))
        .route("/petitions/matches", post(likely))
        .route("/matters", get(list))
        .route("/matters/{id}", get(show))
        .route("/matters/{id}/petitions", post(join_petition))
        .route("/matters/{id}/acts/{act}", post(do_act))
        .route("/units", get(units))
        .route("/report/{year}", get(yearly))
        .route("/figures/{key}", get(figure))
        .layer(axum::extract::DefaultBodyLimit::max(MOST_BYTES))
}

/// Whoever holds a token.
pub struct Caller {
    actor: Actor,
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, house: &Shared) -> Result<Self, Fault> {
        let secret = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(digest)
            .ok_or(Fault(Problem::SignIn))?;
        let found =
            blocking(house, move |house| Ok(house.db.read(|tx| account::by_token(tx, &secret))?))
                .await?;
        found
            .filter(|account| !account.must_change)
            .map(|account| Self { actor: account.actor })
            .ok_or(Fault(Problem::SignIn))
    }
}

/// A problem as `application/problem+json` (RFC 9457).
pub struct Fault(Problem);

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl Fault {
    fn body(&self) -> (u16, Value) {
        let Self(problem) = self;
        let status = problem.status();
        let mut body = json!({
            "type": format!("urn:huiyin:{}", problem.word()),
            "title": page::text(Lang::Hans, problem),
            "status": status,
        });
        if let Some(rule) = problem.rule() {
            body["rule"] = rule.into();
        }
        if let Problem::Invalid(fields) = problem {
            body["fields"] = fields
                .iter()
                .map(|error| json!({ "field": error.field, "wrong": error.wrong, "text": Lang::Hans.t(error.wrong) }))
                .collect();
        }
        (status, body)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        if let Self(Problem::Store(error)) = &self {
            tracing::error!(%error, "the store failed");
        }
        let (status, body) = self.body();
        json_response(status, "application/problem+json", body.to_string())
    }
}

fn json_response(status: u16, media: &'static str, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, media)], body).into_response()
}

pub(crate) fn ok(body: &Value) -> Response {
    json_response(200, "application/json", body.to_string())
}

/// A JSON object as answers: text, numbers and lists of them; `parties` as rows of columns.
fn answers(body: &Bytes) -> Result<Answers, Problem> {
    let wrong = |field: &str, wrong| Problem::Invalid(vec![FieldError::new(field, wrong)]);
    let value: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| wrong("", "wrong-json"))?;
    let scalar = |name: &str, value: &Value| match value {
        Value::String(text) if !text.contains('\0') => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null => Ok(String::new()),
        _ => Err(wrong(name, "wrong-type")),
    };
    let mut answers = Answers::default();
    for (name, value) in &value {
        match (name.as_str(), value) {
            ("parties", Value::Array(rows)) => {
                for row in rows {
                    let row = row.as_object().ok_or_else(|| wrong("parties", "wrong-type"))?;
                    for key in row.keys() {
                        if !PARTY.contains(&key.as_str()) {
                            return Err(wrong(key, "wrong-unknown"));
                        }
                    }
                    for column in PARTY {
                        let cell = row
                            .get(column)
                            .map_or(Ok(String::new()), |cell| scalar(column, cell))?;
                        answers.values.entry(column.to_owned()).or_default().push(cell);
                    }
                }
            }
            (_, Value::Array(items)) => {
                let items: Result<Vec<_>, _> =
                    items.iter().map(|item| scalar(name, item)).collect();
                answers.values.insert(name.clone(), items?);
            }
            (_, value) => {
                answers.values.insert(name.clone(), vec![scalar(name, value)?]);
            }
        }
    }
    Ok(answers)
}

pub(crate) const PARTY: [&str; 6] =
    ["name", "phone", "id_number", "address", "party_role", "party_kind"];
const PETITION: [&str; 16] = [
    "channel",
    "posted_on",
    "received_on",
    "headcount",
    "addressee",
    "reference",
    "language",
    "title",
    "text",
    "place",
    "category",
    "demand",
    "parties",
    "join_reason",
    "name",
    "phone",
];

fn known(answers: &Answers) -> Result<(), Problem> {
    let unknown: Vec<FieldError> = answers
        .values
        .keys()
        .filter(|name| !PETITION.contains(&name.as_str()) && !PARTY.contains(&name.as_str()))
        .map(|name| FieldError::new(name.clone(), "wrong-unknown"))
        .collect();
    if unknown.is_empty() { Ok(()) } else { Err(Problem::Invalid(unknown)) }
}

/// The status of a key whose work has begun and not ended.
const UNDER_WAY: i64 = 102;

/// Runs a change once for an idempotency key: the same request again gets the same answer, another
/// request under the key is refused.
async fn once(
    house: &Shared,
    caller: Caller,
    headers: &HeaderMap,
    body: Bytes,
    work: impl FnOnce(&Shared, &Actor, &Bytes) -> Result<Value, Problem> + Send + 'static,
) -> Response {
    let key =
        headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let done = blocking(house, move |house| {
        let Some(key) = key else { return Ok(work(house, &caller.actor, &body)) };
        let request = digest(&String::from_utf8_lossy(&body));
        let (id, now) = (caller.actor.account.clone(), house.clock.now());
        if let Some((before, status, answer)) =
            house.db.read(|tx| account::answered(tx, &id, &key))?
        {
            if before != request || status == UNDER_WAY {
                return Err(Problem::Conflict);
            }
            return serde_json::from_str(&answer)
                .map(Ok)
                .map_err(|error| store::Error::from(error).into());
        }
        // Reserved before the work: of two equal requests at once, one does it and the other hears so.
        let (by, name) = (id.clone(), key.clone());
        house.db.write(move |tx| {
            account::record_answer(tx, &by, &name, (&request, UNDER_WAY, ""), now)
        })?;
        let result = work(house, &caller.actor, &body);
        let kept = result.as_ref().ok().cloned().map(|mut value| {
            // The query code is shown once and kept nowhere in the clear.
            if let Some(fields) = value.as_object_mut() {
                fields.remove("query_code");
            }
            value.to_string()
        });
        house.db.write(move |tx| match &kept {
            Some(text) => account::complete_answer(tx, &id, &key, 200, text),
            None => account::forget_answer(tx, &id, &key),
        })?;
        Ok(result)
    });
    match done.await {
        Ok(Ok(value)) => ok(&value),
        Ok(Err(problem)) | Err(problem) => Fault(problem).into_response(),
    }
}

fn receipt(house: &House, receipt: &crate::intake::Receipt) -> Value {
    json!({ "number": receipt.number, "query_code": receipt.code, "matter": brief(house, &receipt.matter) })
}

async fn petition(
    State(house): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    once(&house, caller, &headers, body, |house, actor, body| {
        let answers = answers(body)?;
        known(&answers)?;
        let draft = draft(house, &answers).map_err(Problem::Invalid)?;
        Ok(receipt(house, &register(house, actor, draft, None)?))
    })
    .await
}

async fn join_petition(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    once(&house, caller, &headers, body, move |house, actor, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let answers = answers(body)?;
        known(&answers)?;
        let draft = draft(house, &answers).map_err(Problem::Invalid)?;
        let matter = house.db.read(|tx| crate::act::find(tx, actor, id))?;
        let claims = claims(&matter, &draft.demands);
        let reason =
            answers.values.get("join_reason").and_then(|v| v.first()).cloned().unwrap_or_default();
        Ok(receipt(house, &join(house, actor, id, draft, (claims, reason))?))
    })
    .await
}

async fn likely(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Fault> {
    role::allow(&caller.actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
    let found = blocking(&house, move |house| {
        let draft = draft(house, &answers(&body)?).map_err(Problem::Invalid)?;
        crate::web::intake::log_look(house, &caller.actor.account.0, "looked-for-repeats", "")?;
        let found: Vec<Value> = matches(house, &draft)?
            .into_iter()
            .map(|found| json!({ "reasons": found.reasons, "likeness": found.likeness, "matter": full(house, &found.matter) }))
            .collect();
        Ok(json!({ "matches": found }))
    })
    .await?;
    Ok(ok(&found))
}

async fn do_act(
    State(house): State<Shared>,
    caller: Caller,
    Path((id, word)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let version = headers
        .get(header::IF_MATCH)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.trim_matches('"').parse().ok());
    once(&house, caller, &headers, body, move |house, actor, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let form = ActForm::find(&word).ok_or(Problem::NotFound)?;
        let command = form.parse(&answers(body)?).map_err(Problem::Invalid)?;
        Ok(full(house, &act(house, actor, id, version, command)?))
    })
    .await
}

/// A matter in one row.
fn brief(house: &House, matter: &Matter) -> Value {
    let directory = house.directory();
    let next = matter.next_due(&house.statutes, &house.calendar());
    json!({
        "id": matter.id.to_string(), "version": matter.version, "title": matter.title, "step": matter.step.word(),
        "holder": matter.holder.0, "holder_name": directory.unit(&matter.holder.0),
        "holder_since": matter.holder_since, "category": matter.category.0, "place": matter.place.0,
        "due_on": next.as_ref().map(|(_, due)| due.nominal), "due_clock": next.as_ref().map(|(_, due)| due.clock.word()),
    })
}

/// A matter with its petitions, demands and clocks; identities stay sealed.
fn full(house: &House, matter: &Matter) -> Value {
    let mut body = brief(house, matter);
    let petitions: Vec<Value> = matter
        .petitions
        .iter()
        .map(|petition| {
            json!({
                "number": petition.number.0, "channel": petition.channel.word(), "received_on": petition.received_on,
                "registered_on": petition.registered_on, "headcount": petition.headcount,
                "collective": petition.collective, "title": petition.title, "text": petition.text,
                "parties": petition.parties.iter().map(|party| json!({
                    "role": party.role.word(), "kind": party.kind.word(), "name": party.mask
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let demands: Vec<Value> = matter
        .demands
        .iter()
        .map(|demand| json!({ "ordinal": demand.ordinal, "text": demand.text, "answer": demand.answer }))
        .collect();
    let clocks: Vec<Value> = clocks(house, matter, &house.directory())
        .into_iter()
        .map(|clock| {
            json!({
                "clock": clock.word, "started_on": clock.due.started_on, "length": clock.due.length,
                "unit": if clock.due.unit == casework::statute::DayUnit::Working { "working_day" } else { "calendar_day" },
                "added_days": clock.due.added_days, "nominal": clock.due.nominal, "legal": clock.due.legal,
                "safe": clock.due.safe, "provisional": clock.due.provisional, "ended_on": clock.ended_on,
                "rule": clock.due.source.rule.0, "article": clock.due.source.article,
            })
        })
        .collect();
    body["petitions"] = petitions.into();
    body["demands"] = demands.into();
    body["clocks"] = clocks.into();
    body["concluded_on"] = json!(matter.concluded_on);
    body
}

async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<Ask>,
) -> Result<Response, Fault> {
    role::allow(&caller.actor, Act::ViewMatter, Thing::Office).map_err(Problem::Denied)?;
    let wanted = listing(&caller.actor, &ask);
    let rows =
        blocking(&house, move |house| Ok(house.db.read(|tx| store::matter::list(tx, &wanted))?))
            .await?;
    let next =
        (rows.len() == 50).then(|| rows.last().map(|row| format!("x.{}", row.id.0))).flatten();
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| {
            json!({
                "id": row.id.to_string(), "title": row.title, "step": row.step, "holder": row.holder,
                "holder_since": row.holder_since, "due_on": row.due_on, "due_clock": row.due_clock,
                "petitions": row.petitions, "headcount": row.headcount, "channel": row.channel, "place": row.place,
                "category": row.category, "lead": row.lead,
            })
        })
        .collect();
    Ok(ok(&json!({ "matters": rows, "after": next })))
}

async fn show(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    role::allow(&caller.actor, Act::ViewMatter, Thing::Office).map_err(Problem::Denied)?;
    let found = blocking(&house, move |house| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let matter = house.db.read(|tx| crate::act::find(tx, &caller.actor, id))?;
        Ok(full(house, &matter))
    })
    .await?;
    Ok(ok(&found))
}

async fn units(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let units: Vec<Value> = directory
        .units
        .values()
        .map(|unit| json!({ "id": unit.id.0, "name": unit.name, "kind": unit.kind.word(), "place": unit.place.0 }))
        .collect();
    ok(&json!({ "units": units }))
}

async fn yearly(
    State(house): State<Shared>,
    caller: Caller,
    Path(year): Path<i16>,
) -> Result<Response, Fault> {
    role::allow(&caller.actor, Act::ViewReport, Thing::Office).map_err(Problem::Denied)?;
    let report = blocking(&house, move |house| crate::report::of_year(house, year, None)).await?;
    Ok(ok(&json!({ "from": report.from, "until": report.until, "figures": report.values,
        "checks": report.checked, "failed": report.failed.iter().map(|check| format!("{check:?}")).collect::<Vec<_>>() })))
}

/// Which cases of a figure.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cases {
    from: String,
    until: String,
    after: String,
}

async fn figure(
    State(house): State<Shared>,
    caller: Caller,
    Path(key): Path<String>,
    Query(ask): Query<Cases>,
) -> Result<Response, Fault> {
    role::allow(&caller.actor, Act::ViewReport, Thing::Office).map_err(Problem::Denied)?;
    let today = house.moment().on;
    let (from, until) = (
        ask.from.parse().unwrap_or_else(|_| today.first_of_year()),
        ask.until.parse().unwrap_or(today),
    );
    let figure = catalogue(from, until)
        .into_iter()
        .find(|figure| figure.key == key)
        .ok_or(Problem::NotFound)?;
    let (count, rows) = blocking(&house, move |house| {
        Ok(house.db.read(|tx| {
            let count = store::figure::count(tx, &figure.filter)?;
            Ok::<_, store::Error>((
                count,
                store::figure::list(tx, &figure.filter, &ask.after, 100)?,
            ))
        })?)
    })
    .await?;
    let after = (rows.len() == 100).then(|| rows.last().map(|row| row.number.clone())).flatten();
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| json!({ "number": row.number, "matter": row.matter.to_string(), "title": row.title, "step": row.step }))
        .collect();
    let definition = report::definition(Lang::Hans, &key);
    Ok(ok(
        &json!({ "key": key, "definition": definition, "from": from, "until": until, "count": count, "petitions": rows, "after": after }),
    ))
}
