//! Task forces, conferences and campaigns: what is promised is asked after.

use super::{on, unfit, unit};
use crate::fixture::{Office, accept, answer, hear, refer, served, sign};
use casework::duty::campaign::{Campaign, CampaignKind, Exit, Fund};
use casework::duty::conference::{CarriedOut, Conference, Decided, Meeting, Subject};
use casework::duty::finding::{Finding, Solution};
use casework::duty::task_force::{Log, Member, TaskForce};
use casework::duty::{Entries, Record, Unfit};
use casework::matter::{Command, Context, Matter, MatterId};
use casework::org::{Actor, Place};
use casework::refusal::Refusal;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

#[test]
fn a_task_force_has_members_a_log_and_an_end() {
    // R05-05.
    let office = Office::new();
    let context = on(&office, 9, 10);
    let force = TaskForce {
        name: "第一工作组".to_owned(),
        purpose: "排查".to_owned(),
        areas: vec![Place("539921101".to_owned())],
        from: date(2025, 9, 1),
        until: date(2025, 11, 30),
        members: Vec::new(),
        log: Vec::new(),
        problems: Vec::new(),
        matters: Vec::new(),
        dissolved: None,
    };
    let nowhere = TaskForce { areas: Vec::new(), ..force.clone() };
    assert_eq!(unfit(nowhere.set_up()), Unfit::NoEntry);
    let member = Member {
        name: "高志强".to_owned(),
        account: None,
        unit: unit("agri"),
        from: date(2025, 9, 1),
        until: None,
    };
    let force = force.set_up().and_then(|one| one.join(member.clone())).expect("set up");
    assert_eq!(unfit(force.clone().join(member)), Unfit::ListedAlready);
    let log = |day| Log { on: day, text: "走访".to_owned() };
    assert!(force.clone().note(log(date(2025, 8, 31)), &context).is_err(), "before it began");
    let force = force.note(log(date(2025, 9, 2)), &context).expect("a day");
    let force = force.take_up(MatterId::new(2025, 1)).expect("takes up");
    assert_eq!(unfit(force.clone().take_up(MatterId::new(2025, 1))), Unfit::ListedAlready);
    let over = force.dissolve("完成".to_owned(), &context).expect("over");
    assert_eq!(unfit(over.take_up(MatterId::new(2025, 2))), Unfit::Ended);
}

/// A matter whose answer was served on the last of these days.
pub fn served_on(office: &Office, day: Date) -> Matter {
    let (mut matter, mut entries) = office.opened(day);
    for command in [
        refer("agri"),
        accept(),
        answer(1),
        answer(2),
        hear(day),
        sign(),
        Command::Serve(served(day)),
    ] {
        office.act((&mut matter, &mut entries), &command, day).expect("lawful");
    }
    matter
}

