//! SQLite: one writer that commits waiting acts together, several readers.

use crate::db::Tx;
use crate::gauge::Gauge;
use crate::group::{Outcome, Queue, Writer};
use crate::row::{Row, Shape};
use crate::setting::{DRAW, DRAWN};
use crate::sqlite_log::{Log, WAIT};
use crate::table::TALLY;
use crate::tally::{self, Changes};
use crate::value::Value;
use crate::{Error, params};
use rusqlite::backup::StepResult;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, StatementStatus, ToSql};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An SQLite database: the writer's queue and the readers' pool.
#[derive(Clone)]
pub struct Sqlite {
    writer: Queue,
    readers: r2d2::Pool<Reader>,
    path: Arc<PathBuf>,
    gauge: Arc<Gauge>,
}

const READERS: u32 = 4;
const STATEMENTS: usize = 256;

/// Keeps statements as they were made: their plans hold for whatever values are given them, so that none is made anew
/// because of a value.
fn ready(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Runs a statement that begins or ends a transaction.
fn say(connection: &Connection, word: &str) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(word)?.execute([]).map(|_| ())
}

impl Sqlite {
    /// Opens the file, or makes it: write-ahead log, every commit on the disk before it counts.
    ///
    /// # Errors
    /// The file can't be opened or written.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -16_000)?;
        connection.busy_timeout(WAIT)?;
        ready(&connection)?;
        let gauge = Arc::new(Gauge::default());
        let log = Log::of(path, &connection)?;
        let write = Write { connection, gauge: gauge.clone(), log };
        let writer = Queue::start(write)?;
        let readers = r2d2::Pool::builder()
            .max_size(READERS)
            .min_idle(Some(1))
            .build(Reader(path.to_owned()))?;
        Ok(Self { writer, readers, path: Arc::new(path.to_owned()), gauge })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What statements cost.
    pub fn gauge(&self) -> &Gauge {
        &self.gauge
    }

    /// Copies the whole database into a new file while others go on.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        let source = self.readers.get()?;
        let mut target = Connection::open(to)?;
        // In one step, which is one snapshot: of a copy in several, each act in between would begin it anew.
        let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
        if backup.step(-1)? == StepResult::Done {
            return Ok(());
        }
        Err(Error::Away("the copy could not be made: something holds the database".to_owned()))
    }

    pub(crate) fn settle(&self) -> Result<(), Error> {
        let connection = Connection::open(&*self.path)?;
        connection.busy_timeout(WAIT)?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    pub(crate) fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(work)
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.readers.get().map_err(Error::from)?;
        say(&connection, "BEGIN").map_err(Error::from)?;
        let hand = Hand { connection: &connection, gauge: &self.gauge };
        let result = work(&mut Tx::Sqlite(SqliteTx::of(hand)));
        say(&connection, "ROLLBACK").map_err(Error::from)?;
        result
    }
}

/// A connection, and what counts the cost of its statements.
#[derive(Clone, Copy)]
struct Hand<'a> {
    connection: &'a Connection,
    gauge: &'a Gauge,
}

/// The connection that writes.
struct Write {
    connection: Connection,
    gauge: Arc<Gauge>,
    log: Log,
}

impl Write {
    /// Writes what was counted and commits.
    fn commit(&self, mut tx: Tx<'_>) -> Result<(), Error> {
        for row in tally::rows(&tx.take_tallied(), 0) {
            tx.insert_or(&TALLY, row, tally::ADD)?;
        }
        // Whatever keeps a commit from the disk, nothing of it is there.
        say(&self.connection, "COMMIT").map_err(|error| Error::Full(error.to_string()))
    }
}

impl Writer for Write {
    fn transaction(&mut self, work: &mut dyn FnMut(&mut Tx<'_>) -> bool) -> Outcome {
        if let Err(error) = say(&self.connection, "BEGIN IMMEDIATE") {
            return Outcome::Failed(error.into());
        }
        let hand = Hand { connection: &self.connection, gauge: &self.gauge };
        let mut tx = Tx::Sqlite(SqliteTx::of(hand));
        let done = if work(&mut tx) { self.commit(tx).map(|()| true) } else { Ok(false) };
        if matches!(done, Ok(true)) {
            return Outcome::Committed;
        }
        // After some errors the engine has rolled back by itself.
        let back = if self.connection.is_autocommit() {
            Ok(())
        } else {
            say(&self.connection, "ROLLBACK")
        };
        match (done, back) {
            (Err(error), _) => Outcome::Failed(error),
            (Ok(_), Err(error)) => Outcome::Failed(error.into()),
            (Ok(_), Ok(())) => Outcome::RolledBack,
        }
    }

    fn runs(&self) -> usize {
        1
    }

    fn rest(&mut self) {
        self.log.keep_short(&self.connection);
    }
}

struct Reader(PathBuf);

impl r2d2::ManageConnection for Reader {
    type Connection = Connection;
    type Error = rusqlite::Error;

