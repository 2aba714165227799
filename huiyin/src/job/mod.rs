//! Jobs (定时任务): what is due by the clock and not by somebody's act. Each is idempotent, so that a kill
//! at any point costs nothing but a second run; each has a lease, so that of two nodes one runs it.
//! None changes a matter: they remind and propose, people act.

use crate::house::House;
use crate::problem::Problem;
use casework::deadline::soon_until;
use casework::matter::MatterId;
use store::job::{Lease, Pace};
use store::{job, matter};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// How long a node may take before another takes over.
const LEASE: i64 = 15 * MINUTE;

/// A job as it is planned (任务计划): how often it runs in milliseconds, and what it does.
pub struct Planned {
    /// Which; its word is a locale key under `job-`.
    pub job: job::Job,
    /// From one beginning to the next.
    pub every: i64,
    run: fn(&House, &Lease) -> Result<usize, Problem>,
}

/// A job that was run, and what it came to: how much it did, or what went wrong.
pub type Ran = (job::Job, Result<usize, String>);

/// Every job, in the order of the page.
pub const JOBS: [Planned; 3] = [
    Planned { job: job::Job::Remind, every: HOUR, run: remind },
    Planned { job: job::Job::Propose, every: 6 * HOUR, run: propose },
    Planned { job: job::Job::Sweep, every: HOUR, run: |house, _| crate::sweep::sweep(house) },
];

/// Runs what is due and free; says what each came to.
///
/// # Errors
/// The store failed while a job was taken or noted; what fails within a job is noted as its problem.
pub fn run_due(house: &House, node: &str) -> Result<Vec<Ran>, Problem> {
    let mut ran = Vec::new();
    house.db.read(|tx| house.county(tx))?;
    for one in &JOBS {
        let held = Lease { job: one.job, holder: node.to_owned() };
        let (now, pace) = (house.clock.now(), Pace { every: one.every, lease: LEASE });
        let taking = held.clone();
        if !house.db.write(move |tx| job::take(tx, &taking, now, pace))? {
            continue;
        }
        let result = (one.run)(house, &held).map_err(|problem| problem.to_string());
        if let Err(problem) = &result {
            tracing::warn!(%problem, job = one.job.word(), "a job failed");
        }
        let (now, noted) = (house.clock.now(), result.clone());
        house.db.write(move |tx| job::end(tx, &held, now, &noted))?;
        ran.push((one.job, result));
    }
    Ok(ran)
}

/// Reminds units of what falls due within three working days, and of what lies behind.
fn remind(house: &House, _: &Lease) -> Result<usize, Problem> {
    let today = house.moment().on;
    let until = soon_until(today, &house.calendar());
    Ok(house.db.write(move |tx| job::remind(tx, today, until))?)
}

/// Looks through the files that may tell a reason to supervise, a few at a time. Most are as they were: only where
/// something changed is anything written, so that nobody who works waits for it.
fn propose(house: &House, held: &Lease) -> Result<usize, Problem> {
    const AT_ONCE: u32 = 100;
    let (today, statutes, calendar) = (house.moment().on, house.statutes.clone(), house.calendar());
    let (mut after, mut new) = (MatterId(0), 0);
    loop {
        let (held, until) = (held.clone(), house.clock.now().plus_millis(LEASE));
        // Another took over: it goes on from where this one is, and nothing is done twice.
        if !house.db.write(move |tx| job::prolong(tx, &held, until))? {
            return Ok(new);
        }
        let (ids, changed) = house.db.read(|tx| {
            let ids = job::watched(tx, after, AT_ONCE)?;
            let mut changed = Vec::new();
            for id in &ids {
                let Some(matter) = matter::find(tx, *id)? else { continue };
                let causes = matter.triggers(today, &statutes, &calendar);
                if !job::is_proposed(tx, *id, &causes)? {
                    changed.push(*id);
                }
            }
            Ok::<_, store::Error>((ids, changed))
        })?;
        let Some(last) = ids.last() else { break };
        after = *last;
        if !changed.is_empty() {
            let (statutes, calendar) = (statutes.clone(), calendar.clone());
            new += house.db.write(move |tx| {
                let mut found = 0;
                // As they stand now: somebody may have acted since they were looked at.
                for id in &changed {
                    let Some(matter) = matter::find(tx, *id)? else { continue };
                    let causes = matter.triggers(today, &statutes, &calendar);
                    found += job::propose(tx, *id, &causes, today)?;
                }
                Ok::<_, store::Error>(found)
            })?;
        }
    }
    house.db.write(job::forget_proposals)?;
    Ok(new)
}
