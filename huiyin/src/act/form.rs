//! A form (表单): it asks for each field once, by name and by what it holds. The same asking tells pages and the API
//! which fields there are and reads what came back, so that the two can't drift apart.

use super::field::{Field, Kind};
use super::name::Name;
use crate::by::Once;
use crate::parameters::date;
use crate::problem::{FieldError, Problem, Wrong};
use casework::code::CodeList;
use casework::directory::Directory;
use casework::matter::MatterId;
use casework::org::{AccountId, Place, PostId, UnitId};
use casework::petition::Attachment;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What came back from a form or the API (填写内容).
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Values by field; a field may come several times.
    pub values: BTreeMap<String, Vec<String>>,
    /// Files, already kept.
    pub files: Vec<Attachment>,
}

impl Answers {
    /// The key of a form (防重键): the same answers under its word are the same request; `None` for an empty word.
    ///
    /// # Errors
    /// As [`Once::of`].
    pub fn once(&self, sender: &str, word: &str) -> Result<Option<Once>, Problem> {
        let files: Vec<&str> = self.files.iter().map(|file| file.hash.as_str()).collect();
        Once::of(sender, word, &format!("{:?} {files:?}", self.values))
    }
}

/// The largest text a field takes, in characters.
pub const MOST_CHARACTERS: usize = 20_000;

/// A form while it is filled in (填写中的表单). Every question gives a value at once; what can't be used is noted and
/// stands in for itself until the end, where [`Form::read`] gives either what is whole or all that is wrong.
pub struct Form<'a> {
    answers: &'a Answers,
    directory: &'a Directory,
    fields: Vec<Field>,
    errors: Vec<FieldError>,
}

