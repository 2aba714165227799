//! Forms of the acts on the office (机构维护页): one page for each row of [`crate::office`].

use crate::by::By;
use crate::office::{Given, OfficeAct};
use crate::problem::Problem;
use crate::web::field::{FieldView, views};
use crate::web::form::{Back, Posted, Sent, form_pairs};
use crate::web::page::{Page, problem_page, render, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use casework::role::{self, Thing};

#[derive(Template)]
#[template(path = "office/form.html")]
struct FormPage {
    p: Page,
    word: &'static str,
    at: &'static str,
    fields: Vec<FieldView>,
    back: Back,
}

#[derive(Template)]
#[template(path = "office/secret.html")]
struct SecretPage {
    p: Page,
    word: &'static str,
    at: &'static str,
    secret: String,
}

fn form_page(
    house: &Shared,
    desk: Desk,
    act: &'static OfficeAct,
    posted: &Posted,
    problem: Option<&Problem>,
) -> Response {
    let back = Back::of(house, desk.lang, posted, problem);
    let fields = views(house, desk.lang, act.fields, None, &back);
    let p = Page::desk(house, desk, act.page);
    let status = back.status;
    with_status(status, &FormPage { p, word: act.word, at: act.page, fields, back })
}

/// The act of a word, if this person may do it.
fn allowed(desk: &Desk, word: &str) -> Result<&'static OfficeAct, Problem> {
    let act = OfficeAct::find(word).ok_or(Problem::NotFound)?;
    if let Some(needed) = act.act {
        role::allow(&desk.actor, needed, Thing::Office).map_err(Problem::Denied)?;
    }
    Ok(act)
}

/// The form; the address may fill fields in.
pub async fn form(
    State(house): State<Shared>,
    desk: Desk,
    Path(word): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    match allowed(&desk, &word) {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(act) => {
            let mut posted = Posted::default();
            let filled = form_pairs(query.unwrap_or_default().as_bytes()).unwrap_or_default();
            for (name, value) in filled {
                if act.fields.iter().any(|field| field.name == name) {
                    posted.answers.values.entry(name).or_default().push(value);
                }
            }
            form_page(&house, desk, act, &posted, None)
        }
    }
}

/// Does it; what can't be done comes back filled in.
pub async fn post(State(house): State<Shared>, Path(word): Path<String>, sent: Sent) -> Response {
    let Sent { desk, posted } = sent;
    let act = match allowed(&desk, &word) {
        Ok(act) => act,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (actor, answers) = (desk.actor.clone(), posted.of_act());
    match blocking(&house, move |house| act.run(house, By::now(house, &actor), &answers)).await {
        Ok(Given::Secret(secret)) => {
            let p = Page::desk(&house, desk, act.page);
            render(&SecretPage { p, word: act.word, at: act.page, secret })
        }
        Ok(Given::Nothing | Given::Count(_)) => Redirect::to(act.page).into_response(),
        Err(problem) => form_page(&house, desk, act, &posted, Some(&problem)),
    }
}
