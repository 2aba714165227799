//! Matters through the API (事项接口): lists, one matter, its file, and every act on it.

pub(super) mod file;
pub(super) mod list;
pub(super) mod shape;

use super::{Caller, Fault, answers, change, ok, read};
use crate::act::{ActForm, Name, act};
use crate::house::House;
use crate::listing::{
    self, LIST_PAGE, ListAsked, QUEUE_PAGE, QueueAsked, Sorted, by_number, restrictions,
};
use crate::problem::{FieldError, Problem, Wrong};
use crate::see::see;
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use casework::matter::{Matter, MatterId};
use casework::role::{self, Act, Thing};
use file::{CaseFile, FileLine, Identities, IdentityShown, PaperShown};
use list::{MatterRowShown, Matters};
use serde::Serialize;
use shape::MatterShown;
use store::matter::{Listing, MatterRow};

/// A page of rows with the cursor to the next.
fn page(rows: Vec<MatterRow>, limit: u32, sorted: Sorted) -> Response {
    let after = listing::next(&rows, limit, sorted);
    let matters = rows.into_iter().map(MatterRowShown::from).collect();
    ok(&Matters { matters, after, by_due: sorted == Sorted::ByDue })
}

async fn rows(house: &Shared, wanted: Listing) -> Result<Response, Fault> {
    let (limit, sorted) = (wanted.limit, Sorted::of(&wanted));
    let rows = blocking(house, move |house| listing::rows(house, &wanted)).await?;
    Ok(page(rows, limit, sorted))
}

/// Matters by the filters of the desk's list.
pub async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<ListAsked>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let wanted = restrictions(&house, &caller.actor, &ask)?;
    rows(&house, wanted).await
}

/// What waits for the caller, by the next due date.
pub async fn queue(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<ListAsked>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let asked = QueueAsked::read(&ask)?;
    let rows =
        blocking(&house, move |house| listing::waiting(house, &caller.actor, &asked)).await?;
    Ok(page(rows, QUEUE_PAGE, Sorted::ByDue))
}

/// One box for numbers and words, as on the desk.
pub async fn search(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<ListAsked>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let (actor, typed) = (caller.actor.clone(), ask.q.clone());
    let found = blocking(&house, move |house| by_number(house, &actor, &typed)).await?;
    let wanted = restrictions(&house, &caller.actor, &ask)?;
    let Some(id) = found else { return rows(&house, wanted).await };
    let one = blocking(&house, move |house| listing::one(house, &caller.actor, id)).await?;
    Ok(page(one, LIST_PAGE, Sorted::ByRegistration))
}

async fn one<T: Serialize + Send + 'static>(
    house: &Shared,
    caller: Caller,
    id: String,
    shape: impl FnOnce(&House, MatterId, &Matter) -> Result<T, Problem> + Send + 'static,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let found = blocking(house, move |house| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let seen = see(house, &caller.actor, id)?;
        shape(house, id, &seen.matter)
    })
    .await?;
    Ok(ok(&found))
}

/// One matter with its petitions, demands, notices and clocks.
pub async fn show(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    one(&house, caller, id, |house, _, matter| Ok(MatterShown::of(house, matter))).await
}

/// The case file: every line with who, when and what; sealed identities stay out.
pub async fn case_file(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    one(&house, caller, id, |house, id, _| {
        let lines = house.db.read(|tx| store::fact::list(tx, id))?;
        Ok(CaseFile { lines: lines.into_iter().map(FileLine::from).collect() })
    })
    .await
}

/// Identities in the clear, for a `reason` that stands in the journal.
pub async fn unmask(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        // Without a reason it is refused by law, not as a field that is missing.
        let reason = read(house, &body, |f| f.may_text(Name::Reason))?;
        let (_, identities) = crate::unmask::unmask(house, &caller.actor, id, &reason)?;
        Ok(Identities { identities: identities.into_iter().map(IdentityShown::from).collect() })
    })
    .await?;
    Ok(ok(&found))
}

/// Does an act; `If-Match` names the version that was seen.
pub async fn act_on(
    State(house): State<Shared>,
    caller: Caller,
    Path((id, word)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let given =
        headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default().to_owned());
    change(&house, caller, &headers, body, move |house, by, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let form = ActForm::find(&word).ok_or(Problem::NotFound)?;
        let version = match given.as_deref().map(|text| text.trim_matches('"').parse()) {
            None => None,
            Some(Ok(version)) => Some(version),
            Some(Err(_)) => {
                return Err(Problem::Invalid(vec![FieldError::new("if-match", Wrong::Number)]));
            }
        };
        role::allow(&by.actor, form.act, Thing::Office).map_err(Problem::Denied)?;
        let answers = answers(house, body, &form.fields())?;
        let command = form.read(&answers, &house.directory())?;
        let actor = by.actor.clone();
        let after = act(house, by, id, version, command)?;
        // Whoever acts on what is sealed has read it: that stands in the journal like any look.
        crate::see::shown(house, &actor, &after)?;
        Ok(MatterShown::of(house, &after))
    })
    .await
}

/// A file of a matter, as it was handed in.
pub async fn file(
    State(house): State<Shared>,
    caller: Caller,
    Path((id, hash)): Path<(String, String)>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let found = blocking(&house, move |house| {
        crate::web::matter::content(house, &caller.actor, &id, &hash)
    });
    let (name, media, content) = found.await?;
    let disposition = format!("attachment; filename*=UTF-8''{}", crate::web::page::encode(&name));
    let headers = [(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, content).into_response())
}

/// What a notice (by its ordinal) or the `opinion` says, with names in the clear; the look stands in
/// the journal.
pub async fn paper(
    State(house): State<Shared>,
    caller: Caller,
    Path((id, which)): Path<(String, String)>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let made =
        blocking(&house, move |house| crate::web::paper::make(house, &caller.actor, &id, &which));
    let paper = made.await?;
    Ok(ok(&PaperShown::from(paper)))
}
