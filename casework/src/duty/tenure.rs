//! Terms in office (任职): who holds a post that carries duties, where, from when until when, and when they
//! are on leave. Quotas are owed for the days in the post and no others.

use super::{Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, filled, in_order};
use crate::code::code_list;
use crate::org::{AccountId, Place, UnitId};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// The posts that carry quotas (职务类别).
    pub enum Grade {
        /// 县委、县政府领导.
        CountyLeader = "county_leader",
        /// 机关部门负责人.
        DepartmentHead = "department_head",
        /// 乡镇党政主要负责人.
        TownshipHead = "township_head",
    }
}

/// Days away from the post (请假、外出): inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// Somebody's term in a post (任职).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub person: AccountId,
    /// In which unit.
    pub unit: UnitId,
    /// Which kind of post.
    pub grade: Grade,
    /// The post's name, such as 副县长.
    pub post: String,
    /// The places for which they answer (包乡分片).
    #[serde(default)]
    pub areas: Vec<Place>,
    /// First day, office-local.
    pub from: Date,
    /// Last day; `None` while it lasts.
    #[serde(default)]
    pub until: Option<Date>,
    /// Days away, in order of entry.
    #[serde(default)]
    pub leaves: Vec<Leave>,
}

impl Tenure {
    /// A term may begin, beside the other terms of the same person.
    ///
    /// # Errors
    /// Dates out of order; [`Unfit::TermsOverlap`] with another term in a post of this kind.
    pub fn begin(self, others: &[Self]) -> Result<Self, Refusal> {
        filled(&[&self.post])?;
        in_order(self.from, self.until)?;
        let clash = |other: &Self| {
            other.person == self.person
                && other.grade == self.grade
                && other.until.is_none_or(|until| self.from <= until)
                && self.until.is_none_or(|until| other.from <= until)
        };
        if others.iter().any(clash) { Err(Unfit::TermsOverlap.into()) } else { Ok(self) }
    }

    /// The term ends on a day, its last.
    ///
    /// # Errors
    /// [`Unfit::Ended`]; a day before it began.
    pub fn end(mut self, last: Date) -> Result<Self, Refusal> {
        if self.until.is_some() {
            return Err(Unfit::Ended.into());
        }
        in_order(self.from, Some(last))?;
        self.until = Some(last);
        Ok(self)
    }

    /// Days away from the post.
    ///
    /// # Errors
    /// Days out of order or outside of the term.
    pub fn leave(mut self, leave: Leave) -> Result<Self, Refusal> {
        in_order(leave.from, Some(leave.until))?;
        in_order(self.from, Some(leave.from))?;
        if self.until.is_some_and(|until| leave.until > until) {
            return Err(Unfit::Ended.into());
        }
        self.leaves.push(leave);
        Ok(self)
    }

    /// Other places to answer for.
    #[must_use]
    pub fn answer_for(mut self, areas: Vec<Place>) -> Self {
        self.areas = areas;
        self
    }

    /// Whether the person is in the post on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// Whether the person is in the post and not away.
    pub fn works(&self, on: Date) -> bool {
        let away = |leave: &Leave| leave.from <= on && on <= leave.until;
        self.holds(on) && !self.leaves.iter().any(away)
    }
}

impl Record for Tenure {
    const NOUN: Noun = Noun::Tenure;

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        let leave = |leave: &Leave| {
            Seen::default().says(Label::From, &leave.from).says(Label::Until, &leave.until)
        };
        Seen::default()
            .word(Label::Grade, "grade", self.grade.word())
            .says(Label::Post, &self.post)
            .says(Label::Person, &self.person)
            .says(Label::Unit, &self.unit)
            .says(Label::From, &self.from)
            .says(Label::Until, &self.until)
            .says(Label::Areas, &self.areas)
            .entries(Label::Leaves, self.leaves.iter().map(leave))
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.post.clone(),
            on: self.from,
            until: self.until,
            person: Some(self.person.clone()),
            unit: Some(self.unit.clone()),
            shared: Vec::new(),
            state: State::lasting(self.until.is_some()),
            matters: Vec::new(),
        }
    }
}
