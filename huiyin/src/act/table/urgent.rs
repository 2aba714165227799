//! What is urgent and what may be secret (重大紧急、涉密).

use crate::act::{ActForm, Name, Row};
use casework::matter::secrecy::{
    Command as Secrecy, SecretCleared, SecretHandedOver, SecretSuspected,
};
use casework::matter::urgent::{Command, MarkedUrgent, UrgentReported};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "mark_urgent",
        act: Act::MarkUrgent,
        rule: "R22-25",
        at: (),
        form: |f| Command::MarkUrgent(MarkedUrgent { reason: f.text(Name::Reason) }).into(),
    },
    Row {
        word: "report_urgent",
        act: Act::ReportUrgent,
        rule: "R22-25",
        at: (),
        form: |f| {
            let reported = UrgentReported {
                recipients: f.line(Name::Recipients),
                text: f.text(Name::Text),
                measures: f.text(Name::Measures),
                contact: f.line(Name::Contact),
            };
            Command::ReportUrgent(reported).into()
        },
    },
    Row {
        word: "suspect_secret",
        act: Act::SuspectSecret,
        rule: "D-casefile",
        at: (),
        form: |f| Secrecy::SuspectSecret(SecretSuspected { reason: f.line(Name::Reason) }).into(),
    },
    Row {
        word: "hand_over_secret",
        act: Act::HandOverSecret,
        rule: "D-casefile",
        at: (),
        form: |f| {
            let (where_to, number) = (f.line(Name::WhereTo), f.line(Name::Number));
            Secrecy::HandOverSecret(SecretHandedOver { where_to, number }).into()
        },
    },
    Row {
        word: "clear_secret",
        act: Act::ClearSecret,
        rule: "D-casefile",
        at: (),
        form: |f| Secrecy::ClearSecret(SecretCleared { reason: f.text(Name::Reason) }).into(),
    },
];
