//! What was assigned with a date for the result ends with its report.

use super::{answered, handler, head, ok, petition_of, refused, registered, service};
use crate::office::{Office, apart, differences};
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn an_assignment_ends_with_the_report_that_was_owed() {
    // Review of the law, 3.1 point 7: R05-21d, R22-22③.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    let assigned = json!({ "to": "agri", "report_back_on": "2025-04-10" });
    ok(office.act(&clerk, &id, "refer", assigned).await);
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let owed = || office.api(Method::GET, "/queue?bucket=owed", &agri, json!({}));
    assert_eq!(ok(owed().await)["matters"][0]["id"], json!(id), "somebody waits for it");
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    office.hears(&agri, &id).await;
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    let report = json!({ "number": "农信报〔2025〕1号", "text": "账目已公布，信访人没有异议。" });
    let early = office.act(&agri, &id, "report_result", report.clone()).await;
    assert_eq!(refused(&early), "refusal-not-served");
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    let cause = json!({ "cause": "disclosure" });
    let silent = office.act(&agri, &id, "conclude", cause.clone()).await;
    assert_eq!(refused(&silent), "refusal-report-owed");
    let housing = handler(&office, "housing");
    let other = office.act(&housing, &id, "report_result", report.clone()).await;
    assert_eq!(other.status, 404, "nobody else knows of it");
    ok(office.act(&agri, &id, "report_result", report).await);
    let (session, _) = office.sign_in("agri", casework::org::Role::UnitHead).await;
    let page = office.get(&format!("/matters/{id}"), &session).await.body;
    let file = ok(office.api(Method::GET, &format!("/matters/{id}/file"), &agri, json!({})).await);
    let lines = file["lines"].as_array().expect("lines");
    let sequence = lines.last().expect("a line")["sequence"].clone();
    let path = format!("/matters/{id}/papers/line-{sequence}");
    assert!(page.contains(&path), "the report is a paper: {page}");
    let paper = office.get(&path, &session).await.body;
    assert!(paper.contains("农信报〔2025〕1号") && paper.contains("账目已公布"), "{paper}");
    assert_eq!(ok(owed().await)["matters"], json!([]));
    assert_eq!(ok(office.act(&agri, &id, "conclude", cause).await)["step"], "concluded");
    assert!(apart(|| differences(&office.house)).is_empty());
}
