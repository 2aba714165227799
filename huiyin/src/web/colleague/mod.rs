//! The page of one's own unit's people (本单位人员): what each has in hand, who is away and who stands in.

use crate::colleague::{Colleague, colleagues};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::directory::Directory;
use casework::org::AccountId;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "colleague/colleagues.html")]
struct ColleaguesPage {
    p: Page,
    people: Vec<Colleague>,
    directory: Arc<Directory>,
}

impl ColleaguesPage {
    fn name<'a>(&'a self, account: &'a AccountId) -> &'a str {
        self.directory.known_as(account)
    }
}

/// Everybody of the reader's unit.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    match blocking(&house, move |house| colleagues(house, &actor)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(people) => render(&ColleaguesPage {
            people,
            directory: house.directory(),
            p: Page::desk(&house, desk, "/colleagues"),
        }),
    }
}
