//! Leaders and a matter (领导包案、批示): a leader answers for it until it is solved, and writes what shall be
//! done; both stand in the case file like everything else (R05-05b, R22-18b). What is asked of a leader is
//! to know the facts, to meet the petitioner, to solve and to explain; nothing is asked of the petitioner.

mod fact;

pub use fact::{Command, Fact};

use crate::code::code_list;
use crate::matter::ladder::{TrackedBecause, TrackerNamed};
use crate::matter::{Context, Matter, Step};
use crate::org::{AccountId, Role, UnitId};
use crate::refusal::{Refusal, filled};
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// Why a leader answers for a matter (包案情形): what is hard about the problem, or about the offices.
    pub enum SponsoredFor {
        /// 疑难复杂.
        Difficult = "difficult",
        /// 涉及人数多.
        Collective = "collective",
        /// 多次反映没有解决.
        Unsolved = "unsolved",
        /// 涉及多个单位、地区.
        CrossUnit = "cross_unit",
        /// 历史遗留.
        Legacy = "legacy",
    }
}

code_list! {
    /// What a sponsorship came to (包案结果).
    pub enum SponsorshipResult {
        /// 问题解决.
        Solved = "solved",
        /// 部分解决.
        PartlySolved = "partly_solved",
        /// 依据不足，已经解释清楚.
        Explained = "explained",
        /// 进入法定程序.
        InProcedure = "in_procedure",
    }
}

code_list! {
    /// What the petitioner says of it (信访人意见); nobody has to say anything, and nothing depends on it.
    pub enum PetitionerView {
        /// 同意.
        Agrees = "agrees",
        /// 不同意.
        Disagrees = "disagrees",
        /// 没有表示意见.
        Silent = "silent",
    }
}

code_list! {
    /// How a leader has part in a matter (领导参与方式).
    pub enum LeaderPart {
        /// 包案.
        Sponsorship = "sponsorship",
        /// 批示.
        Instruction = "instruction",
        /// 呈阅.
        Submission = "submission",
        /// 约见.
        Meeting = "meeting",
        /// 研究解决方案.
        Study = "study",
    }
}

/// A leader answers for the matter (包案); naming another one ends the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sponsored {
    /// Who.
    pub leader: AccountId,
    /// Why.
    pub sponsored_for: SponsoredFor,
    /// Until when the leader wants it solved, office-local.
    pub due_on: Date,
    /// What else was said; or why another leader takes it over.
    #[serde(default)]
    pub note: String,
}

/// How the leader goes about it (包案方案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SponsorshipPlanned {
    /// The plan.
    pub text: String,
}

/// The leader meets the petitioner (领导约见): at an office or where they live (R05-10b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PetitionerMet {
    /// Which leader.
    pub leader: AccountId,
    /// The day, office-local.
    pub on: Date,
    /// Where.
    pub venue: String,
    /// What was said.
    pub text: String,
    /// Whether the two sides were brought to agree (调处).
    #[serde(default)]
    pub mediated: bool,
}

/// The leader studies with the units how it can be solved (主持研究解决方案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SolutionStudied {
    /// Which leader.
    pub leader: AccountId,
    /// The day, office-local.
    pub on: Date,
    /// Who took part.
    pub present: String,
    /// What was found to do.
    pub text: String,
}

/// The sponsorship ends (包案结案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SponsorshipEnded {
    /// What it came to.
    pub result: SponsorshipResult,
    /// In words.
    pub text: String,
    /// What the petitioner says.
    pub view: PetitionerView,
}

/// The office puts a matter before a leader (呈报领导): what it is about and what the office proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SubmittedToLeader {
    /// Who.
    pub leader: AccountId,
    /// What it is about.
    pub summary: String,
    /// What is proposed.
    pub proposal: String,
}

/// What a leader writes on a matter (批示、阅批), with what was put before them (F35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Instructed {
    /// Which leader.
    pub leader: AccountId,
    /// The day it was written, office-local.
    pub on: Date,
    /// The summary put before the leader (摘要).
    pub summary: String,
    /// What the office proposed (拟办).
    #[serde(default)]
    pub proposal: String,
    /// The instruction's text (批示).
    pub text: String,
    /// When the unit that has the matter answers, office-local.
    pub due_on: Date,
    /// Who at the office follows it by name (专人跟踪); the account.
    pub tracker: AccountId,
}

/// The answer to an instruction (批示反馈).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct InstructionAnswered {
    /// Which instruction, from 1.
    pub instruction: u32,
    /// What was done.
    pub text: String,
}

