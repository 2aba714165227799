//! Seeing who somebody is (查看身份信息): for a reason, which stands in the journal with who looked.

use crate::act::find;
use crate::house::House;
use crate::identity::{Opened, identities};
use crate::problem::Problem;
use casework::matter::{Matter, MatterId};
use casework::org::Actor;
use casework::refusal::reasoned;
use casework::role::{self, Act, Thing};
use store::journal::Event;

/// Everybody's identity in a matter, of those who petition and of those who are accused.
///
/// # Errors
/// [`Problem::NotFound`] for a matter outside of the actor's scope; [`Problem::Denied`]; a missing
/// reason.
pub fn unmask(
    house: &House,
    actor: &Actor,
    id: MatterId,
    reason: &str,
) -> Result<(Matter, Vec<Opened>), Problem> {
    let matter = house.db.read(|tx| find(tx, actor, id))?;
    role::allow(actor, Act::Unmask, Thing::Matter(&matter)).map_err(Problem::Denied)?;
    let reason = reasoned(reason)?;
    house.write_down(house.note(actor, Event::Unmasked).on(id.to_string()).saying(reason))?;
    let identities = identities(house, &matter)?;
    Ok((matter, identities))
}
