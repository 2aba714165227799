//! Where a matter stands for the tables of the field, on the last day and on the day after.

use super::{DAYS, File};
use crate::fixture::{
    Office, accept, answer, ask_review, decided, entry, petition, refer, served, sign, told,
};
use crate::wishes::{answer_instruction, by_branch, instruct, submit_to_leader};
use casework::calendar::{plus_days, tomorrow};
use casework::deadline::Law;
use casework::matter::intake::register;
use casework::matter::rating::{Content, Rated};
use casework::matter::review::ReviewOutcome;
use casework::matter::status::Status;
use casework::matter::supervision::{Supervision, SupervisionClosed, Trigger};
use casework::matter::track::{Branch, Track};
use casework::matter::{Command, Matter, MatterId, Span};
use casework::statute::ClockKind;
use jiff::civil::Date;

fn status(office: &Office, matter: &Matter, on: Date) -> Status {
    matter.status(on, &office.law, &office.calendar)
}

/// Its status on the last day of a clock that runs, and on the day after.
fn around(office: &Office, matter: &Matter, clock: ClockKind) -> [Status; 2] {
    let due = matter.due_of(clock, &office.law, &office.calendar).expect("runs").binding();
    [status(office, matter, due), status(office, matter, tomorrow(due))]
}

fn served_file(office: &Office, day: Date) -> File<'_> {
    File::opened(office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(day)))
}

#[test]
fn a_matter_is_overdue_on_the_day_after_the_last() {
    // R05-33, R22-34.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(status(&office, &file.matter, day), Status::Examined);
        let file = file.done(0, &accept());
        let last = around(&office, &file.matter, ClockKind::Handling);
        assert_eq!(last, [Status::Accepted, Status::AnswerOverdue]);
        let file = served_file(&office, day);
        let last = around(&office, &file.matter, ClockKind::ReviewWindow);
        assert_eq!(last, [Status::Answered, Status::ReviewLapsed]);
        let file = file.done(0, &crate::fixture::conclude());
        let last = around(&office, &file.matter, ClockKind::ReviewWindow);
        assert_eq!(last, [Status::Closed, Status::ReviewLapsed]);
    }
}

#[test]
fn each_instance_has_its_own_words() {
    // R05-34, R05-35, R22-35, R22-36.
    let office = Office::new();
    let [_, day] = DAYS;
    let file = served_file(&office, day).done(0, &Command::AskReview(ask_review("gov", day)));
    assert_eq!(status(&office, &file.matter, day), Status::Reviewed);
    let file = file.done(0, &Command::AcceptReview);
    let last = around(&office, &file.matter, ClockKind::Review);
    assert_eq!(last, [Status::Reviewed, Status::ReviewOverdue]);
    let upheld = || Command::DecideReview(decided(ReviewOutcome::Uphold));
    let file = file.done(0, &upheld());
    assert_eq!(status(&office, &file.matter, day), Status::ReviewAnswered);
    let file = file.done(0, &Command::ServeReview(served(day)));
    let last = around(&office, &file.matter, ClockKind::FinalReviewWindow);
    assert_eq!(last, [Status::ReviewAnswered, Status::FinalLapsed]);
    let file = file.done(0, &Command::AskReview(ask_review("city", day)));
    let file = file.done(0, &Command::AcceptReview);
    let last = around(&office, &file.matter, ClockKind::FinalReview);
    assert_eq!(last, [Status::FinallyReviewed, Status::FinalOverdue]);
    let file = file.done(0, &upheld());
    assert_eq!(status(&office, &file.matter, day), Status::FinalAnswered);
    let file = file.done(0, &Command::ServeReview(served(day)));
    assert_eq!(status(&office, &file.matter, day), Status::FinalAnswered);
}

#[test]
fn what_ends_without_an_answer_says_how() {
    // R22-31, R22-36.
    let office = Office::new();
    let [_, day] = DAYS;
    let tells = |ground: &str| {
        let told = Command::Tell(told(ground, "县人民法院"));
        let file = File::opened(&office, day).done(0, &told);
        status(&office, &file.matter, day)
    };
    assert_eq!((tells("N04"), tells("N02")), (Status::NoLonger, Status::Declined));
    let back = crate::wishes::withdraw(&petition(1, day).number, "已经解决");
    let file = File::opened(&office, day).done(0, &back).done(8, &crate::fixture::conclude());
    assert_eq!(status(&office, &file.matter, day), Status::Closed);
}

