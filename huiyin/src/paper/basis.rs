//! On what a paper of a day rests (依据): the county as it was called then, what the texts in force then say of the
//! thing, cited with title and article, and the periods that they give.

use super::{LANG, Maker};
use crate::house::House;
use crate::identity::Opened;
use crate::period;
use casework::directory::Directory;
use casework::matter::{Entry, Matter};
use casework::statute::ClockKind;
use jiff::civil::Date;
use std::sync::Arc;

impl<'a> Maker<'a> {
    /// Makes papers of a day: the county is called as it was then, whatever it is called now.
    pub(super) fn of(house: &'a House, matter: &'a Matter, entries: &'a [Entry], on: Date) -> Self {
        let now = house.directory();
        let renamed = now.changed_since(on);
        let directory = if renamed { Arc::new(Directory::clone(&now).as_of(on)) } else { now };
        Self { house, matter, entries, identities: &[], on, directory }
    }

    /// Addressed to these.
    pub(super) fn for_whom(self, identities: &'a [Opened]) -> Self {
        Self { identities, ..self }
    }
}

impl Maker<'_> {
    /// A period by the text in force on the paper's day.
    pub(super) fn period(&self, clock: ClockKind) -> String {
        period::words(self.house, LANG, clock, self.on)
    }

    /// The provisions about a topic in the texts of the paper's day, the national one first.
    pub(super) fn resting_on(&self, topic: &str) -> String {
        let law = self.house.statutes.on(self.on, &self.house.setup.place.0);
        let stated = law.map(|law| law.about(topic)).unwrap_or_default();
        let cited = stated.iter().map(|one| {
            let args = [("text", one.text.clone()), ("article", one.article.clone())];
            LANG.tx("paper-cited", &args)
        });
        cited.collect::<Vec<_>>().join("、")
    }
}
