//! Inside a unit: somebody has the matter in hand by name, whoever petitioned is heard, and a draft is looked over
//! before it is signed.

use super::{answered, handler, head, ok, petition_of, refused, registered};
use crate::office::{Office, apart, differences};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn nothing_is_signed_before_the_petitioner_was_heard() {
    // Review of the law, 3.1 point 11: R05-31, R22-31⑥.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    let looked = json!({ "on": "2025-03-03", "inquiry": "site", "text": "查看了账本" });
    ok(office.act(&agri, &id, "take_step", looked).await);
    let number = json!({ "number": "农信〔2025〕1号" });
    let early = office.act(&boss, &id, "sign", number.clone()).await;
    assert_eq!(refused(&early), "refusal-petitioner-not-heard");
    assert_eq!(early.json()["rule"], "R22-31");
    let untold = office.post("/status", "", &keys).await.body;
    assert!(!untold.contains("已听取您陈述"), "what it looked at is no hearing");
    let unnamed = json!({ "on": "2025-03-03", "text": "去过" });
    assert_eq!(office.act(&agri, &id, "take_step", unnamed).await.status, 422, "of which kind");

    let tried = json!({ "on": "2025-03-03", "inquiry": "unreached", "text": "两次去电无人接听" });
    ok(office.act(&agri, &id, "take_step", tried).await);
    office.hears(&agri, &id).await;
    let told = office.post("/status", "", &keys).await.body;
    assert!(told.contains("已听取您陈述") && told.contains("没有联系上"), "{told}");
    assert_eq!(ok(office.act(&boss, &id, "sign", number).await)["step"], "answered");
}

#[tokio::test]
async fn a_matter_has_somebody_in_charge_and_its_draft_a_second_pair_of_eyes() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let waiting = |token: String, bucket: &'static str| {
        let (office, id) = (&office, id.clone());
        async move {
            let path = format!("/queue?bucket={bucket}");
            let queue = ok(office.api(Method::GET, &path, &token, json!({})).await);
            let rows = queue["matters"].as_array().cloned().unwrap_or_default();
            rows.iter().any(|row| row["id"] == json!(id))
        }
    };
    assert!(waiting(boss.clone(), "unassigned").await && !waiting(agri.clone(), "mine").await);
    let account = office.account("agri", Role::UnitHandler);
    let stranger = office.account("housing", Role::UnitHandler);
    let wrong = office.act(&boss, &id, "put_in_charge", json!({ "person": stranger })).await;
    assert_eq!(refused(&wrong), "refusal-not-of-the-unit");
    let put = ok(office.act(&boss, &id, "put_in_charge", json!({ "person": account })).await);
    assert_eq!(put["in_charge"], json!(account));
    assert!(!waiting(boss.clone(), "unassigned").await && waiting(agri.clone(), "mine").await);
    let accounts = office.accounts().into_iter();
    let mut named = accounts.filter(|one| one.actor.account.0 == account);
    let name = named.next().expect("somebody").actor.name;
    let told = office.post("/status", "", &keys).await.body;
    assert!(told.contains("承办人") && told.contains(&name), "whom to ask: {told}");

    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    office.hears(&agri, &id).await;
    let chief = office.account("agri", Role::UnitHead);
    let own = office.act(&agri, &id, "submit_draft", json!({ "checker": account })).await;
    assert_eq!(refused(&own), "refusal-own-draft");
    ok(office.act(&agri, &id, "submit_draft", json!({ "checker": chief })).await);
    assert!(waiting(boss.clone(), "check").await && !waiting(boss.clone(), "head").await);
    let (session, _) = office.sign_in("agri", Role::UnitHead).await;
    let page = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(page.contains("核稿") && page.contains(&format!("/matters/{id}/return_draft")));
    let form = office.get(&format!("/matters/{id}/sign"), &session).await.body;
    assert!(form.contains("已经查明"), "whoever signs reads what they sign: {form}");
    let back = json!({ "reason": "依据写全" });
    ok(office.act(&boss, &id, "return_draft", back).await);
    let number = json!({ "number": "农信〔2025〕1号" });
    let early = office.act(&boss, &id, "sign", number.clone()).await;
    assert_eq!(refused(&early), "refusal-draft-returned");
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    ok(office.act(&agri, &id, "submit_draft", json!({ "checker": chief })).await);
    ok(office.act(&boss, &id, "check_draft", json!({})).await);
    assert!(waiting(boss.clone(), "head").await);
    assert_eq!(ok(office.act(&boss, &id, "sign", number).await)["step"], "answered");
    assert!(apart(|| differences(&office.house)).is_empty());
}

