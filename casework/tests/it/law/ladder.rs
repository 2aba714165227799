//! Trackers, findings, recommendations and rungs.

use super::joint::{back, object};
use super::{DAYS, File, due};
use crate::fixture::{Office, accept, actor, refer, supervised};
use crate::wishes::{
    answer_instruction, answer_recommendation, instruct, name_tracker, recommend, record_finding,
    step_up,
};
use casework::calendar::plus_days;
use casework::matter::ladder::Rung;
use casework::matter::supervision::{SupervisionAnswered, SupervisionClosed};
use casework::matter::{Command, Context, decide};
use casework::refusal::Refusal;
use casework::role::Act;
use casework::statute::ClockKind;

#[test]
fn a_recommendation_is_answered_in_thirty_days_with_reasons_if_not_adopted() {
    // R05-36b, R05-37, R05-38, R22-40, R22-14.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(file.then(0, &recommend("office", "建1号")), Err(Refusal::NotAReceiver));
        let mut file = file.done(0, &recommend("agri", "建1号"));
        assert_eq!(due(&office, &file.matter, ClockKind::Recommendation), Some(plus_days(day, 30)));
        assert_eq!(file.then(0, &recommend("gov", "建1号")), Err(Refusal::NumberUsed));
        let silent = answer_recommendation("建1号", false, " ");
        assert_eq!(file.then(0, &silent), Err(Refusal::TextMissing));
        let mut file = file.done(9, &answer_recommendation("建1号", false, "编制不足"));
        assert_eq!(due(&office, &file.matter, ClockKind::Recommendation), None);
        let twice = answer_recommendation("建1号", true, "已改");
        assert_eq!(file.then(0, &twice), Err(Refusal::NoRecommendation));
    }
}

#[test]
fn nobody_answers_what_another_unit_was_asked() {
    // R05-36b, R22-40, R22-38: each unit with something of its own to answer.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &instruct("leader", day))
        .done(0, &object())
        .done(0, &back())
        .done(0, &refer("housing"))
        .done(0, &instruct("leader", day))
        .done(0, &recommend("agri", "建1号"))
        .done(0, &recommend("housing", "建2号"));
    let who = actor("housing", "somebody");
    let tried = |command: &Command| {
        let context = Context { actor: &who, ..office.context(file.on) };
        decide(&file.matter, command, &context)
    };
    let of_agri = answer_recommendation("建1号", true, "已改");
    assert_eq!(tried(&of_agri), Err(Refusal::NoRecommendation));
    assert!(tried(&answer_recommendation("建2号", true, "已改")).is_ok());
    assert_eq!(tried(&answer_instruction(1)), Err(Refusal::NoInstruction));
    assert!(tried(&answer_instruction(2)).is_ok());
    let context = Context { actor: &who, ..office.context(file.on) };
    let closed = file.matter.closed(&context);
    for act in [Act::AnswerRecommendation, Act::AnswerInstruction] {
        assert!(!closed.contains_key(&act), "{}: its own is still to be answered", act.word());
    }
}

#[test]
fn no_rung_is_skipped_and_none_is_about_a_petitioner() {
    // R05-36, R22-39.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let own = step_up(Rung::Reminded, "office");
        assert_eq!(file.then(0, &own), Err(Refusal::NotAReceiver), "units alone are meant");
        let mut file = file
            .done(0, &step_up(Rung::Reminded, "agri"))
            .done(0, &step_up(Rung::Reminded, "agri"));
        assert_eq!(file.then(0, &step_up(Rung::Talked, "agri")), Err(Refusal::RungSkipped));
        let answer = SupervisionAnswered { adopted: true, text: "已改".to_owned() };
        file = file
            .done(0, &Command::Supervise(supervised("agri")))
            .done(1, &Command::AnswerSupervision(answer));
        for rung in [Rung::Talked, Rung::Circulated, Rung::Listed, Rung::Accountable] {
            file = file.done(1, &step_up(rung, "agri"));
            assert_eq!(file.then(0, &step_up(rung, "agri")), Err(Refusal::RungTaken));
        }
    }
}

#[test]
fn what_was_found_stands_in_the_supervision_and_a_tracker_has_a_name() {
    // R05-36, R22-40, R22-38.
    let office = Office::new();
    let day = DAYS[1];
    let mut file = File::opened(&office, day).done(0, &refer("agri"));
    assert_eq!(file.then(0, &record_finding(day)), Err(Refusal::NotSupervised));
    let file = file
        .done(0, &Command::Supervise(supervised("agri")))
        .done(1, &record_finding(day))
        .done(0, &name_tracker());
    assert_eq!(file.matter.supervision().map(|one| one.findings.len()), Some(1));
    assert!(file.matter.tracker.is_some() && !file.matter.tracker_missing());
    let answer = SupervisionAnswered { adopted: true, text: "已改".to_owned() };
    let close = SupervisionClosed { finding: "属实".to_owned() };
    file.done(1, &Command::AnswerSupervision(answer)).done(1, &Command::CloseSupervision(close));
}
