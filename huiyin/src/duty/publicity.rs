//! Publicity (宣传).

use super::{DutyAct, begin, change, new, on};
use crate::act::{Kind, Name, Row};
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
                title: f.line(Name::Title),
                medium: f.one_of(Name::Medium, "medium"),
                from: f.date(Name::From),
                until: f.date(Name::Until),
                audience: f.line(Name::Audience),
                people: f.may_number(Name::People),
                units: f.may_choices(Name::Units, Kind::Units).into_iter().map(UnitId).collect(),
                text: f.text(Name::Text),
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
            let (text, files) = (f.text(Name::Text), f.files());
            change(move |one: Activity, _, _| Ok(one.add(&text, files.clone())?))
        },
    },
];
