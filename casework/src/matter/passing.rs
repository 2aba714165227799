//! What a unit received itself (单位直接收到的信访件): it registers what reaches it, accepts what is its own, says where
//! to go with what is nobody's here, and passes the rest on to the office with its reasons (R05-22, R22-21, R22-23).
//! Until the office confirms that it has it, the unit answers for it, within the days that count from its receipt.

use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::referral::Ruling;
use crate::matter::{Context, Matter, Step};
use crate::org::UnitId;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A unit of its own took the petition in (单位自行登记).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UnitReceived {
    /// The letters-and-visits office that answers for the whole.
    pub office: UnitId,
    /// Whether the unit has it until it passes it on; what may be about the unit itself is with the office at once
    /// (R05-23, R22-30).
    pub keeps: bool,
}

/// The unit passes what it received on to the office (移送信访局).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PassedOn {
    /// Why it is not the unit's own.
    pub reason: String,
    /// Which unit would be right, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<UnitId>,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 移送信访局.
    PassOn(PassedOn),
    /// 接收移送.
    TakeOver,
    /// 退回移送.
    SendBack(Ruling),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "PassingFact")]
pub enum Fact {
    /// 已移送信访局.
    PassedOn(PassedOn),
    /// 信访局已接收.
    TakenOver,
    /// 移送已退回.
    SentBack(Ruling),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::PassOn(_) => Act::PassOn,
            Self::TakeOver => Act::TakeOver,
            Self::SendBack(_) => Act::SendBack,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(_: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::PassOn(PassedOn { reason: said(), proposed: None }),
            Self::TakeOver,
            Self::SendBack(Trial::ruling()),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::PassedOn(_) | Self::TakenOver | Self::SentBack(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::PassedOn(of) => Some(Letter::PassingOn(of)),
            Self::TakenOver | Self::SentBack(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::TakenOver => Some(Notified::TakenOver),
            Self::PassedOn(_) | Self::SentBack(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::PassedOn(_) => "passed_on",
            Self::TakenOver => "taken_over",
            Self::SentBack(_) => "sent_back",
        }
    }
}

impl Matter {
    /// The unit that took the first petition in (首问单位).
    pub fn first_unit(&self) -> Option<&UnitId> {
        self.petitions.first().map(|petition| &petition.first_unit)
    }

    /// The unit that took the first petition in, where that was not the office (自行登记的单位).
    pub fn taken_in_by(&self) -> Option<&UnitId> {
        self.first_unit().filter(|unit| **unit != self.office)
    }

    /// Whether a unit received it itself and has it still, with nothing decided.
    pub(crate) fn with_its_receiver(&self) -> bool {
        self.step == Step::Registered && self.holder != self.office
    }

    /// With a unit that decides whether it is its own (待受理): it was passed to it, or it came to it directly.
    ///
    /// # Errors
    /// The matter stands elsewhere.
    pub(crate) fn at_unit(&self) -> Result<(), Refusal> {
        let there = matches!(self.step, Step::Referred(_)) || self.with_its_receiver();
        if there { Ok(()) } else { Err(self.out_of_step()) }
    }

    pub(crate) fn on_passing(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        match command {
            Command::PassOn(passed) => {
                if !self.with_its_receiver() {
                    return Err(self.out_of_step());
                }
                // What accuses the office goes above it, which the unit can't see to.
                self.may_reach(&self.office)?;
                filled(&[&passed.reason])?;
                let known = |unit: &UnitId| context.directory.units.contains_key(unit);
                if passed.proposed.as_ref().is_some_and(|unit| !known(unit)) {
                    return Err(Refusal::NotAReceiver);
                }
                Ok(vec![Fact::PassedOn(passed.clone()).into()])
            }
            Command::TakeOver => {
                self.passed_on()?;
                Ok(vec![Fact::TakenOver.into()])
            }
            Command::SendBack(ruling) => {
                let unit = self.passed_on()?;
                self.may_handle(unit, context.directory)?;
                filled(&[&ruling.reason])?;
                Ok(vec![Fact::SentBack(ruling.clone()).into()])
            }
        }
    }

    /// The unit that passed it on and whose passing on nobody has confirmed.
    fn passed_on(&self) -> Result<&UnitId, Refusal> {
        let passed = matches!(self.step, Step::PassedOn(_));
        self.first_unit().filter(|_| passed).ok_or_else(|| self.out_of_step())
    }

    /// The unit's days end, late or not, and the office's count from the same receipt.
    pub(crate) fn count_on_here(&mut self, on: Date) {
        let share = self.running(ClockKind::ChainShare).is_some();
        self.stop(ClockKind::Disposition, on);
        self.start(ClockKind::Disposition, self.received_on);
        if share {
            self.start(ClockKind::ChainShare, self.received_on);
        }
        self.step = Step::Registered;
    }

    pub(crate) fn fold_passing(&mut self, fact: &Fact, on: Date) {
        match fact {
            // The clock goes on and binds the unit until somebody confirms.
            Fact::PassedOn(passed) => {
                self.hold(self.office.clone(), on);
                self.step = Step::PassedOn(passed.clone());
            }
            Fact::TakenOver => self.count_on_here(on),
            Fact::SentBack(_) => {
                if let Some(unit) = self.first_unit().cloned() {
                    self.hold(unit, on);
                }
                self.step = Step::Registered;
            }
        }
    }
}
