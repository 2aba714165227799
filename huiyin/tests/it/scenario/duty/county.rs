//! The leading group, agreements, task forces, conferences and campaigns.

use super::{begun, duty, in_office, leaders, record};
use crate::office::Office;
use crate::scenario::{ok, petition_of, refused, registered};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn the_leading_group_has_one_head_and_remembers_who_sat_in_it() {
    let office = Office::new();
    let clerk = office.clerk();
    let (first, second) =
        (in_office(&office, &clerk, 0).await, in_office(&office, &clerk, 1).await);
    let seat = |person: &str, from: &str| {
        let document = "云委〔2025〕3号";
        json!({ "person": person, "seat": "head", "document": document, "from": from })
    };
    let id = begun(&office, &clerk, ("seat", "take_seat"), seat(&first, "2025-01-01")).await;
    let twice =
        duty(&office, &clerk, ("seat", "new", "take_seat"), seat(&second, "2025-02-01")).await;
    assert_eq!(refused(&twice), "refusal-head-twice");
    ok(duty(&office, &clerk, ("seat", &id, "leave_seat"), json!({ "until": "2025-02-28" })).await);
    begun(&office, &clerk, ("seat", "take_seat"), seat(&second, "2025-03-01")).await;
    let (cookie, _) = office.sign_in("agri", Role::UnitHandler).await;
    let page = office.get("/duty/seat", &cookie).await.body;
    for leader in leaders(&office).iter().take(2) {
        let name = office.house.directory().people[leader.as_str()].name.clone();
        assert!(page.contains(&name), "{name}");
    }
}

#[tokio::test]
async fn an_agreement_is_signed_counts_itself_and_is_answered_by_the_assessed() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修渠", &["修渠"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let body = json!({ "year": "2025", "first": "gov", "second": "agri", "target": "90",
        "indicators": ["timely_acceptance", "timely_answer"], "manual": "制度上墙" });
    let agreement = begun(&office, &clerk, ("agreement", "draw_up"), body.clone()).await;
    let twice = duty(&office, &clerk, ("agreement", "new", "draw_up"), body).await;
    assert_eq!(refused(&twice), "refusal-listed-already");
    let of = |word: &'static str| ("agreement", agreement.as_str(), word);
    let early = duty(&office, &clerk, of("conclude_agreement"), json!({ "text": "通过" })).await;
    assert_eq!(refused(&early), "refusal-not-signed", "{}", early.body);
    let drawn = record(&office, &clerk, "agreement", &agreement).await;
    let text = drawn["text"].as_str().expect("text");
    assert!(text.contains("农业农村局") && text.contains("2025"), "a template: {text}");
    // The scan comes along with the signatures.
    let upload = axum::http::Request::post("/api/v1/files?name=%E6%89%AB%E6%8F%8F.txt")
        .header("authorization", format!("Bearer {clerk}"))
        .body(axum::body::Body::from("双方签字"))
        .expect("request");
    let file = office.send(upload).await.json();
    let scan = json!({ "on": "2025-03-03", "first_signer": "县长", "second_signer": "局长",
        "files": [file["file"]] });
    ok(duty(&office, &clerk, of("sign_agreement"), scan).await);
    let hash = file["hash"].as_str().expect("hash");
    let kept = format!("/duty/agreement/{agreement}/files/{hash}");
    let (signer, _) = office.sign_in("agri", Role::UnitHead).await;
    assert_eq!(office.get(&kept, &signer).await.body, "双方签字");
    let (stranger, _) = office.sign_in("housing", Role::UnitHead).await;
    assert_eq!(office.get(&kept, &stranger).await.status, 404);
    // A year later: the unit let the matter lie, so what counts itself says so.
    office.at(12, 20);
    let clerk = office.clerk();
    let by_hand = json!({ "entry": "1", "reached": "yes", "evidence": "照片" });
    let by_hand = duty(&office, &clerk, of("judge_indicator"), by_hand).await;
    assert_eq!(refused(&by_hand), "refusal-counts-itself");
    let judged = json!({ "entry": "3", "reached": "yes", "evidence": "现场查看" });
    ok(duty(&office, &clerk, of("judge_indicator"), judged).await);
    let counted = record(&office, &clerk, "agreement", &agreement).await["indicators"].clone();
    assert_eq!(counted[0]["result"]["measure"], json!({ "due": 1, "met": 0 }), "{counted}");
    assert_eq!(counted[0]["verdict"], "missed", "nobody had to press anything");
    assert_eq!(counted[1]["verdict"], "none_due", "nothing was accepted, so no answer fell due");
    ok(duty(&office, &clerk, of("conclude_agreement"), json!({ "text": "受理不及时" })).await);
    let stranger = office.token("housing", Role::UnitHead);
    let comment = json!({ "text": "人员调整期间未及时登录" });
    assert_eq!(duty(&office, &stranger, of("comment"), comment.clone()).await.status, 404);
    let assessor = duty(&office, &clerk, of("comment"), comment.clone()).await;
    assert_eq!(assessor.status, 403, "the assessing side does not speak for the assessed one");
    let assessed = office.token("agri", Role::UnitHead);
    ok(duty(&office, &assessed, of("comment"), comment).await);
    let (cookie, _) = office.sign_in("agri", Role::UnitHead).await;
    let page = office.get(&format!("/duty/agreement/{agreement}"), &cookie).await.body;
    assert!(page.contains("人员调整期间未及时登录") && page.contains("受理不及时"));
}

