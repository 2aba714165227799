//! Visits to people under quotas: owed, done, forecast; and what is found becomes a petition in one step.

use super::{begun, duty, in_office, record, token_of, visit_of};
use crate::office::Office;
use crate::scenario::{ok, refused};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

fn quota(grade: &str, period: &str, (least, from): (&str, &str)) -> Value {
    json!({ "grade": grade, "period": period, "least": least, "outreach": "yes", "appointment": "yes",
        "solve": "5", "document": "云信领〔2025〕1号", "from": from })
}

/// How a leader stands.
async fn standing(office: &Office, token: &str, leader: &str) -> Value {
    let board = ok(office.api(Method::GET, "/board", token, json!({})).await);
    let lines = board["lines"].as_array().expect("lines");
    let line = lines.iter().find(|line| line["person"] == leader).expect("a line");
    line["standing"].clone()
}

#[tokio::test]
async fn a_leader_sees_what_is_owed_done_and_short_and_a_changed_quota_counts_by_its_days() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let set = quota("county_leader", "year", ("4", "2025-01-01"));
    begun(&office, &clerk, ("quota", "set_quota"), set).await;
    let own = token_of(&office, &leader);
    let first = standing(&office, &clerk, &leader).await;
    assert_eq!(
        (&first["owed"], &first["done"], &first["to_solve"]),
        (&json!(4), &json!(0), &json!(5))
    );
    assert!(first["short"].is_object(), "who plans nothing is short at a month's end: {first}");

    // A visit is planned, made, and solves one problem of two.
    let id =
        begun(&office, &own, ("outreach", "plan_visit"), visit_of(&leader, "2025-03-03")).await;
    let of = |word: &'static str| ("outreach", id.as_str(), word);
    let twice =
        duty(&office, &own, ("outreach", "new", "plan_visit"), visit_of(&leader, "2025-03-03"));
    assert_eq!(refused(&twice.await), "refusal-visit-twice");
    let made = json!({ "on": "2025-03-03", "met": "12", "text": "听取意见" });
    ok(duty(&office, &own, of("record_visit"), made).await);
    ok(duty(&office, &own, of("find_problem"), json!({ "text": "路灯不亮" })).await);
    let found = json!({ "text": "低保被停，问不到原因。", "name": "王占魁", "phone": "13900003333",
        "demand": "说明低保停发的原因" });
    let nameless = json!({ "text": "低保被停", "name": "王占魁" });
    let wrong = duty(&office, &own, of("find_problem"), nameless).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("demand"), "the field is named: {}", wrong.body);
    let found = ok(duty(&office, &own, of("find_problem"), found).await);
    assert!(found["petition"].is_string() && found["query_code"].is_string());
    let solved = json!({ "entry": "1", "on": "2025-03-03", "text": "当天修好" });
    ok(duty(&office, &own, of("solve_problem"), solved).await);
    let now = standing(&office, &clerk, &leader).await;
    assert_eq!((&now["done"], &now["solved"]), (&json!(1), &json!(1)));

    // The county asks for more from July on: half a year of four, half a year of eight.
    let more = quota("county_leader", "year", ("8", "2025-07-01"));
    begun(&office, &clerk, ("quota", "set_quota"), more.clone()).await;
    let six = standing(&office, &clerk, &leader).await;
    assert_eq!(six["owed"], 6, "by the days of each rule: {six}");
    assert_eq!(six["done"], 1, "nothing that was done is lost");
    let earlier = quota("county_leader", "year", ("9", "2025-06-01"));
    let earlier = duty(&office, &clerk, ("quota", "new", "set_quota"), earlier).await;
    assert_eq!(refused(&earlier), "refusal-quota-later", "{}", earlier.body);
    // Who leaves in the middle owes no more than their days.
    let end = json!({ "until": "2025-06-30" });
    ok(duty(&office, &clerk, ("tenure", "2025-1", "end_term"), end).await);
    let left = standing(&office, &clerk, &leader).await;
    assert!(left["owed"].as_i64().is_some_and(|owed| owed <= 2), "{left}");
}

#[tokio::test]
async fn leave_takes_its_days_and_a_village_tells_nobody_elses_visits() {
    let office = Office::new();
    let clerk = office.clerk();
    let head = office.account("chengguan", Role::UnitHead);
    let term = json!({ "person": head, "unit": "chengguan", "grade": "township_head", "post_name": "镇长",
        "from": "2025-01-01", "areas": ["539921101"] });
    let id = begun(&office, &clerk, ("tenure", "begin_term"), term.clone()).await;
    let overlap = duty(&office, &clerk, ("tenure", "new", "begin_term"), term).await;
    assert_eq!(refused(&overlap), "refusal-terms-overlap");
    let set = quota("township_head", "month", ("8", "2025-01-01"));
    begun(&office, &clerk, ("quota", "set_quota"), set).await;
    assert_eq!(standing(&office, &clerk, &head).await["owed"], 96);
    let leave = json!({ "from": "2025-04-01", "until": "2025-04-30" });
    ok(duty(&office, &clerk, ("tenure", &id, "take_leave"), leave).await);
    assert_eq!(standing(&office, &clerk, &head).await["owed"], 88, "a month away owes nothing");
    // A head plans their own visits and no one else's; a bureau's handler sees neither.
    let own = token_of(&office, &head);
    let visit =
        begun(&office, &own, ("outreach", "plan_visit"), visit_of(&head, "2025-03-10")).await;
    let other = in_office(&office, &clerk, 0).await;
    let foreign =
        duty(&office, &own, ("outreach", "new", "plan_visit"), visit_of(&other, "2025-03-10"));
    assert_eq!(foreign.await.status, 403, "for oneself alone");
    let handler = office.token("agri", Role::UnitHandler);
    let path = format!("/duty/outreach/{visit}");
    assert_eq!(office.api(Method::GET, &path, &handler, json!({})).await.status, 404);
    ok(duty(&office, &own, ("outreach", &visit, "cancel_visit"), json!({ "reason": "下雪封路" }))
        .await);
    let kept = record(&office, &clerk, "outreach", &visit).await;
    assert!(kept["cancelled"].to_string().contains("下雪封路"));
}
