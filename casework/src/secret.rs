//! What only lies in a file (密封内容): names under seal, keyed hashes by which somebody is recognised.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// Something that lies in a file and is nobody's to read there (密封内容). On the wire it is its text; for readers it is
/// withheld, and then left out altogether.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(with = "String")]
pub struct Secret(Option<String>);

impl Secret {
    /// Leaves it out of what is read.
    pub fn withhold(&mut self) {
        self.0 = None;
    }

    /// Whether it is left out.
    pub fn is_withheld(&self) -> bool {
        self.0.is_none()
    }
}

impl Default for Secret {
    /// There is none: an empty text, which the file keeps.
    fn default() -> Self {
        Self(Some(String::new()))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl fmt::Debug for Secret {
    /// Never what it holds: what is debugged ends up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_withheld() { "Secret(withheld)" } else { "Secret(…)" })
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}
