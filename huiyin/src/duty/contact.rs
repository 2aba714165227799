//! Support contacts (帮扶联系), and how names beside petitions are sealed: households' and visitors'.

use super::{DutyAct, read};
use crate::acts::{Kind, may, need};
use crate::house::House;
use crate::problem::Problem;
use casework::duty::contact::{Help, SupportContact, Wish};
use casework::duty::{Noun, Unfit};
use casework::matter::MatterId;
use casework::matter::aid::AidKind;
use casework::refusal::Refusal;
use casework::role::Act;
use store::vault::{Blind, Identity};
use store::{Tx, journal, vault};

/// A name that is kept beside a petition (密封的姓名).
#[derive(Clone)]
pub(super) struct Sealed {
    /// Under which id.
    pub party: String,
    /// The masked name.
    pub mask: String,
    /// What lies sealed.
    pub sealed: String,
    wrapped: String,
    /// The telephone's keyed hash; empty without one.
    pub phone_hash: String,
}

/// Seals a name; nothing is kept yet.
pub(super) fn seal(house: &House, identity: &Identity) -> Result<Sealed, Problem> {
    let party = house.id();
    let (sealed, wrapped) = house.vault.seal(&party, identity, &house.fresh())?;
    let phone = chinese::identity::phone(&identity.phone);
    let phone_hash =
        if phone.is_empty() { String::new() } else { house.vault.blind(Blind::Phone, &phone)? };
    let mask = chinese::identity::mask_name(&identity.name);
    Ok(Sealed { party, mask, sealed, wrapped, phone_hash })
}

impl Sealed {
    /// Keeps the key. It belongs to no matter, and no index finds the name.
    pub(super) fn record(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        Ok(vault::record(tx, MatterId(0), &self.party, &self.wrapped, &[])?)
    }
}

/// Opens a sealed name, with a line in the journal; the caller has asked whether the person may.
pub(crate) fn open(
    house: &House,
    login: &str,
    (subject, reason): (&str, &str),
    (party, sealed): (&str, &str),
) -> Result<Identity, Problem> {
    let key = house.db.read(|tx| vault::key(tx, party))?.ok_or(Problem::NotFound)?;
    let (now, login) = (house.clock.now(), login.to_owned());
    let (subject, reason) = (subject.to_owned(), reason.to_owned());
    house.db.write(move |tx| journal::record(tx, now, &login, "unmasked", (&subject, &reason)))?;
    Ok(house.vault.unseal(party, sealed, &key)?)
}

/// The household's name, for whoever helps it and has said why.
///
/// # Errors
/// [`Problem::NotFound`] for anybody else; no reason.
pub fn unmask(
    house: &House,
    actor: &casework::org::Actor,
    (id, reason): (&str, &str),
) -> Result<Identity, Problem> {
    let found: Option<SupportContact> = house.db.read(|tx| store::duty::find(tx, id))?;
    let contact = found.filter(|one| one.leader == actor.account).ok_or(Problem::NotFound)?;
    if contact.ended.is_some() {
        return Err(Refusal::from(Unfit::Revoked).into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let subject = format!("{}:{id}", Noun::SupportContact.word());
    open(house, &actor.login, (&subject, reason), (&contact.party, &contact.sealed))
}

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::SupportContact,
        word: "begin_contact",
        act: Act::KeepContact,
        begins: true,
        when: &[],
        entries: None,
        rule: "R22-37",
        fields: &[
            need("name", Kind::Line),
            may("phone", Kind::Line),
            may("address", Kind::Line),
            need("since", Kind::Date),
            need("consent_paper", Kind::Line),
            may("text", Kind::Text),
        ],
        run: |w, r| {
            let (name, phone, address) = (r.need("name"), r.text("phone"), r.text("address"));
            let (since, consent, text) =
                (r.need_date("since"), r.need("consent_paper"), r.text("text"));
            let since = read(r, since)?;
            let identity = Identity { name, phone, address, ..Identity::default() };
            let sealed = seal(w.house, &identity)?;
            let leader = w.by.actor.account.clone();
            w.begin(move |tx, context| {
                sealed.record(tx)?;
                let begun = SupportContact {
                    leader: leader.clone(),
                    party: sealed.party.clone(),
                    mask: sealed.mask.clone(),
                    sealed: sealed.sealed.clone(),
                    consent: consent.clone(),
                    since,
                    wishes: Vec::new(),
                    help: Vec::new(),
                    ended: None,
                }
                .begin(context)?;
                let asked = Wish { on: since, text: text.clone() };
                Ok(if text.is_empty() { begun } else { begun.ask(asked, context)? })
            })
        },
    },
    DutyAct {
        noun: Noun::SupportContact,
        word: "note_wish",
        act: Act::KeepContact,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R22-37",
        fields: &[need("on", Kind::Date), need("text", Kind::Text)],
        run: |w, r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            let on = read(r, on)?;
            let wish = Wish { on, text };
            w.change(move |one: SupportContact, _, context| Ok(one.ask(wish.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::SupportContact,
        word: "note_help",
        act: Act::KeepContact,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R22-37",
        fields: &[
            need("on", Kind::Date),
            need("text", Kind::Text),
            may("aid", Kind::List("aid", &AidKind::WORDS)),
            may("where_to", Kind::Line),
        ],
        run: |w, r| {
            let (on, text, where_to) = (r.need_date("on"), r.need("text"), r.text("where_to"));
            let aid = match r.text("aid").is_empty() {
                true => None,
                false => r.word("aid", AidKind::parse),
            };
            let on = read(r, on)?;
            let help = Help { on, text, aid: aid.map(|aid| (aid, where_to)) };
            w.change(move |one: SupportContact, _, context| Ok(one.help(help.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::SupportContact,
        word: "end_contact",
        act: Act::KeepContact,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R22-37",
        fields: &[may("reason", Kind::Text)],
        run: |w, r| {
            let reason = r.text("reason");
            r.done()?;
            // With the consent goes the name: without its key nobody reads it again.
            w.change(move |one: SupportContact, tx, context| {
                vault::forget(tx, &one.party)?;
                Ok(one.end(reason.clone(), context)?)
            })
        },
    },
];
