//! Acts (办理): rows with a form each, in tables by the rooms of the work, and the one way to change a matter: find,
//! allow, decide, record, in one transaction.

mod field;
mod form;
mod identity;
mod name;
mod reseal;
mod row;
mod table;

pub use field::{Field, Kind, LIES_WITH};
pub use form::{Answers, Form, MOST_CHARACTERS, given};
pub use identity::{MOST_OF_NAME, check_identity};
pub use name::Name;
pub use row::Row;
pub use table::{ActForm, CONFERENCE, GROUPS, all};

use self::reseal::resealed;
use crate::by::{By, DoneUnder};
use crate::house::{County, House};
use crate::identity::{Opened, identities_in, struck_in};
use crate::problem::{FieldError, Problem, Wrong};
use casework::deadline::Law;
use casework::matter::document::{Document, Issued};
use casework::matter::participation::{self, ParticipationOpened};
use casework::matter::{Command, Context, Entry, Fact, Known, Matter, MatterId, decide};
use casework::org::Actor;
use casework::petition::Attachment;
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use std::sync::Arc;
use store::matter::Derived;
use store::vault::Blind;
use store::wall::{Sight, sight};
use store::{Tx, matter, paper, setting};

/// Somebody doing something in a transaction (办理中): with the county as the transaction found it.
#[derive(Clone, Copy)]
pub(crate) struct Doing<'a> {
    pub house: &'a House,
    pub county: &'a County,
    pub by: &'a By,
}

impl<'a> Doing<'a> {
    /// What the rules may look at.
    pub(crate) fn context(&self) -> Context<'a> {
        self.house.context(self.by.moment, &self.by.actor, self.county)
    }

    /// By what due dates are counted.
    fn law(&self) -> Law<'a> {
        Law { statutes: &self.house.statutes, calendar: &self.county.calendar }
    }

    /// A fact with who and when.
    fn entry(&self, fact: Fact, issued: Issued) -> Entry {
        Entry {
            at: self.by.moment.at,
            on: self.by.moment.on,
            actor: self.by.actor.account.clone(),
            unit: self.by.actor.unit.clone(),
            issued,
            fact,
        }
    }

    /// A fact with who and when, and the numbers of its papers.
    fn numbered(&self, tx: &mut Tx<'_>, fact: Fact) -> Result<Entry, Problem> {
        let [letter, notice] = fact.numbered_by_program();
        let issued = Issued { letter: self.number(tx, letter)?, notice: self.number(tx, notice)? };
        Ok(self.entry(fact, issued))
    }

    /// The next number of the unit's series of the year, such as `县信访局信转〔2025〕7号`: drawn with the line that makes
    /// the paper, so that none is given twice and none is left out.
    fn number(&self, tx: &mut Tx<'_>, paper: Option<Document>) -> Result<Option<String>, Problem> {
        let Some(mark) = paper.and_then(Document::mark) else { return Ok(None) };
        let (unit, year) = (&self.by.actor.unit, self.by.moment.on.year());
        let known = self.county.directory.units.get(unit);
        let short = known.map_or(unit.0.as_str(), |unit| unit.short.as_str());
        // A number that somebody typed, or another unit of the same short name, is passed over.
        paper::hold(tx)?;
        loop {
            let serial = setting::draw(tx, &format!("paper-{year}-{}-{mark}", unit.0))?;
            let number = format!("{short}信{mark}〔{year}〕{serial}号");
            if !paper::number_taken(tx, &number)? {
                return Ok(Some(number));
            }
        }
    }

    /// Folds facts into the matter and records both.
    pub(crate) fn append(
        &self,
        tx: &mut Tx<'_>,
        before: Matter,
        facts: Vec<Fact>,
    ) -> Result<Matter, Problem> {
        let entries: Result<Vec<Entry>, Problem> =
            facts.into_iter().map(|fact| self.numbered(tx, fact)).collect();
        self.fold(tx, before, &entries?)
    }

    /// Folds facts that come along from another matter: their papers were made there, under their numbers there.
    pub(crate) fn carry(
        &self,
        tx: &mut Tx<'_>,
        before: Matter,
        facts: Vec<Fact>,
    ) -> Result<Matter, Problem> {
        if facts.is_empty() {
            return Ok(before);
        }
        let entry = |fact| self.entry(fact, Issued::default());
        let entries: Vec<Entry> = facts.into_iter().map(entry).collect();
        self.fold(tx, before, &entries)
    }

    fn fold(&self, tx: &mut Tx<'_>, before: Matter, entries: &[Entry]) -> Result<Matter, Problem> {
        hold(self.house, entries.iter().flat_map(|entry| entry.fact.attachments()))?;
        let law = self.law();
        let known = Derived::of(&before, law);
        let after = entries.iter().fold(before, |matter, entry| matter.evolve(entry));
        matter::record(tx, Some(&known), &after, entries, law)?;
        Ok(after)
    }

    /// Opens a case file with its first facts.
    pub(crate) fn open(
        &self,
        tx: &mut Tx<'_>,
        id: MatterId,
        facts: Vec<Fact>,
    ) -> Result<Matter, Problem> {
        let entries: Result<Vec<Entry>, Problem> =
            facts.into_iter().map(|fact| self.numbered(tx, fact)).collect();
        let entries = entries?;
        hold(self.house, entries.iter().flat_map(|entry| entry.fact.attachments()))?;
        let nothing =
            || store::Error::Engine(format!("{id}: a case file that begins with nothing"));
        let matter = Matter::replay(id, &entries).ok_or_else(nothing)?;
        matter::record(tx, None, &matter, &entries, self.law())?;
        Ok(matter)
    }
}

