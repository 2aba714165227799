//! The duty side (责任落实): an index of its rooms, their records, and the forms of what may be done.

pub mod act;
pub mod leader;
mod view;

use crate::act::Name;
use crate::by::{Given, PetitionReceipt};
use crate::duty::record::{RecordRow, Shown, names, record as find, rows};
use crate::duty::{DutyAct, all};
use crate::house::House;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::see::titles;
use crate::web::form::Sent;
use crate::web::page::{Page, encode, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use casework::duty::campaign::Baseline;
use casework::duty::{Entries, Noun, Spine};
use casework::matter::MatterId;
use casework::org::Actor;
use casework::role::{self, Thing};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::vault::Identity;
use view::{EntryTable, Teller, View};

#[derive(Template)]
#[template(path = "duty/index.html")]
struct Index {
    p: Page,
    rooms: Vec<(&'static str, usize)>,
}

/// The rooms, each with how many of its records exist for the reader.
pub async fn index(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    let found = blocking(&house, move |house| {
        let count = |noun: Noun| Ok((noun.word(), rows(house, &actor, noun)?.len()));
        Noun::ALL.into_iter().map(count).collect::<Result<Vec<_>, Problem>>()
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(rooms) => render(&Index { p: Page::desk(&house, desk, "/duty"), rooms }),
    }
}

/// What a list's address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RecordsAsked {
    person: String,
    year: String,
    from: String,
}

impl RecordsAsked {
    /// The year and the first row that it asks for.
    fn read(&self) -> Result<(Option<i16>, usize), Problem> {
        let mut parameters = Parameters::default();
        let year = parameters.year("year", &self.year);
        let from = parameters.number("from", &self.from).unwrap_or_default();
        parameters.done((year, from))
    }
}

/// A record in a list, in words.
struct RecordLine {
    id: String,
    spine: Spine,
    person: String,
    unit: String,
}

const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "duty/list.html")]
struct List {
    p: Page,
    noun: &'static str,
    lines: Vec<RecordLine>,
    begins: Vec<&'static str>,
    people: Vec<(String, String)>,
    ask: RecordsAsked,
    next: Option<usize>,
    total: usize,
}

fn noun_of(word: &str) -> Result<Noun, Problem> {
    Noun::parse(word).ok_or(Problem::NotFound)
}

/// The records of a room.
pub async fn list(
    State(house): State<Shared>,
    desk: Desk,
    Path(noun): Path<String>,
    Query(ask): Query<RecordsAsked>,
) -> Response {
    let actor = desk.actor.clone();
    let found = blocking(&house, move |house| {
        let noun = noun_of(&noun)?;
        Ok((noun, rows(house, &actor, noun)?))
    });
    let (noun, mut rows) = match found.await {
        Ok(found) => found,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (year, from) = match ask.read() {
        Ok(read) => read,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let directory = house.directory();
    let mut people: Vec<(String, String)> = rows
        .iter()
        .filter_map(|row| row.spine.person.as_ref())
        .map(|person| (person.0.clone(), directory.name(person).to_owned()))
        .collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    people.dedup();
    rows.retain(|RecordRow { spine, .. }| {
        let person = spine.person.as_ref().map_or("", |person| person.0.as_str());
        (ask.person.is_empty() || ask.person == person)
            && year.is_none_or(|year| year == spine.on.year())
    });
    let total = rows.len();
    let lines: Vec<RecordLine> = rows
        .into_iter()
        .skip(from)
        .take(PAGE)
        .map(|row| RecordLine {
            person: row.spine.person.as_ref().map_or("", |one| directory.name(one)).to_owned(),
            unit: row
                .spine
                .unit
                .as_ref()
                .map(|unit| directory.unit(unit).to_owned())
                .unwrap_or_default(),
            id: row.id,
            spine: row.spine,
        })
        .collect();
    let may = |act: &&DutyAct| {
        act.at.noun == noun
            && act.at.begins()
            && role::allow(&desk.actor, act.act, Thing::Office).is_ok()
    };
    render(&List {
        noun: noun.word(),
        begins: all().filter(may).map(|act| act.word).collect(),
        next: Some(from.saturating_add(PAGE)).filter(|next| *next < total),
        lines,
        people,
        ask,
        total,
        p: Page::desk(&house, desk, "/duty"),
    })
}

/// A record with the titles of the matters that its reader may open.
struct SeenRecord {
    shown: Shown,
    matters: BTreeMap<MatterId, String>,
}

fn see(house: &House, actor: &Actor, noun: &str, id: &str) -> Result<SeenRecord, Problem> {
    let shown = find(house, actor, noun_of(noun)?, id)?;
    let matters = titles(house, actor, &shown.spine.matters)?;
    Ok(SeenRecord { shown, matters })
}

#[derive(Template)]
#[template(path = "duty/record.html")]
struct RecordPage {
    p: Page,
    noun: &'static str,
    id: String,
    spine: Spine,
    person: String,
    unit: String,
    view: View,
    acts: Vec<&'static DutyAct>,
    entries: BTreeMap<Entries, Vec<u32>>,
    identities: Names,
    unmasks: bool,
    against: Option<Baseline>,
    given: Given,
}

impl RecordPage {
    /// The acts on the record as a whole.
    fn whole(&self) -> Vec<&'static DutyAct> {
        self.acts.iter().copied().filter(|act| act.at.entries().is_none()).collect()
    }

    /// Whether any entry of a list has an act.
    fn acts_on(&self, table: &EntryTable) -> bool {
        table.rows.iter().any(|row| !self.of(table, &row.ordinal).is_empty())
    }

    /// The acts on an entry of a list, as it stands.
    fn of(&self, table: &EntryTable, ordinal: &u32) -> Vec<&'static DutyAct> {
        let fits = |act: &&DutyAct| {
            act.at.entries().is_some_and(|entries| {
                let open = self.entries.get(&entries);
                entries.list() == table.label && open.is_some_and(|open| open.contains(ordinal))
            })
        };
        self.acts.iter().copied().filter(fits).collect()
    }
}

