//! What an actor sees of the record (可见范围), as one condition that every list, count and look-up shares:
//! how far they see, the walls that keep them out, and the seals that do not open to them.

use crate::condition::{Params, Where};
use crate::table::{MATTER_WALL, Rows, named};
use crate::tally::SEALED;
use crate::{Error, Tx, params};
use casework::matter::{Matter, MatterId};
use casework::role::{Reach, Scope};
use std::collections::BTreeSet;

/// Everybody whom a matter's walls keep out, as the table names them.
fn who(matter: &Matter) -> BTreeSet<String> {
    let walls = matter.walls();
    let units = walls.units.iter().map(|unit| format!("unit:{}", unit.0));
    let accounts = walls.accounts.iter().map(|account| format!("account:{}", account.0));
    units.chain(accounts).collect()
}

/// The rows of a matter's walls.
pub(crate) fn rows(matter: &Matter) -> Rows {
    let row = |who: String| named![who: who, matter: matter.id.0].to_vec();
    Rows { table: &MATTER_WALL, rows: who(matter).into_iter().map(row).collect() }
}

/// Whether walls may be in the way of the actor at all: nothing is, of whoever has neither unit nor account.
fn is_somebody(scope: &Scope) -> bool {
    !scope.unit.0.is_empty() || !scope.account.0.is_empty()
}

/// The places of the names under which walls know the actor.
fn known_as(scope: &Scope, all: &mut Where<'_>) -> String {
    let unit = all.place(format!("unit:{}", scope.unit.0));
    let account = all.place(format!("account:{}", scope.account.0));
    format!("{unit}, {account}")
}

/// The walls' part of a condition on `matter`, whatever else restricts it.
pub(crate) fn walls(scope: &Scope, all: &mut Where<'_>) {
    if !is_somebody(scope) {
        return;
    }
    let who = known_as(scope, all);
    // Few matters have walls at all: only of those it is asked whose.
    all.and(format!(
        "(matter.walled = 0 OR NOT EXISTS (SELECT 1 FROM matter_wall
           WHERE matter_wall.who IN ({who}) AND matter_wall.matter = matter.id))"
    ));
}

/// The opposite: what walls keep the actor from, and nothing else.
pub(crate) fn behind_walls(scope: &Scope, all: &mut Where<'_>) {
    let who = known_as(scope, all);
    all.and(format!("matter.id IN (SELECT matter FROM matter_wall WHERE who IN ({who}))"));
}

/// The seals' part: what is sealed is not even listed for whom it does not open to.
fn seals(scope: &Scope, all: &mut Where<'_>) {
    if !scope.opens_seals {
        // No unit has this id, so it opens nothing.
        let own = if scope.opens_own { scope.unit.0.as_str() } else { "-" };
        all.is("(matter.sealed = 0 OR matter.holder = ? OR matter.keeper = ?)", own);
    }
}

/// Walls and seals, but not how far the actor sees.
pub(crate) fn shut(scope: &Scope, all: &mut Where<'_>) {
    walls(scope, all);
    seals(scope, all);
}

/// Whether a unit (`?`) has or had a matter; counted, so that no engine looks for all of the unit's matters first.
pub(crate) const WITH: &str = "(SELECT COUNT(*) FROM matter_unit WHERE matter_unit.unit = ?
  AND matter_unit.registered_on = matter.registered_on AND matter_unit.matter = matter.id) = 1";

/// The whole condition. `false` for who sees nothing at all.
pub(crate) fn condition(scope: &Scope, all: &mut Where<'_>) -> bool {
    shut(scope, all);
    match &scope.reach {
        Reach::All => {}
        Reach::Nothing => return false,
        Reach::Unit(unit) => all.is(WITH, unit.0.as_str()),
    }
    true
}

/// Under which seals the actor sees what counters count: see [`crate::tally::Cell::seal`].
pub(crate) fn seals_of(scope: &Scope) -> Vec<&str> {
    if scope.opens_seals {
        vec!["", SEALED]
    } else if scope.opens_own {
        vec!["", scope.unit.0.as_str()]
    } else {
        vec![""]
    }
}

/// Whether any wall keeps the actor out of anything; few are.
///
/// # Errors
/// The engine failed.
pub(crate) fn walled(tx: &mut Tx<'_>, scope: &Scope) -> Result<bool, Error> {
    if !is_somebody(scope) {
        return Ok(false);
    }
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let who = known_as(scope, &mut all);
    all.and(format!("who IN ({who})"));
    let sql = format!("SELECT 1 FROM matter_wall WHERE {} LIMIT 1", all.sql());
    Ok(tx.opt(&sql, params.values())?.is_some())
}

/// How many matters, of those that seals would show to the actor, walls keep them from: they are counted with the
/// others and are taken off again. What is asked may speak of `queued`.
///
/// # Errors
/// The engine failed.
pub(crate) fn behind(
    tx: &mut Tx<'_>,
    scope: &Scope,
    asked: impl FnOnce(&mut Where<'_>),
) -> Result<i64, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let who = known_as(scope, &mut all);
    all.and(format!("matter_wall.who IN ({who})"));
    asked(&mut all);
    seals(scope, &mut all);
    let all = all.sql();
    let queued = if all.contains("queued.") { ", queued" } else { "" };
    let sql = format!(
        "SELECT COUNT(DISTINCT matter.id) FROM matter_wall JOIN matter ON matter.id = matter_wall.matter
         {queued} WHERE {all}"
    );
    tx.number(&sql, params.values())
}

/// Whether a wall keeps the actor of this scope out of the matter, whatever their role shows them of others.
///
/// # Errors
/// The engine failed.
pub fn keeps_out(tx: &mut Tx<'_>, id: MatterId, scope: &Scope) -> Result<bool, Error> {
    let (unit, account) =
        (format!("unit:{}", scope.unit.0), format!("account:{}", scope.account.0));
    let sql = "SELECT 1 FROM matter_wall WHERE matter = $1 AND who IN ($2, $3)";
    Ok(tx.opt(sql, params![id.0, unit, account])?.is_some())
}

/// How a matter stands to somebody (可见情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It does not exist for them.
    Hidden,
    /// They know of it and may break its seal, if their role lets them.
    Sealed,
    /// They see it.
    Open,
}

/// How the matter stands to the actor of this scope.
///
/// # Errors
/// The engine failed.
pub fn sight(tx: &mut Tx<'_>, id: MatterId, scope: &Scope) -> Result<Sight, Error> {
    let with_seals = Scope { opens_seals: true, ..scope.clone() };
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    if !condition(&with_seals, &mut all) {
        return Ok(Sight::Hidden);
    }
    all.is("matter.id = ?", id.0);
    let sql = format!("SELECT sealed, holder, keeper FROM matter WHERE {}", all.sql());
    let Some(row) = tx.opt(&sql, params.values())? else { return Ok(Sight::Hidden) };
    let (sealed, holder, keeper) = (row.yes("sealed")?, row.text("holder")?, row.text("keeper")?);
    let theirs = scope.opens_own && (holder == scope.unit.0 || keeper == scope.unit.0);
    if !sealed || scope.opens_seals || theirs {
        return Ok(Sight::Open);
    }
    Ok(match &scope.reach {
        Reach::All => Sight::Sealed,
        Reach::Unit(_) | Reach::Nothing => Sight::Hidden,
    })
}
