//! Records of the duty side (责任台账): each kept whole, typed by its room, in one table; what lists ask stands
//! beside it. Rules that look at several records of a kind hold because writers of a kind wait for each other.

use crate::condition::{answering, listed};
use crate::journal::{Event, Note};
use crate::row::Row;
use crate::table::{DUTY_FILE, named};
use crate::{Error, Tx, journal, params, setting};
use casework::duty::agreement::{Counting, IndicatorKind, Measure};
use casework::duty::reception::Reception;
use casework::duty::tenure::Tenure;
use casework::duty::{Kept, Noun, Record};
use casework::moment::Instant;
use casework::moment::Within;
use casework::org::{AccountId, UnitId};
use casework::statute::ClockKind;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Writers of a kind go one after the other from here to the end of the transaction, so that a rule over
/// several records (no leader on two days at once, no place given twice) holds on either engine.
///
/// # Errors
/// The engine failed.
pub fn hold(tx: &mut Tx<'_>, noun: Noun) -> Result<(), Error> {
    setting::draw(tx, &format!("duty-{}", noun.word())).map(|_| ())
}

/// The next number of a kind in a year, such as `2025-7`.
///
/// # Errors
/// The engine failed.
pub fn draw(tx: &mut Tx<'_>, noun: Noun, year: i16) -> Result<String, Error> {
    let serial = setting::draw(tx, &format!("duty-{}-{year}", noun.word()))?;
    Ok(format!("{year}-{serial}"))
}

/// What was done to a record (履职操作): who did which act, and when.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// When, UTC.
    pub at: Instant,
    /// Who: an account's login, or `portal`.
    pub actor: &'a str,
    /// The act's word.
    pub act: &'a str,
}

/// Keeps a record and its files under its number, in place of what it said before, with a line in
/// the journal: who did which act, and the hash of what the record says from then on, so that
/// nobody changes it unseen.
///
/// # Errors
/// The engine failed.
pub fn keep<R: Record>(
    tx: &mut Tx<'_>,
    id: &str,
    record: &R,
    stamp: Stamp<'_>,
) -> Result<(), Error> {
    let (noun, spine) = (R::NOUN.word(), record.spine());
    let person = spine.person.map_or_else(String::new, |person| person.0);
    let body = serde_json::to_string(record)?;
    let line = format!("{} {}", stamp.act, digest(&body));
    tx.run(
        "INSERT INTO duty (noun, id, version, day, person, body) VALUES ($1, $2, 1, $3, $4, $5)
         ON CONFLICT (noun, id) DO UPDATE SET version = duty.version + 1, day = excluded.day,
           person = excluded.person, body = excluded.body",
        params![noun, id, spine.on, person, body],
    )?;
    for file in record.attachments() {
        tx.add(&DUTY_FILE, named![noun: noun, id: id, hash: &file.hash])?;
    }
    let note = Note::new(stamp.at, stamp.actor, Event::DutyRecorded);
    journal::record(tx, &note.on(format!("{noun}:{id}")).saying(line))
}

fn digest(body: &str) -> String {
    hex::encode(Sha256::digest(body.as_bytes()))
}

/// Records that say something else than the journal's last line on them vouches for, and records that are gone.
///
/// # Errors
/// The engine failed.
pub fn differences(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut vouched = journal::last_of(tx, Event::DutyRecorded)?;
    let mut found = Vec::new();
    for row in tx.all("SELECT noun, id, body FROM duty ORDER BY noun, id", &[])? {
        let (noun, id, body) = (row.text("noun")?, row.text("id")?, row.text("body")?);
        let line = vouched.remove(&format!("{noun}:{id}"));
        let hash = line.as_ref().and_then(|line| line.rsplit(' ').next());
        if hash != Some(&digest(&body)) {
            found.push(format!("duty {noun} {id}: not what the journal vouches for"));
        }
    }
    let gone = vouched.into_keys().map(|subject| format!("duty {subject}: the record is gone"));
    found.extend(gone);
    Ok(found)
}

/// The record of a number.
///
/// # Errors
/// The engine failed, or the row fits no lawful record.
pub fn find<R: Record>(tx: &mut Tx<'_>, id: &str) -> Result<Option<R>, Error> {
    let sql = "SELECT noun, id, body FROM duty WHERE noun = $1 AND id = $2";
    let found = tx.opt(sql, params![R::NOUN.word(), id])?;
    Ok(found.map(|row| kept::<R>(&row)).transpose()?.map(|kept| kept.record))
}

