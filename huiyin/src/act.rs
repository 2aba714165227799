//! The one way to change a matter (办理): find, allow, decide, record, in one transaction.

use crate::by::{By, Outcome};
use crate::house::{Directory, House};
use crate::problem::{FieldError, Problem};
use casework::joint::Arbiter;
use casework::matter::{Command, Entry, Fact, Matter, MatterId, decide};
use casework::org::{AccountId, Actor, UnitId, UnitKind};
use casework::participation::{self, ParticipationOpened};
use casework::petition::Attachment;
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use casework::track::Track;
use casework::wall::RecusalAsked;
use casework::{joint, ladder, track, wall};
use std::sync::Arc;
use store::org::Unit;
use store::vault::Blind;
use store::wall::{Sight, sight};
use store::{Tx, matter};

/// Does a command to a matter and returns the matter after it. `seen` is the version the actor
/// looked at; if the file has grown since, nothing is done.
///
/// # Errors
/// [`Problem::Refused`] and [`Problem::Denied`] name their rule; [`Problem::Conflict`] when
/// somebody was quicker; [`Problem::NotFound`] for what the actor may not even know of.
pub fn act(
    house: &Arc<House>,
    by: By,
    id: MatterId,
    seen: Option<i64>,
    command: Command,
) -> Result<Matter, Problem> {
    let house = house.clone();
    let command = completed(&house, command)?;
    house.clone().db.write(move |tx| {
        house.keep_up(tx)?;
        by.once(
            tx,
            |tx, _| find(tx, &by.actor, id),
            |tx| {
                let after = done(tx, &house, &by, (id, seen), &command)?;
                Ok((after, Outcome::Matter(id.to_string())))
            },
        )
    })
}

fn done(
    tx: &mut Tx<'_>,
    house: &House,
    by: &By,
    (id, seen): (MatterId, Option<i64>),
    command: &Command,
) -> Result<Matter, Problem> {
    let before = find(tx, &by.actor, id)?;
    role::allow(&by.actor, Act::of(command), Thing::Matter(&before)).map_err(Problem::Denied)?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Problem::Conflict);
    }
    check_receiver(house, &before, command)?;
    check_keeper(house, &before, command)?;
    check_arbiter(house, &before, command)?;
    check_reviewer(house, &before, command)?;
    check_published(house, tx, &before, command)?;
    check_leader(house, command)?;
    check_number(tx, &before, command)?;
    let calendar = house.calendar();
    let context = house.context(&by.actor, by.moment, &calendar);
    let facts = decide(&before, command, &context)?;
    append(tx, house, before, facts, by)
}

/// The matter, if it exists for this actor.
///
/// # Errors
/// [`Problem::NotFound`] also for a matter outside of the actor's scope, and for one whose seal does not open to
/// them.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<Matter, Problem> {
    // Asked first, and in one way: what is not there, what a wall hides and what is sealed are answered alike, and
    // in the same time.
    let public = actor.is(casework::org::Role::Public);
    if !public && sight(tx, id, &role::scope(actor))? != Sight::Open {
        return Err(Problem::NotFound);
    }
    matter::find(tx, id)?.ok_or(Problem::NotFound)
}

/// Folds facts into the matter and records both.
pub(crate) fn append(
    tx: &mut Tx<'_>,
    house: &House,
    before: Matter,
    facts: Vec<Fact>,
    by: &By,
) -> Result<Matter, Problem> {
    let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, by)).collect();
    hold(house, entries.iter().flat_map(|entry| entry.fact.attachments()))?;
    let after = entries.iter().fold(before, |matter, entry| matter.evolve(entry));
    matter::record(tx, &after, &entries, (&house.statutes, &house.calendar()))?;
    Ok(after)
}

/// A fact with who and when.
pub(crate) fn entry(fact: Fact, by: &By) -> Entry {
    Entry {
        at: by.moment.at,
        on: by.moment.on,
        actor: by.actor.account.clone(),
        unit: by.actor.unit.clone(),
        fact,
    }
}

/// Holds the files that are about to be recorded, so that no sweep takes them. What is gone already has to be
/// handed in again: nothing is recorded that nobody could read.
///
/// # Errors
/// [`Problem::Invalid`] for a file whose content is not there.
pub(crate) fn hold<'a>(
    house: &House,
    files: impl IntoIterator<Item = &'a Attachment>,
) -> Result<(), Problem> {
    for file in files {
        if !house.blobs.hold(&file.hash, house.clock.now())? {
            return Err(Problem::Invalid(vec![FieldError::new("files", "wrong-file-gone")]));
        }
    }
    Ok(())
}

