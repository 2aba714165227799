//! Rows as both engines give them (查询结果行), read by the names of their columns.

use crate::Error;
use crate::table;
use crate::value::Value;
use casework::code::CodeList;
use casework::matter::MatterId;
use casework::moment::Instant;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::sync::Arc;

/// What the rows of an answer have in common: the statement that asked, and its columns.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) statement: String,
    pub(crate) columns: Vec<String>,
}

/// A row (行), read by the names of its columns. What does not fit is an error that names the table, the row's
/// key and the column, and says nothing of what stands there.
#[derive(Debug)]
pub struct Row {
    shape: Arc<Shape>,
    values: Vec<Value>,
    /// Where the next column is expected: rows are mostly read in the order in which they were asked.
    next: Cell<usize>,
}

impl Row {
    pub(crate) fn new(shape: Arc<Shape>, values: Vec<Value>) -> Self {
        Self { shape, values, next: Cell::new(0) }
    }

    fn wrong(&self, column: &str, expected: &str) -> Error {
        let mut words = self.shape.statement.split_whitespace();
        let table = words.find(|word| *word == "FROM").and_then(|_| words.next()).unwrap_or("?");
        let keys = table::ALL.iter().find(|one| one.name == table).map_or(&[][..], |one| one.key);
        let key: Vec<String> = keys
            .iter()
            .filter_map(|key| match self.value(key).ok()? {
                // People know a matter by its number and not by what stands for it.
                Value::Int(id) if *key == "matter" => Some(format!("matter {}", MatterId(id))),
                Value::Int(value) => Some(format!("{key} {value}")),
                Value::Text(value) => Some(format!("{key} {value}")),
                Value::Null | Value::Blob(_) => None,
            })
            .collect();
        Error::Corrupt {
            table: table.to_owned(),
            key: key.join(" "),
            column: format!("{column}: {expected} expected"),
        }
    }

    fn get(&self, column: &str) -> Result<&Value, Error> {
        let columns = &self.shape.columns;
        let expected = self.next.get();
        let at = if columns.get(expected).is_some_and(|name| name == column) {
            Some(expected)
        } else {
            columns.iter().position(|name| name == column)
        };
        self.next.set(at.map_or(expected, |at| at + 1));
        at.and_then(|at| self.values.get(at))
            .ok_or_else(|| Error::Engine(format!("no column {column}: {}", self.shape.statement)))
    }

    /// A column's value, whatever it is.
    ///
    /// # Errors
    /// The statement has no such column.
    pub fn value(&self, column: &str) -> Result<Value, Error> {
        self.get(column).cloned()
    }

    /// All values, from left to right.
    pub(crate) fn values(self) -> Vec<Value> {
        self.values
    }

