//! Places on a reception day (预约): who takes one is sealed; from home it is taken, looked up and called off
//! without an account, by a code that is shown once.

use super::contact::seal;
use super::{Done, DutyAct, DutyDeed, Work, deed};
use crate::act::{Answers, Form, Kind, Name};
use crate::by::By;
use crate::by::Given;
use crate::house::House;
use crate::intake::{normal_code, query_code};
use crate::problem::{Problem, Wrong};
use casework::duty::booking::{BookedHow, Booking, BookingState};
use casework::duty::reception::Reception;
use casework::duty::{Kept, Noun};
use casework::moment::Within;
use jiff::civil::Date;
use std::sync::Arc;
use store::setting::TryLimit;
use store::vault::{Blind, Identity};

/// Who wants a place (预约人).
struct Booker {
    how: BookedHow,
    identity: Identity,
    topic: String,
}

/// Takes a place at the counter. Who only walks in need not be called when the day changes.
pub(super) fn book(f: &mut Form<'_>) -> DutyDeed {
    let how = f.one_among(Name::BookedHow, Kind::List("booked-how", &AT_THE_DESK));
    let (name, phone, topic) = (f.line(Name::Name), f.may_line(Name::Phone), f.line(Name::Topic));
    if how == BookedHow::Counter && phone.is_empty() {
        f.wrong(Name::Phone, Wrong::Missing);
    }
    wish(f, how, Identity { name, phone, ..Identity::default() }, topic)
}

/// Takes a place from home.
pub(super) fn book_from_home(f: &mut Form<'_>) -> DutyDeed {
    let (name, phone, topic) = (f.line(Name::Name), f.line(Name::Phone), f.line(Name::Topic));
    wish(f, BookedHow::Online, Identity { name, phone, ..Identity::default() }, topic)
}

/// How the desk enters somebody.
const AT_THE_DESK: [&str; 2] = ["counter", "walk_in"];

/// Somebody wants a place; digits of any width are digits.
fn wish(f: &mut Form<'_>, how: BookedHow, identity: Identity, topic: String) -> DutyDeed {
    let phone = chinese::script::folded(&identity.phone);
    if !phone.is_empty() && !chinese::identity::is_phone(&phone) {
        f.wrong(Name::Phone, Wrong::Phone);
    }
    let wish = Booker { how, identity: Identity { phone, ..identity }, topic };
    deed(move |w| wish.take(w))
}

impl Booker {
    fn take(self, w: &Work<'_>) -> Result<Done, Problem> {
        let (house, how) = (w.house, self.how);
        let sealed = seal(house, &self.identity)?;
        let code = query_code(house, &w.by)?;
        let booking = Booking {
            ordinal: 0,
            how,
            party: sealed.party.clone(),
            mask: sealed.mask.clone(),
            sealed: sealed.sealed.clone(),
            phone_hash: sealed.phone_hash.clone(),
            code_hash: house.vault.blind(Blind::Query, &code)?,
            topic: self.topic,
            booked_on: house.moment().on,
            state: BookingState::Booked,
            outcome: None,
        };
        let again = code.clone();
        let done = w.change_and(move |day: Reception, tx, doing| {
            let context = &doing.context();
            // From home, a day that is not announced does not exist.
            if how == BookedHow::Online && !day.open_for_booking(context.moment.on) {
                return Err(Problem::NotFound);
            }
            let day = day.book(booking.clone(), context)?;
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
}

/// Calls a place off by the code that its owner got.
pub(super) fn call_off(f: &mut Form<'_>) -> DutyDeed {
    let code = f.line(Name::Code);
    deed(move |w| {
        let hash = code_hash(w.house, &code)?;
        w.change(move |day: Reception, _, _| {
            let mine = |one: &&Booking| !hash.is_empty() && one.code_hash == hash;
            let ordinal = day.bookings.iter().find(mine).map(|one| one.ordinal);
            Ok(day.call_off(ordinal.ok_or(Problem::NotFound)?)?)
        })
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

/// The announced days that lie ahead, as anybody may see them (接访日历, R05-10).
///
/// # Errors
/// The store failed.
pub fn days_ahead(house: &House) -> Result<Vec<Kept<Reception>>, Problem> {
    let today = house.moment().on;
    let ahead = Within { from: today, until: Date::MAX };
    let mut days: Vec<Kept<Reception>> = house.db.read(|tx| store::duty::within(tx, ahead))?;
    days.retain(|kept| kept.record.announced(today));
    Ok(days)
}

/// A day on which anybody may take a place now.
///
/// # Errors
/// [`Problem::NotFound`] for any other.
pub fn bookable(house: &House, id: &str) -> Result<Reception, Problem> {
    let today = house.moment().on;
    let day = day(house, id)?;
    if day.open_for_booking(today) { Ok(day) } else { Err(Problem::NotFound) }
}

/// A day of this number, for whoever has a place on it.
///
/// # Errors
/// [`Problem::NotFound`].
pub fn day(house: &House, id: &str) -> Result<Reception, Problem> {
    house.db.read(|tx| store::duty::find(tx, id))?.ok_or(Problem::NotFound)
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
const TRIES: TryLimit = TryLimit { most: 10, span: 10 * 60 * 1000 };

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
