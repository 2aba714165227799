//! What a reader sees of a record: what its room names for them, and nothing that only lies there.

use super::{account, unit};
use casework::duty::booking::{BookedHow, Booking, BookingState, VisitOutcome};
use casework::duty::conference::{Conference, Decided, Subject};
use casework::duty::contact::SupportContact;
use casework::duty::reception::Reception;
use casework::duty::{Entries, Eyes, Record};
use casework::matter::MatterId;
use casework::org::{Actor, Role, UnitId};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DAY: Date = date(2025, 3, 3);

fn reader(role: Role, of: &str) -> Actor {
    Actor {
        account: account("reader"),
        login: "reader".to_owned(),
        name: String::new(),
        unit: UnitId(of.to_owned()),
        roles: vec![role],
    }
}

/// The record as somebody sees it who may open these matters.
fn seen(record: &impl Record, actor: &Actor, open: &[MatterId]) -> Value {
    let open: BTreeSet<MatterId> = open.iter().copied().collect();
    serde_json::to_value(record.as_seen_by(&Eyes { actor, open: &open })).expect("serializes")
}

fn booking(ordinal: u32, owner: Option<&str>, matter: Option<MatterId>) -> Booking {
    let outcome = |owner: &str| VisitOutcome {
        text: "尽快核实".to_owned(),
        owner: unit(owner),
        due_on: DAY,
        matter,
        done: None,
    };
    Booking {
        ordinal,
        how: BookedHow::Counter,
        party: "key-of-the-name".to_owned(),
        mask: "赵*兰".to_owned(),
        sealed: "what-lies-sealed".to_owned(),
        phone_hash: "hash-of-the-phone".to_owned(),
        code_hash: "hash-of-the-code".to_owned(),
        topic: "低保".to_owned(),
        booked_on: DAY,
        state: owner.map_or(BookingState::Booked, |_| BookingState::Received),
        outcome: owner.map(outcome),
    }
}

fn day(bookings: Vec<Booking>) -> Reception {
    Reception {
        leader: account("leader"),
        on: DAY,
        hours: "9:00–11:30".to_owned(),
        venue: "接待大厅".to_owned(),
        areas: Vec::new(),
        topic: String::new(),
        places: 5,
        moved_from: None,
        published_on: Some(DAY),
        substituted: None,
        bookings,
        held_on: None,
        cancelled: None,
    }
}

#[test]
fn a_unit_sees_of_a_reception_day_only_what_it_was_given_to_do() {
    // R05-10: names and telephones are known to the office and to the leader of the day.
    let matter = MatterId::new(2025, 1);
    let day = day(vec![
        booking(1, None, None),
        booking(2, Some("agri"), Some(matter)),
        booking(3, Some("housing"), None),
    ]);
    let office = seen(&day, &reader(Role::RegistrationClerk, "office"), &[matter]);
    let ordinals = |seen: &Value| -> Vec<Option<u64>> {
        let all = seen["bookings"].as_array().into_iter().flatten();
        all.map(|one| one["ordinal"].as_u64()).collect()
    };
    assert_eq!(ordinals(&office), [Some(1), Some(2), Some(3)]);
    assert_eq!(office["bookings"][1]["outcome"]["text"], "尽快核实");
    assert_eq!(office["bookings"][1]["outcome"]["matter"], "2025-1");
    let lies = ["key-of-the-name", "what-lies-sealed", "hash-of-the-phone", "hash-of-the-code"];
    assert!(lies.iter().all(|secret| !office.to_string().contains(secret)), "{office}");
    let agri = seen(&day, &reader(Role::UnitHandler, "agri"), &[matter]);
    assert_eq!(ordinals(&agri), [Some(2)], "under the ordinal that acts name it by");
    // Of a matter that it may not open it hears nothing but that there is something to do.
    let walled = seen(&day, &reader(Role::UnitHandler, "agri"), &[]);
    let told = walled["bookings"][0].clone();
    assert_eq!(told["outcome"], json!({ "owner": "agri", "due_on": "2025-03-03" }));
    assert_eq!((&told["mask"], &told["topic"]), (&Value::Null, &Value::Null));
    assert_eq!(seen(&day, &reader(Role::UnitHandler, "water"), &[])["bookings"], Value::Null);
    let day = {
        let mut day = day;
        let called_off = booking(4, None, None);
        day.bookings.push(Booking { state: BookingState::Cancelled, ..called_off });
        day
    };
    let named = |role, open: &[MatterId]| -> Vec<u32> {
        let (actor, open) = (reader(role, "office"), open.iter().copied().collect());
        let names = day.names(&Eyes { actor: &actor, open: &open });
        names.expect("nothing stands against it").iter().map(|one| one.ordinal).collect()
    };
    assert_eq!(named(Role::RegistrationClerk, &[matter]), [1, 2, 3]);
    assert_eq!(named(Role::RegistrationClerk, &[]), [1, 3], "what a wall keeps has no name either");
    assert_eq!(named(Role::UnitHandler, &[matter]), Vec::<u32>::new());
    assert_eq!(day.entries(Entries::Expected), [1]);
    assert_eq!(day.entries(Entries::Promised), [2, 3]);
    assert_eq!(day.entries(Entries::Unsolved), Vec::<u32>::new());
}

