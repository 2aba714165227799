//! What follows when a unit does not do its duty (督办的递进): named trackers, findings on the spot, three
//! kinds of recommendation with an answer due, and the ladder from a reminder to a proposal to hold
//! somebody accountable. It is about offices and officials only (R05-36…R05-38, R22-14, R22-38…R22-40).

use crate::code::code_list;
use crate::directory::{Directory, Person};
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::matter::{Context, Matter, Step};
use crate::org::{AccountId, UnitId};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::{ClockKind, topic};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// The three kinds of recommendation (三项建议).
    pub enum RecommendationKind {
        /// 改进工作的建议 (R05-36, R22-40).
        Improvement = "improvement",
        /// 完善政策的建议 (R05-37, R22-40).
        Policy = "policy",
        /// 追究责任的建议 (R05-38, R22-40).
        Accountability = "accountability",
    }
}

impl RecommendationKind {
    /// What the provisions are about on which it rests (条款主题).
    pub fn topic(self) -> &'static str {
        match self {
            Self::Improvement => topic::IMPROVEMENT,
            Self::Policy => topic::POLICY,
            Self::Accountability => topic::ACCOUNTABILITY,
        }
    }
}

code_list! {
    /// The rungs after and before a supervision (递进措施), in their order.
    pub enum Rung {
        /// 提醒、催办: before a supervision.
        Reminded = "reminded",
        /// 约谈: once supervision did not help.
        Talked = "talked",
        /// 通报.
        Circulated = "circulated",
        /// 挂牌督办、限期整改.
        Listed = "listed",
        /// 提出追究责任的建议.
        Accountable = "accountable",
    }
}

code_list! {
    /// Why a matter has somebody who follows it by name (专人跟踪).
    pub enum TrackedBecause {
        /// 领导阅批.
        LeaderRead = "leader_read",
        /// 上级交办.
        SuperiorAssigned = "superior_assigned",
        /// 重大紧急.
        Urgent = "urgent",
        /// 其他.
        Other = "other",
    }
}

/// Somebody follows the matter by name (专人跟踪).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TrackerNamed {
    /// Who, at the office; the account.
    pub tracker: AccountId,
    /// Why.
    pub because: TrackedBecause,
}

/// What a supervisor found on the spot or in the file (督查情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Found {
    /// The day, office-local.
    pub on: Date,
    /// What.
    pub finding: String,
}

/// A recommendation that its unit has to answer (建议书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Recommended {
    /// Which of the three.
    pub recommendation: RecommendationKind,
    /// The letter's number.
    pub number: String,
    /// To which unit.
    pub to: UnitId,
    /// Facts and what is recommended.
    pub text: String,
}

/// The unit's written answer (采纳情况反馈).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RecommendationAnswered {
    /// Which recommendation, by its letter's number.
    pub number: String,
    /// Whether it is adopted.
    pub adopted: bool,
    /// What is done; or the reasons, if it is not adopted.
    pub text: String,
}

/// A recommendation with its answer (建议).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Recommendation {
    /// What was recommended.
    pub recommended: Recommended,
    /// When.
    pub on: Date,
    /// The answer.
    pub answered: Option<(Date, RecommendationAnswered)>,
}

impl Recommendation {
    /// Whether this unit still has to answer it.
    pub fn waits_for(&self, unit: &UnitId) -> bool {
        self.answered.is_none() && self.recommended.to == *unit
    }
}

/// One rung of the ladder was taken with a unit (递进措施).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SteppedUp {
    /// Which.
    pub rung: Rung,
    /// With which unit; named apart on the wire, where a line has a unit of its own.
    #[serde(rename = "supervised_unit")]
    pub unit: UnitId,
    /// The paper's number, or the record's.
    pub number: String,
    /// What was said or ordered.
    pub text: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 指定跟踪人.
    NameTracker(TrackerNamed),
    /// 记录督查情况.
    RecordFinding(Found),
    /// 提出建议.
    Recommend(Recommended),
    /// 反馈建议.
    AnswerRecommendation(RecommendationAnswered),
    /// 递进.
    StepUp(SteppedUp),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "LadderFact")]
