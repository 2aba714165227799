//! What the law wants in half a sentence, over HTTP: who is reachable, which day a petition was entered, what a paper
//! says and what it keeps to itself, and what is counted as what.

use super::{form, handler, head, ok, paper, petition_of, registered, service, shown};
use crate::office::Office;
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn an_address_is_enough_to_be_told_and_a_bare_name_is_not() {
    // R05-22b, R22-23a, R22-23b.
    let office = Office::new();
    let clerk = office.clerk();
    for (party, told) in [
        (json!({ "name": "赵秀兰", "address": "石桥村二组" }), true),
        (json!({ "name": "赵秀兰", "phone": "13800001234" }), true),
        (json!({ "name": "赵秀兰" }), false),
    ] {
        let mut petition = petition_of("修路", &["修路"]);
        petition["parties"] = json!([party]);
        let (id, _) = registered(&office, &clerk, petition).await;
        let file = json!({ "ground": "S2", "reason": "没有留下联系方式" });
        let filed = office.act(&clerk, &id, "file", file).await;
        assert_eq!(filed.status == 422, told, "{party}: {}", filed.body);
        if told {
            let referred = ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
            assert_eq!(referred["notices"].as_array().map(Vec::len), Some(1), "{party}");
        }
    }
}

#[tokio::test]
async fn what_lay_in_a_drawer_shows_both_its_days() {
    // R22-21, R05-12: entered promptly, and if not, anybody sees it.
    let office = Office::new();
    office.at(3, 10);
    let clerk = office.clerk();
    let mut petition = petition_of("修路", &["修路"]);
    petition["received_on"] = json!("2025-03-03");
    let (id, _) = registered(&office, &clerk, petition).await;
    let seen = shown(&office, &clerk, &id).await;
    let days = (&seen["petitions"][0]["received_on"], &seen["petitions"][0]["registered_on"]);
    assert_eq!(days, (&json!("2025-03-03"), &json!("2025-03-10")));
}

#[tokio::test]
async fn a_notice_of_an_accusation_repeats_neither_its_title_nor_its_number() {
    // R22-30.
    let office = Office::new();
    let clerk = office.clerk();
    let mut petition = petition_of("村支书收受礼金", &["依法查处"]);
    petition["track"] = json!("accusation");
    petition["accused_unit"] = json!("housing");
    petition["accused_name"] = json!("钱某某");
    let (id, keys) = registered(&office, &clerk, petition).await;
    let over = json!({ "ground": "T1", "where_to": "县纪委监委", "number": "信密〔2025〕1号" });
    ok(office.act(&clerk, &id, "hand_over", over).await);
    let boss = office.token("xinfang", Role::OfficeHead);
    let said = paper(&office, &boss, &id, "1").await["paragraphs"].to_string();
    let number = keys.trim_start_matches("number=").split('&').next().unwrap_or_default();
    for kept in ["礼金", "村支书", number] {
        assert!(!said.contains(kept), "{kept}: {said}");
    }
}

#[tokio::test]
async fn what_was_agreed_stands_on_a_paper() {
    // R22-33.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("欠薪", &["付清工资"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&handler(&office, "agri"), &id, "accept", json!({})).await);
    let settle = json!({ "way": "mediation", "number": "云调〔2025〕1号", "on": "2025-03-03",
        "recipient": "赵秀兰", "consent": "yes", "text": "十日内付清八万元", "done_by": "2025-03-13" });
    ok(office.act(&head(&office, "agri"), &id, "settle", settle).await);
    let agreement = paper(&office, &clerk, &id, "line-4").await;
    let said = agreement.to_string();
    for words in ["协议书", "云调〔2025〕1号", "十日内付清八万元", "2025年3月13日"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[tokio::test]
async fn an_opinion_and_a_letter_say_on_which_articles_they_rest() {
    // R22-32, R22-40.
    let office = Office::new();
    let clerk = office.clerk();
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&clerk, &id, "supervise", supervision(&office, "信督〔2025〕1号")).await);
    let letter = paper(&office, &clerk, &id, "line-4").await.to_string();
    assert!(letter.contains("《信访工作条例》第四十条"), "{letter}");
    office.hears(&agri, &id).await;
    ok(office.act(&agri, &id, "answer_demand", super::answered(1, "explain")).await);
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    let opinion = paper(&office, &agri, &id, "opinion").await.to_string();
    assert!(opinion.contains("《信访工作条例》第三十二条"), "{opinion}");
}

