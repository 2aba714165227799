//! Results that were announced at a meeting and published (办理结果公开): without anybody's data.

use crate::problem::Problem;
use crate::web::page::{Page, lang_of, problem_page, render};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::matter::participation::ResultAnnounced;

/// Most results on the page, newest first.
const SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "portal/results.html")]
struct ResultsPage {
    p: Page,
    results: Vec<ResultAnnounced>,
}

/// The published results.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let lang = lang_of(&headers);
    let found = blocking(&house, |house| {
        Ok::<_, Problem>(house.db.read(|tx| store::fact::announced(tx, SHOWN))?)
    });
    match found.await {
        Ok(results) => render(&ResultsPage { p: Page::public(&house, lang), results }),
        Err(problem) => problem_page(&house, lang, &problem),
    }
}
