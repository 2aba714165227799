//! A service that was written down wrongly (更正送达).

use super::Fact;
use crate::code::code_list;
use crate::matter::service::Served;
use crate::matter::{Context, Matter, Step};
use crate::refusal::{Refusal, filled};
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// Which paper was served (送达文书).
    pub enum ServedPaper {
        /// 书面答复.
        Answer = "answer",
        /// 复查、复核意见.
        Opinion = "opinion",
    }
}

/// Corrects the last service of a paper (更正送达); whom it reached stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectService {
    /// Which paper.
    pub paper: ServedPaper,
    /// How it was served in truth.
    pub to: Served,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// A service was corrected (送达已更正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ServiceCorrected {
    /// Which paper.
    pub paper: ServedPaper,
    /// As it was written down.
    pub from: Served,
    /// As it was.
    pub to: Served,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

impl Matter {
    pub(super) fn correct_service(
        &self,
        correct: &CorrectService,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
        let (from, made_on) = self.last_service(correct.paper)?;
        let to = Served { to: from.to.clone(), ..correct.to.clone() };
        if to == *from {
            return Err(Refusal::NothingCorrected);
        }
        filled(&[&correct.reason])?;
        to.check(made_on, context)?;
        let (paper, from, reason) = (correct.paper, from.clone(), correct.reason.clone());
        Ok(Fact::ServiceCorrected(ServiceCorrected { paper, from, to, reason }))
    }

    /// The last service of a paper, and the paper's day, while nobody has asked for review of it: after that its
    /// window is used, and a new answer stands in the place of one that fell.
    fn last_service(&self, paper: ServedPaper) -> Result<(&Served, Date), Refusal> {
        let (services, made_on) = match paper {
            ServedPaper::Answer => {
                let reviewed = self.chain().iter().any(|review| review.declined.is_none());
                let answer = self.answer.as_ref().filter(|_| !reviewed);
                (&self.services, answer.map(|answer| answer.on))
            }
            ServedPaper::Opinion => {
                let review = self.reviews.last().ok_or(Refusal::NothingToServe)?;
                let decided = review.decided.as_ref().filter(|_| !review.sends_back());
                (&review.services, decided.map(|(on, _)| *on))
            }
        };
        let made_on = made_on.ok_or_else(|| self.out_of_step())?;
        Ok((services.last().ok_or(Refusal::NothingToServe)?, made_on))
    }

    pub(super) fn on_service_corrected(&mut self, corrected: &ServiceCorrected) {
        let ServiceCorrected { paper, from, to, .. } = corrected;
        let (services, windows) = match paper {
            ServedPaper::Answer => (
                Some(&mut self.services),
                vec![ClockKind::ReviewWindow, ClockKind::Reconsideration],
            ),
            ServedPaper::Opinion => (
                self.reviews.last_mut().map(|review| &mut review.services),
                vec![ClockKind::FinalReviewWindow],
            ),
        };
        let Some(services) = services else { return };
        if let Some(last) = services.last_mut() {
            *last = to.clone();
        }
        let latest = services.iter().max_by_key(|served| served.on).cloned();
        // The last of each clock is that of the last service.
        for clock in windows.into_iter().chain([ClockKind::Evaluation]) {
            let span = self.spans.iter_mut().rfind(|span| span.clock == clock);
            if let Some(span) =
                span.filter(|one| one.started_on == from.on && one.ended_on.is_none())
            {
                span.started_on = to.on;
            }
        }
        let service = self.spans.iter_mut().rfind(|span| span.clock == ClockKind::Service);
        if let Some(span) = service.filter(|span| span.ended_on == Some(from.on)) {
            span.ended_on = Some(to.on);
        }
        match paper {
            ServedPaper::Answer if self.served.is_some() => {
                self.served.clone_from(&latest);
                if let (Step::Served(_), Some(latest)) = (&self.step, latest) {
                    self.step = Step::Served(latest);
                }
            }
            ServedPaper::Opinion => {
                if let Some(review) = self.reviews.last_mut().filter(|one| one.served.is_some()) {
                    review.served = latest;
                }
            }
            ServedPaper::Answer => {}
        }
    }
}