#[tokio::test]
async fn a_township_agrees_with_its_villages_and_no_other() {
    let office = Office::new();
    let head = office.token("chengguan", Role::UnitHead);
    let directory = office.house.directory();
    let village_of = |township: &str| {
        let own = |unit: &&casework::org::Unit| {
            unit.parent.as_ref().is_some_and(|parent| parent.0 == township)
        };
        directory.units.values().find(own).expect("a village").id.0.clone()
    };
    let body = |first: &str| {
        json!({ "year": "2025", "first": first, "second": village_of(first), "target": "90",
            "indicators": ["timely_answer", "reception_kept"] })
    };
    let id = begun(&office, &head, ("agreement", "draw_up"), body("chengguan")).await;
    let signed = json!({ "on": "2025-03-03", "first_signer": "镇长", "second_signer": "村主任" });
    ok(duty(&office, &head, ("agreement", &id, "sign_agreement"), signed).await);
    let foreign = duty(&office, &head, ("agreement", "new", "draw_up"), body("donghe")).await;
    assert_eq!(refused(&foreign), "denial-unseen", "another township's");
    let other = office.token("donghe", Role::UnitHead);
    let path = format!("/duty/agreement/{id}");
    assert_eq!(office.api(Method::GET, &path, &other, json!({})).await.status, 404);
}

#[tokio::test]
async fn what_a_record_says_of_a_matter_stays_behind_its_walls_and_a_repeat_answers_alike() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let own = super::token_of(&office, &leader);
    let visit = super::visit_of(&leader, "2025-03-03");
    let key = [("idempotency-key", "visit-1")];
    let to = (Method::POST, "/duty/outreach/new/plan_visit");
    let first = ok(office.api_with(to.clone(), &own, visit.clone(), &key).await);
    let again = ok(office.api_with(to, &own, visit, &key).await);
    assert_eq!((&first["id"], &first["noun"]), (&again["id"], &json!("outreach")));
    let id = first["id"].as_str().expect("id");
    let of = |word: &'static str| ("outreach", id, word);
    let made = json!({ "on": "2025-03-03", "met": "5", "text": "走访" });
    ok(duty(&office, &own, of("record_visit"), made).await);
    ok(duty(&office, &own, of("find_problem"), json!({ "text": "举报材料" })).await);
    let petition = json!({ "entry": "1", "text": "村主任截留补贴。", "demand": "查清截留的补贴", "name": "王占魁",
        "phone": "13900003333" });
    let made = ok(duty(&office, &own, of("petition_problem"), petition.clone()).await);
    assert!(made["petition"].is_string(), "a problem noted before becomes a petition");
    let twice = duty(&office, &own, of("petition_problem"), petition).await;
    assert_eq!(refused(&twice), "refusal-done-already");
    assert!(!made.to_string().contains("截留补贴"), "what was said lies in the case file alone");
    let matter = made["record"]["problems"][0]["matter"].as_str().expect("matter").to_owned();
    let retrack = json!({ "track": "accusation", "accused": "agri", "reason": "反映的是村干部" });
    ok(office.act(&clerk, &matter, "retrack", retrack).await);
    let sealed = record(&office, &own, "outreach", id).await;
    assert_eq!(sealed["problems"][0]["text"], Value::Null, "sealed: {sealed}");
}

/// The page of a task force, for the bureau's people.
async fn duty_page(office: &Office, id: &str) -> String {
    let (session, _) = office.sign_in("agri", Role::UnitHandler).await;
    office.get(&format!("/duty/task_force/{id}"), &session).await.body
}

/// The agriculture bureau accepts and answers what it registered itself.
async fn answered_and_served(office: &Office, id: &str) {
    let agri = office.token("agri", Role::UnitHandler);
    let boss = office.token("agri", Role::UnitHead);
    ok(office.act(&agri, id, "accept", json!({})).await);
    ok(office.act(&agri, id, "answer_demand", super::super::answered(1, "explain")).await);
    office.hears(&agri, id).await;
    ok(office.act(&boss, id, "sign", json!({ "number": format!("农信〔2025〕{id}号") })).await);
    ok(office.act(&agri, id, "serve", super::super::service("2025-03-03")).await);
}

