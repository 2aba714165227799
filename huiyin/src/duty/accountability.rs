//! Accountability (责任追究).

use super::{DutyAct, change, deed, new, on, visible};
use crate::act::{Form, Kind, Name, Row};
use crate::problem::Wrong;
use casework::duty::accountability::{Accountability, Decision, Heard};
use casework::duty::{Noun, State};
use casework::org::{AccountId, UnitId};
use casework::role::Act;
use casework::statute::Rule;

/// Who answers for it, if it is one person: it is about officials of that unit and about nobody else.
fn official(f: &mut Form<'_>, unit: &UnitId) -> Option<AccountId> {
    let person = f.may_choice(Name::Person, Kind::Account).map(AccountId);
    let elsewhere = |person: &AccountId| f.directory().workplace(person) != Some(unit);
    if person.as_ref().is_some_and(elsewhere) {
        f.wrong(Name::Person, Wrong::Official);
    }
    person
}

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "open_case",
        act: Act::HoldAccountable,
        rule: "R22-40",
        at: new(Noun::Accountability),
        form: |f| {
            let (matter, supervision) = (f.matter(Name::Matter), f.line(Name::Supervision));
            let unit = f.unit(Name::Unit, Kind::AnyUnit);
            let person = official(f, &unit);
            let article = Rule(f.choice(Name::Article, Kind::Liability));
            let (conduct_on, finding) = (f.may_date(Name::ConductOn), f.text(Name::Finding));
            deed(move |w| {
                let by = w.by.clone();
                let case = Accountability {
                    matter,
                    supervision,
                    unit,
                    person,
                    article,
                    finding,
                    conduct_on,
                    opened_on: w.by.moment.on,
                    heard: Vec::new(),
                    entered_on: None,
                    decision: None,
                    appeal: None,
                };
                w.begin(move |tx, context| {
                    let found = visible(tx, &by, "matter", matter)?;
                    Ok(case.clone().open(&found, context)?)
                })
            })
        },
    },
    Row {
        word: "hear",
        act: Act::HoldAccountable,
        rule: "R22-40",
        at: on(Noun::Accountability, &[State::Opened, State::Heard]),
        form: |f| {
            let heard = Heard { on: f.date(Name::On), text: f.text(Name::Text) };
            change(move |one: Accountability, _, context| Ok(one.hear(heard.clone(), context)?))
        },
    },
    Row {
        word: "decide_case",
        act: Act::HoldAccountable,
        rule: "R22-40",
        at: on(Noun::Accountability, &[State::Heard]),
        form: |f| {
            let decision = Decision {
                on: f.date(Name::On),
                number: f.line(Name::Number),
                organ: f.line(Name::OrganName),
                sanction: f.one_of(Name::Sanction, "sanction"),
                until: f.may_date(Name::Until),
                text: f.text(Name::Text),
            };
            change(
                move |one: Accountability, _, context| Ok(one.decide(decision.clone(), context)?),
            )
        },
    },
    Row {
        word: "appeal",
        act: Act::Appeal,
        rule: "R22-40",
        at: on(Noun::Accountability, &[State::Decided]),
        form: |f| {
            let text = f.text(Name::Text);
            change(move |one: Accountability, _, context| Ok(one.appeal(text.clone(), context)?))
        },
    },
    Row {
        word: "answer_appeal",
        act: Act::HoldAccountable,
        rule: "R22-40",
        at: on(Noun::Accountability, &[State::Appealed]),
        form: |f| {
            let (outcome, text) =
                (f.one_of(Name::AppealOutcome, "appeal-outcome"), f.text(Name::Text));
            change(move |one: Accountability, _, context| {
                Ok(one.answer_appeal(outcome, text.clone(), context)?)
            })
        },
    },
];
