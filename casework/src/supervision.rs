//! Supervision (督办): the office follows up where a unit delays, shifts or does not do what it
//! promised. It is about the unit's duties, runs beside the work on the matter, and ends with a check
//! (R05-36, R05-36b, R22-40).

use crate::calendar::Calendar;
use crate::matter::{Context, Fact, Matter, Step};
use crate::org::UnitId;
use crate::refusal::Refusal;
use crate::statute::{ClockKind, Statutes};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How it is done (督办方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupervisionForm {
    /// 立案督办.
    Filing,
    /// 发函督办.
    Letter,
    /// 现场督办.
    OnSite,
    /// 联合督办, for what is urgent.
    Joint,
}

impl SupervisionForm {
    /// Every form, in the order of the lists.
    pub const ALL: [Self; 4] = [Self::Filing, Self::Letter, Self::OnSite, Self::Joint];

    /// The word used in storage, in the API and as a locale key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Letter => "letter",
            Self::OnSite => "on_site",
            Self::Joint => "joint",
        }
    }

    /// The form of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.word() == word)
    }
}

/// Why (督办情形): the six of the older text, which the newer keeps in substance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// 无正当理由未按期办结.
    Overdue,
    /// 未按规定反馈结果.
    NotReported,
    /// 未按规定程序办理, such as an answer nobody brought to the petitioner.
    Procedure,
    /// 推诿、敷衍、拖延.
    Shifting,
    /// 不执行处理意见.
    NotExecuted,
    /// 其他需要督办的情形.
    Other,
}

impl Trigger {
    /// Every trigger, in the order of the text.
    pub const ALL: [Self; 6] = [
        Self::Overdue,
        Self::NotReported,
        Self::Procedure,
        Self::Shifting,
        Self::NotExecuted,
        Self::Other,
    ];

    /// The word used in storage, in the API and as a locale key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::NotReported => "not_reported",
            Self::Procedure => "procedure",
            Self::Shifting => "shifting",
            Self::NotExecuted => "not_executed",
            Self::Other => "other",
        }
    }

    /// The trigger of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trigger| trigger.word() == word)
    }
}

/// Sets a unit under supervision on this matter (督办), with a recommendation that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervised {
    /// The letter's number (督办编号).
    pub number: String,
    /// How.
    pub form: SupervisionForm,
    /// Why.
    pub trigger: Trigger,
    /// The unit that has to answer; named apart on the wire, where a line has a unit of its own.
    #[serde(rename = "supervised_unit")]
    pub unit: UnitId,
    /// Facts, and what is recommended (改进建议).
    pub text: String,
    /// Who at the office follows it up by name (专人跟踪).
    pub tracker: String,
}

/// The unit's written answer to a recommendation (反馈采纳情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionAnswered {
    /// Whether it does what is recommended.
    pub adopted: bool,
    /// What it does; or its reasons, if it does not.
    pub text: String,
}

/// The office's closing check (核查销号).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionClosed {
    /// What was found.
    pub finding: String,
}

/// A supervision of a matter (督办件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// What it began with.
    pub supervised: Supervised,
    /// The day.
    pub on: Date,
    /// The unit's answer.
    pub answered: Option<(Date, SupervisionAnswered)>,
    /// The closing check.
    pub closed: Option<(Date, SupervisionClosed)>,
}

impl Matter {
    /// The supervision that is going on.
    pub fn supervision(&self) -> Option<&Supervision> {
        self.supervisions.last().filter(|supervision| supervision.closed.is_none())
    }

