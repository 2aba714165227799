//! The magistrate's mailbox: whoever leads opens it, everybody writes, the leader answers, and what was answered may
//! be read by everybody without anybody's data.

use super::{answered, ok, refused, service, shown};
use crate::office::{Office, between};
use axum::http::Method;
use casework::org::Role;
use serde_json::json;

/// The keys of a letter from home to a leader, who lets the answer be published.
async fn written(office: &Office, leader: &str) -> String {
    let form = format!(
        "mailbox={leader}&text=xiaowu&demand=xiulu&name=%E8%B5%B5%E7%A7%80%E5%85%B0&phone=13800001234\
         &publishable=yes&track=redress&once=letter-1&go=send"
    );
    let receipt = office.post("/write", "", &form).await;
    assert_eq!(receipt.status, 200, "{}", receipt.body);
    let number = between(&receipt.body, "<dd class=\"num\">", "<").expect("a number");
    let code = between(&receipt.body, "<dd class=\"code\">", "<").expect("a code");
    format!("number={number}&code={}", code.replace(' ', ""))
}

#[tokio::test]
async fn a_letter_to_the_magistrate_is_read_answered_and_published() {
    let office = Office::new();
    let leader = office.account("gov", Role::Leader);
    let (session, _) = office.sign_in("gov", Role::Leader).await;
    let magistrate = office.token("gov", Role::Leader);
    // A closed mailbox takes nothing, and no door leads to it.
    let door = async || office.get("/", "").await.body.contains("写给县领导");
    assert!(!door().await);
    let early = format!("mailbox={leader}&text=x&demand=y&name=z&track=redress&once=early&go=send");
    assert_eq!(office.post("/write", "", &early).await.status, 422);
    let open = json!({ "leader": leader });
    let keep = async |act: &str, who: &str| {
        office.api(Method::POST, &format!("/office/{act}"), who, open.clone()).await
    };
    assert_eq!(keep("open_mailbox", &office.clerk()).await.status, 403);
    ok(keep("open_mailbox", &magistrate).await);
    assert!(door().await);
    let page = office.get("/mailbox", "").await.body;
    assert!(page.contains(&format!("/write?mailbox={leader}")), "{page}");
    let form = office.get(&format!("/write?mailbox={leader}"), "").await.body;
    assert!(form.contains(&format!("value=\"{leader}\" selected")), "{form}");
    let keys = written(&office, &leader).await;

    // The leader sees it, answers it and has somebody look at it.
    let page = office.get("/leader", &session).await.body;
    assert!(page.contains("写给我的信") && page.contains("/matters/2025-1"), "{page}");
    let clerk = office.clerk();
    for (addressee, letters) in [(leader.as_str(), 1), ("somebody", 0)] {
        let path = format!("/matters?addressee={addressee}");
        let list = ok(office.api(Method::GET, &path, &clerk, json!({})).await);
        assert_eq!(list["matters"].as_array().map(Vec::len), Some(letters), "{addressee}");
    }
    office.hears(&clerk, "2025-1").await;
    ok(office.act(&magistrate, "2025-1", "answer_demand", answered(1, "explain")).await);
    let number = json!({ "number": "云县长信〔2025〕1号" });
    let alone = office.act(&magistrate, "2025-1", "sign", number.clone()).await;
    assert_eq!(refused(&alone), "refusal-own-draft");
    let head = office.account("xinfang", Role::OfficeHead);
    let checker = json!({ "checker": head });
    ok(office.act(&magistrate, "2025-1", "submit_draft", checker).await);
    let head = office.token("xinfang", Role::OfficeHead);
    ok(office.act(&head, "2025-1", "check_draft", json!({})).await);
    ok(office.act(&magistrate, "2025-1", "sign", number).await);
    ok(office.act(&clerk, "2025-1", "serve", service("2025-03-03")).await);

    // Everybody reads what was answered, and nothing of who asked.
    let telling = |answer: &str| json!({ "title": "修路", "question": "何时修", "answer": answer });
    let named = office.act(&magistrate, "2025-1", "publish_answer", telling("请赵秀兰放心")).await;
    assert_eq!(refused(&named), "refusal-names-somebody");
    ok(office.act(&magistrate, "2025-1", "publish_answer", telling("五月开工")).await);
    let page = office.get("/mailbox", "").await.body;
    assert!(page.contains("五月开工") && !page.contains("赵"), "{page}");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("答复要点已公开"), "{page}");
    ok(office.act(&head, "2025-1", "end_publication", json!({ "reason": "日期有误" })).await);
    assert!(!office.get("/mailbox", "").await.body.contains("五月开工"));

    // Once closed it takes no more, and what came stays where it is.
    ok(keep("close_mailbox", &head).await);
    assert_eq!(office.post("/write", "", &early).await.status, 422);
    assert_eq!(shown(&office, &clerk, "2025-1").await["step"], "served");
    let shown = ok(office.api(Method::GET, "/mailboxes", &head, json!({})).await);
    let all = shown["mailboxes"].as_array().cloned().unwrap_or_default();
    let one = all.iter().find(|one| one["leader"] == leader).expect("the leader");
    assert_eq!((&one["open"], &one["letters"]), (&json!(false), &json!(1)));
}

#[tokio::test]
async fn whoever_does_not_agree_is_not_published() {
    let office = Office::new();
    let clerk = office.clerk();
    let petition = super::petition_of("公布账目", &["公布账目"]);
    let id = office.register(&clerk, petition).await;
    office.replies(&clerk, &id).await;
    ok(office.act(&clerk, &id, "serve", service("2025-03-03")).await);
    let told = json!({ "title": "账目", "question": "何时公布", "answer": "已公布" });
    let silent = office.act(&clerk, &id, "publish_answer", told).await;
    assert_eq!(refused(&silent), "refusal-publication-not-agreed");
}
