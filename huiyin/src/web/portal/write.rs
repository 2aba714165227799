//! Writing to the office (我要反映): one question to a page, everything shown once more before it is
//! sent, nothing typed lost on the way.

use super::PortalAsked;
use crate::act::{Answers, Name};
use crate::by::By;
use crate::draft;
use crate::house::House;
use crate::locale::Lang;
use crate::problem::{FieldError, Problem, Wrong};
use crate::web::door::{Address, Knock, keep_from};
use crate::web::field::{all_units, mailboxes, places};
use crate::web::form::{Back, Posted, Room, receive};
use crate::web::intake::receipt_page;
use crate::web::page::{Langs, Page, lang_cookie, lang_of, problem_page, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::code::code_list;
use casework::matter::track::Track;
use casework::org::Place;

code_list! {
    /// A question of the form (填写步骤), each on a page of its own.
    pub enum Question {
        /// What it is about, and against whom.
        What = "what",
        /// Where the problem is.
        Where = "where",
        /// What is asked for.
        Ask = "ask",
        /// How the answer reaches whoever asks.
        Reach = "reach",
        /// Everything once more, before it is handed in.
        Review = "review",
    }
}

impl Question {
    /// The question of this word; the first for anything else.
    fn of(word: &str) -> Self {
        Self::parse(word).unwrap_or(Self::What)
    }

    /// The fields that it asks for.
    fn fields(self) -> &'static [Name] {
        match self {
            Self::What => &[
                Name::Mailbox,
                Name::Track,
                Name::AccusedUnit,
                Name::AccusedName,
                Name::Text,
                Name::Files,
            ],
            Self::Where => &[Name::Place],
            Self::Ask => &[Name::Demand],
            Self::Reach => {
                &[Name::Name, Name::Phone, Name::Address, Name::Language, Name::Publishable]
            }
            Self::Review => &[],
        }
    }

    /// The question that asks for a field, if the street is asked for it at all.
    fn asking(field: &str) -> Option<Self> {
        let asks = |one: &Self| one.fields().iter().any(|name| name.word() == field);
        Self::ALL.into_iter().find(asks)
    }

    fn next(self) -> Self {
        Self::ALL.into_iter().find(|one| *one > self).unwrap_or(self)
    }

    fn back(self) -> Self {
        Self::ALL.into_iter().rfind(|one| *one < self).unwrap_or(self)
    }
}

#[derive(Template)]
#[template(path = "portal/write.html")]
struct Write {
    p: Page,
    back: Back,
    step: Question,
    carried: Vec<(String, String)>,
    leaders: Vec<(String, String)>,
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

    /// To whom it goes: a leader, or the office.
    fn to(&self) -> String {
        let chosen = self.back.v("mailbox");
        let leader = self.leaders.iter().find(|(leader, _)| *leader == chosen);
        leader.map_or_else(|| self.p.office.clone(), |(_, titled)| titled.clone())
    }

    /// Whom it accuses, as it was chosen and written.
    fn accused(&self) -> String {
        let unit = self.back.v("accused_unit");
        let unit = self.units.iter().find(|(id, _)| *id == unit);
        let unit = unit.map(|(_, name)| name.trim_matches('　')).unwrap_or_default();
        format!("{unit} {}", self.back.v("accused_name")).trim().to_owned()
    }

    /// What was answered, question by question, for the last look.
    fn answered(&self) -> Vec<(Question, &'static str, String)> {
        let one = |name: &str| self.back.v(name);
        let mut rows = vec![
            (Question::What, "field-addressee", self.to()),
            (Question::What, "field-track", self.p.word("track", &one("track"))),
            (Question::What, "field-accused", self.accused()),
            (Question::What, "field-text", one("text")),
            (Question::Where, "field-place", self.place.clone()),
        ];
        let given = |demand: &String| !demand.trim().is_empty();
        let demands: Vec<String> = self.demands().into_iter().filter(given).collect();
        rows.push((Question::Ask, "field-demand", demands.join("\n")));
        let files: Vec<String> = self.back.kept.iter().map(|(_, name)| name.clone()).collect();
        rows.push((Question::What, "field-files", files.join("\n")));
        for (name, key) in
            [("name", "field-name"), ("phone", "field-phone"), ("address", "field-address")]
        {
            rows.push((Question::Reach, key, one(name)));
        }
        let language = self.p.word("language", &one("language"));
        rows.push((Question::Reach, "field-language", language));
        let publishable = if one("publishable").is_empty() { "no" } else { "yes" };
        rows.push((Question::Reach, "field-publishable", self.p.t(publishable)));
        rows
    }
}

