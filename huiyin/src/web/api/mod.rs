//! The JSON API (接口) under `/api/v1`: the same acts and reads as the pages.

mod duty;
mod intake;
mod matter;
mod office;
pub mod openapi;
mod report;

use crate::act::{Answers, Field, Form, Kind};
use crate::by::{By, Once};
use crate::house::House;
use crate::locale::Lang;
use crate::password::digest;
use crate::problem::{FieldError, Problem, Wrong};
use crate::web::{Shared, blocking, door, form, page};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use casework::org::Actor;
use casework::role::{self, Act, Thing};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use store::account;

/// The most bytes of a look-up, for which nobody needs a token.
const MOST_WORDS: usize = 4 * 1024;
/// The most bytes of any other body but a file.
pub const MOST_JSON: usize = 1024 * 1024;

/// The API's addresses below `/api/v1`, as a table, so that a test can walk through all of them.
pub fn routes() -> Vec<(&'static str, MethodRouter<Shared>)> {
    vec![
        ("/openapi.json", get(openapi::show)),
        ("/petitions", post(intake::register_petition)),
        ("/petitions/matches", post(intake::likely)),
        ("/enquiries", post(intake::enquiry)),
        ("/petitions/status", post(intake::status).layer(DefaultBodyLimit::max(MOST_WORDS))),
        ("/files", post(intake::file)),
        ("/queue", get(matter::queue)),
        ("/matters", get(matter::list)),
        ("/search", get(matter::search)),
        ("/matters/{id}", get(matter::show)),
        ("/matters/{id}/file", get(matter::case_file)),
        ("/matters/{id}/files/{hash}", get(matter::file)),
        ("/matters/{id}/papers/{which}", get(matter::paper)),
        ("/matters/{id}/petitions", post(intake::join_petition)),
        ("/matters/{id}/unjoin", post(intake::unjoin)),
        ("/matters/{id}/merge", post(intake::merge)),
        ("/matters/{id}/code", post(intake::code)),
        ("/matters/{id}/unmask", post(matter::unmask)),
        ("/matters/{id}/acts/{act}", post(matter::act_on)),
        ("/units", get(office::units)),
        ("/posts", get(office::posts)),
        ("/places", get(office::places)),
        ("/categories", get(office::categories)),
        ("/schedules", get(office::schedules)),
        ("/accounts", get(office::accounts)),
        ("/colleagues", get(office::colleagues)),
        ("/mailboxes", get(office::mailboxes)),
        ("/tokens", get(office::tokens)),
        ("/journal", get(office::journal)),
        ("/office/{act}", post(office::act_on)),
        ("/duty/{noun}", get(duty::list)),
        ("/duty/{noun}/{id}", get(duty::show)),
        ("/duty/{noun}/{id}/{act}", post(duty::act_on)),
        ("/board", get(duty::board)),
        ("/report/{year}", get(report::yearly)),
        ("/figures/{key}", get(report::figure)),
    ]
}

/// Whoever holds a token.
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// What is asked for: method, address and the version seen, which belong to a request as much as
    /// its body does.
    asked: String,
}

impl Caller {
    /// Whether the caller may do the act on the office.
    ///
    /// # Errors
    /// The denial.
    fn may(&self, act: Act) -> Result<(), Problem> {
        role::allow(&self.actor, act, Thing::Office).map_err(Problem::Denied)
    }
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
        let seen = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        let asked = format!("{} {} {}", parts.method, parts.uri, seen.unwrap_or_default());
        let found = blocking(house, move |house| {
            let found = house.db.read(|tx| {
                house.county(tx)?;
                account::by_token(tx, &secret)
            })?;
            let acting =
                |one: account::Account| account::Account { actor: house.acting(one.actor), ..one };
            Ok(found.map(acting))
        })
        .await?;
        found
            .filter(|account| !account.must_change)
            .map(|account| Self { actor: account.actor, asked })
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

/// Why something was not done (RFC 9457).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
struct Told {
    #[serde(rename = "type")]
    #[schemars(example = &"urn:huiyin:refusal-not-in-step")]
    kind: String,
    title: String,
    status: u16,
    /// The rule on which a refusal rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// The fields that can't be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<WrongField>,
}

/// A field that can't be used.
#[derive(Serialize, JsonSchema)]
struct WrongField {
    field: String,
    wrong: Wrong,
    text: String,
}

impl From<&Problem> for Told {
    fn from(problem: &Problem) -> Self {
        let wrong = |error: &FieldError| WrongField {
            field: error.field.clone(),
            wrong: error.wrong,
            text: Lang::Hans.t(error.wrong.word()),
        };
        let fields: &[FieldError] =
            if let Problem::Invalid(fields) = problem { fields } else { &[] };
        Self {
            kind: format!("urn:huiyin:{}", problem.word()),
            title: page::text(Lang::Hans, problem),
            status: problem.status(),
            rule: problem.rule().map(|rule| rule.to_string()),
            fields: fields.iter().map(wrong).collect(),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        if let Self(Problem::Store(error)) = &self {
            tracing::error!(%error, "the store failed");
        }
        let told = Told::from(&self.0);
        let body = serde_json::to_string(&told).unwrap_or_default();
        json_response(told.status, "application/problem+json", body)
    }
}

/// For an address or a method that the API does not have.
pub async fn nowhere() -> Fault {
    Fault(Problem::NotFound)
}

fn json_response(status: u16, media: &'static str, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, media)], body).into_response()
}

fn ok(body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(body) => json_response(200, "application/json", body),
        Err(error) => Fault(store::Error::from(error).into()).into_response(),
    }
}

/// A JSON object as answers to a form with these fields: text, numbers where the form asks for one, and lists of them;
/// rows of columns as objects, `files` as what `POST /files` gave back.
fn answers(house: &House, body: &Bytes, fields: &[Field]) -> Result<Answers, Problem> {
    let value: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| wrong("", Wrong::Json))?;
    let mut answers = Answers::default();
    for (name, value) in &value {
        let columns: Vec<&Field> =
            fields.iter().filter(|field| field.of.is_some_and(|of| of.word() == name)).collect();
        let field = fields.iter().find(|field| field.name.word() == name);
        let own = field.is_none_or(|field| field.of.is_none() && field.kind != Kind::Files);
        match value {
            Value::Array(items) if items.len() > MOST_ITEMS => {
                return Err(wrong(name, Wrong::TooLong));
            }
            Value::Array(items) if !columns.is_empty() => {
                for item in items {
                    row(&mut answers, name, &columns, item)?;
                }
            }
            Value::Array(items) if field.is_some_and(|field| field.kind == Kind::Files) => {
                for item in items {
                    let kept = item.as_str().and_then(|text| form::kept(house, text));
                    answers.files.push(kept.ok_or_else(|| wrong("files", Wrong::FileToken))?);
                }
            }
            Value::Array(items) if own && columns.is_empty() => {
                let items: Result<Vec<_>, _> =
                    items.iter().map(|item| scalar(name, field, item)).collect();
                answers.values.insert(name.clone(), items?);
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_)
                if own && columns.is_empty() =>
            {
                answers.values.insert(name.clone(), vec![scalar(name, field, value)?]);
            }
            // Files and rows come as lists, and a column in a row.
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => return Err(wrong(name, Wrong::Type)),
        }
    }
    Ok(answers)
}

