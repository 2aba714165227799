//! Petitioners in the investigation (信访人参与办案).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::participation::{
    Command, Countersigned, EvidenceAdded, ObjectionAnswered, ObjectionRaised, ParticipationOpened,
    ResultAnnounced, SessionHeld, Side,
};
use casework::role::Act;

fn open(r: &mut Reader<'_>) -> Option<casework::matter::Command> {
    let elected_on = r.need_date("elected_on");
    let representatives = r.need("representatives");
    let (members, text, attachments) = (r.need("members"), r.need("text"), r.files());
    let opened = ParticipationOpened {
        elected_on: elected_on?,
        // Whoever runs the act counts and masks them, and keeps no name.
        representatives,
        elected: 0,
        names: Vec::new(),
        members,
        text,
        attachments,
    };
    Some(Command::OpenParticipation(opened).into())
}

fn session(r: &mut Reader<'_>) -> Option<casework::matter::Command> {
    let (on, venue, present) = (r.need_date("on"), r.need("venue"), r.need("present"));
    let (interpreter, text, attachments) = (r.text("interpreter"), r.need("text"), r.files());
    let held = SessionHeld { on: on?, venue, present, interpreter, text, attachments };
    Some(Command::HoldSession(held).into())
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "open_participation",
        act: Act::OpenParticipation,
        rule: "R22-31",
        fields: &[
            need("elected_on", Kind::Date),
            need("representatives", Kind::Text),
            need("members", Kind::Text),
            need("text", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: open,
    },
    ActForm {
        word: "add_evidence",
        act: Act::AddEvidence,
        rule: "R22-31",
        fields: &[
            need("side", Kind::List("side", &Side::WORDS)),
            need("item", Kind::Line),
            need("text", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let side = r.word("side", Side::parse);
            let (item, text, attachments) = (r.need("item"), r.need("text"), r.files());
            let added = EvidenceAdded { side: side?, item, text, attachments };
            Some(Command::AddEvidence(added).into())
        },
    },
    ActForm {
        word: "hold_session",
        act: Act::HoldSession,
        rule: "R22-31",
        fields: &[
            need("on", Kind::Date),
            need("venue", Kind::Line),
            need("present", Kind::Text),
            may("interpreter", Kind::Line),
            need("text", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: session,
    },
    ActForm {
        word: "countersign",
        act: Act::Countersign,
        rule: "R22-31",
        fields: &[
            need("session", Kind::Session),
            may("note", Kind::Text),
            need("files", Kind::Files),
        ],
        parse: |r| {
            let (session, note, attachments) = (r.number("session"), r.text("note"), r.files());
            let signed = Countersigned { session: session?, note, attachments };
            Some(Command::Countersign(signed).into())
        },
    },
    ActForm {
        word: "raise_objection",
        act: Act::RaiseObjection,
        rule: "R22-31",
        fields: &[need("side", Kind::List("side", &Side::WORDS)), need("text", Kind::Text)],
        parse: |r| {
            let (side, text) = (r.word("side", Side::parse), r.need("text"));
            Some(Command::RaiseObjection(ObjectionRaised { side: side?, text }).into())
        },
    },
    ActForm {
        word: "answer_objection",
        act: Act::AnswerObjection,
        rule: "R22-31",
        fields: &[need("objection", Kind::Objection), need("text", Kind::Text)],
        parse: |r| {
            let (objection, text) = (r.number("objection"), r.need("text"));
            let answered = ObjectionAnswered { objection: objection?, text };
            Some(Command::AnswerObjection(answered).into())
        },
    },
    ActForm {
        word: "announce_result",
        act: Act::AnnounceResult,
        rule: "R22-31",
        fields: &[
            need("on", Kind::Date),
            need("venue", Kind::Line),
            need("count", Kind::Number),
            need("public_text", Kind::Text),
        ],
        parse: |r| {
            let (on, venue, count) = (r.need_date("on"), r.need("venue"), r.number("count"));
            let text = r.need("public_text");
            let announced = ResultAnnounced { on: on?, venue, count: count?, text };
            Some(Command::AnnounceResult(announced).into())
        },
    },
];
