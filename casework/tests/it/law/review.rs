//! Review and final review, provision by provision.

use super::{DAYS, File, due, told};
use crate::fixture::{
    Office, accept, answer, ask_review, conclude, decided, hearing as held, refer, served, sign,
};
use casework::calendar::plus_days;
use casework::matter::handling::{DemandAnswered, Outcome};
use casework::matter::mediation::Way;
use casework::matter::review::{ReviewAsked, ReviewOutcome};
use casework::matter::{Command, Context, Matter, decide};
use casework::org::{Place, UnitId};
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::{Date, date};

/// A matter whose answer was served on a day.
pub(super) fn answered(office: &Office, day: Date) -> File<'_> {
    File::opened(office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(day)))
        .done(0, &conclude())
}

/// Asks, accepts, decides and serves, all on the file's day.
pub(super) fn reviewed<'a>(file: File<'a>, organ: &str, outcome: ReviewOutcome) -> File<'a> {
    let on = file.on;
    let file =
        file.done(0, &Command::AskReview(ask_review(organ, on))).done(0, &Command::AcceptReview);
    let changed = outcome == ReviewOutcome::Change;
    let file = if changed { file.done(0, &Command::AnswerInstead(instead(1))) } else { file };
    file.done(0, &Command::DecideReview(decided(outcome)))
        .done(0, &Command::ServeReview(served(on)))
}

#[test]
fn whoever_comes_again_is_told_what_is_open_and_never_turned_away_in_silence() {
    // R05-16, R22-19c: pending; R05-34, R22-35: the window; R05-35c, R22-36: exhausted.
    use casework::matter::repeat::Standing;
    let office = Office::new();
    for day in DAYS {
        let told =
            |file: &File<'_>, on: Date| file.matter.standing(on, &office.law, &office.calendar);
        let pending = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(told(&pending, day), [Standing::Pending]);
        let late = plus_days(day, 40);
        assert_eq!(told(&pending, late), [Standing::Pending, Standing::Neglected]);
        let file = answered(&office, day);
        assert_eq!(told(&file, day), [Standing::Window]);
        assert_eq!(told(&file, plus_days(day, 90)).first(), Some(&Standing::Lapsed));
        let file = asked(file, "gov", day);
        assert_eq!(told(&file, day), [Standing::InReview]);
        let once = reviewed(answered(&office, day), "gov", ReviewOutcome::Uphold);
        let twice = reviewed(once, "city", ReviewOutcome::Uphold);
        assert_eq!(told(&twice, day), [Standing::Exhausted]);
    }
}

#[test]
fn review_is_asked_for_within_thirty_days_by_the_postmark() {
    // R05-34, R22-35: the last day is a holiday and moves to the next working day.
    let office = Office::new();
    let day = date(2026, 9, 1);
    let last = date(2026, 10, 8);
    let posted = |on: Date| ReviewAsked {
        posted_on: Some(on),
        received_on: plus_days(last, 6),
        ..ask_review("gov", last)
    };
    let mut file = answered(&office, day);
    file.on = plus_days(last, 6);
    let late = file.then(0, &Command::AskReview(posted(plus_days(last, 1))));
    assert!(matches!(late, Err(Refusal::PeriodElapsed { until, .. }) if until == last));
    let mut file = file.done(0, &Command::AskReview(posted(last)));
    assert_eq!(file.matter.holder.0, "gov");
    assert_eq!(
        due(&office, &file.matter, ClockKind::Review),
        Some(plus_days(last, 36)),
        "the organ's thirty days count from the day it came"
    );
    assert_eq!(file.then(0, &Command::AskReview(posted(last))), Err(Refusal::NotInStep));
}

#[test]
fn who_is_late_gives_a_reason_and_the_organ_judges_it() {
    // R05-34, R22-35; N07.
    let office = Office::new();
    let mut file = answered(&office, DAYS[1]);
    file.on = plus_days(DAYS[1], 90);
    let asked = ask_review("gov", file.on);
    assert!(matches!(
        file.then(0, &Command::AskReview(asked.clone())),
        Err(Refusal::PeriodElapsed { .. })
    ));
    let reason = Some("住院两个月".to_owned());
    let file = file.done(0, &Command::AskReview(ReviewAsked { late_reason: reason, ..asked }));
    let before = file.matter.conclusion.clone();
    let file = file.done(1, &Command::DeclineReview(told("N05", "有权的机关")));
    assert_eq!(file.matter.conclusion, before, "it stands where it stood");
    assert_eq!(file.matter.holder.0, "office");
}

#[test]
fn where_service_is_not_proved_nothing_is_too_late() {
    // R05-34, R22-35: the window opens with service.
    let office = Office::new();
    let mut file = File::opened(&office, DAYS[1])
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign());
    file.on = plus_days(DAYS[1], 300);
    let asked = Command::AskReview(ask_review("gov", file.on));
    assert_eq!(file.then(0, &asked), Ok(()));
}

