//! SQLite's write-ahead log (预写日志). Left alone, the engine moves its pages into the file within whoever's commit makes
//! it too long, who then waits for hundreds of pages to reach the disk, and begins it anew when nobody reads from it,
//! which in a busy office is never. Here a hand of its own moves pages while others write; the writer moves the few
//! that came meanwhile, and takes the log back.

use crate::Error;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// How long a connection waits for another program that holds the file.
pub(crate) const WAIT: Duration = Duration::from_secs(10);

/// The log, as the writer keeps it short.
pub(crate) struct Log {
    path: PathBuf,
    /// At which size it is taken back whoever reads from it.
    next: u64,
    /// At which size pages are moved next.
    next_move: u64,
    /// Asks for pages to be moved.
    mover: SyncSender<()>,
    /// That they were.
    moved: Arc<AtomicBool>,
}

impl Log {
    /// From which size on its pages are moved, in bytes.
    const SHORT: u64 = 16 * 1024 * 1024;
    /// By how much it grows, where somebody keeps it from being begun anew, before more pages are moved.
    const STEP: u64 = 4 * 1024 * 1024;
    /// How long it may get before the writer waits for those who read from it.
    const LONG: u64 = 40 * 1024 * 1024;
    /// How long it waits for them.
    const PATIENCE: Duration = Duration::from_millis(200);

    /// The log of a database, with a hand that moves its pages; the writer's connection does not by itself any more.
    ///
    /// # Errors
    /// The database can't be opened; there can be no more threads.
    pub(crate) fn of(database: &Path, writer: &Connection) -> Result<Self, Error> {
        writer.pragma_update(None, "wal_autocheckpoint", 0)?;
        // When it begins anew the rest of it goes, so that its length says what is in it.
        writer.pragma_update(None, "journal_size_limit", 0)?;
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        let connection = Connection::open(database)?;
        connection.busy_timeout(WAIT)?;
        let moved = Arc::<AtomicBool>::default();
        let ((mover, asked), done) = (sync_channel(1), moved.clone());
        std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || move_pages(&connection, &asked, &done))?;
        Ok(Self { path: path.into(), next: Self::LONG, next_move: Self::SHORT, mover, moved })
    }

    /// Keeps it short, between two transactions of the writer's connection. Who reads for long, as a backup does, is
    /// not waited for: it is tried again when it has grown as much more.
    pub(crate) fn keep_short(&mut self, writer: &Connection) {
        let length = std::fs::metadata(&self.path).map_or(0, |file| file.len());
        if length < Self::SHORT {
            self.next_move = Self::SHORT;
        }
        if length >= self.next {
            self.take_back(writer, length);
        } else if self.moved.swap(false, Ordering::SeqCst) {
            // With the last pages moved, the next commit begins the log anew if nobody reads from it.
            checkpoint(writer, "PASSIVE");
        } else if length >= self.next_move {
            self.next_move = length.saturating_add(Self::STEP);
            // Who was asked before and has not begun yet does it for both.
            let _ = self.mover.try_send(());
        }
    }

    fn take_back(&mut self, writer: &Connection, length: u64) {
        let patient = |time: Duration| {
            if let Err(error) = writer.busy_timeout(time) {
                tracing::warn!(%error, "the writer's patience could not be set");
            }
        };
        patient(Self::PATIENCE);
        let done = checkpoint(writer, "TRUNCATE");
        patient(WAIT);
        self.next = if done { Self::LONG } else { length.saturating_add(Self::LONG) };
    }
}

/// Moves pages into the file as often as it is asked, until nobody is there to ask.
fn move_pages(connection: &Connection, asked: &Receiver<()>, done: &AtomicBool) {
    while asked.recv().is_ok() {
        checkpoint(connection, "PASSIVE");
        done.store(true, Ordering::SeqCst);
    }
}

/// Moves pages; whether nobody stood in the way.
fn checkpoint(connection: &Connection, how: &str) -> bool {
    let sql = format!("PRAGMA wal_checkpoint({how})");
    match connection.query_row(&sql, [], |row| row.get::<_, i64>(0)) {
        Ok(busy) => busy == 0,
        Err(error) => {
            tracing::warn!(%error, "the write-ahead log could not be moved into the file");
            false
        }
    }
}
