//! Correcting what was written down wrongly (更正): each with its reason, as a line of its own; what was written before
//! stays in the file. Days and figures follow from what is right, and the petitioner is told where a right of theirs
//! moves.

mod registration;
mod service;

pub use registration::{Change, Correct, Corrected, NameOrgan};
pub use service::{CorrectService, ServedPaper, ServiceCorrected};

use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::{Context, Demand, Matter};
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::role::Act;
use serde::{Deserialize, Serialize};

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 更正登记.
    Correct(Correct),
    /// 更正送达.
    CorrectService(CorrectService),
    /// 明确被投诉机关.
    NameOrgan(NameOrgan),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "CorrectionFact")]
pub enum Fact {
    /// 登记已更正.
    Corrected(Corrected),
    /// 送达已更正.
    ServiceCorrected(ServiceCorrected),
    /// 被投诉机关已明确.
    OrganNamed(NameOrgan),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Correct(_) => Act::Correct,
            Self::CorrectService(_) => Act::CorrectService,
            Self::NameOrgan(_) => Act::NameOrgan,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let one_more = |petition: &Petition| {
            Self::Correct(Correct {
                petition: petition.number.clone(),
                channel: None,
                headcount: Some(petition.headcount.saturating_add(1)),
                place: None,
                received_on: None,
                reason: said(),
            })
        };
        let served = |paper| {
            Self::CorrectService(CorrectService { paper, to: trial.served(), reason: said() })
        };
        let petitions = trial.matter.petitions.iter().map(one_more);
        // Another than the one that stands there.
        let name = |demand: &Demand| {
            let organ = demand.complained_of.is_none().then(|| trial.unit());
            Self::NameOrgan(NameOrgan { demand: demand.ordinal, organ })
        };
        let demands = trial.matter.demands.iter().map(name);
        petitions.chain(demands).chain(ServedPaper::ALL.map(served)).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Corrected(_) | Self::OrganNamed(_) => &[],
            Self::ServiceCorrected(corrected) => &corrected.to.attachments,
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Corrected(_) | Self::ServiceCorrected(_) | Self::OrganNamed(_) => None,
        }
    }

    /// Whether it adds words by which its matter is found (检索).
    pub(crate) fn adds_words(&self) -> bool {
        match self {
            Self::Corrected(_) | Self::ServiceCorrected(_) | Self::OrganNamed(_) => false,
        }
    }

    /// Whether it changes what lists ask of the matter's petitions.
    pub(crate) fn renews_petitions(&self) -> bool {
        match self {
            Self::Corrected(_) => true,
            Self::ServiceCorrected(_) | Self::OrganNamed(_) => false,
        }
    }

    /// The notice that it makes, where a right of the petitioner moves (告知书): days count from the receipt, and from
    /// the service.
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::Corrected(corrected) => {
                let moves = |change: &Change| matches!(change, Change::ReceivedOn { .. });
                corrected.changes.iter().any(moves).then_some(Notified::Corrected(corrected))
            }
            Self::ServiceCorrected(corrected) => Some(Notified::ServiceCorrected(corrected)),
            Self::OrganNamed(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Corrected(_) => "corrected",
            Self::ServiceCorrected(_) => "service_corrected",
            Self::OrganNamed(_) => "organ_named",
        }
    }
}

impl Matter {
    pub(crate) fn on_correction(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        self.not_halted()?;
        let fact = match command {
            Command::Correct(correct) => self.correct_registration(correct, context)?,
            Command::CorrectService(correct) => self.correct_service(correct, context)?,
            Command::NameOrgan(named) => self.name_organ(named, context)?,
        };
        Ok(vec![fact.into()])
    }

    pub(crate) fn fold_correction(&mut self, fact: &Fact) {
        match fact {
            Fact::Corrected(corrected) => self.on_corrected(corrected),
            Fact::ServiceCorrected(corrected) => self.on_service_corrected(corrected),
            Fact::OrganNamed(named) => self.on_organ_named(named),
        }
    }
}
