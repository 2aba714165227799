//! What may be a state secret has no place in this system (涉密事项): the work stops, the file is sealed,
//! and the matter is handed to whoever keeps secrets, or the suspicion is cleared (保密法; law.md N11).

use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::{Conclusion, ConclusionGround, Matter, Step};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::GroundCode;
use serde::{Deserialize, Serialize};

/// Somebody found what may be a state secret (疑似涉密); the secret itself is never repeated here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SecretSuspected {
    /// Where it stands, without saying what it says.
    pub reason: String,
}

/// It was handed to the secrecy organ (移交保密部门).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SecretHandedOver {
    /// To whom.
    pub where_to: String,
    /// The receipt's number.
    pub number: String,
}

/// It was found to be none (排除涉密).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SecretCleared {
    /// Who found it, and why.
    pub reason: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 疑似涉密.
    SuspectSecret(SecretSuspected),
    /// 移交保密部门.
    HandOverSecret(SecretHandedOver),
    /// 排除涉密.
    ClearSecret(SecretCleared),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "SecrecyFact")]
pub enum Fact {
    /// 疑似涉密已停办.
    SecretSuspected(SecretSuspected),
    /// 已移交保密部门.
    SecretHandedOver(SecretHandedOver),
    /// 已排除涉密.
    SecretCleared(SecretCleared),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::SuspectSecret(_) => Act::SuspectSecret,
            Self::HandOverSecret(_) => Act::HandOverSecret,
            Self::ClearSecret(_) => Act::ClearSecret,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(_: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::SuspectSecret(SecretSuspected { reason: said() }),
            {
                let handed = SecretHandedOver { where_to: said(), number: said() };
                Self::HandOverSecret(handed)
            },
            Self::ClearSecret(SecretCleared { reason: said() }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::SecretSuspected(_) | Self::SecretHandedOver(_) | Self::SecretCleared(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::SecretSuspected(_) | Self::SecretHandedOver(_) | Self::SecretCleared(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::SecretHandedOver(handed) => Some(Notified::SecretHandedOver(handed)),
            Self::SecretSuspected(_) | Self::SecretCleared(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::SecretSuspected(_) => "secret_suspected",
            Self::SecretHandedOver(_) => "secret_handed_over",
            Self::SecretCleared(_) => "secret_cleared",
        }
    }
}

impl Matter {
    /// Nothing is added to what may hold a state secret, and nothing of it is shown.
    pub fn not_halted(&self) -> Result<(), Refusal> {
        let halted = self.secret_handed_over || matches!(self.step, Step::Halted(_));
        if halted { Err(Refusal::Halted) } else { Ok(()) }
    }

    pub(crate) fn on_secrecy(
        &self,
        command: &Command,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let halted = matches!(self.step, Step::Halted(_));
        let open = matches!(
            self.step,
            Step::Registered
                | Step::PassedOn(_)
                | Step::Referred(_)
                | Step::Objected { .. }
                | Step::Disputed
                | Step::Accepted
        );
        if matches!(command, Command::SuspectSecret(_)) != open || !(open || halted) {
            return Err(self.out_of_step());
        }
        match command {
            Command::SuspectSecret(suspected) => {
                filled(&[&suspected.reason])?;
                Ok(vec![Fact::SecretSuspected(suspected.clone()).into()])
            }
            Command::HandOverSecret(handed) => {
                if handed.where_to.trim().is_empty() || handed.number.trim().is_empty() {
                    return Err(Refusal::WhereToMissing);
                }
                let ground = ConclusionGround::HandedOver(GroundCode::StateSecret);
                Ok(vec![
                    Fact::SecretHandedOver(handed.clone()).into(),
                    crate::matter::Fact::Concluded(Conclusion::of(ground)),
                ])
            }
            Command::ClearSecret(cleared) => {
                filled(&[&cleared.reason])?;
                Ok(vec![Fact::SecretCleared(cleared.clone()).into()])
            }
        }
    }

    pub(crate) fn fold_secrecy(&mut self, fact: &Fact) {
        match fact {
            // No text lets a clock stand still for this, so none does.
            Fact::SecretSuspected(_) => {
                self.step = Step::Halted(Box::new(self.step.clone()));
            }
            Fact::SecretHandedOver(_) => {
                self.secret_handed_over = true;
            }
            Fact::SecretCleared(_) => {
                if let Step::Halted(before) = &self.step {
                    self.step = (**before).clone();
                }
            }
        }
    }
}
