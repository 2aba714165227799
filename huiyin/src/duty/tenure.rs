//! The leading group and terms in office (领导小组、任职).

use super::{DutyAct, bare, read};
use crate::acts::{Kind, may, need};
use casework::duty::Noun;
use casework::duty::seat::{Seat, SeatKind};
use casework::duty::tenure::{Grade, Leave, Tenure};
use casework::role::Act;

pub(super) const SEATS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Seat,
        word: "take_seat",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-05",
        fields: &[
            need("person", Kind::Account),
            need("seat", Kind::List("seat", &SeatKind::WORDS)),
            need("document", Kind::Line),
            need("from", Kind::Date),
        ],
        run: |w, r| {
            let (person, seat) = (w.account(r, "person"), r.word("seat", SeatKind::parse));
            let (document, from) = (r.need("document"), r.need_date("from"));
            let (seat, from) = read(r, seat.zip(from))?;
            let one = Seat { person, seat, document, from, until: None };
            w.begin(move |tx, _| Ok(one.clone().take(&bare(store::duty::all(tx)?))?))
        },
    },
    DutyAct {
        noun: Noun::Seat,
        word: "leave_seat",
        act: Act::PlanDuty,
        begins: false,
        when: &["head", "deputy", "member"],
        entries: None,
        rule: "R05-05",
        fields: &[need("until", Kind::Date)],
        run: |w, r| {
            let until = r.need_date("until");
            let until = read(r, until)?;
            w.change(move |seat: Seat, _, _| Ok(seat.leave(until)?))
        },
    },
];

pub(super) const TERMS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Tenure,
        word: "begin_term",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R22-18b",
        fields: &[
            need("person", Kind::Account),
            need("unit", Kind::AnyUnit),
            need("grade", Kind::List("grade", &Grade::WORDS)),
            need("post_name", Kind::Line),
            need("from", Kind::Date),
            may("areas", Kind::Places),
        ],
        run: |w, r| {
            let (person, unit) = (w.account(r, "person"), w.unit(r, "unit"));
            let (grade, post) = (r.word("grade", Grade::parse), r.need("post_name"));
            let (from, areas) = (r.need_date("from"), w.places(r, "areas"));
            let (grade, from) = read(r, grade.zip(from))?;
            let leaves = Vec::new();
            let term = Tenure { person, unit, grade, post, areas, from, until: None, leaves };
            w.begin(move |tx, _| Ok(term.clone().begin(&bare(store::duty::all(tx)?))?))
        },
    },
    DutyAct {
        noun: Noun::Tenure,
        word: "end_term",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R22-18b",
        fields: &[need("until", Kind::Date)],
        run: |w, r| {
            let until = r.need_date("until");
            let until = read(r, until)?;
            w.change(move |term: Tenure, _, _| Ok(term.end(until)?))
        },
    },
    DutyAct {
        noun: Noun::Tenure,
        word: "take_leave",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R22-18b",
        fields: &[need("from", Kind::Date), need("until", Kind::Date)],
        run: |w, r| {
            let (from, until) = (r.need_date("from"), r.need_date("until"));
            let (from, until) = read(r, from.zip(until))?;
            w.change(move |term: Tenure, _, _| Ok(term.leave(Leave { from, until })?))
        },
    },
    DutyAct {
        noun: Noun::Tenure,
        word: "answer_for",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R22-18b",
        fields: &[need("areas", Kind::Places)],
        run: |w, r| {
            let areas = w.places(r, "areas");
            // Whoever answers for no place any more ends the term; an empty form empties nothing.
            if areas.is_empty() {
                r.wrong("areas", "wrong-missing");
            }
            r.done()?;
            w.change(move |term: Tenure, _, _| Ok(term.answer_for(areas.clone())))
        },
    },
];
