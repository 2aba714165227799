//! What is urgent and grave is reported at once (重大紧急信访信息), and what is learned later is added to
//! the same trail (R05-26, R22-25). It is about an event, never about a person.

use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::matter::{Matter, Step};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The matter is urgent and grave (列为重大紧急).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MarkedUrgent {
    /// What may happen if nobody acts.
    pub reason: String,
}

/// It was reported (紧急报告、续报): the first report ends the clock, later ones add to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UrgentReported {
    /// To whom: the organs that the text in force names.
    pub recipients: String,
    /// What, where, when, how many people.
    pub text: String,
    /// What was done.
    pub measures: String,
    /// Whom to ask.
    pub contact: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 列为重大紧急.
    MarkUrgent(MarkedUrgent),
    /// 紧急报告、续报.
    ReportUrgent(UrgentReported),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "UrgentFact")]
pub enum Fact {
    /// 已列为重大紧急.
    MarkedUrgent(MarkedUrgent),
    /// 已紧急报告.
    UrgentReported(UrgentReported),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::MarkUrgent(_) => Act::MarkUrgent,
            Self::ReportUrgent(_) => Act::ReportUrgent,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(_: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::MarkUrgent(MarkedUrgent { reason: said() }),
            Self::ReportUrgent(UrgentReported {
                recipients: said(),
                text: said(),
                measures: said(),
                contact: said(),
            }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::MarkedUrgent(_) | Self::UrgentReported(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::UrgentReported(of) => Some(Letter::UrgentReport(of)),
            Self::MarkedUrgent(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::MarkedUrgent(_) | Self::UrgentReported(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::MarkedUrgent(_) => "marked_urgent",
            Self::UrgentReported(_) => "urgent_reported",
        }
    }
}

impl Matter {
    /// Whether it was reported that this is urgent, or has to be.
    pub fn is_urgent(&self) -> bool {
        self.urgent_since.is_some()
    }

    pub(crate) fn on_urgent(&self, command: &Command) -> Result<Vec<crate::matter::Fact>, Refusal> {
        if matches!(self.step, Step::Concluded(_)) && !self.is_urgent() {
            return Err(Refusal::Concluded);
        }
        let fact = match command {
            Command::MarkUrgent(marked) => {
                if self.is_urgent() {
                    return Err(Refusal::UrgentAlready);
                }
                filled(&[&marked.reason])?;
                Fact::MarkedUrgent(marked.clone())
            }
            Command::ReportUrgent(reported) => {
                if !self.is_urgent() {
                    return Err(Refusal::NotUrgent);
                }
                filled(&[
                    &reported.recipients,
                    &reported.text,
                    &reported.measures,
                    &reported.contact,
                ])?;
                Fact::UrgentReported(reported.clone())
            }
        };
        Ok(vec![fact.into()])
    }

    pub(crate) fn fold_urgent(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::MarkedUrgent(_) => {
                self.urgent_since = Some(on);
                self.start_for(ClockKind::UrgentReport, self.office.clone(), on);
            }
            Fact::UrgentReported(reported) => {
                self.stop(ClockKind::UrgentReport, on);
                self.urgent_reports.push((on, reported.clone()));
            }
        }
    }
}
