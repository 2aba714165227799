//! Keeping out (回避).

use crate::act::{ActForm, Kind, Row};
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
                person: f.account("person", Kind::Account),
                person_unit: None,
                recusal_ground: f.one_of("recusal_ground", "recusal-ground"),
                reason: f.text("reason"),
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
                person: f.account("person", Kind::Asked),
                granted: f.yes("granted"),
                reason: f.text("reason"),
            };
            Command::DecideRecusal(decided).into()
        },
    },
];
