//! Serving and concluding (送达、办结).

use crate::act::{ActForm, Form, Kind, Name, Row};
use casework::matter::Command;
use casework::matter::notice::NoticeServed;
use casework::matter::service::{Conclude, Served};
use casework::role::Act;

/// How something was served, and the proof of it.
pub(super) fn service(f: &mut Form<'_>) -> Served {
    Served {
        method: f.one_of(Name::Method, "method"),
        on: f.date(Name::On),
        recipient: f.line(Name::Recipient),
        proof: f.line(Name::Proof),
        attachments: f.files(),
    }
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "serve",
        act: Act::Serve,
        rule: "R22-35",
        at: (),
        form: |f| Command::Serve(service(f)),
    },
    Row {
        word: "serve_notice",
        act: Act::ServeNotice,
        rule: "R22-23",
        at: (),
        form: |f| {
            let notice = f.ordinal(Name::Notice, Kind::Notice);
            Command::ServeNotice(NoticeServed { notice, service: service(f) })
        },
    },
    Row {
        word: "conclude",
        act: Act::Conclude,
        rule: "R22-32",
        at: (),
        form: |f| Command::Conclude(Conclude { cause: Some(f.one_of(Name::Cause, "cause")) }),
    },
];
