//! The people of one's own unit (本单位人员): what each has in hand, who is away and who stands in, and handing over
//! what somebody has in hand.

use crate::act::{Form, Kind, Name, act};
use crate::by::By;
use crate::house::House;
use crate::problem::{FieldError, Problem, Wrong};
use casework::matter::inside::{self, PutInCharge};
use casework::matter::queue::{Bucket, Waiter};
use casework::org::{Absence, AccountId, Actor, Role};
use casework::role::{self, Act, Denial, Thing};
use jiff::civil::Date;
use std::sync::Arc;
use store::absence;
use store::matter::{Count, Cursor, MatterRow, Waits};

/// One of one's own unit (同事).
pub struct Colleague {
    /// The account.
    pub account: AccountId,
    /// The name as the case file shows it.
    pub name: String,
    /// Roles held; none once the account is closed.
    pub roles: Vec<Role>,
    /// How many open matters they have in hand.
    pub in_hand: i64,
    /// When they are away, today or later.
    pub away: Vec<Absence>,
    /// Whether the actor says when they are away.
    pub may_be_away: bool,
    /// Whether the actor may hand over what they have in hand.
    pub may_hand_over: bool,
}

/// Everybody of the actor's unit who works on matters, and whoever has one in hand still.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn colleagues(house: &House, actor: &Actor) -> Result<Vec<Colleague>, Problem> {
    role::allow(actor, Act::KeepAbsence, Thing::Office).map_err(Problem::Denied)?;
    let (directory, today) = (house.directory(), house.moment().on);
    let here = directory.people.iter().filter(|(_, person)| person.unit == actor.unit);
    let stands = |one: &&Absence| one.from <= one.until && one.until >= today;
    let coming: Vec<&Absence> = directory.absences.iter().filter(stands).collect();
    let counted: Result<Vec<_>, store::Error> = house.db.read(|tx| {
        let one = |(account, person)| {
            let counts = store::matter::counts(tx, &role::scope(actor), &[in_hand_of(account)])?;
            Ok((account, person, counts.into_iter().map(Count::number).sum()))
        };
        here.map(one).collect()
    });
    let mut found = Vec::new();
    for (account, person, in_hand) in counted? {
        if person.works() || in_hand > 0 {
            found.push(Colleague {
                may_be_away: directory.says_absence(&actor.account, account) && person.works(),
                may_hand_over: may_hand_over(actor, account) && in_hand > 0,
                account: account.clone(),
                name: person.name.clone(),
                roles: person.roles.clone(),
                in_hand,
                away: coming
                    .iter()
                    .filter(|one| one.person == *account)
                    .copied()
                    .cloned()
                    .collect(),
            });
        }
    }
    Ok(found)
}

/// What somebody has in hand.
fn in_hand_of(person: &AccountId) -> Waits {
    Waits {
        bucket: Bucket::Mine,
        waiters: vec![Waiter::Account(person.clone())],
        from: None,
        before: None,
    }
}

/// How many matters are read at once to be handed over.
const AT_ONCE: u32 = 500;

/// An absence as it is asked for (请假登记).
pub struct Away {
    person: AccountId,
    deputy: AccountId,
    from: Date,
    until: Date,
}

/// Who is away: `person`, `deputy`, `from`, `until`, both days included.
pub fn away(f: &mut Form<'_>) -> Away {
    let person = f.account(Name::Person, Kind::Colleague);
    let deputy = f.account(Name::Deputy, Kind::Colleague);
    let (from, until) = (f.date(Name::From), f.date(Name::Until));
    if until < from {
        f.wrong(Name::Until, Wrong::DateOrder);
    }
    Away { person, deputy, from, until }
}

fn invalid(field: Name, wrong: Wrong) -> Problem {
    Problem::Invalid(vec![FieldError::new(field, wrong)])
}

/// Everybody hands over what they have in hand themselves, and whoever heads the unit what their people have.
fn may_hand_over(actor: &Actor, person: &AccountId) -> bool {
    actor.account == *person || actor.heads()
}

/// What is said to whoever may not do it for somebody else.
fn allowed(actor: &Actor, may: bool) -> Result<(), Problem> {
    role::allow(actor, Act::KeepAbsence, Thing::Office).map_err(Problem::Denied)?;
    if may { Ok(()) } else { Err(Problem::Denied(Denial::HeadOnly)) }
}

