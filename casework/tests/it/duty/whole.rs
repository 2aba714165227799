//! Each kind of record with everything in it: what it shows, which files are its own, where it stands.

use super::{account, unit};
use casework::duty::accountability::{
    Accountability, Appeal, AppealDecided, AppealOutcome, Decision, Heard, Sanction,
};
use casework::duty::agreement::{Agreement, Indicator, IndicatorKind, Measure, Measured, Signing};
use casework::duty::campaign::{Campaign, CampaignKind, Exit, Fund, Progress};
use casework::duty::contact::{Help, SupportContact, Wish};
use casework::duty::finding::Finding;
use casework::duty::house_rule::{HouseRule, Reading, Version};
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::publicity::{Activity, Medium};
use casework::duty::quota::{Cycle, Quota};
use casework::duty::reception::{Reception, Substitution};
use casework::duty::seat::{Seat, SeatKind};
use casework::duty::task_force::{Log, Member, TaskForce};
use casework::duty::tenure::{Grade, Leave, Tenure};
use casework::duty::{Entries, Eyes, Record, State};
use casework::matter::MatterId;
use casework::matter::aid::AidKind;
use casework::org::{Actor, Place, Role, UnitId};
use casework::petition::Attachment;
use casework::statute::Rule;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ON: Date = date(2025, 3, 3);

fn text() -> String {
    "内容".to_owned()
}

fn file(hash: &str) -> Vec<Attachment> {
    let media = "application/pdf".to_owned();
    vec![Attachment { hash: hash.to_owned(), name: format!("{hash}.pdf"), media, size: 1 }]
}

fn matter() -> MatterId {
    MatterId::new(2025, 1)
}

/// The record as the office's head sees it, who may open its matter.
fn seen(record: &impl Record) -> Value {
    let actor = Actor {
        account: account("head"),
        login: String::new(),
        name: String::new(),
        unit: UnitId("office".to_owned()),
        roles: vec![Role::OfficeHead],
    };
    let open = BTreeSet::from([matter()]);
    let mut seen = serde_json::to_value(record.as_seen_by(&Eyes { actor: &actor, open: &open }))
        .expect("serializes");
    // The files are looked at by themselves.
    if let Some(fields) = seen.as_object_mut() {
        fields.remove("attachments");
    }
    seen
}

fn files(record: &impl Record) -> Vec<String> {
    record.attachments().into_iter().map(|file| file.hash.clone()).collect()
}

fn shown_files(record: &impl Record) -> Vec<String> {
    let actor = Actor::program(UnitId("office".to_owned()));
    let open = BTreeSet::from([matter()]);
    let seen = record.as_seen_by(&Eyes { actor: &actor, open: &open });
    seen.files.into_iter().map(|file| file.hash).collect()
}

#[test]
fn a_seat_and_a_term() {
    let seat = |seat, until| Seat { person: account("a"), seat, document: text(), from: ON, until };
    let one = seat(SeatKind::Secretary, None);
    let shown =
        json!({ "person": "a", "seat": "secretary", "document": "内容", "from": "2025-03-03" });
    assert_eq!(seen(&one), shown);
    for (kind, state) in [
        (SeatKind::Head, State::Head),
        (SeatKind::Deputy, State::Deputy),
        (SeatKind::Member, State::Member),
        (SeatKind::Secretary, State::Secretary),
    ] {
        assert_eq!(seat(kind, None).spine().state, state);
        assert_eq!(seat(kind, Some(ON)).spine().state, State::Ended);
    }
    let term = Tenure {
        person: account("a"),
        unit: unit("gov"),
        grade: Grade::CountyLeader,
        post: "副县长".to_owned(),
        areas: vec![Place("539921101".to_owned())],
        from: ON,
        until: None,
        leaves: vec![Leave { from: ON, until: ON }],
    };
    assert_eq!(
        seen(&term),
        json!({ "grade": "county_leader", "post": "副县长", "person": "a", "unit": "gov",
            "from": "2025-03-03", "areas": ["539921101"],
            "leaves": [{ "ordinal": 1, "from": "2025-03-03", "until": "2025-03-03" }] })
    );
    assert_eq!(term.spine().state, State::Running);
    assert_eq!(term.entries(Entries::Serving), Vec::<u32>::new());
}

