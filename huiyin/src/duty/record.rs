//! Records as their readers see them (台账查阅): the rows of a list, and a record on its page.

use crate::house::House;
use crate::problem::Problem;
use casework::code::CodeList;
use casework::duty::accountability::Accountability;
use casework::duty::agreement::Agreement;
use casework::duty::campaign::Campaign;
use casework::duty::conference::Conference;
use casework::duty::contact::SupportContact;
use casework::duty::house_rule::HouseRule;
use casework::duty::outreach::Outreach;
use casework::duty::publicity::Activity;
use casework::duty::quota::Quota;
use casework::duty::reception::Reception;
use casework::duty::seat::Seat;
use casework::duty::task_force::TaskForce;
use casework::duty::tenure::Tenure;
use casework::duty::{Entries, Eyes, Kept, Noun, Record, Seen, Spine};
use casework::matter::MatterId;
use casework::org::Actor;
use casework::role::{self, Act, Scope, Thing, sees};
use std::collections::{BTreeMap, BTreeSet};
use store::wall::{Sight, sight};
use store::{Tx, duty};

/// Asks a question that is typed by the record of a kind only known at run time.
macro_rules! of_kind {
    ($noun:expr, $ask:ident ( $($with:expr),* )) => {
        match $noun {
            Noun::Seat => $ask::<Seat>($($with),*),
            Noun::Tenure => $ask::<Tenure>($($with),*),
            Noun::Quota => $ask::<Quota>($($with),*),
            Noun::Reception => $ask::<Reception>($($with),*),
            Noun::Outreach => $ask::<Outreach>($($with),*),
            Noun::Agreement => $ask::<Agreement>($($with),*),
            Noun::TaskForce => $ask::<TaskForce>($($with),*),
            Noun::Conference => $ask::<Conference>($($with),*),
            Noun::Campaign => $ask::<Campaign>($($with),*),
            Noun::SupportContact => $ask::<SupportContact>($($with),*),
            Noun::Publicity => $ask::<Activity>($($with),*),
            Noun::HouseRule => $ask::<HouseRule>($($with),*),
            Noun::Accountability => $ask::<Accountability>($($with),*),
        }
    };
}

/// A record with what lists ask of it (台账行).
pub struct Row {
    /// Its number.
    pub id: String,
    /// What lists ask.
    pub spine: Spine,
}

/// A record as its reader sees it (台账详情).
pub struct Shown {
    /// Its kind.
    pub noun: Noun,
    /// Its number.
    pub id: String,
    /// What lists ask.
    pub spine: Spine,
    /// What the reader sees.
    pub seen: Seen,
    /// The ordinals of the entries to which something may be done.
    pub entries: BTreeMap<Entries, Vec<u32>>,
    /// The matters of which it speaks that the reader may open.
    pub open: BTreeSet<MatterId>,
}

/// The records of a kind that exist for the actor, newest first.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn rows(house: &House, actor: &Actor, noun: Noun) -> Result<Vec<Row>, Problem> {
    fn of<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<Row>, store::Error> {
        let row = |kept: Kept<R>| Row { id: kept.id, spine: kept.record.spine() };
        Ok(duty::all(tx)?.into_iter().map(row).collect())
    }
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let mut rows = house.db.read(|tx| of_kind!(noun, of(tx)))?;
    rows.retain(|row| sees(actor, noun, &row.spine));
    rows.reverse();
    Ok(rows)
}

/// A record as the actor sees it.
///
/// # Errors
/// [`Problem::NotFound`] also for what the actor may not know of; [`Problem::Denied`]; the store failed.
pub fn record(house: &House, actor: &Actor, (noun, id): (Noun, &str)) -> Result<Shown, Problem> {
    fn of<R: Record>(
        tx: &mut Tx<'_>,
        actor: &Actor,
        id: &str,
    ) -> Result<Option<Shown>, store::Error> {
        let Some(record) = duty::find::<R>(tx, id)? else { return Ok(None) };
        let spine = record.spine();
        let open = open(tx, &role::scope(actor), &spine.matters)?;
        let seen = record.as_seen_by(&Eyes { actor, open: &open });
        let entries =
            Entries::LIST.iter().map(|entries| (*entries, record.entries(*entries))).collect();
        Ok(Some(Shown { noun: R::NOUN, id: id.to_owned(), spine, seen, entries, open }))
    }
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let found = house.db.read(|tx| of_kind!(noun, of(tx, actor, id)))?;
    found.filter(|shown| sees(actor, noun, &shown.spine)).ok_or(Problem::NotFound)
}

/// Those of the matters that a reader may open.
fn open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    matters: &[MatterId],
) -> Result<BTreeSet<MatterId>, store::Error> {
    let mut open = BTreeSet::new();
    for id in matters {
        if sight(tx, *id, scope)? == Sight::Open {
            open.insert(*id);
        }
    }
    Ok(open)
}
