//! Places on a reception day (预约): who takes one is sealed; from home it is taken, looked up and called off
//! without an account, by a code that is shown once.

use super::contact::{open, seal};
use super::{Done, DutyAct, Given, Work};
use crate::acts::{Answers, Reader};
use crate::by::By;
use crate::house::House;
use crate::intake::{normal_code, query_code};
use crate::problem::Problem;
use casework::duty::Noun;
use casework::duty::reception::{BookedHow, Booking, BookingState, Reception};
use casework::org::Actor;
use casework::role::sees_visitors;
use std::sync::Arc;
use store::setting::Limit;
use store::vault::{Blind, Identity};

/// Who wants a place, sealed, with the code to call it off.
fn booking(
    w: &Work<'_>,
    r: &mut Reader<'_>,
    how: BookedHow,
) -> Result<(super::contact::Sealed, Booking, String), Problem> {
    let (name, phone, topic) = (r.need("name"), r.text("phone"), r.need("topic"));
    // Who books ahead can be called when the day changes; digits of any width are digits.
    let phone = chinese::script::folded(&phone);
    if how != BookedHow::WalkIn && phone.is_empty() {
        r.wrong("phone", "wrong-missing");
    } else if !phone.is_empty() && !chinese::identity::is_phone(&phone) {
        r.wrong("phone", "wrong-phone");
    }
    r.done()?;
    let house = w.house;
    let sealed = seal(house, &Identity { name, phone, ..Identity::default() })?;
    let code = query_code(house, &w.by)?;
    let booking = Booking {
        ordinal: 0,
        how,
        party: sealed.party.clone(),
        mask: sealed.mask.clone(),
        sealed: sealed.sealed.clone(),
        phone_hash: sealed.phone_hash.clone(),
        code_hash: house.vault.blind(Blind::Query, &code)?,
        topic,
        booked_on: house.moment().on,
        state: BookingState::Booked,
        outcome: None,
    };
    Ok((sealed, booking, code))
}

/// Takes a place in a transaction: of the counter, or from home.
pub(super) fn book(w: &Work<'_>, r: &mut Reader<'_>, how: BookedHow) -> Result<Done, Problem> {
    let (sealed, wish, code) = booking(w, r, how)?;
    let again = code.clone();
    let done = w.change_and(move |day: Reception, tx, doing| {
        let context = &doing.context();
        // From home, a day that is not announced does not exist.
        if how == BookedHow::Online && !day.open_for_booking(context.moment.on) {
            return Err(Problem::NotFound);
        }
        let day = day.book(wish.clone(), context)?;
        sealed.record(tx)?;
        let last = day.bookings.last();
        let given = Given::Place {
            ordinal: last.map_or(0, |booking| booking.ordinal),
            waits: last.is_some_and(|booking| booking.state == BookingState::Waiting),
            code: code.clone(),
        };
        Ok((day, given))
    })?;
    Ok(done.with_code(again))
}

/// Calls a place off by the code that its owner got.
pub(super) fn call_off(w: &Work<'_>, r: &mut Reader<'_>) -> Result<Done, Problem> {
    let hash = code_hash(w.house, &r.need("code"))?;
    r.done()?;
    w.change(move |day: Reception, _, _| {
        let mine = |one: &&Booking| !hash.is_empty() && one.code_hash == hash;
        let ordinal = day.bookings.iter().find(mine).map(|one| one.ordinal);
        Ok(day.call_off(ordinal.ok_or(Problem::NotFound)?)?)
    })
}

/// Takes a place from the portal, without an account.
///
/// # Errors
/// [`Problem::NotFound`] for a day that is not announced; [`Problem::Invalid`]; [`Problem::Refused`].
pub fn book_online(
    house: &Arc<House>,
    by: By,
    id: &str,
    answers: &Answers,
) -> Result<Done, Problem> {
    act("book_online")?.run(house, by, id, answers)
}

fn act(word: &str) -> Result<&'static DutyAct, Problem> {
    DutyAct::find(Noun::Reception, word).ok_or(Problem::NotFound)
}

/// Names and telephones of who has a place or waits, for the office and the leader of the day, with a reason
/// that stands in the journal: somebody has to be told when the day changes.
///
/// # Errors
/// [`Problem::NotFound`] for anybody else; no reason.
pub fn unmask(
    house: &House,
    actor: &Actor,
    (id, reason): (&str, &str),
) -> Result<Vec<(u32, Identity)>, Problem> {
    let found: Option<Reception> = house.db.read(|tx| store::duty::find(tx, id))?;
    let day = found.ok_or(Problem::NotFound)?;
    if !sees_visitors(actor, &casework::duty::Record::spine(&day)) {
        return Err(Problem::NotFound);
    }
    if reason.trim().is_empty() {
        return Err(casework::refusal::Refusal::ReasonMissing.into());
    }
    let subject = format!("{}:{id}", Noun::Reception.word());
    let stands = day.bookings.iter().filter(|one| one.state != BookingState::Cancelled);
    stands
        .map(|one| {
            let sealed = (one.party.as_str(), one.sealed.as_str());
            Ok((one.ordinal, open(house, &actor.login, (&subject, reason), sealed)?))
        })
        .collect()
}

/// How a place stands, by the code that its owner got.
///
/// # Errors
/// As [`call_off_online`].
pub fn look_online(
    house: &Arc<House>,
    id: &str,
    code: &str,
) -> Result<(Reception, BookingState), Problem> {
    let hash = code_hash(house, code)?;
    let day: Option<Reception> = house.db.read(|tx| store::duty::find(tx, id))?;
    let mine = |one: &&Booking| !hash.is_empty() && one.code_hash == hash;
    let found = day.and_then(|day| {
        let state = day.bookings.iter().find(mine)?.state;
        Some((day, state))
    });
    found.map_or_else(|| Err(tried(house, id)), Ok)
}

fn code_hash(house: &House, code: &str) -> Result<String, Problem> {
    match normal_code(code) {
        Some(code) => Ok(house.vault.blind(Blind::Query, &code)?),
        None => Ok(String::new()),
    }
}

/// How often a wrong code may be tried for a day.
const TRIES: Limit = Limit { most: 10, span: 10 * 60 * 1000 };

/// A wrong code is counted.
fn tried(house: &House, id: &str) -> Problem {
    let (bucket, now) = (format!("look-up:{id}"), house.clock.now());
    match house.db.write(move |tx| store::setting::within(tx, &bucket, TRIES, now)) {
        Ok::<bool, store::Error>(false) => Problem::TooMany,
        Ok(true) => Problem::NotFound,
        Err(error) => error.into(),
    }
}

/// Calls a place off from the portal, by its code.
///
/// # Errors
/// [`Problem::NotFound`] alike for a wrong day and a wrong code; [`Problem::TooMany`] after ten tries.
pub fn call_off_online(house: &Arc<House>, id: &str, code: &str) -> Result<(), Problem> {
    let mut answers = Answers::default();
    answers.values.insert("code".to_owned(), vec![code.to_owned()]);
    match act("call_off_online")?.run(house, By::public(house), id, &answers) {
        Err(Problem::NotFound | Problem::Invalid(_)) => Err(tried(house, id)),
        done => done.map(|_| ()),
    }
}
