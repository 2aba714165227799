//! Writing to the office (我要反映): one question to a page, everything shown once more before it is
//! sent, nothing typed lost on the way.

use super::PortalAsked;
use crate::act::Answers;
use crate::by::By;
use crate::draft;
use crate::house::House;
use crate::locale::Lang;
use crate::problem::{FieldError, Problem};
use crate::web::door::{Address, Knock};
use crate::web::field::{all_units, places};
use crate::web::form::{Back, Posted, Room, receive};
use crate::web::intake::receipt_page;
use crate::web::page::{Langs, Page, lang_cookie, lang_of, problem_page, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::org::Place;
use casework::org::Role;

/// The questions in order, each with the fields it asks for; the last page asks nothing.
const STEPS: [(&str, &[&str]); 5] = [
    ("what", &["addressee", "track", "accused_unit", "accused_name", "text", "files"]),
    ("where", &["place"]),
    ("ask", &["demand"]),
    ("reach", &["name", "phone", "address", "language"]),
    ("review", &[]),
];

/// The position of a step's word; the first for anything else.
fn step_of(word: &str) -> usize {
    STEPS.iter().position(|(step, _)| *step == word).unwrap_or_default()
}

/// The step that asks for a field.
fn step_for(field: &str) -> usize {
    STEPS.iter().position(|(_, fields)| fields.contains(&field)).unwrap_or_default()
}

#[derive(Template)]
#[template(path = "portal/write.html")]
struct Write {
    p: Page,
    back: Back,
    step: &'static str,
    number: usize,
    carried: Vec<(String, String)>,
    leaders: Vec<String>,
    units: Vec<(String, String)>,
    places: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    place: String,
    once: String,
}

impl Write {
    fn demands(&self) -> Vec<String> {
        self.back.all("demand", &3)
    }

    /// Whom it accuses, as it was chosen and written.
    fn accused(&self) -> String {
        let unit = self.back.v("accused_unit");
        let unit = self.units.iter().find(|(id, _)| *id == unit);
        let unit = unit.map(|(_, name)| name.trim_matches('　')).unwrap_or_default();
        format!("{unit} {}", self.back.v("accused_name")).trim().to_owned()
    }

    fn steps(&self) -> Vec<(&'static str, bool)> {
        STEPS.iter().map(|(step, _)| (*step, *step == self.step)).collect()
    }

    /// What was answered, question by question, for the last look.
    fn answered(&self) -> Vec<(&'static str, &'static str, String)> {
        let one = |name: &str| self.back.v(name);
        let mut rows = vec![
            (
                "what",
                "field-addressee",
                match one("addressee") {
                    name if name.is_empty() => self.p.office.clone(),
                    name => name,
                },
            ),
            ("what", "field-track", self.p.word("track", &one("track"))),
            ("what", "field-accused", self.accused()),
            ("what", "field-text", one("text")),
            ("where", "field-place", self.place.clone()),
        ];
        let given = |demand: &String| !demand.trim().is_empty();
        let demands: Vec<String> = self.demands().into_iter().filter(given).collect();
        rows.push(("ask", "field-demand", demands.join("\n")));
        let files: Vec<String> = self.back.kept.iter().map(|(_, name)| name.clone()).collect();
        rows.push(("what", "field-files", files.join("\n")));
        for (name, key) in
            [("name", "field-name"), ("phone", "field-phone"), ("address", "field-address")]
        {
            rows.push(("reach", key, one(name)));
        }
        rows
    }
}

/// The leaders whose mailboxes are open, by post and name.
fn leaders(house: &House) -> Vec<String> {
    let directory = house.directory();
    let accounts = house.db.read(store::account::list).unwrap_or_default();
    let mut leaders: Vec<(u32, String)> = accounts
        .into_iter()
        .filter(|account| account.actor.is(Role::Leader) && account.closed_on.is_none())
        .map(|account| {
            let post = account.post.as_ref().and_then(|post| directory.posts.get(post));
            let title = post.map(|post| format!("{} ", post.name)).unwrap_or_default();
            (post.map_or(u32::MAX, |post| post.rank), format!("{title}{}", account.actor.name))
        })
        .collect();
    leaders.sort();
    leaders.into_iter().map(|(_, name)| name).collect()
}

fn write_page(
    house: &House,
    lang: Lang,
    posted: &Posted,
    step: usize,
    problem: Option<&Problem>,
) -> Response {
    let mut back = Back::of(house, lang, posted, problem);
    back.fill("language", "zh");
    back.fill("track", "redress");
    let (word, fields) = STEPS.get(step).copied().unwrap_or(("what", &[]));
    let directory = house.directory();
    // What other questions were answered with travels along, hidden; kept files have fields of
    // their own.
    let carried = posted
        .answers
        .values
        .iter()
        .filter(|(name, _)| step_for(name) != step || word == "review")
        .filter(|(name, _)| STEPS.iter().any(|(_, asked)| asked.contains(&name.as_str())))
        .flat_map(|(name, values)| values.iter().map(move |value| (name.clone(), value.clone())))
        .chain(if fields.contains(&"files") {
            Vec::new()
        } else {
            back.kept.iter().map(|(field, _)| ("kept".to_owned(), field.clone())).collect()
        })
        .collect();
    let status = back.status;
    let page = Write {
        p: Page::public(house, lang).offering(Langs::Form("letter")),
        step: word,
        number: step + 1,
        carried,
        leaders: leaders(house),
        units: all_units(&directory),
        places: places(&directory).into_iter().filter(|(code, _)| code.len() > 6).collect(),
        languages: draft::LANGUAGES
            .map(|tag| (tag.to_owned(), lang.t(&format!("language-{tag}"))))
            .to_vec(),
        place: match back.v("place").as_str() {
            "" => lang.t("choose-place"),
            code => directory.place(&Place(code.to_owned())),
        },
        back,
        once: Some(posted.text("once"))
            .filter(|once| !once.is_empty())
            .unwrap_or_else(|| house.id()),
    };
    with_status(status, &page)
}

/// The first question; `to=leader` addresses a leader's mailbox.
pub async fn page(
    State(house): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<PortalAsked>,
) -> Response {
    let lang = lang_of(&headers);
    let made = blocking(&house, move |house| {
        let mut posted = Posted::default();
        if ask.to == "leader"
            && let Some(first) = leaders(house).into_iter().next()
        {
            posted.answers.values.insert("addressee".to_owned(), vec![first]);
        }
        Ok(write_page(house, lang, &posted, 0, None))
    });
    made.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
}

/// The answers that the street may give; what only the office may say is not among them.
fn answers(posted: &Posted) -> Answers {
    let mut answers = posted.answers.clone();
    answers.values.retain(|name, _| STEPS.iter().any(|(_, asked)| asked.contains(&name.as_str())));
    let channel = if posted.text("addressee").is_empty() { "online" } else { "mailbox" };
    answers.values.insert("channel".to_owned(), vec![channel.to_owned()]);
    answers
}

/// What is wrong with the answers to one question.
fn wrong_here(house: &House, posted: &Posted, step: usize) -> Vec<FieldError> {
    let mut errors = posted.errors.clone();
    if let Err(Problem::Invalid(wrong)) = draft::read(house, &answers(posted)) {
        errors.extend(wrong);
    }
    errors.retain(|error| step_for(&error.field) == step);
    errors
}

enum Next {
    Page(Box<Response>),
    Receipt(Box<crate::intake::Receipt>),
}

fn advance(house: &Shared, lang: Lang, posted: &Posted, from: Address) -> Result<Next, Problem> {
    let (at, go) = (step_of(&posted.text("at")), posted.text("go"));
    let show = |step: usize, problem: Option<&Problem>| {
        let mut shown = posted.clone();
        // The errors of a file stand where files are chosen, and only there.
        shown.errors.clear();
        Next::Page(Box::new(write_page(house, lang, &shown, step, problem)))
    };
    match go.as_str() {
        "next" => {
            let wrong = wrong_here(house, posted, at);
            if wrong.is_empty() {
                return Ok(show((at + 1).min(STEPS.len() - 1), None));
            }
            Ok(show(at, Some(&Problem::Invalid(wrong))))
        }
        "back" => Ok(show(at.saturating_sub(1), None)),
        "send" => {
            let first = (0..STEPS.len()).find_map(|step| {
                let wrong = wrong_here(house, posted, step);
                (!wrong.is_empty()).then_some((step, wrong))
            });
            if let Some((step, wrong)) = first {
                return Ok(show(step, Some(&Problem::Invalid(wrong))));
            }
            let draft = draft::read(house, &answers(posted))?;
            let once = answers(posted).once("portal", &posted.text("once"))?;
            from.knock(house, Knock::Write)?;
            let by = By::public(house).under(once);
            let receipt = crate::intake::register(house, by, draft, None)?;
            Ok(Next::Receipt(Box::new(receipt)))
        }
        step => Ok(show(step_of(step), None)),
    }
}

/// The form with its files kept, where it asks for files.
async fn files(house: &Shared, from: Address, request: Request) -> Result<Posted, Problem> {
    let received = receive(house, request, Room::Files).await?;
    let (_, asked) = STEPS.get(step_of(&received.posted.text("at"))).copied().unwrap_or_default();
    if received.size() == 0 || !asked.contains(&"files") {
        return received.without_files();
    }
    let size = received.size();
    blocking(house, move |house| from.bring(house, size)).await?;
    received.keep(house).await
}

/// Goes to another question, or hands the petition in.
pub async fn post(State(house): State<Shared>, from: Address, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let base = crate::web::page::base(&house, request.headers());
    let posted = match files(&house, from, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    if let Some(chosen) = Lang::parse(&posted.text("lang")) {
        let made = blocking(&house, move |house| {
            let step = step_of(&posted.text("at"));
            Ok(write_page(house, chosen, &posted, step, None))
        });
        let page = made.await.unwrap_or_else(|problem| problem_page(&house, chosen, &problem));
        return ([(header::SET_COOKIE, lang_cookie(&house, chosen))], page).into_response();
    }
    let kept = posted.clone();
    match blocking(&house, move |house| advance(house, lang, &posted, from)).await {
        Ok(Next::Page(page)) => *page,
        Ok(Next::Receipt(receipt)) => {
            let p = Page::public(&house, lang).offering(Langs::Nowhere);
            receipt_page(&house, p, *receipt, &base)
        }
        // Even when the machine fails, what was typed comes back with the words that say so.
        Err(problem) => {
            let fallback = StatusCode::from_u16(problem.status());
            let made = blocking(&house, move |house| {
                Ok(write_page(house, lang, &kept, STEPS.len() - 1, Some(&problem)))
            });
            let mut page = match made.await {
                Ok(page) => page,
                Err(problem) => problem_page(&house, lang, &problem),
            };
            *page.status_mut() = fallback.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            page
        }
    }
}
