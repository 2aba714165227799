//! Answering a matter (办理): accept, extend, answer each demand, sign.

use crate::code::code_list;
use crate::matter::track::{Branch, Track};
use crate::matter::{Context, Fact, Matter, Step};
use crate::org::AccountId;
use crate::refusal::{Refusal, filled};
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Accepts the matter (受理).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accept {
    /// Under which branch of redress; where the text knows branches and none is named, the last.
    pub branch: Option<Branch>,
    /// For a statutory duty: by when, under the organ's own statute.
    pub due_on: Option<Date>,
    /// For a statutory duty: which statute.
    pub basis: String,
    /// By the simple procedure, where a local text has one.
    pub simple: bool,
}

/// The matter was accepted (已受理), and this clock runs until its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Acceptance {
    /// Under which branch of redress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<Branch>,
    /// Which clock.
    #[serde(default = "handling", skip_serializing_if = "is_handling")]
    pub clock: ClockKind,
    /// The date under the organ's own statute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// That statute.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// The day it was due to be accepted, where that had passed: the period counts from it (R05-21c,
    /// R22-23c).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<Date>,
}

fn handling() -> ClockKind {
    ClockKind::Handling
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_handling(clock: &ClockKind) -> bool {
    *clock == ClockKind::Handling
}

/// Asks the head for more time (申请延期, R05-33, R22-34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ExtensionAsked {
    /// Calendar days wanted.
    pub days: u32,
    /// Why, in words the petitioner will read.
    pub reason: String,
}

/// The head granted more time; the petitioner is told the reason (延期告知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Extended {
    /// Calendar days granted, counted from the nominal due date.
    pub days: u32,
    /// Why.
    pub reason: String,
}

/// The head's reason for refusing more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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

code_list! {
    /// How one demand is answered (处理结论, R05-32, R22-32).
    pub enum Outcome {
        /// 支持.
        Support = "support",
        /// 部分支持.
        Partly = "partly",
        /// 解释说明.
        Explain = "explain",
        /// 不予支持.
        NotSupport = "not_support",
        /// 采纳, of a suggestion.
        Adopt = "adopt",
        /// 部分采纳.
        AdoptPartly = "adopt_partly",
        /// 未采纳.
        NotAdopt = "not_adopt",
        /// 反映问题属实, of an accusation.
        Found = "found",
        /// 部分属实.
        FoundPartly = "found_partly",
        /// 不属实.
        NotFound = "not_found",
        /// 达成协议: what a mediation or settlement ends in.
        Settled = "settled",
    }
}

impl Outcome {
    /// Whether something will be done.
    pub fn promises(self) -> bool {
        matches!(self, Self::Support | Self::Partly)
    }
}

/// What will be done for a supported demand, and by when (执行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Commitment {
    /// What.
    pub what: String,
    /// By which date.
    pub by: Date,
}

/// The answer to one demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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

/// The answer that an older ledger keeps (原台账答复): one to all demands, with neither number nor signature. Nobody
/// answers like this any more; what the office answers by itself (直接回复) is drafted and signed like every opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LedgerAnswer {
    /// The answer.
    pub text: String,
    /// The law, rule or policy it rests on.
    pub basis: String,
}

/// The written opinion was signed (处理意见书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Signed {
    /// The document's number, such as `云农信〔2025〕12号`.
    pub number: String,
    /// What is new, where an answer that a review sent back keeps its result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_facts: Option<String>,
    /// The head for whom it was signed by whoever stood in; who stood in is the directory's to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_head: Option<AccountId>,
}

