//! Values as both engines know them (值).

use casework::calendar::days_between;
use jiff::civil::{Date, date};

/// A value of a column or parameter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

/// Days since 1970-01-01, so that both engines can subtract dates.
pub fn day(on: Date) -> i64 {
    days_between(date(1970, 1, 1), on)
}

/// Parameters of a statement: `params![a, b]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] as &[$crate::value::Value] };
}
