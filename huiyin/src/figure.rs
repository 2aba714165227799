//! Figures of the duty side (责任落实指标): each with what it counts, cut by what the reader may see.

use casework::duty::figure::{
    Counted, CountedFrom, DutyFigure, FigureValue, MatterFigure, Records, of_matter, sum,
};
use casework::duty::seat::{Headed, Seat, SeatKind};
use casework::matter::MatterId;
use casework::matter::sponsorship::LeaderPart;
use casework::moment::Within;
use casework::org::AccountId;
use casework::role::Scope;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::figure::{Deeds, LeaderDeed, Whose, leader_deeds};

/// The figures of a period, as numbers.
///
/// # Errors
/// The store failed.
pub fn values(
    tx: &mut Tx<'_>,
    scope: &Scope,
    within: Within,
) -> Result<BTreeMap<DutyFigure, i64>, store::Error> {
    let records = records(tx)?;
    let deeds = Deeds::read(tx, scope, within)?;
    let seats: Vec<_> = store::duty::all::<Seat>(tx)?;
    let head = Headed::of(seats.iter().map(|kept| &kept.record), within);
    let mut figures = BTreeMap::new();
    for figure in DutyFigure::ALL {
        let value = match figure.source() {
            CountedFrom::Records(count) => cut(tx, count(&records, within), scope)?.value,
            // As many as there are matters: counters say how many, where they can.
            CountedFrom::Matters(figure) => {
                match deeds.as_ref().and_then(|deeds| deeds.of(figure, &head)) {
                    Some(value) => value,
                    None => of_matters(tx, figure, scope, within)?.value,
                }
            }
        };
        figures.insert(figure, value);
    }
    Ok(figures)
}

/// A figure of a period with what it counts.
///
/// # Errors
/// The store failed.
pub fn one(
    tx: &mut Tx<'_>,
    figure: DutyFigure,
    scope: &Scope,
    within: Within,
) -> Result<FigureValue, store::Error> {
    match figure.source() {
        CountedFrom::Records(count) => {
            let records = records(tx)?;
            cut(tx, count(&records, within), scope)
        }
        CountedFrom::Matters(figure) => of_matters(tx, figure, scope, within),
    }
}

fn records(tx: &mut Tx<'_>) -> Result<Records, store::Error> {
    Ok(Records {
        rules: store::duty::all(tx)?,
        quotas: store::duty::all(tx)?,
        activities: store::duty::all(tx)?,
        groups: store::duty::all(tx)?,
        visits: store::duty::all(tx)?,
        campaigns: store::duty::all(tx)?,
        conferences: store::duty::all(tx)?,
        contacts: store::duty::all(tx)?,
        agreements: store::duty::all(tx)?,
        cases: store::duty::all(tx)?,
        receptions: store::duty::all(tx)?,
    })
}

/// Without the matters of which walls keep the reader from knowing: those do not even count.
fn cut(tx: &mut Tx<'_>, value: FigureValue, scope: &Scope) -> Result<FigureValue, store::Error> {
    if value.counted.iter().all(|one| one.matter.is_none()) {
        return Ok(value);
    }
    let mut kept: Vec<Counted> = Vec::new();
    for one in value.counted {
        match one.matter {
            Some(id) if store::wall::keeps_out(tx, id, scope)? => {}
            _ => kept.push(one),
        }
    }
    Ok(sum(kept.into_iter()))
}

/// What is counted from rows of matters.
fn of_matters(
    tx: &mut Tx<'_>,
    figure: MatterFigure,
    scope: &Scope,
    within: Within,
) -> Result<FigureValue, store::Error> {
    use MatterFigure as F;
    let rows =
        |rows: Vec<(MatterId, Date)>| sum(rows.into_iter().map(|(id, on)| of_matter(id, on)));
    Ok(match figure {
        F::SponsoredMatters => {
            let deeds = leader_deeds(tx, LeaderPart::Sponsorship, Whose::Anybody, scope, within)?;
            let first: BTreeMap<MatterId, Date> =
                deeds.iter().rev().map(|deed| (deed.matter, deed.since)).collect();
            rows(first.into_iter().collect())
        }
        F::SponsoringLeaders => {
            let mut leaders: BTreeMap<_, (Date, i64)> = BTreeMap::new();
            for deed in leader_deeds(tx, LeaderPart::Sponsorship, Whose::Anybody, scope, within)? {
                leaders.entry(deed.leader).or_insert((deed.since, 0)).1 += 1;
            }
            sum(leaders.into_iter().map(|(leader, (on, matters))| Counted {
                record: None,
                matter: None,
                person: Some(leader),
                title: matters.to_string(),
                on,
                amount: 1,
            }))
        }
        F::HeadMediated | F::HeadStudied => {
            let seats: Vec<_> = store::duty::all::<Seat>(tx)?;
            let heads = seats.iter().filter(|kept| kept.record.seat == SeatKind::Head);
            let heads: Vec<AccountId> = heads.map(|kept| kept.record.person.clone()).collect();
            let by_head = |deed: &&LeaderDeed| {
                seats.iter().any(|kept| {
                    let seat = &kept.record;
                    seat.seat == SeatKind::Head
                        && seat.person == deed.leader
                        && seat.held(deed.since)
                })
            };
            let of = |deeds: &[LeaderDeed], wanted: fn(&LeaderDeed) -> bool| {
                let mut found: BTreeMap<MatterId, Date> = BTreeMap::new();
                for deed in deeds.iter().filter(by_head).filter(|deed| wanted(deed)) {
                    found.entry(deed.matter).or_insert(deed.since);
                }
                found
            };
            if figure == F::HeadStudied {
                let studied =
                    leader_deeds(tx, LeaderPart::Study, Whose::Of(&heads), scope, within)?;
                let studied = of(&studied, |_| true);
                return Ok(rows(studied.into_iter().collect()));
            }
            let groups = || Whose::ForGroups(&heads);
            let instructions = leader_deeds(tx, LeaderPart::Instruction, groups(), scope, within)?;
            let signed: BTreeSet<MatterId> = of(&instructions, |_| true).into_keys().collect();
            let meetings = leader_deeds(tx, LeaderPart::Meeting, groups(), scope, within)?;
            let mediated = of(&meetings, |deed| deed.mediated);
            rows(mediated.into_iter().filter(|(id, _)| signed.contains(id)).collect())
        }
        F::Instructions => {
            let deeds = leader_deeds(tx, LeaderPart::Instruction, Whose::Anybody, scope, within)?;
            rows(deeds.into_iter().map(|deed| (deed.matter, deed.since)).collect())
        }
        F::Papers(paper) => rows(store::figure::papers(tx, scope, within, paper)?),
        F::Supervisions => rows(store::figure::supervisions(tx, scope, within, false)?),
        F::SupervisionsAnswered => rows(store::figure::supervisions(tx, scope, within, true)?),
        F::Recommended(kind) => {
            rows(store::figure::recommendations(tx, scope, within, Some(kind))?)
        }
        F::Adopted => rows(store::figure::recommendations(tx, scope, within, None)?),
    })
}
