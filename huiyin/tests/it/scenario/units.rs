//! Several units, competence, review by post, and what follows on neglect.

use super::{answered, handler, head, ok, petition_of, refused, registered, service, shown};
use crate::office::Office;
use axum::http::Method;
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn a_letter_with_three_demands_for_three_bureaux_gets_one_answer() {
    let office = Office::new();
    let clerk = office.clerk();
    let demands = ["退还多收的水费", "修好通村道路", "补发草原奖补"];
    let (id, keys) = registered(&office, &clerk, petition_of("三件事一起反映", &demands)).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let agri = handler(&office, "agri");
    ok(office.act(&agri, &id, "accept", json!({})).await);
    for (unit, demand, by) in [("housing", 1, "2025-03-20"), ("finance", 2, "2025-03-25")] {
        let ask =
            json!({ "joint_unit": unit, "demands": [demand], "due_on": by, "note": "请按期反馈" });
        ok(office.act(&agri, &id, "ask_contribution", ask).await);
    }
    let housing = handler(&office, "housing");
    let seen = shown(&office, &housing, &id).await;
    assert_eq!(
        (&seen["holder"], seen["contributions"].as_array().map(Vec::len)),
        (&json!("agri"), Some(2))
    );
    let sign = office.act(&housing, &id, "sign", json!({ "number": "x" })).await;
    assert_eq!(sign.status, 403, "who contributes does not answer for the whole");
    let text = json!({ "text": "水费已经核退", "basis": "价格法" });
    ok(office.act(&housing, &id, "contribute", text.clone()).await);
    assert_eq!(office.act(&housing, &id, "contribute", text.clone()).await.status, 403, "once");
    for demand in 1..=3 {
        ok(office.act(&agri, &id, "answer_demand", answered(demand, "explain")).await);
    }
    let boss = head(&office, "agri");
    let early = office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await;
    assert_eq!(refused(&early), "refusal-contribution-awaited");
    ok(office.act(&handler(&office, "finance"), &id, "contribute", text).await);
    office.hears(&agri, &id).await;
    let signed = ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    assert_eq!(signed["step"], "answered");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("协办") && demands.iter().all(|demand| page.contains(demand)));
}

#[tokio::test]
async fn the_third_refusal_goes_to_the_common_superior_by_itself_and_sticks() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("河道被占", &["清理河道"])).await;
    for (turn, unit) in ["agri", "housing", "finance"].into_iter().enumerate() {
        ok(office.act(&clerk, &id, "refer", json!({ "to": unit })).await);
        let objects = json!({ "reason": "职责不在本局" });
        let after = ok(office.act(&handler(&office, unit), &id, "object", objects).await);
        if turn < 2 {
            assert_eq!(after["step"], "objected");
            ok(office.act(&clerk, &id, "return", json!({ "reason": "核实" })).await);
        } else {
            assert_eq!((&after["step"], &after["holder"]), (&json!("disputed"), &json!("xinfang")));
        }
    }
    let named = |arbiter: &str| {
        json!({
            "to": "housing", "arbiter": arbiter,
            "number": "政办〔2025〕6号", "reason": "事发地在城区",
        })
    };
    let by_clerk = office.act(&clerk, &id, "designate", named("gov")).await;
    assert_eq!(by_clerk.status, 403, "only the head enters who was named");
    let chief = office.token("xinfang", Role::OfficeHead);
    let conference = office.act(&chief, &id, "designate", named("conference")).await;
    assert_eq!(conference.status, 422, "all three stand under the county: {}", conference.body);
    let held = ok(office.act(&chief, &id, "designate", named("gov")).await);
    assert_eq!((&held["holder"], &held["step"]), (&json!("housing"), &json!("referred")));
    let housing = handler(&office, "housing");
    let again = office.act(&housing, &id, "object", json!({ "reason": "仍不属本局" })).await;
    assert_eq!(refused(&again), "refusal-designated");
    ok(office.act(&housing, &id, "accept", json!({})).await);
}

