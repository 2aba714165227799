//! Answering (办理): accept, investigate, extend, answer, sign, carry out.

use crate::act::{ActForm, Form, Kind, Row, given};
use crate::problem::Wrong;
use casework::matter::Command;
use casework::matter::handling::{
    Accept, Commitment, DemandAnswered, ExtensionAsked, ExtensionRefused, Signed, StepTaken,
};
use casework::matter::supervision::Executed;
use casework::role::Act;

/// The branches under which a unit itself does or answers.
const HERE: [&str; 2] = ["residual", "duty"];

/// What is promised has a day by which it is done, and a day has something to be done by it.
fn commitment(f: &mut Form<'_>) -> Option<Commitment> {
    let (what, by) = (given(f.may_line("commitment")), f.may_date("done_by"));
    match (what, by) {
        (None, None) => None,
        (Some(what), Some(by)) => Some(Commitment { what, by }),
        (None, Some(_)) => {
            f.wrong("commitment", Wrong::Missing);
            None
        }
        (Some(_), None) => {
            f.wrong("done_by", Wrong::Missing);
            None
        }
    }
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "accept",
        act: Act::Accept,
        rule: "R22-23c",
        at: (),
        form: |f| {
            Command::Accept(Accept {
                branch: f.may_one_among("branch", Kind::List("branch", &HERE)),
                due_on: f.may_date("due_on"),
                basis: f.may_line("basis"),
                simple: f.yes("simple"),
            })
        },
    },
    Row {
        word: "take_step",
        act: Act::TakeStep,
        rule: "R22-31",
        at: (),
        form: |f| {
            Command::TakeStep(StepTaken {
                on: f.date("on"),
                text: f.text("text"),
                interpreter: f.may_line("interpreter"),
                attachments: f.files(),
            })
        },
    },
    Row {
        word: "answer_demand",
        act: Act::AnswerDemand,
        rule: "R22-32",
        at: (),
        form: |f| {
            Command::AnswerDemand(DemandAnswered {
                demand: f.ordinal("demand", Kind::Demand),
                outcome: f.one_among("outcome", Kind::Outcome),
                text: f.text("text"),
                basis: f.line("basis"),
                commitment: commitment(f),
            })
        },
    },
    Row {
        word: "ask_extension",
        act: Act::AskExtension,
        rule: "R22-34",
        at: (),
        form: |f| {
            let (days, reason) = (f.number("days"), f.text("reason"));
            Command::AskExtension(ExtensionAsked { days, reason })
        },
    },
    Row { word: "extend", act: Act::Extend, rule: "R22-34", at: (), form: |_| Command::Extend },
    Row {
        word: "refuse_extension",
        act: Act::RefuseExtension,
        rule: "R22-34",
        at: (),
        form: |f| Command::RefuseExtension(ExtensionRefused { reason: f.text("reason") }),
    },
    Row {
        word: "sign",
        act: Act::Sign,
        rule: "R22-32",
        at: (),
        form: |f| {
            let (number, new_facts) = (f.line("number"), given(f.may_text("new_facts")));
            Command::Sign(Signed { number, new_facts })
        },
    },
    Row {
        word: "execute",
        act: Act::Execute,
        rule: "R22-32",
        at: (),
        form: |f| {
            Command::Execute(Executed {
                demand: f.ordinal("demand", Kind::Demand),
                on: f.date("on"),
                text: f.text("text"),
            })
        },
    },
];
