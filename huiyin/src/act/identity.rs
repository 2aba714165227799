//! Who somebody is, as forms ask for it (身份信息填写).

use super::{Form, Name};
use crate::problem::Wrong;
use store::vault::Identity;

/// The longest name and the longest address, in characters.
pub const MOST_OF_NAME: usize = 80;
const MOST_OF_ADDRESS: usize = 400;

/// Notes what of an identity can't be right.
pub fn check_identity(f: &mut Form<'_>, identity: &Identity) {
    if identity.name.chars().count() > MOST_OF_NAME {
        f.wrong(Name::Name, Wrong::TooLong);
    }
    if identity.address.chars().count() > MOST_OF_ADDRESS {
        f.wrong(Name::Address, Wrong::TooLong);
    }
    if !identity.phone.is_empty() && !chinese::identity::is_phone(&identity.phone) {
        f.wrong(Name::Phone, Wrong::Phone);
    }
    let number = chinese::identity::id_number(&identity.id_number);
    let resident = number.len() == 18 && number.starts_with(|c: char| c.is_ascii_digit());
    if resident && !chinese::identity::is_resident_id(&number) {
        f.wrong(Name::IdNumber, Wrong::IdNumber);
    }
}
