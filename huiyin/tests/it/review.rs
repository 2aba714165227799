//! Review, final review and supervision over HTTP, in the words of an office.

use crate::office::{Office, between, petition};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// A matter whose answer was served on 10 March 2025, and the receipt's number and code.
async fn answered(office: &Office) -> (String, String) {
    let clerk = office.clerk();
    let handler = office.token("agri", Role::UnitHandler);
    let head = office.token("agri", Role::UnitHead);
    let receipt = office.api(Method::POST, "/petitions", &clerk, petition()).await.json();
    let id = receipt["matter"]["id"].as_str().expect("id").to_owned();
    let mut done = vec![office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await];
    done.push(office.act(&handler, &id, "accept", json!({})).await);
    for demand in [1, 2] {
        let answer = json!({ "demand": demand, "outcome": "explain", "text": "已经公布", "basis": "村民委员会组织法" });
        done.push(office.act(&handler, &id, "answer_demand", answer).await);
    }
    office.hears(&handler, &id).await;
    done.push(office.act(&head, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    office.at(3, 10);
    let service = json!({ "method": "in_person", "on": "2025-03-10", "recipient": "赵秀兰", "proof": "回证1号" });
    done.push(office.act(&handler, &id, "serve", service).await);
    done.push(office.act(&handler, &id, "conclude", json!({ "cause": "disclosure" })).await);
    assert!(done.iter().all(|answer| answer.status == 200), "{}", done.last().expect("one").body);
    let keys = format!(
        "number={}&code={}",
        receipt["number"].as_str().expect("number"),
        receipt["query_code"].as_str().expect("code")
    );
    (id, keys)
}

async fn shown(office: &Office, id: &str) -> Value {
    office.api(Method::GET, &format!("/matters/{id}"), &office.clerk(), json!({})).await.json()
}

#[tokio::test]
async fn a_petitioner_asks_from_a_phone_and_the_county_orders_a_new_answer() {
    let office = Office::new();
    let (id, keys) = answered(&office).await;
    office.at(4, 2);
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("action=\"/status/review\"") && page.contains("value=\"gov\""));
    let empty = office.post("/status/review", "", &format!("{keys}&organ=gov&reason=")).await;
    assert!(empty.status == 422 && empty.body.contains("href=\"#reason\""));
    let wrong = office.post("/status/review", "", &format!("{keys}&organ=agri&reason=x")).await;
    assert!(wrong.status == 422, "the unit does not review itself");
    let reason = "reason=%E6%B2%A1%E6%9C%89%E8%AF%B4%E6%98%8E%E5%8E%BB%E5%90%91";
    let asked = office.post("/status/review", "", &format!("{keys}&organ=gov&{reason}")).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let matter = shown(&office, &id).await;
    assert_eq!(
        (matter["step"].as_str(), matter["holder"].as_str()),
        (Some("review_asked"), Some("gov"))
    );
    assert_eq!(matter["due_on"], "2025-05-02", "thirty days from receipt");

    let (handler, head) =
        (office.token("gov", Role::UnitHandler), office.token("gov", Role::UnitHead));
    assert_eq!(office.act(&handler, &id, "accept_review", json!({})).await.status, 200);
    let redo = json!({ "review_outcome": "redo", "text": "去向没有查清", "basis": "信访工作条例", "number": "政复〔2025〕1号" });
    assert_eq!(office.act(&handler, &id, "decide_review", redo.clone()).await.status, 403);
    assert_eq!(office.act(&head, &id, "decide_review", redo).await.status, 200);
    let (cookie, _) = office.sign_in("gov", Role::UnitHead).await;
    let paper = office.get(&format!("/matters/{id}/papers/review-1"), &cookie).await.body;
    assert!(
        paper.contains("信访事项复查意见书")
            && paper.contains("责令重新办理")
            && paper.contains("赵秀兰")
    );
    let service =
        json!({ "method": "post", "on": "2025-04-02", "recipient": "赵秀兰", "proof": "EMS 1" });
    assert_eq!(office.act(&handler, &id, "serve_review", service).await.status, 200);

    let matter = shown(&office, &id).await;
    assert_eq!(
        (matter["step"].as_str(), matter["holder"].as_str()),
        (Some("accepted"), Some("agri"))
    );
    assert!(matter["demands"][0]["answer"].is_null() && matter["concluded_on"].is_null());
    let (handler, head) =
        (office.token("agri", Role::UnitHandler), office.token("agri", Role::UnitHead));
    for demand in [1, 2] {
        let same = json!({ "demand": demand, "outcome": "explain", "text": "同前", "basis": "村民委员会组织法" });
        office.act(&handler, &id, "answer_demand", same).await;
    }
    let same = office.act(&head, &id, "sign", json!({ "number": "农信〔2025〕2号" })).await;
    assert_eq!(same.json()["type"], "urn:huiyin:refusal-same-result");
    let other = json!({ "demand": 2, "outcome": "support", "text": "去向已查清", "basis": "村民委员会组织法",
        "commitment": "公布明细", "done_by": "2025-05-30" });
    office.act(&handler, &id, "answer_demand", other).await;
    let half = office.act(&head, &id, "sign", json!({ "number": "农信〔2025〕2号" })).await;
    assert_eq!(half.json()["type"], "urn:huiyin:refusal-same-result", "the first is as it was");
    let number = json!({ "number": "农信〔2025〕2号", "new_facts": "第一项补充了三年的公开记录" });
    let signed = office.act(&head, &id, "sign", number).await;
    assert_eq!(signed.status, 200, "{}", signed.body);
}

#[tokio::test]
async fn a_mailed_request_of_the_last_day_counts_and_the_third_is_refused() {
    let office = Office::new();
    let (id, keys) = answered(&office).await;
    let clerk = office.clerk();
    office.at(4, 14);
    let late = json!({ "organ": "gov", "received_on": "2025-04-14", "reason": "不服" });
    let refused = office.act(&clerk, &id, "ask_review", late).await.json();
    assert_eq!(refused["type"], "urn:huiyin:refusal-period-elapsed");
    let posted = json!({ "organ": "gov", "received_on": "2025-04-14", "posted_on": "2025-04-09", "reason": "不服" });
    let asked = office.act(&clerk, &id, "ask_review", posted).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    // What the superior organ decides on paper, the office enters.
    let head = office.token("xinfang", Role::OfficeHead);
    for (organ, level) in [("gov", "review"), ("city_gov", "final_review")] {
        if level == "final_review" {
            let again = json!({ "organ": organ, "received_on": "2025-04-14", "reason": "仍不服" });
            assert_eq!(office.act(&clerk, &id, "ask_review", again).await.status, 200);
        }
        office.act(&head, &id, "accept_review", json!({})).await;
        let uphold = json!({ "review_outcome": "uphold", "text": "原意见清楚", "basis": "信访工作条例",
            "number": format!("复〔2025〕{organ}号") });
        assert_eq!(office.act(&head, &id, "decide_review", uphold).await.status, 200);
        let service = json!({ "method": "post", "on": "2025-04-14", "recipient": "赵秀兰", "proof": "EMS 2" });
        assert_eq!(office.act(&head, &id, "serve_review", service).await.status, 200);
    }
    let third = json!({ "organ": "city_gov", "received_on": "2025-04-14", "reason": "还是不服" });
    let refused = office.act(&clerk, &id, "ask_review", third).await.json();
    assert_eq!(refused["type"], "urn:huiyin:refusal-review-exhausted");
    let page = office.post("/status", "", &keys).await.body;
    assert!(!page.contains("action=\"/status/review\""));
    assert!(between(&page, "已请求云州市人民政府", "。").is_some(), "the trace tells both");
    let matter = shown(&office, &id).await;
    assert_eq!(matter["reviews"].as_array().expect("reviews").len(), 2);
    assert_eq!(matter["concluded_on"], "2025-03-10", "concluded by its answer, and still so");
}

#[tokio::test]
async fn a_unit_that_delays_is_supervised_answers_and_is_checked() {
    let office = Office::new();
    let clerk = office.clerk();
    let handler = office.token("agri", Role::UnitHandler);
    let id = office.register(&clerk, petition()).await;
    office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    office.act(&handler, &id, "accept", json!({})).await;
    office.at(5, 20);
    let proposed = shown(&office, &id).await["supervision_proposed"].to_string();
    assert!(proposed.contains("overdue"), "{proposed}");
    let (cookie, _) = office.sign_in("xinfang", Role::OfficeHead).await;
    let page = office.get(&format!("/matters/{id}"), &cookie).await.body;
    assert!(page.contains("按条例应当督办") && page.contains("未按期办结"));
    let letter = json!({ "number": "信督〔2025〕1号", "supervision_form": "letter", "trigger": "overdue",
        "unit": "agri", "text": "请于十日内答复", "tracker": office.account("xinfang", Role::RegistrationClerk) });
    assert_eq!(office.act(&handler, &id, "supervise", letter.clone()).await.status, 403);
    assert_eq!(office.act(&clerk, &id, "supervise", letter).await.status, 200);
    let early = office.act(&clerk, &id, "close_supervision", json!({ "finding": "…" })).await;
    assert_eq!(early.json()["type"], "urn:huiyin:refusal-supervision-unanswered");
    let housing = office.token("housing", Role::UnitHandler);
    let words = json!({ "adopted": "yes", "text": "已增派人手" });
    assert_eq!(office.act(&housing, &id, "answer_supervision", words.clone()).await.status, 404);
    assert_eq!(office.act(&handler, &id, "answer_supervision", words).await.status, 200);
    let closed = office.act(&clerk, &id, "close_supervision", json!({ "finding": "已改正" })).await;
    assert_eq!(closed.json()["supervisions"][0]["closed_on"], "2025-05-20");
}

#[tokio::test]
async fn no_level_is_skipped() {
    let office = Office::new();
    let clerk = office.clerk();
    let receipt = office.api(Method::POST, "/petitions", &clerk, petition()).await.json();
    let id = receipt["matter"]["id"].as_str().expect("id").to_owned();
    let town = office
        .house
        .directory()
        .units
        .values()
        .find(|unit| unit.kind == casework::org::UnitKind::Township)
        .map(|unit| unit.id.0.clone())
        .expect("a township");
    office.act(&clerk, &id, "refer", json!({ "to": town })).await;
    let (handler, head) =
        (office.token(&town, Role::UnitHandler), office.token(&town, Role::UnitHead));
    office.act(&handler, &id, "accept", json!({})).await;
    for demand in [1, 2] {
        let answer = json!({ "demand": demand, "outcome": "explain", "text": "已经公布", "basis": "村民委员会组织法" });
        office.act(&handler, &id, "answer_demand", answer).await;
    }
    office.hears(&handler, &id).await;
    office.act(&head, &id, "sign", json!({ "number": "镇信〔2025〕1号" })).await;
    let service = json!({ "method": "in_person", "on": "2025-03-03", "recipient": "赵秀兰", "proof": "回证1号" });
    let served = office.act(&handler, &id, "serve", service).await;
    assert_eq!(served.status, 200, "{}", served.body);
    let ask =
        |organ: &str| json!({ "organ": organ, "received_on": "2025-03-03", "reason": "不服" });
    for organ in ["city_gov", "city_xf", "agri", "xinfang"] {
        let refused = office.act(&clerk, &id, "ask_review", ask(organ)).await;
        assert_eq!(refused.status, 422, "{organ}: {}", refused.body);
    }
    let asked = office.act(&clerk, &id, "ask_review", ask("gov")).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
}

#[tokio::test]
async fn a_changed_answer_is_what_counts_and_the_unit_carries_it_out() {
    // Review of the law, 3.1 points 9 and 16.
    let office = Office::new();
    let (id, keys) = answered(&office).await;
    office.at(4, 2);
    let reason = "reason=%E6%B2%A1%E6%9C%89%E8%AF%B4%E6%98%8E%E5%8E%BB%E5%90%91";
    let sent = format!("{keys}&organ=gov&demands=2&{reason}");
    assert_eq!(office.post("/status/review", "", &sent).await.status, 200);
    assert_eq!(shown(&office, &id).await["reviews"][0]["demands"], json!([2]));
    let (handler, head) =
        (office.token("gov", Role::UnitHandler), office.token("gov", Role::UnitHead));
    assert_eq!(office.act(&handler, &id, "accept_review", json!({})).await.status, 200);
    let change = json!({ "review_outcome": "change", "text": "去向已查清", "basis": "信访工作条例", "number": "政复〔2025〕3号" });
    let missing = office.act(&head, &id, "decide_review", change.clone()).await;
    assert_eq!(missing.json()["type"], "urn:huiyin:refusal-instead-missing");
    let instead = |demand: u32| {
        json!({ "demand": demand, "outcome": "support", "text": "退回多收的承包费", "basis": "村民委员会组织法",
            "commitment": "退回承包费", "done_by": "2025-05-30" })
    };
    let beside = office.act(&handler, &id, "answer_instead", instead(1)).await;
    assert_eq!(beside.json()["type"], "urn:huiyin:refusal-no-such-demand");
    let put = office.act(&handler, &id, "answer_instead", instead(2)).await;
    assert_eq!(put.status, 200, "{}", put.body);
    let status = office.post("/status", "", &keys).await.body;
    assert!(!status.contains("退回多收的承包费"), "nobody hears of it before it is decided");
    assert_eq!(office.act(&head, &id, "decide_review", change).await.status, 200);
    let (cookie, _) = office.sign_in("gov", Role::UnitHead).await;
    let paper = office.get(&format!("/matters/{id}/papers/review-1"), &cookie).await.body;
    assert!(paper.contains("退回多收的承包费") && paper.contains("由原承办单位执行"), "{paper}");
    let service =
        json!({ "method": "post", "on": "2025-04-02", "recipient": "赵秀兰", "proof": "EMS 1" });
    assert_eq!(office.act(&handler, &id, "serve_review", service).await.status, 200);
    let matter = shown(&office, &id).await;
    let outcomes = [0, 1].map(|at: usize| matter["demands"][at]["answer"]["outcome"].clone());
    assert_eq!(
        (&matter["step"], outcomes),
        (&json!("concluded"), [json!("explain"), json!("support")])
    );
    // The opinion stays as it was signed; what is carried out is what was changed.
    let (agri, _) = office.sign_in("agri", Role::UnitHead).await;
    let opinion = office.get(&format!("/matters/{id}/papers/opinion"), &agri).await.body;
    assert!(!opinion.contains("退回多收的承包费") && opinion.contains("已经公布"), "{opinion}");
    // Review of the law, 3.1 point 13: each paper names the very organ and its address.
    let organs = "向云州市农业农村局（地址：云州市中心区迎宾大道9号）或者\
        云岭县人民政府办公室（地址：云岭县城关镇人民路1号）书面申请复查";
    assert!(opinion.contains(organs), "{opinion}");
    let last = "向云州市人民政府（地址：云州市中心区迎宾大道1号）书面请求复核";
    assert!(paper.contains(last), "{paper}");
    let accepted = office.get(&format!("/matters/{id}/papers/2"), &agri).await.body;
    assert!(accepted.contains("受理") && accepted.contains("承办人："), "{accepted}");
    let done = json!({ "demand": 2, "on": "2025-04-02", "text": "已退回" });
    let done = office.act(&office.token("agri", Role::UnitHandler), &id, "execute", done).await;
    assert_eq!(done.status, 200, "{}", done.body);
}
