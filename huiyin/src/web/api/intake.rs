//! Petitions through the API (登记接口): register, look for repeats, join, take out again, files, status.

use super::matter::shape::{Brief, DemandShown, MatterShown};
use super::{Caller, Fault, change, ok, read};
use crate::act::{Form, Kind, Name};
use crate::draft::{Draft, petition};
use crate::enquiry::{asking, enquire};
use crate::house::House;
use crate::intake::{
    Joining, Receipt, coding, issue_code, join, leaving, merge as take_in, register,
    unjoin as take_out,
};
use crate::problem::{FieldError, Problem};
use crate::repeat::{Match, Sought, matches, read_claims};
use crate::web::door::Address;
use crate::web::form::{self, keep_field};
use crate::web::look_up::{FoundPetition, look_up};
use crate::web::matter::{ClockLine, clocks};
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::matter::intake::Origin;
use casework::matter::repeat::Standing;
use casework::matter::{MatterId, StepKind};
use casework::repeat::Reason;
use casework::role::Act;
use casework::statute::ClockKind;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::journal::Event;

/// What a petition is registered with, and the earlier matter that it brings new facts to.
pub(super) fn registering(f: &mut Form<'_>, house: &House) -> (Draft, Option<MatterId>) {
    (petition(f, house), f.may_matter(Name::NewFactsOf))
}

/// What joins a petition to a matter (并案请求): why, and for each demand which one it repeats, or `new`.
pub(super) struct JoinSaid {
    reason: String,
    claims: Vec<String>,
}

fn joined(f: &mut Form<'_>) -> JoinSaid {
    JoinSaid { reason: f.text(Name::JoinReason), claims: f.may_choices(Name::Claim, Kind::Claims) }
}

/// A petition that joins a matter.
pub(super) fn joining(f: &mut Form<'_>, house: &House) -> (Draft, JoinSaid) {
    (petition(f, house), joined(f))
}

/// Which matter takes another in.
pub(super) fn merging(f: &mut Form<'_>) -> (MatterId, JoinSaid) {
    (f.matter(Name::Into), joined(f))
}

/// A petition's number and its query code.
pub(super) fn looking(f: &mut Form<'_>) -> (String, String) {
    (f.line(Name::Number), f.line(Name::Code))
}

/// What the petitioner takes along.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Receipt")]
pub(super) struct ReceiptShown {
    number: String,
    /// Shown once, and the same again for who sends again under a key.
    #[schemars(example = &"1234-5678-9012-3456")]
    query_code: String,
    /// Nothing for whom a wall or a seal keeps from it by now.
    matter: Option<Brief>,
}

impl ReceiptShown {
    fn of(house: &House, receipt: Receipt) -> Self {
        let matter = receipt.matter.as_ref().map(|matter| Brief::of(house, matter));
        Self { number: receipt.number, query_code: receipt.code, matter }
    }
}

/// Another query code.
#[derive(Serialize, JsonSchema)]
pub(super) struct Code {
    number: String,
    query_code: String,
}

/// An earlier matter that may be the same.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Match")]
pub(super) struct MatchShown {
    reasons: Vec<Reason>,
    /// How alike the texts are, of 100.
    likeness: u32,
    /// What to tell the petitioner of it.
    standing: Vec<Standing>,
    matter: MatterShown,
}

/// Earlier matters that may be the same.
#[derive(Serialize, JsonSchema)]
pub(super) struct Matches {
    matches: Vec<MatchShown>,
}

impl Matches {
    fn of(house: &House, found: Vec<Match>) -> Self {
        let one = |found: Match| MatchShown {
            matter: MatterShown::of(house, &found.matter),
            reasons: found.reasons,
            likeness: found.likeness,
            standing: found.standing,
        };
        Self { matches: found.into_iter().map(one).collect() }
    }
}

/// A file that was kept.
#[derive(Serialize, JsonSchema)]
pub(super) struct KeptFile {
    /// What goes into the `files` of a petition or an act.
    file: String,
    hash: String,
    name: String,
    media: String,
    size: u64,
}

/// A clock that runs.
#[derive(Serialize, JsonSchema)]
pub(super) struct Running {
    clock: ClockKind,
    due_on: Date,
    article: String,
}

/// Where a petition stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PetitionStatus")]
pub(super) struct StatusShown {
    number: String,
    step: StepKind,
    holder_name: String,
    holder_since: Date,
    clocks: Vec<Running>,
    /// What was asked, each with its answer once that is signed.
    demands: Vec<DemandShown>,
    /// What an older ledger keeps as its answer.
    ledger_answer: Option<String>,
    served_on: Option<Date>,
    concluded_on: Option<Date>,
}

/// Registers a petition; `new_facts_of` links it to an earlier matter.
pub async fn register_petition(
    State(house): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, |house, by, body| {
        let (draft, earlier) = read(house, body, |f| registering(f, house))?;
        let origin = match earlier {
            Some(id) => {
                house.db.read(|tx| crate::act::find(tx, &by.actor, id))?;
                Some(Origin::NewFacts(id))
            }
            None => None,
        };
        Ok(ReceiptShown::of(house, register(house, by, draft, origin)?))
    })
    .await
}

