//! Several units, and whose matter it is.

use super::{DAYS, File, due, told};
use crate::fixture::{Office, accept, answer, ask_review, refer, served, sign, supervised};
use crate::wishes::{
    announce, answer_instruction, answer_recommendation, ask_contribution, contribute, countersign,
    designate, dispute, hold_session, instruct, open_participation, recommend, release,
};
use casework::calendar::plus_days;
use casework::matter::referral::{Objected, Ruling};
use casework::matter::supervision::SupervisionAnswered;
use casework::matter::{Command, Step, joint};
use casework::org::UnitId;
use casework::refusal::Refusal;
use casework::statute::ClockKind;

pub(super) fn object() -> Command {
    Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None })
}

pub(super) fn back() -> Command {
    Command::Return(Ruling { reason: "属实".to_owned() })
}

#[test]
fn each_unit_contributes_to_what_is_its_own_and_one_answers_for_all() {
    // R05-24, R22-24.
    let office = Office::new();
    for day in DAYS {
        let by = plus_days(day, 20);
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let nothing = ask_contribution("housing", &[3], by);
        assert_eq!(file.then(0, &nothing), Err(Refusal::NoSuchDemand(3)));
        let mut file = file
            .done(0, &ask_contribution("housing", &[1], by))
            .done(0, &ask_contribution("finance", &[2], plus_days(by, 5)));
        assert_eq!(file.matter.holder.0, "agri", "one unit leads and answers for the whole");
        assert_eq!(due(&office, &file.matter, ClockKind::Contribution), Some(by));
        file = file.done(1, &answer(1)).done(0, &answer(2));
        let waits = UnitId("housing".to_owned());
        assert_eq!(file.then(0, &sign()), Err(Refusal::ContributionAwaited(waits)));
        let mut file = file.done(1, &contribute());
        assert_eq!(file.then(0, &release("housing")), Err(Refusal::NotAwaited));
        let file = file.done(0, &release("finance")).heard().done(0, &sign());
        assert!(matches!(file.matter.step, Step::Answered(_)));
        assert_eq!(due(&office, &file.matter, ClockKind::Contribution), None);
    }
}

#[test]
fn after_the_third_objection_somebody_is_named_who_cannot_pass_it_on() {
    // R05-24, R22-24.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(file.then(0, &designate("agri")), Err(Refusal::NotInStep));
        for unit in ["housing", "finance"] {
            file = file.done(0, &object()).done(0, &back()).done(0, &refer(unit));
        }
        file = file.done(1, &object());
        assert_eq!(file.matter.step, Step::Disputed, "it goes there by itself");
        assert_eq!(file.matter.holder.0, "office");
        assert_eq!(
            due(&office, &file.matter, ClockKind::Designation),
            Some(plus_days(file.on, 15))
        );
        let mut file = file.done(3, &designate("housing"));
        assert_eq!(file.matter.holder.0, "housing");
        assert_eq!(file.then(0, &object()), Err(Refusal::Designated));
        let not_ours = Command::Decline(told("N05", "县农业农村局"));
        assert_eq!(file.then(0, &not_ours), Err(Refusal::Designated));
        file.done(0, &accept());
    }
}

#[test]
fn the_office_need_not_wait_for_the_third() {
    // R22-24.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(0, &refer("agri")).done(0, &object());
    let file = file.done(0, &dispute());
    assert_eq!(file.matter.step, Step::Disputed);
    assert_eq!(file.matter.objectors, [UnitId("agri".to_owned())]);
}

fn succeed(to: &str, number: &str) -> Command {
    let (successor, number) = (UnitId(to.to_owned()), number.to_owned());
    let reason = "机构改革".to_owned();
    joint::Command::Succeed(joint::Succeeded { successor, number, reason }).into()
}

#[test]
fn whoever_continues_a_units_duties_continues_its_matters() {
    // R05-25, R22-24b: and no clock begins anew.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(3, &accept());
        let before = due(&office, &file.matter, ClockKind::Handling);
        assert_eq!(file.then(0, &succeed("agri", "1号")), Err(Refusal::AlreadyThere));
        assert_eq!(file.then(0, &succeed("housing", "")), Err(Refusal::TextMissing));
        let file = file.done(5, &succeed("housing", "云编〔2025〕1号"));
        assert_eq!(file.matter.holder.0, "housing");
        assert_eq!(due(&office, &file.matter, ClockKind::Handling), before);
        let runs = file.matter.spans.iter().filter(|span| span.ended_on.is_none());
        assert!(runs.into_iter().all(|span| span.unit.0 != "agri"), "nothing binds what is gone");
    }
}

#[test]
fn what_is_open_waits_for_no_unit_that_is_gone() {
    // R05-25, R22-24b: an objection refused, a supervision, a recommendation, an instruction, the petitioners' part.
    let office = Office::new();
    let day = DAYS[1];
    let gone = |file: &File<'_>| {
        let runs = file.matter.spans.iter().filter(|span| span.ended_on.is_none());
        runs.filter(|span| span.unit.0 == "agri").map(|span| span.clock).collect::<Vec<_>>()
    };
    let file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(1, &succeed("housing", "云编〔2025〕1号"))
        .done(0, &object())
        .done(0, &Command::RefuseObjection(Ruling { reason: "属本局".to_owned() }));
    assert_eq!(file.matter.holder.0, "housing", "it goes back to whoever has the duty now");
    let answered = SupervisionAnswered { adopted: true, text: "已改".to_owned() };
    let mut file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &Command::Supervise(supervised("agri")))
        .done(0, &recommend("agri", "建1号"))
        .done(0, &instruct("leader", day))
        .done(0, &open_participation(day, 2))
        .done(0, &ask_contribution("housing", &[1], plus_days(day, 20)))
        .done(1, &succeed("housing", "云编〔2025〕1号"));
    assert_eq!(gone(&file), []);
    assert_eq!(
        file.matter.participation.as_ref().map(|part| part.unit.0.as_str()),
        Some("housing")
    );
    assert_eq!(file.matter.awaited().next(), None, "nobody contributes to their own answer");
    assert_eq!(
        file.matter.supervision().map(|one| one.supervised.unit.0.as_str()),
        Some("housing")
    );
    let on = file.on;
    file = file
        .done(0, &Command::AnswerSupervision(answered))
        .done(0, &answer_recommendation("建1号", true, "已改"))
        .done(0, &answer_instruction(1))
        .done(0, &hold_session(on))
        .done(0, &countersign(1))
        .done(0, &announce(on))
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign());
    let runs = file.matter.spans.iter().filter(|span| span.ended_on.is_none());
    let of_unit = runs.filter(|span| span.unit.0 != "office").map(|span| span.clock);
    assert_eq!(of_unit.collect::<Vec<_>>(), [ClockKind::Service], "nothing else waits for anybody");
    // A reviewing organ that is gone: whoever continues it reviews, and the next instance stands above it.
    let file = file
        .done(0, &Command::Serve(served(on)))
        .done(0, &Command::AskReview(ask_review("gov", on)))
        .done(0, &succeed("merged", "云编〔2025〕2号"));
    assert_eq!(
        file.matter.last_review().map(|review| review.asked.organ.0.as_str()),
        Some("merged")
    );
}
