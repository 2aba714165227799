//! House rules (制度): what the county sets itself beside the law, in versions with the days they are in force,
//! and who has read them; public ones stand on the portal.

use super::aim::lawful_aim;
use super::{Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, filled, in_order};
use crate::calendar::yesterday;
use crate::org::AccountId;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A version of a rule (版本).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The document's number.
    pub number: String,
    /// The day it was issued, office-local.
    pub issued_on: Date,
    /// First day in force.
    pub from: Date,
    /// Last day in force; `None` while it is.
    #[serde(default)]
    pub until: Option<Date>,
    /// Its text.
    pub text: String,
    /// The document.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// Somebody has read a version (学习记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Who.
    pub person: AccountId,
    /// When, office-local.
    pub on: Date,
    /// Which version, from 1.
    pub version: u32,
}

/// A house rule (制度).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseRule {
    /// Its name.
    pub title: String,
    /// Whether anybody may read it.
    #[serde(default)]
    pub public: bool,
    /// Its versions, first one first.
    pub versions: Vec<Version>,
    /// Who has read which.
    #[serde(default)]
    pub readings: Vec<Reading>,
}

impl HouseRule {
    /// A rule is issued with its first version.
    ///
    /// # Errors
    /// Nothing said; [`Unfit::HoldsPeopleBack`]; in force before it was issued.
    pub fn issue(title: String, public: bool, first: Version) -> Result<Self, Refusal> {
        filled(&[&title])?;
        lawful_aim(&[&title])?;
        sound(&first)?;
        Ok(Self { title, public, versions: vec![first], readings: Vec::new() })
    }

    /// Another version follows; the one before ends the day before.
    ///
    /// # Errors
    /// [`Unfit::Ended`]; in force no later than the version before.
    pub fn revise(mut self, next: Version) -> Result<Self, Refusal> {
        sound(&next)?;
        let last = self.versions.last_mut().ok_or(Unfit::NoEntry)?;
        if last.until.is_some() {
            return Err(Unfit::Ended.into());
        }
        if next.from <= last.from {
            return Err(Refusal::DateTooEarly(crate::calendar::tomorrow(last.from)));
        }
        last.until = Some(yesterday(next.from));
        self.versions.push(next);
        Ok(self)
    }

    /// It is no longer in force after a day.
    ///
    /// # Errors
    /// [`Unfit::Ended`]; a day before it was in force.
    pub fn repeal(mut self, last_day: Date) -> Result<Self, Refusal> {
        let last = self.versions.last_mut().ok_or(Unfit::NoEntry)?;
        if last.until.is_some() {
            return Err(Unfit::Ended.into());
        }
        in_order(last.from, Some(last_day))?;
        last.until = Some(last_day);
        Ok(self)
    }

    /// Somebody has read the version in force.
    ///
    /// # Errors
    /// [`Unfit::NotInForce`]; [`Unfit::ReadAlready`].
    pub fn read(mut self, person: AccountId, on: Date) -> Result<Self, Refusal> {
        let (version, _) = self.in_force(on).ok_or(Unfit::NotInForce)?;
        let read = |one: &Reading| one.person == person && one.version == version;
        if self.readings.iter().any(read) {
            return Err(Unfit::ReadAlready.into());
        }
        self.readings.push(Reading { person, on, version });
        Ok(self)
    }

    /// The version in force on a day, with its ordinal from 1.
    pub fn in_force(&self, on: Date) -> Option<(u32, &Version)> {
        let stands =
            |version: &Version| version.from <= on && version.until.is_none_or(|last| on <= last);
        (1..).zip(&self.versions).find(|(_, version)| stands(version))
    }
}

fn sound(version: &Version) -> Result<(), Refusal> {
    filled(&[&version.number, &version.text])?;
    lawful_aim(&[&version.text])?;
    in_order(version.issued_on, Some(version.from))
}

impl Record for HouseRule {
    const NOUN: Noun = Noun::HouseRule;

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        let version = |one: &Version| {
            Seen::default()
                .says(Label::Number, &one.number)
                .says(Label::IssuedOn, &one.issued_on)
                .says(Label::From, &one.from)
                .says(Label::Until, &one.until)
                .says(Label::Text, &one.text)
                .files(&one.attachments)
        };
        let reading = |one: &Reading| {
            Seen::default()
                .says(Label::Person, &one.person)
                .says(Label::On, &one.on)
                .says(Label::Version, &one.version)
        };
        Seen::default()
            .says(Label::Title, &self.title)
            .says(Label::Public, &self.public)
            .entries(Label::Versions, self.versions.iter().map(version))
            .entries(Label::Readings, self.readings.iter().map(reading))
    }

    fn attachments(&self) -> Vec<&Attachment> {
        self.versions.iter().flat_map(|version| &version.attachments).collect()
    }

    fn spine(&self) -> Spine {
        let (first, last) = (self.versions.first(), self.versions.last());
        Spine {
            title: self.title.clone(),
            on: first.map_or(Date::MIN, |version| version.issued_on),
            until: last.and_then(|version| version.until),
            person: None,
            unit: None,
            shared: Vec::new(),
            state: if last.is_some_and(|version| version.until.is_some()) {
                State::Ended
            } else if self.public {
                State::Public
            } else {
                State::Internal
            },
            matters: Vec::new(),
        }
    }
}
