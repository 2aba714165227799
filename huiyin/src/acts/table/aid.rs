//! Agents and help (代理、救助).

use crate::acts::{ActForm, Kind, may, need};
use casework::matter::aid::{AidKind, AidReferred, Authorised, AuthorityEnded, Command};
use casework::petition::PetitionNumber;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "authorise",
        act: Act::Authorise,
        rule: "R22-19",
        fields: &[
            need("petition", Kind::Petition),
            need("text", Kind::Text),
            need("files", Kind::Files),
        ],
        parse: |r| {
            let (petition, text) = (PetitionNumber(r.need("petition")), r.need("text"));
            let attachments = r.files();
            if attachments.is_empty() {
                r.wrong("files", "wrong-missing");
            }
            Some(Command::Authorise(Authorised { petition, text, attachments }).into())
        },
    },
    ActForm {
        word: "end_authority",
        act: Act::EndAuthority,
        rule: "R22-19",
        fields: &[need("petition", Kind::Petition), need("reason", Kind::Text)],
        parse: |r| {
            let (petition, reason) = (PetitionNumber(r.need("petition")), r.need("reason"));
            Some(Command::EndAuthority(AuthorityEnded { petition, reason }).into())
        },
    },
    ActForm {
        word: "refer_aid",
        act: Act::ReferAid,
        rule: "R22-37",
        fields: &[
            need("aid", Kind::List("aid", &AidKind::WORDS)),
            need("where_to", Kind::Line),
            need("text", Kind::Text),
            may("consent", Kind::Yes),
        ],
        parse: |r| {
            let aid = r.word("aid", AidKind::parse);
            let (where_to, text) = (r.need("where_to"), r.need("text"));
            let consent = r.text("consent") == "yes";
            Some(Command::ReferAid(AidReferred { aid: aid?, where_to, text, consent }).into())
        },
    },
];
