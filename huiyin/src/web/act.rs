//! An act's form and its doing (办理页): what can't be done comes back filled in.

use crate::act::act;
use crate::acts::{ActForm, Answers, Kind};
use crate::house::{Directory, House};
use crate::problem::{FieldError, Problem};
use crate::web::form::{Posted, keep_field, read};
use crate::web::matter::{id_of, see};
use crate::web::page::{Page, problem_page, text, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework::matter::Matter;
use casework::role::{self, Thing};
use jiff::civil::Date;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "act.html")]
struct ActPage {
    p: Page,
    number: String,
    title: String,
    version: i64,
    word: &'static str,
    rule: &'static str,
    fields: Vec<FieldView>,
    errors: Vec<FieldError>,
    kept: Vec<(String, String)>,
    refused: Option<(String, String)>,
}

/// A field as the form shows it.
struct FieldView {
    name: &'static str,
    control: &'static str,
    value: String,
    options: Vec<(String, String)>,
}

fn field_views(
    house: &House,
    desk: &Desk,
    matter: &Matter,
    form: &ActForm,
    answers: &Answers,
) -> Vec<FieldView> {
    let word =
        |prefix: &str, word: &str| desk.lang.t(&format!("{prefix}-{word}").replace('_', "-"));
    let today = house.moment().on;
    form.fields
        .iter()
        .map(|field| {
            let typed = answers.values.get(field.name).and_then(|values| values.first()).cloned();
            let listed = |words: Vec<&str>, prefix: &str| {
                words.into_iter().map(|w| (w.to_owned(), word(prefix, w))).collect::<Vec<_>>()
            };
            let (control, options) = match field.kind {
                Kind::Line => ("line", Vec::new()),
                Kind::Text => ("text", Vec::new()),
                Kind::Date => ("date", Vec::new()),
                Kind::Number => ("number", Vec::new()),
                Kind::Files => ("files", Vec::new()),
                Kind::Unit => ("choice", receivers(&house.directory(), matter)),
                Kind::Ground => ("choice", grounds(house, today, &word)),
                Kind::Demand => (
                    "choice",
                    matter
                        .demands
                        .iter()
                        .map(|d| (d.ordinal.to_string(), format!("{}. {}", d.ordinal, d.text)))
                        .collect(),
                ),
                Kind::Petition => (
                    "choice",
                    matter
                        .petitions
                        .iter()
                        .map(|p| (p.number.0.clone(), p.number.0.clone()))
                        .collect(),
                ),
                Kind::Category => ("choice", categories(house, today)),
                Kind::Outcome => (
                    "choice",
                    listed(casework::handling::Outcome::ALL.map(|o| o.word()).to_vec(), "outcome"),
                ),
                Kind::Method => (
                    "choice",
                    listed(
                        casework::service::ServiceMethod::ALL.map(|m| m.word()).to_vec(),
                        "method",
                    ),
                ),
                Kind::Cause => (
                    "choice",
                    listed(casework::matter::Cause::ALL.map(|c| c.word()).to_vec(), "cause"),
                ),
            };
            let fallback = match (field.kind, field.name) {
                (Kind::Date, "on") => today.to_string(),
                (Kind::Demand, _) => {
                    matter.unanswered().next().map(|n| n.to_string()).unwrap_or_default()
                }
                _ => String::new(),
            };
            FieldView { name: field.name, control, value: typed.unwrap_or(fallback), options }
        })
        .collect()
}

fn receivers(directory: &Arc<Directory>, matter: &Matter) -> Vec<(String, String)> {
    use casework::org::UnitKind::{Bureau, County, Township};
    directory
        .units
        .values()
        .filter(|unit| matches!(unit.kind, Bureau | County | Township) && unit.id != matter.holder)
        .map(|unit| (unit.id.0.clone(), unit.name.clone()))
        .collect()
}

fn grounds(
    house: &House,
    today: Date,
    word: &dyn Fn(&str, &str) -> String,
) -> Vec<(String, String)> {
    let Some(law) = house.statutes.on(today, &house.setup.place.0) else { return Vec::new() };
    law.grounds()
        .iter()
        .map(|ground| {
            (ground.code.clone(), format!("{} · {}", word("ground", &ground.code), ground.article))
        })
        .collect()
}

/// The categories in force, for a choice.
pub fn categories(house: &House, today: Date) -> Vec<(String, String)> {
    house
        .db
        .read(|tx| store::almanac::categories(tx, today))
        .unwrap_or_default()
        .into_iter()
        .filter(|category| category.0.contains('/'))
        .map(|category| (category.0.clone(), category.0.replace('/', " / ")))
        .collect()
}

fn act_page(
    house: &House,
    desk: Desk,
    what: (&Matter, &'static ActForm),
    posted: &Posted,
    problem: Option<&Problem>,
) -> Response {
    let (matter, form) = what;
    let mut errors = posted.errors.clone();
    let refused = match problem {
        Some(Problem::Invalid(fields)) => {
            errors.extend(fields.clone());
            None
        }
        Some(other) => Some((text(desk.lang, other), other.rule().unwrap_or_default())),
        None => None,
    };
    let status = problem.map_or(200, Problem::status);
    let page = ActPage {
        number: matter.id.to_string(),
        title: matter.title.clone(),
        // The newest version: whoever reads the conflict has seen what changed and may send again.
        version: matter.version,
        word: form.word,
        rule: form.rule,
        fields: field_views(house, &desk, matter, form, &posted.answers),
        errors,
        kept: posted
            .answers
            .files
            .iter()
            .map(|file| (keep_field(house, file), file.name.clone()))
            .collect(),
        refused,
        p: Page::desk(house, desk, "/matters"),
    };
    with_status(StatusCode::from_u16(status).unwrap_or(StatusCode::OK), &page)
}

/// An act's form.
pub async fn form(
    State(house): State<Shared>,
    desk: Desk,
    Path((id, word)): Path<(String, String)>,
) -> Response {
    let user = desk.clone();
    let seen = blocking(&house, move |house| {
        let form = ActForm::find(&word).ok_or(Problem::NotFound)?;
        let matter = see(house, &user, id_of(&id)?)?.matter;
        role::allow(&user.actor, form.act, Thing::Matter(&matter)).map_err(Problem::Denied)?;
        Ok((form, matter))
    });
    match seen.await {
        Ok((form, matter)) => act_page(&house, desk, (&matter, form), &Posted::default(), None),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Does an act; what can't be done comes back filled in.
pub async fn post(
    State(house): State<Shared>,
    desk: Desk,
    Path((id, word)): Path<(String, String)>,
    request: Request,
) -> Response {
    let posted = match read(&house, request).await.and_then(|posted| posted.check(&desk)) {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (user, sent) = (desk.clone(), posted.clone());
    let done = blocking(&house, move |house| {
        let form = ActForm::find(&word).ok_or(Problem::NotFound)?;
        let id = id_of(&id)?;
        let matter = see(house, &user, id)?.matter;
        let result = if sent.errors.is_empty() {
            form.parse(&sent.of_act())
                .map_err(Problem::Invalid)
                .and_then(|command| act(house, &user.actor, id, sent.version(), command))
        } else {
            Err(Problem::Invalid(Vec::new()))
        };
        Ok((form, matter, result))
    });
    match done.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((_, matter, Ok(_))) => Redirect::to(&format!("/matters/{}", matter.id)).into_response(),
        Ok((form, matter, Err(problem))) => {
            act_page(&house, desk, (&matter, form), &posted, Some(&problem))
        }
    }
}
