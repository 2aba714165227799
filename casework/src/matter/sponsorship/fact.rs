//! What may be wanted of leaders in a matter, and what may have happened (领导参与的动作与事实).

use super::{
    Instructed, InstructionAnswered, PetitionerMet, SolutionStudied, Sponsored, SponsorshipEnded,
    SponsorshipPlanned, SubmittedToLeader,
};
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::org::AccountId;
use crate::role::Act;
use serde::{Deserialize, Serialize};

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 确定包案领导.
    Sponsor(Sponsored),
    /// 制定包案方案.
    PlanSponsorship(SponsorshipPlanned),
    /// 约见信访人.
    MeetPetitioner(PetitionerMet),
    /// 研究解决方案.
    StudySolution(SolutionStudied),
    /// 包案结案.
    EndSponsorship(SponsorshipEnded),
    /// 呈报领导.
    SubmitToLeader(SubmittedToLeader),
    /// 批示.
    Instruct(Instructed),
    /// 反馈批示.
    AnswerInstruction(InstructionAnswered),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "SponsorshipFact")]
pub enum Fact {
    /// 已确定包案领导.
    Sponsored(Sponsored),
    /// 包案方案已制定.
    SponsorshipPlanned(SponsorshipPlanned),
    /// 已约见信访人.
    PetitionerMet(PetitionerMet),
    /// 解决方案已研究.
    SolutionStudied(SolutionStudied),
    /// 包案已结案.
    SponsorshipEnded(SponsorshipEnded),
    /// 已呈报领导.
    SubmittedToLeader(SubmittedToLeader),
    /// 已批示.
    Instructed(Instructed),
    /// 批示已反馈.
    InstructionAnswered(InstructionAnswered),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Sponsor(_) => Act::Sponsor,
            Self::PlanSponsorship(_) => Act::PlanSponsorship,
            Self::MeetPetitioner(_) => Act::MeetPetitioner,
            Self::StudySolution(_) => Act::StudySolution,
            Self::EndSponsorship(_) => Act::EndSponsorship,
            Self::SubmitToLeader(_) => Act::SubmitToLeader,
            Self::Instruct(_) => Act::Instruct,
            Self::AnswerInstruction(_) => Act::AnswerInstruction,
        }
    }

    /// The leader whom it speaks of, if it names one.
    pub fn leader(&self) -> Option<&AccountId> {
        match self {
            Self::Sponsor(sponsored) => Some(&sponsored.leader),
            Self::MeetPetitioner(met) => Some(&met.leader),
            Self::StudySolution(studied) => Some(&studied.leader),
            Self::SubmitToLeader(submitted) => Some(&submitted.leader),
            Self::Instruct(instructed) => Some(&instructed.leader),
            Self::PlanSponsorship(_) | Self::EndSponsorship(_) | Self::AnswerInstruction(_) => None,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let own = &trial.context.actor.unit;
        let instruction =
            Trial::open(&trial.matter.leadership.instructions, |one| one.waits_for(own));
        let others = [
            Self::PlanSponsorship(SponsorshipPlanned { text: said() }),
            Self::EndSponsorship(SponsorshipEnded {
                result: super::SponsorshipResult::ALL[0],
                text: said(),
                view: super::PetitionerView::ALL[0],
            }),
            Self::AnswerInstruction(InstructionAnswered { instruction, text: said() }),
        ];
        let by_leaders = trial.leaders().into_iter().flat_map(|one| Self::by_leader(trial, &one));
        by_leaders.chain(others).collect()
    }

    /// Trials of what is done in a leader's name.
    fn by_leader(trial: &Trial<'_>, leader: &AccountId) -> Vec<Self> {
        vec![
            Self::Sponsor(Sponsored {
                leader: leader.clone(),
                sponsored_for: super::SponsoredFor::ALL[0],
                due_on: trial.today,
                note: said(),
            }),
            Self::MeetPetitioner(PetitionerMet {
                leader: leader.clone(),
                on: trial.today,
                venue: said(),
                text: said(),
                mediated: true,
            }),
            Self::StudySolution(SolutionStudied {
                leader: leader.clone(),
                on: trial.today,
                present: said(),
                text: said(),
            }),
            Self::SubmitToLeader(SubmittedToLeader {
                leader: leader.clone(),
                summary: said(),
                proposal: said(),
            }),
            Self::Instruct(Instructed {
                leader: leader.clone(),
                on: trial.today,
                summary: said(),
                proposal: said(),
                text: said(),
                due_on: trial.today,
                tracker: trial.tracker(),
            }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Sponsored(_)
            | Self::SponsorshipPlanned(_)
            | Self::PetitionerMet(_)
            | Self::SolutionStudied(_)
            | Self::SponsorshipEnded(_)
            | Self::SubmittedToLeader(_)
            | Self::Instructed(_)
            | Self::InstructionAnswered(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Instructed(of) => Some(Letter::Instruction(of)),
            Self::Sponsored(_)
            | Self::SponsorshipPlanned(_)
            | Self::PetitionerMet(_)
            | Self::SolutionStudied(_)
            | Self::SponsorshipEnded(_)
            | Self::SubmittedToLeader(_)
            | Self::InstructionAnswered(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::Sponsored(_)
            | Self::SponsorshipPlanned(_)
            | Self::PetitionerMet(_)
            | Self::SolutionStudied(_)
            | Self::SponsorshipEnded(_)
            | Self::SubmittedToLeader(_)
            | Self::Instructed(_)
            | Self::InstructionAnswered(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sponsored(_) => "sponsored",
            Self::SponsorshipPlanned(_) => "sponsorship_planned",
            Self::PetitionerMet(_) => "petitioner_met",
            Self::SolutionStudied(_) => "solution_studied",
            Self::SponsorshipEnded(_) => "sponsorship_ended",
            Self::SubmittedToLeader(_) => "submitted_to_leader",
            Self::Instructed(_) => "instructed",
            Self::InstructionAnswered(_) => "instruction_answered",
        }
    }
}
