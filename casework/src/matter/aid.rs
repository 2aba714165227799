//! Who speaks for the petitioner, and who helps (代理与帮扶): agents in writing, and aid only by consent
//! (R22-37, R05-13).

use crate::code::code_list;
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, paper, said};
use crate::matter::{Matter, Step};
use crate::petition::{Attachment, PartyRole, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// Which help (救助种类).
    pub enum AidKind {
        /// 社会救助.
        Social = "social",
        /// 司法救助, by the political and legal organs.
        Judicial = "judicial",
        /// 法律援助.
        Legal = "legal",
        /// 心理疏导.
        Counsel = "counsel",
    }
}

/// An agent showed a written authority (授权委托书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Authorised {
    /// For which petition.
    pub petition: PetitionNumber,
    /// What the agent may do.
    pub text: String,
    /// The signed paper.
    pub attachments: Vec<Attachment>,
}

/// The principal took the authority back (终止委托).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AuthorityEnded {
    /// For which petition.
    pub petition: PetitionNumber,
    /// In the principal's words.
    pub reason: String,
}

/// An agent's authority (代理权限).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Authority {
    /// What was shown.
    pub authorised: Authorised,
    /// When.
    pub on: Date,
    /// When it ended.
    pub ended_on: Option<Date>,
}

/// Somebody was referred for help, and wanted it (救助转介).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AidReferred {
    /// Which help.
    pub aid: AidKind,
    /// To which organ.
    pub where_to: String,
    /// What is asked for.
    pub text: String,
    /// Whether the petitioner wants it.
    pub consent: bool,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 登记授权.
    Authorise(Authorised),
    /// 终止授权.
    EndAuthority(AuthorityEnded),
    /// 救助转介.
    ReferAid(AidReferred),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "AidFact")]
pub enum Fact {
    /// 已登记授权.
    Authorised(Authorised),
    /// 已终止授权.
    AuthorityEnded(AuthorityEnded),
    /// 已转介救助.
    AidReferred(AidReferred),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Authorise(_) => Act::Authorise,
            Self::EndAuthority(_) => Act::EndAuthority,
            Self::ReferAid(_) => Act::ReferAid,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let end = |petition| Self::EndAuthority(AuthorityEnded { petition, reason: said() });
        let ends = trial.petitions().into_iter().map(end);
        let others = [
            Self::Authorise(Authorised {
                petition: trial.petition(),
                text: said(),
                attachments: paper(),
            }),
            Self::ReferAid(AidReferred {
                aid: AidKind::ALL[0],
                where_to: said(),
                text: said(),
                consent: true,
            }),
        ];
        ends.chain(others).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Authorised(authorised) => &authorised.attachments,
            Self::AuthorityEnded(_) | Self::AidReferred(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::AidReferred(of) => Some(Letter::Aid(of)),
            Self::Authorised(of) => Some(Letter::Authority(of)),
            Self::AuthorityEnded(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::Authorised(_) | Self::AuthorityEnded(_) | Self::AidReferred(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Authorised(_) => "authorised",
            Self::AuthorityEnded(_) => "authority_ended",
            Self::AidReferred(_) => "aid_referred",
        }
    }
}

impl Matter {
    /// Whether an agent speaks for this petition and has shown no authority that stands.
    pub fn authority_missing(&self, petition: &PetitionNumber) -> bool {
        let by_agent = self.petitions.iter().any(|one| {
            one.number == *petition
                && one.parties.iter().any(|party| party.role == PartyRole::Agent)
        });
        by_agent && self.standing_authority(petition).is_none()
    }

    fn standing_authority(&self, petition: &PetitionNumber) -> Option<&Authority> {
        let stands =
            |one: &&Authority| one.authorised.petition == *petition && one.ended_on.is_none();
        self.authorities.iter().find(stands)
    }

    pub(crate) fn on_aid(&self, command: &Command) -> Result<Vec<crate::matter::Fact>, Refusal> {
        if matches!(self.step, Step::Concluded(_)) && !matches!(command, Command::ReferAid(_)) {
            return Err(Refusal::Concluded);
        }
        let fact = match command {
            Command::Authorise(authorised) => {
                let wanted = self.authority_missing(&authorised.petition);
                if !wanted {
                    return Err(Refusal::NoAgent);
                }
                filled(&[&authorised.text])?;
                if authorised.attachments.is_empty() {
                    return Err(Refusal::PaperMissing);
                }
                Fact::Authorised(authorised.clone())
            }
            Command::EndAuthority(ended) => {
                if self.standing_authority(&ended.petition).is_none() {
                    return Err(Refusal::NoAgent);
                }
                filled(&[&ended.reason])?;
                Fact::AuthorityEnded(ended.clone())
            }
            Command::ReferAid(referred) => {
                // R22-37: told of or helped to apply for, never instead of an answer, never unasked.
                if !referred.consent {
                    return Err(Refusal::ConsentMissing);
                }
                if referred.where_to.trim().is_empty() {
                    return Err(Refusal::WhereToMissing);
                }
                filled(&[&referred.text])?;
                Fact::AidReferred(referred.clone())
            }
        };
        Ok(vec![fact.into()])
    }

    pub(crate) fn fold_aid(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::Authorised(authorised) => {
                let authorised = authorised.clone();
                self.authorities.push(Authority { authorised, on, ended_on: None });
            }
            Fact::AuthorityEnded(ended) => {
                let stands = |one: &&mut Authority| {
                    one.authorised.petition == ended.petition && one.ended_on.is_none()
                };
                if let Some(authority) = self.authorities.iter_mut().find(stands) {
                    authority.ended_on = Some(on);
                }
            }
            Fact::AidReferred(referred) => self.aids.push((on, referred.clone())),
        }
    }
}
