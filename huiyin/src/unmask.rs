//! Seeing who somebody is (查看身份信息): for a reason, which stands in the journal with who looked.

use crate::act::find;
use crate::house::House;
use crate::identity::identities;
use crate::problem::Problem;
use casework::matter::{Matter, MatterId};
use casework::org::Actor;
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use store::journal::Event;
use store::vault::Identity;

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