#[test]
fn a_quota_and_an_activity() {
    let quota = Quota {
        grade: Grade::TownshipHead,
        period: Cycle::ALL[0],
        outreach: true,
        appointment: false,
        least: 4,
        solve: 2,
        document: text(),
        from: ON,
        until: Some(ON),
    };
    assert_eq!(
        seen(&quota),
        json!({ "grade": "township_head", "period": Cycle::ALL[0].word(), "least": 4,
            "outreach": true, "appointment": false, "solve": 2, "document": "内容",
            "from": "2025-03-03", "until": "2025-03-03" })
    );
    assert_eq!(quota.spine().state, State::Ended);
    let activity = Activity {
        title: "宣传月".to_owned(),
        medium: Medium::Training,
        from: ON,
        until: ON,
        audience: "干部".to_owned(),
        people: Some(30),
        units: vec![unit("agri")],
        text: text(),
        attachments: file("photo"),
    };
    assert_eq!(
        seen(&activity),
        json!({ "title": "宣传月", "medium": "training", "from": "2025-03-03",
            "until": "2025-03-03", "audience": "干部", "people": 30, "units": ["agri"],
            "text": "内容" })
    );
    assert_eq!(
        (files(&activity), shown_files(&activity)),
        (vec!["photo".into()], vec!["photo".into()])
    );
    for medium in Medium::ALL {
        let state = Activity { medium, ..activity.clone() }.spine().state;
        assert_eq!(state.word(), medium.word(), "it stands where its form says");
    }
}

#[test]
fn a_reception_day_and_who_receives_instead() {
    let day = Reception {
        leader: account("leader"),
        on: ON,
        hours: "9:00".to_owned(),
        venue: "大厅".to_owned(),
        areas: vec![Place("539921101".to_owned())],
        topic: "土地".to_owned(),
        places: 5,
        moved_from: Some(ON),
        published_on: Some(ON),
        substituted: Some(Substitution {
            instead_of: account("other"),
            reason: "出差".to_owned(),
            noticed_on: ON,
        }),
        bookings: Vec::new(),
        held_on: None,
        cancelled: Some((ON, "会议".to_owned())),
    };
    assert_eq!(
        seen(&day),
        json!({ "leader": "leader", "on": "2025-03-03", "hours": "9:00",
            "areas": ["539921101"], "venue": "大厅", "topic": "土地", "places": 5,
            "moved_from": "2025-03-03", "published_on": "2025-03-03",
            "cancelled": ["2025-03-03", "会议"],
            "substituted": { "instead_of": "other", "noticed_on": "2025-03-03", "reason": "出差" } })
    );
    assert_eq!(day.spine().state, State::Cancelled);
    let state = |change: fn(&mut Reception)| {
        let mut one = Reception { cancelled: None, ..day.clone() };
        change(&mut one);
        one.spine().state
    };
    assert_eq!(state(|_| ()), State::Published);
    assert_eq!(state(|one| one.published_on = None), State::Planned);
    assert_eq!(state(|one| one.held_on = Some(ON)), State::Held);
    assert_eq!(files(&day), Vec::<String>::new());
}

