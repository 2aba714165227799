//! Passing a matter to who must answer it (转送、交办), and getting it back.

use crate::calendar::Calendar;
use crate::directory::Directory;
use crate::matter::{Conclusion, ConclusionGround, Context, Fact, Matter, Span, Step};
use crate::org::UnitId;
use crate::petition::Petition;
use crate::refusal::{Refusal, filled};
use crate::statute::{ClockKind, GroundCode, Owed};
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
    /// Why the unit answers although the petition complains of it, in words the petitioner reads.
    pub despite: String,
}

/// The matter went to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Referred {
    /// The unit.
    pub to: UnitId,
    /// The date set for the result, for an assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_back_on: Option<Date>,
    /// What the unit should know.
    #[serde(default)]
    pub note: String,
    /// Why the unit answers although the petition complains of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub despite: String,
}

/// Tells the petitioner where to go instead (告知、引导) or declines (不予受理), with a ground of the code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Told {
    /// On which ground.
    pub ground: GroundCode,
    /// Which organ, where; for what is pending elsewhere, who has it.
    pub where_to: String,
    /// By which procedure, and what to bring.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// Until when, in words: the procedure's period, or when the pending answer is due.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub within: String,
    /// The number of the petition that is pending, or of the final opinion.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub earlier: String,
    /// The explanation in plain words.
    #[serde(default)]
    pub note: String,
}

impl Told {
    /// Whether that was told.
    fn whole(&self) -> Result<(), Refusal> {
        for owed in self.ground.owes() {
            let (told, refusal) = match owed {
                Owed::How => (&self.how, Refusal::HowMissing),
                Owed::Within => (&self.within, Refusal::WithinMissing),
                Owed::Earlier => (&self.earlier, Refusal::EarlierMissing),
            };
            if told.trim().is_empty() {
                return Err(refusal);
            }
        }
        Ok(())
    }
}

/// Files the petition without further handling (存), on a ground of the code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Filed {
    /// On which ground; files of before there were any name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<GroundCode>,
    /// Why nothing more is due.
    pub reason: String,
}

/// The unit says that the matter is not its own (异议, R22-23d).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Objected {
    /// Detailed reasons.
    pub reason: String,
    /// Which unit would be right, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<UnitId>,
}

/// The result is reported to whoever set a date for it (办结报告; R05-21d, R22-22③).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ResultReported {
    /// The document's number.
    pub number: String,
    /// What was found, answered and done, and what the petitioner says to it.
    pub text: String,
}

/// The office moves the day for which it assigned the result (调整报结果的日期).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReportPostponed {
    /// The new day.
    pub report_back_on: Date,
    /// Why.
    pub reason: String,
}

/// The office decided about an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Ruling {
    /// Why.
    pub reason: String,
}

/// R22-23d: whoever says that a matter is not theirs says why, and so does whoever decides about it.
fn said_why(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(()) }
}

impl Matter {
    pub(crate) fn refer(&self, refer: &Refer, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        if refer.to == self.holder {
            return Err(Refusal::AlreadyThere);
        }
        self.may_handle(&refer.to, context.directory)?;
        if refer.report_back_on.is_some_and(|due| due <= context.moment.on) {
            return Err(Refusal::DateNotAhead);
        }
        if self.complains_of(&refer.to, context.directory) && refer.despite.trim().is_empty() {
            return Err(Refusal::ComplainedOf);
        }
        Ok(vec![Fact::Referred(Referred {
            to: refer.to.clone(),
            report_back_on: refer.report_back_on,
            note: refer.note.clone(),
            despite: refer.despite.clone(),
        })])
    }

    /// Whether a demand complains of a unit, or of one under which it stands (被投诉机关回避核查).
    pub fn complains_of(&self, unit: &UnitId, directory: &Directory) -> bool {
        let organs: Vec<UnitId> =
            self.demands.iter().filter_map(|demand| demand.complained_of.clone()).collect();
        directory.is_under(unit, &organs)
    }

