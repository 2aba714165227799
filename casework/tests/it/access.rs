//! Every role and act on a matter, at each step, for the unit that has it, another and the office.

use crate::fixture::{Office, accept, answer, conclude, hear, refer, served, sign};
use casework::matter::{Command, Matter};
use casework::org::{AccountId, Actor, Role, UnitId};
use casework::role::{Act, Denial, Thing, allow};
use jiff::civil::date;

fn actor(role: Role, unit: &str) -> Actor {
    Actor {
        account: AccountId("a".to_owned()),
        login: "a".to_owned(),
        name: String::new(),
        unit: UnitId(unit.to_owned()),
        roles: vec![role],
    }
}

/// The acts that the role may do, in words; `unseen` where it does not even know of the matter.
fn row(role: Role, unit: &str, matter: &Matter) -> String {
    let actor = actor(role, unit);
    let allowed = |act: Act| allow(&actor, act, Thing::Matter(matter));
    if Act::ALL.into_iter().all(|act| allowed(act) == Err(Denial::Unseen)) {
        return "unseen".to_owned();
    }
    let words = Act::ALL.into_iter().filter(|act| allowed(*act).is_ok()).map(Act::word);
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_role_times_every_act_on_a_matter_at_every_step() {
    let office = Office::new();
    let day = date(2025, 3, 9);
    let whole = [
        refer("agri"),
        accept(),
        hear(jiff::civil::date(2025, 3, 5)),
        answer(1),
        answer(2),
        sign(),
        Command::Serve(served(day)),
        conclude(),
    ];
    let mut table = Vec::new();
    for (step, count) in
        [("registered", 0), ("referred", 1), ("accepted", 2), ("answered", 6), ("concluded", 8)]
    {
        let matter = office.after(whole.get(..count).expect("commands"));
        assert_eq!(matter.step.kind().word(), step);
        for (role, unit) in [
            (Role::RegistrationClerk, "office"),
            (Role::UnitHandler, "agri"),
            (Role::UnitHead, "agri"),
            (Role::UnitHead, "housing"),
            (Role::Leader, "gov"),
            (Role::Statistician, "office"),
            (Role::SystemAdministrator, "office"),
            (Role::SecurityAdministrator, "office"),
            (Role::AuditAdministrator, "office"),
        ] {
            table.push(format!("{step} {} {unit}: {}", role.word(), row(role, unit, &matter)));
        }
    }
    let golden = include_str!("access.txt");
    assert_eq!(table.join("\n"), golden.trim_end(), "\n{}", table.join("\n"));
}
