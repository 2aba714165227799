//! Campaigns (专项活动) and what a county sets up for a time: task forces and joint conferences.
//!
//! A campaign has a list that is frozen when it begins, so that its result can be told against it; what
//! leaves the list leaves with a reason. Concentrated outreach has funds, each with what it was used for.

use super::aim::lawful_aim;
use super::{Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, behind, filled, in_order};
use crate::code::code_list;
use crate::matter::{Context, MatterId};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

code_list! {
    /// What kind of campaign (专项种类).
    pub enum CampaignKind {
        /// 集中下访.
        Outreach = "outreach",
        /// 专项调查处理.
        Investigation = "investigation",
    }
}

/// Money or goods that were raised (筹集资金).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    /// The day, office-local.
    pub on: Date,
    /// From whom.
    pub source: String,
    /// How much, in whole yuan.
    pub yuan: u32,
    /// For what it was used.
    pub used_for: String,
}

/// How far it is (进度).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The day, office-local.
    pub on: Date,
    /// What was done since the last.
    pub text: String,
}

/// A matter leaves the list (退出).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Which.
    pub matter: MatterId,
    /// The day, office-local.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// A campaign (专项活动).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: CampaignKind,
    /// The document that orders it.
    pub document: String,
    /// First day, office-local.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// The matters on its list.
    #[serde(default)]
    pub list: Vec<MatterId>,
    /// The day the list was frozen.
    #[serde(default)]
    pub frozen_on: Option<Date>,
    /// What was raised.
    #[serde(default)]
    pub funds: Vec<Fund>,
    /// How far it was, week by week.
    #[serde(default)]
    pub progress: Vec<Progress>,
    /// What left the list.
    #[serde(default)]
    pub exits: Vec<Exit>,
    /// The day it was closed, and its result in words.
    #[serde(default)]
    pub closed: Option<(Date, String)>,
    /// How it stood against its list on that day.
    #[serde(default)]
    pub outcome: Option<Baseline>,
}

/// How a campaign stands against its list (对照基线).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Baseline {
    /// On the frozen list.
    pub baseline: usize,
    /// Concluded since.
    pub concluded: usize,
    /// Left with a reason.
    pub left: usize,
    /// Still open.
    pub open: usize,
}

impl Campaign {
    /// A campaign may begin.
    ///
    /// # Errors
    /// Nothing said; [`Unfit::HoldsPeopleBack`]; days out of order.
    pub fn begin(self) -> Result<Self, Refusal> {
        filled(&[&self.name, &self.document])?;
        lawful_aim(&[&self.name, &self.document])?;
        in_order(self.from, Some(self.until))?;
        Ok(self)
    }

    /// A matter comes on the list.
    ///
    /// # Errors
    /// [`Unfit::Frozen`]; [`Unfit::ListedAlready`]; [`Unfit::ConcludedBefore`].
    pub fn list(mut self, matter: MatterId, concluded: bool) -> Result<Self, Refusal> {
        self.running()?;
        if concluded {
            return Err(Unfit::ConcludedBefore.into());
        }
        if self.frozen_on.is_some() {
            return Err(Unfit::Frozen.into());
        }
        if self.list.contains(&matter) {
            return Err(Unfit::ListedAlready.into());
        }
        self.list.push(matter);
        Ok(self)
    }

    /// The list is frozen: from here on the result is told against it.
    ///
    /// # Errors
    /// [`Unfit::Frozen`]; [`Unfit::NoEntry`] for an empty list.
    pub fn freeze(mut self, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        if self.frozen_on.is_some() {
            return Err(Unfit::Frozen.into());
        }
        if self.list.is_empty() {
            return Err(Unfit::NoEntry.into());
        }
        self.frozen_on = Some(context.moment.on);
        Ok(self)
    }

    /// Something was raised, with what it is used for.
    ///
    /// # Errors
    /// Outside of the campaign's days; nothing said.
    pub fn raise(mut self, fund: Fund, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        behind(fund.on, self.from, context)?;
        filled(&[&fund.source, &fund.used_for])?;
        lawful_aim(&[&fund.source, &fund.used_for])?;
        self.funds.push(fund);
        Ok(self)
    }