#[test]
fn an_answer_is_late_by_the_period_that_some_text_set() {
    // R22-31, R22-34: also where the organ acts under its own statute; what the program proposes makes nothing late.
    let office = Office::new();
    let [_, day] = DAYS;
    let law = Law { statutes: &office.law, calendar: &office.calendar };
    let by = |command: &Command| {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(0, command);
        file.matter.answer_due(law)
    };
    assert_eq!(by(&accept()), Some(plus_days(day, 60)));
    let own = plus_days(day, 30);
    assert_eq!(by(&by_branch(Branch::Duty, Some(own))), Some(own));
    let mut suggested = petition(1, day);
    suggested.track = Track::Suggestion;
    let facts = register(suggested, None, &office.context(day)).expect("registers");
    let entries: Vec<_> = facts.into_iter().map(|fact| entry(fact, day, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    let file = File { office: &office, matter, entries, on: day };
    let file = file.done(0, &refer("agri")).done(0, &accept());
    assert_eq!(file.matter.answer_due(law), None);
}

#[test]
fn a_head_decides_about_more_time_and_signs_what_is_answered() {
    // R22-32, R22-34.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(0, &refer("agri")).done(0, &accept());
    assert!(!file.matter.waits_for_head());
    let asked = file.done(0, &crate::fixture::ask_extension(20));
    assert!(asked.matter.waits_for_head());
    let granted = asked.done(0, &Command::Extend);
    assert!(!granted.matter.waits_for_head());
    let half = granted.done(0, &answer(1));
    assert!(!half.matter.waits_for_head(), "one demand is open");
    let whole = half.done(0, &answer(2));
    assert!(whole.matter.waits_for_head());
    assert!(!whole.heard().done(0, &sign()).matter.waits_for_head());
}

#[test]
fn a_leader_has_read_what_was_submitted_to_them_and_no_other_has() {
    // R22-38.
    let office = Office::new();
    let [_, day] = DAYS;
    let file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &submit_to_leader("leader"))
        .done(0, &submit_to_leader("another"))
        .done(1, &instruct("another", day));
    let read: Vec<bool> =
        file.matter.leadership.submissions.iter().map(|one| one.read_on.is_some()).collect();
    assert_eq!(read, [false, true]);
    // The clock of the instruction that was answered stops, and no other.
    let waited = |file: &File<'_>| -> Vec<Option<Date>> {
        let runs = |one: &&Span| one.clock == ClockKind::Instruction && one.ended_on.is_none();
        file.matter.spans.iter().filter(runs).map(|one| one.set_for).collect()
    };
    let (first, second) = (plus_days(day, 10), plus_days(day, 11));
    let file = file.done(0, &instruct("leader", tomorrow(day)));
    assert_eq!(waited(&file), [Some(first), Some(second)]);
    let file = file.done(1, &answer_instruction(2));
    assert_eq!(waited(&file), [Some(first)]);
    assert!(file.matter.leadership.instructions[0].answered.is_none());
}

#[test]
fn a_concluded_matter_is_watched_as_long_as_its_file_may_tell_a_reason() {
    // R22-42, R05-36.
    let office = Office::new();
    let [_, day] = DAYS;
    // Every notice has reached the petitioner before it is concluded.
    let concluded = |file: File<'_>| {
        let mut matter = file.done(0, &crate::fixture::conclude()).matter;
        for notice in &mut matter.notices {
            notice.served.get_or_insert_with(|| served(day));
        }
        matter
    };
    let quiet = concluded(served_file(&office, day));
    assert!(!quiet.watched());
    let number = quiet.petitions[0].number.clone();
    let tells = |matter: &Matter, trigger| {
        let next = tomorrow(day);
        matter.triggers(next, &office.law, &office.calendar).contains(&trigger)
    };
    let tells_late = |matter: &Matter, trigger| {
        let late = plus_days(day, 40);
        matter.triggers(late, &office.law, &office.calendar).contains(&trigger)
    };
    assert!(!tells(&quiet, Trigger::Dissatisfied));
    let rated = |content, note: &str| {
        let mut matter = quiet.clone();
        let rated = Rated {
            petition: number.clone(),
            of_office: Content::Satisfied,
            of_unit: content,
            note: note.to_owned(),
        };
        matter.ratings.push((day, rated));
        matter.watched()
    };
    assert!(rated(Content::Dissatisfied, "没有解决"));
    assert!(!rated(Content::Dissatisfied, " "), "without a word there is nothing to look into");
    assert!(!rated(Content::Satisfied, "没有解决"));
    let again = |received_on| {
        let mut matter = quiet.clone();
        matter.petitions.push(petition(2, received_on));
        (matter.watched(), tells(&matter, Trigger::Repeated))
    };
    assert_eq!((again(tomorrow(day)), again(day)), ((true, true), (false, false)));
    // What was closed with the last supervision is no reason for another; what came after it is.
    let since_closed = |closed_on: Date| {
        let mut matter = quiet.clone();
        matter.petitions.push(petition(2, plus_days(day, 3)));
        let supervision = Supervision {
            on: day,
            supervised: crate::fixture::supervised("agri"),
            answered: None,
            findings: Vec::new(),
            closed: Some((closed_on, SupervisionClosed { finding: "已办结".to_owned() })),
        };
        matter.supervisions.push(supervision);
        matter.watched()
    };
    let closed = [2, 3, 4].map(|days| since_closed(plus_days(day, days)));
    assert_eq!(closed, [true, false, false]);
    // Nobody supervises themselves: what the office did not bring stands on its own desk.
    let unserved = |unit: &str| {
        let mut matter = quiet.clone();
        let theirs = matter.notices.iter_mut().find(|notice| notice.unit.0 == unit);
        theirs.expect("a notice of theirs").served = None;
        (matter.watched(), tells_late(&matter, Trigger::Procedure))
    };
    assert_eq!((unserved("agri"), unserved("office")), ((true, true), (false, false)));
}