#[test]
fn what_a_task_force_finds_becomes_a_petition_or_is_answered() {
    // R05-05, R22-32.
    let office = Office::new();
    let context = on(&office, 9, 10);
    let (first, found_on) = (date(2025, 9, 1), date(2025, 9, 3));
    let force = TaskForce {
        name: "第一工作组".to_owned(),
        purpose: "排查".to_owned(),
        areas: vec![Place("539921101".to_owned())],
        from: first,
        until: date(2025, 11, 30),
        members: Vec::new(),
        log: Vec::new(),
        problems: Vec::new(),
        matters: Vec::new(),
        dissolved: None,
    };
    let finding = |on| Finding { text: "饲草不足".to_owned(), on, matter: None, solved: None };
    let early = force.clone().find(finding(Some(date(2025, 8, 31))), &context);
    assert!(early.is_err(), "before it began");
    let silent = Finding { text: " ".to_owned(), ..finding(Some(found_on)) };
    assert_eq!(force.clone().find(silent, &context), Err(Refusal::TextMissing));
    let force = force.find(finding(Some(found_on)), &context).expect("noted");
    let force = force.find(finding(Some(found_on)), &context).expect("noted");
    assert_eq!(force.entries(Entries::Unsolved), [1, 2]);

    let solution = |on, matter| Solution { on, text: "已补助".to_owned(), matter };
    let before = force.clone().solve(1, solution(date(2025, 9, 2), None), &context);
    assert_eq!(before, Err(Refusal::DateTooEarly(found_on)), "before it was found");
    assert_eq!(unfit(force.clone().solve(3, solution(found_on, None), &context)), Unfit::NoEntry);
    let force = force.solve(1, solution(found_on, None), &context).expect("on the spot");
    let twice = force.clone().solve(1, solution(found_on, None), &context);
    assert_eq!(unfit(twice), Unfit::DoneAlready);

    let matter = MatterId::new(2025, 1);
    let force = force.register(2, matter).expect("a petition");
    assert_eq!(unfit(force.clone().register(2, matter)), Unfit::DoneAlready);
    assert_eq!((force.matter_of(2), force.spine().matters), (Some(matter), vec![matter]));
    assert_eq!(force.entries(Entries::Unregistered), [1]);
    let told = |day| solution(date(2025, 9, 9), Some(served_on(&office, day)));
    let unanswered = solution(date(2025, 9, 9), Some(office.opened(found_on).0));
    assert_eq!(unfit(force.clone().solve(2, unanswered, &context)), Unfit::NotAnswered);
    let before = force.clone().solve(2, told(date(2025, 9, 2)), &context);
    assert_eq!(unfit(before), Unfit::NotAnswered, "answered before it was found");
    let later = force.clone().solve(2, told(date(2025, 9, 10)), &context);
    assert_eq!(unfit(later), Unfit::NotAnswered, "answered after the day that is named");
    let mut other = served_on(&office, date(2025, 9, 8));
    other.id = MatterId::new(2025, 7);
    let other = force.clone().solve(2, solution(date(2025, 9, 9), Some(other)), &context);
    assert_eq!(unfit(other), Unfit::NotAnswered, "another matter's answer");
    let force = force.solve(2, told(date(2025, 9, 8)), &context).expect("served");
    assert_eq!(force.entries(Entries::Unsolved), Vec::<u32>::new());
}

#[test]
fn what_a_conference_decides_is_asked_after_until_it_is_done() {
    // R05-05, R22-13, R22-24.
    let office = Office::new();
    let (context, matter) = (on(&office, 6, 10), MatterId::new(2025, 1));
    let one = Conference {
        title: "涉法涉诉专题会".to_owned(),
        subject: Subject::Lawsuits,
        on: date(2025, 6, 5),
        venue: "县委会议室".to_owned(),
        convener: "政法委书记".to_owned(),
        agenda: Vec::new(),
        invited: vec![unit("court"), unit("police")],
        present: Vec::new(),
        minutes: None,
        attachments: Vec::new(),
        decisions: Vec::new(),
    };
    let alone = Conference { invited: vec![unit("court"), unit("court")], ..one.clone() };
    assert_eq!(unfit(alone.call()), Unfit::NoEntry);
    let called = one.call().and_then(|one| one.put(matter)).expect("called");
    let decided = Decided {
        text: "由法院判后答疑".to_owned(),
        owner: unit("court"),
        due_on: date(2025, 6, 30),
        matter: Some(matter),
        done: None,
    };
    assert_eq!(unfit(called.clone().decide(decided.clone())), Unfit::NotDone);
    let minutes = Meeting {
        present: vec![unit("court")],
        minutes: "会议纪要".to_owned(),
        attachments: Vec::new(),
    };
    let held = called.hold(minutes, &context).expect("held");
    let other = Decided { matter: Some(MatterId::new(2025, 9)), ..decided.clone() };
    assert_eq!(unfit(held.clone().decide(other)), Unfit::NotListed);
    let open = held.decide(decided).expect("decided");
    let done =
        CarriedOut {
            on: date(2025, 6, 9), text: "已答疑，当事人服判".to_owned(), solved: true
        };
    let told = Some(served_on(&office, date(2025, 6, 8)));
    let stranger = open.clone().carry_out(1, done.clone(), told.clone(), &context);
    assert_eq!(unfit(stranger), Unfit::NotOwner);
    let owner = Actor { unit: unit("court"), ..context.actor.clone() };
    let context = Context { actor: &owner, ..context };
    let before = Some(served_on(&office, date(2025, 6, 4)));
    for unanswered in [None, Some(office.opened(date(2025, 6, 1)).0), before] {
        let claimed = open.clone().carry_out(1, done.clone(), unanswered, &context);
        assert_eq!(unfit(claimed), Unfit::NotAnswered);
    }
    let modest = CarriedOut { solved: false, ..done.clone() };
    assert!(open.clone().carry_out(1, modest, None, &context).is_ok(), "done is not solved");
    let done = open.carry_out(1, done, told, &context).expect("done");
    assert_eq!(done.solved(date(2025, 6, 8)).count(), 0);
    assert_eq!(done.solved(date(2025, 6, 9)).collect::<Vec<_>>(), [matter]);
}

