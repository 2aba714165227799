//! Enquiries of petitioners after their own matter (查询登记): the only way, beside a registration, by which a person
//! finds a matter. One person at a time, for a purpose that stands in the journal; whoever was looked for does not.

use crate::act::{Form, Kind, Name, check_identity};
use crate::house::House;
use crate::problem::{Problem, Wrong};
use crate::repeat::{Match, Sought, matches};
use casework::enquiry::{EnquiredBy, EnquiredFor};
use casework::org::{Actor, Level, Place};
use casework::role::{self, Act, Thing};
use store::journal::Event;
use store::vault::Identity;

/// An enquiry (查询).
pub struct Enquiry {
    by: EnquiredBy,
    purpose: EnquiredFor,
    identity: Identity,
    place: Option<Place>,
}

/// What is asked: a number or a telephone tells who somebody is, a name only together with where the problem lies.
pub fn asking(f: &mut Form<'_>) -> Enquiry {
    let by = f.one_of(Name::EnquiredBy, "enquired-by");
    let purpose = f.one_of(Name::EnquiredFor, "enquired-for");
    let identity = Identity {
        id_number: f.may_line(Name::IdNumber),
        phone: f.may_line(Name::Phone),
        name: f.may_line(Name::Name),
        ..Identity::default()
    };
    let place = f.may_choice(Name::Place, Kind::Place).map(Place);
    check_identity(f, &identity);
    let known = place.as_ref().and_then(|place| f.directory().places.get(place));
    // The whole county with a name, or more, would be a list of whoever is called so.
    let wide = match known.map(|place| place.level) {
        Some(Level::Province | Level::City | Level::County) => true,
        Some(Level::Township | Level::Village) | None => false,
    };
    if wide {
        f.wrong(Name::Place, Wrong::Finer);
    }
    let named = !identity.name.is_empty() && place.is_some();
    if identity.id_number.is_empty() && identity.phone.is_empty() && !named {
        f.wrong(Name::IdNumber, Wrong::Whom);
    }
    Enquiry { by, purpose, identity, place }
}

/// The likeliest matters of whoever asks, that the clerk may see; at most a few, each with its reasons.
///
/// # Errors
/// [`Problem::Denied`] for whoever registers nothing; the store failed.
pub fn enquire(house: &House, actor: &Actor, enquiry: &Enquiry) -> Result<Vec<Match>, Problem> {
    role::allow(actor, Act::Enquire, Thing::Office).map_err(Problem::Denied)?;
    let sought = Sought::person(house, &enquiry.identity, enquiry.place.clone())?;
    let found = matches(house, actor, &sought)?;
    let note = house.note(actor, Event::Enquired).on(found.len().to_string());
    house.write_down(note.saying(format!("{} {}", enquiry.by.word(), enquiry.purpose.word())))?;
    Ok(found)
}
