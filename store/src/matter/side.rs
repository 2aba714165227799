//! What a case file tells beside its state row (事项附表): supervisions, recommendations, leaders' parts and
//! promises, each as rows that lists and figures ask.

use super::list::of_ids;
use super::row::MatterRow;
use crate::row::Row;
use crate::table::{
    ADDRESSED, COMPLAINT, LEADER_DEED, OPEN_HEARING, OPEN_OPINION, PROMISE, PUBLICATION,
    RECOMMENDATION, Rows, SUPERVISION, Table, Written, named,
};
use crate::tally::{self, Kind};
use crate::value::day;
use crate::{Error, Tx, params};
use casework::matter::hearing::{HearingAnnounced, OpinionPublished, OpinionShown};
use casework::matter::publication::{AnswerPublished, Publication};
use casework::matter::sponsorship::LeaderPart;
use casework::matter::supervision::Executed;
use casework::matter::{Matter, MatterId, Step};
use casework::org::AccountId;
use casework::petition::Petition;
use casework::role::Scope;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A table of rows that follow from the case file.
struct Side {
    table: &'static Table,
    rows: fn(&Matter) -> Vec<Written>,
}

const SIDES: [Side; 9] = [
    Side { table: &COMPLAINT, rows: complaints },
    Side { table: &ADDRESSED, rows: addressed },
    Side { table: &PUBLICATION, rows: publication },
    Side { table: &OPEN_HEARING, rows: hearing },
    Side { table: &OPEN_OPINION, rows: opinion },
    Side { table: &SUPERVISION, rows: supervisions },
    Side { table: &RECOMMENDATION, rows: recommendations },
    Side { table: &LEADER_DEED, rows: leader_deeds },
    Side { table: &PROMISE, rows: promises },
];

/// Each organ of which a petition complains, once.
fn complaints(matter: &Matter) -> Vec<Written> {
    let organs = |petition: &Petition| -> BTreeSet<String> {
        let demands = matter.demands_of(&petition.number).into_iter();
        demands
            .filter_map(|demand| demand.complained_of.as_ref())
            .map(|unit| unit.0.clone())
            .collect()
    };
    let all = matter.petitions.iter().flat_map(|petition| {
        organs(petition).into_iter().map(|unit| (petition.number.0.as_str(), unit))
    });
    let row = |(turn, (petition, unit)): (i64, (&str, String))| {
        named![matter: matter.id.0, turn: turn, petition: petition, unit: unit].to_vec()
    };
    (1i64..).zip(all).map(row).collect()
}

/// Into whose mailbox its letters went, each leader once.
fn addressed(matter: &Matter) -> Vec<Written> {
    let leaders: BTreeSet<&AccountId> =
        matter.petitions.iter().filter_map(|petition| petition.mailbox.as_ref()).collect();
    let since = matter.registered_on;
    let row = |leader: &AccountId| {
        named![leader: &leader.0, registered_on: since, matter: matter.id.0].to_vec()
    };
    leaders.into_iter().map(row).collect()
}

/// What everybody may read of its answer; nothing, once a seal lies on it.
fn publication(matter: &Matter) -> Vec<Written> {
    let open = matter.publication.as_ref().filter(|_| !matter.sealed());
    let Some(Publication { on, published }) = open else { return Vec::new() };
    let AnswerPublished { title, question, answer } = published;
    let row = named![
        matter: matter.id.0,
        turn: 1i64,
        since: *on,
        title: title,
        question: question,
        answer: answer,
    ];
    vec![row.to_vec()]
}

/// To which hearing everybody may come.
fn hearing(matter: &Matter) -> Vec<Written> {
    let Some(open) = matter.open_hearing() else { return Vec::new() };
    let row = named![
        matter: matter.id.0,
        turn: 1i64,
        held_on: open.held_on,
        venue: &open.venue,
        host: &open.host,
        panel: &open.panel,
        text: &open.text,
    ];
    vec![row.to_vec()]
}

/// Which final opinion everybody may read.
fn opinion(matter: &Matter) -> Vec<Written> {
    let Some(OpinionShown { on, published }) = matter.open_opinion() else { return Vec::new() };
    let OpinionPublished { title, text } = published;
    let row = named![matter: matter.id.0, turn: 1i64, since: *on, title: title, text: text];
    vec![row.to_vec()]
}

