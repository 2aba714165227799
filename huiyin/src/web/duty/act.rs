//! The forms of the duty side's acts: what may be done to a record, filled in and sent.

use super::{noun_of, see, shown};
use crate::act::Name;
use crate::by::{By, Given};
use crate::duty::record::record as find;
use crate::duty::{Done, DutyAct};
use crate::house::House;
use crate::problem::Problem;
use crate::web::act::{FormPage, Reads};
use crate::web::field::views;
use crate::web::form::{Back, Posted, SentWithFiles};
use crate::web::page::{Page, problem_page};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use casework::org::{Actor, Role};
use casework::role::{self, Thing};

/// An address's `new` stands for a record that is to begin.
const NEW: &str = "new";

fn allowed(
    house: &House,
    actor: &Actor,
    noun: &str,
    id: &str,
    word: &str,
) -> Result<&'static DutyAct, Problem> {
    let act = DutyAct::find(noun_of(noun)?, word).ok_or(Problem::NotFound)?;
    if act.at.begins() != (id == NEW) {
        return Err(Problem::NotFound);
    }
    role::allow(actor, act.act, Thing::Office).map_err(Problem::Denied)?;
    if !act.at.begins() {
        let shown = find(house, actor, act.at.noun, id)?;
        let thing = Thing::Duty(act.at.noun, &shown.spine);
        role::allow(actor, act.act, thing).map_err(Problem::Denied)?;
    }
    Ok(act)
}

/// An act that a form asks about, on the record of this number, or [`NEW`] (待办操作).
struct Asked {
    act: &'static DutyAct,
    id: String,
}

fn form_page(
    house: &House,
    desk: Desk,
    Asked { act, id }: &Asked,
    posted: &Posted,
    problem: Option<&Problem>,
) -> Response {
    let mut back = Back::of(house, desk.lang, posted, problem);
    // A leader's own record begins with their own name.
    if act.at.begins() && desk.actor.is(Role::Leader) {
        back.fill(Name::Leader, desk.actor.account.0.clone());
    }
    let (lang, noun) = (desk.lang, act.at.noun.word());
    let p = Page::desk(house, desk, "/duty");
    let heading = p.word("duty-act", act.word);
    let room = format!("/duty/{noun}");
    let mut crumbs =
        vec![("/duty".to_owned(), p.t("nav-duty")), (room.clone(), p.word("duty", noun))];
    let cancel = if act.at.begins() { room.clone() } else { format!("{room}/{id}") };
    if !act.at.begins() {
        crumbs.push((cancel.clone(), id.clone()));
    }
    let page = FormPage {
        reads: Reads::default(),
        crumbs,
        button: heading.clone(),
        heading,
        help: p.word("duty-help", act.word),
        article: house.cite(act.rule).map(|cited| lang.cited(&cited)).unwrap_or_default(),
        action: format!("{room}/{id}/{}", act.word),
        cancel,
        version: None,
        fields: views(house, lang, &act.fields(), None, &back),
        back,
        p,
    };
    page.response()
}

/// The form; the address may fill fields in.
pub async fn form(
    State(house): State<Shared>,
    desk: Desk,
    Path((noun, id, word)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let (actor, lang, at) = (desk.actor.clone(), desk.lang, id.clone());
    let found = blocking(&house, move |house| allowed(house, &actor, &noun, &at, &word));
    match found.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(act) => {
            let posted = Posted::filled(&query.unwrap_or_default(), &act.fields());
            form_page(&house, desk, &Asked { act, id }, &posted, None)
        }
    }
}

/// Does it; what can't be done comes back filled in.
pub async fn post(
    State(house): State<Shared>,
    Path((noun, id, word)): Path<(String, String, String)>,
    SentWithFiles { desk, received }: SentWithFiles,
) -> Response {
    let (actor, lang) = (desk.actor.clone(), desk.lang);
    let found = blocking(&house, {
        let (actor, noun, id) = (actor.clone(), noun.clone(), id.clone());
        move |house| allowed(house, &actor, &noun, &id, &word)
    });
    let act = match found.await {
        Ok(act) => act,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let asked = Asked { act, id: id.clone() };
    let posted =
        if act.takes_files() { received.keep(&house).await } else { received.without_files() };
    let posted = match posted {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    if !posted.errors.is_empty() {
        let problem = Problem::Invalid(Vec::new());
        return form_page(&house, desk, &asked, &posted, Some(&problem));
    }
    let (answers, record) = (posted.of_act(), if act.at.begins() { String::new() } else { id });
    match blocking(&house, move |house| act.run(house, By::now(house, &actor), &record, &answers))
        .await
    {
        Ok(Done { id, given: Given::Nothing }) => {
            Redirect::to(&format!("/duty/{noun}/{id}")).into_response()
        }
        // The code is shown once, so the page comes at once and not by another address.
        Ok(Done { id, given }) => {
            let inner = desk.clone();
            let page = blocking(&house, move |house| {
                let seen = see(house, &inner.actor, &noun, &id)?;
                Ok(shown(house, inner, seen, Vec::new(), given))
            });
            page.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
        }
        Err(problem) => form_page(&house, desk, &asked, &posted, Some(&problem)),
    }
}
