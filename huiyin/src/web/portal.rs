//! The portal (群众门户): write to the office or to a leader, and look up where it stands. No account.

use crate::acts::Answers;
use crate::house::House;
use crate::locale::Lang;
use crate::problem::{FieldError, Problem};
use crate::web::form::{Posted, keep_field, read};
use crate::web::intake::{draft, only_once, receipt_page};
use crate::web::matter::{ClockLine, clocks};
use crate::web::page::{Page, lang_of, problem_page, render, text, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use casework::matter::{Matter, Step};
use casework::org::{Actor, Role};
use casework::petition::Petition;
use serde::Deserialize;
use store::vault::Blind;

/// The portal's addresses.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(home))
        .route("/write", get(write_page).post(write))
        .route("/status", get(status_page).post(status))
        .route("/lang/{tag}", get(choose_lang))
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    p: Page,
}

/// The doors.
pub async fn home(State(house): State<Shared>, headers: HeaderMap) -> Response {
    render(&Home { p: Page::public(&house, lang_of(&headers)) })
}

/// Chooses the language of the pages.
pub async fn choose_lang(Path(tag): Path<String>, headers: HeaderMap) -> Response {
    let lang = Lang::parse(&tag).unwrap_or_default();
    let back = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
        .filter(|path| {
            path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/lang")
        })
        .unwrap_or("/")
        .to_owned();
    let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.tag());
    ([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response()
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    to: String,
    number: String,
}

#[derive(Template)]
#[template(path = "write.html")]
struct Write {
    p: Page,
    values: Answers,
    errors: Vec<FieldError>,
    refused: Option<(String, String)>,
    leaders: Vec<String>,
    places: Vec<(String, String)>,
    kept: Vec<(String, String)>,
    once: String,
}

impl Write {
    fn v(&self, name: &str) -> String {
        self.values.values.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    fn demands(&self) -> Vec<String> {
        let mut demands = self.values.values.get("demand").cloned().unwrap_or_default();
        demands.resize(demands.len().max(3), String::new());
        demands
    }
}

fn leaders(house: &House) -> Vec<String> {
    house
        .db
        .read(store::account::list)
        .unwrap_or_default()
        .into_iter()
        .filter(|account| account.actor.is(Role::Leader) && account.closed_on.is_none())
        .map(|account| account.actor.name)
        .collect()
}

fn write_form(house: &House, lang: Lang, posted: &Posted, problem: Option<&Problem>) -> Response {
    let mut errors = posted.errors.clone();
    let refused = match problem {
        Some(Problem::Invalid(fields)) => {
            errors.extend(fields.clone());
            None
        }
        Some(other) => Some((text(lang, other), other.rule().unwrap_or_default())),
        None => None,
    };
    let directory = house.directory();
    let status =
        StatusCode::from_u16(problem.map_or(200, Problem::status)).unwrap_or(StatusCode::OK);
    let page = Write {
        p: Page::public(house, lang),
        values: posted.answers.clone(),
        errors,
        refused,
        leaders: leaders(house),
        places: directory
            .places
            .values()
            .filter(|place| matches!(place.level.as_str(), "township" | "village"))
            .map(|place| (place.code.0.clone(), directory.place(&place.code.0)))
            .collect(),
        kept: posted
            .answers
            .files
            .iter()
            .map(|file| (keep_field(house, file), file.name.clone()))
            .collect(),
        once: Some(posted.text("once"))
            .filter(|once| !once.is_empty())
            .unwrap_or_else(|| house.id()),
    };
    with_status(status, &page)
}

/// The form to write; `to=leader` addresses a leader's mailbox.
pub async fn write_page(
    State(house): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Response {
    let lang = lang_of(&headers);
    let made = blocking(&house, move |house| {
        let mut posted = Posted::default();
        if ask.to == "leader"
            && let Some(first) = leaders(house).into_iter().next()
        {
            posted.answers.values.insert("addressee".to_owned(), vec![first]);
        }
        Ok(write_form(house, lang, &posted, None))
    });
    made.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
}

/// Hands a petition in.
pub async fn write(State(house): State<Shared>, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let base = crate::web::page::base(&house, request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let sent = posted.clone();
    let taken = blocking(&house, move |house| {
        if !sent.errors.is_empty() {
            return Err(Problem::Invalid(Vec::new()));
        }
        let mut answers = sent.answers.clone();
        // What only the office may say is not taken from the street.
        answers.values.retain(|name, _| {
            matches!(
                name.as_str(),
                "addressee"
                    | "title"
                    | "text"
                    | "demand"
                    | "place"
                    | "name"
                    | "phone"
                    | "address"
                    | "language"
            )
        });
        let channel = if sent.text("addressee").is_empty() { "online" } else { "mailbox" };
        answers.values.insert("channel".to_owned(), vec![channel.to_owned()]);
        let draft = draft(house, &answers).map_err(Problem::Invalid)?;
        only_once(house, &sent.text("once"), || {
            crate::intake::register(house, &Actor::public(house.office.clone()), draft, None)
        })
    });
    match taken.await {
        Ok(receipt) => receipt_page(&house, Page::public(&house, lang), receipt, &base),
        Err(problem) => {
            blocking(&house, move |house| Ok(write_form(house, lang, &posted, Some(&problem))))
                .await
                .unwrap_or_else(|problem| problem_page(&house, lang, &problem))
        }
    }
}

#[derive(Template)]
#[template(path = "look_up.html")]
struct LookUp {
    p: Page,
    number: String,
    wrong: Option<String>,
}

/// The form to look up.
pub async fn status_page(
    State(house): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Response {
    render(&LookUp { p: Page::public(&house, lang_of(&headers)), number: ask.number, wrong: None })
}

#[derive(Template)]
#[template(path = "status.html")]
struct Status {
    p: Page,
    m: Matter,
    petition: Petition,
    holder: String,
    phone: String,
    next: Option<ClockLine>,
    review: Option<ClockLine>,
    steps: Vec<(String, String, &'static str)>,
}

const TRIES_PER_SPAN: i64 = 10;
const SPAN_MILLIS: i64 = 10 * 60 * 1000;

/// Looks a petition up by number and query code. Tries are counted by number, whoever makes them,
/// so that a code can't be guessed.
pub async fn status(State(house): State<Shared>, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let number: String = posted.text("number").to_ascii_uppercase().chars().take(40).collect();
    let (asked, code) = (number.clone(), posted.text("code"));
    match blocking(&house, move |house| look_up(house, &asked, &code)).await {
        Ok((matter, petition)) => render(&status_of(&house, lang, matter, petition)),
        Err(problem @ (Problem::NotFound | Problem::TooMany)) => {
            let key = if matches!(problem, Problem::NotFound) {
                "look-up-wrong"
            } else {
                "look-up-too-many"
            };
            let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::NOT_FOUND);
            let page = LookUp { p: Page::public(&house, lang), number, wrong: Some(lang.t(key)) };
            with_status(status, &page)
        }
        Err(problem) => problem_page(&house, lang, &problem),
    }
}

/// The petition of a number, for whoever has its code.
///
/// # Errors
/// [`Problem::NotFound`] alike for a wrong number and a wrong code; [`Problem::TooMany`].
pub fn look_up(house: &House, number: &str, code: &str) -> Result<(Matter, Petition), Problem> {
    let span = house.clock.now().0 / SPAN_MILLIS;
    let bucket = format!("look-up:{number}");
    let tries = house.db.write(move |tx| store::setting::attempt(tx, &bucket, span))?;
    if tries > TRIES_PER_SPAN {
        return Err(Problem::TooMany);
    }
    let code = crate::intake::normal_code(code).ok_or(Problem::NotFound)?;
    let hash = house.vault.blind(Blind::Query, &code)?;
    let matter = house.db.read(|tx| match store::petition::find(tx, number)? {
        Some((id, stored)) if stored == hash => store::matter::find(tx, id),
        _ => Ok(None),
    })?;
    let matter = matter.ok_or(Problem::NotFound)?;
    let petition = matter.petitions.iter().find(|petition| petition.number.0 == number).cloned();
    Ok((matter.clone(), petition.ok_or(Problem::NotFound)?))
}

fn status_of(house: &House, lang: Lang, matter: Matter, petition: Petition) -> Status {
    let directory = house.directory();
    let all = clocks(house, &matter, &directory);
    let mut steps = vec![(lang.date(petition.registered_on), lang.t("trace-registered"), "")];
    for clock in &all {
        let (key, on) = match clock.word {
            "notice" => ("trace-referred", clock.due.started_on),
            "handling" => ("trace-accepted", clock.due.started_on),
            _ => continue,
        };
        steps.push((lang.date(on), lang.tx(key, &[("unit", clock.unit.clone())]), ""));
    }
    if let Some(answer) = &matter.answer {
        steps.push((lang.date(answer.on), lang.t("trace-answered"), ""));
    }
    if let Some(served) = &matter.served {
        steps.push((lang.date(served.on), lang.t("trace-served"), ""));
    }
    if let Some(on) = matter.concluded_on {
        steps.push((lang.date(on), lang.t("trace-concluded"), ""));
    }
    if let Some(last) = steps.last_mut() {
        last.2 = "now";
    }
    let mut all = all;
    let open = |clock: &ClockLine| clock.ended_on.is_none();
    let review = all
        .iter()
        .position(|clock| clock.word == "review_window" && open(clock))
        .map(|at| all.remove(at));
    all.retain(|clock| open(clock) && !clock.due.clock.is_right());
    let next = all.into_iter().min_by_key(|clock| clock.due.nominal);
    if let Some(next) = &next {
        let key = match next.word {
            "disposition" => "trace-will-dispose",
            "notice" => "trace-will-tell",
            _ => "trace-will-answer",
        };
        steps.push((
            lang.tx("trace-latest", &[("on", lang.date(next.due.nominal))]),
            lang.t(key),
            "todo",
        ));
    }
    let unit = directory.units.get(&matter.holder.0);
    Status {
        p: Page::public(house, lang),
        holder: directory.unit(&matter.holder.0).to_owned(),
        phone: unit.map(|unit| unit.phone.clone()).unwrap_or_default(),
        m: matter,
        petition,
        next,
        review,
        steps,
    }
}

impl Status {
    fn concluded(&self) -> bool {
        matches!(self.m.step, Step::Concluded(_))
    }
}