/// Does a command to a matter and returns the matter after it. `seen` is the version the actor
/// looked at; if the file has grown since, nothing is done.
///
/// # Errors
/// [`Problem::Refused`] and [`Problem::Denied`] name their rule; [`Problem::Conflict`] when
/// somebody was quicker; [`Problem::NotFound`] for what the actor may not even know of.
pub fn act(
    house: &Arc<House>,
    by: By,
    id: MatterId,
    seen: Option<i64>,
    command: Command,
) -> Result<Matter, Problem> {
    let house = house.clone();
    let command = sealed(&house, command)?;
    house.clone().db.write(move |tx| {
        let county = house.county(tx)?;
        let doing = Doing { house: &house, county: &county, by: &by };
        by.once(
            tx,
            |tx, _| find(tx, &by.actor, id),
            |tx| {
                let before = find(tx, &by.actor, id)?;
                role::allow(&by.actor, Act::of(&command), Thing::Matter(&before))
                    .map_err(Problem::Denied)?;
                if seen.is_some_and(|seen| seen != before.version) {
                    return Err(Problem::Conflict);
                }
                let resealing = resealed(&house, tx, &before, &command)?;
                let known = Known {
                    resealed: resealing.as_ref().and_then(|one| one.resealed.as_ref()),
                    ..known(&house, tx, &before, &command)?
                };
                let facts = decide(&before, &command, &Context { known, ..doing.context() })?;
                for number in facts.iter().filter_map(Fact::number) {
                    if paper::number_taken(tx, number)? {
                        return Err(Problem::Refused(Refusal::NumberUsed));
                    }
                }
                if let Some(resealing) = &resealing {
                    resealing.record(tx, before.id)?;
                }
                let after = doing.append(tx, before, facts)?;
                Ok((after, DoneUnder::Matter(id.to_string())))
            },
        )
    })
}

/// The matter, if it exists for this actor.
///
/// # Errors
/// [`Problem::NotFound`] also for a matter outside of the actor's scope, and for one whose seal does not open to
/// them.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MatterId) -> Result<Matter, Problem> {
    // Asked first, and in one way: what is not there, what a wall hides and what is sealed are answered alike, and
    // in the same time.
    let public = actor.is(casework::org::Role::Public);
    if !public && sight(tx, id, &role::scope(actor))? != Sight::Open {
        return Err(Problem::NotFound);
    }
    matter::find(tx, id)?.ok_or(Problem::NotFound)
}

