//! What all pages share (页面公共部分): language, who is signed in, words, clocks, errors.

use crate::house::House;
use crate::locale::{Lang, key};
use crate::period::LawBook;
use crate::problem::{FieldError, Problem};
use crate::web::Shared;
use crate::web::session::Desk;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use casework::calendar::days_between;
use casework::deadline::{self, Distance};
use casework::duty::quota::{Fulfilment, Shortfall};
use casework::refusal::Refusal;
use casework::role::{Act, Thing, allow};
use jiff::civil::Date;
use std::borrow::Borrow;
use std::sync::OnceLock;

/// What every template can ask for.
pub struct Page {
    /// Language.
    pub lang: Lang,
    /// The office's name.
    pub office: String,
    /// Who is signed in.
    pub desk: Option<Desk>,
    /// The rail's current item.
    pub here: &'static str,
    /// How the language can be changed without losing what is on the page.
    pub langs: Langs,
    /// A demonstration's clock, shown as a banner.
    pub demonstration: Option<String>,
    /// The periods of law that texts may name, since a template can't know which one does; put into words when the
    /// first text names one.
    periods: OnceLock<Vec<(&'static str, String)>>,
    law: LawBook,
    today: Date,
    calendar: std::sync::Arc<casework::calendar::Calendar>,
}

/// How a page offers the other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Langs {
    /// By links.
    Links,
    /// By buttons that send the form of this id, with all that was typed.
    Form(&'static str),
    /// Not at all: what the page shows would not come again.
    Nowhere,
}

impl Langs {
    /// The form whose buttons they are.
    pub fn form(&self) -> Option<&'static str> {
        match self {
            Self::Form(id) => Some(id),
            Self::Links | Self::Nowhere => None,
        }
    }
}

/// An item of the rail: address, locale key, and the acts of which it needs one, if any.
const RAIL: [(&str, &str, &[Act]); 18] = [
    ("/desk", "nav-desk", &[Act::ViewMatter]),
    ("/register", "nav-register", &[Act::Register]),
    ("/matters", "nav-matters", &[Act::ViewMatter]),
    ("/enquiry", "nav-enquiry", &[Act::Enquire]),
    // Whoever may have promised something; leaders and heads of units have days and quotas besides.
    ("/leader", "nav-leader", &[Act::ReportDuty]),
    ("/duty", "nav-duty", &[Act::ViewDuty]),
    ("/board", "nav-board", &[Act::ViewDuty]),
    ("/report", "nav-report", &[Act::ViewReport]),
    ("/import", "nav-import", &[Act::Import]),
    ("/organisation", "nav-organisation", &[Act::ViewMatter, Act::ManageAccounts, Act::GrantRoles]),
    ("/accounts", "nav-accounts", &[Act::ManageAccounts, Act::GrantRoles]),
    ("/colleagues", "nav-colleagues", &[Act::KeepAbsence]),
    ("/mailboxes", "nav-mailboxes", &[Act::KeepMailbox]),
    ("/calendar", "nav-calendar", &[]),
    ("/categories", "nav-categories", &[]),
    ("/journal", "nav-journal", &[Act::ReadJournal]),
    ("/jobs", "nav-jobs", &[Act::ManageAccounts]),
    ("/seals", "nav-seals", &[Act::Unseal]),
];

/// A clock as words and a shape.
pub struct ClockWords {
    /// CSS class: empty, `soon` or `over`.
    pub class: &'static str,
    /// The words.
    pub words: String,
}

impl Page {
    /// A page for somebody who is signed in.
    pub fn desk(house: &House, desk: Desk, here: &'static str) -> Self {
        Self { here, desk: Some(desk.clone()), ..Self::public(house, desk.lang) }
    }

    /// A page for anybody.
    pub fn public(house: &House, lang: Lang) -> Self {
        let moment = house.moment();
        let demonstration =
            house.demonstration.then(|| lang.tx("demonstration", &[("on", lang.date(moment.on))]));
        Self {
            lang,
            office: house.setup.name.clone(),
            desk: None,
            here: "",
            langs: Langs::Links,
            demonstration,
            periods: OnceLock::new(),
            law: LawBook { statutes: house.statutes.clone(), place: house.setup.place.clone() },
            today: moment.on,
            calendar: house.calendar(),
        }
    }

    /// This page, offering the other languages in another way.
    #[must_use]
    pub fn offering(self, langs: Langs) -> Self {
        Self { langs, ..self }
    }