/// A sponsorship from its beginning (包案).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sponsorship {
    /// What it began with.
    pub sponsored: Sponsored,
    /// When.
    pub since: Date,
    /// The plan, once there is one.
    pub plan: Option<SponsorshipPlanned>,
    /// Since when another leader has it, or when it came to its end.
    pub ended_on: Option<Date>,
    /// What it came to; nothing where another leader took it over.
    pub ended: Option<SponsorshipEnded>,
}

/// An instruction with its answer (批示件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// What was written.
    pub instructed: Instructed,
    /// The unit that had the matter then, and answers.
    pub unit: UnitId,
    /// The answer.
    pub answered: Option<(Date, InstructionAnswered)>,
}

impl Instruction {
    /// Whether this unit still has to answer it.
    pub fn waits_for(&self, unit: &UnitId) -> bool {
        self.answered.is_none() && self.unit == *unit
    }
}

/// What was put before a leader (呈报件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// What was put before whom.
    pub submitted: SubmittedToLeader,
    /// The day.
    pub on: Date,
    /// The day on which the leader wrote an instruction on it.
    pub read_on: Option<Date>,
}

/// A leader's part in a matter (领导参与), as its case file tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leadership {
    /// Sponsorships, in order.
    pub sponsorships: Vec<Sponsorship>,
    /// Meetings with the petitioner, in order.
    pub met: Vec<PetitionerMet>,
    /// Studies of how to solve it, in order.
    pub studied: Vec<SolutionStudied>,
    /// What was put before leaders, in order.
    pub submissions: Vec<Submission>,
    /// Instructions, in order.
    pub instructions: Vec<Instruction>,
}

impl Leadership {
    /// The sponsorship that runs.
    pub fn sponsorship(&self) -> Option<&Sponsorship> {
        self.sponsorships.last().filter(|one| one.ended_on.is_none())
    }
}

impl Matter {
    /// The leader who answers for the matter (包案领导).
    pub fn sponsor(&self) -> Option<&AccountId> {
        self.leadership.sponsorship().map(|one| &one.sponsored.leader)
    }

    /// Whether whoever received the petition first still answers for it (首问负责): until the unit that it
    /// went to has taken it over, or it was disposed of without one.
    pub fn first_receiver_answers(&self) -> bool {
        matches!(
            self.step,
            Step::Registered
                | Step::PassedOn(_)
                | Step::Referred(_)
                | Step::Objected { .. }
                | Step::Disputed
        )
    }

    pub(crate) fn on_sponsorship(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        if command.leader().is_some_and(|leader| !context.directory.leads(leader)) {
            return Err(Refusal::NotALeader);
        }
        // Whoever keeps out of a matter does not lead it either (R05-30, R22-28).
        if command.leader().is_some_and(|leader| self.walls().accounts.contains(leader)) {
            return Err(Refusal::OwnCause);
        }
        // The office enters what leaders did; a leader speaks for nobody else.
        let alone = context.actor.is(Role::Leader) && !context.actor.works();
        if alone && command.leader().is_some_and(|leader| *leader != context.actor.account) {
            return Err(Refusal::NotInOwnName);
        }
        let fact = match command {
            Command::Sponsor(sponsored) => {
                self.sponsor_by(sponsored, context)?;
                Fact::Sponsored(sponsored.clone())
            }
            Command::PlanSponsorship(planned) => {
                self.leadership.sponsorship().ok_or(Refusal::NotSponsored)?;
                filled(&[&planned.text])?;
                Fact::SponsorshipPlanned(planned.clone())
            }
            Command::MeetPetitioner(met) => {
                self.behind(met.on, context)?;
                filled(&[&met.venue, &met.text])?;
                Fact::PetitionerMet(met.clone())
            }
            Command::StudySolution(studied) => {
                self.behind(studied.on, context)?;
                filled(&[&studied.present, &studied.text])?;
                Fact::SolutionStudied(studied.clone())
            }
            Command::EndSponsorship(ended) => {
                let running = self.leadership.sponsorship().ok_or(Refusal::NotSponsored)?;
                // A leader answers for a matter by meeting whom it concerns, not from a desk.
                let leader = &running.sponsored.leader;
                if !self.leadership.met.iter().any(|met| met.leader == *leader) {
                    return Err(Refusal::PetitionerNotMet);
                }
                filled(&[&ended.text])?;
                Fact::SponsorshipEnded(ended.clone())
            }
            Command::SubmitToLeader(submitted) => {
                if matches!(self.step, Step::Concluded(_)) {
                    return Err(Refusal::Concluded);
                }
                filled(&[&submitted.summary, &submitted.proposal])?;
                let waits = |one: &Submission| {
                    one.read_on.is_none() && one.submitted.leader == submitted.leader
                };
                if self.leadership.submissions.iter().any(waits) {
                    return Err(Refusal::SubmittedAlready);
                }
                Fact::SubmittedToLeader(submitted.clone())
            }
            Command::Instruct(instructed) => {
                if matches!(self.step, Step::Concluded(_)) {
                    return Err(Refusal::Concluded);
                }
                self.behind(instructed.on, context)?;
                if instructed.due_on <= context.moment.on {
                    return Err(Refusal::DateNotAhead);
                }
                filled(&[&instructed.summary, &instructed.text])?;
                self.may_track(&instructed.tracker, context.directory)?;
                Fact::Instructed(instructed.clone())
            }
            Command::AnswerInstruction(answered) => {
                let open = self.instruction(answered.instruction);
                // Nobody answers for another unit.
                open.filter(|one| one.waits_for(&context.actor.unit))
                    .ok_or(Refusal::NoInstruction)?;
                filled(&[&answered.text])?;
                Fact::InstructionAnswered(answered.clone())
            }
        };
        Ok(vec![fact.into()])
    }

