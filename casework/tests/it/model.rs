//! The model check: every history of the real `decide` and `evolve` within these bounds is walked
//! through, not a sample of them. What must hold in every matter that can be reached is asked of each.
//!
//! The main road's bounds: two petitions of two demands, two units, a reviewing organ, at most three
//! requests for review and one new answer, and a clock that moves on twice, each time to the next day or
//! beyond every period. The side roads' bounds: one petition of two demands, three units, all acts of
//! the tracks, of several units, of settlement, of urgency, secrecy and withdrawal, at most three
//! objections, taking back by the office, and a clock that moves on twice. Every day: some 690,000 matters
//! on the main road, with petitions that come after the answer and services that reach some, 93,949 on the side roads,
//! and 90,814 from a bureau's counter, in some three minutes on two cores.
//! Matters that differ in nothing a rule looks at are one. `HUIYIN_MODEL=wide` moves the clock three
//! times and lets every demand be answered in two ways.

mod roads;
mod walk;

use self::walk::walk;

use crate::fixture::Office;
use casework::matter::intake::Claim;
use casework::matter::repeat;
use casework::matter::review::ReviewOutcome;
use casework::matter::{Command, ConclusionGround, Context, Entry, Fact, Matter, Step, decide};
use casework::org::{Actor, Role, UnitId};
use casework::petition::Petition;
use casework::role::{Act, Thing, allow};
use casework::statute::ClockKind;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How far the walk goes.
#[derive(Clone, Copy)]
struct Bounds {
    ticks: u8,
    answers: u32,
    ways: bool,
    side: bool,
}

impl Bounds {
    fn of_today() -> Self {
        match std::env::var("HUIYIN_MODEL").as_deref() {
            Ok("wide") => Self { ticks: 3, answers: 3, ways: true, side: false },
            _ => Self { ticks: 2, answers: 3, ways: false, side: false },
        }
    }

    fn of_side_roads() -> Self {
        Self { ticks: 2, answers: 2, ways: false, side: true }
    }
}

/// Jumps of the clock: the next day; beyond every period.
const JUMPS: [i64; 2] = [1, 130];

/// The day on which every walk begins.
const START: Date = date(2025, 3, 3);

#[derive(Clone)]
struct State {
    matter: Matter,
    on: Date,
    ticks: u8,
    redone: u8,
}

/// Whether a wish lies within the bounds of this check.
fn bounded(state: &State, command: &Command, bounds: Bounds) -> bool {
    match command {
        Command::Join(_) => state.matter.petitions.len() < 2,
        Command::AskReview(_) => state.matter.reviews.len() < 3,
        // Of one petition's first review alone: what others change goes the same way.
        Command::AnswerInstead(_) => {
            let first = state.matter.reviews.len() == 1 && state.matter.petitions.len() == 1;
            first && state.matter.reviews[0].instead.is_empty()
        }
        // Whenever it is done before, it is the same matter that is signed.
        Command::TakeStep(_) => {
            state.matter.unanswered().next().is_none() && state.matter.unheard().next().is_some()
        }
        Command::DecideReview(decided) => {
            let back = [ReviewOutcome::Redo, ReviewOutcome::Revoke].contains(&decided.outcome);
            !back || state.redone == 0
        }
        Command::Object(_) if bounds.side => state.matter.spans.len() < 16,
        Command::Object(_) => state.matter.spans.len() < 8,
        Command::Joint(casework::matter::joint::Command::AskContribution(_)) => {
            state.matter.joints.is_empty()
        }
        Command::Urgent(casework::matter::urgent::Command::ReportUrgent(_)) => {
            state.matter.urgent_reports.is_empty()
        }
        Command::Track(casework::matter::track::Command::Retrack(_)) => {
            state.matter.accused.is_empty()
        }
        Command::Recall(_) => state.matter.spans.len() < 16,
        _ => true,
    }
}

