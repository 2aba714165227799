//! Whoever continues the duties of a unit that was split, merged or abolished continues its matters (职权承接; R05-25,
//! R22-24b).

use super::{ContributionReleased, Succeeded};
use crate::matter::{Context, Matter, Step};
use crate::org::UnitId;
use crate::refusal::{Refusal, filled};
use crate::statute::ClockKind;
use jiff::civil::Date;

impl Matter {
    /// R05-25, R22-24b: whoever continues a unit's duties continues its matters; no clock begins anew.
    pub(super) fn succeed(
        &self,
        succeeded: &Succeeded,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        if matches!(self.step, Step::Concluded(_)) || self.holder == self.office {
            return Err(self.out_of_step());
        }
        if succeeded.successor == self.holder || succeeded.successor == self.office {
            return Err(Refusal::AlreadyThere);
        }
        self.may_handle(&succeeded.successor, context.directory)?;
        filled(&[&succeeded.number, &succeeded.reason])?;
        Ok(())
    }

    /// Whatever is open and names the unit that is gone names its successor from now on; what is past keeps
    /// the name it happened under.
    pub(super) fn on_succeeded(&mut self, successor: &UnitId, on: Date) {
        let gone = self.holder.clone();
        let pass = |unit: &mut UnitId| {
            if *unit == gone {
                unit.clone_from(successor);
            }
        };
        // Whoever leads now is no longer asked to contribute to its own answer.
        self.stop_for(ClockKind::Contribution, successor, on);
        if let Some(joint) = self.awaited_mut(successor) {
            let (unit, reason) = (successor.clone(), String::new());
            joint.released = Some(ContributionReleased { unit, reason });
        }
        let running = self.spans.iter_mut().filter(|span| span.ended_on.is_none());
        running.for_each(|span| pass(&mut span.unit));
        self.answered_by.iter_mut().for_each(pass);
        if let Step::Referred(referred) = &mut self.step {
            pass(&mut referred.to);
        }
        self.designation.iter_mut().for_each(|designated| pass(&mut designated.to));
        if let Some(part) = self.participation.as_mut().filter(|part| part.announced.is_none()) {
            pass(&mut part.unit);
        }
        if let Some(one) = self.supervisions.last_mut().filter(|one| one.closed.is_none()) {
            pass(&mut one.supervised.unit);
        }
        let open = self.recommendations.iter_mut().filter(|one| one.answered.is_none());
        open.for_each(|one| pass(&mut one.recommended.to));
        let open = self.leadership.instructions.iter_mut().filter(|one| one.answered.is_none());
        open.for_each(|one| pass(&mut one.unit));
        if let Some(review) = self.reviews.last_mut().filter(|review| review.runs()) {
            pass(&mut review.asked.organ);
        }
        self.hold(successor.clone(), on);
    }
}
