//! Task forces (工作组).

use super::{DutyAct, matter, read, visible};
use crate::acts::{Kind, may, need};
use casework::duty::Noun;
use casework::duty::task_force::{Log, Member, TaskForce};
use casework::role::Act;

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::TaskForce,
        word: "set_up_force",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-05",
        fields: &[
            need("name", Kind::Line),
            need("purpose", Kind::Text),
            need("areas", Kind::Places),
            need("from", Kind::Date),
            need("until", Kind::Date),
        ],
        run: |w, r| {
            let (name, purpose, areas) = (r.need("name"), r.need("purpose"), w.places(r, "areas"));
            if areas.is_empty() {
                r.wrong("areas", "wrong-missing");
            }
            let (from, until) = (r.need_date("from"), r.need_date("until"));
            let (from, until) = read(r, from.zip(until))?;
            let force = TaskForce {
                name,
                purpose,
                areas,
                from,
                until,
                members: Vec::new(),
                log: Vec::new(),
                matters: Vec::new(),
                dissolved: None,
            };
            w.begin(move |_, _| Ok(force.clone().set_up()?))
        },
    },
    DutyAct {
        noun: Noun::TaskForce,
        word: "join_force",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R05-05",
        fields: &[
            need("name", Kind::Line),
            need("unit", Kind::AnyUnit),
            may("account", Kind::Account),
            need("from", Kind::Date),
        ],
        run: |w, r| {
            let (name, unit) = (r.need("name"), w.unit(r, "unit"));
            let (account, from) = (w.maybe_account(r, "account"), r.need_date("from"));
            let from = read(r, from)?;
            let member = Member { name, account, unit, from, until: None };
            w.change(move |force: TaskForce, _, _| Ok(force.join(member.clone())?))
        },
    },
    DutyAct {
        noun: Noun::TaskForce,
        word: "part_force",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: Some(("members", |one| one["until"].is_null())),
        rule: "R05-05",
        fields: &[need("entry", Kind::Number), need("until", Kind::Date)],
        run: |w, r| {
            let (entry, until) = (r.number("entry"), r.need_date("until"));
            let (entry, until) = read(r, entry.zip(until))?;
            w.change(move |force: TaskForce, _, _| Ok(force.part(entry, until)?))
        },
    },
    DutyAct {
        noun: Noun::TaskForce,
        word: "note_day",
        act: Act::KeepDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R05-05",
        fields: &[
            need("on", Kind::Date),
            need("text", Kind::Text),
            need("found", Kind::Number),
            need("solved", Kind::Number),
        ],
        run: |w, r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            let (found, solved) = (r.number("found"), r.number("solved"));
            let (on, (found, solved)) = read(r, on.zip(found.zip(solved)))?;
            let log = Log { on, text, found, solved };
            w.change(move |force: TaskForce, _, context| Ok(force.note(log.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::TaskForce,
        word: "take_up",
        act: Act::KeepDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R05-05",
        fields: &[need("matter", Kind::Line)],
        run: |w, r| {
            let id = matter(r, "matter");
            let (id, by) = (read(r, id)?, w.by.clone());
            w.change(move |force: TaskForce, tx, _| {
                visible(tx, &by, "matter", id)?;
                Ok(force.take_up(id)?)
            })
        },
    },
    DutyAct {
        noun: Noun::TaskForce,
        word: "dissolve_force",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R05-05",
        fields: &[need("text", Kind::Text)],
        run: |w, r| {
            let text = r.need("text");
            r.done()?;
            w.change(move |force: TaskForce, _, context| Ok(force.dissolve(text.clone(), context)?))
        },
    },
];
