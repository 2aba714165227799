//! Why an act is refused (不能这样办的理由): each refusal names its rule and what would help. One row for each: its
//! word, the rule, and whether other answers could help.

use crate::duty::Unfit;
use crate::org::UnitId;
use crate::petition::PetitionNumber;
use crate::statute::{GroundCode, Rule};
use jiff::civil::Date;
use std::fmt;

/// Defines the refusals: `word, rule, whether other answers in the same form could make the act lawful`. Those of the
/// second part name their rule themselves, since it hangs on the text in force.
macro_rules! refusals {
    (
        by_rule {
            $($(#[$doc:meta])* $name:ident $(($of:ty))? = $word:literal, $rule:literal, $answers:literal;)+
        }
        by_the_text {
            $($(#[$text_doc:meta])* $text:ident {
                $($(#[$field_doc:meta])* $field:ident: $type:ty,)+
            } = $text_word:literal, $text_answers:literal;)+
        }
    ) => {
        /// A refusal by law or by the state of the case file (不能这样办的理由). The texts live in the program's
        /// locales, keyed by [`Refusal::word`].
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name $(($of))?,)+
            $($(#[$text_doc])* $text { $($(#[$field_doc])* $field: $type,)+ },)+
            /// Something on the duty side does not fit.
            Duty(Unfit),
        }

        impl Refusal {
            /// The rules on which refusals rest (所依条款); what hangs on the text in force is not among them.
            pub const RULES: &'static [&'static str] = &[$($rule),+];

            /// The refusal's name, which is its key in the locales and its code in the API.
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $word,)+
                    $(Self::$text { .. } => $text_word,)+
                    Self::Duty(unfit) => unfit.word(),
                }
            }

            /// Whether other answers in the same form could make the act lawful now; if not, nobody need try.
            pub fn depends_on_answers(&self) -> bool {
                match self {
                    $(Self::$name { .. } => $answers,)+
                    $(Self::$text { .. } => $text_answers,)+
                    Self::Duty(_) => false,
                }
            }

            /// The rule it rests on; where no article speaks, the case file's own order (`D-…`).
            pub fn rule(&self) -> Rule {
                match self {
                    $(Self::$name { .. } => Rule::from($rule),)+
                    $(Self::$text { rule, .. } => rule.clone(),)+
                    Self::Duty(unfit) => unfit.rule(),
                }
            }
        }
    };
}

