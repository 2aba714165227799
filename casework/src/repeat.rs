//! Recognising repeats (筛重): same person and basically the same matter. Assistive only: the
//! reasons are shown, a clerk decides.

use crate::calendar::Calendar;
use crate::code::code_list;
use crate::matter::{Matter, Step};
use crate::statute::{ClockKind, Statutes};
use jiff::civil::Date;

code_list! {
    /// Why an earlier matter may be the same (提示理由).
    pub enum Reason {
        /// 证件号码相同.
        SameIdentity = "same_identity",
        /// 电话相同.
        SamePhone = "same_phone",
        /// 同名同地.
        SameNameAndPlace = "same_name_and_place",
        /// 被检举控告人相同.
        SameAccused = "same_accused",
        /// 内容相近.
        SimilarText = "similar_text",
    }
}

/// What is known about an earlier matter in comparison with what is being registered.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// The identity number's blind index agrees.
    pub identity: bool,
    /// A telephone's blind index agrees.
    pub phone: bool,
    /// A name's blind index agrees.
    pub name: bool,
    /// The same person is accused.
    pub accused: bool,
    /// The problem's place is the same, or one lies in the other.
    pub place: bool,
    /// The first-level category is the same.
    pub category: bool,
    /// Similarity of the texts, 0–100.
    pub text: u32,
}

/// From here on similar texts count as a reason of their own.
pub const SIMILAR_TEXT: u32 = 35;

impl Likeness {
    /// The reasons, strongest first; empty when the matter should not be suggested at all.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.identity {
            reasons.push(Reason::SameIdentity);
        }
        if self.phone {
            reasons.push(Reason::SamePhone);
        }
        if self.name && self.place {
            reasons.push(Reason::SameNameAndPlace);
        }
        if self.accused {
            reasons.push(Reason::SameAccused);
        }
        if self.text >= SIMILAR_TEXT {
            reasons.push(Reason::SimilarText);
        }
        reasons
    }

    /// An order for the list of suggestions of one registration; it is kept nowhere and says
    /// nothing about a person.
    pub fn weight(&self) -> u32 {
        u32::from(self.identity) * 60
            + u32::from(self.phone) * 50
            + u32::from(self.name && self.place) * 40
            + u32::from(self.accused) * 50
            + u32::from(self.category) * 10
            + self.text
    }
}

code_list! {
    /// What somebody who comes again is told of the earlier matter (对重复来件的处理建议, law.md §9): a
    /// suggestion that explains itself, never a refusal by the machine.
    pub enum Standing {
        /// 正在办理: join it, tell who has it and until when; no clock starts again (N03, R05-16,
        /// R22-19c).
        Pending = "pending",
        /// 可以申请复查、复核: tell of the right and its last day (R22-35, R22-36).
        Window = "window",
        /// 正在复查、复核.
        InReview = "in_review",
        /// 复核已经结束: the same facts and reasons are not taken up again; new facts make a new matter
        /// (N04, R05-35c, R22-36).
        Exhausted = "exhausted",
        /// 逾期没有申请: ask for the reason first (N07).
        Lapsed = "lapsed",
        /// 超期或者答应的事没有做: a reason to supervise, not a nuisance (R05-36, R22-40).
        Neglected = "neglected",
        /// 已经按其他方式办结.
        Over = "over",
    }
}

impl Matter {
    /// What to tell somebody who comes again, on a day.
    pub fn standing(&self, on: Date, statutes: &Statutes, calendar: &Calendar) -> Vec<Standing> {
        let window = [ClockKind::ReviewWindow, ClockKind::FinalReviewWindow]
            .into_iter()
            .find_map(|clock| self.due_of(clock, statutes, calendar));
        let main = match &self.step {
            Step::Registered
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Accepted
            | Step::Halted(_)
            | Step::Answered(_) => Standing::Pending,
            Step::ReviewAsked | Step::InReview | Step::ReviewDecided => Standing::InReview,
            Step::Served(_) | Step::Settled | Step::Concluded(_) => match window {
                Some(due) if on <= due.binding() => Standing::Window,
                Some(_) => Standing::Lapsed,
                None if self.next_level().is_none() => Standing::Exhausted,
                None => Standing::Over,
            },
        };
        let mut standing = vec![main];
        if !self.triggers(on, statutes, calendar).is_empty() {
            standing.push(Standing::Neglected);
        }
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_no_reason() {
        assert!(Likeness { name: true, text: 5, ..Likeness::default() }.reasons().is_empty());
        let same = Likeness { name: true, place: true, text: 40, ..Likeness::default() };
        assert_eq!(same.reasons(), [Reason::SameNameAndPlace, Reason::SimilarText]);
    }
}
