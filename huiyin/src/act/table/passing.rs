//! What a unit received itself (单位直接收到的信访件): passed on to the office, and confirmed there.

use crate::act::{ActForm, Kind, Name, Row};
use casework::matter::passing::{Command, PassedOn};
use casework::matter::referral::Ruling;
use casework::org::UnitId;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "pass_on",
        act: Act::PassOn,
        rule: "R22-23a",
        at: (),
        form: |f| {
            let proposed = f.may_choice(Name::Proposed, Kind::Unit).map(UnitId);
            Command::PassOn(PassedOn { reason: f.text(Name::Reason), proposed }).into()
        },
    },
    Row {
        word: "take_over",
        act: Act::TakeOver,
        rule: "R22-23",
        at: (),
        form: |_| Command::TakeOver.into(),
    },
    Row {
        word: "send_back",
        act: Act::SendBack,
        rule: "R22-23",
        at: (),
        form: |f| Command::SendBack(Ruling { reason: f.text(Name::Reason) }).into(),
    },
];
