//! What a field holds (字段类型), which decides its control on the page and its schema in the API.

use super::name::Name;

/// Between a petition's number and the hash of a file that lies with it.
pub const LIES_WITH: char = '/';

/// What a field holds (字段类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// A whole document of data, as long as a request may be.
    Document,
    /// Any number of single lines.
    Lines,
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
    /// One that came after the answer and whose petitioner nobody told yet, by its number.
    Repeat,
    /// Somebody who petitioned, by the party's id.
    Party,
    /// A file that came with a petition or was handed in later: the petition's number, [`LIES_WITH`], and its hash.
    HandedIn,
    /// A matter, by its number.
    Matter,
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
    /// A ground on which a petition is filed.
    GroundFiled,
    /// Any number of the matter's demands, by their ordinals.
    Demands,
    /// Which demand of a matter each of one's own repeats, by its ordinal, or `new`.
    Claims,
    /// A unit whose contribution is awaited.
    JointUnit,
    /// Who decides about competence: a unit above all that disagree, or the joint conference.
    Arbiter,
    /// A person with an account, by its id.
    Account,
    /// Somebody of the unit that has the matter, or of one's own where there is none, by the account's id.
    Colleague,
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
    /// Somebody of the office who follows a matter by name, by the account's id.
    Tracker,
    /// A leader whose mailbox is open, by the account's id.
    Mailbox,
    /// An instruction without an answer, by its ordinal.
    Instruction,
    /// A notice of the matter that is not served, by its ordinal.
    Notice,
    /// Any number of those to whom the answer or the opinion is still to be brought, by the parties' ids.
    ToBeServed,
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
            | Self::Claims
            | Self::Session
            | Self::Objection
            | Self::Instruction
            | Self::Notice => true,
            Self::Line
            | Self::Text
            | Self::Document
            | Self::Lines
            | Self::Date
            | Self::Unit
            | Self::Ground
            | Self::Petition
            | Self::Repeat
            | Self::Party
            | Self::HandedIn
            | Self::Matter
            | Self::Category
            | Self::Organ
            | Self::MatterUnit
            | Self::Outcome
            | Self::GroundOver
            | Self::GroundFiled
            | Self::JointUnit
            | Self::Arbiter
            | Self::Account
            | Self::Asked
            | Self::Colleague
            | Self::Recommendation
            | Self::Leader
            | Self::Mailbox
            | Self::Tracker
            | Self::List(..)
            | Self::ToBeServed
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

/// A field of a form (字段).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in forms and in the API.
    pub name: Name,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be filled.
    pub required: bool,
    /// The rows of which it is a column, if it is one.
    pub of: Option<Name>,
}
