//! The demonstration (演示): a fictional county lives through 2025, acting through the same doors as
//! people do, so that the report on it states the figures of a real county's year.

mod answered;
pub mod crowd;
mod deed;
mod duty;
mod plan;
mod player;
mod special;
mod story;

use crate::by::By;
use crate::house::{Clock, House, Setup, chance, create};
use crate::password;
use crate::problem::Problem;
use casework::moment::Instant;
use casework::org::Level;
use casework::org::{AccountId, Actor, Place, PostId, Role, UnitId, UnitKind};
use casework::org::{Jurisdiction, Post, Unit};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;
use store::Db;
use store::account::{self, Account};

/// The seed of everything that is drawn.
pub const SEED: u64 = 20_250_101;
/// The year that is played.
pub const YEAR: i16 = 2025;
/// The password of every account; there is none outside the demonstration.
pub const PASSWORD: &str = "huiyin-demo-2025";

#[derive(Debug, Deserialize)]
struct MadeCounty {
    jurisdiction: Vec<JurisdictionRow>,
    unit: Vec<UnitRow>,
    post: Vec<PostRow>,
    account: Vec<AccountRow>,
}

#[derive(Debug, Deserialize)]
struct JurisdictionRow {
    code: String,
    name: String,
    level: Level,
    parent: String,
}

