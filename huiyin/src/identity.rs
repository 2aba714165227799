//! Sealed identities, opened (身份信息启用): for what has written down why, and for what compares and tells nobody.

use crate::house::House;
use crate::problem::Problem;
use casework::matter::Matter;
use store::vault::Identity;
use store::{Tx, vault};

/// Somebody of a petition in the clear (启用的身份信息).
#[derive(Debug, Clone)]
pub struct Opened {
    /// The petition's number.
    pub petition: String,
    /// Whether it is whom the petition accuses, and not who hands it in.
    pub accused: bool,
    /// Who it is; of an accused the name alone.
    pub who: Identity,
}

/// Everybody's identity, for whoever has written into the journal why.
///
/// # Errors
/// The store failed, or a sealed identity does not open.
pub(crate) fn identities(house: &House, matter: &Matter) -> Result<Vec<Opened>, Problem> {
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
) -> Result<Vec<Opened>, store::Error> {
    let mut found = Vec::new();
    for petition in &matter.petitions {
        let parties = petition.parties.iter().map(|one| (false, &one.id, &one.sealed));
        let accused = petition.accused.iter().map(|one| (true, &one.id, &one.sealed));
        for (accused, id, sealed) in parties.chain(accused).filter(|(_, _, text)| !text.is_empty())
        {
            if let Some(key) = vault::key(tx, id)? {
                let who = house.vault.unseal(id, sealed, &key)?;
                found.push(Opened { petition: petition.number.0.clone(), accused, who });
            }
        }
    }
    Ok(found)
}

/// Who was struck since they never petitioned: what is made public names them no more than those who did.
///
/// # Errors
/// As [`identities`].
pub(crate) fn struck_in(
    house: &House,
    tx: &mut Tx<'_>,
    matter: &Matter,
) -> Result<Vec<Identity>, store::Error> {
    let mut found = Vec::new();
    for party in matter.struck.iter().filter(|party| !party.sealed.is_empty()) {
        if let Some(key) = vault::key(tx, &party.id)? {
            found.push(house.vault.unseal(&party.id, &party.sealed, &key)?);
        }
    }
    Ok(found)
}
