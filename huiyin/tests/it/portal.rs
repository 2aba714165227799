//! From the street: write, get a receipt, look it up.

use crate::office::{Office, between};

const FORM: &str = "text=%E6%9D%91%E9%81%93%E5%9D%91%E6%B4%BC&demand=%E4%BF%AE%E8%B7%AF&name=%E7%8E%8B%E4%BC%9F&phone=13800009999&once=x1";

#[tokio::test]
async fn a_receipt_opens_the_status_and_nothing_else_does() {
    let office = Office::new();
    let receipt = office.post("/write", "", FORM).await;
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
    let right_but_late = office.post("/status", "", &format!("number={number}&code={code}")).await;
    assert_eq!(right_but_late.status, 429);
}

#[tokio::test]
async fn a_second_click_registers_nothing_twice() {
    let office = Office::new();
    assert_eq!(office.post("/write", "", FORM).await.status, 200);
    assert_eq!(office.post("/write", "", FORM).await.status, 409);
}

#[tokio::test]
async fn a_form_that_fails_comes_back_filled() {
    let office = Office::new();
    let back = office.post("/write", "", "text=%E6%9D%91%E9%81%93&demand=&phone=12&name=").await;
    assert_eq!(back.status, 422);
    assert!(
        back.body.contains("村道")
            && back.body.contains("href=\"#demand\"")
            && back.body.contains("href=\"#phone\"")
    );
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
