//! Supervision (督办).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::Command;
use casework::matter::supervision::{
    Supervised, SupervisionAnswered, SupervisionClosed, SupervisionForm, Trigger,
};
use casework::org::UnitId;
use casework::role::Act;

fn supervise(reader: &mut Reader<'_>) -> Option<Command> {
    let form = reader.word("supervision_form", SupervisionForm::parse);
    let trigger = reader.word("trigger", Trigger::parse);
    let (number, text) = (reader.need("number"), reader.need("text"));
    let (unit, tracker) = (UnitId(reader.need("unit")), reader.need("tracker"));
    let (form, trigger) = (form?, trigger?);
    Some(Command::Supervise(Supervised { number, form, trigger, unit, text, tracker }))
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "supervise",
        act: Act::Supervise,
        rule: "R22-40",
        fields: &[
            need("number", Kind::Line),
            need("supervision_form", Kind::List("supervision-form", &SupervisionForm::WORDS)),
            need("trigger", Kind::List("trigger", &Trigger::WORDS)),
            need("unit", Kind::MatterUnit),
            need("text", Kind::Text),
            need("tracker", Kind::Line),
        ],
        parse: supervise,
    },
    ActForm {
        word: "answer_supervision",
        act: Act::AnswerSupervision,
        rule: "R22-40",
        fields: &[may("adopted", Kind::Yes), need("text", Kind::Text)],
        parse: |r| {
            let (adopted, text) = (r.text("adopted") == "yes", r.need("text"));
            Some(Command::AnswerSupervision(SupervisionAnswered { adopted, text }))
        },
    },
    ActForm {
        word: "close_supervision",
        act: Act::CloseSupervision,
        rule: "R22-40",
        fields: &[need("finding", Kind::Text)],
        parse: |r| {
            Some(Command::CloseSupervision(SupervisionClosed { finding: r.need("finding") }))
        },
    },
];
