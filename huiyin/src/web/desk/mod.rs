//! The desk's lists (工作台): my queue, all matters, search.

use crate::house::House;
use crate::locale::Lang;
use crate::problem::Problem;
use crate::web::ask;
use crate::web::page::{Page, encode, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use casework::directory::Directory;
use casework::matter::queue::Bucket;
use casework::matter::{MatterId, StepKind};
use casework::org::{Actor, Role};
use casework::petition::Channel;
use casework::role::{self, Act, Reach, Thing};
use serde::Deserialize;
use std::sync::Arc;
use store::journal::Event;
use store::matter::{Listing, MatterRow, NEVER};
use store::vault::Blind;
use store::wall::{Sight, sight};

/// A row of a list, in words.
pub struct Row {
    /// Number.
    pub number: String,
    /// The row.
    pub matter: MatterRow,
    /// Who has it.
    pub holder: String,
    /// Where.
    pub place: String,
}

/// What a list's address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Bucket of the queue.
    pub bucket: String,
    /// Step.
    pub step: String,
    /// Holder.
    pub holder: String,
    /// Place.
    pub place: String,
    /// Category.
    pub category: String,
    /// Words.
    pub q: String,
    /// `over` or `soon`: by the next due date.
    pub due: String,
    /// How the first petition came.
    pub channel: String,
    /// Registered from this day on.
    pub from: String,
    /// Registered until this day.
    pub until: String,
    /// Cursor.
    pub after: String,
}

