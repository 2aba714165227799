//! Tracks and other procedures (类别、导入法定途径、转送有权机关).

use crate::act::{ActForm, Form, Kind, Name, Row};
use casework::matter::track::{
    AccusedIdentified, Command, HandedOver, Retracked, Routed, Unsealed,
};
use casework::org::{AccountId, UnitId};
use casework::role::Act;

/// The branches that lead into another procedure.
const ELSEWHERE: [&str; 4] = ["litigation", "arbitration", "party", "administrative"];

/// A unit that is accused, if it is one of the directory.
fn accused(f: &mut Form<'_>) -> Option<UnitId> {
    f.may_choice(Name::Accused, Kind::AnyUnit).map(UnitId)
}

/// Somebody who is accused, if they have an account.
fn person(f: &mut Form<'_>) -> Option<AccountId> {
    f.may_choice(Name::AccusedPerson, Kind::Account).map(AccountId)
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "route",
        act: Act::Route,
        rule: "R22-31",
        at: (),
        form: |f| {
            let routed = Routed {
                branch: f.one_among(Name::Branch, Kind::List("branch", &ELSEWHERE)),
                procedure: f.line(Name::Procedure),
                where_to: f.line(Name::WhereTo),
                basis: f.line(Name::Basis),
                within: f.line(Name::Within),
                materials: f.may_text(Name::Materials),
            };
            Command::Route(routed).into()
        },
    },
    Row {
        word: "hand_over",
        act: Act::HandOver,
        rule: "R22-22b",
        at: (),
        form: |f| {
            let over = HandedOver {
                ground: f.one_among(Name::Ground, Kind::GroundOver),
                where_to: f.line(Name::WhereTo),
                number: f.line(Name::Number),
            };
            Command::HandOver(over).into()
        },
    },
    Row {
        word: "retrack",
        act: Act::Retrack,
        rule: "R22-30",
        at: (),
        form: |f| {
            let retracked = Retracked {
                track: f.one_of(Name::Track, "track"),
                accused: accused(f),
                person: person(f),
                reason: f.text(Name::Reason),
            };
            Command::Retrack(retracked).into()
        },
    },
    Row {
        word: "identify",
        act: Act::Identify,
        rule: "R22-30",
        at: (),
        form: |f| {
            let (accused, person, reason) = (accused(f), person(f), f.text(Name::Reason));
            Command::Identify(AccusedIdentified { accused, person, reason }).into()
        },
    },
    Row {
        word: "unseal",
        act: Act::Unseal,
        rule: "R22-30",
        at: (),
        form: |f| Command::Unseal(Unsealed { reason: f.text(Name::Reason) }).into(),
    },
];
