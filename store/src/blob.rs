//! Attachments (附件): by the hash of their content, in a folder beside the database.

use crate::row::Row;
use crate::table::{ATTACHMENT, named};
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::matter::MatterId;
use casework::moment::Instant;
use casework::petition::Attachment;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// The folder of contents. A content's time is the house's clock when it was last handed in or held, so that
/// nothing is swept that a form is still being filled in with.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// A content that is coming in (接收中的文件): written under a name of its own, gone if nobody keeps it.
#[derive(Debug)]
pub struct Incoming {
    file: NamedTempFile,
    digest: Sha256,
    size: u64,
}

impl Incoming {
    /// Adds to it.
    ///
    /// # Errors
    /// The disk is full or read-only.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes it has so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its bytes from the beginning.
    ///
    /// # Errors
    /// It can't be read.
    pub fn reader(&self) -> Result<File, Error> {
        Ok(self.file.reopen()?)
    }
}

/// How names of contents begin that are not kept yet.
const INCOMING: &str = ".incoming-";
/// How names end of contents that are on their way out.
const LEAVING: &str = ".leaving";

fn instant(time: SystemTime) -> Instant {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn set_time(file: &File, at: Instant) -> Result<(), Error> {
    let since = Duration::from_millis(u64::try_from(at.0).unwrap_or_default());
    Ok(file.set_modified(SystemTime::UNIX_EPOCH + since)?)
}

impl Folder {
    /// Opens the folder, making it if need be, with all its shelves: of one that is made when it is needed first,
    /// others who find it there would not know whether the disk has it yet.
    ///
    /// # Errors
    /// It can't be made.
    pub fn open(path: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(path)?;
        let folder = Self(path.to_owned());
        for shelf in 0..=u8::MAX {
            std::fs::create_dir_all(path.join(format!("{shelf:02x}")))?;
        }
        File::open(path)?.sync_all()?;
        if let Some(around) = path.parent().filter(|around| around.is_dir()) {
            File::open(around)?.sync_all()?;
        }
        Ok(folder)
    }

    /// The folder as it is, to look at it.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Begins to take a content in.
    ///
    /// # Errors
    /// The disk is full or read-only.
    pub fn incoming(&self) -> Result<Incoming, Error> {
        let file = tempfile::Builder::new().prefix(INCOMING).tempfile_in(&self.0)?;
        Ok(Incoming { file, digest: Sha256::new(), size: 0 })
    }

    /// Keeps what came in; returns its hash. Synced with its folder and renamed, so that a killed process or
    /// machine leaves the whole file or none. What lies there under the same hash is replaced, so that the right
    /// content heals a damaged one.
    ///
    /// # Errors
    /// The disk is full or read-only.
    pub fn take(&self, incoming: Incoming, at: Instant) -> Result<String, Error> {
        let hash = hex::encode(incoming.digest.finalize());
        let path = self.path(&hash);
        set_time(incoming.file.as_file(), at)?;
        incoming.file.as_file().sync_all()?;
        if let Some(shelf) = path.parent() {
            incoming.file.persist(&path).map_err(|error| error.error)?;
            File::open(shelf)?.sync_all()?;
        }
        Ok(hash)
    }

    /// Keeps a content that is at hand; returns its hash.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn keep(&self, content: &[u8], at: Instant) -> Result<String, Error> {
        let mut incoming = self.incoming()?;
        incoming.write(content)?;
        self.take(incoming, at)
    }

    /// Renews a content's time, so that no sweep takes it before what needs it is recorded; false if it is not
    /// there.
    ///
    /// # Errors
    /// It can't be written.
    pub fn hold(&self, hash: &str, at: Instant) -> Result<bool, Error> {
        match File::options().write(true).open(self.path(hash)) {
            Ok(file) => set_time(&file, at).map(|()| true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
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
                table: "attachment".to_owned(),
                key: format!("hash {hash}"),
                column: "content: it does not match its hash".to_owned(),
            });
        }
        Ok(content)
    }

    /// Whether a content lies there, whole or not.
    pub fn holds(&self, hash: &str) -> bool {
        self.path(hash).is_file()
    }

    /// What is wrong with a content, if anything is: it is missing, damaged, or can't be read.
    pub fn fault(&self, hash: &str) -> Option<String> {
        self.read(hash).err().map(|error| format!("attachment {hash}: {error}"))
    }

    /// Every hash in the folder, in order.
    ///
    /// # Errors
    /// The folder can't be read.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let mut hashes: Vec<String> =
            self.names()?.into_iter().filter(|name| name.len() == 64).collect();
        hashes.sort();
        Ok(hashes)
    }

    /// The names on all shelves.
    fn names(&self) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        for shelf in std::fs::read_dir(&self.0)? {
            let shelf = shelf?.path();
            if shelf.is_dir() {
                for file in std::fs::read_dir(shelf)? {
                    names.push(file?.file_name().to_string_lossy().into_owned());
                }
            }
        }
        Ok(names)
    }

    /// The hashes of contents that nobody handed in or held since an instant.
    ///
    /// # Errors
    /// The folder can't be read.
    pub fn older_than(&self, before: Instant) -> Result<Vec<String>, Error> {
        let mut hashes = self.list()?;
        hashes.retain(|hash| older(&self.path(hash), before));
        Ok(hashes)
    }

    /// Removes a content that nobody held since an instant; says whether it did. It is moved away before its time
    /// is looked at: whoever holds it meanwhile either renewed it and it comes back, or finds it gone and is told
    /// so.
    ///
    /// # Errors
    /// It can't be removed.
    pub fn remove(&self, hash: &str, before: Instant) -> Result<bool, Error> {
        let path = self.path(hash);
        let leaving = path.with_extension(LEAVING.trim_start_matches('.'));
        std::fs::rename(&path, &leaving)?;
        if older(&leaving, before) {
            std::fs::remove_file(&leaving)?;
            return Ok(true);
        }
        std::fs::rename(&leaving, &path)?;
        Ok(false)
    }

    /// Brings back what a killed sweep left on its way out, and removes what came in before an instant and was
    /// never kept.
    ///
    /// # Errors
    /// The folder can't be read or written.
    pub fn recover(&self, before: Instant) -> Result<(), Error> {
        for name in self.names()? {
            if let Some(hash) = name.strip_suffix(LEAVING)
                && !self.path(hash).exists()
            {
                std::fs::rename(self.path(hash).with_file_name(&name), self.path(hash))?;
            }
        }
        for entry in std::fs::read_dir(&self.0)? {
            let entry = entry?;
            let unkept = entry.file_name().to_string_lossy().starts_with(INCOMING);
            if unkept && older(&entry.path(), before) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.0.join(hash.get(..2).unwrap_or("00")).join(hash)
    }
}

/// Whether a file's time lies before an instant; what can't be looked at is not old.
fn older(path: &Path, before: Instant) -> bool {
    let modified = std::fs::metadata(path).and_then(|data| data.modified());
    modified.is_ok_and(|time| instant(time) < before)
}

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
