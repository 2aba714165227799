//! What leaves a matter, or comes into one, takes its walls along; and whoever has what accuses them loses
//! it without a word of theirs.

use super::{handler, head, ok, petition_of, refused, registered, shown};
use crate::office::{Office, apart, between};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// What a handler of the unit gets for the matter.
async fn seen_by(office: &Office, unit: &str, id: &str) -> u16 {
    let token = handler(office, unit);
    office.api(Method::GET, &format!("/matters/{id}"), &token, json!({})).await.status.as_u16()
}

/// Joins another petition to the matter; its number.
async fn joined(office: &Office, token: &str, id: &str) -> String {
    let mut join = petition_of("同一件事", &["查清"]);
    join["claim"] = json!(["1"]);
    join["join_reason"] = "同一人同一事".into();
    let receipt =
        ok(office.api(Method::POST, &format!("/matters/{id}/petitions"), token, join).await);
    receipt["number"].as_str().expect("number").to_owned()
}

fn retrack() -> Value {
    json!({ "track": "accusation", "accused": "agri", "reason": "反映的是承办单位" })
}

#[tokio::test]
async fn neither_joining_nor_taking_out_opens_an_accusation_to_the_accused() {
    let office = Office::new();
    let clerk = office.clerk();
    // What agri works on, and what turns out to accuse agri: the second is not joined to the first.
    let (open, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &open, "refer", json!({ "to": "agri" })).await);
    let (sealed, _) = registered(&office, &clerk, petition_of("修路款去向", &["查清"])).await;
    ok(office.act(&clerk, &sealed, "retrack", retrack()).await);
    assert_eq!(seen_by(&office, "agri", &sealed).await, 404);
    let path = format!("/matters/{sealed}/merge");
    let into = json!({ "into": open, "claim": ["1"], "join_reason": "同一条路" });
    let chief = office.token("xinfang", Role::OfficeHead);
    let merged = office.api(Method::POST, &path, &chief, into).await;
    assert_eq!(refused(&merged), "refusal-accused-has-it", "{}", merged.body);
    // A petition that is taken out of what accuses agri stays an accusation of agri.
    let (id, _) = registered(&office, &clerk, petition_of("补贴被扣", &["查清"])).await;
    let number = joined(&office, &clerk, &id).await;
    ok(office.act(&clerk, &id, "retrack", retrack()).await);
    let out = json!({ "petition": number, "reason": "另一件" });
    let apart_ = ok(office.api(Method::POST, &format!("/matters/{id}/unjoin"), &clerk, out).await);
    assert_eq!((&apart_["track"], &apart_["sealed"]), (&json!("accusation"), &json!(true)));
    let other = apart_["id"].as_str().expect("id").to_owned();
    let refer = office.act(&clerk, &other, "refer", json!({ "to": "agri" })).await;
    assert_eq!(refused(&refer), "refusal-accused");
    // Whoever acted on what is sealed has read it: a line says so.
    let (auditor, _) = office.sign_in("xinfang", Role::AuditAdministrator).await;
    let journal = office.get("/journal", &auditor).await.body;
    assert!(journal.contains(&other), "the look at what was taken out stands in the journal");
}

#[tokio::test]
async fn whoever_keeps_out_keeps_out_of_what_is_taken_out_too() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("低保停发", &["恢复低保"])).await;
    let number = joined(&office, &clerk, &id).await;
    let person = office.account("agri", Role::UnitHandler);
    let ask = json!({ "person": person, "recusal_ground": "relative", "reason": "亲属" });
    ok(office.act(&clerk, &id, "ask_recusal", ask).await);
    let decide = json!({ "person": person, "granted": "yes", "reason": "属实" });
    let chief = office.token("xinfang", Role::OfficeHead);
    ok(office.act(&chief, &id, "decide_recusal", decide).await);
    let out = json!({ "petition": number, "reason": "另一件" });
    let other = ok(office.api(Method::POST, &format!("/matters/{id}/unjoin"), &clerk, out).await);
    let other = other["id"].as_str().expect("id").to_owned();
    ok(office.act(&clerk, &other, "refer", json!({ "to": "agri" })).await);
    assert_eq!(seen_by(&office, "agri", &other).await, 404);
}

