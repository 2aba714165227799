//! An accusation against the very bureau that would handle it: no door opens to the accused, and every
//! look at what is sealed leaves a line.

use super::{count_after, form, handler, head, ok, petition_of, refused, registered};
use crate::office::{Office, between};
use axum::http::Method;
use casework::org::{Role, UnitKind};
use huiyin::draft::OTHER;
use serde_json::json;

/// A sealed matter that accuses the housing bureau.
async fn accused(office: &Office) -> String {
    let mut letter = petition_of("住建局干部收受礼金", &["依法查处"]);
    letter["track"] = "accusation".into();
    letter["accused_unit"] = "housing".into();
    letter["accused_name"] = "钱某某".into();
    registered(office, &office.clerk(), letter).await.0
}

#[tokio::test]
async fn whom_it_accuses_finds_no_door() {
    let office = Office::new();
    // The bureau had to do with another matter before, so that its people see lists at all.
    let clerk = office.clerk();
    let (other, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &other, "refer", json!({ "to": "housing" })).await);
    let id = accused(&office).await;
    let referred = office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await;
    assert_eq!(refused(&referred), "refusal-accused");
    let recommended =
        json!({ "recommendation": "improvement", "number": "建1号", "to": "housing", "text": "…" });
    assert_eq!(
        refused(&office.act(&clerk, &id, "recommend", recommended).await),
        "refusal-accused"
    );
    for token in [handler(&office, "housing"), head(&office, "housing")] {
        for path in ["", "/file", "/papers/1"] {
            let answer =
                office.api(Method::GET, &format!("/matters/{id}{path}"), &token, json!({})).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        }
        for path in ["/matters", "/queue", "/search?q=%E7%A4%BC%E9%87%91"] {
            let list = ok(office.api(Method::GET, path, &token, json!({})).await);
            assert!(
                !list.to_string().contains(&id) && !list.to_string().contains("礼金"),
                "{path}"
            );
        }
        for act in huiyin::act::all() {
            let answer = office.act(&token, &id, act.word, json!({})).await;
            let nothing = office.act(&token, "2025-999", act.word, json!({})).await;
            let (answer, nothing) = ((answer.status, answer.body), (nothing.status, nothing.body));
            assert_eq!(answer, nothing, "{}: as if it were not there", act.word);
        }
        let unmask = office
            .api(
                Method::POST,
                &format!("/matters/{id}/unmask"),
                &token,
                json!({ "reason": "看看" }),
            )
            .await;
        assert_eq!(unmask.status, 404);
    }
    let (cookie, _) = office.sign_in("housing", Role::UnitHead).await;
    assert_eq!(office.get(&format!("/matters/{id}"), &cookie).await.status, 404);
    let sheet = office.get("/matters.xlsx", &cookie).await;
    assert_eq!(sheet.status, 200);
    // Even a leader of the county, once accused by account, does not count it.
    let leader =
        office.accounts().into_iter().find(|one| one.actor.is(Role::Leader)).expect("a leader");
    let mut letter = petition_of("反映县领导", &["依法查处"]);
    letter["track"] = "accusation".into();
    letter["accused_person"] = leader.actor.account.0.clone().into();
    let before = total(&office, &office.token("gov", Role::Leader)).await;
    registered(&office, &clerk, letter).await;
    assert_eq!(total_of(&office, &leader.actor.login).await, before, "not even counted");
    assert_eq!(total(&office, &clerk).await, before + 1);
}

/// The petitions of the year as this caller counts them.
async fn total(office: &Office, token: &str) -> i64 {
    let report = ok(office.api(Method::GET, "/report/2025", token, json!({})).await);
    report["figures"]["petitions.total"].as_i64().expect("a figure")
}

/// As [`total`], for the person of a login, over the page.
async fn total_of(office: &Office, login: &str) -> i64 {
    let form = format!("login={login}&password={}", huiyin::demo::PASSWORD);
    let cookie = office.post("/sign-in", "", &form).await.cookie.expect("a session");
    let page =
        office.get("/figures/petitions.total?from=2025-01-01&until=2025-12-31", &cookie).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let rows = page.body.matches("<td class=\"num\">").count();
    i64::try_from(rows).expect("small")
}

