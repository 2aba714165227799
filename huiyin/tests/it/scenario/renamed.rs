//! A unit is renamed, and what it signed before still says who it was.

use super::{form, handler, head, ok, paper, petition_of, registered, service};
use crate::office::Office;
use casework::org::Role;
use serde_json::json;

#[tokio::test]
async fn a_paper_says_who_made_it_as_they_were_called_then() {
    // Review of the mission, 3.1 point 15.
    let office = Office::new();
    let clerk = office.clerk();
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&agri, &id, "accept", json!({})).await);
    office.hears(&agri, &id).await;
    ok(office.act(&agri, &id, "answer_demand", super::answered(1, "explain")).await);
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    let before = paper(&office, &agri, &id, "opinion").await;
    let notice = paper(&office, &agri, &id, "1").await;
    let old = before["unit"].as_str().expect("a unit").to_owned();
    office.at(3, 10);
    let (cookie, csrf) = office.sign_in("xinfang", Role::SystemAdministrator).await;
    let unit = office.house.directory().units[&casework::org::UnitId("agri".to_owned())].clone();
    let fields = [
        ("csrf", csrf.as_str()),
        ("id", "agri"),
        ("name", "云岭县农业农村和水务局"),
        ("short", "农水局"),
        ("kind", unit.kind.word()),
        ("place", unit.place.0.as_str()),
        ("parent", unit.parent.as_ref().map_or("", |one| one.0.as_str())),
        ("phone", "0999-1234567"),
        ("address", "新街1号"),
    ];
    let renamed = office.post("/office/record_unit", &cookie, &form(&fields)).await;
    assert_eq!(renamed.status, 303, "{}", renamed.body);
    let clerk = office.clerk();
    let agri = handler(&office, "agri");
    assert_eq!(paper(&office, &agri, &id, "opinion").await, before, "as it was signed");
    assert_eq!(paper(&office, &agri, &id, "1").await, notice, "as it was sent");
    // What is made from now on says the new name.
    ok(office.act(&agri, &id, "serve", service("2025-03-10")).await);
    let (other, _) = registered(&office, &clerk, petition_of("修桥", &["修桥"])).await;
    ok(office.act(&clerk, &other, "refer", json!({ "to": "agri" })).await);
    let now = paper(&office, &clerk, &other, "1").await.to_string();
    assert!(now.contains("农业农村和水务局") && !now.contains(&old), "{now}");
    assert_ne!(old, "云岭县农业农村和水务局");
}