/// The command with what only the directory knows: whose people somebody belongs to.
///
/// # Errors
/// [`Problem::Invalid`] for somebody who has no account.
fn completed(house: &House, command: Command) -> Result<Command, Problem> {
    match command {
        Command::Wall(wall::Command::AskRecusal(asked)) => {
            let person_unit = house.directory().workplaces.get(&asked.person.0).cloned();
            if person_unit.is_none() {
                let wrong = FieldError::new("person", "wrong-choice");
                return Err(Problem::Invalid(vec![wrong]));
            }
            Ok(wall::Command::AskRecusal(RecusalAsked { person_unit, ..asked }).into())
        }
        Command::Track(track::Command::Retrack(retracked)) => {
            let accused = belonging(house, (retracked.person.as_ref(), retracked.accused))?;
            Ok(track::Command::Retrack(track::Retracked { accused, ..retracked }).into())
        }
        Command::Track(track::Command::Identify(identified)) => {
            let accused = belonging(house, (identified.person.as_ref(), identified.accused))?;
            Ok(track::Command::Identify(track::AccusedIdentified { accused, ..identified }).into())
        }
        Command::Participation(participation::Command::OpenParticipation(opened)) => {
            let elected = unnamed(house, opened)?;
            Ok(participation::Command::OpenParticipation(elected).into())
        }
        other => Ok(other),
    }
}

/// The elected as the file keeps them: how many, their masks, and the keyed hashes of their names.
fn unnamed(house: &House, opened: ParticipationOpened) -> Result<ParticipationOpened, Problem> {
    let apart = |c: char| c.is_whitespace() || "、，,；;/|".contains(c);
    let elected = opened.representatives.split(apart).filter(|name| !name.is_empty());
    let (mut masks, mut names) = (Vec::new(), Vec::new());
    for name in elected {
        masks.push(chinese::identity::mask_name(name));
        names.push(house.vault.blind(Blind::Name, &chinese::identity::bare(name))?);
    }
    let (elected, representatives) =
        (u32::try_from(names.len()).unwrap_or(u32::MAX), masks.join("、"));
    Ok(ParticipationOpened { representatives, elected, names, ..opened })
}