/// All records of a kind, by day and number.
///
/// # Errors
/// As [`find`].
pub fn all<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<Kept<R>>, Error> {
    let sql = "SELECT noun, id, body FROM duty WHERE noun = $1 ORDER BY day, id";
    tx.all(sql, params![R::NOUN.word()])?.iter().map(kept).collect()
}

/// The records of a kind whose day lies within a period, by day and number.
///
/// # Errors
/// As [`find`].
pub fn within<R: Record>(
    tx: &mut Tx<'_>,
    Within { from, until }: Within,
) -> Result<Vec<Kept<R>>, Error> {
    let sql = "SELECT noun, id, body FROM duty WHERE noun = $1 AND day >= $2 AND day <= $3
               ORDER BY day, id";
    tx.all(sql, params![R::NOUN.word(), from, until])?.iter().map(kept).collect()
}

/// The records of a kind that bind a person, by day and number.
///
/// # Errors
/// As [`find`].
pub fn of<R: Record>(tx: &mut Tx<'_>, person: &AccountId) -> Result<Vec<Kept<R>>, Error> {
    let sql = "SELECT noun, id, body FROM duty WHERE person = $1 AND noun = $2 ORDER BY day, id";
    tx.all(sql, params![&person.0, R::NOUN.word()])?.iter().map(kept).collect()
}

fn kept<R: Record>(row: &Row) -> Result<Kept<R>, Error> {
    Ok(Kept { id: row.text("id")?, record: row.json("body")? })
}

/// The counts of what a record counts by itself.
///
/// # Errors
/// The engine failed.
pub fn measures(
    tx: &mut Tx<'_>,
    counting: &Counting,
) -> Result<BTreeMap<IndicatorKind, Measure>, Error> {
    let Counting { unit, within, kinds } = counting;
    kinds.iter().map(|kind| Ok((*kind, measure(tx, unit, *kind, *within)?))).collect()
}

/// How many of a unit's duties of a kind fell due in a period, and how many of these were met in time
/// (责任书指标).
///
/// # Errors
/// The engine failed.
fn measure(
    tx: &mut Tx<'_>,
    unit: &UnitId,
    kind: IndicatorKind,
    period: Within,
) -> Result<Measure, Error> {
    let counted = |table: &str, ended: &str, which: &str| {
        format!(
            "SELECT COUNT(*) AS due,
               CAST(COALESCE(SUM(CASE WHEN {ended} <= due_on THEN 1 ELSE 0 END), 0) AS BIGINT) AS met
             FROM {table} WHERE unit = $1{which} AND due_on >= $2 AND due_on <= $3"
        )
    };
    let clocks = |kinds: &str| counted("clock", "ended_on", &format!(" AND kind IN ({kinds})"));
    let sql = match kind {
        IndicatorKind::TimelyAcceptance => clocks(&listed([ClockKind::Notice])),
        IndicatorKind::TimelyAnswer => clocks(&answering()),
        IndicatorKind::ProofOfService => clocks(&listed([ClockKind::Service])),
        IndicatorKind::SupervisionAnswered => {
            clocks(&listed([ClockKind::Supervision, ClockKind::Recommendation]))
        }
        IndicatorKind::Execution => counted("promise", "done_on", ""),
        IndicatorKind::ReceptionKept => return reception_kept(tx, unit, period),
        IndicatorKind::Manual => return Ok(Measure::default()),
    };
    let row = tx.one(&sql, params![&unit.0, period.from, period.until])?;
    let (due, met) = (row.int("due")?, row.int("met")?);
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Measure { due: number(due), met: number(met) })
}

/// The reception days that the unit's people were announced for, and those that were held.
fn reception_kept(tx: &mut Tx<'_>, unit: &UnitId, period: Within) -> Result<Measure, Error> {
    let terms: Vec<Kept<Tenure>> = all(tx)?;
    let of_unit = |day: &Kept<Reception>| {
        let on = day.record.on;
        let mut terms = terms.iter().map(|kept| &kept.record);
        // Whoever was announced answers for the day, whoever stands in.
        let substituted = day.record.substituted.as_ref();
        let announced = substituted.map_or(&day.record.leader, |one| &one.instead_of);
        terms.any(|one| one.unit == *unit && one.person == *announced && one.holds(on))
    };
    let mut measure = Measure::default();
    for day in within::<Reception>(tx, period)?.iter().filter(|day| of_unit(day)) {
        if day.record.published_on.is_some() {
            measure.due += 1;
            measure.met += u32::from(day.record.held_on.is_some());
        }
    }
    Ok(measure)
}
