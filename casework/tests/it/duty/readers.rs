//! For whom a record exists, by the audience of its kind.

use super::{account, unit};
use casework::duty::{Noun, Spine, State};
use casework::org::{Actor, Role};
use casework::role::{Act, Thing, allow, sees, sees_visitors};
use jiff::civil::date;

fn record(person: Option<&str>, of: Option<&str>, shared: &[&str]) -> Spine {
    Spine {
        title: String::new(),
        on: date(2025, 3, 3),
        until: None,
        person: person.map(account),
        unit: of.map(unit),
        shared: shared.iter().map(|one| unit(one)).collect(),
        state: State::Planned,
        matters: Vec::new(),
    }
}

fn reader(id: &str, of: &str, role: Role) -> Actor {
    Actor { account: account(id), roles: vec![role], ..Actor::program(unit(of)) }
}

#[test]
fn a_record_exists_for_the_office_and_for_whom_it_concerns() {
    let clerk = reader("clerk", "office", Role::RegistrationClerk);
    let chief = reader("chief", "office", Role::OfficeHead);
    let leader = reader("leader", "gov", Role::Leader);
    let numbers = reader("numbers", "gov", Role::Statistician);
    let handler = reader("handler", "agri", Role::UnitHandler);
    let head = reader("head", "agri", Role::UnitHead);
    let other = reader("other", "housing", Role::UnitHandler);
    let all = [&clerk, &chief, &leader, &numbers, &handler, &head, &other];
    let see = |noun, spine: &Spine| -> Vec<&str> {
        let seeing = all.iter().filter(|actor| sees(actor, noun, spine));
        seeing.map(|actor| actor.account.0.as_str()).collect()
    };
    let office = ["clerk", "chief", "leader", "numbers"];
    // What concerns a unit: its people, those who share in it, or the person whom it binds.
    let agreement = record(None, Some("agri"), &[]);
    assert_eq!(see(Noun::Agreement, &agreement), [&office[..], &["handler", "head"]].concat());
    let shared = record(None, None, &["housing"]);
    assert_eq!(see(Noun::Conference, &shared), [&office[..], &["other"]].concat());
    let bound = record(Some("other"), None, &[]);
    assert_eq!(see(Noun::Agreement, &bound), [&office[..], &["other"]].concat());
    // R22-37: whom a leader helps, the leader alone knows.
    assert_eq!(see(Noun::SupportContact, &record(Some("leader"), None, &[])), ["leader"]);
    // R22-43: a case is known to the office's head, the official, and the head of the unit.
    let case = record(Some("handler"), Some("agri"), &[]);
    assert_eq!(see(Noun::Accountability, &case), ["chief", "handler", "head"]);
    let case = record(None, Some("agri"), &[]);
    assert_eq!(see(Noun::Accountability, &case), ["chief", "head"]);
    // R05-10: who comes, the office and the leader of the day.
    let day = record(Some("leader"), None, &["agri"]);
    let visitors: Vec<&str> = all
        .iter()
        .filter(|actor| sees_visitors(actor, &day))
        .map(|actor| actor.account.0.as_str())
        .collect();
    assert_eq!(visitors, ["clerk", "chief", "leader"]);
}

#[test]
fn a_record_is_kept_by_the_office_and_by_whom_it_binds() {
    // R22-14: and a case by nobody whom it is about.
    let kept = |actor: &Actor, act, noun, spine: &Spine| {
        allow(actor, act, Thing::Duty(noun, spine)).is_ok()
    };
    let clerk = reader("clerk", "office", Role::RegistrationClerk);
    let chief = reader("chief", "office", Role::OfficeHead);
    let leader = reader("leader", "gov", Role::Leader);
    let head = reader("head", "agri", Role::UnitHead);
    let other = reader("other", "housing", Role::UnitHead);
    let agreement = record(None, Some("agri"), &["housing"]);
    let keep = |actor| kept(actor, Act::KeepAgreement, Noun::Agreement, &agreement);
    assert_eq!(
        (keep(&clerk), keep(&other), keep(&head)),
        (true, true, false),
        "the side that judges"
    );
    let comment = |actor| kept(actor, Act::CommentAgreement, Noun::Agreement, &agreement);
    assert_eq!((comment(&head), comment(&other)), (true, false), "the side that is judged");
    let day = record(Some("leader"), None, &["agri"]);
    let keeps = |actor, noun| kept(actor, Act::KeepDuty, noun, &day);
    assert_eq!((keeps(&clerk, Noun::Reception), keeps(&leader, Noun::Reception)), (true, true));
    assert!(!keeps(&head, Noun::Reception), "whoever only shares in it keeps it not");
    assert!(keeps(&head, Noun::TaskForce), "but in a task force");
    let report = |actor| kept(actor, Act::ReportDuty, Noun::Conference, &day);
    assert_eq!((report(&clerk), report(&head), report(&other)), (true, true, false));
    let contact = record(Some("leader"), None, &[]);
    let helps = |actor| kept(actor, Act::KeepContact, Noun::SupportContact, &contact);
    let another = reader("another", "gov", Role::Leader);
    assert_eq!((helps(&leader), helps(&another)), (true, false));
    let of = |person: &str| record(Some(person), Some("agri"), &[]);
    let decides = |spine: &Spine| kept(&chief, Act::HoldAccountable, Noun::Accountability, spine);
    assert_eq!((decides(&of("head")), decides(&of("chief"))), (true, false));
    let appeals = |actor, spine: &Spine| kept(actor, Act::Appeal, Noun::Accountability, spine);
    let handler = reader("handler", "agri", Role::UnitHandler);
    assert!(appeals(&handler, &of("handler")) && !appeals(&head, &of("handler")));
    let unit = record(None, Some("agri"), &[]);
    assert!(appeals(&head, &unit) && !appeals(&handler, &unit));
    let public = reader("petitioner", "", Role::Public);
    let places = |noun| kept(&public, Act::BookPlace, noun, &day);
    assert_eq!((places(Noun::Reception), places(Noun::Publicity)), (true, false));
}
