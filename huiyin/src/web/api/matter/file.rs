//! Case files, people and papers as the API answers them (案卷、人员、文书应答).

use casework::matter::Entry;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// A line of a case file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Line")]
pub struct FileLine {
    sequence: i64,
    /// SHA-256 over the hash before and this line as it is kept, in hex.
    hash: String,
    entry: Entry,
}

impl From<store::fact::FactLine> for FileLine {
    fn from(line: store::fact::FactLine) -> Self {
        let store::fact::FactLine { sequence, entry, hash, .. } = line;
        Self { sequence, hash, entry: entry.for_readers() }
    }
}

/// A case file.
#[derive(Serialize, JsonSchema)]
pub struct CaseFile {
    pub(super) lines: Vec<FileLine>,
}

/// Somebody in the clear.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Identity")]
pub struct IdentityShown {
    petition: String,
    name: String,
    phone: String,
    id_number: String,
    address: String,
}

impl IdentityShown {
    pub fn of(petition: String, who: store::vault::Identity) -> Self {
        let store::vault::Identity { name, phone, id_number, address } = who;
        Self { petition, name, phone, id_number, address }
    }
}

/// The petitioners of a matter in the clear.
#[derive(Serialize, JsonSchema)]
pub struct Identities {
    pub(super) identities: Vec<IdentityShown>,
}

/// What a notice or an opinion says, with names in the clear.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Paper")]
pub struct PaperShown {
    title: String,
    number: String,
    to: String,
    paragraphs: Vec<String>,
    unit: String,
    phone: String,
    on: Date,
}

impl From<crate::paper::Paper> for PaperShown {
    fn from(paper: crate::paper::Paper) -> Self {
        Self {
            title: paper.title,
            number: paper.number,
            to: paper.to,
            paragraphs: paper.paragraphs,
            unit: paper.unit,
            phone: paper.phone,
            on: paper.on,
        }
    }
}
