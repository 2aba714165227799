//! Lists of matters (事项列表): which rows, in which order, how many.

use super::facet::Facet;
use super::queue::Queue;
use super::road::{Cursor, Road};
use super::row::MatterRow;
use crate::condition::{Params, Where};
use crate::db::Engine;
use crate::search::{Depth, Found, Sought};
use crate::tally::{Ask, Kind, SEALED, sums};
use crate::{Error, Tx, search, wall};
use casework::matter::MatterId;
use casework::role::{Reach, Scope};
use jiff::civil::Date;

/// Which matters a list shows: the newest registered first, or, of those that are due, what is due first.
#[derive(Debug, Clone)]
pub struct Listing {
    /// What the actor may see.
    pub scope: Scope,
    /// What it is filtered by; a kind of filter at most once.
    pub facets: Vec<Facet>,
    /// Words to be found in the text.
    pub words: Option<String>,
    /// Registered on this day or later.
    pub registered_from: Option<Date>,
    /// Registered on this day or before.
    pub registered_until: Option<Date>,
    /// Open, and due from this day on.
    pub due_from: Option<Date>,
    /// Open, and due before this day (exclusive): overdue when the day is today.
    pub due_before: Option<Date>,
    /// After this row.
    pub after: Option<Cursor>,
    /// How many rows.
    pub limit: u32,
}

impl Listing {
    /// Everything within a scope, 50 rows.
    pub fn of(scope: Scope) -> Self {
        Self {
            scope,
            facets: Vec::new(),
            words: None,
            registered_from: None,
            registered_until: None,
            due_from: None,
            due_before: None,
            after: None,
            limit: 50,
        }
    }

    /// Whether it is sorted by the next due date.
    pub fn by_due(&self) -> bool {
        self.words.is_none() && self.is_due()
    }

    fn is_due(&self) -> bool {
        self.due_from.is_some() || self.due_before.is_some()
    }

    /// Its facets, how far the reader sees among them; at least one.
    fn all_facets(&self) -> Vec<Facet> {
        let mut facets = self.facets.clone();
        if let Reach::Unit(unit) = &self.scope.reach {
            facets.push(Facet::With(unit.clone()));
        }
        if facets.is_empty() { vec![Facet::All] } else { facets }
    }

    /// By what the index of words knows that several of its facets hold together; whoever sees a unit's matters is
    /// better led by those.
    fn marks(&self) -> Vec<String> {
        match &self.scope.reach {
            Reach::All if !self.is_due() => Facet::marks(&self.facets),
            Reach::All | Reach::Unit(_) | Reach::Nothing => Vec::new(),
        }
    }

    /// The one facet by which alone it is filtered, so that a counter says how long it is.
    fn counted_by(&self) -> Option<Facet> {
        let registered = self.registered_from.is_some() || self.registered_until.is_some();
        let more = registered || self.words.is_some() || self.is_due();
        self.all_facets().pop().filter(|_| !more && self.all_facets().len() == 1)
    }
}

/// How many rows a list has (条数).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(i64),
    /// So many or more: nobody reads on to the end.
    AtLeast(i64),
}

impl Count {
    /// What was counted up to a number.
    pub(super) fn up_to(most: i64, counted: i64) -> Self {
        if counted < most { Self::Exactly(counted) } else { Self::AtLeast(most) }
    }

    /// The number.
    pub fn number(self) -> i64 {
        match self {
            Self::Exactly(number) | Self::AtLeast(number) => number,
        }
    }
}

/// How far is counted where no counter says how many there are.
pub(super) const COUNTED: i64 = 200;

/// How many matters are looked at one by one rather than followed through the index of words. PostgreSQL's knows no
/// order: it gives all that hold a word before the newest of them are known.
fn few(engine: Engine) -> i64 {
    match engine {
        Engine::Sqlite => 1000,
        Engine::Postgres => 5000,
    }
}

/// How a list is walked.
enum Way {
    /// There is nothing, by the counters of one of its filters.
    Nowhere,
    /// By the facet with the fewest matters; the others are asked of each.
    Facet(Facet),
    /// By the places in the shortest queue.
    Queue,
    /// By the index of words.
    Words,
}

/// The shortest way, by the counters.
fn way(
    tx: &mut Tx<'_>,
    listing: &Listing,
    facets: &[Facet],
    marks: &[String],
) -> Result<Way, Error> {
    let simple = listing.words.is_none() && !listing.is_due();
    if let ([only], true) = (facets, simple) {
        return Ok(Way::Facet(only.clone()));
    }
    let (mut ways, mut asks) = (Vec::new(), Vec::new());
    for facet in facets {
        if let Some(word) = facet.word() {
            ways.push(Way::Facet(facet.clone()));
            asks.push(Ask::all(Kind::Listed, word));
        }
    }
    if listing.is_due() {
        ways.push(Way::Queue);
        asks.push(Queue::narrowest(facets).ask(listing.due_from, listing.due_before));
    }
    let counts = sums(tx, &asks, &["", SEALED])?;
    let shortest = ways.into_iter().zip(counts).min_by_key(|(_, count)| *count);
    let (way, count) = shortest.unwrap_or((Way::Facet(Facet::All), i64::MAX));
    if count == 0 {
        return Ok(Way::Nowhere);
    }
    Ok(if simple {
        match way {
            // Of what lasts, the index of words has those for which all of it holds, in order.
            Way::Facet(facet) if facet.lasts() && !marks.is_empty() => Way::Words,
            Way::Nowhere | Way::Facet(_) | Way::Queue | Way::Words => way,
        }
    } else if listing.words.is_none() {
        // What is due is sorted by when, and so walked by nothing else.
        Way::Queue
    } else if count < few(tx.engine()) {
        way
    } else {
        Way::Words
    })
}