#[test]
fn a_visit_with_what_was_found() {
    let visit = Outreach {
        leader: account("leader"),
        on: ON,
        place: Place("539921101201".to_owned()),
        venue: "村委会".to_owned(),
        topic: "春耕".to_owned(),
        with: vec![account("b")],
        campaign: Some("2025-1".to_owned()),
        done: Some(Visit { on: ON, met: 7, text: text() }),
        problems: vec![Finding {
            text: "路灯".to_owned(),
            on: None,
            matter: Some(matter()),
            solved: Some((ON, "已修".to_owned())),
        }],
        cancelled: None,
    };
    assert_eq!(
        seen(&visit),
        json!({ "leader": "leader", "with": ["b"], "on": "2025-03-03",
            "place": "539921101201", "venue": "村委会", "topic": "春耕", "campaign": "2025-1",
            "done": { "on": "2025-03-03", "text": "内容", "met": 7 },
            "problems": [{ "ordinal": 1, "text": "路灯", "matter": "2025-1",
                "solved": ["2025-03-03", "已修"] }] })
    );
    assert_eq!(visit.spine().state, State::Done);
    let planned = Outreach { done: None, ..visit.clone() };
    assert_eq!(planned.spine().state, State::Planned);
    let off = Outreach { cancelled: Some((ON, text())), ..visit };
    assert_eq!(off.spine().state, State::Cancelled);
}

#[test]
fn an_agreement_with_its_measures() {
    let measured = |files| Measured {
        on: ON,
        measure: Some(Measure { due: 10, met: 9 }),
        reached: true,
        evidence: text(),
        attachments: files,
    };
    let agreement = Agreement {
        year: 2025,
        first: unit("gov"),
        second: unit("agri"),
        text: text(),
        indicators: vec![
            Indicator {
                kind: IndicatorKind::TimelyAnswer,
                name: String::new(),
                target: 95,
                result: Some(measured(file("evidence"))),
            },
            Indicator {
                kind: IndicatorKind::Manual,
                name: "走访".to_owned(),
                target: 100,
                result: None,
            },
        ],
        signed: Some(Signing {
            on: ON,
            first_signer: "甲".to_owned(),
            second_signer: "乙".to_owned(),
            attachments: file("signed"),
        }),
        result: Some((ON, "合格".to_owned())),
        comment: None,
    };
    let signed = json!({ "on": "2025-03-03", "first_signer": "甲", "second_signer": "乙" });
    let result = json!({ "on": "2025-03-03", "measure": { "due": 10, "met": 9 },
        "evidence": "内容" });
    assert_eq!(
        seen(&agreement),
        json!({ "year": 2025, "first": "gov", "second": "agri", "text": "内容", "signed": signed,
            "result": ["2025-03-03", "合格"],
            "indicators": [
                { "ordinal": 1, "kind": "timely_answer", "target": 95,
                    "verdict": "missed", "result": result },
                { "ordinal": 2, "name": "走访", "kind": "manual", "target": 100 },
            ] })
    );
    let mut own = files(&agreement);
    own.sort();
    assert_eq!(own, ["evidence", "signed"]);
    assert_eq!(shown_files(&agreement).len(), 2, "the files of its parts are shown beside it");
    assert_eq!(agreement.entries(Entries::ToJudge), [2], "what counts itself is not judged");
    let state = |change: fn(&mut Agreement)| {
        let mut one = agreement.clone();
        change(&mut one);
        one.spine().state
    };
    assert_eq!(state(|_| ()), State::Concluded);
    assert_eq!(state(|one| one.comment = Some((ON, text()))), State::Commented);
    assert_eq!(state(|one| one.result = None), State::Signed);
    assert_eq!(state(|one| one.signed = None), State::DrawnUp);
}

