//! Who and what belongs to a petition, put right over HTTP: a neighbour who signed and was left out, somebody whose
//! name was taken from the wrong form, a paper that lay with the wrong petition.

use super::{form, handler, ok, petition_of, refused, registered, shown};
use crate::office::{Office, apart, differences};
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

/// Whether somebody of this telephone is recognised as a petitioner of the matter.
async fn recognised(office: &Office, token: &str, id: &str, phone: &str) -> bool {
    let mut again = petition_of("另一件事", &["另一件事"]);
    again["parties"][0]["name"] = json!("钱进");
    again["parties"][0]["phone"] = json!(phone);
    let likely = ok(office.api(Method::POST, "/petitions/matches", token, again).await);
    likely.to_string().contains(id)
}

#[tokio::test]
async fn a_neighbour_left_out_is_added_and_a_stranger_is_struck_on_a_paper() {
    // Review of the mission, point 7; R22-21, PIPL 46.
    let office = Office::new();
    let clerk = office.clerk();
    let mut petition = petition_of("公布账目", &["公布账目"]);
    petition["headcount"] = json!(2);
    petition["parties"] = json!([
        { "name": "赵秀兰", "phone": "13800001234" },
        { "name": "何平", "phone": "13700001111", "party_role": "joint" },
    ]);
    let (id, keys) = registered(&office, &clerk, petition).await;
    let seen = shown(&office, &clerk, &id).await;
    let number = seen["petitions"][0]["number"].clone();
    let stranger = seen["petitions"][0]["parties"][1]["id"].clone();
    assert!(recognised(&office, &clerk, &id, "13700001111").await);
    let strike = json!({ "party": stranger, "reason": "拿错了登记表" });
    let bare = office.act(&clerk, &id, "strike_party", strike.clone()).await;
    assert_eq!(bare.status, 422, "a paper shows it: {}", bare.body);
    let mut with_paper = strike;
    with_paper["files"] = json!([file(&office, &clerk).await]);
    let after = ok(office.act(&clerk, &id, "strike_party", with_paper).await);
    assert_eq!(after["petitions"][0]["parties"].as_array().map(Vec::len), Some(1));
    assert!(!recognised(&office, &clerk, &id, "13700001111").await, "nobody finds them by it");
    let notices = after["notices"].as_array().cloned().unwrap_or_default();
    assert_eq!(notices.last().map(|one| one["kind"].clone()), Some(json!("corrected")));
    let path = format!("/matters/{id}/papers/{}", notices.len());
    let paper = ok(office.api(Method::GET, &path, &clerk, json!({})).await).to_string();
    assert!(paper.contains("何*") && paper.contains("拿错了登记表"), "{paper}");

    let add = |phone: &str| {
        json!({ "petition": number, "name": "马国强", "phone": phone, "party_role": "joint",
            "party_kind": "person", "reason": "联名信第二页有其签名" })
    };
    let wrong = office.act(&clerk, &id, "add_party", add("12")).await;
    assert_eq!(wrong.json()["fields"][0]["field"], "phone", "{}", wrong.body);
    let after = ok(office.act(&clerk, &id, "add_party", add("13900005678")).await);
    assert_eq!(after["petitions"][0]["parties"][1]["name"], "马*强");
    assert!(recognised(&office, &clerk, &id, "13900005678").await);
    let path = format!("/matters/{id}/unmask");
    let known = ok(office.api(Method::POST, &path, &clerk, json!({ "reason": "核对" })).await);
    assert!(known.to_string().contains("马国强") && !known.to_string().contains("何平"), "{known}");
    let path = format!("/matters/{id}/file");
    let lines = ok(office.api(Method::GET, &path, &clerk, json!({})).await).to_string();
    assert!(lines.contains("party_added") && !lines.contains("马国强"), "{lines}");
    let page = office.post("/status", "", &keys).await.body;
    assert!(page.contains("补登当事人") && page.contains("删除误登的当事人"), "{page}");
    let again = office.act(&clerk, &id, "add_party", add("13900005679")).await;
    assert_eq!(refused(&again), "refusal-headcount-too-small", "two came");
    let (session, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let desk = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(desk.contains("马*强") && desk.contains("何*"), "the file tells both");
    // Whoever was struck is named in public no more than who petitioned.
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    let unit = handler(&office, "agri");
    ok(office.act(&unit, &id, "accept", json!({})).await);
    let named = json!({ "held_on": "2025-03-12", "venue": "二楼会议室", "host": "县司法局",
        "panel": "律师一名", "public_text": "何平等人反映的账目" });
    let named = office.act(&unit, &id, "announce_hearing", named).await;
    assert_eq!(refused(&named), "refusal-names-somebody");
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn a_paper_that_lay_with_the_wrong_petition_is_put_where_it_belongs_and_opened_no_more() {
    // Review of the mission, point 7.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    let number = shown(&office, &clerk, &id).await["petitions"][0]["number"].clone();
    let nothing = json!({ "handed_in": "x", "reason": "放错了" });
    let nothing = office.act(&clerk, &id, "correct_file", nothing).await;
    assert_eq!(refused(&nothing), "refusal-nothing-handed-in");
    let paper = file(&office, &clerk).await;
    let named = paper.as_str().expect("a file").to_owned();
    let hash = named.split('|').nth(2).expect("a hash").to_owned();
    let later = json!({ "petition": number, "text": "", "files": [paper] });
    ok(office.act(&clerk, &id, "supplement", later).await);
    let path = format!("/matters/{id}/files/{hash}");
    assert_eq!(office.api(Method::GET, &path, &clerk, json!({})).await.status, 200);
    let (session, csrf) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let page = office.get(&format!("/matters/{id}/correct_file"), &session).await.body;
    assert!(page.contains("paper.pdf"), "it is chosen by its name: {page}");
    let lies = format!("{}/{hash}", number.as_str().expect("a number"));
    let fields = [("csrf", csrf.as_str()), ("handed_in", &lies), ("reason", "是另一家的合同")];
    let to = format!("/matters/{id}/correct_file");
    assert_eq!(office.post(&to, &session, &form(&fields)).await.status, 303);
    assert_eq!(office.api(Method::GET, &path, &clerk, json!({})).await.status, 404);
    let desk = office.get(&format!("/matters/{id}"), &session).await.body;
    assert!(desk.contains("移出本案") && !desk.contains(&hash), "{desk}");
    let unit = handler(&office, "agri");
    assert_eq!(office.api(Method::GET, &path, &unit, json!({})).await.status, 404);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}
