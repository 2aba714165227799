//! Attachments in a bucket (对象存储): `aa/<hash>` is a content, `held/<hash>/<milliseconds>` says when it was handed in or
//! held, `leaving/<hash>` is on its way out. Marks go when what they mark belongs to something, so that a sweep looks
//! at what came lately and not at everything.

use super::folder::Folder;
use crate::Error;
use casework::moment::Instant;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tempfile::NamedTempFile;
use tokio::runtime::Runtime;

/// How long the server may take to answer, and how long is tried in all.
const ANSWER: Duration = Duration::from_secs(30);
const CONNECTING: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(15);

/// A bucket, or a part of one.
#[derive(Debug, Clone)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    runtime: Arc<Runtime>,
    /// For what is on its way.
    aside: Folder,
}

impl From<object_store::Error> for Error {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of errors grows")]
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => {
                Self::File(std::io::Error::from(std::io::ErrorKind::NotFound))
            }
            other => Self::Away(format!("attachments: {other}")),
        }
    }
}

impl Bucket {
    /// Opens a bucket that is there, and looks whether it answers.
    pub(super) fn open(address: &str, aside: Folder) -> Result<Self, Error> {
        // One library for all of TLS; that it was chosen before is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = ClientOptions::new().with_connect_timeout(CONNECTING).with_timeout(ANSWER);
        let client = client.with_allow_http(
            std::env::var("AWS_ENDPOINT").is_ok_and(|server| server.starts_with("http://")),
        );
        let retry =
            RetryConfig { max_retries: 2, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let store = AmazonS3Builder::from_env()
            .with_url(address)
            .with_client_options(client)
            .with_retry(retry)
            .build()?;
        let (_, prefix) = address.trim_start_matches("s3://").split_once('/').unwrap_or_default();
        let store: Arc<dyn ObjectStore> = Arc::new(PrefixStore::new(store, prefix));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let bucket = Self { store, runtime: Arc::new(runtime), aside };
        bucket.names("held")?;
        Ok(bucket)
    }

    pub(super) fn aside(&self) -> &Folder {
        &self.aside
    }

    fn wait<T>(
        &self,
        work: impl Future<Output = Result<T, object_store::Error>>,
    ) -> Result<T, Error> {
        Ok(self.runtime.block_on(work)?)
    }

    /// Marked first: a content without a mark would never be looked at.
    pub(super) fn take(&self, hash: &str, file: NamedTempFile, at: Instant) -> Result<(), Error> {
        let bytes = std::fs::read(file.path())?;
        self.mark(hash, at)?;
        self.wait(self.store.put(&content(hash), bytes.into())).map(|_| ())
    }

    fn mark(&self, hash: &str, at: Instant) -> Result<(), Error> {
        self.wait(self.store.put(&mark(hash, at), Vec::new().into())).map(|_| ())
    }

    pub(super) fn hold(&self, hash: &str, at: Instant) -> Result<bool, Error> {
        self.mark(hash, at)?;
        self.holds(hash)
    }

    pub(super) fn holds(&self, hash: &str) -> Result<bool, Error> {
        match self.wait(self.store.head(&content(hash))) {
            Ok(_) => Ok(true),
            Err(Error::File(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) fn read(&self, hash: &str) -> Result<Vec<u8>, Error> {
        let path = content(hash);
        let bytes = self.wait(async { self.store.get(&path).await?.bytes().await })?;
        Ok(bytes.to_vec())
    }

    /// The names below a part of the bucket, or of all of it.
    fn names(&self, below: &str) -> Result<Vec<String>, Error> {
        let below = (!below.is_empty()).then(|| Path::from(below));
        self.wait(async {
            let mut names = Vec::new();
            let mut listed = self.store.list(below.as_ref());
            while let Some(object) =
                std::future::poll_fn(|context| listed.as_mut().poll_next(context)).await
            {
                names.push(object?.location.to_string());
            }
            Ok(names)
        })
    }

    pub(super) fn list(&self) -> Result<Vec<String>, Error> {
        let mut hashes = Vec::new();
        for name in self.names("")? {
            hashes.extend(
                name.split_once('/')
                    .filter(|(shelf, hash)| shelf.len() == 2 && hash.len() == 64)
                    .map(|(_, hash)| hash.to_owned()),
            );
        }
        hashes.sort();
        Ok(hashes)
    }

    /// When contents below a part were handed in or held, as their marks say.
    fn marks(&self, below: &str) -> Result<BTreeMap<String, Vec<Instant>>, Error> {
        let mut marks: BTreeMap<String, Vec<Instant>> = BTreeMap::new();
        for name in self.names(below)? {
            if let [_, hash, millis] = *name.split('/').collect::<Vec<_>>() {
                let at = Instant(millis.parse().unwrap_or(i64::MAX));
                marks.entry(hash.to_owned()).or_default().push(at);
            }
        }
        Ok(marks)
    }

    fn marks_of(&self, hash: &str) -> Result<Vec<Instant>, Error> {
        Ok(self.marks(&format!("held/{hash}"))?.remove(hash).unwrap_or_default())
    }

    pub(super) fn older_than(&self, before: Instant) -> Result<Vec<String>, Error> {
        let marks = self.marks("held")?.into_iter();
        let old = marks.filter(|(_, marks)| marks.iter().all(|at| *at < before));
        Ok(old.map(|(hash, _)| hash).collect())
    }

    pub(super) fn forget_marks(&self, hash: &str, before: Instant) -> Result<(), Error> {
        for at in self.marks_of(hash)?.into_iter().filter(|at| *at < before) {
            self.delete(&mark(hash, at))?;
        }
        Ok(())
    }

    /// It is moved away before its marks are looked at again.
    pub(super) fn remove(&self, hash: &str, before: Instant) -> Result<bool, Error> {
        let (here, leaving) = (content(hash), leaving(hash));
        let moved = self.wait(async {
            self.store.copy(&here, &leaving).await?;
            self.store.delete(&here).await
        });
        match moved {
            // Marked, and never handed in.
            Ok(()) | Err(Error::File(_)) => {}
            Err(error) => return Err(error),
        }
        if self.marks_of(hash)?.iter().any(|at| *at >= before) {
            self.bring_back(hash)?;
            return Ok(false);
        }
        self.delete(&leaving)?;
        self.forget_marks(hash, before)?;
        Ok(true)
    }

    fn delete(&self, path: &Path) -> Result<(), Error> {
        match self.wait(self.store.delete(path)) {
            Ok(()) | Err(Error::File(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn bring_back(&self, hash: &str) -> Result<(), Error> {
        if !self.holds(hash)? {
            self.wait(self.store.copy(&leaving(hash), &content(hash)))?;
        }
        self.delete(&leaving(hash))
    }

    pub(super) fn recover(&self) -> Result<(), Error> {
        for name in self.names("leaving")? {
            if let Some((_, hash)) = name.split_once('/') {
                self.bring_back(hash)?;
            }
        }
        Ok(())
    }
}

fn content(hash: &str) -> Path {
    Path::from(format!("{}/{hash}", hash.get(..2).unwrap_or("00")))
}

fn mark(hash: &str, at: Instant) -> Path {
    Path::from(format!("held/{hash}/{}", at.0))
}

fn leaving(hash: &str) -> Path {
    Path::from(format!("leaving/{hash}"))
}