fn write_page(
    house: &House,
    lang: Lang,
    posted: &Posted,
    step: Question,
    problem: Option<&Problem>,
) -> Response {
    let mut back = Back::of(house, lang, posted, problem);
    back.fill(Name::Language, "zh");
    back.fill(Name::Track, Track::Redress.word());
    let directory = house.directory();
    // What other questions were answered with travels along, hidden; kept files have fields of
    // their own.
    let carried = posted
        .answers
        .values
        .iter()
        .filter(|(name, _)| Question::asking(name).is_some_and(|asked| asked != step))
        .flat_map(|(name, values)| values.iter().map(move |value| (name.clone(), value.clone())))
        .chain(if step.fields().contains(&Name::Files) {
            Vec::new()
        } else {
            back.kept.iter().map(|(field, _)| ("kept".to_owned(), field.clone())).collect()
        })
        .collect();
    let status = back.status;
    let page = Write {
        p: Page::public(house, lang).offering(Langs::Form("letter")),
        step,
        carried,
        leaders: mailboxes(&directory),
        units: all_units(&directory),
        places: places(&directory).into_iter().filter(|(code, _)| code.len() > 6).collect(),
        languages: draft::LANGUAGES
            .map(|tag| (tag.to_owned(), lang.word("language", tag)))
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

/// The first question; `mailbox` names the leader to whom it goes.
pub async fn page(
    State(house): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<PortalAsked>,
) -> Response {
    let lang = lang_of(&headers);
    let made = blocking(&house, move |house| {
        let mut posted = Posted::default();
        if !ask.mailbox.is_empty() {
            posted.answers.values.insert("mailbox".to_owned(), vec![ask.mailbox]);
        }
        Ok(write_page(house, lang, &posted, Question::What, None))
    });
    made.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
}

/// The answers that the street may give; what only the office may say is not among them.
fn answers(posted: &Posted) -> Answers {
    let mut answers = posted.answers.clone();
    answers.values.retain(|name, _| Question::asking(name).is_some());
    let channel = if posted.of(Name::Mailbox).is_empty() { "online" } else { "mailbox" };
    answers.values.insert("channel".to_owned(), vec![channel.to_owned()]);
    answers
}

/// What is wrong with the answers to one question.
fn wrong_here(house: &House, posted: &Posted, step: Question) -> Vec<FieldError> {
    let mut errors = posted.errors.clone();
    if let Err(Problem::Invalid(wrong)) = draft::read(house, &answers(posted)) {
        errors.extend(wrong);
    }
    errors.retain(|error| Question::asking(&error.field).unwrap_or(Question::What) == step);
    errors
}

enum Next {
    Page(Box<Response>),
    Receipt(Box<crate::intake::Receipt>),
}

fn advance(house: &Shared, lang: Lang, posted: &Posted, from: Address) -> Result<Next, Problem> {
    let (at, go) = (Question::of(&posted.text("at")), posted.text("go"));
    let show = |step: Question, problem: Option<&Problem>| {
        let mut shown = posted.clone();
        // The errors of a file stand where files are chosen, and only there.
        shown.errors.clear();
        Next::Page(Box::new(write_page(house, lang, &shown, step, problem)))
    };
    // A file that is gone meanwhile is asked for again, on whichever page that is found out.
    let gone: Vec<FieldError> =
        posted.errors.iter().filter(|error| error.wrong == Wrong::FileGone).cloned().collect();
    if !gone.is_empty() {
        return Ok(show(Question::What, Some(&Problem::Invalid(gone))));
    }
    match go.as_str() {
        "next" => {
            let wrong = wrong_here(house, posted, at);
            if wrong.is_empty() {
                return Ok(show(at.next(), None));
            }
            Ok(show(at, Some(&Problem::Invalid(wrong))))
        }
        "back" => Ok(show(at.back(), None)),
        "send" => {
            let first = Question::ALL.into_iter().find_map(|step| {
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
        step => Ok(show(Question::of(step), None)),
    }
}

/// The form with its files kept, where it asks for files.
async fn files(house: &Shared, from: Address, request: Request) -> Result<Posted, Problem> {
    let received = receive(house, request, Room::Files).await?;
    let asked = Question::of(&received.posted.text("at")).fields();
    keep_from(house, from, received, asked.contains(&Name::Files)).await
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
            let step = Question::of(&posted.text("at"));
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
                Ok(write_page(house, lang, &kept, Question::Review, Some(&problem)))
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
