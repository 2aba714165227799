//! Why an act is refused (不能这样办的理由): each refusal names its rule and what would help.

use crate::duty::Unfit;
use crate::org::UnitId;
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
    /// The petition was taken back; it stays in this matter's file.
    PetitionWithdrawn,
    /// Several offices supervise together only what is urgent and grave.
    NotUrgentTogether,
    /// Something on the duty side does not fit.
    Duty(Unfit),
    /// No leader answers for the matter.
    NotSponsored,
    /// It lies before this leader already.
    SubmittedAlready,
    /// This leader answers for it already.
    SponsoredAlready,
    /// The leader has not met the petitioner.
    PetitionerNotMet,
    /// There is no instruction of this ordinal without an answer.
    NoInstruction,
    /// A leader acts in their own name alone.
    NotInOwnName,
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
    /// The act belongs to another track than the matter's.
    OtherTrack,
    /// The text in force knows no such branch here, or the branch leads elsewhere.
    BranchUnknown,
    /// What an organ does under its own statute is done by that statute's date.
    StatutoryPeriodMissing,
    /// No text in force has a simple procedure.
    NoSimpleProcedure,
    /// The answer is not one that is reviewed: it has another remedy, or none is needed.
    NotReviewable,
    /// No text in force lets a review be extended.
    NoReviewExtension,
    /// The unit is accused in this matter, or of somebody who is; it may not have it nor know of it.
    Accused,
    /// The unit that has the matter would be accused; take the matter back first.
    AccusedHasIt,
    /// The matter is sealed; this would open it to more people.
    Sealed,
    /// No organ above the office is recorded, and the office can't keep what accuses it.
    NoSuperior,
    /// More agents than the text allows.
    TooManyAgents {
        /// How many are allowed.
        most: u32,
        /// The rule that sets it.
        rule: Rule,
    },
    /// No agent speaks for this petition, or the authority stands as it is.
    NoAgent,
    /// The signed paper is needed.
    PaperMissing,
    /// It needs the petitioner's consent.
    ConsentMissing,
    /// A unit's contribution is awaited; it is given, or the unit is released, first.
    ContributionAwaited(UnitId),
    /// No contribution of this unit is awaited.
    NotAwaited,
    /// The unit was named to handle it; it can't pass it on.
    Designated,
    /// It was asked before, or they keep out already.
    RecusalAskedAlready,
    /// Nobody asked that this person keep out.
    NoRecusalAsked,
    /// Nobody decides in their own cause.
    OwnCause,
    /// It is urgent already; report what is new.
    UrgentAlready,
    /// It is not marked as urgent.
    NotUrgent,
    /// No working group with petitioners was formed.
    NoParticipation,
    /// A working group was formed before.
    ParticipationOpen,
    /// The result was announced; the register is closed.
    ResultAnnounced,
    /// There is no such meeting, or none was held.
    NoSession,
    /// The minutes of this meeting are not signed by the representatives.
    MinutesUnsigned(u32),
    /// These minutes are signed.
    SignedAlready,
    /// This objection has no answer.
    ObjectionUnanswered(u32),
    /// There is no such open objection.
    NoObjection,
    /// No supervision is going on.
    NotSupervised,
    /// The number was used before in this matter.
    NumberUsed,
    /// There is no such open recommendation.
    NoRecommendation,
    /// The rung before it was not taken with this unit.
    RungSkipped,
    /// This rung was taken with this unit.
    RungTaken,
    /// It was rated before.
    RatedAlready,
    /// A refusal must say how to raise the matter there.
    HowMissing,
    /// A refusal on this ground must say until when.
    WithinMissing,
    /// A refusal on this ground must name the earlier petition or opinion.
    EarlierMissing,
    /// Somebody is accused by name alone, and nobody has said yet where they belong.
    AccusedUnknown,
    /// Accusations go by management authority: to the discipline organ, or above whom they accuse.
    NotInAuthority,
    /// Nobody is accused of whom it is not known where they belong.
    NobodyUnknown,
    /// The unit objected before and was told that it is its own.
    ObjectedAlready,
    /// What was referred and is not the unit's goes back by an objection that the sender verifies.
    ObjectInstead,
    /// Only the regulations' own sixty days are extended; this runs by another clock.
    NotExtendable,
    /// A review ordered a new answer; nothing else ends the matter.
    AnswerOrdered,
    /// The result of the joint investigation is announced before the matter is concluded.
    ResultNotAnnounced,
    /// The matter may hold a state secret; nothing is added or shown here.
    Halted,
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
            Self::HowMissing => "how-missing",
            Self::WithinMissing => "within-missing",
            Self::EarlierMissing => "earlier-missing",
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
            Self::OtherTrack => "other-track",
            Self::BranchUnknown => "branch-unknown",
            Self::StatutoryPeriodMissing => "statutory-period-missing",
            Self::NoSimpleProcedure => "no-simple-procedure",
            Self::NotReviewable => "not-reviewable",
            Self::NoReviewExtension => "no-review-extension",
            Self::Accused => "accused",
            Self::AccusedHasIt => "accused-has-it",
            Self::AccusedUnknown => "accused-unknown",
            Self::NobodyUnknown => "nobody-unknown",
            Self::NotInAuthority => "not-in-authority",
            Self::Sealed => "sealed",
            Self::NoSuperior => "no-superior",
            Self::TooManyAgents { .. } => "too-many-agents",
            Self::NoAgent => "no-agent",
            Self::PaperMissing => "paper-missing",
            Self::ConsentMissing => "consent-missing",
            Self::ContributionAwaited(_) => "contribution-awaited",
            Self::NotAwaited => "not-awaited",
            Self::Designated => "designated",
            Self::RecusalAskedAlready => "recusal-asked-already",
            Self::NoRecusalAsked => "no-recusal-asked",
            Self::OwnCause => "own-cause",
            Self::UrgentAlready => "urgent-already",
            Self::NotUrgent => "not-urgent",
            Self::NoParticipation => "no-participation",
            Self::ParticipationOpen => "participation-open",
            Self::ResultAnnounced => "result-announced",
            Self::NoSession => "no-session",
            Self::MinutesUnsigned(_) => "minutes-unsigned",
            Self::SignedAlready => "signed-already",
            Self::ObjectionUnanswered(_) => "objection-unanswered",
            Self::NoObjection => "no-objection",
            Self::NotSupervised => "not-supervised",
            Self::NumberUsed => "number-used",
            Self::NoRecommendation => "no-recommendation",
            Self::RungSkipped => "rung-skipped",
            Self::RungTaken => "rung-taken",
            Self::RatedAlready => "rated-already",
            Self::ObjectedAlready => "objected-already",
            Self::ObjectInstead => "object-instead",
            Self::NotExtendable => "not-extendable",
            Self::AnswerOrdered => "answer-ordered",
            Self::ResultNotAnnounced => "result-not-announced",
            Self::Halted => "halted",
            Self::PetitionWithdrawn => "petition-withdrawn",
            Self::NotUrgentTogether => "not-urgent-together",
            Self::Duty(unfit) => unfit.word(),
            Self::NotSponsored => "not-sponsored",
            Self::SubmittedAlready => "submitted-already",
            Self::SponsoredAlready => "sponsored-already",
            Self::PetitionerNotMet => "petitioner-not-met",
            Self::NoInstruction => "no-instruction",
            Self::NotInOwnName => "not-in-own-name",
            Self::NoLaw => "no-law",
        }
    }

    /// Whether other answers in the same form could make the act lawful now; if not, nobody need try.
    pub fn depends_on_answers(&self) -> bool {
        matches!(
            self,
            Self::ExtensionTooLong { .. }
                | Self::NoSuchDemand(_)
                | Self::BasisMissing
                | Self::CommitmentMissing
                | Self::DateTooEarly { .. }
                | Self::DateInFuture
                | Self::DateNotAhead
                | Self::TooManyRepresentatives { .. }
                | Self::TooManyAgents { .. }
                | Self::UnknownGround(_)
                | Self::WhereToMissing
                | Self::HowMissing
                | Self::WithinMissing
                | Self::EarlierMissing
                | Self::ReasonMissing
                | Self::NotAReviewer
                | Self::SameResult
                | Self::AlreadyThere
                | Self::NotAReceiver
                | Self::NewDemandAfterAnswer
                | Self::PetitionElsewhere
                | Self::FirstPetition
                | Self::DemandCount
                | Self::PartyCount
                | Self::HeadcountTooSmall
                | Self::OtherTrack
                | Self::BranchUnknown
                | Self::StatutoryPeriodMissing
                | Self::NoSimpleProcedure
                | Self::Accused
                | Self::AccusedHasIt
                | Self::NotInAuthority
                | Self::PaperMissing
                | Self::ConsentMissing
                | Self::NumberUsed
                | Self::RungSkipped
                | Self::RungTaken
                | Self::RecusalAskedAlready
                | Self::SponsoredAlready
                | Self::NotUrgentTogether
                | Self::NoInstruction
                | Self::NotInOwnName
        )
    }

    /// The rule it rests on; where no article speaks, the case file's own order (`D-…`).
    pub fn rule(&self) -> Rule {
        match self {
            Self::PeriodElapsed { rule, .. }
            | Self::ExtensionTooLong { rule, .. }
            | Self::TooManyAgents { rule, .. }
            | Self::TooManyRepresentatives { rule, .. } => rule.clone(),
            Self::ExtensionUsed | Self::ExtensionPending | Self::NoExtensionAsked => {
                Rule::from("R22-34")
            }
            Self::DemandUnanswered(_) | Self::BasisMissing | Self::CommitmentMissing => {
                Rule::from("R22-32")
            }
            Self::NoSuchDemand(_) | Self::OpinionSigned => Rule::from("R22-32"),
            Self::NotServed | Self::NothingToServe => Rule::from("R22-35"),
            Self::UnknownGround(_)
            | Self::WhereToMissing
            | Self::HowMissing
            | Self::WithinMissing
            | Self::EarlierMissing => Rule::from("R22-23"),
            Self::ReasonMissing => Rule::from("R22-23d"),
            Self::SupervisedAlready | Self::SupervisionUnanswered => Rule::from("R22-40"),
            Self::NothingPromised => Rule::from("R22-32"),
            Self::ReviewExhausted | Self::HearingHeldAlready => Rule::from("R22-36"),
            // Where no national text says so, the provinces do: a redo may not repeat itself.
            Self::NotAReviewer | Self::SameResult => Rule::from("R22-35"),
            Self::AlreadyThere | Self::NotAReceiver => Rule::from("R22-22"),
            Self::DemandCount | Self::PartyCount | Self::HeadcountTooSmall => Rule::from("R22-19"),
            Self::OtherTrack
            | Self::BranchUnknown
            | Self::StatutoryPeriodMissing
            | Self::NoParticipation
            | Self::ParticipationOpen
            | Self::ResultAnnounced
            | Self::NoSession
            | Self::MinutesUnsigned(_)
            | Self::SignedAlready
            | Self::ObjectionUnanswered(_)
            | Self::NoObjection => Rule::from("R22-31"),
            Self::NotReviewable | Self::NoReviewExtension => Rule::from("R22-35"),
            Self::Accused | Self::AccusedHasIt | Self::Sealed | Self::NoSuperior => {
                Rule::from("R22-30")
            }
            Self::NoAgent | Self::PaperMissing => Rule::from("R22-19"),
            Self::ConsentMissing => Rule::from("R22-33"),
            Self::ContributionAwaited(_) | Self::NotAwaited | Self::Designated => {
                Rule::from("R22-24")
            }
            Self::RecusalAskedAlready | Self::NoRecusalAsked | Self::OwnCause => {
                Rule::from("R22-28")
            }
            Self::UrgentAlready | Self::NotUrgent => Rule::from("R22-25"),
            Self::NotSupervised | Self::NoRecommendation | Self::NotUrgentTogether => {
                Rule::from("R22-40")
            }
            Self::Duty(unfit) => unfit.rule(),
            Self::RungSkipped | Self::RungTaken => Rule::from("R22-39"),
            Self::RatedAlready => Rule::from("R22-21"),
            Self::AccusedUnknown | Self::NobodyUnknown | Self::NotInAuthority => {
                Rule::from("R22-30")
            }
            Self::NotSponsored
            | Self::SubmittedAlready
            | Self::SponsoredAlready
            | Self::PetitionerNotMet
            | Self::NoInstruction
            | Self::NotInOwnName => Rule::from("R22-18b"),
            Self::ObjectedAlready => Rule::from("R22-23d"),
            Self::ObjectInstead => Rule::from("R22-23d"),
            Self::NotExtendable => Rule::from("R22-34"),
            Self::AnswerOrdered => Rule::from("R22-35"),
            Self::ResultNotAnnounced => Rule::from("R22-31"),
            Self::Halted => Rule::from("R22-17"),
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

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        Self::Duty(unfit)
    }
}
