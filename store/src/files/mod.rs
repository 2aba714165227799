//! Where the contents of attachments lie (附件存放处), by their hash: in a folder, or in a bucket of a server that speaks
//! S3, which several programs over one record share.

mod bucket;
mod folder;

pub use bucket::Bucket;
pub use folder::Folder;

use crate::Error;
use casework::moment::Instant;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

/// The contents of attachments (附件存放处). A content's time is the house's clock when it was last handed in or held, so
/// that nothing is swept that a form is still being filled in with.
#[derive(Debug, Clone)]
pub enum Files {
    /// In a folder.
    Folder(Folder),
    /// In a bucket.
    Bucket(Bucket),
}

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

impl Files {
    /// The place of this address: `s3://bucket/prefix`, or the path of a folder, which is made if need be. `aside` is a
    /// folder of the program's own for what is on its way into a bucket. How a bucket's server is reached and by whom
    /// stands in the environment (`AWS_ENDPOINT`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`).
    ///
    /// # Errors
    /// The folder can't be made; the server can't be reached or refuses.
    pub fn open(address: &str, aside: &Path) -> Result<Self, Error> {
        if address.starts_with("s3://") {
            return Ok(Self::Bucket(Bucket::open(address, Folder::open(aside)?)?));
        }
        Ok(Self::Folder(Folder::open(Path::new(address))?))
    }

    /// Begins to take a content in.
    ///
    /// # Errors
    /// The disk is full or read-only.
    pub fn incoming(&self) -> Result<Incoming, Error> {
        let file = match self {
            Self::Folder(folder) => folder.incoming()?,
            Self::Bucket(bucket) => bucket.aside().incoming()?,
        };
        Ok(Incoming { file, digest: Sha256::new(), size: 0 })
    }

    /// Keeps what came in; returns its hash. It is there for good when this returns.
    ///
    /// # Errors
    /// The disk is full or read-only; the server is away.
    pub fn take(&self, incoming: Incoming, at: Instant) -> Result<String, Error> {
        let hash = hex::encode(incoming.digest.finalize());
        match self {
            Self::Folder(folder) => folder.take(&hash, incoming.file, at)?,
            Self::Bucket(bucket) => bucket.take(&hash, incoming.file, at)?,
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
        match self {
            Self::Folder(folder) => folder.hold(hash, at),
            Self::Bucket(bucket) => bucket.hold(hash, at),
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
        let content = match self {
            Self::Folder(folder) => folder.read(hash)?,
            Self::Bucket(bucket) => bucket.read(hash)?,
        };
        if hex::encode(Sha256::digest(&content)) != hash {
            return Err(Error::Corrupt {
                table: "attachment".to_owned(),
                key: format!("hash {hash}"),
                column: "content: it does not match its hash".to_owned(),
            });
        }
        Ok(content)
    }

    /// What is wrong with a content, if anything is: it is missing, damaged, or can't be read.
    pub fn fault(&self, hash: &str) -> Option<String> {
        self.read(hash).err().map(|error| format!("attachment {hash}: {error}"))
    }

    /// Whether a content lies there, whole or not.
    ///
    /// # Errors
    /// The server is away.
    pub fn holds(&self, hash: &str) -> Result<bool, Error> {
        match self {
            Self::Folder(folder) => Ok(folder.holds(hash)),
            Self::Bucket(bucket) => bucket.holds(hash),
        }
    }

    /// Every hash, in order.
    ///
    /// # Errors
    /// They can't be listed.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        match self {
            Self::Folder(folder) => folder.list(),
            Self::Bucket(bucket) => bucket.list(),
        }
    }

    /// The hashes of contents that nobody handed in or held since an instant.
    ///
    /// # Errors
    /// They can't be listed.
    pub fn older_than(&self, before: Instant) -> Result<Vec<String>, Error> {
        match self {
            Self::Folder(folder) => folder.older_than(before),
            Self::Bucket(bucket) => bucket.older_than(before),
        }
    }

    /// Removes a content that nobody held since an instant; says whether it did. Whoever holds it meanwhile either
    /// renewed it and it comes back, or finds it gone and is told so.
    ///
    /// # Errors
    /// It can't be removed.
    pub fn remove(&self, hash: &str, before: Instant) -> Result<bool, Error> {
        match self {
            Self::Folder(folder) => folder.remove(hash, before),
            Self::Bucket(bucket) => bucket.remove(hash, before),
        }
    }

    /// Told that a content belongs to something: nobody has to ask again when it was held.
    ///
    /// # Errors
    /// The server is away.
    pub fn belongs(&self, hash: &str, before: Instant) -> Result<(), Error> {
        match self {
            Self::Folder(_) => Ok(()),
            Self::Bucket(bucket) => bucket.forget_marks(hash, before),
        }
    }

    /// Brings back what a killed sweep left on its way out, and removes what came in before an instant and was
    /// never kept.
    ///
    /// # Errors
    /// They can't be read or written.
    pub fn recover(&self, before: Instant) -> Result<(), Error> {
        match self {
            Self::Folder(folder) => folder.recover(before),
            Self::Bucket(bucket) => {
                bucket.recover()?;
                bucket.aside().recover(before)
            }
        }
    }
}
