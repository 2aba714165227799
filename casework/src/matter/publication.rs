//! Publishing an answer (公开答复): what was asked in a leader's mailbox and answered may be read by everybody, in words
//! that tell nothing of who asked, if whoever asked agreed to it when they wrote (PIPL-25).

use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::referral::Ruling;
use crate::matter::track::Track;
use crate::matter::{Context, Matter, Step};
use crate::org::AccountId;
use crate::petition::{Attachment, Petition};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Publishes what was asked and answered, in words of its own (公开答复).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AnswerPublished {
    /// What it is about, in one line.
    pub title: String,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
}

/// An answer that everybody may read (已公开的答复).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Since when.
    pub on: Date,
    /// What is read.
    pub published: AnswerPublished,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 公开答复.
    Publish(AnswerPublished),
    /// 撤下公开答复.
    EndPublication(Ruling),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "PublicationFact")]
pub enum Fact {
    /// 答复已公开.
    AnswerPublished(AnswerPublished),
    /// 已撤下公开答复.
    PublicationEnded(Ruling),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Publish(_) => Act::PublishAnswer,
            Self::EndPublication(_) => Act::EndPublication,
        }
    }

    /// What it makes public, in which nobody is named.
    pub(crate) fn published(&self) -> Vec<&str> {
        match self {
            Self::Publish(AnswerPublished { title, question, answer }) => {
                vec![title, question, answer]
            }
            Self::EndPublication(_) => Vec::new(),
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(_: &Trial<'_>) -> Vec<Self> {
        let published = AnswerPublished { title: said(), question: said(), answer: said() };
        vec![Self::Publish(published), Self::EndPublication(Trial::ruling())]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[Attachment] {
        match self {
            Self::AnswerPublished(_) | Self::PublicationEnded(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::AnswerPublished(_) | Self::PublicationEnded(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::AnswerPublished(_) | Self::PublicationEnded(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::AnswerPublished(_) => "answer_published",
            Self::PublicationEnded(_) => "publication_ended",
        }
    }
}

impl Matter {
    /// Whether a letter of it went into this leader's mailbox (写给这位领导).
    pub fn addressed_to(&self, leader: &AccountId) -> bool {
        self.petitions.iter().any(|petition| petition.mailbox.as_ref() == Some(leader))
    }

    pub(crate) fn on_publication(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        match command {
            Command::Publish(published) => {
                self.publishable()?;
                let AnswerPublished { title, question, answer } = published;
                filled(&[title, question, answer])?;
                if context.known.names_somebody {
                    return Err(Refusal::NamesSomebody);
                }
                Ok(vec![Fact::AnswerPublished(published.clone()).into()])
            }
            Command::EndPublication(ruling) => {
                if self.publication.is_none() {
                    return Err(Refusal::AnswerNotPublished);
                }
                filled(&[&ruling.reason])?;
                Ok(vec![Fact::PublicationEnded(ruling.clone()).into()])
            }
        }
    }

    /// Its answer is served and no longer sent back, nothing in it is under seal, and everybody who petitioned agreed.
    fn publishable(&self) -> Result<(), Refusal> {
        if self.publication.is_some() {
            return Err(Refusal::PublishedAlready);
        }
        if self.sealed() {
            return Err(Refusal::Sealed);
        }
        match self.track {
            Track::Redress | Track::Suggestion => {}
            Track::Accusation => return Err(Refusal::OtherTrack),
        }
        // While a review goes on, nobody knows whether it holds.
        let stands = matches!(self.step, Step::Served(_) | Step::Concluded(_));
        if self.answer.is_none() || self.served.is_none() || !stands {
            return Err(Refusal::NotServed);
        }
        let agreed = |petition: &Petition| petition.publishable;
        if self.petitions.iter().all(agreed) { Ok(()) } else { Err(Refusal::PublicationNotAgreed) }
    }

    pub(crate) fn fold_publication(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::AnswerPublished(published) => {
                self.publication = Some(Publication { on, published: published.clone() });
            }
            Fact::PublicationEnded(_) => self.publication = None,
        }
    }
}
