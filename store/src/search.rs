//! The search index (检索): written in the act's own transaction.

use crate::condition::Where;
use crate::db::{Engine, Tx};
use crate::{Error, params};
use casework::matter::{Matter, MatterId};
use std::collections::BTreeSet;

/// The tokens under which a matter is found: titles, facts, demands, answers, later material.
pub fn tokens(matter: &Matter) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    let mut add = |text: &str| tokens.extend(chinese::text::index_tokens(text));
    add(&matter.title);
    for petition in &matter.petitions {
        add(&petition.title);
        add(&petition.text);
        petition.demands.iter().for_each(|demand| add(demand));
    }
    for demand in &matter.demands {
        add(&demand.text);
        if let Some(answer) = &demand.answer {
            add(&answer.text);
        }
    }
    if let Some(ledger) = matter.answer.as_ref().and_then(|answer| answer.ledger.as_ref()) {
        add(&ledger.text);
    }
    for review in &matter.reviews {
        add(&review.asked.reason);
        if let Some((_, decided)) = &review.decided {
            add(&decided.text);
        }
    }
    for joint in &matter.joints {
        if let Some((_, contributed)) = &joint.contributed {
            add(&contributed.text);
        }
    }
    if let Some(settled) = &matter.settlement {
        add(&settled.text);
    }
    if let Some(participation) = &matter.participation {
        participation.sessions.iter().for_each(|one| add(&one.held.text));
        participation.evidence.iter().for_each(|(_, one)| add(&one.item));
    }
    matter.supplements.iter().for_each(|later| add(&later.text));
    tokens
}

/// Takes a matter out of the index, to be indexed anew.
pub(crate) fn forget(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Error> {
    let sql = match tx.engine() {
        Engine::Sqlite => "DELETE FROM search WHERE rowid = $1",
        Engine::Postgres => "DELETE FROM search WHERE matter = $1",
    };
    tx.run(sql, params![id.0]).map(|_| ())
}

/// Indexes a matter of which the index holds nothing.
///
/// # Errors
/// The engine failed.
pub fn record(tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Error> {
    let tokens: Vec<String> = tokens(matter).into_iter().collect();
    let joined = tokens.join(" ");
    match tx.engine() {
        Engine::Sqlite => {
            tx.run(
                "INSERT INTO search (rowid, tokens) VALUES ($1, $2)",
                params![matter.id.0, joined],
            )?;
        }
        Engine::Postgres => {
            tx.run(
                "INSERT INTO search (matter, tokens) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))",
                params![matter.id.0, joined],
            )?;
        }
    }
    Ok(())
}

/// Where what is found comes from.
pub(crate) struct Found {
    pub(crate) from: &'static str,
    pub(crate) id: &'static str,
}

/// Where the matters come from that hold words, with the column of their numbers, and the condition that says so;
/// nothing for words that hold nothing to look for. SQLite's index gives them in the order of their numbers, so that a
/// page of a common word reads no further than it shows.
pub(crate) fn road(engine: Engine, words: &str, all: &mut Where<'_>) -> Option<Found> {
    let tokens = chinese::text::query_tokens(words);
    if tokens.is_empty() {
        return None;
    }
    Some(match engine {
        Engine::Sqlite => {
            let query: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
            all.is("search MATCH ?", query.join(" AND "));
            Found {
                from: "search CROSS JOIN matter ON matter.id = search.rowid",
                id: "search.rowid",
            }
        }
        Engine::Postgres => {
            let query: Vec<String> = tokens.iter().map(|token| format!("'{token}'")).collect();
            all.is("search.tokens @@ CAST(? AS TEXT)::tsquery", query.join(" & "));
            Found { from: "search JOIN matter ON matter.id = search.matter", id: "search.matter" }
        }
    })
}

/// Whether the index holds all of a matter's tokens; for `verify`.
///
/// # Errors
/// The engine failed.
pub fn holds(tx: &mut Tx<'_>, matter: &Matter) -> Result<bool, Error> {
    for chunk in tokens(matter).into_iter().collect::<Vec<_>>().chunks(200) {
        let found = match tx.engine() {
            Engine::Sqlite => {
                let query: Vec<String> = chunk.iter().map(|token| format!("\"{token}\"")).collect();
                tx.opt(
                    "SELECT rowid FROM search WHERE search MATCH $1 AND rowid = $2",
                    params![query.join(" AND "), matter.id.0],
                )?
            }
            Engine::Postgres => {
                let query: Vec<String> = chunk.iter().map(|token| format!("'{token}'")).collect();
                tx.opt(
                    "SELECT matter FROM search WHERE tokens @@ CAST($1 AS TEXT)::tsquery AND matter = $2",
                    params![query.join(" & "), matter.id.0],
                )?
            }
        };
        if found.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
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
    let (sql, query) = match tx.engine() {
        Engine::Sqlite => (
            "SELECT rowid AS matter FROM search WHERE search MATCH $1 ORDER BY rowid DESC LIMIT $2",
            pairs.iter().map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" OR "),
        ),
        Engine::Postgres => (
            "WITH found AS MATERIALIZED (SELECT matter FROM search WHERE tokens @@ CAST($1 AS TEXT)::tsquery)
             SELECT matter FROM found ORDER BY matter DESC LIMIT $2",
            pairs.iter().map(|token| format!("'{token}'")).collect::<Vec<_>>().join(" | "),
        ),
    };
    let rows = tx.all(sql, params![query, limit])?;
    rows.iter().map(|row| row.int("matter").map(MatterId)).collect()
}
