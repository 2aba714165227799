//! Places and units (区划、机构).

use crate::value::Row;
use crate::{Error, Tx, params};
use casework::org::{Jurisdiction, Level, Place, Post, PostId, Unit, UnitId, UnitKind};

/// Adds or changes a place.
///
/// # Errors
/// The engine failed.
pub fn record_place(tx: &mut Tx<'_>, place: &Jurisdiction) -> Result<(), Error> {
    tx.run(
        "INSERT INTO jurisdiction (code, name, level, parent) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent = excluded.parent",
        params![&place.code.0, &place.name, place.level.word(), place.parent.as_ref().map(|p| p.0.clone())],
    )?;
    Ok(())
}

/// All places, by code.
///
/// # Errors
/// The engine failed.
pub fn places(tx: &mut Tx<'_>) -> Result<Vec<Jurisdiction>, Error> {
    let rows = tx.all("SELECT code, name, level, parent FROM jurisdiction ORDER BY code", &[])?;
    rows.into_iter()
        .map(|mut row| {
            let (code, name, level) = (row.text()?, row.text()?, row.text()?);
            let level = Level::parse(&level).ok_or_else(|| Error::Corrupt {
                table: "jurisdiction",
                key: code.clone(),
                column: format!("level {level}"),
            })?;
            Ok(Jurisdiction { code: Place(code), name, level, parent: row.opt_text()?.map(Place) })
        })
        .collect()
}

/// Adds or changes a unit.
///
/// # Errors
/// The engine failed.
pub fn record_unit(tx: &mut Tx<'_>, unit: &Unit) -> Result<(), Error> {
    tx.run(
        "INSERT INTO unit (id, name, short, kind, jurisdiction, parent, phone, address, closed_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, short = excluded.short, kind = excluded.kind,
           jurisdiction = excluded.jurisdiction, parent = excluded.parent, phone = excluded.phone,
           address = excluded.address",
        params![
            &unit.id.0, &unit.name, &unit.short, unit.kind.word(), &unit.place.0,
            unit.parent.as_ref().map(|parent| parent.0.clone()), &unit.phone, &unit.address
        ],
    )?;
    Ok(())
}

/// All units that are not closed, by id.
///
/// # Errors
/// The engine failed, or a row holds an unknown kind.
pub fn units(tx: &mut Tx<'_>) -> Result<Vec<Unit>, Error> {
    let rows = tx.all(
        "SELECT id, name, short, kind, jurisdiction, parent, phone, address FROM unit WHERE \
         closed_on IS NULL ORDER BY id",
        &[],
    )?;
    rows.into_iter().map(unit).collect()
}

/// Adds or changes a post.
///
/// # Errors
/// The engine failed.
pub fn record_post(tx: &mut Tx<'_>, post: &Post) -> Result<(), Error> {
    tx.run(
        "INSERT INTO post (id, unit, name, rank) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, name = excluded.name, rank = excluded.rank",
        params![&post.id.0, &post.unit.0, &post.name, post.rank],
    )?;
    Ok(())
}

/// All posts, by rank.
///
/// # Errors
/// The engine failed.
pub fn posts(tx: &mut Tx<'_>) -> Result<Vec<Post>, Error> {
    let rows = tx.all("SELECT id, unit, name, rank FROM post ORDER BY rank, id", &[])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Post {
                id: PostId(row.text()?),
                unit: UnitId(row.text()?),
                name: row.text()?,
                rank: u32::try_from(row.int()?).unwrap_or_default(),
            })
        })
        .collect()
}

fn unit(mut row: Row) -> Result<Unit, Error> {
    let (id, name, short, kind) = (row.text()?, row.text()?, row.text()?, row.text()?);
    let kind = UnitKind::parse(&kind).ok_or_else(|| Error::Corrupt {
        table: "unit",
        key: id.clone(),
        column: format!("kind {kind}"),
    })?;
    Ok(Unit {
        id: UnitId(id),
        name,
        short,
        kind,
        place: Place(row.text()?),
        parent: row.opt_text()?.map(UnitId),
        phone: row.text()?,
        address: row.text()?,
    })
}
