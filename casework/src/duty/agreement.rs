//! Agreements on duties (目标责任书): yearly, between the county and a township or unit, and between a township
//! and its villages. What is measured is the duty side only, and no indicator gets worse because people
//! petition more, or higher up (R05-07, R22-39).

use super::aim::lawful_aim;
use super::seen::{ordinals, position};
use super::{Entries, Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, behind, filled};
use crate::code::code_list;
use crate::matter::Context;
use crate::moment::Within;
use crate::org::UnitId;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

code_list! {
    /// What is measured (考核指标). All but the last count themselves from the record.
    pub enum IndicatorKind {
        /// 及时受理率.
        TimelyAcceptance = "timely_acceptance",
        /// 按期答复率.
        TimelyAnswer = "timely_answer",
        /// 送达率.
        ProofOfService = "proof_of_service",
        /// 接访日执行率.
        ReceptionKept = "reception_kept",
        /// 承诺执行率.
        Execution = "execution",
        /// 督办按期反馈率.
        SupervisionAnswered = "supervision_answered",
        /// 人工评定.
        Manual = "manual",
    }
}

/// How many were due, and how many of these were met (分子、分母).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Measure {
    /// Fell due in the year, as of the day of measuring.
    pub due: u32,
    /// Were met in time.
    pub met: u32,
}

code_list! {
    /// How an indicator came out (指标结论).
    pub enum Verdict {
        /// 达到.
        Reached = "reached",
        /// 未达到.
        Missed = "missed",
        /// 没有到期的: what never fell due was neither reached nor missed.
        NoneDue = "none_due",
    }
}

impl Measure {
    /// How it stands against a target in per cent.
    pub fn against(self, target: u32) -> Verdict {
        if self.due == 0 {
            Verdict::NoneDue
        } else if u64::from(self.met) * 100 >= u64::from(self.due) * u64::from(target) {
            Verdict::Reached
        } else {
            Verdict::Missed
        }
    }
}

/// What of an agreement counts itself (自动计算的范围): of which unit, within which days, which indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// Who is assessed.
    pub unit: UnitId,
    /// The year, up to today.
    pub within: Within,
    /// What is measured.
    pub kinds: Vec<IndicatorKind>,
}

/// The year-end value of an indicator (指标结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The day as of which it was counted.
    pub on: Date,
    /// What was counted; `None` for what was judged by hand.
    #[serde(default)]
    pub measure: Option<Measure>,
    /// Whether the target is reached, as it was judged or last counted; [`Indicator::verdict`] tells what never fell
    /// due apart.
    pub reached: bool,
    /// On what a judgement rests.
    #[serde(default)]
    pub evidence: String,
    /// Papers that show it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// How an indicator is judged by hand (评判).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether the target is reached.
    pub reached: bool,
    /// On what that rests.
    pub evidence: String,
    /// Papers that show it.
    pub attachments: Vec<Attachment>,
}

/// Something that the two sides agreed to measure (指标).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// What.
    pub kind: IndicatorKind,
    /// In words, for what is judged by hand.
    #[serde(default)]
    pub name: String,
    /// The target in per cent.
    pub target: u32,
    /// How it came out.
    #[serde(default)]
    pub result: Option<Measured>,
}

impl Indicator {
    /// How it came out, once it was counted or judged.
    pub fn verdict(&self) -> Option<Verdict> {
        let result = self.result.as_ref()?;
        Some(match result.measure {
            Some(measure) => measure.against(self.target),
            None if result.reached => Verdict::Reached,
            None => Verdict::Missed,
        })
    }
}

/// Both sides have signed (签订).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// The day, office-local.
    pub on: Date,
    /// Who signed for the side that assesses.
    pub first_signer: String,
    /// Who signed for the side that is assessed.
    pub second_signer: String,
    /// The scan.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// A yearly agreement (目标责任书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// For which year.
    pub year: i16,
    /// Who assesses: the county, or a township (甲方).
    pub first: UnitId,
    /// Who is assessed (乙方).
    pub second: UnitId,
    /// The text, as made from the template and agreed on.
    pub text: String,
    /// What is measured.
    pub indicators: Vec<Indicator>,
    /// The signatures.
    #[serde(default)]
    pub signed: Option<Signing>,
    /// The year's result, in words, and its day.
    #[serde(default)]
    pub result: Option<(Date, String)>,
    /// What the assessed side says to it.
    #[serde(default)]
    pub comment: Option<(Date, String)>,
}

