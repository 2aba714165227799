//! Bringing an answer to the petitioner, with proof (送达), and concluding (办结).

use crate::code::code_list;
use crate::deadline::{Due, Law, due_under};
use crate::matter::review::{Review, ReviewLevel};
use crate::matter::track::Branch;
use crate::matter::{Cause, Conclusion, ConclusionGround, Context, Fact, Matter, Span, Step};
use crate::moment::Within;
use crate::petition::{Attachment, Party, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// How a document was served (送达方式).
    pub enum ServiceMethod {
        /// 当面.
        InPerson = "in_person",
        /// 邮寄; the date is that of the receipt.
        Post = "post",
        /// 电子, with consent.
        Electronic = "electronic",
        /// 留置, with witnesses or pictures.
        Left = "left",
        /// 公告.
        PublicNotice = "public_notice",
    }
}

/// The answer reached petitioners; their review window starts from `on` (R05-34, R22-35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Served {
    /// How.
    pub method: ServiceMethod,
    /// The day it was received, office-local; for a public notice, the day on which its days are over.
    pub on: Date,
    /// Whom it reached, by the ids of the parties; nobody named is everybody who has not been served yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Who took it, or who witnessed it being left (签收人、见证人); masked like a name.
    pub recipient: String,
    /// What proves it: the receipt's number, the photograph, the notice's place (送达回证).
    pub proof: String,
    /// Whether they agreed to be served electronically.
    #[serde(default, skip_serializing_if = "is_no")]
    pub consent: bool,
    /// The first day of a public notice, office-local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Date>,
    /// Scans and pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_no(value: &bool) -> bool {
    !*value
}

/// Concludes the matter (办结), with the cause of the problem as the office sees its own part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conclude {
    /// 形成原因; `None` only where an old ledger does not say.
    pub cause: Option<Cause>,
}

impl Served {
    /// Brought to everybody at once, with nothing that only some ways of service need.
    pub fn by(method: ServiceMethod, on: Date, recipient: String, proof: String) -> Self {
        Self {
            method,
            on,
            to: Vec::new(),
            recipient,
            proof,
            consent: false,
            published_on: None,
            attachments: Vec::new(),
        }
    }

    /// Whether it reached somebody of this petition.
    pub fn reached(&self, petition: &Petition) -> bool {
        self.to.is_empty() || petition.parties.iter().any(|party| self.to.contains(&party.id))
    }

    /// What holds for every service: not before the paper was made, not in the future, with proof.
    pub(crate) fn check(&self, made_on: Date, context: &Context<'_>) -> Result<(), Refusal> {
        if self.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if self.on < made_on {
            return Err(Refusal::DateTooEarly(made_on));
        }
        filled(&[&self.proof, &self.recipient])?;
        self.is_proved(context)
    }

    /// What each method needs as its proof (CPL-87…95, by analogy): a picture or a paper of its being left before a
    /// witness, consent to the electronic way, the days of a public notice.
    fn is_proved(&self, context: &Context<'_>) -> Result<(), Refusal> {
        match self.method {
            ServiceMethod::InPerson | ServiceMethod::Post => Ok(()),
            ServiceMethod::Electronic if !self.consent => Err(Refusal::ServiceConsentMissing),
            ServiceMethod::Electronic => Ok(()),
            ServiceMethod::Left if self.attachments.is_empty() => Err(Refusal::PictureMissing),
            ServiceMethod::Left => Ok(()),
            ServiceMethod::PublicNotice => {
                let published = self.published_on.ok_or(Refusal::PublishedOnMissing)?;
                let law = context.law(published)?;
                let due = due_under(ClockKind::PublicNotice, published, 0, &law, context.calendar);
                match due {
                    Some(due) if self.on < due.nominal => Err(Refusal::NoticeStillUp(due.nominal)),
                    Some(_) | None => Ok(()),
                }
            }
        }
    }
}

impl Matter {
    /// Whether an answer reached the petitioner in these days: the unit's, or a review's; or both sides agreed, or a
    /// promise was carried out.
    pub fn answered_in(&self, within: Within) -> bool {
        let reviews = self.reviews.iter().filter_map(|review| review.served.as_ref());
        let served = self.served.iter().chain(reviews).map(|served| served.on);
        let settled = self.settlement.iter().map(|settled| settled.on);
        let executed = self.executed.iter().map(|done| done.on);
        served.chain(settled).chain(executed).any(|on| within.holds(on))
    }

