//! Jobs (定时任务): what is due by the clock and not by somebody's act. Each is idempotent, so that a kill
//! at any point costs nothing but a second run; each has a lease, so that of two nodes one runs it.
//! None changes a matter: they remind and propose, people act.

use crate::house::House;
use crate::problem::Problem;
use casework::matter::MatterId;
use casework::matter::supervision::Trigger;
use store::{job, matter};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// How long a node may take before another takes over.
const LEASE: i64 = 15 * MINUTE;

/// A job: its name, how often it runs in milliseconds, and what it does.
pub struct Job {
    /// Its name, a locale key under `job-`.
    pub name: &'static str,
    /// From one beginning to the next.
    pub every: i64,
    run: fn(&House, &str) -> Result<usize, Problem>,
}

/// A job that was run, and what it came to: how much it did, or what went wrong.
pub type Ran = (&'static str, Result<usize, String>);

/// Every job, in the order of the page.
pub const JOBS: [Job; 3] = [
    Job { name: "remind", every: HOUR, run: remind },
    Job { name: "propose", every: 6 * HOUR, run: propose },
    Job { name: "sweep", every: HOUR, run: |house, _| crate::sweep::sweep(house) },
];

/// Runs what is due and free; says what each came to.
///
/// # Errors
/// The store failed while a job was taken or noted; what fails within a job is noted as its problem.
pub fn run_due(house: &House, node: &str) -> Result<Vec<Ran>, Problem> {
    let mut ran = Vec::new();
    house.db.read(|tx| house.county(tx))?;
    for one in &JOBS {
        let (now, holder) = (house.clock.now(), node.to_owned());
        let (name, span) = (one.name, (one.every, LEASE));
        let taken = house.db.write(move |tx| job::take(tx, name, &holder, now, span))?;
        if !taken {
            continue;
        }
        let result = (one.run)(house, node).map_err(|problem| problem.to_string());
        if let Err(problem) = &result {
            tracing::warn!(%problem, job = one.name, "a job failed");
        }
        let (now, holder, noted) = (house.clock.now(), node.to_owned(), result.clone());
        house.db.write(move |tx| job::end(tx, (name, &holder), now, &noted))?;
        ran.push((one.name, result));
    }
    Ok(ran)
}

/// Reminds units of what falls due within three working days, and of what lies behind.
fn remind(house: &House, _: &str) -> Result<usize, Problem> {
    let today = house.moment().on;
    let until = house.calendar().plus_working_days(today, 3);
    Ok(house.db.write(move |tx| job::remind(tx, today, until))?)
}

/// Looks through the files that may tell a reason to supervise, a few at a time, so that nobody who
/// works waits for it.
fn propose(house: &House, node: &str) -> Result<usize, Problem> {
    const AT_ONCE: u32 = 100;
    let (today, statutes, calendar) = (house.moment().on, house.statutes.clone(), house.calendar());
    let (mut after, mut new) = (MatterId(0), 0);
    loop {
        let (statutes, calendar) = (statutes.clone(), calendar.clone());
        let (holder, lease_until) = (node.to_owned(), house.clock.now().plus_millis(LEASE));
        // Another took over: it goes on from where this one is, and nothing is done twice.
        if !house.db.write(move |tx| job::prolong(tx, ("propose", &holder), lease_until))? {
            return Ok(new);
        }
        let (last, found) = house.db.write(move |tx| {
            let (mut last, mut found) = (None, 0);
            for id in job::watched(tx, after, AT_ONCE)? {
                last = Some(id);
                let Some(matter) = matter::find(tx, id)? else { continue };
                let causes: Vec<_> = matter
                    .triggers(today, &statutes, &calendar)
                    .into_iter()
                    .map(Trigger::word)
                    .collect();
                found += job::propose(tx, id, &causes, today)?;
            }
            Ok::<_, store::Error>((last, found))
        })?;
        new += found;
        match last {
            Some(id) => after = id,
            None => break,
        }
    }
    house.db.write(job::forget_proposals)?;
    Ok(new)
}
