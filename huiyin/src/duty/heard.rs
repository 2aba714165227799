//! What somebody said where officials went or received (当面反映): it becomes a petition of theirs in the same step, so
//! that nobody has to come again and say it at a counter.

use crate::act::{Form, Kind, Name};
use crate::draft::Draft;
use crate::house::House;
use crate::problem::{FieldError, Problem, Wrong};
use casework::category::Category;
use casework::org::{AccountId, Place};
use casework::petition::{Channel, PartyKind, PartyRole, Petition};
use store::vault::Identity;

/// What was said, by whom, and what is wanted (当面反映).
#[derive(Clone)]
pub(super) struct Heard {
    pub text: String,
    /// What is wanted.
    pub demand: String,
    pub identity: Identity,
    pub category: Option<Category>,
}

/// A problem, and whose it is (现场问题).
pub(super) enum Named {
    /// Nobody gave a name: it is noted, and answered on the spot.
    Nobody(String),
    /// Somebody's, which makes it a petition.
    Somebody(Heard),
}

/// A telephone; one that is none is refused as at the counter.
fn phone(f: &mut Form<'_>) -> String {
    let phone = f.may_line(Name::Phone);
    if !phone.is_empty() && !chinese::identity::is_phone(&phone) {
        f.wrong(Name::Phone, Wrong::Phone);
    }
    phone
}

fn category(f: &mut Form<'_>) -> Option<Category> {
    f.may_choice(Name::Category, Kind::Category).map(Category)
}

/// A problem that was found; with a name, what makes it a petition is wanted too.
pub(super) fn named(f: &mut Form<'_>) -> Named {
    let (text, name, phone) = (f.text(Name::Text), f.may_line(Name::Name), phone(f));
    let (demand, category) = (f.may_line(Name::Demand), category(f));
    if name.is_empty() {
        // Without a name it becomes no petition, and what belongs to one would be lost.
        if !phone.is_empty() || !demand.is_empty() || category.is_some() {
            f.wrong(Name::Name, Wrong::Missing);
        }
        return Named::Nobody(text);
    }
    if demand.is_empty() {
        f.wrong(Name::Demand, Wrong::Missing);
    }
    let identity = Identity { name, phone, ..Identity::default() };
    Named::Somebody(Heard { text, demand, identity, category })
}

impl Heard {
    /// Reads it where somebody has to be named.
    pub(super) fn read(f: &mut Form<'_>) -> Self {
        let (text, demand) = (f.text(Name::Text), f.line(Name::Demand));
        let identity =
            Identity { name: f.line(Name::Name), phone: phone(f), ..Identity::default() };
        Self { text, demand, identity, category: category(f) }
    }

    /// The petition that it makes; `leader` is to whom it was said, if it was said to one.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for a category that is not in force.
    pub(super) fn draft(
        &self,
        house: &House,
        leader: Option<&AccountId>,
        place: Place,
    ) -> Result<Draft, Problem> {
        let Self { text, demand, identity, category } = self;
        let directory = house.directory();
        let known = directory.categories(house.moment().on);
        if !category.as_ref().is_none_or(|one| known.contains(one)) {
            return Err(Problem::Invalid(vec![FieldError::new(Name::Category, Wrong::Choice)]));
        }
        let other = || Category(crate::draft::OTHER.to_owned());
        let category = category.clone().unwrap_or_else(other);
        let addressee = leader.and_then(|leader| directory.people.get(leader));
        Ok(Draft {
            petition: Petition {
                addressee: addressee.map(|one| one.name.clone()),
                title: demand.chars().take(120).collect(),
                text: text.clone(),
                demands: vec![demand.clone()],
                ..Petition::handed_in(Channel::Visit, house.moment().on, place, category)
            },
            parties: vec![(PartyRole::Lead, PartyKind::Person, identity.clone())],
            accused: Vec::new(),
        })
    }
}