    pub(crate) fn tell(&self, told: &Told, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        self.undisposed()?;
        self.no_answer_ordered()?;
        self.grounded(told, context)?;
        // R22-22b, R22-22c: who comes about a lawsuit is guided to the organ; what was sent in is passed on to it.
        // R05-14b, R05-21a: the older text tells both.
        let law = context.law(context.moment.on)?;
        let passes_on = law.ground(told.ground).is_some_and(|ground| ground.hands_over);
        let here = |petition: &Petition| petition.channel.is_in_person();
        if passes_on && !self.petitions.iter().any(here) {
            return Err(Refusal::HandOverInstead);
        }
        Ok(vec![
            Fact::Told(told.clone()),
            Fact::Concluded(Conclusion::of(ConclusionGround::Told(told.ground))),
        ])
    }

    pub(crate) fn decline(&self, told: &Told, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        if !matches!(self.step, Step::Referred(_)) {
            return Err(self.out_of_step());
        }
        // R22-24: who was named to handle it can't say that it is not theirs.
        // Only what the petitioner's own procedure is about stays open to it.
        if self.designated() && !told.ground.is_of_procedure() {
            return Err(Refusal::Designated);
        }
        self.no_answer_ordered()?;
        // R22-23d: what was passed on and is not the unit's goes back by an objection that the sender
        // verifies; the older text let the unit say so itself.
        let objects = context.law(context.moment.on)?.period(ClockKind::Objection).is_some();
        if told.ground == GroundCode::NotCompetent && objects {
            return Err(Refusal::ObjectInstead);
        }
        // R22-31: an organ that gets what belongs into another procedure leads the petitioner there; it has no ground
        // to decline. The older text does (R05-21a).
        if told.ground == GroundCode::LegalRoute && context.law(context.moment.on)?.branches() {
            return Err(Refusal::RouteInstead);
        }
        self.grounded(told, context)?;
        Ok(vec![
            Fact::Declined(told.clone()),
            Fact::Concluded(Conclusion::of(ConclusionGround::Declined(told.ground))),
        ])
    }

    pub(crate) fn file(&self, filed: &Filed, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        self.no_answer_ordered()?;
        let ground = filed.ground.ok_or(Refusal::GroundMissing)?;
        let known = context.law(context.moment.on)?.ground(ground).filter(|ground| ground.files);
        known.ok_or(Refusal::UnknownGround(ground))?;
        // Whoever can be told is asked, before anybody says that nothing can be verified.
        let told = self.petitions.iter().any(crate::petition::Petition::can_be_told);
        if ground == GroundCode::Unreachable && told {
            return Err(Refusal::CanBeTold);
        }
        filled(&[&filed.reason])?;
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
        if self.designated() {
            return Err(Refusal::Designated);
        }
        // What accuses the office can't go back to it.
        self.may_reach(&self.office)?;
        let open = |span: &crate::matter::Span| {
            span.clock == ClockKind::Objection
                && span.unit == self.holder
                && span.ended_on.is_none()
        };
        if !self.spans.iter().any(open) {
            return Err(Refusal::ObjectedAlready);
        }
        said_why(&said.reason)?;
        // R22-23d: five working days. The 2005 text sets no period, so none is enforced then.
        if let Some(due) = self.due_of(ClockKind::Objection, context.law_book, context.calendar)
            && context.moment.on > due.nominal
        {
            return Err(Refusal::PeriodElapsed { until: due.nominal, rule: due.source.rule });
        }
        let mut facts = vec![Fact::Objected(said.clone())];
        if self.objectors.len() + 1 >= crate::matter::joint::MOST_OBJECTIONS {
            let reason = String::new();
            facts.push(
                crate::matter::joint::Fact::Disputed(crate::matter::joint::Disputed { reason })
                    .into(),
            );
        }
        Ok(facts)
    }

    /// The office takes the matter back from the unit that has it: what turns out to accuse the unit, or
    /// somebody of it, can't stay there until the unit itself lets go (R05-23, R22-30).
    pub(crate) fn recall(&self, ruling: &Ruling) -> Result<Vec<Fact>, Refusal> {
        let begun = matches!(self.step, Step::Referred(_) | Step::Accepted);
        if !(begun || self.with_its_receiver()) || self.holder == self.office {
            return Err(self.out_of_step());
        }
        // What accuses the office was passed above it, and stays there.
        self.may_reach(&self.office)?;
        filled(&[&ruling.reason])?;
        Ok(vec![Fact::Recalled(ruling.clone())])
    }

