//! Keeping the organisation (机构维护): places, units and posts, changed by the system administrator.

use crate::acts::{Answers, Reader};
use crate::by::By;
use crate::house::House;
use crate::problem::Problem;
use casework::org::{Jurisdiction, Level, Post, Unit};
use casework::org::{Place, PostId, UnitId, UnitKind};
use casework::role::{self, Act, Thing};
use store::journal;

/// The longest name.
const MOST_CHARACTERS: usize = 100;

/// A name that must be there and short enough for a list.
fn name(reader: &mut Reader<'_>, field: &str) -> String {
    let text = reader.need(field);
    if text.chars().count() > MOST_CHARACTERS {
        reader.wrong(field, "wrong-too-long");
    }
    text
}

/// A stable short name for units and posts: lower-case letters, digits and `_`.
fn key(reader: &mut Reader<'_>, field: &str) -> String {
    let text = name(reader, field);
    if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        reader.wrong(field, "wrong-code");
    }
    text
}

fn existing_unit(house: &House, reader: &mut Reader<'_>, field: &str) -> UnitId {
    let unit = reader.need(field);
    if !unit.is_empty() && !house.directory().units.contains_key(unit.as_str()) {
        reader.wrong(field, "wrong-choice");
    }
    UnitId(unit)
}

/// Adds or renames a place by `code` (nine digits for a township, twelve for a village) and `name`;
/// it lies in the place whose code it begins with.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for a code that fits nowhere.
pub fn record_place(house: &House, by: By, answers: &Answers) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageAccounts, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let (code, name) = (reader.need("code"), name(&mut reader, "name"));
    let (level, above) = if code.len() == 9 { (Level::Township, 6) } else { (Level::Village, 9) };
    let parent = code.get(..above).map(|code| Place(code.to_owned()));
    let sound = matches!(code.len(), 9 | 12) && code.bytes().all(|b| b.is_ascii_digit());
    let lies = parent.as_ref().is_some_and(|p| house.directory().places.contains_key(p));
    // A missing code has been said already; the first word about a field stands.
    if !sound || !lies {
        reader.wrong("code", "wrong-code");
    }
    reader.done()?;
    let place = Jurisdiction { code: Place(code), name, level, parent };
    house.change(by, move |tx, by| {
        store::org::record_place(tx, &place)?;
        Ok(journal::record(
            tx,
            by.moment.at,
            &by.actor.login,
            "place-recorded",
            (&place.code.0, &place.name),
        )?)
    })?;
    Ok(())
}

/// Adds or changes a unit: `id`, `name`, `short`, `kind`, `place`, and if given `parent`, `phone`,
/// `address`.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for unknown places, kinds or parents, or a parent that
/// would make a circle.
pub fn record_unit(house: &House, by: By, answers: &Answers) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageAccounts, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let directory = house.directory();
    let id = key(&mut reader, "id");
    let (name, short) = (name(&mut reader, "name"), name(&mut reader, "short"));
    // There is one office in an installation; it may be renamed and never be joined by another.
    let own = id == house.office.0;
    let kind = reader.word("kind", |word| {
        UnitKind::parse(word).filter(|kind| own == (*kind == UnitKind::Office))
    });
    let place = reader.need("place");
    if !place.is_empty() && !directory.places.contains_key(place.as_str()) {
        reader.wrong("place", "wrong-choice");
    }
    let parent = reader.text("parent");
    let circle = directory.above(&UnitId(parent.clone())).contains(&UnitId(id.clone()));
    let known = directory.units.contains_key(parent.as_str());
    if !parent.is_empty() && (circle || !known) {
        reader.wrong("parent", "wrong-choice");
    }
    let (phone, address) = (reader.text("phone"), reader.text("address"));
    reader.done()?;
    let Some(kind) = kind else { return Err(Problem::Invalid(reader.errors)) };
    let unit = Unit {
        id: UnitId(id),
        name,
        short,
        kind,
        place: Place(place),
        parent: Some(parent).filter(|parent| !parent.is_empty()).map(UnitId),
        phone,
        address,
    };
    house.change(by, move |tx, by| {
        store::org::record_unit(tx, &unit)?;
        Ok(journal::record(
            tx,
            by.moment.at,
            &by.actor.login,
            "unit-recorded",
            (&unit.id.0, &unit.name),
        )?)
    })?;
    Ok(())
}

/// Adds or changes a post: `id`, `unit`, `name`, and `rank`, by which posts are listed.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for an unknown unit.
pub fn record_post(house: &House, by: By, answers: &Answers) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageAccounts, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let post = Post {
        id: PostId(key(&mut reader, "id")),
        unit: existing_unit(house, &mut reader, "unit"),
        name: name(&mut reader, "name"),
        rank: if reader.text("rank").is_empty() { 0 } else { reader.number("rank").unwrap_or(0) },
    };
    reader.done()?;
    house.change(by, move |tx, by| {
        store::org::record_post(tx, &post)?;
        Ok(journal::record(
            tx,
            by.moment.at,
            &by.actor.login,
            "post-recorded",
            (&post.id.0, &post.name),
        )?)
    })?;
    Ok(())
}
