//! Support contacts (帮扶联系): a leader helps a household that agreed to it. It is help, by consent, that the
//! household may end at any time; nothing labels anybody, and no list of households can be drawn from it
//! beyond one's own (R22-37; see the refusals in the security document).

use super::{
    Eyes, Label, Noun, Record, Said, SealedName, Seen, Spine, State, Unfit, behind, filled,
};
use crate::matter::Context;
use crate::matter::aid::AidKind;
use crate::org::AccountId;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the household asked for (需要什么).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The day, office-local.
    pub on: Date,
    /// What.
    pub text: String,
}

/// What was done (帮了什么).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// The day, office-local.
    pub on: Date,
    /// What.
    pub text: String,
    /// Where the household was helped to apply, if it was (救助转介).
    #[serde(default)]
    pub aid: Option<(AidKind, String)>,
}

/// A support contact (帮扶联系). The household's name and telephone lie sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportContact {
    /// Who helps.
    pub leader: AccountId,
    /// Under which id the household's name lies sealed.
    pub party: String,
    /// The masked name.
    pub mask: String,
    /// Name, telephone and address, sealed.
    pub sealed: String,
    /// How the household agreed, such as a signed paper's number.
    pub consent: String,
    /// The day it agreed, office-local.
    pub since: Date,
    /// What it asked for.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// What was done.
    #[serde(default)]
    pub help: Vec<Help>,
    /// The day on which it ended: the household withdrew its consent, or nothing more is needed.
    #[serde(default)]
    pub ended: Option<(Date, String)>,
}

impl SupportContact {
    /// A contact begins with the household's consent.
    ///
    /// # Errors
    /// [`Refusal::ConsentMissing`]; a day after today.
    pub fn begin(self, context: &Context<'_>) -> Result<Self, Refusal> {
        if self.consent.trim().is_empty() {
            return Err(Refusal::ConsentMissing);
        }
        if self.since > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        Ok(self)
    }

    /// The household asked for something.
    ///
    /// # Errors
    /// [`Unfit::Revoked`]; a day before it began or after today.
    pub fn ask(mut self, wish: Wish, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        behind(wish.on, self.since, context)?;
        filled(&[&wish.text])?;
        self.wishes.push(wish);
        Ok(self)
    }

    /// Something was done.
    ///
    /// # Errors
    /// As [`SupportContact::ask`]; an aid that says not where.
    pub fn help(mut self, help: Help, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        behind(help.on, self.since, context)?;
        filled(&[&help.text])?;
        if help.aid.as_ref().is_some_and(|(_, where_to)| where_to.trim().is_empty()) {
            return Err(Refusal::WhereToMissing);
        }
        self.help.push(help);
        Ok(self)
    }

    /// It ends; a household need not say why.
    ///
    /// # Errors
    /// [`Unfit::Revoked`].
    pub fn end(mut self, reason: String, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        self.ended = Some((context.moment.on, reason));
        Ok(self)
    }

    fn stands(&self) -> Result<(), Refusal> {
        if self.ended.is_some() { Err(Unfit::Revoked.into()) } else { Ok(()) }
    }
}

impl Record for SupportContact {
    const NOUN: Noun = Noun::SupportContact;

    /// Whoever helps knows whom, as long as the consent lasts.
    fn names(&self, eyes: &Eyes<'_>) -> Result<Vec<SealedName<'_>>, Refusal> {
        if self.leader != eyes.actor.account {
            return Ok(Vec::new());
        }
        if self.ended.is_some() {
            return Err(Unfit::Revoked.into());
        }
        Ok(vec![SealedName { ordinal: 1, party: &self.party, sealed: &self.sealed }])
    }

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        let wish =
            |one: &Wish| Seen::default().says(Label::On, &one.on).says(Label::Text, &one.text);
        let help = |one: &Help| {
            let aid = one.aid.as_ref().map(|(aid, where_to)| {
                vec![Said::Word("aid", aid.word()), Said::Text(where_to.clone())]
            });
            Seen::default()
                .says(Label::On, &one.on)
                .says(Label::Text, &one.text)
                .parts(Label::Aid, aid)
        };
        Seen::default()
            .says(Label::Leader, &self.leader)
            .says(Label::Mask, &self.mask)
            .says(Label::Since, &self.since)
            .says(Label::Consent, &self.consent)
            .says(Label::Ended, &self.ended)
            .entries(Label::Wishes, self.wishes.iter().map(wish))
            .entries(Label::Help, self.help.iter().map(help))
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            // Not even the mask: whoever lists contacts learns of no household.
            title: String::new(),
            on: self.since,
            until: self.ended.as_ref().map(|(on, _)| *on),
            person: Some(self.leader.clone()),
            unit: None,
            shared: Vec::new(),
            state: State::lasting(self.ended.is_some()),
            matters: Vec::new(),
        }
    }
}