fn supervision(office: &Office, number: &str) -> Value {
    json!({ "number": number, "supervision_form": "letter", "trigger": "shifting", "unit": "agri",
        "text": "请于十日内答复。", "tracker": office.account("xinfang", Role::RegistrationClerk) })
}

#[tokio::test]
async fn each_recommendation_and_supervision_is_counted_as_what_it_is() {
    // R05-39, R22-41.
    let office = Office::new();
    let clerk = office.clerk();
    let agri = handler(&office, "agri");
    // Each kind another number of times, so that none is taken for another.
    let made = [
        ("improvement", "yes"),
        ("improvement", "yes"),
        ("improvement", ""),
        ("policy", "yes"),
        ("policy", ""),
        ("accountability", "yes"),
    ];
    for (at, (kind, adopted)) in made.into_iter().enumerate() {
        let (id, _) = registered(&office, &clerk, petition_of(kind, &[kind])).await;
        ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
        let number = format!("信建〔2025〕{at}号");
        let one =
            json!({ "recommendation": kind, "number": number, "to": "agri", "text": "请改进" });
        ok(office.act(&clerk, &id, "recommend", one).await);
        let answer = json!({ "number": number, "adopted": adopted, "text": "已研究" });
        ok(office.act(&agri, &id, "answer_recommendation", answer).await);
        // Five are followed up, and the unit answers every other time.
        if at > 0 {
            let letter = supervision(&office, &format!("信督〔2025〕{at}号"));
            ok(office.act(&clerk, &id, "supervise", letter).await);
        }
        if at > 0 && at % 2 == 0 {
            let answer = json!({ "adopted": "yes", "text": "已答复信访人" });
            ok(office.act(&agri, &id, "answer_supervision", answer).await);
        }
    }
    let report = ok(office.api(Method::GET, "/report/2025", &clerk, json!({})).await);
    for (figure, value) in [
        ("recommendation.improvement", 3),
        ("recommendation.policy", 2),
        ("recommendation.accountability", 1),
        ("recommendation.adopted", 4),
        ("supervision.issued", 5),
        ("supervision.answered", 2),
    ] {
        assert_eq!(report["figures"][figure], value, "{figure}");
    }
}

#[tokio::test]
async fn facts_are_asked_for_at_every_door() {
    // R05-17, R05-17b, R22-19, R22-19b.
    let office = Office::new();
    let clerk = office.clerk();
    for channel in ["oral", "letter"] {
        let mut petition = petition_of("修路", &["修路"]);
        (petition["channel"], petition["text"]) = (json!(channel), json!(""));
        let answer = office.api(Method::POST, "/petitions", &clerk, petition).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(answer.json()["fields"][0]["field"], "text", "{}", answer.body);
    }
    let page = form(&[("track", "redress"), ("text", ""), ("at", "what"), ("go", "next")]);
    let page = office.post("/write", "", &page).await;
    assert!(page.status == 422 && page.body.contains("href=\"#text\""), "{}", page.body);
}

#[tokio::test]
async fn what_ended_with_a_paper_waits_in_a_queue_until_the_paper_is_there() {
    // R05-21, R22-22, R22-23; 件件有着落: nothing is closed by a paper that lies in a drawer.
    let office = Office::new();
    let clerk = office.clerk();
    let mut visit = petition_of("修路", &["修路"]);
    visit["channel"] = json!("visit");
    let (id, _) = registered(&office, &clerk, visit).await;
    let waiting = async || {
        let queue = office.api(Method::GET, "/queue?bucket=tell", &clerk, json!({})).await;
        ok(queue)["matters"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(waiting().await, 0);
    let told = json!({ "ground": "N02", "where_to": "县人民法院", "how": "带身份证件到立案窗口",
        "within": "六个月内" });
    let after = ok(office.act(&clerk, &id, "tell", told).await);
    assert_eq!(after["notices"][0]["due_on"], "2025-03-18");
    assert_eq!((after["step"].clone(), waiting().await), (json!("concluded"), 1));
    let (session, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(page.contains("未送达，2025年3月18日前送达"), "{page}");
    let mut service = service("2025-03-03");
    service["notice"] = json!(1);
    ok(office.act(&clerk, &id, "serve_notice", service).await);
    assert_eq!(waiting().await, 0);
}
