//! What a petitioner does to their own petition from the street: what the law gives them is offered, what is not theirs
//! to say is not taken, nothing happens twice and nothing typed is lost.

use super::{ok, petition_of, registered, service, shown};
use crate::office::{Office, apart, between};
use axum::http::Method;
use casework::org::Role;
use huiyin::web::door::Address;
use serde_json::json;

/// A matter that the office answered itself, served on its first day; gives its id and the keys for the portal.
async fn answered(office: &Office) -> (String, String) {
    let clerk = office.clerk();
    let (id, keys) = registered(office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    office.replies(&clerk, &id).await;
    ok(office.act(&clerk, &id, "serve", service("2025-03-03")).await);
    (id, keys)
}

#[tokio::test]
async fn the_offices_own_answer_is_reviewed_too() {
    // R05-34, R22-35: whoever gave it.
    let office = Office::new();
    let (id, keys) = answered(&office).await;
    let path = format!("/matters/{id}/papers/opinion");
    let paper = ok(office.api(Method::GET, &path, &office.clerk(), json!({})).await).to_string();
    assert!(paper.contains("云信复〔2025〕1号") && paper.contains("已经公布"), "{paper}");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("action=\"/status/review\""), "the form stands beside the date: {page}");
    let asked = format!("{keys}&organ=gov&reason=x");
    assert_eq!(office.post("/status/review", "", &asked).await.status, 200);
    assert_eq!(shown(&office, &office.clerk(), &id).await["step"], "review_asked");
    let page = office.post("/status", "", &keys).await.body;
    assert!(!page.contains("action=\"/status/review\""), "nothing more is asked while it goes on");
}

#[tokio::test]
async fn a_postmark_is_the_offices_to_see() {
    // R05-34, R22-35: whoever is late says why; nobody gives themselves a postmark.
    let office = Office::new();
    let (id, keys) = answered(&office).await;
    office.at(6, 2);
    let late = format!("{keys}&organ=gov&reason=x&posted_on=2025-03-20");
    assert_eq!(office.post("/status/review", "", &late).await.status, 422);
    let excused = format!("{late}&late_reason=y");
    assert_eq!(office.post("/status/review", "", &excused).await.status, 200);
    let path = format!("/matters/{id}/file");
    let file = ok(office.api(Method::GET, &path, &office.clerk(), json!({})).await);
    assert!(!file.to_string().contains("posted_on"), "{file}");
}

#[tokio::test]
async fn what_is_sent_twice_stands_in_the_file_once() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    let page = office.post("/status", "", &keys).await.body;
    let once = between(&page, "name=\"once\" value=\"", "\"").expect("a key in the form");
    assert!(once.ends_with("-supplement"), "each form has its own: {once}");
    let sent = format!("{keys}&once={once}&text=x");
    for _ in 0..2 {
        assert_eq!(office.post("/status/material", "", &sent).await.status, 200);
    }
    let path = format!("/matters/{id}/file");
    let file = ok(office.api(Method::GET, &path, &clerk, json!({})).await);
    assert_eq!(file.to_string().matches("\"supplemented\"").count(), 1);
    let other = office.post("/status/material", "", &sent.replace("text=x", "text=y")).await;
    assert_eq!(other.status, 409, "the same key for something else");
}

#[tokio::test]
async fn what_came_back_of_one_form_fills_no_other() {
    let office = Office::new();
    let (_, keys) = answered(&office).await;
    let half = format!("{keys}&of_office=satisfied&note=ABC");
    let page = office.post("/status/rating", "", &half).await;
    assert_eq!(page.status, 422);
    let within = |start: &str| between(&page.body, start, "</form>").expect("a form");
    assert!(within("action=\"/status/rating\"").contains("ABC"), "what was typed is still there");
    for other in ["action=\"/status/material\"", "action=\"/status/review\""] {
        assert!(!within(other).contains("ABC") && !within(other).contains("wrong"), "{other}");
    }
}