/// By what a list is walked, with all that it asks; nothing where there is nothing, and for words that hold nothing to
/// look for.
fn road(
    tx: &mut Tx<'_>,
    listing: &Listing,
    depth: Depth,
    all: &mut Where<'_>,
) -> Result<Option<Road>, Error> {
    let engine = tx.engine();
    let facets = listing.all_facets();
    let marks = listing.marks();
    let way = way(tx, listing, &facets, &marks)?;
    let mut walked = None;
    let road = match &way {
        Way::Nowhere => return Ok(None),
        Way::Words => {
            let sought = Sought { words: listing.words.as_deref(), marks: &marks };
            let found = search::road(tx, sought, depth, all)?;
            let Some(Found { from, id, whole }) = found else { return Ok(None) };
            Road { from, id, whole, ..Road::to_one() }
        }
        Way::Queue => {
            Queue::narrowest(&facets).of_queue(all);
            let road = Road::queued(engine);
            if listing.words.is_some() { road.of_words(engine) } else { road }
        }
        Way::Facet(facet) => {
            walked = Some(facet);
            let road = facet.road(engine, all);
            if listing.words.is_some() { road.of_words(engine) } else { road }
        }
    };
    for facet in facets.iter().filter(|facet| walked != Some(facet)) {
        facet.condition(all);
    }
    if let (Some(words), Way::Facet(_) | Way::Queue) = (&listing.words, &way)
        && !search::condition(engine, words, all)
    {
        return Ok(None);
    }
    registered(listing, road.id, all);
    due(listing, &way, all);
    wall::shut(&listing.scope, all);
    Ok(Some(road))
}

/// When it was registered. No matter has a number of an earlier year than that, so that an index by numbers is not
/// followed further back; one of a later year it may have, since a petition that is taken out of another matter keeps
/// its day and gets a number of today.
fn registered(listing: &Listing, id: &str, all: &mut Where<'_>) {
    if let Some(from) = listing.registered_from {
        all.is("matter.registered_on >= ?", from);
        all.is(&format!("{id} > ?"), MatterId::new(from.year(), 0).0);
    }
    if let Some(until) = listing.registered_until {
        all.is("matter.registered_on <= ?", until);
    }
}

/// By when it is due.
fn due(listing: &Listing, way: &Way, all: &mut Where<'_>) {
    if !listing.is_due() {
        return;
    }
    let column = match way {
        Way::Queue => "queued.due_key",
        Way::Nowhere | Way::Facet(_) | Way::Words => {
            all.is("matter.is_open = ?", true);
            "matter.due_key"
        }
    };
    if let Some(from) = listing.due_from {
        all.is(&format!("{column} >= ?"), from);
    }
    if let Some(before) = listing.due_before {
        all.is(&format!("{column} < ?"), before);
    }
}

/// The rows of a list.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>, listing: &Listing) -> Result<Vec<MatterRow>, Error> {
    if listing.scope.reach == Reach::Nothing {
        return Ok(Vec::new());
    }
    let before = listing.after.as_ref().map(|cursor| cursor.id);
    let newest = page(tx, listing, Depth::Newest { before })?;
    let full = u32::try_from(newest.rows.len()).is_ok_and(|rows| rows >= listing.limit);
    if newest.whole || full {
        return Ok(newest.rows);
    }
    Ok(page(tx, listing, Depth::All)?.rows)
}

/// A page of a list.
struct Page {
    rows: Vec<MatterRow>,
    /// Whether there was looked for all of it.
    whole: bool,
}

fn page(tx: &mut Tx<'_>, listing: &Listing, depth: Depth) -> Result<Page, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let Some(road) = road(tx, listing, depth, &mut all)? else {
        return Ok(Page { rows: Vec::new(), whole: true });
    };
    if let Some(cursor) = &listing.after {
        road.after(cursor, &mut all);
    }
    Ok(Page { rows: road.rows(tx, all, listing.limit)?, whole: road.whole })
}

/// How many rows a list has, over all its pages.
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, listing: &Listing) -> Result<Count, Error> {
    if listing.scope.reach == Reach::Nothing {
        return Ok(Count::Exactly(0));
    }
    let counted = listing.counted_by().and_then(|facet| Some((facet.word()?, facet)));
    let Some((word, facet)) = counted else {
        let mut params = Params::default();
        let mut all = Where::of(&mut params);
        let road = road(tx, listing, Depth::Unsorted, &mut all)?;
        let Some(road) = road else { return Ok(Count::Exactly(0)) };
        return Ok(Count::up_to(COUNTED, road.count(tx, all, COUNTED)?));
    };
    let seals = wall::seals_of(&listing.scope);
    let all: i64 = sums(tx, &[Ask::all(Kind::Listed, word)], &seals)?.into_iter().sum();
    let hidden = if wall::walled(tx, &listing.scope)? {
        wall::behind(tx, &listing.scope, |all| facet.condition(all))?
    } else {
        0
    };
    Ok(Count::Exactly(all - hidden))
}

/// These matters as a list shows them, as far as the actor sees them, in their own order.
///
/// # Errors
/// The engine failed.
pub fn of_ids(tx: &mut Tx<'_>, scope: &Scope, ids: &[MatterId]) -> Result<Vec<MatterRow>, Error> {
    let mut found = Vec::new();
    for id in ids {
        let mut params = Params::default();
        let mut all = Where::of(&mut params);
        all.is("matter.id = ?", id.0);
        if wall::condition(scope, &mut all) {
            found.extend(Road::to_one().rows(tx, all, 1)?);
        }
    }
    Ok(found)
}
