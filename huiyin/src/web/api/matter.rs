//! Matters through the API (事项接口): lists, one matter, its file, and every act on it.

use super::{Caller, Fault, answers, change, ok, read};
use crate::act::{ActForm, act};
use crate::house::House;
use crate::problem::{FieldError, Problem};
use crate::see::see;
use crate::web::desk::{Ask, bucket, by_identity, listing};
use crate::web::matter::clocks;
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use casework::matter::{Matter, MatterId};
use casework::role::{self, Act};
use casework::statute::DayUnit;
use serde_json::{Value, json};
use store::matter::{Listing, MatterRow};

/// A matter in one row.
pub(super) fn brief(house: &House, matter: &Matter) -> Value {
    let directory = house.directory();
    let next = matter.next_due(&house.statutes, &house.calendar());
    json!({
        "id": matter.id.to_string(), "version": matter.version, "title": matter.title, "step": matter.step.word(),
        "holder": matter.holder.0, "holder_name": directory.unit(&matter.holder),
        "holder_since": matter.holder_since, "category": matter.category.0, "place": matter.place.0,
        "due_on": next.as_ref().map(|(_, due)| due.nominal),
        "due_clock": next.as_ref().map(|(_, due)| due.clock.word()),
    })
}

/// A matter with its petitions, demands and clocks; identities stay sealed.
pub(super) fn full(house: &House, matter: &Matter) -> Value {
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
            let unit = match clock.due.unit {
                DayUnit::Working => "working_day",
                DayUnit::Calendar => "calendar_day",
            };
            json!({
                "clock": clock.word, "started_on": clock.due.started_on, "length": clock.due.length,
                "unit": unit, "added_days": clock.due.added_days, "nominal": clock.due.nominal,
                "legal": clock.due.legal, "safe": clock.due.safe,
                "provisional": clock.due.provisional, "ended_on": clock.ended_on,
                "rule": clock.due.source.rule.0, "article": clock.due.source.article,
            })
        })
        .collect();
    body["petitions"] = petitions.into();
    body["demands"] = demands.into();
    body["clocks"] = clocks.into();
    body["notices"] = matter
        .notices
        .iter()
        .map(|notice| {
            json!({
                "ordinal": notice.ordinal, "kind": notice.kind.word(), "made_on": notice.made_on,
                "unit": notice.unit.0, "served_on": notice.served.as_ref().map(|served| served.on),
            })
        })
        .collect();
    body["reviews"] = matter
        .reviews
        .iter()
        .map(|review| {
            let decided = review.decided.as_ref();
            json!({
                "level": review.level.word(), "organ": review.asked.organ.0, "asked_on": review.asked.made_on(),
                "received_on": review.asked.received_on, "reason": review.asked.reason,
                "accepted_on": review.accepted_on, "declined": review.declined.as_ref().map(|told| &told.ground),
                "outcome": decided.map(|(_, decided)| decided.outcome.word()),
                "text": decided.map(|(_, decided)| &decided.text), "decided_on": decided.map(|(on, _)| on),
                "served_on": review.served.as_ref().map(|served| served.on),
            })
        })
        .collect();
    body["supervisions"] = supervisions(matter);
    let triggers = matter.triggers(house.moment().on, &house.statutes, &house.calendar());
    body["supervision_proposed"] = triggers.into_iter().map(|trigger| trigger.word()).collect();
    let today = house.moment().on;
    let status = matter.status(today, &house.statutes, &house.calendar());
    body["track"] = json!(matter.track.word());
    body["branch"] = json!(matter.branch.map(casework::matter::track::Branch::word));
    body["sealed"] = json!(matter.sealed());
    body["status"] = json!(status.word());
    body["urgent_since"] = json!(matter.urgent_since);
    body["urgent_reports"] = dated(&matter.urgent_reports);
    body["contributions"] = json!(matter.joints);
    body["designation"] = json!(matter.designation);
    body["settlement"] = json!(matter.settlement);
    body["hearings"] = json!(matter.hearings);
    body["recusals"] = json!(matter.recusals);
    body["authorities"] = json!(matter.authorities);
    body["aids"] = dated(&matter.aids);
    body["participation"] = json!(matter.participation);
    // The keyed hashes by which a name is recognised are nobody's business.
    if let Some(opened) = body["participation"]["opened"].as_object_mut() {
        opened.remove("names");
    }
    body["leadership"] = leadership(matter);
    body["first_receiver"] = json!(matter.first_receiver);
    body["tracker"] = json!(matter.tracker);
    body["recommendations"] = json!(matter.recommendations);
    body["rungs"] = dated(&matter.rungs);
    body["ratings"] = dated(&matter.ratings);
    body["served_on"] = json!(matter.served.as_ref().map(|served| served.on));
    body["concluded_on"] = json!(matter.concluded_on);
    body
}

