//! Case files, people and papers as the API answers them (案卷、人员、文书应答).

use crate::identity::Opened;
use casework::matter::Entry;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use store::vault::Identity;

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
    /// Whether it is whom the petition accuses, and not who hands it in.
    accused: bool,
    name: String,
    phone: String,
    id_number: String,
    address: String,
}

impl From<Opened> for IdentityShown {
    fn from(Opened { petition, accused, who }: Opened) -> Self {
        let Identity { name, phone, id_number, address } = who;
        Self { petition, accused, name, phone, id_number, address }
    }
}

/// The petitioners of a matter and whom they accuse, in the clear.
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
