//! From the street: write, get a receipt, look it up.

use crate::office::{Office, between};
use axum::http::Method;
use serde_json::json;

const FORM: &str = "text=%E6%9D%91%E9%81%93%E5%9D%91%E6%B4%BC&demand=%E4%BF%AE%E8%B7%AF&\
                    name=%E7%8E%8B%E4%BC%9F&phone=13800009999&once=x1";

#[tokio::test]
async fn a_receipt_opens_the_status_and_nothing_else_does() {
    let office = Office::new();
    let receipt = office.post("/write", "", &format!("{FORM}&go=send")).await;
    assert_eq!(receipt.status, 200, "{}", receipt.body);
    let number = between(&receipt.body, "<dd class=\"num\">", "<").expect("number");
    let code = between(&receipt.body, "<dd class=\"code\">", "<").expect("code");
    assert!(receipt.body.contains("2025年3月18日"), "the latest date stands on the receipt");
    let status = office.post("/status", "", &format!("number={number}&code={code}")).await;
    assert_eq!(status.status, 200);
    assert!(status.body.contains("云岭县信访局") && status.body.contains("2025年3月18日"));
    assert!(!status.body.contains("王伟") && !status.body.contains("13800009999"));
    let wrong =
        office.post("/status", "", &format!("number={number}&code=0000-0000-0000-0000")).await;
    let nobody =
        office.post("/status", "", "number=539921-WS-2025-0009999&code=0000-0000-0000-0000").await;
    assert_eq!((wrong.status.as_u16(), nobody.status.as_u16()), (404, 404));
    for _ in 0..10 {
        office.post("/status", "", &format!("number={number}&code=1111-1111-1111-1111")).await;
    }
    let guess = format!("number={number}&code=2222-2222-2222-2222");
    assert_eq!(office.post("/status", "", &guess).await.status, 429);
    let right = office.post("/status", "", &format!("number={number}&code={code}")).await;
    assert_eq!(right.status, 200, "strangers can't lock a petitioner out");
}

#[tokio::test]
async fn a_second_click_registers_nothing_twice() {
    let office = Office::new();
    let send = format!("{FORM}&go=send");
    let first = office.post("/write", "", &send).await;
    let again = office.post("/write", "", &send).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (200, 200));
    let code = |page: &str| between(page, "class=\"code\">", "<").expect("a query code");
    assert_eq!(code(&first.body), code(&again.body), "a lost answer comes again");
    let list = office.api(Method::GET, "/matters", &office.clerk(), json!({})).await.json();
    assert_eq!(list["matters"].as_array().map(Vec::len), Some(1));
    let other = office.post("/write", "", &send.replace("text=", "text=x")).await;
    assert_eq!(other.status, 409, "the same key for another petition");
    let long = FORM.replace("once=x1", &format!("once={}", "a".repeat(65)));
    assert_eq!(office.post("/write", "", &format!("{long}&go=send")).await.status, 403);
}

#[tokio::test]
async fn one_question_a_page_and_nothing_typed_is_lost() {
    let office = Office::new();
    let first = office.get("/write", "").await.body;
    assert!(first.contains("id=\"text\"") && !first.contains("id=\"demand\""));
    let typed = "text=%E6%9D%91%E9%81%93&demand=&phone=12&name=";
    let next = office.post("/write", "", &format!("{typed}&at=what&go=next")).await;
    assert!(next.status == 200 && next.body.contains("id=\"place\"") && next.body.contains("村道"));
    let asked = office.post("/write", "", &format!("{typed}&at=ask&go=next")).await;
    assert_eq!(asked.status, 422);
    assert!(asked.body.contains("href=\"#demand\"") && asked.body.contains("村道"));
    let reach = office.post("/write", "", &format!("{typed}&at=reach&go=next")).await;
    assert!(reach.body.contains("href=\"#phone\"") && reach.body.contains("村道"));
    let review = office.post("/write", "", &format!("{FORM}&at=reach&go=review")).await;
    for words in ["村道坑洼", "修路", "王伟", "13800009999", "value=\"send\""] {
        assert!(review.body.contains(words), "{words}");
    }
    let early = office.post("/write", "", &format!("{typed}&at=review&go=send")).await;
    assert!(
        early.status == 422 && early.body.contains("href=\"#demand\""),
        "the first that is wrong"
    );
}

#[tokio::test]
async fn the_petitioner_adds_material_and_takes_the_dates_along() {
    let office = Office::new();
    let receipt = office.post("/write", "", &format!("{FORM}&go=send")).await;
    let number = between(&receipt.body, "<dd class=\"num\">", "<").expect("number");
    let code = between(&receipt.body, "<dd class=\"code\">", "<").expect("code");
    let keys = format!("number={number}&code={code}");
    let added =
        office.post("/status/material", "", &format!("{keys}&text=%E7%85%A7%E7%89%87")).await;
    assert!(added.status == 200 && added.body.contains("补充材料"), "{}", added.body);
    let empty = office.post("/status/material", "", &format!("{keys}&text=")).await;
    assert!(empty.status == 422 && empty.body.contains("href=\"#text\""));
    let wrong = format!("number={number}&code=0000-0000-0000-0000&text=x");
    assert_eq!(office.post("/status/material", "", &wrong).await.status, 404);
    let file = office.post("/status/calendar.ics", "", &keys).await;
    assert!(file.body.contains("DTSTART;VALUE=DATE:20250318"), "{}", file.body);
    let clerk = office.clerk();
    let matter = office
        .api(axum::http::Method::GET, "/matters/2025-1/file", &clerk, serde_json::json!({}))
        .await;
    let lines = matter.json()["lines"].as_array().expect("lines").clone();
    assert_eq!(lines[1]["entry"]["fact"], "supplemented");
    assert_eq!(lines[1]["entry"]["text"], "照片");
    assert!(!matter.body.contains("sealed") && !matter.body.contains("query_hash"));
}

#[tokio::test]
async fn pages_speak_three_languages() {
    let office = Office::new();
    for (lang, words) in [("zh-Hans", "查进度"), ("zh-Hant", "查進度"), ("en", "lang=\"en\"")]
    {
        for path in ["/", "/write", "/status", "/sign-in"] {
            let page = office.get(path, &format!("lang={lang}")).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(path != "/" || page.body.contains(words), "{lang} {path}");
        }
    }
}

#[tokio::test]
async fn anybody_finds_out_where_the_office_is_and_how_to_ask() {
    // R05-09, R22-18.
    let office = Office::new();
    let page = office.get("/contact", "").await.body;
    for words in ["云岭县信访局", "0000-2345601", "人民路6号", "《信访工作条例》", "/status"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(office.get("/", "").await.body.contains("href=\"/contact\""));
    // A date that somebody sets is explained too.
    let set = office.get("/deadline?clock=report_back&start=2025-03-03", "").await.body;
    assert!(set.contains("指定的日期不因节假日顺延"), "{set}");
}
