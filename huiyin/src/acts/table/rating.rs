//! The petitioner's own acts (信访人评价): done from the portal alone.

use crate::acts::{ActForm, Kind, may, need};
use casework::matter::rating::{Command, Content, Rated};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[ActForm {
    word: "rate",
    act: Act::Rate,
    rule: "R22-21",
    fields: &[
        need("petition", Kind::Petition),
        need("of_office", Kind::List("content", &Content::WORDS)),
        need("of_unit", Kind::List("content", &Content::WORDS)),
        may("note", Kind::Text),
    ],
    parse: |r| {
        let petition = PetitionNumber(r.need("petition"));
        let (of_office, of_unit) =
            (r.word("of_office", Content::parse), r.word("of_unit", Content::parse));
        let note = r.text("note");
        Some(
            Command::Rate(Rated { petition, of_office: of_office?, of_unit: of_unit?, note })
                .into(),
        )
    },
}];