#[tokio::test]
async fn a_task_force_keeps_a_log_and_takes_matters_up() {
    let office = Office::new();
    let clerk = office.clerk();
    let (matter, _) = registered(&office, &clerk, petition_of("饲草", &["补助"])).await;
    let force = json!({ "name": "第一工作组", "purpose": "排查化解", "areas": ["539921101"], "from": "2025-03-03",
        "until": "2025-06-30" });
    let backwards = json!({ "name": "第一工作组", "purpose": "排查化解", "areas": ["539921101"],
        "from": "2025-03-03", "until": "2025-02-01" });
    let backwards = duty(&office, &clerk, ("task_force", "new", "set_up_force"), backwards).await;
    assert_eq!(refused(&backwards), "refusal-date-too-early");
    let id = begun(&office, &clerk, ("task_force", "set_up_force"), force).await;
    let of = |word: &'static str| ("task_force", id.as_str(), word);
    let member = json!({ "name": "高志强", "unit": "agri", "from": "2025-03-03" });
    ok(duty(&office, &clerk, of("join_force"), member).await);
    // A member's unit writes the log; another unit does not see the group.
    let agri = office.token("agri", Role::UnitHandler);
    let day = json!({ "on": "2025-03-03", "text": "走访十户" });
    ok(duty(&office, &agri, of("note_day"), day.clone()).await);
    let housing = office.token("housing", Role::UnitHandler);
    assert_eq!(duty(&office, &housing, of("note_day"), day).await.status, 404);
    // What its members find becomes a petition at their own unit, in one step.
    let found = json!({ "on": "2025-03-03", "place": "539921101", "text": "水渠漏水，浇不上地。",
        "name": "王占魁", "phone": "13900003333" });
    let half = duty(&office, &agri, of("find_in_area"), found.clone()).await;
    assert_eq!(half.status, 422, "a name without what is wanted: {}", half.body);
    let mut found = found;
    found["demand"] = "修好水渠".into();
    let made = ok(duty(&office, &agri, of("find_in_area"), found).await);
    assert!(made["petition"].is_string() && made["query_code"].is_string(), "{made}");
    let own = made["record"]["problems"][0]["matter"].as_str().expect("a matter").to_owned();
    let shown = super::super::shown(&office, &agri, &own).await;
    assert_eq!((&shown["holder"], &shown["first_unit"]), (&json!("agri"), &json!("agri")));
    let solved = json!({ "entry": "1", "on": "2025-03-03", "text": "已修" });
    let early = duty(&office, &agri, of("solve_find"), solved.clone()).await;
    assert_eq!(refused(&early), "refusal-not-answered");
    answered_and_served(&office, &own).await;
    ok(duty(&office, &agri, of("solve_find"), solved).await);
    // And what nobody gave a name for is noted, answered on the spot, or registered later.
    let note = json!({ "on": "2025-03-03", "place": "539921101", "text": "路灯不亮" });
    ok(duty(&office, &agri, of("find_in_area"), note).await);
    let later = json!({ "entry": "2", "place": "539921101", "text": "路灯不亮", "demand": "修路灯",
        "name": "赵秀兰" });
    ok(duty(&office, &agri, of("petition_find"), later.clone()).await);
    let twice = duty(&office, &agri, of("petition_find"), later).await;
    assert_eq!(refused(&twice), "refusal-done-already");
    let registered_late = record(&office, &agri, "task_force", &id).await;
    let late = registered_late["problems"][1]["matter"].as_str().expect("a matter").to_owned();

    ok(duty(&office, &clerk, of("take_up"), json!({ "matter": matter })).await);
    let unknown = duty(&office, &clerk, of("take_up"), json!({ "matter": "2025-99" })).await;
    assert_eq!(unknown.status, 422, "{}", unknown.body);
    // Whoever may not know of a matter does not learn of it from the group's list.
    assert!(record(&office, &agri, "task_force", &id).await["matters"].is_null());
    ok(duty(&office, &clerk, of("dissolve_force"), json!({ "text": "任务完成" })).await);
    let over = duty(&office, &clerk, of("take_up"), json!({ "matter": matter })).await;
    assert_eq!(refused(&over), "refusal-ended");
    // What it found may be answered after it went home.
    answered_and_served(&office, &late).await;
    let solved = json!({ "entry": "2", "on": "2025-03-03", "text": "已修" });
    ok(duty(&office, &agri, of("solve_find"), solved).await);
    let page = duty_page(&office, &id).await;
    assert!(!page.contains("/solve_find"), "nothing is left to solve: {page}");
}

