//! Wishes of a unit's inside: who has it in hand, and how a draft goes round.

use super::text;
use casework::matter::Command;
use casework::matter::inside::{self, DraftChecked, DraftSubmitted, PutInCharge};
use casework::matter::referral::Ruling;
use casework::org::AccountId;

pub fn put_in_charge(person: &str) -> Command {
    let put = PutInCharge { person: AccountId(text(person)), note: String::new() };
    inside::Command::PutInCharge(put).into()
}

pub fn submit_draft(checker: &str) -> Command {
    let checker = AccountId(text(checker));
    inside::Command::SubmitDraft(DraftSubmitted { checker }).into()
}

pub fn check_draft() -> Command {
    inside::Command::CheckDraft(DraftChecked { note: text("依据准确") }).into()
}

pub fn return_draft() -> Command {
    inside::Command::ReturnDraft(Ruling { reason: text("金额要写明") }).into()
}