/// What a rule can look at, without the days that only tell how late it is.
fn key(state: &State, office: &Office) -> String {
    let matter = &state.matter;
    let demands: Vec<_> = matter
        .demands
        .iter()
        .map(|demand| (demand.ordinal, demand.answer.as_ref().map(|answer| answer.outcome)))
        .collect();
    let running: BTreeSet<_> = matter
        .spans
        .iter()
        .filter(|span| span.ended_on.is_none() && span.clock != ClockKind::Evaluation)
        .map(|span| {
            let due = span.due(&matter.place, &office.law, &office.calendar);
            (span.clock, span.unit.0.clone(), due.is_some_and(|due| state.on > due.binding()))
        })
        .collect();
    let reviews: Vec<_> = matter
        .reviews
        .iter()
        .map(|review| {
            // Whether it is revoked or ordered anew, the unit answers anew.
            let outcome = review.decided.as_ref().map(|(_, decided)| decided.outcome);
            let outcome = if sent_back(review) { Some(ReviewOutcome::Redo) } else { outcome };
            let told = (review.declined.is_some(), review.served.is_some());
            (review.level, outcome, told, review.instead.len())
        })
        .collect();
    // Before it is signed only: whoever was heard by a unit before can be heard again by the same step.
    let whole = matter.step == Step::Accepted && matter.unanswered().next().is_none();
    let unheard = if whole { matter.unheard().count() } else { 0 };
    let unserved: Vec<_> = matter.to_be_served().iter().map(|party| party.id.clone()).collect();
    format!(
        "{unheard} {unserved:?} {} {:?} {:?} {:?} {demands:?} {running:?} {reviews:?} {:?} {} {:?} {} {}",
        matter.step.kind().word(),
        matter.holder,
        matter.petitions.iter().map(|one| one.number.0.as_str()).collect::<Vec<_>>(),
        matter.withdrawn.iter().map(|one| one.0.as_str()).collect::<BTreeSet<_>>(),
        matter.extension,
        matter.served.is_some(),
        matter.conclusion.as_ref().map(|one| one.ground.clone()),
        matter.sent_back.len(),
        state.ticks
    ) + &side_key(matter)
}

/// What the side roads' rules look at.
fn side_key(matter: &Matter) -> String {
    let joints: Vec<_> = matter.joints.iter().map(casework::matter::joint::Joint::waits).collect();
    let before = match &matter.step {
        Step::Halted(before) => before.kind().word(),
        _ => "",
    };
    format!(
        " {:?} {:?} {:?} {} {joints:?} {} {:?} {} {} {}{before}",
        matter.track,
        matter.branch,
        matter.accused.len(),
        matter.objectors.len(),
        matter.designated(),
        matter.urgent_since.is_some(),
        matter.urgent_reports.len(),
        matter.settlement.is_some(),
        matter.secret_handed_over,
    )
}

/// What must hold in every matter that can be reached; the words of what does not.
fn broken(state: &State, office: &Office, file: &[Arc<Entry>]) -> Option<String> {
    let matter = &state.matter;
    let concluded = matches!(matter.step, Step::Concluded(_));
    // What a later petition is owed is asked for below.
    let owed = |span: &&casework::matter::Span| {
        let runs = span.ended_on.is_none() && span.petition.is_none() && !span.clock.is_right();
        runs && span.due(&matter.place, &office.law, &office.calendar).is_some()
    };
    let running = matter.spans.iter().any(|span| owed(&span));
    // Once the answer is with the petitioner it is their clocks that run: to ask for review, to rate.
    let theirs = matches!(matter.step, Step::Served(_) | Step::Settled)
        && matter.spans.iter().any(|span| span.ended_on.is_none());
    if !concluded && !running && !theirs {
        return Some(format!("{}: open and nobody's clock runs", matter.step.kind().word()));
    }
    if concluded && running {
        let facts: Vec<_> = file.iter().map(|entry| entry.fact.word()).collect();
        return Some(format!("concluded and a duty still runs: {facts:?}"));
    }
    if matter.may_reach(&matter.holder).is_err() {
        return Some("whom it accuses has it".to_owned());
    }
    if matter.awaited().count() > 0
        && !matter
            .spans
            .iter()
            .any(|span| span.clock == ClockKind::Contribution && span.ended_on.is_none())
        && !concluded
    {
        return Some("a contribution is awaited and nobody's clock runs".to_owned());
    }
    if !matter.units.contains(&matter.holder) {
        return Some("nobody who ever had it has it".to_owned());
    }
    if let Step::Concluded(conclusion) = &matter.step {
        let served = matter.served.is_some() && matter.answer.is_some();
        let lawful = match conclusion.ground {
            ConclusionGround::Served => served,
            ConclusionGround::Reviewed => {
                matter.reviews.iter().any(|review| review.served.is_some())
            }
            ConclusionGround::Withdrawn => {
                matter.petitions.iter().all(|petition| matter.withdrawn.contains(&petition.number))
            }
            ConclusionGround::Settled => matter.settlement.is_some(),
            ConclusionGround::Told(_)
            | ConclusionGround::Declined(_)
            | ConclusionGround::Filed
            | ConclusionGround::Merged
            | ConclusionGround::Routed(_)
            | ConclusionGround::HandedOver(_) => true,
        };
        if !lawful {
            return Some("concluded without a served answer or a ground".to_owned());
        }
    }
    let chain = matter.chain().iter().filter(|review| review.declined.is_none()).count();
    if chain > 2 {
        return Some(format!("a chain of {chain} reviews"));
    }
    if let Some(lost) = lost(matter, file).or_else(|| unheard(matter, file)) {
        return Some(lost);
    }
    let told = Matter::replay(matter.id, file.iter().map(AsRef::as_ref));
    (told.as_ref() != Some(matter)).then(|| "the file tells another matter".to_owned())
}

