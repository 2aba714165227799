//! When and where leaders receive people (接访日历, R05-10, R22-18b), and taking a place (预约领导接访) from home,
//! without an account.

use crate::act::Name;
use crate::by::{By, Given};
use crate::duty::Done;
use crate::duty::booking::{book_online, bookable, call_off_online, day, days_ahead, look_online};
use crate::house::House;
use crate::locale::Lang;
use crate::problem::Problem;
use crate::web::door::{Address, Knock};
use crate::web::form::{Back, Posted, read, unreadable};
use crate::web::page::{Langs, Page, lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use casework::code::code_list;
use casework::duty::Kept;
use casework::duty::reception::Reception;
use casework::org::AccountId;

/// A day as anybody sees it.
struct OpenDay {
    id: String,
    day: Reception,
    leader: String,
    instead_of: Option<String>,
    areas: String,
}

fn told(house: &House, lang: Lang, kept: Kept<Reception>) -> OpenDay {
    let directory = house.directory();
    let name = |id: &AccountId| directory.name(id).to_owned();
    let areas = kept.record.areas.iter().map(|place| directory.place(place));
    let areas = areas.collect::<Vec<_>>().join(&lang.t("list-separator"));
    OpenDay {
        leader: name(&kept.record.leader),
        instead_of: kept.record.substituted.as_ref().map(|one| name(&one.instead_of)),
        id: kept.id,
        day: kept.record,
        areas,
    }
}

/// The announced days that lie ahead.
fn ahead(house: &House, lang: Lang) -> Result<Vec<OpenDay>, Problem> {
    let days = days_ahead(house)?;
    Ok(days.into_iter().map(|kept| told(house, lang, kept)).collect())
}

#[derive(Template)]
#[template(path = "portal/receptions.html")]
struct Calendar {
    p: Page,
    days: Vec<OpenDay>,
    said: Option<(bool, String)>,
}

/// The calendar.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let lang = lang_of(&headers);
    match blocking(&house, move |house| ahead(house, lang)).await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(days) => render(&Calendar { p: Page::public(&house, lang), days, said: None }),
    }
}

#[derive(Template)]
#[template(path = "portal/book.html")]
struct BookPage {
    p: Page,
    day: OpenDay,
    back: Back,
    once: String,
}

/// A day that can be booked.
fn open_day(house: &House, lang: Lang, id: String) -> Result<OpenDay, Problem> {
    let record = bookable(house, &id)?;
    Ok(told(house, lang, Kept { id, record }))
}

/// The form for a place.
pub async fn form(
    State(house): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let lang = lang_of(&headers);
    match blocking(&house, move |house| open_day(house, lang, id)).await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(day) => {
            let (p, once) = (Page::public(&house, lang), house.id());
            render(&BookPage { p, day, back: Back::default(), once })
        }
    }
}

#[derive(Template)]
#[template(path = "portal/booked.html")]
struct BookedPage {
    p: Page,
    day: OpenDay,
    ordinal: u32,
    waits: bool,
    code: String,
}

/// Takes a place; what can't be taken comes back filled in.
pub async fn post(
    State(house): State<Shared>,
    from: Address,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (at, sent) = (id.clone(), posted.clone());
    let booked = blocking(&house, move |house| {
        let answers = sent.of_act();
        let once = answers.once("portal", &sent.text("once"))?;
        from.knock(house, Knock::Book)?;
        let Done { id, given } = book_online(house, By::public(house).under(once), &at, &answers)?;
        let record = day(house, &id)?;
        Ok((told(house, lang, Kept { id, record }), given))
    });
    match booked.await {
        Ok((day, Given::Place { ordinal, waits, code })) => {
            let p = Page::public(&house, lang).offering(Langs::Nowhere);
            render(&BookedPage { p, day, ordinal, waits, code })
        }
        Ok((_, Given::Nothing | Given::Petition(_))) => {
            problem_page(&house, lang, &Problem::NotFound)
        }
        Err(problem) => again(&house, lang, id, posted, problem).await,
    }
}

async fn again(
    house: &Shared,
    lang: Lang,
    id: String,
    posted: Posted,
    problem: Problem,
) -> Response {
    if matches!(problem, Problem::NotFound) {
        return problem_page(house, lang, &problem);
    }
    match blocking(house, move |house| open_day(house, lang, id)).await {
        Err(problem) => problem_page(house, lang, &problem),
        Ok(day) => {
            let back = Back::of(house, lang, &posted, Some(&problem));
            let status = back.status;
            let once = Some(back.v("once")).filter(|once| !once.is_empty());
            let once = once.unwrap_or_else(|| house.id());
            with_status(status, &BookPage { p: Page::public(house, lang), day, back, once })
        }
    }
}

/// How a place stands, in words.
fn standing(house: &Shared, lang: Lang, id: &str, code: &str) -> Result<String, Problem> {
    let (day, state) = look_online(house, id, code)?;
    let told = told(house, lang, Kept { id: id.to_owned(), record: day });
    if let Some((_, why)) = &told.day.cancelled {
        return Ok(format!("{} {why}", lang.t("receptions-cancelled")));
    }
    let state = lang.word("booking-state", state.word());
    let args = [
        ("state", state),
        ("on", lang.date(told.day.on)),
        ("hours", told.day.hours),
        ("leader", told.leader),
    ];
    Ok(lang.tx("booking-stands", &args))
}

code_list! {
    /// What somebody wants with the code of their place (预约码的用途).
    pub enum Wanted {
        /// 查看.
        Look = "look",
        /// 取消.
        Off = "off",
    }
}

/// Says how a place stands, or calls it off, by its code.
pub async fn call_off(State(house): State<Shared>, from: Address, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (day, code) = (posted.of(Name::Day), posted.of(Name::Code));
    // Nobody loses a place by a form that does not say so.
    let Some(wanted) = Wanted::parse(&posted.text("what")) else {
        return problem_page(&house, lang, &unreadable());
    };
    let done = blocking(&house, move |house| {
        from.knock(house, Knock::LookUp)?;
        let done = match wanted {
            Wanted::Look => standing(house, lang, &day, &code),
            Wanted::Off => call_off_online(house, &day, &code).map(|()| lang.t("called-off")),
        };
        Ok((done, ahead(house, lang)?))
    });
    match done.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok((done, days)) => {
            let (status, said) = match done {
                Ok(words) => (StatusCode::OK, (true, words)),
                Err(Problem::TooMany) => {
                    (StatusCode::TOO_MANY_REQUESTS, (false, lang.t("look-up-too-many")))
                }
                Err(Problem::NotFound) => {
                    (StatusCode::NOT_FOUND, (false, lang.t("call-off-wrong")))
                }
                Err(problem) => return problem_page(&house, lang, &problem),
            };
            let page = Calendar { p: Page::public(&house, lang), days, said: Some(said) };
            with_status(status, &page)
        }
    }
}
