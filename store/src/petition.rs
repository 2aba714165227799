//! Petitions (信访件): one row for each, counted for ever.

use crate::value::Value;
use crate::{Error, Tx, params};
use casework::figure::Head;
use casework::matter::{Matter, MatterId, StepKind};
use casework::moment::Instant;
use casework::petition::{Channel, Petition};

/// A petition as lists show it.
#[derive(Debug, Clone)]
pub struct PetitionRow {
    /// Its number.
    pub number: String,
    /// Its matter.
    pub matter: MatterId,
    /// How it came.
    pub channel: Channel,
    /// Collective or not.
    pub collective: bool,
    /// People.
    pub headcount: i64,
    /// Registered on.
    pub registered_on: jiff::civil::Date,
    /// One line.
    pub title: String,
    /// Masked name.
    pub lead: String,
    /// Where its matter stands.
    pub step: StepKind,
    /// Whether its matter is sealed.
    pub sealed: bool,
}

pub(crate) const COLUMNS: &str =
    "petition.number, petition.matter, petition.channel, petition.collective,
  petition.headcount, petition.registered_on, petition.title, petition.lead, matter.step,
  matter.sealed";

/// A row of a list: of what is sealed, only that it is there; who may see more opens it, and that is
/// recorded.
pub(crate) fn row(mut row: crate::value::Row) -> Result<PetitionRow, Error> {
    let mut found = PetitionRow {
        number: row.text()?,
        matter: MatterId(row.int()?),
        channel: row.word()?,
        collective: row.int()? != 0,
        headcount: row.int()?,
        registered_on: row.date()?,
        title: row.text()?,
        lead: row.text()?,
        step: row.word()?,
        sealed: row.int()? != 0,
    };
    if found.sealed {
        (found.title, found.lead) = (String::new(), String::new());
    }
    Ok(found)
}

/// The masked name that stands for the petition.
pub fn lead(petition: &Petition) -> String {
    petition
        .parties
        .iter()
        .find(|party| party.role == casework::petition::PartyRole::Lead)
        .or(petition.parties.first())
        .map(|party| party.mask.clone())
        .unwrap_or_default()
}

/// The columns of a petition's row beside its number, as the case file gives them.
const NAMES: &str = "matter, position, channel, collective, headcount, received_on, received_day,
  registered_on, title, head, head_before, head_since, place, lead, query_hash, reference";

fn values(matter: &Matter, position: i64, petition: &Petition) -> Vec<Value> {
    params![
        matter.id.0,
        position,
        petition.channel.word(),
        petition.collective,
        petition.headcount,
        petition.received_on,
        crate::matter::day(petition.received_on),
        petition.registered_on,
        &petition.title,
        Head::of(&matter.category.0).word(),
        Head::of(&matter.category_before.0).word(),
        matter.category_since,
        &petition.place.0,
        lead(petition),
        &*petition.query_hash,
        petition.reference.clone(),
    ]
    .to_vec()
}