    pub(crate) fn rule(&self, ruling: &Ruling, upheld: bool) -> Result<Vec<Fact>, Refusal> {
        if !matches!(self.step, Step::Objected { .. }) {
            return Err(self.out_of_step());
        }
        said_why(&ruling.reason)?;
        let ruling = ruling.clone();
        Ok(vec![if upheld { Fact::Returned(ruling) } else { Fact::ObjectionRefused(ruling) }])
    }

    /// After a review ordered a new answer, nothing else ends the matter (R22-35).
    pub(crate) fn no_answer_ordered(&self) -> Result<(), Refusal> {
        if self.answer_ordered { Err(Refusal::AnswerOrdered) } else { Ok(()) }
    }

    /// Nobody has disposed of it yet, at the office or at the unit that took it in.
    pub(crate) fn undisposed(&self) -> Result<(), Refusal> {
        if self.step == Step::Registered { Ok(()) } else { Err(self.out_of_step()) }
    }

    /// The office may dispose of the matter only while it is the office's turn.
    pub(crate) fn at_office(&self) -> Result<(), Refusal> {
        if self.with_its_receiver() { Err(Refusal::WithItsReceiver) } else { self.undisposed() }
    }

    /// C5: the date that the office set is the office's to move; what a superior set is not.
    /// Whether a unit owes a report of the result to whoever set a date for it (报结果).
    pub fn owes_report(&self, unit: &UnitId) -> bool {
        let runs = |span: &Span| span.clock == ClockKind::ReportBack && span.ended_on.is_none();
        self.spans.iter().any(|span| runs(span) && span.unit == *unit)
    }

    /// R05-21d, R22-22③: the result is reported in writing once the petitioner has it.
    pub(crate) fn report_result(
        &self,
        reported: &ResultReported,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let unit = &context.actor.unit;
        if !self.owes_report(unit) {
            return Err(Refusal::NoReportOwed);
        }
        if self.served.is_none() && !matches!(self.step, Step::Concluded(_)) {
            return Err(Refusal::NotServed);
        }
        filled(&[&reported.number, &reported.text])?;
        Ok(vec![Fact::ResultReported(reported.clone())])
    }

    pub(crate) fn postpone_report(
        &self,
        postponed: &ReportPostponed,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let set = |span: &&crate::matter::Span| {
            span.clock == ClockKind::ReportBack
                && span.ended_on.is_none()
                && span.unit != self.office
        };
        if !self.spans.iter().any(|span| set(&span)) {
            return Err(self.out_of_step());
        }
        if postponed.report_back_on <= context.moment.on {
            return Err(Refusal::DateNotAhead);
        }
        filled(&[&postponed.reason])?;
        Ok(vec![Fact::ReportPostponed(postponed.clone())])
    }

    pub(crate) fn on_report_postponed(&mut self, postponed: &ReportPostponed) {
        let office = self.office.clone();
        let set = self.spans.iter_mut().rfind(|span| {
            span.clock == ClockKind::ReportBack && span.ended_on.is_none() && span.unit != office
        });
        if let Some(span) = set {
            span.set_for = Some(postponed.report_back_on);
        }
    }

    /// A refusal by law cites a ground that the text in force knows, and says where to go.
    pub(crate) fn grounded(&self, told: &Told, context: &Context<'_>) -> Result<(), Refusal> {
        context
            .law(context.moment.on)?
            .ground(told.ground)
            .filter(|ground| ground.tells)
            .ok_or(Refusal::UnknownGround(told.ground))?;
        // BJ-27, SD-28: only an agent's paper is asked for, and only where it is wanting.
        let wanting = || self.petitions.iter().any(|one| self.authority_missing(&one.number));
        if told.ground == GroundCode::NoAuthority && !wanting() {
            return Err(Refusal::AuthorityStands);
        }
        // R05-22a, R22-23: whoever is not taken up is told where to go.
        if told.where_to.trim().is_empty() {
            return Err(Refusal::WhereToMissing);
        }
        told.whole()
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
