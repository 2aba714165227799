//! Accountability (责任追究).

use super::{DutyAct, matter, read};
use crate::acts::{Kind, may, need};
use crate::problem::Problem;
use casework::duty::Noun;
use casework::duty::accountability::{Accountability, AppealOutcome, Decision, Heard, Sanction};
use casework::role::Act;
use casework::statute::Rule;

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Accountability,
        word: "open_case",
        act: Act::HoldAccountable,
        begins: true,
        when: &[],
        entries: None,
        rule: "R22-40",
        fields: &[
            need("matter", Kind::Line),
            need("supervision", Kind::Line),
            need("unit", Kind::AnyUnit),
            may("person", Kind::Account),
            need("article", Kind::Liability),
            may("conduct_on", Kind::Date),
            need("finding", Kind::Text),
        ],
        run: |w, r| {
            let (id, supervision) = (matter(r, "matter"), r.need("supervision"));
            let (unit, person) = (w.unit(r, "unit"), w.maybe_account(r, "person"));
            let (article, finding) = (Rule(r.need("article")), r.need("finding"));
            let conduct_on = r.date("conduct_on");
            // It is about officials of that unit and about nobody else.
            let directory = w.house.directory();
            let elsewhere =
                |person: &casework::org::AccountId| directory.workplace(person) != Some(&unit);
            if person.as_ref().is_some_and(elsewhere) {
                r.wrong("person", "wrong-official");
            }
            let (matter, actor) = (read(r, id)?, w.by.actor.clone());
            let case = Accountability {
                matter,
                supervision,
                unit,
                person,
                article,
                finding,
                conduct_on,
                opened_on: w.house.moment().on,
                heard: Vec::new(),
                entered_on: None,
                decision: None,
                appeal: None,
            };
            w.begin(move |tx, context| {
                let found = crate::act::find(tx, &actor, matter).map_err(|problem| {
                    if !matches!(problem, Problem::NotFound) {
                        return problem;
                    }
                    let field = crate::problem::FieldError::new("matter", "wrong-matter");
                    Problem::Invalid(vec![field])
                })?;
                Ok(case.clone().open(&found, context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Accountability,
        word: "hear",
        act: Act::HoldAccountable,
        begins: false,
        when: &["opened", "heard"],
        entries: None,
        rule: "R22-40",
        fields: &[need("on", Kind::Date), need("text", Kind::Text)],
        run: |w, r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            let on = read(r, on)?;
            let heard = Heard { on, text };
            w.change(move |one: Accountability, _, context| Ok(one.hear(heard.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Accountability,
        word: "decide_case",
        act: Act::HoldAccountable,
        begins: false,
        when: &["heard"],
        entries: None,
        rule: "R22-40",
        fields: &[
            need("on", Kind::Date),
            need("number", Kind::Line),
            need("organ_name", Kind::Line),
            need("sanction", Kind::List("sanction", &Sanction::WORDS)),
            may("until", Kind::Date),
            need("text", Kind::Text),
        ],
        run: |w, r| {
            let (on, until) = (r.need_date("on"), r.date("until"));
            let (number, organ) = (r.need("number"), r.need("organ_name"));
            let (sanction, text) = (r.word("sanction", Sanction::parse), r.need("text"));
            let (on, sanction) = read(r, on.zip(sanction))?;
            let decision = Decision { on, number, organ, sanction, text, until };
            w.change(move |one: Accountability, _, context| {
                Ok(one.decide(decision.clone(), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Accountability,
        word: "appeal",
        act: Act::Appeal,
        begins: false,
        when: &["decided"],
        entries: None,
        rule: "R22-40",
        fields: &[need("text", Kind::Text)],
        run: |w, r| {
            let text = r.need("text");
            r.done()?;
            w.change(move |one: Accountability, _, context| Ok(one.appeal(text.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Accountability,
        word: "answer_appeal",
        act: Act::HoldAccountable,
        begins: false,
        when: &["appealed"],
        entries: None,
        rule: "R22-40",
        fields: &[
            need("appeal_outcome", Kind::List("appeal-outcome", &AppealOutcome::WORDS)),
            need("text", Kind::Text),
        ],
        run: |w, r| {
            let (outcome, text) = (r.word("appeal_outcome", AppealOutcome::parse), r.need("text"));
            let outcome = read(r, outcome)?;
            w.change(move |one: Accountability, _, context| {
                Ok(one.answer_appeal((outcome, text.clone()), context)?)
            })
        },
    },
];
