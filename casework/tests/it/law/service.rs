//! Everybody who petitioned gets the answer for themselves, proved as its way asks, and has a window of their own.

use super::{DAYS, File, due};
use crate::fixture::{
    Office, accept, actor, answer, ask_review, conclude, decided, entry, petition, refer, served,
    served_to, sign,
};
use crate::wishes::{paper, resume, withdraw};
use casework::calendar::plus_days;
use casework::deadline::Law;
use casework::matter::intake::{Claim, Join, Leaving, Unjoin, register};
use casework::matter::review::{ReviewAsked, ReviewLevel, ReviewOutcome};
use casework::matter::service::{Served, ServiceMethod};
use casework::matter::{Command, Context, Matter, MatterId, Step};
use casework::petition::{Party, PartyKind, PartyRole, Petition};
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::Date;

fn party(id: &str, role: PartyRole) -> Party {
    let mask = format!("{id}*");
    let (id, kind) = (id.to_owned(), PartyKind::Person);
    Party { id, role, kind, mask, reachable: true, sealed: "sealed".to_owned().into() }
}

/// A letter that three signed and somebody speaks for, answered and signed on its day.
fn joint(office: &Office, day: Date) -> File<'_> {
    let mut first = petition(1, day);
    first.headcount = 3;
    first.parties.push(party("second", PartyRole::Joint));
    first.parties.push(party("third", PartyRole::Joint));
    first.parties.push(party("lawyer", PartyRole::Agent));
    signed(office, first, day)
}

