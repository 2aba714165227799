//! How a record of the duty side is shown (台账页面): what its reader sees, under its names and in words.

use crate::house::House;
use crate::locale::Lang;
use casework::duty::{Label, Noun, Said, Seen};
use casework::matter::MatterId;
use std::collections::BTreeMap;

/// A record on its page.
#[derive(Default)]
pub struct View {
    /// Short things: label and words.
    pub facts: Vec<(String, String)>,
    /// Long texts: label and words.
    pub texts: Vec<(String, String)>,
    /// Lists.
    pub tables: Vec<EntryTable>,
    /// Files: hash and name.
    pub files: Vec<(String, String)>,
}

/// A list of the record.
pub struct EntryTable {
    /// Which.
    pub label: Label,
    /// Its name.
    pub caption: String,
    /// Columns.
    pub heads: Vec<String>,
    /// Rows.
    pub rows: Vec<TableRow>,
}

/// A row of a list.
pub struct TableRow {
    /// By which acts name it.
    pub ordinal: u32,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Default)]
pub struct Cell {
    /// In words.
    pub words: String,
    /// The matter it leads to.
    pub matter: Option<String>,
}

/// The longest words of a fact, in characters; what is longer is a text.
const SHORT: usize = 60;

/// Shows records.
pub struct Teller<'a> {
    /// The house.
    pub house: &'a House,
    /// The reader's language.
    pub lang: Lang,
    /// Which kind of record.
    pub noun: Noun,
    /// Titles of the matters that the reader may open.
    pub matters: &'a BTreeMap<MatterId, String>,
}

