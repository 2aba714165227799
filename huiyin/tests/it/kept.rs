//! Nothing that was handed in is lost, and nobody without an account fills or fells the office.

use crate::office::{Answer, Office, between, petition};
use crate::scenario::duty::in_office;
use crate::scenario::form;
use axum::body::Body;
use axum::http::{Method, Request, header};
use casework::org::Role;
use huiyin::sweep::sweep;
use serde_json::{Value, json};

/// A multipart form of text fields and one file.
pub fn multipart(to: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some((name, content)) = file {
        // A ledger comes alone.
        let field = if to == "/import" { "file" } else { "files" };
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    Request::post(to)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .expect("request")
}

/// Hands a file in through the API; what comes back.
pub async fn hand_in(office: &Office, token: &str, content: &[u8]) -> Answer {
    let request = Request::post("/api/v1/files?name=paper.pdf")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(content.to_vec()))
        .expect("request");
    office.send(request).await
}

fn swept(office: &Office) -> usize {
    crate::office::apart(|| sweep(&office.house).expect("sweeps"))
}

fn contents(office: &Office) -> Vec<String> {
    office.house.blobs.list().expect("lists")
}

#[tokio::test]
async fn minutes_that_were_countersigned_are_there_on_the_next_day() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut visit = petition();
    visit["headcount"] = 60.into();
    let id = office.register(&clerk, visit).await;
    let agri = office.token("agri", Role::UnitHandler);
    office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    office.act(&agri, &id, "accept", json!({})).await;
    let group = json!({ "elected_on": "2025-03-03", "representatives": "王伟\n李娜",
        "members": "县档案局", "text": "逐人核对" });
    assert_eq!(office.act(&agri, &id, "open_participation", group).await.status, 200);
    let held =
        json!({ "on": "2025-03-03", "venue": "县档案局", "present": "双方代表", "text": "核对" });
    assert_eq!(office.act(&agri, &id, "hold_session", held).await.status, 200);
    let scan = hand_in(&office, &clerk, b"%PDF-1.4 minutes").await.json();
    let signed = json!({ "session": 1, "files": [scan["file"]] });
    assert_eq!(office.act(&clerk, &id, "countersign", signed).await.status, 200);
    office.at(3, 6);
    assert_eq!(swept(&office), 0);
    let hash = scan["hash"].as_str().expect("hash");
    let path = format!("/matters/{id}/files/{hash}");
    let read = office.api(Method::GET, &path, &clerk, json!({})).await;
    assert_eq!((read.status.as_u16(), read.body.as_str()), (200, "%PDF-1.4 minutes"));
}

#[tokio::test]
async fn what_is_handed_in_again_is_kept_and_what_is_gone_is_asked_for_again() {
    let office = Office::new();
    let clerk = office.clerk();
    let first = hand_in(&office, &clerk, b"%PDF-1.4 one").await.json();
    office.at(3, 6);
    // The same content again renews it: the form that is being filled in now finds it.
    let again = hand_in(&office, &clerk, b"%PDF-1.4 one").await.json();
    assert_eq!((swept(&office), contents(&office).len()), (0, 1));
    let mut with = petition();
    with["files"] = json!([first["file"]]);
    let stale = office.api(Method::POST, "/petitions", &clerk, with.clone()).await;
    assert_eq!(stale.status, 422, "a token of three days ago is too old: {}", stale.body);
    with["files"] = json!([again["file"]]);
    assert_eq!(office.api(Method::POST, "/petitions", &clerk, with.clone()).await.status, 200);
    // Nothing is recorded that nobody could read.
    let hash = again["hash"].as_str().expect("hash");
    std::fs::remove_file(office.folder().join("attachments").join(&hash[..2]).join(hash))
        .expect("removes");
    let gone = office.api(Method::POST, "/petitions", &clerk, with.clone()).await;
    assert_eq!(gone.json()["fields"][0]["wrong"], "wrong-file-gone", "{}", gone.body);
    hand_in(&office, &clerk, b"%PDF-1.4 one").await;
    assert_eq!(office.api(Method::POST, "/petitions", &clerk, with).await.status, 200);
}