    pub(crate) fn serve(
        &self,
        served: &Served,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let answered_on = match &self.step {
            Step::Answered(answer) => answer.on,
            Step::Served(_) | Step::Concluded(_) => return Err(Refusal::NothingToServe),
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
            | Step::Halted(_) => return Err(self.out_of_step()),
        };
        served.check(answered_on, context)?;
        self.may_serve(served, &self.services)?;
        Ok(vec![Fact::Served(served.clone())])
    }

    /// Whom a paper is brought to (送达对象): everybody who petitioned, each for themselves, whether alone, jointly, in a
    /// joined petition or as a representative; not whoever speaks for another, not whoever took it back, and not
    /// whoever came after the answer, who is told how it stands.
    pub fn recipients(&self) -> impl Iterator<Item = &Party> {
        self.waiting().flat_map(Petition::reached)
    }

    /// The petitions that wait for the answer: not those that were taken back, nor those that came after it.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Petition> {
        self.petitions.iter().filter(|one| {
            !self.withdrawn.contains(&one.number) && self.repeat_clock(&one.number).is_none()
        })
    }

    /// Those whom a paper that was brought to some has not reached yet.
    fn outstanding(&self, services: &[Served]) -> Vec<&Party> {
        if services.iter().any(|one| one.to.is_empty()) {
            return Vec::new();
        }
        let reached = |party: &Party| services.iter().any(|one| one.to.contains(&party.id));
        self.recipients().filter(|party| !reached(party)).collect()
    }

    /// Those who have not got the answer, or the opinion of the review, that is being served.
    pub fn to_be_served(&self) -> Vec<&Party> {
        if matches!(self.step, Step::Answered(_)) {
            return self.outstanding(&self.services);
        }
        let review = self.reviews.last().filter(|_| self.step == Step::ReviewDecided);
        review.map(|review| self.outstanding(&review.services)).unwrap_or_default()
    }

    /// Nobody is served twice, and nobody who did not petition.
    pub(crate) fn may_serve(&self, served: &Served, before: &[Served]) -> Result<(), Refusal> {
        let open = self.outstanding(before);
        let stands = |id: &String| open.iter().any(|party| party.id == *id);
        if served.to.iter().all(stands) { Ok(()) } else { Err(Refusal::NotToBeServed) }
    }

    /// Whether everybody has it.
    pub(crate) fn all_served(&self, services: &[Served]) -> bool {
        !services.is_empty() && self.outstanding(services).is_empty()
    }

    /// The position of the last service, if it reached only some, whose window is theirs alone.
    pub(crate) fn part(&self, services: &[Served]) -> Option<usize> {
        let alone = services.len() == 1 && services.iter().all(|one| one.to.is_empty());
        (!alone).then(|| services.len().saturating_sub(1))
    }

    /// Each service opens the windows of those whom it reached; with the last of them everybody has the answer.
    pub(crate) fn on_served(&mut self, served: &Served) {
        self.services.push(served.clone());
        let part = self.part(&self.services);
        if self.reviewable() {
            self.start_part(ClockKind::ReviewWindow, served.on, part);
        }
        if self.branch == Some(Branch::Duty) {
            self.start_part(ClockKind::Reconsideration, served.on, part);
        }
        self.end_service();
    }

    /// Everybody has the answer, or whoever had not is gone.
    pub(crate) fn end_service(&mut self) {
        let last = self.services.iter().max_by_key(|served| served.on).cloned();
        let Some(last) = last.filter(|_| self.all_served(&self.services)) else { return };
        if !matches!(self.step, Step::Answered(_)) {
            return;
        }
        self.stop(ClockKind::Service, last.on);
        self.start(ClockKind::Evaluation, last.on);
        self.served = Some(last.clone());
        self.step = Step::Served(last);
    }

    /// Starts a clock that concerns those alone whom one of several services reached.
    fn start_part(&mut self, clock: ClockKind, on: Date, part: Option<usize>) {
        self.start(clock, on);
        if let Some(span) = self.spans.last_mut() {
            span.service = part;
        }
    }

    /// The window in which somebody of this petition may ask for review (复查、复核申请期限): that of whoever of them
    /// was served last; `None` where one of them was not served, since no window has started for them.
    pub fn window_of(
        &self,
        level: ReviewLevel,
        petition: Option<&PetitionNumber>,
        law: Law<'_>,
    ) -> Option<Due> {
        self.latest_window(level, petition, law, |span| span.ended_on.is_none())
    }

    /// Whether a request was made after the window of whoever made it, which ended as they asked (逾期); where service
    /// is not proved none has started, and nobody is late.
    pub(crate) fn asked_late(&self, review: &Review, law: Law<'_>) -> bool {
        let due = self.latest_window(review.level, review.asked.petition.as_ref(), law, |_| true);
        due.is_some_and(|due| review.asked.made_on() > due.binding())
    }

    fn latest_window(
        &self,
        level: ReviewLevel,
        petition: Option<&PetitionNumber>,
        Law { statutes, calendar }: Law<'_>,
        wanted: impl Fn(&Span) -> bool,
    ) -> Option<Due> {
        let services = self.services_of(level);
        // Whoever is no recipient, as they came after the answer, has the window that runs longest.
        let served = |one: &&Petition| self.recipients().any(|party| one.parties.contains(party));
        let own =
            petition.and_then(|number| self.petitions.iter().find(|one| one.number == *number));
        let own = own.filter(served);
        let theirs = |party: &Party| own.is_none_or(|one| one.parties.contains(party));
        if self.outstanding(services).into_iter().any(theirs) {
            return None;
        }
        let concerns = |part: usize| match (services.get(part), own) {
            (Some(served), Some(one)) => served.reached(one),
            (Some(_), None) => true,
            (None, _) => false,
        };
        let own = self.spans.iter().filter(|span| {
            span.clock == level.window() && wanted(span) && span.service.is_none_or(concerns)
        });
        own.filter_map(|span| span.due(&self.place, statutes, calendar))
            .max_by_key(|due| due.nominal)
    }

    /// Whose clock it is, by their petitions (期限涉及的信访件); nobody named is everybody.
    pub fn concerned(&self, span: &Span) -> Vec<PetitionNumber> {
        if let Some(later) = &span.petition {
            return vec![later.clone()];
        }
        let Some(part) = span.service else { return Vec::new() };
        let level = if span.clock == ClockKind::FinalReviewWindow {
            ReviewLevel::FinalReview
        } else {
            ReviewLevel::Review
        };
        let Some(served) = self.services_of(level).get(part) else { return Vec::new() };
        let theirs = self.petitions.iter().filter(|one| served.reached(one));
        theirs.map(|one| one.number.clone()).collect()
    }

    /// The services of what may be reviewed at a level: of the answer, or of the opinion before.
    pub(crate) fn services_of(&self, level: ReviewLevel) -> &[Served] {
        match level {
            ReviewLevel::Review => &self.services,
            ReviewLevel::FinalReview => {
                let served = self.chain().iter().rfind(|review| review.declined.is_none());
                served.map(|review| review.services.as_slice()).unwrap_or_default()
            }
        }
    }

    /// Nothing concludes without a served answer or a recorded legal ground; the grounds conclude
    /// by themselves in [`crate::matter::referral`], so what comes here needs its answer served.
    pub(crate) fn conclude(
        &self,
        conclude: Conclude,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let announced = |one: &crate::matter::participation::Participation| one.announced.is_some();
        if !self.participation.as_ref().is_none_or(announced) {
            return Err(Refusal::ResultNotAnnounced);
        }
        // Who took it back may think again for some days; nothing ends before.
        if self.withdrawable() && self.all_withdrawn() {
            let thinking = self.thinking_until().filter(|until| context.moment.on <= *until);
            return match thinking {
                Some(until) => Err(Refusal::MayThinkAgain(until)),
                None => Ok(vec![Fact::Concluded(Conclusion {
                    ground: ConclusionGround::Withdrawn,
                    cause: conclude.cause,
                })]),
            };
        }
        match self.step {
            // R05-21d, R22-22③: what was to be reported is reported before it ends.
            Step::Served(_) if self.holder != self.office && self.owes_report(&self.holder) => {
                Err(Refusal::ReportOwed)
            }
            Step::Served(_) => Ok(vec![Fact::Concluded(Conclusion {
                ground: ConclusionGround::Served,
                cause: conclude.cause,
            })]),
            Step::Settled => Ok(vec![Fact::Concluded(Conclusion {
                ground: ConclusionGround::Settled,
                cause: conclude.cause,
            })]),
            Step::Answered(_) => Err(Refusal::NotServed),
            Step::Accepted => {
                let open: Vec<u32> = self.unanswered().collect();
                if open.is_empty() {
                    Err(Refusal::NotServed)
                } else {
                    Err(Refusal::DemandUnanswered(open))
                }
            }
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Concluded(_)
            | Step::ReviewAsked
            | Step::InReview
            | Step::ReviewDecided
            | Step::Halted(_) => Err(self.out_of_step()),
        }
    }
}
