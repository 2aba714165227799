//! What leaders, supervisors and papers did in a period (履职指标), as figures count it.

use crate::condition::{Params, Where};
use crate::counted::{ADOPTED, ANYBODY, INSTRUCTION, SUPERVISION_ANSWERED};
use crate::matter::MEDIATED;
use crate::row::Row;
use crate::table::{RECOMMENDATION, SUPERVISION, Table};
use crate::tally::{Kind, Span, by_value};
use crate::wall::{walled, walls};
use crate::{Error, Tx, counted};
use casework::duty::figure::MatterFigure;
use casework::duty::seat::Headed;
use casework::matter::MatterId;
use casework::matter::document::Document;
use casework::matter::ladder::RecommendationKind;
use casework::matter::sponsorship::LeaderPart;
use casework::moment::Within;
use casework::org::AccountId;
use casework::role::Scope;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What counters say of what was done in a period (履职计数).
pub struct Deeds {
    done: BTreeMap<(Kind, String), i64>,
    led: Option<BTreeMap<(Kind, String), i64>>,
}

impl Deeds {
    /// Reads them; nothing for a period that does not begin with a month, and for a reader whom walls keep from
    /// anything, since counters hold that too: the rows themselves say how much it is then.
    ///
    /// # Errors
    /// The engine failed.
    pub fn read(tx: &mut Tx<'_>, scope: &Scope, within: Within) -> Result<Option<Self>, Error> {
        if within.from.day() != 1 || walled(tx, scope)? {
            return Ok(None);
        }
        let done = by_value(tx, &[Kind::Done, Kind::Paper], Span::months(within))?;
        let kinds = [Kind::Sponsored, Kind::Studied, Kind::Mediated];
        let led = Span::whole(within).map(|span| by_value(tx, &kinds, span)).transpose()?;
        Ok(Some(Self { done, led }))
    }

    /// A figure's value, where this was the head of the leading group in the period; nothing for what only the rows can
    /// say.
    pub fn of(&self, figure: MatterFigure, head: &Headed<'_>) -> Option<i64> {
        use MatterFigure as F;
        let of = |kind, value: &str| {
            self.done.get(&(kind, value.to_owned())).copied().unwrap_or_default()
        };
        let sponsored = |wanted: fn(&str) -> bool| {
            let led = self.led.as_ref()?.iter();
            let of =
                led.filter(move |((kind, leader), _)| *kind == Kind::Sponsored && wanted(leader));
            Some(of.map(|(_, number)| *number))
        };
        let by_head = |kind: Kind| match head {
            Headed::Nobody => Some(0),
            Headed::Throughout(head) => {
                let led = self.led.as_ref()?;
                Some(led.get(&(kind, head.0.clone())).copied().unwrap_or_default())
            }
            Headed::InPart => None,
        };
        match figure {
            F::SponsoredMatters => sponsored(|leader| leader == ANYBODY).map(Iterator::sum),
            F::SponsoringLeaders => {
                let matters = sponsored(|leader| leader != ANYBODY)?;
                i64::try_from(matters.filter(|number| *number > 0).count()).ok()
            }
            F::HeadMediated => by_head(Kind::Mediated),
            F::HeadStudied => by_head(Kind::Studied),
            F::Instructions => Some(of(Kind::Done, INSTRUCTION)),
            F::Papers(paper) => Some(of(Kind::Paper, paper.word())),
            F::Supervisions => Some(of(Kind::Done, counted::SUPERVISION)),
            F::SupervisionsAnswered => Some(of(Kind::Done, SUPERVISION_ANSWERED)),
            F::Recommended(kind) => Some(of(Kind::Done, kind.word())),
            F::Adopted => Some(of(Kind::Done, ADOPTED)),
        }
    }
}

/// A leader's part in a matter, as figures count it (领导参与).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaderDeed {
    /// The matter.
    pub matter: MatterId,
    /// Who.
    pub leader: AccountId,
    /// When, office-local.
    pub since: Date,
    /// Whether both sides were brought to agree.
    pub mediated: bool,
}

