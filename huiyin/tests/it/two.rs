//! Two programs over one record: what is changed at one holds at the other from then on.

use crate::kept::multipart;
use crate::office::{Office, apart, differences, petition};
use axum::body::Body;
use axum::http::{Method, Request};
use casework::org::Role;
use huiyin::house::{Clock, House, chance};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// What a program answers to a token.
async fn asked(office: &Office, path: &str, token: &str) -> Value {
    let answer = office.api(Method::GET, path, token, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_is_made_at_one_program_is_known_at_the_other() {
    let [first, second] = Office::two();
    let admin = first.token("xinfang", Role::SystemAdministrator);
    let unit = json!({
        "id": "parks", "name": "云岭县园林局", "short": "园林局", "kind": "bureau",
        "place": "539921",
    });
    let made = first.api(Method::POST, "/office/record_unit", &admin, unit).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let units = asked(&second, "/units", &admin).await;
    assert!(units.to_string().contains("云岭县园林局"), "{units}");
    apart(|| drop((first, second)));
}

/// Rows follow from the texts of law: by other texts nobody serves beside another.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_with_other_texts_of_law_is_refused_while_another_serves() {
    let [first, second] = Office::two();
    let local = "edition = \"XX\"\nname = \"某地规定\"\njurisdiction = \"65\"\nin_force_from = \"2024-01-01\"\n";
    std::fs::create_dir_all(second.folder().join("statutes")).expect("folder");
    std::fs::write(second.folder().join("statutes/xx.toml"), local).expect("a text");
    let again = || {
        let clock = Clock::standing(second.house.clock.now());
        House::open(second.house.db.clone(), &second.folder(), &[1; 32], clock, chance(Some(3)))
    };
    let refused = apart(|| again().map(|_| ()).map_err(|problem| problem.to_string()));
    assert!(refused.is_err_and(|said| said.contains("stop it first")));
    apart(|| drop((first, second)));
}

/// What was handed in at one program is read at the other.
#[tokio::test(flavor = "multi_thread")]
async fn attachments_lie_in_a_bucket_that_both_read() {
    let [first, second] = Office::two();
    let clerk = first.clerk();
    let letter = "村道没有修。\n";
    let sent = Request::post("/api/v1/files?name=letter.txt")
        .header("authorization", format!("Bearer {clerk}"))
        .body(Body::from(letter))
        .expect("request");
    let kept = first.send(sent).await;
    assert_eq!(kept.status, 200, "{}", kept.body);
    let mut with_file = petition();
    with_file["files"] = json!([kept.json()["file"]]);
    let registered = second.api(Method::POST, "/petitions", &clerk, with_file).await;
    assert_eq!(registered.status, 200, "{}", registered.body);
    let id = registered.json()["matter"]["id"].as_str().expect("id").to_owned();
    let hash = kept.json()["hash"].as_str().expect("hash").to_owned();
    let later = first.house.clock.now().plus_millis(3 * 24 * 60 * 60 * 1000);
    second.house.clock.set(later);
    apart(|| huiyin::sweep::sweep(&second.house)).expect("swept");
    for office in [&first, &second] {
        let path = format!("/matters/{id}/files/{hash}");
        let read = office.api(Method::GET, &path, &clerk, Value::Null).await;
        assert_eq!((read.status.as_u16(), read.body.as_str()), (200, letter));
    }
    apart(|| drop((first, second)));
}

/// A ledger that was tried at one program is taken in at the other.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_tried_at_one_program_is_taken_in_at_the_other() {
    let [first, second] = Office::two();
    let (cookie, csrf) = first.sign_in("xinfang", Role::RegistrationClerk).await;
    let heads = ["信访件编号", "姓名", "信访人数", "信访日期", "登记日期", "信访形式", "概况"];
    let row = ["LF1", "钱一", "1", "2025-01-02", "2025-01-02", "来访", "要求公开账目"];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, cells) in (0u32..).zip([heads, row]) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write(line, column, cell).expect("write");
        }
    }
    let book = book.save_to_buffer().expect("a book");
    let import = |step, file| {
        let mut request = multipart("/import", &[("csrf", &csrf), ("step", step)], file);
        request.headers_mut().insert("cookie", cookie.parse().expect("a cookie"));
        request
    };
    let tried = first.send(import("try", Some(("ledger.xlsx", book.as_slice())))).await;
    assert_eq!(tried.status, 200, "{}", tried.body);
    let waiting = second.get("/import", &cookie).await;
    assert!(waiting.body.contains("ledger.xlsx"), "{}", waiting.body);
    let taken = second.send(import("import", None)).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    let listed = asked(&first, "/matters", &first.clerk()).await;
    assert!(listed.to_string().contains("要求公开账目"), "{listed}");
    assert!(!first.get("/import", &cookie).await.body.contains("ledger.xlsx"));
    apart(|| drop((first, second)));
}

/// An act that began by the old calendar is committed before the calendar changes, so that its dates are counted anew.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_the_calendar_beneath_an_act_of_another_program() {
    let [first, second] = Office::two();
    let (cookie, csrf) = first.sign_in("xinfang", Role::OfficeHead).await;
    let (began, begun) = channel();
    let (release, released) = channel::<()>();
    let released = std::sync::Mutex::new(released);
    let house = second.house.clone();
    let act = std::thread::spawn(move || {
        let acts = house.clone();
        house.db.write(move |tx| {
            acts.county(tx)?;
            began.send(()).expect("somebody waits");
            released.lock().expect("lock").recv().expect("released");
            Ok::<_, store::Error>(())
        })
    });
    begun.recv().expect("it began");
    let (published, form) = (AtomicBool::new(false), format!("day=2025-04-03&csrf={csrf}"));
    let (answer, ()) = tokio::join!(
        async {
            let form = format!("{form}&name=%E5%8E%BF%E5%BA%86&document=1");
            let answer = first.post("/office/set_local_holiday", &cookie, &form).await;
            published.store(true, Ordering::SeqCst);
            answer
        },
        async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert!(!published.load(Ordering::SeqCst), "the calendar changed beneath an act");
            release.send(()).expect("it waits");
        }
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    act.join().expect("ends").expect("committed");
    let clerk = second.clerk();
    let registered = second.api(Method::POST, "/petitions", &clerk, petition()).await;
    assert_eq!(registered.status, 200, "{}", registered.body);
    assert_eq!(apart(|| differences(&second.house)), Vec::<String>::new());
    apart(|| drop((first, second)));
}
