//! How a record of the duty side is shown (台账页面): every field of it under its name and in words, so that
//! none can be forgotten; what is sealed is not among them.

use crate::house::House;
use crate::locale::Lang;
use casework::duty::Noun;
use casework::matter::MatterId;
use casework::org::{AccountId, Place, UnitId};
use casework::statute::Rule;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A record on its page.
#[derive(Default)]
pub struct View {
    /// Short things: label and words.
    pub facts: Vec<(String, String)>,
    /// Long texts: label and words.
    pub texts: Vec<(String, String)>,
    /// Lists.
    pub tables: Vec<Table>,
    /// Files: hash and name.
    pub files: Vec<(String, String)>,
}

/// A list of the record.
pub struct Table {
    /// Its key, by which acts name the list whose entries they change.
    pub key: String,
    /// Its name.
    pub caption: String,
    /// Columns.
    pub heads: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// What the rows show, as it is kept.
    pub entries: Vec<Value>,
}

/// A cell.
pub struct Cell {
    /// In words.
    pub words: String,
    /// The matter it leads to.
    pub matter: Option<String>,
}

/// What is never shown: what lies sealed, keyed hashes, and what the row's number says already.
const HIDDEN: [&str; 9] =
    ["sealed", "party", "phone_hash", "code_hash", "wrapped", "hash", "size", "media", "ordinal"];

/// In which order fields are shown, whoever keeps them; what is not named comes last, by its name.
const ORDER: [&str; 58] = [
    "year",
    "title",
    "name",
    "kind",
    "subject",
    "medium",
    "grade",
    "seat",
    "post",
    "person",
    "leader",
    "with",
    "unit",
    "mask",
    "first",
    "second",
    "period",
    "least",
    "outreach",
    "appointment",
    "solve",
    "document",
    "number",
    "issued_on",
    "on",
    "from",
    "until",
    "since",
    "hours",
    "place",
    "areas",
    "venue",
    "topic",
    "places",
    "how",
    "state",
    "campaign",
    "convener",
    "invited",
    "present",
    "audience",
    "people",
    "units",
    "purpose",
    "text",
    "matter",
    "owner",
    "due_on",
    "target",
    "found",
    "met",
    "done",
    "solved",
    "outcome",
    "minutes",
    "signed",
    "result",
    "comment",
];

fn place_of(key: &str) -> (usize, &str) {
    (ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len()), key)
}

/// Shows records; `matters` are the titles of those that the reader may see.
pub struct Teller<'a> {
    /// The house.
    pub house: &'a House,
    /// The reader's language.
    pub lang: Lang,
    /// Which kind of record.
    pub noun: Noun,
    /// Titles of the matters that the reader may see.
    pub matters: &'a BTreeMap<MatterId, String>,
}