#[tokio::test]
async fn a_seal_is_broken_for_a_reason_once_and_the_head_reads_it() {
    let office = Office::new();
    let (id, clerk) = (accused(&office).await, office.clerk());
    let peer = office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    assert_eq!(refused(&peer), "refusal-not-in-authority", "no bureau looks into another");
    ok(office.act(&clerk, &id, "refer", json!({ "to": "jiwei" })).await);
    let path = format!("/matters/{id}");
    let closed = office.api(Method::GET, &path, &clerk, json!({})).await;
    let nobody = office.api(Method::GET, "/matters/2025-999", &clerk, json!({})).await;
    assert_eq!(
        (closed.status.as_u16(), &closed.body),
        (404, &nobody.body),
        "as if it were not there"
    );
    let list = ok(office.api(Method::GET, "/matters", &clerk, json!({})).await);
    assert!(!list.to_string().contains("礼金"), "and no list shows it");
    let figure = ok(office.api(Method::GET, "/figures/petitions.total", &clerk, json!({})).await);
    assert_eq!(
        (&figure["count"], &figure["petitions"][0]["title"], &figure["petitions"][0]["number"]),
        (&json!(1), &json!(""), &json!(null)),
        "it counts, and says nothing"
    );
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&path, &cookie).await;
    assert!(page.status == 404 && page.body.contains("break-seal") && !page.body.contains("礼金"));
    let ask = |reason: &str| format!("csrf={csrf}&reason={reason}");
    let silent = office.post(&format!("{path}/break-seal"), &cookie, &ask("")).await;
    assert_eq!(silent.status, 422);
    let broken = office.post(&format!("{path}/break-seal"), &cookie, &ask("audit")).await;
    assert!(broken.status == 200 && broken.body.contains("礼金"), "once, and only to read");
    assert_eq!(office.get(&path, &cookie).await.status, 404, "the next look needs its own reason");
    assert_eq!(
        office
            .act(
                &clerk,
                &id,
                "supervise",
                json!({ "number": "1", "supervision_form": "letter",
        "trigger": "other", "unit": "agri", "text": "x",
        "tracker": office.account("xinfang", Role::RegistrationClerk) })
            )
            .await
            .status,
        404
    );
    let (head, _) = office.sign_in("xinfang", Role::OfficeHead).await;
    assert_eq!(office.get(&path, &head).await.status, 200);
    let week = office.get("/seals", &head).await.body;
    assert_eq!(count_after(&week, "拆封查看 ").as_deref(), Some("1 次"));
    assert!(week.contains("audit") && week.contains("查看密封事项"), "{week}");
    assert!(between(&week, "2025年3月3日", "</p>").is_some(), "the week begins on Monday");
}

#[tokio::test]
async fn what_accuses_the_office_itself_goes_above_it_at_once() {
    let office = Office::new();
    let fields = [
        ("track", "accusation"),
        ("accused_unit", "xinfang"),
        ("text", "工作人员索要好处"),
        ("demand", "查处"),
        ("name", "王伟"),
        ("phone", "13800009999"),
        ("once", "o1"),
        ("go", "send"),
    ];
    let receipt = office.post("/write", "", &super::form(&fields)).await;
    assert_eq!(receipt.status, 200, "{}", receipt.body);
    for role in [Role::RegistrationClerk, Role::OfficeHead] {
        let token = office.token("xinfang", role);
        assert_eq!(office.api(Method::GET, "/matters/2025-1", &token, json!({})).await.status, 404);
    }
    let above = handler(&office, "gov");
    let seen = ok(office.api(Method::GET, "/matters/2025-1", &above, json!({})).await);
    assert_eq!((&seen["holder"], &seen["step"]), (&json!("gov"), &json!("referred")));
    ok(office.act(&above, "2025-1", "accept", json!({})).await);
}

#[tokio::test]
async fn two_bureaux_accused_at_once_are_both_kept_out_and_an_identity_finds_nothing_for_them() {
    let office = Office::new();
    let mut letter = petition_of("两个局的干部串通收受礼金", &["依法查处"]);
    letter["track"] = "accusation".into();
    letter["accused_unit"] = json!(["housing", "agri"]);
    let (id, _) = registered(&office, &office.clerk(), letter).await;
    let clerk = office.clerk();
    for unit in ["housing", "agri"] {
        let referred = office.act(&clerk, &id, "refer", json!({ "to": unit })).await;
        assert_eq!(refused(&referred), "refusal-accused", "{unit}");
        // A search for the number answers as if there were none, and nobody is found by who they are.
        let look = async |who: &str| {
            let path = format!("/search?q={who}");
            office.api(Method::GET, &path, &handler(&office, unit), json!({})).await
        };
        for who in ["%E8%B5%B5%E7%A7%80%E5%85%B0", "2025-1"] {
            assert_eq!(ok(look(who).await)["matters"], json!([]), "{unit} looks for {who}");
        }
        assert_eq!(look("13800001234").await.status, 422);
    }
}