#[test]
fn minutes_are_read_by_who_may_open_everything_they_speak_of() {
    // R22-28, R22-13.
    let (one, two) = (MatterId::new(2025, 1), MatterId::new(2025, 2));
    let decided = |matter| Decided {
        text: "限期办结".to_owned(),
        owner: unit("agri"),
        due_on: DAY,
        matter,
        done: None,
    };
    let conference = Conference {
        title: "联席会议".to_owned(),
        subject: Subject::Lawsuits,
        on: DAY,
        venue: "会议室".to_owned(),
        convener: "召集人".to_owned(),
        agenda: vec![one],
        invited: vec![unit("agri"), unit("housing")],
        present: Vec::new(),
        minutes: Some("逐件研究".to_owned()),
        attachments: Vec::new(),
        decisions: vec![decided(Some(two)), decided(None)],
    };
    assert_eq!(conference.spine().matters, [one, two], "what was decided may be off the agenda");
    let reader = reader(Role::UnitHead, "agri");
    let whole = seen(&conference, &reader, &[one, two]);
    assert_eq!(whole["minutes"], "逐件研究");
    assert_eq!(whole["decisions"][0]["text"], "限期办结");
    let part = seen(&conference, &reader, &[two]);
    assert_eq!((&part["minutes"], &part["agenda"]), (&Value::Null, &Value::Null));
    assert_eq!(part["decisions"][0]["matter"], "2025-2");
    let none = seen(&conference, &reader, &[one]);
    assert_eq!(none["minutes"], Value::Null, "the minutes speak of what was decided too");
    assert_eq!(none["decisions"][0]["text"], Value::Null);
    assert_eq!(none["decisions"][1]["text"], "限期办结", "what is about no matter is told");
    assert_eq!(conference.entries(Entries::ToCarryOut), [1, 2]);
}

#[test]
fn a_household_is_seen_under_its_mask() {
    // R22-37.
    let contact = SupportContact {
        leader: account("leader"),
        party: "key-of-the-name".to_owned(),
        mask: "卓*".to_owned(),
        sealed: "what-lies-sealed".to_owned(),
        consent: "同意书".to_owned(),
        since: DAY,
        wishes: Vec::new(),
        help: Vec::new(),
        ended: None,
    };
    let seen = seen(&contact, &reader(Role::Leader, "gov"), &[]);
    let all =
        json!({ "leader": "leader", "mask": "卓*", "since": "2025-03-03", "consent": "同意书" });
    assert_eq!(seen, all);
}
