//! The petitioner's own acts (信访人评价): done from the portal alone.

use crate::act::{ActForm, Kind, Row};
use casework::matter::rating::{Command, Rated};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[Row {
    word: "rate",
    act: Act::Rate,
    rule: "R22-21",
    at: (),
    form: |f| {
        let rated = Rated {
            petition: PetitionNumber(f.choice("petition", Kind::Petition)),
            of_office: f.one_of("of_office", "content"),
            of_unit: f.one_of("of_unit", "content"),
            note: f.may_text("note"),
        };
        Command::Rate(rated).into()
    },
}];