pub enum Fact {
    /// 已指定跟踪人.
    TrackerNamed(TrackerNamed),
    /// 督查情况已记录.
    FindingRecorded(Found),
    /// 已提出建议.
    Recommended(Recommended),
    /// 建议已反馈.
    RecommendationAnswered(RecommendationAnswered),
    /// 已递进.
    SteppedUp(SteppedUp),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::NameTracker(_) => Act::NameTracker,
            Self::RecordFinding(_) => Act::RecordFinding,
            Self::Recommend(_) => Act::Recommend,
            Self::AnswerRecommendation(_) => Act::AnswerRecommendation,
            Self::StepUp(_) => Act::StepUp,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        vec![
            {
                let because = TrackedBecause::ALL[0];
                Self::NameTracker(TrackerNamed { tracker: trial.tracker(), because })
            },
            Self::RecordFinding(Found { on: trial.today, finding: said() }),
            Self::Recommend(Recommended {
                recommendation: RecommendationKind::ALL[0],
                number: said(),
                // What is sealed opens to nobody new, so there it is whoever has it.
                to: if trial.matter.sealed() { trial.matter.holder.clone() } else { trial.unit() },
                text: said(),
            }),
            {
                let own = &trial.context.actor.unit;
                let open = |one: &&Recommendation| one.waits_for(own);
                let open = trial.matter.recommendations.iter().find(open);
                Self::AnswerRecommendation(RecommendationAnswered {
                    number: open.map_or_else(said, |one| one.recommended.number.clone()),
                    adopted: true,
                    text: said(),
                })
            },
            Self::StepUp(SteppedUp {
                rung: Rung::ALL[0],
                unit: trial.own_unit(),
                number: said(),
                text: said(),
            }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::TrackerNamed(_)
            | Self::FindingRecorded(_)
            | Self::Recommended(_)
            | Self::RecommendationAnswered(_)
            | Self::SteppedUp(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Recommended(of) => Some(Letter::Recommendation(of)),
            Self::SteppedUp(of) => Some(Letter::Rung(of)),
            Self::RecommendationAnswered(of) => Some(Letter::RecommendationAdoption(of)),
            Self::TrackerNamed(_) | Self::FindingRecorded(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::TrackerNamed(_)
            | Self::FindingRecorded(_)
            | Self::Recommended(_)
            | Self::RecommendationAnswered(_)
            | Self::SteppedUp(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::TrackerNamed(_) => "tracker_named",
            Self::FindingRecorded(_) => "finding_recorded",
            Self::Recommended(_) => "recommended",
            Self::RecommendationAnswered(_) => "recommendation_answered",
            Self::SteppedUp(_) => "stepped_up",
        }
    }
}

impl Matter {
    /// Whether somebody has to follow this matter by name, and nobody was named: a superior asked for
    /// the result, it was written to a leader, or it is urgent.
    pub fn tracker_missing(&self) -> bool {
        let wanted = self.is_urgent()
            || self.petitions.iter().any(|petition| {
                petition.addressee.is_some()
                    || petition.transfer.as_ref().is_some_and(|t| t.report_back_on.is_some())
            });
        wanted && self.tracker.is_none() && !matches!(self.step, Step::Concluded(_))
    }

    /// Whoever follows a matter by name works at the office, and need not keep out (R22-38).
    pub(crate) fn may_track(
        &self,
        person: &AccountId,
        directory: &Directory,
    ) -> Result<(), Refusal> {
        let here = |one: &Person| one.unit == self.office && one.works();
        let here = directory.people.get(person).is_some_and(here);
        let keeps_out = self.walls().accounts.contains(person);
        if here && !keeps_out { Ok(()) } else { Err(Refusal::NotATracker) }
    }

    pub(crate) fn on_ladder(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let fact = match command {
            Command::NameTracker(named) => {
                self.may_track(&named.tracker, context.directory)?;
                Fact::TrackerNamed(named.clone())
            }
            Command::RecordFinding(found) => {
                self.supervision().ok_or(Refusal::NotSupervised)?;
                if found.on > context.moment.on {
                    return Err(Refusal::DateInFuture);
                }
                filled(&[&found.finding])?;
                Fact::FindingRecorded(found.clone())
            }
            Command::Recommend(recommended) => {
                if recommended.to == self.office {
                    return Err(Refusal::NotAReceiver);
                }
                self.may_be_given(&recommended.to, context.directory)?;
                // What is sealed opens to nobody new.
                if self.sealed() && recommended.to != self.holder {
                    return Err(Refusal::Sealed);
                }
                let known = |one: &Recommendation| one.recommended.number == recommended.number;
                if self.recommendations.iter().any(known) {
                    return Err(Refusal::NumberUsed);
                }
                filled(&[&recommended.number, &recommended.text])?;
                Fact::Recommended(recommended.clone())
            }
            Command::AnswerRecommendation(answered) => {
                // Nobody answers for another unit.
                let waits = |one: &&Recommendation| {
                    one.waits_for(&context.actor.unit) && one.recommended.number == answered.number
                };
                self.recommendations.iter().find(waits).ok_or(Refusal::NoRecommendation)?;
                // R05-36b, R22-40: in writing; and who does not adopt it says why.
                filled(&[&answered.text])?;
                Fact::RecommendationAnswered(answered.clone())
            }
            Command::StepUp(stepped) => {
                self.step_up(stepped)?;
                filled(&[&stepped.number, &stepped.text])?;
                Fact::SteppedUp(stepped.clone())
            }
        };
        Ok(vec![fact.into()])
    }

    /// One rung after the other: nobody is listed who was not talked to first.
    fn step_up(&self, stepped: &SteppedUp) -> Result<(), Refusal> {
        if stepped.unit == self.office || !self.units.contains(&stepped.unit) {
            return Err(Refusal::NotAReceiver);
        }
        let taken = |rung: Rung| {
            self.rungs.iter().any(|(_, one)| one.rung == rung && one.unit == stepped.unit)
        };
        let supervised = || self.supervisions.iter().any(|one| one.supervised.unit == stepped.unit);
        let stands = match stepped.rung {
            Rung::Reminded => true,
            Rung::Talked => supervised(),
            Rung::Circulated => taken(Rung::Talked),
            Rung::Listed => taken(Rung::Circulated),
            Rung::Accountable => taken(Rung::Listed),
        };
        if !stands {
            return Err(Refusal::RungSkipped);
        }
        let once = stepped.rung != Rung::Reminded;
        if once && taken(stepped.rung) { Err(Refusal::RungTaken) } else { Ok(()) }
    }

    pub(crate) fn fold_ladder(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::TrackerNamed(named) => self.tracker = Some(named.clone()),
            Fact::FindingRecorded(found) => {
                if let Some(running) = self.supervisions.last_mut() {
                    running.findings.push(found.clone());
                }
            }
            Fact::Recommended(recommended) => {
                if !self.units.contains(&recommended.to) {
                    self.units.push(recommended.to.clone());
                }
                self.start_for(ClockKind::Recommendation, recommended.to.clone(), on);
                let recommended = recommended.clone();
                self.recommendations.push(Recommendation { recommended, on, answered: None });
            }
            Fact::RecommendationAnswered(answered) => {
                let waits = |one: &&mut Recommendation| {
                    one.recommended.number == answered.number && one.answered.is_none()
                };
                if let Some(one) = self.recommendations.iter_mut().find(waits) {
                    one.answered = Some((on, answered.clone()));
                    let unit = one.recommended.to.clone();
                    self.stop_for(ClockKind::Recommendation, &unit, on);
                }
            }
            Fact::SteppedUp(stepped) => self.rungs.push((on, stepped.clone())),
        }
    }
}
