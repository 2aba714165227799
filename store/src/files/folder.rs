//! Attachments in a folder (附件目录), beside the database or shared by several programs.

use crate::Error;
use casework::moment::Instant;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// The folder of contents. A content's time is the house's clock when it was last handed in or held, so that
/// nothing is swept that a form is still being filled in with.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

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

    /// Begins to take a content in.
    pub(super) fn incoming(&self) -> Result<NamedTempFile, Error> {
        Ok(tempfile::Builder::new().prefix(INCOMING).tempfile_in(&self.0)?)
    }

    /// Keeps what came in under its hash. Synced with its folder and renamed, so that a killed process or machine
    /// leaves the whole file or none. What lies there under the same hash is replaced, so that the right content
    /// heals a damaged one.
    pub(super) fn take(
        &self,
        hash: &str,
        incoming: NamedTempFile,
        at: Instant,
    ) -> Result<(), Error> {
        let path = self.path(hash);
        set_time(incoming.as_file(), at)?;
        incoming.as_file().sync_all()?;
        incoming.persist(&path).map_err(|error| error.error)?;
        if let Some(shelf) = path.parent() {
            File::open(shelf)?.sync_all()?;
        }
        Ok(())
    }

    /// Renews a content's time, so that no sweep takes it before what needs it is recorded; false if it is not
    /// there.
    pub(super) fn hold(&self, hash: &str, at: Instant) -> Result<bool, Error> {
        match File::options().write(true).open(self.path(hash)) {
            Ok(file) => set_time(&file, at).map(|()| true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A content as it lies there.
    pub(super) fn read(&self, hash: &str) -> Result<Vec<u8>, Error> {
        Ok(std::fs::read(self.path(hash))?)
    }

    /// Whether a content lies there, whole or not.
    pub(super) fn holds(&self, hash: &str) -> bool {
        self.path(hash).is_file()
    }

    /// Every hash in the folder, in order.
    pub(super) fn list(&self) -> Result<Vec<String>, Error> {
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
    pub(super) fn older_than(&self, before: Instant) -> Result<Vec<String>, Error> {
        let mut hashes = self.list()?;
        hashes.retain(|hash| older(&self.path(hash), before));
        Ok(hashes)
    }

    /// Removes a content that nobody held since an instant; says whether it did. It is moved away before its time
    /// is looked at: whoever holds it meanwhile either renewed it and it comes back, or finds it gone and is told
    /// so.
    pub(super) fn remove(&self, hash: &str, before: Instant) -> Result<bool, Error> {
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
    pub(super) fn recover(&self, before: Instant) -> Result<(), Error> {
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
