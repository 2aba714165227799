//! Who answers for a matter: first receiver, responsible head, sponsor; instructions and their answers; and the
//! leader's own page.

use super::{begun, day_of, duty, in_office, leaders, sign_in, token_of};
use crate::office::{Office, petition};
use crate::scenario::{ok, petition_of, refused, registered, shown};
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn a_matter_shows_who_answers_for_it_until_the_hand_over_is_confirmed() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修渠", &["修渠"])).await;
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = |cookie: String| {
        let (office, path) = (&office, format!("/matters/{id}"));
        async move { office.get(&path, &cookie).await.body }
    };
    let answers = "移交确认前仍负责";
    assert!(page(cookie.clone()).await.contains(answers), "registered: the receiver answers");
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    assert!(page(cookie.clone()).await.contains(answers), "referred is not handed over");
    let handler = office.token("agri", Role::UnitHandler);
    ok(office.act(&handler, &id, "accept", json!({})).await);
    let after = page(cookie).await;
    assert!(!after.contains(answers), "the unit took it over");
    let head = office.account("agri", Role::UnitHead);
    let name = office.house.directory().people[head.as_str()].name.clone();
    assert!(after.contains(&name), "the responsible head stands there");
    assert!(shown(&office, &clerk, &id).await["first_receiver"].is_string());
}

#[tokio::test]
async fn a_leader_sponsors_a_matter_meets_the_petitioner_and_ends_it_with_their_view() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let own = token_of(&office, &leader);
    let (id, _) = registered(&office, &clerk, petition()).await.clone();
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let sponsored =
        json!({ "leader": leader, "sponsored_for": "collective", "due_on": "2025-05-01" });
    ok(office.act(&clerk, &id, "sponsor", sponsored).await);
    let plan = json!({ "text": "先见面，再会同承办单位核账。" });
    ok(office.act(&own, &id, "plan_sponsorship", plan).await);
    let ending = json!({ "result": "solved", "view": "agrees", "text": "已公布账目" });
    let desk = office.act(&own, &id, "end_sponsorship", ending.clone()).await;
    assert_eq!(refused(&desk), "refusal-petitioner-not-met", "{}", desk.body);
    // The form of the next case says how many each leader has.
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let (other, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    let form = office.get(&format!("/matters/{other}/sponsor"), &cookie).await.body;
    assert!(form.contains("包案1件"), "load beside the name: {form}");
    let board = office.get("/board", &cookie).await.body;
    let name = office.house.directory().people[leader.as_str()].name.clone();
    assert!(board.contains(&name));

    let met = json!({ "leader": leader, "on": "2025-03-03", "venue": "村委会", "text": "听取意见", "mediated": "yes" });
    ok(office.act(&own, &id, "meet_petitioner", met).await);
    let foreign = json!({ "leader": leaders(&office)[1], "on": "2025-03-03", "venue": "村委会", "text": "听取意见" });
    let foreign = office.act(&own, &id, "meet_petitioner", foreign).await;
    assert_eq!(refused(&foreign), "refusal-not-in-own-name");
    ok(office.act(&own, &id, "end_sponsorship", ending).await);
    let part = shown(&office, &clerk, &id).await["leadership"].clone();
    assert_eq!(part["sponsorships"][0]["ended"]["view"], "agrees", "{part}");
}

