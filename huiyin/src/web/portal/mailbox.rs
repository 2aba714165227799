//! To whom of the leaders everybody may write (领导信箱), and what was answered before.

use crate::mailbox::addressees;
use crate::problem::Problem;
use crate::web::page::{Page, lang_of, problem_page, render};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::matter::publication::Publication;
use casework::org::AccountId;

/// Most answers on the page, newest first.
const SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "portal/mailbox.html")]
struct MailboxPage {
    p: Page,
    leaders: Vec<(AccountId, String)>,
    published: Vec<Publication>,
}

/// The open mailboxes and the published answers.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let lang = lang_of(&headers);
    let found = blocking(&house, |house| {
        Ok::<_, Problem>(house.db.read(|tx| store::matter::published(tx, SHOWN))?)
    });
    match found.await {
        Ok(published) => render(&MailboxPage {
            p: Page::public(&house, lang),
            leaders: addressees(&house.directory()),
            published,
        }),
        Err(problem) => problem_page(&house, lang, &problem),
    }
}
