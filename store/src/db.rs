//! The door to the database (数据库之门): SQLite or PostgreSQL, one text for both.
//!
//! Synchronous on purpose: a transaction is a plain closure that can't be cut in half. The closure
//! may run more than once (after a lost race, or after a neighbour in the same group commit
//! failed), so it touches nothing but its transaction.

use crate::Error;
use crate::gauge::Gauge;
use crate::postgres_door::Postgres;
use crate::postgres_tx::PgTx;
use crate::row::Row;
use crate::sqlite_door::{Sqlite, SqliteTx};
use crate::table::{Named, Table};
use crate::tally::{self, Changes};
use crate::value::Value;
use std::path::Path;

/// An open database. Cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// The embedded engine.
    Sqlite(Sqlite),
    /// The server.
    Postgres(Postgres),
}

/// Which engine, for the few places where SQL truly differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A transaction on either engine.
pub enum Tx<'a> {
    /// On SQLite.
    Sqlite(SqliteTx<'a>),
    /// On PostgreSQL.
    Postgres(PgTx<'a>),
}

impl Db {
    /// Opens a file as an SQLite database, making it if need be.
    ///
    /// # Errors
    /// The file can't be opened or written.
    pub fn sqlite(path: &Path) -> Result<Self, Error> {
        Ok(Self::Sqlite(Sqlite::open(path)?))
    }

    /// Opens a PostgreSQL database by its address `postgres://…`.
    ///
    /// # Errors
    /// The server can't be reached or refuses.
    pub fn postgres(address: &str) -> Result<Self, Error> {
        Ok(Self::Postgres(Postgres::open(address, None)?))
    }

    /// Opens a PostgreSQL database over TLS, checked against the certificates of a PEM file.
    ///
    /// # Errors
    /// As [`Db::postgres`], or the server can't prove who it is.
    pub fn postgres_tls(address: &str, authority: &Path) -> Result<Self, Error> {
        Ok(Self::Postgres(Postgres::open(address, Some(authority))?))
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// What statements cost.
    pub fn gauge(&self) -> &Gauge {
        match self {
            Self::Sqlite(sqlite) => sqlite.gauge(),
            Self::Postgres(postgres) => postgres.gauge(),
        }
    }

    /// After very much was written at once: lets PostgreSQL look at what there is now, by which it chooses its ways,
    /// and put away what is gone; lets SQLite move its log into the file.
    ///
    /// # Errors
    /// The engine failed.
    pub fn settle(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.settle(),
            Self::Postgres(postgres) => postgres.settle(),
        }
    }

    /// Runs a transaction that may write. Durable when it returns.
    ///
    /// # Errors
    /// Whatever the closure says, or the engine; then nothing was kept.
    pub fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(work),
            Self::Postgres(postgres) => postgres.write(work),
        }
    }

    /// Runs a transaction that only reads, on one consistent snapshot.
    ///
    /// # Errors
    /// Whatever the closure says, or the engine.
    pub fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Sqlite(sqlite) => sqlite.read(work),
            Self::Postgres(postgres) => postgres.read(work),
        }
    }
}