#[test]
fn after_the_final_review_the_same_facts_are_closed() {
    // R05-35, R05-35c, R22-36.
    let office = Office::new();
    for day in DAYS {
        let file = reviewed(answered(&office, day), "gov", ReviewOutcome::Uphold);
        assert_eq!(
            due(&office, &file.matter, ClockKind::FinalReviewWindow),
            Some(plus_days(day, 30))
        );
        let mut file = reviewed(file, "city", ReviewOutcome::Change);
        assert_eq!(file.matter.chain().len(), 2);
        let again = Command::AskReview(ask_review("province", file.on));
        assert_eq!(file.then(1, &again), Err(Refusal::ReviewExhausted));
    }
}

/// Asks for a review, which is accepted.
fn asked<'a>(file: File<'a>, organ: &str, on: Date) -> File<'a> {
    file.done(0, &Command::AskReview(ask_review(organ, on))).done(0, &Command::AcceptReview)
}

#[test]
fn hearing_time_is_not_counted_at_the_final_review_only() {
    // R05-35b, R22-36b.
    let office = Office::new();
    let day = DAYS[1];
    let hearing = |from: Date| Command::HoldHearing(held(from, plus_days(from, 11)));
    let first = asked(answered(&office, day), "gov", day);
    let mut first = first.done(12, &hearing(day));
    assert_eq!(due(&office, &first.matter, ClockKind::Review), Some(plus_days(day, 30)));
    assert_eq!(first.then(0, &hearing(day)), Err(Refusal::HearingHeldAlready));
    let last = asked(reviewed(answered(&office, day), "gov", ReviewOutcome::Uphold), "city", day);
    let last = last.done(12, &hearing(day));
    assert_eq!(due(&office, &last.matter, ClockKind::FinalReview), Some(plus_days(day, 42)));
}

/// Another answer than the one that was given.
fn instead(demand: u32) -> DemandAnswered {
    DemandAnswered {
        demand,
        outcome: Outcome::NotSupport,
        text: "重新查明".to_owned(),
        basis: "村民委员会组织法".to_owned(),
        commitment: None,
    }
}

/// Another answer than the one that was sent back.
fn anew(demand: u32) -> Command {
    Command::AnswerDemand(instead(demand))
}

#[test]
fn an_answer_sent_back_does_not_come_again_unchanged() {
    // R22-35, R05-34 with the provinces' rule on redoing.
    let office = Office::new();
    let file = reviewed(answered(&office, DAYS[1]), "gov", ReviewOutcome::Redo);
    assert_eq!(file.matter.holder.0, "agri");
    assert_eq!(due(&office, &file.matter, ClockKind::Handling), Some(plus_days(DAYS[1], 60)));
    assert!(file.matter.concluded_on.is_none() && file.matter.chain().is_empty());
    let mut same = file.done(1, &answer(1)).done(0, &answer(2));
    assert_eq!(same.then(0, &sign()), Err(Refusal::SameResult));
    let mut one = same.done(0, &anew(1));
    assert_eq!(one.then(0, &sign()), Err(Refusal::SameResult), "the second is as it was");
    assert_eq!(one.done(0, &anew(2)).then(0, &sign()), Ok(()));
}

#[test]
fn what_was_settled_after_a_review_is_over_and_not_exhausted() {
    // R22-33, R22-36: the review was of an answer that fell.
    let office = Office::new();
    let day = DAYS[1];
    let sent_back = reviewed(answered(&office, day), "gov", ReviewOutcome::Redo);
    let on = sent_back.on;
    let settled = sent_back
        .done(0, &crate::wishes::mediate(on, true))
        .done(0, &crate::wishes::settle(Way::Mediation, on));
    let told = settled.matter.standing(on, &office.law, &office.calendar);
    assert_eq!(told.first(), Some(&casework::matter::repeat::Standing::Over));
}

#[test]
fn a_request_that_is_not_taken_opens_only_what_it_had_ended() {
    // R05-34, R22-35: the window of an answer that fell stays shut; the new answer is still to be brought.
    let office = Office::new();
    let day = DAYS[1];
    let sent_back = reviewed(answered(&office, day), "gov", ReviewOutcome::Redo);
    let unserved = sent_back.done(1, &anew(1)).done(0, &anew(2)).heard().done(0, &sign());
    let on = unserved.on;
    let declined = unserved
        .done(1, &Command::AskReview(ask_review("gov", on)))
        .done(1, &Command::DeclineReview(told("N05", "有权的机关")));
    assert_eq!(due(&office, &declined.matter, ClockKind::ReviewWindow), None);
    assert!(due(&office, &declined.matter, ClockKind::Service).is_some(), "somebody brings it");
    let served = declined.done(0, &Command::Serve(served(plus_days(on, 2))));
    let again = plus_days(on, 33);
    assert_eq!(due(&office, &served.matter, ClockKind::ReviewWindow), Some(plus_days(on, 32)));
    let mut late = served;
    late.on = again;
    assert!(late.then(0, &Command::AskReview(ask_review("gov", again))).is_ok());
}