#[tokio::test]
async fn the_right_content_heals_a_damaged_one() {
    let office = Office::new();
    let clerk = office.clerk();
    let kept = hand_in(&office, &clerk, b"%PDF-1.4 whole").await.json();
    let hash = kept["hash"].as_str().expect("hash").to_owned();
    let path = office.folder().join("attachments").join(&hash[..2]).join(&hash);
    std::fs::write(&path, "%PDF-1.4 half").expect("damages");
    assert!(office.house.blobs.fault(&hash).is_some_and(|fault| fault.contains(&hash)));
    hand_in(&office, &clerk, b"%PDF-1.4 whole").await;
    assert_eq!(office.house.blobs.fault(&hash), None);
}

#[tokio::test]
async fn the_same_file_from_many_at_once_is_whole() {
    let office = Office::new();
    let clerk = office.clerk();
    let content = [b"%PDF-1.4 ".as_slice(), &[b'x'; 200_000]].concat();
    let send = || hand_in(&office, &clerk, &content);
    let all = tokio::join!(send(), send(), send(), send(), send(), send(), send(), send());
    let all = [all.0, all.1, all.2, all.3, all.4, all.5, all.6, all.7];
    assert!(all.iter().all(|answer| answer.status == 200));
    let kept = contents(&office);
    assert_eq!(kept.len(), 1);
    assert_eq!(office.house.blobs.read(&kept[0]).expect("reads"), content);
}

#[tokio::test]
async fn files_are_kept_only_where_a_form_takes_them() {
    let office = Office::new();
    let pdf = Some(("x.pdf", b"%PDF-1.4 x".as_slice()));
    let doors =
        ["/sign-in", "/status", "/status/rating", "/receptions/call-off", "/receptions/2025-1"];
    for door in doors {
        let fields = [("login", "a"), ("number", "539921-WS-2025-0000001"), ("code", "1")];
        let answer = office.send(multipart(door, &fields, pdf)).await;
        assert!(answer.status.is_client_error(), "{door}: {}", answer.status);
    }
    // Not even where it takes files, before number and code are right.
    let wrong = [("number", "539921-WS-2025-0000001"), ("code", "1111-1111-1111-1111")];
    assert_eq!(office.send(multipart("/status/material", &wrong, pdf)).await.status, 404);
    assert_eq!(contents(&office), Vec::<String>::new());
    let asked = office.send(multipart("/write", &[("at", "what"), ("go", "next")], pdf)).await;
    assert!(asked.body.contains("x.pdf"), "the form comes back with its file: {}", asked.body);
    assert_eq!(contents(&office).len(), 1);
}

#[tokio::test]
async fn bodies_are_bounded_before_they_are_parsed() {
    let office = Office::new();
    let numbers = json!({ "number": vec![""; 30_000], "code": "1" }).to_string();
    let request = Request::post("/api/v1/petitions/status").body(Body::from(numbers));
    assert_eq!(office.send(request.expect("request")).await.status, 413);
    let long = format!("login=a&password={}", "x".repeat(100_000));
    assert_eq!(office.post("/sign-in", "", &long).await.status, 413);
    let token = office.clerk();
    let items = json!({ "channel": vec!["letter"; 3_000] });
    let many = office.api(Method::POST, "/petitions", &token, items).await;
    assert_eq!(many.json()["fields"][0]["wrong"], "wrong-too-long");
    let huge = json!({ "text": "x".repeat(2_000_000) });
    assert_eq!(office.api(Method::POST, "/petitions", &token, huge).await.status, 413);
}

fn letter(n: u32) -> String {
    let once = format!("letter-{n}");
    let fields = [
        ("text", "村道坑洼"),
        ("demand", "修路"),
        ("name", "王伟"),
        ("phone", "13800009999"),
        ("once", &once),
    ];
    format!("{}&go=send", form(&fields))
}

