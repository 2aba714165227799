//! The leading group and terms in office (领导小组、任职).

use super::{DutyAct, bare, begin, change, new, on};
use crate::act::{Kind, Name, Row};
use casework::duty::seat::Seat;
use casework::duty::tenure::{Leave, Tenure};
use casework::duty::{Noun, State};
use casework::role::Act;

/// While a seat is held.
const HELD: &[State] = &[State::Head, State::Deputy, State::Member, State::Secretary];

pub(super) const SEATS: &[DutyAct] = &[
    Row {
        word: "take_seat",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: new(Noun::Seat),
        form: |f| {
            let seat = Seat {
                person: f.account(Name::Person, Kind::Account),
                seat: f.one_of(Name::Seat, "seat"),
                document: f.line(Name::Document),
                from: f.date(Name::From),
                until: None,
            };
            begin(move |tx, _| Ok(seat.clone().take(&bare(store::duty::all(tx)?))?))
        },
    },
    Row {
        word: "leave_seat",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Seat, HELD),
        form: |f| {
            let until = f.date(Name::Until);
            change(move |seat: Seat, _, _| Ok(seat.leave(until)?))
        },
    },
];

/// While a term lasts.
const RUNNING: &[State] = &[State::Running];

pub(super) const TERMS: &[DutyAct] = &[
    Row {
        word: "begin_term",
        act: Act::PlanDuty,
        rule: "R22-18b",
        at: new(Noun::Tenure),
        form: |f| {
            let term = Tenure {
                person: f.account(Name::Person, Kind::Account),
                unit: f.unit(Name::Unit, Kind::AnyUnit),
                grade: f.one_of(Name::Grade, "grade"),
                post: f.line(Name::PostName),
                from: f.date(Name::From),
                areas: f.places(Name::Areas),
                until: None,
                leaves: Vec::new(),
            };
            begin(move |tx, _| Ok(term.clone().begin(&bare(store::duty::all(tx)?))?))
        },
    },
    Row {
        word: "end_term",
        act: Act::PlanDuty,
        rule: "R22-18b",
        at: on(Noun::Tenure, RUNNING),
        form: |f| {
            let until = f.date(Name::Until);
            change(move |term: Tenure, _, _| Ok(term.end(until)?))
        },
    },
    Row {
        word: "take_leave",
        act: Act::PlanDuty,
        rule: "R22-18b",
        at: on(Noun::Tenure, RUNNING),
        form: |f| {
            let leave = Leave { from: f.date(Name::From), until: f.date(Name::Until) };
            change(move |term: Tenure, _, _| Ok(term.leave(leave)?))
        },
    },
    Row {
        word: "answer_for",
        act: Act::PlanDuty,
        rule: "R22-18b",
        at: on(Noun::Tenure, RUNNING),
        form: |f| {
            // Whoever answers for no place any more ends the term; an empty form empties nothing.
            let areas = f.need_places(Name::Areas);
            change(move |term: Tenure, _, _| Ok(term.answer_for(areas.clone())))
        },
    },
];
