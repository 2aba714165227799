//! Agreements on duties (目标责任书).

use super::record::counted;
use super::{DutyAct, Work, bare, change, deed, each, new, on};
use crate::act::{Form, Kind, Name, Row, given};
use crate::locale::Lang;
use crate::parameters::YEARS;
use crate::problem::Wrong;
use casework::duty::agreement::{Agreement, Indicator, IndicatorKind, Judgement, Signing};
use casework::duty::{Entries, Noun, State};
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
fn template(w: &Work<'_>, agreement: &Agreement) -> String {
    let directory = w.house.directory();
    let names = [
        ("year", agreement.year.to_string()),
        ("first", directory.unit(&agreement.first).to_owned()),
        ("second", directory.unit(&agreement.second).to_owned()),
    ];
    Lang::Hans.tx("agreement-template", &names)
}

fn year(f: &mut Form<'_>) -> i16 {
    let year = i16::try_from(f.number(Name::Year)).unwrap_or_default();
    if !YEARS.contains(&year) {
        f.wrong(Name::Year, Wrong::Year);
    }
    year
}

/// The second side of an agreement with the first.
fn second(f: &mut Form<'_>, first: &UnitId) -> UnitId {
    let second = f.unit(Name::Second, Kind::AnyUnit);
    let units = &f.directory().units;
    // Of a side that is none its own field speaks.
    let known = [first, &second].into_iter().all(|side| units.contains_key(side.0.as_str()));
    if known && !f.directory().may_agree(first, &second) {
        f.wrong(Name::Second, Wrong::Party);
    }
    second
}

fn target(f: &mut Form<'_>) -> u32 {
    let target = f.number(Name::Target);
    if target > 100 {
        f.wrong(Name::Target, Wrong::Number);
    }
    target
}

fn indicators(f: &mut Form<'_>) -> Vec<Indicator> {
    let counted: Vec<IndicatorKind> =
        f.some_of(Name::Indicators, Kind::Lists("indicator", &COUNTED));
    let (target, manual) = (target(f), f.may_text(Name::Manual));
    let counted = counted.into_iter().map(|kind| (kind, String::new(), target));
    let manual = manual.lines().map(str::trim).filter(|line| !line.is_empty());
    let manual = manual.map(|line| (IndicatorKind::Manual, line.to_owned(), 100));
    let all: Vec<Indicator> = counted
        .chain(manual)
        .map(|(kind, name, target)| Indicator { kind, name, target, result: None })
        .collect();
    if all.is_empty() {
        f.wrong(Name::Indicators, Wrong::Missing);
    }
    all
}

/// While it runs.
const SIGNED: &[State] = &[State::Signed];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "draw_up",
        act: Act::KeepAgreement,
        rule: "R05-07",
        at: new(Noun::Agreement),
        form: |f| {
            let (year, first) = (year(f), f.unit(Name::First, Kind::AnyUnit));
            let agreement = Agreement {
                year,
                second: second(f, &first),
                first,
                indicators: indicators(f),
                text: String::new(),
                signed: None,
                result: None,
                comment: None,
            };
            let text = given(f.may_text(Name::Text));
            deed(move |w| {
                let text = text.unwrap_or_else(|| template(w, &agreement));
                let drawn = Agreement { text, ..agreement };
                w.begin(move |tx, _| Ok(drawn.clone().draw_up(&bare(store::duty::all(tx)?))?))
            })
        },
    },
    Row {
        word: "sign_agreement",
        act: Act::KeepAgreement,
        rule: "R05-07",
        at: on(Noun::Agreement, &[State::DrawnUp]),
        form: |f| {
            let signing = Signing {
                on: f.date(Name::On),
                first_signer: f.line(Name::FirstSigner),
                second_signer: f.line(Name::SecondSigner),
                attachments: f.files(),
            };
            change(move |one: Agreement, _, context| Ok(one.sign(signing.clone(), context)?))
        },
    },
    Row {
        word: "judge_indicator",
        act: Act::KeepAgreement,
        rule: "R22-39",
        at: each(Noun::Agreement, SIGNED, Entries::ToJudge),
        form: |f| {
            let entry = f.number(Name::Entry);
            let judgement = Judgement {
                reached: f.yes(Name::Reached),
                evidence: f.text(Name::Evidence),
                attachments: f.files(),
            };
            change(move |one: Agreement, _, context| {
                Ok(one.judge(entry, judgement.clone(), context)?)
            })
        },
    },
    Row {
        word: "conclude_agreement",
        act: Act::KeepAgreement,
        rule: "R22-39",
        at: on(Noun::Agreement, SIGNED),
        form: |f| {
            let text = f.text(Name::Text);
            change(move |one: Agreement, tx, context| {
                let counted = counted(tx, one, context.moment.on)?;
                Ok(counted.conclude(text.clone(), context)?)
            })
        },
    },
    Row {
        word: "comment",
        act: Act::CommentAgreement,
        rule: "R22-39",
        at: on(Noun::Agreement, &[State::Concluded]),
        form: |f| {
            let text = f.text(Name::Text);
            change(move |one: Agreement, _, context| Ok(one.comment(text.clone(), context)?))
        },
    },
];
