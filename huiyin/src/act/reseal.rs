//! Sealing somebody's identity again after it was corrected (重新加密): under the key that they have, so that what stood
//! there before still opens to whoever may open it.

use crate::house::House;
use crate::problem::Problem;
use casework::matter::correction::{AddParty, IdentityField, Written};
use casework::matter::{Command, Matter, MatterId, Resealed};
use casework::petition::PartyKind;
use store::vault::{self, Blind, Identity};
use store::{Error, Tx};

/// What is kept beside the case file when an identity is sealed again, sealed for the first time, or struck.
pub(super) struct Resealing {
    party: String,
    /// The key of who had none, wrapped.
    wrapped: Option<String>,
    digests: Vec<(Blind, String)>,
    /// What the case file keeps; nothing of who is struck.
    pub resealed: Option<Resealed>,
}

impl Resealing {
    /// Keeps it.
    ///
    /// # Errors
    /// The engine failed.
    pub fn record(&self, tx: &mut Tx<'_>, matter: MatterId) -> Result<(), Error> {
        match &self.wrapped {
            Some(wrapped) => vault::record(tx, matter, &self.party, wrapped, &self.digests),
            None => vault::reindex(tx, matter, &self.party, &self.digests),
        }
    }

    /// Whoever never petitioned is found by nobody any more; what was sealed stays sealed in the file.
    fn struck(party: &str) -> Self {
        let (party, digests) = (party.to_owned(), Vec::new());
        Self { party, wrapped: None, digests, resealed: None }
    }

    /// Somebody who was left out, sealed for the first time.
    fn added(house: &House, add: &AddParty) -> Result<Self, Problem> {
        let (party, nobody) = (house.id(), add.kind == PartyKind::Anonymous);
        let (who, _) = corrected(&Identity::default(), &add.written);
        let (sealed, wrapped, digests) = if nobody {
            (String::new(), None, Vec::new())
        } else {
            let (sealed, wrapped) = house.vault.seal(&party, &who, &house.fresh())?;
            (sealed, Some(wrapped), house.vault.digests(&who)?)
        };
        let resealed = Resealed {
            party: party.clone(),
            fields: Vec::new(),
            mask: mask(add.kind, &who),
            reachable: !who.phone.is_empty() || !who.address.is_empty(),
            sealed: sealed.into(),
        };
        Ok(Self { party, wrapped, digests, resealed: Some(resealed) })
    }
}

/// The identity with what is corrected, and what of it that is.
fn corrected(before: &Identity, written: &Written) -> (Identity, Vec<IdentityField>) {
    let mut after = before.clone();
    let mut fields = Vec::new();
    for (field, to, from) in [
        (IdentityField::Name, &written.name, &mut after.name),
        (IdentityField::Phone, &written.phone, &mut after.phone),
        (IdentityField::IdNumber, &written.id_number, &mut after.id_number),
        (IdentityField::Address, &written.address, &mut after.address),
    ] {
        if !to.is_empty() && to != from {
            from.clone_from(to);
            fields.push(field);
        }
    }
    (after, fields)
}

/// Who somebody is, sealed as a command corrects or adds it; nothing for a command that is about nobody's identity.
///
/// # Errors
/// The store failed, or what is sealed does not open.
pub(super) fn resealed(
    house: &House,
    tx: &mut Tx<'_>,
    matter: &Matter,
    command: &Command,
) -> Result<Option<Resealing>, Problem> {
    if let Some(add) = command.adds() {
        return Resealing::added(house, add).map(Some);
    }
    if let Some(party) = command.strikes() {
        return Ok(Some(Resealing::struck(party)));
    }
    let Some(correct) = command.corrects() else { return Ok(None) };
    let mut parties = matter.petitions.iter().flat_map(|petition| &petition.parties);
    let Some(party) = parties.find(|party| party.id == correct.party) else { return Ok(None) };
    let key = vault::key(tx, &party.id)?;
    let before = match &key {
        Some(key) if !party.sealed.is_empty() => {
            house.vault.unseal(&party.id, &party.sealed, key)?
        }
        Some(_) | None => Identity::default(),
    };
    let (who, fields) = corrected(&before, &correct.written);
    // Whoever is taken for an organisation is shown by the full name: another kind, another mask.
    if fields.is_empty() && correct.kind.is_none_or(|kind| kind == party.kind) {
        return Ok(None);
    }
    let fresh = house.fresh();
    let (sealed, wrapped) = match &key {
        Some(key) => (house.vault.reseal(&party.id, &who, key, fresh.nonces[0])?, None),
        None => {
            let (sealed, wrapped) = house.vault.seal(&party.id, &who, &fresh)?;
            (sealed, Some(wrapped))
        }
    };
    Ok(Some(Resealing {
        party: party.id.clone(),
        wrapped,
        digests: house.vault.digests(&who)?,
        resealed: Some(Resealed {
            party: party.id.clone(),
            fields,
            mask: mask(correct.kind.unwrap_or(party.kind), &who),
            reachable: !who.phone.is_empty() || !who.address.is_empty(),
            sealed: sealed.into(),
        }),
    }))
}

/// The name as lists show it: an organisation's in full.
fn mask(kind: PartyKind, who: &Identity) -> String {
    match kind {
        PartyKind::Person | PartyKind::Anonymous => chinese::identity::mask_name(&who.name),
        PartyKind::Organisation => who.name.clone(),
    }
}