#[derive(Debug, Deserialize)]
struct UnitRow {
    id: String,
    name: String,
    short: String,
    kind: String,
    jurisdiction: String,
    phone: String,
    address: String,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    guided_by: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PostRow {
    id: String,
    unit: String,
    name: String,
    rank: u32,
}

#[derive(Debug, Deserialize)]
struct AccountRow {
    login: String,
    name: String,
    unit: String,
    roles: Vec<String>,
    post: Option<String>,
}

fn broken(error: impl ToString) -> Problem {
    Problem::Store(store::Error::Engine(error.to_string()))
}

/// Makes the county in an empty database: places, units and accounts, no petition yet. Its clock
/// stands at the morning of the year's first day.
///
/// # Errors
/// The database holds an office already, or the store failed.
pub fn county(db: Db, folder: &Path, master: &[u8; 32]) -> Result<House, Problem> {
    let setup = Setup {
        name: "云岭县信访局".to_owned(),
        place: Place("539921".to_owned()),
        zone: "Asia/Shanghai".to_owned(),
    };
    let mut random = chance(Some(SEED));
    create(&db, &setup, master, &mut random)?;
    let mut house = House::open(db, folder, master, Clock::standing(Instant(0)), random)?;
    house.demonstration = true;
    house.clock.set(house.instant(jiff::civil::date(YEAR, 1, 1), 8, 0));
    populate(&house)?;
    Ok(house)
}

/// Makes the county and plays its year. `progress` gets done and total.
///
/// # Errors
/// As [`county`].
pub fn play(
    db: Db,
    folder: &Path,
    master: &[u8; 32],
    progress: impl FnMut(u64, u64),
) -> Result<Arc<House>, Problem> {
    let house = Arc::new(county(db, folder, master)?);
    player::Player::new(&house)?.year(progress)?;
    house.clock.set(house.instant(jiff::civil::date(YEAR, 12, 31), 9, 0));
    Ok(house)
}

fn populate(house: &House) -> Result<(), Problem> {
    let county: MadeCounty = toml::from_str(include_str!("data/county.toml")).map_err(broken)?;
    let office = house.office.clone();
    // The county's own name for its office is the one that was set up.
    let own = county
        .unit
        .iter()
        .find(|unit| unit.kind == "office")
        .map(|unit| unit.id.clone())
        .unwrap_or_default();
    let id = move |id: &str| if id == own { office.clone() } else { UnitId(id.to_owned()) };
    let hash = password::hash(PASSWORD, &house.random())?;
    let mut accounts = Vec::new();
    for row in &county.account {
        let roles = row
            .roles
            .iter()
            .map(|word| Role::parse(word).ok_or_else(|| broken(word)))
            .collect::<Result<_, _>>()?;
        accounts.push(Account {
            actor: Actor {
                account: AccountId(house.id()),
                login: row.login.clone(),
                name: row.name.clone(),
                unit: id(&row.unit),
                roles,
            },
            post: row.post.clone().map(PostId),
            password: hash.clone(),
            must_change: false,
            failures: 0,
            locked_until: Instant(0),
            closed_on: None,
        });
    }
    let mut units = Vec::new();
    for row in &county.unit {
        units.push(Unit {
            id: id(&row.id),
            name: row.name.clone(),
            short: row.short.clone(),
            kind: UnitKind::parse(&row.kind).ok_or_else(|| broken(&row.kind))?,
            place: Place(row.jurisdiction.clone()),
            parent: row.parent.as_deref().map(&id).or_else(|| {
                matches!(row.kind.as_str(), "office" | "bureau" | "township").then(|| id("gov"))
            }),
            guided_by: row.guided_by.as_deref().map(&id),
            phone: row.phone.clone(),
            address: row.address.clone(),
        });
    }
    units.extend(committees(&county, &units));
    let posts: Vec<Post> = county
        .post
        .into_iter()
        .map(|row| Post { id: PostId(row.id), unit: id(&row.unit), name: row.name, rank: row.rank })
        .collect();
    let places: Vec<Jurisdiction> = county
        .jurisdiction
        .into_iter()
        .map(|row| Jurisdiction {
            code: Place(row.code),
            name: row.name,
            level: row.level,
            parent: Some(row.parent).filter(|parent| !parent.is_empty()).map(Place),
        })
        .collect();
    let by = By::now(house, &Actor::program(house.office.clone()));
    by.change(house, move |tx, by| {
        places.iter().try_for_each(|place| store::org::record_place(tx, place))?;
        units.iter().try_for_each(|unit| store::org::record_unit(tx, unit, by.moment.on))?;
        posts.iter().try_for_each(|post| store::org::record_post(tx, post))?;
        Ok(accounts
            .iter()
            .try_for_each(|account| account::record(tx, account, by.moment.at, &by.actor.login))?)
    })?;
    Ok(())
}

/// The committee of each village and community, under its township.
fn committees(county: &MadeCounty, units: &[Unit]) -> Vec<Unit> {
    county
        .jurisdiction
        .iter()
        .filter(|row| row.level == Level::Village)
        .map(|row| {
            let township = units
                .iter()
                .find(|unit| unit.kind == UnitKind::Township && unit.place.0 == row.parent);
            let kind =
                if row.name.ends_with("社区") { "居民委员会" } else { "民委员会" };
            Unit {
                id: UnitId(format!("v{}", row.code)),
                name: format!("{}{kind}", row.name),
                short: row.name.clone(),
                kind: UnitKind::Village,
                place: Place(row.code.clone()),
                parent: township.map(|unit| unit.id.clone()),
                guided_by: None,
                phone: String::new(),
                address: row.name.clone(),
            }
        })
        .collect()
}

/// A sign-in for each kind of work.
///
/// # Errors
/// The store failed.
pub fn sign_ins(house: &House) -> Result<Vec<(String, String)>, Problem> {
    let accounts = house.db.read(account::list)?;
    let directory = house.directory();
    Ok(Role::OF_ACCOUNTS
        .into_iter()
        .filter_map(|role| {
            let of_role = |account: &&Account| account.actor.is(role);
            let found = accounts
                .iter()
                .filter(of_role)
                .find(|a| a.actor.unit.0 == "agri")
                .or(accounts.iter().find(of_role))?;
            let unit = directory.unit(&found.actor.unit);
            let word = crate::locale::Lang::Hans.word("role", role.word());
            Some((found.actor.login.clone(), format!("{}（{unit} · {word}）", found.actor.name)))
        })
        .collect())
}
