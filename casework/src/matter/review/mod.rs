//! Review and final review (复查、复核): whoever is not content with the answer asks the next higher
//! organ, and its next higher organ once more; then the matter is closed for the same facts and
//! reasons (R05-34, R05-35, R22-35, R22-36).

mod course;
mod organ;

use crate::code::code_list;
use crate::deadline::Law;
use crate::matter::handling::DemandAnswered;
use crate::matter::referral::Told;
use crate::matter::service::Served;
use crate::matter::{ConclusionGround, Context, Fact, Matter, Step};
use crate::org::UnitId;
use crate::petition::{Attachment, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::statute::{ClockKind, GroundCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// Which of the two (复查、复核).
    pub enum ReviewLevel {
        /// 复查.
        Review = "review",
        /// 复核: the last.
        FinalReview = "final_review",
    }
}

impl ReviewLevel {
    /// The clock within which the petitioner may ask.
    pub fn window(self) -> ClockKind {
        match self {
            Self::Review => ClockKind::ReviewWindow,
            Self::FinalReview => ClockKind::FinalReviewWindow,
        }
    }

    /// The clock within which the organ answers.
    pub fn clock(self) -> ClockKind {
        match self {
            Self::Review => ClockKind::Review,
            Self::FinalReview => ClockKind::FinalReview,
        }
    }
}

code_list! {
    /// What a review comes to (复查、复核意见).
    pub enum ReviewOutcome {
        /// 维持.
        Uphold = "uphold",
        /// 变更: the organ says what holds instead.
        Change = "change",
        /// 撤销: the answer falls; the organ says what holds instead, or else the unit answers anew.
        Revoke = "revoke",
        /// 责令重新办理: the unit answers anew, and not with the same result on the same facts.
        Redo = "redo",
    }
}

/// Asks for review or final review (申请复查、复核), in the petitioner's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReviewAsked {
    /// The organ that is asked: the next higher one.
    pub organ: UnitId,
    /// The day the request came; the organ's period counts from it.
    pub received_on: Date,
    /// The postmark of a mailed request: the petitioner's period is kept if this day lies in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_on: Option<Date>,
    /// What the petitioner objects to, in their words.
    pub reason: String,
    /// Whose request it is, by their petition; `None` where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub petition: Option<PetitionNumber>,
    /// Which demands' answers it is about, by their ordinals; none named is all of the petition's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<u32>,
    /// Why it comes after the period, if it does (正当理由); the organ judges it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_reason: Option<String>,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl ReviewAsked {
    /// The day that decides whether the petitioner kept the period.
    pub fn made_on(&self) -> Date {
        self.posted_on.unwrap_or(self.received_on)
    }
}

/// The reviewing organ takes longer, where a local text lets it (复查、复核延期).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReviewExtended {
    /// By how many calendar days.
    pub days: u32,
    /// Why, in words the petitioner will read.
    pub reason: String,
}

/// A hearing, while a matter is handled or reviewed (听证): both days belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HearingHeld {
    /// The day it was decided to hold one.
    pub from: Date,
    /// The day of its conclusion.
    pub until: Date,
    /// Who led it; not whoever investigates (听证主持人).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// Who interpreted, if anybody did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub interpreter: String,
    /// Who took part and what was found.
    pub text: String,
    /// Why it was not public, if it was not; hearings are public unless there is a reason (R05-31b).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub closed_because: String,
}

impl HearingHeld {
    /// How many days it took, both ends counted.
    pub fn days(&self) -> u32 {
        u32::try_from(crate::calendar::days_between(self.from, self.until) + 1).unwrap_or(0)
    }
}

/// The organ's written opinion (复查、复核意见书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReviewDecided {
    /// What it comes to.
    pub outcome: ReviewOutcome,
    /// Facts found and reasons; for a change, what holds instead.
    pub text: String,
    /// The law, rule or policy it rests on.
    pub basis: String,
    /// The document's number.
    pub number: String,
}

/// A review of a matter (复查、复核).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which of the two.
    pub level: ReviewLevel,
    /// What was asked.
    pub asked: ReviewAsked,
    /// The demands under review, by their ordinals.
    pub demands: Vec<u32>,
    /// What the organ puts in the place of answers under review, once its opinion changes or revokes them.
    pub instead: Vec<DemandAnswered>,
    /// The day it was accepted.
    pub accepted_on: Option<Date>,
    /// Why it was not, if it was not.
    pub declined: Option<Told>,
    /// The hearing, if one was held.
    pub hearing: Option<HearingHeld>,
    /// How it was given more time.
    pub extended: Option<ReviewExtended>,
    /// The opinion and its day.
    pub decided: Option<(Date, ReviewDecided)>,
    /// How the opinion was served, service by service.
    pub services: Vec<Served>,
    /// The last of these, once everybody has it.
    pub served: Option<Served>,
}

