//! The API's description (接口说明): OpenAPI 3.1, made from the forms of acts and the types of answers. A test holds it
//! against the routes and against what is really answered.

mod ask;

use super::duty::{Board, RecordAfter, RecordShown, RecordsShown};
use super::intake::{Code, KeptFile, Matches, ReceiptShown, StatusShown};
use super::matter::file::{CaseFile, Identities, PaperShown};
use super::matter::list::Matters;
use super::matter::shape::MatterShown;
use super::office::{
    Accounts, Categories, Colleagues, DoneShown, Journal, Mailboxes, Places, Posts, Schedules,
    Tokens, Units,
};
use super::report::{FigureShown, ReportShown};
use super::{Told, intake, ok};
use crate::act::{Field, Form, Name};
use crate::house::House;
use crate::locale::Lang;
use crate::web::Shared;
use ask::{example, schema};
use axum::extract::State;
use axum::response::Response;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The description, for anybody who asks.
pub async fn show(State(house): State<Shared>) -> Response {
    ok(&document(&house))
}

/// What an operation gives.
#[derive(Clone, Copy)]
enum Gives {
    /// JSON of a type.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// A file.
    File,
    /// This description.
    Itself,
}

const fn json<T: JsonSchema>() -> Gives {
    Gives::Json(SchemaGenerator::subschema_for::<T>)
}

/// What an operation takes.
enum Takes {
    /// Nothing but what the address says.
    Nothing,
    /// JSON with these fields, and an example of it.
    Form(Vec<Field>),
    /// A file.
    File,
}

/// Something that the API does (接口操作).
struct Operation {
    /// Below `/api/v1`.
    path: String,
    method: &'static str,
    /// Unique in the whole API.
    id: String,
    /// Under which heading it stands.
    tag: &'static str,
    summary: String,
    queries: &'static [&'static str],
    headers: &'static [&'static str],
    /// Whether it is anybody's, without a token.
    open: bool,
    takes: Takes,
    gives: Gives,
}

/// The filters of a list.
const LIST: &[&str] = &[
    "step",
    "holder",
    "place",
    "category",
    "q",
    "due",
    "channel",
    "addressee",
    "first_unit",
    "from",
    "until",
    "after",
];
const PERIOD: &[&str] = &["from", "until", "after"];

/// Reads: path, heading, query parameters, what it gives.
const READS: [(&str, &str, &[&str], Gives); 23] = [
    ("/queue", "matters", &["bucket", "after"], json::<Matters>()),
    ("/matters", "matters", LIST, json::<Matters>()),
    ("/search", "matters", LIST, json::<Matters>()),
    ("/matters/{id}", "matters", &[], json::<MatterShown>()),
    ("/matters/{id}/file", "matters", &[], json::<CaseFile>()),
    ("/matters/{id}/files/{hash}", "matters", &[], Gives::File),
    ("/matters/{id}/papers/{which}", "matters", &[], json::<PaperShown>()),
    ("/units", "office", &[], json::<Units>()),
    ("/posts", "office", &[], json::<Posts>()),
    ("/places", "office", &[], json::<Places>()),
    ("/categories", "office", &[], json::<Categories>()),
    ("/schedules", "office", &[], json::<Schedules>()),
    ("/accounts", "office", &[], json::<Accounts>()),
    ("/colleagues", "office", &[], json::<Colleagues>()),
    ("/mailboxes", "office", &[], json::<Mailboxes>()),
    ("/tokens", "office", &[], json::<Tokens>()),
    ("/journal", "office", &["before"], json::<Journal>()),
    ("/duty/{noun}", "duty", &[], json::<RecordsShown>()),
    ("/duty/{noun}/{id}", "duty", &[], json::<RecordShown>()),
    ("/board", "duty", &[], json::<Board>()),
    ("/report/{year}", "figures", &["until"], json::<ReportShown>()),
    ("/figures/{key}", "figures", PERIOD, json::<FigureShown>()),
    ("/openapi.json", "office", &[], Gives::Itself),
];

/// Under which a request may be sent again.
const ONCE: &[&str] = &["Idempotency-Key"];

/// A key of the locales in Chinese.
fn text(key: &str) -> String {
    Lang::Hans.t(&key.replace('_', "-"))
}

/// An address as an identifier: `/matters/{id}/file` is `matters_id_file`.
fn named(path: &str) -> String {
    path.trim_start_matches('/').replace(['/', '.'], "_").replace(['{', '}'], "")
}

fn reads() -> Vec<Operation> {
    READS
        .into_iter()
        .map(|(path, tag, queries, gives)| Operation {
            path: path.to_owned(),
            method: "get",
            id: format!("get_{}", named(path)),
            tag,
            summary: text(&format!("api-{}", named(path))),
            queries,
            headers: &[],
            open: path == "/openapi.json",
            takes: Takes::Nothing,
            gives,
        })
        .collect()
}

