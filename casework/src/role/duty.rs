//! Who sees and keeps which records of the duty side (责任台账权限).

use crate::duty::{Audience, Noun, Spine};
use crate::org::{Actor, Role};

/// Whether the record binds the actor, or the actor's unit.
pub(super) fn theirs(actor: &Actor, spine: &Spine) -> bool {
    spine.person.as_ref() == Some(&actor.account) || spine.unit.as_ref() == Some(&actor.unit)
}

/// Whether the actor is one of the office's people who keep the records.
pub(crate) fn keeps(actor: &Actor) -> bool {
    actor.is(Role::RegistrationClerk) || actor.is(Role::OfficeHead)
}

/// Whether the actor is whom a case of accountability concerns: the official and the head of their unit, or
/// for a unit its head.
pub(super) fn accused(actor: &Actor, spine: &Spine) -> bool {
    let heads = actor.is(Role::UnitHead) || actor.is(Role::OfficeHead) || actor.is(Role::Leader);
    spine.person.as_ref() == Some(&actor.account)
        || (heads && spine.unit.as_ref() == Some(&actor.unit))
}

/// Whether a record exists for the actor, by the audience of its kind.
pub fn sees(actor: &Actor, noun: Noun, spine: &Spine) -> bool {
    let all = keeps(actor) || actor.is(Role::Leader) || actor.is(Role::Statistician);
    match noun.audience() {
        Audience::Everybody => true,
        Audience::Concerned => all || theirs(actor, spine) || spine.shared.contains(&actor.unit),
        Audience::Helper => spine.person.as_ref() == Some(&actor.account),
        Audience::Accused => actor.is(Role::OfficeHead) || accused(actor, spine),
    }
}

/// Whether the actor sees who comes on a reception day and about what: the office that receives them and the
/// leader of the day. Others see of it what they have to answer for.
pub fn sees_visitors(actor: &Actor, spine: &Spine) -> bool {
    keeps(actor) || theirs(actor, spine)
}
