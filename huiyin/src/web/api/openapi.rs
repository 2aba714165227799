//! The API's description (接口说明): OpenAPI 3.1, made from the tables of acts and the shapes below. A
//! test holds it against the routes and against what is really answered.

use super::intake;
use super::ok;
use crate::act::{Field, Form, Kind, MOST_CHARACTERS};
use crate::house::House;
use crate::locale::Lang;
use crate::web::Shared;
use axum::extract::State;
use axum::response::Response;
use casework::matter::handling::Outcome;
use casework::org::Role;
use serde_json::{Map, Value, json};

/// The description, for anybody who asks.
pub async fn show(State(house): State<Shared>) -> Response {
    ok(&document(&house))
}

/// Reads: path, what it gives (a key of [`shapes`]), its query parameters.
const READS: [(&str, &str, &[&str]); 21] = [
    ("/queue", "Matters", &["bucket", "after"]),
    ("/matters", "Matters", LIST),
    ("/search", "Matters", LIST),
    ("/matters/{id}", "Matter", &[]),
    ("/matters/{id}/file", "CaseFile", &[]),
    ("/matters/{id}/files/{hash}", "Content", &[]),
    ("/matters/{id}/papers/{which}", "Paper", &[]),
    ("/units", "Units", &[]),
    ("/posts", "Posts", &[]),
    ("/places", "Places", &[]),
    ("/categories", "Categories", &[]),
    ("/schedules", "Schedules", &[]),
    ("/duty/{noun}", "Records", &[]),
    ("/duty/{noun}/{id}", "Record", &[]),
    ("/board", "Board", &[]),
    ("/accounts", "Accounts", &[]),
    ("/tokens", "Tokens", &[]),
    ("/journal", "Journal", &["before"]),
    ("/report/{year}", "Report", &["until"]),
    ("/figures/{key}", "Figure", &["from", "until", "after"]),
    ("/openapi.json", "Document", &[]),
];

const LIST: &[&str] =
    &["step", "holder", "place", "category", "q", "due", "channel", "from", "until", "after"];

/// Writes beside the acts: path, what it takes, what it gives.
const WRITES: [(&str, &str, &str); 9] = [
    ("/petitions", "Petition", "Receipt"),
    ("/petitions/matches", "Petition", "Matches"),
    ("/petitions/status", "Look", "Status"),
    ("/matters/{id}/petitions", "Join", "Receipt"),
    ("/matters/{id}/unjoin", "Unjoin", "Matter"),
    ("/matters/{id}/merge", "Merge", "Matter"),
    ("/matters/{id}/code", "CodeFor", "Code"),
    ("/matters/{id}/unmask", "Reason", "Identities"),
    ("/files", "File", "Kept"),
];

fn field_schema(kind: Kind) -> Value {
    let words = |words: &[&str]| json!({ "type": "string", "enum": words });
    match kind {
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Lists(_, list_of) => list(words(list_of)),
        Kind::Units | Kind::Places | Kind::Accounts => list(json!({ "type": "string" })),
        Kind::Number
        | Kind::Instruction
        | Kind::Demand
        | Kind::Notice
        | Kind::Session
        | Kind::Objection => {
            json!({ "type": "integer", "minimum": 1 })
        }
        Kind::List(_, list) => words(list),
        Kind::Outcome => words(&Outcome::WORDS),
        Kind::Demands => list_of_ordinals(),
        Kind::Yes => words(&["yes"]),
        Kind::Roles => {
            json!({ "type": "array", "items": words(&Role::OF_ACCOUNTS.map(Role::word)) })
        }
        Kind::Files => json!({ "type": "array", "items": { "type": "string" },
            "description": "what POST /files gave back" }),
        Kind::Lines => list(text()),
        Kind::Claims => list(json!({ "type": ["string", "integer"] })),
        Kind::Line
        | Kind::Matter
        | Kind::Text
        | Kind::Unit
        | Kind::Ground
        | Kind::Petition
        | Kind::Category
        | Kind::Organ
        | Kind::MatterUnit
        | Kind::GroundOver
        | Kind::JointUnit
        | Kind::Arbiter
        | Kind::Account
        | Kind::Asked
        | Kind::Recommendation
        | Kind::Leader
        | Kind::Place
        | Kind::AnyUnit
        | Kind::Post
        | Kind::Liability => text(),
    }
}

