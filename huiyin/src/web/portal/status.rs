//! Looking up where a petition stands (查进度): by its number and query code, for whoever has both; and
//! what its petitioner may do from there.

use super::Ask;
use crate::act::act;
use crate::acts::Reader;
use crate::house::{Directory, House};
use crate::locale::Lang;
use crate::problem::{FieldError, Problem};
use crate::web::form::{Back, Posted, read};
use crate::web::matter::{ClockLine, clocks};
use crate::web::page::{Langs, Page, lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::intake::Supplement;
use casework::matter::{Command, Matter, Step};
use casework::notice::Notice;
use casework::org::{Actor, UnitId};
use casework::petition::Petition;
use casework::review::ReviewAsked;
use jiff::civil::Date;
use store::vault::Blind;

#[derive(Template)]
#[template(path = "portal/look_up.html")]
struct LookUp {
    p: Page,
    number: String,
    wrong: Option<String>,
}

/// The form to look up.
pub async fn page(
    State(house): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Response {
    render(&LookUp { p: Page::public(&house, lang_of(&headers)), number: ask.number, wrong: None })
}

#[derive(Template)]
#[template(path = "portal/status.html")]
struct Status {
    p: Page,
    m: Matter,
    petition: Petition,
    code: String,
    holder: String,
    phone: String,
    next: Option<ClockLine>,
    review: Option<ClockLine>,
    steps: Vec<(String, String, &'static str)>,
    back: Back,
    done: &'static str,
    organs: Vec<(String, String)>,
}

impl Status {
    fn concluded(&self) -> bool {
        matches!(self.m.step, Step::Concluded(_))
    }
}

const TRIES_PER_SPAN: i64 = 10;
const SPAN_MILLIS: i64 = 10 * 60 * 1000;

/// The petition of a number, for whoever has its code. Wrong codes are counted by number, whoever
/// types them; the right one opens all the same, so that nobody can lock a petitioner out.
///
/// # Errors
/// [`Problem::NotFound`] alike for a wrong number and a wrong code; [`Problem::TooMany`] after ten.
pub fn look_up(house: &House, number: &str, code: &str) -> Result<(Matter, Petition), Problem> {
    let hash = match crate::intake::normal_code(code) {
        Some(code) => house.vault.blind(Blind::Query, &code)?,
        None => String::new(),
    };
    let matter = house.db.read(|tx| match store::petition::find(tx, number)? {
        Some((id, stored)) if !hash.is_empty() && stored == hash => store::matter::find(tx, id),
        _ => Ok(None),
    })?;
    let of_number = |matter: &Matter| {
        matter.petitions.iter().find(|petition| petition.number.0 == number).cloned()
    };
    let found = matter.and_then(|matter| Some((of_number(&matter)?, matter)));
    if let Some((petition, matter)) = found {
        return Ok((matter, petition));
    }
    let span = house.clock.now().0 / SPAN_MILLIS;
    let bucket = format!("look-up:{number}");
    let tries = house.db.write(move |tx| store::setting::attempt(tx, &bucket, span))?;
    Err(if tries > TRIES_PER_SPAN { Problem::TooMany } else { Problem::NotFound })
}

/// The number and code that a form carries, in their stored forms.
fn keys(posted: &Posted) -> (String, String) {
    let number = posted.text("number").to_ascii_uppercase().chars().take(40).collect();
    (number, posted.text("code").chars().take(40).collect())
}

/// What became of a look-up that failed: the form again, or a page that says what happened.
fn failed(house: &House, lang: Lang, number: String, problem: &Problem) -> Response {
    let key = match problem {
        Problem::NotFound => "look-up-wrong",
        Problem::TooMany => "look-up-too-many",
        other => return problem_page(house, lang, other),
    };
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::NOT_FOUND);
    let page = LookUp { p: Page::public(house, lang), number, wrong: Some(lang.t(key)) };
    with_status(status, &page)
}

/// Shows where a petition stands.
pub async fn post(State(house): State<Shared>, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&posted);
    let asked = (number.clone(), code.clone());
    match blocking(&house, move |house| look_up(house, &asked.0, &asked.1)).await {
        Ok(found) => render(&status_of(&house, lang, found, Given { code, ..Given::default() })),
        Err(problem) => failed(&house, lang, number, &problem),
    }
}

/// Adds what the petitioner hands in later to their own petition.
pub async fn material(State(house): State<Shared>, request: Request) -> Response {
    on_own_petition(house, request, "material-added", add).await
}

/// Asks for review, or final review, of the answer to one's own petition.
pub async fn review(State(house): State<Shared>, request: Request) -> Response {
    on_own_petition(house, request, "review-asked", ask_review).await
}

/// Does something to the petition whose number and code the form carries, and shows where it stands
/// then; what can't be done comes back filled in.
async fn on_own_petition(
    house: Shared,
    request: Request,
    said: &'static str,
    work: fn(&Shared, &Matter, &Petition, &Posted) -> Result<Matter, Problem>,
) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&posted);
    let (asked, sent) = ((number.clone(), code.clone()), posted.clone());
    let done = blocking(&house, move |house| {
        let (matter, petition) = look_up(house, &asked.0, &asked.1)?;
        let result = work(house, &matter, &petition, &sent);
        Ok((matter, petition, result))
    });
    match done.await {
        Ok((_, petition, Ok(after))) => {
            let given = Given { code, done: said, ..Given::default() };
            render(&status_of(&house, lang, (after, petition), given))
        }
        Ok((matter, petition, Err(problem))) => {
            let back = Back::of(&house, lang, &posted, Some(&problem));
            let status = back.status;
            let given = Given { code, back, done: "" };
            with_status(status, &status_of(&house, lang, (matter, petition), given))
        }
        Err(problem) => failed(&house, lang, number, &problem),
    }
}

