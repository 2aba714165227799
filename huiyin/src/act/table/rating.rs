//! The petitioner's own acts (信访人评价): done from the portal alone.

use crate::act::{ActForm, Kind, Name, Row};
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
            petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)),
            of_office: f.one_of(Name::OfOffice, "content"),
            of_unit: f.one_of(Name::OfUnit, "content"),
            note: f.may_text(Name::Note),
        };
        Command::Rate(rated).into()
    },
}];
