//! Clocks that anybody can have explained, calendars that change, and jobs that survive a kill.

use super::{handler, ok, petition_of, registered, shown};
use crate::office::{Office, apart};
use casework::org::Role;
use serde_json::json;
use store::job::{Job, Lease, Pace};

#[tokio::test]
async fn anybody_can_ask_how_a_deadline_is_counted() {
    let office = Office::new();
    // G8: served on 1 September 2026, the right lasts until 8 October.
    let page = office.get("/deadline?clock=review_window&start=2026-09-01", "").await.body;
    assert!(page.contains("2026年10月1日") && page.contains("2026年10月8日"), "{page}");
    assert!(page.contains("第三十五条") && page.contains("R22-35"));
    let old = office.get("/deadline?clock=handling&start=2021-03-01", "").await.body;
    assert!(old.contains("《信访条例》") && old.contains("R05-33"), "by the text of that day");
    for wrong in [
        "clock=nonsense&start=2025-03-03",
        "clock=handling&start=yesterday",
        "clock=handling&start=2001-01-01",
    ] {
        let page = office.get(&format!("/deadline?{wrong}"), "").await;
        assert!(page.status == 200 && page.body.contains("role=\"alert\""), "{wrong}");
    }
}

#[tokio::test]
async fn a_local_festival_moves_what_runs_and_leaves_a_line() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let objection = |seen: &serde_json::Value| {
        let clocks = seen["clocks"].as_array().expect("clocks").clone();
        clocks.into_iter().find(|one| one["clock"] == "objection").expect("objection")["nominal"]
            .clone()
    };
    assert_eq!(objection(&shown(&office, &clerk, &id).await), "2025-03-10");
    let (cookie, csrf) = office.sign_in("xinfang", Role::OfficeHead).await;
    let empty = format!("csrf={csrf}&day=2025-03-06&name=&document=");
    assert_eq!(office.post("/office/set_local_holiday", &cookie, &empty).await.status, 422);
    let festival = format!("csrf={csrf}&day=2025-03-06&name=N&document=D");
    assert_eq!(office.post("/office/set_local_holiday", &cookie, &festival).await.status, 303);
    assert_eq!(objection(&shown(&office, &clerk, &id).await), "2025-03-11");
    assert!(office.get("/calendar", &cookie).await.body.contains("2025-03-06 N"));
    let (auditor, _) = office.sign_in("xinfang", Role::AuditAdministrator).await;
    let journal = office.get("/journal", &auditor).await.body;
    assert!(journal.contains("公布放假安排") && journal.contains("2025-03-06"));
}

/// Runs what is due as one node; says the jobs that ran.
fn run(office: &Office, node: &str) -> Vec<(Job, usize)> {
    apart(|| {
        let ran = huiyin::job::run_due(&office.house, node).expect("jobs");
        ran.into_iter().map(|(job, done)| (job, done.expect("done"))).collect()
    })
}

#[tokio::test]
async fn jobs_remind_and_propose_and_running_again_changes_nothing() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&handler(&office, "agri"), &id, "accept", json!({})).await);
    let all = |ran: Vec<(Job, usize)>| ran.into_iter().map(|(job, _)| job).collect::<Vec<_>>();
    assert_eq!(all(run(&office, "one")), [Job::Remind, Job::Propose, Job::Sweep]);
    assert_eq!(all(run(&office, "two")), [], "nothing is due, whoever asks");
    // Sixty days end on 2 May, within the holiday; three working days before, the unit is reminded.
    office.at(4, 28);
    let ran = run(&office, "two");
    assert!(ran.contains(&(Job::Remind, 1)), "{ran:?}");
    let (cookie, _) = office.sign_in("agri", Role::UnitHandler).await;
    assert!(office.get("/desk?bucket=remind", &cookie).await.body.contains(&id));
    office.at(4, 29);
    assert!(run(&office, "one").contains(&(Job::Remind, 0)), "each stage once");
    office.at(5, 20);
    let late = run(&office, "one");
    assert!(late.contains(&(Job::Remind, 1)) && late.contains(&(Job::Propose, 1)), "{late:?}");
    let (office_cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    assert!(office.get("/desk?bucket=propose", &office_cookie).await.body.contains(&id));
    let (admin, _) = office.sign_in("xinfang", Role::SystemAdministrator).await;
    let page = office.get("/jobs", &admin).await.body;
    assert!(page.contains("到期提醒") && page.contains("2025-05-20") && page.contains("完成"));
}

#[tokio::test]
async fn a_node_that_dies_is_replaced_when_its_lease_is_over() {
    let office = Office::new();
    let now = office.house.clock.now();
    let held = |node: &str| Lease { job: Job::Remind, holder: node.to_owned() };
    let take = |node: &'static str, at: casework::moment::Instant| {
        apart(|| {
            office.house.db.write::<bool, store::Error, _>(move |tx| {
                let pace = Pace { every: 60_000, lease: 600_000 };
                store::job::take(tx, &held(node), at, pace)
            })
        })
        .expect("store")
    };
    assert!(take("one", now), "one takes it, and is killed");
    assert!(!take("two", now.plus_millis(599_999)), "its lease still stands");
    assert!(take("two", now.plus_millis(600_000)), "then another takes over");
    let late = apart(|| {
        office.house.db.write::<(), store::Error, _>(move |tx| {
            store::job::end(tx, &held("one"), now.plus_millis(700_000), &Ok(5))
        })
    });
    late.expect("store");
    let runs = apart(|| office.house.db.read(store::job::runs)).expect("runs");
    let run = runs.first().expect("one");
    assert!(run.holder == "two" && run.ended_at.is_none(), "who lost it notes nothing");
}
