//! Looking up where a petition stands (查进度): by its number and query code, for whoever has both; and
//! what its petitioner may do from there.

use super::PortalAsked;
use super::coming::coming;
use super::trace::trace;
use crate::act::Name;
use crate::by::By;
use crate::house::House;
use crate::locale::Lang;
use crate::problem::Problem;
use crate::web::door::Address;
use crate::web::form::{Back, Posted, read};
use crate::web::look_up::{FoundPetition, look_up};
use crate::web::matter::{ClockLine, clocks};
use crate::web::page::{Langs, Page, lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::matter::rating::Content;
use casework::matter::{ConclusionGround, Matter, Step};
use casework::petition::Petition;
use casework::statute::ClockKind;
use papers::agenda::Entry;

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
    Query(ask): Query<PortalAsked>,
) -> Response {
    render(&LookUp { p: Page::public(&house, lang_of(&headers)), number: ask.number, wrong: None })
}

#[derive(Template)]
#[template(path = "portal/status.html")]
pub(super) struct StatusPage {
    p: Page,
    m: Matter,
    petition: Petition,
    code: String,
    holder: String,
    /// Who there has it in hand; not where somebody is accused.
    in_charge: Option<String>,
    phone: String,
    next: Option<ClockLine>,
    review: Option<ClockLine>,
    steps: Vec<(String, String, &'static str)>,
    back: Back,
    /// What every other form of the page holds.
    empty: Back,
    form: &'static str,
    /// The beginning of the forms' keys, so that a form sent twice does once.
    once: String,
    done: &'static str,
    organs: Vec<(String, String)>,
    may_rate: bool,
    may_withdraw: bool,
    may_resume: bool,
    contents: [Content; 3],
}

impl StatusPage {
    /// What came back of the form of an act; nothing of the others.
    fn of_form(&self, act: &str) -> &Back {
        if self.form == act { &self.back } else { &self.empty }
    }

    /// Where it stands: who came after the answer is told for themselves.
    fn heading(&self) -> String {
        if self.m.untold().any(|one| one.number == self.petition.number) {
            return self.p.t("status-untold");
        }
        self.p.word("status", self.m.step.kind().word())
    }

    /// What is said where it ended without an answer: the locale key, by its ground.
    fn ended(&self) -> Option<&'static str> {
        let Step::Concluded(conclusion) = &self.m.step else { return None };
        Some(match conclusion.ground {
            ConclusionGround::Told(_)
            | ConclusionGround::Declined(_)
            | ConclusionGround::Routed(_) => "concluded-on-ground",
            ConclusionGround::Filed => "concluded-filed",
            ConclusionGround::HandedOver(_) => "concluded-handed-over",
            ConclusionGround::Withdrawn => "concluded-withdrawn",
            ConclusionGround::Served
            | ConclusionGround::Reviewed
            | ConclusionGround::Settled
            | ConclusionGround::Merged => return None,
        })
    }
}

/// The number and code that a form carries, in their stored forms.
pub(super) fn keys(posted: &Posted) -> (String, String) {
    let number = posted.of(Name::Number).to_ascii_uppercase().chars().take(40).collect();
    (number, posted.of(Name::Code).chars().take(40).collect())
}

/// What became of a look-up that failed: the form again, or a page that says what happened.
pub(super) fn failed(house: &House, lang: Lang, number: String, problem: &Problem) -> Response {
    let key = if matches!(problem, Problem::NotFound) {
        "look-up-wrong"
    } else if matches!(problem, Problem::TooMany) {
        "look-up-too-many"
    } else {
        return problem_page(house, lang, problem);
    };
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::NOT_FOUND);
    let page = LookUp { p: Page::public(house, lang), number, wrong: Some(lang.t(key)) };
    with_status(status, &page)
}

/// Shows where a petition stands.
pub async fn post(State(house): State<Shared>, from: Address, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&posted);
    let asked = (number.clone(), code.clone());
    match blocking(&house, move |house| look_up(house, from, &asked.0, &asked.1)).await {
        Ok(found) => {
            render(&status_of(&house, lang, found, StatusGiven { code, ..StatusGiven::default() }))
        }
        Err(problem) => failed(&house, lang, number, &problem),
    }
}

/// A file of the register of evidence, for both sides.
pub async fn evidence(State(house): State<Shared>, from: Address, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let ((number, code), hash) = (keys(&posted), posted.text("file"));
    let asked = number.clone();
    let found = blocking(&house, move |house| {
        let found = look_up(house, from, &asked, &code)?;
        found.matter.not_halted()?;
        if !found.matter.opens(&hash) {
            return Ok(None);
        }
        let register = found.matter.participation.map(|part| part.evidence).unwrap_or_default();
        let mut files = register.into_iter().flat_map(|(_, one)| one.attachments);
        match files.find(|file| file.hash == hash) {
            Some(file) => Ok(Some((house.blobs.read(&file.hash)?, file))),
            None => Ok(None),
        }
    });
    match found.await {
        Err(problem) => failed(&house, lang, number, &problem),
        // The code was right; only there is no such file.
        Ok(None) => problem_page(&house, lang, &Problem::NotFound),
        Ok(Some((content, file))) => {
            let name = crate::web::page::encode(&file.name);
            let disposition = format!("attachment; filename*=UTF-8''{name}");
            let headers =
                [(header::CONTENT_TYPE, file.media), (header::CONTENT_DISPOSITION, disposition)];
            (headers, content).into_response()
        }
    }
}

