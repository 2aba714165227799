//! Task forces (工作组).

use super::{DutyAct, begin, change, deed, each, new, on, visible};
use crate::act::{Kind, Name, Row};
use casework::duty::task_force::{Log, Member, TaskForce};
use casework::duty::{Entries, Noun, State};
use casework::org::AccountId;
use casework::role::Act;

/// While it works.
const RUNNING: &[State] = &[State::Running];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "set_up_force",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: new(Noun::TaskForce),
        form: |f| {
            let force = TaskForce {
                name: f.line(Name::Name),
                purpose: f.text(Name::Purpose),
                areas: f.need_places(Name::Areas),
                from: f.date(Name::From),
                until: f.date(Name::Until),
                members: Vec::new(),
                log: Vec::new(),
                matters: Vec::new(),
                dissolved: None,
            };
            begin(move |_, _| Ok(force.clone().set_up()?))
        },
    },
    Row {
        word: "join_force",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::TaskForce, RUNNING),
        form: |f| {
            let member = Member {
                name: f.line(Name::Name),
                unit: f.unit(Name::Unit, Kind::AnyUnit),
                account: f.may_choice(Name::Account, Kind::Account).map(AccountId),
                from: f.date(Name::From),
                until: None,
            };
            change(move |force: TaskForce, _, _| Ok(force.join(member.clone())?))
        },
    },
    Row {
        word: "part_force",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: each(Noun::TaskForce, RUNNING, Entries::Serving),
        form: |f| {
            let (entry, until) = (f.number(Name::Entry), f.date(Name::Until));
            change(move |force: TaskForce, _, _| Ok(force.part(entry, until)?))
        },
    },
    Row {
        word: "note_day",
        act: Act::KeepDuty,
        rule: "R05-05",
        at: on(Noun::TaskForce, RUNNING),
        form: |f| {
            let log = Log {
                on: f.date(Name::On),
                text: f.text(Name::Text),
                found: f.number(Name::Found),
                solved: f.number(Name::Solved),
            };
            change(move |force: TaskForce, _, context| Ok(force.note(log.clone(), context)?))
        },
    },
    Row {
        word: "take_up",
        act: Act::KeepDuty,
        rule: "R05-05",
        at: on(Noun::TaskForce, RUNNING),
        form: |f| {
            let matter = f.matter(Name::Matter);
            deed(move |w| {
                let by = w.by.clone();
                w.change(move |force: TaskForce, tx, _| {
                    visible(tx, &by, "matter", matter)?;
                    Ok(force.take_up(matter)?)
                })
            })
        },
    },
    Row {
        word: "dissolve_force",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::TaskForce, RUNNING),
        form: |f| {
            let text = f.text(Name::Text);
            change(move |force: TaskForce, _, context| Ok(force.dissolve(text.clone(), context)?))
        },
    },
];