    /// A text.
    pub fn t(&self, key: &str) -> String {
        self.lang.plain(key).unwrap_or_else(|| {
            let periods = self.periods.get_or_init(|| self.law.periods(self.lang, self.today));
            self.lang.tx(key, periods)
        })
    }

    /// A text with one argument.
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.lang.tx(key, &[(name, value.to_string())])
    }

    /// How many visits a leader is short of, at the first month's end at which it is so; the shape says
    /// whether that day lies behind.
    pub fn short(&self, standing: &Fulfilment) -> Option<ClockWords> {
        let Shortfall { count, on } = standing.short?;
        let class = if self.past(on) { "over" } else { "soon" };
        let args = [("count", count.to_string()), ("on", self.date(on))];
        Some(ClockWords { class, words: self.lang.tx("board-short", &args) })
    }

    /// The text of a word of the rules: `step` and `accepted`.
    pub fn word(&self, prefix: &str, word: &str) -> String {
        self.t(&key(prefix, word))
    }

    /// A date.
    pub fn date(&self, on: impl Borrow<Date>) -> String {
        self.lang.date(*on.borrow())
    }

    /// An article of a text, as the reader's language counts it.
    pub fn article(&self, words: &str) -> String {
        self.lang.article(words)
    }

    /// Whether a date lies behind.
    pub fn past(&self, on: impl Borrow<Date>) -> bool {
        *on.borrow() < self.today
    }

    /// A field's name as the reader knows it.
    pub fn field(&self, name: &str) -> String {
        field_name(self.lang, name)
    }

    /// A due date as a clock.
    pub fn clock(&self, due: impl Borrow<Date>) -> ClockWords {
        let (class, key, count) =
            match deadline::distance(self.today, *due.borrow(), &self.calendar) {
                Distance::Over(days) => ("over", "clock-over", days),
                Distance::Today => ("soon", "clock-today", 0),
                // Only days off are left: the next working day is too late.
                Distance::Soon(0) => {
                    ("soon", "clock-left", days_between(self.today, *due.borrow()))
                }
                Distance::Soon(days) => ("soon", "clock-soon", i64::from(days)),
                Distance::Left(days) => ("", "clock-left", days),
            };
        ClockWords { class, words: self.t1(key, "days", count) }
    }

    /// The rail: address, text, whether it is here.
    pub fn rail(&self) -> Vec<(&'static str, String, bool)> {
        let Some(desk) = &self.desk else { return Vec::new() };
        let may = |act: &Act| allow(&desk.actor, *act, Thing::Office).is_ok();
        RAIL.iter()
            .filter(|(_, _, acts)| acts.is_empty() || acts.iter().any(may))
            .map(|(at, key, _)| (*at, self.t(key), *at == self.here))
            .collect()
    }

    /// The token that every form of this session carries.
    pub fn csrf(&self) -> &str {
        self.desk.as_ref().map_or("", |desk| desk.csrf.as_str())
    }

    /// Whether the signed-in person may do the act at all.
    pub fn may(&self, act: impl Borrow<Act>) -> bool {
        self.desk
            .as_ref()
            .is_some_and(|desk| allow(&desk.actor, *act.borrow(), Thing::Office).is_ok())
    }

    /// What is wrong with a field, if anything.
    pub fn say(&self, errors: &[FieldError], field: &str) -> Option<String> {
        errors.iter().find(|error| error.field == field).map(|error| self.t(error.wrong.word()))
    }
}

/// Renders a template.
pub fn render(template: &impl Template) -> Response {
    with_status(StatusCode::OK, template)
}

/// Renders a template with a status.
pub fn with_status(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "page/problem.html")]
struct ProblemPage {
    p: Page,
    title: String,
    text: String,
    rule: Option<String>,
}

/// The page that says what happened, what was kept and what to do next.
pub fn problem_page(house: &House, lang: Lang, problem: &Problem) -> Response {
    if let Problem::Store(error) = problem {
        tracing::error!(%error, "the store failed");
    }
    let page = ProblemPage {
        p: Page::public(house, lang),
        title: lang.t("problem-title"),
        text: text(lang, problem),
        rule: Some(cited(house, lang, problem)).filter(|words| !words.is_empty()),
    };
    let status =
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    with_status(status, &page)
}

