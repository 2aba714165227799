//! The search index (检索): written in the act's own transaction.

use crate::condition::Where;
use crate::db::{Engine, Tx};
use crate::row::Row;
use crate::table::{INDEXED, SEARCH, named};
use crate::{Error, params};
use casework::matter::{Matter, MatterId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The texts by which a matter is found: titles, facts, demands, answers, later material.
fn texts(matter: &Matter) -> Vec<&str> {
    let mut texts = vec![matter.title.as_str()];
    for petition in &matter.petitions {
        texts.extend([petition.title.as_str(), petition.text.as_str()]);
        texts.extend(petition.demands.iter().map(String::as_str));
    }
    for demand in &matter.demands {
        texts.push(&demand.text);
        texts.extend(demand.answer.as_ref().map(|answer| answer.text.as_str()));
    }
    let ledger = matter.answer.as_ref().and_then(|answer| answer.ledger.as_ref());
    texts.extend(ledger.map(|ledger| ledger.text.as_str()));
    for review in &matter.reviews {
        texts.push(&review.asked.reason);
        texts.extend(review.decided.as_ref().map(|(_, decided)| decided.text.as_str()));
    }
    for joint in &matter.joints {
        texts.extend(joint.contributed.as_ref().map(|(_, contributed)| contributed.text.as_str()));
    }
    texts.extend(matter.settlement.as_ref().map(|settled| settled.text.as_str()));
    if let Some(participation) = &matter.participation {
        texts.extend(participation.sessions.iter().map(|one| one.held.text.as_str()));
        texts.extend(participation.evidence.iter().map(|(_, one)| one.item.as_str()));
    }
    texts.extend(matter.supplements.iter().map(|later| later.text.as_str()));
    texts
}

/// What the index was made from, in few letters: it does not give back what it holds.
pub(crate) fn digest(matter: &Matter, marks: &[String]) -> String {
    let mut digest = Sha256::new();
    for text in texts(matter).into_iter().chain(marks.iter().map(String::as_str)) {
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    hex::encode(digest.finalize().get(..8).unwrap_or_default())
}

/// Takes a matter out of the index, to be indexed anew.
pub(crate) fn forget(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Error> {
    let sql = match tx.engine() {
        Engine::Sqlite => "DELETE FROM search WHERE rowid = $1",
        Engine::Postgres => "DELETE FROM search WHERE matter = $1",
    };
    tx.run(sql, params![id.0])?;
    tx.run("DELETE FROM indexed WHERE matter = $1", params![id.0]).map(|_| ())
}

/// By which words a matter is found (索引词), and from what they were taken.
pub(crate) struct Words {
    matter: MatterId,
    tokens: String,
    digest: String,
}

impl Words {
    /// Those of a matter's texts, and marks of what else it is found by: words that no text has.
    pub(crate) fn of(matter: &Matter, marks: &[String]) -> Self {
        let mut tokens = String::new();
        for text in texts(matter) {
            chinese::text::index_tokens(text, &mut tokens);
        }
        tokens.push_str(&marks.join(" "));
        Self { matter: matter.id, tokens, digest: digest(matter, marks) }
    }

    /// Writes them into the index, which holds nothing of the matter.
    pub(crate) fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let tokens = self.tokens.trim_end();
        match tx.engine() {
            Engine::Sqlite => {
                let sql = "INSERT INTO search (rowid, tokens) VALUES ($1, $2)";
                tx.run(sql, params![self.matter.0, tokens])?;
            }
            Engine::Postgres => {
                tx.insert(&SEARCH, named![matter: self.matter.0, tokens: tokens])?;
            }
        }
        tx.insert(&INDEXED, named![matter: self.matter.0, digest: &self.digest])
    }
}

/// How many of the newest matters are looked at one by one on PostgreSQL, before its index is asked, which knows no
/// order and gives all that hold a word.
const NEWEST: u32 = 400;

/// How far back is looked (检索范围).
#[derive(Clone, Copy)]
pub(crate) enum Depth {
    /// On PostgreSQL, among the newest before a number; what is common fills its page there.
    Newest { before: Option<i64> },
    /// To the first matter.
    All,
    /// Anywhere: for a number that nobody reads on from.
    Unsorted,
}

/// Where what is found comes from.
pub(crate) struct Found {
    pub(crate) from: String,
    pub(crate) id: &'static str,
    /// Whether it is all that there is, in the order of its numbers or to be sorted.
    pub(crate) whole: bool,
}

/// What the index is asked for (检索条件).
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    /// What was typed.
    pub(crate) words: Option<&'a str>,
    /// By what else it knows matters.
    pub(crate) marks: &'a [String],
}

/// As the engine reads it; nothing where there is nothing to look for in what was typed.
fn query(engine: Engine, sought: Sought<'_>) -> Option<String> {
    let mut tokens = sought.words.map(chinese::text::query_tokens).unwrap_or_default();
    if sought.words.is_some() && tokens.is_empty() {
        return None;
    }
    tokens.extend(sought.marks.iter().cloned());
    let (quote, and) = match engine {
        Engine::Sqlite => ('"', " AND "),
        Engine::Postgres => ('\'', " & "),
    };
    let quoted: Vec<String> = tokens.iter().map(|token| format!("{quote}{token}{quote}")).collect();
    (!quoted.is_empty()).then(|| quoted.join(and))
}

/// Where the matters come from that hold what is sought, with the column of their numbers, and the condition that says
/// so; nothing for words that hold nothing to look for. SQLite's index gives them in the order of their numbers, so
/// that a page of a common word reads no further than it shows.
///
/// # Errors
/// The engine failed.
pub(crate) fn road(
    tx: &mut Tx<'_>,
    sought: Sought<'_>,
    depth: Depth,
    all: &mut Where<'_>,
) -> Result<Option<Found>, Error> {
    let Some(query) = query(tx.engine(), sought) else { return Ok(None) };
    if tx.engine() == Engine::Sqlite {
        all.is("search MATCH ?", query);
        let from = "search CROSS JOIN matter ON matter.id = search.rowid".to_owned();
        return Ok(Some(Found { from, id: "search.rowid", whole: true }));
    }
    // Each in a form that PostgreSQL takes as it stands: what it thinks of how common a rare word is, is wrong.
    let (rows, whole) = match depth {
        Depth::Newest { before } => {
            all.is("search.tokens @@ CAST(? AS TEXT)::tsquery", query);
            let (before, most) = (all.place(before.unwrap_or(i64::MAX)), all.place(NEWEST));
            let newest = format!(
                "SELECT matter, tokens FROM search WHERE matter < {before}
                 ORDER BY matter DESC LIMIT {most}"
            );
            (newest, false)
        }
        Depth::All | Depth::Unsorted => {
            by_index(tx)?;
            let query = all.place(query);
            let sorted = if matches!(depth, Depth::All) { "ORDER BY matter DESC" } else { "" };
            let every = format!(
                "SELECT matter FROM search WHERE tokens @@ CAST({query} AS TEXT)::tsquery
                 {sorted} OFFSET 0"
            );
            (every, true)
        }
    };
    let from = format!("({rows}) AS search JOIN matter ON matter.id = search.matter");
    Ok(Some(Found { from, id: "search.matter", whole }))
}

/// Has PostgreSQL ask its index of words rather than read the words of all matters, which it takes for cheap.
fn by_index(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.run("SET LOCAL enable_seqscan = off", &[]).map(|_| ())
}

/// Asks of each matter whether it holds words; `false` for words that hold nothing to look for.
pub(crate) fn condition(engine: Engine, words: &str, all: &mut Where<'_>) -> bool {
    let sought = Sought { words: Some(words), marks: &[] };
    let Some(query) = query(engine, sought) else { return false };
    // In a form that PostgreSQL does not turn round, to look for the words in all matters first.
    let holds = match engine {
        Engine::Sqlite => {
            "EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND search.rowid = matter.id)"
        }
        Engine::Postgres => {
            "(SELECT search.tokens FROM search WHERE search.matter = matter.id)
               @@ CAST(? AS TEXT)::tsquery"
        }
    };
    all.is(holds, query);
    true
}

/// Which matters of a range are in the index, and from what they were put there; for `verify`.
///
/// # Errors
/// The engine failed.
pub(crate) fn indexed(
    tx: &mut Tx<'_>,
    first: MatterId,
    last: MatterId,
) -> Result<BTreeMap<MatterId, String>, Error> {
    let id = match tx.engine() {
        Engine::Sqlite => "search.rowid",
        Engine::Postgres => "search.matter",
    };
    let sql = format!(
        "SELECT indexed.matter, indexed.digest FROM indexed JOIN search ON {id} = indexed.matter
         WHERE indexed.matter >= $1 AND indexed.matter <= $2"
    );
    let one = |row: &Row| Ok((MatterId(row.int("matter")?), row.text("digest")?));
    tx.all(&sql, params![first.0, last.0])?.iter().map(one).collect()
}

/// Matters whose text has any of the first sixteen pairs of signs of a title; for suggesting repeats, which are then
/// weighed one by one. At most `limit`, newest first.
///
/// # Errors
/// The engine failed.
pub fn alike(tx: &mut Tx<'_>, title: &str, limit: u32) -> Result<Vec<MatterId>, Error> {
    let tokens = chinese::text::query_tokens(title);
    let pairs: Vec<&String> =
        tokens.iter().filter(|token| token.chars().count() >= 2).take(16).collect();
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let any = |quote: char, or: &str| {
        let quoted: Vec<String> =
            pairs.iter().map(|token| format!("{quote}{token}{quote}")).collect();
        quoted.join(or)
    };
    let rows = match tx.engine() {
        Engine::Sqlite => {
            let sql = "SELECT rowid AS matter FROM search WHERE search MATCH $1
                       ORDER BY rowid DESC LIMIT $2";
            tx.all(sql, params![any('"', " OR "), limit])?
        }
        Engine::Postgres => {
            let query = any('\'', " | ");
            let newest = "WITH newest AS MATERIALIZED
                            (SELECT matter, tokens FROM search ORDER BY matter DESC LIMIT $3)
                          SELECT matter FROM newest WHERE tokens @@ CAST($1 AS TEXT)::tsquery
                          ORDER BY matter DESC LIMIT $2";
            let found = tx.all(newest, params![query.as_str(), limit, NEWEST])?;
            // As many as are wanted are the newest of all; fewer come from rare words, whose matters are few.
            if u32::try_from(found.len()).is_ok_and(|found| found < limit) {
                let all = "WITH found AS MATERIALIZED
                             (SELECT matter FROM search WHERE tokens @@ CAST($1 AS TEXT)::tsquery)
                           SELECT matter FROM found ORDER BY matter DESC LIMIT $2";
                by_index(tx)?;
                tx.all(all, params![query.as_str(), limit])?
            } else {
                found
            }
        }
    };
    rows.iter().map(|row| row.int("matter").map(MatterId)).collect()
}