#[tokio::test]
async fn one_address_cannot_flood_the_register_and_loses_nothing_by_it() {
    let office = Office::new();
    let from = |address: &'static str, n: u32| {
        let request = Request::post("/write")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", address);
        office.send(request.body(Body::from(letter(n))).expect("request"))
    };
    for n in 0..60 {
        assert_eq!(from("198.51.100.1", n).await.status, 200, "{n}");
    }
    let over = from("198.51.100.1", 60).await;
    assert_eq!(over.status, 429);
    assert!(over.body.contains("村道坑洼"), "what was typed comes back");
    assert_eq!(from("198.51.100.2", 61).await.status, 200, "nobody else is kept out");
    office.house.clock.set(office.house.instant(jiff::civil::date(2025, 3, 3), 10, 1));
    assert_eq!(from("198.51.100.1", 62).await.status, 200, "and not for long");
}

#[tokio::test]
async fn who_guesses_passwords_from_one_address_is_turned_away_there() {
    let office = Office::new();
    let sign_in = |address: &'static str, login: String| {
        let request = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", address);
        let body = form(&[("login", &login), ("password", huiyin::demo::PASSWORD)]);
        office.send(request.body(Body::from(body)).expect("request"))
    };
    for n in 0..40 {
        assert_eq!(sign_in("198.51.100.1", format!("nobody{n}")).await.status, 401);
    }
    let clerk = office.accounts().into_iter().find(|one| one.actor.is(Role::RegistrationClerk));
    let login = clerk.expect("a clerk").actor.login;
    assert_eq!(sign_in("198.51.100.1", login.clone()).await.status, 429);
    assert_eq!(sign_in("198.51.100.2", login).await.status, 303);
}

#[tokio::test]
async fn zero_bytes_never_reach_the_record() {
    let office = Office::new();
    let fields = [
        ("text", "测\0试"),
        ("demand", "修路"),
        ("name", "王伟"),
        ("phone", "13800009999"),
        ("go", "send"),
    ];
    assert_eq!(office.send(multipart("/write", &fields, None)).await.status, 422);
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    for path in ["/search?q=%00", "/matters?q=a%00b", "/matters/2025%00", "/figures/%00"] {
        assert_eq!(office.get(path, &cookie).await.status, 422, "{path}");
    }
}

#[tokio::test]
async fn what_is_swept_is_only_what_nobody_needs() {
    let office = Office::new();
    let clerk = office.clerk();
    office.sign_in("xinfang", Role::RegistrationClerk).await;
    let key = [("idempotency-key", "k")];
    office.api_with((Method::POST, "/petitions"), &clerk, petition(), &key).await;
    office.post("/status", "", "number=539921-WS-2025-0000009&code=1111-1111-1111-1111").await;
    hand_in(&office, &clerk, b"%PDF-1.4 left").await;
    let rows = |table: &str| {
        let sql = ["SEL", "ECT COUNT(*) FROM "].concat() + table;
        crate::office::apart(|| office.house.db.read(|tx| tx.number(&sql, &[])).expect("counts"))
    };
    assert_eq!((rows("session"), rows("once")), (1, 1));
    assert!(rows("attempt") > 0);
    office.at(3, 6);
    assert_eq!((swept(&office), contents(&office).len()), (1, 0));
    assert_eq!((rows("session"), rows("once"), rows("attempt")), (0, 1, 0));
    office.at(3, 12);
    swept(&office);
    assert_eq!(rows("once"), 0);
}

#[tokio::test]
async fn secrets_and_texts_are_not_kept_with_a_key() {
    let office = Office::new();
    let system = office.token("xinfang", Role::SystemAdministrator);
    let key = [("idempotency-key", "open")];
    let open = json!({ "login": "newone", "name": "新人", "unit": "xinfang" });
    let to = (Method::POST, "/office/open_account");
    let first = office.api_with(to.clone(), &system, open.clone(), &key).await.json();
    assert!(first["secret"].is_string());
    let again = office.api_with(to, &system, open, &key).await.json();
    assert_eq!((&again["done"], &again["secret"]), (&json!(true), &Value::Null));
}

