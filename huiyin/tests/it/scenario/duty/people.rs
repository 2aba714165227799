//! Help for households, publicity, house rules, and who is held accountable.

use super::{accused, begun, duty, in_office, sign_in, token_of};
use crate::office::Office;
use crate::scenario::{form, ok, refused};
use axum::http::Method;
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn help_rests_on_consent_is_nobody_elses_and_ends_when_it_is_revoked() {
    let office = Office::new();
    let clerk = office.clerk();
    let leader = in_office(&office, &clerk, 0).await;
    let own = token_of(&office, &leader);
    let unasked = json!({ "name": "王秀兰", "since": "2025-03-03" });
    let unasked = duty(&office, &own, ("support_contact", "new", "begin_contact"), unasked).await;
    assert!(unasked.status == 422 && unasked.body.contains("consent_paper"), "{}", unasked.body);
    let begins = json!({ "name": "王秀兰", "phone": "13900004444", "since": "2025-03-03",
        "consent_paper": "同意书01号", "text": "想学养羊" });
    let id = begun(&office, &own, ("support_contact", "begin_contact"), begins).await;
    let help =
        json!({ "on": "2025-03-03", "text": "联系农技员", "aid": "social", "where_to": "民政局" });
    ok(duty(&office, &own, ("support_contact", &id, "note_help"), help).await);
    // Nobody else knows of it: neither the office, nor another leader, nor the search.
    let other = in_office(&office, &clerk, 1).await;
    let path = format!("/duty/support_contact/{id}");
    for token in [&clerk, &office.token("xinfang", Role::OfficeHead), &token_of(&office, &other)] {
        assert_eq!(office.api(Method::GET, &path, token, json!({})).await.status, 404);
        let list = ok(office.api(Method::GET, "/duty/support_contact", token, json!({})).await);
        assert_eq!(list["records"], json!([]));
    }
    let (cookie, _) = office.sign_in("xinfang", Role::OfficeHead).await;
    let search = office.get("/search?q=%E7%8E%8B%E7%A7%80%E5%85%B0", &cookie).await.body;
    assert!(!search.contains("support_contact"));
    let figures = office
        .get("/figures/support_contacts.households?from=2025-01-01&until=2025-12-31", &cookie);
    assert!(!figures.await.body.contains("support_contact/"), "the figure leads to no household");
    // The name is opened by whoever helps, with a reason that stands in the journal.
    let (mine, csrf) = sign_in(&office, &leader).await;
    let page = office.get(&path, &mine).await.body;
    assert!(page.contains("王") && !page.contains("王秀兰"));
    assert!(page.contains("社会救助") && page.contains("民政局"), "where it was referred: {page}");
    let reason = format!("csrf={csrf}&{}", form(&[("reason", "上门前联系")]));
    let open = office.post(&format!("{path}/unmask"), &mine, &reason).await;
    assert!(open.body.contains("王秀兰"), "{}", open.body);
    let (auditor, _) = office.sign_in("xinfang", Role::AuditAdministrator).await;
    assert!(office.get("/journal", &auditor).await.body.contains("上门前联系"));
    ok(duty(&office, &own, ("support_contact", &id, "end_contact"), json!({})).await);
    // With the consent goes the name.
    let reason = format!("csrf={csrf}&{}", form(&[("reason", "再看看")]));
    let closed = office.post(&format!("{path}/unmask"), &mine, &reason).await;
    assert!(closed.status == 422 && !closed.body.contains("王秀兰"), "{}", closed.body);
    let wish = json!({ "on": "2025-03-03", "text": "再问问" });
    let over = duty(&office, &own, ("support_contact", &id, "note_wish"), wish).await;
    assert_eq!(refused(&over), "refusal-revoked");
}

