//! Jobs (定时任务): who runs which now, when it ran last, and what two of them leave behind. Everything they
//! write can be written again without harm.

use crate::{Error, Tx, params};
use casework::matter::MatterId;
use casework::moment::Instant;
use casework::statute::ClockKind;
use jiff::civil::Date;

/// A job's last run (任务记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The job.
    pub name: String,
    /// The node that runs it or ran it last.
    pub holder: String,
    /// Until when the node may take, UTC; after that another takes over.
    pub lease_until: Instant,
    /// When it began, UTC.
    pub started_at: Instant,
    /// When it ended, UTC; `None` while it runs, or when it was killed.
    pub ended_at: Option<Instant>,
    /// How much it did.
    pub done: i64,
    /// What went wrong, if anything did.
    pub problem: Option<String>,
}

/// Takes a job for a node, if it is due and nobody else has it: one row in one transaction, so that of
/// two nodes one gets it. `every` and `lease` are milliseconds.
///
/// # Errors
/// The engine failed.
pub fn take(
    tx: &mut Tx<'_>,
    name: &str,
    holder: &str,
    now: Instant,
    (every, lease): (i64, i64),
) -> Result<bool, Error> {
    let until = now.plus_millis(lease);
    let new = tx.run(
        "INSERT INTO job (name, holder, lease_until, started_at, ended_at, done, problem)
         VALUES ($1, $2, $3, $4, NULL, 0, NULL) ON CONFLICT (name) DO NOTHING",
        params![name, holder, until.0, now.0],
    )?;
    if new > 0 {
        return Ok(true);
    }
    // Due when its time has come since it began, or when who had it died: its lease ran out before it
    // ended.
    let taken = tx.run(
        "UPDATE job SET holder = $1, lease_until = $2, started_at = $3, ended_at = NULL, done = 0,
           problem = NULL
         WHERE name = $4 AND ((ended_at IS NOT NULL AND started_at <= $5)
           OR (ended_at IS NULL AND lease_until <= $3))",
        params![holder, until.0, now.0, name, now.plus_millis(-every).0],
    )?;
    Ok(taken > 0)
}

/// Prolongs a node's lease while it works; says whether it still has it.
///
/// # Errors
/// The engine failed.
pub fn prolong(
    tx: &mut Tx<'_>,
    (name, holder): (&str, &str),
    until: Instant,
) -> Result<bool, Error> {
    let kept = tx.run(
        "UPDATE job SET lease_until = $1 WHERE name = $2 AND holder = $3 AND ended_at IS NULL",
        params![until.0, name, holder],
    )?;
    Ok(kept > 0)
}

/// Notes how a job ended; a node whose lease was taken over notes nothing.
///
/// # Errors
/// The engine failed.
pub fn end(
    tx: &mut Tx<'_>,
    (name, holder): (&str, &str),
    now: Instant,
    result: &Result<usize, String>,
) -> Result<(), Error> {
    let done = result.as_ref().map_or(0, |done| i64::try_from(*done).unwrap_or(i64::MAX));
    let problem = result.as_ref().err().cloned();
    tx.run(
        "UPDATE job SET ended_at = $1, lease_until = $1, done = $2, problem = $3
         WHERE name = $4 AND holder = $5 AND ended_at IS NULL",
        params![now.0, done, problem, name, holder],
    )?;
    Ok(())
}

/// The last run of every job, by name.
///
/// # Errors
/// The engine failed.
pub fn runs(tx: &mut Tx<'_>) -> Result<Vec<Run>, Error> {
    let rows = tx.all(
        "SELECT name, holder, lease_until, started_at, ended_at, done, problem FROM job ORDER BY name",
        &[],
    )?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Run {
                name: row.text()?,
                holder: row.text()?,
                lease_until: Instant(row.int()?),
                started_at: Instant(row.int()?),
                ended_at: row.opt_int()?.map(Instant),
                done: row.int()?,
                problem: row.opt_text()?,
            })
        })
        .collect()
}

/// Reminds the units whose duties fall due from today until a day, and those whose duties lie behind;
/// each stage of each clock once. Takes back what no longer holds. Says how many are new.
///
/// # Errors
/// The engine failed.
pub fn remind(tx: &mut Tx<'_>, today: Date, until: Date) -> Result<usize, Error> {
    tx.run(
        "DELETE FROM reminder WHERE NOT EXISTS (SELECT 1 FROM clock WHERE clock.matter = reminder.matter
           AND clock.position = reminder.position AND clock.due_on = reminder.due_on
           AND clock.ended_on IS NULL)",
        &[],
    )?;
    let rights: Vec<String> = ClockKind::ALL
        .into_iter()
        .filter(|clock| clock.is_right())
        .map(|clock| format!("'{}'", clock.word()))
        .collect();
    let rights = rights.join(", ");
    let mut new = 0;
    for (stage, when) in [
        ("over", "clock.due_on < $1 AND $2 = $2"),
        ("soon", "clock.due_on >= $1 AND clock.due_on <= $2"),
    ] {
        let sql = format!(
            "INSERT INTO reminder (matter, position, stage, due_on, kind, unit, made_on)
             SELECT clock.matter, clock.position, '{stage}', clock.due_on, clock.kind, clock.unit,
               CAST($1 AS TEXT)
             FROM clock WHERE clock.ended_on IS NULL AND clock.kind NOT IN ({rights}) AND {when}
             ON CONFLICT (matter, position, stage, due_on) DO NOTHING"
        );
        new += tx.run(&sql, params![today, until])?;
    }
    Ok(usize::try_from(new).unwrap_or(usize::MAX))
}

/// The matters whose file may tell a reason to supervise, after a number: those that are open, and those
/// whose file asks to be watched.
///
/// # Errors
/// The engine failed.
pub fn watched(tx: &mut Tx<'_>, after: MatterId, limit: u32) -> Result<Vec<MatterId>, Error> {
    let rows = tx.all(
        "SELECT id FROM matter WHERE id > $1 AND (is_open = 1 OR watched = 1) ORDER BY id LIMIT $2",
        params![after.0, limit],
    )?;
    rows.into_iter().map(|mut row| row.int().map(MatterId)).collect()
}

/// Replaces what is proposed for a matter; says how many of it are new.
///
/// # Errors
/// The engine failed.
pub fn propose(
    tx: &mut Tx<'_>,
    id: MatterId,
    causes: &[&str],
    today: Date,
) -> Result<usize, Error> {
    let rows = tx.all("SELECT cause FROM proposal WHERE matter = $1", params![id.0])?;
    let known: Vec<String> =
        rows.into_iter().map(|mut row| row.text()).collect::<Result<_, _>>()?;
    for gone in known.iter().filter(|cause| !causes.contains(&cause.as_str())) {
        tx.run("DELETE FROM proposal WHERE matter = $1 AND cause = $2", params![id.0, gone])?;
    }
    let mut new = 0;
    for cause in causes.iter().filter(|cause| !known.iter().any(|one| one == *cause)) {
        tx.run(
            "INSERT INTO proposal (matter, cause, found_on) VALUES ($1, $2, $3)
             ON CONFLICT (matter, cause) DO NOTHING",
            params![id.0, *cause, today],
        )?;
        new += 1;
    }
    Ok(new)
}

/// Forgets proposals for matters that nobody watches any more.
///
/// # Errors
/// The engine failed.
pub fn forget_proposals(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.run(
        "DELETE FROM proposal WHERE matter NOT IN (SELECT id FROM matter WHERE is_open = 1 OR watched = 1)",
        &[],
    )?;
    Ok(())
}
