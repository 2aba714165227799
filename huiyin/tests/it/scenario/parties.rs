//! Both sides: settlement, recusal, agents, help, urgency, secrecy, and the collective visit of sixty.

use super::{form, handler, head, ok, petition_of, refused, registered, service, shown};
use crate::office::Office;
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// A file that the office has taken, as the API names it.
async fn file(office: &Office, token: &str) -> Value {
    let request = axum::http::Request::post("/api/v1/files?name=paper.pdf")
        .header("authorization", format!("Bearer {token}"))
        .body(axum::body::Body::from("%PDF-1.4 test"))
        .expect("request");
    ok(office.send(request).await)["file"].clone()
}

#[tokio::test]
async fn two_sides_settle_and_what_they_agreed_is_asked_after() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, keys) = registered(&office, &clerk, petition_of("工程款拖欠", &["支付工程款"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
    let housing = handler(&office, "housing");
    ok(office.act(&housing, &id, "accept", json!({})).await);
    let hearing = json!({ "from": "2025-03-03", "until": "2025-03-03", "host": "县司法局", "text": "公开听证" });
    ok(office.act(&housing, &id, "hold_hearing", hearing).await);
    let mut mediated =
        json!({ "on": "2025-03-03", "mediator": "县人民调解委员会", "text": "双方愿意再谈" });
    assert_eq!(
        refused(&office.act(&housing, &id, "mediate", mediated.clone()).await),
        "refusal-consent-missing"
    );
    mediated["consent"] = "yes".into();
    ok(office.act(&housing, &id, "mediate", mediated).await);
    let aid = json!({ "aid": "legal", "where_to": "县法律援助中心", "text": "代写申请" });
    assert_eq!(
        refused(&office.act(&housing, &id, "refer_aid", aid.clone()).await),
        "refusal-consent-missing"
    );
    let settle = json!({ "way": "mediation", "number": "云调〔2025〕1号", "on": "2025-03-03", "recipient": "赵秀兰",
        "consent": "yes", "text": "十日内付清八万元", "done_by": "2025-03-13" });
    assert_eq!(
        office.act(&housing, &id, "settle", settle.clone()).await.status,
        403,
        "the head signs"
    );
    let settled = ok(office.act(&head(&office, "housing"), &id, "settle", settle).await);
    assert_eq!(settled["settlement"]["recipient"], "赵*兰", "names stay masked in the file");
    let court = settled["clocks"]
        .as_array()
        .expect("clocks")
        .iter()
        .find(|c| c["clock"] == "judicial_confirmation")
        .cloned();
    assert_eq!(court.expect("thirty days for the court")["nominal"], "2025-04-02");
    assert!(office.post("/status", "", &keys).await.body.contains("已达成协议"));
    ok(office.act(&housing, &id, "conclude", json!({ "cause": "promise_unkept" })).await);
    office.at(3, 20);
    let seen = shown(&office, &clerk, &id).await;
    assert!(seen["supervision_proposed"].to_string().contains("not_executed"), "nobody paid");
    let paid = json!({ "demand": 1, "on": "2025-03-20", "text": "已付清" });
    ok(office.act(&housing, &id, "execute", paid).await);
}

#[tokio::test]
async fn whoever_keeps_out_is_kept_out_and_an_agent_shows_a_paper() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut petition = petition_of("代老人反映低保", &["恢复低保"]);
    petition["headcount"] = 1.into();
    petition["parties"] = json!([
        { "name": "赵秀兰", "phone": "13800001234" },
        { "name": "马国强", "phone": "13800005678", "party_role": "agent" }
    ]);
    let (id, _) = registered(&office, &clerk, petition).await;
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}"), &cookie).await.body;
    assert!(page.contains("代理人还没有提交授权委托书"));
    let number = shown(&office, &clerk, &id).await["petitions"][0]["number"].clone();
    let bare = json!({ "petition": number, "text": "代为提出" });
    assert_eq!(office.act(&clerk, &id, "authorise", bare).await.status, 422);
    let paper = file(&office, &clerk).await;
    let shown_paper = json!({ "petition": number, "text": "代为提出、代收文书", "files": [paper] });
    ok(office.act(&clerk, &id, "authorise", shown_paper).await);
    let page = office.get(&format!("/matters/{id}"), &cookie).await.body;
    assert!(!page.contains("代理人还没有提交授权委托书"));

    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let brother = office
        .accounts()
        .into_iter()
        .find(|one| one.actor.unit.0 == "agri" && one.actor.is(Role::UnitHandler));
    let person = brother.expect("a handler").actor.account.0;
    let ask =
        json!({ "person": person, "recusal_ground": "relative", "reason": "承办人是村支书的弟弟" });
    ok(office.act(&clerk, &id, "ask_recusal", ask).await);
    let agri = handler(&office, "agri");
    assert_eq!(shown(&office, &agri, &id).await["holder"], "agri");
    let decide = json!({ "person": person, "granted": "yes", "reason": "属实" });
    assert_eq!(office.act(&agri, &id, "decide_recusal", decide.clone()).await.status, 403);
    ok(office.act(&head(&office, "agri"), &id, "decide_recusal", decide).await);
    let path = format!("/matters/{id}");
    assert_eq!(office.api(Method::GET, &path, &agri, json!({})).await.status, 404);
    let list = ok(office.api(Method::GET, "/matters", &agri, json!({})).await);
    assert_eq!(list["matters"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn a_leaking_dam_is_reported_on_the_day_and_a_possible_secret_stops() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut petition = petition_of("水库大坝渗水", &["马上抢修"]);
    petition["urgent"] = "yes".into();
    let (id, _) = registered(&office, &clerk, petition).await;
    let seen = shown(&office, &clerk, &id).await;
    assert_eq!(
        (&seen["due_clock"], &seen["due_on"]),
        (&json!("urgent_report"), &json!("2025-03-03"))
    );
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let urgent = office.get("/desk?bucket=urgent", &cookie).await.body;
    assert!(urgent.contains("水库大坝渗水"));
    let report = |text: &str| {
        json!({
            "recipients": "县委、县政府、联席会议办公室", "text": text,
            "measures": "已通知水利局到场", "contact": "值班室",
        })
    };
    ok(office.act(&clerk, &id, "report_urgent", report("下游三个村")).await);
    let after = ok(office.act(&clerk, &id, "report_urgent", report("已转移群众")).await);
    assert_eq!(after["urgent_reports"].as_array().map(Vec::len), Some(2));
    assert_eq!(after["due_clock"], "disposition");

    let (id, _) = registered(&office, &clerk, petition_of("附件可能有密级", &["查清"])).await;
    ok(office.act(&clerk, &id, "suspect_secret", json!({ "reason": "附件二" })).await);
    let refer = office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await;
    assert_eq!(refused(&refer), "refusal-not-in-step");
    let to = json!({ "where_to": "县保密局", "number": "收〔2025〕1号" });
    assert_eq!(office.act(&clerk, &id, "hand_over_secret", to.clone()).await.status, 403);
    let chief = office.token("xinfang", Role::OfficeHead);
    let gone = ok(office.act(&chief, &id, "hand_over_secret", to).await);
    assert_eq!((&gone["step"], &gone["sealed"]), (&json!("concluded"), &json!(true)));
}

#[tokio::test]
async fn sixty_workers_look_for_their_files_with_those_who_lost_them() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut visit = petition_of("纺织厂职工档案丢失", &["找到或补齐档案"]);
    visit["channel"] = "visit".into();
    visit["headcount"] = 60.into();
    visit["parties"] = json!((0..6)
        .map(|n| json!({ "name": format!("王伟{n}"), "phone": "13800001234", "party_role": "representative" }))
        .collect::<Vec<_>>());
    let many = office.api(Method::POST, "/petitions", &clerk, visit.clone()).await;
    assert_eq!(refused(&many), "refusal-too-many-representatives");
    visit["parties"].as_array_mut().expect("parties").pop();
    let (id, keys) = registered(&office, &clerk, visit).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let agri = handler(&office, "agri");
    ok(office.act(&agri, &id, "accept", json!({})).await);
    let group = json!({ "elected_on": "2025-03-03", "representatives": "王伟\n李娜", "members": "县档案局、县人社局",
        "text": "逐人核对档案去向" });
    let opened = ok(office.act(&agri, &id, "open_participation", group).await);
    assert_eq!(opened["participation"]["opened"]["representatives"], "王*、李*");
    // The workers put in what they have, from a phone; the bureau sees it, and the other way round.
    let take = |fields: &[(&str, &str)]| format!("{keys}&{}", form(fields));
    let mine = take(&[
        ("part", "add_evidence"),
        ("item", "1998年工资表"),
        ("evidence_text", "六十人在册"),
    ]);
    assert_eq!(office.post("/status/take-part", "", &mine).await.status, 200);
    let empty = office
        .post("/status/take-part", "", &take(&[("part", "add_evidence"), ("item", "")]))
        .await;
    assert!(empty.status == 422 && empty.body.contains("href=\"#item\""), "{}", empty.body);
    let theirs = json!({ "side": "unit", "item": "移交清单", "text": "2003年移交县档案局" });
    let both = ok(office.act(&agri, &id, "add_evidence", theirs).await);
    assert_eq!(both["participation"]["evidence"].as_array().map(Vec::len), Some(2));
    assert!(
        office.post("/status", "", &keys).await.body.contains("移交清单"),
        "open to both sides"
    );
    let meeting = json!({ "on": "2025-03-03", "venue": "县档案局", "present": "双方代表", "text": "五十八份找到，两份缺失" });
    ok(office.act(&agri, &id, "hold_session", meeting).await);
    let result = |text: &str| json!({ "on": "2025-03-03", "venue": "职工大会", "count": 60, "public_text": text });
    let early = office.act(&agri, &id, "announce_result", result("档案补齐")).await;
    assert_eq!(refused(&early), "refusal-minutes-unsigned");
    let forged = json!({ "session": 1, "files": [file(&office, &agri).await] });
    let forged = office.act(&agri, &id, "countersign", forged).await;
    assert_eq!(forged.status, 403, "the bureau does not sign for the workers: {}", forged.body);
    let signed = take(&[("part", "countersign"), ("session", "1"), ("note", "缺失两份属实")]);
    assert_eq!(office.post("/status/take-part", "", &signed).await.status, 200);
    let object = take(&[("part", "raise_objection"), ("objection_text", "两份要补做")]);
    assert_eq!(office.post("/status/take-part", "", &object).await.status, 200);
    let open = office.act(&agri, &id, "announce_result", result("档案补齐")).await;
    assert_eq!(refused(&open), "refusal-objection-unanswered");
    ok(office
        .act(&agri, &id, "answer_objection", json!({ "objection": 1, "text": "按规定补做" }))
        .await);
    for personal in ["王伟0的档案已补", "联系13800001234", "代表李 娜的档案已补"]
    {
        let leak = office.act(&agri, &id, "announce_result", result(personal)).await;
        assert_eq!(leak.status, 422, "{personal}: {}", leak.body);
        assert_eq!(leak.json()["type"], "urn:huiyin:refusal-names-somebody", "{personal}");
    }
    ok(office.act(&agri, &id, "announce_result", result("六十份档案全部补齐")).await);
    let published = office.get("/results", "").await.body;
    assert!(published.contains("六十份档案全部补齐") && !published.contains("王"));
    ok(office
        .act(
            &agri,
            &id,
            "answer_demand",
            json!({ "demand": 1, "outcome": "support", "text": "已补齐",
        "basis": "档案法", "commitment": "补发复印件", "done_by": "2025-03-30" }),
        )
        .await);
    office.hears(&agri, &id).await;
    ok(office
        .act(&head(&office, "agri"), &id, "sign", json!({ "number": "档信〔2025〕1号" }))
        .await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    // And whoever came says how it was.
    let rated =
        form(&[("of_office", "satisfied"), ("of_unit", "dissatisfied"), ("note", "拖了十年")]);
    let page = office.post("/status/rating", "", &format!("{keys}&{rated}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let twice = office.post("/status/rating", "", &format!("{keys}&{rated}")).await;
    assert!(twice.status == 422 && twice.body.contains("已经评价过"));
    let seen = shown(&office, &clerk, &id).await;
    assert!(seen["supervision_proposed"].to_string().contains("dissatisfied"));
    let forged = office.act(&clerk, &id, "rate", json!({})).await;
    assert_eq!(forged.status, 403, "nobody rates for somebody else");
}

#[tokio::test]
async fn each_who_signed_may_look_it_up_and_a_lost_code_ends() {
    let office = Office::new();
    let clerk = office.clerk();
    let mut letter = petition_of("联名反映养殖场污染", &["停止排污"]);
    letter["parties"] = json!([
        { "name": "赵秀兰", "phone": "13800001234" },
        { "name": "马国强", "phone": "13800005678", "party_role": "joint" }
    ]);
    letter["headcount"] = 2.into();
    let (id, keys) = registered(&office, &clerk, letter).await;
    let number = shown(&office, &clerk, &id).await["petitions"][0]["number"].clone();
    let number = number.as_str().expect("number").to_owned();
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let ask = |why: &str| format!("csrf={csrf}&petition={number}&why={why}");
    let path = format!("/matters/{id}/code");
    let given =
        |body: &str| crate::office::between(body, "<dd class=\"code\">", "<").expect("a code");
    let looked = |code: String| {
        let (office, form) = (&office, format!("number={number}&code={code}"));
        async move { office.post("/status", "", &form).await.status.as_u16() }
    };
    let second = given(&office.post(&path, &cookie, &ask("joint")).await.body);
    assert_eq!(office.post("/status", "", &keys).await.status, 200, "the first stays valid");
    assert_eq!(looked(second.clone()).await, 200);
    let new = given(&office.post(&path, &cookie, &ask("lost")).await.body);
    assert_eq!((looked(new).await, looked(second).await), (200, 404));
    assert_eq!(office.post("/status", "", &keys).await.status, 404, "what was lost opens nothing");
    assert_eq!(office.post(&path, &cookie, &ask("bored")).await.status, 422);
    let (other, csrf) = office.sign_in("agri", Role::UnitHandler).await;
    let form = format!("csrf={csrf}&petition={number}&why=lost");
    assert_eq!(office.post(&path, &other, &form).await.status, 404);
}

/// What is said of somebody is kept or asked about, and never dropped.
#[tokio::test]
async fn no_row_of_the_parties_is_lost() {
    let office = Office::new();
    let clerk = office.clerk();
    let lead = json!({ "name": "赵秀兰", "phone": "13800001234" });
    let wanted = [
        (json!([lead, { "phone": "13900001111" }]), "name", "wrong-missing"),
        (json!([{ "address": "石桥村二组" }]), "name", "wrong-missing"),
        (
            json!([lead, { "name": "马国强", "party_kind": "anonymous" }]),
            "party_kind",
            "wrong-named",
        ),
        (json!([{ "name": "赵秀兰", "address": "长".repeat(401) }]), "address", "wrong-too-long"),
    ];
    for (parties, field, wrong) in wanted {
        let mut petition = petition_of("修路", &["修路"]);
        petition["parties"] = parties;
        let answer = office.api(Method::POST, "/petitions", &clerk, petition).await.json();
        let first = &answer["fields"][0];
        assert_eq!((&first["field"], &first["wrong"]), (&json!(field), &json!(wrong)), "{answer}");
    }
    let mut petition = petition_of("修路", &["修路"]);
    petition["parties"] = json!([{ "party_kind": "anonymous" }, {}]);
    let (id, _) = registered(&office, &clerk, petition).await;
    let parties = &shown(&office, &clerk, &id).await["petitions"][0]["parties"];
    assert_eq!(parties.as_array().map(Vec::len), Some(1), "a row of nobody is nobody: {parties}");
}

/// Printed again, a notice says what it said when it was made.
#[tokio::test]
async fn an_acceptance_keeps_its_date_when_the_answer_takes_longer() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let agri = handler(&office, "agri");
    ok(office.act(&agri, &id, "accept", json!({})).await);
    let path = format!("/matters/{id}/papers/2");
    let before = ok(office.api(Method::GET, &path, &agri, json!({})).await);
    ok(office.act(&agri, &id, "ask_extension", json!({ "days": 30, "reason": "要鉴定" })).await);
    ok(office.act(&head(&office, "agri"), &id, "extend", json!({})).await);
    let after = ok(office.api(Method::GET, &path, &agri, json!({})).await);
    assert_eq!(after["paragraphs"], before["paragraphs"]);
    let path = format!("/matters/{id}/papers/3");
    let longer = ok(office.api(Method::GET, &path, &agri, json!({})).await);
    assert!(longer["paragraphs"].to_string().contains("要鉴定"), "{longer}");
}
