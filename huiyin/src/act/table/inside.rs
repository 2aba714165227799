//! Inside a unit (单位内部办理): who has it in hand, and how a draft goes round before it is signed.

use crate::act::{ActForm, Kind, Name, Row};
use casework::matter::inside::{Command, DraftChecked, DraftSubmitted, PutInCharge};
use casework::matter::referral::Ruling;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "put_in_charge",
        act: Act::PutInCharge,
        rule: "R22-05",
        at: (),
        form: |f| {
            let person = f.account(Name::Person, Kind::Colleague);
            Command::PutInCharge(PutInCharge { person, note: f.may_text(Name::Note) }).into()
        },
    },
    Row {
        word: "submit_draft",
        act: Act::SubmitDraft,
        rule: "GW12-20",
        at: (),
        form: |f| {
            let checker = f.account(Name::Checker, Kind::Colleague);
            Command::SubmitDraft(DraftSubmitted { checker }).into()
        },
    },
    Row {
        word: "check_draft",
        act: Act::CheckDraft,
        rule: "GW12-20",
        at: (),
        form: |f| Command::CheckDraft(DraftChecked { note: f.may_text(Name::Note) }).into(),
    },
    Row {
        word: "return_draft",
        act: Act::ReturnDraft,
        rule: "GW12-20",
        at: (),
        form: |f| Command::ReturnDraft(Ruling { reason: f.text(Name::Reason) }).into(),
    },
];
