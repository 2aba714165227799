//! PostgreSQL: one writer that commits waiting acts together, a small pool of readers, and what to do when the server
//! goes away: a connection that broke is opened anew, and what did not reach its commit runs once more.

use crate::Error;
use crate::db::Tx;
use crate::gauge::Gauge;
use crate::group::{Outcome, Queue, Writer};
use crate::postgres_tx::{PgTx, Statements};
use crate::tls;
use postgres::{Client, IsolationLevel, NoTls};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A PostgreSQL database.
#[derive(Clone)]
pub struct Postgres {
    writer: Queue,
    pool: r2d2::Pool<Manager>,
    gauge: Arc<Gauge>,
    broken: Broken,
}

const CONNECTIONS: u32 = 8;
/// How often an act is run again after a lost race before the caller hears of it.
const RUNS: usize = 8;
/// How long somebody who reads waits for a connection: long enough for a standby to take over, mostly.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a server may be silent before it is taken for gone; what the operator's address says goes before.
mod silence {
    use std::time::Duration;
    pub const CONNECTING: Duration = Duration::from_secs(5);
    /// For what was sent and nobody says that it came.
    pub const SENT: Duration = Duration::from_secs(10);
    /// When nothing is said at all: until it is asked, between two times that it is asked, and how often.
    pub const IDLE: Duration = Duration::from_secs(20);
    pub const BETWEEN: Duration = Duration::from_secs(5);
    pub const TIMES: u32 = 3;
    /// What the driver has where the address says nothing.
    pub const DRIVERS_IDLE: Duration = Duration::from_hours(2);
}

/// How often a connection broke (断线次数). When one did, the others are asked before they are used again.
type Broken = Arc<AtomicU64>;

impl Postgres {
    /// Opens the database; with an `authority` (a PEM file) only over TLS with a certificate that it
    /// signed, without one only in the clear.
    ///
    /// # Errors
    /// The server can't be reached or refuses, or can't prove who it is.
    pub fn open(address: &str, authority: Option<&Path>) -> Result<Self, Error> {
        let mut config: postgres::Config = address.parse()?;
        // Statements are short and their pages mostly in memory; what the operator's address says goes before.
        let own = config.get_options().unwrap_or_default();
        let options = format!("-c jit=off -c random_page_cost=1.1 {own}");
        config.options(&options);
        hang_up_in_time(&mut config);
        let tls = authority.map(tls::connector).transpose()?;
        if tls.is_some() {
            config.ssl_mode(postgres::config::SslMode::Require);
        }
        let broken = Broken::default();
        let manager = Manager { config, tls, broken: broken.clone() };
        let (pool, gauge) = (Self::pool(manager.clone())?, Arc::new(Gauge::default()));
        let writer =
            Queue::start(Write { manager, connection: None, shard: 0, gauge: gauge.clone() })?;
        Ok(Self { writer, pool, gauge, broken })
    }

    /// The connections that read.
    fn pool(manager: Manager) -> Result<r2d2::Pool<Manager>, Error> {
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .build(manager)?;
        Ok(pool)
    }

    /// What statements cost.
    pub fn gauge(&self) -> &Gauge {
        &self.gauge
    }

    pub(crate) fn settle(&self) -> Result<(), Error> {
        Ok(self.pool.get()?.client.batch_execute("VACUUM (ANALYZE)")?)
    }

