//! Publicity (宣传): what the office and the units do so that people know their rights and the way.

use super::{Eyes, Label, Noun, Record, Seen, Spine, filled, in_order};
use crate::code::code_list;
use crate::org::UnitId;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// The form (宣传形式).
    pub enum Medium {
        /// 通知、文件.
        Notice = "notice",
        /// 板报比赛.
        BoardContest = "board_contest",
        /// 电视.
        Television = "television",
        /// 培训班.
        Training = "training",
        /// 现场咨询.
        Counselling = "counselling",
        /// 其他.
        Other = "other",
    }
}

/// An activity (宣传活动).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its name.
    pub title: String,
    /// Its form.
    pub medium: Medium,
    /// First day, office-local.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// For whom.
    pub audience: String,
    /// How many people came, where it was counted.
    #[serde(default)]
    pub people: Option<u32>,
    /// Which units took part.
    #[serde(default)]
    pub units: Vec<UnitId>,
    /// What it was.
    pub text: String,
    /// Material and pictures.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

impl Activity {
    /// An activity may be entered.
    ///
    /// # Errors
    /// Nothing said; days out of order.
    pub fn hold(mut self) -> Result<Self, Refusal> {
        filled(&[&self.title, &self.audience, &self.text])?;
        in_order(self.from, Some(self.until))?;
        self.units.sort();
        self.units.dedup();
        Ok(self)
    }

    /// Material and pictures come in afterwards, with what they show.
    ///
    /// # Errors
    /// Nothing said.
    pub fn add(mut self, text: &str, attachments: Vec<Attachment>) -> Result<Self, Refusal> {
        filled(&[text])?;
        self.text.push('\n');
        self.text.push_str(text);
        self.attachments.extend(attachments);
        Ok(self)
    }

    /// How many days it lasted, first and last included.
    pub fn days(&self) -> i64 {
        crate::calendar::days_between(self.from, self.until) + 1
    }
}

impl Record for Activity {
    const NOUN: Noun = Noun::Publicity;

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        Seen::default()
            .says(Label::Title, &self.title)
            .word(Label::Medium, "medium", self.medium.word())
            .says(Label::From, &self.from)
            .says(Label::Until, &self.until)
            .says(Label::Audience, &self.audience)
            .says(Label::People, &self.people)
            .says(Label::Units, &self.units)
            .says(Label::Text, &self.text)
            .files(&self.attachments)
    }

    fn attachments(&self) -> Vec<&Attachment> {
        self.attachments.iter().collect()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.title.clone(),
            on: self.from,
            until: Some(self.until),
            person: None,
            unit: None,
            shared: self.units.clone(),
            state: self.medium.into(),
            matters: Vec::new(),
        }
    }
}
