//! Keeping the organisation (机构维护): places, units and posts, changed by the system administrator.

use crate::act::{Form, Kind, Name};
use crate::by::By;
use crate::house::House;
use crate::problem::{Problem, Wrong};
use casework::org::{Jurisdiction, Level, Place, Post, PostId, Unit, UnitId, UnitKind};
use casework::role::{self, Act, Thing};
use store::journal::{Event, Note};
use store::{Tx, journal};

/// The longest name.
const MOST_CHARACTERS: usize = 100;

/// A name that must be there and short enough for a list.
fn name(f: &mut Form<'_>, field: Name) -> String {
    let text = f.line(field);
    if text.chars().count() > MOST_CHARACTERS {
        f.wrong(field, Wrong::TooLong);
    }
    text
}

/// A stable short name for units and posts: lower-case letters, digits and `_`.
fn key(f: &mut Form<'_>, field: Name) -> String {
    let text = name(f, field);
    if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        f.wrong(field, Wrong::Code);
    }
    text
}

/// A place by `code` (nine digits for a township, twelve for a village) and `name`; it lies in the place whose code
/// it begins with.
pub fn place(f: &mut Form<'_>) -> Jurisdiction {
    let (code, name) = (f.line(Name::Code), name(f, Name::Name));
    let (level, above) = if code.len() == 9 { (Level::Township, 6) } else { (Level::Village, 9) };
    let parent = code.get(..above).map(|code| Place(code.to_owned()));
    let sound = matches!(code.len(), 9 | 12) && code.bytes().all(|b| b.is_ascii_digit());
    let lies = parent.as_ref().is_some_and(|p| f.directory().places.contains_key(p));
    // A missing code has been said already; the first word about a field stands.
    if !sound || !lies {
        f.wrong(Name::Code, Wrong::Code);
    }
    Jurisdiction { code: Place(code), name, level, parent }
}

/// A unit: `id`, `name`, `short`, `kind`, `place`, and if given `parent`, `guided_by`, `phone`, `address`.
pub fn unit(f: &mut Form<'_>) -> Unit {
    let id = UnitId(key(f, Name::Id));
    let (name, short) = (name(f, Name::Name), name(f, Name::Short));
    let kind = f.one_of(Name::Kind, "unit-kind");
    // There is one office in an installation; it may be renamed and never be joined by another.
    let own = f.directory().units.get(&id).is_some_and(|unit| unit.kind == UnitKind::Office);
    if own != (kind == UnitKind::Office) {
        f.wrong(Name::Kind, Wrong::Choice);
    }
    let place = f.place(Name::Place);
    let parent = f.may_choice(Name::Parent, Kind::AnyUnit).map(UnitId);
    if parent.as_ref().is_some_and(|parent| f.directory().above(parent).contains(&id)) {
        f.wrong(Name::Parent, Wrong::Choice);
    }
    let (phone, address) = (f.may_line(Name::Phone), f.may_line(Name::Address));
    let guided_by = f.may_choice(Name::GuidedBy, Kind::AnyUnit).map(UnitId);
    let above = |organ: &UnitId| f.directory().units.get(organ).map(|unit| unit.kind);
    if guided_by.as_ref().is_some_and(|organ| above(organ) != Some(UnitKind::Superior)) {
        f.wrong(Name::GuidedBy, Wrong::Choice);
    }
    Unit { id, name, short, kind, place, parent, guided_by, phone, address }
}

/// A post: `id`, `unit`, `name`, and `rank`, by which posts are listed.
pub fn post(f: &mut Form<'_>) -> Post {
    Post {
        id: PostId(key(f, Name::Id)),
        unit: f.unit(Name::Unit, Kind::AnyUnit),
        name: name(f, Name::Name),
        rank: f.may_number(Name::Rank).unwrap_or_default(),
    }
}

/// Adds or renames a place.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn record_place(house: &House, by: By, place: &Jurisdiction) -> Result<(), Problem> {
    let note = by.note(Event::PlaceRecorded).on(&place.code.0).saying(&place.name);
    let own = place.clone();
    record(house, by, note, move |tx| store::org::record_place(tx, &own))
}

/// Adds or changes a unit.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn record_unit(house: &House, by: By, unit: &Unit) -> Result<(), Problem> {
    let note = by.note(Event::UnitRecorded).on(&unit.id.0).saying(&unit.name);
    let (own, on) = (unit.clone(), by.moment.on);
    record(house, by, note, move |tx| store::org::record_unit(tx, &own, on))
}

/// Adds or changes a post.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn record_post(house: &House, by: By, post: &Post) -> Result<(), Problem> {
    let note = by.note(Event::PostRecorded).on(&post.id.0).saying(&post.name);
    let own = post.clone();
    record(house, by, note, move |tx| store::org::record_post(tx, &own))
}

/// Records something of the organisation, with a line in the journal that names it.
fn record(
    house: &House,
    by: By,
    note: Note,
    write: impl Fn(&mut Tx<'_>) -> Result<(), store::Error> + Send + 'static,
) -> Result<(), Problem> {
    role::allow(&by.actor, Act::ManageAccounts, Thing::Office).map_err(Problem::Denied)?;
    by.change(house, move |tx, _| {
        write(tx)?;
        Ok(journal::record(tx, &note)?)
    })?;
    Ok(())
}
