//! Petitioners in the investigation (信访人参与办案).

use crate::act::{ActForm, Kind, Name, Row};
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
                elected_on: f.date(Name::ElectedOn),
                // Whoever runs the act counts and masks them, and keeps no name.
                representatives: f.text(Name::Representatives),
                elected: 0,
                names: Vec::new(),
                members: f.text(Name::Members),
                text: f.text(Name::Text),
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
                side: f.one_of(Name::Side, "side"),
                item: f.line(Name::Item),
                text: f.text(Name::Text),
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
                on: f.date(Name::On),
                venue: f.line(Name::Venue),
                present: f.text(Name::Present),
                interpreter: f.may_line(Name::Interpreter),
                text: f.text(Name::Text),
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
                session: f.ordinal(Name::Session, Kind::Session),
                note: f.may_text(Name::Note),
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
            let (side, text) = (f.one_of(Name::Side, "side"), f.text(Name::Text));
            Command::RaiseObjection(ObjectionRaised { side, text }).into()
        },
    },
    Row {
        word: "answer_objection",
        act: Act::AnswerObjection,
        rule: "R22-31",
        at: (),
        form: |f| {
            let (objection, text) =
                (f.ordinal(Name::Objection, Kind::Objection), f.text(Name::Text));
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
                on: f.date(Name::On),
                venue: f.line(Name::Venue),
                count: f.number(Name::Count),
                text: f.text(Name::PublicText),
            };
            Command::AnnounceResult(announced).into()
        },
    },
];