fn supervisions(matter: &Matter) -> Vec<Written> {
    let numbered = (1i64..).zip(&matter.supervisions);
    let row = |(turn, one): (i64, &casework::matter::supervision::Supervision)| {
        named![
            matter: matter.id.0,
            turn: turn,
            number: &one.supervised.number,
            form: one.supervised.form.word(),
            cause: one.supervised.trigger.word(),
            unit: &one.supervised.unit.0,
            since: one.on,
            answered_on: one.answered.as_ref().map(|(on, _)| *on),
            closed_on: one.closed.as_ref().map(|(on, _)| *on),
        ]
        .to_vec()
    };
    numbered.map(row).collect()
}

fn recommendations(matter: &Matter) -> Vec<Written> {
    let numbered = (1i64..).zip(&matter.recommendations);
    let row = |(turn, one): (i64, &casework::matter::ladder::Recommendation)| {
        let answered = one.answered.as_ref();
        named![
            matter: matter.id.0,
            turn: turn,
            number: &one.recommended.number,
            kind: one.recommended.recommendation.word(),
            unit: &one.recommended.to.0,
            since: one.on,
            answered_on: answered.map(|(on, _)| *on),
            adopted: answered.is_some_and(|(_, said)| said.adopted),
        ]
        .to_vec()
    };
    numbered.map(row).collect()
}

/// What a meeting's row says when both sides were brought to agree.
pub(crate) const MEDIATED: &str = "mediated";

/// A leader's part in a matter, as its row tells it.
struct LeaderRow<'a> {
    part: LeaderPart,
    leader: &'a AccountId,
    since: Date,
    due_on: Date,
    done_on: Option<Date>,
    note: &'static str,
}

/// Sponsorships, instructions, submissions, meetings and studies, in this order.
fn leader_deeds(matter: &Matter) -> Vec<Written> {
    let leadership = &matter.leadership;
    let at_once = |part, leader, on, note| LeaderRow {
        part,
        leader,
        since: on,
        due_on: on,
        done_on: Some(on),
        note,
    };
    let sponsorships = leadership.sponsorships.iter().map(|one| {
        let result = one.ended.as_ref().map(|ended| ended.result.word());
        LeaderRow {
            part: LeaderPart::Sponsorship,
            leader: &one.sponsored.leader,
            since: one.since,
            due_on: one.sponsored.due_on,
            done_on: one.ended_on,
            note: result.unwrap_or_default(),
        }
    });
    let instructions = leadership.instructions.iter().map(|one| LeaderRow {
        part: LeaderPart::Instruction,
        leader: &one.instructed.leader,
        since: one.instructed.on,
        due_on: one.instructed.due_on,
        done_on: one.answered.as_ref().map(|(on, _)| *on),
        note: "",
    });
    let submissions = leadership.submissions.iter().map(|one| LeaderRow {
        part: LeaderPart::Submission,
        leader: &one.submitted.leader,
        since: one.on,
        due_on: one.on,
        done_on: one.read_on,
        note: "",
    });
    let meetings = leadership.met.iter().map(|met| {
        let note = if met.mediated { MEDIATED } else { "" };
        at_once(LeaderPart::Meeting, &met.leader, met.on, note)
    });
    let studies =
        leadership.studied.iter().map(|one| at_once(LeaderPart::Study, &one.leader, one.on, ""));
    let all = sponsorships.chain(instructions).chain(submissions).chain(meetings).chain(studies);
    let row = |(turn, deed): (i64, LeaderRow<'_>)| {
        named![
            matter: matter.id.0,
            turn: turn,
            kind: deed.part.word(),
            leader: &deed.leader.0,
            since: deed.since,
            due_on: deed.due_on,
            done_on: deed.done_on,
            note: deed.note,
        ]
        .to_vec()
    };
    (1i64..).zip(all).map(row).collect()
}

