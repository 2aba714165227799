//! The same person about the same matter: suggested with reasons, joined, taken out again.

use crate::office::{Office, petition};
use axum::http::Method;
use casework::org::Role;
use jiff::civil::date;
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

/// A petition that is taken out keeps the day on which it was registered, and the matter that it becomes has a number
/// of the day on which it was taken out.
#[tokio::test]
async fn what_is_taken_out_a_year_later_is_listed_by_its_own_day() {
    let office = Office::new();
    let clerk = office.clerk();
    office.at(12, 30);
    let id = office.register(&clerk, petition()).await;
    let mut again = petition();
    again["join_reason"] = "同一人同一事".into();
    let path = format!("/matters/{id}/petitions");
    let joined = office.api(Method::POST, &path, &clerk, again).await.json();
    let number = joined["number"].as_str().expect("number");
    office.house.clock.set(office.house.instant(date(2026, 1, 5), 9, 0));
    let out = json!({ "petition": number, "reason": "另一件事" });
    let apart = office.api(Method::POST, &format!("/matters/{id}/unjoin"), &clerk, out).await;
    assert_eq!(apart.json()["id"], "2026-1");
    for (query, listed) in [
        ("until=2025-12-31", true),
        ("q=%E5%9C%9F%E5%9C%B0&until=2025-12-31", true),
        ("step=registered&from=2025-12-30&until=2025-12-31", true),
        ("from=2026-01-01", false),
    ] {
        let list = office.api(Method::GET, &format!("/matters?{query}"), &clerk, json!({})).await;
        let rows = list.json()["matters"].as_array().expect("rows").clone();
        assert_eq!(rows.iter().any(|row| row["id"] == "2026-1"), listed, "{query}");
    }
}

/// Nothing of what came was lost by joining two matters: the empty one stands in its lists still.
#[tokio::test]
async fn a_matter_that_was_joined_to_another_is_listed_still() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    let other = office.register(&clerk, petition()).await;
    let join = json!({ "into": id, "claim": ["1", "2"], "join_reason": "同一件事" });
    let merged = office.api(Method::POST, &format!("/matters/{other}/merge"), &clerk, join).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    let list = office.api(Method::GET, "/matters", &clerk, json!({})).await;
    assert_eq!(list.status, 200, "{}", list.body);
    let rows = list.json()["matters"].as_array().expect("rows").clone();
    assert!(rows.iter().any(|row| row["id"] == other.as_str()), "{rows:?}");
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    assert_eq!(office.get("/matters", &cookie).await.status, 200);
}

#[tokio::test]
async fn an_answered_matter_takes_nothing_new() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    office.replies(&clerk, &id).await;
    let mut more = petition();
    more["demand"] = json!(["请求安装路灯"]);
    more["join_reason"] = "同一人".into();
    let refused = office.api(Method::POST, &format!("/matters/{id}/petitions"), &clerk, more).await;
    assert_eq!(refused.json()["type"], "urn:huiyin:refusal-new-demand-after-answer");
}

#[tokio::test]
async fn what_was_written_twice_from_home_is_joined_when_the_clerk_sees_it() {
    let office = Office::new();
    let letter = |once: &str| {
        let fields = [
            ("track", "redress"),
            ("text", "村里三年没有公布土地发包的账目"),
            ("demand", "公布账目"),
            ("name", "赵秀兰"),
            ("phone", "13800001234"),
            ("once", once),
            ("go", "send"),
        ];
        crate::scenario::form(&fields)
    };
    for once in ["o1", "o2"] {
        let page = office.post("/write", "", &letter(once)).await;
        assert_eq!(page.status, 200, "{}", page.body);
    }
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get("/matters/2025-2", &cookie).await.body;
    assert!(page.contains("/matters/2025-2/merge"), "it shows by itself");
    let look = office.get("/matters/2025-2/merge", &cookie).await;
    assert!(look.status == 200 && look.body.contains("2025-1"), "{}", look.body);
    let silent = format!("csrf={csrf}&into=2025-1&claim-2025-1=1");
    let silent = office.post("/matters/2025-2/merge", &cookie, &silent).await;
    assert!(
        silent.status == 422 && silent.body.contains("href=\"#join_reason\""),
        "{}",
        silent.body
    );
    let form = format!("csrf={csrf}&into=2025-1&claim-2025-1=1&join_reason=same");
    let done = office.post("/matters/2025-2/merge", &cookie, &form).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let clerk = office.clerk();
    let left = office.api(Method::GET, "/matters/2025-2", &clerk, json!({})).await.json();
    assert_eq!(
        (left["step"].as_str(), left["petitions"].as_array().map(Vec::len)),
        (Some("concluded"), Some(0))
    );
    let kept = office.api(Method::GET, "/matters/2025-1", &clerk, json!({})).await.json();
    assert_eq!(kept["petitions"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        (kept["due_on"].as_str(), kept["demands"].as_array().map(Vec::len)),
        (Some("2025-03-18"), Some(1))
    );
    let figures = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    let figures = &figures["figures"];
    assert_eq!(
        (
            figures["petitions.total"].as_i64(),
            figures["petitions.repeat"].as_i64(),
            figures["petitions.open"].as_i64()
        ),
        (Some(2), Some(1), Some(2))
    );
    // Once somebody began with a matter, it stays what it is.
    let id = office.register(&clerk, petition()).await;
    office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    let late = json!({ "into": "2025-1", "join_reason": "同一事" });
    let late = office.api(Method::POST, &format!("/matters/{id}/merge"), &clerk, late).await;
    assert_eq!(late.status, 422, "{}", late.body);
    let wrong = crate::office::apart(|| crate::office::differences(&office.house));
    assert!(wrong.is_empty(), "{wrong:?}");
}
