//! The petitioner's own view of how the matter was handled (满意度评价): of the office and of the unit,
//! once, and only by whoever petitioned (R22-21).

use crate::code::code_list;
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, said};
use crate::matter::{Context, Matter, Step};
use crate::petition::PetitionNumber;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// How content somebody is (评价).
    pub enum Content {
        /// 满意.
        Satisfied = "satisfied",
        /// 基本满意.
        Mostly = "mostly",
        /// 不满意.
        Dissatisfied = "dissatisfied",
    }
}

/// A petitioner's rating (评价).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Rated {
    /// Whose petition.
    pub petition: PetitionNumber,
    /// Of the letters-and-visits office.
    pub of_office: Content,
    /// Of the unit that answered.
    pub of_unit: Content,
    /// In the petitioner's words.
    #[serde(default)]
    pub note: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 评价.
    Rate(Rated),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "RatingFact")]
pub enum Fact {
    /// 已评价.
    Rated(Rated),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Rate(_) => Act::Rate,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let content = Content::ALL[0];
        let rate = |petition| {
            Self::Rate(Rated { petition, of_office: content, of_unit: content, note: said() })
        };
        trial.petitions().into_iter().map(rate).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Rated(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Rated(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::Rated(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Rated(_) => "rated",
        }
    }
}

impl Matter {
    /// Whether the petitioner of this petition may rate now.
    ///
    /// # Errors
    /// Not answered yet, rated before, or the time for it is over.
    pub fn ratable(&self, petition: &PetitionNumber, context: &Context<'_>) -> Result<(), Refusal> {
        if !self.petitions.iter().any(|one| one.number == *petition) {
            return Err(Refusal::PetitionElsewhere);
        }
        if !matches!(self.step, Step::Served(_) | Step::Settled | Step::Concluded(_)) {
            return Err(Refusal::NotInStep);
        }
        let due = self
            .due_of(ClockKind::Evaluation, context.law_book, context.calendar)
            .ok_or(Refusal::NotInStep)?;
        // Once for each answer: one that a review sent back takes its rating with it.
        let rated =
            |(on, rated): &(Date, Rated)| rated.petition == *petition && *on >= due.started_on;
        if self.ratings.iter().any(rated) {
            return Err(Refusal::RatedAlready);
        }
        if context.moment.on > due.binding() {
            return Err(Refusal::PeriodElapsed { until: due.binding(), rule: due.source.rule });
        }
        Ok(())
    }

    pub(crate) fn on_rating(
        &self,
        Command::Rate(rated): &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        self.ratable(&rated.petition, context)?;
        Ok(vec![Fact::Rated(rated.clone()).into()])
    }

    pub(crate) fn fold_rating(&mut self, Fact::Rated(rated): &Fact, on: Date) {
        self.ratings.push((on, rated.clone()));
    }
}
