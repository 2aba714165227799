//! Publicity (宣传).

use super::{DutyAct, read};
use crate::acts::{Kind, may, need};
use casework::duty::Noun;
use casework::duty::publicity::{Activity, Medium};
use casework::role::Act;

pub(super) const ACTS: &[DutyAct] = &[HOLD, ADD];

const ADD: DutyAct = DutyAct {
    noun: Noun::Publicity,
    word: "add_material",
    act: Act::PlanDuty,
    begins: false,
    when: &Medium::WORDS,
    entries: None,
    rule: "R22-18",
    fields: &[need("text", Kind::Text), may("files", Kind::Files)],
    run: |w, r| {
        let (text, files) = (r.need("text"), r.files());
        r.done()?;
        let added = files.clone();
        w.change(move |one: Activity, _, _| Ok(one.add(&text, added.clone())?))
    },
};

const HOLD: DutyAct = DutyAct {
    noun: Noun::Publicity,
    word: "hold_activity",
    act: Act::PlanDuty,
    begins: true,
    when: &[],
    entries: None,
    rule: "R22-18",
    fields: &[
        need("title", Kind::Line),
        need("medium", Kind::List("medium", &Medium::WORDS)),
        need("from", Kind::Date),
        need("until", Kind::Date),
        need("audience", Kind::Line),
        may("people", Kind::Number),
        may("units", Kind::Units),
        need("text", Kind::Text),
        may("files", Kind::Files),
    ],
    run: |w, r| {
        let (title, medium) = (r.need("title"), r.word("medium", Medium::parse));
        let (from, until) = (r.need_date("from"), r.need_date("until"));
        let (audience, text) = (r.need("audience"), r.need("text"));
        let people = if r.text("people").is_empty() { None } else { r.number("people") };
        let (units, attachments) = (w.units(r, "units"), r.files());
        let (medium, (from, until)) = read(r, medium.zip(from.zip(until)))?;
        let one =
            Activity { title, medium, from, until, audience, people, units, text, attachments };
        w.begin(move |_, _| Ok(one.clone().hold()?))
    },
};
