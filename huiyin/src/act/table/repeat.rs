//! Petitions that come after the answer (答复后再次来件).

use crate::act::{ActForm, Kind, Name, Row};
use casework::matter::repeat::{Command, TellRepeat};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[Row {
    word: "tell_repeat",
    act: Act::TellRepeat,
    rule: "R22-22",
    at: (),
    form: |f| {
        let petition = PetitionNumber(f.choice(Name::Petition, Kind::Repeat));
        Command::TellRepeat(TellRepeat { petition, note: f.text(Name::Note) }).into()
    },
}];