/// Holds the files that are about to be recorded, so that no sweep takes them. What is gone already has to be
/// handed in again: nothing is recorded that nobody could read.
///
/// # Errors
/// [`Problem::Invalid`] for a file whose content is not there.
pub(crate) fn hold<'a>(
    house: &House,
    files: impl IntoIterator<Item = &'a Attachment>,
) -> Result<(), Problem> {
    for file in files {
        if !house.blobs.hold(&file.hash, house.clock.now())? {
            return Err(Problem::Invalid(vec![FieldError::new(Name::Files, Wrong::FileGone)]));
        }
    }
    Ok(())
}

/// The command as the case file may keep it: names that it carries in the clear become keyed hashes and masks.
///
/// # Errors
/// The vault failed.
fn sealed(house: &House, mut command: Command) -> Result<Command, Problem> {
    if let Some(recipient) = command.recipient() {
        *recipient = chinese::identity::mask_name(recipient);
    }
    let Command::Participation(participation::Command::OpenParticipation(opened)) = command else {
        return Ok(command);
    };
    Ok(participation::Command::OpenParticipation(unnamed(house, opened)?).into())
}

/// The elected as the file keeps them: how many, their masks, and the keyed hashes of their names.
fn unnamed(house: &House, opened: ParticipationOpened) -> Result<ParticipationOpened, Problem> {
    let apart = |c: char| c.is_whitespace() || "、，,；;/|".contains(c);
    let elected = opened.representatives.split(apart).filter(|name| !name.is_empty());
    let (mut masks, mut names) = (Vec::new(), Vec::new());
    for name in elected {
        masks.push(chinese::identity::mask_name(name));
        names.push(house.vault.blind(Blind::Name, &chinese::identity::bare(name))?);
    }
    let (elected, representatives) =
        (u32::try_from(names.len()).unwrap_or(u32::MAX), masks.join("、"));
    Ok(ParticipationOpened { representatives, elected, names, ..opened })
}

/// Whether a text holds one of the names of which only keyed hashes are kept.
fn names_somebody(house: &House, text: &str, names: &[String]) -> Result<bool, Problem> {
    const LONGEST: usize = 12;
    if names.is_empty() {
        return Ok(false);
    }
    let letters: Vec<char> = chinese::identity::bare(text).chars().collect();
    for length in 2..=LONGEST {
        for window in letters.windows(length) {
            let name: String = window.iter().collect();
            if names.contains(&house.vault.blind(Blind::Name, &name)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What the rules have to know of a command and only the record and the vault can tell.
fn known(
    house: &House,
    tx: &mut Tx<'_>,
    matter: &Matter,
    command: &Command,
) -> Result<Known<'static>, Problem> {
    let published = command.published();
    let names_somebody = !published.is_empty() && names_somebody_of(house, tx, matter, &published)?;
    Ok(Known { names_somebody, resealed: None })
}

/// Whether what is published carries anybody's name, telephone, identity number or address.
fn names_somebody_of(
    house: &House,
    tx: &mut Tx<'_>,
    matter: &Matter,
    published: &[&str],
) -> Result<bool, Problem> {
    let mut identities: Vec<String> = Vec::new();
    let known = identities_in(house, tx, matter)?.into_iter().map(|Opened { who, .. }| who);
    for identity in known.chain(struck_in(house, tx, matter)?) {
        identities.extend([identity.name, identity.phone, identity.id_number, identity.address]);
    }
    let part = matter.participation.as_ref();
    let names = part.map(|part| part.opened.names.clone()).unwrap_or_default();
    let mut personal = false;
    for text in published {
        personal |= chinese::identity::looks_personal(text)
            || identities.iter().any(|one| chinese::identity::speaks_of(text, one))
            || names_somebody(house, text, &names)?;
    }
    Ok(personal)
}
