//! The portal (群众门户): write to the office or to a leader, and look up where it stands. No account.

mod coming;
mod contact;
mod deadline;
mod mailbox;
mod own;
mod reception;
mod result;
mod rule;
mod status;
mod trace;
pub(crate) mod write;

use crate::locale::Lang;
use crate::web::Shared;
use crate::web::page::{Page, lang_cookie, lang_of, render};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use serde::Deserialize;

/// The portal's addresses.
pub fn routes() -> Vec<(&'static str, MethodRouter<Shared>)> {
    vec![
        ("/", get(home)),
        ("/write", get(write::page).post(write::post)),
        ("/status", get(status::page).post(status::post)),
        ("/status/material", post(own::material)),
        ("/status/review", post(own::review)),
        ("/status/rating", post(own::rating)),
        ("/status/withdraw", post(own::withdraw)),
        ("/status/resume", post(own::resume)),
        ("/status/correction", post(own::correction)),
        ("/status/take-part", post(own::take_part)),
        ("/status/evidence", post(status::evidence)),
        ("/status/calendar.ics", post(status::calendar)),
        ("/deadline", get(deadline::page)),
        ("/results", get(result::page)),
        ("/receptions", get(reception::page)),
        ("/receptions/call-off", post(reception::call_off)),
        ("/receptions/{id}", get(reception::form).post(reception::post)),
        ("/rules", get(rule::page)),
        ("/mailbox", get(mailbox::page)),
        ("/contact", get(contact::page)),
        ("/lang/{tag}", get(choose_lang)),
    ]
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PortalAsked {
    mailbox: String,
    number: String,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    p: Page,
    /// Whether anybody may write to a leader.
    mailboxes: bool,
}

/// The doors.
pub async fn home(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let mailboxes = house.directory().open_mailboxes().next().is_some();
    render(&Home { p: Page::public(&house, lang_of(&headers)), mailboxes })
}

/// Where a page can be looked at again that was the answer to a form: its own address takes forms alone.
fn readable(path: &str) -> &str {
    if path.starts_with("/status/") {
        "/status"
    } else if path.starts_with("/receptions/call-off") {
        "/receptions"
    } else {
        path
    }
}

/// Chooses the language of the pages.
pub async fn choose_lang(
    State(house): State<Shared>,
    Path(tag): Path<String>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::parse(&tag).unwrap_or_default();
    let back = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
        .filter(|path| {
            // A browser reads a backslash as a slash, and leaves out tabs: neither leads elsewhere.
            let plain = path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
            plain && !path.starts_with("//") && !path.starts_with("/lang")
        })
        .map_or("/", readable);
    ([(header::SET_COOKIE, lang_cookie(&house, lang))], Redirect::to(back)).into_response()
}
