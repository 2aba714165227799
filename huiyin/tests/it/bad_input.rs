//! Bad input gets a clear answer, and nothing is lost or half-written.

use crate::office::{Office, petition};
use axum::body::Body;
use axum::http::{Method, Request, header};
use casework::org::Role;
use serde_json::{Value, json};

async fn refused(office: &Office, token: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut body = petition();
    change(&mut body);
    let answer = office.api(Method::POST, "/petitions", token, body).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let office = Office::new();
    let clerk = office.clerk();
    let unknown = refused(&office, &clerk, |p| p["political_status"] = "x".into()).await;
    assert_eq!(
        unknown["fields"][0],
        json!({ "field": "political_status", "wrong": "wrong-unknown", "text": "没有这一项" })
    );
    let date = refused(&office, &clerk, |p| p["received_on"] = "2025-02-30".into()).await;
    assert_eq!(date["fields"][0]["field"], "received_on");
    let long = refused(&office, &clerk, |p| p["text"] = "长".repeat(100_000).into()).await;
    assert_eq!(long["fields"][0]["wrong"], "wrong-too-long");
    let nothing = refused(&office, &clerk, |p| p["demand"] = json!([])).await;
    assert_eq!(nothing["fields"][0]["field"], "demand");
    let nul = refused(&office, &clerk, |p| p["text"] = "a\0b".into()).await;
    assert_eq!(nul["fields"][0]["field"], "text");
    let future = refused(&office, &clerk, |p| p["received_on"] = "2025-03-04".into()).await;
    assert_eq!(future["type"], "urn:huiyin:refusal-date-in-future");
    let postmark = refused(&office, &clerk, |p| p["posted_on"] = "2025-03-04".into()).await;
    assert_eq!(postmark["type"], "urn:huiyin:refusal-date-too-early");
    let many = refused(&office, &clerk, |p| {
        let people: Vec<Value> = (0..6)
            .map(|n| json!({ "name": format!("代表{n}"), "party_role": "representative" }))
            .collect();
        p["parties"] = people.into();
    })
    .await;
    assert_eq!(
        (many["type"].as_str(), many["rule"].as_str()),
        (Some("urn:huiyin:refusal-too-many-representatives"), Some("R22-20"))
    );
    let total = office.api(Method::GET, "/report/2025", &clerk, json!({})).await.json();
    assert_eq!(total["figures"]["petitions.total"], 0);
}

#[tokio::test]
async fn broken_bytes_wrong_files_and_floods_are_refused() {
    let office = Office::new();
    assert_eq!(office.post("/write", "", "text=%FF%FE&demand=x&go=send").await.status, 422);
    let flood = Request::post("/write")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header(header::CONTENT_LENGTH, "2147483648")
        .body(Body::empty())
        .expect("request");
    assert_eq!(office.send(flood).await.status, 413);
    let part = |name: &str, head: &str, body: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{head}\r\n\r\n{body}\r\n")
    };
    for (content, status) in [("MZ\u{0}\u{0}not a picture", 422), ("情况说明", 200)] {
        let body = [
            part("text", "", "经过"),
            part("demand", "", "要求"),
            part("go", "", "send"),
            part("files", "; filename=\"说明.txt\"", content),
            "--b--\r\n".to_owned(),
        ]
        .concat();
        let request =
            Request::post("/write").header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let answer = office.send(request.body(Body::from(body)).expect("request")).await;
        assert_eq!(answer.status, status, "{content}");
        assert!(status == 200 || answer.body.contains("经过"), "what was typed comes back");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_or_without_its_token_is_refused() {
    let office = Office::new();
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    assert_eq!(
        office.post("/register", &cookie, "channel=visit&text=a&demand=b").await.status,
        403
    );
    let foreign = Request::post("/register")
        .header(header::COOKIE, &cookie)
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(format!("csrf={csrf}")))
        .expect("request");
    assert_eq!(office.send(foreign).await.status, 403);
    let fine = office
        .post("/register", &cookie, &format!("csrf={csrf}&channel=phone&text=a&demand=b"))
        .await;
    assert_eq!(fine.status, 200, "{}", fine.body);
}

