//! Both sides: mediation and settlement, hearings, recusal, agents, help, ratings.

use super::{DAYS, File, due};
use crate::fixture::{
    Office, accept, actor, answer, conclude, entry, hearing, petition, refer, served, sign,
};
use crate::wishes::{
    ask_recusal, authorise, decide_recusal, end_authority, mediate, rate, refer_aid, settle,
};
use casework::calendar::plus_days;
use casework::matter::handling::Outcome;
use casework::matter::intake::register;
use casework::matter::mediation::Way;
use casework::matter::rating::Content;
use casework::matter::supervision::Trigger;
use casework::matter::{Command, ConclusionGround, Context, Matter, MatterId, Step, decide};
use casework::org::Role;
use casework::petition::{Party, PartyRole};
use casework::refusal::Refusal;
use casework::role::{Act, Denial, Thing, allow};
use casework::statute::ClockKind;

fn accepted(office: &Office, day: jiff::civil::Date) -> File<'_> {
    File::opened(office, day).done(0, &refer("agri")).done(0, &accept())
}

#[test]
fn both_want_it_and_then_it_holds() {
    // R22-33, R05-13: by consent; within thirty days the court may confirm what was mediated.
    let office = Office::new();
    for day in DAYS {
        let mut file = accepted(&office, day);
        assert_eq!(file.then(0, &mediate(day, false)), Err(Refusal::ConsentMissing));
        let file = file.done(0, &mediate(day, true));
        let on = plus_days(day, 2);
        let file = file.done(2, &settle(Way::Mediation, on));
        assert_eq!(file.matter.step, Step::Settled);
        let outcome =
            |demand: &casework::matter::Demand| demand.answer.as_ref().map(|answer| answer.outcome);
        assert!(file.matter.demands.iter().all(|d| outcome(d) == Some(Outcome::Settled)));
        assert_eq!(
            due(&office, &file.matter, ClockKind::JudicialConfirmation),
            Some(plus_days(on, 30))
        );
        let late = plus_days(on, 11);
        let found = file.matter.triggers(late, &office.law, &office.calendar);
        assert!(found.contains(&Trigger::NotExecuted), "what was agreed is asked after");
        let file = file.done(1, &conclude());
        assert!(
            matches!(&file.matter.step, Step::Concluded(c) if c.ground == ConclusionGround::Settled)
        );
    }
}

#[test]
fn a_hearing_while_it_is_handled_takes_no_days_out() {
    // R05-31b, R22-31b.
    let office = Office::new();
    for day in DAYS {
        let file = accepted(&office, day);
        let before = due(&office, &file.matter, ClockKind::Handling);
        let held = Command::HoldHearing(hearing(plus_days(day, 3), plus_days(day, 9)));
        let file = file.done(9, &held);
        assert_eq!(due(&office, &file.matter, ClockKind::Handling), before);
        assert_eq!(file.matter.hearings.len(), 1);
    }
}

#[test]
fn whoever_keeps_out_does_not_know_of_it_any_more() {
    // R05-30, R22-28: the head decides, nobody in their own cause.
    let office = Office::new();
    let mut handler = actor("agri", "brother");
    handler.roles = vec![Role::UnitHandler];
    for day in DAYS {
        let mut file = accepted(&office, day);
        let sees = |matter: &Matter| allow(&handler, Act::ViewMatter, Thing::Matter(matter));
        assert_eq!(file.then(0, &decide_recusal("brother", true)), Err(Refusal::NoRecusalAsked));
        let file = file.done(0, &ask_recusal("brother"));
        assert_eq!(sees(&file.matter), Ok(()), "until it is decided the work goes on");
        let context = Context { actor: &handler, ..office.context(day) };
        let own = decide(&file.matter, &decide_recusal("brother", false), &context);
        assert_eq!(own, Err(Refusal::OwnCause));
        let refused = file.done(0, &decide_recusal("brother", false));
        assert_eq!(sees(&refused.matter), Ok(()));
        let file = refused.done(0, &ask_recusal("brother"));
        let file = file.done(0, &decide_recusal("brother", true));
        assert_eq!(sees(&file.matter), Err(Denial::Unseen));
        assert_eq!(file.matter.holder.0, "agri", "the unit still answers for it");
    }
}

