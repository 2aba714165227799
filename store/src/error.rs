//! What can go wrong with the machine (存储错误); refusals of law are elsewhere.

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row holds what fits no lawful state.
    #[error("corrupt row: {table} {key}: {column}")]
    Corrupt {
        /// The table.
        table: String,
        /// The row's key: its columns and their values.
        key: String,
        /// The column, and what is wrong with it.
        column: String,
    },
    /// Somebody else changed the matter meanwhile; the caller reads again.
    #[error("the matter changed meanwhile")]
    Conflict,
    /// The disk is full or read-only; nothing of the act was kept.
    #[error("no space or no right to write: {0}")]
    Full(String),
    /// The database does not answer; it may again in a moment.
    #[error("database: {0}")]
    Away(String),
    /// The engine failed.
    #[error("database: {0}")]
    Engine(String),
    /// A key does not open what it should.
    #[error("key: {0}")]
    Key(&'static str),
    /// A file could not be read or written.
    #[error("file: {0}")]
    File(std::io::Error),
}

impl Error {
    /// The same for somebody else whom it concerns too.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Full(said) => Self::Full(said.clone()),
            Self::Away(said) => Self::Away(said.clone()),
            Self::Conflict => Self::Conflict,
            Self::Corrupt { .. } | Self::Engine(_) | Self::Key(_) | Self::File(_) => {
                Self::Engine(self.to_string())
            }
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            ReadOnly,
        };
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            Some(DiskFull | ReadOnly | CannotOpen) => Self::Full(error.to_string()),
            Some(DatabaseCorrupt | NotADatabase) => {
                Self::Engine(format!("{error}; `huiyin doctor` says where and what to do"))
            }
            // Another program holds the file for longer than anybody waits.
            Some(DatabaseBusy | DatabaseLocked) => Self::Away(error.to_string()),
            // Somebody else was first; any other constraint that breaks is a fault of the program.
            _ if matches!(
                extended,
                Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE)
            ) =>
            {
                Self::Conflict
            }
            _ => Self::Engine(error.to_string()),
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        match error.code().map(postgres::error::SqlState::code) {
            // Lost race, deadlock, unique violation: try again or tell the caller to look again.
            Some("40001" | "40P01" | "23505") => Self::Conflict,
            Some("53100") => Self::Full(error.to_string()),
            // No code: the connection broke. 57P0x: the server is stopping or starting. 53300: too many.
            None | Some("57P01" | "57P02" | "57P03" | "53300") => Self::Away(error.to_string()),
            _ => Self::Engine(error.as_db_error().map_or_else(
                || error.to_string(),
                |db| format!("{} {}", db.code().code(), db.message()),
            )),
        }
    }
}

impl From<std::io::Error> for Error {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the machine's list of errors grows by itself"
    )]
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | ReadOnlyFilesystem => Self::Full(error.to_string()),
            _ => Self::File(error),
        }
    }
}

impl From<r2d2::Error> for Error {
    fn from(error: r2d2::Error) -> Self {
        Self::Away(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Engine(format!("json: {error}"))
    }
}
