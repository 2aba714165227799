//! Registering at the desk (登记), with likely earlier matters beside it.

use crate::acts::{Answers, Reader};
use crate::house::House;
use crate::intake::{Draft, Receipt, join, register};
use crate::problem::{FieldError, Problem};
use crate::web::form::{Posted, keep_field, read};
use crate::web::page::{Page, problem_page, render, text, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use casework::category::Category;
use casework::intake::Claim;
use casework::matter::{Matter, MatterId};
use casework::org::Place;
use casework::petition::{Channel, PartyKind, PartyRole};
use casework::repeat::Likeness;
use casework::role::{self, Act, Thing};
use std::collections::{BTreeMap, BTreeSet};
use store::vault::{Blind, Identity};

/// An earlier matter that may be the same.
pub struct Match {
    /// The matter.
    pub matter: Matter,
    /// Its number.
    pub number: String,
    /// Reasons, as locale keys' ends.
    pub reasons: Vec<&'static str>,
    /// Similarity of the texts.
    pub likeness: u32,
    /// Who has it.
    pub holder: String,
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    p: Page,
    values: Answers,
    errors: Vec<FieldError>,
    refused: Option<(String, String)>,
    channels: [Channel; 7],
    places: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    matches: Option<Vec<Match>>,
    kept: Vec<(String, String)>,
    once: String,
}

impl RegisterPage {
    fn v(&self, name: &str) -> String {
        self.values.values.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    fn all(&self, name: &str, least: usize) -> Vec<String> {
        let mut values = self.values.values.get(name).cloned().unwrap_or_default();
        values.resize(values.len().max(least), String::new());
        values
    }

    /// The first party leads, the others join, unless something else was chosen.
    fn role_at(&self, row: &usize) -> String {
        let chosen = self.at("party_role", row);
        if !chosen.is_empty() {
            return chosen;
        }
        if *row == 0 { PartyRole::Lead } else { PartyRole::Joint }.word().to_owned()
    }

    fn at(&self, name: &str, index: &usize) -> String {
        self.values
            .values
            .get(name)
            .and_then(|values| values.get(*index))
            .cloned()
            .unwrap_or_default()
    }
}

/// Reads a draft from a form or an API request, which have the same fields.
///
/// # Errors
/// Every field that can't be used.
pub fn draft(house: &House, answers: &Answers) -> Result<Draft, Vec<FieldError>> {
    let mut reader = Reader::new(answers);
    let today = house.moment().on;
    let channel = reader.word("channel", Channel::parse);
    let headcount =
        if reader.text("headcount").is_empty() { Some(1) } else { reader.number("headcount") };
    let received_on = if reader.text("received_on").is_empty() {
        Some(today)
    } else {
        reader.need_date("received_on")
    };
    let posted_on = reader.date("posted_on");
    let text = reader.need("text");
    let demands = reader.texts("demand");
    if demands.is_empty() {
        reader.wrong("demand", "wrong-missing");
    }
    let mut title = reader.text("title");
    if title.is_empty() {
        title = demands.first().cloned().unwrap_or_default();
    }
    if title.chars().count() > 200 {
        reader.wrong("title", "wrong-too-long");
    }
    let place = place(house, &mut reader);
    let category = category(house, &mut reader);
    let parties = parties(&mut reader, answers);
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let (addressee, reference) = (given(reader.text("addressee")), given(reader.text("reference")));
    let language = given(reader.text("language")).unwrap_or_else(|| "zh".to_owned());
    match (channel, headcount, received_on, reader.errors.is_empty()) {
        (Some(channel), Some(headcount), Some(received_on), true) => Ok(Draft {
            channel,
            posted_on,
            received_on,
            headcount,
            addressee,
            reference,
            language,
            title,
            text,
            place,
            category,
            parties,
            demands,
            attachments: answers.files.clone(),
        }),
        _ => Err(reader.errors),
    }
}

fn place(house: &House, reader: &mut Reader<'_>) -> Place {
    let code = reader.text("place");
    if code.is_empty() {
        return house.setup.place.clone();
    }
    if !house.directory().places.contains_key(&code) {
        reader.wrong("place", "wrong-choice");
    }
    Place(code)
}

fn category(house: &House, reader: &mut Reader<'_>) -> Category {
    let path = reader.text("category");
    if path.is_empty() {
        return Category("其他/其他".to_owned());
    }
    let known =
        house.db.read(|tx| store::almanac::categories(tx, house.moment().on)).unwrap_or_default();
    let category = Category(path);
    if !known.contains(&category) {
        reader.wrong("category", "wrong-choice");
    }
    category
}

/// The parties: the n-th name goes with the n-th telephone and so on. A row without a name is
/// anonymous when it is the first, and nobody otherwise.
fn parties(reader: &mut Reader<'_>, answers: &Answers) -> Vec<(PartyRole, PartyKind, Identity)> {
    let column = |name: &str| answers.values.get(name).cloned().unwrap_or_default();
    let (names, phones, ids) = (column("name"), column("phone"), column("id_number"));
    let (addresses, roles, kinds) = (column("address"), column("party_role"), column("party_kind"));
    let cell = |cells: &[String], row: usize| {
        cells.get(row).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let mut parties = Vec::new();
    for row in 0..names.len().max(1) {
        let identity = Identity {
            name: cell(&names, row),
            phone: cell(&phones, row),
            id_number: cell(&ids, row),
            address: cell(&addresses, row),
        };
        if identity.name.chars().count() > 80 || identity.address.chars().count() > 400 {
            reader.wrong("name", "wrong-too-long");
        }
        if !identity.phone.is_empty() && !chinese::identity::is_phone(&identity.phone) {
            reader.wrong("phone", "wrong-phone");
        }
        let number = chinese::identity::id_number(&identity.id_number);
        if number.len() == 18
            && number.starts_with(|c: char| c.is_ascii_digit())
            && !chinese::identity::is_resident_id(&number)
        {
            reader.wrong("id_number", "wrong-id-number");
        }
        let default = if row == 0 { PartyRole::Lead } else { PartyRole::Joint };
        let role = PartyRole::parse(&cell(&roles, row)).unwrap_or(default);
        let kind = PartyKind::parse(&cell(&kinds, row)).unwrap_or(PartyKind::Person);
        match (identity.name.is_empty(), kind) {
            (false, PartyKind::Anonymous) | (true, _) if row > 0 => {}
            (true, _) => {
                // Whoever leaves a telephone wants to be reached: ask for the name.
                if !identity.phone.is_empty() {
                    reader.wrong("name", "wrong-missing");
                }
                parties.push((role, PartyKind::Anonymous, Identity::default()));
            }
            (false, _) => parties.push((role, kind, identity)),
        }
    }
    parties
}

/// Earlier matters that may be the same, each with its reasons, likeliest first.
///
/// # Errors
/// The store failed.
pub fn matches(house: &House, draft: &Draft) -> Result<Vec<Match>, Problem> {
    const LOOKED_AT: u32 = 40;
    const SHOWN: usize = 5;
    let mut wanted: Vec<(Blind, String)> = Vec::new();
    for (_, _, identity) in &draft.parties {
        wanted.extend(house.vault.digests(identity)?);
    }
    let whole = format!("{} {} {}", draft.title, draft.text, draft.demands.join(" "));
    let pairs = chinese::text::pairs(&whole);
    let directory = house.directory();
    let mut found: Vec<(u32, Match)> = house.db.read(|tx| {
        let mut alike: BTreeMap<MatterId, Likeness> = BTreeMap::new();
        for (kind, digest) in &wanted {
            for id in store::vault::find(tx, *kind, digest, LOOKED_AT)? {
                let likeness = alike.entry(id).or_default();
                match kind {
                    Blind::Name => likeness.name = true,
                    Blind::Phone => likeness.phone = true,
                    Blind::Identity => likeness.identity = true,
                    Blind::Query => {}
                }
            }
        }
        for id in store::search::alike(tx, &draft.title, LOOKED_AT)? {
            alike.entry(id).or_default();
        }
        let mut found = Vec::new();
        for (id, mut likeness) in alike {
            let Some(matter) = store::matter::find(tx, id)? else { continue };
            likeness.place = matter.place.within(&draft.place) || draft.place.within(&matter.place);
            likeness.category = matter.category.top() == draft.category.top();
            likeness.text = text_likeness(&matter, &pairs);
            let reasons: Vec<_> =
                likeness.reasons().into_iter().map(|reason| reason.word()).collect();
            if !reasons.is_empty() {
                let holder = directory.unit(&matter.holder.0).to_owned();
                let number = id.to_string();
                found.push((
                    likeness.weight(),
                    Match { matter, number, reasons, likeness: likeness.text, holder },
                ));
            }
        }
        Ok::<_, store::Error>(found)
    })?;
    found.sort_by_key(|(weight, found)| {
        (std::cmp::Reverse(*weight), std::cmp::Reverse(found.matter.id))
    });
    Ok(found.into_iter().map(|(_, found)| found).take(SHOWN).collect())
}

fn text_likeness(matter: &Matter, pairs: &BTreeSet<String>) -> u32 {
    matter
        .petitions
        .iter()
        .map(|petition| {
            let text =
                format!("{} {} {}", petition.title, petition.text, petition.demands.join(" "));
            chinese::text::likeness(&chinese::text::pairs(&text), pairs)
        })
        .max()
        .unwrap_or_default()
}

/// How each new demand relates to the matter: the most alike of its demands, or new. A matter that
/// is answered takes nothing new, so there the most alike one stands.
pub fn claims(matter: &Matter, demands: &[String]) -> Vec<Claim> {
    const SAME: u32 = 45;
    demands
        .iter()
        .map(|text| {
            let pairs = chinese::text::pairs(text);
            let best = matter
                .demands
                .iter()
                .map(|demand| {
                    (
                        chinese::text::likeness(&chinese::text::pairs(&demand.text), &pairs),
                        demand.ordinal,
                    )
                })
                .max_by_key(|(likeness, ordinal)| (*likeness, std::cmp::Reverse(*ordinal)));
            match best {
                Some((likeness, ordinal)) if likeness >= SAME => Claim::Same(ordinal),
                _ => Claim::New,
            }
        })
        .collect()
}

fn register_page(
    house: &House,
    desk: Desk,
    posted: &Posted,
    shown: (Option<Vec<Match>>, Option<&Problem>),
) -> Response {
    let (matches, problem) = shown;
    let mut errors = posted.errors.clone();
    let refused = match problem {
        Some(Problem::Invalid(fields)) => {
            errors.extend(fields.clone());
            None
        }
        Some(other) => Some((text(desk.lang, other), other.rule().unwrap_or_default())),
        None => None,
    };
    let today = house.moment().on;
    let directory = house.directory();
    let once =
        Some(posted.text("once")).filter(|once| !once.is_empty()).unwrap_or_else(|| house.id());
    let status =
        StatusCode::from_u16(problem.map_or(200, Problem::status)).unwrap_or(StatusCode::OK);
    let mut values = posted.answers.clone();
    for (name, value) in [
        ("received_on", today.to_string()),
        ("headcount", "1".to_owned()),
        ("language", "zh".to_owned()),
    ] {
        values.values.entry(name.to_owned()).or_insert_with(|| vec![value]);
    }
    let page = RegisterPage {
        values,
        errors,
        refused,
        channels: Channel::ALL,
        places: directory
            .places
            .values()
            .filter(|place| matches!(place.level.as_str(), "county" | "township" | "village"))
            .map(|place| (place.code.0.clone(), directory.place(&place.code.0)))
            .collect(),
        categories: crate::web::act::categories(house, today),
        matches,
        kept: posted
            .answers
            .files
            .iter()
            .map(|file| (keep_field(house, file), file.name.clone()))
            .collect(),
        once,
        p: Page::desk(house, desk, "/register"),
    };
    with_status(status, &page)
}

/// The empty form.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    match role::allow(&desk.actor, Act::Register, Thing::Office) {
        Ok(()) => register_page(&house, desk, &Posted::default(), (None, None)),
        Err(denial) => problem_page(&house, desk.lang, &Problem::Denied(denial)),
    }
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    p: Page,
    receipt: Receipt,
    petition: casework::petition::Petition,
    latest: Option<jiff::civil::Date>,
    qr: String,
    address: String,
}

/// The receipt, shown once: the code is stored nowhere.
pub fn receipt_page(house: &House, p: Page, receipt: Receipt, base: &str) -> Response {
    let calendar = house.calendar();
    let latest = receipt.matter.next_due(&house.statutes, &calendar).map(|(_, due)| due.nominal);
    let petition = receipt.matter.petitions.iter().find(|p| p.number.0 == receipt.number).cloned();
    let Some(petition) = petition else {
        return problem_page(house, p.lang, &Problem::NotFound);
    };
    let address = format!("{base}/status?number={}", receipt.number);
    let qr = papers::qr::svg(&address).unwrap_or_default();
    render(&ReceiptPage { p, receipt, petition, latest, qr, address })
}

/// Every look across matters by a person's identity leaves a line in the journal.
///
/// # Errors
/// The store failed.
pub fn log_look(
    house: &House,
    login: &str,
    kind: &'static str,
    subject: &str,
) -> Result<(), Problem> {
    let (now, login, subject) = (house.clock.now(), login.to_owned(), subject.to_owned());
    house.db.write(move |tx| store::journal::record(tx, now, &login, kind, (&subject, "")))?;
    Ok(())
}

enum Done {
    Receipt(Box<Receipt>),
    Suggest(Vec<Match>),
}

/// Does the work once for a form's own token: a double click or a reload registers nothing twice.
/// What was refused may be corrected and sent again.
///
/// # Errors
/// [`Problem::Conflict`] the second time; otherwise what the work says.
pub fn only_once<T>(
    house: &House,
    once: &str,
    work: impl FnOnce() -> Result<T, Problem>,
) -> Result<T, Problem> {
    if once.is_empty() {
        return work();
    }
    let bucket = format!("once:{once}");
    let key = bucket.clone();
    if house.db.write(move |tx| store::setting::attempt(tx, &key, 0))? > 1 {
        return Err(Problem::Conflict);
    }
    let result = work();
    if result.is_err() {
        house.db.write(move |tx| store::setting::forget_attempts(tx, &bucket))?;
    }
    result
}

fn take(house: &Shared, desk: &Desk, posted: &Posted) -> Result<Done, Problem> {
    if !posted.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    let draft = draft(house, &posted.answers).map_err(Problem::Invalid)?;
    let target = posted.text("join");
    if posted.text("step") == "look" {
        log_look(house, &desk.login, "looked-for-repeats", "")?;
        return Ok(Done::Suggest(matches(house, &draft)?));
    }
    if target.is_empty() || target == "new" {
        let receipt =
            only_once(house, &posted.text("once"), || register(house, &desk.actor, draft, None))?;
        return Ok(Done::Receipt(Box::new(receipt)));
    }
    let id = MatterId::parse(&target)
        .ok_or(Problem::Invalid(vec![FieldError::new("join", "wrong-choice")]))?;
    let reason = posted.text("join_reason");
    if reason.is_empty() {
        return Err(Problem::Invalid(vec![FieldError::new("join_reason", "wrong-missing")]));
    }
    let matter = house.db.read(|tx| crate::act::find(tx, &desk.actor, id))?;
    let claims = claims(&matter, &draft.demands);
    let receipt = only_once(house, &posted.text("once"), || {
        join(house, &desk.actor, id, draft, (claims, reason))
    })?;
    Ok(Done::Receipt(Box::new(receipt)))
}

/// Looks for earlier matters, registers, or joins.
pub async fn post(State(house): State<Shared>, desk: Desk, request: Request) -> Response {
    let base = crate::web::page::base(&house, request.headers());
    let posted = match read(&house, request).await.and_then(|posted| posted.check(&desk)) {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (user, sent) = (desk.clone(), posted.clone());
    match blocking(&house, move |house| take(house, &user, &sent)).await {
        Ok(Done::Receipt(receipt)) => {
            let p = Page::desk(&house, desk, "/register");
            receipt_page(&house, p, *receipt, &base)
        }
        Ok(Done::Suggest(matches)) => register_page(&house, desk, &posted, (Some(matches), None)),
        Err(problem) => {
            let matches =
                draft(&house, &posted.answers).ok().and_then(|draft| matches(&house, &draft).ok());
            register_page(&house, desk, &posted, (matches, Some(&problem)))
        }
    }
}