#[tokio::test]
async fn a_review_request_posted_on_the_last_day_a_holiday_is_in_time() {
    let office = Office::new();
    let clerk = office.clerk();
    office.at(8, 25);
    let (id, _) = registered(&office, &clerk, petition_of("承包费账目不清", &["公布账目"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let agri = handler(&office, "agri");
    ok(office.act(&agri, &id, "accept", json!({})).await);
    ok(office.act(&agri, &id, "answer_demand", answered(1, "not_support")).await);
    office.hears(&agri, &id).await;
    ok(office
        .act(&head(&office, "agri"), &id, "sign", json!({ "number": "农信〔2025〕2号" }))
        .await);
    office.at(9, 1);
    ok(office.act(&agri, &id, "serve", service("2025-09-01")).await);
    // Thirty days end on 1 October, a holiday that lasts until the 8th: the right lasts until the 9th.
    office.at(10, 14);
    let ask = |posted: &str| {
        json!({
            "organ": "gov", "received_on": "2025-10-14", "posted_on": posted, "reason": "不服",
        })
    };
    let late = office.act(&clerk, &id, "ask_review", ask("2025-10-10")).await;
    assert_eq!(refused(&late), "refusal-period-elapsed");
    assert!(late.body.contains("2025年10月9日"), "{}", late.body);
    let asked = ok(office.act(&clerk, &id, "ask_review", ask("2025-10-01")).await);
    assert_eq!((&asked["step"], &asked["due_on"]), (&json!("review_asked"), &json!("2025-11-13")));
    let accepted = ok(office.act(&handler(&office, "gov"), &id, "accept_review", json!({})).await);
    let last = accepted["notices"].as_array().and_then(|all| all.last()).cloned();
    assert_eq!(last.expect("a notice")["kind"], "review_accepted");
    let extend = json!({ "days": 10, "reason": "档案多" });
    let refusal = office.act(&head(&office, "gov"), &id, "extend_review", extend).await;
    assert_eq!(refused(&refusal), "refusal-no-review-extension", "no text here allows it");
}

#[tokio::test]
async fn neglect_is_followed_rung_by_rung_and_about_offices_alone() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut assigned = petition_of("上级交办的欠薪", &["支付工资"]);
    assigned["channel"] = "superior".into();
    assigned["transfer_from"] = "云州市信访局".into();
    assigned["transfer_number"] = "云信交〔2025〕7号".into();
    assigned["transfer_report_on"] = "2025-04-15".into();
    let (id, _) = registered(&office, &clerk, assigned).await;
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}"), &cookie).await.body;
    assert!(page.contains("须有专人跟踪"), "a superior asked for it");
    let follows = office.account("xinfang", Role::RegistrationClerk);
    let tracker = json!({ "tracker": follows, "because": "superior_assigned" });
    ok(office.act(&clerk, &id, "name_tracker", tracker).await);
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let step = |rung: &str| {
        json!({ "rung": rung, "supervised_unit": "agri", "number": format!("信督〔2025〕9号{rung}"),
        "text": "限期整改" })
    };
    ok(office.act(&clerk, &id, "step_up", step("reminded")).await);
    let skipped = office.act(&clerk, &id, "step_up", step("talked")).await;
    assert_eq!(refused(&skipped), "refusal-rung-skipped");
    office.at(4, 20);
    let letter = json!({ "number": "信督〔2025〕10号", "supervision_form": "on_site", "trigger": "not_reported",
        "unit": "agri", "text": "请说明进展", "tracker": follows });
    ok(office.act(&clerk, &id, "supervise", letter.clone()).await);
    let (other, _) = registered(&office, &clerk, petition_of("修桥", &["修桥"])).await;
    ok(office.act(&clerk, &other, "refer", json!({ "to": "agri" })).await);
    let twice = office.act(&clerk, &other, "supervise", letter).await;
    assert_eq!(refused(&twice), "refusal-number-used", "no number is given out twice");
    let followed = ok(office.api(Method::GET, "/queue?bucket=tracked", &clerk, json!({})).await);
    assert_eq!(followed["matters"][0]["id"], id, "it is a task of whoever follows it");
    let found = json!({ "on": "2025-04-20", "finding": "档案室无人" });
    ok(office.act(&clerk, &id, "record_finding", found).await);
    let number = "信建〔2025〕2号";
    let recommended = json!({ "recommendation": "improvement", "number": number, "to": "agri", "text": "专人值守" });
    ok(office.act(&clerk, &id, "recommend", recommended).await);
    let agri = handler(&office, "agri");
    let silent = json!({ "number": number, "text": "" });
    assert_eq!(office.act(&agri, &id, "answer_recommendation", silent).await.status, 422);
    let why = json!({ "number": number, "text": "编制不足，改为轮值" });
    ok(office.act(&agri, &id, "answer_recommendation", why).await);
    let answer = json!({ "adopted": "yes", "text": "已补派人手" });
    ok(office.act(&agri, &id, "answer_supervision", answer).await);
    for rung in ["talked", "circulated", "listed", "accountable"] {
        ok(office.act(&clerk, &id, "step_up", step(rung)).await);
    }
    let closed =
        ok(office.act(&clerk, &id, "close_supervision", json!({ "finding": "已改正" })).await);
    assert_eq!(closed["supervisions"][0]["closed_on"], "2025-04-20");
    assert_eq!(closed["rungs"].as_array().map(Vec::len), Some(5));
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}"), &cookie).await.body;
    for words in ["信督〔2025〕10号", "不采纳", "挂牌督办", "档案室无人"] {
        assert!(page.contains(words), "{words}");
    }
    let sequence = between_letters(&page, "改进工作");
    let letter = office.get(&format!("/matters/{id}/papers/{sequence}"), &cookie).await.body;
    assert!(letter.contains("三十日内书面反馈") && !letter.contains("赵秀兰"));
}

/// The address of the letter whose line speaks of these words.
fn between_letters(page: &str, words: &str) -> String {
    let lines: Vec<&str> = page.split("<li>").collect();
    let line = lines.iter().find(|line| line.contains("papers/line-") && line.contains(words));
    let rest = line.and_then(|line| line.split_once("papers/")).expect("a letter").1;
    rest.split('"').next().expect("an address").to_owned()
}