impl Teller<'_> {
    /// The record as its page shows it.
    pub fn view(&self, seen: &Seen) -> View {
        let files = seen.files.iter().map(|file| (file.hash.clone(), file.name.clone()));
        let mut view = View { files: files.collect(), ..View::default() };
        for (label, said) in &seen.lines {
            self.show(*label, said, &mut view);
        }
        view
    }

    fn show(&self, label: Label, said: &Said, view: &mut View) {
        match said {
            Said::Entries(entries) => view.tables.push(self.table(label, entries)),
            Said::Several(all) if all.iter().any(|one| matches!(one, Said::Matter(_))) => {
                view.tables.push(self.matters(label, all));
            }
            Said::Thing(thing) => view.facts.push((self.label(label), self.inline(thing))),
            Said::Text(_)
            | Said::On(_)
            | Said::Number(_)
            | Said::Yes(_)
            | Said::Word(..)
            | Said::Person(_)
            | Said::Unit(_)
            | Said::Place(_)
            | Said::Matter(_)
            | Said::Rule(_)
            | Said::Measure(_)
            | Said::Several(_)
            | Said::Parts(_) => {
                let words = self.words(said);
                let long = words.chars().count() > SHORT || words.contains('\n');
                let list = if long { &mut view.texts } else { &mut view.facts };
                list.push((self.label(label), words));
            }
        }
    }

    fn label(&self, label: Label) -> String {
        let key = label.word();
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

    fn matters(&self, label: Label, all: &[Said]) -> EntryTable {
        let row = |(ordinal, one): (u32, &Said)| TableRow { ordinal, cells: vec![self.cell(one)] };
        EntryTable {
            label,
            caption: self.label(label),
            heads: vec![self.lang.t("col-matter")],
            rows: (1..).zip(all).map(row).collect(),
        }
    }

    fn table(&self, label: Label, entries: &[(u32, Seen)]) -> EntryTable {
        let columns = columns(entries);
        let row = |(ordinal, seen): &(u32, Seen)| {
            let cell = |column: &Label| {
                let said = seen.lines.iter().find(|(label, _)| label == column);
                said.map(|(_, said)| self.cell(said)).unwrap_or_default()
            };
            TableRow { ordinal: *ordinal, cells: columns.iter().map(cell).collect() }
        };
        EntryTable {
            label,
            caption: self.label(label),
            heads: columns.iter().map(|column| self.label(*column)).collect(),
            rows: entries.iter().map(row).collect(),
        }
    }

    fn cell(&self, said: &Said) -> Cell {
        Cell { words: self.words(said), matter: matter_of(said).map(|id| id.to_string()) }
    }

    /// A thing within a thing, on one line; the matter that it is about is what the line leads to.
    fn inline(&self, thing: &Seen) -> String {
        let lines = thing.lines.iter().filter(|(_, said)| !matches!(said, Said::Matter(_)));
        let parts =
            lines.map(|(label, said)| format!("{} {}", self.label(*label), self.words(said)));
        parts.collect::<Vec<_>>().join(" · ")
    }

    fn words(&self, said: &Said) -> String {
        let directory = self.house.directory();
        match said {
            Said::Text(text) => text.clone(),
            Said::On(day) => self.lang.date(*day),
            Said::Number(number) => number.to_string(),
            Said::Yes(yes) => self.lang.t(if *yes { "yes" } else { "no" }),
            Said::Word(prefix, word) => self.lang.word(prefix, word),
            Said::Person(account) => directory.name(account).to_owned(),
            Said::Unit(unit) => directory.unit(unit).to_owned(),
            Said::Place(place) => directory.place(place),
            Said::Matter(id) => {
                let title = self.matters.get(id).map_or("", String::as_str);
                format!("{id} {title}")
            }
            Said::Rule(rule) => {
                let cited = self.house.cite(&rule.0);
                cited.map_or_else(|| rule.0.clone(), |citation| self.lang.cited(&citation))
            }
            Said::Measure(measure) => {
                let args = [("due", measure.due.to_string()), ("met", measure.met.to_string())];
                self.lang.tx("duty-measure", &args)
            }
            Said::Several(all) => self.joined(all, &self.lang.t("list-separator")),
            Said::Parts(parts) => self.parts(parts),
            Said::Thing(thing) => self.inline(thing),
            Said::Entries(entries) => {
                let each = entries.iter().map(|(_, seen)| self.inline(seen));
                each.collect::<Vec<_>>().join(" · ")
            }
        }
    }

    fn joined(&self, all: &[Said], separator: &str) -> String {
        let each = all.iter().map(|one| self.words(one));
        each.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(separator)
    }

    /// A day and what was done on it; whether that solved the matter comes last.
    fn parts(&self, parts: &[Said]) -> String {
        let each = parts.iter().filter_map(|part| match part {
            Said::Yes(solved) => solved.then(|| self.lang.t("duty-solved-too")),
            Said::Text(_)
            | Said::On(_)
            | Said::Number(_)
            | Said::Word(..)
            | Said::Person(_)
            | Said::Unit(_)
            | Said::Place(_)
            | Said::Matter(_)
            | Said::Rule(_)
            | Said::Measure(_)
            | Said::Several(_)
            | Said::Parts(_)
            | Said::Thing(_)
            | Said::Entries(_) => Some(self.words(part)),
        });
        each.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The matter to which something said leads.
fn matter_of(said: &Said) -> Option<MatterId> {
    match said {
        Said::Matter(id) => Some(*id),
        Said::Thing(thing) => thing.lines.iter().find_map(|(_, said)| matter_of(said)),
        Said::Text(_)
        | Said::On(_)
        | Said::Number(_)
        | Said::Yes(_)
        | Said::Word(..)
        | Said::Person(_)
        | Said::Unit(_)
        | Said::Place(_)
        | Said::Rule(_)
        | Said::Measure(_)
        | Said::Several(_)
        | Said::Parts(_)
        | Said::Entries(_) => None,
    }
}

/// What any of the entries says, in the order in which they say it.
fn columns(entries: &[(u32, Seen)]) -> Vec<Label> {
    let mut columns: Vec<Label> = Vec::new();
    for (_, seen) in entries {
        let mut after = 0;
        for (label, _) in &seen.lines {
            match columns.iter().position(|known| known == label) {
                Some(at) => after = at + 1,
                None => {
                    columns.insert(after, *label);
                    after += 1;
                }
            }
        }
    }
    columns
}