/// A petition that came after the answer and got lost: neither does the office's clock run for it, nor was its
/// petitioner told, nor did they take it back; unless the answer fell, and it waits for the new one like the others.
fn unheard(matter: &Matter, file: &[Arc<Entry>]) -> Option<String> {
    let mut replayed = Matter::open(matter.id, file.first()?)?;
    let mut later = BTreeSet::new();
    for entry in file.iter().skip(1) {
        if let Fact::Joined(joined) = &entry.fact
            && replayed.is_answered()
        {
            later.insert(joined.petition.number.clone());
        }
        replayed = replayed.evolve(entry);
    }
    later.retain(|number| matter.petitions.iter().any(|one| one.number == *number));
    for number in later {
        let of_it = |span: &&casework::matter::Span| {
            span.clock == ClockKind::Repeat && span.petition.as_ref() == Some(&number)
        };
        let clocks: Vec<_> = matter.spans.iter().filter(of_it).collect();
        let owed = clocks.iter().any(|span| span.ended_on.is_none());
        let told = file.iter().any(|entry| {
            matches!(&entry.fact, Fact::Repeat(repeat::Fact::RepeatTold(told))
                if told.petition == number)
        });
        let back = matter.withdrawn.contains(&number);
        let awaits = clocks.is_empty() && matter.reviews.iter().any(sent_back);
        if owed == (told || back || awaits) {
            return Some(format!("a later petition: owed {owed}, told {told}, taken back {back}"));
        }
    }
    None
}

/// Whether a review ordered a new answer, or took the answer away and put nothing in its place.
fn sent_back(review: &casework::matter::review::Review) -> bool {
    let outcome = review.decided.as_ref().map(|(_, decided)| decided.outcome);
    let missing = review.instead.len() < review.demands.len();
    outcome == Some(ReviewOutcome::Redo) || (outcome == Some(ReviewOutcome::Revoke) && missing)
}

