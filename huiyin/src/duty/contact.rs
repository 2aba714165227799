//! Support contacts (帮扶联系), and how names beside petitions are sealed: households' and visitors'.

use super::{DutyAct, change, deed, new, on};
use crate::act::{Name, Row, given};
use crate::house::House;
use crate::problem::{Problem, Wrong};
use casework::duty::contact::{Help, SupportContact, Wish};
use casework::duty::{Noun, State};
use casework::matter::MatterId;
use casework::role::Act;
use store::journal::Note;
use store::vault::{Blind, Identity};
use store::{Tx, vault};

/// A name that is kept beside a petition (密封的姓名).
#[derive(Clone)]
pub(super) struct NewlySealed {
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
pub(super) fn seal(house: &House, identity: &Identity) -> Result<NewlySealed, Problem> {
    let party = house.id();
    let (sealed, wrapped) = house.vault.seal(&party, identity, &house.fresh())?;
    let phone = chinese::identity::phone(&identity.phone);
    let phone_hash =
        if phone.is_empty() { String::new() } else { house.vault.blind(Blind::Phone, &phone)? };
    let mask = chinese::identity::mask_name(&identity.name);
    Ok(NewlySealed { party, mask, sealed, wrapped, phone_hash })
}

impl NewlySealed {
    /// Keeps the key. It belongs to no matter, and no index finds the name.
    pub(super) fn record(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        Ok(vault::record(tx, MatterId(0), &self.party, &self.wrapped, &[])?)
    }
}

/// Opens a sealed name once the note of it stands in the journal; the caller has asked whether the person may.
pub(crate) fn open(
    house: &House,
    party: &str,
    sealed: &str,
    note: Note,
) -> Result<Identity, Problem> {
    let key = house.db.read(|tx| vault::key(tx, party))?.ok_or(Problem::NotFound)?;
    house.write_down(note)?;
    Ok(house.vault.unseal(party, sealed, &key)?)
}

/// While help goes on.
const RUNNING: &[State] = &[State::Running];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "begin_contact",
        act: Act::KeepContact,
        rule: "R22-37",
        at: new(Noun::SupportContact),
        form: |f| {
            let identity = Identity {
                name: f.line(Name::Name),
                phone: f.may_line(Name::Phone),
                address: f.may_line(Name::Address),
                ..Identity::default()
            };
            let (since, consent) = (f.date(Name::Since), f.line(Name::ConsentPaper));
            let wish = given(f.may_text(Name::Text)).map(|text| Wish { on: since, text });
            deed(move |w| {
                let sealed = seal(w.house, &identity)?;
                let contact = SupportContact {
                    leader: w.by.actor.account.clone(),
                    party: sealed.party.clone(),
                    mask: sealed.mask.clone(),
                    sealed: sealed.sealed.clone(),
                    consent,
                    since,
                    wishes: Vec::new(),
                    help: Vec::new(),
                    ended: None,
                };
                w.begin(move |tx, context| {
                    sealed.record(tx)?;
                    let begun = contact.clone().begin(context)?;
                    Ok(match wish.clone() {
                        Some(wish) => begun.ask(wish, context)?,
                        None => begun,
                    })
                })
            })
        },
    },
    Row {
        word: "note_wish",
        act: Act::KeepContact,
        rule: "R22-37",
        at: on(Noun::SupportContact, RUNNING),
        form: |f| {
            let wish = Wish { on: f.date(Name::On), text: f.text(Name::Text) };
            change(move |one: SupportContact, _, context| Ok(one.ask(wish.clone(), context)?))
        },
    },
    Row {
        word: "note_help",
        act: Act::KeepContact,
        rule: "R22-37",
        at: on(Noun::SupportContact, RUNNING),
        form: |f| {
            let (on, text) = (f.date(Name::On), f.text(Name::Text));
            let (aid, where_to) = (f.may_one_of(Name::Aid, "aid"), f.may_line(Name::WhereTo));
            if aid.is_none() && !where_to.is_empty() {
                f.wrong(Name::Aid, Wrong::Missing);
            }
            let help = Help { on, text, aid: aid.map(|aid| (aid, where_to)) };
            change(move |one: SupportContact, _, context| Ok(one.help(help.clone(), context)?))
        },
    },
    Row {
        word: "end_contact",
        act: Act::KeepContact,
        rule: "R22-37",
        at: on(Noun::SupportContact, RUNNING),
        form: |f| {
            let reason = f.may_text(Name::Reason);
            // With the consent goes the name: without its key nobody reads it again.
            change(move |one: SupportContact, tx, context| {
                vault::forget(tx, &one.party)?;
                Ok(one.end(reason.clone(), context)?)
            })
        },
    },
];
