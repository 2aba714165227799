//! The desk's lists (工作台): my queue, all matters, search.

use crate::house::House;
use crate::listing::{
    self, Exported, LIST_PAGE, ListAsked, Listed, MOST_EXPORTED, QUEUE_PAGE, QueueAsked, Sorted,
    by_number, exported, listed, next, restrictions,
};
use crate::locale::Lang;
use crate::problem::Problem;
use crate::web::page::{Page, encode, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use casework::directory::Directory;
use casework::matter::StepKind;
use casework::matter::queue::Bucket;
use casework::org::{Role, Unit};
use casework::petition::Channel;
use casework::role::{self, Act, Thing};
use std::sync::Arc;
use store::matter::{Count, MatterRow};

/// A row of a list, in words.
pub struct MatterLine {
    /// Number.
    pub number: String,
    /// The row.
    pub matter: MatterRow,
    /// Who has it.
    pub holder: String,
    /// Who there has it in hand.
    pub in_charge: Option<String>,
    /// Where.
    pub place: String,
}

/// A bucket of the queue.
pub struct WaitingBucket {
    bucket: Bucket,
    count: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct Queue {
    p: Page,
    buckets: Vec<WaitingBucket>,
    rows: Vec<MatterLine>,
    next: Option<String>,
    bucket: Bucket,
}

/// A count in words; past what is counted it says "at least".
fn counted(count: Count) -> String {
    match count {
        Count::Exactly(number) => number.to_string(),
        Count::AtLeast(number) => format!("{number}+"),
    }
}

/// Rows in words.
pub fn in_words(directory: &Arc<Directory>, rows: Vec<MatterRow>) -> Vec<MatterLine> {
    rows.into_iter()
        .map(|matter| MatterLine {
            number: matter.id.to_string(),
            holder: directory.unit(&matter.holder).to_owned(),
            in_charge: matter.in_charge.as_ref().map(|one| directory.known_as(one).to_owned()),
            place: directory.place(&matter.place),
            matter,
        })
        .collect()
}

/// My queue.
pub async fn queue(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<ListAsked>,
) -> Response {
    // Administrators have no cases; their first page is their work.
    let home = [
        (Role::SystemAdministrator, "/organisation"),
        (Role::SecurityAdministrator, "/accounts"),
        (Role::AuditAdministrator, "/journal"),
    ];
    if let Some((_, at)) = home.into_iter().find(|(role, _)| desk.actor.is(*role)) {
        return Redirect::to(at).into_response();
    }
    let asked = match QueueAsked::read(&ask) {
        Ok(asked) => asked,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (user, shown) = (desk.clone(), asked.shown);
    let found = blocking(&house, move |house| listing::queue(house, &user.actor, asked));
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(listing::Queue { counts, rows }) => render(&Queue {
            buckets: counts
                .into_iter()
                .map(|(bucket, count)| WaitingBucket {
                    bucket,
                    count: counted(count),
                    here: bucket == shown,
                })
                .collect(),
            next: next(&rows, QUEUE_PAGE, Sorted::ByDue),
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
    ask: ListAsked,
    steps: [StepKind; 14],
    units: Vec<(String, String)>,
    /// Leaders, to whom letters are addressed.
    leaders: Vec<(String, String)>,
    /// Units that register what reaches them.
    receivers: Vec<(String, String)>,
    places: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    channels: [Channel; 9],
    rows: Vec<MatterLine>,
    next: Option<String>,
    found: Option<String>,
    query: String,
}

/// All matters the reader may see, filtered.
pub async fn list(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<ListAsked>,
) -> Response {
    let wanted = match restrictions(&house, &desk.actor, &ask) {
        Ok(wanted) => wanted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let sorted = Sorted::of(&wanted);
    let found = blocking(&house, move |house| listed(house, wanted));
    let directory = house.directory();
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(Listed { count, rows }) => render(&Matters {
            steps: StepKind::ALL,
            units: directory
                .units
                .values()
                .map(|unit| (unit.id.0.clone(), unit.name.clone()))
                .collect(),
            leaders: crate::web::field::leaders(&directory),
            receivers: receivers(&house),
            places: directory
                .places
                .keys()
                .map(|code| (code.0.clone(), directory.place(code)))
                .collect(),
            categories: crate::web::field::categories(&house, house.moment().on),
            channels: Channel::ALL,
            next: next(&rows, LIST_PAGE, sorted),
            rows: in_words(&directory, rows),
            found: Some(counted(count)),
            query: query(&ask),
            ask,
            p: Page::desk(&house, desk, "/matters"),
        }),
    }
}

/// The units that register what reaches them, by id and name.
fn receivers(house: &House) -> Vec<(String, String)> {
    let directory = house.directory();
    let registers = |unit: &&Unit| {
        unit.id != house.office && *directory.registers_at(&unit.id, &house.office) == unit.id
    };
    let units = directory.units.values().filter(registers);
    units.map(|unit| (unit.id.0.clone(), unit.name.clone())).collect()
}

/// The address's filters again, for the links to the next page and to the spreadsheet.
fn query(ask: &ListAsked) -> String {
    ask.filters()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}&", encode(value)))
        .collect()
}

/// What the list shows, as a spreadsheet: names stay masked, and the export stands in the journal.
pub async fn export(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<ListAsked>,
) -> Response {
    if role::allow(&desk.actor, Act::ViewMatter, Thing::Office).is_err() {
        return problem_page(&house, desk.lang, &Problem::NotFound);
    }
    let lang = desk.lang;
    let made = blocking(&house, move |house| {
        let Exported { rows, cut } = exported(house, &desk.actor, &ask)?;
        let file = sheet(lang, in_words(&house.directory(), rows), cut);
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

/// The rows under their headings; where there are more, the last line says so, since a sheet is counted and passed on.
fn sheet(
    lang: Lang,
    rows: Vec<MatterLine>,
    cut: bool,
) -> Result<Vec<u8>, papers::sheet::Unwritable> {
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
    let more = lang.tx("export-cut", &[("count", MOST_EXPORTED.to_string())]);
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let matter = row.matter;
            vec![
                row.number,
                matter.title,
                matter.channel.map(|one| lang.word("channel", one.word())).unwrap_or_default(),
                matter.headcount.to_string(),
                matter.lead,
                row.place,
                matter.category,
                row.holder,
                matter.holder_since.to_string(),
                lang.word("step", matter.step.word()),
                matter.due_clock.map(|clock| lang.word("clock", clock.word())).unwrap_or_default(),
                matter.due_on.map(|on| on.to_string()).unwrap_or_default(),
            ]
        })
        .chain(cut.then(|| vec![more]))
        .collect();
    papers::sheet::write(&headings, &rows)
}

/// One box for numbers and words.
pub async fn search(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<ListAsked>,
) -> Response {
    if role::allow(&desk.actor, Act::ViewMatter, Thing::Office).is_err() {
        return problem_page(&house, desk.lang, &Problem::NotFound);
    }
    let (actor, typed) = (desk.actor.clone(), ask.q.clone());
    match blocking(&house, move |house| by_number(house, &actor, &typed)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(Some(id)) => Redirect::to(&format!("/matters/{id}")).into_response(),
        Ok(None) => list(State(house), desk, Query(ask)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_that_is_cut_says_so() -> Result<(), Box<dyn std::error::Error>> {
        let says = |cut| -> Result<bool, Box<dyn std::error::Error>> {
            let ledger = papers::ledger::parse(&sheet(Lang::Hans, Vec::new(), cut)?)?;
            Ok(format!("{ledger:?}")
                .contains(&Lang::Hans.tx("export-cut", &[("count", "10000".into())])))
        };
        assert!(says(true)? && !says(false)?);
        Ok(())
    }
}
