//! What is urgent and what may be secret (重大紧急、涉密).

use crate::acts::{ActForm, Kind, need};
use casework::matter::secrecy::{
    Command as Secrecy, SecretCleared, SecretHandedOver, SecretSuspected,
};
use casework::matter::urgent::{Command, MarkedUrgent, UrgentReported};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "mark_urgent",
        act: Act::MarkUrgent,
        rule: "R22-25",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::MarkUrgent(MarkedUrgent { reason: r.need("reason") }).into()),
    },
    ActForm {
        word: "report_urgent",
        act: Act::ReportUrgent,
        rule: "R22-25",
        fields: &[
            need("recipients", Kind::Line),
            need("text", Kind::Text),
            need("measures", Kind::Text),
            need("contact", Kind::Line),
        ],
        parse: |r| {
            let (recipients, text) = (r.need("recipients"), r.need("text"));
            let (measures, contact) = (r.need("measures"), r.need("contact"));
            let reported = UrgentReported { recipients, text, measures, contact };
            Some(Command::ReportUrgent(reported).into())
        },
    },
    ActForm {
        word: "suspect_secret",
        act: Act::SuspectSecret,
        rule: "D-casefile",
        fields: &[need("reason", Kind::Line)],
        parse: |r| {
            Some(Secrecy::SuspectSecret(SecretSuspected { reason: r.need("reason") }).into())
        },
    },
    ActForm {
        word: "hand_over_secret",
        act: Act::HandOverSecret,
        rule: "D-casefile",
        fields: &[need("where_to", Kind::Line), need("number", Kind::Line)],
        parse: |r| {
            let (where_to, number) = (r.need("where_to"), r.need("number"));
            Some(Secrecy::HandOverSecret(SecretHandedOver { where_to, number }).into())
        },
    },
    ActForm {
        word: "clear_secret",
        act: Act::ClearSecret,
        rule: "D-casefile",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Secrecy::ClearSecret(SecretCleared { reason: r.need("reason") }).into()),
    },
];