#[tokio::test]
async fn what_turns_out_to_accuse_its_holder_is_taken_back_by_the_head() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("补贴被扣", &["查清"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&handler(&office, "agri"), &id, "accept", json!({})).await);
    let reason = json!({ "reason": "所附材料检举该局" });
    assert_eq!(office.act(&clerk, &id, "recall", reason.clone()).await.status, 403);
    let chief = office.token("xinfang", Role::OfficeHead);
    let back = ok(office.act(&chief, &id, "recall", reason).await);
    assert_eq!((&back["step"], &back["holder"]), (&json!("registered"), &json!("xinfang")));
    ok(office.act(&chief, &id, "retrack", retrack()).await);
    assert_eq!(seen_by(&office, "agri", &id).await, 404);
    let boss = head(&office, "agri");
    let list = ok(office.api(Method::GET, "/matters", &boss, json!({})).await);
    assert!(!list.to_string().contains(&id));
}

#[tokio::test]
async fn a_leader_decides_whether_the_offices_head_keeps_out() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("承包地", &["确权"])).await;
    let person = office.account("xinfang", Role::OfficeHead);
    let ask = json!({ "person": person, "recusal_ground": "interest", "reason": "本人承包户" });
    ok(office.act(&clerk, &id, "ask_recusal", ask).await);
    let decide = json!({ "person": person, "granted": "yes", "reason": "属实" });
    let chief = office.token("xinfang", Role::OfficeHead);
    let own = office.act(&chief, &id, "decide_recusal", decide.clone()).await;
    assert_eq!(refused(&own), "refusal-own-cause");
    ok(office.act(&office.token("gov", Role::Leader), &id, "decide_recusal", decide).await);
    let path = format!("/matters/{id}");
    assert_eq!(office.api(Method::GET, &path, &chief, json!({})).await.status, 404);
}

#[tokio::test]
async fn an_accusation_in_an_old_ledger_is_sealed_from_the_first_day() {
    let office = Office::new();
    let headings = ["信访件编号", "姓名", "概况", "信访日期", "登记日期", "信访目的"];
    let rows = [
        ["K1", "甲", "某干部收礼", "2025-02-01", "2025-02-01", "揭发控告"],
        ["K2", "乙", "建议增加班车", "2025-02-01", "2025-02-01", "意见建议"],
        ["K3", "丙", "低保停发", "2025-02-01", "2025-02-01", "求决"],
    ];
    let ledger = papers::ledger::Ledger {
        headings: headings.map(str::to_owned).to_vec(),
        rows: (2..)
            .zip(rows.map(|row| row.map(str::to_owned).to_vec()))
            .map(|(number, cells)| papers::ledger::SheetRow { number, cells })
            .collect(),
        unnamed: Vec::new(),
    };
    let clerk = office.accounts().into_iter().find(|one| one.actor.is(Role::RegistrationClerk));
    let actor = clerk.expect("a clerk").actor;
    let summary = apart(|| huiyin::import::run(&office.house, &actor, &ledger, false, |_| ()));
    assert!(summary.expect("a ledger").ignored.is_empty(), "the purpose is read");
    let token = office.clerk();
    let tracks = ["accusation", "suggestion", "redress"];
    for (serial, track) in (1..).zip(tracks) {
        assert_eq!(shown(&office, &token, &format!("2025-{serial}")).await["track"], track);
    }
    let refer = office.act(&token, "2025-1", "refer", json!({ "to": "agri" })).await;
    assert_eq!(refused(&refer), "refusal-accused-unknown", "first it is found out whom it accuses");
}

#[tokio::test]
async fn another_program_over_the_same_record_learns_of_a_new_festival_at_its_next_act() {
    let office = Office::new();
    let second = apart(|| {
        let chance = huiyin::house::chance(Some(7));
        let clock = huiyin::house::Clock::standing(office.house.clock.now());
        let folder = office.folder();
        huiyin::house::House::open(office.house.db.clone(), &folder, &[1; 32], clock, chance)
    });
    let second = std::sync::Arc::new(second.expect("opens"));
    let (cookie, csrf) = office.sign_in("xinfang", Role::OfficeHead).await;
    let festival = format!("csrf={csrf}&day=2025-03-06&name=N&document=D");
    assert_eq!(office.post("/office/set_local_holiday", &cookie, &festival).await.status, 303);
    let day = jiff::civil::date(2025, 3, 6);
    assert!(second.calendar().works(day), "it has not looked yet");
    apart(|| huiyin::job::run_due(&second, "two")).expect("jobs");
    assert!(!second.calendar().works(day));
    let page = office.get("/calendar", &cookie).await.body;
    assert!(between(&page, "2025-03-06", "<").is_some());
}