fn text() -> Value {
    json!({ "type": "string", "maxLength": MOST_CHARACTERS })
}

fn list_of_ordinals() -> Value {
    list(json!({ "type": "integer", "minimum": 1 }))
}

/// What a form takes: a closed object, rows of columns as objects.
fn fields_schema(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        match field.of {
            None => {
                properties.insert(field.name.to_owned(), field_schema(field.kind));
            }
            Some(rows) if properties.contains_key(rows) => {}
            Some(rows) => {
                let columns: Map<String, Value> = fields
                    .iter()
                    .filter(|column| column.of == Some(rows))
                    .map(|column| (column.name.to_owned(), field_schema(column.kind)))
                    .collect();
                let row = json!({ "type": "object", "properties": columns, "additionalProperties": false });
                properties.insert(rows.to_owned(), list(row));
            }
        }
    }
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// A closed object of these properties.
fn object(properties: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn refer_to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// What goes in beside acts.
fn requests(house: &House) -> Vec<(&'static str, Value)> {
    let schema = |fields: Vec<Field>| fields_schema(&fields);
    vec![
        ("Petition", schema(Form::fields(|f| intake::registering(f, house)))),
        ("Join", schema(Form::fields(|f| intake::joining(f, house)))),
        ("Merge", schema(Form::fields(intake::merging))),
        ("Unjoin", schema(Form::fields(intake::leaving))),
        ("CodeFor", schema(Form::fields(intake::coding))),
        ("Reason", schema(Form::fields(|f| f.may_text("reason")))),
        ("Look", schema(Form::fields(intake::looking))),
    ]
}

/// What comes out: each shape's properties with their types. `t` is text, `n` a whole number, `b` yes
/// or no, `d` a date, `o` any object; `?` after it may be null, `[…]` is a list, `@…` another shape.
const SHAPES: [(&str, &str); 49] = [
    (
        "Brief",
        "id:t version:n title:t step:t holder:t holder_name:t holder_since:d category:t place:t due_on:d? due_clock:t?",
    ),
    (
        "Row",
        "id:t title:t step:t holder:t holder_since:d due_on:d? due_clock:t? petitions:n headcount:n \
         channel:t place:t category:t lead:t waits_for_head:b sealed:b urgent:b",
    ),
    (
        "Clock",
        "clock:t started_on:d length:n unit:t added_days:n nominal:d legal:d safe:d provisional:b \
         ended_on:d? rule:t article:t",
    ),
    ("Dated", "day:d what:o"),
    ("Demand", "ordinal:n text:t answer:o?"),
    ("Party", "role:t kind:t name:t"),
    (
        "PetitionShown",
        "number:t channel:t received_on:d registered_on:d headcount:n collective:b title:t text:t parties:[Party]",
    ),
    ("Notice", "ordinal:n kind:t made_on:d unit:t served_on:d?"),
    (
        "Matter",
        "id:t version:n title:t step:t holder:t holder_name:t holder_since:d category:t place:t \
         due_on:d? due_clock:t? petitions:[PetitionShown] demands:[Demand] clocks:[Clock] \
         notices:[Notice] reviews:[Review] supervisions:[Supervision] supervision_proposed:[t] \
         track:t branch:t? sealed:b status:t urgent_since:d? urgent_reports:[Dated] contributions:[o] \
         designation:o? settlement:o? hearings:[o] recusals:[o] authorities:[o] aids:[Dated] \
         participation:o? tracker:o? leadership:o first_receiver:t? recommendations:[o] rungs:[Dated] \
         ratings:[Dated] served_on:d? concluded_on:d?",
    ),
    (
        "Review",
        "level:t organ:t asked_on:d received_on:d reason:t accepted_on:d? declined:t? outcome:t? \
         text:t? decided_on:d? served_on:d?",
    ),
    (
        "Supervision",
        "number:t form:t trigger:t unit:t text:t tracker:t on:d answered_on:d? adopted:b? closed_on:d?",
    ),
    ("Matters", "matters:[Row] after:t? by_due:b"),
    ("Code", "number:t query_code:t"),
    ("Receipt", "number:t query_code:t? matter:@Brief"),
    ("Match", "reasons:[t] likeness:n standing:[t] matter:@Matter"),
    ("Matches", "matches:[Match]"),
    ("Running", "clock:t due_on:d article:t"),
    (
        "Status",
        "number:t step:t holder_name:t holder_since:d clocks:[Running] demands:[Demand] served_on:d? concluded_on:d?",
    ),
    ("Line", "sequence:n hash:t entry:o"),
    ("CaseFile", "lines:[Line]"),
    ("Identity", "petition:t name:t phone:t id_number:t address:t"),
    ("Identities", "identities:[Identity]"),
    ("Kept", "file:t hash:t name:t media:t size:n"),
    ("Unit", "id:t name:t short:t kind:t place:t parent:t? phone:t address:t"),
    ("Paper", "title:t number:t to:t paragraphs:[t] unit:t phone:t on:d"),
    ("Units", "units:[Unit]"),
    ("Post", "id:t unit:t name:t rank:n"),
    ("Posts", "posts:[Post]"),
    ("RecordRow", "id:t title:t on:d until:d? state:t person:t? unit:t?"),
    ("Records", "records:[RecordRow]"),
    ("Record", "noun:t id:t title:t on:d until:d? state:t person:t? unit:t? record:o"),
    (
        "RecordAfter",
        "noun:t id:t title:t on:d until:d? state:t person:t? unit:t? record:o petition:t? query_code:t?",
    ),
    ("BoardLine", "person:t name:t post:t grade:t standing:o"),
    ("Board", "lines:[BoardLine]"),
    ("Place", "code:t name:t level:t parent:t?"),
    ("Places", "places:[Place]"),
    ("Categories", "on:d categories:[t]"),
    ("Schedules", "schedules:[o]"),
    ("Account", "login:t name:t unit:t post:t? roles:[t] must_change:b closed_on:t?"),
    ("Accounts", "accounts:[Account]"),
    ("Token", "token:t label:t created_at:n"),
    ("Tokens", "tokens:[Token]"),
    ("JournalLine", "sequence:n at:n actor:t kind:t subject:t body:t"),
    ("Journal", "lines:[JournalLine] before:n?"),
    ("Report", "from:d until:d figures:o checks:n failed:[t]"),
    ("Counted", "record:t? matter:t? person:t? title:t on:d amount:n"),
    ("Case", "number:t? matter:t? title:t step:t sealed:b"),
    (
        "Figure",
        "key:t definition:t from:d until:d count:n petitions:[Case] counted:[Counted] after:t?",
    ),
    ("Document", "openapi:t info:o security:[o] paths:o components:o"),
];

/// The schema of a type as [`SHAPES`] writes it.
fn type_schema(written: &str) -> Value {
    if let Some(of) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return list(type_schema(of));
    }
    if let Some(shape) = written.strip_prefix('@') {
        return refer_to(shape);
    }
    let (name, maybe) = match written.strip_suffix('?') {
        Some(name) => (name, true),
        None => (written, false),
    };
    let (name, format) = match name {
        "t" => ("string", None),
        "d" => ("string", Some("date")),
        "n" => ("integer", None),
        "b" => ("boolean", None),
        "o" => ("object", None),
        shape => return refer_to(shape),
    };
    let mut schema = json!({ "type": if maybe { json!([name, "null"]) } else { json!(name) } });
    if let Some(format) = format {
        schema["format"] = json!(format);
    }
    schema
}

