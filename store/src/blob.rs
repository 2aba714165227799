//! Attachments (附件): by the hash of their content, in a folder beside the database.

use crate::{Error, Tx, params};
use casework::matter::MatterId;
use casework::moment::Instant;
use casework::petition::Attachment;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of contents.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// It can't be made.
    pub fn open(path: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(path)?;
        Ok(Self(path.to_owned()))
    }

    /// Keeps a content; returns its hash. Written aside, synced and renamed, so that a killed
    /// process leaves the whole file or none.
    ///
    /// # Errors
    /// The disk is full or read-only.
    pub fn keep(&self, content: &[u8]) -> Result<String, Error> {
        let hash = hex::encode(Sha256::digest(content));
        let path = self.path(&hash);
        if path.exists() {
            return Ok(hash);
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let aside = path.with_extension("part");
        let mut file = std::fs::File::create(&aside)?;
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&aside, &path)?;
        Ok(hash)
    }

    /// Reads a content and checks it against its hash.
    ///
    /// # Errors
    /// It is missing, or not what the hash says.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, Error> {
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Key("not a hash"));
        }
        let content = std::fs::read(self.path(hash))?;
        if hex::encode(Sha256::digest(&content)) != hash {
            return Err(Error::Corrupt {
                table: "blob",
                key: hash.to_owned(),
                column: "content does not match its hash".to_owned(),
            });
        }
        Ok(content)
    }

    /// Every hash in the folder, in order.
    ///
    /// # Errors
    /// The folder can't be read.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let mut hashes = Vec::new();
        for shelf in std::fs::read_dir(&self.0)? {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(shelf)? {
                let name = file?.file_name().to_string_lossy().into_owned();
                if name.len() == 64 {
                    hashes.push(name);
                }
            }
        }
        hashes.sort();
        Ok(hashes)
    }

    /// The hashes of contents written before an instant, by the file system's clock.
    ///
    /// # Errors
    /// The folder can't be read.
    pub fn older_than(&self, before: Instant) -> Result<Vec<String>, Error> {
        let mut hashes = self.list()?;
        hashes.retain(|hash| {
            let written = std::fs::metadata(self.path(hash)).and_then(|data| data.modified());
            let written = written.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let millis = written.and_then(|since| i64::try_from(since.as_millis()).ok());
            millis.is_some_and(|millis| millis < before.0)
        });
        Ok(hashes)
    }

    /// Removes a content.
    ///
    /// # Errors
    /// It can't be removed.
    pub fn remove(&self, hash: &str) -> Result<(), Error> {
        Ok(std::fs::remove_file(self.path(hash))?)
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.0.join(hash.get(..2).unwrap_or("00")).join(hash)
    }
}

/// Notes that a matter holds a file.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, matter: MatterId, file: &Attachment) -> Result<(), Error> {
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    tx.run(
        "INSERT INTO attachment (matter, hash, name, media, size) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (matter, hash) DO NOTHING",
        params![matter.0, &file.hash, &file.name, &file.media, size],
    )?;
    Ok(())
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
    .map(|mut row| Ok((row.text()?, row.text()?)))
    .transpose()
}

/// Whether a file belongs to any matter.
///
/// # Errors
/// The engine failed.
pub fn belongs(tx: &mut Tx<'_>, hash: &str) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM attachment WHERE hash = $1
               UNION ALL SELECT 1 FROM duty_file WHERE hash = $1 LIMIT 1";
    Ok(tx.opt(sql, params![hash])?.is_some())
}