    /// How far it is.
    ///
    /// # Errors
    /// Outside of the campaign's days; nothing said.
    pub fn report(mut self, progress: Progress, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        behind(progress.on, self.from, context)?;
        filled(&[&progress.text])?;
        lawful_aim(&[&progress.text])?;
        self.progress.push(progress);
        Ok(self)
    }

    /// A matter leaves the frozen list.
    ///
    /// # Errors
    /// [`Unfit::NotFrozen`]; [`Unfit::NotListed`]; no reason.
    pub fn leave(mut self, exit: Exit, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        let frozen = self.frozen_on.ok_or(Unfit::NotFrozen)?;
        behind(exit.on, frozen, context)?;
        filled(&[&exit.reason])?;
        let left = self.exits.iter().any(|one| one.matter == exit.matter);
        if left || !self.list.contains(&exit.matter) {
            return Err(Unfit::NotListed.into());
        }
        self.exits.push(exit);
        Ok(self)
    }

    /// It is over; its result against the list stands from here on.
    ///
    /// # Errors
    /// [`Unfit::NotFrozen`] where there is a list; [`Unfit::Ended`]; nothing said.
    pub fn close(
        mut self,
        text: String,
        concluded: &BTreeSet<MatterId>,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        self.running()?;
        if !self.list.is_empty() && self.frozen_on.is_none() {
            return Err(Unfit::NotFrozen.into());
        }
        filled(&[&text])?;
        lawful_aim(&[&text])?;
        self.outcome = Some(self.against(concluded));
        self.closed = Some((context.moment.on, text));
        Ok(self)
    }

    /// How it stands against its list; `concluded` are the matters that are.
    pub fn against(&self, concluded: &BTreeSet<MatterId>) -> Baseline {
        let left: BTreeSet<MatterId> = self.exits.iter().map(|exit| exit.matter).collect();
        let done = |matter: &&MatterId| concluded.contains(matter) && !left.contains(matter);
        let done = self.list.iter().filter(done).count();
        let baseline = self.list.len();
        Baseline {
            baseline,
            concluded: done,
            left: left.len(),
            open: baseline.saturating_sub(done + left.len()),
        }
    }

    /// How many months it lasted, begun ones counted whole.
    pub fn months(&self) -> i64 {
        let months = i64::from(self.until.year() - self.from.year()) * 12
            + i64::from(self.until.month() - self.from.month());
        // From the first to the last of a month is one month.
        months + i64::from(self.until.day() >= self.from.day())
    }

    fn running(&self) -> Result<(), Refusal> {
        if self.closed.is_some() { Err(Unfit::Ended.into()) } else { Ok(()) }
    }
}

impl Record for Campaign {
    const NOUN: Noun = Noun::Campaign;

    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        let fund = |one: &Fund| {
            Seen::default()
                .says(Label::On, &one.on)
                .says(Label::Source, &one.source)
                .says(Label::Yuan, &one.yuan)
                .says(Label::UsedFor, &one.used_for)
        };
        let progress =
            |one: &Progress| Seen::default().says(Label::On, &one.on).says(Label::Text, &one.text);
        let exit = |one: &Exit| {
            Seen::default()
                .says(Label::On, &one.on)
                .matter(Label::Matter, Some(one.matter), eyes)
                .says(Label::Reason, &eyes.hears(Some(one.matter), &one.reason))
        };
        Seen::default()
            .says(Label::Name, &self.name)
            .word(Label::Kind, "campaign-kind", self.kind.word())
            .says(Label::Document, &self.document)
            .says(Label::From, &self.from)
            .says(Label::Until, &self.until)
            .says(Label::FrozenOn, &self.frozen_on)
            .says(Label::Closed, &self.closed)
            .matters(Label::List, &self.list, eyes)
            .entries(Label::Funds, self.funds.iter().map(fund))
            .entries(Label::Progress, self.progress.iter().map(progress))
            .entries(Label::Exits, self.exits.iter().map(exit))
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.name.clone(),
            on: self.from,
            until: Some(self.until),
            person: None,
            unit: None,
            shared: Vec::new(),
            state: match (&self.closed, self.frozen_on) {
                (Some(_), _) => State::Ended,
                (None, Some(_)) => State::Frozen,
                (None, None) => State::Running,
            },
            matters: self.list.clone(),
        }
    }
}