#[tokio::test]
async fn while_somebody_is_away_their_matters_and_their_signature_are_not() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    office.hears(&agri, &id).await;
    let (own, chief) =
        (office.account("agri", Role::UnitHandler), office.account("agri", Role::UnitHead));
    let keep = |token: String, act: &'static str, body: Value| {
        let office = &office;
        async move { office.api(Method::POST, &format!("/office/{act}"), &token, body).await }
    };
    let days =
        json!({ "person": chief, "deputy": own, "from": "2025-03-04", "until": "2025-03-06" });
    let usurped = keep(agri.clone(), "record_absence", days.clone()).await;
    assert_eq!(usurped.status, 403, "nobody makes themselves the head's deputy: {}", usurped.body);
    let stranger = office.account("housing", Role::UnitHandler);
    for (field, value) in [
        ("deputy", stranger),
        ("deputy", chief.clone()),
        ("until", "2025-03-03".to_owned()),
        ("from", "2025-03-02".to_owned()),
    ] {
        let mut wrong = days.clone();
        wrong[field] = json!(value);
        assert_eq!(keep(boss.clone(), "record_absence", wrong).await.status, 422, "{field}");
    }
    ok(keep(boss.clone(), "record_absence", days.clone()).await);
    assert_eq!(keep(boss.clone(), "record_absence", days).await.status, 422, "twice");

    let number = json!({ "number": "农信〔2025〕1号" });
    let early = office.act(&agri, &id, "sign", number.clone()).await;
    assert_eq!(early.status, 403, "the head is there today");
    office.at(3, 5);
    let alone = office.act(&agri, &id, "sign", number.clone()).await;
    assert_eq!(refused(&alone), "refusal-own-draft", "not even in the head's place");
    let longer =
        json!({ "person": chief, "deputy": own, "from": "2025-03-07", "until": "2025-03-30" });
    let usurped = keep(agri.clone(), "record_absence", longer).await;
    assert_eq!(usurped.status, 403, "whoever stands in does not say for how long");
    let (session, _) = office.sign_in("agri", Role::UnitHandler).await;
    let page = office.get("/colleagues", &session).await.body;
    assert!(page.contains("2025年3月4日") && page.contains("代理"), "{page}");
    ok(office.act(&boss, &id, "answer_demand", answered(1, "explain")).await);
    ok(office.act(&agri, &id, "sign", number).await);
    let file = ok(office.api(Method::GET, &format!("/matters/{id}/file"), &agri, json!({})).await);
    let mut lines = file["lines"].as_array().expect("lines").iter().map(|line| &line["entry"]);
    let signed = lines.find(|entry| entry["fact"] == "signed").expect("signed");
    assert_eq!((&signed["for_head"], &signed["actor"]), (&json!(chief), &json!(own)));

    // Back again, and everything in hand goes to the head.
    let shown = ok(office.api(Method::GET, "/colleagues", &boss, json!({})).await);
    let of = |shown: &Value, account: &str| {
        let all = shown["colleagues"].as_array().cloned().unwrap_or_default();
        all.into_iter().find(|one| one["account"] == json!(account)).expect("a colleague")
    };
    assert_eq!(of(&shown, &own)["in_hand"], 1);
    let absence = of(&shown, &chief)["away"][0]["id"].clone();
    ok(keep(boss.clone(), "end_absence", json!({ "id": absence })).await);
    assert_eq!(keep(boss.clone(), "end_absence", json!({ "id": absence })).await.status, 404);
    assert_eq!(office.act(&agri, &id, "extend", json!({})).await.status, 403, "no head any more");
    let over = json!({ "person": own, "colleague": chief });
    assert_eq!(ok(keep(agri.clone(), "hand_over_matters", over).await)["count"], 1);
    let shown = ok(office.api(Method::GET, "/colleagues", &boss, json!({})).await);
    assert_eq!(
        (&of(&shown, &own)["in_hand"], &of(&shown, &chief)["in_hand"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(of(&shown, &chief)["away"], json!([]));
    assert!(apart(|| differences(&office.house)).is_empty());
}

#[tokio::test]
async fn a_complaint_goes_to_whom_it_is_about_only_for_a_reason_that_is_told() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut letter = petition_of("申请三年没有答复", &["予以答复"]);
    letter["complained_of"] = "agri".into();
    let (id, _) = registered(&office, &clerk, letter).await;
    let refer = office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    assert_eq!(refused(&refer), "refusal-complained-of");
    let reason = "属其法定职责，应先行答复。";
    let sent = json!({ "to": "agri", "despite": reason });
    let sent = ok(office.act(&clerk, &id, "refer", sent).await);
    assert_eq!(sent["demands"][0]["complained_of"], "agri");
    let path = format!("/matters/{id}/papers/1");
    let paper = ok(office.api(Method::GET, &path, &clerk, json!({})).await).to_string();
    assert!(paper.contains(reason) && paper.contains("复查"), "{paper}");

    // Whoever is complained of can't have it at its own counter either.
    let agri = handler(&office, "agri");
    let mut visit = petition_of("窗口不受理", &["请受理"]);
    visit["complained_of"] = "agri".into();
    let receipt = ok(office.api(Method::POST, "/petitions", &agri, visit).await);
    assert!(receipt["matter"].is_null(), "it is with the office: {receipt}");

    let until = json!({});
    let report = ok(office.api(Method::GET, "/report/2025", &clerk, until).await).to_string();
    assert!(report.contains("\"organ.agri\""), "{report}");
    let path = "/figures/organ.agri?from=2025-01-01&until=2025-12-31";
    assert_eq!(ok(office.api(Method::GET, path, &clerk, json!({})).await)["count"], 2);
    ok(office.act(&clerk, &id, "name_organ", json!({ "demand": 1 })).await);
    assert_eq!(ok(office.api(Method::GET, path, &clerk, json!({})).await)["count"], 1);
    assert!(apart(|| differences(&office.house)).is_empty());
}
