//! What goes in (请求): the schema of a form, and an example of it.

use crate::act::{Field, Kind, LIES_WITH, MOST_CHARACTERS, Name};
use crate::draft::OTHER;
use casework::matter::handling::Outcome;
use casework::org::Role;
use serde_json::{Map, Value, json};

fn text() -> Value {
    json!({ "type": "string", "maxLength": MOST_CHARACTERS })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn words(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

fn ordinal() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

fn of_kind(kind: Kind) -> Value {
    match kind {
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Lists(_, all) => list(words(all)),
        Kind::Units | Kind::Places | Kind::Accounts | Kind::ToBeServed => {
            list(json!({ "type": "string" }))
        }
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::Instruction | Kind::Demand | Kind::Notice | Kind::Session | Kind::Objection => {
            ordinal()
        }
        Kind::List(_, all) => words(all),
        Kind::Outcome => words(&Outcome::WORDS),
        Kind::Demands => list(ordinal()),
        Kind::Claims => list(json!({ "type": ["string", "integer"] })),
        Kind::Lines => list(text()),
        Kind::Yes => words(&["yes"]),
        Kind::Roles => list(words(&Role::OF_ACCOUNTS.map(Role::word))),
        Kind::Document => json!({ "type": "string" }),
        Kind::Files => json!({ "type": "array", "items": { "type": "string" },
            "description": "what POST /files gave back" }),
        Kind::Line
        | Kind::Matter
        | Kind::Text
        | Kind::Unit
        | Kind::Ground
        | Kind::Petition
        | Kind::Repeat
        | Kind::Category
        | Kind::Organ
        | Kind::MatterUnit
        | Kind::GroundOver
        | Kind::GroundFiled
        | Kind::JointUnit
        | Kind::Arbiter
        | Kind::Account
        | Kind::Asked
        | Kind::Colleague
        | Kind::Recommendation
        | Kind::Leader
        | Kind::Party
        | Kind::HandedIn
        | Kind::Tracker
        | Kind::Mailbox
        | Kind::Place
        | Kind::AnyUnit
        | Kind::Post
        | Kind::Liability => text(),
    }
}

/// What a form takes: a closed object, rows of columns as objects.
pub(super) fn schema(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for (name, columns) in named(fields) {
        let schema = match columns {
            Columns::Own(field) => of_kind(field.kind),
            Columns::Rows(columns) => {
                let columns = columns.into_iter();
                let columns: Map<String, Value> =
                    columns.map(|one| (one.name.into(), of_kind(one.kind))).collect();
                list(json!({ "type": "object", "properties": columns,
                    "additionalProperties": false }))
            }
        };
        properties.insert(name.into(), schema);
    }
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name.word()).collect();
    json!({ "type": "object", "properties": properties, "required": required,
        "additionalProperties": false })
}

/// Something that a form takes: what must be there, and nothing else.
pub(super) fn example(fields: &[Field]) -> Value {
    let needed = fields.iter().filter(|field| field.required);
    needed.map(|field| (field.name.into(), sample(field.kind))).collect::<Map<_, _>>().into()
}

fn sample(kind: Kind) -> Value {
    match kind {
        Kind::Date => json!("2025-03-03"),
        Kind::Lists(_, all) => json!(all.first().into_iter().collect::<Vec<_>>()),
        Kind::List(_, all) => json!(all.first()),
        Kind::Outcome => json!(Outcome::WORDS.first()),
        Kind::Number
        | Kind::Instruction
        | Kind::Demand
        | Kind::Notice
        | Kind::Session
        | Kind::Objection => json!(1),
        Kind::Demands => json!([1]),
        Kind::Claims => json!([1, "new"]),
        Kind::Lines => json!(["…"]),
        Kind::Yes => json!("yes"),
        Kind::Roles => json!([Role::UnitHandler.word()]),
        Kind::Files => json!(["…"]),
        Kind::Units => json!(["agri", "housing"]),
        Kind::Unit
        | Kind::Organ
        | Kind::MatterUnit
        | Kind::JointUnit
        | Kind::Arbiter
        | Kind::AnyUnit => json!("agri"),
        Kind::Places => json!(["539921101"]),
        Kind::Place => json!("539921101"),
        Kind::Accounts | Kind::ToBeServed => json!(["01941f29-7c00-7528-96a5-c3fa33e51809"]),
        Kind::Account
        | Kind::Asked
        | Kind::Colleague
        | Kind::Leader
        | Kind::Mailbox
        | Kind::Tracker
        | Kind::Party => {
            json!("01941f29-7c00-7528-96a5-c3fa33e51809")
        }
        Kind::HandedIn => {
            let hash = "5d41402abc4b2a76b9719d911017c592".repeat(2);
            json!(format!("539921-V-2025-000017{LIES_WITH}{hash}"))
        }
        Kind::Matter => json!("2025-17"),
        Kind::Petition | Kind::Repeat => json!("539921-V-2025-000017"),
        Kind::Category => json!(OTHER),
        Kind::Ground => json!("N01"),
        Kind::GroundOver => json!("T1"),
        Kind::GroundFiled => json!("S1"),
        Kind::Recommendation => json!("…"),
        Kind::Post => json!("agri_head"),
        Kind::Line | Kind::Text | Kind::Document | Kind::Liability => json!("…"),
    }
}

/// What stands under a name: a field, or rows of columns.
enum Columns<'a> {
    Own(&'a Field),
    Rows(Vec<&'a Field>),
}

/// The names of a form with what stands under them, in its order.
fn named(fields: &[Field]) -> Vec<(Name, Columns<'_>)> {
    let mut named: Vec<(Name, Columns<'_>)> = Vec::new();
    for field in fields {
        match field.of {
            None => named.push((field.name, Columns::Own(field))),
            Some(rows) if named.iter().any(|(name, _)| *name == rows) => {}
            Some(rows) => {
                let columns = fields.iter().filter(|one| one.of == Some(rows)).collect();
                named.push((rows, Columns::Rows(columns)));
            }
        }
    }
    named
}