/// Writes beside the acts.
fn writes(house: &House) -> Vec<Operation> {
    let write = |path: &str, headers, takes, gives| Operation {
        path: path.to_owned(),
        method: "post",
        id: format!("post_{}", named(path)),
        tag: "petitions",
        summary: text(&format!("api-{}", named(path))),
        queries: if path == "/files" { &["name"] } else { &[] },
        headers,
        open: path == "/petitions/status",
        takes,
        gives,
    };
    let registering = Form::fields(|f| intake::registering(f, house));
    let looked = Form::fields(|f| intake::registering(f, house));
    let joining = Form::fields(|f| intake::joining(f, house));
    let reason = Form::fields(|f| f.may_text(Name::Reason));
    vec![
        write("/petitions", ONCE, Takes::Form(registering), json::<ReceiptShown>()),
        write("/petitions/matches", &[], Takes::Form(looked), json::<Matches>()),
        write(
            "/enquiries",
            &[],
            Takes::Form(Form::fields(crate::enquiry::asking)),
            json::<Matches>(),
        ),
        write(
            "/petitions/status",
            &[],
            Takes::Form(Form::fields(intake::looking)),
            json::<StatusShown>(),
        ),
        write("/matters/{id}/petitions", ONCE, Takes::Form(joining), json::<ReceiptShown>()),
        write(
            "/matters/{id}/unjoin",
            ONCE,
            Takes::Form(Form::fields(crate::intake::leaving)),
            json::<MatterShown>(),
        ),
        write(
            "/matters/{id}/merge",
            ONCE,
            Takes::Form(Form::fields(intake::merging)),
            json::<MatterShown>(),
        ),
        write(
            "/matters/{id}/code",
            ONCE,
            Takes::Form(Form::fields(crate::intake::coding)),
            json::<Code>(),
        ),
        write("/matters/{id}/unmask", &[], Takes::Form(reason), json::<Identities>()),
        write("/files", &[], Takes::File, json::<KeptFile>()),
    ]
}

/// The acts, each at an address of its own.
fn acts() -> Vec<Operation> {
    let act = |path: String, tag, summary, headers, fields, gives| Operation {
        id: format!("post_{}", named(&path)),
        path,
        method: "post",
        tag,
        summary,
        queries: &[],
        headers,
        open: false,
        takes: Takes::Form(fields),
        gives,
    };
    let mut all = Vec::new();
    for row in crate::act::all() {
        let path = format!("/matters/{{id}}/acts/{}", row.word);
        let words = format!("{} ({})", text(&format!("act-{}", row.word)), row.rule);
        let headers = &["If-Match", "Idempotency-Key"];
        all.push(act(path, "acts", words, headers, row.fields(), json::<MatterShown>()));
    }
    for row in crate::duty::all() {
        let id = if row.at.begins() { "new" } else { "{id}" };
        let path = format!("/duty/{}/{id}/{}", row.at.noun.word(), row.word);
        let words = format!("{} ({})", text(&format!("duty-act-{}", row.word)), row.rule);
        all.push(act(path, "duty", words, ONCE, row.fields(), json::<RecordAfter>()));
    }
    for row in crate::office::ALL {
        let path = format!("/office/{}", row.word);
        let words = text(&format!("office-act-{}", row.word));
        all.push(act(path, "office", words, ONCE, row.fields(), json::<DoneShown>()));
    }
    all
}

impl Operation {
    fn parameters(&self) -> Vec<Value> {
        let parameter = |name: &str, place: &str| {
            json!({
                "name": name, "in": place, "required": place == "path",
                "schema": { "type": "string" },
            })
        };
        let in_path = self.path.split('/');
        let in_path = in_path.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        in_path
            .map(|name| parameter(name, "path"))
            .chain(self.queries.iter().map(|name| parameter(name, "query")))
            .chain(self.headers.iter().map(|name| parameter(name, "header")))
            .collect()
    }

    fn described(&self, generator: &mut SchemaGenerator) -> Value {
        let mut item = json!({
            "operationId": self.id, "tags": [self.tag], "summary": self.summary,
            "parameters": self.parameters(), "responses": responses(self.gives, generator),
        });
        let content = match &self.takes {
            Takes::Nothing => None,
            Takes::File => Some(json!({ "application/octet-stream": {} })),
            Takes::Form(fields) => Some(json!({
                "application/json": { "schema": schema(fields), "example": example(fields) }
            })),
        };
        if let Some(content) = content {
            item["requestBody"] = json!({ "required": true, "content": content });
        }
        if self.open {
            item["security"] = json!([]);
        }
        item
    }
}

fn responses(gives: Gives, generator: &mut SchemaGenerator) -> Value {
    let content = match gives {
        Gives::Json(schema) => json!({ "application/json": { "schema": schema(generator) } }),
        Gives::File => json!({ "application/octet-stream": {} }),
        Gives::Itself => json!({ "application/json": { "schema": {
            "type": "object", "additionalProperties": true,
            "description": "OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1" } } }),
    };
    let problem = generator.subschema_for::<Told>();
    json!({
        "200": { "description": "Done", "content": content },
        "default": {
            "description": "Not done",
            "content": { "application/problem+json": { "schema": problem } },
        },
    })
}

/// The OpenAPI 3.1 description.
pub fn document(house: &House) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    let operations = reads().into_iter().chain(writes(house)).chain(acts());
    for operation in operations {
        let described = operation.described(&mut generator);
        let item = paths.entry(format!("/api/v1{}", operation.path)).or_insert_with(|| json!({}));
        item[operation.method] = described;
    }
    let tags = ["matters", "acts", "petitions", "duty", "office", "figures"]
        .map(|tag| json!({ "name": tag, "description": text(&format!("api-tag-{tag}")) }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{} · {}", Lang::Hans.t("product"), house.setup.name),
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": generator.take_definitions(true),
        }
    })
}
