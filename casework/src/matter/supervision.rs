//! Supervision (督办): the office follows up where a unit delays, shifts or does not do what it
//! promised. It is about the unit's duties, runs beside the work on the matter, and ends with a check
//! (R05-36, R05-36b, R22-40).

use crate::calendar::Calendar;
use crate::code::code_list;
use crate::directory::Directory;
use crate::matter::ladder::Found;
use crate::matter::notice::Notice;
use crate::matter::{Context, Fact, Matter, Step};
use crate::org::{AccountId, UnitId};
use crate::refusal::{Refusal, filled};
use crate::statute::{ClockKind, Statutes};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// How it is done (督办方式).
    pub enum SupervisionForm {
        /// 立案督办.
        Filing = "filing",
        /// 发函督办.
        Letter = "letter",
        /// 现场督办.
        OnSite = "on_site",
        /// 联合督办, for what is urgent.
        Joint = "joint",
    }
}

code_list! {
    /// Why (督办情形): the six of the older text, which the newer keeps in substance, and three that the
    /// file itself tells.
    pub enum Trigger {
        /// 无正当理由未按期办结.
        Overdue = "overdue",
        /// 未按规定反馈结果.
        NotReported = "not_reported",
        /// 未按规定程序办理, such as an answer nobody brought to the petitioner.
        Procedure = "procedure",
        /// 推诿、敷衍、拖延.
        Shifting = "shifting",
        /// 不执行处理意见.
        NotExecuted = "not_executed",
        /// 办结后同一诉求再次提出: what was said to be done did not help.
        Repeated = "repeated",
        /// 信访人不满意并说明理由.
        Dissatisfied = "dissatisfied",
        /// 重大紧急事项没有报告.
        Unreported = "unreported",
        /// 认定的事实不清，依据或者程序明显错误 (BJ-supervise).
        Unsound = "unsound",
        /// 虚报办结 (BJ-supervise).
        FalselyConcluded = "falsely_concluded",
        /// 其他需要督办的情形.
        Other = "other",
    }
}

/// Sets a unit under supervision on this matter (督办), with a recommendation that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// Who at the office follows it up by name (专人跟踪); the account.
    pub tracker: AccountId,
    /// Who supervises with them, where several do it together (联合督查组成员).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<AccountId>,
}

/// The unit's written answer to a recommendation (反馈采纳情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SupervisionAnswered {
    /// Whether it does what is recommended.
    pub adopted: bool,
    /// What it does; or its reasons, if it does not.
    pub text: String,
}

