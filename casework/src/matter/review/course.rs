//! How a review goes on (复查复核的进行): what each of its facts makes of the matter.

use super::{
    HearingHeld, Review, ReviewAsked, ReviewDecided, ReviewExtended, ReviewLevel, ReviewOutcome,
};
use crate::matter::handling::DemandAnswered;
use crate::matter::referral::Told;
use crate::matter::service::Served;
use crate::matter::{Conclusion, ConclusionGround, Demand, Matter, Step};
use crate::statute::ClockKind;
use jiff::civil::Date;

impl Matter {
    pub(crate) fn on_review_asked(&mut self, asked: &ReviewAsked) {
        let Some(level) = self.next_level() else { return };
        let demands = if asked.demands.is_empty() {
            self.contestable(asked.petition.as_ref())
        } else {
            asked.demands.clone()
        };
        // A review is of the answer to everybody: nobody's window runs beside it.
        while self.running(level.window()).is_some() {
            self.stop(level.window(), asked.received_on);
        }
        // Whoever asks for its review has the answer.
        self.stop(ClockKind::Service, asked.received_on);
        self.reviews.push(Review {
            level,
            asked: asked.clone(),
            demands,
            instead: Vec::new(),
            accepted_on: None,
            declined: None,
            hearing: None,
            extended: None,
            decided: None,
            services: Vec::new(),
            served: None,
        });
        self.hold(asked.organ.clone(), asked.received_on);
        self.start(ClockKind::ReviewAcceptance, asked.received_on);
        self.start(level.clock(), asked.received_on);
        self.step = Step::ReviewAsked;
    }

    pub(crate) fn on_review_declined(&mut self, told: &Told, on: Date) {
        let Some(review) = self.reviews.last_mut() else { return };
        review.declined = Some(told.clone());
        let (level, clock) = (review.level, review.level.clock());
        let asked_on = review.asked.received_on;
        self.stop(ClockKind::ReviewAcceptance, on);
        self.stop(clock, on);
        // The right is not used up by a request that was not taken: what the request ended runs on as it did. An
        // answer that nobody brought has no window yet; one of an answer that fell stays shut.
        let unserved = level == ReviewLevel::Review && self.served.is_none();
        if unserved
            && let Some(span) = self.spans.iter_mut().rfind(|span| span.clock == ClockKind::Service)
        {
            span.ended_on = None;
        }
        let windows = self.services_of(level).len();
        let of_this = self.spans.iter_mut().rev().filter(|span| span.clock == level.window());
        for span in of_this.take(windows).filter(|span| span.ended_on == Some(asked_on)) {
            span.ended_on = None;
        }
        // The matter stands where it stood before it was asked for.
        let unit = self.answered_by.clone().unwrap_or_else(|| self.office.clone());
        let (holder, step) = match (&self.conclusion, &self.served, &self.answer) {
            (Some(conclusion), _, _) => (self.office.clone(), Step::Concluded(conclusion.clone())),
            (None, Some(served), _) => (unit, Step::Served(served.clone())),
            (None, None, Some(answer)) => (unit, Step::Answered(answer.clone())),
            (None, None, None) => return,
        };
        self.hold(holder, on);
        self.step = step;
    }

    pub(crate) fn on_review_extended(&mut self, extended: &ReviewExtended) {
        let Some(review) = self.reviews.last_mut() else { return };
        review.extended = Some(extended.clone());
        let clock = review.level.clock();
        if let Some(span) = self.running(clock) {
            span.added_days += extended.days;
        }
    }

    pub(crate) fn on_hearing_held(&mut self, held: &HearingHeld) {
        if self.step == Step::Accepted {
            self.hearings.push(held.clone());
            return;
        }
        let Some(review) = self.reviews.last_mut() else { return };
        review.hearing = Some(held.clone());
        // R05-35b, R22-36: only at the final review hearing time is not counted.
        if review.level == ReviewLevel::FinalReview
            && let Some(span) = self.running(ClockKind::FinalReview)
        {
            span.added_days += held.days();
        }
    }

    pub(crate) fn on_review_decided(&mut self, decided: &ReviewDecided, on: Date) {
        let Some(review) = self.reviews.last_mut() else { return };
        review.decided = Some((on, decided.clone()));
        // Nobody reads on what does not hold.
        if decided.outcome != ReviewOutcome::Uphold {
            self.publication = None;
        }
        let clock = review.level.clock();
        self.stop(clock, on);
        self.start(ClockKind::Service, on);
        self.step = Step::ReviewDecided;
    }

