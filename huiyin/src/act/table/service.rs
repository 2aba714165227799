//! Serving and concluding (送达、办结).

use crate::act::{ActForm, Form, Kind, Name, Row};
use casework::matter::Command;
use casework::matter::notice::NoticeServed;
use casework::matter::service::{Conclude, Served};
use casework::role::Act;

/// How something was served, and the proof of it.
pub(super) fn service(f: &mut Form<'_>) -> Served {
    let (method, on) = (f.one_of(Name::Method, "method"), f.date(Name::On));
    let (recipient, proof) = (f.line(Name::Recipient), f.line(Name::Proof));
    let (consent, published_on) = (f.yes(Name::ElectronicConsent), f.may_date(Name::PublishedOn));
    let attachments = f.files();
    Served { consent, published_on, attachments, ..Served::by(method, on, recipient, proof) }
}

/// The same, for what each petitioner gets for themselves.
pub(super) fn served_to(f: &mut Form<'_>) -> Served {
    let to = f.may_choices(Name::ServedTo, Kind::ToBeServed);
    Served { to, ..service(f) }
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "serve",
        act: Act::Serve,
        rule: "R22-35",
        at: (),
        form: |f| Command::Serve(served_to(f)),
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
