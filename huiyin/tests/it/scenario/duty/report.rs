//! The yearly report goes out, and stays as it went.

use super::{begun, duty, ok, refused};
use crate::office::{Office, apart, differences};
use crate::scenario::{petition_of, registered};
use axum::http::Method;
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn a_report_is_delivered_upwards_and_kept_word_for_word() {
    // Review of the mission, 3.1 point 6; R05-39, R22-41.
    let office = Office::new();
    let clerk = office.clerk();
    registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    let (session, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get("/report?year=2025", &session).await.body;
    assert!(
        page.contains("尚未报送") && page.contains("/duty/submission/new/send_report"),
        "{page}"
    );
    let send = |above: &str| {
        json!({ "year": "2025", "until": "2025-03-03", "number": "云信〔2025〕1号", "on": "2025-03-03",
            "own_organ": "县委、县政府", "organ_above": above })
    };
    let at_home = duty(&office, &clerk, ("submission", "new", "send_report"), send("")).await;
    assert_eq!(refused(&at_home), "refusal-text-missing", "the text wants it one level up");
    let id = begun(&office, &clerk, ("submission", "send_report"), send("云州市信访局")).await;
    let twice = duty(&office, &clerk, ("submission", "new", "send_report"), send("市局")).await;
    assert_eq!(refused(&twice), "refusal-number-given");
    // What comes afterwards is not in it.
    registered(&office, &clerk, petition_of("修桥", &["修桥"])).await;
    let path = format!("/duty/submission/{id}");
    let kept = ok(office.api(Method::GET, &path, &clerk, json!({})).await).to_string();
    assert!(kept.contains("全县共受理来信来访1件"), "as it was: {kept}");
    let page = office.get("/report?year=2025", &session).await.body;
    assert!(page.contains("云州市信访局（未签收）"), "{page}");
    for (entry, proof) in [(2, "市局收文33号"), (1, "签收单")] {
        let got = json!({ "entry": entry, "on": "2025-03-03", "proof": proof });
        ok(duty(&office, &clerk, ("submission", &id, "receive_report"), got).await);
    }
    let page = office.get("/report?year=2025", &session).await.body;
    assert!(page.contains("县委、县政府、云州市信访局") && !page.contains("未签收"), "{page}");
    let english = office.get("/report?year=2025", &format!("{session}; lang=en")).await.body;
    assert!(english.contains("县委、县政府, 云州市信访局"), "{english}");
    let unit = office.token("agri", Role::UnitHandler);
    assert_eq!(office.api(Method::GET, &path, &unit, json!({})).await.status, 404);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}
