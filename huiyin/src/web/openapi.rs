//! The API's description (接口说明): OpenAPI 3.1, made from the table of acts.

use crate::acts::{ALL, Kind};
use crate::house::House;
use crate::locale::Lang;
use crate::web::Shared;
use crate::web::api::{PARTY, ok};
use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

/// The description, for anybody who asks.
pub async fn show(State(house): State<Shared>) -> Response {
    ok(&document(&house))
}

fn schema(kind: Kind) -> Value {
    use casework::handling::Outcome;
    use casework::matter::Cause;
    use casework::service::ServiceMethod;
    match kind {
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Number | Kind::Demand => json!({ "type": "integer", "minimum": 1 }),
        Kind::Outcome => json!({ "type": "string", "enum": Outcome::ALL.map(Outcome::word) }),
        Kind::Method => {
            json!({ "type": "string", "enum": ServiceMethod::ALL.map(ServiceMethod::word) })
        }
        Kind::Cause => json!({ "type": "string", "enum": Cause::ALL.map(Cause::word) }),
        _ => json!({ "type": "string", "maxLength": crate::acts::MOST_CHARACTERS }),
    }
}

/// The OpenAPI 3.1 description, made from the table of acts.
pub fn document(house: &House) -> Value {
    let answer = json!({
        "200": { "description": "Done", "content": { "application/json": { "schema": { "type": "object" } } } },
        "default": { "description": "Not done", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } }
    });
    let parameter = |name: &str, place: &str| json!({ "name": name, "in": place, "required": place == "path", "schema": { "type": "string" } });
    let read = |summary: &str, parameters: Vec<Value>| json!({ "get": { "summary": summary, "parameters": parameters, "responses": answer.clone() } });
    let write = |summary: &str, parameters: Vec<Value>, body: Value| {
        let mut parameters = parameters;
        parameters.push(parameter("Idempotency-Key", "header"));
        json!({ "post": { "summary": summary, "parameters": parameters, "responses": answer.clone(),
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } } } })
    };
    let petition = json!({ "$ref": "#/components/schemas/Petition" });
    let mut paths = Map::new();
    let mut add = |path: &str, item: Value| {
        paths.insert(format!("/api/v1{path}"), item);
    };
    add("/petitions", write("Register a petition 登记", Vec::new(), petition.clone()));
    add("/petitions/matches", write("Likely earlier matters 筛重", Vec::new(), petition.clone()));
    add(
        "/matters",
        read(
            "List matters 事项",
            ["step", "holder", "place", "category", "q", "after"]
                .map(|n| parameter(n, "query"))
                .to_vec(),
        ),
    );
    add("/matters/{id}", read("Show a matter", vec![parameter("id", "path")]));
    add(
        "/matters/{id}/petitions",
        write("Join a repeat 并入", vec![parameter("id", "path")], petition),
    );
    add("/units", read("List units 机构", Vec::new()));
    add("/report/{year}", read("Yearly figures 年度指标", vec![parameter("year", "path")]));
    add(
        "/figures/{key}",
        read(
            "A figure and its cases 指标",
            vec![
                parameter("key", "path"),
                parameter("from", "query"),
                parameter("until", "query"),
                parameter("after", "query"),
            ],
        ),
    );
    for form in ALL {
        let fields = form.fields.iter().filter(|field| field.kind != Kind::Files);
        let properties: Map<String, Value> =
            fields.clone().map(|field| (field.name.to_owned(), schema(field.kind))).collect();
        let required: Vec<&str> =
            fields.filter(|field| field.required).map(|field| field.name).collect();
        let body = json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
        let summary = format!(
            "{} ({})",
            Lang::Hans.t(&format!("act-{}", form.word).replace('_', "-")),
            form.rule
        );
        add(
            &format!("/matters/{{id}}/acts/{}", form.word),
            write(&summary, vec![parameter("id", "path"), parameter("If-Match", "header")], body),
        );
    }
    let text = json!({ "type": "string" });
    let party: Map<String, Value> =
        PARTY.iter().map(|name| ((*name).to_owned(), text.clone())).collect();
    json!({
        "openapi": "3.1.0",
        "info": { "title": format!("回音 · {}", house.setup.name), "version": env!("CARGO_PKG_VERSION") },
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Petition": { "type": "object", "additionalProperties": false, "required": ["channel", "text", "demand"],
                    "properties": {
                        "channel": { "type": "string", "enum": casework::petition::Channel::ALL.map(|c| c.word()) },
                        "posted_on": { "type": "string", "format": "date" }, "received_on": { "type": "string", "format": "date" },
                        "headcount": { "type": "integer", "minimum": 1 }, "addressee": text, "reference": text, "language": text,
                        "title": text, "text": text, "place": text, "category": text, "join_reason": text,
                        "demand": { "type": "array", "items": text },
                        "parties": { "type": "array", "items": { "type": "object", "properties": party, "additionalProperties": false } }
                    } },
                "Problem": { "type": "object", "required": ["type", "title", "status"], "properties": {
                    "type": text, "title": text, "status": { "type": "integer" }, "rule": text,
                    "fields": { "type": "array", "items": { "type": "object" } } } }
            }
        }
    })
}
