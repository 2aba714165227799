//! The API is what its description says, no more and no less.

use crate::office::{Answer, Office, petition};
use crate::scenario::duty::{duty, leaders, machinery, token_of};
use axum::body::Body;
use axum::http::{Method, Request, header};
use casework::org::Role;
use serde_json::{Value, json};

async fn description(office: &Office) -> Value {
    office.api(Method::GET, "/openapi.json", "", json!({})).await.json()
}

#[tokio::test]
async fn every_route_is_described_and_every_description_has_a_route() {
    let office = Office::new();
    let description = description(&office).await;
    let described = description["paths"].as_object().expect("paths");
    let mut expected: Vec<String> = Vec::new();
    for (path, _) in huiyin::web::api::routes() {
        match path {
            "/matters/{id}/acts/{act}" => {
                expected.extend(huiyin::act::all().map(|act| path.replace("{act}", act.word)))
            }
            "/office/{act}" => expected
                .extend(huiyin::office::ALL.iter().map(|act| path.replace("{act}", act.word))),
            "/duty/{noun}/{id}/{act}" => expected.extend(huiyin::duty::all().map(|act| {
                let id = if act.at.begins() { "new" } else { "{id}" };
                format!("/duty/{}/{id}/{}", act.at.noun.word(), act.word)
            })),
            path => expected.push(path.to_owned()),
        }
    }
    let mut expected: Vec<String> =
        expected.into_iter().map(|path| format!("/api/v1{path}")).collect();
    expected.sort();
    assert_eq!(described.keys().cloned().collect::<Vec<_>>(), expected);
    let text = description.to_string();
    assert!(!text.contains('⟦'), "a summary without a text");
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().expect("pointer");
        assert!(description.pointer(pointer).is_some(), "{pointer}");
    }
}

/// What a schema stands for, behind its references.
fn resolved<'a>(whole: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(pointer) => {
            resolved(whole, whole.pointer(pointer.trim_start_matches('#')).expect("shape"))
        }
        None => schema,
    }
}

/// The alternatives of a schema.
fn branches(schema: &Value) -> Vec<&Value> {
    let of = |key: &str| schema[key].as_array().map_or(&[][..], Vec::as_slice);
    ["anyOf", "oneOf"].into_iter().flat_map(of).collect()
}

/// Whether a schema, or an alternative of it, describes a property of this value.
fn describes<'a>(whole: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    let schema = resolved(whole, schema);
    let own = schema["properties"].get(name);
    own.or_else(|| schema.get("additionalProperties").filter(|one| one.is_object()))
        .or_else(|| branches(schema).into_iter().find_map(|one| describes(whole, one, name)))
}

fn is_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        other => panic!("no such type: {other}"),
    }
}

/// What of a value does not fit its schema; objects are closed here, so that nothing undescribed is
/// answered.
fn misfits(whole: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = resolved(whole, schema);
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_kind(value, kind)) {
        return vec![format!("{at}: {value} is no {kinds:?}")];
    }
    let words = schema["enum"].as_array();
    if words.is_some_and(|words| !words.contains(value)) {
        return vec![format!("{at}: {value} is none of the words")];
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return vec![format!("{at}: {value} is not {}", schema["const"])];
    }
    let mut found = Vec::new();
    let tried = branches(schema);
    if !tried.is_empty() {
        let all = tried.iter().map(|one| misfits(whole, one, value, at));
        // The branch that fits best says what is wrong; what it does not describe, another part may.
        found.extend(all.min_by_key(Vec::len).unwrap_or_default());
        let here = format!("{at}: ");
        found.retain(|wrong| !(wrong.starts_with(&here) && wrong.ends_with("is not described")));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if schema.get("items").is_some() {
            found.extend(misfits(whole, &schema["items"], item, &format!("{at}/{index}")));
        }
    }
    let Some(fields) = value.as_object() else { return found };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, field) in fields {
        match schema["properties"].get(name) {
            Some(schema) => found.extend(misfits(whole, schema, field, &format!("{at}/{name}"))),
            None if describes(whole, schema, name).is_some() => {}
            None if schema["additionalProperties"] == true => {}
            None => found.push(format!("{at}: {name} is not described")),
        }
    }
    found
}

