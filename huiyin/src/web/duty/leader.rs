//! The leader's page (领导工作台): what waits for me, my cases, my days, my quota, what is late in my area; and
//! the board of everybody's quotas.

use crate::duty::board::{Line, board as lines, own};
use crate::house::House;
use crate::problem::Problem;
use crate::web::desk::{Row, in_words};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::calendar::plus_days;
use casework::campaign::conference::Conference;
use casework::duty::Kept;
use casework::duty::contact::SupportContact;
use casework::duty::outreach::Outreach;
use casework::duty::reception::{BookingState, Reception};
use casework::duty::tenure::Tenure;
use casework::matter::MatterId;
use casework::org::Actor;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use store::Tx;
use store::matter::{Listing, MatterRow};
use store::wall::{Sight, sight};

#[derive(Template)]
#[template(path = "duty/board.html")]
struct Board {
    p: Page,
    lines: Vec<Line>,
    load: Vec<(String, i64)>,
}

/// Everybody's quotas, and who answers for how many matters.
pub async fn board(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    let found = blocking(&house, move |house| {
        let today = house.moment().on;
        let lines = lines(house, &actor, today)?;
        let directory = house.directory();
        let load = house.db.read(store::matter::load)?;
        let named = load.into_iter().map(|(leader, count)| {
            (directory.people.get(&leader.0).cloned().unwrap_or_default(), count)
        });
        Ok((lines, named.collect()))
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((lines, load)) => render(&Board { p: Page::desk(&house, desk, "/board"), lines, load }),
    }
}

/// A reception day of one's own.
struct Day {
    id: String,
    day: Reception,
    booked: usize,
    waiting: usize,
}

/// Something promised to a visitor, or decided by a conference, that is not done.
struct Promise {
    at: String,
    ordinal: u32,
    on: Date,
    text: String,
    owner: String,
    due_on: Date,
}

/// What the page shows.
struct Mine {
    line: Option<Line>,
    waiting: Vec<MatterRow>,
    sponsored: Vec<MatterRow>,
    instructed: Vec<MatterRow>,
    late: Vec<MatterRow>,
    days: Vec<Day>,
    visits: Vec<(String, Outreach, String)>,
    promises: Vec<Promise>,
    of_unit: Vec<Promise>,
    contacts: Vec<(String, SupportContact)>,
}

#[derive(Template)]
#[template(path = "duty/leader.html")]
struct LeaderPage {
    p: Page,
    line: Option<Line>,
    waiting: Vec<Row>,
    sponsored: Vec<Row>,
    instructed: Vec<Row>,
    late: Vec<Row>,
    days: Vec<Day>,
    visits: Vec<(String, Outreach, String)>,
    promises: Vec<Promise>,
    of_unit: Vec<Promise>,
    contacts: Vec<(String, SupportContact)>,
    leads: bool,
}

/// What the unit promised visitors or took over at a conference and has not done, by due date; what is said of a
/// matter that the reader may not open stays unsaid.
fn of_unit(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Promise>, store::Error> {
    const DAYS_BACK: i64 = 730;
    let (period, scope) = ((plus_days(today, -DAYS_BACK), today), role::scope(actor));
    let mut found: Vec<(Option<MatterId>, Promise)> = Vec::new();
    for kept in store::duty::within::<Reception>(tx, period)? {
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
    for kept in store::duty::within::<Conference>(tx, period)? {
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
    let mut promises = Vec::new();
    for (matter, mut promise) in found {
        if let Some(id) = matter
            && sight(tx, id, &scope)? != Sight::Open
        {
            promise.text.clear();
        }
        promises.push(promise);
    }
    promises.sort_by_key(|promise| promise.due_on);
    Ok(promises)
}

fn mine(house: &House, actor: &Actor) -> Result<Mine, Problem> {
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let (today, me, scope) = (house.moment().on, &actor.account, role::scope(actor));
    let line = own(house, me, today)?;
    let directory = house.directory();
    let base = Listing { limit: 50, by_due: true, ..Listing::of(scope) };
    let found = house.db.read(|tx| {
        let mut led = Vec::new();
        for kind in ["submission", "sponsorship", "instruction"] {
            let ids = store::matter::led_by(tx, me, kind)?;
            let listing = Listing { ids: Some(ids), ..base.clone() };
            led.push(store::matter::list(tx, &listing)?);
        }
        let terms: Vec<Kept<Tenure>> = store::duty::of(tx, me)?;
        let areas = terms
            .iter()
            .filter(|kept| kept.record.holds(today))
            .flat_map(|kept| kept.record.areas.clone());
        let mut late = Vec::new();
        for place in areas {
            let listing = Listing {
                open: true,
                due_before: Some(today),
                place: Some(place.stem().to_owned()),
                ..base.clone()
            };
            late.extend(store::matter::list(tx, &listing)?);
        }
        let days: Vec<Kept<Reception>> = store::duty::of(tx, me)?;
        let visits: Vec<Kept<Outreach>> = store::duty::of(tx, me)?;
        let contacts: Vec<Kept<SupportContact>> = store::duty::of(tx, me)?;
        let of_unit = of_unit(tx, actor, today)?;
        Ok::<_, store::Error>((led, late, days, visits, (contacts, of_unit)))
    })?;
    let (mut led, late, days, visits, (contacts, of_unit)) = found;
    let instructed = led.pop().unwrap_or_default();
    let sponsored = led.pop().unwrap_or_default();
    let promises = days.iter().flat_map(|kept| {
        let open = |one: &casework::duty::reception::Booking| {
            let outcome = one.outcome.clone().filter(|outcome| outcome.done.is_none())?;
            Some(Promise {
                at: format!("/duty/reception/{}", kept.id),
                ordinal: one.ordinal,
                on: kept.record.on,
                text: outcome.text,
                owner: directory.unit(&outcome.owner.0).to_owned(),
                due_on: outcome.due_on,
            })
        };
        kept.record.bookings.iter().filter_map(open).collect::<Vec<_>>()
    });
    let promises: Vec<Promise> = promises.collect();
    let ahead = days.into_iter().filter(|kept| {
        kept.record.on >= today && kept.record.cancelled.is_none() && kept.record.held_on.is_none()
    });
    let count = |day: &Reception, state: BookingState| {
        day.bookings.iter().filter(|one| one.state == state).count()
    };
    let days = ahead
        .take(5)
        .map(|kept| Day {
            booked: count(&kept.record, BookingState::Booked),
            waiting: count(&kept.record, BookingState::Waiting),
            id: kept.id,
            day: kept.record,
        })
        .collect();
    let open =
        |kept: &Kept<Outreach>| kept.record.done.is_none() && kept.record.cancelled.is_none();
    let visits = visits.into_iter().filter(open).map(|kept| {
        let place = directory.place(&kept.record.place.0);
        (kept.id, kept.record, place)
    });
    let running = contacts.into_iter().filter(|kept| kept.record.ended.is_none());
    Ok(Mine {
        line,
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

/// The page.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    match blocking(&house, move |house| mine(house, &actor)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(mine) => {
            let directory = house.directory();
            render(&LeaderPage {
                line: mine.line,
                waiting: in_words(&directory, mine.waiting),
                sponsored: in_words(&directory, mine.sponsored),
                instructed: in_words(&directory, mine.instructed),
                late: in_words(&directory, mine.late),
                days: mine.days,
                visits: mine.visits,
                promises: mine.promises,
                of_unit: mine.of_unit,
                contacts: mine.contacts,
                leads: role::allow(&desk.actor, Act::KeepContact, Thing::Office).is_ok(),
                p: Page::desk(&house, desk, "/leader"),
            })
        }
    }
}