impl Review {
    /// Whether it goes on: neither declined nor brought to the petitioner.
    pub fn runs(&self) -> bool {
        self.declined.is_none() && self.served.is_none()
    }

    /// Whether its opinion sends the answers back to the unit: it orders a new answer, or revokes what stood there and
    /// puts nothing in its place.
    pub fn sends_back(&self) -> bool {
        let replaced = |ordinal: &u32| self.instead.iter().any(|one| one.demand == *ordinal);
        match self.decided.as_ref().map(|(_, decided)| decided.outcome) {
            Some(ReviewOutcome::Redo) => true,
            Some(ReviewOutcome::Revoke) => !self.demands.iter().all(replaced),
            Some(ReviewOutcome::Uphold | ReviewOutcome::Change) | None => false,
        }
    }
}

impl Matter {
    /// The review that is going on or was the last.
    pub fn last_review(&self) -> Option<&Review> {
        self.reviews.last()
    }

    /// The reviews of the answer that stands now; those before a new answer was ordered are over.
    pub fn chain(&self) -> &[Review] {
        let redone =
            self.reviews.iter().rposition(|review| review.served.is_some() && review.sends_back());
        self.reviews.get(redone.map_or(0, |at| at + 1)..).unwrap_or_default()
    }

    /// What the petitioner may ask for next; `None` when review is exhausted.
    pub fn next_level(&self) -> Option<ReviewLevel> {
        let decided = |review: &&Review| review.declined.is_none();
        match self.chain().iter().rfind(decided) {
            None => Some(ReviewLevel::Review),
            Some(review) if review.level == ReviewLevel::Review => Some(ReviewLevel::FinalReview),
            Some(_) => None,
        }
    }

    pub(crate) fn ask_review(
        &self,
        asked: &ReviewAsked,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let level = self.may_ask_review()?;
        if !self.reviewers(context.directory).iter().any(|unit| unit.id == asked.organ) {
            return Err(Refusal::NotAReviewer);
        }
        filled(&[&asked.reason])?;
        let theirs = self.contestable(asked.petition.as_ref());
        if let Some(other) = asked.demands.iter().find(|one| !theirs.contains(one)) {
            return Err(Refusal::NoSuchDemand(*other));
        }
        if asked.received_on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if asked.posted_on.is_some_and(|posted| posted > asked.received_on) {
            let earliest = asked.made_on();
            return Err(Refusal::DateTooEarly(earliest));
        }
        let late = asked.late_reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
        // Where service is not proved the window has not started, and nothing can be too late.
        let petition = asked.petition.as_ref();
        if petition.is_some_and(|number| !self.petitions.iter().any(|one| one.number == *number)) {
            return Err(Refusal::PetitionElsewhere);
        }
        let law = Law { statutes: context.law_book, calendar: context.calendar };
        if let Some(due) = self.window_of(level, petition, law)
            && asked.made_on() > due.binding()
            && !late
        {
            return Err(Refusal::PeriodElapsed { until: due.binding(), rule: due.source.rule });
        }
        Ok(vec![Fact::ReviewAsked(asked.clone())])
    }

    /// The demands whose answers whoever brought a petition may contest (可申请复查的诉求), by their ordinals: their own
    /// and those they share; all of them where nobody said whose request it is.
    pub fn contestable(&self, petition: Option<&PetitionNumber>) -> Vec<u32> {
        let theirs = petition.map(|number| self.demands_of(number));
        let theirs = theirs.unwrap_or_else(|| self.demands.iter().collect());
        theirs.into_iter().map(|demand| demand.ordinal).collect()
    }

    /// Which of the two may be asked for as the matter stands (可申请的层级), whoever asks and whenever: there is an
    /// answer that is reviewed, and review is not exhausted (R05-34, R22-35).
    ///
    /// # Errors
    /// [`Refusal::NotReviewable`], [`Refusal::NotInStep`], [`Refusal::ReviewExhausted`].
    pub fn may_ask_review(&self) -> Result<ReviewLevel, Refusal> {
        let answered = match &self.step {
            Step::Answered(_) | Step::Served(_) => true,
            Step::Concluded(conclusion) => {
                matches!(conclusion.ground, ConclusionGround::Served | ConclusionGround::Reviewed)
            }
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Accepted
            | Step::Settled
            | Step::ReviewAsked
            | Step::InReview
            | Step::ReviewDecided
            | Step::Halted(_) => false,
        };
        if !self.reviewable() && self.answer.is_some() {
            return Err(Refusal::NotReviewable);
        }
        if !answered {
            return Err(Refusal::NotInStep);
        }
        self.next_level().ok_or(Refusal::ReviewExhausted)
    }