    /// The instruction of this ordinal, from 1.
    pub fn instruction(&self, ordinal: u32) -> Option<&Instruction> {
        let at = usize::try_from(ordinal).ok()?.checked_sub(1)?;
        self.leadership.instructions.get(at)
    }

    fn sponsor_by(&self, sponsored: &Sponsored, context: &Context<'_>) -> Result<(), Refusal> {
        if matches!(self.step, Step::Concluded(_)) {
            return Err(Refusal::Concluded);
        }
        if sponsored.due_on <= context.moment.on {
            return Err(Refusal::DateNotAhead);
        }
        match self.sponsor() {
            Some(leader) if *leader == sponsored.leader => Err(Refusal::SponsoredAlready),
            // Who hands it on says why, so that nobody passes a hard matter round.
            Some(_) => filled(&[&sponsored.note]),
            None => Ok(()),
        }
    }

    /// What a leader did lies neither before the petition came nor after today.
    fn behind(&self, on: Date, context: &Context<'_>) -> Result<(), Refusal> {
        if on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if on < self.received_on {
            return Err(Refusal::DateTooEarly(self.received_on));
        }
        Ok(())
    }

    pub(crate) fn fold_sponsorship(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::Sponsored(sponsored) => {
                if let Some(before) = self.leadership.sponsorships.last_mut() {
                    before.ended_on.get_or_insert(on);
                }
                let sponsored = sponsored.clone();
                let one =
                    Sponsorship { sponsored, since: on, plan: None, ended_on: None, ended: None };
                self.leadership.sponsorships.push(one);
            }
            Fact::SponsorshipPlanned(planned) => {
                if let Some(one) = self.leadership.sponsorships.last_mut() {
                    one.plan = Some(planned.clone());
                }
            }
            Fact::PetitionerMet(met) => self.leadership.met.push(met.clone()),
            Fact::SolutionStudied(studied) => self.leadership.studied.push(studied.clone()),
            Fact::SponsorshipEnded(ended) => {
                if let Some(one) = self.leadership.sponsorships.last_mut() {
                    (one.ended_on, one.ended) = (Some(on), Some(ended.clone()));
                }
            }
            Fact::SubmittedToLeader(submitted) => {
                let submitted = submitted.clone();
                self.leadership.submissions.push(Submission { submitted, on, read_on: None });
            }
            Fact::Instructed(instructed) => {
                let waits =
                    self.leadership.submissions.iter_mut().find(|one| {
                        one.read_on.is_none() && one.submitted.leader == instructed.leader
                    });
                if let Some(one) = waits {
                    one.read_on = Some(on);
                }
                let unit = self.holder.clone();
                self.start_for(ClockKind::Instruction, unit.clone(), on);
                self.set_last(instructed.due_on);
                // What a leader read has somebody who follows it by name (R22-38).
                self.tracker.get_or_insert_with(|| TrackerNamed {
                    tracker: instructed.tracker.clone(),
                    because: TrackedBecause::LeaderRead,
                });
                let instructed = instructed.clone();
                self.leadership.instructions.push(Instruction { instructed, unit, answered: None });
            }
            Fact::InstructionAnswered(answered) => self.on_instruction_answered(answered, on),
        }
    }

    fn on_instruction_answered(&mut self, answered: &InstructionAnswered, on: Date) {
        let at = usize::try_from(answered.instruction).unwrap_or_default().wrapping_sub(1);
        let Some(one) = self.leadership.instructions.get_mut(at) else { return };
        one.answered = Some((on, answered.clone()));
        let (unit, due_on) = (one.unit.clone(), one.instructed.due_on);
        let clock = self.spans.iter_mut().find(|span| {
            span.clock == ClockKind::Instruction
                && span.ended_on.is_none()
                && span.unit == unit
                && span.set_for == Some(due_on)
        });
        if let Some(clock) = clock {
            clock.ended_on = Some(on);
        }
    }
}