    fn connect(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.0, flags)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cache_size", -8_000)?;
        connection.busy_timeout(WAIT)?;
        ready(&connection)?;
        Ok(connection)
    }

    fn is_valid(&self, _: &mut Connection) -> Result<(), rusqlite::Error> {
        Ok(())
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        // A transaction left open by a caller that broke off must not leak into the next.
        !connection.is_autocommit()
    }
}

/// A transaction on SQLite.
pub struct SqliteTx<'a> {
    hand: Hand<'a>,
    pub(crate) tallied: Changes,
}

impl<'a> SqliteTx<'a> {
    fn of(hand: Hand<'a>) -> Self {
        Self { hand, tallied: Changes::new() }
    }
}

/// Names of the numbered parameters, which SQLite would otherwise count by first appearance.
const NAMES: [&str; 40] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
    "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28",
    "$29", "$30", "$31", "$32", "$33", "$34", "$35", "$36", "$37", "$38", "$39", "$40",
];

impl SqliteTx<'_> {
    pub(crate) fn all(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        let mut statement = self.hand.connection.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        statement.reset_status(StatementStatus::VmStep);
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        let mut shape = None;
        while let Some(row) = rows.next()? {
            let shape = shape.get_or_insert_with(|| {
                let columns = row.as_ref().column_names().map(str::to_owned).collect();
                Arc::new(Shape { statement: sql.to_owned(), columns })
            });
            let values = (0..shape.columns.len()).map(|index| row.get_ref(index).map(value));
            all.push(Row::new(Arc::clone(shape), values.collect::<Result<_, _>>()?));
        }
        drop(rows);
        self.count(sql, &statement);
        Ok(all)
    }

    pub(crate) fn run(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        let mut statement = self.hand.connection.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        statement.reset_status(StatementStatus::VmStep);
        let touched = statement.raw_execute()? as u64;
        self.count(sql, &statement);
        Ok(touched)
    }

    /// Notes what the run that just ended cost.
    fn count(&self, sql: &str, statement: &Statement<'_>) {
        if self.hand.gauge.is_on() {
            let steps = statement.get_status(StatementStatus::VmStep);
            self.hand.gauge.note(sql, u64::try_from(steps).unwrap_or_default(), 0);
        }
    }

    pub(crate) fn draw(&mut self, counter: &str) -> Result<i64, Error> {
        self.all(DRAW, params![counter])?.first().ok_or(Error::Conflict)?.number()
    }

    pub(crate) fn drawn(&mut self, counter: &str) -> Result<Option<i64>, Error> {
        self.all(DRAWN, params![counter])?.first().map(Row::number).transpose()
    }

    /// How many rows the connection has changed.
    pub(crate) fn written(&self) -> u64 {
        self.hand.connection.total_changes()
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<(), Error> {
        Ok(self.hand.connection.execute_batch(sql)?)
    }
}

/// Binds each parameter by its number. SQLite takes what nothing was bound to for NULL, which must not happen in
/// silence.
fn bind(statement: &mut Statement<'_>, params: &[Value]) -> Result<(), Error> {
    let mut bound = 0;
    for (name, value) in NAMES.iter().zip(params) {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, value)?;
            bound += 1;
        }
    }
    if bound == statement.parameter_count() {
        return Ok(());
    }
    let (wanted, most) = (statement.parameter_count(), NAMES.len());
    Err(Error::Engine(format!("{wanted} parameters, {} given; at most {most}", params.len())))
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        // No column of ours is a float; an average is computed from its parts in code.
        ValueRef::Real(value) => Value::Text(value.to_string()),
        // What is no text is read as none, and named by whoever wanted one.
        ValueRef::Text(bytes) => match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Value::Text(text),
            Err(broken) => Value::Blob(broken.into_bytes()),
        },
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}
