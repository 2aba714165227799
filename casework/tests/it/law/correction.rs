//! What was written down wrongly is corrected by a line of its own, and everything that follows from it follows from
//! what is right.

use super::review::answered;
use super::{DAYS, File, due};
use crate::fixture::{
    Office, accept, answer, ask_review, petition, refer, served, served_to, sign,
};
use crate::wishes::counter::{
    answer_correction, ask_correction, correct, correct_party, correct_service,
};
use crate::wishes::mark_urgent;
use casework::calendar::plus_days;
use casework::matter::correction::{
    self, ANSWER_DAYS, Change, Correct, CorrectParty, IdentityField, ServedPaper, Written,
};
use casework::matter::intake::{Claim, Join, register};
use casework::matter::notice::NoticeKind;
use casework::matter::{Command, Context, Fact, Known, Matter, MatterId, Resealed, decide};
use casework::org::Place;
use casework::petition::{Channel, PartyKind, PartyRole, Petition, PetitionNumber};
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

#[test]
fn who_somebody_is_is_put_right_and_what_stood_there_stays_sealed_in_the_file() {
    // R22-21, PIPL-46: a wrong telephone is no petitioner's fault.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day);
        let before = file.matter.petitions[0].parties[0].clone();
        assert_eq!(
            file.refused(&correct_party(&before.id, before.role)),
            Refusal::NothingCorrected
        );
        assert_eq!(
            file.refused(&correct_party("nobody", PartyRole::Joint)),
            Refusal::PetitionElsewhere
        );
        let to = |kind| {
            let written = Written::default();
            let (role, party) = (None, before.id.clone());
            let correct = CorrectParty { party, role, kind, written, reason: "看错".to_owned() };
            Command::Correction(correction::Command::CorrectParty(correct))
        };
        let resealed = Resealed {
            party: before.id.clone(),
            fields: vec![IdentityField::Name, IdentityField::Phone],
            mask: "钱*英".to_owned(),
            reachable: true,
            sealed: "sealed anew".to_owned().into(),
        };
        let known = Known { resealed: Some(&resealed), ..Known::default() };
        let context = Context { known, ..office.context(day) };
        // Who is to be served is settled once the answer is signed.
        let signed = file.clone().replied();
        let late = correct_party(&before.id, PartyRole::Joint);
        assert_eq!(signed.refused(&late), Refusal::OpinionSigned);
        assert!(decide(&signed.matter, &to(None), &context).is_ok(), "a name is put right");
        let nameless = decide(&file.matter, &to(Some(PartyKind::Anonymous)), &context);
        assert_eq!(nameless, Err(Refusal::NamelessParty));
        let facts = decide(&file.matter, &to(None), &context).expect("lawful");
        let entry = crate::fixture::entry(facts[0].clone(), day, "office");
        let after = file.matter.clone().evolve(&entry);
        let party = &after.petitions[0].parties[0];
        assert_eq!((party.mask.as_str(), &party.sealed), ("钱*英", &resealed.sealed));
        let Fact::Correction(correction::Fact::PartyCorrected(line)) = &entry.fact else {
            unreachable!("another fact")
        };
        assert_eq!((&line.from.mask, &line.fields), (&before.mask, &resealed.fields));
        let shown = serde_json::to_string(&entry.clone().for_readers()).expect("a line");
        assert!(!shown.contains("sealed anew"), "{shown}");
        assert!(serde_json::to_string(&entry).expect("a line").contains("sealed anew"));
    }
}

#[test]
fn a_request_for_correction_is_owed_an_answer_by_a_day_and_is_not_put_right_by_words() {
    // PIPL-46, PIPL-50.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day);
        assert_eq!(file.refused(&answer_correction(&first(), false)), Refusal::NoCorrectionAsked);
        let file = file.done(1, &ask_correction(&first()));
        let due_on = due(&office, &file.matter, ClockKind::Correction);
        assert_eq!(due_on, Some(plus_days(day, 1 + ANSWER_DAYS)));
        assert_eq!(file.refused(&ask_correction(&first())), Refusal::CorrectionPending);
        assert_eq!(file.refused(&answer_correction(&first(), true)), Refusal::NotCorrected);
        let refused = file.clone().done(1, &answer_correction(&first(), false));
        assert_eq!(due(&office, &refused.matter, ClockKind::Correction), None);
        let file = file.done(1, &correct(&first(), 3)).done(0, &answer_correction(&first(), true));
        assert_eq!(due(&office, &file.matter, ClockKind::Correction), None);
        // And it may be asked again.
        file.done(1, &ask_correction(&first()));
    }
}

#[test]
fn whoever_asks_for_a_correction_is_answered_where_they_asked() {
    let office = Office::new();
    let day = DAYS[1];
    let merged = casework::matter::intake::Merged {
        into: MatterId::new(2025, 9),
        reason: "同一事".to_owned(),
    };
    let file = File::opened(&office, day).done(0, &ask_correction(&first()));
    assert_eq!(file.refused(&Command::Merge(merged)), Refusal::CorrectionPending);
}