/// The office's closing check (核查销号).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// What the supervisor found on the way.
    pub findings: Vec<Found>,
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
            // Nobody supervises themselves: what the office owes stands on its own desk, overdue.
            if span.clock.is_right() || on <= due.nominal || span.unit == self.office {
                continue;
            }
            let report = span.clock == ClockKind::ReportBack;
            found.push(if report { Trigger::NotReported } else { Trigger::Overdue });
        }
        let old = |made_on: Date| crate::calendar::days_between(made_on, on) > UNSERVED_DAYS;
        let unserved_answer = self.holder != self.office
            && matches!(&self.step, Step::Answered(answer) if old(answer.on));
        if unserved_answer || self.units_notices().any(|notice| old(notice.made_on)) {
            found.push(Trigger::Procedure);
        }
        let undone = self.demands.iter().any(|demand| {
            let promised = demand.answer.as_ref().and_then(|answer| answer.commitment.as_ref());
            promised.is_some_and(|commitment| commitment.by < on)
                && !self.executed.iter().any(|done| done.demand == demand.ordinal)
        });
        let own = self.answered_by.as_ref() == Some(&self.office);
        if undone && !own && (self.served.is_some() || self.settlement.is_some()) {
            found.push(Trigger::NotExecuted);
        }
        // Whoever has it had to tell at once, too.
        let silent = self.urgent_reports.is_empty() && self.holder != self.office;
        if silent && self.urgent_since.is_some_and(|since| on > since) {
            found.push(Trigger::Unreported);
        }
        found.extend(self.told_by_petitioners());
        found.sort();
        found.dedup();
        found
    }

    /// Whether the file of a concluded matter may still tell a reason to supervise: something was
    /// promised and is not done, something lies unserved, or the petitioners say that it did not help.
    pub fn watched(&self) -> bool {
        let undone = self.demands.iter().any(|demand| {
            let promised = demand.answer.as_ref().is_some_and(|one| one.commitment.is_some());
            promised && !self.executed.iter().any(|done| done.demand == demand.ordinal)
        });
        undone || self.units_notices().next().is_some() || !self.told_by_petitioners().is_empty()
    }

    /// Notices that a unit made and did not bring; nobody supervises themselves.
    fn units_notices(&self) -> impl Iterator<Item = &Notice> {
        self.unserved().filter(|notice| notice.unit != self.office)
    }

    /// What the petitioners themselves tell: they came again after it was concluded, or say why they are
    /// not content. It counts against the offices alone.
    fn told_by_petitioners(&self) -> Vec<Trigger> {
        let mut found = Vec::new();
        let since = self.supervisions.last().and_then(|one| one.closed.as_ref()).map(|(on, _)| *on);
        let after = |on: Date| since.is_none_or(|since| on > since);
        if let Some(concluded_on) = self.concluded_on
            && self.answer.is_some()
            && self
                .petitions
                .iter()
                .any(|petition| petition.received_on > concluded_on && after(petition.received_on))
        {
            found.push(Trigger::Repeated);
        }
        let unhappy = |(on, rated): &(Date, crate::matter::rating::Rated)| {
            let content = [rated.of_office, rated.of_unit];
            content.contains(&crate::matter::rating::Content::Dissatisfied)
                && !rated.note.trim().is_empty()
                && after(*on)
        };
        if self.ratings.iter().any(unhappy) {
            found.push(Trigger::Dissatisfied);
        }
        found
    }

    pub(crate) fn supervise(
        &self,
        supervised: &Supervised,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        if self.supervision().is_some() {
            return Err(Refusal::SupervisedAlready);
        }
        if supervised.unit == self.office || !self.units.contains(&supervised.unit) {
            return Err(Refusal::NotAReceiver);
        }
        self.may_reach(&supervised.unit)?;
        // Together only where it is urgent: elsewhere one office supervises and answers for it.
        if supervised.form == SupervisionForm::Joint && !self.is_urgent() {
            return Err(Refusal::NotUrgentTogether);
        }
        let used = |one: &Supervision| one.supervised.number == supervised.number;
        if self.supervisions.iter().any(used) {
            return Err(Refusal::NumberUsed);
        }
        filled(&[&supervised.number, &supervised.text])?;
        self.may_track(&supervised.tracker, context.directory)?;
        self.group(supervised, context.directory)?;
        Ok(vec![Fact::Supervised(supervised.clone())])
    }

    /// Several supervise together as a group of people, none of whom the supervised unit has, and nobody else brings
    /// a group along.
    fn group(&self, supervised: &Supervised, directory: &Directory) -> Result<(), Refusal> {
        let together = supervised.form == SupervisionForm::Joint;
        if together == supervised.members.is_empty() {
            return Err(Refusal::GroupMissing);
        }
        let fits = |member: &AccountId| {
            let person = directory.people.get(member).filter(|person| person.works());
            person.is_some_and(|person| {
                person.unit != supervised.unit
                    && (person.unit == self.office || self.units.contains(&person.unit))
                    && !self.walls().accounts.contains(member)
            })
        };
        if supervised.members.iter().all(fits) { Ok(()) } else { Err(Refusal::NotATracker) }
    }

    pub(crate) fn answer_supervision(
        &self,
        answered: &SupervisionAnswered,
    ) -> Result<Vec<Fact>, Refusal> {
        let running = self.supervision().ok_or(Refusal::NotSupervised)?;
        if running.answered.is_some() {
            return Err(Refusal::NotInStep);
        }
        // R05-36b, R22-40: in writing; and who does not adopt it says why.
        filled(&[&answered.text])?;
        Ok(vec![Fact::SupervisionAnswered(answered.clone())])
    }

    pub(crate) fn close_supervision(
        &self,
        closed: &SupervisionClosed,
    ) -> Result<Vec<Fact>, Refusal> {
        let running = self.supervision().ok_or(Refusal::NotSupervised)?;
        // Nobody strikes off what was never answered.
        if running.answered.is_none() {
            return Err(Refusal::SupervisionUnanswered);
        }
        filled(&[&closed.finding])?;
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
        filled(&[&executed.text])?;
        Ok(vec![Fact::Executed(executed.clone())])
    }

    pub(crate) fn on_supervised(&mut self, supervised: &Supervised, on: Date) {
        self.supervisions.push(Supervision {
            supervised: supervised.clone(),
            on,
            answered: None,
            findings: Vec::new(),
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Executed {
    /// The demand's ordinal.
    pub demand: u32,
    /// The day, office-local.
    pub on: Date,
    /// What was done, and how it can be seen.
    pub text: String,
}