/// Things of a day, each as an object that carries its day.
fn dated<T: serde::Serialize>(things: &[(jiff::civil::Date, T)]) -> Value {
    let one = |(day, thing): &(jiff::civil::Date, T)| json!({ "day": day, "what": thing });
    things.iter().map(one).collect()
}

fn row(row: MatterRow) -> Value {
    json!({
        "id": row.id.to_string(), "title": row.title, "step": row.step, "holder": row.holder.0,
        "holder_since": row.holder_since, "due_on": row.due_on, "due_clock": row.due_clock,
        "petitions": row.petitions, "headcount": row.headcount, "channel": row.channel,
        "place": row.place, "category": row.category, "lead": row.lead,
        "waits_for_head": row.waits_for_head, "sealed": row.sealed, "urgent": row.urgent,
    })
}

/// A page of rows with the cursor to the next.
async fn rows(house: &Shared, wanted: Listing) -> Result<Response, Fault> {
    let (limit, by_due) = (wanted.limit, wanted.by_due);
    let rows =
        blocking(house, move |house| Ok(house.db.read(|tx| store::matter::list(tx, &wanted))?))
            .await?;
    let after = crate::web::desk::next(&rows, limit);
    let rows: Vec<Value> = rows.into_iter().map(row).collect();
    Ok(ok(&json!({ "matters": rows, "after": after, "by_due": by_due })))
}

/// Matters by the filters of the desk's list.
pub async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<Ask>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let wanted = listing(&house, &caller.actor, &ask)?;
    rows(&house, wanted).await
}

/// What waits for the caller, by the next due date.
pub async fn queue(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<Ask>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let after = crate::web::desk::cursor(&ask.after);
    let wanted = Listing { after, ..bucket(&house, &caller.actor, &ask.bucket) };
    rows(&house, wanted).await
}

/// One box for numbers, names, telephones and words, as on the desk.
pub async fn search(
    State(house): State<Shared>,
    caller: Caller,
    Query(ask): Query<Ask>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewMatter)?;
    let (actor, typed) = (caller.actor.clone(), ask.q.trim().to_owned());
    let found = blocking(&house, move |house| match MatterId::parse(&typed) {
        Some(id) => Ok(Some(vec![id])),
        None => by_identity(house, &actor, &typed),
    })
    .await?;
    let mut wanted = listing(&house, &caller.actor, &ask)?;
    if found.is_some() {
        (wanted.words, wanted.ids) = (None, found);
    }
    rows(&house, wanted).await
}

async fn one(
    house: &Shared,
    caller: Caller,
    id: String,
    shape: impl FnOnce(&House, MatterId, &Matter) -> Result<Value, Problem> + Send + 'static,
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
    one(&house, caller, id, |house, _, matter| Ok(full(house, matter))).await
}

