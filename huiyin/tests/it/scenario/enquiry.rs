//! Who may look up a person: a registration clerk, for a petitioner who asks after their own matter, and nobody else
//! anywhere.

use super::{handler, ok, petition_of, registered};
use crate::office::{Office, between};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

const PHONE: &str = "13800001234";
const NAME: &str = "%E8%B5%B5%E7%A7%80%E5%85%B0";

fn asks(person: Value) -> Value {
    let mut asked = json!({ "enquired_by": "telephone", "enquired_for": "progress" });
    for (name, value) in person.as_object().expect("fields") {
        asked[name] = value.clone();
    }
    asked
}

#[tokio::test]
async fn a_petitioner_who_lost_the_number_is_found_by_who_they_are() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("危房鉴定", &["重新鉴定"])).await;
    let enquire =
        async |person: Value| office.api(Method::POST, "/enquiries", &clerk, asks(person)).await;
    for person in [
        json!({ "phone": PHONE }),
        json!({ "phone": "１３８ ００００ １２３４" }),
        json!({ "name": "趙秀蘭", "place": "539921101" }),
    ] {
        let found = ok(enquire(person.clone()).await);
        assert_eq!(found["matches"][0]["matter"]["id"], id, "{person}");
    }
    assert_eq!(ok(enquire(json!({ "phone": "13900001234" })).await)["matches"], json!([]));
    // A name alone, or with the whole county, would be a list of whoever is called so.
    for (person, field, wrong) in [
        (json!({ "name": "赵秀兰" }), "id_number", "wrong-whom"),
        (json!({ "name": "赵秀兰", "place": "539921" }), "place", "wrong-finer"),
        (json!({ "phone": "12" }), "phone", "wrong-phone"),
    ] {
        let answer = enquire(person).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        let fields = answer.json()["fields"].clone();
        assert_eq!((&fields[0]["field"], &fields[0]["wrong"]), (&json!(field), &json!(wrong)));
    }
    // How, what for and how many stand in the journal, and not who.
    let (auditor, _) = office.sign_in("xinfang", Role::AuditAdministrator).await;
    let journal = office.get("/journal", &auditor).await.body;
    assert!(journal.contains("查询登记") && journal.contains("telephone progress"));
    assert!(!journal.contains(PHONE) && !journal.contains("赵秀兰"));
}

#[tokio::test]
async fn the_page_keeps_what_was_typed_and_shows_the_likeliest() {
    let office = Office::new();
    let (id, _) =
        registered(&office, &office.clerk(), petition_of("危房鉴定", &["重新鉴定"])).await;
    let (cookie, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    assert!(office.get("/desk", &cookie).await.body.contains("href=\"/enquiry\""));
    let form = |person: &str| format!("csrf={csrf}&enquired_by=counter&enquired_for=code&{person}");
    let found = office.post("/enquiry", &cookie, &form(&format!("phone={PHONE}"))).await;
    assert_eq!(found.status, 200);
    assert!(found.body.contains(&format!("href=\"/matters/{id}\"")), "{}", found.body);
    assert!(found.body.contains("告诉对方现在谁在办") && !found.body.contains("建议并入"));
    let half = office.post("/enquiry", &cookie, &form(&format!("name={NAME}"))).await;
    assert_eq!(half.status, 422);
    assert!(half.body.contains("value=\"赵秀兰\""), "what was typed is still there");
    let none = office.post("/enquiry", &cookie, &form("phone=13900001234")).await.body;
    assert!(none.contains("没有找到") && between(&none, "href=\"/register\"", ">").is_some());
}

#[tokio::test]
async fn nobody_else_finds_a_person_and_no_list_does() {
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("危房鉴定", &["重新鉴定"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "housing" })).await);
    let others = [
        handler(&office, "housing"),
        office.token("gov", Role::Leader),
        office.token("xinfang", Role::Statistician),
        office.token("xinfang", Role::SystemAdministrator),
    ];
    for token in &others {
        let asked = asks(json!({ "phone": PHONE }));
        let answer = office.api(Method::POST, "/enquiries", token, asked).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
    }
    // Neither the clerk nor the unit that has the matter finds it by the person, whatever list they ask.
    for token in [&clerk, &others[0]] {
        for list in ["/matters", "/search"] {
            let by_name =
                ok(office.api(Method::GET, &format!("{list}?q={NAME}"), token, json!({})).await);
            assert_eq!(by_name["matters"], json!([]), "{list} by name");
            for number in [PHONE, "138%200000%201234", "0872-8123456", "11010519491231002X"] {
                let path = format!("{list}?q={number}");
                let answer = office.api(Method::GET, &path, token, json!({})).await;
                assert_eq!(answer.status, 422, "{path}: {}", answer.body);
            }
        }
    }
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    for list in ["/matters", "/search", "/matters.xlsx"] {
        let answer = office.get(&format!("{list}?q={PHONE}"), &cookie).await;
        assert_eq!(answer.status, 422, "{list}");
        assert!(answer.body.contains("检索内容：") && answer.body.contains("查询登记"), "{list}");
    }
    // A number leads to its matter as before.
    let number = ok(office.api(Method::GET, &format!("/matters/{id}"), &clerk, json!({})).await);
    let number = number["petitions"][0]["number"].as_str().expect("a number").to_owned();
    let found =
        ok(office.api(Method::GET, &format!("/search?q={number}"), &clerk, json!({})).await);
    assert_eq!(found["matters"][0]["id"], id);
}