#[tokio::test]
async fn an_instruction_names_who_follows_it_and_is_answered_by_the_unit() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let own = token_of(&office, &leader);
    let (id, _) = registered(&office, &clerk, petition_of("拖欠工资", &["支付工资"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    // The office puts it before the leader, whose form is filled with it.
    let put =
        json!({ "leader": leader, "summary": "工资拖欠三个月", "proposal": "由农业农村局核实" });
    ok(office.act(&clerk, &id, "submit_to_leader", put.clone()).await);
    let twice = office.act(&clerk, &id, "submit_to_leader", put).await;
    assert_eq!(refused(&twice), "refusal-submitted-already");
    let (cookie, _) = sign_in(&office, &leader).await;
    let waits = office.get("/leader", &cookie).await.body;
    assert!(waits.contains("拖欠工资"), "what waits for the leader stands first");
    let form = office.get(&format!("/matters/{id}/instruct"), &cookie).await.body;
    assert!(form.contains("工资拖欠三个月") && form.contains("由农业农村局核实"));
    let follows = office.account("xinfang", Role::RegistrationClerk);
    let behind = json!({ "leader": leader, "on": "2025-03-03", "tracker": follows, "due_on": "2025-03-03",
        "summary": "工资拖欠三个月", "text": "十日内查清" });
    let late = office.act(&own, &id, "instruct", behind.clone()).await;
    assert_eq!(refused(&late), "refusal-date-not-ahead");
    let mut written = behind;
    written["due_on"] = "2025-03-13".into();
    ok(office.act(&own, &id, "instruct", written).await);
    let (cookie, _) = sign_in(&office, &leader).await;
    let page = office.get("/leader", &cookie).await.body;
    assert!(page.contains("拖欠工资"), "what waits for an answer stands on the leader's page");
    let handler = office.token("agri", Role::UnitHandler);
    let answered = json!({ "instruction": "1", "text": "已查清，本周发放。" });
    ok(office.act(&handler, &id, "answer_instruction", answered.clone()).await);
    let again = office.act(&handler, &id, "answer_instruction", answered).await;
    assert!(again.status == 403 || refused(&again) == "refusal-no-instruction", "{}", again.body);
    assert!(!office.get("/leader", &cookie).await.body.contains("拖欠工资"), "read, and answered");
}

#[tokio::test]
async fn the_leaders_page_holds_cases_days_quota_promises_and_what_is_late() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let quota = json!({ "grade": "county_leader", "period": "year", "least": "4", "outreach": "yes", "solve": "5",
        "document": "云信领〔2025〕1号", "from": "2025-01-01" });
    begun(&office, &clerk, ("quota", "set_quota"), quota).await;
    let day =
        begun(&office, &clerk, ("reception", "plan_day"), day_of(&leader, "2025-03-03")).await;
    let of = |word: &'static str| ("reception", day.as_str(), word);
    ok(duty(&office, &clerk, of("publish_day"), json!({})).await);
    ok(duty(
        &office,
        &clerk,
        of("book"),
        json!({ "booked_how": "walk_in", "name": "马占山", "topic": "水渠" }),
    )
    .await);
    let outcome =
        json!({ "entry": "1", "text": "请核实水渠", "owner": "agri", "due_on": "2025-03-10" });
    ok(duty(&office, &clerk, of("receive"), outcome).await);
    let (id, _) = registered(&office, &clerk, petition_of("补贴没到账", &["补发"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let sponsored =
        json!({ "leader": leader, "sponsored_for": "difficult", "due_on": "2025-05-01" });
    ok(office.act(&clerk, &id, "sponsor", sponsored).await);
    let (cookie, _) = sign_in(&office, &leader).await;
    let page = office.get("/leader", &cookie).await.body;
    for words in ["补贴没到账", "0 / 4", "县信访接待大厅", "请核实水渠"] {
        assert!(page.contains(words), "{words} not in {page}");
    }
    // Months later it is late, in the leader's area; and what was promised is late as well.
    office.at(9, 1);
    let (cookie, _) = sign_in(&office, &leader).await;
    let page = office.get("/leader", &cookie).await.body;
    assert!(
        page.matches("补贴没到账").count() >= 2,
        "among the cases, and late in the area: {page}"
    );
    // The unit that owes it finds it on its own page, late as it is; another unit does not.
    let (cookie, _) = office.sign_in("agri", Role::UnitHandler).await;
    assert!(office.get("/leader", &cookie).await.body.contains("请核实水渠"));
    let (cookie, _) = office.sign_in("housing", Role::UnitHandler).await;
    assert!(!office.get("/leader", &cookie).await.body.contains("请核实水渠"));
}
