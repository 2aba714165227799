//! Keeping out (回避).

use crate::acts::{ActForm, Kind, may, need};
use casework::matter::wall::{Command, RecusalAsked, RecusalDecided, RecusalGround};
use casework::org::AccountId;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "ask_recusal",
        act: Act::AskRecusal,
        rule: "R22-28",
        fields: &[
            need("person", Kind::Account),
            need("recusal_ground", Kind::List("recusal-ground", &RecusalGround::WORDS)),
            need("reason", Kind::Text),
        ],
        parse: |r| {
            let recusal_ground = r.word("recusal_ground", RecusalGround::parse);
            let (person, reason) = (AccountId(r.need("person")), r.need("reason"));
            let recusal_ground = recusal_ground?;
            Some(
                Command::AskRecusal(RecusalAsked {
                    person,
                    person_unit: None,
                    recusal_ground,
                    reason,
                })
                .into(),
            )
        },
    },
    ActForm {
        word: "decide_recusal",
        act: Act::DecideRecusal,
        rule: "R22-28",
        fields: &[
            need("person", Kind::Asked),
            may("granted", Kind::Yes),
            need("reason", Kind::Text),
        ],
        parse: |r| {
            let (person, reason) = (AccountId(r.need("person")), r.need("reason"));
            let granted = r.text("granted") == "yes";
            Some(Command::DecideRecusal(RecusalDecided { person, granted, reason }).into())
        },
    },
];
