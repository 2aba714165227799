//! What a case file tells beside its state row (事项附表): supervisions, recommendations, leaders' parts and
//! promises, each as rows that lists and figures ask. They are written with every fact and compared by
//! `verify`.

use super::day;
use crate::value::Value;
use crate::{Error, Tx, params};
use casework::matter::supervision::Executed;
use casework::matter::{Matter, MatterId, Step};
use casework::org::AccountId;

/// A table of rows that follow from the case file: its columns after `matter` and `turn`, and the rows.
struct Side {
    table: &'static str,
    columns: &'static str,
    rows: fn(&Matter) -> Vec<Vec<Value>>,
}

const SIDES: [Side; 4] = [
    Side {
        table: "supervision",
        columns: "number, form, cause, unit, since, answered_on, closed_on",
        rows: supervisions,
    },
    Side {
        table: "recommendation",
        columns: "number, kind, unit, since, answered_on, adopted",
        rows: recommendations,
    },
    Side {
        table: "leader_deed",
        columns: "kind, leader, since, due_on, done_on, note",
        rows: leader_deeds,
    },
    Side { table: "promise", columns: "unit, due_on, due_day, done_on", rows: promises },
];

fn supervisions(matter: &Matter) -> Vec<Vec<Value>> {
    let row = |one: &casework::matter::supervision::Supervision| {
        params![
            &one.supervised.number,
            one.supervised.form.word(),
            one.supervised.trigger.word(),
            &one.supervised.unit.0,
            one.on,
            one.answered.as_ref().map(|(on, _)| *on),
            one.closed.as_ref().map(|(on, _)| *on),
        ]
        .to_vec()
    };
    matter.supervisions.iter().map(row).collect()
}

fn recommendations(matter: &Matter) -> Vec<Vec<Value>> {
    let row = |one: &casework::matter::ladder::Recommendation| {
        let answered = one.answered.as_ref();
        params![
            &one.recommended.number,
            one.recommended.recommendation.word(),
            &one.recommended.to.0,
            one.on,
            answered.map(|(on, _)| *on),
            answered.is_some_and(|(_, said)| said.adopted),
        ]
        .to_vec()
    };
    matter.recommendations.iter().map(row).collect()
}

/// Sponsorships, instructions, submissions, meetings and studies, in this order.
fn leader_deeds(matter: &Matter) -> Vec<Vec<Value>> {
    let part = &matter.leadership;
    let mut rows = Vec::new();
    for one in &part.sponsorships {
        let ended = one.ended.as_ref();
        let result = ended.and_then(|(_, ended)| ended.as_ref()).map(|ended| ended.result.word());
        let (leader, due_on) = (&one.sponsored.leader.0, one.sponsored.due_on);
        let done_on = ended.map(|(on, _)| *on);
        let result = result.unwrap_or_default();
        rows.push(params!["sponsorship", leader, one.since, due_on, done_on, result].to_vec());
    }
    for one in &part.instructions {
        let (said, done_on) = (&one.instructed, one.answered.as_ref().map(|(on, _)| *on));
        let values = params!["instruction", &said.leader.0, said.on, said.due_on, done_on, ""];
        rows.push(values.to_vec());
    }
    for one in &part.submissions {
        let leader = &one.submitted.leader.0;
        rows.push(params!["submission", leader, one.on, one.on, one.read_on, ""].to_vec());
    }
    for met in &part.met {
        let note = if met.mediated { "mediated" } else { "" };
        let values = params!["meeting", &met.leader.0, met.on, met.on, Some(met.on), note];
        rows.push(values.to_vec());
    }
    for one in &part.studied {
        let values = params!["study", &one.leader.0, one.on, one.on, Some(one.on), ""];
        rows.push(values.to_vec());
    }
    rows
}