/// Names in the clear, by the entries whose they are.
type Names = Vec<(u32, Identity)>;

fn shown(house: &House, desk: Desk, seen: SeenRecord, identities: Names, given: Given) -> Response {
    let directory = house.directory();
    let SeenRecord { shown, matters } = seen;
    let teller = Teller { house, lang: desk.lang, noun: shown.noun, matters: &matters };
    let may = |act: &&DutyAct| {
        let thing = Thing::Duty(shown.noun, &shown.spine);
        let offered = act.at.noun == shown.noun && act.at.fits(shown.spine.state);
        offered && role::allow(&desk.actor, act.act, thing).is_ok()
    };
    let person = shown.spine.person.as_ref().map_or("", |one| directory.name(one)).to_owned();
    let unit = shown.spine.unit.as_ref().map(|unit| directory.unit(unit).to_owned());
    render(&RecordPage {
        noun: shown.noun.word(),
        view: teller.view(&shown.seen),
        acts: all().filter(may).collect(),
        against: shown.against,
        person,
        unit: unit.unwrap_or_default(),
        id: shown.id,
        spine: shown.spine,
        entries: shown.entries,
        unmasks: identities.is_empty() && shown.names,
        identities,
        given,
        p: Page::desk(house, desk, "/duty"),
    })
}

/// A record.
pub async fn record(
    State(house): State<Shared>,
    desk: Desk,
    Path((noun, id)): Path<(String, String)>,
) -> Response {
    let actor = desk.actor.clone();
    let lang = desk.lang;
    let inner = desk.clone();
    let found = blocking(&house, move |house| {
        let seen = see(house, &actor, &noun, &id)?;
        Ok(shown(house, inner, seen, Vec::new(), Given::Nothing))
    });
    found.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
}

/// The name of the household that one helps, or of who comes on a day, for a reason that stands in the journal.
pub async fn unmask(
    State(house): State<Shared>,
    Path((noun, id)): Path<(String, String)>,
    Sent { desk, posted }: Sent,
) -> Response {
    let (lang, reason, inner) = (desk.lang, posted.of(Name::Reason), desk.clone());
    let found = blocking(&house, move |house| {
        let seen = see(house, &inner.actor, &noun, &id)?;
        let identities = names(house, &inner.actor, seen.shown.noun, &id, &reason)?;
        Ok(shown(house, inner, seen, identities, Given::Nothing))
    });
    found.await.unwrap_or_else(|problem| problem_page(&house, lang, &problem))
}

/// A file of a record, to be saved and never run.
pub async fn file(
    State(house): State<Shared>,
    desk: Desk,
    Path((noun, id, hash)): Path<(String, String, String)>,
) -> Response {
    let (actor, lang) = (desk.actor.clone(), desk.lang);
    let found = blocking(&house, move |house| {
        let seen = see(house, &actor, &noun, &id)?;
        // Of what the reader sees; what is withheld has no file either.
        let file = seen.shown.seen.files.into_iter().find(|file| file.hash == hash);
        let file = file.ok_or(Problem::NotFound)?;
        Ok((file.name, house.blobs.read(&hash)?))
    });
    match found.await {
        Err(problem) => problem_page(&house, lang, &problem),
        Ok((name, content)) => {
            let disposition = format!("attachment; filename*=UTF-8''{}", encode(&name));
            let media = "application/octet-stream".to_owned();
            ([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)], content)
                .into_response()
        }
    }
}
