//! A transaction on PostgreSQL: new rows are gathered and written together, counters are drawn once, statements kept.

use crate::gauge::{Gauge, pages_of, rows_of};
use crate::row::{Row, Shape};
use crate::setting::{DRAW, DRAWN};
use crate::table::{TALLY, Table};
use crate::tally::{self, Changes};
use crate::value::Value;
use crate::{Error, params};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Statement, Transaction};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many statements a connection keeps.
const STATEMENTS: usize = 256;

/// The statements that a connection keeps (预备语句), by their text.
pub(crate) type Statements = HashMap<String, Statement>;

/// A transaction on PostgreSQL.
pub struct PgTx<'a> {
    transaction: Transaction<'a>,
    statements: &'a mut Statements,
    /// A statement lost a race; the whole act is run again.
    raced: bool,
    /// A statement failed, and with it the transaction: the server takes no more in it.
    spoiled: bool,
    gauge: &'a Gauge,
    pub(crate) tallied: Changes,
    /// New rows that are not written yet, by their tables.
    pending: Vec<NewRows>,
    /// What counters gave out in this transaction, and whether the table knows.
    counters: BTreeMap<String, Counter>,
    written: u64,
    /// Whether it may write.
    writes: bool,
}

/// New rows of a table.
struct NewRows {
    table: &'static Table,
    rows: Vec<Vec<Value>>,
    /// The end of its statement.
    end: &'static str,
}

/// A counter as this transaction knows it.
struct Counter {
    last: i64,
    /// It was drawn from here, so that nobody else draws until the commit.
    held: bool,
    /// What the table says is older.
    ahead: bool,
}

impl<'a> PgTx<'a> {
    /// One that only reads.
    pub(crate) fn reading(
        transaction: Transaction<'a>,
        statements: &'a mut Statements,
        gauge: &'a Gauge,
    ) -> Self {
        Self {
            transaction,
            statements,
            raced: false,
            spoiled: false,
            gauge,
            tallied: Changes::new(),
            pending: Vec::new(),
            counters: BTreeMap::new(),
            written: 0,
            writes: false,
        }
    }

    /// One that may write.
    pub(crate) fn writing(
        transaction: Transaction<'a>,
        statements: &'a mut Statements,
        gauge: &'a Gauge,
    ) -> Self {
        Self { writes: true, ..Self::reading(transaction, statements, gauge) }
    }
}

impl<'a> PgTx<'a> {
    fn prepared(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.transaction.prepare(sql);
        let statement = self.noting_races(statement)?;
        // What is kept is kept by the server too: a statement that is rarely said is not kept for ever.
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Writes what was gathered and counted, the counters into the writer's own rows; then it is ready to be committed.
    pub(crate) fn complete(mut self, shard: i64) -> Result<Transaction<'a>, Error> {
        for row in tally::rows(&std::mem::take(&mut self.tallied), shard) {
            self.insert(&TALLY, TALLY.row(row)?, tally::ADD);
        }
        self.flush()?;
        self.keep_drawn()?;
        Ok(self.transaction)
    }

    /// Leaves nothing of it.
    pub(crate) fn undo(self) -> Result<(), Error> {
        Ok(self.transaction.rollback()?)
    }

    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    pub(crate) fn raced(&self) -> bool {
        self.raced
    }

    pub(crate) fn spoiled(&self) -> bool {
        self.spoiled
    }

    /// Notes a new row; it is written with others.
    pub(crate) fn insert(&mut self, table: &'static Table, row: Vec<Value>, end: &'static str) {
        self.written += 1;
        match self.pending.iter_mut().find(|new| new.table.name == table.name) {
            Some(new) => new.rows.push(row),
            None => self.pending.push(NewRows { table, rows: vec![row], end }),
        }
    }

