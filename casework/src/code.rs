//! Code lists (代码表): enumerations whose words are used in storage, in the API and as locale keys.

/// A code list (代码表), for whoever offers any of them: forms, tables, the API's description.
pub trait CodeList: Copy + PartialEq + 'static {
    /// Every one, in the order of the lists.
    const LIST: &'static [Self];

    /// Their words, in the same order.
    const LIST_WORDS: &'static [&'static str];

    /// The first of the list.
    const FIRST: Self;

    /// The one of this word.
    fn of_word(word: &str) -> Option<Self>;
}

/// Defines a code list: each variant with its word, in the order of the lists. Who uses it depends on `serde` and
/// `schemars`, since a list goes into storage and into the API's description.
#[macro_export]
macro_rules! code_list {
    ($(#[$meta:meta])* pub enum $name:ident {
        $(#[$first_doc:meta])* $first:ident = $first_word:literal,
        $($(#[$doc:meta])* $variant:ident = $word:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name {
            $(#[$first_doc])* #[serde(rename = $first_word)] $first,
            $($(#[$doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every one, in the order of the lists.
            pub const ALL: [Self; [$first_word, $($word),*].len()] = [Self::$first, $(Self::$variant),*];

            /// Their words, in the same order.
            pub const WORDS: [&'static str; [$first_word, $($word),*].len()] = [$first_word, $($word),*];

            /// The word used in storage, in the API and as a locale key.
            pub const fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)*
                }
            }

            /// The one of this word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.word() == word)
            }
        }

        impl $crate::code::CodeList for $name {
            const LIST: &'static [Self] = &Self::ALL;
            const LIST_WORDS: &'static [&'static str] = &Self::WORDS;
            const FIRST: Self = Self::$first;

            fn of_word(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }
    };
}

pub use crate::code_list;
