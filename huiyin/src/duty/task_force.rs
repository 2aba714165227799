//! Task forces (工作组).

use super::heard::{Heard, Named, named};
use super::{DutyAct, DutyDeed, begin, change, deed, each, new, on, told, visible};
use crate::act::{Form, Kind, Name, Row};
use casework::duty::finding::{Finding, Solution};
use casework::duty::task_force::{Log, Member, TaskForce};
use casework::duty::{Entries, Noun, State};
use casework::org::AccountId;
use casework::role::Act;

/// Notes a problem that somebody of it found on a day; with a name it becomes a petition in the same step.
fn find_in_area(f: &mut Form<'_>) -> DutyDeed {
    let (on, place, problem) = (f.date(Name::On), f.place(Name::Place), named(f));
    let noted = move |text: String, matter| Finding { text, on: Some(on), matter, solved: None };
    match problem {
        Named::Nobody(text) => change(move |force: TaskForce, _, context| {
            Ok(force.find(noted(text.clone(), None), context)?)
        }),
        Named::Somebody(heard) => deed(move |w| {
            let demand = heard.demand.clone();
            let draft = heard.draft(w.house, None, place.clone())?;
            w.change_and_register(draft, move |force: TaskForce, matter, context| {
                Ok(force.find(noted(demand.clone(), Some(matter)), context)?)
            })
        }),
    }
}

/// Makes a petition of a problem that was noted before.
fn petition_find(f: &mut Form<'_>) -> DutyDeed {
    let (entry, place, heard) = (f.number(Name::Entry), f.place(Name::Place), Heard::read(f));
    deed(move |w| {
        let draft = heard.draft(w.house, None, place.clone())?;
        w.change_and_register(draft, move |force: TaskForce, matter, _| {
            Ok(force.register(entry, matter)?)
        })
    })
}

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
                problems: Vec::new(),
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
            let log = Log { on: f.date(Name::On), text: f.text(Name::Text) };
            change(move |force: TaskForce, _, context| Ok(force.note(log.clone(), context)?))
        },
    },
    Row {
        word: "find_in_area",
        act: Act::KeepDuty,
        rule: "R05-05",
        at: on(Noun::TaskForce, RUNNING),
        form: find_in_area,
    },
    Row {
        word: "petition_find",
        act: Act::KeepDuty,
        rule: "R05-05",
        at: each(Noun::TaskForce, RUNNING, Entries::Unregistered),
        form: petition_find,
    },
    Row {
        word: "solve_find",
        act: Act::KeepDuty,
        rule: "R05-05",
        at: each(Noun::TaskForce, &[State::Running, State::Ended], Entries::Unsolved),
        form: |f| {
            let (entry, on, text) = (f.number(Name::Entry), f.date(Name::On), f.text(Name::Text));
            change(move |force: TaskForce, tx, context| {
                let matter = told(tx, force.matter_of(entry))?;
                let solution = Solution { on, text: text.clone(), matter };
                Ok(force.solve(entry, solution, context)?)
            })
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
