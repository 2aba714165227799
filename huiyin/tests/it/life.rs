//! The life of a matter: registered, referred, accepted, answered, served, concluded.

use crate::kept;
use crate::office::{Office, petition};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_matter_goes_from_the_counter_to_its_conclusion() {
    let office = Office::new();
    let clerk = office.clerk();
    let (handler, head) =
        (office.token("agri", Role::UnitHandler), office.token("agri", Role::UnitHead));
    let id = office.register(&clerk, petition()).await;
    let shown = office.api(Method::GET, &format!("/matters/{id}"), &clerk, json!({})).await.json();
    assert_eq!(
        (shown["step"].as_str(), shown["due_on"].as_str()),
        (Some("registered"), Some("2025-03-18"))
    );
    assert!(!shown.to_string().contains("赵秀兰"), "names stay sealed");

    assert_eq!(
        office.api(Method::GET, &format!("/matters/{id}"), &handler, json!({})).await.status,
        404
    );
    office.at(3, 10);
    assert_eq!(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await.status, 200);
    office.at(3, 14);
    let accepted = office.act(&handler, &id, "accept", json!({})).await.json();
    assert_eq!(accepted["due_on"], "2025-05-13");

    let answer = json!({ "demand": 1, "outcome": "support", "text": "合同已找到并公布", "basis": "村民委员会组织法" });
    let refused = office.act(&handler, &id, "answer_demand", answer).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["type"].as_str()),
        (422, Some("urn:huiyin:refusal-commitment-missing"))
    );
    for demand in [1, 2] {
        let answer = json!({ "demand": demand, "outcome": "support", "text": "已公布", "basis": "村民委员会组织法",
            "commitment": "公布明细", "done_by": "2025-04-30" });
        if demand == 2 {
            let early =
                office.act(&head, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await;
            assert_eq!(early.json()["type"], "urn:huiyin:refusal-demand-unanswered");
        }
        assert_eq!(office.act(&handler, &id, "answer_demand", answer).await.status, 200);
    }
    office.hears(&handler, &id).await;
    let not_head = office.act(&handler, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await;
    assert_eq!((not_head.status.as_u16(), not_head.json()["rule"].as_str()), (403, Some("R22-34")));
    assert_eq!(
        office.act(&head, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await.status,
        200
    );
    let unserved = office.act(&handler, &id, "conclude", json!({ "cause": "disclosure" })).await;
    assert_eq!(unserved.json()["type"], "urn:huiyin:refusal-not-served");
    let served = json!({ "method": "in_person", "on": "2025-03-14", "recipient": "赵秀兰", "proof": "回证1号" });
    assert_eq!(office.act(&handler, &id, "serve", served).await.status, 200);
    let done = office.act(&handler, &id, "conclude", json!({ "cause": "disclosure" })).await.json();
    assert_eq!((done["step"].as_str(), done["due_on"].is_null()), (Some("concluded"), true));
}

#[tokio::test]
async fn an_objection_comes_back_in_five_working_days_or_not_at_all() {
    let office = Office::new();
    let (clerk, handler) = (office.clerk(), office.token("agri", Role::UnitHandler));
    for (day, status) in [(10, 200), (11, 422)] {
        office.at(3, 3);
        let id = office.register(&clerk, petition()).await;
        office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
        office.at(3, day);
        let objected =
            office.act(&handler, &id, "object", json!({ "reason": "职责不在本局" })).await;
        assert_eq!(objected.status, status, "{}", objected.body);
        if status == 200 {
            let back =
                office.act(&clerk, &id, "return", json!({ "reason": "核实属实" })).await.json();
            assert_eq!(
                (back["step"].as_str(), back["holder"].as_str()),
                (Some("registered"), Some("xinfang"))
            );
        } else {
            assert_eq!(objected.json()["rule"], "R22-23d");
        }
    }
}

#[tokio::test]
async fn more_time_is_granted_once_by_the_head_and_only_before_the_end() {
    let office = Office::new();
    let (clerk, handler) = (office.clerk(), office.token("agri", Role::UnitHandler));
    let head = office.token("agri", Role::UnitHead);
    let id = office.register(&clerk, petition()).await;
    office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    office.act(&handler, &id, "accept", json!({})).await;
    let long =
        office.act(&handler, &id, "ask_extension", json!({ "days": 31, "reason": "档案多" })).await;
    assert_eq!(long.json()["type"], "urn:huiyin:refusal-extension-too-long");
    assert_eq!(
        office
            .act(&handler, &id, "ask_extension", json!({ "days": 30, "reason": "档案多" }))
            .await
            .status,
        200
    );
    assert_eq!(office.act(&handler, &id, "extend", json!({})).await.status, 403);
    let extended = office.act(&head, &id, "extend", json!({})).await.json();
    assert_eq!(
        extended["due_on"], "2025-06-01",
        "60 + 30 days from 3 March, counted from the nominal date"
    );
    let again =
        office.act(&handler, &id, "ask_extension", json!({ "days": 5, "reason": "还要" })).await;
    assert_eq!(again.json()["type"], "urn:huiyin:refusal-extension-used");
    let late = office.register(&clerk, petition()).await;
    office.act(&clerk, &late, "refer", json!({ "to": "agri" })).await;
    office.act(&handler, &late, "accept", json!({})).await;
    office.at(6, 3);
    let elapsed =
        office.act(&handler, &late, "ask_extension", json!({ "days": 5, "reason": "晚了" })).await;
    assert_eq!(elapsed.json()["type"], "urn:huiyin:refusal-period-elapsed");
}

#[tokio::test]
async fn a_matter_told_elsewhere_or_declined_concludes_on_a_ground_that_says_where() {
    let office = Office::new();
    let (clerk, handler) = (office.clerk(), office.token("agri", Role::UnitHandler));
    let told = office.register(&clerk, petition()).await;
    // No ground of the list; and one on which nobody is sent away.
    let on = async |ground: &str| {
        let body = json!({ "ground": ground, "where_to": "法院" });
        office.act(&clerk, &told, "tell", body).await.json()
    };
    let unknown = on("N99").await;
    assert_eq!(unknown["fields"][0]["field"], "ground", "{unknown}");
    assert_eq!(on("N11").await["type"], "urn:huiyin:refusal-unknown-ground");
    // Where, how and until when: one after the other is asked for.
    let mut says = json!({ "ground": "N02", "where_to": "县人民法院立案庭" });
    for (missing, field, words) in [
        ("how-missing", "how", "带起诉状和身份证件"),
        ("within-missing", "within", "知道之日起六个月内"),
    ] {
        let refused = office.act(&clerk, &told, "tell", says.clone()).await.json();
        assert_eq!(refused["type"], format!("urn:huiyin:refusal-{missing}"));
        says[field] = words.into();
    }
    let done = office.act(&clerk, &told, "tell", says.clone()).await.json();
    assert_eq!(done["step"], "concluded");
    let path = format!("/matters/{told}/papers/1");
    let head = office.token("xinfang", Role::OfficeHead);
    let paper = office.api(Method::GET, &path, &head, json!({})).await.json();
    let paper = paper["paragraphs"].to_string();
    assert!(paper.contains("带起诉状和身份证件") && paper.contains("六个月内"), "{paper}");
    let unserved = done["notices"][0].clone();
    assert_eq!((unserved["kind"].as_str(), unserved["served_on"].is_null()), (Some("told"), true));
    let service = json!({ "notice": 1, "method": "post", "on": "2025-03-03", "recipient": "赵秀兰", "proof": "EMS 1" });
    assert_eq!(office.act(&handler, &told, "serve_notice", service.clone()).await.status, 404);
    let early = json!({ "notice": 1, "method": "post", "on": "2025-03-02", "recipient": "赵秀兰", "proof": "EMS 1" });
    let early = office.act(&clerk, &told, "serve_notice", early).await;
    assert_eq!(early.json()["type"], "urn:huiyin:refusal-date-too-early");
    let served = office.act(&clerk, &told, "serve_notice", service.clone()).await.json();
    assert_eq!(served["notices"][0]["served_on"], "2025-03-03");
    let twice = office.act(&clerk, &told, "serve_notice", service).await;
    assert_eq!(twice.json()["type"], "urn:huiyin:refusal-nothing-to-serve");
    let declined = office.register(&clerk, petition()).await;
    office.act(&clerk, &declined, "refer", json!({ "to": "agri" })).await;
    let not_ours = json!({ "ground": "N05", "where_to": "县住建局" });
    let refused = office.act(&handler, &declined, "decline", not_ours).await;
    assert_eq!(refused.json()["type"], "urn:huiyin:refusal-object-instead");
    let led = office.act(&handler, &declined, "decline", says.clone()).await.json();
    assert_eq!(led["type"], "urn:huiyin:refusal-route-instead");
    says["ground"] = "N01".into();
    let done = office.act(&handler, &declined, "decline", says.clone()).await.json();
    assert_eq!(done["step"], "concluded");
    let mut letter = petition();
    letter["channel"] = "letter".into();
    let letter = office.register(&clerk, letter).await;
    let passed_on = office.act(&clerk, &letter, "tell", says).await.json();
    assert_eq!(passed_on["type"], "urn:huiyin:refusal-hand-over-instead");
}

#[tokio::test]
async fn whoever_saw_an_older_version_does_nothing() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    let path = format!("/matters/{id}/acts/refer");
    let stale = [("if-match", "1")];
    let first =
        office.api_with((Method::POST, &path), &clerk, json!({ "to": "agri" }), &stale).await;
    let second =
        office.api_with((Method::POST, &path), &clerk, json!({ "to": "housing" }), &stale).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 409));
}

