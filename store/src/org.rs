//! Places and units (区划、机构).

use crate::row::Row;
use crate::table::{JURISDICTION, POST, UNIT, UNIT_BEFORE, named};
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::directory::FormerUnit;
use casework::org::{Jurisdiction, Place, Post, PostId, Unit, UnitId};
use jiff::civil::Date;

/// Adds or changes a place.
///
/// # Errors
/// The engine failed.
pub fn record_place(tx: &mut Tx<'_>, place: &Jurisdiction) -> Result<(), Error> {
    let row = named![
        code: &place.code.0,
        name: &place.name,
        level: place.level.word(),
        parent: place.parent.as_ref().map(|parent| parent.0.clone()),
    ];
    tx.put(&JURISDICTION, row)
}

/// All places, by code.
///
/// # Errors
/// The engine failed, or a row holds an unknown level.
pub fn places(tx: &mut Tx<'_>) -> Result<Vec<Jurisdiction>, Error> {
    let place = |row: &Row| {
        Ok(Jurisdiction {
            code: Place(row.text("code")?),
            name: row.text("name")?,
            level: row.word("level")?,
            parent: row.opt_text("parent")?.map(Place),
        })
    };
    tx.all(&format!("{} ORDER BY code", JURISDICTION.select()), &[])?.iter().map(place).collect()
}

/// Adds or changes a unit; `on` is the day, office-local, until before which what it was is kept for the papers of that
/// time.
///
/// # Errors
/// The engine failed, or a row holds an unknown kind.
pub fn record_unit(tx: &mut Tx<'_>, unit: &Unit, on: Date) -> Result<(), Error> {
    let sql = format!("{} WHERE id = $1", UNIT.select());
    for before in tx.all(&sql, params![unit.id.0.as_str()])?.iter().map(read) {
        let before = before?;
        if before != *unit {
            // Changed again on the same day, it was the first of these until yesterday.
            tx.add(&UNIT_BEFORE, former_row(&before, casework::calendar::yesterday(on)))?;
        }
    }
    let row = named![
        id: &unit.id.0,
        name: &unit.name,
        short: &unit.short,
        kind: unit.kind.word(),
        jurisdiction: &unit.place.0,
        parent: unit.parent.as_ref().map(|parent| parent.0.clone()),
        phone: &unit.phone,
        address: &unit.address,
        closed_on: Value::Null,
        guided_by: unit.guided_by.as_ref().map(|organ| organ.0.clone()),
    ];
    tx.put(&UNIT, row)
}

/// What a unit was, as a row.
fn former_row(unit: &Unit, until_on: Date) -> [(&'static str, Value); 10] {
    named![
        id: &unit.id.0,
        until_on: until_on,
        name: &unit.name,
        short: &unit.short,
        kind: unit.kind.word(),
        jurisdiction: &unit.place.0,
        parent: unit.parent.as_ref().map(|parent| parent.0.clone()),
        phone: &unit.phone,
        address: &unit.address,
        guided_by: unit.guided_by.as_ref().map(|organ| organ.0.clone()),
    ]
}

/// A unit as a row has it.
fn read(row: &Row) -> Result<Unit, Error> {
    Ok(Unit {
        id: UnitId(row.text("id")?),
        name: row.text("name")?,
        short: row.text("short")?,
        kind: row.word("kind")?,
        place: Place(row.text("jurisdiction")?),
        parent: row.opt_text("parent")?.map(UnitId),
        guided_by: row.opt_text("guided_by")?.map(UnitId),
        phone: row.text("phone")?,
        address: row.text("address")?,
    })
}

/// All units that are not closed, by id.
///
/// # Errors
/// The engine failed, or a row holds an unknown kind.
pub fn units(tx: &mut Tx<'_>) -> Result<Vec<Unit>, Error> {
    let sql = format!("{} WHERE closed_on IS NULL ORDER BY id", UNIT.select());
    tx.all(&sql, &[])?.iter().map(read).collect()
}

/// What units were before, by unit and day.
///
/// # Errors
/// The engine failed, or a row holds an unknown kind.
pub fn former_units(tx: &mut Tx<'_>) -> Result<Vec<FormerUnit>, Error> {
    let former = |row: &Row| Ok(FormerUnit { unit: read(row)?, until: row.date("until_on")? });
    let sql = format!("{} ORDER BY id, until_on", UNIT_BEFORE.select());
    tx.all(&sql, &[])?.iter().map(former).collect()
}

/// Adds or changes a post.
///
/// # Errors
/// The engine failed.
pub fn record_post(tx: &mut Tx<'_>, post: &Post) -> Result<(), Error> {
    let Post { id, unit, name, rank } = post;
    tx.put(&POST, named![id: &id.0, unit: &unit.0, name: name, rank: *rank])
}

/// All posts, by rank.
///
/// # Errors
/// The engine failed.
pub fn posts(tx: &mut Tx<'_>) -> Result<Vec<Post>, Error> {
    let post = |row: &Row| {
        Ok(Post {
            id: PostId(row.text("id")?),
            unit: UnitId(row.text("unit")?),
            name: row.text("name")?,
            rank: row.count("rank")?,
        })
    };
    tx.all(&format!("{} ORDER BY rank, id", POST.select()), &[])?.iter().map(post).collect()
}
