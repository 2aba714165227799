//! Enquiries (查询登记): the form, and the likeliest matters of whoever asks.

use crate::act::Form;
use crate::enquiry::{asking, enquire};
use crate::problem::Problem;
use crate::repeat::Match;
use crate::web::field::{FieldView, views};
use crate::web::form::{Back, Posted, Sent};
use crate::web::page::{Page, problem_page, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use casework::org::Actor;
use casework::role::{self, Act, Thing};

#[derive(Template)]
#[template(path = "enquiry/enquiry.html")]
struct EnquiryPage {
    p: Page,
    fields: Vec<FieldView>,
    back: Back,
    /// The likeliest matters; `None` before anybody asked.
    found: Option<Vec<Match>>,
}

fn allowed(actor: &Actor) -> Result<(), Problem> {
    role::allow(actor, Act::Enquire, Thing::Office).map_err(Problem::Denied)
}

fn show(
    house: &Shared,
    desk: Desk,
    posted: &Posted,
    found: Result<Option<Vec<Match>>, Problem>,
) -> Response {
    let (found, problem) = match found {
        Ok(found) => (found, None),
        Err(problem) => (None, Some(problem)),
    };
    let back = Back::of(house, desk.lang, posted, problem.as_ref());
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let fields = views(house, desk.lang, &Form::fields(asking), None, &back);
    with_status(
        status,
        &EnquiryPage { p: Page::desk(house, desk, "/enquiry"), fields, back, found },
    )
}

/// The empty form.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    match allowed(&desk.actor) {
        Ok(()) => show(&house, desk, &Posted::default(), Ok(None)),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// What was found, or the form filled in with what is wrong.
pub async fn post(State(house): State<Shared>, Sent { desk, posted }: Sent) -> Response {
    let (actor, answers) = (desk.actor.clone(), posted.of_act());
    let found = blocking(&house, move |house| {
        // Before the form is read: whoever may not ask hears nothing of its fields.
        allowed(&actor)?;
        let asked = Form::read(&answers, &house.directory(), asking)?;
        enquire(house, &actor, &asked)
    });
    match found.await {
        Ok(found) => show(&house, desk, &posted, Ok(Some(found))),
        Err(problem @ Problem::Invalid(_)) => show(&house, desk, &posted, Err(problem)),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}