#[test]
fn a_review_that_ends_the_matter_ends_its_duties() {
    // R22-38: what a leader asked to hear while it was answered has no meaning once it is over.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &crate::wishes::instruct("leader", day))
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign());
    assert!(due(&office, &file.matter, ClockKind::Instruction).is_some());
    let file = reviewed(file, "gov", ReviewOutcome::Uphold);
    assert_eq!(due(&office, &file.matter, ClockKind::Instruction), None);
}

/// An office with bureaux of the city beside the city, and one of another city; `agri` stands under `parent`.
fn under(parent: &str) -> Office {
    let mut office = Office::new();
    let units = &mut office.directory.units;
    for (id, place) in [("city_agri", "5399"), ("city_housing", "5399"), ("elsewhere", "5398")] {
        let mut unit = units[&UnitId("city".to_owned())].clone();
        (unit.id, unit.place) = (UnitId(id.to_owned()), Place(place.to_owned()));
        unit.parent = Some(UnitId("city".to_owned()));
        units.insert(unit.id.clone(), unit);
    }
    let agri = units.get_mut(&UnitId("agri".to_owned())).expect("agri");
    agri.parent = Some(UnitId(parent.to_owned()));
    agri.guided_by = Some(UnitId("city_agri".to_owned()));
    office
}

#[test]
fn the_countys_tree_says_who_reviews_level_by_level() {
    // R05-34, R05-35, R22-35, R22-36.
    let [_, day] = DAYS;
    let reviewers = |file: &File<'_>, office: &Office| -> Vec<String> {
        file.matter.reviewers(&office.directory).iter().map(|unit| unit.id.0.clone()).collect()
    };
    for (parent, first, last) in [
        // The county's bureau: the county, or the competent bureau of the city; the city itself is a level
        // too high, and decides after the county.
        ("gov", &["city_agri", "gov"][..], &[("gov", &["city"][..])][..]),
        // A bureau of the city was asked: the city itself decides then, no bureau of its own.
        ("gov", &["city_agri", "gov"], &[("city_agri", &["city"])]),
        // Under another bureau: that one, and then the county.
        ("housing", &["housing"], &[("housing", &["gov"])]),
        // Under a bureau of the city, by line.
        ("city_agri", &["city_agri"], &[]),
    ] {
        let office = under(parent);
        let file = answered(&office, day);
        assert_eq!(reviewers(&file, &office), first, "agri under {parent}");
        for (organ, then) in last {
            let file = reviewed(answered(&office, day), organ, ReviewOutcome::Uphold);
            assert_eq!(reviewers(&file, &office), *then, "after {organ}");
        }
    }
}

#[test]
fn no_level_is_asked_twice_and_none_is_skipped() {
    // Review of the law, 3.1 point 2: a bureau beside the city is no second instance after the city, nor a
    // first one for a bureau that it does not guide.
    let office = under("gov");
    let day = DAYS[1];
    let organs = |file: &File<'_>| -> Vec<String> {
        file.matter.reviewers(&office.directory).iter().map(|unit| unit.id.0.clone()).collect()
    };
    let other = File::opened(&office, day).done(0, &refer("housing")).done(0, &accept());
    let other = other.done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
    assert_eq!(organs(&other), ["gov"], "nobody guides it");
    let file = reviewed(answered(&office, day), "gov", ReviewOutcome::Uphold);
    let skipped = file.refused(&Command::AskReview(ask_review("city_agri", day)));
    assert_eq!(skipped, Refusal::NotAReviewer);
    let last = reviewed(file, "city", ReviewOutcome::Uphold);
    assert_eq!(last.matter.next_level(), None);
}

#[test]
fn nobody_decides_the_review_of_an_answer_of_their_own_organ() {
    // R22-28, R22-35, R05-34: the office keeps the file, also of what it answered itself.
    let office = Office::new();
    for day in DAYS {
        let asked = |file: File<'_>| {
            let file = file.done(0, &Command::Serve(served(day)));
            let file = file.done(0, &Command::AskReview(ask_review("gov", day)));
            file.done(0, &Command::AcceptReview).matter
        };
        let own = asked(File::opened(&office, day).replied());
        let by = |matter: &Matter, unit: &str| {
            let actor = crate::fixture::actor(unit, "somebody");
            let context = Context { actor: &actor, ..office.context(day) };
            decide(matter, &Command::DecideReview(decided(ReviewOutcome::Uphold)), &context).err()
        };
        assert_eq!(by(&own, "office"), Some(Refusal::OwnAnswer));
        assert_eq!(by(&own, "gov"), None);
        let unit = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let unit = asked(unit.replied());
        assert_eq!(by(&unit, "agri"), Some(Refusal::OwnAnswer));
        assert_eq!(by(&unit, "office"), None, "the office writes down what the organ decided");
    }
}
