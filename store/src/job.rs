//! Jobs (定时任务): who runs which now, when it ran last, and what two of them leave behind. Everything they
//! write can be written again without harm.

use crate::row::Row;
use crate::table::{JOB, PROPOSAL, named};
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::code::code_list;
use casework::matter::MatterId;
use casework::matter::supervision::Trigger;
use casework::moment::Instant;
use jiff::civil::Date;

code_list! {
    /// A job (定时任务).
    pub enum Job {
        /// 期限提醒: units are reminded of what falls due and of what lies behind.
        Remind = "remind",
        /// 督办建议: files that tell a reason to supervise are proposed.
        Propose = "propose",
        /// 清理: what was handed in and never kept goes.
        Sweep = "sweep",
    }
}

/// A job in the hands of a node (任务占用).
#[derive(Debug, Clone)]
pub struct Lease {
    /// The job.
    pub job: Job,
    /// The node that has it.
    pub holder: String,
}

/// How a job repeats (任务周期), in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// From one beginning to the next.
    pub every: i64,
    /// How long a node may take before another takes over.
    pub lease: i64,
}

/// A job's last run (任务记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The job.
    pub job: Job,
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

code_list! {
    /// How a job stands (任务状态); its word is a locale key under `job-state-`.
    pub enum RunState {
        /// 还没有运行.
        Never = "never",
        /// 运行中.
        Running = "running",
        /// 完成.
        Done = "done",
        /// 失败.
        Failed = "failed",
        /// 中断: its node died, and another takes over.
        BrokenOff = "broken-off",
    }
}

impl RunState {
    /// By a job's last run, if it ran at all.
    pub fn of(run: Option<&Run>, now: Instant) -> Self {
        match run {
            None => Self::Never,
            Some(run) if run.problem.is_some() => Self::Failed,
            Some(run) if run.ended_at.is_some() => Self::Done,
            Some(run) if run.lease_until > now => Self::Running,
            Some(_) => Self::BrokenOff,
        }
    }
}

/// Takes a job for a node, if it is due and nobody else has it: one row in one transaction, so that of
/// two nodes one gets it.
///
/// # Errors
/// The engine failed.
pub fn take(tx: &mut Tx<'_>, held: &Lease, now: Instant, pace: Pace) -> Result<bool, Error> {
    let until = now.plus_millis(pace.lease);
    let row = named![
        name: held.job.word(),
        holder: &held.holder,
        lease_until: until.0,
        started_at: now.0,
        ended_at: Value::Null,
        done: 0,
        problem: Value::Null,
    ];
    if tx.add(&JOB, row)? {
        return Ok(true);
    }
    // Due when its time has come since it began, or when who had it died: its lease ran out before it
    // ended.
    let taken = tx.run(
        "UPDATE job SET holder = $1, lease_until = $2, started_at = $3, ended_at = NULL, done = 0,
           problem = NULL
         WHERE name = $4 AND ((ended_at IS NOT NULL AND started_at <= $5)
           OR (ended_at IS NULL AND lease_until <= $3))",
        params![&held.holder, until.0, now.0, held.job.word(), now.plus_millis(-pace.every).0],
    )?;
    Ok(taken > 0)
}

/// Prolongs a node's lease while it works; says whether it still has it.
///
/// # Errors
/// The engine failed.
pub fn prolong(tx: &mut Tx<'_>, held: &Lease, until: Instant) -> Result<bool, Error> {
    let kept = tx.run(
        "UPDATE job SET lease_until = $1 WHERE name = $2 AND holder = $3 AND ended_at IS NULL",
        params![until.0, held.job.word(), &held.holder],
    )?;
    Ok(kept > 0)
}

