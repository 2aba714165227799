//! Results that were announced at a meeting and published (办理结果公开): without anybody's data.

use crate::problem::Problem;
use crate::web::page::{Page, lang_of, problem_page, render};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::matter::hearing::{HearingAnnounced, OpinionPublished};
use casework::matter::participation::ResultAnnounced;

/// Most results on the page, newest first.
const SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "portal/results.html")]
struct ResultsPage {
    p: Page,
    results: Vec<ResultAnnounced>,
    hearings: Vec<HearingAnnounced>,
    opinions: Vec<OpinionPublished>,
}

/// The published results, hearings in the open that lie ahead, and final opinions that rest on one.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let lang = lang_of(&headers);
    let found = blocking(&house, move |house| {
        let today = house.moment().on;
        Ok::<_, Problem>(house.db.read(|tx| {
            Ok::<_, store::Error>(ResultsPage {
                p: Page::public(house, lang),
                results: store::fact::announced(tx, SHOWN)?,
                hearings: store::matter::open_hearings(tx, today, SHOWN)?,
                opinions: store::matter::open_opinions(tx, SHOWN)?,
            })
        })?)
    });
    match found.await {
        Ok(page) => render(&page),
        Err(problem) => problem_page(&house, lang, &problem),
    }
}
