//! Review and final review (复查、复核).

use super::handling::answer;
use super::referral::told;
use super::service::served_to;
use crate::act::{ActForm, Kind, Name, Row, given};
use casework::matter::Command;
use casework::matter::hearing::{self, HearingAnnounced, OpinionPublished};
use casework::matter::review::{HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "ask_review",
        act: Act::AskReview,
        rule: "R22-35",
        at: (),
        form: |f| {
            Command::AskReview(ReviewAsked {
                petition: f.may_choice(Name::Petition, Kind::Petition).map(PetitionNumber),
                organ: f.unit(Name::Organ, Kind::Organ),
                received_on: f.date(Name::ReceivedOn),
                posted_on: f.may_date(Name::PostedOn),
                reason: f.text(Name::Reason),
                demands: f.may_ordinals(Name::Demands, Kind::Demands),
                late_reason: given(f.may_text(Name::LateReason)),
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
        word: "announce_hearing",
        act: Act::AnnounceHearing,
        rule: "R22-31b",
        at: (),
        form: |f| {
            let announced = HearingAnnounced {
                held_on: f.date(Name::HeldOn),
                venue: f.line(Name::Venue),
                host: f.line(Name::Host),
                panel: f.line(Name::Panel),
                text: f.text(Name::PublicText),
                closed_because: f.may_line(Name::ClosedBecause),
            };
            hearing::Command::AnnounceHearing(announced).into()
        },
    },
    Row {
        word: "publish_opinion",
        act: Act::PublishOpinion,
        rule: "R22-36b",
        at: (),
        form: |f| {
            let (title, text) = (f.line(Name::Title), f.text(Name::PublicText));
            hearing::Command::PublishOpinion(OpinionPublished { title, text }).into()
        },
    },
    Row {
        word: "hold_hearing",
        act: Act::HoldHearing,
        rule: "R22-31b",
        at: (),
        form: |f| {
            Command::HoldHearing(HearingHeld {
                from: f.date(Name::From),
                until: f.date(Name::Until),
                host: f.line(Name::Host),
                interpreter: f.may_line(Name::Interpreter),
                text: f.text(Name::Text),
                closed_because: f.may_line(Name::ClosedBecause),
            })
        },
    },
    Row {
        word: "extend_review",
        act: Act::ExtendReview,
        rule: "R22-35",
        at: (),
        form: |f| {
            let (days, reason) = (f.number(Name::Days), f.text(Name::Reason));
            Command::ExtendReview(ReviewExtended { days, reason })
        },
    },
    Row {
        word: "answer_instead",
        act: Act::AnswerInstead,
        rule: "R22-35",
        at: (),
        form: |f| Command::AnswerInstead(answer(f)),
    },
    Row {
        word: "decide_review",
        act: Act::DecideReview,
        rule: "R22-35",
        at: (),
        form: |f| {
            Command::DecideReview(ReviewDecided {
                outcome: f.one_of(Name::ReviewOutcome, "review-outcome"),
                text: f.text(Name::Text),
                basis: f.line(Name::Basis),
                number: f.line(Name::Number),
            })
        },
    },
    Row {
        word: "serve_review",
        act: Act::ServeReview,
        rule: "R22-36",
        at: (),
        form: |f| Command::ServeReview(served_to(f)),
    },
];
