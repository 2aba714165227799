//! Looking at a matter (查看): through no wall, and never at what is sealed without a line in the journal.

use crate::house::House;
use crate::problem::Problem;
use casework::matter::{Entry, Matter, MatterId};
use casework::org::Actor;
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use store::journal::Event;
use store::wall::{Sight, sight};
use store::{Tx, fact};

/// A matter with its case file, as this person may see it.
pub struct Seen {
    /// The matter.
    pub matter: Matter,
    /// Its case file.
    pub entries: Vec<Entry>,
}

fn read(tx: &mut Tx<'_>, id: MatterId) -> Result<Seen, Problem> {
    let entries: Vec<Entry> = fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
    let matter = Matter::replay(id, &entries).ok_or(Problem::NotFound)?;
    Ok(Seen { matter, entries })
}

/// Reads a matter that the person may see; a look at a sealed one stands in the journal.
///
/// # Errors
/// [`Problem::NotFound`] for what they may not know of, and alike for what is sealed: whoever is accused learns from
/// no answer that a seal hides more from them than from others (R05-23, R22-30).
pub fn see(house: &House, actor: &Actor, id: MatterId) -> Result<Seen, Problem> {
    role::allow(actor, Act::ViewMatter, Thing::Office).map_err(|_| Problem::NotFound)?;
    let seen = house.db.read(|tx| match sight(tx, id, &role::scope(actor))? {
        Sight::Hidden | Sight::Sealed => Err(Problem::NotFound),
        Sight::Open => read(tx, id),
    })?;
    if seen.matter.sealed() {
        house.write_down(house.note(actor, Event::SealedViewed).on(id.to_string()))?;
    }
    Ok(seen)
}

/// Notes that a sealed matter was shown beside something else.
pub(crate) fn shown(house: &House, actor: &Actor, matter: &Matter) -> Result<(), Problem> {
    if !matter.sealed() {
        return Ok(());
    }
    Ok(house.write_down(house.note(actor, Event::SealedViewed).on(matter.id.to_string()))?)
}

/// Breaks the seal for one look, for a reason that the office's head reads at the end of the week.
///
/// # Errors
/// As [`see`]; no reason given; a role that may not.
pub fn break_seal(
    house: &House,
    actor: &Actor,
    id: MatterId,
    reason: &str,
) -> Result<Seen, Problem> {
    let seen = house.db.read(|tx| match sight(tx, id, &role::scope(actor))? {
        Sight::Hidden => Err(Problem::NotFound),
        Sight::Sealed | Sight::Open => read(tx, id),
    })?;
    role::allow(actor, Act::BreakSeal, Thing::Matter(&seen.matter)).map_err(Problem::Denied)?;
    // A reason that nobody can read is none.
    if !reason.chars().any(char::is_alphanumeric) {
        return Err(Refusal::ReasonMissing.into());
    }
    let note = house.note(actor, Event::SealBroken).on(id.to_string());
    house.write_down(note.saying(reason.trim()))?;
    Ok(seen)
}
