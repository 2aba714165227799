//! The county's own rules that anybody may read (公开的制度, R05-09, R22-18), as they stand today.

use crate::duty::house_rule::in_public;
use crate::web::page::{Page, lang_of, problem_page, render};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::duty::house_rule::Version;

#[derive(Template)]
#[template(path = "portal/rules.html")]
struct Rules {
    p: Page,
    rules: Vec<(String, Version)>,
}

/// The page.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let lang = lang_of(&headers);
    match blocking(&house, |house| in_public(house)).await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(rules) => render(&Rules { p: Page::public(&house, lang), rules }),
    }
}
