//! Tracks, branches and the other procedures, provision by provision.

use super::{DAYS, File, due, told};
use crate::fixture::{Office, accept, answer, ask_review, petition, refer, served, sign};
use crate::wishes::{by_branch, hand_over, retrack, route, unseal};
use casework::calendar::plus_days;
use casework::matter::handling::{DemandAnswered, Outcome};
use casework::matter::intake::register;
use casework::matter::notice::NoticeKind;
use casework::matter::repeat::Standing;
use casework::matter::review::ReviewLevel;
use casework::matter::track::{Branch, Track};
use casework::matter::{Command, ConclusionGround, Matter, MatterId, Step};
use casework::org::UnitId;
use casework::petition::Accused;
use casework::petition::{Channel, Petition};
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::Date;

/// A file whose first petition is of this track.
pub(super) fn of_track<'a>(
    office: &'a Office,
    on: Date,
    shape: impl FnOnce(&mut Petition),
) -> File<'a> {
    let mut first = petition(1, on);
    shape(&mut first);
    let facts = register(first, None, &office.context(on)).expect("registers");
    let entries: Vec<_> =
        facts.into_iter().map(|fact| crate::fixture::entry(fact, on, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    File { office, matter, entries, on }
}

fn answered(outcome: Outcome) -> Command {
    Command::AnswerDemand(DemandAnswered {
        demand: 1,
        outcome,
        text: "已研究".to_owned(),
        basis: "村民委员会组织法".to_owned(),
        commitment: None,
    })
}

pub(super) fn accusing(unit: &str) -> Accused {
    Accused { id: "a1".to_owned(), ..Accused::of(Some(UnitId(unit.to_owned())), None) }
}

#[test]
fn only_the_last_branch_has_sixty_days_and_a_review() {
    // R22-31, R22-34: and under the older text everything that is accepted has (R05-33).
    let office = Office::new();
    let [old, new] = DAYS;
    let file = File::opened(&office, new).done(1, &refer("agri")).done(0, &accept());
    assert_eq!(file.matter.branch, Some(Branch::Residual));
    assert_eq!(due(&office, &file.matter, ClockKind::Handling), Some(plus_days(file.on, 60)));
    let mut file = File::opened(&office, old).done(1, &refer("agri"));
    let branch = by_branch(Branch::Residual, None);
    assert_eq!(file.then(0, &branch), Err(Refusal::BranchUnknown), "no branches before 2022");
    let file = file.done(0, &accept());
    assert_eq!(due(&office, &file.matter, ClockKind::Handling), Some(plus_days(file.on, 60)));

    // ⑤: by the organ's own statute, and what is open against it is reconsideration, not review.
    let by = plus_days(new, 21);
    let mut file = File::opened(&office, new).done(1, &refer("agri"));
    let missing = by_branch(Branch::Duty, None);
    assert_eq!(file.then(0, &missing), Err(Refusal::StatutoryPeriodMissing));
    let file = file.done(0, &by_branch(Branch::Duty, Some(by)));
    assert_eq!(due(&office, &file.matter, ClockKind::Statutory), Some(by));
    assert_eq!(due(&office, &file.matter, ClockKind::Handling), None);
    let file = file.done(1, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
    let on = file.on;
    let mut file = file.done(0, &Command::Serve(served(on)));
    // R05-14b: sixty days, from when it is known.
    assert_eq!(due(&office, &file.matter, ClockKind::Reconsideration), Some(plus_days(on, 60)));
    assert_eq!(due(&office, &file.matter, ClockKind::ReviewWindow), None);
    let asked = Command::AskReview(ask_review("gov", on));
    assert_eq!(file.then(0, &asked), Err(Refusal::NotReviewable));
}

#[test]
fn what_another_law_answers_is_led_there_with_all_that_is_needed() {
    // R22-31①–④; R05-14b under the older text: declined, and told which procedure.
    let office = Office::new();
    let [old, new] = DAYS;
    let mut file = File::opened(&office, new).done(1, &refer("agri"));
    assert_eq!(file.then(0, &route(Branch::Residual)), Err(Refusal::BranchUnknown));
    let file = file.done(0, &route(Branch::Administrative));
    let ground = ConclusionGround::Routed(Branch::Administrative);
    assert!(matches!(&file.matter.step, Step::Concluded(c) if c.ground == ground));
    let notice = file.matter.notices.last().expect("a notice");
    assert_eq!(notice.kind, NoticeKind::Routed);
    let mut file = File::opened(&office, old).done(1, &refer("agri"));
    assert_eq!(file.then(0, &route(Branch::Administrative)), Err(Refusal::BranchUnknown));
    file.done(0, &Command::Decline(told("N02", "县人民法院")));
}

#[test]
fn a_letter_about_a_lawsuit_goes_to_the_legal_organ_itself() {
    // R22-22b: passed on under the newer text; told where under the older (R05-15).
    let office = Office::new();
    for (day, lawful) in DAYS.into_iter().zip([false, true]) {
        let mut file = of_track(&office, day, |first| first.channel = Channel::Letter);
        let passed = file.then(1, &hand_over("N02"));
        assert_eq!(passed.is_ok(), lawful, "{day}: {passed:?}");
        if lawful {
            assert_eq!(file.matter.notices.last().map(|n| n.kind), Some(NoticeKind::HandedOver));
            assert!(matches!(file.matter.step, Step::Concluded(_)));
        }
    }
}

#[test]
fn a_suggestion_is_studied_and_replied_to() {
    // R05-29, R22-29: adopted, in part or not, with a reply; there is no review of it.
    let office = Office::new();
    for (day, clock) in DAYS.into_iter().zip([ClockKind::Handling, ClockKind::Reply]) {
        let file = of_track(&office, day, |first| first.track = Track::Suggestion);
        let mut file = file.done(1, &refer("agri")).done(0, &accept());
        assert_eq!(due(&office, &file.matter, clock), Some(plus_days(file.on, 60)));
        assert_eq!(file.then(0, &answered(Outcome::Support)), Err(Refusal::OtherTrack));
        let mut file = file.done(1, &answered(Outcome::AdoptPartly));
        file.matter.demands.truncate(1);
        file = file.heard().done(0, &sign());
        let on = file.on;
        let mut file = file.done(0, &Command::Serve(served(on)));
        let asked = Command::AskReview(ask_review("gov", on));
        assert_eq!(file.then(0, &asked), Err(Refusal::NotReviewable));
        let told = file.matter.standing(on, &office.law, &office.calendar);
        assert_eq!(told.first(), Some(&Standing::Over), "it is answered, and nothing is pending");
    }
}

#[test]
fn an_accusation_never_reaches_whom_it_accuses() {
    // R05-23, R22-30, R22-22d: neither referred nor handed on, and the office that it accuses does not
    // keep it either.
    let office = Office::new();
    for day in DAYS {
        let accusation = |first: &mut Petition| {
            first.track = Track::Accusation;
            first.accused = vec![accusing("housing")];
        };
        let mut file = of_track(&office, day, accusation);
        assert!(file.matter.sealed());
        assert_eq!(file.then(1, &refer("housing")), Err(Refusal::Accused));
        let file = file.done(0, &hand_over("T1"));
        assert_eq!(file.matter.notices.last().map(|n| n.kind), Some(NoticeKind::HandedOver));
        let own = of_track(&office, day, |first| {
            first.track = Track::Accusation;
            first.accused = vec![accusing("office")];
        });
        assert_eq!(own.matter.holder.0, "gov", "what accuses the office goes above it at once");
        let mut first = petition(1, day);
        (first.track, first.accused) = (Track::Accusation, vec![accusing("office")]);
        let mut alone = Office::new();
        alone.directory.units.retain(|_, unit| unit.id.0 == "office");
        alone.directory.units.values_mut().for_each(|unit| unit.parent = None);
        let refused = register(first, None, &alone.context(day));
        assert_eq!(refused, Err(Refusal::NoSuperior));
    }
}

#[test]
fn a_wrong_track_is_corrected_and_only_the_head_unseals() {
    // R22-30.
    let office = Office::new();
    let mut file = File::opened(&office, DAYS[1]).done(1, &refer("agri"));
    let accused = retrack(Track::Accusation, Some("agri"));
    assert_eq!(file.then(0, &accused), Err(Refusal::AccusedHasIt));
    let mut file = file.done(0, &retrack(Track::Accusation, Some("housing")));
    assert!(file.matter.sealed());
    assert_eq!(file.then(0, &retrack(Track::Redress, None)), Err(Refusal::OtherTrack));
    let file = file.done(0, &unseal());
    assert!(!file.matter.sealed() && file.matter.walls().units.is_empty());
    assert_eq!(file.matter.next_level(), Some(ReviewLevel::Review));
}

#[test]
fn whoever_left_no_way_to_be_reached_is_not_told_and_loses_nothing() {
    // R05-22b, R22-23b.
    let office = Office::new();
    let file = of_track(&office, DAYS[1], |first| {
        first.parties.iter_mut().for_each(|party| party.reachable = false);
    });
    let file = file.done(1, &refer("agri")).done(0, &accept());
    assert!(file.matter.notices.is_empty());
    assert!(due(&office, &file.matter, ClockKind::Handling).is_some());
}