/// Objects and lists of which a schema says nothing.
fn shapeless(schema: &Value, at: &str, found: &mut Vec<String>) {
    let says = ["properties", "additionalProperties", "anyOf", "oneOf", "allOf", "$ref"];
    if schema["type"] == "object" && !says.iter().any(|key| schema.get(key).is_some()) {
        found.push(format!("{at}: an object without a shape"));
    }
    if schema["type"] == "array"
        && schema.get("items").is_none()
        && schema.get("prefixItems").is_none()
    {
        found.push(format!("{at}: a list of anything"));
    }
    match schema {
        Value::Object(fields) => {
            // An example is no schema.
            let inner = fields.iter().filter(|(name, _)| *name != "example" && *name != "examples");
            inner.for_each(|(name, inner)| shapeless(inner, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().for_each(|inner| shapeless(inner, &format!("{at}/-"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_description_is_whole_and_names_everything_once() {
    let office = Office::new();
    let description = description(&office).await;
    let mut found = Vec::new();
    shapeless(&description["paths"], "paths", &mut found);
    shapeless(&description["components"]["schemas"], "schemas", &mut found);
    assert_eq!(found, Vec::<String>::new());
    let operations: Vec<&Value> = description["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(_, item)| item.as_object().into_iter().flatten().map(|(_, one)| one))
        .collect();
    let mut ids: Vec<&str> =
        operations.iter().map(|one| one["operationId"].as_str().expect("an id")).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands for one operation");
    let tags: Vec<&Value> =
        description["tags"].as_array().into_iter().flatten().map(|tag| &tag["name"]).collect();
    for operation in operations {
        assert!(tags.contains(&&operation["tags"][0]), "{operation}");
        let content = &operation["requestBody"]["content"]["application/json"];
        if content.is_object() {
            let wrong = misfits(&description, &content["schema"], &content["example"], "");
            assert_eq!(wrong, Vec::<String>::new(), "{}", operation["operationId"]);
        }
    }
    // A name that ends in a digit is one that two types share.
    let shapes = description["components"]["schemas"].as_object().expect("schemas");
    let shared: Vec<&String> =
        shapes.keys().filter(|name| name.ends_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(shared, Vec::<&String>::new());
}

fn hold(whole: &Value, (method, path): (&str, &str), answer: &Answer) {
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let item = &whole["paths"][format!("/api/v1{path}")][method];
    let schema = &item["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{method} {path}");
    assert_eq!(misfits(whole, schema, &answer.json(), ""), Vec::<String>::new(), "{path}");
}

#[tokio::test]
async fn what_is_answered_is_what_is_described() {
    let office = Office::new();
    let whole = description(&office).await;
    let clerk = office.clerk();
    let send = |path: &'static str, body: Value| {
        let (office, clerk) = (&office, clerk.clone());
        async move { office.api(Method::POST, path, &clerk, body).await }
    };
    let receipt = send("/petitions", petition()).await;
    hold(&whole, ("post", "/petitions"), &receipt);
    let mut looked = petition();
    looked["new_facts_of"] = "2025-1".into();
    hold(&whole, ("post", "/petitions/matches"), &send("/petitions/matches", looked).await);
    let asked = json!({ "enquired_by": "counter", "enquired_for": "code", "phone": "13800001234" });
    let enquired = send("/enquiries", asked).await;
    hold(&whole, ("post", "/enquiries"), &enquired);
    assert_ne!(enquired.json()["matches"], json!([]));
    let keys = json!({ "number": receipt.json()["number"], "code": receipt.json()["query_code"] });
    let status = office.api(Method::POST, "/petitions/status", "", keys).await;
    hold(&whole, ("post", "/petitions/status"), &status);
    let mut again = petition();
    again["join_reason"] = "同一人同一事".into();
    again["claim"] = json!(["2", "new"]);
    let joined = send("/matters/2025-1/petitions", again).await;
    hold(&whole, ("post", "/matters/{id}/petitions"), &joined);
    let out = json!({ "petition": joined.json()["number"], "reason": "另一件事" });
    hold(&whole, ("post", "/matters/{id}/unjoin"), &send("/matters/2025-1/unjoin", out).await);
    let unmasked = send("/matters/2025-1/unmask", json!({ "reason": "电话核实" })).await;
    hold(&whole, ("post", "/matters/{id}/unmask"), &unmasked);
    assert_eq!(unmasked.json()["identities"][0]["name"], "赵秀兰");
    let refer = send("/matters/2025-1/acts/refer", json!({ "to": "agri" })).await;
    hold(&whole, ("post", "/matters/{id}/acts/refer"), &refer);
    let token = send("/office/issue_token", json!({ "label": "对接" })).await;
    hold(&whole, ("post", "/office/issue_token"), &token);

    let system = office.token("xinfang", Role::SystemAdministrator);
    let audit = office.token("xinfang", Role::AuditAdministrator);
    for (path, real, token) in [
        ("/queue", "/queue?bucket=all", &clerk),
        ("/matters", "/matters?due=soon&channel=visit", &clerk),
        ("/search", "/search?q=%E5%9C%9F%E5%9C%B0", &clerk),
        ("/matters/{id}", "/matters/2025-1", &clerk),
        ("/matters/{id}/file", "/matters/2025-1/file", &clerk),
        ("/units", "/units", &clerk),
        ("/posts", "/posts", &clerk),
        ("/places", "/places", &clerk),
        ("/categories", "/categories", &clerk),
        ("/schedules", "/schedules", &clerk),
        ("/tokens", "/tokens", &clerk),
        ("/accounts", "/accounts", &system),
        ("/journal", "/journal", &audit),
        ("/report/{year}", "/report/2025", &clerk),
        ("/figures/{key}", "/figures/petitions.total", &clerk),
        ("/openapi.json", "/openapi.json", &clerk),
    ] {
        hold(&whole, ("get", path), &office.api(Method::GET, real, token, json!({})).await);
    }
}

#[tokio::test]
async fn the_duty_side_is_described_as_it_answers() {
    let office = Office::new();
    let whole = description(&office).await;
    let clerk = office.clerk();
    let chief = office.token("xinfang", Role::OfficeHead);
    let made = machinery(&office).await;
    let leader = leaders(&office)[0].clone();
    for (noun, id) in made {
        let token = match noun {
            "support_contact" => token_of(&office, &leader),
            "accountability" => chief.clone(),
            _ => clerk.clone(),
        };
        let list = format!("/duty/{noun}");
        let listed = office.api(Method::GET, &list, &token, json!({})).await;
        hold(&whole, ("get", "/duty/{noun}"), &listed);
        assert!(listed.json()["records"].as_array().is_some_and(|rows| !rows.is_empty()), "{noun}");
        let one = office.api(Method::GET, &format!("{list}/{id}"), &token, json!({})).await;
        hold(&whole, ("get", "/duty/{noun}/{id}"), &one);
    }
    hold(&whole, ("get", "/board"), &office.api(Method::GET, "/board", &clerk, json!({})).await);
    let report = json!({ "on": "2025-03-03", "text": "逐件会商" });
    let done = duty(&office, &clerk, ("campaign", "2025-1", "report_progress"), report).await;
    hold(&whole, ("post", "/duty/campaign/{id}/report_progress"), &done);
    let against = json!({ "baseline": 1, "concluded": 0, "left": 0, "open": 1 });
    assert_eq!(done.json()["against"], against, "how it stands against its list");
    let figure = "/figures/regulations.issued?from=2025-01-01&until=2025-12-31";
    let figure = office.api(Method::GET, figure, &clerk, json!({})).await;
    hold(&whole, ("get", "/figures/{key}"), &figure);
}

#[tokio::test]
async fn a_file_goes_in_first_and_into_an_act_then() {
    let office = Office::new();
    let clerk = office.clerk();
    let whole = description(&office).await;
    let upload = |content: &'static str| {
        let request = Request::post("/api/v1/files?name=%E5%90%88%E5%90%8C.txt")
            .header(header::AUTHORIZATION, format!("Bearer {clerk}"))
            .body(Body::from(content))
            .expect("request");
        office.send(request)
    };
    let kept = upload("土地承包合同").await;
    hold(&whole, ("post", "/files"), &kept);
    assert_eq!(upload("<script>").await.status, 422);
    let mut with_file = petition();
    with_file["files"] = json!([kept.json()["file"]]);
    office.register(&clerk, with_file).await;
    let hash = kept.json()["hash"].as_str().expect("hash").to_owned();
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let file = office.get(&format!("/matters/2025-1/files/{hash}"), &cookie).await;
    assert_eq!(file.body, "土地承包合同");
    let mut forged = petition();
    let token = kept.json()["file"].as_str().expect("token").replace("合同", "别的");
    forged["files"] = json!([token]);
    let refused = office.api(Method::POST, "/petitions", &clerk, forged).await;
    assert_eq!(refused.json()["fields"][0]["field"], "files");
}

#[tokio::test]
async fn the_clerks_own_word_decides_what_a_demand_repeats() {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    let mut again = petition();
    again["join_reason"] = "同一人".into();
    again["claim"] = json!(["new", "1"]);
    let path = format!("/matters/{id}/petitions");
    assert_eq!(office.api(Method::POST, &path, &clerk, again.clone()).await.status, 200);
    let matter = office.api(Method::GET, &format!("/matters/{id}"), &clerk, json!({})).await.json();
    assert_eq!(matter["demands"].as_array().expect("demands").len(), 3, "one of them is new");
    for (claim, wrong) in [(json!(["7", "1"]), "no-such-demand"), (json!(["1"]), "problem-invalid")]
    {
        again["claim"] = claim;
        let refused = office.api(Method::POST, &path, &clerk, again.clone()).await;
        assert!(
            refused.json()["type"].as_str().expect("type").ends_with(wrong),
            "{}",
            refused.body
        );
    }
    let mut facts = petition();
    facts["new_facts_of"] = id.clone().into();
    let linked = office.api(Method::POST, "/petitions", &clerk, facts).await.json();
    let file = format!("/matters/{}/file", linked["matter"]["id"].as_str().expect("id"));
    let lines = office.api(Method::GET, &file, &clerk, json!({})).await.json();
    assert!(lines["lines"][0]["entry"]["origin"]["new_facts"].is_i64(), "{lines}");
}
