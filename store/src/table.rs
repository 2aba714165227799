//! The tables (数据表): each with one list of its columns, by which it is written, copied and compared.

use crate::Error;
use crate::value::Value;
use std::sync::OnceLock;

/// A table (数据表).
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The columns that tell a row from the others; copies and dumps are in their order.
    pub(crate) key: &'static [&'static str],
    /// All columns, the key's first.
    pub(crate) columns: &'static [&'static str],
    insert: OnceLock<String>,
    put: OnceLock<String>,
    add: OnceLock<String>,
}

/// A row, as the case file gives it: values under the names of their columns, the key's first.
pub(crate) type Written = Vec<(&'static str, Value)>;

/// The rows of one table.
pub(crate) struct Rows {
    pub(crate) table: &'static Table,
    pub(crate) rows: Vec<Written>,
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.table.name == other.table.name && self.rows == other.rows
    }
}

/// Values, each under the name of its column (列值).
pub(crate) trait Named: IntoIterator<Item = (&'static str, Value)> {}
impl<T: IntoIterator<Item = (&'static str, Value)>> Named for T {}

/// Values under the names of their columns: `named![unit: "agri", rank: 1]`.
macro_rules! named {
    ($($column:ident: $value:expr),+ $(,)?) => {
        [$((stringify!($column), $crate::value::Value::from($value))),+]
    };
}
pub(crate) use named;

macro_rules! tables {
    ($($name:ident = $table:ident($($key:ident),+ $(; $($column:ident),+)?);)+) => {
        $(pub(crate) static $name: Table = Table::of(
            stringify!($table),
            &[$(stringify!($key)),+],
            &[$(stringify!($key),)+ $($(stringify!($column)),+)?],
        );)+

        /// Every table that holds what an office would miss.
        pub(crate) static ALL: &[&Table] = &[$(&$name),+];
    };
}

// Sessions and counted tries pass by themselves, the search index is made anew: none of them is copied.
tables! {
    SETTING = setting(name; value);
    COUNTER = counter(name; value);
    JURISDICTION = jurisdiction(code; name, level, parent);
    UNIT = unit(id; name, short, kind, jurisdiction, parent, phone, address, closed_on,
        guided_by);
    UNIT_BEFORE = unit_before(id, until_on; name, short, kind, jurisdiction, parent, phone,
        address, guided_by);
    POST = post(id; unit, name, rank);
    ACCOUNT = account(id; login, name, unit, post, roles, password, must_change, failures,
        locked_until, closed_on);
    ABSENCE = absence(id; person, deputy, from_on, until_on);
    MAILBOX = mailbox(leader; opened_on);
    API_TOKEN = api_token(token; account, label, created_at, closed_at);
    ONCE = once(sender, word; request, outcome, at);
    SCHEDULE = schedule(year; body);
    CATEGORY = category(path, in_force_from; in_force_until);
    PROBLEM_HEAD = problem_head(category, in_force_from; head, name, position, in_force_until);
    MATTER = matter(id; version, jurisdiction, place, title, category, step, holder,
        holder_since, received_on, registered_on, answered_on, answered_day, answer_due, served_on,
        concluded_on, cause, due_key, due_clock, is_open, waits_for_head, petitions,
        headcount, channel, collective, lead, sealed, urgent, watched, keeper,
        first_unit, in_charge, township, branch, limb, walled);
    QUEUED = queued(matter, bucket, waiter; due_key, due_clock);
    MATTER_WALL = matter_wall(who, matter);
    PETITION_CODE = petition_code(petition, turn; hash, why, issued_at);
    LOCAL_HOLIDAY = local_holiday(day; name, document);
    JOB = job(name; holder, lease_until, started_at, ended_at, done, problem);
    REMINDER = reminder(matter, position, stage, due_on; kind, unit, made_on);
    PROPOSAL = proposal(matter, cause; found_on);
    DUTY = duty(noun, id; version, day, person, body);
    DUTY_FILE = duty_file(noun, id, hash);
    MATTER_UNIT = matter_unit(unit, registered_on, matter);
    SUPERVISION = supervision(matter, turn; number, form, cause, unit, since, answered_on, closed_on);
    COMPLAINT = complaint(matter, turn; petition, unit);
    ADDRESSED = addressed(leader, registered_on, matter);
    PUBLICATION = publication(matter, turn; since, title, question, answer);
    OPEN_HEARING = open_hearing(matter, turn; held_on, venue, host, panel, text);
    OPEN_OPINION = open_opinion(matter, turn; since, title, text);
    RECOMMENDATION = recommendation(matter, turn; number, kind, unit, since, answered_on, adopted);
    LEADER_DEED = leader_deed(matter, turn; kind, leader, since, due_on, done_on, note);
    PROMISE = promise(matter, turn; unit, due_on, due_day, done_on);
    FACT = fact(matter, sequence; kind, at, day, actor, unit, body, hash, jurisdiction);
    PAPER = paper(matter, sequence, kind; number, day, unit);
    PETITION = petition(number; matter, position, channel, collective, headcount, received_on,
        received_day, registered_on, title, category, category_before, category_since, place,
        lead, query_hash, reference, told_by, told_on, told_day, over_on, by_unit,
        jurisdiction);
    CLOCK = clock(matter, position; kind, unit, started_on, ended_on, due_on, owed, jurisdiction);
    PARTY_KEY = party_key(party; matter, wrapped);
    BLIND = blind(kind, digest, party; matter);
    ATTACHMENT = attachment(matter, hash; name, media, size);
    TALLY = tally(kind, period, value, seal, day, shard; number);
    JOURNAL = journal(sequence; at, actor, kind, subject, body, hash);
}

/// Ledgers that wait for a day at most: sealed, and not copied.
pub(crate) static WAITING_LEDGER: Table =
    Table::of("waiting_ledger", &["account"], &["account", "name", "sealed", "since"]);

/// What the index of words was made from: made anew with it, and so not copied.
pub(crate) static INDEXED: Table = Table::of("indexed", &["matter"], &["matter", "digest"]);

/// The index of words as PostgreSQL has it; SQLite's is no table.
pub(crate) static SEARCH: Table = Table::of("search", &["matter"], &["matter", "tokens"]);

impl Table {
    const fn of(
        name: &'static str,
        key: &'static [&'static str],
        columns: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            key,
            columns,
            insert: OnceLock::new(),
            put: OnceLock::new(),
            add: OnceLock::new(),
        }
    }

    /// `SELECT` with all columns.
    pub(crate) fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.name)
    }

    /// `INSERT` of a whole row.
    pub(crate) fn insert(&self) -> &str {
        self.insert.get_or_init(|| {
            let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
            let (name, columns) = (self.name, self.columns.join(", "));
            format!("INSERT INTO {name} ({columns}) VALUES ({})", places.join(", "))
        })
    }

    /// `INSERT` of a whole row, in place of the one with the same key.
    pub(crate) fn put(&self) -> &str {
        self.put.get_or_init(|| {
            let rest = self.columns.iter().filter(|column| !self.key.contains(column));
            let sets: Vec<String> = rest.map(|one| format!("{one} = excluded.{one}")).collect();
            let (insert, key) = (self.insert(), self.key.join(", "));
            let sets = sets.join(", ");
            format!("{insert} ON CONFLICT ({key}) DO UPDATE SET {sets}")
        })
    }

    /// `INSERT` of a whole row, unless there is one with the same key.
    pub(crate) fn add(&self) -> &str {
        self.add.get_or_init(|| {
            format!("{} ON CONFLICT ({}) DO NOTHING", self.insert(), self.key.join(", "))
        })
    }

    /// The values of a whole row, in the order of the columns.
    pub(crate) fn row(&self, row: impl Named) -> Result<Vec<Value>, Error> {
        let wrong = || Error::Engine(format!("{}: not the columns of a row", self.name));
        let mut columns = self.columns.iter();
        let mut values = Vec::with_capacity(self.columns.len());
        for (column, value) in row {
            columns.next().filter(|expected| **expected == column).ok_or_else(wrong)?;
            values.push(value);
        }
        if columns.next().is_some() { Err(wrong()) } else { Ok(values) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Tx, migration};
    use std::collections::{BTreeMap, BTreeSet};

    /// Tables that no copy takes along: they pass, are made anew, or say how far the tables have come.
    const PASSING: [&str; 5] = ["attempt", "indexed", "migration", "session", "waiting_ledger"];

    fn office() -> Result<(tempfile::TempDir, Db), Box<dyn std::error::Error>> {
        let folder = tempfile::TempDir::new()?;
        let db = Db::sqlite(&folder.path().join("office.sqlite"))?;
        migration::run(&db)?;
        Ok((folder, db))
    }

    /// A column that a migration adds must be written, copied and compared; a table that it makes must not stay
    /// behind when an office moves.
    #[test]
    fn the_lists_are_those_of_the_database() -> Result<(), Box<dyn std::error::Error>> {
        let (_folder, db) = office()?;
        let sql = "SELECT tables.name AS name, columns.name AS column_name
            FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND tables.name NOT LIKE 'search%'";
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in db.read(|tx| tx.all(sql, &[]))? {
            found.entry(row.text("name")?).or_default().insert(row.text("column_name")?);
        }
        for name in PASSING {
            assert!(found.remove(name).is_some(), "{name} is gone");
        }
        let of = |table: &&Table| {
            let columns = table.columns.iter().map(|&column| column.to_owned());
            (table.name.to_owned(), columns.collect::<BTreeSet<String>>())
        };
        assert_eq!(found, ALL.iter().map(of).collect::<BTreeMap<_, _>>());
        Ok(())
    }

    #[test]
    fn a_row_must_give_every_column_in_its_place() -> Result<(), Box<dyn std::error::Error>> {
        let (_folder, db) = office()?;
        let short = db.write(|tx| tx.insert(&SETTING, named![name: "a"]));
        assert_eq!(
            short.map_err(|error: Error| error.to_string()),
            Err("database: setting: not the columns of a row".to_owned())
        );
        let turned = db.write(|tx| tx.insert(&SETTING, named![value: "b", name: "a"]));
        assert!(matches!(turned, Err(Error::Engine(_))));
        assert_eq!(db.read(|tx| tx.number("SELECT COUNT(*) FROM setting", &[]))?, 0);
        Ok(())
    }

    #[test]
    fn adding_keeps_what_is_there_and_putting_replaces_it() -> Result<(), Box<dyn std::error::Error>>
    {
        let (_folder, db) = office()?;
        let value = |tx: &mut Tx<'_>| crate::setting::find(tx, "a");
        let added = db.write(|tx| {
            let first = tx.add(&SETTING, named![name: "a", value: "1"])?;
            Ok::<_, Error>((first, tx.add(&SETTING, named![name: "a", value: "2"])?))
        })?;
        assert_eq!((added, db.read(value)?), ((true, false), Some("1".to_owned())));
        db.write(|tx| tx.put(&SETTING, named![name: "a", value: "3"]))?;
        assert_eq!(db.read(value)?, Some("3".to_owned()));
        Ok(())
    }

    /// What does not fit is named so that somebody finds the row, and what stands in it is kept out of logs.
    #[test]
    fn a_corrupt_row_names_its_table_its_key_and_its_column()
    -> Result<(), Box<dyn std::error::Error>> {
        let (_folder, db) = office()?;
        db.write(|tx| {
            let row = named![day: "2025-03-03", name: "县庆", document: "县府发〔2025〕1号"];
            tx.insert(&LOCAL_HOLIDAY, row)?;
            tx.run("UPDATE local_holiday SET document = x'00'", &[])
        })?;
        let said = |error: Error| error.to_string();
        assert_eq!(
            db.read(crate::almanac::local_holidays).map_err(said),
            Err("corrupt row: local_holiday day 2025-03-03: document: text expected".to_owned())
        );
        // Bytes that are no text are not made into some.
        db.write(|tx| {
            tx.run("UPDATE local_holiday SET document = CAST(x'e58ebfff' AS TEXT)", &[])
        })?;
        assert!(db.read(crate::almanac::local_holidays).is_err());
        db.write(|tx| tx.insert(&SCHEDULE, named![year: 2025, body: r#"{"year": "赵秀兰"}"#]))?;
        assert_eq!(
            db.read(crate::almanac::schedules).map_err(said),
            Err(
                "corrupt row: schedule year 2025: body: what the program writes, at 1:20, expected"
                    .to_owned()
            )
        );
        let no_such = db.read(|tx| tx.one("SELECT name FROM local_holiday", &[])?.text("day"));
        assert!(matches!(no_such, Err(Error::Engine(said)) if said.starts_with("no column day")));
        Ok(())
    }
}
