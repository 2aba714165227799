//! Looking at a matter (查看): through no wall, and never at what is sealed without a line in the journal.

use crate::house::House;
use crate::parameters::Parameters;
use crate::problem::Problem;
use casework::matter::{Entry, Matter, MatterId};
use casework::moment::Instant;
use casework::org::Actor;
use casework::refusal::reasoned;
use casework::role::{self, Act, Thing};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use store::journal::{self, Event, JournalLine};
use store::matter;
use store::wall::{Sight, sight};
use store::{Tx, fact};

/// A matter with its case file, as this person may see it.
pub struct SeenMatter {
    /// The matter.
    pub matter: Matter,
    /// Its case file.
    pub entries: Vec<Entry>,
}

fn read(tx: &mut Tx<'_>, id: MatterId) -> Result<SeenMatter, Problem> {
    let entries: Vec<Entry> = fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
    let matter = Matter::replay(id, &entries).ok_or(Problem::NotFound)?;
    Ok(SeenMatter { matter, entries })
}

/// Reads a matter that the person may see; a look at a sealed one stands in the journal.
///
/// # Errors
/// [`Problem::NotFound`] for what they may not know of, and alike for what is sealed: whoever is accused learns from
/// no answer that a seal hides more from them than from others (R05-23, R22-30).
pub fn see(house: &House, actor: &Actor, id: MatterId) -> Result<SeenMatter, Problem> {
    role::allow(actor, Act::ViewMatter, Thing::Office).map_err(|_| Problem::NotFound)?;
    let seen = house.db.read(|tx| match sight(tx, id, &role::scope(actor))? {
        Sight::Hidden | Sight::Sealed => Err(Problem::NotFound),
        Sight::Open => read(tx, id),
    })?;
    if seen.matter.sealed() {
        house.write_down(house.note(actor, Event::SealedViewed).on(id.to_string()))?;
    }
    Ok(seen)
}

/// Notes that a sealed matter was shown beside something else.
pub(crate) fn shown(house: &House, actor: &Actor, matter: &Matter) -> Result<(), Problem> {
    if !matter.sealed() {
        return Ok(());
    }
    Ok(house.write_down(house.note(actor, Event::SealedViewed).on(matter.id.to_string()))?)
}

/// The titles of the matters that the reader may see, of these.
///
/// # Errors
/// The store failed.
pub fn titles(
    house: &House,
    actor: &Actor,
    matters: &[MatterId],
) -> Result<BTreeMap<MatterId, String>, Problem> {
    let scope = role::scope(actor);
    Ok(house.db.read(|tx| {
        let mut found = BTreeMap::new();
        for id in matters {
            if sight(tx, *id, &scope)? != Sight::Open {
                continue;
            }
            let row = matter::of_ids(tx, &scope, &[*id])?.into_iter().next();
            found.insert(*id, row.map(|row| row.title).unwrap_or_default());
        }
        Ok::<_, store::Error>(found)
    })?)
}

/// Breaks the seal for one look, for a reason that the office's head reads at the end of the week.
///
/// # Errors
/// As [`see`]; no reason given; a role that may not.
pub fn break_seal(
    house: &House,
    actor: &Actor,
    id: MatterId,
    reason: &str,
) -> Result<SeenMatter, Problem> {
    let seen = house.db.read(|tx| match sight(tx, id, &role::scope(actor))? {
        Sight::Hidden => Err(Problem::NotFound),
        Sight::Sealed | Sight::Open => read(tx, id),
    })?;
    role::allow(actor, Act::BreakSeal, Thing::Matter(&seen.matter)).map_err(Problem::Denied)?;
    let note = house.note(actor, Event::SealBroken).on(id.to_string());
    house.write_down(note.saying(reasoned(reason)?))?;
    Ok(seen)
}

/// Every look at what is sealed in a span of time, newest first, for whoever answers for the seals; of what they are
/// kept out of themselves, not even that somebody looked (R05-23, R22-30).
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn looks(
    house: &House,
    actor: &Actor,
    span: Range<Instant>,
) -> Result<Vec<JournalLine>, Problem> {
    role::allow(actor, Act::Unseal, Thing::Office).map_err(Problem::Denied)?;
    let scope = role::scope(actor);
    Ok(house.db.read(|tx| {
        let mut lines = Vec::new();
        for line in journal::of_events(tx, &[Event::SealedViewed, Event::SealBroken], span)? {
            if let Some(id) = MatterId::parse(&line.subject)
                && sight(tx, id, &scope)? != Sight::Hidden
            {
                lines.push(line);
            }
        }
        Ok::<_, store::Error>(lines)
    })?)
}

/// What of the journal an address asks for (日志查询).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct JournalAsked {
    before: String,
}

/// A page of the journal (日志分页结果).
pub struct JournalPage {
    /// Its lines, newest first.
    pub lines: Vec<JournalLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Reads a page of the journal, for the audit administrator.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for an address that can't be read; the store failed.
pub fn journal(house: &House, actor: &Actor, asked: &JournalAsked) -> Result<JournalPage, Problem> {
    const MOST: u32 = 100;
    role::allow(actor, Act::ReadJournal, Thing::Office).map_err(Problem::Denied)?;
    let mut parameters = Parameters::default();
    let before = parameters.number("before", &asked.before);
    let before = parameters.done(before)?;
    let scope = role::scope(actor);
    let lines = house.db.read(|tx| journal::list_for(tx, &scope, before, MOST))?;
    let full = u32::try_from(lines.len()) == Ok(MOST);
    let next = lines.last().filter(|_| full).map(|line| line.sequence);
    Ok(JournalPage { lines, next })
}
