//! Leaders, agreements, campaigns: what a county does beside the single matter, told over HTTP.

mod county;
mod people;
mod quota;
mod reception;
mod report;
mod sponsor;

use super::{ok, petition_of, refused, registered};
use crate::office::{Answer, Office};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// An act on a record of the duty side; `new` begins one.
pub async fn duty(
    office: &Office,
    token: &str,
    (noun, id, word): (&str, &str, &str),
    body: Value,
) -> Answer {
    office.api(Method::POST, &format!("/duty/{noun}/{id}/{word}"), token, body).await
}

/// Begins a record; its number.
pub async fn begun(
    office: &Office,
    token: &str,
    (noun, word): (&str, &str),
    body: Value,
) -> String {
    let answer = ok(duty(office, token, (noun, "new", word), body).await);
    answer["id"].as_str().expect("id").to_owned()
}

async fn record(office: &Office, token: &str, noun: &str, id: &str) -> Value {
    let path = format!("/duty/{noun}/{id}");
    ok(office.api(Method::GET, &path, token, json!({})).await)["record"].clone()
}

/// The county's leaders, by name of their accounts.
pub fn leaders(office: &Office) -> Vec<String> {
    let leads = |account: &store::account::Account| account.actor.is(Role::Leader);
    let mut found: Vec<_> = office.accounts().into_iter().filter(leads).collect();
    found.sort_by(|a, b| a.actor.login.cmp(&b.actor.login));
    found.into_iter().map(|account| account.actor.account.0).collect()
}

/// A token of an account.
pub fn token_of(office: &Office, id: &str) -> String {
    let secret = office.house.secret();
    let (token, now) = (huiyin::password::digest(&secret), office.house.clock.now());
    let id = casework::org::AccountId(id.to_owned());
    crate::office::apart(|| {
        let record = move |tx: &mut store::Tx<'_>| {
            store::account::record_token(tx, &token, &id, "test", now)
        };
        office.house.db.write::<(), store::Error, _>(record).expect("token");
    });
    secret
}

/// Signs an account in; the cookie and the form token.
async fn sign_in(office: &Office, id: &str) -> (String, String) {
    let account = office.accounts().into_iter().find(|account| account.actor.account.0 == id);
    let login = account.expect("somebody").actor.login;
    let password = huiyin::demo::PASSWORD;
    let answer = office.post("/sign-in", "", &format!("login={login}&password={password}")).await;
    let cookie = answer.cookie.expect("session");
    let page = office.get("/password", &cookie).await.body;
    let csrf = crate::office::between(&page, "name=\"csrf\" value=\"", "\"").expect("form token");
    (cookie, csrf)
}

/// A leader of the county takes office; the account.
pub async fn in_office(office: &Office, clerk: &str, turn: usize) -> String {
    let leader = leaders(office).get(turn).expect("a leader").clone();
    let term = json!({ "person": leader, "unit": "gov", "grade": "county_leader", "post_name": "副县长",
        "from": "2025-01-01", "areas": ["539921101"] });
    begun(office, clerk, ("tenure", "begin_term"), term).await;
    leader
}

pub fn day_of(leader: &str, on: &str) -> Value {
    json!({ "leader": leader, "on": on, "hours": "9:00–11:30", "venue": "县信访接待大厅", "places": "1" })
}

pub fn visit_of(leader: &str, on: &str) -> Value {
    json!({ "leader": leader, "on": on, "place": "539921101", "venue": "村委会" })
}

