//! Every unit registers what reaches it: it has an owner and a clock from the first day, wherever it was handed in, and
//! whoever took it in answers until somebody else has it.

use super::{answered, handler, head, ok, petition_of, refused, registered, service, shown};
use crate::office::{Office, apart, differences};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// How many wait in a bucket, and the first of them.
async fn waiting(office: &Office, token: &str, bucket: &str) -> (usize, Value) {
    let path = format!("/queue?bucket={bucket}");
    let queue = ok(office.api(Method::GET, &path, token, json!({})).await);
    let rows = queue["matters"].as_array().expect("rows").clone();
    (rows.len(), rows.first().cloned().unwrap_or_default())
}

#[tokio::test]
async fn what_reaches_a_bureau_is_answered_there_from_letter_to_answer() {
    let office = Office::new();
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let (id, keys) = registered(&office, &agri, petition_of("水渠漏水", &["修好水渠"])).await;
    let matter = shown(&office, &agri, &id).await;
    assert_eq!((&matter["holder"], &matter["first_unit"]), (&json!("agri"), &json!("agri")));
    assert_eq!(
        (&matter["due_clock"], &matter["due_on"]),
        (&json!("disposition"), &json!("2025-03-18"))
    );
    let (count, row) = waiting(&office, &agri, "register").await;
    assert_eq!((count, &row["id"]), (1, &json!(id)), "the bureau's queue");
    let (count, row) = waiting(&office, &agri, "first").await;
    assert_eq!((count, &row["due_on"]), (1, &json!("2025-03-18")), "and whoever took it in");
    assert_eq!(waiting(&office, &boss, "first").await.0, 0, "that is a person, not the bureau");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("农业农村局"), "the petitioner is told who took it in: {page}");

    // The office sees it, and disposes of nothing that is not its turn.
    let clerk = office.clerk();
    let list = ok(office.api(Method::GET, "/matters?first_unit=agri", &clerk, json!({})).await);
    assert_eq!(list["matters"][0]["id"], json!(id));
    let none = ok(office.api(Method::GET, "/matters?first_unit=housing", &clerk, json!({})).await);
    assert_eq!(none["matters"], json!([]));
    let refer = office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await;
    assert_eq!(refused(&refer), "refusal-with-its-receiver");
    assert_eq!(office.act(&clerk, &id, "accept", json!({})).await.status, 403);

    ok(office.act(&agri, &id, "accept", json!({})).await);
    assert_eq!(waiting(&office, &agri, "first").await.0, 0, "it is taken up");
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    office.hears(&agri, &id).await;
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    ok(office.act(&agri, &id, "conclude", json!({ "cause": "disclosure" })).await);
    let report = ok(office.api(Method::GET, "/report/2025", &clerk, json!({})).await);
    assert_eq!(report["failed"], json!([]));
    assert_eq!(report["figures"]["petitions.by_unit"], 1);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_passed_on_stays_the_bureaus_until_the_office_confirms() {
    let office = Office::new();
    let (agri, clerk) = (handler(&office, "agri"), office.clerk());
    let (id, keys) = registered(&office, &agri, petition_of("拆迁补偿", &["补足差额"])).await;
    let silent = office.act(&agri, &id, "pass_on", json!({ "reason": " " })).await;
    assert_eq!(silent.status, 422);
    office.at(3, 6);
    let why = json!({ "reason": "属于住建部门的职责", "proposed": "housing" });
    let passed = ok(office.act(&agri, &id, "pass_on", why).await);
    assert_eq!((&passed["step"], &passed["holder"]), (&json!("passed_on"), &json!("xinfang")));
    assert_eq!(waiting(&office, &clerk, "passed").await.0, 1);
    assert_eq!(waiting(&office, &agri, "first").await.0, 1, "whoever took it in answers still");
    let clocks = passed["clocks"].as_array().expect("clocks");
    assert_eq!((&clocks[0]["binds"], &clocks[0]["ended_on"]), (&json!("agri"), &Value::Null));
    let letter = ok(office
        .api(Method::GET, &format!("/matters/{id}/papers/line-2"), &agri, json!({}))
        .await);
    let words = letter["paragraphs"].to_string();
    assert!(words.contains("属于住建部门的职责") && words.contains("建议由"), "{words}");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("移交信访局"), "{page}");

    let back = json!({ "reason": "水利设施由农业农村局管理" });
    let back = ok(office.act(&clerk, &id, "send_back", back).await);
    assert_eq!((&back["step"], &back["holder"]), (&json!("registered"), &json!("agri")));
    assert_eq!(back["due_on"], "2025-03-18", "no day is won by it");
    let why = json!({ "reason": "经与住建局核对，属于房屋征收" });
    ok(office.act(&agri, &id, "pass_on", why).await);
    let taken = ok(office.act(&clerk, &id, "take_over", json!({})).await);
    assert_eq!((&taken["holder"], &taken["due_on"]), (&json!("xinfang"), &json!("2025-03-18")));
    let notice = taken["notices"].as_array().and_then(|all| all.last()).expect("a notice");
    assert_eq!(notice["kind"], "taken_over");
    let which = notice["ordinal"].as_u64().expect("an ordinal");
    let path = format!("/matters/{id}/papers/{which}");
    let paper = ok(office.api(Method::GET, &path, &clerk, json!({})).await);
    assert!(paper["paragraphs"].to_string().contains("仍自"), "{paper}");
    assert_eq!(office.act(&agri, &id, "accept", json!({})).await.status, 403, "it left the bureau");

    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
    assert_eq!(waiting(&office, &agri, "first").await.0, 1, "sent is not yet taken over");
    ok(office.act(&handler(&office, "housing"), &id, "accept", json!({})).await);
    assert_eq!(waiting(&office, &agri, "first").await.0, 0);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn a_township_tells_where_to_go_and_a_second_letter_finds_the_first() {
    let office = Office::new();
    let donghe = handler(&office, "donghe");
    let (id, _) = registered(&office, &donghe, petition_of("通信基站", &["移走基站"])).await;
    let told = json!({
        "ground": "N08", "where_to": "市通信管理部门", "how": "书面", "within": "六十日内",
    });
    let after = ok(office.act(&donghe, &id, "tell", told).await);
    assert_eq!(after["step"], "concluded");
    // A second letter about what the township has is joined there.
    let (id, _) = registered(&office, &donghe, petition_of("道路损坏", &["修路"])).await;
    ok(office.act(&donghe, &id, "accept", json!({})).await);
    let mut again = petition_of("道路损坏", &["修路"]);
    let found = ok(office.api(Method::POST, "/petitions/matches", &donghe, again.clone()).await);
    assert_eq!(found["matches"][0]["matter"]["id"], json!(id), "{found}");
    let sought = again.clone();
    again["join_reason"] = "同一人同一事".into();
    again["claim"] = json!([1]);
    let path = format!("/matters/{id}/petitions");
    ok(office.api(Method::POST, &path, &donghe, again.clone()).await);
    // Another bureau neither finds nor joins it.
    let agri = handler(&office, "agri");
    let found = ok(office.api(Method::POST, "/petitions/matches", &agri, sought).await);
    assert_eq!(found["matches"], json!([]));
    assert_eq!(office.api(Method::POST, &path, &agri, again).await.status, 404);
    // Once the office has it the township supplements what it was with, and joins nothing.
    let (id, _) = registered(&office, &donghe, petition_of("学校选址", &["重新选址"])).await;
    ok(office.act(&donghe, &id, "pass_on", json!({ "reason": "属于教育部门" })).await);
    ok(office.act(&office.clerk(), &id, "take_over", json!({})).await);
    let more = json!({ "petition": shown(&office, &donghe, &id).await["petitions"][0]["number"], "text": "x" });
    assert_eq!(office.act(&donghe, &id, "supplement", more).await.status, 403);
}