fn signed(office: &Office, first: Petition, day: Date) -> File<'_> {
    let facts = register(first, None, &office.context(day)).expect("registers");
    let entries: Vec<_> = facts.into_iter().map(|fact| entry(fact, day, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    File { office, on: day, matter, entries }
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
}

fn waiting(matter: &Matter) -> Vec<&str> {
    matter.to_be_served().into_iter().map(|party| party.id.as_str()).collect()
}

fn serve(day: Date, to: &[&str]) -> Command {
    Command::Serve(served_to(day, to))
}

#[test]
fn each_of_several_signers_has_a_service_and_a_window_of_their_own() {
    // R05-34, R22-35: thirty days from the day on which each received it.
    let office = Office::new();
    for day in DAYS {
        let file = joint(&office, day);
        assert_eq!(
            waiting(&file.matter),
            ["party-1", "second", "third"],
            "not who speaks for them"
        );
        let (one, ten) = (plus_days(day, 1), plus_days(day, 10));
        let file = file.done(1, &serve(one, &["party-1"]));
        assert_eq!(waiting(&file.matter), ["second", "third"]);
        assert!(matches!(file.matter.step, Step::Answered(_)), "others wait for it");
        assert!(due(&office, &file.matter, ClockKind::Service).is_some(), "and that is owed");
        assert_eq!(due(&office, &file.matter, ClockKind::ReviewWindow), Some(plus_days(one, 30)));
        assert_eq!(file.refused(&conclude()), Refusal::NotServed);
        assert_eq!(file.refused(&serve(one, &["party-1"])), Refusal::NotToBeServed, "twice");
        assert_eq!(file.refused(&serve(one, &["lawyer"])), Refusal::NotToBeServed);
        assert_eq!(file.refused(&serve(one, &["nobody"])), Refusal::NotToBeServed);

        // Nobody named is everybody who has not got it.
        let file = file.done(9, &Command::Serve(served(ten)));
        assert_eq!(waiting(&file.matter), Vec::<&str>::new());
        assert!(matches!(file.matter.step, Step::Served(_)));
        assert_eq!(file.matter.served.as_ref().map(|last| last.on), Some(ten));
        assert_eq!(due(&office, &file.matter, ClockKind::Service), None);
        let windows: Vec<_> = (file.matter.spans.iter())
            .filter(|span| span.clock == ClockKind::ReviewWindow)
            .map(|span| (span.started_on, span.service))
            .collect();
        assert_eq!(windows, [(one, Some(0)), (ten, Some(1))]);
        file.done(0, &conclude());
    }
}

/// The same matter with a second petition of somebody else, joined before its answer.
fn with_a_neighbour(office: &Office, day: Date) -> File<'_> {
    File::opened(office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(
            0,
            &Command::Join(Box::new(Join {
                petition: petition(2, day),
                claims: vec![Claim::Same(1), Claim::Same(2)],
                reason: "同一件事".to_owned(),
            })),
        )
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
}

fn asked_by(serial: u32, day: Date, on: Date) -> Command {
    let petition = Some(petition(serial, day).number);
    Command::AskReview(ReviewAsked { petition, ..ask_review("gov", on) })
}

#[test]
fn a_window_is_that_of_whoever_asks() {
    let office = Office::new();
    for day in DAYS {
        let (one, ten) = (plus_days(day, 1), plus_days(day, 10));
        let file = with_a_neighbour(&office, day)
            .done(1, &serve(one, &["party-1"]))
            .done(9, &serve(ten, &["party-2"]));
        let law = Law { statutes: &office.law, calendar: &office.calendar };
        let until = |serial: Option<u32>| {
            let number = serial.map(|serial| petition(serial, day).number);
            let due = file.matter.window_of(ReviewLevel::Review, number.as_ref(), law);
            due.map(|due| due.nominal)
        };
        assert_eq!(until(Some(1)), Some(plus_days(one, 30)));
        assert_eq!(until(Some(2)), Some(plus_days(ten, 30)));
        assert_eq!(until(None), Some(plus_days(ten, 30)), "where nobody says who asks");
        let concerned: Vec<_> = (file.matter.spans.iter())
            .filter(|span| span.clock == ClockKind::ReviewWindow)
            .map(|span| file.matter.concerned(span))
            .collect();
        assert_eq!(concerned, [1, 2].map(|serial| vec![petition(serial, day).number]));
        // Later than the first one's last day, holidays included, and within the second one's.
        let late = file.clone().done(37, &conclude());
        let on = late.on;
        assert!(matches!(late.refused(&asked_by(1, day, on)), Refusal::PeriodElapsed { .. }));
        let stranger = late.refused(&asked_by(9, day, on));
        assert_eq!(stranger, Refusal::PetitionElsewhere);
        let asked = late.done(0, &asked_by(2, day, plus_days(day, 39)));
        assert_eq!(due(&office, &asked.matter, ClockKind::ReviewWindow), None);
        // What is not taken uses nobody's right up.
        let declined = asked.done(1, &Command::DeclineReview(super::told("N04", "县人民政府")));
        let running = |span: &&casework::matter::Span| {
            span.clock == ClockKind::ReviewWindow && span.ended_on.is_none()
        };
        assert_eq!(declined.matter.spans.iter().filter(running).count(), 2);
    }
}

#[test]
fn who_comes_after_the_answer_has_no_longer_than_those_who_were_served() {
    // Nobody served them, since they came later; that makes no period endless.
    let office = Office::new();
    for day in DAYS {
        let (one, ten) = (plus_days(day, 1), plus_days(day, 10));
        let file = with_a_neighbour(&office, day)
            .done(1, &serve(one, &["party-1"]))
            .done(9, &serve(ten, &["party-2"]));
        let later = Join {
            petition: petition(3, ten),
            claims: vec![Claim::Same(1), Claim::Same(2)],
            reason: "同一人".to_owned(),
        };
        let file = file.done(0, &Command::Join(Box::new(later)));
        let law = Law { statutes: &office.law, calendar: &office.calendar };
        let third = petition(3, ten).number;
        let due = file.matter.window_of(ReviewLevel::Review, Some(&third), law);
        assert_eq!(due.map(|due| due.nominal), Some(plus_days(ten, 30)), "the latest that runs");
        let on = plus_days(day, 300);
        let late = File { on, ..file }.refused(&asked_by(3, ten, on));
        assert!(matches!(late, Refusal::PeriodElapsed { .. }), "{late:?}");
    }
}

#[test]
fn who_was_not_served_is_never_late() {
    let office = Office::new();
    for day in DAYS {
        let file = with_a_neighbour(&office, day).done(1, &serve(plus_days(day, 1), &["party-1"]));
        let law = Law { statutes: &office.law, calendar: &office.calendar };
        let second = petition(2, day).number;
        assert_eq!(file.matter.window_of(ReviewLevel::Review, Some(&second), law), None);
        file.done(300, &asked_by(2, day, plus_days(day, 301)));
    }
}

#[test]
fn the_opinion_of_a_review_reaches_everybody_too() {
    let office = Office::new();
    for day in DAYS {
        for outcome in [ReviewOutcome::Uphold, ReviewOutcome::Redo] {
            let file = with_a_neighbour(&office, day)
                .done(0, &Command::Serve(served(day)))
                .done(5, &asked_by(2, day, plus_days(day, 5)))
                .done(0, &Command::AcceptReview)
                .done(1, &Command::DecideReview(decided(outcome)));
            let on = file.on;
            let part = file.done(0, &Command::ServeReview(served_to(on, &["party-2"])));
            assert_eq!(part.matter.step, Step::ReviewDecided, "the first one waits for it");
            assert_eq!(waiting(&part.matter), ["party-1"]);
            assert!(due(&office, &part.matter, ClockKind::Service).is_some());
            let twice = Command::ServeReview(served_to(on, &["party-2"]));
            assert_eq!(part.refused(&twice), Refusal::NotToBeServed);
            let later = plus_days(on, 3);
            let whole = part.done(3, &Command::ServeReview(served_to(later, &["party-1"])));
            let law = Law { statutes: &office.law, calendar: &office.calendar };
            let until = |serial| {
                let number = petition(serial, day).number;
                let due = whole.matter.window_of(ReviewLevel::FinalReview, Some(&number), law);
                due.map(|due| due.nominal)
            };
            if outcome == ReviewOutcome::Redo {
                assert_eq!(whole.matter.step, Step::Accepted, "the unit answers anew");
                assert!(whole.matter.services.is_empty());
            } else {
                assert!(matches!(whole.matter.step, Step::Concluded(_)));
                assert_eq!(until(2), Some(plus_days(on, 30)));
                assert_eq!(until(1), Some(plus_days(later, 30)));
            }
        }
    }
}

#[test]
fn whoever_leaves_or_comes_back_changes_who_waits() {
    let office = Office::new();
    let day = DAYS[1];
    let second = petition(2, day).number;
    // The last one who waited leaves for a matter of their own.
    let file = with_a_neighbour(&office, day).done(1, &serve(plus_days(day, 1), &["party-1"]));
    let leaves = Command::Unjoin(Unjoin {
        petition: second.clone(),
        leaving: Leaving::Mistake,
        reason: "另一件事".to_owned(),
        to: MatterId::new(2025, 2),
    });
    assert!(matches!(file.done(1, &leaves).matter.step, Step::Served(_)));
    // Who took it back is not served, and is again once they think again.
    let back = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(
            0,
            &Command::Join(Box::new(Join {
                petition: petition(2, day),
                claims: vec![Claim::Same(1), Claim::Same(2)],
                reason: "同一件事".to_owned(),
            })),
        )
        .done(0, &withdraw(&second, "已经解决"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign());
    assert_eq!(waiting(&back.matter), ["party-1"]);
    let served = back.done(1, &serve(plus_days(day, 1), &["party-1"]));
    assert!(matches!(served.matter.step, Step::Served(_)));
    let again = served.clone().done(1, &resume(&second));
    assert_eq!(waiting(&again.matter), ["party-2"]);
    assert!(due(&office, &again.matter, ClockKind::Service).is_some());
    let after = served.done(0, &conclude()).done(1, &resume(&second));
    assert!(after.matter.untold().any(|one| one.number == second), "told how it stands");
}

#[test]
fn each_way_of_service_has_its_proof() {
    // By analogy to the law of civil procedure.
    let office = Office::new();
    for (day, days) in [(DAYS[0], 60), (DAYS[1], 30)] {
        let file = signed(&office, petition(1, day), day);
        let mut file = File { on: plus_days(day, 100), ..file };
        let on = plus_days(day, 100);
        let by = |method| Served { method, ..served(on) };
        let try_it =
            |file: &File<'_>, served: Served| file.clone().then(0, &Command::Serve(served)).err();
        assert_eq!(try_it(&file, by(ServiceMethod::Post)), None);
        let electronic = by(ServiceMethod::Electronic);
        assert_eq!(try_it(&file, electronic.clone()), Some(Refusal::ServiceConsentMissing));
        assert_eq!(try_it(&file, Served { consent: true, ..electronic }), None);
        let left = by(ServiceMethod::Left);
        assert_eq!(try_it(&file, left.clone()), Some(Refusal::PictureMissing));
        assert_eq!(try_it(&file, Served { attachments: vec![paper()], ..left }), None);
        let notice = |published_on| Served { published_on, ..by(ServiceMethod::PublicNotice) };
        assert_eq!(try_it(&file, notice(None)), Some(Refusal::PublishedOnMissing));
        let short = plus_days(on, 1 - days);
        let up = Some(Refusal::NoticeStillUp(plus_days(on, 1)));
        assert_eq!(try_it(&file, notice(Some(short))), up, "a day too short");
        assert_eq!(try_it(&file, notice(Some(plus_days(on, -days)))), None);
        file.then(0, &Command::Serve(notice(Some(plus_days(on, -days))))).expect("served");
    }
}

#[test]
fn the_office_serves_what_it_answered_itself() {
    let office = Office::new();
    let clerk = actor("office", "somebody");
    let context = Context { actor: &clerk, ..office.context(DAYS[1]) };
    let file = joint(&office, DAYS[1]);
    assert!(casework::matter::decide(&file.matter, &serve(DAYS[1], &["third"]), &context).is_ok());
}