/// What comes out, as schemas.
fn answers() -> Vec<(&'static str, Value)> {
    let mut schemas: Vec<(&'static str, Value)> = SHAPES
        .iter()
        .map(|(name, written)| {
            let properties: Vec<(&str, Value)> = written
                .split_whitespace()
                .filter_map(|property| property.split_once(':'))
                .map(|(name, written)| (name, type_schema(written)))
                .collect();
            (*name, object(&properties))
        })
        .collect();
    let (text, number) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    schemas.push((
        "Done",
        json!({ "type": "object", "required": ["done"], "properties": {
        "done": { "type": "boolean" }, "secret": text, "count": number } }),
    ));
    schemas.push((
        "Problem",
        json!({ "type": "object", "required": ["type", "title", "status"], "properties": {
        "type": text, "title": text, "status": number, "rule": text,
        "fields": { "type": "array", "items": { "type": "object" } } } }),
    ));
    schemas
}

fn parameters(path: &str, queries: &[&str], headers: &[&str]) -> Vec<Value> {
    let parameter = |name: &str, place: &str| {
        json!({
            "name": name, "in": place, "required": place == "path",
            "schema": { "type": "string" },
        })
    };
    let in_path = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    in_path
        .map(|name| parameter(name, "path"))
        .chain(queries.iter().map(|name| parameter(name, "query")))
        .chain(headers.iter().map(|name| parameter(name, "header")))
        .collect()
}

fn not_done() -> Value {
    json!({
        "description": "Not done",
        "content": { "application/problem+json": { "schema": refer_to("Problem") } },
    })
}

fn responses(gives: &str) -> Value {
    if gives == "Content" {
        return json!({
            "200": { "description": "The file", "content": { "application/octet-stream": {} } },
            "default": not_done(),
        });
    }
    json!({
        "200": { "description": gives, "content": { "application/json": { "schema": refer_to(gives) } } },
        "default": not_done(),
    })
}

/// The OpenAPI 3.1 description.
pub fn document(house: &House) -> Value {
    let summary = |path: &str| {
        let key = path.trim_start_matches('/').replace(['/', '.'], "-").replace(['{', '}'], "");
        Lang::Hans.t(&format!("api-{key}"))
    };
    let mut paths = Map::new();
    let mut add = |path: &str, item: Value| {
        paths.insert(format!("/api/v1{path}"), item);
    };
    for (path, gives, queries) in READS {
        add(
            path,
            json!({ "get": {
                "summary": summary(path),
                "parameters": parameters(path, queries, &[]),
                "responses": responses(gives),
            } }),
        );
    }
    // The description itself is anybody's to read.
    if let Some(own) = paths.get_mut("/api/v1/openapi.json") {
        own["get"]["security"] = json!([]);
    }
    let mut add = |path: &str, item: Value| {
        paths.insert(format!("/api/v1{path}"), item);
    };
    for (path, takes, gives) in WRITES {
        let once = !matches!(takes, "File" | "Look" | "Reason") && gives != "Matches";
        let headers: &[&str] = if once { &["Idempotency-Key"] } else { &[] };
        let queries: &[&str] = if takes == "File" { &["name"] } else { &[] };
        let content = match takes {
            "File" => json!({ "application/octet-stream": {} }),
            takes => json!({ "application/json": { "schema": refer_to(takes) } }),
        };
        let mut item = json!({ "summary": summary(path), "parameters": parameters(path, queries, headers),
            "requestBody": { "required": true, "content": content }, "responses": responses(gives) });
        if takes == "Look" {
            item["security"] = json!([]);
        }
        add(path, json!({ "post": item }));
    }
    let mut add_act = |path: &str,
                       words: String,
                       (fields, headers): (&[Field], &[&str]),
                       gives: &str| {
        let content = json!({ "application/json": { "schema": fields_schema(fields) } });
        add(
            path,
            json!({ "post": { "summary": words, "parameters": parameters(path, &[], headers),
            "requestBody": { "required": true, "content": content }, "responses": responses(gives) } }),
        );
    };
    for form in crate::act::all() {
        let words = Lang::Hans.t(&format!("act-{}", form.word).replace('_', "-"));
        let path = format!("/matters/{{id}}/acts/{}", form.word);
        let headers = ["If-Match", "Idempotency-Key"];
        add_act(&path, format!("{words} ({})", form.rule), (&form.fields(), &headers), "Matter");
    }
    for act in crate::duty::all() {
        let words = Lang::Hans.t(&format!("duty-act-{}", act.word).replace('_', "-"));
        let id = if act.at.begins() { "new" } else { "{id}" };
        let path = format!("/duty/{}/{id}/{}", act.at.noun.word(), act.word);
        let words = format!("{words} ({})", act.rule);
        add_act(&path, words, (&act.fields(), &["Idempotency-Key"]), "RecordAfter");
    }
    for act in crate::office::ALL {
        let words = Lang::Hans.t(&format!("office-act-{}", act.word).replace('_', "-"));
        let path = format!("/office/{}", act.word);
        add_act(&path, words, (&act.fields(), &["Idempotency-Key"]), "Done");
    }
    let schemas: Map<String, Value> = requests(house)
        .into_iter()
        .chain(answers())
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{} · {}", Lang::Hans.t("product"), house.setup.name),
            "version": env!("CARGO_PKG_VERSION"),
        },
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas
        }
    })
}
