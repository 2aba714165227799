//! The directory as the record holds it (机构名录).

use casework::directory::{Directory, Person};
use store::{Tx, absence, account, almanac, mailbox, org};

/// Reads it.
///
/// # Errors
/// The engine failed.
pub(super) fn read(tx: &mut Tx<'_>) -> Result<Directory, store::Error> {
    let people = account::list(tx)?.into_iter().map(|account| {
        let (actor, post, open) = (account.actor, account.post, account.closed_on.is_none());
        let roles = if open { actor.roles } else { Vec::new() };
        (actor.account, Person { name: actor.name, unit: actor.unit, post, roles })
    });
    Ok(Directory {
        people: people.collect(),
        former_units: org::former_units(tx)?,
        units: org::units(tx)?.into_iter().map(|unit| (unit.id.clone(), unit)).collect(),
        places: org::places(tx)?.into_iter().map(|place| (place.code.clone(), place)).collect(),
        posts: org::posts(tx)?.into_iter().map(|post| (post.id.clone(), post)).collect(),
        categories: almanac::all_categories(tx)?,
        problem_heads: almanac::all_heads(tx)?,
        absences: absence::list(tx)?,
        mailboxes: mailbox::list(tx)?.into_iter().collect(),
    })
}
