//! By what a list is walked in its order (遍历路径), so that a page is read from where it begins and no further.

use super::row::{COLUMNS, MatterRow, NEVER, row};
use crate::condition::Where;
use crate::db::Engine;
use crate::{Error, Tx};
use casework::matter::MatterId;

/// After which row a page begins (游标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The day by which the list is sorted, as the table has it.
    pub day: String,
    /// The matter's number.
    pub id: i64,
}

impl Cursor {
    /// After a row of a list that is sorted by when things are due.
    pub fn due(row: &MatterRow) -> Self {
        let day = row.due_on.map_or_else(|| NEVER.to_owned(), |day| day.to_string());
        Self { day, id: row.id.0 }
    }

    /// After a row of a list that is sorted by when matters were registered.
    pub fn registered(row: &MatterRow) -> Self {
        Self { day: row.registered_on.to_string(), id: row.id.0 }
    }
}

/// A table beside the matters that has their day of registration too.
pub(super) enum Beside {
    /// To whose mailbox letters went.
    Addressed,
    /// Which units have or had them.
    Units,
}

/// Where the rows of a list come from, and by what they are sorted.
pub(super) struct Road {
    pub(super) from: String,
    /// By which day; the number decides among those of one day. Nothing where the number alone does.
    pub(super) day: Option<&'static str>,
    pub(super) id: &'static str,
    /// From the newest to the oldest.
    pub(super) descending: bool,
    /// When a row's next duty falls due, and by which clock.
    pub(super) due: &'static str,
    /// Whether it leads to all that is looked for, or to the newest of it.
    pub(super) whole: bool,
}

/// A matter's own next duty.
const OWN_DUE: &str = "matter.due_key, matter.due_clock";

impl Road {
    /// To a matter by its number.
    pub(super) fn to_one() -> Self {
        let from = "matter".to_owned();
        Self { from, day: None, id: "matter.id", descending: true, due: OWN_DUE, whole: true }
    }

    /// Over the matters by an index. PostgreSQL knows its indexes' sizes and takes the one that it finds best.
    pub(super) fn over(engine: Engine, index: &'static str) -> Self {
        let from = match engine {
            Engine::Sqlite => format!("matter INDEXED BY {index}"),
            Engine::Postgres => "matter".to_owned(),
        };
        let (day, id) = (Some("matter.registered_on"), "matter.id");
        Self { from, day, id, ..Self::to_one() }
    }

    /// Along a table beside the matters.
    pub(super) fn along(engine: Engine, table: Beside) -> Self {
        let (name, day, id) = match table {
            Beside::Addressed => ("addressed", "addressed.registered_on", "addressed.matter"),
            Beside::Units => ("matter_unit", "matter_unit.registered_on", "matter_unit.matter"),
        };
        let from = beside(engine, name, id);
        Self { from, day: Some(day), id, ..Self::to_one() }
    }

    /// Along the places in queues, what is due first at the beginning.
    pub(super) fn queued(engine: Engine) -> Self {
        let (day, id) = (Some("queued.due_key"), "queued.matter");
        let from = beside(engine, "queued", id);
        let due = "queued.due_key, queued.due_clock";
        Self { from, day, id, descending: false, due, whole: true }
    }

    /// The same rows, asked one by one for words, newest first: on SQLite by their numbers, as its index of words has
    /// them; on PostgreSQL as every list, which is how its own index has them.
    pub(super) fn of_words(self, engine: Engine) -> Self {
        let day = match engine {
            Engine::Sqlite => None,
            Engine::Postgres if self.descending && self.day.is_some() => self.day,
            Engine::Postgres => Some("matter.registered_on"),
        };
        Self { day, descending: true, due: OWN_DUE, ..self }
    }

    /// What comes after a row.
    pub(super) fn after(&self, cursor: &Cursor, all: &mut Where<'_>) {
        let sign = if self.descending { "<" } else { ">" };
        let id = all.place(cursor.id);
        let after = match self.day {
            Some(column) => {
                let day = all.place(cursor.day.as_str());
                format!("({column}, {}) {sign} ({day}, {id})", self.id)
            }
            None => format!("{} {sign} {id}", self.id),
        };
        all.and(after);
    }

    /// The rows in order.
    ///
    /// # Errors
    /// The engine failed.
    pub(super) fn rows(
        &self,
        tx: &mut Tx<'_>,
        mut all: Where<'_>,
        limit: u32,
    ) -> Result<Vec<MatterRow>, Error> {
        let Self { from, id, due, .. } = self;
        let turn = if self.descending { " DESC" } else { "" };
        let day = self.day.map(|day| format!("{day}{turn}, ")).unwrap_or_default();
        let limit = all.place(limit);
        let (conditions, params) = all.done();
        let sql = format!(
            "SELECT {COLUMNS}, {due} FROM {from} WHERE {conditions}
             ORDER BY {day}{id}{turn} LIMIT {limit}"
        );
        tx.all(&sql, params.values())?.iter().map(row).collect()
    }

    /// How many rows there are, up to a number.
    ///
    /// # Errors
    /// The engine failed.
    pub(super) fn count(
        &self,
        tx: &mut Tx<'_>,
        mut all: Where<'_>,
        most: i64,
    ) -> Result<i64, Error> {
        let most = all.place(most);
        let (conditions, params) = all.done();
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT matter.id FROM {} WHERE {conditions} LIMIT {most}) AS counted",
            self.from
        );
        tx.number(&sql, params.values())
    }
}

/// A table, and for each of its rows the matter: in this order, which SQLite keeps for a cross join alone.
pub(crate) fn beside(engine: Engine, table: &str, id: &str) -> String {
    let join = match engine {
        Engine::Sqlite => "CROSS JOIN",
        Engine::Postgres => "JOIN",
    };
    format!("{table} {join} matter ON matter.id = {id}")
}

/// Rows of several lists of one order as one, without those that are in several of them.
pub(super) fn merged(lists: Vec<Vec<MatterRow>>, limit: u32) -> Vec<MatterRow> {
    let mut all: Vec<MatterRow> = lists.into_iter().flatten().collect();
    let due = |row: &MatterRow| (row.due_on.is_none(), row.due_on, row.id);
    all.sort_by_key(due);
    let mut known = std::collections::BTreeSet::<MatterId>::new();
    all.retain(|row| known.insert(row.id));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    all
}
