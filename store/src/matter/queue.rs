//! Queues (待办队列): what waits for whom, by the day until which it waits, and how much of it.

use super::cell::place_in_queue;
use super::facet::Facet;
use super::list::{COUNTED, Count};
use super::road::{Cursor, Road, beside, merged};
use super::row::MatterRow;
use crate::condition::{Params, Where};
use crate::tally::{Ask, Kind, sums};
use crate::{Error, Tx, wall};
use casework::matter::queue::{Bucket, Waiter};
use casework::org::Place;
use casework::role::{Reach, Scope};
use jiff::civil::Date;

/// One place where matters wait.
pub(super) struct Queue {
    bucket: Bucket,
    waiter: Waiter,
}

impl Queue {
    /// The shortest one that holds every open matter of these facets.
    pub(super) fn narrowest(facets: &[Facet]) -> Self {
        let waiter = |facet: &Facet| match facet {
            Facet::Addressed(leader) => Some(Waiter::Mailbox(leader.clone())),
            Facet::Holder(unit) => Some(Waiter::Unit(unit.clone())),
            Facet::Place(code) => Waiter::township(&Place(code.clone())),
            Facet::All
            | Facet::Step(_)
            | Facet::Category(_)
            | Facet::Channel(_)
            | Facet::FirstUnit(_)
            | Facet::With(_) => None,
        };
        let waiter = facets.iter().find_map(waiter).unwrap_or(Waiter::County);
        Self { bucket: Bucket::All, waiter }
    }

    /// How long it is within days.
    pub(super) fn ask(&self, from: Option<Date>, before: Option<Date>) -> Ask {
        Ask {
            kind: Kind::Queued,
            value: place_in_queue(self.bucket, &self.waiter),
            from: from.map(|day| day.to_string()),
            before: before.map(|day| day.to_string()),
        }
    }

    /// Asks for its rows.
    pub(super) fn of_queue(&self, all: &mut Where<'_>) {
        all.is("queued.bucket = ?", self.bucket.word());
        all.is("queued.waiter = ?", self.waiter.word());
    }
}

/// What of the queues is asked for.
#[derive(Debug, Clone)]
pub struct Waits {
    /// In which group: late, or due soon, is [`Bucket::All`] within days.
    pub bucket: Bucket,
    /// For whom: one, or several who stand in for each other.
    pub waiters: Vec<Waiter>,
    /// Due from this day on.
    pub from: Option<Date>,
    /// Due before this day (exclusive).
    pub before: Option<Date>,
}

impl Waits {
    fn asks(&self) -> impl Iterator<Item = Ask> {
        let queue = |waiter: &Waiter| Queue { bucket: self.bucket, waiter: waiter.clone() };
        self.waiters.iter().map(move |waiter| queue(waiter).ask(self.from, self.before))
    }

    fn conditions(&self, waiter: &Waiter, all: &mut Where<'_>) {
        Queue { bucket: self.bucket, waiter: waiter.clone() }.of_queue(all);
        if let Some(day) = self.from {
            all.is("queued.due_key >= ?", day);
        }
        if let Some(day) = self.before {
            all.is("queued.due_key < ?", day);
        }
    }
}

/// A page of what waits, what is due first at the beginning.
///
/// # Errors
/// The engine failed.
pub fn waiting(
    tx: &mut Tx<'_>,
    scope: &Scope,
    waits: &Waits,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Vec<MatterRow>, Error> {
    if scope.reach == Reach::Nothing {
        return Ok(Vec::new());
    }
    if waits.bucket == Bucket::Propose {
        return proposed(tx, scope, after, limit);
    }
    let mut lists = Vec::new();
    for waiter in &waits.waiters {
        let mut params = Params::default();
        let mut all = Where::of(&mut params);
        let road = Road::queued(tx.engine());
        waits.conditions(waiter, &mut all);
        wall::condition(scope, &mut all);
        if let Some(cursor) = after {
            road.after(cursor, &mut all);
        }
        lists.push(road.rows(tx, all, limit)?);
    }
    Ok(merged(lists, limit))
}

/// How many matters wait in each of these places.
///
/// # Errors
/// The engine failed.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope, all: &[Waits]) -> Result<Vec<Count>, Error> {
    if scope.reach == Reach::Nothing {
        return Ok(vec![Count::Exactly(0); all.len()]);
    }
    let asks: Vec<Ask> = all.iter().flat_map(Waits::asks).collect();
    let mut found = sums(tx, &asks, &wall::seals_of(scope))?.into_iter();
    let walled = wall::walled(tx, scope)?;
    let mut counts = Vec::new();
    for waits in all {
        let number: i64 = found.by_ref().take(waits.waiters.len()).sum();
        counts.push(if waits.bucket == Bucket::Propose {
            count_proposed(tx, scope)?
        } else if walled {
            Count::Exactly(number - behind(tx, scope, waits)?)
        } else {
            Count::Exactly(number)
        });
    }
    Ok(counts)
}

/// How many of what waits lies behind walls for the actor.
fn behind(tx: &mut Tx<'_>, scope: &Scope, waits: &Waits) -> Result<i64, Error> {
    let mut hidden = 0;
    for waiter in &waits.waiters {
        hidden += wall::behind(tx, scope, |all| {
            all.and("queued.matter = matter.id");
            waits.conditions(waiter, all);
        })?;
    }
    Ok(hidden)
}

/// Along what is proposed, each matter once however many reasons there are, in the order of numbers.
fn road_of_proposals(tx: &Tx<'_>, scope: &Scope, all: &mut Where<'_>) -> Road {
    all.and(
        "NOT EXISTS (SELECT 1 FROM proposal AS other
           WHERE other.matter = proposal.matter AND other.cause < proposal.cause)",
    );
    wall::condition(scope, all);
    let (from, id) = (beside(tx.engine(), "proposal", "proposal.matter"), "proposal.matter");
    Road { from, id, descending: false, ..Road::to_one() }
}

/// What a job proposes to supervise.
fn proposed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Vec<MatterRow>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let road = road_of_proposals(tx, scope, &mut all);
    if let Some(cursor) = after {
        road.after(cursor, &mut all);
    }
    road.rows(tx, all, limit)
}

fn count_proposed(tx: &mut Tx<'_>, scope: &Scope) -> Result<Count, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let road = road_of_proposals(tx, scope, &mut all);
    Ok(Count::up_to(COUNTED, road.count(tx, all, COUNTED)?))
}
