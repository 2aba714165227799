//! The model check: every history of the real `decide` and `evolve` within these bounds is walked
//! through, not a sample of them. What must hold in every matter that can be reached is asked of each.
//!
//! Bounds: two petitions of two demands, two units, a reviewing organ, at most three requests for
//! review and one new answer, and a clock that moves on twice, each time to the next day or beyond
//! every period. Matters that differ in nothing a rule looks at are one. `HUIYIN_MODEL=wide` moves the
//! clock three times and lets every demand be answered in two ways: 2,146,185 matters and 12,294,152
//! steps in nine minutes, when it was walked last; every day's bounds take seconds.

use crate::fixture::{
    Office, answer, ask_review, conclude, decided, petition, refer, served, sign,
};
use casework::calendar::plus_days;
use casework::handling::{DemandAnswered, DirectAnswer, Outcome};
use casework::intake::{Claim, Join, Unjoin, Withdrawn};
use casework::matter::{Command, ConclusionGround, Entry, Matter, MatterId, Step, decide};
use casework::referral::{Filed, Objected, Ruling, Told};
use casework::review::ReviewOutcome;
use jiff::civil::{Date, date};
use std::collections::{BTreeSet, HashSet, VecDeque};

/// How far the walk goes.
#[derive(Clone, Copy)]
struct Bounds {
    ticks: u8,
    answers: u32,
    ways: bool,
}

impl Bounds {
    fn of_today() -> Self {
        match std::env::var("HUIYIN_MODEL").as_deref() {
            Ok("wide") => Self { ticks: 3, answers: 4, ways: true },
            _ => Self { ticks: 2, answers: 2, ways: false },
        }
    }
}

/// Jumps of the clock: the next day; beyond every period.
const JUMPS: [i64; 2] = [1, 130];

#[derive(Clone)]
struct State {
    matter: Matter,
    on: Date,
    ticks: u8,
    redone: u8,
}

fn ruling() -> Ruling {
    Ruling { reason: "核实".to_owned() }
}

fn told() -> Told {
    Told { ground: "N02".to_owned(), where_to: "县人民法院".to_owned(), note: String::new() }
}

fn other_answer(demand: u32) -> Command {
    Command::AnswerDemand(DemandAnswered {
        demand,
        outcome: Outcome::NotSupport,
        text: "重新查明".to_owned(),
        basis: "村民委员会组织法".to_owned(),
        commitment: None,
    })
}

/// Everything that anybody may try; the law says which of it is lawful now.
fn wishes(state: &State, bounds: Bounds) -> Vec<Command> {
    let on = state.on;
    let second = petition(2, on);
    let number = second.number.clone();
    let mut all = vec![
        refer("agri"),
        refer("housing"),
        Command::Accept,
        Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None }),
        Command::Return(ruling()),
        Command::RefuseObjection(ruling()),
        Command::Tell(told()),
        Command::Decline(told()),
        Command::File(Filed { reason: "不需要办理".to_owned() }),
        Command::AnswerDirectly(DirectAnswer {
            text: "已修复".to_owned(),
            basis: "市政条例".to_owned(),
        }),
        crate::fixture::ask_extension(30),
        Command::Extend,
        sign(),
        Command::Serve(served(on)),
        conclude(),
        Command::AskReview(ask_review("gov", on)),
        Command::Withdraw(Withdrawn {
            petition: petition(1, on).number,
            reason: "已经解决".to_owned(),
        }),
        Command::Withdraw(Withdrawn {
            petition: number.clone(), reason: "已经解决".to_owned()
        }),
        Command::AcceptReview,
        Command::DeclineReview(told()),
        Command::ServeReview(served(on)),
        Command::Unjoin(Unjoin {
            petition: number,
            reason: "另一件事".to_owned(),
            to: MatterId::new(2025, 2),
        }),
    ];
    let claims: &[Claim] =
        if bounds.ways { &[Claim::Same(1), Claim::New] } else { &[Claim::Same(1)] };
    for claim in claims {
        all.push(Command::Join(Box::new(Join {
            petition: second.clone(),
            claims: vec![*claim; 2],
            reason: "同一人同一事".to_owned(),
        })));
    }
    for demand in 1..=bounds.answers {
        all.push(answer(demand));
        if bounds.ways || demand == 1 {
            all.push(other_answer(demand));
        }
    }
    all.extend(ReviewOutcome::ALL.map(|outcome| Command::DecideReview(decided(outcome))));
    all
}

