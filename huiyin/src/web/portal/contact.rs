//! What an office must publish (公开事项, R05-09, R22-18): where it is, how to reach it, how to ask how a
//! matter stands, and by which rules it works.

use crate::web::Shared;
use crate::web::page::{Page, lang_of, render};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::org::Unit;

#[derive(Template)]
#[template(path = "portal/contact.html")]
struct ContactPage {
    p: Page,
    office: Option<Unit>,
    units: Vec<Unit>,
    rules: Vec<String>,
}

/// The page.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let directory = house.directory();
    let office = directory.units.get(&house.office).cloned();
    let reached = |unit: &&Unit| !unit.phone.is_empty() || !unit.address.is_empty();
    let units = directory
        .tree()
        .into_iter()
        .map(|(_, unit)| unit)
        .filter(|unit| unit.id != house.office)
        .filter(reached)
        .cloned()
        .collect();
    let law = house.statutes.on(house.moment().on, &house.setup.place.0);
    let rules = law.map(|law| law.names().map(str::to_owned).collect()).unwrap_or_default();
    render(&ContactPage { p: Page::public(&house, lang_of(&headers)), office, units, rules })
}