#[tokio::test]
async fn of_two_clerks_at_once_one_acts_and_the_other_hears_of_it() {
    let office = Office::new();
    let clerk = office.clerk();
    for _ in 0..10 {
        let id = office.register(&clerk, petition()).await;
        let path = format!("/matters/{id}/acts/refer");
        let seen = [("if-match", "1")];
        let (one, other) = tokio::join!(
            office.api_with((Method::POST, &path), &clerk, json!({ "to": "agri" }), &seen),
            office.api_with((Method::POST, &path), &clerk, json!({ "to": "housing" }), &seen),
        );
        let mut both = [one.status.as_u16(), other.status.as_u16()];
        both.sort_unstable();
        assert_eq!(both, [200, 409]);
    }
}

#[tokio::test]
async fn the_same_request_under_a_key_is_done_once() {
    let office = Office::new();
    let clerk = office.clerk();
    let key = [("idempotency-key", "k1")];
    let first = office.api_with((Method::POST, "/petitions"), &clerk, petition(), &key).await;
    let again = office.api_with((Method::POST, "/petitions"), &clerk, petition(), &key).await;
    assert_eq!(first.json()["number"], again.json()["number"]);
    assert_eq!(first.json()["query_code"], again.json()["query_code"], "a lost answer comes again");
    let mut other = petition();
    other["title"] = "另一件".into();
    assert_eq!(
        office.api_with((Method::POST, "/petitions"), &clerk, other, &key).await.status,
        409
    );
    let report = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    assert_eq!(report["figures"]["petitions.total"], 1);
    let second = office.register(&clerk, petition()).await;
    let to = |id: &str| format!("/matters/{id}/acts/file");
    let key = [("idempotency-key", "k2")];
    let body = json!({ "ground": "S1", "reason": "感谢信" });
    let done = office.api_with((Method::POST, &to("2025-1")), &clerk, body.clone(), &key).await;
    let elsewhere = office.api_with((Method::POST, &to(&second)), &clerk, body, &key).await;
    assert_eq!(
        (done.status.as_u16(), elsewhere.status.as_u16()),
        (200, 409),
        "a key is for one address"
    );
}