/// Whether a wish lies within the bounds of this check.
fn bounded(state: &State, command: &Command) -> bool {
    match command {
        Command::Join(_) => state.matter.petitions.len() < 2,
        Command::AskReview(_) => state.matter.reviews.len() < 3,
        Command::DecideReview(decided) => {
            decided.outcome != ReviewOutcome::Redo || state.redone == 0
        }
        Command::Object(_) => state.matter.spans.len() < 8,
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
        .filter(|span| span.ended_on.is_none())
        .map(|span| {
            let due = span.due(&matter.place, &office.law, &office.calendar);
            (span.clock, span.unit.0.clone(), due.is_some_and(|due| state.on > due.binding()))
        })
        .collect();
    let reviews: Vec<_> = matter
        .reviews
        .iter()
        .map(|review| {
            let outcome = review.decided.as_ref().map(|(_, decided)| decided.outcome);
            (review.level, review.declined.is_some(), outcome, review.served.is_some())
        })
        .collect();
    format!(
        "{} {:?} {} {} {demands:?} {running:?} {reviews:?} {:?} {} {} {} {}",
        matter.step.word(),
        matter.holder,
        matter.petitions.len(),
        matter.withdrawn.len(),
        matter.extension,
        matter.served.is_some(),
        matter.conclusion.is_some(),
        matter.sent_back.len(),
        state.ticks
    )
}

/// What must hold in every matter that can be reached; the words of what does not.
fn broken(state: &State, office: &Office, entries: &[Entry]) -> Option<String> {
    let matter = &state.matter;
    let concluded = matches!(matter.step, Step::Concluded(_));
    let running = matter.next_due(&office.law, &office.calendar).is_some();
    let waits_for_service =
        matches!(matter.step, Step::Answered(_) | Step::Served(_) | Step::ReviewDecided);
    if !concluded && !running && !waits_for_service {
        return Some(format!("{}: open and nobody's clock runs", matter.step.word()));
    }
    if concluded && running {
        return Some("concluded and a duty still runs".to_owned());
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
            ConclusionGround::Told(_) | ConclusionGround::Declined(_) | ConclusionGround::Filed => {
                true
            }
        };
        if !lawful {
            return Some("concluded without a served answer or a ground".to_owned());
        }
    }
    let chain = matter.chain().iter().filter(|review| review.declined.is_none()).count();
    if chain > 2 {
        return Some(format!("a chain of {chain} reviews"));
    }
    if matter.petitions.is_empty() || matter.demands.is_empty() {
        return Some("a petitioner, a petition or a demand got lost".to_owned());
    }
    let asked = |number: &str| matter.demands.iter().any(|demand| demand.petition.0 == number);
    let first = matter.petitions.first().is_some_and(|petition| asked(&petition.number.0));
    if !first {
        return Some("the first petition's demands got lost".to_owned());
    }
    (Matter::replay(matter.id, entries).as_ref() != Some(matter))
        .then(|| "the file tells another matter".to_owned())
}

/// Walks through all histories; returns how many matters and steps there were, and what broke.
fn walk(
    office: &Office,
    rules: impl Fn(&State, &Command) -> Result<Vec<casework::matter::Fact>, ()>,
) -> (usize, usize, Vec<String>) {
    let (start, bounds) = (date(2025, 3, 3), Bounds::of_today());
    let (matter, entries) = office.opened(start);
    let first = State { matter, on: start, ticks: 0, redone: 0 };
    let mut seen = HashSet::from([key(&first, office)]);
    let mut waiting = VecDeque::from([(first, entries)]);
    let (mut steps, mut found) = (0, Vec::new());
    while let Some((state, entries)) = waiting.pop_front() {
        found.extend(broken(&state, office, &entries));
        if found.len() > 5 {
            break;
        }
        let mut lawful = 0;
        let mut next = Vec::new();
        for command in wishes(&state, bounds).iter().filter(|command| bounded(&state, command)) {
            let Ok(facts) = rules(&state, command) else { continue };
            lawful += 1;
            let mut after = (state.clone(), entries.clone());
            for fact in facts {
                let entry = crate::fixture::entry(fact, state.on, &state.matter.holder.0.clone());
                after.0.matter = after.0.matter.evolve(&entry);
                after.1.push(entry);
            }
            let redone = !after.0.matter.sent_back.is_empty() && state.matter.sent_back.is_empty();
            after.0.redone += u8::from(redone);
            next.push(after);
        }
        let stuck = lawful == 0 && !matches!(state.matter.step, Step::Concluded(_));
        if stuck {
            found.push(format!("{}: nothing lawful is left for anybody", state.matter.step.word()));
        }
        if state.ticks < bounds.ticks {
            next.extend(JUMPS.map(|days| {
                let later = State {
                    on: plus_days(state.on, days),
                    ticks: state.ticks + 1,
                    ..state.clone()
                };
                (later, entries.clone())
            }));
        }
        for after in next {
            steps += 1;
            if seen.insert(key(&after.0, office)) {
                waiting.push_back(after);
            }
        }
    }
    (seen.len(), steps, found)
}

#[test]
fn no_petition_gets_lost_on_any_path() {
    let office = Office::new();
    let (matters, steps, found) = walk(&office, |state, command| {
        decide(&state.matter, command, &office.context(state.on)).map_err(|_| ())
    });
    assert_eq!(found, Vec::<String>::new(), "{matters} matters, {steps} steps");
    assert!(matters > 10_000, "the bounds are wide enough to mean something: {matters}");
}

/// A check that can't fail proves nothing: with one rule broken (an answer that is not served may be
/// concluded) it finds the way.
#[test]
fn a_broken_rule_is_found() {
    let office = Office::new();
    let (_, _, found) = walk(&office, |state, command| {
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