/// What a signed answer promised, and whether it was done.
fn promises(matter: &Matter) -> Vec<Written> {
    let unsigned = matches!(matter.step, Step::Registered | Step::Referred(_) | Step::Accepted);
    let Some(unit) = matter.answered_by.as_ref().filter(|_| !unsigned) else { return Vec::new() };
    let promised = matter.demands.iter().filter_map(|demand| {
        let commitment = demand.answer.as_ref()?.commitment.as_ref()?;
        let done = |one: &&Executed| one.demand == demand.ordinal;
        Some((commitment.by, matter.executed.iter().find(done).map(|one| one.on)))
    });
    let row = |(turn, (due_on, done_on)): (i64, (Date, Option<Date>))| {
        named![
            matter: matter.id.0,
            turn: turn,
            unit: &unit.0,
            due_on: due_on,
            due_day: day(due_on),
            done_on: done_on,
        ]
        .to_vec()
    };
    (1i64..).zip(promised).map(row).collect()
}

/// All these tables.
pub(super) fn tables() -> impl Iterator<Item = &'static Table> {
    SIDES.iter().map(|side| side.table)
}

/// The rows of all these tables.
pub(super) fn rows(matter: &Matter) -> impl Iterator<Item = Rows> {
    SIDES.iter().map(|side| Rows { table: side.table, rows: (side.rows)(matter) })
}

/// The matters in which a leader's part of a kind is not over, in order of its due date, as far as the actor sees them.
///
/// # Errors
/// The engine failed.
pub fn led_by(
    tx: &mut Tx<'_>,
    scope: &Scope,
    leader: &AccountId,
    part: LeaderPart,
    limit: u32,
) -> Result<Vec<MatterRow>, Error> {
    let sql = "SELECT matter FROM leader_deed WHERE leader = $1 AND kind = $2 AND done_on IS NULL
               ORDER BY due_on, matter LIMIT $3";
    let mut ids: Vec<MatterId> = Vec::new();
    for row in tx.all(sql, params![&leader.0, part.word(), limit])? {
        let id = MatterId(row.int("matter")?);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    of_ids(tx, scope, &ids)
}

/// The answers that everybody may read, newest first.
///
/// # Errors
/// The engine failed.
pub fn published(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Publication>, Error> {
    let sql = "SELECT since, title, question, answer FROM publication
               ORDER BY since DESC, matter DESC LIMIT $1";
    let publication = |row: &Row| {
        let published = AnswerPublished {
            title: row.text("title")?,
            question: row.text("question")?,
            answer: row.text("answer")?,
        };
        Ok(Publication { on: row.date("since")?, published })
    };
    tx.all(sql, params![limit])?.iter().map(publication).collect()
}

/// Hearings to which everybody may come, on a day or after it, the next one first.
///
/// # Errors
/// The engine failed.
pub fn open_hearings(
    tx: &mut Tx<'_>,
    on: Date,
    limit: u32,
) -> Result<Vec<HearingAnnounced>, Error> {
    let sql = "SELECT held_on, venue, host, panel, text FROM open_hearing WHERE held_on >= $1
               ORDER BY held_on, matter LIMIT $2";
    let hearing = |row: &Row| {
        Ok(HearingAnnounced {
            held_on: row.date("held_on")?,
            venue: row.text("venue")?,
            host: row.text("host")?,
            panel: row.text("panel")?,
            text: row.text("text")?,
            closed_because: String::new(),
        })
    };
    tx.all(sql, params![on, limit])?.iter().map(hearing).collect()
}

/// The final opinions that everybody may read, newest first.
///
/// # Errors
/// The engine failed.
pub fn open_opinions(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<OpinionPublished>, Error> {
    let sql = "SELECT title, text FROM open_opinion ORDER BY since DESC, matter DESC LIMIT $1";
    let opinion =
        |row: &Row| Ok(OpinionPublished { title: row.text("title")?, text: row.text("text")? });
    tx.all(sql, params![limit])?.iter().map(opinion).collect()
}

/// How many matters each leader answers for now, by the leader's account.
///
/// # Errors
/// The engine failed.
pub fn load(tx: &mut Tx<'_>) -> Result<Vec<(AccountId, i64)>, Error> {
    let found = tally::standing(tx, Kind::Led)?.into_iter();
    Ok(found
        .filter(|(_, number)| *number > 0)
        .map(|(one, number)| (AccountId(one), number))
        .collect())
}
