//! Supervision (督办).

use crate::act::{ActForm, Kind, Row};
use casework::matter::Command;
use casework::matter::supervision::{Supervised, SupervisionAnswered, SupervisionClosed};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "supervise",
        act: Act::Supervise,
        rule: "R22-40",
        at: (),
        form: |f| {
            Command::Supervise(Supervised {
                number: f.line("number"),
                form: f.one_of("supervision_form", "supervision-form"),
                trigger: f.one_of("trigger", "trigger"),
                unit: f.unit("unit", Kind::MatterUnit),
                text: f.text("text"),
                tracker: f.line("tracker"),
            })
        },
    },
    Row {
        word: "answer_supervision",
        act: Act::AnswerSupervision,
        rule: "R22-40",
        at: (),
        form: |f| {
            let (adopted, text) = (f.yes("adopted"), f.text("text"));
            Command::AnswerSupervision(SupervisionAnswered { adopted, text })
        },
    },
    Row {
        word: "close_supervision",
        act: Act::CloseSupervision,
        rule: "R22-40",
        at: (),
        form: |f| Command::CloseSupervision(SupervisionClosed { finding: f.text("finding") }),
    },
];
