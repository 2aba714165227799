//! Several units on one matter (主办与协办), and whose it is when they disagree (R05-24, R22-24). One unit
//! leads and answers for the whole; others contribute to the demands that are theirs.

mod succession;

use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::matter::referral::Referred;
use crate::matter::{Context, Matter, Step};
use crate::org::UnitId;
use crate::petition::Attachment;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// After so many objections the matter goes to whoever decides about competence, by itself.
pub const MOST_OBJECTIONS: usize = 3;

/// Asks another unit to contribute to the answer (请协办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ContributionAsked {
    /// Which unit; named apart on the wire, where a line has a unit of its own.
    #[serde(rename = "joint_unit")]
    pub unit: UnitId,
    /// To which demands, by their ordinals.
    pub demands: Vec<u32>,
    /// By which date.
    pub due_on: Date,
    /// What it should know.
    #[serde(default)]
    pub note: String,
}

/// A unit's contribution (协办意见).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Contributed {
    /// Whose; always the unit that acts.
    #[serde(rename = "joint_unit")]
    pub unit: UnitId,
    /// What it found and proposes.
    pub text: String,
    /// The law, rule or policy it rests on.
    pub basis: String,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// A unit is no longer asked (免除协办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ContributionReleased {
    /// Which.
    #[serde(rename = "joint_unit")]
    pub unit: UnitId,
    /// Why.
    pub reason: String,
}

/// The question whose matter it is goes to the common superior or the joint conference (提请指定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Disputed {
    /// Why; for what went there by itself, that it did.
    #[serde(default)]
    pub reason: String,
}

/// The unit was named (指定办理); it can't pass the matter on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Designated {
    /// Which unit leads.
    pub to: UnitId,
    /// Who named it: the common superior, or the joint conference where there is none.
    pub arbiter: Arbiter,
    /// The letter's number (指定办理函).
    pub number: String,
    /// Why.
    pub reason: String,
}

/// The unit that has the matter was split, merged or abolished, and another continues its duties (职权承接).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Succeeded {
    /// The unit that continues them.
    pub successor: UnitId,
    /// The document that says so; where none does, the government's own decision.
    pub number: String,
    /// What happened to the unit.
    pub reason: String,
}

/// Who decides about competence (指定机关).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arbiter {
    /// 共同的上一级机关.
    Superior(UnitId),
    /// 信访工作联席会议.
    Conference,
}

/// A unit's part in a matter (协办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Joint {
    /// What it was asked.
    pub asked: ContributionAsked,
    /// What it said, and when.
    pub contributed: Option<(Date, Contributed)>,
    /// Why it is no longer asked.
    pub released: Option<ContributionReleased>,
}

impl Joint {
    /// Whether its contribution is still awaited.
    pub fn waits(&self) -> bool {
        self.contributed.is_none() && self.released.is_none()
    }
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 请协办.
    AskContribution(ContributionAsked),
    /// 提交协办意见.
    Contribute(Contributed),
    /// 免除协办.
    ReleaseContribution(ContributionReleased),
    /// 提请指定.
    Dispute(Disputed),
    /// 指定办理.
    Designate(Designated),
    /// 职权承接.
    Succeed(Succeeded),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "JointFact")]
