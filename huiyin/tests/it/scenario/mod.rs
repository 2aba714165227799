//! What an office meets, told over HTTP in its own words: one scenario or more for each part of the law
//! that lies beside the main road.

mod belonging;
mod clocks;
mod correction;
pub mod duty;
mod enquiry;
mod heads;
mod hearing;
mod inside;
mod leaving;
mod mailbox;
mod own;
mod papers;
mod parties;
mod passing;
mod points;
mod renamed;
mod repeats;
mod result;
mod served;
mod small_print;
mod tracks;
mod units;
mod walls;

use crate::office::{Answer, Office, between};
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

/// A petition of this office's people, with these demands.
fn petition_of(title: &str, demands: &[&str]) -> Value {
    json!({
        "channel": "letter", "category": "其他/其他", "place": "539921101", "title": title,
        "text": format!("{title}，请依法办理。"), "demand": demands,
        "parties": [{ "name": "赵秀兰", "phone": "13800001234", "address": "石桥村二组" }],
    })
}

/// The answer's body, which must be a success.
fn ok(answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// A paper of a matter, as the API gives it.
pub async fn paper(office: &Office, token: &str, id: &str, which: &str) -> Value {
    let path = format!("/matters/{id}/papers/{which}");
    ok(office.api(Method::GET, &path, token, json!({})).await)
}

/// The refusal or denial that the answer carries.
fn refused(answer: &Answer) -> String {
    let kind = answer.json()["type"].as_str().unwrap_or_default().to_owned();
    kind.trim_start_matches("urn:huiyin:").to_owned()
}

/// Registers; gives the matter's id and the keys for the portal.
async fn registered(office: &Office, token: &str, petition: Value) -> (String, String) {
    let receipt = ok(office.api(Method::POST, "/petitions", token, petition).await);
    let text = |key: &str| receipt[key].as_str().expect("text").to_owned();
    let keys = format!("number={}&code={}", text("number"), text("query_code"));
    (receipt["matter"]["id"].as_str().expect("id").to_owned(), keys)
}

async fn shown(office: &Office, token: &str, id: &str) -> Value {
    ok(office.api(Method::GET, &format!("/matters/{id}"), token, json!({})).await)
}

fn handler(office: &Office, unit: &str) -> String {
    office.token(unit, Role::UnitHandler)
}

fn head(office: &Office, unit: &str) -> String {
    office.token(unit, Role::UnitHead)
}

fn answered(demand: u32, outcome: &str) -> Value {
    json!({ "demand": demand, "outcome": outcome, "text": "已经查明", "basis": "村民委员会组织法" })
}

fn service(on: &str) -> Value {
    json!({ "method": "in_person", "on": on, "recipient": "赵秀兰", "proof": "回证1号" })
}

/// A form's body, its values encoded.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

/// The number that stands in a page after these words.
fn count_after(page: &str, words: &str) -> Option<String> {
    between(page, words, "<")
}
