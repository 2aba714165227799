//! Joint conferences (联席会议).

use super::{DutyAct, begin, change, deed, each, new, on, told, visible};
use crate::act::{Form, Kind, Name, Row};
use crate::problem::Wrong;
use casework::duty::conference::{CarriedOut, Conference, Decided, Meeting};
use casework::duty::{Entries, Noun, State};
use casework::org::UnitId;
use casework::role::Act;

/// While it is called and not held.
const CALLED: &[State] = &[State::Called];

fn units(f: &mut Form<'_>, name: Name) -> Vec<UnitId> {
    f.choices(name, Kind::Units).into_iter().map(UnitId).collect()
}

/// A conference joins at least two.
fn invited(f: &mut Form<'_>) -> Vec<UnitId> {
    let invited = units(f, Name::Invited);
    if invited.len() < 2 {
        f.wrong(Name::Invited, Wrong::Two);
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
                title: f.line(Name::Title),
                subject: f.one_of(Name::Subject, "subject"),
                on: f.date(Name::On),
                venue: f.line(Name::Venue),
                convener: f.line(Name::Convener),
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
            let matter = f.matter(Name::Matter);
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
            let held = Meeting {
                present: units(f, Name::PresentUnits),
                minutes: f.text(Name::Text),
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
                text: f.text(Name::Text),
                owner: f.unit(Name::Owner, Kind::AnyUnit),
                due_on: f.date(Name::DueOn),
                matter: f.may_matter(Name::Matter),
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
            let entry = f.number(Name::Entry);
            let carried = CarriedOut {
                on: f.date(Name::On),
                text: f.text(Name::Text),
                solved: f.yes(Name::SolvedMatter),
            };
            change(move |one: Conference, tx, context| {
                let matter = told(tx, one.matter_of(entry))?;
                Ok(one.carry_out(entry, carried.clone(), matter, context)?)
            })
        },
    },
];
