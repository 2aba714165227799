//! A county of many more people (扩充): the case files of an office again and again, each time of other people
//! under numbers of their own, so that it can be seen how the program bears a large office. They go into the
//! record by the same steps as every file does.

use super::broken;
use crate::house::House;
use crate::identity::{Opened, identities_in};
use crate::problem::Problem;
use casework::deadline::Law;
use casework::matter::{Entry, Matter, MatterId};
use casework::petition::{Channel, PetitionNumber};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use store::matter::Ready;
use store::vault::{Blind, Identity};
use store::{Tx, bulk, fact, matter, setting, vault};

/// Of when and of whom the files are that are added (扩充范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crowd {
    /// Of the same year, at the same places, with the same units: everything grows alike.
    Today,
    /// Of ten years before, at places and with units that are no more, and over: what an office keeps and nobody
    /// looks for.
    Past,
}

impl Crowd {
    /// The year of the numbers.
    fn year(self) -> i16 {
        match self {
            Self::Today => super::YEAR,
            Self::Past => super::YEAR - 10,
        }
    }
}

/// How many files share a commit.
const AT_ONCE: u64 = 500;

/// Somebody of a file, in the clear: whose name is sealed anew for each one that is made after it.
#[derive(Clone)]
struct Somebody {
    id: String,
    sealed: String,
    who: Identity,
}

/// A file after which others are made.
struct Pattern {
    over: bool,
    lines: Vec<String>,
    petitions: Vec<(String, Channel)>,
    people: Vec<Somebody>,
}

impl Pattern {
    /// Of a matter; none of one that was joined to another or taken apart, since its lines tell of other matters.
    fn of(house: &House, tx: &mut Tx<'_>, id: MatterId) -> Result<Option<Self>, Problem> {
        let entries: Vec<Entry> = fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
        let Some(matter) = Matter::replay(id, &entries) else { return Ok(None) };
        let opened = identities_in(house, tx, &matter)?;
        let sealed = matter.petitions.iter().flat_map(|petition| {
            let parties = petition.parties.iter().map(|one| (&one.id, &one.sealed));
            parties.chain(petition.accused.iter().map(|one| (&one.id, &one.sealed)))
        });
        let people = sealed.filter(|(_, text)| !text.is_empty()).zip(opened);
        let somebody =
            |((id, sealed), Opened { who, .. }): ((&String, &casework::secret::Secret), Opened)| {
                Somebody { id: id.clone(), sealed: sealed.to_string(), who }
            };
        let people = people.map(somebody).collect();
        let petitions = matter.petitions.iter();
        let petitions = petitions.map(|one| (one.number.0.clone(), one.channel)).collect();
        let lines: Result<Vec<String>, _> = entries.iter().map(serde_json::to_string).collect();
        let over = !matter.is_open() && !matter.watched();
        Ok(Some(Self { over, lines: lines.map_err(broken)?, petitions, people }))
    }

    /// The lines as of ten years before, at other places and with other units.
    fn past(&self, house: &House) -> Self {
        let directory = house.directory();
        let long_ago = |line: &String| {
            let mut line =
                line.replace(&format!("\"{}-", super::YEAR), &format!("\"{}-", Crowd::Past.year()));
            for unit in directory.units.keys().filter(|unit| **unit != house.office) {
                line = line.replace(&format!("\"{}\"", unit.0), &format!("\"{}.old\"", unit.0));
            }
            let place = format!("\"place\":\"{}", house.setup.place.0);
            line.replace(&place, &format!("{place}9"))
                .replace("\"category\":\"", "\"category\":\"旧")
        };
        let (petitions, people) = (self.petitions.clone(), self.people.clone());
        Self {
            over: self.over,
            lines: self.lines.iter().map(long_ago).collect(),
            petitions,
            people,
        }
    }

    /// The same file of other people, under a number of its own and petitions' numbers after the last one.
    fn again(&self, batch: &Batches<'_>, last: &mut Last) -> Result<Again, Problem> {
        let Batches { house, crowd, law, .. } = *batch;
        last.matter += 1;
        let mut lines = self.lines.join("\n");
        for (number, channel) in &self.petitions {
            last.petition += 1;
            let (place, serial) = (&house.setup.place, last.petition);
            let new = PetitionNumber::new(place, *channel, crowd.year(), serial);
            lines = lines.replace(number, &new.0);
        }
        let mut keys = Vec::new();
        for Somebody { id, sealed, who } in &self.people {
            let party = house.id();
            let phone = format!("139{:08}", last.petition % 100_000_000);
            let who = Identity { phone, ..who.clone() };
            let (text, wrapped) = house.vault.seal(&party, &who, &house.fresh())?;
            lines = lines.replace(sealed, &text).replace(id, &party);
            keys.push(PartyKey { party, wrapped, digests: house.vault.digests(&who)? });
        }
        let entries: Result<Vec<Entry>, _> = lines.lines().map(serde_json::from_str).collect();
        let (entries, id) = (entries.map_err(broken)?, MatterId::new(crowd.year(), last.matter));
        let matter = Matter::replay(id, &entries).ok_or_else(|| broken("no registration"))?;
        Ok(Again { ready: Ready::of(&matter, Cow::Owned(entries), law)?, keys })
    }
}

