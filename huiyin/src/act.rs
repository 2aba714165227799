//! The one way to change a matter (办理): find, allow, decide, record, in one transaction.

use crate::house::House;
use crate::problem::Problem;
use casework::matter::{Command, Entry, Fact, Matter, MatterId, decide};
use casework::moment::Moment;
use casework::org::{Actor, UnitKind};
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use std::sync::Arc;
use store::{Tx, matter};

/// Does a command to a matter and returns the matter after it. `seen` is the version the actor
/// looked at; if the file has grown since, nothing is done.
///
/// # Errors
/// [`Problem::Refused`] and [`Problem::Denied`] name their rule; [`Problem::Conflict`] when
/// somebody was quicker; [`Problem::NotFound`] for what the actor may not even know of.
pub fn act(
    house: &Arc<House>,
    actor: &Actor,
    id: MatterId,
    seen: Option<i64>,
    command: Command,
) -> Result<Matter, Problem> {
    act_at(house, actor, (id, seen), command, house.moment())
}

/// As [`act`], for what happened at an earlier moment and is entered now: an old ledger's rows.
///
/// # Errors
/// As [`act`].
pub fn act_at(
    house: &Arc<House>,
    actor: &Actor,
    (id, seen): (MatterId, Option<i64>),
    command: Command,
    moment: Moment,
) -> Result<Matter, Problem> {
    check_receiver(house, &command)?;
    let (house, actor) = (house.clone(), actor.clone());
    house.clone().db.write(move |tx| {
        let before = find(tx, &actor, id)?;
        role::allow(&actor, Act::of(&command), Thing::Matter(&before)).map_err(Problem::Denied)?;
        if seen.is_some_and(|seen| seen != before.version) {
            return Err(Problem::Conflict);
        }
        check_reviewer(&house, &before, &command)?;
        let calendar = house.calendar();
        let context = house.context(moment, &calendar);
        let facts = decide(&before, &command, &context)?;
        append(tx, &house, before, facts, (&actor, moment))
    })
}

/// The matter, if it exists for this actor.
///
/// # Errors
/// [`Problem::NotFound`] also for a matter outside of the actor's scope.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<Matter, Problem> {
    let matter = matter::find(tx, id)?.ok_or(Problem::NotFound)?;
    let public = actor.is(casework::org::Role::Public);
    if public || matter::visible(tx, id, &role::scope(actor))? {
        Ok(matter)
    } else {
        Err(Problem::NotFound)
    }
}

/// Folds facts into the matter and records both.
pub(crate) fn append(
    tx: &mut Tx<'_>,
    house: &House,
    before: Matter,
    facts: Vec<Fact>,
    who: (&Actor, Moment),
) -> Result<Matter, Problem> {
    let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, who)).collect();
    let after = entries.iter().fold(before, |matter, entry| matter.evolve(entry));
    matter::record(tx, &after, &entries, (&house.statutes, &house.calendar()))?;
    Ok(after)
}

/// A fact with who and when.
pub(crate) fn entry(fact: Fact, (actor, moment): (&Actor, Moment)) -> Entry {
    Entry {
        at: moment.at,
        on: moment.on,
        actor: actor.account.clone(),
        unit: actor.unit.clone(),
        fact,
    }
}

/// A matter goes only to a unit that exists and answers petitions.
fn check_receiver(house: &House, command: &Command) -> Result<(), Refusal> {
    let Command::Refer(refer) = command else { return Ok(()) };
    match house.directory().units.get(&refer.to.0) {
        Some(unit)
            if matches!(unit.kind, UnitKind::Bureau | UnitKind::Township | UnitKind::County) =>
        {
            Ok(())
        }
        _ => Err(Refusal::NotAReceiver),
    }
}

/// A review is asked of the next higher organ and of no other.
fn check_reviewer(house: &House, matter: &Matter, command: &Command) -> Result<(), Refusal> {
    let Command::AskReview(asked) = command else { return Ok(()) };
    let directory = house.directory();
    let fits = directory.reviewers(matter).iter().any(|unit| unit.id == asked.organ);
    // Whether it may be asked at all is for the law to say first.
    if fits || matter.next_level().is_none() || matter.answer.is_none() {
        Ok(())
    } else {
        Err(Refusal::NotAReviewer)
    }
}