pub enum Fact {
    /// 已请协办.
    ContributionAsked(ContributionAsked),
    /// 已提交协办意见.
    Contributed(Contributed),
    /// 已免除协办.
    ContributionReleased(ContributionReleased),
    /// 已提请指定.
    Disputed(Disputed),
    /// 已指定办理.
    Designated(Designated),
    /// 已由承接单位办理.
    Succeeded(Succeeded),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::AskContribution(_) => Act::AskContribution,
            Self::Contribute(_) => Act::Contribute,
            Self::ReleaseContribution(_) => Act::ReleaseContribution,
            Self::Dispute(_) => Act::Dispute,
            Self::Designate(_) => Act::Designate,
            Self::Succeed(_) => Act::Succeed,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::AskContribution(ContributionAsked {
                unit: trial.unit(),
                demands: vec![1],
                due_on: trial.today,
                note: said(),
            }),
            Self::Contribute(Contributed {
                unit: trial.context.actor.unit.clone(),
                text: said(),
                basis: said(),
                attachments: Vec::new(),
            }),
            {
                let unit = trial.matter.awaited().next().cloned();
                let unit = unit.unwrap_or_else(|| crate::org::UnitId(said()));
                let released = ContributionReleased { unit, reason: said() };
                Self::ReleaseContribution(released)
            },
            Self::Dispute(Disputed { reason: said() }),
            {
                let above = trial.context.directory.common_superior(&trial.matter.objectors);
                Self::Designate(Designated {
                    to: trial.unit(),
                    arbiter: above.map_or(Arbiter::Conference, Arbiter::Superior),
                    number: said(),
                    reason: said(),
                })
            },
            {
                let successor = trial.unit();
                let succeeded = Succeeded { successor, number: said(), reason: said() };
                Self::Succeed(succeeded)
            },
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Contributed(contributed) => &contributed.attachments,
            Self::ContributionAsked(_)
            | Self::ContributionReleased(_)
            | Self::Disputed(_)
            | Self::Designated(_)
            | Self::Succeeded(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::ContributionAsked(of) => Some(Letter::Contribution(of)),
            Self::Designated(of) => Some(Letter::Designation(of)),
            Self::Contributed(_)
            | Self::ContributionReleased(_)
            | Self::Disputed(_)
            | Self::Succeeded(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            // The unit that was named is where it went.
            Self::Designated(named) => {
                Some(crate::matter::notice::Notified::Referred { to: &named.to, despite: "" })
            }
            Self::ContributionAsked(_)
            | Self::Contributed(_)
            | Self::ContributionReleased(_)
            | Self::Disputed(_)
            | Self::Succeeded(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::ContributionAsked(_) => "contribution_asked",
            Self::Contributed(_) => "contributed",
            Self::ContributionReleased(_) => "contribution_released",
            Self::Disputed(_) => "disputed",
            Self::Designated(_) => "designated",
            Self::Succeeded(_) => "succeeded",
        }
    }
}

impl Matter {
    /// The units whose contribution is awaited.
    pub fn awaited(&self) -> impl Iterator<Item = &UnitId> {
        self.joints.iter().filter(|joint| joint.waits()).map(|joint| &joint.asked.unit)
    }

    /// Whether the unit that has it was named, so that it can't pass the matter on (R22-24).
    pub fn designated(&self) -> bool {
        self.designation.as_ref().is_some_and(|designated| designated.to == self.holder)
    }

    pub(crate) fn on_joint(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let fact = match command {
            Command::AskContribution(asked) => {
                self.ask_contribution(asked, context)?;
                Fact::ContributionAsked(asked.clone())
            }
            Command::Contribute(contributed) => {
                // Nobody speaks for another unit.
                let contributed =
                    Contributed { unit: context.actor.unit.clone(), ..contributed.clone() };
                let unit = &contributed.unit;
                let works = matches!(self.step, Step::Referred(_) | Step::Accepted);
                if !works || !self.awaited().any(|awaited| awaited == unit) {
                    return Err(Refusal::NotAwaited);
                }
                filled(&[&contributed.text])?;
                if contributed.basis.trim().is_empty() {
                    return Err(Refusal::BasisMissing);
                }
                Fact::Contributed(contributed)
            }
            Command::ReleaseContribution(released) => {
                if !self.awaited().any(|unit| *unit == released.unit) {
                    return Err(Refusal::NotAwaited);
                }
                filled(&[&released.reason])?;
                Fact::ContributionReleased(released.clone())
            }
            Command::Dispute(disputed) => {
                if !matches!(self.step, Step::Objected { .. }) {
                    return Err(self.out_of_step());
                }
                filled(&[&disputed.reason])?;
                Fact::Disputed(disputed.clone())
            }
            Command::Designate(designated) => {
                self.designate(designated, context)?;
                Fact::Designated(designated.clone())
            }
            Command::Succeed(succeeded) => {
                self.succeed(succeeded, context)?;
                Fact::Succeeded(succeeded.clone())
            }
        };
        Ok(vec![fact.into()])
    }