#[test]
fn a_campaign_is_told_against_its_frozen_list() {
    let office = Office::new();
    let context = on(&office, 9, 30);
    let campaign = Campaign {
        name: "专项调查处理".to_owned(),
        kind: CampaignKind::Investigation,
        document: "云委办〔2025〕18号".to_owned(),
        from: date(2025, 8, 1),
        until: date(2025, 9, 30),
        list: Vec::new(),
        frozen_on: None,
        funds: Vec::new(),
        progress: Vec::new(),
        exits: Vec::new(),
        closed: None,
        outcome: None,
    };
    assert_eq!(campaign.months(), 2);
    assert_eq!(unfit(campaign.clone().freeze(&context)), Unfit::NoEntry);
    let listed = (1..=3).try_fold(campaign, |one, n| one.list(MatterId::new(2025, n), false));
    let listed = listed.expect("listed");
    let over_before = listed.clone().list(MatterId::new(2025, 5), true);
    assert_eq!(unfit(over_before), Unfit::ConcludedBefore);
    assert_eq!(unfit(listed.clone().list(MatterId::new(2025, 1), false)), Unfit::ListedAlready);
    let exit = |n| Exit {
        matter: MatterId::new(2025, n),
        on: date(2025, 9, 30),
        reason: "进入诉讼".to_owned(),
    };
    assert_eq!(unfit(listed.clone().leave(exit(1), &context)), Unfit::NotFrozen);
    let frozen = listed.freeze(&context).expect("frozen");
    assert_eq!(unfit(frozen.clone().list(MatterId::new(2025, 4), false)), Unfit::Frozen);
    assert_eq!(unfit(frozen.clone().leave(exit(9), &context)), Unfit::NotListed);
    let left = frozen.leave(exit(1), &context).expect("left");
    assert_eq!(unfit(left.clone().leave(exit(1), &context)), Unfit::NotListed, "once");
    // What left counts as left, though it was concluded too.
    let concluded = BTreeSet::from([MatterId::new(2025, 1), MatterId::new(2025, 2)]);
    let against = left.against(&concluded);
    assert_eq!((against.baseline, against.concluded, against.left, against.open), (3, 1, 1, 1));
    let fund = Fund {
        on: date(2025, 9, 1),
        source: "县财政局".to_owned(),
        yuan: 60_000,
        used_for: "冬季取暖".to_owned(),
    };
    let over = left
        .raise(fund.clone(), &context)
        .and_then(|one| one.close("三十一件基本办结".to_owned(), &concluded, &context))
        .expect("over");
    assert_eq!(over.outcome.map(|one| one.open), Some(1), "the result stands as it was then");
    assert_eq!(unfit(over.raise(fund, &context)), Unfit::Ended);
}