/// Writes the rows of a matter's petitions as they stand now.
///
/// # Errors
/// The engine failed.
pub(crate) fn record(tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Error> {
    if matter.version > 1 {
        tx.run("DELETE FROM petition WHERE matter = $1", params![matter.id.0])?;
    }
    let sql = format!(
        "INSERT INTO petition (number, {NAMES})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
    );
    for (position, petition) in (0i64..).zip(&matter.petitions) {
        let mut row = values(matter, position, petition);
        row.insert(0, petition.number.0.as_str().into());
        tx.run(&sql, &row)?;
    }
    Ok(())
}

/// What differs between a matter's petition rows, its parties' keys and indexes, and its case file;
/// for `verify`.
///
/// # Errors
/// The engine failed.
pub(crate) fn differs(tx: &mut Tx<'_>, matter: &Matter) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let sql = format!("SELECT {NAMES} FROM petition WHERE number = $1");
    for (position, petition) in (0i64..).zip(&matter.petitions) {
        let number = &petition.number.0;
        let Some(mut row) = tx.opt(&sql, params![number])? else {
            found.push(format!("petition {number}: missing"));
            continue;
        };
        for (name, value) in NAMES.split(',').zip(values(matter, position, petition)) {
            let stored = row.value();
            if stored != value {
                let name = name.trim();
                found.push(format!("petition {number}: {name}: {stored:?} instead of {value:?}"));
            }
        }
        for party in petition.parties.iter().filter(|party| !party.sealed.is_empty()) {
            let id = party.id.as_str();
            let key = "SELECT 1 FROM party_key WHERE party = $1 AND matter = $2";
            let index = "SELECT 1 FROM blind WHERE party = $1 AND matter = $2 LIMIT 1";
            for (table, sql) in [("party_key", key), ("blind", index)] {
                if tx.opt(sql, params![id, matter.id.0])?.is_none() {
                    found.push(format!("{table}: {id} of petition {number} is missing"));
                }
            }
        }
    }
    let rows =
        tx.one("SELECT COUNT(*) FROM petition WHERE matter = $1", params![matter.id.0])?.int()?;
    let expected = i64::try_from(matter.petitions.len()).unwrap_or_default();
    if rows != expected {
        found.push(format!("petition: {} has {rows} rows, its file {expected}", matter.id));
    }
    Ok(found)
}

/// The matter of a petition's number, with the keyed hash of its query code.
///
/// # Errors
/// The engine failed.
pub fn find(tx: &mut Tx<'_>, number: &str) -> Result<Option<(MatterId, String)>, Error> {
    tx.opt("SELECT matter, query_hash FROM petition WHERE number = $1", params![number])?
        .map(|mut row| Ok((MatterId(row.int()?), row.text()?)))
        .transpose()
}

/// Why a petition got another query code (补发查询码).
pub const LOST: &str = "lost";
/// For somebody who signed with others, beside the first.
pub const JOINT: &str = "joint";

/// Keeps another query code of a petition, by its keyed hash; one for a lost code ends those before it.
///
/// # Errors
/// The engine failed.
pub fn record_code(
    tx: &mut Tx<'_>,
    number: &str,
    hash: &str,
    (why, at): (&str, Instant),
) -> Result<(), Error> {
    // Its turn, not its instant: two codes of one millisecond have an order too.
    let last =
        "SELECT CAST(COALESCE(MAX(turn), 0) AS BIGINT) FROM petition_code WHERE petition = $1";
    let turn = tx.one(last, params![number])?.int()? + 1;
    tx.run(
        "INSERT INTO petition_code (petition, turn, hash, why, issued_at) VALUES ($1, $2, $3, $4, $5)",
        params![number, turn, hash, why, at.0],
    )?;
    Ok(())
}

/// Whether a code's keyed hash opens the petition: its first code or a later one, unless a code was
/// lost since.
///
/// # Errors
/// The engine failed.
pub fn opens(tx: &mut Tx<'_>, number: &str, first: &str, hash: &str) -> Result<bool, Error> {
    let sql = "SELECT hash, why FROM petition_code WHERE petition = $1 ORDER BY turn";
    let mut valid = vec![first.to_owned()];
    for mut row in tx.all(sql, params![number])? {
        let (hash, why) = (row.text()?, row.text()?);
        if why == LOST {
            valid.clear();
        }
        valid.push(hash);
    }
    Ok(!hash.is_empty() && valid.iter().any(|one| one == hash))
}

/// The matter of a petition that came with a foreign ledger's number, so that an import made
/// again adds nothing twice.
///
/// # Errors
/// The engine failed.
pub fn find_by_reference(tx: &mut Tx<'_>, reference: &str) -> Result<Option<MatterId>, Error> {
    tx.opt("SELECT matter FROM petition WHERE reference = $1 ORDER BY number", params![reference])?
        .map(|mut row| row.int().map(MatterId))
        .transpose()
}
