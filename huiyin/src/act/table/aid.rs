//! Agents and help (代理、救助).

use crate::act::{ActForm, Kind, Row};
use casework::matter::aid::{AidReferred, Authorised, AuthorityEnded, Command};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "authorise",
        act: Act::Authorise,
        rule: "R22-19",
        at: (),
        form: |f| {
            let authorised = Authorised {
                petition: PetitionNumber(f.choice("petition", Kind::Petition)),
                text: f.text("text"),
                attachments: f.need_files(),
            };
            Command::Authorise(authorised).into()
        },
    },
    Row {
        word: "end_authority",
        act: Act::EndAuthority,
        rule: "R22-19",
        at: (),
        form: |f| {
            let ended = AuthorityEnded {
                petition: PetitionNumber(f.choice("petition", Kind::Petition)),
                reason: f.text("reason"),
            };
            Command::EndAuthority(ended).into()
        },
    },
    Row {
        word: "refer_aid",
        act: Act::ReferAid,
        rule: "R22-37",
        at: (),
        form: |f| {
            let referred = AidReferred {
                aid: f.one_of("aid", "aid"),
                where_to: f.line("where_to"),
                text: f.text("text"),
                consent: f.yes("consent"),
            };
            Command::ReferAid(referred).into()
        },
    },
];
