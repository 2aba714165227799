//! On which texts a paper rests (依据): what the texts in force on its day say of the thing, cited with title and
//! article, and the periods that they give.

use super::{LANG, Maker};
use crate::period;
use casework::statute::ClockKind;

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
