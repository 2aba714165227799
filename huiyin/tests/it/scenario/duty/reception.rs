//! Reception days: planned, announced, booked from home, held, followed up.

use super::{begun, day_of, duty, in_office, leaders, record, sign_in, token_of};
use crate::office::{Office, between};
use crate::scenario::{form, ok, refused};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

fn booking(name: &str, phone: &str) -> String {
    form(&[("name", name), ("phone", phone), ("topic", "问承包地的事")])
}

async fn book(office: &Office, id: &str, (name, phone): (&str, &str)) -> crate::office::Answer {
    let path = format!("/receptions/{id}");
    office.post(&path, "", &booking(name, phone)).await
}

#[tokio::test]
async fn recurring_days_are_announced_booked_held_and_followed_up() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    // Every month's fifth: April's falls on Qingming, and moves behind the holiday.
    let pattern = json!({ "every": "month", "day_number": "5", "until": "2025-05-31", "leader": leader,
        "on": "2025-03-04", "hours": "9:00–11:30", "venue": "接待大厅", "places": "1",
        "areas": ["539921101"] });
    ok(duty(&office, &clerk, ("reception", "new", "plan_days"), pattern.clone()).await);
    let list = ok(office.api(Method::GET, "/duty/reception", &clerk, json!({})).await);
    let days: Vec<&str> = list["records"]
        .as_array()
        .expect("records")
        .iter()
        .filter_map(|row| row["on"].as_str())
        .collect();
    assert_eq!(days, ["2025-05-06", "2025-04-07", "2025-03-05"]);
    let twice = duty(&office, &clerk, ("reception", "new", "plan_days"), pattern).await;
    assert_eq!(refused(&twice), "refusal-day-taken", "overlapping days: {}", twice.body);
    // What is not announced is not on the portal, and can't be booked by its address either.
    assert!(!office.get("/receptions", "").await.body.contains("/receptions/2025-1"));
    assert_eq!(office.get("/receptions/2025-1", "").await.status, 404);
    ok(duty(&office, &clerk, ("reception", "2025-1", "publish_day"), json!({})).await);
    let calendar = office.get("/receptions", "").await.body;
    assert!(calendar.contains("接待大厅") && calendar.contains("/receptions/2025-1"));

    // One place: the first has it, the second waits, and comes up when the first calls off.
    let first = book(&office, "2025-1", ("刘桂英", "13900001111")).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let code = between(&first.body, "<dd class=\"code\">", "<").expect("code");
    let second = book(&office, "2025-1", ("陈建国", "13900002222")).await;
    assert_eq!(second.status, 200);
    let again = book(&office, "2025-1", ("刘桂英", "139 0000 1111")).await;
    // Nobody learns from the portal who has an appointment: the same telephone waits. The desk says so.
    assert!(again.status == 200 && again.body.contains("已列入候补"), "{}", again.body);
    let twice = json!({ "booked_how": "counter", "name": "刘桂英", "phone": "１３９０００01111", "topic": "问进度" });
    let twice = duty(&office, &clerk, ("reception", "2025-1", "book"), twice).await;
    assert_eq!(refused(&twice), "refusal-booked-already");
    assert_eq!(book(&office, "2025-1", ("某人", "x")).await.status, 422, "no telephone");
    let mine = form(&[("day", "2025-1"), ("code", &code), ("what", "look")]);
    let mine = office.post("/receptions/call-off", "", &mine).await;
    assert!(mine.status == 200 && mine.body.contains("已预约"), "{}", mine.body);
    // The office opens names and telephones with a reason, to tell them when the day changes.
    let (chief, csrf) = office.sign_in("xinfang", Role::OfficeHead).await;
    let reason = format!("csrf={csrf}&{}", form(&[("reason", "电话告知变更")]));
    let names = office.post("/duty/reception/2025-1/unmask", &chief, &reason).await.body;
    assert!(names.contains("刘桂英") && names.contains("13900002222"), "{names}");
    let (stranger, csrf) = office.sign_in("agri", Role::UnitHandler).await;
    let reason = format!("csrf={csrf}&{}", form(&[("reason", "好奇")]));
    let names = office.post("/duty/reception/2025-1/unmask", &stranger, &reason).await;
    assert_eq!(names.status, 404);
    let bookings = record(&office, &clerk, "reception", "2025-1").await["bookings"].clone();
    assert_eq!(
        (&bookings[0]["state"], &bookings[1]["state"]),
        (&json!("booked"), &json!("waiting"))
    );
    assert!(
        !bookings.to_string().contains("13900001111") && !bookings.to_string().contains("桂英")
    );
    let off = form(&[("day", "2025-1"), ("code", &code), ("what", "off")]);
    let off = office.post("/receptions/call-off", "", &off).await;
    assert_eq!(off.status, 200, "{}", off.body);
    let bookings = record(&office, &clerk, "reception", "2025-1").await["bookings"].clone();
    assert_eq!(
        (&bookings[0]["state"], &bookings[1]["state"]),
        (&json!("cancelled"), &json!("booked"))
    );

    // A unit of the county sees the day, not who comes.
    let agri = office.token("agri", Role::UnitHandler);
    assert_eq!(record(&office, &agri, "reception", "2025-1").await["bookings"], Value::Null);

    // The day: a visitor with an appointment, one who walks in, and one whose problem becomes a petition.
    office.at(3, 5);
    let own = token_of(&office, &leader);
    let on = |word: &'static str| ("reception", "2025-1", word);
    ok(duty(
        &office,
        &own,
        on("book"),
        json!({ "booked_how": "walk_in", "name": "马占山", "topic": "水渠" }),
    )
    .await);
    let outcome = json!({ "entry": "2", "text": "请农业农村局核实", "owner": "agri", "due_on": "2025-03-20" });
    let early = duty(&office, &own, on("close_day"), json!({})).await;
    assert_eq!(refused(&early), "refusal-booking-open");
    ok(duty(&office, &own, on("receive"), outcome).await);
    let taken = json!({ "entry": "4", "text": "水渠三年没有修，浇不上水。", "demand": "修水渠",
        "place": "539921101", "owner": "agri", "due_on": "2025-03-20" });
    let sent = duty(&office, &own, on("take_petition"), taken.clone()).await;
    let again = duty(&office, &own, on("take_petition"), taken).await;
    assert_eq!(refused(&again), "refusal-no-booking", "never two petitions of one visitor");
    let taken = ok(sent);
    let number = taken["petition"].as_str().expect("a petition").to_owned();
    assert!(taken["query_code"].as_str().is_some_and(|code| code.len() >= 8));
    let matter = taken["record"]["bookings"][3]["outcome"]["matter"].as_str().expect("matter");
    let page = office.api(Method::GET, &format!("/matters/{matter}"), &clerk, json!({})).await;
    assert!(page.body.contains(&number) && page.body.contains("修水渠"));
    ok(duty(&office, &own, on("close_day"), json!({})).await);
    let done = json!({ "entry": "2", "on": "2025-03-05", "text": "已当面答复" });
    // The unit that promised it says so; another one does not know of it.
    let other = office.token("housing", Role::UnitHandler);
    assert_eq!(
        refused(&duty(&office, &other, on("follow_up"), done.clone()).await),
        "denial-holder-only"
    );
    ok(duty(&office, &agri, on("follow_up"), done.clone()).await);
    assert_eq!(
        refused(&duty(&office, &clerk, on("follow_up"), done).await),
        "refusal-done-already"
    );
}

