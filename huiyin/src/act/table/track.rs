//! Tracks and other procedures (类别、导入法定途径、转送有权机关).

use crate::act::{ActForm, Form, Kind, Row};
use casework::matter::track::{
    AccusedIdentified, Command, HandedOver, Retracked, Routed, Unsealed,
};
use casework::org::{AccountId, UnitId};
use casework::role::Act;

/// The branches that lead into another procedure.
const ELSEWHERE: [&str; 4] = ["litigation", "arbitration", "party", "administrative"];

/// A unit that is accused, if it is one of the directory.
fn accused(f: &mut Form<'_>) -> Option<UnitId> {
    f.may_choice("accused", Kind::AnyUnit).map(UnitId)
}

/// Somebody who is accused, if they have an account.
fn person(f: &mut Form<'_>) -> Option<AccountId> {
    f.may_choice("accused_person", Kind::Account).map(AccountId)
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "route",
        act: Act::Route,
        rule: "R22-31",
        at: (),
        form: |f| {
            let routed = Routed {
                branch: f.one_among("branch", Kind::List("branch", &ELSEWHERE)),
                procedure: f.line("procedure"),
                where_to: f.line("where_to"),
                basis: f.line("basis"),
                within: f.line("within"),
                materials: f.may_text("materials"),
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
                ground: f.choice("ground", Kind::GroundOver),
                where_to: f.line("where_to"),
                number: f.line("number"),
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
                track: f.one_of("track", "track"),
                accused: accused(f),
                person: person(f),
                reason: f.text("reason"),
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
            let (accused, person, reason) = (accused(f), person(f), f.text("reason"));
            Command::Identify(AccusedIdentified { accused, person, reason }).into()
        },
    },
    Row {
        word: "unseal",
        act: Act::Unseal,
        rule: "R22-30",
        at: (),
        form: |f| Command::Unseal(Unsealed { reason: f.text("reason") }).into(),
    },
];
