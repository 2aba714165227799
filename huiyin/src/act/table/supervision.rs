//! Supervision (督办).

use crate::act::{ActForm, Kind, Name, Row};
use casework::matter::Command;
use casework::matter::supervision::{Supervised, SupervisionAnswered, SupervisionClosed};
use casework::org::AccountId;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "supervise",
        act: Act::Supervise,
        rule: "R22-40",
        at: (),
        form: |f| {
            Command::Supervise(Supervised {
                number: f.line(Name::Number),
                form: f.one_of(Name::SupervisionForm, "supervision-form"),
                trigger: f.one_of(Name::Trigger, "trigger"),
                unit: f.unit(Name::Unit, Kind::MatterUnit),
                text: f.text(Name::Text),
                tracker: f.account(Name::Tracker, Kind::Tracker),
                members: f
                    .may_choices(Name::Group, Kind::Accounts)
                    .into_iter()
                    .map(AccountId)
                    .collect(),
            })
        },
    },
    Row {
        word: "answer_supervision",
        act: Act::AnswerSupervision,
        rule: "R22-40",
        at: (),
        form: |f| {
            let (adopted, text) = (f.yes(Name::Adopted), f.text(Name::Text));
            Command::AnswerSupervision(SupervisionAnswered { adopted, text })
        },
    },
    Row {
        word: "close_supervision",
        act: Act::CloseSupervision,
        rule: "R22-40",
        at: (),
        form: |f| Command::CloseSupervision(SupervisionClosed { finding: f.text(Name::Finding) }),
    },
];