#[tokio::test]
async fn two_who_want_the_last_place_at_once_get_a_place_and_a_turn() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let id = begun(&office, &clerk, ("reception", "plan_day"), day_of(&leader, "2025-03-12")).await;
    ok(duty(&office, &clerk, ("reception", &id, "publish_day"), json!({})).await);
    let (one, two) = tokio::join!(
        book(&office, &id, ("刘桂英", "13900001111")),
        book(&office, &id, ("陈建国", "13900002222"))
    );
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (200, 200));
    let kept = record(&office, &clerk, "reception", &id).await;
    let mut states: Vec<&Value> =
        kept["bookings"].as_array().expect("bookings").iter().map(|one| &one["state"]).collect();
    states.sort_by_key(|state| state.to_string());
    assert_eq!(states, [&json!("booked"), &json!("waiting")], "nobody was lost, nobody came twice");
}

#[tokio::test]
async fn a_closed_day_takes_nobody_and_another_leader_stands_in_with_notice() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let plan = |on: &'static str| {
        duty(&office, &clerk, ("reception", "new", "plan_day"), day_of(&leader, on))
    };
    assert_eq!(refused(&plan("2025-03-09").await), "refusal-day-off", "a Sunday");
    assert_eq!(refused(&plan("2025-10-01").await), "refusal-day-off", "a holiday");
    assert_eq!(refused(&plan("2025-02-28").await), "refusal-day-past");
    let id = begun(&office, &clerk, ("reception", "plan_day"), day_of(&leader, "2025-03-12")).await;
    let of = |word: &'static str| ("reception", id.as_str(), word);
    ok(duty(&office, &clerk, of("publish_day"), json!({})).await);
    let other = leaders(&office)[1].clone();
    let instead = json!({ "leader": other, "reason": "出差" });
    let unknown = duty(&office, &clerk, of("substitute"), instead.clone()).await;
    assert_eq!(refused(&unknown), "refusal-leader-away", "nobody stands in before taking office");
    in_office(&office, &clerk, 1).await;
    ok(duty(&office, &clerk, of("substitute"), instead).await);
    let name = office.house.directory().people[leader.as_str()].name.clone();
    let page = office.get(&format!("/receptions/{id}"), "").await.body;
    assert!(page.contains(&name), "the portal says for whom: {page}");
    // A day that is called off says so and takes nobody.
    ok(duty(&office, &clerk, of("cancel_day"), json!({ "reason": "防汛" })).await);
    assert_eq!(office.get(&format!("/receptions/{id}"), "").await.status, 404);
    let (cookie, _) = sign_in(&office, &other).await;
    assert!(office.get(&format!("/duty/reception/{id}"), &cookie).await.body.contains("防汛"));
}
