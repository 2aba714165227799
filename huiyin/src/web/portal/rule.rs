//! The county's own rules that anybody may read (公开的制度, R05-07), as they stand today.

use crate::web::page::{Page, lang_of, problem_page, render};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::duty::Kept;
use casework::duty::house_rule::{HouseRule, Version};

#[derive(Template)]
#[template(path = "portal/rules.html")]
struct Rules {
    p: Page,
    rules: Vec<(String, Version)>,
}

/// The page.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let lang = lang_of(&headers);
    let found = blocking(&house, move |house| {
        let today = house.moment().on;
        let all: Vec<Kept<HouseRule>> = house.db.read(store::duty::all)?;
        let public = all.into_iter().map(|kept| kept.record).filter(|rule| rule.public);
        let now = public.filter_map(|rule| {
            let (_, version) = rule.in_force(today)?;
            Some((rule.title.clone(), version.clone()))
        });
        Ok(now.collect())
    });
    match found.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(rules) => render(&Rules { p: Page::public(&house, lang), rules }),
    }
}
