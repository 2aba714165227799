//! Where a matter stands, as rows (事项状态行): its state, its clocks, and the units that it is or was with.

use super::NEVER;
use super::facet::{TOWNSHIP, limb};
use crate::petition;
use crate::table::{CLOCK, MATTER, MATTER_UNIT, QUEUED, Rows, Written, named};
use crate::value::day;
use casework::deadline::Law;
use casework::matter::queue::Waiting;
use casework::matter::{Cause, Matter};
use casework::org::{Place, UnitId};

/// The rows of these three tables.
pub(super) fn rows(matter: &Matter, law: Law<'_>) -> Vec<Rows> {
    let since = matter.registered_on;
    let unit =
        |unit: &UnitId| named![unit: &unit.0, registered_on: since, matter: matter.id.0].to_vec();
    vec![
        Rows { table: &MATTER, rows: vec![state(matter, law)] },
        Rows { table: &CLOCK, rows: clocks(matter, law) },
        Rows { table: &MATTER_UNIT, rows: matter.units.iter().map(unit).collect() },
    ]
}

/// The state row.
fn state(matter: &Matter, law: Law<'_>) -> Written {
    let due = matter.next_due(law.statutes, law.calendar).map(|(_, due)| due);
    let cause = matter.conclusion.as_ref().and_then(|conclusion| conclusion.cause);
    let cause = cause.map(Cause::word);
    let answered_on = matter.answer.as_ref().map(|answer| answer.on);
    let first = matter.petitions.first();
    named![
        id: matter.id.0,
        version: matter.version,
        jurisdiction: &matter.jurisdiction.0,
        place: &matter.place.0,
        title: &matter.title,
        category: &matter.category.0,
        step: matter.step.kind().word(),
        holder: &matter.holder.0,
        holder_since: matter.holder_since,
        received_on: matter.received_on,
        registered_on: matter.registered_on,
        answered_on: answered_on,
        answered_day: answered_on.map(day),
        answer_due: matter.answer_due(law),
        served_on: matter.served.as_ref().map(|served| served.on),
        concluded_on: matter.concluded_on,
        cause: cause,
        due_key: due.as_ref().map_or_else(|| NEVER.to_owned(), |due| due.nominal.to_string()),
        due_clock: due.as_ref().map(|due| due.clock.word()),
        is_open: matter.is_open(),
        waits_for_head: matter.waits_for_head(),
        petitions: i64::try_from(matter.petitions.len()).unwrap_or_default(),
        headcount: first.map_or(0, |petition| i64::from(petition.headcount)),
        channel: first.map_or("", |petition| petition.channel.word()),
        collective: first.is_some_and(|petition| petition.collective),
        lead: first.map(petition::lead).unwrap_or_default(),
        sealed: matter.sealed(),
        urgent: matter.is_urgent(),
        watched: matter.is_open() || matter.watched(),
        keeper: matter.keeper().map_or("", |unit| unit.0.as_str()),
        first_unit: matter.taken_in_by().map(|unit| unit.0.as_str()),
        in_charge: matter.in_hand_of().map(|account| account.0.as_str()),
        township: township(&matter.place),
        branch: matter.category.0.split('/').next().unwrap_or_default(),
        limb: limb(&matter.category.0),
        walled: !crate::wall::rows(matter).rows.is_empty(),
    ]
    .to_vec()
}

/// The township that a place is in, or the place itself if it is larger.
fn township(place: &Place) -> &str {
    place.0.get(..TOWNSHIP).unwrap_or(&place.0)
}

/// Its places in queues.
pub(super) fn queued(matter: &Matter, queued: &[Waiting]) -> Rows {
    let row = |one: &Waiting| {
        named![
            matter: matter.id.0,
            bucket: one.bucket.word(),
            waiter: one.waiter.word(),
            due_key: one.due.map_or_else(|| NEVER.to_owned(), |(day, _)| day.to_string()),
            due_clock: one.due.map(|(_, clock)| clock.word()),
        ]
        .to_vec()
    };
    Rows { table: &QUEUED, rows: queued.iter().map(row).collect() }
}

/// Its clocks.
fn clocks(matter: &Matter, law: Law<'_>) -> Vec<Written> {
    (0i64..)
        .zip(&matter.spans)
        .filter_map(|(position, span)| {
            let due = span.due(&matter.place, law.statutes, law.calendar)?;
            Some(
                named![
                    matter: matter.id.0,
                    position: position,
                    kind: span.clock.word(),
                    unit: &span.unit.0,
                    started_on: span.started_on,
                    ended_on: span.ended_on,
                    due_on: due.nominal,
                    owed: span.ended_on.is_none() && !span.clock.is_right(),
                    jurisdiction: &matter.jurisdiction.0,
                ]
                .to_vec(),
            )
        })
        .collect()
}
