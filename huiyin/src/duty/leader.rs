//! What waits for a leader (领导履职): cases, days, visits, promises, and what is late in the area.

use super::board::{BoardLine, own};
use crate::house::House;
use crate::problem::Problem;
use casework::calendar::plus_days;
use casework::directory::Directory;
use casework::duty::Kept;
use casework::duty::booking::BookingState;
use casework::duty::conference::Conference;
use casework::duty::contact::SupportContact;
use casework::duty::outreach::Outreach;
use casework::duty::reception::Reception;
use casework::duty::tenure::Tenure;
use casework::matter::MatterId;
use casework::matter::sponsorship::LeaderPart;
use casework::moment::Within;
use casework::org::Actor;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use store::Tx;
use store::matter::{Facet, Listing, MatterRow};
use store::wall::{Sight, sight};

/// A reception day of one's own.
pub struct OwnDay {
    /// The record's number.
    pub id: String,
    /// The day.
    pub day: Reception,
    /// How many have a place.
    pub booked: usize,
    /// How many wait for one.
    pub waiting: usize,
}

/// Something promised to a visitor, or decided by a conference, that is not done.
pub struct Promise {
    /// Its page.
    pub at: String,
    /// Which entry.
    pub ordinal: u32,
    /// When it was promised.
    pub on: Date,
    /// What; empty where the reader may not know.
    pub text: String,
    /// Who has promised it.
    pub owner: String,
    /// Until when.
    pub due_on: Date,
}

/// What the page shows.
pub struct Mine {
    /// How they stand with their quota.
    pub line: Option<BoardLine>,
    /// Letters to their mailbox.
    pub letters: Vec<MatterRow>,
    /// Matters put before them.
    pub waiting: Vec<MatterRow>,
    /// Matters they answer for.
    pub sponsored: Vec<MatterRow>,
    /// Matters on which they wrote and nobody answered.
    pub instructed: Vec<MatterRow>,
    /// What is late in their area.
    pub late: Vec<MatterRow>,
    /// Their next days.
    pub days: Vec<OwnDay>,
    /// Visits planned.
    pub visits: Vec<(String, Outreach, String)>,
    /// Promises of their days that are not done.
    pub promises: Vec<Promise>,
    /// What their unit promised and has not done.
    pub of_unit: Vec<Promise>,
    /// Households they help.
    pub contacts: Vec<(String, SupportContact)>,
}