#[tokio::test]
async fn both_scripts_and_short_words_find_a_matter() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    for (words, found) in [("土地", 1), ("發包", 1), ("组", 1), ("拆迁", 0)] {
        let query: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let list =
            office.api(Method::GET, &format!("/matters?q={query}"), &clerk, json!({})).await.json();
        let ids: Vec<&str> = list["matters"]
            .as_array()
            .expect("list")
            .iter()
            .filter_map(|m| m["id"].as_str())
            .collect();
        assert_eq!(ids.len(), found, "{words}");
        assert!(found == 0 || ids == [id.as_str()]);
    }
}

#[tokio::test]
async fn a_petition_is_taken_back_only_in_its_petitioners_words_and_still_counts() {
    let office = Office::new();
    let clerk = office.clerk();
    let receipt = office.api(Method::POST, "/petitions", &clerk, petition()).await.json();
    let (id, number) = (receipt["matter"]["id"].as_str().expect("id"), receipt["number"].clone());
    let mut again = petition();
    again["join_reason"] = "同一事".into();
    again["headcount"] = 1.into();
    again["parties"].as_array_mut().expect("parties").truncate(1);
    let path = format!("/matters/{id}/petitions");
    let second = office.api(Method::POST, &path, &clerk, again).await.json();
    let silent =
        office.act(&clerk, id, "withdraw", json!({ "petition": number, "reason": "" })).await;
    assert_eq!(silent.status, 422);
    let words =
        |petition| json!({ "petition": petition, "reason": "账目已经公布，我不再要求答复" });
    let sentence = office.act(&clerk, id, "withdraw", words(number.clone())).await.json();
    assert_eq!(sentence["type"], "urn:huiyin:refusal-paper-missing", "a clerk's words are none");
    let paper = kept::hand_in(&office, &clerk, b"%PDF-1.4 signed").await.json();
    let signed = |petition: Value| {
        let mut body = words(petition);
        body["files"] = json!([paper["file"]]);
        body["signatures"] = 7.into();
        body
    };
    let mut few = signed(number.clone());
    few["signatures"] = 2.into();
    let few = office.act(&clerk, id, "withdraw", few).await.json();
    assert_eq!(few["type"], "urn:huiyin:refusal-signatures-missing", "seven came");
    let one = office.act(&clerk, id, "withdraw", signed(number.clone())).await.json();
    assert_eq!(one["step"], "registered", "as long as one petition stands, the matter goes on");
    let twice = office.act(&clerk, id, "withdraw", signed(number)).await.json();
    assert_eq!(twice["type"], "urn:huiyin:refusal-petition-elsewhere");
    let keys = json!({ "number": second["number"], "code": second["query_code"] });
    let keys = format!(
        "number={}&code={}",
        keys["number"].as_str().expect("a number"),
        keys["code"].as_str().expect("a code")
    );
    let own = format!("{keys}&withdraw_reason=ok");
    let page = office.post("/status/withdraw", "", &own).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("action=\"/status/resume\""), "and may think again");
    let early = office.act(&clerk, id, "conclude", json!({ "cause": "disclosure" })).await.json();
    assert_eq!(early["type"], "urn:huiyin:refusal-may-think-again");
    let back = office.post("/status/resume", "", &keys).await;
    assert!(back.body.contains("action=\"/status/withdraw\""), "{}", back.body);
    office.post("/status/withdraw", "", &own).await;
    office.at(3, 11);
    let all = office.act(&clerk, id, "conclude", json!({ "cause": "disclosure" })).await.json();
    assert_eq!((all["step"].as_str(), all["due_on"].is_null()), (Some("concluded"), true));
    let report = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    assert_eq!(report["figures"]["petitions.total"], 2);
}

