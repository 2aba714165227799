//! Tracks, branches, grounds and notices.

use super::{answered, form, handler, head, ok, petition_of, refused, registered, service, shown};
use crate::office::Office;
use axum::http::Method;
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn a_suggestion_is_studied_replied_to_and_thanked_for() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut letter = petition_of("建议集市日增加公交班次", &["增加班次"]);
    letter["track"] = "suggestion".into();
    let (id, keys) = registered(&office, &clerk, letter).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let agri = handler(&office, "agri");
    let accepted = ok(office.act(&agri, &id, "accept", json!({})).await);
    assert_eq!(accepted["due_clock"], "reply", "no text gives a period; the program proposes one");
    let support = office.act(&agri, &id, "answer_demand", answered(1, "support")).await;
    assert_eq!(refused(&support), "refusal-other-track");
    ok(office.act(&agri, &id, "answer_demand", answered(1, "adopt_partly")).await);
    let boss = head(&office, "agri");
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕8号" })).await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    let paper = ok(office
        .api(Method::GET, &format!("/matters/{id}/papers/opinion"), &agri, json!({}))
        .await);
    assert_eq!(paper["title"], "建议意见回复");
    let said = paper["paragraphs"].to_string();
    assert!(said.contains("部分采纳") && said.contains("感谢") && !said.contains("复查"), "{said}");
    let page = office.post("/status", "", &keys).await.body;
    assert!(!page.contains("action=\"/status/review\""), "a reply is not reviewed");
}