/// What a signed answer promised, and whether it was done.
fn promises(matter: &Matter) -> Vec<Vec<Value>> {
    let unsigned = matches!(matter.step, Step::Registered | Step::Referred(_) | Step::Accepted);
    let Some(unit) = matter.answered_by.as_ref().filter(|_| !unsigned) else { return Vec::new() };
    let promised = matter.demands.iter().filter_map(|demand| {
        let commitment = demand.answer.as_ref()?.commitment.as_ref()?;
        let done = |one: &&Executed| one.demand == demand.ordinal;
        let done_on = matter.executed.iter().find(done).map(|one| one.on);
        Some(params![&unit.0, commitment.by, day(commitment.by), done_on].to_vec())
    });
    promised.collect()
}

impl Side {
    fn width(&self) -> usize {
        self.columns.split(',').count()
    }

    fn record(&self, tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Error> {
        let marks: Vec<String> = (1..=self.width() + 2).map(|n| format!("${n}")).collect();
        let (table, columns) = (self.table, self.columns);
        let sql =
            format!("INSERT INTO {table} (matter, turn, {columns}) VALUES ({})", marks.join(", "));
        for (turn, row) in (1i64..).zip((self.rows)(matter)) {
            let mut values = params![matter.id.0, turn].to_vec();
            values.extend(row);
            tx.run(&sql, &values)?;
        }
        Ok(())
    }
}

/// Writes a matter's rows in place of what was there.
pub(super) fn record(tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Error> {
    for side in &SIDES {
        if matter.version > 1 {
            let sql = format!("DELETE FROM {} WHERE matter = $1", side.table);
            tx.run(&sql, params![matter.id.0])?;
        }
        side.record(tx, matter)?;
    }
    Ok(())
}

/// Which of the tables differ from what the case file tells.
pub(super) fn differ(tx: &mut Tx<'_>, matter: &Matter) -> Result<Vec<&'static str>, Error> {
    let mut found = Vec::new();
    for side in &SIDES {
        let (table, columns) = (side.table, side.columns);
        let sql = format!("SELECT {columns} FROM {table} WHERE matter = $1 ORDER BY turn");
        let rows = tx.all(&sql, params![matter.id.0])?;
        let width = side.width();
        let stored: Vec<Vec<Value>> =
            rows.into_iter().map(|mut row| (0..width).map(|_| row.value()).collect()).collect();
        if stored != (side.rows)(matter) {
            found.push(table);
        }
    }
    Ok(found)
}

/// The matter that has a supervision of this number, if one has.
///
/// # Errors
/// The engine failed.
pub fn supervised_as(tx: &mut Tx<'_>, number: &str) -> Result<Option<MatterId>, Error> {
    let sql = "SELECT matter FROM supervision WHERE number = $1 ORDER BY matter LIMIT 1";
    tx.opt(sql, params![number])?.map(|mut row| row.int().map(MatterId)).transpose()
}

/// The matters in which a leader's part of a kind (`sponsorship`, `instruction`, `submission`) is not over, in order of
/// its due date.
///
/// # Errors
/// The engine failed.
pub fn led_by(tx: &mut Tx<'_>, leader: &AccountId, kind: &str) -> Result<Vec<MatterId>, Error> {
    let sql = "SELECT matter FROM leader_deed WHERE leader = $1 AND kind = $2 AND done_on IS NULL
               ORDER BY due_on, matter, turn";
    let rows = tx.all(sql, params![&leader.0, kind])?;
    let mut found: Vec<MatterId> = Vec::new();
    for mut row in rows {
        let id = MatterId(row.int()?);
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// How many matters each leader answers for now, by the leader's account.
///
/// # Errors
/// The engine failed.
pub fn load(tx: &mut Tx<'_>) -> Result<Vec<(AccountId, i64)>, Error> {
    let sql = "SELECT leader, COUNT(*) FROM leader_deed
               WHERE kind = 'sponsorship' AND done_on IS NULL GROUP BY leader ORDER BY leader";
    let rows = tx.all(sql, &[])?;
    rows.into_iter().map(|mut row| Ok((AccountId(row.text()?), row.int()?))).collect()
}
