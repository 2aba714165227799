//! Supervision and carrying out what was promised, provision by provision.

use super::{DAYS, File, due};
use crate::fixture::{Office, accept, answer, conclude, refer, served, sign, supervised};
use crate::wishes::mark_urgent;
use casework::calendar::plus_days;
use casework::matter::Command;
use casework::matter::handling::{Commitment, DemandAnswered, Outcome};
use casework::matter::notice::NoticeServed;
use casework::matter::supervision::{
    Executed, Supervised, SupervisionAnswered, SupervisionClosed, SupervisionForm, Trigger,
};
use casework::org::AccountId;
use casework::refusal::Refusal;
use casework::statute::ClockKind;

#[test]
fn delay_is_supervised_answered_in_thirty_days_and_checked() {
    // R05-36, R05-36b, R22-40.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(1, &refer("agri")).done(0, &accept());
        let found = |file: &File<'_>, on| file.matter.triggers(on, &office.law, &office.calendar);
        assert_eq!(found(&file, plus_days(file.on, 10)), []);
        file.on = plus_days(day, 80);
        assert_eq!(found(&file, file.on), [Trigger::Overdue, Trigger::Procedure]);
        let elsewhere = file.then(0, &Command::Supervise(supervised("housing")));
        assert_eq!(elsewhere, Err(Refusal::NotAReceiver), "only a unit that has or had the matter");
        let mut file = file.done(0, &Command::Supervise(supervised("agri")));
        assert_eq!(
            due(&office, &file.matter, ClockKind::Supervision),
            Some(plus_days(file.on, 30))
        );
        let twice = file.then(0, &Command::Supervise(supervised("agri")));
        assert_eq!(twice, Err(Refusal::SupervisedAlready));
        let close =
            Command::CloseSupervision(SupervisionClosed { finding: "已改正".to_owned() });
        assert_eq!(file.then(0, &close), Err(Refusal::SupervisionUnanswered));
        let silent = SupervisionAnswered { adopted: false, text: " ".to_owned() };
        assert_eq!(
            file.then(0, &Command::AnswerSupervision(silent)),
            Err(Refusal::TextMissing),
            "who does not adopt it says why"
        );
        let why = SupervisionAnswered { adopted: false, text: "档案在外县".to_owned() };
        let file = file.done(5, &Command::AnswerSupervision(why)).done(1, &close);
        assert!(file.matter.supervision().is_none());
    }
}

#[test]
fn what_was_promised_is_done_or_asked_after() {
    // R22-32, R05-32: supported demands are carried out.
    let office = Office::new();
    let day = DAYS[1];
    let promise = Command::AnswerDemand(DemandAnswered {
        demand: 1,
        outcome: Outcome::Support,
        text: "应当公布".to_owned(),
        basis: "村民委员会组织法".to_owned(),
        commitment: Some(Commitment { what: "公布账目".to_owned(), by: plus_days(day, 20) }),
    });
    let done =
        |demand| Command::Execute(Executed { demand, on: day, text: "已公布".to_owned() });
    let mut file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &promise)
        .done(0, &answer(2));
    assert_eq!(file.then(0, &done(1)), Err(Refusal::NothingPromised), "not before it is signed");
    let service = NoticeServed { notice: 1, service: served(day) };
    let mut file = file
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(day)))
        .done(0, &Command::ServeNotice(service))
        .done(0, &Command::ServeNotice(NoticeServed { notice: 2, service: served(day) }))
        .done(0, &conclude());
    assert_eq!(file.then(0, &done(2)), Err(Refusal::NothingPromised));
    let late = plus_days(day, 21);
    let found = |file: &File<'_>| file.matter.triggers(late, &office.law, &office.calendar);
    assert_eq!(found(&file), [Trigger::NotExecuted]);
    assert_eq!(found(&file.done(0, &done(1))), []);
}

#[test]
fn whoever_follows_a_matter_by_name_is_somebody_and_has_it_as_a_task() {
    // R22-38, R22-40.
    let office = Office::new();
    let day = DAYS[1];
    let at_unit = File::opened(&office, day).done(0, &refer("agri"));
    let follows = |file: &File<'_>| -> Vec<String> {
        file.matter.followed_by().into_iter().map(|person| person.0.clone()).collect()
    };
    let by = |tracker: &str, members: &[&str], form| {
        Command::Supervise(Supervised {
            form,
            tracker: AccountId(tracker.to_owned()),
            members: members.iter().map(|one| AccountId((*one).to_owned())).collect(),
            ..supervised("agri")
        })
    };
    let letter = SupervisionForm::Letter;
    for nobody in ["张三", "other", "leader"] {
        assert_eq!(at_unit.refused(&by(nobody, &[], letter)), Refusal::NotATracker, "{nobody}");
    }
    assert_eq!(at_unit.refused(&by("somebody", &["somebody"], letter)), Refusal::GroupMissing);
    let running = at_unit.clone().done(0, &by("somebody", &[], letter));
    assert_eq!(follows(&running), ["somebody"]);
    let answer = SupervisionAnswered { adopted: true, text: "已改".to_owned() };
    let close = SupervisionClosed { finding: "属实".to_owned() };
    let closed = running
        .done(0, &Command::AnswerSupervision(answer))
        .done(0, &Command::CloseSupervision(close));
    assert_eq!(follows(&closed), Vec::<String>::new(), "and no longer");
    // Several together are a group of people, and nobody of the unit is in it.
    let urgent = at_unit.done(0, &mark_urgent());
    let together = SupervisionForm::Joint;
    assert_eq!(urgent.refused(&by("somebody", &[], together)), Refusal::GroupMissing);
    assert_eq!(urgent.refused(&by("somebody", &["other"], together)), Refusal::NotATracker);
    let group = urgent.done(0, &by("somebody", &["colleague"], together));
    assert_eq!(follows(&group), ["colleague", "somebody"]);
}
