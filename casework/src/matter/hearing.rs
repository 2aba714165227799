//! Hearings in the open (听证公开): who leads one, where and when is told the petitioner and everybody, and an opinion of a
//! final review that rests on a hearing may be read by everybody, in words that name nobody (R05-31b, R05-35b, R22-31b,
//! R22-36b).

use crate::directory::Directory;
use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::review::ReviewLevel;
use crate::matter::{Context, Matter, Step};
use crate::petition::Attachment;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A hearing is announced (听证公告).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HearingAnnounced {
    /// The day, office-local; a line has a day of its own, so it is called otherwise on the wire.
    pub held_on: Date,
    /// Where, and at what time.
    pub venue: String,
    /// Who leads it; not whoever investigates (听证主持人).
    pub host: String,
    /// Who listens beside them (听证员).
    pub panel: String,
    /// What it is about, in words that name nobody.
    pub text: String,
    /// Why it is not public, if it is not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub closed_because: String,
}

/// A final opinion that rests on a hearing is made public (复核意见公示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct OpinionPublished {
    /// What it is about, in one line.
    pub title: String,
    /// What was found and decided, in words that name nobody.
    pub text: String,
}

/// A published opinion, with its day (已公示的复核意见).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionShown {
    /// Since when, office-local.
    pub on: Date,
    /// What everybody may read.
    pub published: OpinionPublished,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 公告听证.
    AnnounceHearing(HearingAnnounced),
    /// 公示复核意见.
    PublishOpinion(OpinionPublished),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "HearingFact")]
pub enum Fact {
    /// 听证已公告.
    HearingAnnounced(HearingAnnounced),
    /// 复核意见已公示.
    OpinionPublished(OpinionPublished),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::AnnounceHearing(_) => Act::AnnounceHearing,
            Self::PublishOpinion(_) => Act::PublishOpinion,
        }
    }

    /// What it makes public, in which nobody is named.
    pub(crate) fn published(&self) -> Vec<&str> {
        match self {
            Self::AnnounceHearing(announced) if announced.closed_because.is_empty() => {
                vec![&announced.text, &announced.venue, &announced.host, &announced.panel]
            }
            Self::AnnounceHearing(_) => Vec::new(),
            Self::PublishOpinion(OpinionPublished { title, text }) => vec![title, text],
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::AnnounceHearing(HearingAnnounced {
                held_on: crate::calendar::tomorrow(trial.today),
                venue: said(),
                host: said(),
                panel: said(),
                text: said(),
                closed_because: said(),
            }),
            Self::PublishOpinion(OpinionPublished { title: said(), text: said() }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[Attachment] {
        match self {
            Self::HearingAnnounced(_) | Self::OpinionPublished(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::OpinionPublished(of) => Some(Letter::PublishedOpinion(of)),
            Self::HearingAnnounced(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::HearingAnnounced(announced) => Some(Notified::Hearing(announced)),
            Self::OpinionPublished(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::HearingAnnounced(_) => "hearing_announced",
            Self::OpinionPublished(_) => "opinion_published",
        }
    }
}

impl Matter {
    /// Whoever has the matter in hand does not lead its hearing (听证主持人不由承办人担任).
    ///
    /// # Errors
    /// [`Refusal::HostInvestigates`].
    pub(crate) fn may_host(&self, host: &str, directory: &Directory) -> Result<(), Refusal> {
        let in_hand = self.in_hand_of().map(|person| directory.name(person));
        let mut names = host.split(|letter: char| !letter.is_alphanumeric());
        let own = in_hand.is_some_and(|own| !own.is_empty() && names.any(|name| name == own));
        if own { Err(Refusal::HostInvestigates) } else { Ok(()) }
    }

    /// The hearing to which everybody may come (公开听证), while it lies ahead or its matter is not over; the last one
    /// announced stands, and none once a seal lies on the matter.
    pub fn open_hearing(&self) -> Option<&HearingAnnounced> {
        let may = !self.sealed() && matches!(self.step, Step::Accepted | Step::InReview);
        self.hearing_announced.as_ref().filter(|one| may && one.closed_because.is_empty())
    }

    /// The final opinion that everybody may read (公示的复核意见); none once a seal lies on the matter.
    pub fn open_opinion(&self) -> Option<&OpinionShown> {
        self.opinion_published.as_ref().filter(|_| !self.sealed())
    }

    pub(crate) fn on_hearing(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let fact = match command {
            Command::AnnounceHearing(announced) => self.announce_hearing(announced, context)?,
            Command::PublishOpinion(published) => self.publish_opinion(published, context)?,
        };
        Ok(vec![fact.into()])
    }

    fn announce_hearing(
        &self,
        announced: &HearingAnnounced,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
        if !matches!(self.step, Step::Accepted | Step::InReview) {
            return Err(self.out_of_step());
        }
        let HearingAnnounced { held_on, venue, host, panel, text, closed_because } = announced;
        filled(&[venue, host, panel, text])?;
        if *held_on <= context.moment.on {
            return Err(Refusal::DateNotAhead);
        }
        self.may_host(host, context.directory)?;
        // R05-31b: open to everybody, unless there is a reason; what is sealed has one.
        if closed_because.trim().is_empty() {
            if self.sealed() {
                return Err(Refusal::Sealed);
            }
            if context.known.names_somebody {
                return Err(Refusal::NamesSomebody);
            }
        }
        Ok(Fact::HearingAnnounced(announced.clone()))
    }

    /// R05-35b, R22-36b: what was heard in the open may be read in the open.
    fn publish_opinion(
        &self,
        published: &OpinionPublished,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
        let last = self.last_review().filter(|review| review.level == ReviewLevel::FinalReview);
        let review = last.ok_or(Refusal::NoFinalOpinion)?;
        if review.decided.is_none() || review.served.is_none() {
            return Err(Refusal::NoFinalOpinion);
        }
        let open = review.hearing.as_ref().is_some_and(|held| held.closed_because.is_empty());
        if !open {
            return Err(Refusal::NotHeardInTheOpen);
        }
        if self.sealed() {
            return Err(Refusal::Sealed);
        }
        if self.opinion_published.is_some() {
            return Err(Refusal::PublishedAlready);
        }
        filled(&[&published.title, &published.text])?;
        if context.known.names_somebody {
            return Err(Refusal::NamesSomebody);
        }
        Ok(Fact::OpinionPublished(published.clone()))
    }

    pub(crate) fn fold_hearing(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::HearingAnnounced(announced) => self.hearing_announced = Some(announced.clone()),
            Fact::OpinionPublished(published) => {
                self.opinion_published = Some(OpinionShown { on, published: published.clone() });
            }
        }
    }
}
