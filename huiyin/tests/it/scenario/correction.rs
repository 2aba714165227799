//! What was written down wrongly is corrected: the file keeps what stood there, the figures and the days follow what is
//! right, and whose days move is told.

use super::{answered, handler, head, ok, petition_of, refused, registered, service, shown};
use crate::office::{Office, apart, differences};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

async fn figures(office: &Office, clerk: &str) -> Value {
    let report = ok(office.api(Method::GET, "/report/2025", clerk, json!({})).await);
    assert_eq!(report["failed"], json!([]));
    report["figures"].clone()
}

#[tokio::test]
async fn a_wrong_registration_is_put_right_and_counted_right() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    assert_eq!(figures(&office, &clerk).await["petitions.letters"], 1);
    let number = shown(&office, &clerk, &id).await["petitions"][0]["number"].clone();
    let none = json!({ "petition": number, "reason": "核对" });
    let none = office.act(&clerk, &id, "correct", none).await;
    assert_eq!(refused(&none), "refusal-nothing-corrected");
    let late = json!({ "petition": number, "right_day": "2025-03-04", "reason": "核对" });
    office.at(3, 5);
    let late = office.act(&clerk, &id, "correct", late).await;
    assert_eq!(refused(&late), "refusal-received-after-registered");
    assert!(late.body.contains("2025年3月3日"), "{}", late.body);

    let right = json!({ "petition": number, "channel": "visit", "headcount": "12",
        "place": "539921101201", "right_day": "2025-02-28", "reason": "把来访记成了来信" });
    let after = ok(office.act(&clerk, &id, "correct", right).await);
    let petition = &after["petitions"][0];
    assert_eq!((&petition["channel"], &petition["collective"]), (&json!("visit"), &json!(true)));
    assert_eq!(petition["number"], number, "a number is never changed");
    assert_eq!(after["due_on"], "2025-03-15", "fifteen days from receipt");
    let counted = figures(&office, &clerk).await;
    assert_eq!(counted["petitions.letters"], 0);
    assert_eq!(counted["petitions.visits.collective"], 1);
    let notice = after["notices"].as_array().and_then(|all| all.last()).expect("a notice");
    assert_eq!((&notice["kind"], &notice["petition"]), (&json!("corrected"), &number));
    let which = notice["ordinal"].as_u64().expect("an ordinal");
    let path = format!("/matters/{id}/papers/{which}");
    let paper = ok(office.api(Method::GET, &path, &clerk, json!({})).await);
    let words = paper["paragraphs"].to_string();
    assert!(words.contains("2025年3月3日") && words.contains("2025年2月28日"), "{words}");
    // The line says what stood there, on the page too.
    let (session, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(page.contains("来信 → 来访") && page.contains("1 → 12"), "{page}");
    let status = office.post("/status", "", &keys).await.body;
    assert!(status.contains("更正登记"), "{status}");
    // Who has nothing to do with it corrects nothing.
    let wrong = json!({ "petition": number, "headcount": "3", "reason": "x" });
    let stranger = office.act(&handler(&office, "agri"), &id, "correct", wrong).await;
    assert_eq!(stranger.status, 404);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn a_wrong_service_is_put_right_and_the_days_to_ask_count_anew() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "not_support")).await);
    office.hears(&agri, &id).await;
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    office.at(3, 10);
    ok(office.act(&agri, &id, "serve", service("2025-03-04")).await);
    let mut right = service("2025-03-08");
    right["served_paper"] = "answer".into();
    right["reason"] = "回证上的日期看错".into();
    let after = ok(office.act(&agri, &id, "correct_service", right.clone()).await);
    assert_eq!(after["served_on"], "2025-03-08");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("4月7日"), "thirty days from the eighth of March: {page}");
    let ask = json!({ "organ": "gov", "received_on": "2025-03-10", "reason": "没有公布支出" });
    ok(office.act(&clerk, &id, "ask_review", ask).await);
    right["on"] = "2025-03-09".into();
    let over = office.act(&clerk, &id, "correct_service", right).await;
    assert_eq!(refused(&over), "refusal-not-in-step");
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn a_wrong_name_and_telephone_are_put_right_for_whoever_asks() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("公布账目", &["公布账目"])).await;
    let path = format!("/matters/{id}/unmask");
    let known = async || {
        ok(office.api(Method::POST, &path, &clerk, json!({ "reason": "核对" })).await).to_string()
    };
    assert!(known().await.contains("13800001234"));
    // Whoever petitioned asks for it at home.
    let asked = format!("{keys}&once=c-1&correction_text=dianhua");
    let page = office.post("/status/correction", "", &asked).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.body.contains("更正请求已收到") && !page.body.contains("name=\"correction_text\"")
    );
    let shown_now = shown(&office, &clerk, &id).await;
    assert_eq!(shown_now["petitions"][0]["correction_asked"], "dianhua");
    let (session, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(page.contains("请求更正：dianhua"), "whoever works on it reads it: {page}");
    let owed = office.api(Method::GET, "/queue?bucket=owed", &clerk, json!({})).await.json();
    assert_eq!(owed["matters"][0]["id"], id);
    let petition = shown_now["petitions"][0].clone();
    let (number, party) = (petition["number"].clone(), petition["parties"][0]["id"].clone());
    let early = json!({ "petition": number, "put_right": "yes", "text": "已更正" });
    let early = office.act(&clerk, &id, "answer_correction", early.clone()).await;
    assert_eq!(refused(&early), "refusal-not-corrected");
    let bad = json!({ "party": party, "phone": "12", "reason": "听错" });
    assert_eq!(office.act(&clerk, &id, "correct_party", bad).await.status, 422);
    let right =
        json!({ "party": party, "name": "赵秀蓝", "phone": "13900005678", "reason": "听错一字" });
    let after = ok(office.act(&clerk, &id, "correct_party", right.clone()).await);
    assert_eq!(after["petitions"][0]["parties"][0]["name"], "赵*蓝");
    let again = office.act(&clerk, &id, "correct_party", right).await;
    assert_eq!(refused(&again), "refusal-nothing-corrected", "it stands there already");
    let now = known().await;
    assert!(now.contains("13900005678") && now.contains("赵秀蓝") && !now.contains("13800001234"));
    assert!(now.contains("石桥村二组"), "what was right stays: {now}");
    // The file says what was corrected and not from what to what.
    let file = format!("/matters/{id}/file");
    let file = ok(office.api(Method::GET, &file, &clerk, json!({})).await).to_string();
    assert!(file.contains("party_corrected") && file.contains("\"phone\""), "{file}");
    assert!(!file.contains("1390000") && !file.contains("sealed"), "{file}");
    // Whoever is taken for an organisation is shown in full; put right, under a mask.
    for (kind, shown) in [("organisation", "赵秀蓝"), ("person", "赵*蓝")] {
        let kind = json!({ "party": party, "party_kind": kind, "reason": "类别登记错" });
        let after = ok(office.act(&clerk, &id, "correct_party", kind).await);
        assert_eq!(after["petitions"][0]["parties"][0]["name"], shown);
    }
    let done = json!({ "petition": number, "put_right": "yes", "text": "姓名、电话已更正" });
    ok(office.act(&clerk, &id, "answer_correction", done).await);
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("更正请求已答复") && page.contains("姓名、电话已更正"), "{page}");
    // Whoever comes again is recognised by the right telephone, and nobody by the wrong one.
    for (phone, found) in [("13900005678", true), ("13800001234", false)] {
        let mut again = petition_of("另一件事", &["另一件事"]);
        again["parties"][0]["name"] = json!("钱进");
        again["parties"][0]["phone"] = json!(phone);
        let likely = ok(office.api(Method::POST, "/petitions/matches", &clerk, again).await);
        let by_person = likely.to_string().contains(&id);
        assert_eq!(by_person, found, "{phone}: {likely}");
    }
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}
