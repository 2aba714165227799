//! Sealed identities, opened (身份信息启用): for what has written down why, and for what compares and tells nobody.

use crate::house::House;
use crate::problem::Problem;
use casework::matter::Matter;
use store::vault::Identity;
use store::{Tx, vault};

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
