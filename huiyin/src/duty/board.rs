//! The board of quotas (接访下访完成情况), and what waits for a leader (领导工作台).

use crate::house::House;
use crate::problem::Problem;
use casework::duty::outreach::Outreach;
use casework::duty::quota::{Deed, DeedKind, Quota, Standing, standing};
use casework::duty::reception::Reception;
use casework::duty::tenure::{Grade, Tenure};
use casework::duty::{Kept, Noun, Record};
use casework::org::{AccountId, Actor};
use casework::role::{self, Act, Thing, sees, sees_visitors};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::Tx;

/// A leader on the board (完成情况).
pub struct Line {
    /// Who.
    pub person: AccountId,
    /// The name.
    pub name: String,
    /// The post's name.
    pub post: String,
    /// Which kind of post.
    pub grade: Grade,
    /// How they stand.
    pub standing: Standing,
}

/// Every record that the board looks at.
struct Sheet {
    quotas: Vec<Quota>,
    tenures: Vec<Tenure>,
    deeds: BTreeMap<AccountId, (Vec<Deed>, u32)>,
}

fn read(tx: &mut Tx<'_>, today: Date) -> Result<Sheet, store::Error> {
    let year = (today.first_of_year(), today.last_of_year());
    let quotas: Vec<Kept<Quota>> = store::duty::all(tx)?;
    let tenures: Vec<Kept<Tenure>> = store::duty::all(tx)?;
    let mut deeds: BTreeMap<AccountId, (Vec<Deed>, u32)> = BTreeMap::new();
    // What was found last year may be solved in this one.
    for kept in store::duty::all::<Outreach>(tx)? {
        let one = kept.record;
        if one.cancelled.is_some() || one.on > year.1 {
            continue;
        }
        let (list, solved) = deeds.entry(one.leader.clone()).or_default();
        *solved += one.solved_within((year.0, today));
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
    Ok(Sheet { quotas, tenures, deeds })
}

impl Sheet {
    fn line(&self, house: &House, person: &AccountId, today: Date) -> Option<Line> {
        let terms: Vec<Tenure> =
            self.tenures.iter().filter(|term| term.person == *person).cloned().collect();
        let last = terms.iter().rfind(|term| term.holds(today)).or(terms.last())?;
        let none = (Vec::new(), 0);
        let (deeds, solved) = self.deeds.get(person).unwrap_or(&none);
        let directory = house.directory();
        Some(Line {
            person: person.clone(),
            name: directory.name(person).to_owned(),
            post: last.post.clone(),
            grade: last.grade,
            standing: standing(&self.quotas, &terms, deeds, (today, *solved)),
        })
    }
}

/// Everybody who owes something in the year of a day, by post and name.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn board(house: &House, actor: &Actor, today: Date) -> Result<Vec<Line>, Problem> {
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
    let mut lines: Vec<Line> =
        people.into_iter().filter_map(|person| sheet.line(house, person, today)).collect();
    lines.sort_by(|a, b| (a.grade, &a.post, &a.name).cmp(&(b.grade, &b.post, &b.name)));
    Ok(lines)
}

/// How one leader stands.
///
/// # Errors
/// The store failed.
pub fn own(house: &House, person: &AccountId, today: Date) -> Result<Option<Line>, Problem> {
    let sheet = house.db.read(|tx| read(tx, today))?;
    Ok(sheet.line(house, person, today))
}

/// A record with what lists ask of it (台账行).
pub struct Row {
    /// Its number.
    pub id: String,
    /// What lists ask.
    pub spine: casework::duty::Spine,
}

/// The records of a kind that exist for the actor, newest first.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn rows(house: &House, actor: &Actor, noun: Noun) -> Result<Vec<Row>, Problem> {
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    fn of<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<Row>, store::Error> {
        let kept: Vec<Kept<R>> = store::duty::all(tx)?;
        let row = |kept: Kept<R>| Row { id: kept.id, spine: kept.record.spine() };
        Ok(kept.into_iter().map(row).collect())
    }
    let mut rows = house.db.read(|tx| match noun {
        Noun::Seat => of::<casework::duty::seat::Seat>(tx),
        Noun::Tenure => of::<Tenure>(tx),
        Noun::Quota => of::<Quota>(tx),
        Noun::Reception => of::<Reception>(tx),
        Noun::Outreach => of::<Outreach>(tx),
        Noun::Agreement => of::<casework::duty::agreement::Agreement>(tx),
        Noun::TaskForce => of::<casework::duty::task_force::TaskForce>(tx),
        Noun::Conference => of::<casework::duty::conference::Conference>(tx),
        Noun::Campaign => of::<casework::duty::campaign::Campaign>(tx),
        Noun::SupportContact => of::<casework::duty::contact::SupportContact>(tx),
        Noun::Publicity => of::<casework::duty::publicity::Activity>(tx),
        Noun::HouseRule => of::<casework::duty::house_rule::HouseRule>(tx),
        Noun::Accountability => of::<casework::duty::accountability::Accountability>(tx),
    })?;
    rows.retain(|row| sees(actor, noun, &row.spine));
    rows.reverse();
    Ok(rows)
}