/// Whether a text holds one of the names of which only keyed hashes are kept.
fn names_somebody(house: &House, text: &str, names: &[String]) -> Result<bool, Problem> {
    const LONGEST: usize = 12;
    if names.is_empty() {
        return Ok(false);
    }
    let letters: Vec<char> = chinese::identity::bare(text).chars().collect();
    for length in 2..=LONGEST {
        for window in letters.windows(length) {
            let name: String = window.iter().collect();
            if names.contains(&house.vault.blind(Blind::Name, &name)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The unit that was chosen, or that the account belongs to.
fn belonging(
    house: &House,
    (account, unit): (Option<&AccountId>, Option<UnitId>),
) -> Result<Option<UnitId>, Problem> {
    let directory = house.directory();
    let wrong = |field: &str| Problem::Invalid(vec![FieldError::new(field, "wrong-choice")]);
    match (account, unit) {
        (Some(account), _) => match directory.workplaces.get(&account.0) {
            Some(unit) => Ok(Some(unit.clone())),
            None => Err(wrong("accused_person")),
        },
        (None, Some(unit)) if !directory.units.contains_key(&unit.0) => Err(wrong("accused")),
        (None, unit) => Ok(unit),
    }
}

/// What accuses a unit is not with a unit under it (R05-23, R22-30); the office stands under the county
/// and passes it on.
///
/// # Errors
/// [`Refusal::AccusedHasIt`].
pub(crate) fn keeps_clear(
    house: &House,
    matter: &Matter,
    accused: &[&UnitId],
) -> Result<(), Refusal> {
    let directory = house.directory();
    let owing = matter.spans.iter().filter(|span| span.ended_on.is_none()).map(|span| &span.unit);
    let keepers = owing.chain([&matter.holder]).filter(|unit| **unit != matter.office);
    let under = keepers
        .map(|unit| directory.above(&unit.0))
        .any(|above| accused.iter().any(|accused| above.contains(&accused.0)));
    if under { Err(Refusal::AccusedHasIt) } else { Ok(()) }
}

/// What accuses a unit is neither with a unit under it when it becomes an accusation, nor handed over to
/// it by name (R05-23, R22-30).
fn check_keeper(house: &House, matter: &Matter, command: &Command) -> Result<(), Refusal> {
    let directory = house.directory();
    match command {
        Command::Track(track::Command::Retrack(retracked)) => {
            keeps_clear(house, matter, &retracked.accused.iter().collect::<Vec<_>>())
        }
        Command::Track(track::Command::Identify(identified)) => {
            keeps_clear(house, matter, &identified.accused.iter().collect::<Vec<_>>())
        }
        Command::Track(track::Command::HandOver(handed)) => {
            let walls = matter.walls();
            let walled = directory.units.values().filter(|unit| {
                directory
                    .above(&unit.id.0)
                    .iter()
                    .any(|id| walls.units.contains(&UnitId(id.clone())))
            });
            let meant = walled.into_iter().any(|unit| {
                [&unit.name, &unit.short]
                    .into_iter()
                    .any(|name| name.chars().count() > 1 && handed.where_to.contains(name.as_str()))
            });
            if meant { Err(Refusal::Accused) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// The unit that a command would give the matter, or a part of it, to.
fn receiver(command: &Command) -> Option<&UnitId> {
    match command {
        Command::Refer(refer) => Some(&refer.to),
        Command::Joint(joint::Command::AskContribution(asked)) => Some(&asked.unit),
        Command::Joint(joint::Command::Designate(designated)) => Some(&designated.to),
        Command::Joint(joint::Command::Succeed(succeeded)) => Some(&succeeded.successor),
        Command::Ladder(ladder::Command::Recommend(recommended)) => Some(&recommended.to),
        _ => None,
    }
}

/// A matter goes only to a unit that exists and answers petitions; and what accuses a unit goes to none
/// that stands under it (R05-23, R22-30).
fn check_receiver(house: &House, matter: &Matter, command: &Command) -> Result<(), Refusal> {
    let Some(to) = receiver(command) else { return Ok(()) };
    let directory = house.directory();
    let unit = directory.units.get(&to.0).ok_or(Refusal::NotAReceiver)?;
    let walls = matter.walls();
    let above = directory.above(&to.0);
    let under = |accused: &UnitId| above.contains(&accused.0);
    if walls.units.iter().any(under) {
        return Err(Refusal::Accused);
    }
    // A recommendation may go to whoever can heed it; a matter only to who answers petitions.
    if matches!(command, Command::Ladder(_)) { Ok(()) } else { receives(&directory, matter, unit) }
}

/// Whether a unit takes matters of this kind: an accusation goes by management authority, to the discipline
/// organ or to a unit above everybody whom it accuses (R22-22d, R22-30); anything else to whoever answers
/// petitions.
///
/// # Errors
/// [`Refusal::NotAReceiver`], [`Refusal::NotInAuthority`].
pub(crate) fn receives(directory: &Directory, matter: &Matter, unit: &Unit) -> Result<(), Refusal> {
    use UnitKind::{Bureau, County, Discipline, Township};
    if !matches!(unit.kind, Bureau | Township | County | Discipline) {
        return Err(Refusal::NotAReceiver);
    }
    if matter.track != Track::Accusation {
        return if unit.kind == Discipline { Err(Refusal::NotAReceiver) } else { Ok(()) };
    }
    let above = |accused: &UnitId| directory.above(&accused.0).contains(&unit.id.0);
    let fits = unit.kind == Discipline
        || matter.accused.iter().filter_map(|one| one.unit.as_ref()).all(above);
    if fits { Ok(()) } else { Err(Refusal::NotInAuthority) }
}

/// Competence is decided by the lowest unit above all that disagree; by the joint conference only where
/// there is none (R22-24).
fn check_arbiter(house: &House, matter: &Matter, command: &Command) -> Result<(), Problem> {
    let Command::Joint(joint::Command::Designate(designated)) = command else { return Ok(()) };
    let above = house.directory().common_superior(&matter.objectors);
    let fits = match (&designated.arbiter, above) {
        (Arbiter::Superior(unit), Some(above)) => *unit == above,
        (Arbiter::Conference, above) => above.is_none(),
        (Arbiter::Superior(_), None) => false,
    };
    let wrong = || Problem::Invalid(vec![FieldError::new("arbiter", "wrong-arbiter")]);
    if fits { Ok(()) } else { Err(wrong()) }
}

/// What is published carries nobody's name, telephone, identity number or address.
fn check_published(
    house: &House,
    tx: &mut Tx<'_>,
    matter: &Matter,
    command: &Command,
) -> Result<(), Problem> {
    let Command::Participation(participation::Command::AnnounceResult(announced)) = command else {
        return Ok(());
    };
    let mut known: Vec<String> = Vec::new();
    for (_, identity) in crate::unmask::identities_in(house, tx, matter)? {
        known.extend([identity.name, identity.phone, identity.id_number, identity.address]);
    }
    let part = matter.participation.as_ref();
    let names = part.map(|part| part.opened.names.clone()).unwrap_or_default();
    let mut personal = false;
    for text in [&announced.text, &announced.venue] {
        personal |= chinese::identity::looks_personal(text)
            || known.iter().any(|one| chinese::identity::speaks_of(text, one))
            || names_somebody(house, text, &names)?;
    }
    let wrong = || Problem::Invalid(vec![FieldError::new("public_text", "wrong-personal-data")]);
    if personal { Err(wrong()) } else { Ok(()) }
}

/// A supervision's number is its own: no other matter has it.
fn check_number(tx: &mut Tx<'_>, matter: &Matter, command: &Command) -> Result<(), Problem> {
    let Command::Supervise(supervised) = command else { return Ok(()) };
    match matter::supervised_as(tx, &supervised.number)? {
        Some(other) if other != matter.id => Err(Refusal::NumberUsed.into()),
        _ => Ok(()),
    }
}

/// Only the county's leaders lead.
fn check_leader(house: &House, command: &Command) -> Result<(), Problem> {
    let Command::Sponsorship(command) = command else { return Ok(()) };
    let known = command.leader().is_none_or(|one| house.directory().leaders.contains(&one.0));
    let wrong = || Problem::Invalid(vec![FieldError::new("leader", "wrong-choice")]);
    if known { Ok(()) } else { Err(wrong()) }
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
