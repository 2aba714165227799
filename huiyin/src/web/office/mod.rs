//! Forms of the acts on the office (机构维护页): one page for each row of [`crate::office`].

use crate::by::By;
use crate::office::{OfficeAct, OfficeGiven, OfficePage};
use crate::problem::Problem;
use crate::web::act::{FormPage, Reads};
use crate::web::field::{At, views};
use crate::web::form::{Back, Posted, Sent};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use casework::role::{self, Thing};

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
    let (lang, OfficePage(page)) = (desk.lang, act.at);
    let at = At { matter: None, actor: &desk.actor };
    let fields = views(house, lang, &act.fields(), Some(at), &back);
    let p = Page::desk(house, desk, page);
    let page = FormPage {
        reads: Reads::default(),
        crumbs: Vec::new(),
        heading: p.word("office-act", act.word),
        help: p.word("office-help", act.word),
        article: String::new(),
        action: format!("/office/{}", act.word),
        cancel: page.to_owned(),
        button: p.t("save"),
        version: None,
        fields,
        back,
        p,
    };
    page.response()
}

/// The act of a word, if this person may do it.
fn allowed(desk: &Desk, word: &str) -> Result<&'static OfficeAct, Problem> {
    let act = OfficeAct::find(word).ok_or(Problem::NotFound)?;
    role::allow(&desk.actor, act.act, Thing::Office).map_err(Problem::Denied)?;
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
            let posted = Posted::filled(&query.unwrap_or_default(), &act.fields());
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
    let OfficePage(page) = act.at;
    let done = blocking(&house, move |house| {
        act.read(&answers, &house.directory())?.run(house, By::now(house, &actor))
    });
    match done.await {
        Ok(OfficeGiven::Secret(secret)) => {
            let p = Page::desk(&house, desk, page);
            render(&SecretPage { p, word: act.word, at: page, secret })
        }
        Ok(OfficeGiven::Nothing | OfficeGiven::Count(_)) => Redirect::to(page).into_response(),
        Err(problem) => form_page(&house, desk, act, &posted, Some(&problem)),
    }
}
