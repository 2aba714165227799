//! The rows of the table of acts, by the rooms of the work.

mod aid;
mod handling;
mod inside;
mod intake;
mod joint;
mod ladder;
mod mediation;
mod participation;
mod passing;
mod publication;
mod rating;
mod referral;
mod repeat;
mod review;
mod service;
mod sponsorship;
mod supervision;
mod track;
mod urgent;
mod wall;

pub use joint::CONFERENCE;

use super::Row;
use casework::matter::Command;

/// An act on a matter (信访事项办理动作).
pub type ActForm = Row<Command>;

/// A group of acts on the page: its locale key under `acts-`, and its rooms.
pub type Group = (&'static str, &'static [&'static [ActForm]]);

/// The groups, in the order of the page. Joining and un-joining have pages of their own.
pub const GROUPS: [Group; 5] = [
    (
        "work",
        &[
            referral::ACTS,
            passing::ACTS,
            repeat::ACTS,
            track::ACTS,
            joint::ACTS,
            inside::ACTS,
            handling::ACTS,
            mediation::ACTS,
            participation::ACTS,
            service::ACTS,
            review::ACTS,
        ],
    ),
    ("supervision", &[supervision::ACTS, ladder::ACTS]),
    ("leaders", &[sponsorship::ACTS, publication::ACTS]),
    ("care", &[urgent::ACTS, wall::ACTS, aid::ACTS]),
    ("file", &[intake::ACTS, rating::ACTS]),
];

/// Every act on a matter that has a form.
pub fn all() -> impl Iterator<Item = &'static ActForm> {
    GROUPS.into_iter().flat_map(|(_, rooms)| rooms.iter().copied()).flatten()
}

impl ActForm {
    /// The act of a word.
    pub fn find(word: &str) -> Option<&'static Self> {
        all().find(|act| act.word == word)
    }
}
