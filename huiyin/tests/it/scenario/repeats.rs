//! Repeats after the end: nobody who comes after the answer is swallowed by it. Each is owed what every petition is
//! owed, counts as open until then, and what brings new facts begins anew.

use super::{answered, handler, head, ok, petition_of, registered, service, shown};
use crate::office::{Office, apart, differences};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// A matter that was answered, served and concluded on 3 March.
async fn concluded(office: &Office, clerk: &str) -> String {
    let (id, _) = registered(office, clerk, petition_of("公布账目", &["公布账目"])).await;
    ok(office.act(clerk, &id, "refer", json!({ "to": "agri" })).await);
    let (agri, boss) = (handler(office, "agri"), head(office, "agri"));
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
    office.hears(&agri, &id).await;
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    ok(office.act(&agri, &id, "conclude", json!({ "cause": "disclosure" })).await);
    id
}

/// The same people come again; the receipt.
async fn again(office: &Office, clerk: &str, id: &str) -> Value {
    let mut later = petition_of("公布账目", &["公布账目"]);
    later["join_reason"] = "同一人同一事".into();
    later["claim"] = json!([1]);
    ok(office.api(Method::POST, &format!("/matters/{id}/petitions"), clerk, later).await)
}

async fn figures<const N: usize>(office: &Office, clerk: &str, keys: [&str; N]) -> [i64; N] {
    let report = ok(office.api(Method::GET, "/report/2025", clerk, json!({})).await);
    assert_eq!(report["failed"], json!([]));
    keys.map(|key| report["figures"][key].as_i64().expect("a figure"))
}

#[tokio::test]
async fn who_comes_after_the_end_is_told_in_writing_and_counts_as_open_until_then() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = concluded(&office, &clerk).await;
    office.at(3, 10);
    let receipt = again(&office, &clerk, &id).await;
    let (number, code) = (&receipt["number"], &receipt["query_code"]);
    let counted = [
        "petitions.concluded",
        "petitions.open",
        "answers.in_time",
        "answers.total",
        "petitions.repeat.after_answer",
        "petitions.repeat.told",
    ];
    assert_eq!(figures(&office, &clerk, counted).await, [1, 1, 1, 1, 1, 0]);
    let queue = ok(office.api(Method::GET, "/queue?bucket=repeat", &clerk, json!({})).await);
    let row = &queue["matters"][0];
    assert_eq!((&row["id"], &row["due_clock"]), (&json!(id), &json!("repeat")));
    assert_eq!(row["due_on"], "2025-03-25", "fifteen days from receipt");
    let none = ok(office
        .api(Method::GET, "/queue?bucket=repeat", &handler(&office, "agri"), json!({}))
        .await);
    assert_eq!(none["matters"], json!([]), "the office owes it");
    let keys = format!("number={}&code={}", number.as_str().unwrap(), code.as_str().unwrap());
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("待书面告知") && page.contains("3月25日"), "{page}");

    let told = json!({ "petition": number, "note": "没有新的事实和理由" });
    office.at(3, 12);
    let after = ok(office.act(&clerk, &id, "tell_repeat", told).await);
    let notice = after["notices"].as_array().and_then(|all| all.last()).expect("a notice");
    assert_eq!((&notice["kind"], &notice["petition"]), (&json!("repeat"), number));
    let which = notice["ordinal"].as_u64().expect("an ordinal");
    let paper = ok(office
        .api(Method::GET, &format!("/matters/{id}/papers/{which}"), &clerk, json!({}))
        .await);
    let words = paper["paragraphs"].to_string();
    assert!(words.contains(number.as_str().unwrap()) && words.contains("农信〔2025〕1号"));
    assert!(words.contains("2025年4月2日"), "until when review may be asked for: {words}");
    assert_eq!(figures(&office, &clerk, counted).await, [2, 0, 2, 2, 1, 1]);
    let page = office.post("/status", "", &keys).await.body;
    assert!(!page.contains("待书面告知") && page.contains("已告知可以申请复查"), "{page}");
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn who_is_told_late_is_counted_late() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = concluded(&office, &clerk).await;
    let receipt = again(&office, &clerk, &id).await;
    let counted = ["answers.in_time", "answers.late", "answers.within_15_days"];
    office.at(3, 18);
    assert_eq!(figures(&office, &clerk, counted).await, [1, 0, 1], "not late on the last day");
    office.at(3, 19);
    assert_eq!(figures(&office, &clerk, counted).await, [1, 1, 1]);
    let told = json!({ "petition": receipt["number"], "note": "没有新的事实和理由" });
    ok(office.act(&clerk, &id, "tell_repeat", told).await);
    assert_eq!(figures(&office, &clerk, counted).await, [1, 1, 1], "it stays late");
}

#[tokio::test]
async fn new_facts_begin_a_matter_of_their_own() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = concluded(&office, &clerk).await;
    let receipt = again(&office, &clerk, &id).await;
    let out =
        json!({ "petition": receipt["number"], "leaving": "new_facts", "reason": "有新证据" });
    let own = ok(office.api(Method::POST, &format!("/matters/{id}/unjoin"), &clerk, out).await);
    assert_eq!((&own["step"], &own["due_clock"]), (&json!("registered"), &json!("disposition")));
    let fresh = own["id"].as_str().expect("a number");
    let file =
        ok(office.api(Method::GET, &format!("/matters/{fresh}/file"), &clerk, json!({})).await);
    let origin = &file["lines"][0]["entry"]["origin"];
    assert!(origin["new_facts"].is_number(), "{file}");
    let before = shown(&office, &clerk, &id).await;
    assert_eq!((&before["step"], &before["due_on"]), (&json!("concluded"), &Value::Null));
    let chief = office.token("xinfang", Role::OfficeHead);
    let queue = ok(office.api(Method::GET, "/queue?bucket=repeat", &chief, json!({})).await);
    assert_eq!(queue["matters"], json!([]));
}

#[tokio::test]
async fn who_takes_a_later_petition_back_was_not_answered_by_it() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = concluded(&office, &clerk).await;
    let receipt = again(&office, &clerk, &id).await;
    let text = |key: &str| receipt[key].as_str().expect("text").to_owned();
    let keys = format!("number={}&code={}", text("number"), text("query_code"));
    let own = format!("{keys}&withdraw_reason=ok");
    assert_eq!(office.post("/status/withdraw", "", &own).await.status, 200);
    let counted = [
        "petitions.concluded",
        "petitions.repeat.after_answer",
        "petitions.repeat.told",
        "answers.total",
        "answers.in_time",
    ];
    assert_eq!(figures(&office, &clerk, counted).await, [1, 1, 0, 1, 1], "they may think again");
    office.at(3, 10);
    assert_eq!(figures(&office, &clerk, counted).await, [2, 1, 0, 1, 1], "over, and not answered");
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}
