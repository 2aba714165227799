//! The leading group for letters-and-visits work (信访工作领导小组): who sits in it, from when until when. What
//! changed stays readable, since no seat is overwritten (R05-05, R22-13).

use super::{Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, filled, in_order};
use crate::code::code_list;
use crate::moment::Within;
use crate::org::AccountId;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// The seats (小组职务).
    pub enum SeatKind {
        /// 组长.
        Head = "head",
        /// 副组长.
        Deputy = "deputy",
        /// 成员.
        Member = "member",
        /// 办公室主任.
        Secretary = "secretary",
    }
}

/// Somebody's seat in the leading group (领导小组成员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub person: AccountId,
    /// Which seat.
    pub seat: SeatKind,
    /// The document that appoints them.
    pub document: String,
    /// First day, office-local.
    pub from: Date,
    /// Last day; `None` while it lasts.
    #[serde(default)]
    pub until: Option<Date>,
}

impl Seat {
    /// A seat may be taken, beside all other seats.
    ///
    /// # Errors
    /// [`Unfit::TermsOverlap`] for a second seat of the same person; [`Unfit::HeadTwice`].
    pub fn take(self, others: &[Self]) -> Result<Self, Refusal> {
        filled(&[&self.document])?;
        in_order(self.from, self.until)?;
        let beside = |other: &&Self| {
            other.until.is_none_or(|until| self.from <= until)
                && self.until.is_none_or(|until| other.from <= until)
        };
        let mut beside = others.iter().filter(beside);
        if beside.clone().any(|other| other.person == self.person) {
            return Err(Unfit::TermsOverlap.into());
        }
        let head = |other: &Self| other.seat == SeatKind::Head && self.seat == SeatKind::Head;
        if beside.any(head) { Err(Unfit::HeadTwice.into()) } else { Ok(self) }
    }

    /// The seat is left on a day, its last.
    ///
    /// # Errors
    /// [`Unfit::Ended`]; a day before it was taken.
    pub fn leave(mut self, last: Date) -> Result<Self, Refusal> {
        if self.until.is_some() {
            return Err(Unfit::Ended.into());
        }
        in_order(self.from, Some(last))?;
        self.until = Some(last);
        Ok(self)
    }

    /// Whether it is held on a day.
    pub fn held(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// Who was head in a period (任期内组长).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Headed<'a> {
    /// Nobody, on none of its days.
    Nobody,
    /// The same person, on all of its days.
    Throughout(&'a AccountId),
    /// Different people, or not on all of its days.
    InPart,
}

impl<'a> Headed<'a> {
    /// As the seats say, of which no two are the head's on one day.
    pub fn of(seats: impl IntoIterator<Item = &'a Seat>, within: Within) -> Self {
        let touches = |seat: &&Seat| {
            let begins = seat.from <= within.until;
            seat.seat == SeatKind::Head
                && begins
                && seat.until.is_none_or(|last| within.from <= last)
        };
        let mut heads = seats.into_iter().filter(touches);
        match (heads.next(), heads.next()) {
            (None, _) => Self::Nobody,
            (Some(head), None) if head.held(within.from) && head.held(within.until) => {
                Self::Throughout(&head.person)
            }
            (Some(_), _) => Self::InPart,
        }
    }
}

impl Record for Seat {
    const NOUN: Noun = Noun::Seat;

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        Seen::default()
            .says(Label::Person, &self.person)
            .word(Label::Seat, "seat", self.seat.word())
            .says(Label::Document, &self.document)
            .says(Label::From, &self.from)
            .says(Label::Until, &self.until)
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.document.clone(),
            on: self.from,
            until: self.until,
            person: Some(self.person.clone()),
            unit: None,
            shared: Vec::new(),
            state: if self.until.is_some() { State::Ended } else { self.seat.into() },
            matters: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn seat(person: &str, seat: SeatKind, from: Date, until: Option<Date>) -> Seat {
        let person = AccountId(person.to_owned());
        Seat { person, seat, document: "县委办〔2025〕1号".to_owned(), from, until }
    }

    #[test]
    fn who_was_head_is_told_of_whole_periods() {
        let year = Within { from: date(2025, 1, 1), until: date(2025, 12, 31) };
        let (zhao, last) = (AccountId("zhao".to_owned()), date(2025, 6, 30));
        let deputy = seat("li", SeatKind::Deputy, date(2024, 1, 1), None);
        let head = |until| seat("zhao", SeatKind::Head, date(2025, 1, 1), until);
        let next = seat("qian", SeatKind::Head, date(2025, 7, 1), None);
        assert_eq!(Headed::of([&deputy], year), Headed::Nobody);
        assert_eq!(Headed::of([&deputy, &head(None)], year), Headed::Throughout(&zhao));
        assert_eq!(Headed::of([&head(Some(last)), &next], year), Headed::InPart);
        assert_eq!(Headed::of([&head(Some(last))], year), Headed::InPart);
        assert_eq!(Headed::of([&next], year), Headed::InPart);
        let half = Within { until: last, ..year };
        assert_eq!(Headed::of([&head(Some(last)), &next], half), Headed::Throughout(&zhao));
    }
}
