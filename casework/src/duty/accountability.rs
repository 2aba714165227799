//! Accountability (责任追究): of officials and units, and of nobody else, for what a supervision found; keyed to
//! the articles on liability (R05-40, R05-41, R05-42, R05-43, R05-44, R05-45, R05-46; R22-42, R22-43,
//! R22-44, R22-45, R22-46). The person concerned is heard before it is decided, and may appeal.

use super::{Eyes, Label, Noun, Record, Said, Seen, Spine, State, Unfit, behind, filled};
use crate::calendar::plus_days;
use crate::code::code_list;
use crate::matter::{Context, Matter, MatterId};
use crate::org::{AccountId, UnitId};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use crate::statute::{Rule, topic};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days after a decision in which the person concerned may appeal (design: as for the review of measures of
/// personnel, thirty calendar days).
pub const APPEAL_DAYS: i64 = 30;

code_list! {
    /// What was decided (追责方式).
    pub enum Sanction {
        /// 不予追究.
        None = "none",
        /// 责令改正.
        Correct = "correct",
        /// 约谈、批评教育.
        Talk = "talk",
        /// 通报.
        Circular = "circular",
        /// 诫勉.
        Admonish = "admonish",
        /// 组织处理.
        Organisational = "organisational",
        /// 处分.
        Disciplinary = "disciplinary",
    }
}

code_list! {
    /// What became of an appeal (申诉结果).
    pub enum AppealOutcome {
        /// 维持.
        Upheld = "upheld",
        /// 变更.
        Changed = "changed",
        /// 撤销.
        Revoked = "revoked",
    }
}

/// What the person concerned, or the unit, said (陈述申辩).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The day, office-local.
    pub on: Date,
    /// What they said.
    pub text: String,
}

/// What was decided (追责决定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The day, office-local.
    pub on: Date,
    /// The document's number.
    pub number: String,
    /// Which organ decided.
    pub organ: String,
    /// What.
    pub sanction: Sanction,
    /// In words.
    pub text: String,
    /// Until when it has effect, if it ends (影响期).
    #[serde(default)]
    pub until: Option<Date>,
}

/// An appeal and what became of it (申诉).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// The day, office-local.
    pub on: Date,
    /// Why.
    pub text: String,
    /// What it came to, once it is decided.
    #[serde(default)]
    pub decided: Option<AppealDecided>,
}

/// What an appeal came to (申诉处理结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealDecided {
    /// The day, office-local.
    pub on: Date,
    /// What.
    pub outcome: AppealOutcome,
    /// Why.
    pub text: String,
}

/// A case of accountability (责任追究).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accountability {
    /// The matter in which it was found.
    pub matter: MatterId,
    /// The supervision that found it, by its number.
    pub supervision: String,
    /// The unit.
    pub unit: UnitId,
    /// The official, if it is about one.
    #[serde(default)]
    pub person: Option<AccountId>,
    /// The article on liability.
    pub article: Rule,
    /// What was found.
    pub finding: String,
    /// The day of the conduct, whose law decides; the day of opening without one.
    #[serde(default)]
    pub conduct_on: Option<Date>,
    /// The day it was opened, office-local.
    pub opened_on: Date,
    /// What the person concerned said, in order.
    #[serde(default)]
    pub heard: Vec<Heard>,
    /// The day on which the decision was entered, from when the person concerned can read it.
    #[serde(default)]
    pub entered_on: Option<Date>,
    /// What was decided.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// An appeal.
    #[serde(default)]
    pub appeal: Option<Appeal>,
}

impl Accountability {
    /// A case is opened on what a supervision of the matter found about that unit.
    ///
    /// # Errors
    /// [`Unfit::NoFinding`]; [`Unfit::NoLiability`] for an article that speaks of something else, or was not in
    /// force on the day of the conduct.
    pub fn open(self, matter: &Matter, context: &Context<'_>) -> Result<Self, Refusal> {
        filled(&[&self.finding])?;
        let found = |one: &crate::matter::supervision::Supervision| {
            one.supervised.number == self.supervision
                && one.supervised.unit == self.unit
                && (one.closed.is_some() || !one.findings.is_empty())
        };
        if !matter.supervisions.iter().any(found) {
            return Err(Unfit::NoFinding.into());
        }
        let conduct = self.conduct_on.unwrap_or(context.moment.on);
        if conduct > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if !context.law(conduct)?.speaks_of(&self.article, topic::LIABILITY) {
            return Err(Unfit::NoLiability.into());
        }
        Ok(self)
    }