#[tokio::test]
async fn publicity_counts_units_and_house_rules_have_versions_readers_and_a_public_page() {
    let office = Office::new();
    let clerk = office.clerk();
    let contest = json!({ "title": "板报比赛", "medium": "board_contest", "from": "2025-03-03",
        "until": "2025-03-03", "audience": "全县", "units": ["agri", "housing"], "text": "宣传条例" });
    begun(&office, &clerk, ("publicity", "hold_activity"), contest).await;
    let path = "/figures/publicity.board_contest.units?from=2025-01-01&until=2025-12-31";
    assert_eq!(ok(office.api(Method::GET, path, &clerk, json!({})).await)["count"], 2);

    let rule = |number: &str, from: &str, text: &str| {
        let issued = "2025-03-03";
        json!({ "number": number, "issued_on": issued, "from": from, "text": text })
    };
    let mut first = rule("云办〔2025〕9号", "2025-03-03", "第一条 领导按月接访。");
    first["title"] = "领导接访制度".into();
    first["public"] = "yes".into();
    let id = begun(&office, &clerk, ("house_rule", "issue_rule"), first).await;
    let mut inner = rule("云办〔2025〕10号", "2025-03-03", "第一条 内部值班。");
    inner["title"] = "内部值班制度".into();
    begun(&office, &clerk, ("house_rule", "issue_rule"), inner).await;
    let public = office.get("/rules", "").await.body;
    assert!(public.contains("领导按月接访") && !public.contains("内部值班"));
    let handler = office.token("agri", Role::UnitHandler);
    ok(duty(&office, &handler, ("house_rule", &id, "read_rule"), json!({})).await);
    let again = duty(&office, &handler, ("house_rule", &id, "read_rule"), json!({})).await;
    assert_eq!(refused(&again), "refusal-read-already");
    let revised = rule("云办〔2025〕19号", "2025-06-01", "第一条 领导每半月接访。");
    ok(duty(&office, &clerk, ("house_rule", &id, "revise_rule"), revised).await);
    assert!(office.get("/rules", "").await.body.contains("领导按月接访"), "until June the old one");
    office.at(6, 2);
    assert!(office.get("/rules", "").await.body.contains("领导每半月接访"), "then the new one");
    let handler = office.token("agri", Role::UnitHandler);
    ok(duty(&office, &handler, ("house_rule", &id, "read_rule"), json!({})).await);
    ok(duty(
        &office,
        &office.clerk(),
        ("house_rule", &id, "repeal_rule"),
        json!({ "until": "2025-06-30" }),
    )
    .await);
    office.at(7, 1);
    assert!(!office.get("/rules", "").await.body.contains("接访制度"));
}

#[tokio::test]
async fn a_unit_is_held_accountable_on_a_finding_after_a_hearing_and_appeals() {
    let office = Office::new();
    let (clerk, chief) = (office.clerk(), office.token("xinfang", Role::OfficeHead));
    let id = accused(&office, (&clerk, &chief), "信督〔2025〕21号").await;
    let of = |word: &'static str| ("accountability", id.as_str(), word);
    let decision = json!({ "on": "2025-03-03", "number": "云信责〔2025〕1号", "organ_name": "县联席会议",
        "sanction": "circular", "until": "2025-09-03", "text": "通报" });
    let unheard = duty(&office, &chief, of("decide_case"), decision.clone()).await;
    assert_eq!(refused(&unheard), "refusal-not-heard");
    assert_eq!(duty(&office, &clerk, of("hear"), json!({})).await.status, 403, "the head's alone");
    let heard = json!({ "on": "2025-03-03", "text": "单位说明人员变动" });
    ok(duty(&office, &chief, of("hear"), heard).await);
    ok(duty(&office, &chief, of("decide_case"), decision).await);
    // Nobody of the unit but its head knows of it.
    let path = format!("/duty/accountability/{id}");
    let handler = office.token("agri", Role::UnitHandler);
    assert_eq!(office.api(Method::GET, &path, &handler, json!({})).await.status, 404);
    // Whom it concerns sees it and appeals; others do not know of it.
    let housing = office.token("housing", Role::UnitHead);
    assert_eq!(office.api(Method::GET, &path, &housing, json!({})).await.status, 404);
    let head = office.token("agri", Role::UnitHead);
    ok(duty(&office, &head, of("appeal"), json!({ "text": "超期因系统停用" })).await);
    let answer = json!({ "appeal_outcome": "changed", "text": "改为约谈" });
    ok(duty(&office, &chief, of("answer_appeal"), answer.clone()).await);
    assert_eq!(
        refused(&duty(&office, &chief, of("answer_appeal"), answer).await),
        "refusal-no-appeal"
    );
    let (cookie, _) = office.sign_in("agri", Role::UnitHead).await;
    let page = office.get(&path, &cookie).await.body;
    assert!(page.contains("改为约谈") && page.contains("第四十四条"), "{page}");
    // An appeal that comes late is refused with the rule.
    let other = begun_again(&office, &clerk, &chief).await;
    office.at(5, 6);
    let head = office.token("agri", Role::UnitHead);
    let late =
        duty(&office, &head, ("accountability", &other, "appeal"), json!({ "text": "不服" })).await;
    assert_eq!(refused(&late), "refusal-appeal-late");
}

/// Another decided case.
async fn begun_again(office: &Office, clerk: &str, chief: &str) -> String {
    let id = accused(office, (clerk, chief), "信督〔2025〕22号").await;
    let of = |word: &'static str| ("accountability", id.as_str(), word);
    ok(duty(office, chief, of("hear"), json!({ "on": "2025-03-03", "text": "说明" })).await);
    let decision = json!({ "on": "2025-03-03", "number": "云信责〔2025〕2号", "organ_name": "县联席会议",
        "sanction": "talk", "text": "约谈" });
    ok(duty(office, chief, of("decide_case"), decision).await);
    id
}
