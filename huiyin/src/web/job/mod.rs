//! The jobs' page (定时任务): when each ran last and what it came to.

use crate::job::JOBS;
use crate::problem::Problem;
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::role::{self, Act, Thing};
use store::job::{Job, RunState};

/// A job on the page.
pub struct JobLine {
    job: Job,
    hours: i64,
    started: String,
    ended: String,
    done: i64,
    problem: Option<String>,
    state: RunState,
}

impl JobLine {
    /// Whether somebody should look at it.
    fn failed(&self) -> bool {
        matches!(self.state, RunState::Failed | RunState::BrokenOff)
    }
}

#[derive(Template)]
#[template(path = "job/jobs.html")]
struct JobsPage {
    p: Page,
    rows: Vec<JobLine>,
}

/// Every job with its last run.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    if let Err(denial) = role::allow(&desk.actor, Act::ManageAccounts, Thing::Office) {
        return problem_page(&house, desk.lang, &Problem::Denied(denial));
    }
    let runs = match blocking(&house, |house| Ok(house.db.read(store::job::runs)?)).await {
        Ok(runs) => runs,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let now = house.clock.now();
    let time = |at| house.zone_time(at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let rows = JOBS.iter().map(|planned| {
        let run = runs.iter().find(|run| run.job == planned.job);
        JobLine {
            job: planned.job,
            hours: planned.every / (60 * 60 * 1000),
            started: run.map(|run| time(run.started_at)).unwrap_or_default(),
            ended: run.and_then(|run| run.ended_at).map(time).unwrap_or_default(),
            done: run.map_or(0, |run| run.done),
            problem: run.and_then(|run| run.problem.clone()),
            state: RunState::of(run, now),
        }
    });
    let rows = rows.collect();
    render(&JobsPage { rows, p: Page::desk(&house, desk, "/jobs") })
}