#[tokio::test]
async fn a_conference_decides_with_owner_and_date_and_asks_until_it_is_done() {
    let office = Office::new();
    let clerk = office.clerk();
    let (matter, _) = registered(&office, &clerk, petition_of("判决没有执行", &["执行判决"])).await;
    let called = json!({ "title": "涉法涉诉专题会", "subject": "lawsuits", "on": "2025-03-03", "venue": "会议室",
        "convener": "政法委书记", "invited": ["court", "procuratorate", "police", "justice"] });
    let id = begun(&office, &clerk, ("conference", "call_conference"), called).await;
    let of = |word: &'static str| ("conference", id.as_str(), word);
    ok(duty(&office, &clerk, of("put_on_agenda"), json!({ "matter": matter })).await);
    let decision = json!({ "text": "法院判后答疑", "owner": "court", "due_on": "2025-03-20", "matter": matter });
    let early = duty(&office, &clerk, of("decide_item"), decision.clone()).await;
    assert_eq!(refused(&early), "refusal-not-done");
    let held = json!({ "present_units": ["court", "police"], "text": "逐件研究" });
    ok(duty(&office, &clerk, of("hold_conference"), held).await);
    ok(duty(&office, &clerk, of("decide_item"), decision).await);
    let state = |row: &serde_json::Value| row["records"][0]["state"].clone();
    let list = ok(office.api(Method::GET, "/duty/conference", &clerk, json!({})).await);
    assert_eq!(state(&list), "following_up", "{list}");
    let done =
        json!({ "entry": "1", "on": "2025-03-03", "text": "已答疑", "solved_matter": "yes" });
    // Nobody says that a matter is solved before its petitioner has an answer.
    let early = duty(&office, &clerk, of("carry_out"), done.clone()).await;
    assert_eq!(refused(&early), "refusal-not-answered");
    ok(office.act(&clerk, &matter, "refer", json!({ "to": "agri" })).await);
    answered_and_served(&office, &matter).await;
    ok(duty(&office, &clerk, of("carry_out"), done).await);
    let list = ok(office.api(Method::GET, "/duty/conference", &clerk, json!({})).await);
    assert_ne!(state(&list), "following_up", "{list}");
    // The report counts the conference and what it solved, and both open.
    let path = "/figures/law_related.matters_resolved?from=2025-01-01&until=2025-12-31";
    let figure = ok(office.api(Method::GET, path, &clerk, json!({})).await);
    assert_eq!(
        (&figure["count"], figure["counted"][0]["matter"].as_str()),
        (&json!(1), Some(matter.as_str()))
    );
}

#[tokio::test]
async fn a_campaign_is_told_against_its_frozen_list_and_says_where_the_money_went() {
    let office = Office::new();
    let clerk = office.clerk();
    let (one, _) = registered(&office, &clerk, petition_of("修渠", &["修渠"])).await;
    let (two, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    let begins = json!({ "name": "冬季集中下访", "campaign_kind": "outreach", "document": "云办〔2025〕18号",
        "from": "2025-03-03", "until": "2025-05-02" });
    let id = begun(&office, &clerk, ("campaign", "begin_campaign"), begins).await;
    let of = |word: &'static str| ("campaign", id.as_str(), word);
    for matter in [&one, &two] {
        ok(duty(&office, &clerk, of("list_matter"), json!({ "matter": matter })).await);
    }
    ok(duty(&office, &clerk, of("freeze_list"), json!({})).await);
    let late = duty(&office, &clerk, of("list_matter"), json!({ "matter": one })).await;
    assert_eq!(refused(&late), "refusal-frozen");
    ok(duty(
        &office,
        &clerk,
        of("report_progress"),
        json!({ "on": "2025-03-03", "text": "逐件会商" }),
    )
    .await);
    let left = json!({ "matter": two, "on": "2025-03-03", "reason": "已进入诉讼" });
    ok(duty(&office, &clerk, of("leave_list"), left).await);
    let fund = json!({ "on": "2025-03-03", "source": "县财政局", "yuan": "58000", "used_for": "冬季取暖" });
    ok(duty(&office, &clerk, of("raise_fund"), fund).await);
    ok(duty(&office, &clerk, of("close_campaign"), json!({ "text": "按清单公布结果" })).await);
    let (cookie, _) = office.sign_in("xinfang", Role::OfficeHead).await;
    let page = office.get(&format!("/duty/campaign/{id}"), &cookie).await.body;
    for words in ["已进入诉讼", "58000", "冬季取暖", "按清单公布结果"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let path = "/figures/outreach_campaign.funds_raised?from=2025-01-01&until=2025-12-31";
    let figure = ok(office.api(Method::GET, path, &clerk, json!({})).await);
    assert_eq!(figure["count"], 58_000);
}
