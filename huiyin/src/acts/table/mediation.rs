//! Mediation and settlement (调解、和解).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::mediation::{Command, Mediated, Settled, Way};
use casework::role::Act;

fn settle(r: &mut Reader<'_>) -> Option<casework::matter::Command> {
    let (way, on) = (r.word("way", Way::parse), r.need_date("on"));
    let (number, text, done_by) = (r.need("number"), r.need("text"), r.need_date("done_by"));
    let recipient = chinese::identity::mask_name(&r.need("recipient"));
    let (consent, attachments) = (r.text("consent") == "yes", r.files());
    let (way, on, done_by) = (way?, on?, done_by?);
    let settled = Settled { way, number, on, recipient, consent, text, done_by, attachments };
    Some(Command::Settle(settled).into())
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "mediate",
        act: Act::Mediate,
        rule: "R22-33",
        fields: &[
            need("on", Kind::Date),
            need("mediator", Kind::Line),
            may("consent", Kind::Yes),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let (on, mediator, text) = (r.need_date("on"), r.need("mediator"), r.need("text"));
            let consent = r.text("consent") == "yes";
            Some(Command::Mediate(Mediated { on: on?, mediator, consent, text }).into())
        },
    },
    ActForm {
        word: "settle",
        act: Act::Settle,
        rule: "R22-33",
        fields: &[
            need("way", Kind::List("way", &Way::WORDS)),
            need("number", Kind::Line),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            may("consent", Kind::Yes),
            need("text", Kind::Text),
            need("done_by", Kind::Date),
            may("files", Kind::Files),
        ],
        parse: settle,
    },
];