/// What is kept of somebody beside the file.
struct PartyKey {
    party: String,
    wrapped: String,
    digests: Vec<(Blind, String)>,
}

/// A file made after a pattern.
struct Again {
    ready: Ready<'static>,
    keys: Vec<PartyKey>,
}

impl Again {
    fn record(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        self.ready.write(tx)?;
        for PartyKey { party, wrapped, digests } in &self.keys {
            vault::record(tx, self.ready.id(), party, wrapped, digests)?;
        }
        Ok(())
    }
}

/// Makes more matters after those that there are, until the office has had `matters` in the crowd's year. `progress`
/// gets done and total.
///
/// # Errors
/// The store failed.
pub fn fill(
    house: &Arc<House>,
    crowd: Crowd,
    matters: u64,
    mut progress: impl FnMut(u64, u64),
) -> Result<(), Problem> {
    let counter = |of: &str| counter_of(crowd, of);
    let (patterns, mut last) = house.db.read(|tx| {
        let drawn = |counter: i64| u32::try_from(counter).map_err(broken);
        let matter = drawn(setting::drawn(tx, &counter("matter"))?)?;
        let petition = drawn(setting::drawn(tx, &counter("petition"))?)?;
        Ok::<_, Problem>((patterns(house, tx, crowd)?, Last { matter, petition }))
    })?;
    let (first, calendar) = (u64::from(last.matter), house.calendar());
    let law = Law { statutes: &house.statutes, calendar: &calendar };
    let batches = Batches { house, crowd, law, patterns: &patterns, matters };
    let aside = bulk::begin(&house.db)?;
    let (send, receive) = sync_channel(2);
    // One thread makes files while another writes them.
    std::thread::scope(|scope| {
        scope.spawn(move || batches.make(&send, &mut last));
        for batch in receive {
            let Batch { files, last } = batch?;
            let done = last.matter;
            house.db.write(move |tx| {
                files.iter().try_for_each(|again| again.record(tx))?;
                setting::advance(tx, &counter_of(crowd, "matter"), last.matter.into())?;
                let petitions = counter_of(crowd, "petition");
                Ok::<_, Problem>(setting::advance(tx, &petitions, last.petition.into())?)
            })?;
            progress(u64::from(done) - first, matters.saturating_sub(first));
        }
        Ok::<_, Problem>(())
    })?;
    Ok(bulk::end(&house.db, aside)?)
}

/// The last numbers that were given out.
#[derive(Clone, Copy)]
struct Last {
    matter: u32,
    petition: u32,
}

/// Files that share a commit.
struct Batch {
    files: Vec<Again>,
    last: Last,
}

/// What is made.
struct Batches<'a> {
    house: &'a House,
    crowd: Crowd,
    law: Law<'a>,
    patterns: &'a [Pattern],
    matters: u64,
}

impl Batches<'_> {
    /// Makes them until there are enough, or nobody wants them any more.
    fn make(&self, send: &SyncSender<Result<Batch, Problem>>, last: &mut Last) {
        let mut next = self.patterns.iter().cycle();
        while u64::from(last.matter) < self.matters {
            let more = AT_ONCE.min(self.matters - u64::from(last.matter));
            let more = next.by_ref().take(usize::try_from(more).unwrap_or(1));
            let files: Result<Vec<Again>, Problem> =
                more.map(|pattern| pattern.again(self, last)).collect();
            let none = files.as_ref().is_ok_and(Vec::is_empty);
            if none || send.send(files.map(|files| Batch { files, last: *last })).is_err() {
                return;
            }
        }
    }
}

/// The counter of a crowd's matters or petitions.
fn counter_of(crowd: Crowd, of: &str) -> String {
    format!("{of}-{}", crowd.year())
}

/// The files after which a crowd's are made.
fn patterns(house: &House, tx: &mut Tx<'_>, crowd: Crowd) -> Result<Vec<Pattern>, Problem> {
    let mut found = Vec::new();
    for id in matter::ids(tx)?.into_iter().filter(|id| id.year() == i64::from(super::YEAR)) {
        found.extend(Pattern::of(house, tx, id)?);
    }
    if crowd == Crowd::Past {
        found = found.iter().filter(|one| one.over).map(|one| one.past(house)).collect();
    }
    Ok(found)
}
