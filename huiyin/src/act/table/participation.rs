//! Petitioners in the investigation (信访人参与办案).

use crate::act::{ActForm, Kind, Row};
use casework::matter::participation::{
    Command, Countersigned, EvidenceAdded, ObjectionAnswered, ObjectionRaised, ParticipationOpened,
    ResultAnnounced, SessionHeld,
};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "open_participation",
        act: Act::OpenParticipation,
        rule: "R22-31",
        at: (),
        form: |f| {
            let opened = ParticipationOpened {
                elected_on: f.date("elected_on"),
                // Whoever runs the act counts and masks them, and keeps no name.
                representatives: f.text("representatives"),
                elected: 0,
                names: Vec::new(),
                members: f.text("members"),
                text: f.text("text"),
                attachments: f.files(),
            };
            Command::OpenParticipation(opened).into()
        },
    },
    Row {
        word: "add_evidence",
        act: Act::AddEvidence,
        rule: "R22-31",
        at: (),
        form: |f| {
            let added = EvidenceAdded {
                side: f.one_of("side", "side"),
                item: f.line("item"),
                text: f.text("text"),
                attachments: f.files(),
            };
            Command::AddEvidence(added).into()
        },
    },
    Row {
        word: "hold_session",
        act: Act::HoldSession,
        rule: "R22-31",
        at: (),
        form: |f| {
            let held = SessionHeld {
                on: f.date("on"),
                venue: f.line("venue"),
                present: f.text("present"),
                interpreter: f.may_line("interpreter"),
                text: f.text("text"),
                attachments: f.files(),
            };
            Command::HoldSession(held).into()
        },
    },
    Row {
        word: "countersign",
        act: Act::Countersign,
        rule: "R22-31",
        at: (),
        form: |f| {
            let signed = Countersigned {
                session: f.ordinal("session", Kind::Session),
                note: f.may_text("note"),
                attachments: f.files(),
            };
            Command::Countersign(signed).into()
        },
    },
    Row {
        word: "raise_objection",
        act: Act::RaiseObjection,
        rule: "R22-31",
        at: (),
        form: |f| {
            let (side, text) = (f.one_of("side", "side"), f.text("text"));
            Command::RaiseObjection(ObjectionRaised { side, text }).into()
        },
    },
    Row {
        word: "answer_objection",
        act: Act::AnswerObjection,
        rule: "R22-31",
        at: (),
        form: |f| {
            let (objection, text) = (f.ordinal("objection", Kind::Objection), f.text("text"));
            Command::AnswerObjection(ObjectionAnswered { objection, text }).into()
        },
    },
    Row {
        word: "announce_result",
        act: Act::AnnounceResult,
        rule: "R22-31",
        at: (),
        form: |f| {
            let announced = ResultAnnounced {
                on: f.date("on"),
                venue: f.line("venue"),
                count: f.number("count"),
                text: f.text("public_text"),
            };
            Command::AnnounceResult(announced).into()
        },
    },
];
