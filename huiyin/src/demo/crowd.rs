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
use std::sync::Arc;
use store::vault::{Blind, Identity};
use store::{Tx, fact, matter, setting, vault};

/// How many files share a commit.
const AT_ONCE: u64 = 200;

/// Somebody of a file, in the clear: whose name is sealed anew for each one that is made after it.
struct Somebody {
    id: String,
    sealed: String,
    who: Identity,
}

/// A file after which others are made.
struct Pattern {
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
        Ok(Some(Self { lines: lines.map_err(broken)?, petitions, people }))
    }

    /// The same file of other people.
    fn again(&self, house: &House, serial: &mut u32) -> Result<Again, Problem> {
        let mut lines = self.lines.join("\n");
        for (number, channel) in &self.petitions {
            *serial += 1;
            let new = PetitionNumber::new(&house.setup.place, *channel, super::YEAR, *serial);
            lines = lines.replace(number, &new.0);
        }
        let mut keys = Vec::new();
        for Somebody { id, sealed, who } in &self.people {
            let party = house.id();
            let who = Identity { phone: format!("139{:08}", *serial % 100_000_000), ..who.clone() };
            let (text, wrapped) = house.vault.seal(&party, &who, &house.fresh())?;
            lines = lines.replace(sealed, &text).replace(id, &party);
            keys.push(PartyKey { party, wrapped, digests: house.vault.digests(&who)? });
        }
        let entries: Result<Vec<Entry>, _> = lines.lines().map(serde_json::from_str).collect();
        Ok(Again { entries: entries.map_err(broken)?, keys })
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
    entries: Vec<Entry>,
    keys: Vec<PartyKey>,
}

impl Again {
    fn record(&self, tx: &mut Tx<'_>, id: MatterId, law: Law<'_>) -> Result<(), Problem> {
        let Some(matter) = Matter::replay(id, &self.entries) else { return Ok(()) };
        matter::record(tx, None, &matter, &self.entries, law)?;
        for PartyKey { party, wrapped, digests } in &self.keys {
            vault::record(tx, id, party, wrapped, digests)?;
        }
        Ok(())
    }
}

/// Makes more matters after those that there are, until the office has had `matters` in the year that is played.
/// `progress` gets done and total.
///
/// # Errors
/// The store failed.
pub fn fill(
    house: &Arc<House>,
    matters: u64,
    mut progress: impl FnMut(u64, u64),
) -> Result<(), Problem> {
    let (patterns, mut id, mut serial) = house.db.read(|tx| {
        let mut patterns = Vec::new();
        for id in matter::ids(tx)? {
            patterns.extend(Pattern::of(house, tx, id)?);
        }
        let drawn = |counter: i64| u32::try_from(counter).map_err(broken);
        let id = drawn(setting::drawn(tx, &counter("matter"))?)?;
        let serial = drawn(setting::drawn(tx, &counter("petition"))?)?;
        Ok::<_, Problem>((patterns, id, serial))
    })?;
    let first = u64::from(id);
    let mut next = patterns.iter().cycle();
    while u64::from(id) < matters {
        let mut batch = Vec::new();
        for pattern in next
            .by_ref()
            .take(usize::try_from(AT_ONCE.min(matters - u64::from(id))).map_err(broken)?)
        {
            id += 1;
            batch.push((MatterId::new(super::YEAR, id), pattern.again(house, &mut serial)?));
        }
        if batch.is_empty() {
            break;
        }
        let (house, last) = (house.clone(), (id, serial));
        house.clone().db.write(move |tx| {
            let calendar = house.calendar();
            let law = Law { statutes: &house.statutes, calendar: &calendar };
            batch.iter().try_for_each(|(id, again)| again.record(tx, *id, law))?;
            setting::advance(tx, &counter("matter"), last.0.into())?;
            Ok::<_, Problem>(setting::advance(tx, &counter("petition"), last.1.into())?)
        })?;
        progress(u64::from(id) - first, matters.saturating_sub(first));
    }
    Ok(())
}

/// The counter of the year's matters or petitions.
fn counter(of: &str) -> String {
    format!("{of}-{}", super::YEAR)
}
