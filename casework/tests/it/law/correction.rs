//! What was written down wrongly is corrected by a line of its own, and everything that follows from it follows from
//! what is right.

use super::review::answered;
use super::{DAYS, File, due};
use crate::fixture::{
    Office, accept, answer, ask_review, petition, refer, served, served_to, sign,
};
use crate::wishes::{correct, correct_service, mark_urgent};
use casework::calendar::plus_days;
use casework::matter::correction::{self, Change, Correct, ServedPaper};
use casework::matter::intake::{Claim, Join, register};
use casework::matter::notice::NoticeKind;
use casework::matter::{Command, Fact, Matter, MatterId};
use casework::org::Place;
use casework::petition::{Channel, Petition, PetitionNumber};
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::Date;

fn first() -> PetitionNumber {
    petition(1, DAYS[0]).number
}

fn blank(petition: PetitionNumber) -> Correct {
    let reason = "登记时看错".to_owned();
    Correct { petition, channel: None, headcount: None, place: None, received_on: None, reason }
}

fn command(correct: Correct) -> Command {
    correction::Command::Correct(correct).into()
}

#[test]
fn a_registration_is_corrected_and_what_stood_there_stays_in_the_file() {
    // R22-21, R05-12.
    let office = Office::new();
    for day in DAYS {
        let before = File::opened(&office, day).done(1, &refer("agri"));
        let place = Place("539921101201".to_owned());
        let right = Correct {
            channel: Some(Channel::Letter),
            headcount: Some(12),
            place: Some(place.clone()),
            ..blank(first())
        };
        let file = before.clone().done(1, &command(right.clone()));
        let petition = &file.matter.petitions[0];
        assert_eq!((petition.channel, petition.headcount), (Channel::Letter, 12));
        assert!(petition.collective, "by their number");
        assert_eq!((&petition.place, &file.matter.place), (&place, &place));
        let Fact::Correction(correction::Fact::Corrected(line)) =
            &file.entries.last().expect("a line").fact
        else {
            unreachable!("another fact")
        };
        let was = Change::Headcount { from: 1, to: 12 };
        assert!(line.changes.contains(&was) && line.changes.len() == 3);
        assert_eq!(file.matter.notices.len(), before.matter.notices.len(), "no right moves");
        assert_eq!(file.refused(&command(right)), Refusal::NothingCorrected);
        assert_eq!(file.refused(&command(blank(first()))), Refusal::NothingCorrected);
        let silent = Correct { reason: " ".to_owned(), headcount: Some(3), ..blank(first()) };
        assert_eq!(file.refused(&command(silent)), Refusal::TextMissing);
        let nobodys = PetitionNumber("x".to_owned());
        assert_eq!(file.refused(&correct(&nobodys, 3)), Refusal::PetitionElsewhere);
        // What could not have been registered so can't be made so.
        assert_eq!(file.refused(&correct(&first(), 0)), Refusal::HeadcountTooSmall);
    }
}

#[test]
fn days_count_from_the_day_on_which_it_was_received_in_truth() {
    // R05-21, R22-22: fifteen days from receipt.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day);
        let earlier = plus_days(day, -4);
        let on = |received_on: Date| {
            command(Correct { received_on: Some(received_on), ..blank(first()) })
        };
        let late = plus_days(day, 1);
        let file = File { on: plus_days(day, 2), ..file };
        assert_eq!(file.refused(&on(late)), Refusal::ReceivedAfterRegistered(day));
        let file = file.done(0, &on(earlier));
        assert_eq!(file.matter.received_on, earlier);
        let due_on = due(&office, &file.matter, ClockKind::Disposition);
        assert_eq!(due_on, Some(plus_days(earlier, 15)));
        let notice = file.matter.notices.last().expect("the petitioner is told");
        assert_eq!((notice.kind, &notice.petition), (NoticeKind::Corrected, &Some(first())));
    }
}

#[test]
fn what_was_found_urgent_later_counts_from_when_it_was_found() {
    // R05-26, R22-25: at once, from the day on which it was known.
    let office = Office::new();
    for day in DAYS {
        let earlier = plus_days(day, -4);
        let right = command(Correct { received_on: Some(earlier), ..blank(first()) });
        let urgent_from = |file: &File<'_>| {
            let spans = file.matter.spans.iter();
            let mut urgent = spans.filter(|span| span.clock == ClockKind::UrgentReport);
            (file.matter.urgent_since, urgent.next().map(|span| span.started_on))
        };
        let found = File::opened(&office, day).done(0, &mark_urgent()).done(0, &right);
        assert_eq!(urgent_from(&found), (Some(day), Some(day)));
        // What came as urgent was urgent when it came.
        let came = Petition { urgent: true, ..petition(1, day) };
        let facts = register(came, None, &office.context(day)).expect("registers");
        let entries: Vec<_> =
            facts.into_iter().map(|fact| crate::fixture::entry(fact, day, "office")).collect();
        let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
        let file = File { office: &office, on: day, matter, entries }.done(0, &right);
        assert_eq!(urgent_from(&file), (Some(earlier), Some(earlier)));
    }
}

