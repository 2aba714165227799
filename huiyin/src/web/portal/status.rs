//! Looking up where a petition stands (查进度): by its number and query code, for whoever has both; and
//! what its petitioner may do from there.

use super::Ask;
use super::trace::trace;
use crate::act::act;
use crate::acts::Reader;
use crate::house::House;
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
use casework::matter::{Command, ConclusionGround, Entry, Matter, Step};
use casework::org::{Actor, UnitId};
use casework::petition::Petition;
use casework::rating::{self, Content, Rated};
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
    may_rate: bool,
    contents: [Content; 3],
}

impl Status {
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

const TRIES_PER_SPAN: i64 = 10;
const SPAN_MILLIS: i64 = 10 * 60 * 1000;

/// A petition with its matter and the file of it.
pub struct Found {
    /// The matter.
    pub matter: Matter,
    /// The petition that was asked for.
    pub petition: Petition,
    /// The case file.
    pub entries: Vec<Entry>,
}

/// The petition of a number, for whoever has its code. Wrong codes are counted by number, whoever
/// types them; the right one opens all the same, so that nobody can lock a petitioner out.
///
/// # Errors
/// [`Problem::NotFound`] alike for a wrong number and a wrong code; [`Problem::TooMany`] after ten.
pub fn look_up(house: &House, number: &str, code: &str) -> Result<Found, Problem> {
    let hash = match crate::intake::normal_code(code) {
        Some(code) => house.vault.blind(Blind::Query, &code)?,
        None => String::new(),
    };
    let matter = house.db.read(|tx| match store::petition::find(tx, number)? {
        Some((id, stored)) if store::petition::opens(tx, number, &stored, &hash)? => {
            let entries: Vec<Entry> =
                store::fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
            Ok(Matter::replay(id, &entries).map(|matter| (matter, entries)))
        }
        _ => Ok::<_, store::Error>(None),
    })?;
    let of_number = |matter: &Matter| {
        matter.petitions.iter().find(|petition| petition.number.0 == number).cloned()
    };
    if let Some((matter, entries)) = matter
        && let Some(petition) = of_number(&matter)
    {
        return Ok(Found { matter, petition, entries });
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

/// Rates how one's own petition was handled.
pub async fn rating(State(house): State<Shared>, request: Request) -> Response {
    on_own_petition(house, request, "rated", rate).await
}

/// Takes part in the investigation: evidence, a signature under minutes, an objection.
pub async fn take_part(State(house): State<Shared>, request: Request) -> Response {
    on_own_petition(house, request, "part-taken", participate).await
}

/// A file of the register of evidence, for both sides.
pub async fn evidence(State(house): State<Shared>, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let ((number, code), hash) = (keys(&posted), posted.text("file"));
    let asked = number.clone();
    let found = blocking(&house, move |house| {
        let found = look_up(house, &asked, &code)?;
        found.matter.not_halted()?;
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

fn rate(
    house: &Shared,
    matter: &Matter,
    petition: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    let mut reader = Reader::new(&sent.answers);
    let of_office = reader.word("of_office", Content::parse);
    let of_unit = reader.word("of_unit", Content::parse);
    let note = reader.text("note");
    reader.done()?;
    let (Some(of_office), Some(of_unit)) = (of_office, of_unit) else {
        return Err(Problem::Invalid(reader.errors));
    };
    let rated = Rated { petition: petition.number.clone(), of_office, of_unit, note };
    let command = rating::Command::Rate(rated);
    act(house, &Actor::public(house.office.clone()), matter.id, None, command.into())
}

fn participate(
    house: &Shared,
    matter: &Matter,
    _: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    use casework::participation::{Command, Countersigned, EvidenceAdded, ObjectionRaised, Side};
    if !sent.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    let mut reader = Reader::new(&sent.answers);
    let command = match reader.text("part").as_str() {
        "countersign" => {
            let (session, note) = (reader.number("session"), reader.text("note"));
            let attachments = Vec::new();
            session
                .map(|session| Command::Countersign(Countersigned { session, note, attachments }))
        }
        "raise_objection" => {
            let text = reader.need("objection_text");
            Some(Command::RaiseObjection(ObjectionRaised { side: Side::Petitioner, text }))
        }
        "add_evidence" => {
            let (item, text) = (reader.need("item"), reader.need("evidence_text"));
            let (side, attachments) = (Side::Petitioner, reader.files());
            Some(Command::AddEvidence(EvidenceAdded { side, item, text, attachments }))
        }
        _ => {
            reader.wrong("part", "wrong-choice");
            None
        }
    };
    reader.done()?;
    let Some(command) = command else { return Err(Problem::Invalid(reader.errors)) };
    act(house, &Actor::public(house.office.clone()), matter.id, None, command.into())
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
        let found = look_up(house, &asked.0, &asked.1)?;
        match work(house, &found.matter, &found.petition, &sent) {
            Ok(_) => Ok((look_up(house, &asked.0, &asked.1)?, None)),
            Err(problem) => Ok((found, Some(problem))),
        }
    });
    match done.await {
        Ok((found, None)) => {
            let given = Given { code, done: said, ..Given::default() };
            render(&status_of(&house, lang, found, given))
        }
        Ok((found, Some(problem))) => {
            let back = Back::of(&house, lang, &posted, Some(&problem));
            let status = back.status;
            let given = Given { code, back, done: "" };
            with_status(status, &status_of(&house, lang, found, given))
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
                    let kind = clock.due.clock;
                    let word = if kind.answers() { "handling" } else { clock.word };
                    let key = format!("calendar-{word}").replace('_', "-");
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

fn status_of(
    house: &House,
    lang: Lang,
    Found { matter, petition, entries }: Found,
    given: Given,
) -> Status {
    let directory = house.directory();
    let mut all = clocks(house, &matter, &directory);
    let mut steps: Vec<(String, String, &'static str)> = trace(lang, &directory, &matter, &entries)
        .into_iter()
        .map(|(on, words)| (lang.date(on), words, ""))
        .collect();
    if let Some(last) = steps.last_mut() {
        last.2 = "now";
    }
    let calendar = house.calendar();
    let public = Actor::public(house.office.clone());
    let context = house.context(&public, house.moment(), &calendar);
    let may_rate = matter.ratable(&petition.number, &context).is_ok();
    let open = |clock: &ClockLine| clock.ended_on.is_none();
    let review = all
        .iter()
        .position(|clock| {
            matches!(clock.word, "review_window" | "final_review_window") && open(clock)
        })
        .map(|at| all.remove(at));
    all.retain(|clock| open(clock) && clock.due.clock.owed_to_petitioner());
    let next = all.into_iter().min_by_key(|clock| clock.due.nominal);
    if let Some(next) = &next {
        let key = match next.word {
            "disposition" => "trace-will-dispose",
            "notice" => "trace-will-tell",
            "designation" => "trace-will-designate",
            "service" => "trace-will-serve",
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
    let may_ask = matter.reviewable()
        && matter.next_level().is_some()
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
        may_rate,
        contents: Content::ALL,
    }
}
