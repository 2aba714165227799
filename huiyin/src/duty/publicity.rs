//! Publicity (宣传).

use super::{DutyAct, begin, change, new, on};
use crate::act::{Kind, Row};
use casework::duty::publicity::Activity;
use casework::duty::{Noun, State};
use casework::org::UnitId;
use casework::role::Act;

/// Whatever its form.
const ANY: &[State] = &[
    State::Notice,
    State::BoardContest,
    State::Television,
    State::Training,
    State::Counselling,
    State::Other,
];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "hold_activity",
        act: Act::PlanDuty,
        rule: "R22-18",
        at: new(Noun::Publicity),
        form: |f| {
            let one = Activity {
                title: f.line("title"),
                medium: f.one_of("medium", "medium"),
                from: f.date("from"),
                until: f.date("until"),
                audience: f.line("audience"),
                people: f.may_number("people"),
                units: f.may_choices("units", Kind::Units).into_iter().map(UnitId).collect(),
                text: f.text("text"),
                attachments: f.files(),
            };
            begin(move |_, _| Ok(one.clone().hold()?))
        },
    },
    Row {
        word: "add_material",
        act: Act::PlanDuty,
        rule: "R22-18",
        at: on(Noun::Publicity, ANY),
        form: |f| {
            let (text, files) = (f.text("text"), f.files());
            change(move |one: Activity, _, _| Ok(one.add(&text, files.clone())?))
        },
    },
];