    fn ask_contribution(
        &self,
        asked: &ContributionAsked,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        if !matches!(self.step, Step::Referred(_) | Step::Accepted) {
            return Err(self.out_of_step());
        }
        // What is sealed goes to one unit and no further.
        if self.sealed() {
            return Err(Refusal::Sealed);
        }
        if asked.unit == self.holder || asked.unit == self.office {
            return Err(Refusal::AlreadyThere);
        }
        if self.awaited().any(|unit| *unit == asked.unit) {
            return Err(Refusal::AlreadyThere);
        }
        self.may_handle(&asked.unit, context.directory)?;
        if asked.demands.is_empty() {
            return Err(Refusal::DemandCount);
        }
        for ordinal in &asked.demands {
            self.demand(*ordinal).ok_or(Refusal::NoSuchDemand(*ordinal))?;
        }
        if asked.due_on <= context.moment.on {
            return Err(Refusal::DateNotAhead);
        }
        Ok(())
    }

    fn designate(&self, designated: &Designated, context: &Context<'_>) -> Result<(), Refusal> {
        if self.step != Step::Disputed {
            return Err(self.out_of_step());
        }
        if designated.to == self.office {
            return Err(Refusal::AlreadyThere);
        }
        // R22-24: the lowest unit above all that disagree; the conference only where there is none.
        let above = context.directory.common_superior(&self.objectors);
        let decides = match (&designated.arbiter, above) {
            (Arbiter::Superior(unit), Some(above)) => *unit == above,
            (Arbiter::Conference, above) => above.is_none(),
            (Arbiter::Superior(_), None) => false,
        };
        if !decides {
            return Err(Refusal::NotTheArbiter);
        }
        self.may_handle(&designated.to, context.directory)?;
        filled(&[&designated.number, &designated.reason])?;
        Ok(())
    }

    pub(crate) fn fold_joint(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::ContributionAsked(asked) => {
                if !self.units.contains(&asked.unit) {
                    self.units.push(asked.unit.clone());
                }
                self.start_for(ClockKind::Contribution, asked.unit.clone(), on);
                self.set_last(asked.due_on);
                let asked = asked.clone();
                self.joints.push(Joint { asked, contributed: None, released: None });
            }
            Fact::Contributed(contributed) => {
                self.stop_for(ClockKind::Contribution, &contributed.unit, on);
                if let Some(joint) = self.awaited_mut(&contributed.unit) {
                    joint.contributed = Some((on, contributed.clone()));
                }
            }
            Fact::ContributionReleased(released) => {
                self.stop_for(ClockKind::Contribution, &released.unit, on);
                if let Some(joint) = self.awaited_mut(&released.unit) {
                    joint.released = Some(released.clone());
                }
            }
            Fact::Disputed(_) => {
                self.release_joints(on);
                self.stop(ClockKind::Notice, on);
                self.stop_reports(on, false);
                self.hold(self.office.clone(), on);
                self.start(ClockKind::Designation, on);
                self.step = Step::Disputed;
            }
            Fact::Designated(designated) => {
                self.stop(ClockKind::Designation, on);
                self.designation = Some(designated.clone());
                self.on_referred(
                    &Referred {
                        to: designated.to.clone(),
                        report_back_on: None,
                        note: designated.reason.clone(),
                        despite: String::new(),
                    },
                    on,
                );
                // Who was named has no objection left.
                self.stop(ClockKind::Objection, on);
            }
            Fact::Succeeded(succeeded) => self.on_succeeded(&succeeded.successor, on),
        }
    }

    /// Nobody waits for contributions once their lead has lost the matter or it is over.
    pub(crate) fn release_joints(&mut self, on: Date) {
        for joint in self.joints.iter_mut().filter(|joint| joint.waits()) {
            let unit = joint.asked.unit.clone();
            joint.released = Some(ContributionReleased { unit, reason: String::new() });
        }
        self.spans
            .iter_mut()
            .filter(|span| span.clock == ClockKind::Contribution && span.ended_on.is_none())
            .for_each(|span| span.ended_on = Some(on));
    }

    fn awaited_mut(&mut self, unit: &UnitId) -> Option<&mut Joint> {
        self.joints.iter_mut().find(|joint| joint.waits() && joint.asked.unit == *unit)
    }
}
