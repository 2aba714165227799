//! Reading what came back from a form or the API (读取填写内容): every field that can't be used is
//! gathered, so that all of them are said at once.

use crate::problem::{FieldError, Problem};
use casework::petition::Attachment;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What came back from a form or the API.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Values by field; a field may come several times.
    pub values: BTreeMap<String, Vec<String>>,
    /// Files, already kept.
    pub files: Vec<Attachment>,
}

/// The largest text a field takes, in characters.
pub const MOST_CHARACTERS: usize = 20_000;

/// Reads answers and gathers what is wrong with them.
pub struct Reader<'a> {
    answers: &'a Answers,
    /// What is wrong so far.
    pub errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    /// A reader of answers.
    pub fn new(answers: &'a Answers) -> Self {
        Self { answers, errors: Vec::new() }
    }

    /// A line or text; empty when it was left out.
    pub fn text(&mut self, name: &str) -> String {
        let value = self.answers.values.get(name).and_then(|values| values.first());
        let text = value.map(|text| text.trim().replace("\r\n", "\n")).unwrap_or_default();
        if text.chars().count() > MOST_CHARACTERS {
            self.wrong(name, "wrong-too-long");
        }
        text
    }

    /// All values of a repeated field that are not empty.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let values = self.answers.values.get(name).cloned().unwrap_or_default();
        if values.iter().any(|text| text.chars().count() > MOST_CHARACTERS) {
            self.wrong(name, "wrong-too-long");
        }
        values
            .into_iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// A text that must be there.
    pub fn need(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text.is_empty() {
            self.wrong(name, "wrong-missing");
        }
        text
    }

    /// A date, if one was given.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let date = text.parse::<Date>().ok().filter(|date| (1949..=2199).contains(&date.year()));
        if date.is_none() {
            self.wrong(name, "wrong-date");
        }
        date
    }

    /// A date that must be there.
    pub fn need_date(&mut self, name: &str) -> Option<Date> {
        if self.text(name).is_empty() {
            self.wrong(name, "wrong-missing");
        }
        self.date(name)
    }

    /// A whole number that must be there.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        let text = chinese::script::folded(&self.need(name));
        let number = text.parse().ok();
        if number.is_none() && !text.is_empty() {
            self.wrong(name, "wrong-number");
        }
        number
    }

    /// A word of a code list that must be there.
    pub fn word<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.need(name);
        let value = parse(&text);
        if value.is_none() && !text.is_empty() {
            self.wrong(name, "wrong-choice");
        }
        value
    }

    /// Whether `yes` was ticked.
    pub fn yes(&mut self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, name: &str, wrong: &'static str) {
        if !self.errors.iter().any(|error| error.field == name) {
            self.errors.push(FieldError::new(name, wrong));
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// All that was wrong.
    pub fn done(&self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::Invalid(self.errors.clone())) }
    }

    /// The files that came along.
    pub fn files(&self) -> Vec<Attachment> {
        self.answers.files.clone()
    }
}