/// Whose deeds are asked for (履职人).
pub enum Whose<'a> {
    /// Anybody's.
    Anybody,
    /// These leaders'.
    Of(&'a [AccountId]),
    /// These leaders', in what groups brought (集体访).
    ForGroups(&'a [AccountId]),
}

/// The deeds of a kind in a period, by day; without what walls keep the reader from.
///
/// # Errors
/// The engine failed.
pub fn leader_deeds(
    tx: &mut Tx<'_>,
    part: LeaderPart,
    whose: Whose<'_>,
    scope: &Scope,
    Within { from, until }: Within,
) -> Result<Vec<LeaderDeed>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    walls(scope, &mut all);
    if let Whose::Of(leaders) | Whose::ForGroups(leaders) = whose {
        let leaders: Vec<String> = leaders.iter().map(|one| all.place(one.0.as_str())).collect();
        let leaders = if leaders.is_empty() { "NULL".to_owned() } else { leaders.join(", ") };
        all.and(format!("leader_deed.leader IN ({leaders})"));
    }
    if let Whose::ForGroups(_) = whose {
        all.is("matter.collective = ?", true);
    }
    all.is("leader_deed.kind = ?", part.word());
    all.is("leader_deed.since >= ?", from);
    all.is("leader_deed.since <= ?", until);
    let sql = format!(
        "SELECT leader_deed.matter, leader_deed.turn, leader_deed.leader, leader_deed.since,
           leader_deed.note
         FROM leader_deed JOIN matter ON matter.id = leader_deed.matter WHERE {}",
        all.sql()
    );
    let deed = |row: &Row| {
        let deed = LeaderDeed {
            matter: MatterId(row.int("matter")?),
            leader: AccountId(row.text("leader")?),
            since: row.date("since")?,
            mediated: row.text("note")? == MEDIATED,
        };
        Ok(((deed.since, deed.matter, row.int("turn")?), deed))
    };
    // All of them are read: the engine need not put them in order too.
    let deeds: Result<BTreeMap<_, _>, Error> =
        tx.all(&sql, params.values())?.iter().map(deed).collect();
    Ok(deeds?.into_values().collect())
}

/// The supervisions of a period, by day, as the matters that they are about; `answered` only those that
/// were answered within the period.
///
/// # Errors
/// The engine failed.
pub fn supervisions(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    answered: bool,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    walls(scope, &mut all);
    if answered {
        all.is("side.answered_on <= ?", period.until);
    }
    let sql = dated(&SUPERVISION, period, all);
    dates(tx, &sql, &params)
}

/// The recommendations of a kind in a period, by day, as the matters that they are about; without a kind,
/// those of any kind that were adopted.
///
/// # Errors
/// The engine failed.
pub fn recommendations(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    kind: Option<RecommendationKind>,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    walls(scope, &mut all);
    match kind {
        None => {
            all.and("side.adopted = 1");
            all.is("side.answered_on <= ?", period.until);
        }
        Some(kind) => all.is("side.kind = ?", kind.word()),
    }
    let sql = dated(&RECOMMENDATION, period, all);
    dates(tx, &sql, &params)
}

/// Which papers were made in a period, by the reader's walls.
fn made(scope: &Scope, period: Within, all: &mut Where<'_>) {
    walls(scope, all);
    all.is("paper.day >= ?", period.from);
    all.is("paper.day <= ?", period.until);
}

const PAPERS: &str = "FROM paper JOIN matter ON matter.id = paper.matter";

/// The papers of a kind that were made in a period, by day, as the matters that they are about.
///
/// # Errors
/// The engine failed.
pub fn papers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    period: Within,
    paper: Document,
) -> Result<Vec<(MatterId, Date)>, Error> {
    let mut params = Params::default();
    let mut all = Where::of(&mut params);
    made(scope, period, &mut all);
    all.is("paper.kind = ?", paper.word());
    let sql = format!(
        "SELECT paper.matter, paper.day AS since {PAPERS} WHERE {}
         ORDER BY paper.day, paper.matter, paper.sequence",
        all.sql()
    );
    dates(tx, &sql, &params)
}

/// Asks which rows of a table beside the matters began in a period, by day.
fn dated(table: &Table, period: Within, mut all: Where<'_>) -> String {
    all.is("side.since >= ?", period.from);
    all.is("side.since <= ?", period.until);
    format!(
        "SELECT side.matter, side.since FROM {} AS side JOIN matter ON matter.id = side.matter
         WHERE {} ORDER BY side.since, matter.id, side.turn",
        table.name,
        all.sql()
    )
}

fn dates(tx: &mut Tx<'_>, sql: &str, params: &Params) -> Result<Vec<(MatterId, Date)>, Error> {
    let rows = tx.all(sql, params.values())?;
    rows.iter().map(|row| Ok((MatterId(row.int("matter")?), row.date("since")?))).collect()
}