    /// The person concerned, or the unit, is heard.
    ///
    /// # Errors
    /// [`Unfit::Decided`]; a day before it was opened or after today.
    pub fn hear(mut self, heard: Heard, context: &Context<'_>) -> Result<Self, Refusal> {
        if self.decision.is_some() {
            return Err(Unfit::Decided.into());
        }
        behind(heard.on, self.opened_on, context)?;
        filled(&[&heard.text])?;
        self.heard.push(heard);
        Ok(self)
    }

    /// It is decided, after the hearing.
    ///
    /// # Errors
    /// [`Unfit::NotHeard`]; [`Unfit::Decided`]; an end before the decision.
    pub fn decide(mut self, decision: Decision, context: &Context<'_>) -> Result<Self, Refusal> {
        if self.decision.is_some() {
            return Err(Unfit::Decided.into());
        }
        let heard = self.heard.last().ok_or(Unfit::NotHeard)?;
        behind(decision.on, heard.on, context)?;
        filled(&[&decision.number, &decision.organ, &decision.text])?;
        super::in_order(decision.on, decision.until)?;
        self.entered_on = Some(context.moment.on);
        self.decision = Some(decision);
        Ok(self)
    }

    /// The person concerned appeals.
    ///
    /// # Errors
    /// [`Unfit::NotDecided`]; [`Unfit::AppealLate`]; [`Unfit::DoneAlready`].
    pub fn appeal(mut self, text: String, context: &Context<'_>) -> Result<Self, Refusal> {
        let decided = self.decision.as_ref().ok_or(Unfit::NotDecided)?;
        if self.appeal.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        // A right: its last day moves off days on which nobody could hand it in.
        let known = self.entered_on.map_or(decided.on, |entered| entered.max(decided.on));
        let last = context.calendar.forward(plus_days(known, APPEAL_DAYS));
        if context.moment.on > last {
            return Err(Unfit::AppealLate.into());
        }
        filled(&[&text])?;
        self.appeal = Some(Appeal { on: context.moment.on, text, decided: None });
        Ok(self)
    }

    /// The appeal is answered.
    ///
    /// # Errors
    /// [`Unfit::NoAppeal`]; no reasons.
    pub fn answer_appeal(
        mut self,
        outcome: AppealOutcome,
        text: String,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let waits = self.appeal.as_mut().filter(|appeal| appeal.decided.is_none());
        let appeal = waits.ok_or(Unfit::NoAppeal)?;
        filled(&[&text])?;
        appeal.decided = Some(AppealDecided { on: context.moment.on, outcome, text });
        Ok(self)
    }
}

impl Record for Accountability {
    const NOUN: Noun = Noun::Accountability;

    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        let heard =
            |one: &Heard| Seen::default().says(Label::On, &one.on).says(Label::Text, &one.text);
        let decision = self.decision.as_ref().map(|one| {
            Seen::default()
                .says(Label::Number, &one.number)
                .says(Label::On, &one.on)
                .says(Label::Organ, &one.organ)
                .word(Label::Sanction, "sanction", one.sanction.word())
                .says(Label::Until, &one.until)
                .says(Label::Text, &one.text)
        });
        let appeal = self.appeal.as_ref().map(|one| {
            let decided = one.decided.as_ref().map(|AppealDecided { on, outcome, text }| {
                let outcome = Said::Word("appeal-outcome", outcome.word());
                vec![Said::On(*on), outcome, Said::Text(text.clone())]
            });
            Seen::default()
                .says(Label::On, &one.on)
                .says(Label::Text, &one.text)
                .parts(Label::Decided, decided)
        });
        Seen::default()
            .says(Label::Person, &self.person)
            .says(Label::Unit, &self.unit)
            .matter(Label::Matter, Some(self.matter), eyes)
            .says(Label::Supervision, &self.supervision)
            .says(Label::Article, &self.article)
            .says(Label::ConductOn, &self.conduct_on)
            .says(Label::OpenedOn, &self.opened_on)
            .says(Label::EnteredOn, &self.entered_on)
            .says(Label::Finding, &self.finding)
            .thing(Label::Decision, decision)
            .thing(Label::Appeal, appeal)
            .entries(Label::Heard, self.heard.iter().map(heard))
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        let appeal = self.appeal.as_ref();
        Spine {
            title: self.supervision.clone(),
            on: self.opened_on,
            until: self.decision.as_ref().and_then(|decided| decided.until),
            person: self.person.clone(),
            unit: Some(self.unit.clone()),
            shared: Vec::new(),
            state: match (self.heard.is_empty(), &self.decision, appeal) {
                (true, None, _) => State::Opened,
                (false, None, _) => State::Heard,
                (_, Some(_), None) => State::Decided,
                (_, Some(_), Some(appeal)) if appeal.decided.is_none() => State::Appealed,
                (_, Some(_), Some(_)) => State::Final,
            },
            matters: vec![self.matter],
        }
    }
}