#[tokio::test]
async fn guessing_a_password_locks_the_account_for_a_while() {
    let office = Office::new();
    let login = office.accounts()[0].actor.login.clone();
    let wrong = format!("login={login}&password=guess-guess-guess");
    for _ in 0..5 {
        assert_eq!(office.post("/sign-in", "", &wrong).await.status, 401);
    }
    let right = format!("login={login}&password={}", huiyin::demo::PASSWORD);
    assert_eq!(office.post("/sign-in", "", &right).await.status, 429);
    office.house.clock.set(office.house.clock.now().plus_millis(61_000));
    assert_eq!(office.post("/sign-in", "", &right).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once_are_not_each_the_first() {
    let office = std::sync::Arc::new(Office::new());
    let login = office.accounts()[0].actor.login.clone();
    let wrong = format!("login={login}&password=guess-guess-guess");
    let tries: Vec<_> = (0..12)
        .map(|_| {
            let (office, wrong) = (office.clone(), wrong.clone());
            tokio::spawn(async move { office.post("/sign-in", "", &wrong).await.status.as_u16() })
        })
        .collect();
    let mut refused = 0;
    for one in tries {
        refused += usize::from(one.await.expect("answer") == 429);
    }
    assert_eq!(refused, 12 - 5, "after five the account is locked");
}

#[tokio::test]
async fn what_an_address_asks_for_is_read_or_refused_and_never_guessed() {
    let office = Office::new();
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    for bad in [
        "/report?year=abc",
        "/report?year=99999",
        "/report?year=2025&until=2025-02-30",
        "/report?year=2025&until=2024-01-01",
        "/matters?from=2025-02-30",
        "/matters?step=bogus",
        "/matters?after=zzz",
        "/figures/petitions.total?from=x",
    ] {
        assert_eq!(office.get(bad, &cookie).await.status, 422, "{bad}");
    }
    let clerk = office.clerk();
    for bad in
        ["/matters?step=bogus", "/report/2025?until=2024-01-01", "/figures/petitions.total?until=x"]
    {
        let answer = office.api(Method::GET, bad, &clerk, json!({})).await;
        assert_eq!(answer.status, 422, "{bad}");
        assert!(!answer.json()["fields"].as_array().expect("fields").is_empty());
    }
    for (method, nowhere) in
        [(Method::GET, "/nope"), (Method::DELETE, "/matters"), (Method::GET, "/report/x")]
    {
        let answer = office.api(method, nowhere, &clerk, json!({})).await;
        assert!(answer.json()["type"].is_string(), "{nowhere}: {}", answer.body);
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_told_in_words_of_ours() {
    let office = Office::new();
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let pages = [
        "/matters?q=a&q=b",
        "/matters/%FF",
        "/matters/2025-1/%FF",
        "/desk?bucket=later",
        "/desk?after=2025",
        "/duty/conference?from=x",
        "/duty/conference?year=MMXXV",
        "/status?number=a&number=b",
    ];
    for page in pages {
        let answer = office.get(page, &cookie).await;
        assert!(answer.status.is_client_error(), "{page}: {}", answer.status);
        assert!(answer.body.contains("<html"), "{page}: {}", answer.body);
    }
    let (head, _) = office.sign_in("xinfang", Role::OfficeHead).await;
    assert_eq!(office.get("/seals?week=-9999-01-01", &head).await.status, 422);
    let put = Request::put("/desk").body(Body::empty()).expect("request");
    assert!(office.send(put).await.body.contains("<html"));

    let (clerk, audit) = (office.clerk(), office.token("xinfang", Role::AuditAdministrator));
    let huge = Request::post("/api/v1/petitions/status").body(Body::from("x".repeat(100_000)));
    let huge = office.send(huge.expect("request")).await;
    assert_eq!((huge.status.as_u16(), &huge.json()["status"]), (413, &json!(413)));
    for (path, token) in [
        ("/matters?q=a&q=b", &clerk),
        ("/matters/%FF", &clerk),
        ("/queue?after=2025", &clerk),
        ("/journal?before=x", &audit),
    ] {
        let answer = office.api(Method::GET, path, token, json!({})).await;
        assert_eq!(answer.json()["status"], 422, "{path}: {}", answer.body);
    }
}
