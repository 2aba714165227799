//! Registering at the desk (登记), with likely earlier matters beside it.

use crate::act::Name;
use crate::by::By;
use crate::draft::{LANGUAGES, OTHER};
use crate::house::House;
use crate::intake::Joining;
use crate::intake::{Receipt, join, register};
use crate::problem::{FieldError, Problem, Wrong};
use crate::repeat::{Match, Sought, matches, read_claims};
use crate::web::field::{all_units, categories, mailboxes, people, places};
use crate::web::form::{Back, Posted, Sent, SentWithFiles};
use crate::web::page::{Page, problem_page, render, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use casework::deadline::Law;
use casework::matter::MatterId;
use casework::matter::intake::Origin;
use casework::matter::track::Track;
use casework::petition::{Channel, PartyRole, Petition, PetitionNumber};
use casework::role::{self, Act, Thing};
use store::journal::Event;

/// What the side panel shows.
#[derive(Template)]
#[template(path = "intake/likely.html")]
struct Likely {
    p: Page,
    found: Option<Vec<Match>>,
    demands: Vec<String>,
    chosen: String,
    back: Back,
}

#[derive(Template)]
#[template(path = "intake/register.html")]
struct RegisterPage {
    p: Page,
    back: Back,
    channels: [Channel; 9],
    places: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    mailboxes: Vec<(String, String)>,
    units: Vec<(String, String)>,
    people: Vec<(String, String)>,
    rows: usize,
    demands: usize,
    likely: Likely,
    once: String,
}

impl RegisterPage {
    /// The first party leads, the others join, unless something else was chosen.
    fn role_at(&self, row: &usize) -> String {
        let chosen = self.back.at("party_role", row);
        if !chosen.is_empty() {
            return chosen;
        }
        if *row == 0 { PartyRole::Lead } else { PartyRole::Joint }.word().to_owned()
    }
}

fn likely(house: &House, desk: &Desk, posted: &Posted, found: Option<Vec<Match>>) -> Likely {
    let demands = posted.answers.values.get("demand").cloned().unwrap_or_default();
    Likely {
        p: Page::desk(house, desk.clone(), "/register"),
        found,
        demands: demands.into_iter().filter(|demand| !demand.trim().is_empty()).collect(),
        chosen: posted.text("join"),
        back: Back::of(house, desk.lang, posted, None),
    }
}

fn register_page(
    house: &House,
    desk: Desk,
    posted: &Posted,
    found: Option<Vec<Match>>,
    problem: Option<&Problem>,
) -> Response {
    const MOST_ROWS: usize = 60;
    let mut back = Back::of(house, desk.lang, posted, problem);
    let today = house.moment().on;
    for (name, value) in [
        (Name::ReceivedOn, today.to_string()),
        (Name::Headcount, "1".to_owned()),
        (Name::Language, "zh".to_owned()),
        (Name::Channel, Channel::Visit.word().to_owned()),
        (Name::Track, Track::Redress.word().to_owned()),
    ] {
        back.fill(name, value);
    }
    let count = |name: &str| posted.answers.values.get(name).map_or(0, Vec::len);
    let more = |step: &str| usize::from(posted.text("step") == step);
    let once =
        Some(posted.text("once")).filter(|once| !once.is_empty()).unwrap_or_else(|| house.id());
    let status = back.status;
    let page = RegisterPage {
        channels: Channel::ALL,
        places: places(&house.directory()),
        categories: categories(house, today),
        units: all_units(&house.directory()),
        people: people(&house.directory()),
        mailboxes: mailboxes(&house.directory()),
        languages: LANGUAGES.map(|tag| (tag.to_owned(), desk.lang.word("language", tag))).to_vec(),
        rows: (count("name").max(2) + more("party")).min(MOST_ROWS),
        demands: (count("demand").max(3) + more("demand")).min(MOST_ROWS),
        likely: likely(house, &desk, posted, found),
        back,
        once,
        p: Page::desk(house, desk, "/register"),
    };
    with_status(status, &page)
}

/// The empty form.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    match role::allow(&desk.actor, Act::Register, Thing::Office) {
        Ok(()) => register_page(&house, desk, &Posted::default(), None, None),
        Err(denial) => problem_page(&house, desk.lang, &Problem::Denied(denial)),
    }
}

#[derive(Template)]
#[template(path = "intake/receipt.html")]
struct ReceiptPage {
    p: Page,
    receipt: Receipt,
    /// Nothing for whom a wall or a seal keeps from it by now; number and code are theirs all the same.
    petition: Option<Petition>,
    /// Who took it in.
    desk: String,
    /// What is done next, as a locale key.
    next: &'static str,
    latest: Option<jiff::civil::Date>,
    qr: String,
    address: String,
}

/// The receipt, shown once: the code is stored nowhere.
pub fn receipt_page(house: &House, p: Page, receipt: Receipt, base: &str) -> Response {
    let calendar = house.calendar();
    let matter = receipt.matter.as_ref();
    let (number, law) = (
        PetitionNumber(receipt.number.clone()),
        Law { statutes: &house.statutes, calendar: &calendar },
    );
    let latest = matter.and_then(|matter| matter.next_owed(&number, law));
    let latest = latest.map(|due| due.nominal);
    let later = matter.is_some_and(|matter| matter.repeat_clock(&number).is_some());
    let petitions = matter.into_iter().flat_map(|matter| &matter.petitions);
    let petition = petitions.into_iter().find(|p| p.number.0 == receipt.number).cloned();
    let by_unit = matter.is_some_and(|matter| matter.holder != matter.office);
    let next = match (later, by_unit) {
        (true, _) => "receipt-next-later",
        (false, true) => "receipt-next-unit",
        (false, false) => "receipt-next-words",
    };
    let taken_by = petition.as_ref().map(|one| house.directory().unit(&one.first_unit).to_owned());
    let desk = taken_by.unwrap_or_else(|| p.office.clone());
    let address = format!("{base}/status?number={}", receipt.number);
    let qr = papers::qr::svg(&address).unwrap_or_default();
    render(&ReceiptPage { p, receipt, petition, desk, next, latest, qr, address })
}

