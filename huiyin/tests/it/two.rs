//! Two programs over one record: what is changed at one holds at the other from then on.

use crate::office::{Office, apart, differences, petition};
use axum::http::Method;
use casework::org::Role;
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
