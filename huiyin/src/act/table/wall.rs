//! Keeping out (回避).

use crate::act::{ActForm, Kind, Name, Row};
use casework::matter::wall::{Command, RecusalAsked, RecusalDecided};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "ask_recusal",
        act: Act::AskRecusal,
        rule: "R22-28",
        at: (),
        form: |f| {
            let asked = RecusalAsked {
                person: f.account(Name::Person, Kind::Account),
                person_unit: None,
                recusal_ground: f.one_of(Name::RecusalGround, "recusal-ground"),
                reason: f.text(Name::Reason),
            };
            Command::AskRecusal(asked).into()
        },
    },
    Row {
        word: "decide_recusal",
        act: Act::DecideRecusal,
        rule: "R22-28",
        at: (),
        form: |f| {
            let decided = RecusalDecided {
                person: f.account(Name::Person, Kind::Asked),
                granted: f.yes(Name::Granted),
                reason: f.text(Name::Reason),
            };
            Command::DecideRecusal(decided).into()
        },
    },
];