/// The case file: every line with who, when and what; sealed identities stay out.
pub async fn case_file(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    one(&house, caller, id, |house, id, _| {
        let lines = house.db.read(|tx| store::fact::list(tx, id))?;
        let mut shown = Vec::new();
        for line in lines {
            let mut entry = serde_json::to_value(&line.entry).map_err(store::Error::from)?;
            if let Some(petition) = entry.get_mut("petition").and_then(Value::as_object_mut) {
                petition.remove("query_hash");
                for people in ["parties", "accused"] {
                    let people = petition.get_mut(people).and_then(Value::as_array_mut);
                    for one in people.into_iter().flatten() {
                        one.as_object_mut().map(|one| one.remove("sealed"));
                    }
                }
            }
            shown.push(json!({ "sequence": line.sequence, "hash": line.hash, "entry": entry }));
        }
        Ok(json!({ "lines": shown }))
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
        let reason = read(house, &body, |f| f.may_text("reason"))?;
        let (_, identities) = crate::unmask::unmask(house, &caller.actor, id, &reason)?;
        let people: Vec<Value> = identities
            .into_iter()
            .map(|(petition, who)| {
                json!({ "petition": petition, "name": who.name, "phone": who.phone,
                    "id_number": who.id_number, "address": who.address })
            })
            .collect();
        Ok(json!({ "identities": people }))
    })
    .await?;
    Ok(ok(&found))
}

/// Supervisions, in order.
fn supervisions(matter: &Matter) -> Value {
    matter
        .supervisions
        .iter()
        .map(|one| {
            json!({
                "number": one.supervised.number, "form": one.supervised.form.word(),
                "trigger": one.supervised.trigger.word(), "unit": one.supervised.unit.0,
                "text": one.supervised.text, "tracker": one.supervised.tracker, "on": one.on,
                "answered_on": one.answered.as_ref().map(|(on, _)| on),
                "adopted": one.answered.as_ref().map(|(_, answered)| answered.adopted),
                "closed_on": one.closed.as_ref().map(|(on, _)| on),
            })
        })
        .collect()
}

/// The leaders' part, in the words of the case file.
fn leadership(matter: &Matter) -> Value {
    let part = &matter.leadership;
    let sponsorships: Vec<Value> = part
        .sponsorships
        .iter()
        .map(|one| {
            let ended = one.ended.as_ref();
            json!({
                "sponsored": one.sponsored, "since": one.since, "plan": one.plan.as_ref().map(|plan| &plan.text),
                "ended_on": ended.map(|(on, _)| *on), "ended": ended.and_then(|(_, said)| said.as_ref()),
            })
        })
        .collect();
    let instructions: Vec<Value> = part
        .instructions
        .iter()
        .map(|one| {
            let answered = one.answered.as_ref();
            json!({
                "instructed": one.instructed, "unit": one.unit.0, "answered_on": answered.map(|(on, _)| *on),
                "answer": answered.map(|(_, said)| &said.text),
            })
        })
        .collect();
    let submissions = part
        .submissions
        .iter()
        .map(|one| json!({ "submitted": one.submitted, "on": one.on, "read_on": one.read_on }));
    let submissions: Vec<Value> = submissions.collect();
    json!({
        "sponsorships": sponsorships,
        "submissions": submissions,
        "met": part.met,
        "studied": part.studied,
        "instructions": instructions,
    })
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
                return Err(Problem::Invalid(vec![FieldError::new("if-match", "wrong-number")]));
            }
        };
        role::allow(&by.actor, form.act, casework::role::Thing::Office).map_err(Problem::Denied)?;
        let answers = answers(house, body, &form.fields())?;
        let command = form.read(&answers, &house.directory())?;
        let actor = by.actor.clone();
        let after = act(house, by, id, version, command)?;
        // Whoever acts on what is sealed has read it: that stands in the journal like any look.
        crate::see::shown(house, &actor, &after)?;
        Ok(full(house, &after))
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
    Ok(ok(&json!({
        "title": paper.title, "number": paper.number, "to": paper.to, "paragraphs": paper.paragraphs,
        "unit": paper.unit, "phone": paper.phone, "on": paper.on,
    })))
}
