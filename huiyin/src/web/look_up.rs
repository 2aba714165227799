//! Looking a petition up (查询信访件): for whoever has its number and its code, on the portal and through the API.

use crate::house::House;
use crate::problem::Problem;
use crate::web::door::{Address, Knock};
use casework::matter::{Entry, Matter};
use casework::petition::Petition;
use store::setting::TryLimit;
use store::vault::Blind;

/// How often a wrong code may be tried for a number.
const TRIES: TryLimit = TryLimit { most: 10, span: 10 * 60 * 1000 };

/// A petition with its matter and the file of it.
pub struct FoundPetition {
    /// The matter.
    pub matter: Matter,
    /// The petition that was asked for.
    pub petition: Petition,
    /// The case file.
    pub entries: Vec<Entry>,
}

/// The petition of a number, for whoever has its code. Wrong codes are counted by number, whoever
/// types them; the right one opens all the same, so that nobody can lock a petitioner out.
///
/// # Errors
/// [`Problem::NotFound`] alike for a wrong number and a wrong code; [`Problem::TooMany`] after ten.
pub fn look_up(
    house: &House,
    from: Address,
    number: &str,
    code: &str,
) -> Result<FoundPetition, Problem> {
    from.ask(house, Knock::LookUp)?;
    let hash = match crate::intake::normal_code(code) {
        Some(code) => house.vault.blind(Blind::Query, &code)?,
        None => String::new(),
    };
    let matter = house.db.read(|tx| match store::petition::find(tx, number)? {
        Some((id, stored)) if store::petition::opens(tx, number, &stored, &hash)? => {
            let entries: Vec<Entry> =
                store::fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
            Ok(Matter::replay(id, &entries).map(|matter| (matter, entries)))
        }
        Some(_) | None => Ok::<_, store::Error>(None),
    })?;
    let of_number = |matter: &Matter| {
        matter.petitions.iter().find(|petition| petition.number.0 == number).cloned()
    };
    if let Some((matter, entries)) = matter
        && let Some(petition) = of_number(&matter)
    {
        return Ok(FoundPetition { matter, petition, entries });
    }
    from.knock(house, Knock::LookUp)?;
    let (bucket, now) = (format!("look-up:{number}"), house.clock.now());
    let fits = house.db.write(move |tx| store::setting::within(tx, &bucket, TRIES, now))?;
    Err(if fits { Problem::NotFound } else { Problem::TooMany })
}
