//! The forms of the duty side's acts: what may be done to a record, filled in and sent.

use super::{noun_of, see, shown};
use crate::acts::takes_files;
use crate::by::By;
use crate::duty::board::record as find;
use crate::duty::{Done, DutyAct, Given};
use crate::house::House;
use crate::problem::Problem;
use crate::web::field::{FieldView, views};
use crate::web::form::{Back, Posted, SentWithFiles, form_pairs};
use crate::web::page::{Page, problem_page, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use casework::org::Actor;
use casework::role::{self, Thing};

#[derive(Template)]
#[template(path = "duty/form.html")]
struct FormPage {
    p: Page,
    noun: &'static str,
    id: String,
    word: &'static str,
    article: String,
    fields: Vec<FieldView>,
    back: Back,
}

/// An address's `new` stands for a record that is to begin.
const NEW: &str = "new";

fn allowed(
    house: &House,
    actor: &Actor,
    (noun, id, word): (&str, &str, &str),
) -> Result<&'static DutyAct, Problem> {
    let act = DutyAct::find(noun_of(noun)?, word).ok_or(Problem::NotFound)?;
    if act.begins != (id == NEW) {
        return Err(Problem::NotFound);
    }
    role::allow(actor, act.act, Thing::Office).map_err(Problem::Denied)?;
    if !act.begins {
        let (spine, _) = find(house, actor, (act.noun, id))?;
        role::allow(actor, act.act, Thing::Duty(act.noun, &spine)).map_err(Problem::Denied)?;
    }
    Ok(act)
}

fn form_page(
    house: &House,
    desk: Desk,
    (act, id): (&'static DutyAct, String),
    posted: &Posted,
    problem: Option<&Problem>,
) -> Response {
    let mut back = Back::of(house, desk.lang, posted, problem);
    // A leader's own record begins with their own name.
    if act.begins && desk.actor.is(casework::org::Role::Leader) {
        back.fill("leader", desk.actor.account.0.clone());
    }
    let fields = views(house, desk.lang, act.fields, None, &back);
    let status = back.status;
    let article = house.cite(act.rule).map(|citation| desk.lang.cited(&citation));
    let page = FormPage {
        noun: act.noun.word(),
        id,
        word: act.word,
        article: article.unwrap_or_default(),
        fields,
        back,
        p: Page::desk(house, desk, "/duty"),
    };
    with_status(status, &page)
}

/// The form; the address may fill fields in.
pub async fn form(
    State(house): State<Shared>,
    desk: Desk,
    Path((noun, id, word)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let (actor, lang, at) = (desk.actor.clone(), desk.lang, id.clone());
    let found = blocking(&house, move |house| allowed(house, &actor, (&noun, &id, &word)));
    match found.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(act) => {
            let mut posted = Posted::default();
            let filled = form_pairs(query.unwrap_or_default().as_bytes()).unwrap_or_default();
            for (name, value) in filled {
                if act.fields.iter().any(|field| field.name == name) {
                    posted.answers.values.entry(name).or_default().push(value);
                }
            }
            form_page(&house, desk, (act, at), &posted, None)
        }
    }
}

/// Does it; what can't be done comes back filled in.
pub async fn post(
    State(house): State<Shared>,
    Path((noun, id, word)): Path<(String, String, String)>,
    SentWithFiles { desk, received }: SentWithFiles,
) -> Response {
    let (actor, lang, at) = (desk.actor.clone(), desk.lang, id.clone());
    let asked = (noun.clone(), id.clone(), word);
    let found = blocking(&house, {
        let actor = actor.clone();
        move |house| allowed(house, &actor, (&asked.0, &asked.1, &asked.2))
    });
    let act = match found.await {
        Ok(act) => act,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let posted = if takes_files(act.fields) {
        received.keep(&house).await
    } else {
        received.without_files()
    };
    let posted = match posted {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    if !posted.errors.is_empty() {
        let problem = Problem::Invalid(Vec::new());
        return form_page(&house, desk, (act, at), &posted, Some(&problem));
    }
    let (answers, record) = (posted.of_act(), if act.begins { String::new() } else { id });
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
                Ok(shown(house, inner, seen, (Vec::new(), given)))
            });
            page.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
        }
        Err(problem) => form_page(&house, desk, (act, at), &posted, Some(&problem)),
    }
}