impl Agreement {
    /// An agreement may be drawn up, beside the others of that year.
    ///
    /// # Errors
    /// [`Unfit::HoldsPeopleBack`]; [`Unfit::SameParty`]; [`Unfit::ListedAlready`] for a second one of the same two;
    /// targets beyond 100.
    pub fn draw_up(self, others: &[Self]) -> Result<Self, Refusal> {
        filled(&[&self.text])?;
        lawful_aim(&[&self.text])?;
        for one in &self.indicators {
            lawful_aim(&[&one.name])?;
        }
        if self.first == self.second {
            return Err(Unfit::SameParty.into());
        }
        let same = |other: &Self| {
            (other.year, &other.first, &other.second) == (self.year, &self.first, &self.second)
        };
        if others.iter().any(same) {
            return Err(Unfit::ListedAlready.into());
        }
        Ok(self)
    }

    /// Both sides sign; what was signed stands.
    ///
    /// # Errors
    /// [`Unfit::Signed`]; a day after today.
    pub fn sign(mut self, signing: Signing, context: &Context<'_>) -> Result<Self, Refusal> {
        if self.signed.is_some() {
            return Err(Unfit::Signed.into());
        }
        if signing.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        filled(&[&signing.first_signer, &signing.second_signer])?;
        self.signed = Some(signing);
        Ok(self)
    }

    /// What counts by a day: its year, up to the day.
    fn counted_until(&self, today: Date) -> Within {
        let year = Date::new(self.year, 1, 1).map(Within::year_of);
        let Within { from, until } = year.unwrap_or(Within::year_of(today));
        Within { from, until: until.min(today) }
    }

    /// An indicator, counted from 1, is judged by hand, on evidence.
    ///
    /// # Errors
    /// [`Unfit::CountsItself`]; [`Unfit::EvidenceMissing`]; [`Unfit::NoEntry`].
    pub fn judge(
        mut self,
        ordinal: u32,
        judgement: Judgement,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        self.running()?;
        let at = position(ordinal);
        let indicator = self.indicators.get_mut(at).ok_or(Unfit::NoEntry)?;
        if indicator.kind != IndicatorKind::Manual {
            return Err(Unfit::CountsItself.into());
        }
        let Judgement { reached, evidence, attachments } = judgement;
        if evidence.trim().is_empty() {
            return Err(Unfit::EvidenceMissing.into());
        }
        lawful_aim(&[&evidence])?;
        let on = context.moment.on;
        indicator.result = Some(Measured { on, measure: None, reached, evidence, attachments });
        Ok(self)
    }

    /// The year's result, once the year is nearly over: the indicators that count themselves are counted with it, and
    /// every other one has been judged.
    ///
    /// # Errors
    /// [`Unfit::IndicatorOpen`]; [`Unfit::NotSigned`]; before December.
    pub fn conclude(mut self, text: String, context: &Context<'_>) -> Result<Self, Refusal> {
        self.running()?;
        let december = date(self.year, 12, 1);
        if context.moment.on < december {
            return Err(Refusal::DateTooEarly(december));
        }
        if self.indicators.iter().any(|one| one.result.is_none()) {
            return Err(Unfit::IndicatorOpen.into());
        }
        filled(&[&text])?;
        lawful_aim(&[&text])?;
        self.result = Some((context.moment.on, text));
        Ok(self)
    }

    /// What the assessed side says to the result.
    ///
    /// # Errors
    /// [`Unfit::NoResult`]; [`Unfit::DoneAlready`].
    pub fn comment(mut self, text: String, context: &Context<'_>) -> Result<Self, Refusal> {
        let (since, _) = self.result.as_ref().ok_or(Unfit::NoResult)?;
        behind(context.moment.on, *since, context)?;
        if self.comment.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        filled(&[&text])?;
        lawful_aim(&[&text])?;
        self.comment = Some((context.moment.on, text));
        Ok(self)
    }

