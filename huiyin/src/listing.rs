//! Lists of matters (事项列表): what an address asks for, what waits for whom, and which matter has a number.
//! Pages, tables and the API read them here.

use crate::house::House;
use crate::parameters::Parameters;
use crate::problem::Problem;
use casework::calendar::tomorrow;
use casework::deadline::soon_until;
use casework::matter::queue::Bucket;
use casework::matter::{MatterId, StepKind};
use casework::org::Actor;
use casework::petition::Channel;
use casework::role::{self, Reach};
use serde::Deserialize;
use store::journal::Event;
use store::matter::{Listing, MatterRow, NEVER};
use store::wall::{Sight, sight};

/// What a list's address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListAsked {
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
    /// The leader to whose mailbox a letter went, by account.
    pub addressee: String,
    /// Which unit took it in, where that was not the office.
    pub first_unit: String,
    /// Registered from this day on.
    pub from: String,
    /// Registered until this day.
    pub until: String,
    /// Cursor.
    pub after: String,
}

impl ListAsked {
    /// The filters by name; what decides the page is not among them.
    pub fn filters(&self) -> [(&'static str, &String); 11] {
        [
            ("step", &self.step),
            ("holder", &self.holder),
            ("place", &self.place),
            ("category", &self.category),
            ("q", &self.q),
            ("due", &self.due),
            ("channel", &self.channel),
            ("addressee", &self.addressee),
            ("first_unit", &self.first_unit),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }
}

/// How many rows a page of the queue has.
pub const QUEUE_PAGE: u32 = 25;
/// How many rows a page of a list has.
pub const LIST_PAGE: u32 = 50;

/// What waits for whom (待办分类): whoever sees the whole county, as the office's people do, sees what waits anywhere
/// in it, since the office answers for it; a unit's people see what their unit holds.
pub fn bucket(house: &House, actor: &Actor, bucket: Bucket) -> Listing {
    let today = house.moment().on;
    let mut listing =
        Listing { by_due: true, limit: QUEUE_PAGE, ..Listing::of(role::scope(actor)) };
    listing.open = true;
    let office = actor.unit == house.office;
    if !office && listing.scope.reach != Reach::All {
        listing.holder = Some(actor.unit.0.clone());
    }
    match bucket {
        Bucket::All => {}
        Bucket::Over => listing.due_before = Some(today),
        Bucket::Soon => soon(house, &mut listing),
        Bucket::Register => listing.steps = vec![StepKind::Registered],
        Bucket::Passed => listing.steps = vec![StepKind::PassedOn],
        Bucket::First => {
            listing.receiver = Some(actor.account.0.clone());
            listing.holder = None;
        }
        Bucket::Mine => {
            listing.in_charge = hands(house, actor);
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Check => {
            listing.checker = hands(house, actor);
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Unassigned => {
            listing.unassigned = Some(actor.unit.0.clone());
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Tell => {
            listing.telling = Some(actor.unit.0.clone());
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Accept => listing.steps = vec![StepKind::Referred],
        Bucket::Objected => listing.steps = vec![StepKind::Objected, StepKind::Disputed],
        Bucket::Head => listing.waits_for_head = true,
        Bucket::Remind => listing.reminded = Some(actor.unit.0.clone()),
        // What is owed to somebody else's matter, and after its end.
        Bucket::Owed => {
            listing.owed_by = Some(actor.unit.0.clone());
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Repeat => {
            listing.untold_by = Some(actor.unit.0.clone());
            (listing.holder, listing.open) = (None, false);
        }
        Bucket::Urgent => listing.urgent = true,
        Bucket::Tracked => {
            listing.tracked = hands(house, actor);
            (listing.holder, listing.open) = (None, false);
        }
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

/// The actor's account, and those of whoever is away and for whom they stand in.
fn hands(house: &House, actor: &Actor) -> Vec<String> {
    let (directory, today) = (house.directory(), house.moment().on);
    let away = directory.stands_in(&actor.account, today);
    std::iter::once(&actor.account).chain(away).map(|account| account.0.clone()).collect()
}

/// After which row a page begins (游标): its due date, or a far one, and its number.
pub type Cursor = (String, i64);

/// A cursor as an address carries it: the due date and the number of the last row.
fn cursor(text: &str) -> Option<Cursor> {
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

/// Only what falls due soon, from today on.
fn soon(house: &House, listing: &mut Listing) {
    let today = house.moment().on;
    listing.due_from = Some(today);
    listing.due_before = Some(tomorrow(soon_until(today, &house.calendar())));
}

/// What of the queue an address asks for (待办队列请求).
pub struct QueueAsked {
    /// Which bucket.
    pub shown: Bucket,
    /// After which row.
    pub after: Option<Cursor>,
}

impl QueueAsked {
    /// What an address asks for.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for what can't be read.
    pub fn read(ask: &ListAsked) -> Result<Self, Problem> {
        let mut parameters = Parameters::default();
        let shown = parameters.choice("bucket", &ask.bucket, Bucket::parse);
        let after = parameters.choice("after", &ask.after, cursor);
        parameters.done(Self { shown: shown.unwrap_or(Bucket::All), after })
    }
}

/// The queue as it stands (待办队列).
pub struct Queue {
    /// How many wait in each bucket.
    pub counts: Vec<(Bucket, i64)>,
    /// The rows of the one that is shown.
    pub rows: Vec<MatterRow>,
}

/// Reads the queue: every bucket's count, and a page of one after a cursor, as of one moment.
///
/// # Errors
/// The store failed.
pub fn queue(
    house: &House,
    actor: &Actor,
    QueueAsked { shown, after }: QueueAsked,
) -> Result<Queue, Problem> {
    let listings = Bucket::ALL.map(|one| (one, bucket(house, actor, one)));
    let wanted = Listing { after, ..bucket(house, actor, shown) };
    let found = house.db.read(|tx| {
        let mut counts = Vec::new();
        for (one, listing) in &listings {
            counts.push((*one, store::matter::count(tx, listing)?));
        }
        Ok::<_, store::Error>(Queue { counts, rows: store::matter::list(tx, &wanted)? })
    });
    Ok(found?)
}

/// A page of a list (列表分页结果).
pub struct Listed {
    /// How many rows the list has over all its pages, up to [`store::matter::COUNTED`].
    pub count: i64,
    /// The rows of this page.
    pub rows: Vec<MatterRow>,
}

/// Reads a page of a list and how long the list is, as of one moment.
///
/// # Errors
/// The store failed.
pub fn listed(house: &House, wanted: Listing) -> Result<Listed, Problem> {
    let found = house.db.read(|tx| {
        let rows = store::matter::list(tx, &wanted)?;
        let total = Listing { after: None, ..wanted };
        Ok::<_, store::Error>(Listed { count: store::matter::count(tx, &total)?, rows })
    });
    Ok(found?)
}

/// Reads the rows of a list alone.
///
/// # Errors
/// The store failed.
pub fn rows(house: &House, wanted: &Listing) -> Result<Vec<MatterRow>, Problem> {
    Ok(house.db.read(|tx| store::matter::list(tx, wanted))?)
}

/// A list's restrictions from its address.
///
/// # Errors
/// [`Problem::Invalid`] for what can't be read.
pub fn restrictions(house: &House, actor: &Actor, ask: &ListAsked) -> Result<Listing, Problem> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut parameters = Parameters::default();
    let mut listing = Listing { limit: LIST_PAGE, ..Listing::of(role::scope(actor)) };
    listing.steps = parameters.choice("step", &ask.step, StepKind::parse).into_iter().collect();
    listing.holder = given(&ask.holder);
    listing.place = given(&ask.place).map(|code| casework::org::Place(code).stem().to_owned());
    listing.category = given(&ask.category);
    listing.words = parameters.words("q", &ask.q);
    listing.channel = parameters.choice("channel", &ask.channel, Channel::parse);
    listing.addressed = given(&ask.addressee);
    listing.first_unit = given(&ask.first_unit);
    listing.registered_from = parameters.date("from", &ask.from);
    listing.registered_until = parameters.date("until", &ask.until);
    let today = house.moment().on;
    let due = |text: &str| ["over", "soon"].into_iter().find(|due| *due == text);
    match parameters.choice("due", &ask.due, due) {
        Some("over") => listing.due_before = Some(today),
        Some(_) => soon(house, &mut listing),
        None => {}
    }
    listing.after = parameters.choice("after", &ask.after, cursor);
    parameters.done(listing)
}

/// Most rows of one spreadsheet.
pub const MOST_EXPORTED: u32 = 10_000;

/// What a list shows, for a spreadsheet (清单导出).
pub struct Exported {
    /// The rows, at most [`MOST_EXPORTED`].
    pub rows: Vec<MatterRow>,
    /// Whether the list has more.
    pub cut: bool,
}

/// Reads what a list shows for a spreadsheet; that somebody took it stands in the journal.
///
/// # Errors
/// As [`restrictions`]; the store failed.
pub fn exported(house: &House, actor: &Actor, ask: &ListAsked) -> Result<Exported, Problem> {
    let wanted = Listing { limit: MOST_EXPORTED + 1, ..restrictions(house, actor, ask)? };
    let mut rows = rows(house, &wanted)?;
    let most = usize::try_from(MOST_EXPORTED).unwrap_or(usize::MAX);
    let cut = rows.len() > most;
    rows.truncate(most);
    let note = house.note(actor, Event::ListExported);
    house.write_down(note.saying(rows.len().to_string()))?;
    Ok(Exported { rows, cut })
}

/// What is typed into the search box (检索): a number leads to its matter, anything else is words. Nobody is found by
/// who they are; that is an enquiry ([`crate::enquiry`]).
///
/// # Errors
/// The store failed.
pub fn by_number(house: &House, actor: &Actor, typed: &str) -> Result<Option<MatterId>, Problem> {
    let typed = typed.trim();
    // Whether the reader may see it is told where it is shown.
    if let Some(id) = MatterId::parse(typed) {
        return Ok(Some(id));
    }
    let scope = role::scope(actor);
    Ok(house.db.read(|tx| {
        let Some((id, _)) = store::petition::find(tx, &typed.to_ascii_uppercase())? else {
            return Ok(None);
        };
        // What the reader may not see is no hit: otherwise the answer would tell that it is there.
        Ok::<_, store::Error>((sight(tx, id, &scope)? == Sight::Open).then_some(id))
    })?)
}
