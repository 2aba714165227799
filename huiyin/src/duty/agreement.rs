//! Agreements on duties (目标责任书).

use super::{DutyAct, Work, bare, read};
use crate::acts::{Kind, Reader, may, need};
use crate::locale::Lang;
use casework::duty::Noun;
use casework::duty::agreement::{Agreement, Indicator, IndicatorKind, Measure, Signing};
use casework::org::UnitId;
use casework::role::Act;

/// The indicators that count themselves; those judged by hand are written one to a line.
const COUNTED: [&str; 6] = [
    "timely_acceptance",
    "timely_answer",
    "proof_of_service",
    "reception_kept",
    "execution",
    "supervision_answered",
];

/// The shipped text with the year and the two sides filled in.
fn template(w: &Work<'_>, year: i16, first: &UnitId, second: &UnitId) -> String {
    let directory = w.house.directory();
    let names = [
        ("year", year.to_string()),
        ("first", directory.unit(first).to_owned()),
        ("second", directory.unit(second).to_owned()),
    ];
    Lang::Hans.tx("agreement-template", &names)
}

fn indicators(r: &mut Reader<'_>, target: u32) -> Vec<Indicator> {
    let kinds: Vec<Option<IndicatorKind>> =
        r.texts("indicators").iter().map(|word| IndicatorKind::parse(word)).collect();
    if kinds.iter().any(|kind| kind.is_none_or(|kind| kind == IndicatorKind::Manual)) {
        r.wrong("indicators", "wrong-choice");
    }
    let counted = kinds.into_iter().flatten().map(|kind| (kind, String::new()));
    let manual = r.text("manual");
    let manual = manual.lines().map(str::trim).filter(|line| !line.is_empty());
    let manual = manual.map(|line| (IndicatorKind::Manual, line.to_owned()));
    let all: Vec<Indicator> = counted
        .chain(manual)
        .map(|(kind, name)| {
            let target = if kind == IndicatorKind::Manual { 100 } else { target };
            Indicator { kind, name, target, result: None }
        })
        .collect();
    if all.is_empty() {
        r.wrong("indicators", "wrong-missing");
    }
    all
}

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Agreement,
        word: "draw_up",
        act: Act::KeepAgreement,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-07",
        fields: &[
            need("year", Kind::Number),
            need("first", Kind::AnyUnit),
            need("second", Kind::AnyUnit),
            need("indicators", Kind::Lists("indicator", &COUNTED)),
            need("target", Kind::Number),
            may("manual", Kind::Text),
            may("text", Kind::Text),
        ],
        run: |w, r| {
            let year = r.number("year").and_then(|year| i16::try_from(year).ok());
            let year = year.filter(|year| (2000..=2199).contains(year));
            if year.is_none() {
                r.wrong("year", "wrong-year");
            }
            let (first, second) = (w.unit(r, "first"), w.unit(r, "second"));
            let target = r.number("target").filter(|target| *target <= 100);
            if target.is_none() {
                r.wrong("target", "wrong-number");
            }
            let directory = w.house.directory();
            let known =
                [&first, &second].into_iter().all(|unit| directory.units.contains_key(unit));
            if known && !directory.may_agree(&first, &second) {
                r.wrong("second", "wrong-party");
            }
            let indicators = indicators(r, target.unwrap_or(100));
            let text = r.text("text");
            let year = read(r, year)?;
            let text = match text.is_empty() {
                true => template(w, year, &first, &second),
                false => text,
            };
            let agreement = Agreement {
                year,
                first,
                second,
                text,
                indicators,
                signed: None,
                result: None,
                comment: None,
            };
            w.begin(move |tx, _| Ok(agreement.clone().draw_up(&bare(store::duty::all(tx)?))?))
        },
    },
    DutyAct {
        noun: Noun::Agreement,
        word: "sign_agreement",
        act: Act::KeepAgreement,
        begins: false,
        when: &["drawn_up"],
        entries: None,
        rule: "R05-07",
        fields: &[
            need("on", Kind::Date),
            need("first_signer", Kind::Line),
            need("second_signer", Kind::Line),
            may("files", Kind::Files),
        ],
        run: |w, r| {
            let on = r.need_date("on");
            let (first_signer, second_signer) = (r.need("first_signer"), r.need("second_signer"));
            let files = r.files();
            let on = read(r, on)?;
            let signing = Signing { on, first_signer, second_signer, attachments: files.clone() };
            w.change(move |one: Agreement, _, context| Ok(one.sign(signing.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Agreement,
        word: "count_indicators",
        act: Act::KeepAgreement,
        begins: false,
        when: &["signed"],
        entries: None,
        rule: "R22-39",
        fields: &[],
        run: |w, _| {
            w.change(|one: Agreement, tx, context| {
                let today = context.moment.on;
                let unit = one.second.clone();
                let mut measures = Vec::new();
                for indicator in &one.indicators {
                    let counted =
                        store::duty::measure(tx, (&unit, indicator.kind), one.year, today)?;
                    measures.push((indicator.kind, counted));
                }
                let of = |kind: IndicatorKind| {
                    let found = measures.iter().find(|(one, _)| *one == kind);
                    found.map_or_else(Measure::default, |(_, measure)| *measure)
                };
                Ok(one.count(of, context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Agreement,
        word: "judge_indicator",
        act: Act::KeepAgreement,
        begins: false,
        when: &["signed"],
        entries: Some(("indicators", |one| one["kind"] == "manual")),
        rule: "R22-39",
        fields: &[
            need("entry", Kind::Number),
            may("reached", Kind::Yes),
            need("evidence", Kind::Text),
            may("files", Kind::Files),
        ],
        run: |w, r| {
            let (entry, reached) = (r.number("entry"), r.yes("reached"));
            let (evidence, files) = (r.need("evidence"), r.files());
            let entry = read(r, entry)?;
            w.change(move |one: Agreement, _, context| {
                Ok(one.judge(entry, (reached, evidence.clone(), files.clone()), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Agreement,
        word: "conclude_agreement",
        act: Act::KeepAgreement,
        begins: false,
        when: &["signed"],
        entries: None,
        rule: "R22-39",
        fields: &[need("text", Kind::Text)],
        run: |w, r| {
            let text = r.need("text");
            r.done()?;
            w.change(move |one: Agreement, _, context| Ok(one.conclude(text.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Agreement,
        word: "comment",
        act: Act::CommentAgreement,
        begins: false,
        when: &["concluded"],
        entries: None,
        rule: "R22-39",
        fields: &[need("text", Kind::Text)],
        run: |w, r| {
            let text = r.need("text");
            r.done()?;
            w.change(move |one: Agreement, _, context| Ok(one.comment(text.clone(), context)?))
        },
    },
];
