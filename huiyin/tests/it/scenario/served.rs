//! Everybody who petitioned gets the answer for themselves, and their own days to ask for review.

use super::{answered, handler, head, ok, petition_of, refused, registered, service, shown};
use crate::office::{Office, apart, between, differences};
use axum::http::Method;
use serde_json::{Value, json};

/// A letter of two people, answered and signed on 3 March; the matter and the portal's keys.
async fn joint(office: &Office, clerk: &str) -> (String, String) {
    let mut letter = petition_of("公布账目", &["公布账目"]);
    letter["headcount"] = "2".into();
    letter["parties"] = json!([
        { "name": "赵秀兰", "phone": "13800001234", "address": "石桥村二组" },
        { "name": "王占魁", "phone": "13900003333", "address": "石桥村三组" },
    ]);
    let (id, keys) = registered(office, clerk, letter).await;
    ok(office.act(clerk, &id, "refer", json!({ "to": "agri" })).await);
    let (agri, boss) = (handler(office, "agri"), head(office, "agri"));
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "not_support")).await);
    office.hears(&agri, &id).await;
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    (id, keys)
}

/// A service to one of them.
fn to_one(on: &str, party: &Value) -> Value {
    let mut one = service(on);
    one["served_to"] = json!([party]);
    one
}

#[tokio::test]
async fn the_second_signer_has_days_of_their_own() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = joint(&office, &clerk).await;
    let agri = handler(&office, "agri");
    let waits = shown(&office, &agri, &id).await["to_be_served"].clone();
    let [first, second] = [&waits[0], &waits[1]];
    let served = ok(office.act(&agri, &id, "serve", to_one("2025-03-03", first)).await);
    assert_eq!((&served["step"], &served["to_be_served"]), (&json!("answered"), &json!([second])));
    let twice = office.act(&agri, &id, "serve", to_one("2025-03-03", first)).await;
    assert_eq!(refused(&twice), "refusal-not-to-be-served");
    let early = office.act(&agri, &id, "conclude", json!({ "cause": "disclosure" })).await;
    assert_eq!(refused(&early), "refusal-not-served");
    let (session, _) = office.sign_in("agri", casework::org::Role::UnitHandler).await;
    let page = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(page.contains("王*魁尚未送达"), "{page}");
    let line = between(&page, "送达给", "送达方式").expect("whom it reached");
    assert!(line.contains("赵*兰") && !line.contains("王*魁"), "{line}");
    // The form offers whoever waits, and nobody else.
    let form = office.get(&format!("/matters/{id}/serve"), &session).await.body;
    let offers =
        |party: &Value| form.contains(&format!("value=\"{}\"", party.as_str().expect("id")));
    assert!(form.contains("name=\"served_to\"") && offers(second) && !offers(first), "{form}");

    office.at(3, 13);
    let served = ok(office.act(&agri, &id, "serve", to_one("2025-03-13", second)).await);
    assert_eq!((&served["step"], &served["to_be_served"]), (&json!("served"), &json!([])));
    assert_eq!(served["served_on"], "2025-03-13");
    ok(office.act(&agri, &id, "conclude", json!({ "cause": "disclosure" })).await);
    // The code is the petition's: whoever of them was served last may ask the longest.
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("4月14日"), "thirty days from the second service: {page}");
    let numbered = shown(&office, &clerk, &id).await;
    let number = numbered["petitions"][0]["number"].as_str().expect("a number");
    office.at(4, 14);
    let organ = json!({ "organ": "gov", "received_on": "2025-04-14", "reason": "没有公布支出",
        "petition": number });
    ok(office.act(&clerk, &id, "ask_review", organ).await);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn each_way_of_service_is_proved_in_its_own_way() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = joint(&office, &clerk).await;
    let agri = handler(&office, "agri");
    office.at(4, 20);
    let by = |method: &str| {
        let mut one = service("2025-04-20");
        one["method"] = method.into();
        one
    };
    for (method, why) in [
        ("electronic", "refusal-service-consent-missing"),
        ("left", "refusal-picture-missing"),
        ("public_notice", "refusal-published-on-missing"),
    ] {
        let answer = office.act(&agri, &id, "serve", by(method)).await;
        assert_eq!(refused(&answer), why);
    }
    let mut notice = by("public_notice");
    notice["published_on"] = "2025-04-01".into();
    let early = office.act(&agri, &id, "serve", notice.clone()).await;
    assert_eq!(refused(&early), "refusal-notice-still-up");
    assert!(early.body.contains("2025年5月1日"), "until when: {}", early.body);
    let mut network = by("electronic");
    network["electronic_consent"] = "yes".into();
    let served = ok(office.act(&agri, &id, "serve", network).await);
    assert_eq!(served["step"], "served", "nobody chosen is everybody");
    let path = format!("/matters/{id}/file");
    let file = ok(office.api(Method::GET, &path, &clerk, json!({})).await);
    assert!(file.to_string().contains("\"consent\":true"), "it stands in the file: {file}");
}
