//! Review and final review (复查、复核).

use super::referral::told;
use super::service::service;
use crate::act::{ActForm, Kind, Row, given};
use casework::matter::Command;
use casework::matter::review::{HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "ask_review",
        act: Act::AskReview,
        rule: "R22-35",
        at: (),
        form: |f| {
            Command::AskReview(ReviewAsked {
                organ: f.unit("organ", Kind::Organ),
                received_on: f.date("received_on"),
                posted_on: f.may_date("posted_on"),
                reason: f.text("reason"),
                late_reason: given(f.may_text("late_reason")),
                attachments: f.files(),
            })
        },
    },
    Row {
        word: "accept_review",
        act: Act::AcceptReview,
        rule: "R22-35",
        at: (),
        form: |_| Command::AcceptReview,
    },
    Row {
        word: "decline_review",
        act: Act::DeclineReview,
        rule: "R22-35",
        at: (),
        form: |f| Command::DeclineReview(told(f)),
    },
    Row {
        word: "hold_hearing",
        act: Act::HoldHearing,
        rule: "R22-36",
        at: (),
        form: |f| {
            Command::HoldHearing(HearingHeld {
                from: f.date("from"),
                until: f.date("until"),
                host: f.line("host"),
                interpreter: f.may_line("interpreter"),
                text: f.text("text"),
                closed_because: f.may_line("closed_because"),
            })
        },
    },
    Row {
        word: "extend_review",
        act: Act::ExtendReview,
        rule: "R22-35",
        at: (),
        form: |f| {
            let (days, reason) = (f.number("days"), f.text("reason"));
            Command::ExtendReview(ReviewExtended { days, reason })
        },
    },
    Row {
        word: "decide_review",
        act: Act::DecideReview,
        rule: "R22-35",
        at: (),
        form: |f| {
            Command::DecideReview(ReviewDecided {
                outcome: f.one_of("review_outcome", "review-outcome"),
                text: f.text("text"),
                basis: f.line("basis"),
                number: f.line("number"),
            })
        },
    },
    Row {
        word: "serve_review",
        act: Act::ServeReview,
        rule: "R22-36",
        at: (),
        form: |f| Command::ServeReview(service(f)),
    },
];