impl Ask {
    /// The filters by name; what decides the page is not among them.
    fn filters(&self) -> [(&'static str, &String); 9] {
        [
            ("step", &self.step),
            ("holder", &self.holder),
            ("place", &self.place),
            ("category", &self.category),
            ("q", &self.q),
            ("due", &self.due),
            ("channel", &self.channel),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }
}

/// A bucket of the queue.
pub struct Waiting {
    bucket: Bucket,
    count: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct Queue {
    p: Page,
    buckets: Vec<Waiting>,
    rows: Vec<Row>,
    next: Option<String>,
    bucket: Bucket,
}

/// A count in words; past what is counted it says "at least".
fn counted(count: i64) -> String {
    match count {
        store::matter::COUNTED.. => format!("{}+", store::matter::COUNTED - 1),
        exact => exact.to_string(),
    }
}

const PAGE: u32 = 25;

/// What waits for whom: the office's people see what the office holds and what runs late anywhere;
/// a unit's people see what their unit holds.
pub fn bucket(house: &House, actor: &Actor, bucket: Bucket) -> Listing {
    let today = house.moment().on;
    let mut listing = Listing { by_due: true, limit: PAGE, ..Listing::of(role::scope(actor)) };
    listing.open = true;
    let office = actor.unit == house.office;
    if !office && listing.scope.reach != Reach::All {
        listing.holder = Some(actor.unit.0.clone());
    }
    let calendar = house.calendar();
    let in_three = casework::calendar::tomorrow(calendar.plus_working_days(today, 3));
    match bucket {
        Bucket::All => {}
        Bucket::Over => listing.due_before = Some(today),
        Bucket::Soon => {
            listing.due_from = Some(today);
            listing.due_before = Some(in_three);
        }
        Bucket::Register => listing.steps = vec![StepKind::Registered],
        Bucket::Accept => listing.steps = vec![StepKind::Referred],
        Bucket::Objected => listing.steps = vec![StepKind::Objected, StepKind::Disputed],
        Bucket::Head => listing.waits_for_head = true,
        Bucket::Remind => listing.reminded = Some(actor.unit.0.clone()),
        // What is owed to somebody else's matter, and after its end.
        Bucket::Owed => {
            listing.owed_by = Some(actor.unit.0.clone());
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Urgent => listing.urgent = true,
        Bucket::Supervised => {
            listing.supervised = true;
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Propose => {
            listing.proposed = true;
            listing.open = false;
        }
    }
    listing
}

/// A cursor as an address carries it: the due date and the number of the last row.
pub fn cursor(text: &str) -> Option<(String, i64)> {
    let (due, id) = text.split_once('.')?;
    Some((due.to_owned(), id.parse().ok()?))
}

/// The cursor after these rows, if there may be more.
pub fn next(rows: &[MatterRow], limit: u32) -> Option<String> {
    let full = u32::try_from(rows.len()).unwrap_or(u32::MAX) == limit;
    let last = rows.last().filter(|_| full)?;
    let due = last.due_on.map_or_else(|| NEVER.to_owned(), |due| due.to_string());
    Some(format!("{due}.{}", last.id.0))
}

/// Rows in words.
pub fn in_words(directory: &Arc<Directory>, rows: Vec<MatterRow>) -> Vec<Row> {
    rows.into_iter()
        .map(|matter| Row {
            number: matter.id.to_string(),
            holder: directory.unit(&matter.holder).to_owned(),
            place: directory.place(&matter.place),
            matter,
        })
        .collect()
}

/// My queue.
pub async fn queue(State(house): State<Shared>, desk: Desk, Query(ask): Query<Ask>) -> Response {
    // Administrators have no cases; their first page is their work.
    let home = [
        (Role::SystemAdministrator, "/organisation"),
        (Role::SecurityAdministrator, "/accounts"),
        (Role::AuditAdministrator, "/journal"),
    ];
    if let Some((_, at)) = home.into_iter().find(|(role, _)| desk.actor.is(*role)) {
        return Redirect::to(at).into_response();
    }
    let user = desk.clone();
    let shown = Bucket::parse(&ask.bucket).unwrap_or(Bucket::All);
    let after = cursor(&ask.after);
    let found = blocking(&house, move |house| {
        let listings = Bucket::ALL.map(|one| (one, bucket(house, &user.actor, one)));
        let wanted = Listing { after, ..bucket(house, &user.actor, shown) };
        Ok(house.db.read(|tx| {
            let mut counts = Vec::new();
            for (one, listing) in &listings {
                counts.push((*one, store::matter::count(tx, listing)?));
            }
            Ok::<_, store::Error>((counts, store::matter::list(tx, &wanted)?))
        })?)
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((counts, rows)) => render(&Queue {
            buckets: counts
                .into_iter()
                .map(|(bucket, count)| Waiting {
                    bucket,
                    count: counted(count),
                    here: bucket == shown,
                })
                .collect(),
            next: next(&rows, PAGE),
            rows: in_words(&house.directory(), rows),
            bucket: shown,
            p: Page::desk(&house, desk, "/desk"),
        }),
    }
}

#[derive(Template)]
#[template(path = "desk/matters.html")]
struct Matters {
    p: Page,
    ask: Ask,
    steps: [&'static str; 13],
    units: Vec<(String, String)>,
    places: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    channels: [Channel; 7],
    rows: Vec<Row>,
    next: Option<String>,
    found: Option<String>,
    query: String,
}

/// A list's restrictions from its address.
///
/// # Errors
/// [`Problem::Invalid`] for what can't be read.
pub fn listing(house: &House, actor: &Actor, ask: &Ask) -> Result<Listing, Problem> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut query = ask::Query::default();
    let mut listing = Listing { limit: 50, ..Listing::of(role::scope(actor)) };
    listing.steps = query.choice("step", &ask.step, StepKind::parse).into_iter().collect();
    listing.holder = given(&ask.holder);
    listing.place = given(&ask.place).map(|code| casework::org::Place(code).stem().to_owned());
    listing.category = given(&ask.category);
    listing.words = given(&ask.q);
    listing.channel = query.choice("channel", &ask.channel, Channel::parse);
    listing.registered_from = query.date("from", &ask.from);
    listing.registered_until = query.date("until", &ask.until);
    let today = house.moment().on;
    let due = |text: &str| ["over", "soon"].into_iter().find(|due| *due == text);
    match query.choice("due", &ask.due, due) {
        Some("over") => listing.due_before = Some(today),
        Some(_) => {
            let third = house.calendar().plus_working_days(today, 3);
            listing.due_from = Some(today);
            listing.due_before = Some(casework::calendar::tomorrow(third));
        }
        None => {}
    }
    listing.after = query.choice("after", &ask.after, cursor);
    query.done(listing)
}

/// All matters the reader may see, filtered.
pub async fn list(State(house): State<Shared>, desk: Desk, Query(ask): Query<Ask>) -> Response {
    show(house, desk, ask, "/matters", None).await
}

async fn show(
    house: Shared,
    desk: Desk,
    ask: Ask,
    here: &'static str,
    ids: Option<Vec<MatterId>>,
) -> Response {
    let mut wanted = match listing(&house, &desk.actor, &ask) {
        Ok(wanted) => wanted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    if ids.is_some() {
        wanted.words = None;
        wanted.ids = ids;
    }
    let found = blocking(&house, move |house| {
        Ok(house.db.read(|tx| {
            let rows = store::matter::list(tx, &wanted)?;
            let total = Listing { after: None, ..wanted };
            Ok::<_, store::Error>((store::matter::count(tx, &total)?, rows))
        })?)
    });
    let directory = house.directory();
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((count, rows)) => render(&Matters {
            steps: StepKind::WORDS,
            units: directory
                .units
                .values()
                .map(|unit| (unit.id.0.clone(), unit.name.clone()))
                .collect(),
            places: directory
                .places
                .keys()
                .map(|code| (code.0.clone(), directory.place(code)))
                .collect(),
            categories: crate::web::field::categories(&house, house.moment().on),
            channels: Channel::ALL,
            next: next(&rows, 50),
            rows: in_words(&directory, rows),
            found: Some(counted(count)),
            query: query(&ask),
            ask,
            p: Page::desk(&house, desk, here),
        }),
    }
}

/// The address's filters again, for the links to the next page and to the spreadsheet.
fn query(ask: &Ask) -> String {
    ask.filters()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}&", encode(value)))
        .collect()
}

/// Most rows of one spreadsheet.
const MOST_EXPORTED: u32 = 10_000;

/// What the list shows, as a spreadsheet: names stay masked, and the export stands in the journal.
pub async fn export(State(house): State<Shared>, desk: Desk, Query(ask): Query<Ask>) -> Response {
    if role::allow(&desk.actor, Act::ViewMatter, Thing::Office).is_err() {
        return problem_page(&house, desk.lang, &Problem::NotFound);
    }
    let lang = desk.lang;
    let made = blocking(&house, move |house| {
        let found = match ask.q.trim() {
            "" => None,
            typed => by_identity(house, &desk.actor, typed)?,
        };
        let mut wanted = Listing { limit: MOST_EXPORTED, ..listing(house, &desk.actor, &ask)? };
        if found.is_some() {
            (wanted.words, wanted.ids) = (None, found);
        }
        let rows = house.db.read(|tx| store::matter::list(tx, &wanted))?;
        let note = house.note(&desk.actor, Event::ListExported);
        house.write_down(note.saying(rows.len().to_string()))?;
        let file = sheet(lang, in_words(&house.directory(), rows));
        file.map_err(|error| store::Error::Engine(error.to_string()).into())
    });
    match made.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok(file) => {
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let name = "attachment; filename=\"matters.xlsx\"";
            ([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, name)], file)
                .into_response()
        }
    }
}

fn sheet(lang: Lang, rows: Vec<Row>) -> Result<Vec<u8>, papers::sheet::Unwritable> {
    let headings = [
        "col-number",
        "col-matter",
        "field-channel",
        "field-headcount",
        "col-lead",
        "field-place",
        "field-category",
        "col-holder",
        "col-since",
        "col-step",
        "col-clock",
        "col-due",
    ];
    let headings: Vec<String> = headings.into_iter().map(|key| lang.t(key)).collect();
    let word = |prefix: &str, word: &str| lang.t(&format!("{prefix}-{word}").replace('_', "-"));
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let matter = row.matter;
            vec![
                row.number,
                matter.title,
                word("channel", matter.channel.word()),
                matter.headcount.to_string(),
                matter.lead,
                row.place,
                matter.category,
                row.holder,
                matter.holder_since.to_string(),
                word("step", matter.step.word()),
                matter.due_clock.map(|clock| word("clock", clock.word())).unwrap_or_default(),
                matter.due_on.map(|on| on.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    papers::sheet::write(&headings, &rows)
}

/// One box for numbers, names, telephones and words.
pub async fn search(State(house): State<Shared>, desk: Desk, Query(ask): Query<Ask>) -> Response {
    let typed = ask.q.trim().to_owned();
    if let Some(id) = MatterId::parse(&typed) {
        return Redirect::to(&format!("/matters/{id}")).into_response();
    }
    if role::allow(&desk.actor, Act::ViewMatter, Thing::Office).is_err() {
        return problem_page(&house, desk.lang, &Problem::NotFound);
    }
    let actor = desk.actor.clone();
    match blocking(&house, move |house| by_identity(house, &actor, &typed)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(ids) => show(house, desk, ask, "/matters", ids).await,
    }
}

/// Matters found by a petition's number, a name, a telephone or an identity number; `None` when the
/// text is none of these, and its words are looked for.
pub fn by_identity(
    house: &House,
    actor: &Actor,
    typed: &str,
) -> Result<Option<Vec<MatterId>>, Problem> {
    let name = chinese::identity::name(typed);
    let phone = chinese::identity::phone(typed);
    let id_number = chinese::identity::id_number(typed);
    let mut keys = vec![(Blind::Name, house.vault.blind(Blind::Name, &name)?)];
    if typed.chars().all(|c| c.is_ascii_digit() || " +-".contains(c)) && phone.len() >= 7 {
        keys.push((Blind::Phone, house.vault.blind(Blind::Phone, &phone)?));
    }
    if id_number.len() == 18 {
        keys.push((Blind::Identity, house.vault.blind(Blind::Identity, &id_number)?));
    }
    let scope = role::scope(actor);
    let ids = house.db.read(|tx| {
        let number = store::petition::find(tx, &typed.to_ascii_uppercase())?;
        let mut ids: Vec<MatterId> = number.into_iter().map(|(id, _)| id).collect();
        let by_number = !ids.is_empty();
        for (kind, digest) in keys.iter().filter(|_| !by_number) {
            ids.extend(store::vault::find(tx, *kind, digest, 200)?);
        }
        // What the reader may not see is no hit: otherwise the answer would tell that it is there.
        let mut seen = Vec::new();
        for id in ids {
            if sight(tx, id, &scope)? == Sight::Open {
                seen.push(id);
            }
        }
        Ok::<_, store::Error>((seen, by_number))
    })?;
    let (ids, by_number) = ids;
    if ids.is_empty() {
        return Ok(None);
    }
    if by_number {
        return Ok(Some(ids));
    }
    // Only that somebody looked, and how many came: never whom they looked for.
    let note = house.note(actor, Event::SearchedByIdentity);
    house.write_down(note.on(ids.len().to_string()))?;
    Ok(Some(ids))
}