/// One record of each kind, with what pages need to offer every act: for the tables of addresses.
pub async fn machinery(office: &Office) -> Vec<(&'static str, String)> {
    let clerk = office.clerk();
    let leader = in_office(office, &clerk, 0).await;
    let (own, chief) = (token_of(office, &leader), office.token("xinfang", Role::OfficeHead));
    let (matter, _) = registered(office, &clerk, petition_of("修渠", &["修渠"])).await;
    let mut made = vec![("tenure", "2025-1".to_owned())];
    for (noun, word, body) in [
        (
            "seat",
            "take_seat",
            json!({ "person": leader, "seat": "head", "document": "云委〔2025〕3号", "from": "2025-01-01" }),
        ),
        (
            "quota",
            "set_quota",
            json!({ "grade": "county_leader", "period": "year", "least": "4", "outreach": "yes", "solve": "5",
                "document": "云信领〔2025〕1号", "from": "2025-01-01" }),
        ),
        ("reception", "plan_day", day_of(&leader, "2025-03-03")),
        ("outreach", "plan_visit", visit_of(&leader, "2025-03-03")),
        (
            "agreement",
            "draw_up",
            json!({ "year": "2025", "first": "gov", "second": "agri", "target": "90",
                "indicators": ["timely_answer"], "manual": "制度上墙" }),
        ),
        (
            "task_force",
            "set_up_force",
            json!({ "name": "一组", "purpose": "排查", "areas": ["539921101"], "from": "2025-03-03",
                "until": "2025-06-30" }),
        ),
        (
            "conference",
            "call_conference",
            json!({ "title": "专题会", "subject": "lawsuits", "on": "2025-03-03", "venue": "会议室",
                "convener": "政法委书记", "invited": ["court", "police"] }),
        ),
        (
            "campaign",
            "begin_campaign",
            json!({ "name": "专项", "campaign_kind": "investigation", "document": "云办〔2025〕8号",
                "from": "2025-03-03", "until": "2025-05-02" }),
        ),
        (
            "publicity",
            "hold_activity",
            json!({ "title": "学习通知", "medium": "notice", "from": "2025-03-03", "until": "2025-03-03",
                "audience": "干部", "text": "学习条例" }),
        ),
        (
            "house_rule",
            "issue_rule",
            json!({ "title": "接访制度", "public": "yes", "number": "云办〔2025〕9号", "issued_on": "2025-03-03",
                "from": "2025-03-03", "text": "第一条" }),
        ),
        (
            "submission",
            "send_report",
            json!({ "year": "2025", "until": "2025-03-03", "number": "云信〔2025〕1号", "on": "2025-03-03",
                "own_organ": "县委、县政府", "organ_above": "云州市信访局" }),
        ),
    ] {
        made.push((noun, begun(office, &clerk, (noun, word), body).await));
    }
    let helped = json!({ "name": "王秀兰", "since": "2025-03-03", "consent_paper": "同意书01号" });
    made.push((
        "support_contact",
        begun(office, &own, ("support_contact", "begin_contact"), helped).await,
    ));
    made.push(("accountability", accused(office, (&clerk, &chief), "信督〔2025〕21号").await));
    // What entries are done to stands in the records.
    let of = |noun: &str| made.iter().find(|(one, _)| *one == noun).expect("made").1.clone();
    for (noun, word, body) in [
        ("reception", "publish_day", json!({})),
        (
            "reception",
            "book",
            json!({ "booked_how": "walk_in", "name": "刘桂英", "topic": "问进度" }),
        ),
        ("outreach", "record_visit", json!({ "on": "2025-03-03", "met": "9", "text": "听取意见" })),
        ("outreach", "find_problem", json!({ "text": "路灯不亮" })),
        (
            "task_force",
            "join_force",
            json!({ "name": "高志强", "unit": "agri", "from": "2025-03-03" }),
        ),
        ("conference", "put_on_agenda", json!({ "matter": matter })),
        ("conference", "hold_conference", json!({ "present_units": ["court"], "text": "纪要" })),
        (
            "conference",
            "decide_item",
            json!({ "text": "判后答疑", "owner": "court", "due_on": "2025-03-20", "matter": matter }),
        ),
        ("campaign", "list_matter", json!({ "matter": matter })),
    ] {
        ok(duty(office, &clerk, (noun, &of(noun), word), body).await);
    }
    made
}

/// A unit is to answer for what a supervision found; the case's number.
async fn accused(office: &Office, (clerk, chief): (&str, &str), number: &str) -> String {
    let (matter, _) = registered(office, clerk, petition_of("拖延", &["答复"])).await;
    ok(office.act(clerk, &matter, "refer", json!({ "to": "agri" })).await);
    let supervised = json!({ "number": number, "supervision_form": "letter", "trigger": "other",
        "unit": "agri", "text": "请说明进展", "tracker": office.account("xinfang", Role::RegistrationClerk) });
    ok(office.act(clerk, &matter, "supervise", supervised).await);
    let body = json!({ "matter": matter, "supervision": number, "unit": "agri",
        "article": "R22-44", "finding": "推诿拖延" });
    let early = duty(office, chief, ("accountability", "new", "open_case"), body.clone()).await;
    assert_eq!(refused(&early), "refusal-no-finding", "{}", early.body);
    let found = json!({ "on": "2025-03-03", "finding": "推诿拖延" });
    ok(office.act(clerk, &matter, "record_finding", found).await);
    begun(office, chief, ("accountability", "open_case"), body).await
}