    pub(crate) fn accept_review(&self) -> Result<Vec<Fact>, Refusal> {
        self.review_at(Step::ReviewAsked)?;
        Ok(vec![Fact::ReviewAccepted])
    }

    pub(crate) fn decline_review(
        &self,
        told: &Told,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let review = self.review_at(Step::ReviewAsked)?;
        self.not_in_own_cause(context)?;
        self.grounded(told, context)?;
        // BJ-37, SD-33, ZJ-25: only what came late without a good reason is turned away for being late.
        let law = Law { statutes: context.law_book, calendar: context.calendar };
        if told.ground == GroundCode::ReviewLate && !self.asked_late(review, law) {
            return Err(Refusal::AskedInTime);
        }
        Ok(vec![Fact::ReviewDeclined(told.clone())])
    }

    pub(crate) fn hold_hearing(
        &self,
        held: &HearingHeld,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        // R05-31b, R22-31b: also while the unit still handles it; its days are not taken out of anything.
        let earliest = if self.step == Step::Accepted {
            self.accepted_on().unwrap_or(self.received_on)
        } else {
            let review = self.review_at(Step::InReview)?;
            if review.hearing.is_some() {
                return Err(Refusal::HearingHeldAlready);
            }
            review.asked.received_on
        };
        if held.until > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if held.from < earliest {
            return Err(Refusal::DateTooEarly(earliest));
        }
        if held.until < held.from {
            return Err(Refusal::DateTooEarly(held.from));
        }
        filled(&[&held.text])?;
        self.may_host(&held.host, context.directory)?;
        Ok(vec![Fact::HearingHeld(held.clone())])
    }

    /// BJ-50 and what other local texts say: once, before the period has run out, with the reason.
    pub(crate) fn extend_review(
        &self,
        extended: &ReviewExtended,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let review = self.review_at(Step::InReview)?;
        if review.extended.is_some() {
            return Err(Refusal::ExtensionUsed);
        }
        let law = context.law(review.asked.received_on)?;
        let limit = law.review_extension().ok_or(Refusal::NoReviewExtension)?;
        if extended.days == 0 || extended.days > limit.most {
            let (most_days, rule) = (limit.most, limit.rule.clone());
            return Err(Refusal::ExtensionTooLong { most_days, rule });
        }
        if let Some(due) = self.due_of(review.level.clock(), context.law_book, context.calendar)
            && context.moment.on > due.nominal
        {
            return Err(Refusal::PeriodElapsed { until: due.nominal, rule: due.source.rule });
        }
        filled(&[&extended.reason])?;
        Ok(vec![Fact::ReviewExtended(extended.clone())])
    }

    pub(crate) fn decide_review(
        &self,
        decided: &ReviewDecided,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let review = self.review_at(Step::InReview)?;
        self.not_in_own_cause(context)?;
        if decided.outcome == ReviewOutcome::Change && review.instead.is_empty() {
            return Err(Refusal::InsteadMissing);
        }
        filled(&[&decided.text, &decided.number])?;
        if decided.basis.trim().is_empty() {
            return Err(Refusal::BasisMissing);
        }
        Ok(vec![Fact::ReviewDecided(decided.clone())])
    }

    /// What the organ would have hold instead of an answer under review.
    pub(crate) fn answer_instead(
        &self,
        answer: &DemandAnswered,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let review = self.review_at(Step::InReview)?;
        self.not_in_own_cause(context)?;
        if !review.demands.contains(&answer.demand) {
            return Err(Refusal::NoSuchDemand(answer.demand));
        }
        self.sound(answer, context)?;
        Ok(vec![Fact::AnsweredInstead(answer.clone())])
    }

    pub(crate) fn serve_review(
        &self,
        served: &Served,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let review = self.review_at(Step::ReviewDecided)?;
        let made_on = review.decided.as_ref().map_or(review.asked.received_on, |(on, _)| *on);
        served.check(made_on, context)?;
        self.may_serve(served, &review.services)?;
        Ok(vec![Fact::ReviewServed(served.clone())])
    }

    /// The running review, if the matter is in this step.
    fn review_at(&self, step: Step) -> Result<&Review, Refusal> {
        match self.reviews.last() {
            Some(review) if self.step == step => Ok(review),
            _ => Err(self.out_of_step()),
        }
    }

    /// Whether an answer that would be signed now only repeats one that a review had sent back.
    pub(crate) fn repeats_result(&self) -> bool {
        let outcome = |answers: &[DemandAnswered], ordinal: u32| {
            answers.iter().find(|answer| answer.demand == ordinal).map(|answer| answer.outcome)
        };
        self.demands.iter().any(|demand| {
            let now = demand.answer.as_ref().map(|answer| answer.outcome);
            now.is_some() && now == outcome(&self.sent_back, demand.ordinal)
        })
    }
}