    fn running(&self) -> Result<(), Refusal> {
        match (&self.signed, &self.result) {
            (None, _) => Err(Unfit::NotSigned.into()),
            (Some(_), Some(_)) => Err(Unfit::Decided.into()),
            (Some(_), None) => Ok(()),
        }
    }
}

impl Record for Agreement {
    const NOUN: Noun = Noun::Agreement;

    fn counting(&self, today: Date) -> Option<Counting> {
        self.running().ok()?;
        let counted = self.indicators.iter().filter(|one| one.kind != IndicatorKind::Manual);
        let kinds = counted.map(|one| one.kind).collect();
        Some(Counting { unit: self.second.clone(), within: self.counted_until(today), kinds })
    }

    fn counted(mut self, counted: &BTreeMap<IndicatorKind, Measure>, on: Date) -> Self {
        for one in &mut self.indicators {
            let Some(measure) = counted.get(&one.kind).copied() else { continue };
            one.result = Some(Measured {
                on,
                measure: Some(measure),
                reached: measure.against(one.target) == Verdict::Reached,
                evidence: String::new(),
                attachments: Vec::new(),
            });
        }
        self
    }

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        let measured = |one: &Measured| {
            Seen::default()
                .says(Label::On, &one.on)
                .says(Label::Measure, &one.measure)
                .says(Label::Evidence, &one.evidence)
                .files(&one.attachments)
        };
        let indicator = |one: &Indicator| {
            Seen::default()
                .says(Label::Name, &one.name)
                .word(Label::Kind, "indicator", one.kind.word())
                .says(Label::Target, &one.target)
                .may_word(Label::Verdict, "verdict", one.verdict().map(Verdict::word))
                .thing(Label::Result, one.result.as_ref().map(measured))
        };
        let signing = self.signed.as_ref().map(|one| {
            Seen::default()
                .says(Label::On, &one.on)
                .says(Label::FirstSigner, &one.first_signer)
                .says(Label::SecondSigner, &one.second_signer)
                .files(&one.attachments)
        });
        Seen::default()
            .says(Label::Year, &u32::from(self.year.unsigned_abs()))
            .says(Label::First, &self.first)
            .says(Label::Second, &self.second)
            .says(Label::Text, &self.text)
            .thing(Label::Signed, signing)
            .says(Label::Result, &self.result)
            .says(Label::Comment, &self.comment)
            .entries(Label::Indicators, self.indicators.iter().map(indicator))
    }

    fn entries(&self, entries: Entries) -> Vec<u32> {
        match entries {
            Entries::ToJudge => ordinals(&self.indicators, |one| one.kind == IndicatorKind::Manual),
            Entries::Expected
            | Entries::ToReceive
            | Entries::Promised
            | Entries::Unregistered
            | Entries::Unsolved
            | Entries::Serving
            | Entries::ToCarryOut => Vec::new(),
        }
    }

    fn attachments(&self) -> Vec<&Attachment> {
        let measured = self.indicators.iter().filter_map(|one| one.result.as_ref());
        let evidence = measured.flat_map(|measured| &measured.attachments);
        self.signed.iter().flat_map(|signed| &signed.attachments).chain(evidence).collect()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.year.to_string(),
            on: self.signed.as_ref().map_or(date(self.year, 1, 1), |signed| signed.on),
            until: Some(date(self.year, 12, 31)),
            person: None,
            unit: Some(self.second.clone()),
            shared: vec![self.first.clone()],
            state: match (&self.signed, &self.result, &self.comment) {
                (None, ..) => State::DrawnUp,
                (Some(_), None, _) => State::Signed,
                (Some(_), Some(_), None) => State::Concluded,
                (Some(_), Some(_), Some(_)) => State::Commented,
            },
            matters: Vec::new(),
        }
    }
}
