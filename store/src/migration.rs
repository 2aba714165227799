//! The tables (表结构): numbered steps, one text for both engines.

use crate::db::{Db, Engine};
use crate::{Error, Tx, params};

/// A step: its number, the shared text, and what only one engine understands.
struct Step {
    number: i64,
    shared: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const STEPS: [Step; 13] = [
    Step {
        number: 1,
        shared: include_str!("migrations/0001_office.sql"),
        sqlite: include_str!("migrations/0001_office.sqlite.sql"),
        postgres: include_str!("migrations/0001_office.postgres.sql"),
    },
    Step {
        number: 2,
        shared: include_str!("migrations/0002_walls_and_jobs.sql"),
        sqlite: "",
        postgres: "",
    },
    Step { number: 3, shared: include_str!("migrations/0003_duty.sql"), sqlite: "", postgres: "" },
    Step { number: 4, shared: include_str!("migrations/0004_once.sql"), sqlite: "", postgres: "" },
    Step {
        number: 5,
        shared: include_str!("migrations/0005_queues.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 6,
        shared: include_str!("migrations/0006_repeats.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 7,
        shared: include_str!("migrations/0007_first_hand.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 8,
        shared: include_str!("migrations/0008_inside.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 9,
        shared: include_str!("migrations/0009_mailbox.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 10,
        shared: include_str!("migrations/0010_heads.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 11,
        shared: include_str!("migrations/0011_units_and_notices.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 12,
        shared: include_str!("migrations/0012_counters.sql"),
        sqlite: "",
        postgres: include_str!("migrations/0012_counters.postgres.sql"),
    },
    Step {
        number: 13,
        shared: include_str!("migrations/0013_jurisdiction.sql"),
        sqlite: include_str!("migrations/0013_jurisdiction.sqlite.sql"),
        postgres: include_str!("migrations/0013_jurisdiction.postgres.sql"),
    },
];

/// Brings the tables up to date; running it again changes nothing. What is derived from the case files is made anew
/// when the office is opened next ([`crate::matter::behind`]).
///
/// # Errors
/// The engine failed, or the database is newer than this program.
pub fn run(db: &Db) -> Result<(), Error> {
    up_to(db, i64::MAX)
}

/// Takes the steps up to a number: the tables of an older program, to see what becomes of them.
///
/// # Errors
/// As [`run`].
pub fn up_to(db: &Db, last: i64) -> Result<(), Error> {
    db.write(move |tx| {
        if tx.engine() == Engine::Postgres {
            // Of two programs that begin at once the second waits, and finds the steps taken.
            tx.script("SELECT pg_advisory_xact_lock(1836476266, hashtext(current_schema()))")?;
        }
        tx.script("CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY)")?;
        let done = done(tx)?;
        if done > known() {
            return Err(Error::Engine("the database was written by a newer version".to_owned()));
        }
        for step in STEPS.iter().filter(|step| step.number > done && step.number <= last) {
            match tx.engine() {
                Engine::Sqlite => {
                    tx.script(step.shared)?;
                    tx.script(step.sqlite)?;
                }
                Engine::Postgres => {
                    tx.script(&for_postgres(step.shared))?;
                    tx.script(step.postgres)?;
                }
            }
            tx.run("INSERT INTO migration (number) VALUES ($1)", params![step.number])?;
        }
        Ok(())
    })
}

/// The last step that this program knows.
pub fn known() -> i64 {
    STEPS.last().map_or(0, |last| last.number)
}

/// The last step that was taken.
///
/// # Errors
/// The engine failed, or there are no tables.
pub fn done(tx: &mut Tx<'_>) -> Result<i64, Error> {
    tx.number("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM migration", &[])
}

/// PostgreSQL's names for the same columns: 64-bit integers, and text ordered by bytes as SQLite
/// orders it, so that lists and dumps agree whatever the database's locale. It keeps no table in the order of its key.
fn for_postgres(sql: &str) -> String {
    sql.replace(" INTEGER", " BIGINT")
        .replace(" TEXT", " TEXT COLLATE \"C\"")
        .replace(" WITHOUT ROWID", "")
}