impl Tx<'_> {
    /// The engine, for the few places where SQL truly differs.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows.
    ///
    /// # Errors
    /// The engine failed.
    pub fn all(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(tx) => tx.all(sql, params),
            Self::Postgres(tx) => tx.all(sql, params),
        }
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// The engine failed.
    pub fn opt(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.all(sql, params)?.into_iter().next())
    }

    /// The one row.
    ///
    /// # Errors
    /// The engine failed, or there is none.
    pub fn one(&mut self, sql: &str, params: &[Value]) -> Result<Row, Error> {
        self.opt(sql, params)?.ok_or_else(|| Error::Engine(format!("no row: {sql}")))
    }

    /// Runs a statement; says how many rows it touched.
    ///
    /// # Errors
    /// The engine failed.
    pub fn run(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        match self {
            Self::Sqlite(tx) => tx.run(sql, params),
            Self::Postgres(tx) => tx.run(sql, params),
        }
    }

    /// Runs several statements without parameters, for migrations.
    ///
    /// # Errors
    /// The engine failed.
    pub fn script(&mut self, sql: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.script(sql),
            Self::Postgres(tx) => tx.script(sql),
        }
    }

    /// Writes a new row.
    pub(crate) fn insert(&mut self, table: &'static Table, row: impl Named) -> Result<(), Error> {
        self.insert_values(table, table.row(row)?, "")
    }

    /// Writes a new row, or does with the one that has its key what the statement's end says; of one transaction no two
    /// rows have the same key.
    pub(crate) fn insert_or(
        &mut self,
        table: &'static Table,
        row: impl Named,
        end: &'static str,
    ) -> Result<(), Error> {
        self.insert_values(table, table.row(row)?, end)
    }

    /// Writes rows as they were read from the same table.
    pub(crate) fn insert_all(
        &mut self,
        table: &'static Table,
        rows: &[Vec<Value>],
    ) -> Result<(), Error> {
        rows.iter().try_for_each(|row| match self {
            Self::Sqlite(tx) => tx.run(table.insert(), row).map(|_| ()),
            Self::Postgres(tx) => {
                tx.insert(table, row.clone(), "");
                Ok(())
            }
        })
    }

    /// On PostgreSQL rows are written together, with the commit or before something is asked of their table; that a row
    /// is there already is told then.
    fn insert_values(
        &mut self,
        table: &'static Table,
        row: Vec<Value>,
        end: &'static str,
    ) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) if end.is_empty() => tx.run(table.insert(), &row).map(|_| ()),
            Self::Sqlite(tx) => tx.run(&format!("{}{end}", table.insert()), &row).map(|_| ()),
            Self::Postgres(tx) => {
                tx.insert(table, row, end);
                Ok(())
            }
        }
    }

    /// Writes a row in place of the one with the same key, if there is one.
    pub(crate) fn put(&mut self, table: &Table, row: impl Named) -> Result<(), Error> {
        self.run(table.put(), &table.row(row)?).map(|_| ())
    }

    /// Writes a new row unless there is one with the same key; says whether it did.
    pub(crate) fn add(&mut self, table: &Table, row: impl Named) -> Result<bool, Error> {
        Ok(self.run(table.add(), &table.row(row)?)? > 0)
    }

    /// How much was written in it: more than before is all that this says.
    pub(crate) fn written(&self) -> u64 {
        match self {
            Self::Sqlite(tx) => tx.written(),
            Self::Postgres(tx) => tx.written(),
        }
    }

    /// Whether a statement lost a race, so that what ran in it has to run again.
    pub(crate) fn raced(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(tx) => tx.raced(),
        }
    }

    /// Whether a statement failed in a way that keeps anything else in it from being written.
    pub(crate) fn spoiled(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(tx) => tx.spoiled(),
        }
    }

    /// The next number of a counter, from 1; never one twice.
    pub(crate) fn draw(&mut self, counter: &str) -> Result<i64, Error> {
        match self {
            Self::Sqlite(tx) => tx.draw(counter),
            Self::Postgres(tx) => tx.draw(counter),
        }
    }

    /// The number that a counter gave out last; nothing before the first.
    pub(crate) fn drawn(&mut self, counter: &str) -> Result<Option<i64>, Error> {
        match self {
            Self::Sqlite(tx) => tx.drawn(counter),
            Self::Postgres(tx) => tx.drawn(counter),
        }
    }

    /// Notes by how much counters change; they are written with the commit, those of all acts that share it together.
    /// Nobody reads one in the transaction that changes it.
    pub(crate) fn tally(&mut self, changes: Changes) {
        tally::merge(self.tallied(), changes);
    }

    fn tallied(&mut self) -> &mut Changes {
        match self {
            Self::Sqlite(tx) => &mut tx.tallied,
            Self::Postgres(tx) => &mut tx.tallied,
        }
    }

    /// What was noted and is not written yet.
    pub(crate) fn take_tallied(&mut self) -> Changes {
        std::mem::take(self.tallied())
    }

    /// The one number that a statement asks for.
    ///
    /// # Errors
    /// The engine failed, or the answer is no number.
    pub fn number(&mut self, sql: &str, params: &[Value]) -> Result<i64, Error> {
        self.one(sql, params)?.number()
    }
}
