//! Task forces, conferences and campaigns: what is promised is asked after.

use super::{on, unfit, unit};
use crate::fixture::Office;
use casework::duty::Unfit;
use casework::duty::campaign::{Campaign, CampaignKind, Exit, Fund};
use casework::duty::conference::{CarriedOut, Conference, Decided, Meeting, Subject};
use casework::duty::task_force::{Log, Member, TaskForce};
use casework::matter::{Context, MatterId};
use casework::org::{Actor, Place};
use jiff::civil::date;
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
    let log =
        |found, solved| Log { on: date(2025, 9, 2), text: "走访".to_owned(), found, solved };
    assert_eq!(unfit(force.clone().note(log(1, 2), &context)), Unfit::NoEntry, "more than found");
    let force = force.note(log(3, 2), &context).expect("a day");
    let force = force.take_up(MatterId::new(2025, 1)).expect("takes up");
    assert_eq!(unfit(force.clone().take_up(MatterId::new(2025, 1))), Unfit::ListedAlready);
    let over = force.dissolve("完成".to_owned(), &context).expect("over");
    assert_eq!(unfit(over.take_up(MatterId::new(2025, 2))), Unfit::Ended);
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
    assert_eq!(unfit(open.clone().carry_out(1, done.clone(), &context)), Unfit::NotOwner);
    let owner = Actor { unit: unit("court"), ..context.actor.clone() };
    let context = Context { actor: &owner, ..context };
    let done = open.carry_out(1, done, &context).expect("done");
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
