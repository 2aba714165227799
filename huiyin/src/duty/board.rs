//! The board of quotas (接访下访完成情况), and what waits for a leader (领导工作台).

use crate::house::House;
use crate::problem::Problem;
use casework::duty::Kept;
use casework::duty::outreach::Outreach;
use casework::duty::quota::{Deed, DeedKind, Fulfilment, Quota, standing};
use casework::duty::reception::Reception;
use casework::duty::tenure::{Grade, Tenure};
use casework::moment::Within;
use casework::org::{AccountId, Actor};
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::Tx;

/// A leader on the board (完成情况).
pub struct BoardLine {
    /// Who.
    pub person: AccountId,
    /// The name.
    pub name: String,
    /// The post's name.
    pub post: String,
    /// Which kind of post.
    pub grade: Grade,
    /// How they stand.
    pub standing: Fulfilment,
}

/// Every record that the board looks at.
struct BoardRecords {
    quotas: Vec<Quota>,
    tenures: Vec<Tenure>,
    deeds: BTreeMap<AccountId, (Vec<Deed>, u32)>,
}

fn read(tx: &mut Tx<'_>, today: Date) -> Result<BoardRecords, store::Error> {
    let year = Within::year_of(today);
    let quotas: Vec<Kept<Quota>> = store::duty::all(tx)?;
    let tenures: Vec<Kept<Tenure>> = store::duty::all(tx)?;
    let mut deeds: BTreeMap<AccountId, (Vec<Deed>, u32)> = BTreeMap::new();
    // What was found last year may be solved in this one.
    for kept in store::duty::all::<Outreach>(tx)? {
        let one = kept.record;
        if one.cancelled.is_some() || one.on > year.until {
            continue;
        }
        let (list, solved) = deeds.entry(one.leader.clone()).or_default();
        *solved += one.solved_within(Within { until: today, ..year });
        list.push(Deed { on: one.on, kind: DeedKind::Outreach, done: one.done.is_some() });
    }
    for kept in store::duty::within::<Reception>(tx, year)? {
        let one = kept.record;
        let ahead = one.on >= today && one.cancelled.is_none() && one.held_on.is_none();
        if one.received() || ahead {
            let deed = Deed { on: one.on, kind: DeedKind::Appointment, done: one.received() };
            deeds.entry(one.leader.clone()).or_default().0.push(deed);
        }
    }
    let (quotas, tenures) = (super::bare(quotas), super::bare(tenures));
    Ok(BoardRecords { quotas, tenures, deeds })
}

impl BoardRecords {
    fn line(&self, house: &House, person: &AccountId, today: Date) -> Option<BoardLine> {
        let terms: Vec<Tenure> =
            self.tenures.iter().filter(|term| term.person == *person).cloned().collect();
        let last = terms.iter().rfind(|term| term.holds(today)).or(terms.last())?;
        let none = (Vec::new(), 0);
        let (deeds, solved) = self.deeds.get(person).unwrap_or(&none);
        let directory = house.directory();
        Some(BoardLine {
            person: person.clone(),
            name: directory.name(person).to_owned(),
            post: last.post.clone(),
            grade: last.grade,
            standing: standing(&self.quotas, &terms, deeds, today, *solved),
        })
    }
}

/// Everybody who owes something in the year of a day, by post and name.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn board(house: &House, actor: &Actor, today: Date) -> Result<Vec<BoardLine>, Problem> {
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    let sheet = house.db.read(|tx| read(tx, today))?;
    let mut people: Vec<&AccountId> = sheet
        .tenures
        .iter()
        .filter(|term| term.until.is_none_or(|until| until.year() >= today.year()))
        .map(|term| &term.person)
        .collect();
    people.sort();
    people.dedup();
    let mut lines: Vec<BoardLine> =
        people.into_iter().filter_map(|person| sheet.line(house, person, today)).collect();
    lines.sort_by(|a, b| (a.grade, &a.post, &a.name).cmp(&(b.grade, &b.post, &b.name)));
    Ok(lines)
}

/// How one leader stands.
///
/// # Errors
/// The store failed.
pub fn own(house: &House, person: &AccountId, today: Date) -> Result<Option<BoardLine>, Problem> {
    let sheet = house.db.read(|tx| read(tx, today))?;
    Ok(sheet.line(house, person, today))
}
