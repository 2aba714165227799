//! Which attachments belong to what (附件归属), by the hash of their content; where they lie is told by
//! [`crate::files`].

use crate::row::Row;
use crate::table::{ATTACHMENT, named};
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::matter::MatterId;
use casework::petition::Attachment;
use std::collections::BTreeSet;

/// The hashes of all files that belong to something, in order.
///
/// # Errors
/// The engine failed.
pub fn belonging(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let sql = "SELECT hash FROM attachment UNION SELECT hash FROM duty_file ORDER BY 1";
    tx.all(sql, &[])?.iter().map(|row| row.text("hash")).collect()
}

/// Notes that a matter holds a file.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, matter: MatterId, file: &Attachment) -> Result<(), Error> {
    tx.add(&ATTACHMENT, columns(matter, file)).map(|_| ())
}

fn columns(matter: MatterId, file: &Attachment) -> [(&'static str, Value); 5] {
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    let Attachment { hash, name, media, .. } = file;
    named![matter: matter.0, hash: hash, name: name, media: media, size: size]
}

/// What the record says of a matter's files beside what its case file says; for `verify`. A file handed in twice keeps
/// the name it came under first.
///
/// # Errors
/// The engine failed.
pub(crate) fn differences(
    stored: &[Row],
    matter: MatterId,
    files: &[&Attachment],
) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    for row in stored {
        let hash = row.text("hash")?;
        let mut told = false;
        for file in files.iter().filter(|file| file.hash == hash) {
            told |= row.differs(&columns(matter, file))?.is_empty();
        }
        if !told {
            found.push(format!("attachment: {matter} has {hash} otherwise than its file says"));
        }
        known.insert(hash);
    }
    let missing = files.iter().find(|file| !known.contains(&file.hash));
    found.extend(missing.map(|file| format!("attachment: {matter} lacks {}", file.hash)));
    Ok(found)
}

/// A file of a matter, by its hash: name and media type.
///
/// # Errors
/// The engine failed.
pub fn find(
    tx: &mut Tx<'_>,
    matter: MatterId,
    hash: &str,
) -> Result<Option<(String, String)>, Error> {
    tx.opt(
        "SELECT name, media FROM attachment WHERE matter = $1 AND hash = $2",
        params![matter.0, hash],
    )?
    .map(|row| Ok((row.text("name")?, row.text("media")?)))
    .transpose()
}

/// Whether a file belongs to any matter or record of the duty side.
///
/// # Errors
/// The engine failed.
pub fn belongs(tx: &mut Tx<'_>, hash: &str) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM attachment WHERE hash = $1
               UNION ALL SELECT 1 FROM duty_file WHERE hash = $1 LIMIT 1";
    Ok(tx.opt(sql, params![hash])?.is_some())
}