    pub(crate) fn on_review_served(&mut self, served: &Served, on: Date) {
        let Some(review) = self.reviews.last_mut() else { return };
        review.services.push(served.clone());
        let (level, organ) = (review.level, review.asked.organ.clone());
        let anew = review.sends_back();
        if level == ReviewLevel::Review && !anew {
            self.start_for(ClockKind::FinalReviewWindow, organ, served.on);
            let services = self.reviews.last().map(|review| review.services.clone());
            let part = services.and_then(|services| self.part(&services));
            if let Some(span) = self.spans.last_mut() {
                span.service = part;
            }
        }
        self.end_review_service(on);
    }

    /// Everybody has the opinion: the unit answers anew, or the matter is closed by it.
    pub(crate) fn end_review_service(&mut self, on: Date) {
        if self.step != Step::ReviewDecided {
            return;
        }
        let anew = self.reviews.last().is_some_and(Review::sends_back);
        let services =
            self.reviews.last().map(|review| review.services.clone()).unwrap_or_default();
        let last = services.iter().max_by_key(|served| served.on).cloned();
        let Some(last) = last.filter(|_| self.all_served(&services)) else { return };
        self.stop(ClockKind::Service, last.on);
        if let Some(review) = self.reviews.last_mut() {
            review.served = Some(last);
        }
        if anew {
            self.answer_anew(on);
        } else {
            self.replace();
            self.close(on);
        }
    }

    /// The unit that had answered answers again; a new period begins.
    fn answer_anew(&mut self, on: Date) {
        let unit = self.answered_by.clone().unwrap_or_else(|| self.office.clone());
        let reviewed = self.reviews.last().map(|review| review.demands.clone()).unwrap_or_default();
        // What nobody asked to have reviewed stands.
        let fallen = |demand: &&mut Demand| reviewed.contains(&demand.ordinal);
        self.sent_back =
            self.demands.iter_mut().filter(fallen).filter_map(|one| one.answer.take()).collect();
        (self.answer, self.served, self.concluded_on) = (None, None, None);
        self.publication = None;
        self.services.clear();
        self.answer_ordered = true;
        self.await_with_the_others();
        // Promises were of the answers that fell.
        self.executed.retain(|done| !reviewed.contains(&done.demand));
        self.stop(ClockKind::Evaluation, on);
        self.extension = crate::matter::handling::ExtensionState::None;
        let of_office = unit == self.office;
        self.hold(unit, on);
        self.conclusion = None;
        if of_office {
            self.start(ClockKind::Disposition, on);
            self.step = Step::Registered;
        } else {
            self.start(ClockKind::Handling, on);
            self.step = Step::Accepted;
        }
    }

    /// What the organ said holds instead, and what was promised is what it says now.
    fn replace(&mut self) {
        let changed = self.reviews.last().and_then(|review| review.decided.as_ref());
        let replaces = changed.is_some_and(|(_, decided)| match decided.outcome {
            ReviewOutcome::Change | ReviewOutcome::Revoke => true,
            ReviewOutcome::Uphold | ReviewOutcome::Redo => false,
        });
        if !replaces {
            return;
        }
        let instead = self.reviews.last().map(|review| review.instead.clone()).unwrap_or_default();
        for answer in instead {
            self.executed.retain(|done| done.demand != answer.demand);
            if let Some(demand) = self.demands.iter_mut().find(|one| one.ordinal == answer.demand) {
                demand.answer = Some(answer);
            }
        }
    }

    /// What the organ would have hold instead of an answer, written anew as often as it likes before it decides.
    pub(crate) fn on_answered_instead(&mut self, answer: &DemandAnswered) {
        let Some(review) = self.reviews.last_mut() else { return };
        review.instead.retain(|one| one.demand != answer.demand);
        review.instead.push(answer.clone());
    }

    /// Back to the office, closed by its answer.
    fn close(&mut self, on: Date) {
        let cause = self.conclusion.as_ref().and_then(|conclusion| conclusion.cause);
        let ground = ConclusionGround::Reviewed;
        let conclusion = Conclusion { ground, cause };
        self.end_clocks(on);
        self.concluded_on = self.concluded_on.or(Some(on));
        self.hold(self.office.clone(), on);
        self.conclusion = Some(conclusion.clone());
        self.step = Step::Concluded(conclusion);
    }
}
