//! Mediation and settlement (调解、和解).

use crate::act::{ActForm, Row};
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
                on: f.date("on"),
                mediator: f.line("mediator"),
                consent: f.yes("consent"),
                text: f.text("text"),
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
                way: f.one_of("way", "way"),
                number: f.line("number"),
                on: f.date("on"),
                recipient: chinese::identity::mask_name(&f.line("recipient")),
                consent: f.yes("consent"),
                text: f.text("text"),
                done_by: f.date("done_by"),
                attachments: f.files(),
            };
            Command::Settle(settled).into()
        },
    },
];
