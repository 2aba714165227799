//! The same person about the same matter: suggested with reasons, joined, taken out again.

use crate::office::{Office, petition};
use axum::http::Method;
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn a_repeat_is_suggested_joined_and_taken_out_and_always_counted() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    office.at(3, 12);
    let mut again = petition();
    again["parties"] = json!([{ "name": "趙秀蘭", "phone": "138 0000 1234" }]);
    again["headcount"] = 1.into();
    let likely = office.api(Method::POST, "/petitions/matches", &clerk, again.clone()).await.json();
    let reasons = likely["matches"][0]["reasons"].to_string();
    assert!(
        reasons.contains("same_phone")
            && reasons.contains("same_name_and_place")
            && reasons.contains("similar_text"),
        "{likely}"
    );

    let path = format!("/matters/{id}/petitions");
    let without_reason = office.api(Method::POST, &path, &clerk, again.clone()).await;
    assert_eq!(without_reason.status, 422);
    again["join_reason"] = "同一人同一事".into();
    let joined = office.api(Method::POST, &path, &clerk, again).await.json();
    assert_eq!(joined["matter"]["due_on"], "2025-03-18", "joining restarts no clock");
    let figures = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    assert_eq!(
        (
            figures["figures"]["petitions.total"].as_i64(),
            figures["figures"]["petitions.repeat"].as_i64()
        ),
        (Some(2), Some(1))
    );

    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let number = joined["number"].as_str().expect("number");
    let form = format!("csrf={csrf}&petition={number}&reason=another");
    let out = office.post(&format!("/matters/{id}/unjoin"), &cookie, &form).await;
    assert_eq!(out.status, 303, "{}", out.body);
    let figures = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    assert_eq!(
        (
            figures["figures"]["petitions.total"].as_i64(),
            figures["figures"]["petitions.repeat"].as_i64()
        ),
        (Some(2), Some(0))
    );
    let new = office.api(Method::GET, "/matters/2025-2", &clerk, json!({})).await.json();
    assert_eq!(new["due_on"], "2025-03-27", "its own clock counts from its own receipt");
}

#[tokio::test]
async fn an_answered_matter_takes_nothing_new() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    office
        .act(
            &clerk,
            &id,
            "answer_directly",
            json!({ "text": "已公布", "basis": "村民委员会组织法" }),
        )
        .await;
    let mut more = petition();
    more["demand"] = json!(["请求安装路灯"]);
    more["join_reason"] = "同一人".into();
    let refused = office.api(Method::POST, &format!("/matters/{id}/petitions"), &clerk, more).await;
    assert_eq!(refused.json()["type"], "urn:huiyin:refusal-new-demand-after-answer");
}
