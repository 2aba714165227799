//! Agents and help (代理、救助).

use crate::act::{ActForm, Kind, Name, Row};
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
                petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)),
                text: f.text(Name::Text),
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
                petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)),
                reason: f.text(Name::Reason),
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
                aid: f.one_of(Name::Aid, "aid"),
                where_to: f.line(Name::WhereTo),
                text: f.text(Name::Text),
                consent: f.yes(Name::Consent),
            };
            Command::ReferAid(referred).into()
        },
    },
];