    /// What the law would have supervised here and now, found from the clocks and the file (§10.4):
    /// proposals, which a person decides about. Empty while it is supervised.
    pub fn triggers(&self, on: Date, statutes: &Statutes, calendar: &Calendar) -> Vec<Trigger> {
        /// An answer lies so many days before somebody has to ask why nobody brought it.
        const UNSERVED_DAYS: i64 = 15;
        if self.supervision().is_some() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for span in self.spans.iter().filter(|span| span.ended_on.is_none()) {
            let Some(due) = span.due(&self.place, statutes, calendar) else { continue };
            if span.clock.is_right() || on <= due.nominal {
                continue;
            }
            found.push(match span.clock {
                ClockKind::ReportBack => Trigger::NotReported,
                _ => Trigger::Overdue,
            });
        }
        let old = |made_on: Date| crate::calendar::days_between(made_on, on) > UNSERVED_DAYS;
        let unserved_answer = matches!(&self.step, Step::Answered(answer) if old(answer.on));
        if unserved_answer || self.unserved().any(|notice| old(notice.made_on)) {
            found.push(Trigger::Procedure);
        }
        let undone = self.demands.iter().any(|demand| {
            let promised = demand.answer.as_ref().and_then(|answer| answer.commitment.as_ref());
            promised.is_some_and(|commitment| commitment.by < on)
                && !self.executed.iter().any(|done| done.demand == demand.ordinal)
        });
        if undone && self.served.is_some() {
            found.push(Trigger::NotExecuted);
        }
        found.sort();
        found.dedup();
        found
    }

    pub(crate) fn supervise(&self, supervised: &Supervised) -> Result<Vec<Fact>, Refusal> {
        if self.supervision().is_some() {
            return Err(Refusal::SupervisedAlready);
        }
        if supervised.unit == self.office || !self.units.contains(&supervised.unit) {
            return Err(Refusal::NotAReceiver);
        }
        let given = [&supervised.number, &supervised.text, &supervised.tracker];
        if given.iter().any(|text| text.trim().is_empty()) {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Fact::Supervised(supervised.clone())])
    }

    pub(crate) fn answer_supervision(
        &self,
        answered: &SupervisionAnswered,
    ) -> Result<Vec<Fact>, Refusal> {
        let running = self.supervision().ok_or(Refusal::NotInStep)?;
        if running.answered.is_some() {
            return Err(Refusal::NotInStep);
        }
        // R05-36b, R22-40: in writing; and who does not adopt it says why.
        if answered.text.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Fact::SupervisionAnswered(answered.clone())])
    }

    pub(crate) fn close_supervision(
        &self,
        closed: &SupervisionClosed,
    ) -> Result<Vec<Fact>, Refusal> {
        let running = self.supervision().ok_or(Refusal::NotInStep)?;
        // Nobody strikes off what was never answered.
        if running.answered.is_none() {
            return Err(Refusal::SupervisionUnanswered);
        }
        if closed.finding.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Fact::SupervisionClosed(closed.clone())])
    }

    /// What was promised for a demand was done (执行).
    pub(crate) fn execute(
        &self,
        executed: &Executed,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let demand = self.demand(executed.demand).ok_or(Refusal::NoSuchDemand(executed.demand))?;
        let promised = demand.answer.as_ref().is_some_and(|answer| answer.commitment.is_some());
        if !promised || self.answer.is_none() {
            return Err(Refusal::NothingPromised);
        }
        if executed.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if executed.text.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Fact::Executed(executed.clone())])
    }

    pub(crate) fn on_supervised(&mut self, supervised: &Supervised, on: Date) {
        self.supervisions.push(Supervision {
            supervised: supervised.clone(),
            on,
            answered: None,
            closed: None,
        });
        self.start_for(ClockKind::Supervision, supervised.unit.clone(), on);
    }

    pub(crate) fn on_supervision_answered(&mut self, answered: &SupervisionAnswered, on: Date) {
        if let Some(running) = self.supervisions.last_mut() {
            running.answered = Some((on, answered.clone()));
        }
        self.stop(ClockKind::Supervision, on);
    }

    pub(crate) fn on_supervision_closed(&mut self, closed: &SupervisionClosed, on: Date) {
        if let Some(running) = self.supervisions.last_mut() {
            running.closed = Some((on, closed.clone()));
        }
    }
}

/// What was promised in a supported demand's answer was done (执行情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Executed {
    /// The demand's ordinal.
    pub demand: u32,
    /// The day, office-local.
    pub on: Date,
    /// What was done, and how it can be seen.
    pub text: String,
}
