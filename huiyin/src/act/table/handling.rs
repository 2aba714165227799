//! Answering (办理): accept, investigate, extend, answer, sign, carry out.

use crate::act::{ActForm, Form, Kind, Name, Row, given};
use crate::problem::Wrong;
use casework::matter::Command;
use casework::matter::handling::{
    Accept, Commitment, DemandAnswered, ExtensionAsked, ExtensionRefused, Signed,
};
use casework::matter::inquiry::StepTaken;
use casework::matter::supervision::Executed;
use casework::petition::PetitionNumber;
use casework::role::Act;

/// The branches under which a unit itself does or answers.
const HERE: [&str; 2] = ["residual", "duty"];

/// What is promised has a day by which it is done, and a day has something to be done by it.
fn commitment(f: &mut Form<'_>) -> Option<Commitment> {
    let (what, by) = (given(f.may_line(Name::Commitment)), f.may_date(Name::DoneBy));
    match (what, by) {
        (None, None) => None,
        (Some(what), Some(by)) => Some(Commitment { what, by }),
        (None, Some(_)) => {
            f.wrong(Name::Commitment, Wrong::Missing);
            None
        }
        (Some(_), None) => {
            f.wrong(Name::DoneBy, Wrong::Missing);
            None
        }
    }
}

/// The answer to one demand.
pub(super) fn answer(f: &mut Form<'_>) -> DemandAnswered {
    DemandAnswered {
        demand: f.ordinal(Name::Demand, Kind::Demand),
        outcome: f.one_among(Name::Outcome, Kind::Outcome),
        text: f.text(Name::Text),
        basis: f.line(Name::Basis),
        commitment: commitment(f),
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
                branch: f.may_one_among(Name::Branch, Kind::List("branch", &HERE)),
                due_on: f.may_date(Name::DueOn),
                basis: f.may_line(Name::Basis),
                simple: f.yes(Name::Simple),
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
                on: f.date(Name::On),
                inquiry: f.one_of(Name::Inquiry, "inquiry"),
                petition: f.may_choice(Name::Petition, Kind::Petition).map(PetitionNumber),
                text: f.text(Name::Text),
                interpreter: f.may_line(Name::Interpreter),
                attachments: f.files(),
            })
        },
    },
    Row {
        word: "answer_demand",
        act: Act::AnswerDemand,
        rule: "R22-32",
        at: (),
        form: |f| Command::AnswerDemand(answer(f)),
    },
    Row {
        word: "ask_extension",
        act: Act::AskExtension,
        rule: "R22-34",
        at: (),
        form: |f| {
            let (days, reason) = (f.number(Name::Days), f.text(Name::Reason));
            Command::AskExtension(ExtensionAsked { days, reason })
        },
    },
    Row { word: "extend", act: Act::Extend, rule: "R22-34", at: (), form: |_| Command::Extend },
    Row {
        word: "refuse_extension",
        act: Act::RefuseExtension,
        rule: "R22-34",
        at: (),
        form: |f| Command::RefuseExtension(ExtensionRefused { reason: f.text(Name::Reason) }),
    },
    Row {
        word: "sign",
        act: Act::Sign,
        rule: "R22-32",
        at: (),
        form: |f| {
            let (number, new_facts) = (f.line(Name::Number), given(f.may_text(Name::NewFacts)));
            Command::Sign(Signed { number, new_facts, for_head: None })
        },
    },
    Row {
        word: "execute",
        act: Act::Execute,
        rule: "R22-32",
        at: (),
        form: |f| {
            Command::Execute(Executed {
                demand: f.ordinal(Name::Demand, Kind::Demand),
                on: f.date(Name::On),
                text: f.text(Name::Text),
            })
        },
    },
];