    /// Writes all new rows, of every table in one statement.
    fn flush(&mut self) -> Result<(), Error> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let pending = std::mem::take(&mut self.pending);
        let (mut parts, mut columns) = (Vec::new(), Vec::new());
        for NewRows { table, rows, end } in &pending {
            let types = self.prepared(table.insert())?.params().to_vec();
            let names: Vec<String> = (0..types.len()).map(|at| format!("c{at}")).collect();
            let (mut arrays, mut values) = (Vec::new(), Vec::new());
            for (at, of) in types.iter().enumerate() {
                columns.push(Column(rows.iter().map(|row| row.get(at)).collect()));
                // Words of the index come with blanks between them.
                let words = *of == Type::TS_VECTOR;
                let of = if words { Type::TEXT.name() } else { of.name() };
                let word = format!("array_to_tsvector(string_to_array(c{at}, ' '))");
                arrays.push(format!("${}::{of}[]", columns.len()));
                values.push(if words { word } else { format!("c{at}") });
            }
            parts.push(format!(
                "{name}_rows AS (INSERT INTO {name} ({all})
                   SELECT {values} FROM unnest({arrays}) AS new ({names}){end})",
                name = table.name,
                all = table.columns.join(", "),
                arrays = arrays.join(", "),
                values = values.join(", "),
                names = names.join(", "),
            ));
        }
        let sql = format!("WITH {} SELECT 1", parts.join(", "));
        let statement = self.prepared(&sql)?;
        let params: Vec<&(dyn ToSql + Sync)> =
            columns.iter().map(|column| column as &(dyn ToSql + Sync)).collect();
        let result = self.transaction.query(&statement, &params);
        self.noting_races(result).map(|_| ())
    }

    /// Writes new rows first, if a statement asks of their table.
    fn flush_for(&mut self, sql: &str) -> Result<(), Error> {
        let asks = self.pending.iter().any(|new| sql.contains(new.table.name));
        if asks { self.flush() } else { Ok(()) }
    }

    /// The next number of a counter. The first draw holds it until the commit; what is drawn after it in the same
    /// transaction needs nobody's word.
    pub(crate) fn draw(&mut self, counter: &str) -> Result<i64, Error> {
        self.written += 1;
        if let Some(known) = self.counters.get_mut(counter).filter(|known| known.held) {
            (known.last, known.ahead) = (known.last + 1, true);
            return Ok(known.last);
        }
        let rows = self.all(DRAW, params![counter])?;
        let last = rows.first().ok_or(Error::Conflict)?.number()?;
        let drawn = Counter { last, held: true, ahead: false };
        self.counters.insert(counter.to_owned(), drawn);
        Ok(last)
    }

    /// The number that a counter gave out last, as this transaction knows it. Who writes by it keeps others from
    /// drawing until the commit, so that what follows from the number is not gone by then.
    pub(crate) fn drawn(&mut self, counter: &str) -> Result<Option<i64>, Error> {
        if let Some(known) = self.counters.get(counter) {
            return Ok(Some(known.last));
        }
        let found = if self.writes {
            self.all(&format!("{DRAWN} FOR SHARE"), params![counter])?
        } else {
            self.all(DRAWN, params![counter])?
        };
        let last = found.first().map(Row::number).transpose()?;
        // What nobody drew here may be asked again by each act of a group: it is asked once.
        if let Some(last) = last {
            let known = Counter { last, held: false, ahead: false };
            self.counters.insert(counter.to_owned(), known);
        }
        Ok(last)
    }

    /// Tells the table what was drawn since it was told last.
    fn keep_drawn(&mut self) -> Result<(), Error> {
        for (name, counter) in std::mem::take(&mut self.counters) {
            if counter.ahead {
                let sql = "UPDATE counter SET value = $2 WHERE name = $1";
                self.run(sql, params![name, counter.last])?;
            }
        }
        Ok(())
    }

    fn noting_races<T>(&mut self, result: Result<T, postgres::Error>) -> Result<T, Error> {
        result.map_err(|error| {
            let error = Error::from(error);
            self.raced |= matches!(error, Error::Conflict);
            self.spoiled = true;
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
        let (rows, pages) = root.map_or((0, 0), |root| (rows_of(root), pages_of(root)));
        self.gauge.note(sql, rows, pages);
        Ok(())
    }

    pub(crate) fn all(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Error> {
        self.flush_for(sql)?;
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
        self.flush_for(sql)?;
        self.written += 1;
        if sql.contains("counter") {
            self.keep_drawn()?;
        }
        let statement = self.prepared(sql)?;
        let result = self.transaction.execute(&statement, &refs(params));
        self.noting_races(result)
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<(), Error> {
        self.flush()?;
        self.written += 1;
        let done = self.transaction.batch_execute(sql);
        self.noting_races(done)
    }
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

/// The values of a column, one for each new row.
#[derive(Debug)]
struct Column<'a>(Vec<Option<&'a Value>>);

impl ToSql for Column<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.0.to_sql(ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
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