#[test]
fn a_task_force_and_a_campaign() {
    let force = TaskForce {
        name: "工作组".to_owned(),
        purpose: "排查".to_owned(),
        areas: vec![Place("539921101".to_owned())],
        from: ON,
        until: ON,
        members: vec![Member {
            name: "甲".to_owned(),
            account: Some(account("a")),
            unit: unit("agri"),
            from: ON,
            until: None,
        }],
        log: vec![Log { on: ON, text: text() }],
        problems: vec![Finding {
            text: text(),
            on: Some(ON),
            matter: Some(matter()),
            solved: None,
        }],
        matters: vec![matter(), MatterId::new(2025, 9)],
        dissolved: Some((ON, "完成".to_owned())),
    };
    let member =
        json!({ "ordinal": 1, "name": "甲", "account": "a", "unit": "agri", "from": "2025-03-03" });
    assert_eq!(
        seen(&force),
        json!({ "name": "工作组", "purpose": "排查", "from": "2025-03-03", "until": "2025-03-03",
            "areas": ["539921101"], "dissolved": ["2025-03-03", "完成"], "members": [member],
            "log": [{ "ordinal": 1, "on": "2025-03-03", "text": "内容" }],
            "problems": [{ "ordinal": 1, "on": "2025-03-03", "text": "内容", "matter": "2025-1" }],
            "matters": ["2025-1"] })
    );
    assert_eq!(force.spine().state, State::Ended);
    assert_eq!(TaskForce { dissolved: None, ..force }.spine().state, State::Running);
    let campaign = Campaign {
        name: "专项".to_owned(),
        kind: CampaignKind::Outreach,
        document: "文件".to_owned(),
        from: ON,
        until: ON,
        list: vec![matter()],
        frozen_on: Some(ON),
        funds: vec![Fund {
            on: ON, source: "财政".to_owned(), yuan: 9, used_for: "路".to_owned()
        }],
        progress: vec![Progress { on: ON, text: text() }],
        exits: vec![Exit { matter: matter(), on: ON, reason: "并案".to_owned() }],
        closed: Some((ON, "完成".to_owned())),
        outcome: None,
    };
    assert_eq!(
        seen(&campaign),
        json!({ "name": "专项", "kind": "outreach", "document": "文件", "from": "2025-03-03",
            "until": "2025-03-03", "frozen_on": "2025-03-03", "closed": ["2025-03-03", "完成"],
            "list": ["2025-1"],
            "funds": [{ "ordinal": 1, "on": "2025-03-03", "source": "财政", "yuan": 9,
                "used_for": "路" }],
            "progress": [{ "ordinal": 1, "on": "2025-03-03", "text": "内容" }],
            "exits": [{ "ordinal": 1, "on": "2025-03-03", "matter": "2025-1", "reason": "并案" }] })
    );
    let open = Campaign { closed: None, ..campaign };
    assert_eq!(open.spine().state, State::Frozen);
    assert_eq!(Campaign { frozen_on: None, ..open }.spine().state, State::Running);
}

#[test]
fn a_support_contact_and_who_may_open_its_name() {
    let contact = SupportContact {
        leader: account("leader"),
        party: "party".to_owned(),
        mask: "卓*".to_owned(),
        sealed: "sealed".to_owned(),
        consent: "同意书".to_owned(),
        since: ON,
        wishes: vec![Wish { on: ON, text: "修房".to_owned() }],
        help: vec![Help {
            on: ON,
            text: "送粮".to_owned(),
            aid: Some((AidKind::ALL[0], "民政局".to_owned())),
        }],
        ended: None,
    };
    assert_eq!(
        seen(&contact),
        json!({ "leader": "leader", "mask": "卓*", "since": "2025-03-03", "consent": "同意书",
            "wishes": [{ "ordinal": 1, "on": "2025-03-03", "text": "修房" }],
            "help": [{ "ordinal": 1, "on": "2025-03-03", "text": "送粮",
                "aid": [AidKind::ALL[0].word(), "民政局"] }] })
    );
    let who = |id: &str| Actor { account: account(id), ..Actor::program(unit("gov")) };
    let open = BTreeSet::new();
    let (leader, other) = (who("leader"), who("other"));
    let leader = Eyes { actor: &leader, open: &open };
    let other = Eyes { actor: &other, open: &open };
    let names = contact.names(&leader).expect("the leader's own");
    assert_eq!(
        names.iter().map(|one| (one.ordinal, one.party, one.sealed)).collect::<Vec<_>>(),
        [(1, "party", "sealed")]
    );
    assert!(contact.names(&other).expect("nothing stands against it").is_empty());
    let ended = SupportContact { ended: Some((ON, text())), ..contact };
    assert!(ended.names(&leader).is_err(), "with the consent goes the name");
    assert!(ended.names(&other).is_ok(), "and who never knew it learns nothing of that");
    assert_eq!(ended.spine().state, State::Ended);
}