#[tokio::test]
async fn an_opinion_says_what_was_asked_found_decided_and_where_to_go_with_which_papers() {
    // R05-32, R22-32, BJ-43, SD-41, SH-38.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("补发补贴", &["补发三年补贴"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let agri = handler(&office, "agri");
    ok(office.act(&agri, &id, "accept", json!({})).await);
    let unfounded = json!({ "demand": 1, "outcome": "support", "text": "漏发属实", "basis": "补贴发放办法第九条",
        "commitment": "补发", "done_by": "2025-04-01" });
    let answered = office.act(&agri, &id, "answer_demand", unfounded).await;
    assert_eq!(answered.status, 200, "{}", answered.body);
    office.hears(&agri, &id).await;
    ok(office
        .act(&head(&office, "agri"), &id, "sign", json!({ "number": "农信〔2025〕9号" }))
        .await);
    let path = format!("/matters/{id}/papers/opinion");
    let paper = ok(office.api(Method::GET, &path, &agri, json!({})).await);
    let said = paper["paragraphs"].to_string();
    for words in [
        "补发三年补贴",
        "漏发属实",
        "补贴发放办法第九条",
        "支持",
        "三十日内",
        "书面申请复查",
        "证据材料",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[tokio::test]
async fn who_asks_an_organ_to_do_its_duty_learns_of_reconsideration_and_not_of_review() {
    let office = Office::new();
    let clerk = office.clerk();
    let petition = petition_of("要求查处邻居违法建房", &["查处"]);
    let (id, keys) = registered(&office, &clerk, petition).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
    let housing = handler(&office, "housing");
    let silent = office.act(&housing, &id, "accept", json!({ "branch": "duty" })).await;
    assert_eq!(refused(&silent), "refusal-statutory-period-missing");
    let duty = json!({ "branch": "duty", "due_on": "2025-04-02", "basis": "城乡规划法" });
    let accepted = ok(office.act(&housing, &id, "accept", duty).await);
    assert_eq!(
        (&accepted["due_on"], &accepted["due_clock"]),
        (&json!("2025-04-02"), &json!("statutory"))
    );
    ok(office.act(&housing, &id, "answer_demand", answered(1, "explain")).await);
    ok(office
        .act(&head(&office, "housing"), &id, "sign", json!({ "number": "建信〔2025〕1号" }))
        .await);
    ok(office.act(&housing, &id, "serve", service("2025-03-03")).await);
    let paper = ok(office
        .api(Method::GET, &format!("/matters/{id}/papers/opinion"), &housing, json!({}))
        .await);
    let said = paper["paragraphs"].to_string();
    assert!(
        said.contains("行政复议") && said.contains("行政诉讼") && !said.contains("复查"),
        "{said}"
    );
    let asked = office.post("/status/review", "", &format!("{keys}&organ=gov&reason=x")).await;
    assert!(asked.status == 422 && asked.body.contains("行政复议"), "told what is open instead");
}

#[tokio::test]
async fn each_refusal_says_where_how_and_until_when() {
    let office = Office::new();
    let clerk = office.clerk();
    // A matter for reconsideration, led there by the unit.
    let (id, keys) =
        registered(&office, &clerk, petition_of("不服拆迁补偿决定", &["重新决定"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
    let housing = handler(&office, "housing");
    let route = json!({ "branch": "administrative", "procedure": "行政复议", "where_to": "县政府行政复议办公室",
        "basis": "行政复议法第二十条", "within": "收到决定之日起六十日内", "materials": "申请书、决定书复印件" });
    let routed = ok(office.act(&housing, &id, "route", route).await);
    assert_eq!(routed["step"], "concluded");
    assert_eq!(routed["status"], "closed");
    let notice = routed["notices"].as_array().expect("notices").len();
    let path = format!("/matters/{id}/papers/{notice}");
    let head = office.token("xinfang", Role::OfficeHead);
    let paper = ok(office.api(Method::GET, &path, &head, json!({})).await);
    assert_eq!(paper["title"], "导入法定途径告知书");
    let said = paper["paragraphs"].to_string();
    for words in ["行政复议办公室", "六十日内", "申请书"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(office.post("/status", "", &keys).await.body.contains("应当通过法定途径处理"));
    // A letter about a lawsuit goes to the court itself; a visit would be guided.
    let (id, _) = registered(&office, &clerk, petition_of("对判决不服", &["改判"])).await;
    let over = json!({ "ground": "N02", "where_to": "县人民法院", "number": "信转〔2025〕3号" });
    let passed = ok(office.act(&clerk, &id, "hand_over", over).await);
    assert_eq!(passed["notices"][0]["kind"], "handed_over");
    let unknown = json!({ "ground": "N05", "where_to": "x", "number": "x" });
    let (other, _) = registered(&office, &clerk, petition_of("另一件", &["办"])).await;
    let refusal = office.act(&clerk, &other, "hand_over", unknown).await;
    assert_eq!(refused(&refusal), "refusal-unknown-ground");
    // What is pending elsewhere, and what was reviewed twice, is named by its number.
    let pending = json!({ "ground": "N03", "where_to": "县农业农村局", "within": "2025年5月2日" });
    let refusal = office.act(&clerk, &other, "tell", pending.clone()).await;
    assert_eq!(refused(&refusal), "refusal-earlier-missing");
    // What is only filed says why, on paper and to whoever asks.
    let (id, keys) = registered(&office, &clerk, petition_of("诗一首", &["转交"])).await;
    let filed = ok(office
        .act(&clerk, &id, "file", json!({ "ground": "S1", "reason": "没有具体诉求" }))
        .await);
    assert_eq!(filed["notices"][0]["kind"], "filed");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("没有具体诉求") && page.contains("已存档"), "{page}");
    assert!(!page.contains("应当到哪里"), "it was sent nowhere");
}

#[tokio::test]
async fn somebody_writes_an_accusation_from_home_and_is_told_only_that_it_went_on() {
    let office = Office::new();
    let fields = [
        ("track", "accusation"),
        ("accused_unit", "housing"),
        ("accused_name", "钱某某"),
        ("text", "收受开发商礼金"),
        ("demand", "依法查处"),
        ("name", "王伟"),
        ("phone", "13800009999"),
        ("once", "a1"),
        ("go", "send"),
    ];
    let nobody = form(&[
        ("track", "accusation"),
        ("text", "收礼"),
        ("demand", "查"),
        ("at", "what"),
        ("go", "next"),
    ]);
    let nobody = office.post("/write", "", &nobody).await;
    assert!(
        nobody.status == 422 && nobody.body.contains("href=\"#accused_name\""),
        "{}",
        nobody.body
    );
    let wrong = form(&[
        ("track", "redress"),
        ("accused_unit", "housing"),
        ("text", "收礼"),
        ("at", "what"),
        ("go", "next"),
    ]);
    let wrong = office.post("/write", "", &wrong).await;
    assert!(wrong.status == 422 && wrong.body.contains("id=\"track-say\""), "{}", wrong.body);
    let receipt = office.post("/write", "", &form(&fields)).await;
    assert_eq!(receipt.status, 200, "{}", receipt.body);
    let clerk = office.clerk();
    let seen = shown(&office, &clerk, "2025-1").await;
    assert_eq!((&seen["track"], &seen["sealed"]), (&json!("accusation"), &json!(true)));
    let to_them = office.act(&clerk, "2025-1", "refer", json!({ "to": "housing" })).await;
    assert_eq!(refused(&to_them), "refusal-accused");
    let over = json!({ "ground": "T1", "where_to": "县纪委监委", "number": "信密〔2025〕1号" });
    ok(office.act(&clerk, "2025-1", "hand_over", over).await);
    let head = office.token("xinfang", Role::OfficeHead);
    let paper = ok(office.api(Method::GET, "/matters/2025-1/papers/1", &head, json!({})).await);
    let said = paper["paragraphs"].to_string();
    assert!(said.contains("县纪委监委") && !said.contains("礼金"), "{said}");
}
