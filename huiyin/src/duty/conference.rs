//! Joint conferences (联席会议).

use super::{DutyAct, begin, change, deed, each, new, on, visible};
use crate::act::{Form, Kind, Row};
use crate::problem::Wrong;
use casework::duty::conference::{CarriedOut, Conference, Decided, Held};
use casework::duty::{Entries, Noun, State};
use casework::org::UnitId;
use casework::role::Act;

/// While it is called and not held.
const CALLED: &[State] = &[State::Called];

fn units(f: &mut Form<'_>, name: &'static str) -> Vec<UnitId> {
    f.choices(name, Kind::Units).into_iter().map(UnitId).collect()
}

/// A conference joins at least two.
fn invited(f: &mut Form<'_>) -> Vec<UnitId> {
    let invited = units(f, "invited");
    if invited.len() < 2 {
        f.wrong("invited", Wrong::Two);
    }
    invited
}

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "call_conference",
        act: Act::PlanDuty,
        rule: "R22-13",
        at: new(Noun::Conference),
        form: |f| {
            let conference = Conference {
                title: f.line("title"),
                subject: f.one_of("subject", "subject"),
                on: f.date("on"),
                venue: f.line("venue"),
                convener: f.line("convener"),
                invited: invited(f),
                agenda: Vec::new(),
                present: Vec::new(),
                minutes: None,
                attachments: Vec::new(),
                decisions: Vec::new(),
            };
            begin(move |_, _| Ok(conference.clone().call()?))
        },
    },
    Row {
        word: "put_on_agenda",
        act: Act::PlanDuty,
        rule: "R22-13",
        at: on(Noun::Conference, CALLED),
        form: |f| {
            let matter = f.matter("matter");
            deed(move |w| {
                let by = w.by.clone();
                w.change(move |one: Conference, tx, _| {
                    visible(tx, &by, "matter", matter)?;
                    Ok(one.put(matter)?)
                })
            })
        },
    },
    Row {
        word: "hold_conference",
        act: Act::PlanDuty,
        rule: "R22-13",
        at: on(Noun::Conference, CALLED),
        form: |f| {
            let held = Held {
                present: units(f, "present_units"),
                minutes: f.text("text"),
                attachments: f.files(),
            };
            change(move |one: Conference, _, context| Ok(one.hold(held.clone(), context)?))
        },
    },
    Row {
        word: "decide_item",
        act: Act::PlanDuty,
        rule: "R22-13",
        at: on(Noun::Conference, &[State::FollowingUp, State::Done]),
        form: |f| {
            let decided = Decided {
                text: f.text("text"),
                owner: f.unit("owner", Kind::AnyUnit),
                due_on: f.date("due_on"),
                matter: f.may_matter("matter"),
                done: None,
            };
            change(move |one: Conference, _, _| Ok(one.decide(decided.clone())?))
        },
    },
    Row {
        word: "carry_out",
        act: Act::ReportDuty,
        rule: "R22-13",
        at: each(Noun::Conference, &[State::FollowingUp], Entries::ToCarryOut),
        form: |f| {
            let entry = f.number("entry");
            let carried = CarriedOut {
                on: f.date("on"),
                text: f.text("text"),
                solved: f.yes("solved_matter"),
            };
            change(move |one: Conference, _, context| {
                Ok(one.carry_out(entry, carried.clone(), context)?)
            })
        },
    },
];
