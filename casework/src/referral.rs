//! Passing a matter to who must answer it (转送、交办), and getting it back.

use crate::calendar::Calendar;
use crate::matter::{Conclusion, ConclusionGround, Context, Fact, Matter, Step};
use crate::org::UnitId;
use crate::refusal::Refusal;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Passes the matter to the responsible unit (转送, R05-21②③, R22-22①②); with a date by which the
/// result must be reported it is an assignment (交办, R05-21④, R22-22③).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refer {
    /// The responsible unit.
    pub to: UnitId,
    /// 报结果的日期: set when the result is needed.
    pub report_back_on: Option<Date>,
    /// What the unit should know.
    pub note: String,
}

/// The matter went to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referred {
    /// The unit.
    pub to: UnitId,
    /// The date set for the result, for an assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_back_on: Option<Date>,
    /// What the unit should know.
    #[serde(default)]
    pub note: String,
}

/// Tells the petitioner where to go instead (告知、引导) or declines (不予受理), with a ground of the code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// `N01`–`N08`.
    pub ground: String,
    /// Which organ or procedure, where, until when.
    pub where_to: String,
    /// The explanation in plain words.
    #[serde(default)]
    pub note: String,
}

/// Files the petition without further handling (存), with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Why nothing more is due.
    pub reason: String,
}

/// The unit says that the matter is not its own (异议, R22-23d).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objected {
    /// Detailed reasons.
    pub reason: String,
    /// Which unit would be right, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<UnitId>,
}

/// The office decided about an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Why.
    pub reason: String,
}

impl Matter {
    pub(crate) fn refer(&self, refer: &Refer, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        if refer.to == self.holder {
            return Err(Refusal::AlreadyThere);
        }
        if refer.report_back_on.is_some_and(|due| due <= context.moment.on) {
            return Err(Refusal::DateNotAhead);
        }
        Ok(vec![Fact::Referred(Referred {
            to: refer.to.clone(),
            report_back_on: refer.report_back_on,
            note: refer.note.clone(),
        })])
    }

    pub(crate) fn tell(&self, told: &Told, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        self.grounded(told, context)?;
        Ok(vec![
            Fact::Told(told.clone()),
            Fact::Concluded(Conclusion::of(ConclusionGround::Told(told.ground.clone()))),
        ])
    }

    pub(crate) fn decline(&self, told: &Told, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        if !matches!(self.step, Step::Referred(_)) {
            return Err(self.out_of_step());
        }
        self.grounded(told, context)?;
        Ok(vec![
            Fact::Declined(told.clone()),
            Fact::Concluded(Conclusion::of(ConclusionGround::Declined(told.ground.clone()))),
        ])
    }

    pub(crate) fn file(&self, filed: &Filed) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        if filed.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![
            Fact::Filed(filed.clone()),
            Fact::Concluded(Conclusion::of(ConclusionGround::Filed)),
        ])
    }

    pub(crate) fn object(
        &self,
        said: &Objected,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        if !matches!(self.step, Step::Referred(_)) {
            return Err(self.out_of_step());
        }
        if said.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        // R22-23d: five working days. The 2005 text sets no period, so none is enforced then.
        if let Some(due) = self.due_of(ClockKind::Objection, context.law_book, context.calendar)
            && context.moment.on > due.nominal
        {
            return Err(Refusal::PeriodElapsed { until: due.nominal, rule: due.source.rule });
        }
        Ok(vec![Fact::Objected(said.clone())])
    }

    pub(crate) fn rule(&self, ruling: &Ruling, upheld: bool) -> Result<Vec<Fact>, Refusal> {
        if !matches!(self.step, Step::Objected { .. }) {
            return Err(self.out_of_step());
        }
        if ruling.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        let ruling = ruling.clone();
        Ok(vec![if upheld { Fact::Returned(ruling) } else { Fact::ObjectionRefused(ruling) }])
    }

    /// The office may dispose of the matter only while it is the office's turn.
    pub(crate) fn at_office(&self) -> Result<(), Refusal> {
        if matches!(self.step, Step::Registered) { Ok(()) } else { Err(self.out_of_step()) }
    }

    /// A refusal by law cites a ground that the text in force knows, and says where to go.
    pub(crate) fn grounded(&self, told: &Told, context: &Context<'_>) -> Result<(), Refusal> {
        context
            .law(context.moment.on)?
            .ground(&told.ground)
            .ok_or_else(|| Refusal::UnknownGround(told.ground.clone()))?;
        if told.where_to.trim().is_empty() {
            return Err(Refusal::WhereToMissing);
        }
        Ok(())
    }

    /// The due date of the running clock of a kind.
    pub fn due_of(
        &self,
        clock: ClockKind,
        statutes: &crate::statute::Statutes,
        calendar: &Calendar,
    ) -> Option<crate::deadline::Due> {
        let span = self.spans.iter().find(|span| span.clock == clock && span.ended_on.is_none())?;
        span.due(&self.place, statutes, calendar)
    }
}
