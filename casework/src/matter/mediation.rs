//! Mediation and settlement (调解、和解): within what the law leaves to the parties, and only as long as
//! both want it (R22-33).

use crate::code::code_list;
use crate::matter::handling::{Commitment, DemandAnswered, Outcome};
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::matter::{Answer, Context, Matter, Step};
use crate::petition::Attachment;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// Which of the two (调解或者和解).
    pub enum Way {
        /// 调解, with a mediator.
        Mediation = "mediation",
        /// 和解, between the parties.
        Settlement = "settlement",
    }
}

/// A mediation was tried (调解).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Mediated {
    /// The day, office-local.
    pub on: Date,
    /// Who mediated.
    pub mediator: String,
    /// Whether the petitioner wanted it; without that there is none.
    pub consent: bool,
    /// What came of it.
    pub text: String,
}

/// The parties agreed in writing (调解、和解协议书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Settled {
    /// Which of the two.
    pub way: Way,
    /// The agreement's number.
    pub number: String,
    /// The day it was signed by all; it takes effect then.
    pub on: Date,
    /// Who signed, masked like names.
    pub recipient: String,
    /// Whether the petitioner signed of their own will.
    pub consent: bool,
    /// What was agreed.
    pub text: String,
    /// By when it is performed.
    pub done_by: Date,
    /// The signed paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 调解.
    Mediate(Mediated),
    /// 达成协议.
    Settle(Settled),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "MediationFact")]
pub enum Fact {
    /// 已调解.
    Mediated(Mediated),
    /// 已达成协议.
    Settled(Settled),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Mediate(_) => Act::Mediate,
            Self::Settle(_) => Act::Settle,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::Mediate(Mediated {
                on: trial.today,
                mediator: said(),
                consent: true,
                text: said(),
            }),
            Self::Settle(Settled {
                way: Way::ALL[0],
                number: said(),
                on: trial.today,
                recipient: said(),
                consent: true,
                text: said(),
                done_by: trial.today,
                attachments: Vec::new(),
            }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Settled(settled) => &settled.attachments,
            Self::Mediated(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Settled(of) => Some(Letter::Settlement(of)),
            Self::Mediated(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::Mediated(_) | Self::Settled(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Mediated(_) => "mediated",
            Self::Settled(_) => "settled",
        }
    }
}

impl Matter {
    pub(crate) fn on_mediation(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        self.in_handling()?;
        if !self.track.is_redress() {
            return Err(Refusal::OtherTrack);
        }
        let (on, consent, text) = match command {
            Command::Mediate(mediated) => (mediated.on, mediated.consent, &mediated.text),
            Command::Settle(settled) => (settled.on, settled.consent, &settled.text),
        };
        if on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if on < self.received_on {
            return Err(Refusal::DateTooEarly(self.received_on));
        }
        if !consent {
            return Err(Refusal::ConsentMissing);
        }
        filled(&[text])?;
        Ok(vec![match command {
            Command::Mediate(mediated) => Fact::Mediated(mediated.clone()).into(),
            Command::Settle(settled) => {
                filled(&[&settled.number, &settled.recipient])?;
                if settled.done_by < settled.on {
                    return Err(Refusal::DateTooEarly(settled.on));
                }
                if let Some(unit) = self.awaited().next() {
                    return Err(Refusal::ContributionAwaited(unit.clone()));
                }
                Fact::Settled(settled.clone()).into()
            }
        }])
    }

    pub(crate) fn fold_mediation(&mut self, fact: &Fact, on: Date) {
        let Fact::Settled(settled) = fact else { return };
        // Every demand ends in what was agreed; an answer drafted before gives way to it.
        for demand in &mut self.demands {
            demand.answer = Some(DemandAnswered {
                demand: demand.ordinal,
                outcome: Outcome::Settled,
                text: settled.text.clone(),
                basis: settled.number.clone(),
                commitment: Some(Commitment { what: settled.text.clone(), by: settled.done_by }),
            });
        }
        self.settlement = Some(settled.clone());
        self.on_answered(Answer { on, number: Some(settled.number.clone()), ledger: None });
        // Both sides signed it, so both have it.
        self.stop(ClockKind::Service, on);
        if settled.way == Way::Mediation {
            self.start(ClockKind::JudicialConfirmation, settled.on);
        }
        self.start(ClockKind::Evaluation, settled.on);
        self.step = Step::Settled;
    }
}