#[test]
fn a_later_petitions_days_are_its_own() {
    let office = Office::new();
    for day in DAYS {
        let came = plus_days(day, 10);
        let file = answered(&office, day);
        let days = casework::calendar::days_between(file.on, came).max(0);
        let again = Command::Join(Box::new(Join {
            petition: petition(2, came),
            claims: vec![Claim::Same(1), Claim::Same(2)],
            reason: "同一件事".to_owned(),
        }));
        let file = file.done(days, &again);
        let second = petition(2, came).number;
        let received = plus_days(came, -2);
        let right = Correct { received_on: Some(received), ..blank(second) };
        let file = file.done(0, &command(right));
        assert_eq!(due(&office, &file.matter, ClockKind::Repeat), Some(plus_days(received, 15)));
        assert_eq!(file.matter.received_on, day, "the matter's own day stands");
    }
}

#[test]
fn a_service_is_corrected_and_the_window_moves_with_it() {
    // R05-34, R22-35: thirty days from receipt.
    let office = Office::new();
    for day in DAYS {
        let (wrong, right) = (plus_days(day, 2), plus_days(day, 5));
        let file = File::opened(&office, day)
            .done(0, &refer("agri"))
            .done(0, &accept())
            .done(0, &answer(1))
            .done(0, &answer(2))
            .heard()
            .done(0, &sign());
        let unserved = file.refused(&correct_service(ServedPaper::Answer, right));
        assert_eq!(unserved, Refusal::NothingToServe);
        let file = file.done(2, &Command::Serve(served(wrong)));
        let same = file.refused(&correct_service(ServedPaper::Answer, wrong));
        assert_eq!(same, Refusal::NothingCorrected);
        let file = File { on: plus_days(day, 8), ..file };
        let early = file.refused(&correct_service(ServedPaper::Answer, plus_days(day, -1)));
        assert_eq!(early, Refusal::DateTooEarly(day), "before it was signed");
        let file = file.done(0, &correct_service(ServedPaper::Answer, right));
        assert_eq!(file.matter.served.as_ref().map(|one| one.on), Some(right));
        assert_eq!(due(&office, &file.matter, ClockKind::ReviewWindow), Some(plus_days(right, 30)));
        let evaluation = file.matter.spans.iter().find(|one| one.clock == ClockKind::Evaluation);
        assert_eq!(evaluation.map(|span| span.started_on), Some(right));
        let notice = file.matter.notices.last().expect("the petitioner is told");
        assert_eq!((notice.kind, &notice.petition), (NoticeKind::Corrected, &None));
        // Once somebody asked for review, the window is used.
        let asked = file.done(1, &Command::AskReview(ask_review("gov", plus_days(day, 9))));
        let over = asked.refused(&correct_service(ServedPaper::Answer, plus_days(day, 6)));
        assert_eq!(over, Refusal::NotInStep);
    }
}

#[test]
fn of_several_services_the_last_is_corrected() {
    let office = Office::new();
    let day = DAYS[1];
    let mut first = petition(1, day);
    let other = casework::petition::Party { id: "second".to_owned(), ..first.parties[0].clone() };
    first.parties.push(other);
    first.headcount = 2;
    let facts = register(first, None, &office.context(day));
    let entries: Vec<_> = (facts.expect("registers").into_iter())
        .map(|fact| crate::fixture::entry(fact, day, "office"))
        .collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    let file = File { office: &office, on: day, matter, entries }
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(1, &Command::Serve(served_to(plus_days(day, 1), &["party-1"])))
        .done(4, &Command::Serve(served_to(plus_days(day, 3), &["second"])))
        .done(0, &correct_service(ServedPaper::Answer, plus_days(day, 5)));
    assert_eq!(file.matter.services[1].to, ["second"], "whom it reached stands");
    let windows: Vec<Date> = (file.matter.spans.iter())
        .filter(|span| span.clock == ClockKind::ReviewWindow)
        .map(|span| span.started_on)
        .collect();
    assert_eq!(windows, [plus_days(day, 1), plus_days(day, 5)]);
}
