//! The leaders' mailboxes at the desk (领导信箱): which are open, and what waits in each.

use crate::mailbox::{Mailbox, mailboxes};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "mailbox/mailboxes.html")]
struct MailboxesPage {
    p: Page,
    mailboxes: Vec<Mailbox>,
}

/// All leaders.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    match blocking(&house, move |house| mailboxes(house, &actor)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(mailboxes) => {
            render(&MailboxesPage { mailboxes, p: Page::desk(&house, desk, "/mailboxes") })
        }
    }
}