/// What the file took in and the matter no longer has: a petition that neither left by name nor stands in
/// it, with its petitioner; a demand that stands nowhere.
fn lost(matter: &Matter, file: &[Arc<Entry>]) -> Option<String> {
    let mut taken: Vec<(&Petition, Option<&[Claim]>)> = Vec::new();
    for entry in file {
        match &entry.fact {
            Fact::Registered(registered) => taken.push((&registered.petition, None)),
            Fact::Joined(joined) => taken.push((&joined.petition, Some(&joined.claims))),
            Fact::Unjoined(left) => taken.retain(|(one, _)| one.number != left.petition),
            Fact::Merged(_) => taken.clear(),
            _ => {}
        }
    }
    if taken.len() != matter.petitions.len() {
        return Some(format!(
            "{} petitions came, {} are here",
            taken.len(),
            matter.petitions.len()
        ));
    }
    for (petition, claims) in taken {
        let Some(kept) = matter.petitions.iter().find(|one| one.number == petition.number) else {
            return Some("a petition got lost".to_owned());
        };
        if kept.parties != petition.parties {
            return Some("a petitioner got lost".to_owned());
        }
        for (at, text) in petition.demands.iter().enumerate() {
            let stands = match claims.and_then(|claims| claims.get(at)) {
                Some(Claim::Same(ordinal)) => matter.demand(*ordinal).is_some(),
                _ => matter.demands_of(&petition.number).iter().any(|one| one.text == *text),
            };
            if !stands {
                return Some("a demand got lost".to_owned());
            }
        }
    }
    None
}

/// Whether there is anybody, in any unit and role, who may do this here.
fn somebody_may(matter: &Matter, command: &Command, people: &[Actor]) -> bool {
    let act = Act::of(command);
    people.iter().any(|who| allow(who, act, Thing::Matter(matter)).is_ok())
}

/// One person of every role in every unit, and the petitioner.
fn people() -> Vec<Actor> {
    let mut people = vec![Actor::public(UnitId("office".to_owned()))];
    for unit in ["office", "agri", "housing", "finance", "gov"] {
        people.extend(Role::OF_ACCOUNTS.map(|role| {
            let mut who = crate::fixture::actor(unit, "somebody");
            who.roles = vec![role];
            who
        }));
    }
    people
}

#[test]
fn no_petition_gets_lost_on_any_path() {
    let office = Office::new();
    let (matters, steps, found) =
        walk(&office, office.opened(START), Bounds::of_today(), |state, command| {
            // Whoever has it does it: the office never decides about an answer of its own.
            let actor = crate::fixture::actor(&state.matter.holder.0, "a");
            let context = Context { actor: &actor, ..office.context(state.on) };
            decide(&state.matter, command, &context).map_err(|_| ())
        });
    assert_eq!(found, Vec::<String>::new(), "{matters} matters, {steps} steps");
    assert!(matters > 10_000, "the bounds are wide enough to mean something: {matters}");
}

#[test]
fn no_side_road_loses_anybody() {
    let office = Office::new();
    side_roads_from(&office, office.opened(START));
}

/// The same roads, and those between the unit and the office, for what a bureau took in itself.
#[test]
fn nobody_gets_lost_who_comes_to_a_unit() {
    let office = Office::new();
    side_roads_from(&office, office.received_at("agri", START));
}

fn side_roads_from(office: &Office, start: (Matter, Vec<Entry>)) {
    let (matters, steps, found) = walk(office, start, Bounds::of_side_roads(), |state, command| {
        let contributes =
            matches!(command, Command::Joint(casework::matter::joint::Command::Contribute(_)));
        let actor = crate::fixture::actor(if contributes { "finance" } else { "office" }, "a");
        let context = Context { actor: &actor, ..office.context(state.on) };
        decide(&state.matter, command, &context).map_err(|_| ())
    });
    assert_eq!(found, Vec::<String>::new(), "{matters} matters, {steps} steps");
    assert!(matters > 10_000, "the bounds are wide enough to mean something: {matters}");
}

/// A check that can't fail proves nothing: with one rule broken (an answer that is not served may be
/// concluded) it finds the way.
#[test]
fn a_broken_rule_is_found() {
    let office = Office::new();
    let (_, _, found) =
        walk(&office, office.opened(START), Bounds::of_today(), |state, command| {
            if matches!((&state.matter.step, command), (Step::Answered(_), Command::Conclude(_))) {
                let ground = ConclusionGround::Served;
                let conclusion = casework::matter::Conclusion { ground, cause: None };
                return Ok(vec![casework::matter::Fact::Concluded(conclusion)]);
            }
            decide(&state.matter, command, &office.context(state.on)).map_err(|_| ())
        });
    let found = found.first().expect("the broken rule is found");
    assert_eq!(found, "concluded without a served answer or a ground");
}
