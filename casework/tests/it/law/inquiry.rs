//! Whoever petitioned is heard before anything is signed.

use super::track::of_track;
use super::{DAYS, File};
use crate::fixture::{Office, accept, answer, petition, refer, sign};
use crate::wishes::by_branch;
use casework::calendar::plus_days;
use casework::matter::Command;
use casework::matter::handling::{DemandAnswered, Outcome};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::intake::{Claim, Join};
use casework::matter::referral::Ruling;
use casework::matter::track::{Branch, Track};
use casework::petition::{PartyKind, PetitionNumber};
use casework::refusal::Refusal;
use jiff::civil::Date;

/// A step of one kind about one petition, or about all that wait.
fn step(on: Date, inquiry: InquiryKind, petition: Option<&PetitionNumber>) -> Command {
    Command::TakeStep(StepTaken {
        on,
        inquiry,
        petition: petition.cloned(),
        text: "走访".to_owned(),
        interpreter: String::new(),
        attachments: Vec::new(),
    })
}

fn drafted(office: &Office, day: Date) -> File<'_> {
    let file = File::opened(office, day).done(0, &refer("agri")).done(0, &accept());
    file.done(0, &answer(1)).done(0, &answer(2))
}

#[test]
fn nothing_is_signed_before_the_petitioner_was_heard() {
    // R05-31, R22-31⑥: whoever looked at everything and asked everybody else has not heard the petitioner.
    let office = Office::new();
    for day in DAYS {
        let number = petition(1, day).number;
        let unheard = Refusal::NotHeard(number.clone());
        let mut file = drafted(&office, day);
        for kind in
            [InquiryKind::Site, InquiryKind::Asked, InquiryKind::Records, InquiryKind::Other]
        {
            assert_eq!(file.then(0, &step(day, kind, None)), Ok(()));
            assert_eq!(file.refused(&sign()), unheard);
        }
        for (kind, whom) in [(InquiryKind::Heard, Some(&number)), (InquiryKind::Unreached, None)] {
            let mut file = file.clone();
            assert_eq!(file.then(0, &step(day, kind, whom)), Ok(()));
            assert_eq!(file.then(0, &sign()), Ok(()), "heard, or it was tried");
        }
    }
}

#[test]
fn everybody_who_waits_is_heard_by_the_unit_that_answers() {
    // R05-31, R22-31⑥.
    let office = Office::new();
    for day in DAYS {
        let (second, elsewhere) = (petition(2, day), petition(3, day).number);
        let number = second.number.clone();
        let claims = vec![Claim::Same(1), Claim::Same(2)];
        let reason = "同一事".to_owned();
        let join = Command::Join(Box::new(Join { petition: second, claims, reason }));
        let file = drafted(&office, day).heard().done(1, &join);
        let next = plus_days(day, 1);
        let mut both = file.done(0, &answer(1)).done(0, &answer(2));
        assert_eq!(both.refused(&sign()), Refusal::NotHeard(number.clone()), "who joined later");
        let wrong = step(next, InquiryKind::Heard, Some(&elsewhere));
        assert_eq!(both.then(0, &wrong), Err(Refusal::PetitionElsewhere));
        let mut both = both.done(0, &step(next, InquiryKind::Heard, Some(&number)));
        assert_eq!(both.clone().then(0, &sign()), Ok(()));

        // Another unit hears them again.
        let recall = Command::Recall(Ruling { reason: "转送有误".to_owned() });
        assert_eq!(both.then(0, &recall), Ok(()));
        let other = both.done(0, &refer("housing")).done(0, &accept());
        let mut other = other.done(0, &answer(1)).done(0, &answer(2));
        assert!(matches!(other.refused(&sign()), Refusal::NotHeard(_)));
        assert_eq!(other.then(0, &step(next, InquiryKind::Heard, None)), Ok(()));
        assert_eq!(other.then(0, &sign()), Ok(()));
    }
}

#[test]
fn who_is_not_known_and_what_other_articles_answer_needs_no_hearing() {
    // R22-29, R22-31⑤: a suggestion is studied, a statutory duty follows its own statute.
    let office = Office::new();
    let day = DAYS[1];
    let nameless = of_track(&office, day, |first| {
        first.parties.iter_mut().for_each(|party| party.kind = PartyKind::Anonymous);
    });
    let nameless = nameless.done(0, &refer("agri")).done(0, &accept());
    let mut nameless = nameless.done(0, &answer(1)).done(0, &answer(2));
    assert_eq!(nameless.then(0, &sign()), Ok(()));

    let duty = by_branch(Branch::Duty, Some(plus_days(day, 21)));
    let duty = File::opened(&office, day).done(0, &refer("agri")).done(0, &duty);
    assert_eq!(duty.done(0, &answer(1)).done(0, &answer(2)).then(0, &sign()), Ok(()));

    let suggestion = of_track(&office, day, |first| first.track = Track::Suggestion);
    let adopted = |demand| {
        Command::AnswerDemand(DemandAnswered {
            demand,
            outcome: Outcome::Adopt,
            text: "已采纳".to_owned(),
            basis: "村民委员会组织法".to_owned(),
            commitment: None,
        })
    };
    let suggestion = suggestion.done(0, &refer("agri")).done(0, &accept());
    assert_eq!(suggestion.done(0, &adopted(1)).done(0, &adopted(2)).then(0, &sign()), Ok(()));
}
