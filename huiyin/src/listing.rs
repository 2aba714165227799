//! Lists of matters (事项列表): what an address asks for, what waits for whom, and which matter has a number.
//! Pages, tables and the API read them here.

use crate::house::House;
use crate::parameters::Parameters;
use crate::problem::Problem;
use casework::calendar::tomorrow;
use casework::deadline::soon_until;
use casework::matter::queue::{Bucket, Waiter};
use casework::matter::{MatterId, StepKind};
use casework::org::{AccountId, Actor, Place, UnitId};
use casework::petition::Channel;
use casework::role::{self, Reach};
use serde::Deserialize;
use store::Tx;
use store::journal::Event;
use store::matter::{Count, Cursor, Facet, Listing, MatterRow, Waits};
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

/// Where what waits for somebody is found (待办分类): whoever sees the whole county, as the office's people do, sees what
/// waits anywhere in it, since the office answers for it; a unit's people see what waits for their unit.
pub fn bucket(house: &House, actor: &Actor, bucket: Bucket) -> Waits {
    let today = house.moment().on;
    let unit = || Waiter::Unit(actor.unit.clone());
    let county = actor.unit == house.office || role::scope(actor).reach == Reach::All;
    let people = || hands(house, actor).into_iter().map(Waiter::Account).collect();
    let waiters = match bucket {
        Bucket::All
        | Bucket::Over
        | Bucket::Soon
        | Bucket::Register
        | Bucket::Passed
        | Bucket::Accept
        | Bucket::Objected
        | Bucket::Head
        | Bucket::Urgent
        | Bucket::Supervised
        | Bucket::Propose => vec![if county { Waiter::County } else { unit() }],
        Bucket::Remind | Bucket::Unassigned | Bucket::Tell | Bucket::Owed | Bucket::Repeat => {
            vec![unit()]
        }
        Bucket::First => vec![Waiter::Account(actor.account.clone())],
        Bucket::Mine | Bucket::Check | Bucket::Tracked => people(),
    };
    let waits = Waits { bucket, waiters, from: None, before: None };
    let soon = || Some(tomorrow(soon_until(today, &house.calendar())));
    if bucket == Bucket::Over {
        Waits { bucket: Bucket::All, before: Some(today), ..waits }
    } else if bucket == Bucket::Soon {
        Waits { bucket: Bucket::All, from: Some(today), before: soon(), ..waits }
    } else if bucket == Bucket::Remind {
        Waits { before: soon(), ..waits }
    } else {
        waits
    }
}

/// The actor's account, and those of whoever is away and for whom they stand in.
fn hands(house: &House, actor: &Actor) -> Vec<AccountId> {
    let (directory, today) = (house.directory(), house.moment().on);
    let away = directory.stands_in(&actor.account, today);
    std::iter::once(&actor.account).chain(away).cloned().collect()
}

/// A cursor as an address carries it: the day by which the list is sorted, and the number, of the last row.
fn cursor(text: &str) -> Option<Cursor> {
    let (due, id) = text.split_once('.')?;
    Some(Cursor { day: due.to_owned(), id: id.parse().ok()? })
}

/// By which day rows are sorted (排序日期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    /// By when they are due.
    ByDue,
    /// By when they were registered.
    ByRegistration,
}

impl Sorted {
    /// A list's order.
    pub fn of(listing: &Listing) -> Self {
        if listing.by_due() { Self::ByDue } else { Self::ByRegistration }
    }
}

/// The cursor after these rows, if there may be more.
pub fn next(rows: &[MatterRow], limit: u32, sorted: Sorted) -> Option<String> {
    let full = u32::try_from(rows.len()).unwrap_or(u32::MAX) == limit;
    let last = rows.last().filter(|_| full)?;
    let Cursor { day, id } = match sorted {
        Sorted::ByDue => Cursor::due(last),
        Sorted::ByRegistration => Cursor::registered(last),
    };
    Some(format!("{day}.{id}"))
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
    pub counts: Vec<(Bucket, Count)>,
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
    let all = Bucket::ALL.map(|one| bucket(house, actor, one));
    let (wanted, scope) = (bucket(house, actor, shown), role::scope(actor));
    let found = house.db.read(|tx| {
        let counts = store::matter::counts(tx, &scope, &all)?;
        let rows = store::matter::waiting(tx, &scope, &wanted, after.as_ref(), QUEUE_PAGE)?;
        let counts = Bucket::ALL.into_iter().zip(counts).collect();
        Ok::<_, store::Error>(Queue { counts, rows })
    });
    Ok(found?)
}

/// A page of a list (列表分页结果).
pub struct Listed {
    /// How many rows the list has over all its pages.
    pub count: Count,
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

/// Reads a page of one bucket alone.
///
/// # Errors
/// The store failed.
pub fn waiting(
    house: &House,
    actor: &Actor,
    QueueAsked { shown, after }: &QueueAsked,
) -> Result<Vec<MatterRow>, Problem> {
    let (wanted, scope) = (bucket(house, actor, *shown), role::scope(actor));
    let page =
        |tx: &mut Tx<'_>| store::matter::waiting(tx, &scope, &wanted, after.as_ref(), QUEUE_PAGE);
    Ok(house.db.read(page)?)
}

/// Reads one matter as a list shows it, if the actor sees it.
///
/// # Errors
/// The store failed.
pub fn one(house: &House, actor: &Actor, id: MatterId) -> Result<Vec<MatterRow>, Problem> {
    let scope = role::scope(actor);
    Ok(house.db.read(|tx| store::matter::of_ids(tx, &scope, &[id]))?)
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
    let (step, channel) = (
        parameters.choice("step", &ask.step, StepKind::parse),
        parameters.choice("channel", &ask.channel, Channel::parse),
    );
    let place = given(&ask.place).map(|code| Place(code).stem().to_owned());
    let facets = [
        step.map(Facet::Step),
        given(&ask.holder).map(UnitId).map(Facet::Holder),
        place.map(Facet::Place),
        given(&ask.category).map(Facet::Category),
        channel.map(Facet::Channel),
        given(&ask.addressee).map(AccountId).map(Facet::Addressed),
        given(&ask.first_unit).map(UnitId).map(Facet::FirstUnit),
    ];
    listing.facets = facets.into_iter().flatten().collect();
    listing.words = parameters.words("q", &ask.q);
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
