//! Serving and concluding (送达、办结).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::notice::NoticeServed;
use casework::matter::service::{Conclude, Served, ServiceMethod};
use casework::matter::{Cause, Command};
use casework::role::Act;

pub(super) fn service(reader: &mut Reader<'_>) -> Option<Served> {
    let (method, on) = (reader.word("method", ServiceMethod::parse), reader.need_date("on"));
    let recipient = chinese::identity::mask_name(&reader.need("recipient"));
    let (proof, attachments) = (reader.need("proof"), reader.files());
    Some(Served { method: method?, on: on?, recipient, proof, attachments })
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "serve",
        act: Act::Serve,
        rule: "R22-35",
        fields: &[
            need("method", Kind::List("method", &ServiceMethod::WORDS)),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| service(r).map(Command::Serve),
    },
    ActForm {
        word: "serve_notice",
        act: Act::ServeNotice,
        rule: "R22-23",
        fields: &[
            need("notice", Kind::Notice),
            need("method", Kind::List("method", &ServiceMethod::WORDS)),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let (notice, service) = (r.number("notice"), service(r));
            Some(Command::ServeNotice(NoticeServed { notice: notice?, service: service? }))
        },
    },
    ActForm {
        word: "conclude",
        act: Act::Conclude,
        rule: "R22-32",
        fields: &[need("cause", Kind::List("cause", &Cause::WORDS))],
        parse: |r| {
            let cause = r.word("cause", Cause::parse)?;
            Some(Command::Conclude(Conclude { cause: Some(cause) }))
        },
    },
];
