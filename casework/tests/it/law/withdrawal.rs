//! Taking a petition back: by the petitioner's own act or paper, with days to think again, and nothing ends before.

use super::{DAYS, File};
use crate::fixture::{Office, accept, conclude, petition, refer};
use crate::wishes::{paper, resume, withdraw};
use casework::calendar::plus_days;
use casework::matter::intake::register;
use casework::matter::notice::NoticeKind;
use casework::matter::withdrawal::{Command as Withdrawal, THINK_AGAIN_DAYS, Withdrawn};
use casework::matter::{Command, ConclusionGround, Context, Matter, MatterId, Step, decide};
use casework::org::{Actor, UnitId};
use casework::petition::Petition;
use casework::refusal::Refusal;
use casework::statute::ClockKind;

fn taken(one: &Petition, signatures: u32, papers: usize) -> Command {
    let withdrawn = Withdrawn {
        petition: one.number.clone(),
        reason: "已经解决".to_owned(),
        signatures,
        attachments: vec![paper(); papers],
    };
    Withdrawal::Withdraw(withdrawn).into()
}

#[test]
fn a_clerks_sentence_closes_nothing() {
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(1, &accept());
        let own = petition(1, day);
        assert_eq!(file.then(0, &taken(&own, 1, 0)), Err(Refusal::PaperMissing));
        let mut file = file.done(0, &taken(&own, 1, 1));
        assert!(matches!(file.matter.step, Step::Accepted), "the work goes on");
        let notice = file.matter.notices.last().expect("a notice");
        assert_eq!((notice.kind, &notice.petition), (NoticeKind::Withdrawn, &Some(own.number)));
        let until = plus_days(file.on, THINK_AGAIN_DAYS);
        assert_eq!(file.then(0, &conclude()), Err(Refusal::MayThinkAgain(until)));
        assert_eq!(file.then(7, &conclude()), Err(Refusal::MayThinkAgain(until)), "the last day");
        let file = file.done(1, &conclude());
        let Step::Concluded(conclusion) = &file.matter.step else { unreachable!("not concluded") };
        assert_eq!(conclusion.ground, ConclusionGround::Withdrawn);
    }
}

#[test]
fn whoever_thinks_again_finds_everything_as_it_stood() {
    let office = Office::new();
    let [_, day] = DAYS;
    let own = petition(1, day).number;
    let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    let before = file.matter.due_of(ClockKind::Handling, &office.law, &office.calendar);
    assert_eq!(file.then(0, &resume(&own)), Err(Refusal::NotWithdrawn));
    let file = file.done(1, &withdraw(&own, "不想再等")).done(20, &resume(&own));
    assert!(!file.matter.all_withdrawn());
    let after = file.matter.due_of(ClockKind::Handling, &office.law, &office.calendar);
    assert_eq!(before, after, "no clock stood still");
    let mut ended = file.done(0, &withdraw(&own, "不想再等")).done(8, &conclude());
    assert_eq!(ended.then(0, &resume(&own)), Err(Refusal::Concluded));
}

#[test]
fn those_who_petition_together_take_it_back_together() {
    let office = Office::new();
    let [_, day] = DAYS;
    let mut many = petition(1, day);
    many.headcount = 12;
    let context = office.context(day);
    let facts = register(many.clone(), None, &context).expect("registers");
    let entries: Vec<_> =
        facts.into_iter().map(|fact| crate::fixture::entry(fact, day, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("a matter");
    let by = |actor: &Actor, command: &Command| {
        decide(&matter, command, &Context { actor, ..context }).map(|_| ()).err()
    };
    let clerk = crate::fixture::actor("office", "a");
    assert_eq!(by(&clerk, &taken(&many, 11, 1)), Some(Refusal::SignaturesMissing(12)));
    assert_eq!(by(&clerk, &taken(&many, 12, 1)), None);
    let street = Actor::public(UnitId("office".to_owned()));
    assert_eq!(by(&street, &taken(&many, 12, 1)), Some(Refusal::WithdrawTogether));
    let alone = File::opened(&office, day).matter;
    let own =
        decide(&alone, &taken(&petition(1, day), 1, 0), &Context { actor: &street, ..context });
    assert!(own.is_ok(), "one who petitions alone needs no paper: the code is theirs");
}
