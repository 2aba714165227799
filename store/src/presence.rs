//! Who else works on the record (在用程序): what must happen while nobody else does asks first.

use crate::db::Db;
use crate::postgres_door::WRITERS;
use crate::{Error, params};
use std::fs::{File, TryLockError};

/// That no other program serves or renews the record (独占); until it is dropped none begins to on SQLite, and on
/// PostgreSQL each that begins finds out by itself.
pub struct Alone {
    _lock: Option<File>,
}

/// Nothing while another program serves or renews the record.
///
/// # Errors
/// The engine failed, or the folder can't be written.
pub fn alone(db: &Db) -> Result<Option<Alone>, Error> {
    match db {
        Db::Sqlite(sqlite) => {
            let path = sqlite.path().with_extension("lock");
            let lock = File::options().create(true).truncate(false).write(true).open(path)?;
            match lock.try_lock() {
                Ok(()) => Ok(Some(Alone { _lock: Some(lock) })),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(error.into()),
            }
        }
        Db::Postgres(_) => {
            // Every writer holds a place of its own; this one's is not counted.
            let others = "SELECT COUNT(*) FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND CAST(classid AS BIGINT) = CAST($1 # CAST(hashtext(current_schema()) AS BIGINT)
                    AS BIGINT) & 4294967295";
            let others = db.write(move |tx| tx.number(others, params![i64::from(WRITERS)]))?;
            Ok((others == 0).then_some(Alone { _lock: None }))
        }
    }
}