fn add(
    house: &Shared,
    matter: &Matter,
    petition: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    let text = sent.text("text");
    if !sent.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    if text.is_empty() && sent.answers.files.is_empty() {
        return Err(Problem::Invalid(vec![FieldError::new("text", "wrong-missing")]));
    }
    if text.chars().count() > crate::acts::MOST_CHARACTERS {
        return Err(Problem::Invalid(vec![FieldError::new("text", "wrong-too-long")]));
    }
    let command = Command::Supplement(Supplement {
        petition: petition.number.clone(),
        text,
        attachments: sent.answers.files.clone(),
    });
    act(house, &Actor::public(house.office.clone()), matter.id, None, command)
}

fn ask_review(
    house: &Shared,
    matter: &Matter,
    _: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    if !sent.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    let mut reader = Reader::new(&sent.answers);
    let (organ, reason) = (reader.need("organ"), reader.need("reason"));
    let late = reader.text("late_reason");
    reader.done()?;
    let command = Command::AskReview(ReviewAsked {
        organ: UnitId(organ),
        received_on: house.moment().on,
        posted_on: None,
        reason,
        late_reason: Some(late).filter(|reason| !reason.is_empty()),
        attachments: sent.answers.files.clone(),
    });
    act(house, &Actor::public(house.office.clone()), matter.id, None, command)
}

/// The dates that concern the petitioner, as a calendar file (RFC 5545).
pub async fn calendar(State(house): State<Shared>, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&posted);
    let asked = (number.clone(), code);
    match blocking(&house, move |house| look_up(house, &asked.0, &asked.1)).await {
        Err(problem) => failed(&house, lang, number, &problem),
        Ok(found) => {
            let status = status_of(&house, lang, found, Given::default());
            let days: Vec<(Date, String)> = [&status.next, &status.review]
                .into_iter()
                .flatten()
                .map(|clock| {
                    let key = format!("calendar-{}", clock.word).replace('_', "-");
                    (clock.due.legal, lang.tx(&key, &[("number", number.clone())]))
                })
                .collect();
            let name = format!("attachment; filename=\"{number}.ics\"");
            let file = papers::agenda::days(&number, house.clock.now().0, &days);
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, file).into_response()
        }
    }
}

/// What the status page shows beside the file: the code that its forms carry, a form that came back.
#[derive(Default)]
struct Given {
    code: String,
    back: Back,
    done: &'static str,
}

/// The steps done so far, in order of their dates, and the one that is due.
fn steps(
    lang: Lang,
    (matter, petition): (&Matter, &Petition),
    all: &[ClockLine],
    directory: &Directory,
) -> Vec<(String, String, &'static str)> {
    let mut done = vec![(petition.registered_on, lang.t("trace-registered"))];
    for clock in all {
        let key = match clock.word {
            "notice" => "trace-referred",
            "handling" => "trace-accepted",
            _ => continue,
        };
        done.push((clock.due.started_on, lang.tx(key, &[("unit", clock.unit.clone())])));
    }
    for notice in &matter.notices {
        let Notice { kind, served: Some(served), .. } = notice else { continue };
        let name = lang.t(&format!("notice-{}", kind.word()));
        done.push((served.on, lang.tx("trace-notice", &[("notice", name)])));
    }
    done.extend(matter.answer.as_ref().map(|answer| (answer.on, lang.t("trace-answered"))));
    done.extend(matter.served.as_ref().map(|served| (served.on, lang.t("trace-served"))));
    for review in &matter.reviews {
        let organ = directory.unit(&review.asked.organ.0).to_owned();
        done.push((review.asked.received_on, lang.tx("trace-review-asked", &[("unit", organ)])));
        if let Some((on, decided)) = &review.decided {
            let outcome = lang.t(&format!("review-outcome-{}", decided.outcome.word()));
            done.push((*on, lang.tx("trace-review-decided", &[("outcome", outcome)])));
        }
    }
    done.extend(matter.concluded_on.map(|on| (on, lang.t("trace-concluded"))));
    done.sort_by_key(|(on, _)| *on);
    let last = done.len() - 1;
    done.into_iter()
        .enumerate()
        .map(|(at, (on, words))| (lang.date(on), words, if at == last { "now" } else { "" }))
        .collect()
}

fn status_of(
    house: &House,
    lang: Lang,
    (matter, petition): (Matter, Petition),
    given: Given,
) -> Status {
    let directory = house.directory();
    let mut all = clocks(house, &matter, &directory);
    let mut steps = steps(lang, (&matter, &petition), &all, &directory);
    let open = |clock: &ClockLine| clock.ended_on.is_none();
    let review = all
        .iter()
        .position(|clock| clock.due.clock.is_right() && clock.word != "objection" && open(clock))
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
    // Whom the petitioner may ask now: nobody before an answer, nobody while it is reviewed.
    let may_ask = matter.next_level().is_some()
        && matter.answer.as_ref().is_some_and(|answer| answer.number.is_some())
        && matches!(matter.step, Step::Answered(_) | Step::Served(_) | Step::Concluded(_));
    let organs = if may_ask {
        let organs = directory.reviewers(&matter).into_iter();
        organs.map(|unit| (unit.id.0.clone(), unit.name.clone())).collect()
    } else {
        Vec::new()
    };
    Status {
        p: Page::public(house, lang).offering(Langs::Nowhere),
        holder: directory.unit(&matter.holder.0).to_owned(),
        phone: unit.map(|unit| unit.phone.clone()).unwrap_or_default(),
        m: matter,
        petition,
        code: given.code,
        next,
        review,
        steps,
        back: given.back,
        done: given.done,
        organs,
    }
}