impl Teller<'_> {
    /// The record as its page shows it.
    pub fn view(&self, record: &Value) -> View {
        let mut view = View::default();
        let mut fields: Vec<_> = record.as_object().into_iter().flatten().collect();
        fields.sort_by_key(|(key, _)| place_of(key));
        for (key, value) in fields {
            self.field(key, value, &mut view);
        }
        view
    }

    fn field(&self, key: &str, value: &Value, view: &mut View) {
        // How a campaign came out stands at the top of its page.
        if HIDDEN.contains(&key) || (self.noun == Noun::Campaign && key == "outcome") {
            return;
        }
        match value {
            Value::Array(items) if key == "attachments" => {
                view.files.extend(items.iter().filter_map(file));
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                if let Some(table) = self.table(key, items, view) {
                    view.tables.push(table);
                }
            }
            Value::Array(items) if items.iter().any(Value::is_i64) && !items.is_empty() => {
                let rows = items.iter().filter_map(|item| self.matter(item)).map(|cell| vec![cell]);
                let rows: Vec<Vec<Cell>> = rows.collect();
                let caption = self.label(key);
                let heads = vec![self.lang.t("col-matter")];
                let entries = Vec::new();
                view.tables.push(Table { key: key.to_owned(), caption, heads, rows, entries });
            }
            // A thing of its own, such as the signatures: its files beside the record's.
            Value::Object(inner) => {
                let files = inner.get("attachments").and_then(Value::as_array);
                view.files.extend(files.into_iter().flatten().filter_map(file));
                view.facts.push((self.label(key), self.inline(inner)));
            }
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)) => {
                let words = self.words(key, other);
                if words.is_empty() {
                } else if words.chars().count() > 60 || words.contains('\n') {
                    view.texts.push((self.label(key), words));
                } else {
                    view.facts.push((self.label(key), words));
                }
            }
        }
    }

    fn label(&self, key: &str) -> String {
        let of_noun = format!("duty-field-{}-{key}", self.noun.word()).replace('_', "-");
        let own = format!("duty-field-{key}").replace('_', "-");
        if self.lang.has(&of_noun) {
            self.lang.t(&of_noun)
        } else if self.lang.has(&own) {
            self.lang.t(&own)
        } else {
            crate::web::page::field_name(self.lang, key)
        }
    }

    fn table(&self, key: &str, items: &[Value], view: &mut View) -> Option<Table> {
        let mut columns: Vec<&str> = Vec::new();
        for (name, _) in items.iter().filter_map(Value::as_object).flatten() {
            let says = items.iter().any(|row| match row.get(name) {
                None | Some(Value::Null) => false,
                Some(Value::String(text)) => !text.is_empty(),
                Some(_) => true,
            });
            let shown = says && !HIDDEN.contains(&name.as_str()) && name != "attachments";
            if shown && !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
        columns.sort_by_key(|name| place_of(name));
        let rows = items.iter().filter_map(Value::as_object).map(|row| {
            let files = row.get("attachments").and_then(Value::as_array);
            view.files.extend(files.into_iter().flatten().filter_map(file));
            let cells = columns.iter().map(|name| match row.get(*name) {
                Some(value) if *name == "matter" => {
                    let none = || Cell { words: String::new(), matter: None };
                    self.matter(value).unwrap_or_else(none)
                }
                Some(Value::Object(inner)) => {
                    let matter = inner.get("matter").and_then(|value| self.matter(value));
                    Cell { words: self.inline(inner), matter: matter.and_then(|cell| cell.matter) }
                }
                Some(value) => Cell { words: self.words(name, value), matter: None },
                None => Cell { words: String::new(), matter: None },
            });
            cells.collect::<Vec<_>>()
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let heads = columns.iter().map(|name| self.label(name)).collect();
        let (caption, entries) = (self.label(key), items.to_vec());
        Some(Table { key: key.to_owned(), caption, heads, rows, entries })
    }

    /// A matter, if the reader may know of it.
    fn matter(&self, value: &Value) -> Option<Cell> {
        let id = MatterId(value.as_i64()?);
        let title = self.matters.get(&id)?;
        Some(Cell { words: format!("{id} {title}"), matter: Some(id.to_string()) })
    }

    /// A thing within a thing, on one line.
    fn inline(&self, inner: &Map<String, Value>) -> String {
        if let (Some(due), Some(met), 2) = (inner.get("due"), inner.get("met"), inner.len()) {
            let args = [("due", due.to_string()), ("met", met.to_string())];
            return self.lang.tx("duty-measure", &args);
        }
        let mut fields: Vec<_> = inner.iter().collect();
        fields.sort_by_key(|(key, _)| place_of(key));
        let parts = fields.into_iter().filter_map(|(key, value)| {
            if HIDDEN.contains(&key.as_str()) || key == "attachments" || key == "matter" {
                return None;
            }
            let words = self.words(key, value);
            (!words.is_empty()).then(|| format!("{} {words}", self.label(key)))
        });
        parts.collect::<Vec<_>>().join(" · ")
    }

    fn words(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(yes) => self.lang.t(if *yes { "yes" } else { "no" }),
            Value::Number(_) if matches!(key, "matter" | "list" | "agenda" | "matters") => {
                self.matter(value).map(|cell| cell.words).unwrap_or_default()
            }
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.text(key, text),
            // A day and what was done on it; whether that solved the matter comes last.
            Value::Array(items) if items.first().is_some_and(is_date) => {
                let each = items.iter().map(|item| match item {
                    Value::Bool(true) => self.lang.t("duty-solved-too"),
                    Value::Bool(false) => String::new(),
                    item @ (Value::Null
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_)
                    | Value::Object(_)) => self.words(key, item),
                });
                each.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
            }
            Value::Array(items) => {
                let each = items.iter().map(|item| self.words(key, item));
                let separator = self.lang.t("list-separator");
                each.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(&separator)
            }
            Value::Object(inner) => self.inline(inner),
        }
    }

    fn text(&self, key: &str, text: &str) -> String {
        let directory = self.house.directory();
        if let Ok(on) = text.parse::<jiff::civil::Date>() {
            return self.lang.date(on);
        }
        match key {
            "leader" | "person" | "instead_of" | "account" | "with" => {
                directory.name(&AccountId(text.to_owned())).to_owned()
            }
            "unit" | "owner" | "first" | "second" | "units" | "invited" | "present" => {
                directory.unit(&UnitId(text.to_owned())).to_owned()
            }
            "place" | "areas" => directory.place(&Place(text.to_owned())),
            "article" => {
                let cited = self.house.cite(text);
                cited.map_or_else(|| Rule::from(text).0, |citation| self.lang.cited(&citation))
            }
            _ => match self.list(key) {
                Some(prefix) => {
                    let word = format!("{prefix}-{text}").replace('_', "-");
                    if self.lang.has(&word) { self.lang.t(&word) } else { text.to_owned() }
                }
                None => text.to_owned(),
            },
        }
    }

    /// The prefix of a code list's words, by the field that holds them.
    fn list(&self, key: &str) -> Option<&'static str> {
        Some(match (self.noun, key) {
            (_, "grade") => "grade",
            (_, "seat") => "seat",
            (_, "period") => "quota-period",
            (_, "medium") => "medium",
            (_, "subject") => "subject",
            (_, "how") => "booked-how",
            (Noun::Reception, "state") => "booking-state",
            (_, "sanction") => "sanction",
            (Noun::Campaign, "kind") => "campaign-kind",
            (Noun::Agreement, "kind") => "indicator",
            (Noun::SupportContact, "aid") => "aid",
            (Noun::Accountability, "decided") => "appeal-outcome",
            _ => return None,
        })
    }
}

fn is_date(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok())
}

fn file(value: &Value) -> Option<(String, String)> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    text("hash").zip(text("name"))
}
