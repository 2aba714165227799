//! Seeing who somebody is (查看身份信息): for a reason, which stands in the journal with who looked.

use crate::act::find;
use crate::house::House;
use crate::problem::Problem;
use casework::matter::{Matter, MatterId};
use casework::org::Actor;
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use store::journal::Event;
use store::vault::Identity;
use store::{Tx, vault};

/// Everybody's identity in a matter, each with the number of the petition.
///
/// # Errors
/// [`Problem::NotFound`] for a matter outside of the actor's scope; [`Problem::Denied`]; a missing
/// reason.
pub fn unmask(
    house: &House,
    actor: &Actor,
    id: MatterId,
    reason: &str,
) -> Result<(Matter, Vec<(String, Identity)>), Problem> {
    let matter = house.db.read(|tx| find(tx, actor, id))?;
    role::allow(actor, Act::Unmask, Thing::Matter(&matter)).map_err(Problem::Denied)?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    house.write_down(house.note(actor, Event::Unmasked).on(id.to_string()).saying(reason))?;
    let identities = identities(house, &matter)?;
    Ok((matter, identities))
}

/// Everybody's identity, for whoever has written into the journal why.
///
/// # Errors
/// The store failed, or a sealed identity does not open.
pub(crate) fn identities(
    house: &House,
    matter: &Matter,
) -> Result<Vec<(String, Identity)>, Problem> {
    Ok(house.db.read(|tx| identities_in(house, tx, matter))?)
}

/// As [`identities`], within a transaction.
///
/// # Errors
/// As [`identities`].
pub(crate) fn identities_in(
    house: &House,
    tx: &mut Tx<'_>,
    matter: &Matter,
) -> Result<Vec<(String, Identity)>, store::Error> {
    let mut found = Vec::new();
    for petition in &matter.petitions {
        for party in petition.parties.iter().filter(|party| !party.sealed.is_empty()) {
            if let Some(key) = vault::key(tx, &party.id)? {
                let identity = house.vault.unseal(&party.id, &party.sealed, &key)?;
                found.push((petition.number.0.clone(), identity));
            }
        }
    }
    Ok(found)
}
