//! Answering a matter (办理): accept, investigate, extend, answer each demand, sign.

use crate::matter::{Context, Fact, Matter, Step};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A step of the investigation (调查核实), with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// Day of the step, office-local.
    pub on: Date,
    /// What was done and found.
    pub text: String,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Asks the head for more time (申请延期, R05-33, R22-34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionAsked {
    /// Calendar days wanted.
    pub days: u32,
    /// Why, in words the petitioner will read.
    pub reason: String,
}

/// The head granted more time; the petitioner is told the reason (延期告知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// Calendar days granted, counted from the nominal due date.
    pub days: u32,
    /// Why.
    pub reason: String,
}

/// The head's reason for refusing more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionRefused {
    /// Why.
    pub reason: String,
}

/// Whether and how an extension stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionState {
    /// Nobody asked.
    None,
    /// Waits for the head.
    Asked(ExtensionAsked),
    /// Granted.
    Granted(Extended),
}

/// How one demand is answered (处理结论, R05-32, R22-32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 支持.
    Support,
    /// 部分支持.
    Partly,
    /// 解释说明.
    Explain,
    /// 不予支持.
    NotSupport,
}

impl Outcome {
    /// Every outcome, in the order of the text.
    pub const ALL: [Self; 4] = [Self::Support, Self::Partly, Self::Explain, Self::NotSupport];

    /// The word used in storage, in the API and as a locale key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Partly => "partly",
            Self::Explain => "explain",
            Self::NotSupport => "not_support",
        }
    }

    /// The outcome of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// Whether something will be done.
    pub fn promises(self) -> bool {
        matches!(self, Self::Support | Self::Partly)
    }
}

/// What will be done for a supported demand, and by when (执行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What.
    pub what: String,
    /// By which date.
    pub by: Date,
}

/// The answer to one demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandAnswered {
    /// The demand's ordinal, from 1.
    pub demand: u32,
    /// How.
    pub outcome: Outcome,
    /// Facts found and what follows.
    pub text: String,
    /// The law, rule or policy it rests on.
    pub basis: String,
    /// For a supported demand: what, by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Commitment>,
}

/// The office answers by itself (直接回复): one answer to all demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectAnswer {
    /// The answer.
    pub text: String,
    /// The law, rule or policy it rests on.
    pub basis: String,
}

/// The written opinion was signed (处理意见书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The document's number, such as `云农信〔2025〕12号`.
    pub number: String,
    /// What is new, where an answer that a review sent back keeps its result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_facts: Option<String>,
}

impl Matter {
    pub(crate) fn accept(&self) -> Result<Vec<Fact>, Refusal> {
        match self.step {
            Step::Referred(_) => Ok(vec![Fact::Accepted]),
            _ => Err(self.out_of_step()),
        }
    }

    pub(crate) fn take_step(
        &self,
        step: &StepTaken,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.in_handling()?;
        if step.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if step.on < self.received_on {
            return Err(Refusal::DateTooEarly { earliest: self.received_on });
        }
        if step.text.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Fact::StepTaken(step.clone())])
    }

    pub(crate) fn ask_extension(
        &self,
        asked: &ExtensionAsked,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.in_handling()?;
        match self.extension {
            ExtensionState::Granted(_) => return Err(Refusal::ExtensionUsed),
            ExtensionState::Asked(_) => return Err(Refusal::ExtensionPending),
            ExtensionState::None => {}
        }
        if asked.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        self.may_extend(asked.days, context)?;
        Ok(vec![Fact::ExtensionAsked(asked.clone())])
    }

    pub(crate) fn extend(&self, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        self.in_handling()?;
        let asked = match &self.extension {
            ExtensionState::Asked(asked) => asked,
            ExtensionState::Granted(_) => return Err(Refusal::ExtensionUsed),
            ExtensionState::None => return Err(Refusal::NoExtensionAsked),
        };
        self.may_extend(asked.days, context)?;
        Ok(vec![Fact::Extended(Extended { days: asked.days, reason: asked.reason.clone() })])
    }

    pub(crate) fn refuse_extension(
        &self,
        refused: &ExtensionRefused,
    ) -> Result<Vec<Fact>, Refusal> {
        self.in_handling()?;
        if !matches!(self.extension, ExtensionState::Asked(_)) {
            return Err(Refusal::NoExtensionAsked);
        }
        if refused.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Fact::ExtensionRefused(refused.clone())])
    }

    /// R05-33, R22-34: at most so many days, and only before the period has run out.
    fn may_extend(&self, days: u32, context: &Context<'_>) -> Result<(), Refusal> {
        let law = context.law(self.accepted_on().unwrap_or(context.moment.on))?;
        let Some(limit) = law.extension() else { return Err(Refusal::NoLaw) };
        if days == 0 || days > limit.most_days {
            return Err(Refusal::ExtensionTooLong {
                most_days: limit.most_days,
                rule: limit.rule.clone(),
            });
        }
        match self.due_of(ClockKind::Handling, context.law_book, context.calendar) {
            Some(due) if context.moment.on > due.nominal => {
                Err(Refusal::PeriodElapsed { until: due.nominal, rule: due.source.rule })
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn answer_demand(
        &self,
        answer: &DemandAnswered,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.in_handling()?;
        self.demand(answer.demand).ok_or(Refusal::NoSuchDemand(answer.demand))?;
        if answer.text.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        if answer.basis.trim().is_empty() {
            return Err(Refusal::BasisMissing);
        }
        match &answer.commitment {
            None if answer.outcome.promises() => return Err(Refusal::CommitmentMissing),
            Some(commitment) if commitment.what.trim().is_empty() => {
                return Err(Refusal::CommitmentMissing);
            }
            Some(commitment) if commitment.by < context.moment.on => {
                return Err(Refusal::DateNotAhead);
            }
            _ => {}
        }
        Ok(vec![Fact::DemandAnswered(answer.clone())])
    }

    pub(crate) fn sign(&self, signed: &Signed) -> Result<Vec<Fact>, Refusal> {
        self.in_handling()?;
        let open: Vec<u32> = self.unanswered().collect();
        if !open.is_empty() {
            return Err(Refusal::DemandUnanswered(open));
        }
        if signed.number.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        // What was sent back can't come again with the same result on the same facts.
        let new = signed.new_facts.as_ref().is_some_and(|facts| !facts.trim().is_empty());
        if self.repeats_result() && !new {
            return Err(Refusal::SameResult);
        }
        Ok(vec![Fact::Signed(signed.clone())])
    }

    pub(crate) fn answer_directly(&self, answer: &DirectAnswer) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        if answer.text.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        if answer.basis.trim().is_empty() {
            return Err(Refusal::BasisMissing);
        }
        Ok(vec![Fact::AnsweredDirectly(answer.clone())])
    }

    /// Ordinals of the demands that have no answer yet.
    pub fn unanswered(&self) -> impl Iterator<Item = u32> + '_ {
        self.demands.iter().filter(|demand| demand.answer.is_none()).map(|demand| demand.ordinal)
    }

    pub(crate) fn in_handling(&self) -> Result<(), Refusal> {
        match self.step {
            Step::Accepted => Ok(()),
            Step::Answered(_) | Step::Served(_) => Err(Refusal::OpinionSigned),
            _ => Err(self.out_of_step()),
        }
    }
}