#[tokio::test]
async fn what_nobody_signed_is_no_answer_to_the_petitioner() {
    let office = Office::new();
    let (clerk, handler) = (office.clerk(), office.token("agri", Role::UnitHandler));
    let receipt = office.api(Method::POST, "/petitions", &clerk, petition()).await.json();
    let id = receipt["matter"]["id"].as_str().expect("a number").to_owned();
    office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    office.act(&handler, &id, "accept", json!({})).await;
    for demand in [1, 2] {
        let answer = json!({ "demand": demand, "outcome": "not_support", "text": "初稿",
            "basis": "村民委员会组织法" });
        let drafted = office.act(&handler, &id, "answer_demand", answer).await;
        assert_eq!(drafted.status, 200, "{}", drafted.body);
    }
    let keys = json!({ "number": receipt["number"], "code": receipt["query_code"] });
    let told = || office.api(Method::POST, "/petitions/status", "", keys.clone());
    assert!(!told().await.body.contains("初稿"), "a draft");
    let head = office.token("agri", Role::UnitHead);
    office.hears(&handler, &id).await;
    office.act(&head, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await;
    assert_eq!(told().await.json()["demands"][1]["answer"]["text"], "初稿");
}

#[tokio::test]
async fn a_fax_and_an_e_mail_are_petitions_like_any_other() {
    // R05-02, R22-17: whichever way somebody takes.
    let office = Office::new();
    let clerk = office.clerk();
    for (channel, letters) in [("fax", "-CZ-"), ("email", "-YJ-")] {
        let mut came = petition();
        came["channel"] = channel.into();
        let receipt = office.api(Method::POST, "/petitions", &clerk, came).await.json();
        let number = receipt["number"].as_str().expect("a number");
        assert!(number.contains(letters), "{number}");
        assert_eq!(receipt["matter"]["due_on"], "2025-03-18");
    }
    let report = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    let figures = &report["figures"];
    let counted = ["petitions.fax", "petitions.email", "petitions.total"].map(|key| &figures[key]);
    assert_eq!(counted, [1, 1, 2]);
    assert_eq!(report["failed"], json!([]));
}
