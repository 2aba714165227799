//! Mediation and settlement (调解、和解).

use crate::act::{ActForm, Name, Row};
use casework::matter::mediation::{Command, Mediated, Settled};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "mediate",
        act: Act::Mediate,
        rule: "R22-33",
        at: (),
        form: |f| {
            let mediated = Mediated {
                on: f.date(Name::On),
                mediator: f.line(Name::Mediator),
                consent: f.yes(Name::Consent),
                text: f.text(Name::Text),
            };
            Command::Mediate(mediated).into()
        },
    },
    Row {
        word: "settle",
        act: Act::Settle,
        rule: "R22-33",
        at: (),
        form: |f| {
            let settled = Settled {
                way: f.one_of(Name::Way, "way"),
                number: f.line(Name::Number),
                on: f.date(Name::On),
                recipient: f.line(Name::Recipient),
                consent: f.yes(Name::Consent),
                text: f.text(Name::Text),
                done_by: f.date(Name::DoneBy),
                attachments: f.files(),
            };
            Command::Settle(settled).into()
        },
    },
];