#[tokio::test]
async fn too_many_files_lose_none_of_the_words() {
    let office = Office::new();
    let (_, keys) = answered(&office).await;
    apart(|| {
        let from = Address::of(&office.house, None, None);
        from.bring(&office.house, 200 * 1024 * 1024).expect("just fits");
    });
    let (number, code) = keys.split_once("&code=").expect("keys");
    let number = number.trim_start_matches("number=");
    let fields = [("number", number), ("code", code), ("text", "收据在附件里")];
    let file: (&str, &[u8]) = ("收据.pdf", b"%PDF-1.7 1");
    let sent = crate::kept::multipart("/status/material", &fields, Some(file));
    let page = office.send(sent).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(page.body.contains("收据在附件里") && page.body.contains("文件请稍后再传"));
    let fields = [("at", "what"), ("text", "村道坑洼"), ("demand", "修路"), ("go", "next")];
    let page = office.send(crate::kept::multipart("/write", &fields, Some(file))).await;
    assert!(
        page.body.contains("村道坑洼") && page.body.contains("文件请稍后再传"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn nobody_is_told_what_concerns_another_petitioner() {
    // Several petition in one matter and need not know each other.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, first) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    let mut again = petition_of("公布账目", &["公布账目"]);
    again["join_reason"] = json!("同一件事");
    again["claim"] = json!(["1"]);
    let path = format!("/matters/{id}/petitions");
    let receipt = ok(office.api(Method::POST, &path, &clerk, again).await);
    let text = |key: &str| receipt[key].as_str().expect("text").to_owned();
    let second = format!("number={}&code={}", text("number"), text("query_code"));
    let aid =
        json!({ "aid": "social", "where_to": "县民政局", "text": "临时救助", "consent": "yes" });
    ok(office.act(&clerk, &id, "refer_aid", aid).await);
    office.replies(&clerk, &id).await;
    ok(office.act(&clerk, &id, "serve", service("2025-03-03")).await);
    let rated = format!("{first}&of_office=satisfied&of_unit=satisfied&note=");
    assert_eq!(office.post("/status/rating", "", &rated).await.status, 200);
    let page = async |keys: &str| office.post("/status", "", keys).await.body;
    let (own, other) = (page(&first).await, page(&second).await);
    assert!(own.contains("您已评价") && !other.contains("您已评价"));
    assert!(!other.contains("县民政局"), "to whom help was given, nobody else is told");
}

#[tokio::test]
async fn a_long_demand_is_taken_and_its_beginning_is_the_title() {
    let office = Office::new();
    let long = "a".repeat(300);
    let form = format!("text=x&demand={long}&name=y&phone=13800009999&once=k1&go=send");
    let receipt = office.post("/write", "", &form).await;
    assert_eq!(receipt.status, 200, "{}", receipt.body);
    let matter = shown(&office, &office.token("xinfang", Role::OfficeHead), "2025-1").await;
    assert_eq!(matter["title"], "a".repeat(200));
    assert_eq!(matter["demands"][0]["text"], long);
}

#[tokio::test]
async fn a_file_that_is_gone_is_asked_for_on_whichever_page() {
    let office = Office::new();
    let form = "at=ask&go=next&text=x&demand=y&kept=nonsense";
    let page = office.post("/write", "", form).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(page.body.contains("name=\"at\" value=\"what\""), "files are chosen there");
    let last =
        office.post("/write", "", "at=reach&go=next&text=x&demand=y&name=z&language=bo").await;
    let asked = between(&last.body, "<dl class=\"answered\">", "</dl>").expect("the last look");
    assert!(asked.contains("使用的语言"), "{asked}");
}

#[tokio::test]
async fn what_may_be_secret_is_neither_shown_nor_added_to() {
    // R22-17.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("涉密", &["说明"])).await;
    assert!(office.post("/status", "", &keys).await.body.contains("action=\"/status/material\""));
    ok(office.act(&clerk, &id, "suspect_secret", json!({ "reason": "附件二" })).await);
    let page = office.post("/status", "", &keys).await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("action=\"/status/"), "no form that would be refused");
}

#[tokio::test]
async fn what_the_office_promises_it_carries_out() {
    // R22-32.
    let office = Office::new();
    let clerk = office.clerk();
    let head = office.token("xinfang", Role::OfficeHead);
    let (id, _) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    office.hears(&clerk, &id).await;
    let promise = json!({ "demand": 1, "outcome": "support", "text": "属实", "basis": "条例",
        "commitment": "公布账目", "done_by": "2025-03-20" });
    ok(office.act(&clerk, &id, "answer_demand", promise).await);
    let queue = ok(office.api(Method::GET, "/queue?bucket=head", &head, json!({})).await);
    assert_eq!(queue["matters"][0]["id"], id, "it waits for whoever signs");
    ok(office.act(&head, &id, "sign", json!({ "number": "云信复〔2025〕2号" })).await);
    ok(office.act(&clerk, &id, "serve", service("2025-03-03")).await);
    office.at(3, 18);
    let done = json!({ "demand": 1, "on": "2025-03-18", "text": "已公布" });
    ok(office.act(&office.clerk(), &id, "execute", done).await);
}
