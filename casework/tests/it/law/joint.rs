//! Several units, and whose matter it is.

use super::{DAYS, File, due, told};
use crate::fixture::{Office, accept, answer, refer, sign};
use crate::wishes::{ask_contribution, contribute, designate, dispute, release};
use casework::calendar::plus_days;
use casework::matter::referral::{Objected, Ruling};
use casework::matter::{Command, Step};
use casework::org::UnitId;
use casework::refusal::Refusal;
use casework::statute::ClockKind;

fn object() -> Command {
    Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None })
}

fn back() -> Command {
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
        let file = file.done(0, &release("finance")).done(0, &sign());
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

#[test]
fn whoever_continues_a_units_duties_continues_its_matters() {
    // R05-25, R22-24b: and no clock begins anew.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(3, &accept());
        let before = due(&office, &file.matter, ClockKind::Handling);
        let succeed = |to: &str, number: &str| {
            Command::from(casework::matter::joint::Command::Succeed(
                casework::matter::joint::Succeeded {
                    successor: casework::org::UnitId(to.to_owned()),
                    number: number.to_owned(),
                    reason: "机构改革".to_owned(),
                },
            ))
        };
        let mut file = file;
        assert_eq!(file.then(0, &succeed("agri", "1号")), Err(Refusal::AlreadyThere));
        assert_eq!(file.then(0, &succeed("housing", "")), Err(Refusal::ReasonMissing));
        let file = file.done(5, &succeed("housing", "云编〔2025〕1号"));
        assert_eq!(file.matter.holder.0, "housing");
        assert_eq!(due(&office, &file.matter, ClockKind::Handling), before);
        let runs = file.matter.spans.iter().filter(|span| span.ended_on.is_none());
        assert!(runs.into_iter().all(|span| span.unit.0 != "agri"), "nothing binds what is gone");
    }
}