    /// What stands here instead of what the columns should hold; for `verify`.
    pub(crate) fn differs(&self, expected: &[(&str, Value)]) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for (column, value) in expected {
            let stored = self.get(column)?;
            if stored != value {
                found.push(format!("{column}: {stored:?} instead of {value:?}"));
            }
        }
        Ok(found)
    }

    /// The first column as an integer: for statements that ask for one number.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn number(&self) -> Result<i64, Error> {
        match self.values.first() {
            Some(Value::Int(value)) => Ok(*value),
            Some(Value::Null | Value::Text(_) | Value::Blob(_)) | None => {
                Err(self.wrong("number", "an integer"))
            }
        }
    }

    /// All columns as integers: for statements that ask for nothing else.
    pub(crate) fn numbers(&self) -> Result<Vec<i64>, Error> {
        let number = |value: &Value| match value {
            Value::Int(value) => Ok(*value),
            Value::Null | Value::Text(_) | Value::Blob(_) => Err(self.wrong("numbers", "integers")),
        };
        self.values.iter().map(number).collect()
    }

    /// An integer.
    ///
    /// # Errors
    /// Another type, or no such column.
    pub fn int(&self, column: &str) -> Result<i64, Error> {
        self.opt_int(column)?.ok_or_else(|| self.wrong(column, "an integer"))
    }

    /// A whole number that is not negative.
    ///
    /// # Errors
    /// As [`Row::int`], or a number below zero.
    pub fn count(&self, column: &str) -> Result<u32, Error> {
        u32::try_from(self.int(column)?).map_err(|_| self.wrong(column, "a count"))
    }

    /// An integer or nothing.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, Error> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(*value)),
            Value::Text(_) | Value::Blob(_) => Err(self.wrong(column, "an integer")),
        }
    }

    /// Yes or no, which both engines keep as 1 and 0.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn yes(&self, column: &str) -> Result<bool, Error> {
        Ok(self.int(column)? != 0)
    }

    /// An instant, UTC.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn instant(&self, column: &str) -> Result<Instant, Error> {
        self.int(column).map(Instant)
    }

    /// Text.
    ///
    /// # Errors
    /// Another type, or no such column.
    pub fn text(&self, column: &str) -> Result<String, Error> {
        self.opt_text(column)?.ok_or_else(|| self.wrong(column, "text"))
    }

    /// Text or nothing.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn opt_text(&self, column: &str) -> Result<Option<String>, Error> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value.clone())),
            Value::Int(_) | Value::Blob(_) => Err(self.wrong(column, "text")),
        }
    }

    /// A word of a code list.
    ///
    /// # Errors
    /// As [`Row::text`], or a word that the list does not have.
    pub fn word<T: CodeList>(&self, column: &str) -> Result<T, Error> {
        self.opt_word(column)?.ok_or_else(|| self.wrong(column, "a word of its list"))
    }

    /// A word of a code list, or nothing.
    ///
    /// # Errors
    /// As [`Row::word`].
    pub fn opt_word<T: CodeList>(&self, column: &str) -> Result<Option<T>, Error> {
        let Some(word) = self.opt_text(column)? else { return Ok(None) };
        T::of_word(&word).map(Some).ok_or_else(|| self.wrong(column, "a word of its list"))
    }

    /// Words with blanks between them, each read by `parse`.
    ///
    /// # Errors
    /// As [`Row::text`], or a word that does not parse.
    pub fn words<T>(&self, column: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
        let words = self.text(column)?;
        let wrong = || self.wrong(column, "words of a list");
        words.split_whitespace().map(|word| parse(word).ok_or_else(wrong)).collect()
    }

    /// A date, office-local.
    ///
    /// # Errors
    /// As [`Row::text`], or text that is no date.
    pub fn date(&self, column: &str) -> Result<Date, Error> {
        self.opt_date(column)?.ok_or_else(|| self.wrong(column, "a date"))
    }

    /// A date or nothing.
    ///
    /// # Errors
    /// As [`Row::date`].
    pub fn opt_date(&self, column: &str) -> Result<Option<Date>, Error> {
        let Some(text) = self.opt_text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.wrong(column, "a date"))
    }

    /// What was kept as JSON.
    ///
    /// # Errors
    /// As [`Row::text`], or text that does not parse.
    pub fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, Error> {
        let Value::Text(text) = self.get(column)? else {
            return Err(self.wrong(column, "text"));
        };
        serde_json::from_str(text).map_err(|error| {
            // The place, never the words: they may be somebody's.
            let (line, at) = (error.line(), error.column());
            self.wrong(column, &format!("what the program writes, at {line}:{at},"))
        })
    }
}

/// Whether rows hold what a case file gives, one for one.
pub(crate) fn same<R: AsRef<[(&'static str, Value)]>>(
    stored: &[Row],
    expected: &[R],
) -> Result<bool, Error> {
    let mut same = stored.len() == expected.len();
    for (row, expected) in stored.iter().zip(expected) {
        same &= row.differs(expected.as_ref())?.is_empty();
    }
    Ok(same)
}