/// Joins a repeat to its matter; `claim` says for each demand which one it repeats, or `new`.
pub async fn join_petition(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let (draft, JoinSaid { reason, claims }) = read(house, body, |f| joining(f, house))?;
        let joining = Joining { into: id, claims: read_claims(&claims)?, reason };
        let receipt = join(house, by, draft, joining)?;
        Ok(ReceiptShown::of(house, receipt))
    })
    .await
}

/// Takes a joined petition out into a matter of its own.
pub async fn unjoin(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let asked = read(house, body, leaving)?;
        let actor = by.actor.clone();
        let apart = take_out(house, by, id, asked)?;
        crate::see::shown(house, &actor, &apart)?;
        Ok(MatterShown::of(house, &apart))
    })
    .await
}

/// Joins a registered petition to the matter that it repeats; `claim` as in [`join_petition`].
pub async fn merge(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let (into, JoinSaid { reason, claims }) = read(house, body, merging)?;
        let joining = Joining { into, claims: read_claims(&claims)?, reason };
        let actor = by.actor.clone();
        let joined = take_in(house, by, id, joining)?;
        crate::see::shown(house, &actor, &joined)?;
        Ok(MatterShown::of(house, &joined))
    })
    .await
}

/// Gives out another query code; the answer is kept nowhere.
pub async fn code(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let id = MatterId::parse(&id).ok_or(Problem::NotFound)?;
        let asked = read(house, body, coding)?;
        let number = asked.number().to_owned();
        Ok(Code { number, query_code: issue_code(house, by, id, asked)? })
    })
    .await
}

/// Earlier matters that may be the same, with reasons; the look stands in the journal.
pub async fn likely(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Fault> {
    caller.may(Act::Register)?;
    let found = blocking(&house, move |house| {
        // What is looked for may be registered as it stands afterwards.
        let (draft, _) = read(house, &body, |f| registering(f, house))?;
        house.write_down(house.note(&caller.actor, Event::LookedForRepeats))?;
        let found = matches(house, &caller.actor, &Sought::draft(house, &draft)?)?;
        Ok(Matches::of(house, found))
    })
    .await?;
    Ok(ok(&found))
}

/// The likeliest matters of a petitioner who asks after their own; what for stands in the journal.
pub async fn enquiry(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Fault> {
    caller.may(Act::Enquire)?;
    let found = blocking(&house, move |house| {
        let asked = read(house, &body, asking)?;
        Ok(Matches::of(house, enquire(house, &caller.actor, &asked)?))
    })
    .await?;
    Ok(ok(&found))
}

/// The name of a file that is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FileName {
    name: String,
}

/// Keeps a file, sent as the whole body; what comes back goes into the `files` of a petition or act.
pub async fn file(
    State(house): State<Shared>,
    caller: Caller,
    Query(named): Query<FileName>,
    request: Request,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let content = form::body(&house, request).await?;
    let kept = blocking(&house, move |house| form::keep(house, &named.name, content)).await?;
    let kept = kept.map_err(|wrong| Problem::Invalid(vec![FieldError::new(Name::Files, wrong)]))?;
    Ok(ok(&KeptFile {
        file: keep_field(&house, &kept),
        hash: kept.hash,
        name: kept.name,
        media: kept.media,
        size: kept.size,
    }))
}

/// Where a petition stands, for whoever has its number and query code; no token is needed.
pub async fn status(
    State(house): State<Shared>,
    from: Address,
    body: Bytes,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| {
        let (number, code) = read(house, &body, looking)?;
        let number: String = number.to_ascii_uppercase().chars().take(40).collect();
        let FoundPetition { matter, petition, .. } = look_up(house, from, &number, &code)?;
        let directory = house.directory();
        let owed = |clock: &ClockLine| {
            let kind = clock.due.clock;
            let owed = kind.is_right() || kind.owed_to_petitioner();
            clock.ended_on.is_none() && owed && clock.concerns(&petition.number)
        };
        let running = |clock: ClockLine| Running {
            clock: clock.due.clock,
            due_on: clock.due.nominal,
            article: clock.due.source.article,
        };
        let clocks = clocks(house, &matter, &directory).into_iter().filter(owed).map(running);
        let demands = matter.demands_of(&petition.number).into_iter();
        let demands = demands.map(|demand| DemandShown::told(demand, &matter)).collect();
        let ledger = matter.answer.as_ref().and_then(|answer| answer.ledger.as_ref());
        Ok(StatusShown {
            number: petition.number.0.clone(),
            step: matter.step.kind(),
            holder_name: directory.unit(&matter.holder).to_owned(),
            holder_since: matter.holder_since,
            clocks: clocks.collect(),
            demands,
            ledger_answer: ledger.map(|ledger| ledger.text.clone()),
            served_on: matter.served.as_ref().map(|served| served.on),
            concluded_on: matter.concluded_on,
        })
    })
    .await?;
    Ok(ok(&found))
}