impl<'a> Form<'a> {
    /// Which fields a form asks for, in its order.
    pub fn fields<T>(ask: impl FnOnce(&mut Form<'_>) -> T) -> Vec<Field> {
        let (answers, directory) = (Answers::default(), Directory::default());
        let mut form = Form::of(&answers, &directory);
        ask(&mut form);
        form.fields
    }

    /// What came back, read by a form.
    ///
    /// # Errors
    /// Every field that can't be used, and every field that the form does not have.
    pub fn read<T>(
        answers: &Answers,
        directory: &Directory,
        ask: impl FnOnce(&mut Form<'_>) -> T,
    ) -> Result<T, Problem> {
        let mut form = Form::of(answers, directory);
        let read = ask(&mut form);
        for name in answers.values.keys() {
            if !form.fields.iter().any(|field| field.name.word() == name) {
                form.errors.push(FieldError::new(name, Wrong::Unknown));
            }
        }
        form.done(read)
    }

    /// What came back on a page that has fields of its own beside the form's.
    ///
    /// # Errors
    /// Every field of the form that can't be used.
    pub fn read_among<T>(
        answers: &Answers,
        directory: &Directory,
        ask: impl FnOnce(&mut Form<'_>) -> T,
    ) -> Result<T, Problem> {
        let mut form = Form::of(answers, directory);
        let read = ask(&mut form);
        form.done(read)
    }

    fn done<T>(self, read: T) -> Result<T, Problem> {
        if self.errors.is_empty() { Ok(read) } else { Err(Problem::Invalid(self.errors)) }
    }

    fn of(answers: &'a Answers, directory: &'a Directory) -> Form<'a> {
        Form { answers, directory, fields: Vec::new(), errors: Vec::new() }
    }

    /// Notes that a field is wrong; what was said first about a field stands.
    pub fn wrong(&mut self, name: Name, wrong: Wrong) {
        if !self.errors.iter().any(|error| error.field == name.word()) {
            self.errors.push(FieldError::new(name, wrong));
        }
    }

    /// The county, in which what was chosen lies.
    pub fn directory(&self) -> &'a Directory {
        self.directory
    }

    fn ask(&mut self, field: Field) {
        if !self.fields.iter().any(|known| known.name == field.name) {
            self.fields.push(field);
        }
    }

    fn first(&mut self, name: Name, kind: Kind, required: bool) -> String {
        self.ask(Field { name, kind, required, of: None });
        let value = self.answers.values.get(name.word()).and_then(|values| values.first());
        let text = value.map(|text| text.trim().replace("\r\n", "\n")).unwrap_or_default();
        if kind != Kind::Document && text.chars().count() > MOST_CHARACTERS {
            self.wrong(name, Wrong::TooLong);
        } else if text.is_empty() && required {
            self.wrong(name, Wrong::Missing);
        } else if !text.is_empty() && !self.known(kind, &text) {
            self.wrong(name, Wrong::Choice);
        }
        text
    }

    /// Whether what was chosen is in the directory, where the directory alone can tell; who may be chosen for an act
    /// on a matter, the rules say.
    fn known(&self, kind: Kind, text: &str) -> bool {
        match kind {
            Kind::AnyUnit | Kind::Units => self.directory.units.contains_key(text),
            Kind::Account | Kind::Accounts => self.directory.people.contains_key(text),
            Kind::Place | Kind::Places => self.directory.places.contains_key(text),
            Kind::Post => self.directory.posts.contains_key(text),
            Kind::Mailbox => self.directory.open_mailboxes().any(|(leader, _)| leader.0 == text),
            Kind::List(_, words) | Kind::Lists(_, words) => words.contains(&text),
            Kind::Line
            | Kind::Text
            | Kind::Document
            | Kind::Date
            | Kind::Number
            | Kind::Unit
            | Kind::Ground
            | Kind::Demand
            | Kind::Petition
            | Kind::Repeat
            | Kind::Party
            | Kind::HandedIn
            | Kind::Tracker
            | Kind::Matter
            | Kind::Category
            | Kind::Organ
            | Kind::MatterUnit
            | Kind::Outcome
            | Kind::GroundOver
            | Kind::GroundFiled
            | Kind::Demands
            | Kind::Claims
            | Kind::JointUnit
            | Kind::Arbiter
            | Kind::Asked
            | Kind::Colleague
            | Kind::Session
            | Kind::Objection
            | Kind::Recommendation
            | Kind::Leader
            | Kind::Instruction
            | Kind::Notice
            | Kind::ToBeServed
            | Kind::Files
            | Kind::Liability
            | Kind::Lines
            | Kind::Roles
            | Kind::Yes => true,
        }
    }

    /// A line that must be there.
    pub fn line(&mut self, name: Name) -> String {
        self.first(name, Kind::Line, true)
    }

    /// A line; empty when it was left out.
    pub fn may_line(&mut self, name: Name) -> String {
        self.first(name, Kind::Line, false)
    }

    /// A text that must be there.
    pub fn text(&mut self, name: Name) -> String {
        self.first(name, Kind::Text, true)
    }

    /// A text; empty when it was left out.
    pub fn may_text(&mut self, name: Name) -> String {
        self.first(name, Kind::Text, false)
    }

    /// A document of data that must be there.
    pub fn document(&mut self, name: Name) -> String {
        self.first(name, Kind::Document, true)
    }

    /// A choice that must be made.
    pub fn choice(&mut self, name: Name, kind: Kind) -> String {
        self.first(name, kind, true)
    }

    /// A choice, if one was made.
    pub fn may_choice(&mut self, name: Name, kind: Kind) -> Option<String> {
        given(self.first(name, kind, false))
    }

    /// A unit that must be chosen; the kind says among which.
    pub fn unit(&mut self, name: Name, kind: Kind) -> UnitId {
        UnitId(self.choice(name, kind))
    }

    /// An account that must be chosen.
    pub fn account(&mut self, name: Name, kind: Kind) -> AccountId {
        AccountId(self.choice(name, kind))
    }

    /// A place that must be chosen.
    pub fn place(&mut self, name: Name) -> Place {
        Place(self.choice(name, Kind::Place))
    }

    /// A post, if one was chosen.
    pub fn may_post(&mut self, name: Name) -> Option<PostId> {
        self.may_choice(name, Kind::Post).map(PostId)
    }

    /// A matter's number that must be there.
    pub fn matter(&mut self, name: Name) -> MatterId {
        let text = self.first(name, Kind::Matter, true);
        self.parsed(name, &text, Wrong::Choice, MatterId::parse).unwrap_or(MatterId(0))
    }

    /// A matter's number, if one was given.
    pub fn may_matter(&mut self, name: Name) -> Option<MatterId> {
        let text = self.first(name, Kind::Matter, false);
        self.parsed(name, &text, Wrong::Choice, MatterId::parse)
    }

    /// A date that must be there.
    pub fn date(&mut self, name: Name) -> Date {
        let text = self.first(name, Kind::Date, true);
        self.parsed(name, &text, Wrong::Date, date).unwrap_or(Date::ZERO)
    }

    /// A date, if one was given.
    pub fn may_date(&mut self, name: Name) -> Option<Date> {
        let text = self.first(name, Kind::Date, false);
        self.parsed(name, &text, Wrong::Date, date)
    }

    /// A whole number that must be there.
    pub fn number(&mut self, name: Name) -> u32 {
        self.ordinal(name, Kind::Number)
    }

    /// A whole number, if one was given.
    pub fn may_number(&mut self, name: Name) -> Option<u32> {
        let text = self.first(name, Kind::Number, false);
        self.parsed(name, &text, Wrong::Number, number)
    }

    /// The ordinal of what must be chosen; the kind says among which.
    pub fn ordinal(&mut self, name: Name, kind: Kind) -> u32 {
        let text = self.first(name, kind, true);
        self.parsed(name, &text, Wrong::Number, number).unwrap_or_default()
    }

    /// The ordinals of what must be chosen, each once.
    pub fn ordinals(&mut self, name: Name, kind: Kind) -> Vec<u32> {
        self.chosen(name, kind, true)
    }

    /// The ordinals of what was chosen, if anything was, each once.
    pub fn may_ordinals(&mut self, name: Name, kind: Kind) -> Vec<u32> {
        self.chosen(name, kind, false)
    }

    fn chosen(&mut self, name: Name, kind: Kind, required: bool) -> Vec<u32> {
        let texts = self.all(name, kind, required);
        let read = texts.iter().map(|text| self.parsed(name, text, Wrong::Number, number));
        let mut ordinals: Vec<u32> = read.collect::<Vec<_>>().into_iter().flatten().collect();
        ordinals.sort_unstable();
        ordinals.dedup();
        ordinals
    }

    /// A word of a code list that must be chosen; `prefix` is that of its words in the locales.
    pub fn one_of<T: CodeList>(&mut self, name: Name, prefix: &'static str) -> T {
        self.one_among(name, Kind::List(prefix, T::LIST_WORDS))
    }

    /// A word of a part of a code list that must be chosen.
    pub fn one_among<T: CodeList>(&mut self, name: Name, kind: Kind) -> T {
        let text = self.first(name, kind, true);
        self.word(name, kind, &text).unwrap_or(T::FIRST)
    }

    /// A word of a code list, if one was chosen.
    pub fn may_one_of<T: CodeList>(&mut self, name: Name, prefix: &'static str) -> Option<T> {
        self.may_one_among(name, Kind::List(prefix, T::LIST_WORDS))
    }

    /// A word of a part of a code list, if one was chosen.
    pub fn may_one_among<T: CodeList>(&mut self, name: Name, kind: Kind) -> Option<T> {
        let text = self.first(name, kind, false);
        self.word(name, kind, &text)
    }

    /// Words of a code list, as many as were chosen.
    pub fn some_of<T: CodeList>(&mut self, name: Name, kind: Kind) -> Vec<T> {
        let texts = self.all(name, kind, false);
        texts.iter().filter_map(|text| self.word(name, kind, text)).collect()
    }

    fn word<T: CodeList>(&mut self, name: Name, kind: Kind, text: &str) -> Option<T> {
        let (Kind::List(_, words) | Kind::Lists(_, words)) = kind else {
            return self.parsed(name, text, Wrong::Choice, T::of_word);
        };
        let offered = words.contains(&text);
        self.parsed(name, text, Wrong::Choice, |text| T::of_word(text).filter(|_| offered))
    }

    /// Choices that must be made.
    pub fn choices(&mut self, name: Name, kind: Kind) -> Vec<String> {
        self.all(name, kind, true)
    }

    /// Choices, as many as were made.
    pub fn may_choices(&mut self, name: Name, kind: Kind) -> Vec<String> {
        self.all(name, kind, false)
    }

    /// Places, as many as were chosen.
    pub fn places(&mut self, name: Name) -> Vec<Place> {
        self.may_choices(name, Kind::Places).into_iter().map(Place).collect()
    }

    /// Places, of which at least one must be chosen.
    pub fn need_places(&mut self, name: Name) -> Vec<Place> {
        self.choices(name, Kind::Places).into_iter().map(Place).collect()
    }

    /// Lines that are not empty; at least one must be there.
    pub fn lines(&mut self, name: Name) -> Vec<String> {
        self.all(name, Kind::Lines, true)
    }

    fn all(&mut self, name: Name, kind: Kind, required: bool) -> Vec<String> {
        self.ask(Field { name, kind, required, of: None });
        let values = self.answers.values.get(name.word()).map_or(&[][..], Vec::as_slice);
        let texts: Vec<String> = values
            .iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        if texts.iter().any(|text| text.chars().count() > MOST_CHARACTERS) {
            self.wrong(name, Wrong::TooLong);
        } else if texts.is_empty() && required {
            self.wrong(name, Wrong::Missing);
        } else if texts.iter().any(|text| !self.known(kind, text)) {
            self.wrong(name, Wrong::Choice);
        }
        texts
    }

    /// A column of rows that are sent together under `of`: the n-th value belongs to the n-th row, and an empty one
    /// to nobody.
    pub fn column(&mut self, of: Name, name: Name, kind: Kind) -> Vec<String> {
        self.ask(Field { name, kind, required: false, of: Some(of) });
        let values = self.answers.values.get(name.word()).map_or(&[][..], Vec::as_slice);
        values.iter().map(|text| text.trim().to_owned()).collect()
    }

    /// Whether `yes` was ticked.
    pub fn yes(&mut self, name: Name) -> bool {
        let text = self.first(name, Kind::Yes, false);
        let yes = self.parsed(name, &text, Wrong::Choice, |text| (text == "yes").then_some(true));
        yes.unwrap_or_default()
    }

    /// The files that came along.
    pub fn files(&mut self) -> Vec<Attachment> {
        self.ask(Field { name: Name::Files, kind: Kind::Files, required: false, of: None });
        self.answers.files.clone()
    }

    /// The files that must come along.
    pub fn need_files(&mut self) -> Vec<Attachment> {
        self.ask(Field { name: Name::Files, kind: Kind::Files, required: true, of: None });
        if self.answers.files.is_empty() {
            self.wrong(Name::Files, Wrong::Missing);
        }
        self.answers.files.clone()
    }

    /// What a text says; an empty one says nothing, which has been noted where something must be said.
    fn parsed<T>(
        &mut self,
        name: Name,
        text: &str,
        wrong: Wrong,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        let parsed = parse(text);
        if parsed.is_none() {
            self.wrong(name, wrong);
        }
        parsed
    }
}

/// What was said, if anything was.
pub fn given(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Digits of any width are digits.
fn number(text: &str) -> Option<u32> {
    chinese::script::folded(text).parse().ok()
}

#[cfg(test)]
mod tests;