/// What a refusal says beside its words: its numbers and dates.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "few refusals carry something; a text that asks for more shows it, which a test reads"
)]
fn args(lang: Lang, refusal: &Refusal) -> Vec<(&'static str, String)> {
    match refusal {
        Refusal::PeriodElapsed { until, .. } => vec![("until", lang.date(*until))],
        Refusal::ExtensionTooLong { most_days, .. } => vec![("most", most_days.to_string())],
        Refusal::TooManyRepresentatives { most, .. } | Refusal::TooManyAgents { most, .. } => {
            vec![("most", most.to_string())]
        }
        Refusal::MinutesUnsigned(ordinal) | Refusal::ObjectionUnanswered(ordinal) => {
            vec![("ordinal", ordinal.to_string())]
        }
        Refusal::SignaturesMissing(people) => vec![("people", people.to_string())],
        Refusal::ReceivedAfterRegistered(on) => vec![("on", lang.date(*on))],
        Refusal::NoticeStillUp(until) => vec![("until", lang.date(*until))],
        Refusal::MayThinkAgain(until) => vec![("until", lang.date(*until))],
        Refusal::DateTooEarly(earliest) => vec![("earliest", lang.date(*earliest))],
        Refusal::NotHeard(petition) => vec![("petition", petition.0.clone())],
        Refusal::DemandUnanswered(open) => {
            let list: Vec<String> = open.iter().map(u32::to_string).collect();
            vec![("demands", list.join(&lang.t("list-separator")))]
        }
        Refusal::NoSuchDemand(demand) => vec![("demand", demand.to_string())],
        Refusal::UnknownGround(ground) => vec![("ground", ground.word().to_owned())],
        _ => Vec::new(),
    }
}

/// A problem in words, with its numbers and dates.
pub fn text(lang: Lang, problem: &Problem) -> String {
    if let Problem::Refused(refusal) = problem {
        return lang.tx(&problem.word(), &args(lang, refusal));
    }
    let said = lang.t(&problem.word());
    let Problem::Invalid(fields) = problem else { return said };
    let each = fields.iter().map(|error| {
        let wrong = lang.t(error.wrong.word());
        // What came as a whole is wrong as a whole.
        if error.field.is_empty() {
            return wrong;
        }
        let field = field_name(lang, &error.field);
        lang.tx("field-is-wrong", &[("field", field), ("wrong", wrong)])
    });
    std::iter::once(said).chain(each).collect::<Vec<_>>().join("\n")
}

/// A field's name as the reader knows it; one that no form has is named as it was sent.
pub fn field_name(lang: Lang, field: &str) -> String {
    let key = format!("field-{field}").replace(['_', '.'], "-");
    if lang.has(&key) { lang.t(&key) } else { field.to_owned() }
}

/// Fields as the query of an address.
pub fn query(fields: &[(&str, &String)]) -> String {
    fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Text in an address.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The article a problem rests on, in words; empty when none does.
pub fn cited(house: &House, lang: Lang, problem: &Problem) -> String {
    let rule = problem.rule().and_then(|rule| house.cite(&rule));
    rule.map(|citation| lang.cited(&citation)).unwrap_or_default()
}

/// For an address that is not one.
pub async fn not_found(State(house): State<Shared>, headers: HeaderMap) -> Response {
    problem_page(&house, lang_of(&headers), &Problem::NotFound)
}

/// For an address that only takes a form: whoever reloads there after something was sent finds no page.
pub async fn only_sent(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let page = problem_page(&house, lang_of(&headers), &Problem::NotFound);
    (StatusCode::METHOD_NOT_ALLOWED, page).into_response()
}

/// The cookie that keeps a chosen language.
pub fn lang_cookie(house: &House, lang: Lang) -> String {
    let secure = super::session::secure(house);
    format!("lang={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}", lang.tag())
}

/// The reader's language: what they chose, or what their browser asks for.
pub fn lang_of(headers: &HeaderMap) -> Lang {
    if let Some(lang) = cookie(headers, "lang").and_then(|tag| Lang::parse(&tag)) {
        return lang;
    }
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    // The first language of the list that the pages have, in the order in which the browser gives them.
    let mut tags = asked.unwrap_or_default().split(',');
    tags.find_map(|tag| Lang::asked(tag.split(';').next().unwrap_or_default().trim()))
        .unwrap_or_default()
}

/// The address under which the reader reached us, for links that leave the screen on paper. Outside
/// of the demonstration the office stands behind TLS.
pub fn base(house: &House, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sound = host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
    match (sound && !host.is_empty(), house.demonstration) {
        (true, true) => format!("http://{host}"),
        (true, false) => format!("https://{host}"),
        (false, _) => String::new(),
    }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}