enum Done {
    Receipt(Box<Receipt>),
    Suggest(Vec<Match>),
    More,
}

/// The matter that a choice of the side panel names: `2025-17` to join it, `facts:2025-17` for a new
/// matter that is linked to it.
fn chosen(text: &str) -> Result<Option<(MatterId, bool)>, Problem> {
    if text.is_empty() || text == "new" {
        return Ok(None);
    }
    let (number, new_facts) = match text.strip_prefix("facts:") {
        Some(number) => (number, true),
        None => (text, false),
    };
    let id = MatterId::parse(number)
        .ok_or(Problem::Invalid(vec![FieldError::new("join", Wrong::Choice)]))?;
    Ok(Some((id, new_facts)))
}

fn take(house: &Shared, desk: &Desk, posted: &Posted) -> Result<Done, Problem> {
    role::allow(&desk.actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
    if matches!(posted.text("step").as_str(), "party" | "demand") {
        return Ok(Done::More);
    }
    if !posted.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    let draft = crate::draft::read(house, &posted.answers)?;
    if posted.text("step") == "look" {
        house.write_down(house.note(&desk.actor, Event::LookedForRepeats))?;
        return Ok(Done::Suggest(matches(house, &desk.actor, &Sought::draft(house, &draft)?)?));
    }
    let once = posted.of_act().once(&desk.actor.account.0, &posted.text("once"))?;
    let by = By::now(house, &desk.actor).under(once);
    let receipt = match chosen(&posted.text("join"))? {
        None => register(house, by, draft, None)?,
        Some((id, true)) => {
            house.db.read(|tx| crate::act::find(tx, &desk.actor, id))?;
            register(house, by, draft, Some(Origin::NewFacts(id)))?
        }
        Some((into, false)) => {
            let reason = posted.of(Name::JoinReason);
            if reason.is_empty() {
                let wrong = FieldError::new(Name::JoinReason, Wrong::Missing);
                return Err(Problem::Invalid(vec![wrong]));
            }
            let claims = read_claims(posted.claims(into))?;
            join(house, by, draft, Joining { into, claims, reason })?
        }
    };
    Ok(Done::Receipt(Box::new(receipt)))
}

/// Looks for earlier matters, adds a row, registers, or joins.
pub async fn post(
    State(house): State<Shared>,
    headers: HeaderMap,
    SentWithFiles { desk, received }: SentWithFiles,
) -> Response {
    let base = crate::web::page::base(&house, &headers);
    if let Err(denial) = role::allow(&desk.actor, Act::Register, Thing::Office) {
        return problem_page(&house, desk.lang, &Problem::Denied(denial));
    }
    let posted = match received.keep(&house).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (user, form) = (desk.clone(), posted.clone());
    match blocking(&house, move |house| take(house, &user, &form)).await {
        Ok(Done::Receipt(receipt)) => {
            let p = Page::desk(&house, desk, "/register");
            receipt_page(&house, p, *receipt, &base)
        }
        Ok(Done::Suggest(found)) => register_page(&house, desk, &posted, Some(found), None),
        Ok(Done::More) => register_page(&house, desk, &posted, None, None),
        Err(problem @ (Problem::Denied(_) | Problem::Store(_))) => {
            problem_page(&house, desk.lang, &problem)
        }
        Err(problem) => {
            let (answers, user) = (posted.answers.clone(), desk.clone());
            let found = blocking(&house, move |house| {
                let draft = crate::draft::read(house, &answers)?;
                matches(house, &user.actor, &Sought::draft(house, &draft)?)
            });
            register_page(&house, desk, &posted, found.await.ok(), Some(&problem))
        }
    }
}

/// The side panel for what has been typed so far, for the script that renews it while the clerk
/// types.
pub async fn panel(State(house): State<Shared>, Sent { desk, posted }: Sent) -> Response {
    let (user, form) = (desk.clone(), posted.clone());
    let found = blocking(&house, move |house| {
        role::allow(&user.actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
        let mut answers = form.answers.clone();
        // Half a form is enough to look: what is missing is taken from what is there.
        let words = [form.of(Name::Title), form.of(Name::Text), form.of(Name::Demand)];
        let seed = words.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let named = !form.of(Name::Name).is_empty() || !form.of(Name::Phone).is_empty();
        if seed.is_empty() && !named {
            return Ok(None);
        }
        for name in [Name::Text, Name::Demand] {
            if form.of(name).is_empty() {
                let filler = if seed.is_empty() { OTHER } else { &seed };
                answers.values.insert(name.into(), vec![filler.to_owned()]);
            }
        }
        let Ok(draft) = crate::draft::read(house, &answers) else { return Ok(None) };
        house.write_down(house.note(&user.actor, Event::LookedForRepeats))?;
        Ok(Some(matches(house, &user.actor, &Sought::draft(house, &draft)?)?))
    });
    match found.await {
        Ok(found) => render(&likely(&house, &desk, &posted, found)),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}