/// Notes how a job ended; a node whose lease was taken over notes nothing.
///
/// # Errors
/// The engine failed.
pub fn end(
    tx: &mut Tx<'_>,
    held: &Lease,
    now: Instant,
    result: &Result<usize, String>,
) -> Result<(), Error> {
    let done = result.as_ref().map_or(0, |done| i64::try_from(*done).unwrap_or(i64::MAX));
    let problem = result.as_ref().err().cloned();
    tx.run(
        "UPDATE job SET ended_at = $1, lease_until = $1, done = $2, problem = $3
         WHERE name = $4 AND holder = $5 AND ended_at IS NULL",
        params![now.0, done, problem, held.job.word(), &held.holder],
    )?;
    Ok(())
}

/// The last run of every job, by name.
///
/// # Errors
/// The engine failed.
pub fn runs(tx: &mut Tx<'_>) -> Result<Vec<Run>, Error> {
    let run = |row: &Row| {
        Ok(Run {
            job: row.word("name")?,
            holder: row.text("holder")?,
            lease_until: row.instant("lease_until")?,
            started_at: row.instant("started_at")?,
            ended_at: row.opt_int("ended_at")?.map(Instant),
            done: row.int("done")?,
            problem: row.opt_text("problem")?,
        })
    };
    tx.all(&format!("{} ORDER BY name", JOB.select()), &[])?.iter().map(run).collect()
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
           AND clock.owed = 1)",
        &[],
    )?;
    let mut new = 0;
    for (stage, when) in [
        ("over", "clock.due_on < $1 AND $2 = $2"),
        ("soon", "clock.due_on >= $1 AND clock.due_on <= $2"),
    ] {
        let sql = format!(
            "INSERT INTO reminder (matter, position, stage, due_on, kind, unit, made_on)
             SELECT clock.matter, clock.position, '{stage}', clock.due_on, clock.kind, clock.unit,
               CAST($1 AS TEXT)
             FROM clock WHERE clock.owed = 1 AND {when}
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
        "SELECT id FROM matter WHERE id > $1 AND watched = 1 ORDER BY id LIMIT $2",
        params![after.0, limit],
    )?;
    rows.iter().map(|row| row.int("id").map(MatterId)).collect()
}

/// What is proposed for a matter, as words: what another version of the program proposed, and this one does not know,
/// is among them.
fn proposed(tx: &mut Tx<'_>, id: MatterId) -> Result<Vec<String>, Error> {
    let rows = tx.all("SELECT cause FROM proposal WHERE matter = $1", params![id.0])?;
    rows.iter().map(|row| row.text("cause")).collect()
}

/// Whether just these are proposed for a matter.
///
/// # Errors
/// The engine failed.
pub fn is_proposed(tx: &mut Tx<'_>, id: MatterId, causes: &[Trigger]) -> Result<bool, Error> {
    let known = proposed(tx, id)?;
    let holds = |cause: &Trigger| known.iter().any(|word| word == cause.word());
    Ok(known.len() == causes.len() && causes.iter().all(holds))
}

/// Replaces what is proposed for a matter; says how many of it are new.
///
/// # Errors
/// The engine failed.
pub fn propose(
    tx: &mut Tx<'_>,
    id: MatterId,
    causes: &[Trigger],
    today: Date,
) -> Result<usize, Error> {
    let known = proposed(tx, id)?;
    let delete = "DELETE FROM proposal WHERE matter = $1 AND cause = $2";
    for gone in known.iter().filter(|word| !causes.iter().any(|cause| cause.word() == *word)) {
        tx.run(delete, params![id.0, gone])?;
    }
    let mut new = 0;
    for cause in causes.iter().filter(|cause| !known.iter().any(|word| word == cause.word())) {
        let row = named![matter: id.0, cause: cause.word(), found_on: today];
        new += usize::from(tx.add(&PROPOSAL, row)?);
    }
    Ok(new)
}

/// Forgets proposals for matters that nobody watches any more.
///
/// # Errors
/// The engine failed.
pub fn forget_proposals(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.run(
        "DELETE FROM proposal WHERE NOT EXISTS
           (SELECT 1 FROM matter WHERE matter.id = proposal.matter AND matter.watched = 1)",
        &[],
    )?;
    Ok(())
}