#[test]
fn a_house_rule_with_its_versions() {
    let version = |hash: &str, until| Version {
        number: "1号".to_owned(),
        issued_on: ON,
        from: ON,
        until,
        text: text(),
        attachments: file(hash),
    };
    let rule = HouseRule {
        title: "接访制度".to_owned(),
        public: true,
        versions: vec![version("old", Some(ON)), version("new", None)],
        readings: vec![Reading { person: account("a"), on: ON, version: 2 }],
    };
    let row = |ordinal, until: Option<&str>| {
        let mut row = json!({ "ordinal": ordinal, "number": "1号", "issued_on": "2025-03-03",
            "from": "2025-03-03", "text": "内容" });
        if let Some(until) = until {
            row["until"] = until.into();
        }
        row
    };
    assert_eq!(
        seen(&rule),
        json!({ "title": "接访制度", "public": true,
            "versions": [row(1, Some("2025-03-03")), row(2, None)],
            "readings": [{ "ordinal": 1, "person": "a", "on": "2025-03-03", "version": 2 }] })
    );
    assert_eq!(files(&rule), ["old", "new"]);
    assert_eq!(rule.spine().state, State::Public);
    assert_eq!(HouseRule { public: false, ..rule.clone() }.spine().state, State::Internal);
    let mut repealed = rule;
    repealed.versions[1].until = Some(ON);
    assert_eq!(repealed.spine().state, State::Ended);
}

#[test]
fn a_case_of_accountability_to_its_end() {
    let case = Accountability {
        matter: matter(),
        supervision: "督1号".to_owned(),
        unit: unit("agri"),
        person: Some(account("a")),
        article: Rule("R22-43".to_owned()),
        finding: "拖延".to_owned(),
        conduct_on: Some(ON),
        opened_on: ON,
        heard: vec![Heard { on: ON, text: "申辩".to_owned() }],
        entered_on: Some(ON),
        decision: Some(Decision {
            on: ON,
            number: "云纪1号".to_owned(),
            organ: "县纪委".to_owned(),
            sanction: Sanction::ALL[1],
            text: text(),
            until: Some(ON),
        }),
        appeal: Some(Appeal {
            on: ON,
            text: "不服".to_owned(),
            decided: Some(AppealDecided {
                on: ON,
                outcome: AppealOutcome::ALL[0],
                text: "维持".to_owned(),
            }),
        }),
    };
    let decision = json!({ "number": "云纪1号", "on": "2025-03-03", "organ": "县纪委",
        "sanction": Sanction::ALL[1].word(), "until": "2025-03-03", "text": "内容" });
    let appeal = json!({ "on": "2025-03-03", "text": "不服",
        "decided": ["2025-03-03", AppealOutcome::ALL[0].word(), "维持"] });
    assert_eq!(
        seen(&case),
        json!({ "person": "a", "unit": "agri", "matter": "2025-1", "supervision": "督1号",
            "article": "R22-43", "conduct_on": "2025-03-03", "opened_on": "2025-03-03",
            "entered_on": "2025-03-03", "finding": "拖延", "decision": decision, "appeal": appeal,
            "heard": [{ "ordinal": 1, "on": "2025-03-03", "text": "申辩" }] })
    );
    let state = |change: fn(&mut Accountability)| {
        let mut one = case.clone();
        change(&mut one);
        one.spine().state
    };
    assert_eq!(state(|_| ()), State::Final);
    assert_eq!(state(|one| one.appeal.as_mut().expect("one").decided = None), State::Appealed);
    assert_eq!(state(|one| one.appeal = None), State::Decided);
    assert_eq!(state(|one| (one.appeal, one.decision) = (None, None)), State::Heard);
    let fresh = |one: &mut Accountability| {
        (one.appeal, one.decision, one.heard) = (None, None, Vec::new());
    };
    assert_eq!(state(fresh), State::Opened);
}