/// A record as JSON, with what lists ask of it.
///
/// # Errors
/// [`Problem::NotFound`] also for what the actor may not know of.
pub fn record(
    house: &House,
    actor: &Actor,
    (noun, id): (Noun, &str),
) -> Result<(casework::duty::Spine, serde_json::Value), Problem> {
    role::allow(actor, Act::ViewDuty, Thing::Office).map_err(Problem::Denied)?;
    type Found = Option<(casework::duty::Spine, serde_json::Value)>;
    fn of<R: Record>(tx: &mut Tx<'_>, id: &str) -> Result<Found, store::Error> {
        let found: Option<R> = store::duty::find(tx, id)?;
        found.map(|record| Ok((record.spine(), serde_json::to_value(&record)?))).transpose()
    }
    let found = house.db.read(|tx| match noun {
        Noun::Seat => of::<casework::duty::seat::Seat>(tx, id),
        Noun::Tenure => of::<Tenure>(tx, id),
        Noun::Quota => of::<Quota>(tx, id),
        Noun::Reception => of::<Reception>(tx, id),
        Noun::Outreach => of::<Outreach>(tx, id),
        Noun::Agreement => of::<casework::duty::agreement::Agreement>(tx, id),
        Noun::TaskForce => of::<casework::duty::task_force::TaskForce>(tx, id),
        Noun::Conference => of::<casework::duty::conference::Conference>(tx, id),
        Noun::Campaign => of::<casework::duty::campaign::Campaign>(tx, id),
        Noun::SupportContact => of::<casework::duty::contact::SupportContact>(tx, id),
        Noun::Publicity => of::<casework::duty::publicity::Activity>(tx, id),
        Noun::HouseRule => of::<casework::duty::house_rule::HouseRule>(tx, id),
        Noun::Accountability => of::<casework::duty::accountability::Accountability>(tx, id),
    })?;
    let (spine, mut value) = found.ok_or(Problem::NotFound)?;
    if !sees(actor, noun, &spine) {
        return Err(Problem::NotFound);
    }
    if noun == Noun::Reception && !sees_visitors(actor, &spine) {
        let own = |booking: &serde_json::Value| booking["outcome"]["owner"] == actor.unit.0;
        if let Some(bookings) = value["bookings"].as_array_mut() {
            bookings.retain(own);
        }
    }
    let scope = role::scope(actor);
    let hidden = house.db.read(|tx| {
        let mut hidden = Vec::new();
        for matter in &spine.matters {
            if store::wall::sight(tx, *matter, &scope)? != store::wall::Sight::Open {
                hidden.push(matter.0);
            }
        }
        Ok::<_, store::Error>(hidden)
    })?;
    withhold(&mut value, &hidden);
    Ok((spine, value))
}

/// What is said about matters that the reader may not open is withheld; that something is said stays.
fn withhold(value: &mut serde_json::Value, hidden: &[i64]) {
    const SAID: [&str; 6] = ["text", "topic", "reason", "solved", "done", "mask"];
    match value {
        serde_json::Value::Object(fields) => {
            let about = |fields: &serde_json::Map<String, serde_json::Value>| {
                fields.get("matter").and_then(serde_json::Value::as_i64)
            };
            let inner = fields.get("outcome").and_then(serde_json::Value::as_object);
            let matter = about(fields).or_else(|| inner.and_then(about));
            if matter.is_some_and(|matter| hidden.contains(&matter)) {
                for said in SAID {
                    if fields.get(said).is_some_and(|value| !value.is_null()) {
                        fields.insert(said.to_owned(), serde_json::Value::String(String::new()));
                    }
                }
            }
            fields.values_mut().for_each(|field| withhold(field, hidden));
        }
        serde_json::Value::Array(items) => {
            items.iter_mut().for_each(|item| withhold(item, hidden));
        }
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}