/// Records that somebody is away, and who of the unit stands in: somebody who works on matters and is there.
///
/// # Errors
/// [`Problem::Denied`] for whoever is neither the person nor their head; [`Problem::Invalid`] for somebody of another
/// unit, a day that is over, and days on which one of the two is away already.
pub fn record_absence(house: &House, by: By, away: Away) -> Result<(), Problem> {
    let directory = house.directory();
    allowed(&by.actor, directory.says_absence(&by.actor.account, &away.person))?;
    let Away { person, deputy, from, until } = away;
    let works = |account: &AccountId| {
        directory.workers(&by.actor.unit).any(|(worker, _)| worker == account)
    };
    if !works(&person) {
        return Err(invalid(Name::Person, Wrong::Choice));
    }
    if !works(&deputy) || deputy == person {
        return Err(invalid(Name::Deputy, Wrong::Choice));
    }
    if from < by.moment.on {
        return Err(invalid(Name::From, Wrong::DateOrder));
    }
    let new = Absence { id: house.id(), person, deputy, from, until };
    let done = by.change(house, move |tx, by| {
        let known = absence::list(tx)?;
        if let Some(who) = known.iter().find_map(|known| new.clash(known)) {
            let field = if *who == new.person { Name::Person } else { Name::Deputy };
            return Err(invalid(field, Wrong::Away));
        }
        Ok(absence::record(tx, &new, by.moment.at, &by.actor.login)?)
    });
    done.map(|_| ())
}

/// Ends an absence: from today on they are back.
///
/// # Errors
/// As [`record_absence`]; [`Problem::NotFound`] for an absence of another unit, or one that is over.
pub fn end_absence(house: &House, by: By, id: String) -> Result<(), Problem> {
    let directory = house.directory();
    let own = directory.absences.iter().find(|one| one.id == id);
    let own = own.filter(|one| directory.workplace(&one.person) == Some(&by.actor.unit));
    let person = own.map(|one| one.person.clone()).ok_or(Problem::NotFound)?;
    allowed(&by.actor, directory.says_absence(&by.actor.account, &person))?;
    let yesterday = casework::calendar::plus_days(by.moment.on, -1);
    let done = by.change(house, move |tx, by| {
        let known = absence::list(tx)?.into_iter().find(|one| one.id == id);
        let known = known.filter(|one| one.until > yesterday).ok_or(Problem::NotFound)?;
        let ended = Absence { until: yesterday, ..known };
        Ok(absence::record(tx, &ended, by.moment.at, &by.actor.login)?)
    });
    done.map(|_| ())
}

/// What is handed over: all that one has in hand, to another.
pub struct HandingOver {
    person: AccountId,
    colleague: AccountId,
    note: String,
}

/// Who hands over to whom: `person`, `colleague`, and if given `note`.
pub fn handing_over(f: &mut Form<'_>) -> HandingOver {
    HandingOver {
        person: f.account(Name::Person, Kind::Colleague),
        colleague: f.account(Name::Colleague, Kind::Colleague),
        note: f.may_text(Name::Note),
    }
}

/// Puts somebody else in charge of all that one has in hand, matter by matter; what the other may not have stays, and
/// shows on the page. Says how many were handed over.
///
/// # Errors
/// [`Problem::Denied`] for whoever is neither the person nor their head; [`Problem::Invalid`] for who works elsewhere.
pub fn hand_over(house: &Arc<House>, by: &By, over: &HandingOver) -> Result<usize, Problem> {
    allowed(&by.actor, may_hand_over(&by.actor, &over.person))?;
    let directory = house.directory();
    if directory.workplace(&over.person) != Some(&by.actor.unit) {
        return Err(invalid(Name::Person, Wrong::Choice));
    }
    let mut workers = directory.workers(&by.actor.unit);
    if over.colleague == over.person || !workers.any(|(worker, _)| *worker == over.colleague) {
        return Err(invalid(Name::Colleague, Wrong::Choice));
    }
    let (waits, scope, mut after) = (in_hand_of(&over.person), role::scope(&by.actor), None);
    let mut count = 0;
    loop {
        let page =
            house.db.read(|tx| store::matter::waiting(tx, &scope, &waits, after.as_ref(), AT_ONCE));
        let rows: Vec<MatterRow> = page?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = Some(Cursor::due(last));
        for row in &rows {
            let put = PutInCharge { person: over.colleague.clone(), note: over.note.clone() };
            let by = By { once: None, ..by.clone() };
            match act(house, by, row.id, None, inside::Command::PutInCharge(put).into()) {
                Ok(_) => count += 1,
                // Whoever may not have it does not get it; somebody was quicker.
                Err(Problem::Refused(_) | Problem::NotFound | Problem::Denied(_)) => {}
                Err(problem) => return Err(problem),
            }
        }
    }
}