#[test]
fn a_leader_decides_about_the_offices_people_alone() {
    // R05-30, R22-28: another question about somebody of the office gives no say about a unit's people.
    let office = Office::new();
    let day = DAYS[1];
    let mut leader = actor("gov", "leader");
    leader.roles = vec![Role::Leader];
    let file =
        accepted(&office, day).done(0, &ask_recusal("brother")).done(0, &ask_recusal("somebody"));
    let context = Context { actor: &leader, ..office.context(day) };
    let tried = |person| decide(&file.matter, &decide_recusal(person, true), &context);
    assert_eq!(tried("brother"), Err(Refusal::OwnCause));
    assert!(tried("somebody").is_ok());
    assert!(!file.matter.closed(&context).contains_key(&Act::DecideRecusal));
}

#[test]
fn an_agent_shows_it_in_writing_and_only_two_where_the_text_says_so() {
    // SD-28 and BJ-27; R22-19.
    let mut office = Office::new();
    let day = DAYS[1];
    let by_agents = |count: usize| {
        let mut first = petition(1, day);
        let principal = first.parties.first().expect("one").clone();
        first.parties.extend((0..count).map(|n| Party {
            id: format!("agent-{n}"),
            role: PartyRole::Agent,
            ..principal.clone()
        }));
        first
    };
    assert!(register(by_agents(3), None, &office.context(day)).is_ok());
    office.place = casework::org::Place("370100".to_owned());
    let refused = register(by_agents(3), None, &office.context(day));
    assert!(matches!(refused, Err(Refusal::TooManyAgents { most: 2, .. })), "{refused:?}");
    let first = by_agents(1);
    let number = first.number.clone();
    let facts = register(first, None, &office.context(day)).expect("registers");
    let entries: Vec<_> = facts.into_iter().map(|fact| entry(fact, day, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    let mut file = File { office: &office, matter, entries, on: day };
    assert!(file.matter.authority_missing(&number));
    assert_eq!(file.then(0, &end_authority(&number)), Err(Refusal::NoAgent));
    let file = file.done(0, &authorise(&number));
    assert!(!file.matter.authority_missing(&number));
    let mut file = file.done(1, &end_authority(&number));
    assert!(file.matter.authority_missing(&number), "the principal took it back");
    let bare = casework::matter::aid::Command::Authorise(casework::matter::aid::Authorised {
        petition: number,
        text: "代为提出".to_owned(),
        attachments: Vec::new(),
    });
    assert_eq!(file.then(0, &bare.into()), Err(Refusal::PaperMissing));
}

#[test]
fn help_is_offered_and_never_pressed() {
    // R22-37, R05-13.
    let office = Office::new();
    for day in DAYS {
        let mut file = accepted(&office, day);
        assert_eq!(file.then(0, &refer_aid(false)), Err(Refusal::ConsentMissing));
        let file = file.done(0, &refer_aid(true));
        assert_eq!(file.matter.aids.len(), 1);
        assert_eq!(file.matter.step, Step::Accepted, "help is no answer");
    }
}

#[test]
fn the_petitioner_rates_once_and_discontent_counts_against_the_offices() {
    // R22-21, R05-12.
    let office = Office::new();
    for day in DAYS {
        let mut file = accepted(&office, day);
        let number = file.matter.petitions.first().expect("one").number.clone();
        let unhappy = rate(&number, Content::Dissatisfied, "没有回应去向");
        assert_eq!(file.then(0, &unhappy), Err(Refusal::NotInStep));
        let file = file.done(1, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
        let on = file.on;
        let file = file.done(0, &Command::Serve(served(on)));
        let mut late = File { entries: file.entries.clone(), matter: file.matter.clone(), ..file };
        let until = due(&office, &late.matter, ClockKind::Evaluation).expect("a window");
        assert_eq!(until, plus_days(on, 30));
        late.on = plus_days(until, 10);
        assert!(matches!(late.then(0, &unhappy), Err(Refusal::PeriodElapsed { .. })));
        late.on = on;
        let mut file = late.done(1, &unhappy);
        assert_eq!(file.then(0, &unhappy), Err(Refusal::RatedAlready));
        let found = file.matter.triggers(file.on, &office.law, &office.calendar);
        assert!(found.contains(&Trigger::Dissatisfied), "{found:?}");
    }
}