fn wrong(field: &str, wrong: Wrong) -> Problem {
    Problem::Invalid(vec![FieldError::new(field, wrong)])
}

/// A row of columns: each column gets a value, an empty one where the row says nothing.
fn row(answers: &mut Answers, name: &str, columns: &[&Field], item: &Value) -> Result<(), Problem> {
    let item = item.as_object().ok_or_else(|| wrong(name, Wrong::Type))?;
    if let Some(key) = item.keys().find(|key| !columns.iter().any(|one| one.name.word() == *key)) {
        return Err(wrong(key, Wrong::Unknown));
    }
    for column in columns {
        let cell = item
            .get(column.name.word())
            .map_or(Ok(String::new()), |cell| scalar(column.name.word(), Some(column), cell))?;
        answers.values.entry(column.name.into()).or_default().push(cell);
    }
    Ok(())
}

fn scalar(name: &str, field: Option<&Field>, value: &Value) -> Result<String, Problem> {
    match value {
        Value::String(text) if !text.contains('\0') => Ok(text.clone()),
        Value::Number(value) if field.is_some_and(|field| field.kind.is_number()) => {
            Ok(value.to_string())
        }
        Value::String(_)
        | Value::Number(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Array(_)
        | Value::Object(_) => Err(wrong(name, Wrong::Type)),
    }
}

/// Reads a body by a form.
///
/// # Errors
/// [`Problem::Invalid`] with every field that can't be used, and every field that the form does not have.
fn read<T>(house: &House, body: &Bytes, ask: impl Fn(&mut Form<'_>) -> T) -> Result<T, Problem> {
    let answers = answers(house, body, &Form::fields(&ask))?;
    Form::read(&answers, &house.directory(), ask)
}

/// The most entries of a list.
const MOST_ITEMS: usize = 2_000;

/// By whom, and under the key of the header: the same request again gets the same answer, another request under
/// the key is refused.
fn by(house: &House, caller: &Caller, headers: &HeaderMap, body: &Bytes) -> Result<By, Problem> {
    let key = headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default());
    let once = match key {
        None => None,
        Some(key) => {
            let asked = format!("{}\n{}", caller.asked, String::from_utf8_lossy(body));
            let wrong = || Problem::Invalid(vec![FieldError::new("idempotency-key", Wrong::Key)]);
            let once = Once::of(&caller.actor.account.0, key, &asked).map_err(|_| wrong())?;
            Some(once.ok_or_else(wrong)?)
        }
    };
    Ok(By::now(house, &caller.actor).under(once))
}

/// Runs a change.
async fn change<T: Serialize + Send + 'static>(
    house: &Shared,
    caller: Caller,
    headers: &HeaderMap,
    body: Bytes,
    work: impl FnOnce(&Shared, By, &Bytes) -> Result<T, Problem> + Send + 'static,
) -> Response {
    let headers = headers.clone();
    let done = blocking(house, move |house| {
        let by = by(house, &caller, &headers, &body)?;
        work(house, by, &body)
    });
    match done.await {
        Ok(value) => ok(&value),
        Err(problem) => Fault(problem).into_response(),
    }
}

/// Only JSON goes in, but for files, and only JSON comes out where something was refused.
pub async fn in_json(request: Request, next: Next) -> Response {
    let media = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let json = media.is_none_or(|media| media.starts_with(b"application/json"));
    if !json && !request.uri().path().ends_with("/files") {
        return Fault(wrong("content-type", Wrong::Json)).into_response();
    }
    let response = next.run(request).await;
    match door::unread(&response) {
        Some(problem) => Fault(problem).into_response(),
        None => response,
    }
}
