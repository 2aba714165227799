//! The acts on a matter, as one table (办理动作表). A row's fields give the form on the page, the
//! parser of what comes back, and the API's schema; so the three can't drift apart.

mod reader;
mod table;

pub use reader::{Answers, MOST_CHARACTERS, Reader};
pub use table::{CONFERENCE, GROUPS, all};

use crate::problem::FieldError;
use casework::matter::Command;
use casework::role::Act;

/// What a field holds, which decides its control on the page and its schema in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// A date.
    Date,
    /// A whole number.
    Number,
    /// A unit that can receive matters.
    Unit,
    /// A ground of the code list in force.
    Ground,
    /// A demand of the matter, by its ordinal.
    Demand,
    /// A petition of the matter, by its number.
    Petition,
    /// A category in force.
    Category,
    /// An organ that may review the answer, by its unit's id.
    Organ,
    /// A unit that has or had the matter, by its id.
    MatterUnit,
    /// One of [`casework::matter::handling::Outcome`] that fits the matter's track.
    Outcome,
    /// A ground on which a matter is passed to an organ outside.
    GroundOver,
    /// Any number of the matter's demands, by their ordinals.
    Demands,
    /// A unit whose contribution is awaited.
    JointUnit,
    /// Who decides about competence: a unit above all that disagree, or the joint conference.
    Arbiter,
    /// A person with an account, by its id.
    Account,
    /// A person who was asked to keep out, by the account's id.
    Asked,
    /// A meeting whose minutes are not signed, by its ordinal.
    Session,
    /// An objection without an answer, by its ordinal.
    Objection,
    /// A recommendation without an answer, by its number.
    Recommendation,
    /// A county leader with an account, by its id.
    Leader,
    /// An instruction without an answer, by its ordinal.
    Instruction,
    /// A notice of the matter that is not served, by its ordinal.
    Notice,
    /// A word of a code list: the locale prefix of its words, and the words.
    List(&'static str, &'static [&'static str]),
    /// Files.
    Files,
    /// A place of the office's area, by its code.
    Place,
    /// Any unit, by its id.
    AnyUnit,
    /// A post, by its id.
    Post,
    /// An article on liability in force, by its rule id.
    Liability,
    /// Any number of units, by their ids.
    Units,
    /// Any number of places, by their codes.
    Places,
    /// Any number of accounts, by their ids.
    Accounts,
    /// Any number of words of a code list.
    Lists(&'static str, &'static [&'static str]),
    /// Any number of [`casework::org::Role`].
    Roles,
    /// `yes`, or left out.
    Yes,
}

impl Kind {
    /// Whether it holds a whole number, or several.
    pub fn is_number(self) -> bool {
        match self {
            Self::Number
            | Self::Demand
            | Self::Demands
            | Self::Session
            | Self::Objection
            | Self::Instruction
            | Self::Notice => true,
            Self::Line
            | Self::Text
            | Self::Date
            | Self::Unit
            | Self::Ground
            | Self::Petition
            | Self::Category
            | Self::Organ
            | Self::MatterUnit
            | Self::Outcome
            | Self::GroundOver
            | Self::JointUnit
            | Self::Arbiter
            | Self::Account
            | Self::Asked
            | Self::Recommendation
            | Self::Leader
            | Self::List(..)
            | Self::Files
            | Self::Place
            | Self::AnyUnit
            | Self::Post
            | Self::Liability
            | Self::Units
            | Self::Places
            | Self::Accounts
            | Self::Lists(..)
            | Self::Roles
            | Self::Yes => false,
        }
    }
}

/// A field of an act.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in forms and in the API.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be filled.
    pub required: bool,
}

/// An act's row.
pub struct ActForm {
    /// Its name in addresses, and its locale key.
    pub word: &'static str,
    /// The permission it needs.
    pub act: Act,
    /// The rule it rests on.
    pub rule: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    parse: fn(&mut Reader<'_>) -> Option<Command>,
}

pub(crate) const fn need(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

pub(crate) const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// Whether a form with these fields takes files.
pub fn takes_files(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.kind == Kind::Files)
}

impl ActForm {
    /// The act of a word.
    pub fn find(word: &str) -> Option<&'static Self> {
        all().find(|act| act.word == word)
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// Every field that can't be used, and every field the act does not have.
    pub fn parse(&self, answers: &Answers) -> Result<Command, Vec<FieldError>> {
        let mut reader = Reader::new(answers);
        for name in answers.values.keys() {
            if !self.fields.iter().any(|field| field.name == name) {
                reader.wrong(name, "wrong-unknown");
            }
        }
        let command = (self.parse)(&mut reader);
        match command {
            Some(command) if reader.errors.is_empty() => Ok(command),
            _ => Err(reader.errors),
        }
    }
}
