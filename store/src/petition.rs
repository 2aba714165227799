//! Petitions (信访件): one row for each, counted for ever.

use crate::row::Row;
use crate::table::{PETITION, PETITION_CODE, Rows, Written, named};
use crate::value::day;
use crate::{Error, Tx, params};
use casework::code::code_list;
use casework::deadline::Law;
use casework::matter::{Matter, MatterId, StepKind};
use casework::moment::Instant;
use casework::petition::{Channel, Petition};
use std::collections::BTreeSet;

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

pub(crate) const COLUMNS: &str = "petition.number, petition.matter, petition.channel,
  petition.collective, petition.headcount, petition.registered_on, petition.title, petition.lead,
  matter.step, matter.sealed";

/// A row of a list: of what is sealed, only that it is there; who may see more opens it, and that is
/// recorded.
pub(crate) fn row(row: &Row) -> Result<PetitionRow, Error> {
    let sealed = row.yes("sealed")?;
    let open = |column| if sealed { Ok(String::new()) } else { row.text(column) };
    Ok(PetitionRow {
        number: row.text("number")?,
        matter: MatterId(row.int("matter")?),
        channel: row.word("channel")?,
        collective: row.yes("collective")?,
        headcount: row.int("headcount")?,
        registered_on: row.date("registered_on")?,
        title: open("title")?,
        lead: open("lead")?,
        step: row.word("step")?,
        sealed,
    })
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

/// A petition's row, as the case file gives it.
fn columns(matter: &Matter, position: i64, petition: &Petition, law: Law<'_>) -> Written {
    // What came after the answer is answered by what its petitioner was told.
    let later = matter.repeat_clock(&petition.number);
    let told_by = later.and_then(|span| span.due(&matter.place, law.statutes, law.calendar));
    let told_on = matter.repeat_told_on(&petition.number);
    named![
        number: &petition.number.0,
        matter: matter.id.0,
        position: position,
        channel: petition.channel.word(),
        collective: petition.collective,
        headcount: petition.headcount,
        received_on: petition.received_on,
        received_day: day(petition.received_on),
        registered_on: petition.registered_on,
        title: &petition.title,
        category: &matter.category.0,
        category_before: &matter.category_before.0,
        category_since: matter.category_since,
        place: &petition.place.0,
        lead: lead(petition),
        query_hash: &*petition.query_hash,
        reference: petition.reference.clone(),
        told_by: told_by.map(|due| due.nominal),
        told_on: told_on,
        told_day: told_on.map(day),
        over_on: later.and_then(|_| matter.repeat_over_on(&petition.number)),
        by_unit: petition.first_unit != matter.office,
        jurisdiction: &matter.jurisdiction.0,
    ]
    .to_vec()
}

/// The rows of a matter's petitions.
pub(crate) fn rows(matter: &Matter, law: Law<'_>) -> Rows {
    let numbered = (0i64..).zip(&matter.petitions);
    let rows = numbered.map(|(position, petition)| columns(matter, position, petition, law));
    Rows { table: &PETITION, rows: rows.collect() }
}

/// What is missing of the keys and indexes of a matter's parties, by which of them have both; for `verify`.
pub(crate) fn keyless(matter: &Matter, keyed: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for petition in &matter.petitions {
        let parties = petition.parties.iter().filter(|party| !party.sealed.is_empty());
        for party in parties.filter(|party| !keyed.contains(&party.id)) {
            let (id, number) = (&party.id, &petition.number.0);
            found.push(format!("party_key, blind: {id} of petition {number} is missing"));
        }
    }
    found
}

/// The matter of a petition's number, with the keyed hash of its query code.
///
/// # Errors
/// The engine failed.
pub fn find(tx: &mut Tx<'_>, number: &str) -> Result<Option<(MatterId, String)>, Error> {
    tx.opt("SELECT matter, query_hash FROM petition WHERE number = $1", params![number])?
        .map(|row| Ok((MatterId(row.int("matter")?), row.text("query_hash")?)))
        .transpose()
}

code_list! {
    /// Why a petition got another query code (补发查询码原因).
    pub enum CodeReason {
        /// 遗失: the codes before it open nothing any more.
        Lost = "lost",
        /// 共同信访人: for somebody who signed with others, beside the first.
        Joint = "joint",
    }
}

/// Another query code (补发的查询码).
#[derive(Debug, Clone, Copy)]
pub struct NewCode<'a> {
    /// The petition's number.
    pub petition: &'a str,
    /// The code's keyed hash.
    pub hash: &'a str,
    /// Why it is given out.
    pub why: CodeReason,
}

/// Keeps another query code of a petition, by its keyed hash; one for a lost code ends those before it.
///
/// # Errors
/// The engine failed.
pub fn record_code(tx: &mut Tx<'_>, code: &NewCode<'_>, at: Instant) -> Result<(), Error> {
    let NewCode { petition, hash, why } = *code;
    // Its turn, not its instant: two codes of one millisecond have an order too.
    let last =
        "SELECT CAST(COALESCE(MAX(turn), 0) AS BIGINT) FROM petition_code WHERE petition = $1";
    let turn = tx.number(last, params![petition])? + 1;
    let row = named![petition: petition, turn: turn, hash: hash, why: why.word(), issued_at: at.0];
    tx.insert(&PETITION_CODE, row)
}

/// Whether a code's keyed hash opens the petition: its first code or a later one, unless a code was
/// lost since.
///
/// # Errors
/// The engine failed.
pub fn opens(tx: &mut Tx<'_>, number: &str, first: &str, hash: &str) -> Result<bool, Error> {
    let sql = "SELECT hash, why FROM petition_code WHERE petition = $1 ORDER BY turn";
    let mut valid = vec![first.to_owned()];
    for row in tx.all(sql, params![number])? {
        if row.word::<CodeReason>("why")? == CodeReason::Lost {
            valid.clear();
        }
        valid.push(row.text("hash")?);
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
        .map(|row| row.int("matter").map(MatterId))
        .transpose()
}
