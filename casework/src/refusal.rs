//! Why an act is refused (不能这样办的理由): each refusal names its rule and what would help.

use crate::statute::Rule;
use jiff::civil::Date;
use std::fmt;

/// A refusal by law or by the state of the case file. The texts live in the program's locales,
/// keyed by [`Refusal::word`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The matter is not in the step that the act needs.
    NotInStep,
    /// The matter is concluded; new facts make a new matter.
    Concluded,
    /// The period for the act has elapsed on this day.
    PeriodElapsed {
        /// Last day on which it was possible.
        until: Date,
        /// The rule that sets it.
        rule: Rule,
    },
    /// An extension was granted before; there is only one.
    ExtensionUsed,
    /// An extension waits for the head's decision.
    ExtensionPending,
    /// No extension was asked for.
    NoExtensionAsked,
    /// More days than the text allows.
    ExtensionTooLong {
        /// Days allowed.
        most_days: u32,
        /// The rule that sets it.
        rule: Rule,
    },
    /// Demands without an answer, by their ordinals.
    DemandUnanswered(Vec<u32>),
    /// There is no demand of this ordinal.
    NoSuchDemand(u32),
    /// An answer names the law it rests on.
    BasisMissing,
    /// A supported demand says what will be done by when.
    CommitmentMissing,
    /// A date lies before another that it can't precede.
    DateTooEarly {
        /// The earliest date possible.
        earliest: Date,
    },
    /// A date lies after today.
    DateInFuture,
    /// A date that must lie ahead does not.
    DateNotAhead,
    /// More representatives than the text allows.
    TooManyRepresentatives {
        /// How many are allowed.
        most: u32,
        /// The rule that sets it.
        rule: Rule,
    },
    /// A ground that the text in force on the day does not know.
    UnknownGround(String),
    /// A ground that tells the petitioner to go elsewhere must say where.
    WhereToMissing,
    /// A reason is needed and was not given.
    ReasonMissing,
    /// There is nothing served yet: the answer reaches the petitioner first.
    NotServed,
    /// There is no such document to serve.
    NothingToServe,
    /// The opinion is signed; its answers stand.
    OpinionSigned,
    /// Review and final review are over for these facts; new facts make a new matter.
    ReviewExhausted,
    /// The organ is not the next higher one.
    NotAReviewer,
    /// A hearing was held in this review before.
    HearingHeldAlready,
    /// A supervision is going on; it is closed before another begins.
    SupervisedAlready,
    /// The unit has not answered the recommendation; nothing is struck off before.
    SupervisionUnanswered,
    /// Nothing was promised for this demand, or not yet signed.
    NothingPromised,
    /// The answers only repeat the result that a review sent back, and no new facts are named.
    SameResult,
    /// The matter is already with this unit.
    AlreadyThere,
    /// The unit is not one that can receive the matter.
    NotAReceiver,
    /// A petition that asks for something new can't join a matter already answered.
    NewDemandAfterAnswer,
    /// The petition is not part of this matter.
    PetitionElsewhere,
    /// A matter keeps at least its first petition.
    FirstPetition,
    /// A petition has at least one demand and at most fifty.
    DemandCount,
    /// A petition has at least one party and at most two hundred.
    PartyCount,
    /// The headcount is smaller than the number of people named.
    HeadcountTooSmall,
    /// No text of law is in force on the day.
    NoLaw,
}

impl Refusal {
    /// The refusal's name, which is its key in the locales and its code in the API.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotInStep => "not-in-step",
            Self::Concluded => "concluded",
            Self::PeriodElapsed { .. } => "period-elapsed",
            Self::ExtensionUsed => "extension-used",
            Self::ExtensionPending => "extension-pending",
            Self::NoExtensionAsked => "no-extension-asked",
            Self::ExtensionTooLong { .. } => "extension-too-long",
            Self::DemandUnanswered(_) => "demand-unanswered",
            Self::NoSuchDemand(_) => "no-such-demand",
            Self::BasisMissing => "basis-missing",
            Self::CommitmentMissing => "commitment-missing",
            Self::DateTooEarly { .. } => "date-too-early",
            Self::DateInFuture => "date-in-future",
            Self::DateNotAhead => "date-not-ahead",
            Self::TooManyRepresentatives { .. } => "too-many-representatives",
            Self::UnknownGround(_) => "unknown-ground",
            Self::WhereToMissing => "where-to-missing",
            Self::ReasonMissing => "reason-missing",
            Self::NotServed => "not-served",
            Self::NothingToServe => "nothing-to-serve",
            Self::OpinionSigned => "opinion-signed",
            Self::ReviewExhausted => "review-exhausted",
            Self::NotAReviewer => "not-a-reviewer",
            Self::HearingHeldAlready => "hearing-held-already",
            Self::SameResult => "same-result",
            Self::SupervisedAlready => "supervised-already",
            Self::SupervisionUnanswered => "supervision-unanswered",
            Self::NothingPromised => "nothing-promised",
            Self::AlreadyThere => "already-there",
            Self::NotAReceiver => "not-a-receiver",
            Self::NewDemandAfterAnswer => "new-demand-after-answer",
            Self::PetitionElsewhere => "petition-elsewhere",
            Self::FirstPetition => "first-petition",
            Self::DemandCount => "demand-count",
            Self::PartyCount => "party-count",
            Self::HeadcountTooSmall => "headcount-too-small",
            Self::NoLaw => "no-law",
        }
    }

    /// The rule it rests on; where no article speaks, the case file's own order (`D-…`).
    pub fn rule(&self) -> Rule {
        match self {
            Self::PeriodElapsed { rule, .. }
            | Self::ExtensionTooLong { rule, .. }
            | Self::TooManyRepresentatives { rule, .. } => rule.clone(),
            Self::ExtensionUsed | Self::ExtensionPending | Self::NoExtensionAsked => {
                Rule::from("R22-34")
            }
            Self::DemandUnanswered(_) | Self::BasisMissing | Self::CommitmentMissing => {
                Rule::from("R22-32")
            }
            Self::NoSuchDemand(_) | Self::OpinionSigned => Rule::from("R22-32"),
            Self::NotServed | Self::NothingToServe => Rule::from("R22-35"),
            Self::UnknownGround(_) | Self::WhereToMissing => Rule::from("R22-23"),
            Self::ReasonMissing => Rule::from("R22-23d"),
            Self::SupervisedAlready | Self::SupervisionUnanswered => Rule::from("R22-40"),
            Self::NothingPromised => Rule::from("R22-32"),
            Self::ReviewExhausted | Self::HearingHeldAlready => Rule::from("R22-36"),
            // Where no national text says so, the provinces do: a redo may not repeat itself.
            Self::NotAReviewer | Self::SameResult => Rule::from("R22-35"),
            Self::AlreadyThere | Self::NotAReceiver => Rule::from("R22-22"),
            Self::DemandCount | Self::PartyCount | Self::HeadcountTooSmall => Rule::from("R22-19"),
            _ => Rule::from("D-casefile"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.word(), self.rule().0)
    }
}

impl std::error::Error for Refusal {}