/// What the unit promised visitors or took over at a conference and has not done, by due date; what is said of a
/// matter that the reader may not open stays unsaid.
fn of_unit(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Promise>, store::Error> {
    const DAYS_BACK: i64 = 730;
    let within = Within { from: plus_days(today, -DAYS_BACK), until: today };
    let mut found: Vec<(Option<MatterId>, Promise)> = Vec::new();
    for kept in store::duty::within::<Reception>(tx, within)? {
        for one in &kept.record.bookings {
            let Some(outcome) = &one.outcome else { continue };
            if outcome.owner == actor.unit && outcome.done.is_none() {
                let promise = Promise {
                    at: format!("/duty/reception/{}", kept.id),
                    ordinal: one.ordinal,
                    on: kept.record.on,
                    text: outcome.text.clone(),
                    owner: String::new(),
                    due_on: outcome.due_on,
                };
                found.push((outcome.matter, promise));
            }
        }
    }
    for kept in store::duty::within::<Conference>(tx, within)? {
        for (ordinal, one) in (1..).zip(&kept.record.decisions) {
            if one.owner == actor.unit && one.done.is_none() {
                let promise = Promise {
                    at: format!("/duty/conference/{}", kept.id),
                    ordinal,
                    on: kept.record.on,
                    text: one.text.clone(),
                    owner: String::new(),
                    due_on: one.due_on,
                };
                found.push((one.matter, promise));
            }
        }
    }
    let mut promises = cut(tx, actor, found)?;
    promises.sort_by_key(|promise| promise.due_on);
    Ok(promises)
}

/// The promises, without the words of what was promised about a matter that is closed to the reader.
fn cut(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: Vec<(Option<MatterId>, Promise)>,
) -> Result<Vec<Promise>, store::Error> {
    let scope = role::scope(actor);
    let mut promises = Vec::new();
    for (matter, mut promise) in found {
        if let Some(id) = matter
            && sight(tx, id, &scope)? != Sight::Open
        {
            promise.text.clear();
        }
        promises.push(promise);
    }
    Ok(promises)
}

/// What was promised to those whom a leader received, and is not done.
fn promised(directory: &Directory, days: &[Kept<Reception>]) -> Vec<(Option<MatterId>, Promise)> {
    let mut found = Vec::new();
    for kept in days {
        for one in &kept.record.bookings {
            let Some(outcome) = one.outcome.as_ref().filter(|outcome| outcome.done.is_none())
            else {
                continue;
            };
            let promise = Promise {
                at: format!("/duty/reception/{}", kept.id),
                ordinal: one.ordinal,
                on: kept.record.on,
                text: outcome.text.clone(),
                owner: directory.unit(&outcome.owner).to_owned(),
                due_on: outcome.due_on,
            };
            found.push((outcome.matter, promise));
        }
    }
    found
}

/// How many matters of a kind the page shows.
const SHOWN: u32 = 50;

/// What waits for somebody who leads, or for their unit.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn mine(house: &House, actor: &Actor) -> Result<Mine, Problem> {
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let (today, me, scope) = (house.moment().on, &actor.account, role::scope(actor));
    let line = own(house, me, today)?;
    let directory = house.directory();
    let found = house.db.read(|tx| {
        let mut led = Vec::new();
        for part in [LeaderPart::Submission, LeaderPart::Sponsorship, LeaderPart::Instruction] {
            led.push(store::matter::led_by(tx, &scope, me, part, SHOWN)?);
        }
        let letters = crate::mailbox::letters(me);
        led.push(store::matter::waiting(tx, &scope, &letters, None, SHOWN)?);
        let terms: Vec<Kept<Tenure>> = store::duty::of(tx, me)?;
        let areas = terms
            .iter()
            .filter(|kept| kept.record.holds(today))
            .flat_map(|kept| kept.record.areas.clone());
        let mut late = Vec::new();
        for place in areas {
            let listing = Listing {
                due_before: Some(today),
                facets: vec![Facet::Place(place.stem().to_owned())],
                limit: SHOWN,
                ..Listing::of(scope.clone())
            };
            late.extend(store::matter::list(tx, &listing)?);
        }
        let days: Vec<Kept<Reception>> = store::duty::of(tx, me)?;
        let visits: Vec<Kept<Outreach>> = store::duty::of(tx, me)?;
        let contacts: Vec<Kept<SupportContact>> = store::duty::of(tx, me)?;
        let promises = cut(tx, actor, promised(&directory, &days))?;
        let of_unit = of_unit(tx, actor, today)?;
        Ok::<_, store::Error>((led, late, days, visits, (contacts, promises, of_unit)))
    })?;
    let (mut led, late, days, visits, (contacts, promises, of_unit)) = found;
    let letters = led.pop().unwrap_or_default();
    let instructed = led.pop().unwrap_or_default();
    let sponsored = led.pop().unwrap_or_default();
    let ahead = days.into_iter().filter(|kept| {
        kept.record.on >= today && kept.record.cancelled.is_none() && kept.record.held_on.is_none()
    });
    let count = |day: &Reception, state: BookingState| {
        day.bookings.iter().filter(|one| one.state == state).count()
    };
    let days = ahead
        .take(5)
        .map(|kept| OwnDay {
            booked: count(&kept.record, BookingState::Booked),
            waiting: count(&kept.record, BookingState::Waiting),
            id: kept.id,
            day: kept.record,
        })
        .collect();
    let open =
        |kept: &Kept<Outreach>| kept.record.done.is_none() && kept.record.cancelled.is_none();
    let visits = visits.into_iter().filter(open).map(|kept| {
        let place = directory.place(&kept.record.place);
        (kept.id, kept.record, place)
    });
    let running = contacts.into_iter().filter(|kept| kept.record.ended.is_none());
    Ok(Mine {
        line,
        letters,
        waiting: led.pop().unwrap_or_default(),
        sponsored,
        instructed,
        late,
        days,
        visits: visits.collect(),
        promises,
        of_unit,
        contacts: running.map(|kept| (kept.id, kept.record)).collect(),
    })
}
