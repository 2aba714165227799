//! Recognising repeats (筛重): same person and basically the same matter. Assistive only: the
//! reasons are shown, a clerk decides.

use crate::code::code_list;

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
