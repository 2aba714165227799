//! Answering (办理): accept, investigate, extend, answer, sign, carry out.

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::Command;
use casework::matter::handling::{
    Accept, Commitment, DemandAnswered, ExtensionAsked, ExtensionRefused, Outcome, Signed,
    StepTaken,
};
use casework::matter::supervision::Executed;
use casework::matter::track::Branch;
use casework::role::Act;

/// The branches under which a unit itself does or answers.
const HERE: [&str; 2] = ["residual", "duty"];

fn answer(reader: &mut Reader<'_>) -> Option<Command> {
    let what = reader.text("commitment");
    let by = reader.date("done_by");
    let commitment = match (what.is_empty(), by) {
        (true, None) => None,
        (false, Some(by)) => Some(Commitment { what, by }),
        (true, Some(_)) => {
            reader.wrong("commitment", "wrong-missing");
            None
        }
        (false, None) => {
            reader.wrong("done_by", "wrong-missing");
            None
        }
    };
    let (demand, outcome) = (reader.number("demand"), reader.word("outcome", Outcome::parse));
    let (text, basis) = (reader.need("text"), reader.need("basis"));
    Some(Command::AnswerDemand(DemandAnswered {
        demand: demand?,
        outcome: outcome?,
        text,
        basis,
        commitment,
    }))
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "accept",
        act: Act::Accept,
        rule: "R22-23c",
        fields: &[
            may("branch", Kind::List("branch", &HERE)),
            may("due_on", Kind::Date),
            may("basis", Kind::Line),
            may("simple", Kind::Yes),
        ],
        parse: |r| {
            let branch = match r.text("branch").is_empty() {
                true => None,
                false => Some(r.word("branch", Branch::parse)?),
            };
            let (due_on, basis) = (r.date("due_on"), r.text("basis"));
            let simple = r.text("simple") == "yes";
            Some(Command::Accept(Accept { branch, due_on, basis, simple }))
        },
    },
    ActForm {
        word: "take_step",
        act: Act::TakeStep,
        rule: "R22-31",
        fields: &[
            need("on", Kind::Date),
            need("text", Kind::Text),
            may("interpreter", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            let (interpreter, attachments) = (r.text("interpreter"), r.files());
            Some(Command::TakeStep(StepTaken { on: on?, text, interpreter, attachments }))
        },
    },
    ActForm {
        word: "answer_demand",
        act: Act::AnswerDemand,
        rule: "R22-32",
        fields: &[
            need("demand", Kind::Demand),
            need("outcome", Kind::Outcome),
            need("text", Kind::Text),
            need("basis", Kind::Line),
            may("commitment", Kind::Line),
            may("done_by", Kind::Date),
        ],
        parse: answer,
    },
    ActForm {
        word: "ask_extension",
        act: Act::AskExtension,
        rule: "R22-34",
        fields: &[need("days", Kind::Number), need("reason", Kind::Text)],
        parse: |r| {
            let (days, reason) = (r.number("days"), r.need("reason"));
            Some(Command::AskExtension(ExtensionAsked { days: days?, reason }))
        },
    },
    ActForm {
        word: "extend",
        act: Act::Extend,
        rule: "R22-34",
        fields: &[],
        parse: |_| Some(Command::Extend),
    },
    ActForm {
        word: "refuse_extension",
        act: Act::RefuseExtension,
        rule: "R22-34",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::RefuseExtension(ExtensionRefused { reason: r.need("reason") })),
    },
    ActForm {
        word: "sign",
        act: Act::Sign,
        rule: "R22-32",
        fields: &[need("number", Kind::Line), may("new_facts", Kind::Text)],
        parse: |r| {
            let new_facts = Some(r.text("new_facts")).filter(|text| !text.is_empty());
            Some(Command::Sign(Signed { number: r.need("number"), new_facts }))
        },
    },
    ActForm {
        word: "execute",
        act: Act::Execute,
        rule: "R22-32",
        fields: &[need("demand", Kind::Demand), need("on", Kind::Date), need("text", Kind::Text)],
        parse: |r| {
            let (demand, on, text) = (r.number("demand"), r.need_date("on"), r.need("text"));
            Some(Command::Execute(Executed { demand: demand?, on: on?, text }))
        },
    },
];
