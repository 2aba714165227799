//! Joining a registered petition to the matter that it repeats (并案): the texts side by side, and for each
//! demand which one it repeats. A clerk decides.

use super::id_of;
use crate::act::Name;
use crate::by::By;
use crate::house::House;
use crate::intake::Joining;
use crate::problem::{FieldError, Problem, Wrong};
use crate::repeat::{Match, Sought, matches, read_claims};
use crate::see::see;
use crate::web::form::{Back, Posted, Sent};
use crate::web::page::{Page, problem_page, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework::matter::{Matter, MatterId, Step};
use casework::org::Actor;
use casework::role::{self, Act, Thing};

#[derive(Template)]
#[template(path = "matter/merge.html")]
struct MergePage {
    p: Page,
    m: Matter,
    number: String,
    found: Vec<Match>,
    back: Back,
}

/// What a registered matter may repeat; nothing for whoever may not join, or once somebody began with it.
///
/// # Errors
/// The store failed.
pub fn repeats(house: &House, actor: &Actor, matter: &Matter) -> Result<Vec<Match>, Problem> {
    if matter.step != Step::Registered
        || role::allow(actor, Act::Join, Thing::Matter(matter)).is_err()
    {
        return Ok(Vec::new());
    }
    match Sought::matter(house, matter)? {
        Some(sought) => matches(house, actor, &sought),
        None => Ok(Vec::new()),
    }
}

fn show(house: &House, desk: Desk, m: Matter, found: Vec<Match>, back: Back) -> Response {
    let wrong = !back.errors.is_empty() || back.refused.is_some();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let number = m.id.to_string();
    with_status(
        status,
        &MergePage { p: Page::desk(house, desk, "/matters"), m, number, found, back },
    )
}

async fn look(house: &Shared, desk: &Desk, id: &str) -> Result<(Matter, Vec<Match>), Problem> {
    let (user, id) = (desk.clone(), id.to_owned());
    blocking(house, move |house| {
        let matter = see(house, &user.actor, id_of(&id)?)?.matter;
        role::allow(&user.actor, Act::Join, Thing::Matter(&matter)).map_err(Problem::Denied)?;
        let found = repeats(house, &user.actor, &matter)?;
        Ok((matter, found))
    })
    .await
}

/// What the matter may repeat, each with its full text.
pub async fn page(State(house): State<Shared>, desk: Desk, Path(id): Path<String>) -> Response {
    match look(&house, &desk, &id).await {
        Ok((matter, found)) => {
            let back = Back::of(&house, desk.lang, &Posted::default(), None);
            show(&house, desk, matter, found, back)
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

fn done(house: &Shared, desk: &Desk, id: &str, posted: &Posted) -> Result<Matter, Problem> {
    let missing = |field: Name| Problem::Invalid(vec![FieldError::new(field, Wrong::Missing)]);
    let from = id_of(id)?;
    let into = MatterId::parse(&posted.of(Name::Into)).ok_or_else(|| missing(Name::Into))?;
    let reason = posted.of(Name::JoinReason);
    if reason.is_empty() {
        return Err(missing(Name::JoinReason));
    }
    let claims = read_claims(posted.claims(into))?;
    let by = By::now(house, &desk.actor);
    crate::intake::merge(house, by, from, Joining { into, claims, reason })
}

/// Joins.
pub async fn post(
    State(house): State<Shared>,
    Path(id): Path<String>,
    Sent { desk, posted }: Sent,
) -> Response {
    let (user, number, form) = (desk.clone(), id.clone(), posted.clone());
    match blocking(&house, move |house| done(house, &user, &number, &form)).await {
        Ok(matter) => Redirect::to(&format!("/matters/{}", matter.id)).into_response(),
        Err(problem @ (Problem::Invalid(_) | Problem::Refused(_))) => {
            match look(&house, &desk, &id).await {
                Ok((matter, found)) => {
                    let back = Back::of(&house, desk.lang, &posted, Some(&problem));
                    show(&house, desk, matter, found, back)
                }
                Err(problem) => problem_page(&house, desk.lang, &problem),
            }
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}
