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

/// A job on the page.
pub struct Row {
    name: &'static str,
    hours: i64,
    started: String,
    ended: String,
    done: i64,
    problem: Option<String>,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "job/jobs.html")]
struct JobsPage {
    p: Page,
    rows: Vec<Row>,
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
    let rows = JOBS.iter().map(|job| {
        let run = runs.iter().find(|run| run.name == job.name);
        let state = match run {
            None => "never",
            Some(run) if run.problem.is_some() => "failed",
            Some(run) if run.ended_at.is_some() => "done",
            Some(run) if run.lease_until > now => "running",
            Some(_) => "broken-off",
        };
        Row {
            name: job.name,
            hours: job.every / (60 * 60 * 1000),
            started: run.map(|run| time(run.started_at)).unwrap_or_default(),
            ended: run.and_then(|run| run.ended_at).map(time).unwrap_or_default(),
            done: run.map_or(0, |run| run.done),
            problem: run.and_then(|run| run.problem.clone()),
            state,
        }
    });
    let rows = rows.collect();
    render(&JobsPage { rows, p: Page::desk(&house, desk, "/jobs") })
}
