//! Values and rows as both engines know them (值与行).

use crate::Error;
use casework::code::CodeList;
use jiff::civil::Date;

/// A value of a column or parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

macro_rules! from {
    ($($from:ty => |$value:ident| $to:expr),+ $(,)?) => {$(
        impl From<$from> for Value { fn from($value: $from) -> Self { $to } }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self { value.map_or(Value::Null, Value::from) }
        }
    )+};
}

from! {
    i64 => |value| Value::Int(value),
    i32 => |value| Value::Int(i64::from(value)),
    u32 => |value| Value::Int(i64::from(value)),
    bool => |value| Value::Int(i64::from(value)),
    String => |value| Value::Text(value),
    &str => |value| Value::Text(value.to_owned()),
    &String => |value| Value::Text(value.clone()),
    Date => |value| Value::Text(value.to_string()),
    Vec<u8> => |value| Value::Blob(value),
}

/// A row, read from left to right.
#[derive(Debug)]
pub struct Row {
    values: std::vec::IntoIter<Value>,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self { values: values.into_iter() }
    }

    fn wrong(expected: &str, found: &Value) -> Error {
        Error::Corrupt {
            table: "?",
            key: String::new(),
            column: format!("expected {expected}, found {found:?}"),
        }
    }

    /// The next value, whatever it is.
    pub fn value(&mut self) -> Value {
        self.values.next().unwrap_or(Value::Null)
    }

    /// The next value as an integer.
    ///
    /// # Errors
    /// Another type.
    pub fn int(&mut self) -> Result<i64, Error> {
        match self.value() {
            Value::Int(value) => Ok(value),
            other @ (Value::Null | Value::Text(_) | Value::Blob(_)) => {
                Err(Self::wrong("integer", &other))
            }
        }
    }

    /// The next value as an integer or nothing.
    ///
    /// # Errors
    /// Another type.
    pub fn opt_int(&mut self) -> Result<Option<i64>, Error> {
        match self.value() {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(value)),
            other @ (Value::Text(_) | Value::Blob(_)) => Err(Self::wrong("integer", &other)),
        }
    }

    /// The next value as text.
    ///
    /// # Errors
    /// Another type.
    pub fn text(&mut self) -> Result<String, Error> {
        match self.value() {
            Value::Text(value) => Ok(value),
            other @ (Value::Null | Value::Int(_) | Value::Blob(_)) => {
                Err(Self::wrong("text", &other))
            }
        }
    }

    /// The next value as text or nothing.
    ///
    /// # Errors
    /// Another type.
    pub fn opt_text(&mut self) -> Result<Option<String>, Error> {
        match self.value() {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value)),
            other @ (Value::Int(_) | Value::Blob(_)) => Err(Self::wrong("text", &other)),
        }
    }

    /// The next value as a word of a code list.
    ///
    /// # Errors
    /// Another type, or a word that the list does not have.
    pub fn word<T: CodeList>(&mut self) -> Result<T, Error> {
        let word = self.text()?;
        T::of_word(&word).ok_or_else(|| Self::wrong("word", &Value::Text(word)))
    }

    /// The next value as a word of a code list, or nothing.
    ///
    /// # Errors
    /// Another type, or a word that the list does not have.
    pub fn opt_word<T: CodeList>(&mut self) -> Result<Option<T>, Error> {
        let Some(word) = self.opt_text()? else { return Ok(None) };
        T::of_word(&word).map(Some).ok_or_else(|| Self::wrong("word", &Value::Text(word)))
    }

    /// The next value as a date.
    ///
    /// # Errors
    /// Not a date.
    pub fn date(&mut self) -> Result<Date, Error> {
        let text = self.text()?;
        text.parse().map_err(|_| Self::wrong("date", &Value::Text(text)))
    }

    /// The next value as a date or nothing.
    ///
    /// # Errors
    /// Not a date.
    pub fn opt_date(&mut self) -> Result<Option<Date>, Error> {
        let Some(text) = self.opt_text()? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| Self::wrong("date", &Value::Text(text)))
    }
}

/// Parameters of a statement: `params![a, b]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] as &[$crate::value::Value] };
}