impl Matter {
    pub(crate) fn accept(
        &self,
        accept: &Accept,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.at_unit()?;
        if self.with_its_receiver() {
            self.may_handle(&self.holder, context.directory)?;
        }
        let law = context.law(context.moment.on)?;
        let branch = match (self.track, accept.branch) {
            (Track::Redress, Some(branch)) if !law.branches() || branch.leads_elsewhere() => {
                return Err(Refusal::BranchUnknown);
            }
            (Track::Redress, given) if law.branches() => Some(given.unwrap_or(Branch::Residual)),
            (Track::Redress, _) => None,
            (_, Some(_)) => return Err(Refusal::OtherTrack),
            (_, None) => None,
        };
        let own_period = branch == Some(Branch::Duty);
        match accept.due_on {
            // R22-31⑤: under its own statute, whose period and name the petitioner is told.
            None if own_period => return Err(Refusal::StatutoryPeriodMissing),
            Some(_) if !own_period => return Err(Refusal::BranchUnknown),
            Some(by) if by <= context.moment.on => return Err(Refusal::DateNotAhead),
            _ => {}
        }
        if own_period && accept.basis.trim().is_empty() {
            return Err(Refusal::BasisMissing);
        }
        let clock = match (self.track, branch, accept.simple) {
            (Track::Redress, Some(Branch::Duty), _) => ClockKind::Statutory,
            (Track::Redress, _, true) => ClockKind::SimpleHandling,
            (Track::Redress, _, false) => ClockKind::Handling,
            // R22-29, R22-30: the newer text sets no period of its own for these; the older one
            // gives sixty days to everything that is accepted (R05-33).
            _ if law.branches() => ClockKind::Reply,
            _ => ClockKind::Handling,
        };
        if clock == ClockKind::SimpleHandling && law.period(clock).is_none() {
            return Err(Refusal::NoSimpleProcedure);
        }
        let (due_on, basis) = (accept.due_on, accept.basis.clone());
        // Silence stops no clock: what is accepted late counts from the day it was due to be accepted.
        let due = |clock| self.due_of(clock, context.law_book, context.calendar);
        let decides = due(ClockKind::Notice).or_else(|| due(ClockKind::Disposition));
        let counted_from =
            decides.map(|due| due.nominal).filter(|nominal| *nominal < context.moment.on);
        Ok(vec![Fact::Accepted(Acceptance { branch, clock, due_on, basis, counted_from })])
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
        filled(&[&asked.reason])?;
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
        filled(&[&refused.reason])?;
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
            None => Err(Refusal::NotExtendable),
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
        self.in_drafting()?;
        self.sound(answer, context)?;
        Ok(vec![Fact::DemandAnswered(answer.clone())])
    }

    /// An answer that says how, on what basis, and what is done by when.
    pub(crate) fn sound(
        &self,
        answer: &DemandAnswered,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        if !self.track.outcomes().contains(&answer.outcome) {
            return Err(Refusal::OtherTrack);
        }
        self.demand(answer.demand).ok_or(Refusal::NoSuchDemand(answer.demand))?;
        filled(&[&answer.text])?;
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
        Ok(())
    }

    pub(crate) fn sign(
        &self,
        signed: &Signed,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.in_drafting()?;
        let open: Vec<u32> = self.unanswered().collect();
        if !open.is_empty() {
            return Err(Refusal::DemandUnanswered(open));
        }
        if let Some(unit) = self.awaited().next() {
            return Err(Refusal::ContributionAwaited(unit.clone()));
        }
        if let Some(petition) = self.unheard().next() {
            return Err(Refusal::NotHeard(petition.clone()));
        }
        self.may_sign(context)?;
        filled(&[&signed.number])?;
        // What was sent back can't come again with the same result on the same facts.
        let new = signed.new_facts.as_ref().is_some_and(|facts| !facts.trim().is_empty());
        if self.repeats_result() && !new {
            return Err(Refusal::SameResult);
        }
        let for_head = context.directory.decides_for(&context.actor.account, context.moment.on);
        Ok(vec![Fact::Signed(Signed { for_head: for_head.cloned(), ..signed.clone() })])
    }

    pub(crate) fn keep_ledger_answer(&self, answer: &LedgerAnswer) -> Result<Vec<Fact>, Refusal> {
        self.at_office()?;
        filled(&[&answer.text])?;
        if answer.basis.trim().is_empty() {
            return Err(Refusal::BasisMissing);
        }
        self.no_answer_ordered()?;
        Ok(vec![Fact::LedgerAnswerKept(answer.clone())])
    }

    /// Ordinals of the demands that have no answer yet.
    pub fn unanswered(&self) -> impl Iterator<Item = u32> + '_ {
        self.demands.iter().filter(|demand| demand.answer.is_none()).map(|demand| demand.ordinal)
    }

    /// Whether its answer may be worked at: by the unit that accepted it, or by the office itself before it goes
    /// anywhere (直接回复).
    pub(crate) fn in_drafting(&self) -> Result<(), Refusal> {
        if self.step == Step::Registered && !self.with_its_receiver() {
            // What was answered here and sent back is to be looked into by a unit.
            return self.no_answer_ordered();
        }
        self.in_handling()
    }

    pub(crate) fn in_handling(&self) -> Result<(), Refusal> {
        match self.step {
            Step::Accepted => Ok(()),
            Step::Answered(_) | Step::Served(_) | Step::Settled => Err(Refusal::OpinionSigned),
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
