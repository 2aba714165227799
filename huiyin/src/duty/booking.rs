//! Places on a reception day (预约): who takes one is sealed; from home it is taken, looked up and called off
//! without an account, by a code that is shown once.

use super::contact::{open, seal};
use crate::acts::{Answers, Reader};
use crate::house::House;
use crate::intake::{normal_code, query_code};
use crate::problem::Problem;
use casework::duty::Noun;
use casework::duty::reception::{BookedHow, Booking, BookingState, Reception};
use casework::org::Actor;
use casework::role::sees_visitors;
use std::sync::Arc;
use store::vault::{Blind, Identity};

/// Who wants a place, sealed, with the code to call it off.
pub(super) fn booking(
    house: &House,
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
    let sealed = seal(house, &Identity { name, phone, ..Identity::default() })?;
    let code = query_code(house);
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

/// A place that was taken (预约回执).
pub struct Booked {
    /// The day.
    pub day: Reception,
    /// Which appointment.
    pub ordinal: u32,
    /// Whether it only waits.
    pub waits: bool,
    /// The code to call it off; shown once.
    pub code: String,
}

/// How many places of a day may be asked for from the portal within an hour.
const BOOK_TRIES: i64 = 20;
const BOOK_SPAN_MILLIS: i64 = 60 * 60 * 1000;

/// Takes a place from the portal, without an account.
///
/// # Errors
/// [`Problem::NotFound`] for a day that is not announced; [`Problem::Invalid`]; [`Problem::Refused`].
pub fn book_online(house: &Arc<House>, id: &str, answers: &Answers) -> Result<Booked, Problem> {
    let mut reader = Reader::new(answers);
    let (sealed, wish, code) = booking(house, &mut reader, BookedHow::Online)?;
    // Nobody fills a day with made-up names from home: so many a day and span, whoever they are.
    let bucket = (format!("book:{id}"), house.clock.now().0 / BOOK_SPAN_MILLIS);
    let tries = house.db.write({
        let (bucket, span) = bucket;
        move |tx| store::setting::attempt(tx, &bucket, span)
    })?;
    if tries > BOOK_TRIES {
        return Err(Problem::TooMany);
    }
    let (house, id, moment) = (house.clone(), id.to_owned(), house.moment());
    let actor = Actor::public(house.office.clone());
    let (day, ordinal) = house.clone().db.write(move |tx| {
        house.keep_up(tx)?;
        store::duty::hold(tx, Noun::Reception)?;
        let day: Reception = store::duty::find(tx, &id)?.ok_or(Problem::NotFound)?;
        if !day.open_for_booking(moment.on) {
            return Err(Problem::NotFound);
        }
        let calendar = house.calendar();
        let day = day.book(wish.clone(), &house.context(&actor, moment, &calendar))?;
        sealed.record(tx)?;
        store::duty::keep(tx, (&id, &day), (moment.at, &actor.login, "book"))?;
        let ordinal = day.bookings.last().map_or(0, |booking| booking.ordinal);
        Ok::<_, Problem>((day, ordinal))
    })?;
    let waits = day.bookings.last().is_some_and(|last| last.state == BookingState::Waiting);
    Ok(Booked { day, ordinal, waits, code })
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

/// A wrong code is counted.
fn tried(house: &House, id: &str) -> Problem {
    const SPAN_MILLIS: i64 = 10 * 60 * 1000;
    const TRIES: i64 = 10;
    let (bucket, span) = (format!("look-up:{id}"), house.clock.now().0 / SPAN_MILLIS);
    match house.db.write(move |tx| store::setting::attempt(tx, &bucket, span)) {
        Ok::<i64, store::Error>(tries) if tries > TRIES => Problem::TooMany,
        Ok(_) => Problem::NotFound,
        Err(error) => error.into(),
    }
}

/// Calls a place off from the portal, by its code.
///
/// # Errors
/// [`Problem::NotFound`] alike for a wrong day and a wrong code; [`Problem::TooMany`] after ten tries.
pub fn call_off_online(house: &Arc<House>, id: &str, code: &str) -> Result<(), Problem> {
    let hash = code_hash(house, code)?;
    let asked = id;
    let (house, id, moment) = (house.clone(), id.to_owned(), house.moment());
    let login = Actor::public(house.office.clone()).login;
    let done = house.db.write(move |tx| {
        store::duty::hold(tx, Noun::Reception)?;
        let day: Option<Reception> = store::duty::find(tx, &id)?;
        let mine = |one: &&Booking| !hash.is_empty() && one.code_hash == hash;
        let found = day.and_then(|day| {
            let ordinal = day.bookings.iter().find(mine)?.ordinal;
            Some((day, ordinal))
        });
        let Some((day, ordinal)) = found else { return Ok::<_, Problem>(false) };
        let day = day.call_off(ordinal)?;
        store::duty::keep(tx, (&id, &day), (moment.at, &login, "call_off"))?;
        Ok(true)
    })?;
    if done { Ok(()) } else { Err(tried(&house, asked)) }
}