#[tokio::test]
async fn an_answer_kept_for_a_key_is_not_shown_past_a_wall_that_went_up() {
    let office = Office::new();
    let (clerk, housing) = (office.clerk(), handler(&office, "housing"));
    let (id, _) = registered(&office, &clerk, petition_of("危房鉴定", &["重新鉴定"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
    let key = [("idempotency-key", "objects")];
    let act = format!("/matters/{id}/acts/object");
    let says = json!({ "reason": "不属于本局职责", "proposed": "agri" });
    ok(office.api_with((Method::POST, &act), &housing, says.clone(), &key).await);
    let head = office.token("xinfang", Role::OfficeHead);
    let verified = json!({ "reason": "核实属实" });
    ok(office.act(&head, &id, "return", verified).await);
    let sealed = json!({ "track": "accusation", "accused": "housing", "reason": "来信检举该局" });
    ok(office.act(&head, &id, "retrack", sealed).await);
    let again = office.api_with((Method::POST, &act), &housing, says, &key).await;
    assert_eq!(again.status, 404, "{}", again.body);
}

#[tokio::test]
async fn a_receipt_is_given_again_past_a_wall_without_what_it_hides() {
    let office = Office::new();
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let letter = form(&[
        ("csrf", &csrf),
        ("once", "letter"),
        ("channel", "letter"),
        ("received_on", "2025-03-03"),
        ("track", "accusation"),
        ("accused_name", "某干部"),
        ("category", OTHER),
        ("place", "539921101"),
        ("title", "反映办事人员收受礼金"),
        ("text", "请查。"),
        ("demand", "依法查处"),
        ("name", "赵秀兰"),
        ("phone", "13800001234"),
        ("headcount", "1"),
    ]);
    let code = |page: &str| between(page, "<dd class=\"code\">", "<").expect("a receipt");
    let receipt = office.post("/register", &cookie, &letter).await.body;
    let chief = office.token("xinfang", Role::OfficeHead);
    let clerk = office.account("xinfang", Role::RegistrationClerk);
    let says = json!({ "accused_person": clerk, "reason": "查实" });
    ok(office.act(&chief, "2025-1", "identify", says).await);
    let again = office.post("/register", &cookie, &letter).await.body;
    assert_eq!(code(&again), code(&receipt));
    assert!(receipt.contains("收受礼金") && !again.contains("收受礼金"));
}

#[tokio::test]
async fn whoever_is_accused_by_name_alone_is_found_out_before_anybody_gets_it() {
    let office = Office::new();
    let clerk = office.clerk();
    let chief = office.token("xinfang", Role::OfficeHead);
    // The head of the housing bureau, whom the petitioner knows by name only.
    let accused = office
        .accounts()
        .into_iter()
        .find(|one| one.actor.unit.0 == "housing" && one.actor.is(Role::UnitHead))
        .expect("a head");
    let mut letter = petition_of("反映有人收受礼金", &["依法查处"]);
    letter["track"] = "accusation".into();
    letter["accused_name"] = accused.actor.name.clone().into();
    let (id, _) = registered(&office, &clerk, letter).await;
    for to in ["housing", "agri"] {
        let early = office.act(&clerk, &id, "refer", json!({ "to": to })).await;
        assert_eq!(refused(&early), "refusal-accused-unknown", "{to}");
    }
    let says = json!({ "accused_person": accused.actor.account.0, "reason": "人事名册" });
    assert_eq!(office.act(&clerk, &id, "identify", says.clone()).await.status, 403);
    ok(office.act(&chief, &id, "identify", says).await);
    let to_him = office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await;
    assert_eq!(refused(&to_him), "refusal-accused");
    ok(office.act(&clerk, &id, "refer", json!({ "to": "jiwei" })).await);
    let again = json!({ "accused": "housing", "reason": "再查" });
    let again = office.act(&chief, &id, "identify", again).await;
    assert_eq!(refused(&again), "refusal-nobody-unknown");
    // Somebody who belongs to no unit here keeps nobody from it, once that is said.
    let mut stranger = petition_of("反映包工头行贿", &["依法查处"]);
    stranger["track"] = "accusation".into();
    stranger["accused_name"] = "查无此人".into();
    let (id, _) = registered(&office, &clerk, stranger).await;
    ok(office.act(&chief, &id, "identify", json!({ "reason": "不在名录" })).await);
    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
}

#[tokio::test]
async fn neither_a_list_nor_the_journal_tells_what_is_sealed() {
    let office = Office::new();
    let chief = office.token("xinfang", Role::OfficeHead);
    let audit = office
        .accounts()
        .into_iter()
        .find(|one| one.actor.is(Role::AuditAdministrator))
        .expect("one");
    let mut letter = petition_of("举报审计管理员收受礼金", &["依法查处"]);
    letter["track"] = "accusation".into();
    letter["accused_person"] = audit.actor.account.0.clone().into();
    let (id, _) = registered(&office, &office.clerk(), letter).await;
    let list = ok(office.api(Method::GET, "/matters", &chief, json!({})).await);
    assert_eq!((&list["matters"][0]["id"], &list["matters"][0]["title"]), (&json!(id), &json!("")));
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let form =
        format!("csrf={csrf}&reason={}", super::form(&[("x", "核对举报材料")]).replace("x=", ""));
    ok_page(&office.post(&format!("/matters/{id}/break-seal"), &cookie, &form).await);
    let token = office.token(&audit.actor.unit.0, Role::AuditAdministrator);
    let journal = ok(office.api(Method::GET, "/journal", &token, json!({})).await).to_string();
    assert!(journal.contains("seal-broken"), "that something happened stands there");
    assert!(!journal.contains(&id) && !journal.contains("核对举报材料"), "{journal}");
}

fn ok_page(answer: &crate::office::Answer) {
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn what_accuses_somebody_above_a_unit_is_not_joined_to_what_that_unit_has() {
    let office = Office::new();
    let clerk = office.clerk();
    let village = office
        .house
        .directory()
        .units
        .values()
        .find(|unit| unit.kind == UnitKind::Village && unit.parent.is_some())
        .cloned()
        .expect("a village");
    let mut letter = petition_of("村干部收受礼金", &["依法查处"]);
    letter["track"] = "accusation".into();
    letter["accused_unit"] = village.id.0.clone().into();
    let (id, _) = registered(&office, &clerk, letter).await;
    let town = village.parent.expect("a township");
    ok(office.act(&clerk, &id, "refer", json!({ "to": town.0 })).await);
    let mut second = petition_of("住建局干部和县领导收受礼金", &["依法查处"]);
    second["track"] = "accusation".into();
    second["accused_unit"] = "gov".into();
    second["join_reason"] = "同一事".into();
    let head = office.token("xinfang", Role::OfficeHead);
    let path = format!("/matters/{id}/petitions");
    let joined = office.api(Method::POST, &path, &head, second).await;
    assert_eq!(refused(&joined), "refusal-accused-has-it");
    // At the office, which passes it on, a complaint turns out to accuse the county: it is sealed.
    let (other, _) = registered(&office, &clerk, petition_of("征地有问题", &["查处"])).await;
    let sealed = json!({ "track": "accusation", "accused": "gov", "reason": "实为检举县领导" });
    ok(office.act(&head, &other, "retrack", sealed).await);
    let to = office.act(&head, &other, "refer", json!({ "to": "agri" })).await;
    assert_eq!(refused(&to), "refusal-accused");
}

/// Whoever handles an accusation learns whom it names, for a reason that stands in the journal; no paper goes to them.
#[tokio::test]
async fn the_name_of_the_accused_opens_for_a_reason_and_stands_on_no_paper() {
    let office = Office::new();
    let (id, clerk) = (accused(&office).await, office.clerk());
    let path = format!("/matters/{id}/unmask");
    let opened = ok(office.api(Method::POST, &path, &clerk, json!({ "reason": "核实" })).await);
    let people = opened["identities"].as_array().expect("people");
    let named: Vec<_> = people.iter().map(|one| (&one["name"], &one["accused"])).collect();
    assert_eq!(named, [(&json!("赵秀兰"), &json!(false)), (&json!("钱某某"), &json!(true))]);
    let over = json!({ "ground": "T1", "where_to": "县纪委监委", "number": "信密〔2025〕1号" });
    ok(office.act(&clerk, &id, "hand_over", over).await);
    let path = format!("/matters/{id}/papers/1");
    let paper = ok(office
        .api(Method::GET, &path, &office.token("xinfang", Role::OfficeHead), json!({}))
        .await);
    assert_eq!(paper["to"], "赵秀兰");
    assert!(!paper.to_string().contains("钱某某"), "{paper}");
}