    pub(crate) fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(work)
    }

    /// A connection that turns out to be broken before anything was read is no reason to say so: another is taken,
    /// once.
    pub(crate) fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut again = true;
        loop {
            let mut connection = self.pool.get().map_err(Error::from)?;
            let Connection { client, statements, .. } = &mut *connection;
            let snapshot = client
                .build_transaction()
                .read_only(true)
                .isolation_level(IsolationLevel::RepeatableRead);
            match snapshot.start().map_err(Error::from) {
                Ok(snapshot) => {
                    return work(&mut Tx::Postgres(PgTx::reading(
                        snapshot,
                        statements,
                        &self.gauge,
                    )));
                }
                Err(Error::Away(_)) if again => {
                    self.broken.fetch_add(1, Ordering::SeqCst);
                    again = false;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Notices within seconds that a server went away without a word, where the operator's address says nothing else.
fn hang_up_in_time(config: &mut postgres::Config) {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(silence::CONNECTING);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(silence::SENT);
    }
    if config.get_keepalives_idle() == silence::DRIVERS_IDLE {
        config.keepalives_idle(silence::IDLE);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_interval(silence::BETWEEN);
    }
    if config.get_keepalives_retries().is_none() {
        config.keepalives_retries(silence::TIMES);
    }
}

struct Connection {
    client: Client,
    statements: Statements,
    /// How many had broken when this one was known to work.
    sound: u64,
}

/// The connection that writes, while there is one: it is opened anew after it broke.
struct Write {
    manager: Manager,
    connection: Option<Connection>,
    /// Which of the counters' rows are its own.
    shard: i64,
    gauge: Arc<Gauge>,
}

/// By which number writers on a server know each other, with one for their schema.
pub(crate) const WRITERS: i32 = 0x6875_6979;

/// A number that no other writer on this server has while the connection lasts, so that two programs over one record
/// change rows of their own where they count; the last one is for all for whom there is none.
fn place_among_writers(client: &mut Client) -> Result<i64, Error> {
    const MOST: i32 = 64;
    for place in 0..MOST {
        let sql = "SELECT pg_try_advisory_lock($1 # hashtext(current_schema()), $2)";
        if client.query_one(sql, &[&WRITERS, &place])?.try_get(0)? {
            return Ok(i64::from(place));
        }
    }
    Ok(i64::from(MOST))
}

/// Where a transaction failed (失败之处).
enum Failed {
    /// Before its commit: nothing of it was kept.
    Before(Error),
    /// At its commit: whether it was kept is known when somebody looks.
    AtCommit(Error),
}

impl<T: Into<Error>> From<T> for Failed {
    fn from(error: T) -> Self {
        Self::Before(error.into())
    }
}

impl Write {
    /// Runs work in one transaction; whether it was kept.
    fn run(&mut self, work: &mut dyn FnMut(&mut Tx<'_>) -> bool) -> Result<bool, Failed> {
        if self.connection.as_ref().is_none_or(|known| known.client.is_closed()) {
            let mut known = r2d2::ManageConnection::connect(&self.manager)?;
            self.shard = place_among_writers(&mut known.client)?;
            // What writes goes the same way whatever the values are: it is planned once.
            known.client.batch_execute("SET plan_cache_mode = force_generic_plan")?;
            self.connection = Some(known);
        }
        let gone = || Error::Away("no connection".to_owned());
        let Connection { client, statements, .. } = self.connection.as_mut().ok_or_else(gone)?;
        let transaction = client.transaction()?;
        let mut tx = Tx::Postgres(PgTx::writing(transaction, statements, &self.gauge));
        let keep = work(&mut tx);
        let Tx::Postgres(tx) = tx else { return Ok(false) };
        if !keep || tx.spoiled() {
            tx.undo()?;
            return Ok(false);
        }
        let transaction = tx.complete(self.shard)?;
        transaction.commit().map_err(|error| Failed::AtCommit(error.into()))?;
        Ok(true)
    }
}

impl Writer for Write {
    fn transaction(&mut self, work: &mut dyn FnMut(&mut Tx<'_>) -> bool) -> Outcome {
        let mut done = self.run(work);
        if let Err(Failed::Before(Error::Away(said))) = &done {
            tracing::warn!(said, "the database went away; what was not committed runs again");
            self.manager.broken.fetch_add(1, Ordering::SeqCst);
            self.connection = None;
            done = self.run(work);
        }
        match done {
            Ok(true) => Outcome::Committed,
            Ok(false) => Outcome::RolledBack,
            Err(Failed::Before(error) | Failed::AtCommit(error)) => Outcome::Failed(error),
        }
    }

    fn runs(&self) -> usize {
        RUNS
    }

    fn rest(&mut self) {}
}

#[derive(Clone)]
struct Manager {
    config: postgres::Config,
    tls: Option<MakeRustlsConnect>,
    broken: Broken,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Connection;
    type Error = postgres::Error;

    fn connect(&self) -> Result<Connection, postgres::Error> {
        let sound = self.broken.load(Ordering::SeqCst);
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone())?,
            None => self.config.connect(NoTls)?,
        };
        Ok(Connection { client, statements: Statements::new(), sound })
    }

    /// Asks only when another connection broke since this one was known to work: a way to the server and back before
    /// every page would be dear.
    fn is_valid(&self, connection: &mut Connection) -> Result<(), postgres::Error> {
        let broken = self.broken.load(Ordering::SeqCst);
        if connection.sound != broken {
            connection.client.is_valid(Duration::from_secs(2))?;
            connection.sound = broken;
        }
        Ok(())
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        let closed = connection.client.is_closed();
        if closed {
            self.broken.fetch_add(1, Ordering::SeqCst);
        }
        closed
    }
}