refusals! {
    by_rule {
        /// The matter is not in the step that the act needs.
        NotInStep = "not-in-step", "D-casefile", false;
        /// Nothing is said that differs from what stands there.
        NothingCorrected = "nothing-corrected", "R22-21", true;
        /// What was registered was received by then; the day on which it was registered.
        ReceivedAfterRegistered(Date) = "received-after-registered", "R22-21", true;
        /// Electronic service needs the petitioner's consent.
        ServiceConsentMissing = "service-consent-missing", "R22-35", true;
        /// What is left at the door is left before a witness, with a picture or a paper of it.
        PictureMissing = "picture-missing", "R22-35", true;
        /// Somebody asked that something be put right, and nobody has answered yet.
        CorrectionPending = "correction-pending", "PIPL-46", false;
        /// Nobody asks that anything of this petition be put right.
        NoCorrectionAsked = "no-correction-asked", "PIPL-46", false;
        /// Nothing was put right since it was asked.
        NotCorrected = "not-corrected", "PIPL-46", true;
        /// Somebody who is known has a name, and whoever is anonymous has none.
        NamelessParty = "nameless-party", "R22-21", true;
        /// Whoever follows a matter by name works at the office; a group has nobody of the unit that is supervised.
        NotATracker = "not-a-tracker", "R22-38", true;
        /// Several supervise together as a group of named people; nobody else brings one along.
        GroupMissing = "group-missing", "R22-40", true;
        /// The answer is published already.
        PublishedAlready = "published-already", "PIPL-25", false;
        /// Nothing of it is published.
        AnswerNotPublished = "answer-not-published", "PIPL-25", false;
        /// Not everybody who petitioned agreed that the answer be published.
        PublicationNotAgreed = "publication-not-agreed", "PIPL-25", false;
        /// A public notice names its first day.
        PublishedOnMissing = "published-on-missing", "R22-35", true;
        /// A public notice reaches nobody before its days are over; until when they run.
        NoticeStillUp(Date) = "notice-still-up", "R22-35", true;
        /// Whoever is named did not petition, or has it already.
        NotToBeServed = "not-to-be-served", "R22-35", true;
        /// The unit that took it in has it still; it is the office's once it was passed on or recalled.
        WithItsReceiver = "with-its-receiver", "R22-23", false;
        /// The matter is concluded; new facts make a new matter.
        Concluded = "concluded", "D-casefile", false;
        /// An extension was granted before; there is only one.
        ExtensionUsed = "extension-used", "R22-34", false;
        /// An extension waits for the head's decision.
        ExtensionPending = "extension-pending", "R22-34", false;
        /// No extension was asked for.
        NoExtensionAsked = "no-extension-asked", "R22-34", false;
        /// Demands without an answer, by their ordinals.
        DemandUnanswered(Vec<u32>) = "demand-unanswered", "R22-32", false;
        /// Whoever brought this petition was not heard, nor was it tried; nothing is signed before.
        NotHeard(PetitionNumber) = "petitioner-not-heard", "R22-31", false;
        /// The petition complains of this unit; whoever sends it there says why it answers for itself.
        ComplainedOf = "complained-of", "R22-28", true;
        /// A changed answer says for each demand what holds instead.
        InsteadMissing = "instead-missing", "R22-35", true;
        /// A date was set for the result: it is reported before the matter ends.
        ReportOwed = "report-owed", "R22-22a", false;
        /// Nobody waits for a report of this unit.
        NoReportOwed = "no-report-owed", "R22-22a", false;
        /// They have it in hand already.
        InChargeAlready = "in-charge-already", "D-casefile", true;
        /// Somebody else has it in hand; they hand it over, or their head does.
        InAnothersCharge = "in-anothers-charge", "D-casefile", false;
        /// Whoever has a matter in hand or looks over its draft works at the unit that has it, and need not keep out.
        NotOfTheUnit = "not-of-the-unit", "D-casefile", true;
        /// Nobody checks or signs alone what they wrote themselves.
        OwnDraft = "own-draft", "GW12-20", true;
        /// Somebody is asked to look the draft over and has not yet.
        DraftUnchecked = "draft-unchecked", "GW12-20", false;
        /// The draft was not put forward to be looked over by whoever wants to.
        DraftNotSubmitted = "draft-not-submitted", "GW12-20", false;
        /// The draft was sent back, and nothing in it was amended since.
        DraftReturned = "draft-returned", "GW12-20", false;
        /// There is no demand of this ordinal.
        NoSuchDemand(u32) = "no-such-demand", "R22-32", true;
        /// An answer names the law it rests on.
        BasisMissing = "basis-missing", "R22-32", true;
        /// A supported demand says what will be done by when.
        CommitmentMissing = "commitment-missing", "R22-32", true;
        /// The petition was taken back; it stays in this matter's file.
        PetitionWithdrawn = "petition-withdrawn", "D-casefile", false;
        /// Several offices supervise together only what is urgent and grave.
        NotUrgentTogether = "not-urgent-together", "R22-40", true;
        /// No leader answers for the matter.
        NotSponsored = "not-sponsored", "R22-18b", false;
        /// It lies before this leader already.
        SubmittedAlready = "submitted-already", "R22-18b", false;
        /// This leader answers for it already.
        SponsoredAlready = "sponsored-already", "R22-18b", true;
        /// The leader has not met the petitioner.
        PetitionerNotMet = "petitioner-not-met", "R22-18b", false;
        /// There is no instruction of this ordinal without an answer.
        NoInstruction = "no-instruction", "R22-18b", true;
        /// A leader acts in their own name alone.
        NotInOwnName = "not-in-own-name", "R22-18b", true;
        /// A date lies before another that it can't precede.
        DateTooEarly(Date) = "date-too-early", "D-casefile", true;
        /// A date lies after today.
        DateInFuture = "date-in-future", "D-casefile", true;
        /// A date that must lie ahead does not.
        DateNotAhead = "date-not-ahead", "D-casefile", true;
        /// A ground that the text in force on the day does not know.
        UnknownGround(GroundCode) = "unknown-ground", "R22-23", true;
        /// A ground that tells the petitioner to go elsewhere must say where.
        WhereToMissing = "where-to-missing", "R22-23", true;
        /// Whoever says that a matter is not theirs says why, and so does whoever decides about it.
        ReasonMissing = "reason-missing", "R22-23d", true;
        /// What has to be written was left blank.
        TextMissing = "text-missing", "D-casefile", true;
        /// There is nothing served yet: the answer reaches the petitioner first.
        NotServed = "not-served", "R22-35", false;
        /// There is no such document to serve.
        NothingToServe = "nothing-to-serve", "R22-35", false;
        /// The opinion is signed; its answers stand.
        OpinionSigned = "opinion-signed", "R22-32", false;
        /// Review and final review are over for these facts; new facts make a new matter.
        ReviewExhausted = "review-exhausted", "R22-36", false;
        /// The organ is not the next higher one.
        NotAReviewer = "not-a-reviewer", "R22-35", true;
        /// Whoever has the matter in hand does not lead its hearing.
        HostInvestigates = "host-investigates", "R22-31b", true;
        /// There is no opinion of a final review that reached everybody.
        NoFinalOpinion = "no-final-opinion", "R22-36b", false;
        /// No hearing was held in the open in this review.
        NotHeardInTheOpen = "not-heard-in-the-open", "R22-36b", false;
        /// A hearing was held in this review before.
        HearingHeldAlready = "hearing-held-already", "R22-36b", false;
        /// A supervision is going on; it is closed before another begins.
        SupervisedAlready = "supervised-already", "R22-40", false;
        /// The unit has not answered the recommendation; nothing is struck off before.
        SupervisionUnanswered = "supervision-unanswered", "R22-40", false;
        /// Nothing was promised for this demand, or not yet signed.
        NothingPromised = "nothing-promised", "R22-32", false;
        /// The answers only repeat the result that a review sent back, and no new facts are named.
        SameResult = "same-result", "R22-35", true;
        /// The matter is already with this unit.
        AlreadyThere = "already-there", "R22-22", true;
        /// The unit is not one that can receive the matter.
        NotAReceiver = "not-a-receiver", "R22-22", true;
        /// A petition that asks for something new can't join a matter already answered.
        NewDemandAfterAnswer = "new-demand-after-answer", "D-casefile", true;
        /// The petition is not part of this matter.
        PetitionElsewhere = "petition-elsewhere", "D-casefile", true;
        /// A matter keeps at least its first petition.
        FirstPetition = "first-petition", "D-casefile", true;
        /// A petition is somebody's: the only one is not struck.
        OnlyParty = "only-party", "R22-19", false;
        /// No file came with any petition.
        NothingHandedIn = "nothing-handed-in", "R22-21", false;
        /// Facts and reasons are written down, whoever hands them in or says them aloud.
        FactsMissing = "facts-missing", "R22-19b", true;
        /// A request for review that came in time is decided.
        AskedInTime = "asked-in-time", "R22-35", true;
        /// No agent speaks for anybody here without authority.
        AuthorityStands = "authority-stands", "R22-19", true;
        /// A petition has at least one demand and at most fifty.
        DemandCount = "demand-count", "R22-19", true;
        /// A petition has at least one party and at most two hundred.
        PartyCount = "party-count", "R22-19", true;
        /// The headcount is smaller than the number of people named.
        HeadcountTooSmall = "headcount-too-small", "R22-19", true;
        /// The act belongs to another track than the matter's.
        OtherTrack = "other-track", "R22-31", true;
        /// The text in force knows no such branch here, or the branch leads elsewhere.
        BranchUnknown = "branch-unknown", "R22-31", true;
        /// What an organ does under its own statute is done by that statute's date.
        StatutoryPeriodMissing = "statutory-period-missing", "R22-31", true;
        /// No text in force has a simple procedure.
        NoSimpleProcedure = "no-simple-procedure", "D-casefile", true;
        /// The answer is not one that is reviewed: it has another remedy, or none is needed.
        NotReviewable = "not-reviewable", "R22-35", false;
        /// No text in force lets a review be extended.
        NoReviewExtension = "no-review-extension", "R22-35", false;
        /// The unit is accused in this matter, or of somebody who is; it may not have it nor know of it.
        Accused = "accused", "R22-30", true;
        /// The unit that has the matter would be accused; take the matter back first.
        AccusedHasIt = "accused-has-it", "R22-30", true;
        /// The matter is sealed; this would open it to more people.
        Sealed = "sealed", "R22-30", false;
        /// No organ above the office is recorded, and the office can't keep what accuses it.
        NoSuperior = "no-superior", "R22-30", false;
        /// No agent speaks for this petition, or the authority stands as it is.
        NoAgent = "no-agent", "R22-19", false;
        /// The signed paper is needed.
        PaperMissing = "paper-missing", "R22-19", true;
        /// It needs the petitioner's consent.
        ConsentMissing = "consent-missing", "R22-33", true;
        /// A unit's contribution is awaited; it is given, or the unit is released, first.
        ContributionAwaited(UnitId) = "contribution-awaited", "R22-24", false;
        /// No contribution of this unit is awaited.
        NotAwaited = "not-awaited", "R22-24", false;
        /// The unit was named to handle it; it can't pass it on.
        Designated = "designated", "R22-24", false;
        /// It was asked before, or they keep out already.
        RecusalAskedAlready = "recusal-asked-already", "R22-28", true;
        /// Nobody asked that this person keep out.
        NoRecusalAsked = "no-recusal-asked", "R22-28", false;
        /// Nobody decides in their own cause.
        OwnCause = "own-cause", "R22-28", false;
        /// So many people petitioned, and each of them signs.
        SignaturesMissing(u32) = "signatures-missing", "D-casefile", true;
        /// Until this day whoever took it back may think again.
        MayThinkAgain(Date) = "may-think-again", "D-casefile", false;
        /// A petition is filed on a ground of the list alone.
        GroundMissing = "ground-missing", "D-casefile", true;
        /// The petitioner can be told, and asked.
        CanBeTold = "can-be-told", "R22-23b", true;
        /// Nobody decides the review of an answer of their own organ.
        OwnAnswer = "own-answer", "R22-35", false;
        /// Nobody was elected to speak for the petitioners.
        NobodyElected = "nobody-elected", "R22-20", true;
        /// Of each demand it is said how it relates to the matter.
        ClaimCount = "claim-count", "D-casefile", true;
        /// It was not taken back.
        NotWithdrawn = "not-withdrawn", "D-casefile", false;
        /// Several people petitioned together: each of them signs a paper.
        WithdrawTogether = "withdraw-together", "D-casefile", false;
        /// Nobody who came again waits to be told under this number.
        RepeatNotOwed = "repeat-not-owed", "R22-22", false;
        /// It is urgent already; report what is new.
        UrgentAlready = "urgent-already", "R22-25", false;
        /// It is not marked as urgent.
        NotUrgent = "not-urgent", "R22-25", false;
        /// No working group with petitioners was formed.
        NoParticipation = "no-participation", "R22-31", false;
        /// A working group was formed before.
        ParticipationOpen = "participation-open", "R22-31", false;
        /// The result was announced; the register is closed.
        ResultAnnounced = "result-announced", "R22-31", false;
        /// There is no such meeting, or none was held.
        NoSession = "no-session", "R22-31", false;
        /// The minutes of this meeting are not signed by the representatives.
        MinutesUnsigned(u32) = "minutes-unsigned", "R22-31", false;
        /// These minutes are signed.
        SignedAlready = "signed-already", "R22-31", false;
        /// This objection has no answer.
        ObjectionUnanswered(u32) = "objection-unanswered", "R22-31", false;
        /// There is no such open objection.
        NoObjection = "no-objection", "R22-31", false;
        /// No supervision is going on.
        NotSupervised = "not-supervised", "R22-40", false;
        /// The number was used before.
        NumberUsed = "number-used", "D-casefile", true;
        /// What is made public names somebody of the matter, or looks like somebody's data.
        NamesSomebody = "names-somebody", "D-casefile", true;
        /// There is no such open recommendation.
        NoRecommendation = "no-recommendation", "R22-40", false;
        /// The rung before it was not taken with this unit.
        RungSkipped = "rung-skipped", "R22-39", true;
        /// This rung was taken with this unit.
        RungTaken = "rung-taken", "R22-39", true;
        /// It was rated before.
        RatedAlready = "rated-already", "R22-21", false;
        /// A refusal must say how to raise the matter there.
        HowMissing = "how-missing", "R22-23", true;
        /// A refusal on this ground must say until when.
        WithinMissing = "within-missing", "R22-23", true;
        /// A refusal on this ground must name the earlier petition or opinion.
        EarlierMissing = "earlier-missing", "R22-23", true;
        /// Somebody is accused by name alone, and nobody has said yet where they belong.
        AccusedUnknown = "accused-unknown", "R22-30", false;
        /// Accusations go by management authority: to the discipline organ, or above whom they accuse.
        NotInAuthority = "not-in-authority", "R22-30", true;
        /// Nobody is accused of whom it is not known where they belong.
        NobodyUnknown = "nobody-unknown", "R22-30", false;
        /// The unit objected before and was told that it is its own.
        ObjectedAlready = "objected-already", "R22-23d", false;
        /// What was sent in and belongs to another power is passed on to it.
        HandOverInstead = "hand-over-instead", "R22-22b", false;
        /// What belongs into another legal procedure is led there.
        RouteInstead = "route-instead", "R22-31", false;
        /// What was referred and is not the unit's goes back by an objection that the sender verifies.
        ObjectInstead = "object-instead", "R22-23d", false;
        /// Only the regulations' own sixty days are extended; this runs by another clock.
        NotExtendable = "not-extendable", "R22-34", false;
        /// A review ordered a new answer; nothing else ends the matter.
        AnswerOrdered = "answer-ordered", "R22-35", false;
        /// The result of the joint investigation is announced before the matter is concluded.
        ResultNotAnnounced = "result-not-announced", "R22-31", false;
        /// The matter may hold a state secret; nothing is added or shown here.
        Halted = "halted", "R22-17", false;
        /// No text of law is in force on the day.
        NoLaw = "no-law", "D-casefile", false;
        /// Competence is decided by the lowest unit above all that disagree, or where there is none,
    /// by the joint conference.
        NotTheArbiter = "not-the-arbiter", "R22-24", true;
        /// Only the county's leaders answer for matters, and are written to.
        NotALeader = "not-a-leader", "R22-18b", true;
        /// Nobody of this account belongs to a unit of the directory.
        NobodyHere = "nobody-here", "R22-28", true;
        /// The category is none of those in force.
        UnknownCategory = "unknown-category", "R22-21", true;
    }
    by_the_text {
        /// The period for the act has elapsed on this day.
        PeriodElapsed {
            /// Last day on which it was possible.
            until: Date,
            /// The rule that sets it.
            rule: Rule,
        } = "period-elapsed", false;
        /// More days than the text allows.
        ExtensionTooLong {
            /// Days allowed.
            most_days: u32,
            /// The rule that sets it.
            rule: Rule,
        } = "extension-too-long", true;
        /// More representatives than the text allows.
        TooManyRepresentatives {
            /// How many are allowed.
            most: u32,
            /// The rule that sets it.
            rule: Rule,
        } = "too-many-representatives", true;
        /// More agents than the text allows.
        TooManyAgents {
            /// How many are allowed.
            most: u32,
            /// The rule that sets it.
            rule: Rule,
        } = "too-many-agents", true;
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.word(), self.rule().0)
    }
}

impl std::error::Error for Refusal {}

/// Something must be said in each of these texts.
pub(crate) fn filled(texts: &[&str]) -> Result<(), Refusal> {
    let empty = texts.iter().any(|text| text.trim().is_empty());
    if empty { Err(Refusal::TextMissing) } else { Ok(()) }
}

/// The reason for which somebody looks at what is closed (查看理由), as the journal keeps it: without the blanks around
/// it. One that nobody can read is none.
///
/// # Errors
/// [`Refusal::TextMissing`] for a text without a letter or a digit.
pub fn reasoned(reason: &str) -> Result<&str, Refusal> {
    let said = reason.chars().any(char::is_alphanumeric);
    if said { Ok(reason.trim()) } else { Err(Refusal::TextMissing) }
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        Self::Duty(unfit)
    }
}
