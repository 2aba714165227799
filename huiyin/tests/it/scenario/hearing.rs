//! Hearings in the open, over HTTP: told beforehand, read by everybody, and the final opinion that rests on one.

use super::{answered, handler, head, ok, petition_of, refused, registered, service};
use crate::office::{Office, apart, differences};
use casework::org::Role;
use serde_json::{Value, json};

async fn paper(office: &Office, token: &str, id: &str, which: &str) -> String {
    super::paper(office, token, id, which).await.to_string()
}

/// A seal takes back what everybody could read of a hearing.
async fn is_read_no_more_once_sealed(office: &Office, clerk: &str, agri: &str) {
    let (id, _) = registered(office, clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(agri, &id, "accept", json!({})).await);
    ok(office.act(agri, &id, "announce_hearing", announced("村路占地问题")).await);
    assert!(office.get("/results", "").await.body.contains("村路占地问题"));
    ok(office.act(clerk, &id, "suspect_secret", json!({ "reason": "附件二" })).await);
    assert!(!office.get("/results", "").await.body.contains("村路占地问题"), "it is sealed");
}

fn announced(text: &str) -> Value {
    json!({ "held_on": "2025-03-12", "venue": "县政务服务中心三楼，上午九时", "host": "县司法局",
        "panel": "人大代表、律师各一名", "public_text": text })
}

#[tokio::test]
async fn a_hearing_is_announced_to_everybody_and_its_final_opinion_is_read_by_all() {
    // Review of the mission, F25 and F27; R05-31b, R05-35b, R22-31b, R22-36b.
    let office = Office::new();
    let clerk = office.clerk();
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let mut visit = petition_of("公布账目", &["公布账目"]);
    visit["channel"] = json!("visit");
    let (id, keys) = registered(&office, &clerk, visit).await;
    let sheet = paper(&office, &clerk, &id, "line-1").await;
    for words in ["来访登记表", "赵*兰", "公布账目，请依法办理。", "1. 公布账目"]
    {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&agri, &id, "accept", json!({})).await);
    let named = office.act(&agri, &id, "announce_hearing", announced("赵秀兰要求公布账目")).await;
    assert_eq!(refused(&named), "refusal-names-somebody");
    let after = ok(office.act(&agri, &id, "announce_hearing", announced("村账目公开问题")).await);
    let notices = after["notices"].as_array().map_or(0, Vec::len);
    let notice = paper(&office, &agri, &id, &notices.to_string()).await;
    for words in ["听证告知书", "2025年3月12日", "县司法局", "申请主持人或者听证员回避", "公开举行"]
    {
        assert!(notice.contains(words), "{words}: {notice}");
    }
    assert!(office.get("/results", "").await.body.contains("村账目公开问题"));
    let lead = json!({ "host": "赵秀兰", "venue": "县政务服务中心", "held_on": "2025-03-12",
        "panel": "律师一名", "public_text": "村账目公开问题" });
    let lead = office.act(&agri, &id, "announce_hearing", lead).await;
    assert_eq!(refused(&lead), "refusal-names-somebody", "whoever petitions leads nothing");
    is_read_no_more_once_sealed(&office, &clerk, &agri).await;
    assert!(office.post("/status", "", &keys).await.body.contains("2025年3月12日在县政务服务中心"));

    office.hears(&agri, &id).await;
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    let chief = office.token("xinfang", Role::OfficeHead);
    for (organ, last) in [("gov", false), ("city_gov", true)] {
        let ask = json!({ "organ": organ, "received_on": "2025-03-03", "reason": "不服" });
        ok(office.act(&clerk, &id, "ask_review", ask).await);
        ok(office.act(&chief, &id, "accept_review", json!({})).await);
        if last {
            let held = json!({ "from": "2025-03-03", "until": "2025-03-03", "host": "市司法局",
                "text": "双方到场" });
            ok(office.act(&clerk, &id, "hold_hearing", held).await);
        }
        let uphold = json!({ "review_outcome": "uphold", "text": "原意见清楚", "basis": "信访工作条例",
            "number": format!("复〔2025〕{organ}号") });
        ok(office.act(&chief, &id, "decide_review", uphold).await);
        let early = json!({ "title": "村务公开", "public_text": "维持" });
        let early = office.act(&clerk, &id, "publish_opinion", early).await;
        assert_eq!(refused(&early), "refusal-no-final-opinion");
        ok(office.act(&chief, &id, "serve_review", service("2025-03-03")).await);
    }
    let named = json!({ "title": "村务公开", "public_text": "联系13800001234" });
    let named = office.act(&clerk, &id, "publish_opinion", named).await;
    assert_eq!(refused(&named), "refusal-names-somebody");
    let opinion = json!({ "title": "村务公开", "public_text": "经公开听证，维持复查意见。" });
    ok(office.act(&clerk, &id, "publish_opinion", opinion).await);
    let public = office.get("/results", "").await.body;
    assert!(public.contains("经公开听证，维持复查意见。") && !public.contains("赵"), "{public}");
    office.at(3, 13);
    assert!(!office.get("/results", "").await.body.contains("村账目公开问题"), "it is over");
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}
