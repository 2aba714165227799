//! What petitioners add, take back, or see corrected (补充、撤回、改类).

use crate::acts::{ActForm, Kind, may, need};
use casework::category::Category;
use casework::matter::Command;
use casework::matter::intake::{Reclassify, Supplement, Withdrawn};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "reclassify",
        act: Act::Reclassify,
        rule: "R22-21",
        fields: &[need("category", Kind::Category), need("reason", Kind::Line)],
        parse: |r| {
            let (category, reason) = (Category(r.need("category")), r.need("reason"));
            Some(Command::Reclassify(Reclassify { category, reason }))
        },
    },
    ActForm {
        word: "withdraw",
        act: Act::Withdraw,
        rule: "D-casefile",
        fields: &[need("petition", Kind::Petition), need("reason", Kind::Text)],
        parse: |r| {
            let (petition, reason) = (PetitionNumber(r.need("petition")), r.need("reason"));
            Some(Command::Withdraw(Withdrawn { petition, reason }))
        },
    },
    ActForm {
        word: "supplement",
        act: Act::Supplement,
        rule: "R22-21",
        fields: &[
            need("petition", Kind::Petition),
            may("text", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let (petition, text) = (PetitionNumber(r.need("petition")), r.text("text"));
            let attachments = r.files();
            if text.is_empty() && attachments.is_empty() {
                r.wrong("text", "wrong-missing");
            }
            Some(Command::Supplement(Supplement { petition, text, attachments }))
        },
    },
];
