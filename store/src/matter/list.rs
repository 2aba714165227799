//! Lists of matters (事项列表): which rows, in which order, how many.

use super::facet::Facet;
use super::queue::Queue;
use super::road::{Cursor, Road};
use super::row::MatterRow;
use crate::condition::{Params, Where};
use crate::search::Found;
use crate::tally::{Ask, Kind, sums};
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
            facets.push(Facet::With(unit.0.clone()));
        }
        if facets.is_empty() { vec![Facet::All] } else { facets }
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

/// The facet with the fewest matters, by the counters: whose matters are walked, and the others asked of each.
fn rarest(tx: &mut Tx<'_>, facets: &[Facet]) -> Result<Option<Facet>, Error> {
    if let [only] = facets {
        return Ok(Some(only.clone()));
    }
    let asks: Vec<Ask> = facets.iter().map(|facet| Ask::all(Kind::Listed, facet.word())).collect();
    let counts = sums(tx, &asks, &[""])?;
    Ok(facets.iter().zip(counts).min_by_key(|(_, count)| *count).map(|(facet, _)| facet.clone()))
}

/// By what a list is walked, with all that it asks; nothing for words that hold nothing to look for.
fn road(tx: &mut Tx<'_>, listing: &Listing, all: &mut Where<'_>) -> Result<Option<Road>, Error> {
    let engine = tx.engine();
    let facets = listing.all_facets();
    let mut walked = None;
    let road = if let Some(words) = &listing.words {
        let Some(Found { from, id }) = search::road(engine, words, all) else { return Ok(None) };
        Road { from: from.to_owned(), id, ..Road::to_one() }
    } else if listing.is_due() {
        Queue::narrowest(&facets).of_queue(all);
        Road::queued(engine)
    } else {
        walked = rarest(tx, &facets)?;
        let way = walked.as_ref().and_then(|facet| facet.road(engine, all));
        way.unwrap_or_else(|| Road::over(engine, "matter_listed"))
    };
    for facet in &facets {
        // What is walked along a table beside the matters is asked of that table.
        let asked =
            walked.as_ref() == Some(facet) && matches!(facet, Facet::Addressed(_) | Facet::With(_));
        if !asked {
            facet.condition(all);
        }
    }
    if listing.is_due() {
        all.is("matter.is_open = ?", true);
    }
    let due = if listing.by_due() { "queued.due_key" } else { "matter.due_key" };
    for (column, sign, day) in [
        ("matter.registered_on", ">=", listing.registered_from),
        ("matter.registered_on", "<=", listing.registered_until),
        (due, ">=", listing.due_from),
        (due, "<", listing.due_before),
    ] {
        if let Some(day) = day {
            all.is(&format!("{column} {sign} ?"), day);
        }
    }
    wall::shut(&listing.scope, all);
    Ok(Some(road))
}

/// The rows of a list.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>, listing: &Listing) -> Result<Vec<MatterRow>, Error> {
    if listing.scope.reach == Reach::Nothing {
        return Ok(Vec::new());
    }
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    let Some(road) = road(tx, listing, &mut all)? else { return Ok(Vec::new()) };
    if let Some(cursor) = &listing.after {
        road.after(cursor, &mut all);
    }
    road.rows(tx, all, listing.limit)
}

/// How many rows a list has, over all its pages.
///
/// # Errors
/// The engine failed.
pub fn count(tx: &mut Tx<'_>, listing: &Listing) -> Result<Count, Error> {
    if listing.scope.reach == Reach::Nothing {
        return Ok(Count::Exactly(0));
    }
    let Some(facet) = listing.counted_by() else {
        let mut params = Params::default();
        let mut all = Where::of(&mut params);
        let Some(road) = road(tx, listing, &mut all)? else { return Ok(Count::Exactly(0)) };
        return Ok(Count::up_to(COUNTED, road.count(tx, all, COUNTED)?));
    };
    let seals = wall::seals_of(&listing.scope);
    let ask = Ask::all(Kind::Listed, facet.word());
    let all = sums(tx, &[ask], &seals)?.into_iter().sum::<i64>();
    let hidden = match wall::walled(tx, &listing.scope)? {
        false => 0,
        true => wall::behind(tx, &listing.scope, |all| facet.condition(all))?,
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
