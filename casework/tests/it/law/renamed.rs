//! What a unit was called on a day.

use crate::fixture::directory;
use casework::directory::FormerUnit;
use casework::org::{Unit, UnitId};
use jiff::civil::{Date, date};

#[test]
fn a_unit_is_called_on_each_day_what_it_was_called_then() {
    // Review of the mission, 3.1 point 15.
    let mut county = directory();
    let agri = UnitId("agri".to_owned());
    let now = county.units[&agri].clone();
    let former = |until: Date, name: &str| FormerUnit {
        unit: Unit {
            name: name.to_owned(),
            phone: format!("{name}电话"),
            address: format!("{name}地址"),
            ..now.clone()
        },
        until,
    };
    county.former_units =
        vec![former(date(2024, 6, 30), "农业局"), former(date(2025, 3, 2), "农牧局")];
    let called = |on: Date| {
        let then = county.clone().as_of(on);
        let unit = then.units[&agri].clone();
        (unit.name, unit.phone, unit.address)
    };
    let words = |name: &str| (name.to_owned(), format!("{name}电话"), format!("{name}地址"));
    assert_eq!(called(date(2020, 1, 1)), words("农业局"));
    assert_eq!(called(date(2024, 6, 30)), words("农业局"));
    assert_eq!(called(date(2024, 7, 1)), words("农牧局"));
    assert_eq!(called(date(2025, 3, 2)), words("农牧局"));
    let now = now.clone();
    assert_eq!(called(date(2025, 3, 3)), (now.name, now.phone, now.address));
    assert!(county.changed_since(date(2025, 3, 2)) && !county.changed_since(date(2025, 3, 3)));
}