/// The dates that concern the petitioner, as a calendar file (RFC 5545).
pub async fn calendar(State(house): State<Shared>, from: Address, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&posted);
    let asked = (number.clone(), code);
    match blocking(&house, move |house| look_up(house, from, &asked.0, &asked.1)).await {
        Err(problem) => failed(&house, lang, number, &problem),
        Ok(found) => {
            let status = status_of(&house, lang, found, StatusGiven::default());
            let entries: Vec<Entry> = [&status.next, &status.review]
                .into_iter()
                .flatten()
                .filter_map(|clock| {
                    let words = coming(clock.due.clock)?.calendar;
                    let words = lang.tx(words, &[("number", number.clone())]);
                    let key = format!("{number}-{}", clock.due.clock.word());
                    Some(Entry { key, on: clock.due.binding(), words })
                })
                .collect();
            let name = format!("attachment; filename=\"{number}.ics\"");
            let file = papers::agenda::calendar(house.clock.now().0, &entries);
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, file).into_response()
        }
    }
}

/// What the status page shows beside the file.
#[derive(Default)]
pub(super) struct StatusGiven {
    /// The code that its forms carry.
    pub code: String,
    /// A form that came back.
    pub back: Back,
    /// Which of the page's forms that is, by its act.
    pub form: &'static str,
    /// The locale key of what was done.
    pub done: &'static str,
}

pub(super) fn status_of(
    house: &House,
    lang: Lang,
    FoundPetition { matter, petition, entries }: FoundPetition,
    given: StatusGiven,
) -> StatusPage {
    let directory = house.directory();
    let mut all = clocks(house, &matter, &directory);
    all.retain(|clock| clock.concerns(&petition.number));
    let mut steps: Vec<(String, String, &'static str)> =
        trace(lang, &directory, &matter, &petition.number, &entries)
            .into_iter()
            .map(|(on, words)| (lang.date(on), words, ""))
            .collect();
    if let Some(last) = steps.last_mut() {
        last.2 = "now";
    }
    let (by, standing) = (By::public(house), house.standing());
    let context = house.context(by.moment, &by.actor, &standing);
    let may_rate = matter.ratable(&petition.number, &context).is_ok();
    let may_withdraw = matter.may_withdraw(&petition.number, &context);
    let may_resume = matter.may_resume(&petition.number, &context);
    let open = |clock: &ClockLine| clock.ended_on.is_none();
    let window = |clock: &&ClockLine| {
        let kind = clock.due.clock;
        matches!(kind, ClockKind::ReviewWindow | ClockKind::FinalReviewWindow) && open(clock)
    };
    // Of several who signed, whoever was served last may ask the longest.
    let review = all.iter().filter(window).max_by_key(|clock| clock.due.nominal).cloned();
    all.retain(|clock| open(clock) && clock.due.clock.owed_to_petitioner());
    let next = all.into_iter().min_by_key(|clock| clock.due.nominal);
    if let Some(next) = &next
        && let Some(coming) = coming(next.due.clock)
    {
        steps.push((
            lang.tx("trace-latest", &[("on", lang.date(next.due.nominal))]),
            lang.t(coming.trace),
            "todo",
        ));
    }
    let unit = directory.units.get(&matter.holder);
    // Whom the petitioner may ask now: nobody before an answer, nobody while it is reviewed.
    let organs = if matter.may_ask_review().is_ok() {
        let organs = matter.reviewers(&directory).into_iter();
        organs.map(|unit| (unit.id.0.clone(), unit.name.clone())).collect()
    } else {
        Vec::new()
    };
    StatusPage {
        p: Page::public(house, lang).offering(Langs::Nowhere),
        holder: directory.unit(&matter.holder).to_owned(),
        in_charge: matter
            .in_hand_of()
            .filter(|_| !matter.sealed())
            .map(|person| directory.known_as(person).to_owned()),
        phone: unit.map(|unit| unit.phone.clone()).unwrap_or_default(),
        m: matter,
        petition,
        code: given.code,
        next,
        review,
        steps,
        back: given.back,
        empty: Back::default(),
        form: given.form,
        once: house.id(),
        done: given.done,
        organs,
        may_rate,
        may_withdraw,
        may_resume,
        contents: Content::ALL,
    }
}
