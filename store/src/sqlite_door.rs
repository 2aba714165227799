//! SQLite: one writer that commits waiting acts together, several readers.

use crate::Error;
use crate::db::Tx;
use crate::gauge::Gauge;
use crate::row::{Row, Shape};
use crate::tally::{self, Changes};
use crate::value::Value;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, StatementStatus, ToSql};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// An SQLite database: the writer's queue and the readers' pool.
#[derive(Clone)]
pub struct Sqlite {
    writer: SyncSender<Box<dyn Work>>,
    readers: r2d2::Pool<Reader>,
    path: Arc<PathBuf>,
    gauge: Arc<Gauge>,
}

/// Most acts that share one commit.
const GROUP: usize = 128;
/// Acts that may wait; more callers block, which is what slows a flood down.
const WAITING: usize = 1024;
const READERS: u32 = 4;
const STATEMENTS: usize = 128;

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
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let (writer, queue) = sync_channel(WAITING);
        let gauge = Arc::new(Gauge::default());
        let counted = gauge.clone();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_loop(Hand { connection: &connection, gauge: &counted }, &queue))?;
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
        let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
        backup.run_to_completion(4096, std::time::Duration::ZERO, None)?;
        Ok(())
    }

    pub(crate) fn settle(&self) -> Result<(), Error> {
        let connection = Connection::open(&*self.path)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    pub(crate) fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = channel();
        let closed = || E::from(Error::Engine("the writer has stopped".to_owned()));
        let task = Box::new(Task { work, result: None, reply });
        self.writer.send(task).map_err(|_| closed())?;
        answer.recv().map_err(|_| closed())?
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.readers.get().map_err(Error::from)?;
        connection.execute_batch("BEGIN").map_err(Error::from)?;
        let hand = Hand { connection: &connection, gauge: &self.gauge };
        let result = work(&mut Tx::Sqlite(SqliteTx::of(hand)));
        connection.execute_batch("ROLLBACK").map_err(Error::from)?;
        result
    }
}

/// A connection, and what counts the cost of its statements.
#[derive(Clone, Copy)]
struct Hand<'a> {
    connection: &'a Connection,
    gauge: &'a Gauge,
}

/// One act waiting for the writer.
trait Work: Send {
    /// Runs it and keeps the result; by how much it changed counters, or nothing if it failed.
    fn run(&mut self, hand: Hand<'_>) -> Option<Changes>;
    /// Tells the caller, after the commit or instead of it.
    fn finish(self: Box<Self>, failed: Option<Error>);
}

struct Task<T, E, F> {
    work: F,
    result: Option<Result<T, E>>,
    reply: Sender<Result<T, E>>,
}

impl<T, E, F> Work for Task<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, hand: Hand<'_>) -> Option<Changes> {
        let mut tx = Tx::Sqlite(SqliteTx::of(hand));
        let run = AssertUnwindSafe(|| (self.work)(&mut tx));
        let result = catch_unwind(run).unwrap_or_else(|_| {
            Err(E::from(Error::Engine("an act broke off; see the log".to_owned())))
        });
        let tallied = result.is_ok().then(|| tx.take_tallied());
        self.result = Some(result);
        tallied
    }

    fn finish(self: Box<Self>, failed: Option<Error>) {
        let result = match (failed, self.result) {
            // An act that was refused anyway keeps its own answer.
            (Some(_), Some(Err(refused))) => Err(refused),
            (Some(error), _) => Err(E::from(error)),
            (None, Some(result)) => result,
            (None, None) => Err(E::from(Error::Engine("the act was not run".to_owned()))),
        };
        // A caller that went away is no error: the act is durable all the same.
        let _ = self.reply.send(result);
    }
}

fn write_loop(hand: Hand<'_>, queue: &Receiver<Box<dyn Work>>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        group.extend(queue.try_iter().take(GROUP - 1));
        if let Some(tallied) = run_group(hand, &mut group) {
            let failed = commit(hand, &tallied).err().map(|error| error.to_string());
            for task in group {
                task.finish(failed.clone().map(Error::Full));
            }
        } else {
            let _ = hand.connection.execute_batch("ROLLBACK");
            for task in group {
                run_alone(hand, task);
            }
        }
    }
}

/// Writes what was counted and commits; what can't be committed is rolled back.
fn commit(hand: Hand<'_>, tallied: &Changes) -> Result<(), Error> {
    let written = tally::write(&mut Tx::Sqlite(SqliteTx::of(hand)), tallied);
    let done = written.and_then(|()| Ok(hand.connection.execute_batch("COMMIT")?));
    if done.is_err() {
        let _ = hand.connection.execute_batch("ROLLBACK");
    }
    done
}

/// Runs all in one transaction; nothing if one failed after it had written, which spoils the lot.
fn run_group(hand: Hand<'_>, group: &mut [Box<dyn Work>]) -> Option<Changes> {
    let connection = hand.connection;
    connection.execute_batch("BEGIN IMMEDIATE").ok()?;
    let mut tallied = Changes::new();
    for task in group {
        let before = connection.total_changes();
        match task.run(hand) {
            Some(changes) => tally::merge(&mut tallied, changes),
            None if connection.total_changes() == before => {}
            None => return None,
        }
    }
    Some(tallied)
}

fn run_alone(hand: Hand<'_>, mut task: Box<dyn Work>) {
    let failed = match hand.connection.execute_batch("BEGIN IMMEDIATE") {
        Err(error) => Some(error.into()),
        Ok(()) => match task.run(hand) {
            Some(tallied) => commit(hand, &tallied).err(),
            None => hand.connection.execute_batch("ROLLBACK").err().map(Error::from),
        },
    };
    task.finish(failed);
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
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
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