#[tokio::test]
async fn who_accuses_a_bureau_at_its_own_counter_is_out_of_its_reach_at_once() {
    let office = Office::new();
    let agri = handler(&office, "agri");
    let mut petition = petition_of("举报", &["查处"]);
    petition["track"] = "accusation".into();
    petition["accused_unit"] = json!(["agri"]);
    let receipt = ok(office.api(Method::POST, "/petitions", &agri, petition).await);
    assert!(receipt["number"].is_string() && receipt["query_code"].is_string());
    assert_eq!(receipt["matter"], Value::Null, "{receipt}");
    let list = ok(office.api(Method::GET, "/matters", &agri, json!({})).await);
    assert_eq!(list["matters"], json!([]));
    let chief = office.token("xinfang", Role::OfficeHead);
    let list = ok(office.api(Method::GET, "/matters", &chief, json!({})).await);
    assert_eq!(list["matters"][0]["holder"], "xinfang");
    assert_eq!(waiting(&office, &agri, "first").await.0, 0);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn the_register_is_a_bureaus_page_too() {
    let office = Office::new();
    let (session, _) = office.sign_in("agri", Role::UnitHandler).await;
    let page = office.get("/register", &session).await;
    assert_eq!(page.status, 200);
    let home = office.get("/desk", &session).await.body;
    assert!(home.contains("href=\"/register\"") && !home.contains("href=\"/enquiry\""), "{home}");
}
