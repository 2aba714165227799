//! PostgreSQL: a small pool, prepared statements kept per connection, lost races run again.

use crate::Error;
use crate::db::Tx;
use crate::gauge::Gauge;
use crate::row::{Row, Shape};
use crate::tally::{self, Changes};
use crate::tls;
use crate::value::Value;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement, Transaction};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A PostgreSQL database.
#[derive(Clone)]
pub struct Postgres {
    pool: r2d2::Pool<Manager>,
    gauge: Arc<Gauge>,
}

const CONNECTIONS: u32 = 8;
/// How often an act is run again after a lost race before the caller hears of it.
const RUNS: usize = 8;

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
        let tls = authority.map(tls::connector).transpose()?;
        if tls.is_some() {
            config.ssl_mode(postgres::config::SslMode::Require);
        }
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(std::time::Duration::from_secs(10))
            .build(Manager { config, tls })?;
        Ok(Self { pool, gauge: Arc::default() })
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
        E: From<Error>,
        F: Fn(&mut Tx<'_>) -> Result<T, E>,
    {
        let mut connection = self.pool.get().map_err(Error::from)?;
        let mut lost = Error::Conflict;
        for _ in 0..RUNS {
            let Connection { client, statements } = &mut *connection;
            let transaction = client.transaction().map_err(Error::from)?;
            let mut tx = Tx::Postgres(PgTx {
                transaction,
                statements,
                raced: false,
                gauge: &self.gauge,
                tallied: Changes::new(),
            });
            let result = work(&mut tx).and_then(|value| {
                let tallied = tx.take_tallied();
                tally::write(&mut tx, &tallied)?;
                Ok(value)
            });
            let Tx::Postgres(PgTx { transaction, raced, .. }) = tx else { continue };
            if raced {
                transaction.rollback().map_err(Error::from)?;
                continue;
            }
            match result {
                Err(error) => {
                    transaction.rollback().map_err(Error::from)?;
                    return Err(error);
                }
                Ok(value) => match transaction.commit().map_err(Error::from) {
                    Ok(()) => return Ok(value),
                    Err(Error::Conflict) => lost = Error::Conflict,
                    Err(error) => return Err(error.into()),
                },
            }
        }
        Err(lost.into())
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.pool.get().map_err(Error::from)?;
        let Connection { client, statements } = &mut *connection;
        let transaction = client
            .build_transaction()
            .read_only(true)
            .isolation_level(postgres::IsolationLevel::RepeatableRead)
            .start()
            .map_err(Error::from)?;
        work(&mut Tx::Postgres(PgTx {
            transaction,
            statements,
            raced: false,
            gauge: &self.gauge,
            tallied: Changes::new(),
        }))
    }
}

struct Connection {
    client: Client,
    statements: HashMap<String, Statement>,
}

struct Manager {
    config: postgres::Config,
    tls: Option<MakeRustlsConnect>,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Connection;
    type Error = postgres::Error;

    fn connect(&self) -> Result<Connection, postgres::Error> {
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone())?,
            None => self.config.connect(NoTls)?,
        };
        Ok(Connection { client, statements: HashMap::new() })
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), postgres::Error> {
        connection.client.is_valid(std::time::Duration::from_secs(2))
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.client.is_closed()
    }
}

/// A transaction on PostgreSQL.
pub struct PgTx<'a> {
    transaction: Transaction<'a>,
    statements: &'a mut HashMap<String, Statement>,
    /// A statement lost a race; the whole act is run again.
    raced: bool,
    gauge: &'a Gauge,
    pub(crate) tallied: Changes,
}

impl PgTx<'_> {
    fn prepared(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.transaction.prepare(sql)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn noting_races<T>(&mut self, result: Result<T, postgres::Error>) -> Result<T, Error> {
        result.map_err(|error| {
            let error = Error::from(error);
            self.raced |= matches!(error, Error::Conflict);
            error
        })
    }

    /// Asks how the engine would come to the answer, and what that costs; for statements that only read.
    fn explain(&mut self, sql: &str, params: &[Value]) -> Result<(), Error> {
        if !sql.starts_with("SELECT") && !sql.starts_with("WITH") {
            return Ok(());
        }
        let asked = format!("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}");
        let rows = self.transaction.query(&asked, &refs(params))?;
        let plans: serde_json::Value =
            rows.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
        let root = plans.get(0).and_then(|one| one.get("Plan"));
        let pages = root.map_or(0, |root| {
            number(root, "Shared Hit Blocks") + number(root, "Shared Read Blocks")
        });
        self.gauge.note(sql, root.map_or(0, rows_of), pages);
        Ok(())
    }

    pub(crate) fn all(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        if self.gauge.is_on() {
            self.explain(sql, params)?;
        }
        let statement = self.prepared(sql)?;
        let result = self.transaction.query(&statement, &refs(params));
        let rows = self.noting_races(result)?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let columns = statement.columns().iter().map(|column| column.name().to_owned()).collect();
        let shape = Arc::new(Shape { statement: sql.to_owned(), columns });
        rows.iter().map(|one| row(&shape, one)).collect()
    }

    pub(crate) fn run(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        let statement = self.prepared(sql)?;
        let result = self.transaction.execute(&statement, &refs(params));
        self.noting_races(result)
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<(), Error> {
        Ok(self.transaction.batch_execute(sql)?)
    }
}

/// A number of a plan's node; 0 where it has none of this name.
fn number(node: &serde_json::Value, name: &str) -> u64 {
    node.get(name).and_then(serde_json::Value::as_f64).map_or(0, |number| number as u64)
}

/// The rows that a plan's node and those below it gave on or threw away. What an index gives to a bitmap is not counted
/// for itself: the heap gives it on.
fn rows_of(node: &serde_json::Value) -> u64 {
    let below = node.get("Plans").and_then(serde_json::Value::as_array);
    let below: u64 = below.into_iter().flatten().map(rows_of).sum();
    if node.get("Node Type").and_then(serde_json::Value::as_str) == Some("Bitmap Index Scan") {
        return below;
    }
    let each = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"];
    let own: u64 = each.iter().map(|name| number(node, name)).sum();
    own * number(node, "Actual Loops") + below
}

fn refs(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn row(shape: &Arc<Shape>, row: &postgres::Row) -> Result<Row, Error> {
    let mut values = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        let value = match *column.type_() {
            Type::INT8 => Value::from(row.try_get::<_, Option<i64>>(index)?),
            Type::INT4 => Value::from(row.try_get::<_, Option<i32>>(index)?),
            Type::BOOL => Value::from(row.try_get::<_, Option<bool>>(index)?),
            Type::BYTEA => Value::from(row.try_get::<_, Option<Vec<u8>>>(index)?),
            _ => Value::from(row.try_get::<_, Option<String>>(index)?),
        };
        values.push(value);
    }
    Ok(Row::new(Arc::clone(shape), values))
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Text(value) => value.to_sql(ty, out),
            Self::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
