//! What petitioners add, take back, or see corrected (补充、撤回、改类).

use crate::act::{ActForm, Kind, Row};
use crate::problem::Wrong;
use casework::category::Category;
use casework::matter::Command;
use casework::matter::intake::{Reclassify, Supplement, Withdrawn};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "reclassify",
        act: Act::Reclassify,
        rule: "R22-21",
        at: (),
        form: |f| {
            let category = Category(f.choice("category", Kind::Category));
            Command::Reclassify(Reclassify { category, reason: f.line("reason") })
        },
    },
    Row {
        word: "withdraw",
        act: Act::Withdraw,
        rule: "D-casefile",
        at: (),
        form: |f| {
            let petition = PetitionNumber(f.choice("petition", Kind::Petition));
            Command::Withdraw(Withdrawn { petition, reason: f.text("reason") })
        },
    },
    Row {
        word: "supplement",
        act: Act::Supplement,
        rule: "R22-21",
        at: (),
        form: |f| {
            let petition = PetitionNumber(f.choice("petition", Kind::Petition));
            let (text, attachments) = (f.may_text("text"), f.files());
            if text.is_empty() && attachments.is_empty() {
                f.wrong("text", Wrong::Missing);
            }
            Command::Supplement(Supplement { petition, text, attachments })
        },
    },
];