#[tokio::test]
async fn an_interface_takes_only_what_it_says() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    let wrong = async |act: &str, body: Value| {
        let answer = office.act(&clerk, &id, act, body).await;
        answer.json()["fields"][0]["wrong"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(wrong("file", json!({ "reason": 0 })).await, "wrong-type");
    assert_eq!(wrong("file", json!({ "reason": null })).await, "wrong-type");
    // Files come as a list, a column in its row; of neither goes anything lost.
    for (field, value) in [("files", json!("合同.txt")), ("parties", json!("赵秀兰"))] {
        let mut body = petition();
        body[field] = value;
        let refused = office.api(Method::POST, "/petitions", &clerk, body).await;
        assert_eq!(
            refused.json()["fields"][0],
            json!({ "field": field, "wrong": "wrong-type",
            "text": refused.json()["fields"][0]["text"] })
        );
    }
    let mut column = petition();
    column["phone"] = json!("13800000000");
    let refused = office.api(Method::POST, "/petitions", &clerk, column).await;
    assert_eq!(refused.json()["fields"][0]["wrong"], "wrong-type");
    // Who may not do it at all is told so before what is wrong with how they asked.
    let may_not = office.api(Method::POST, "/office/open_account", &clerk, json!({})).await;
    assert_eq!(may_not.status, 403);
    let path = format!("/matters/{id}/unmask");
    let more = json!({ "reason": "送达", "sealed": "yes" });
    let unmask = office.api(Method::POST, &path, &clerk, more).await;
    assert_eq!(unmask.json()["fields"][0]["wrong"], "wrong-unknown");
    let label = office.api(Method::POST, "/office/issue_token", &clerk, json!({})).await;
    assert_eq!(label.json()["fields"][0]["field"], "label");
    assert_eq!(
        hand_in(&office, &clerk, b"").await.json()["fields"][0]["wrong"],
        "wrong-file-empty"
    );
    let form = Request::post("/api/v1/petitions")
        .header(header::AUTHORIZATION, format!("Bearer {clerk}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(petition().to_string()));
    assert_eq!(office.send(form.expect("request")).await.status, 422);
}

#[tokio::test]
async fn the_language_leads_nowhere_else() {
    let office = Office::new();
    for referer in ["http://x/\\evil.example", "http://x/\t/evil.example", "http://x//evil.example"]
    {
        let request = Request::get("/lang/en").header(header::REFERER, referer).body(Body::empty());
        let Ok(request) = request else { continue };
        let response = tower::ServiceExt::oneshot(office.router.clone(), request).await;
        let response = response.expect("infallible");
        assert_eq!(response.headers()[header::LOCATION], "/", "{referer}");
        let cookie = response.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
        assert!(cookie.contains("HttpOnly"), "{cookie}");
    }
}

#[tokio::test]
async fn a_receipt_of_a_booking_comes_again() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let day = json!({ "leader": leader, "on": "2025-03-20", "hours": "9:00", "venue": "县信访局",
        "places": 3 });
    let day = office.api(Method::POST, "/duty/reception/new/plan_day", &clerk, day).await;
    let id = day.json()["id"].as_str().expect("id").to_owned();
    let publish = format!("/duty/reception/{id}/publish_day");
    assert_eq!(office.api(Method::POST, &publish, &clerk, json!({})).await.status, 200);
    let fields = [("name", "王伟"), ("phone", "13800009999"), ("topic", "修路"), ("once", "b1")];
    let to = format!("/receptions/{id}");
    let first = office.post(&to, "", &form(&fields)).await;
    let again = office.post(&to, "", &form(&fields)).await;
    let code = |answer: &Answer| between(&answer.body, "class=\"code\">", "<").expect("a code");
    assert_eq!((first.status.as_u16(), code(&first)), (200, code(&again)));
    let shown = office.api(Method::GET, &format!("/duty/reception/{id}"), &clerk, json!({})).await;
    assert_eq!(shown.json()["record"]["bookings"].as_array().map(Vec::len), Some(1));
}
