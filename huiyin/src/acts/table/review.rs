//! Review and final review (复查、复核).

use super::referral::{TOLD, told};
use super::service::service;
use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::Command;
use casework::matter::review::{
    HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended, ReviewOutcome,
};
use casework::matter::service::ServiceMethod;
use casework::org::UnitId;
use casework::role::Act;

fn ask_review(reader: &mut Reader<'_>) -> Option<Command> {
    let received_on = reader.need_date("received_on");
    let late = reader.text("late_reason");
    let asked = ReviewAsked {
        organ: UnitId(reader.need("organ")),
        posted_on: reader.date("posted_on"),
        reason: reader.need("reason"),
        late_reason: Some(late).filter(|reason| !reason.is_empty()),
        attachments: reader.files(),
        received_on: received_on?,
    };
    Some(Command::AskReview(asked))
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "ask_review",
        act: Act::AskReview,
        rule: "R22-35",
        fields: &[
            need("organ", Kind::Organ),
            need("received_on", Kind::Date),
            may("posted_on", Kind::Date),
            need("reason", Kind::Text),
            may("late_reason", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: ask_review,
    },
    ActForm {
        word: "accept_review",
        act: Act::AcceptReview,
        rule: "R22-35",
        fields: &[],
        parse: |_| Some(Command::AcceptReview),
    },
    ActForm {
        word: "decline_review",
        act: Act::DeclineReview,
        rule: "R22-35",
        fields: TOLD,
        parse: |r| Some(Command::DeclineReview(told(r))),
    },
    ActForm {
        word: "hold_hearing",
        act: Act::HoldHearing,
        rule: "R22-36",
        fields: &[
            need("from", Kind::Date),
            need("until", Kind::Date),
            need("host", Kind::Line),
            may("interpreter", Kind::Line),
            need("text", Kind::Text),
            may("closed_because", Kind::Line),
        ],
        parse: |r| {
            let (from, until) = (r.need_date("from"), r.need_date("until"));
            let (host, text) = (r.need("host"), r.need("text"));
            let (interpreter, closed_because) = (r.text("interpreter"), r.text("closed_because"));
            let (from, until) = (from?, until?);
            let held = HearingHeld { from, until, host, interpreter, text, closed_because };
            Some(Command::HoldHearing(held))
        },
    },
    ActForm {
        word: "extend_review",
        act: Act::ExtendReview,
        rule: "R22-35",
        fields: &[need("days", Kind::Number), need("reason", Kind::Text)],
        parse: |r| {
            let (days, reason) = (r.number("days"), r.need("reason"));
            Some(Command::ExtendReview(ReviewExtended { days: days?, reason }))
        },
    },
    ActForm {
        word: "decide_review",
        act: Act::DecideReview,
        rule: "R22-35",
        fields: &[
            need("review_outcome", Kind::List("review-outcome", &ReviewOutcome::WORDS)),
            need("text", Kind::Text),
            need("basis", Kind::Line),
            need("number", Kind::Line),
        ],
        parse: |r| {
            let outcome = r.word("review_outcome", ReviewOutcome::parse);
            let (text, basis, number) = (r.need("text"), r.need("basis"), r.need("number"));
            Some(Command::DecideReview(ReviewDecided { outcome: outcome?, text, basis, number }))
        },
    },
    ActForm {
        word: "serve_review",
        act: Act::ServeReview,
        rule: "R22-36",
        fields: &[
            need("method", Kind::List("method", &ServiceMethod::WORDS)),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| service(r).map(Command::ServeReview),
    },
];
