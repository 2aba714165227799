//! The house (运行环境): what every act needs around it: the record, the keys, the clock, the texts.

use crate::import::Waiting;
use crate::problem::Problem;
use casework::calendar::Calendar;
use casework::category::Category;
use casework::matter::{Context, Matter};
use casework::moment::{Instant, Moment};
use casework::org::{AccountId, Place, UnitId, UnitKind};
use casework::statute::{Citation, Rule, Statutes};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rand::SeedableRng;
use rand::rand_core::Rng;
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::org::{Jurisdiction, Post, Unit};
use store::vault::{Fresh, Vault};
use store::{Db, Tx, account, almanac, blob, migration, org, setting};
use zeroize::Zeroizing;

/// What an office is set up with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The office's name, such as `云岭县信访局`.
    pub name: String,
    /// Its county's code.
    pub place: Place,
    /// IANA time zone, such as `Asia/Shanghai`.
    pub zone: String,
}

/// Names of units and places, read once and renewed when they change.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Units by id.
    pub units: BTreeMap<String, Unit>,
    /// Places by code.
    pub places: BTreeMap<String, Jurisdiction>,
    /// Posts by id.
    pub posts: BTreeMap<String, Post>,
    /// Categories of all trees, by path.
    pub categories: Vec<almanac::Dated>,
    /// Accounts' names by id, for the case file's timeline.
    pub people: BTreeMap<String, String>,
}

impl Directory {
    fn read(tx: &mut Tx<'_>) -> Result<Self, store::Error> {
        Ok(Self {
            units: org::units(tx)?.into_iter().map(|unit| (unit.id.0.clone(), unit)).collect(),
            places: org::places(tx)?.into_iter().map(|p| (p.code.0.clone(), p)).collect(),
            posts: org::posts(tx)?.into_iter().map(|post| (post.id.0.clone(), post)).collect(),
            categories: almanac::all_categories(tx)?,
            people: account::list(tx)?
                .into_iter()
                .map(|account| (account.actor.account.0, account.actor.name))
                .collect(),
        })
    }

    /// The categories in force on a day, by path.
    pub fn categories(&self, on: Date) -> Vec<Category> {
        let in_force = self.categories.iter().filter(|dated| dated.in_force(on));
        in_force.map(|dated| dated.category.clone()).collect()
    }

    /// A unit's name; its id if it is gone.
    pub fn unit<'a>(&'a self, id: &'a str) -> &'a str {
        self.units.get(id).map_or(id, |unit| unit.name.as_str())
    }

    /// The unit and the units above it, lowest first. A unit is listed once, whatever the table says.
    pub fn above(&self, unit: &str) -> Vec<String> {
        let mut chain = Vec::new();
        let mut next = Some(unit.to_owned());
        while let Some(id) = next.filter(|id| !chain.contains(id)) {
            let parent = self.units.get(&id).and_then(|unit| unit.parent.as_ref());
            next = parent.map(|parent| parent.0.clone());
            chain.push(id);
        }
        chain
    }

    /// The organs that may be asked to review the matter's answer, or its review: those above the
    /// unit that decided last, the county for its bureaux and townships, and superior organs.
    pub fn reviewers(&self, matter: &Matter) -> Vec<&Unit> {
        let last = matter.chain().iter().rfind(|review| review.declined.is_none());
        let decided_by = match last {
            Some(review) => Some(&review.asked.organ),
            None => matter.answered_by.as_ref(),
        };
        let Some(decided_by) = decided_by else { return Vec::new() };
        let above = self.above(&decided_by.0);
        let first = last.is_none();
        let is_county = self.units.get(&decided_by.0).is_some_and(|u| u.kind == UnitKind::County);
        self.units
            .values()
            .filter(|unit| unit.id != *decided_by)
            .filter(|unit| match unit.kind {
                UnitKind::Superior => true,
                UnitKind::County => first && !is_county,
                _ => above.contains(&unit.id.0) && unit.kind != UnitKind::Office,
            })
            .collect()
    }

    /// Units as a tree in the order of a list: each with its depth, under the unit it belongs to.
    pub fn tree(&self) -> Vec<(usize, &Unit)> {
        let mut rows: Vec<(Vec<String>, &Unit)> = self
            .units
            .iter()
            .map(|(id, unit)| {
                let mut path = self.above(id);
                path.reverse();
                (path, unit)
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows.into_iter().map(|(path, unit)| (path.len() - 1, unit)).collect()
    }

    /// A place's name with its township before it.
    pub fn place(&self, code: &str) -> String {
        let Some(place) = self.places.get(code) else { return code.to_owned() };
        match place.parent.as_ref().and_then(|parent| self.places.get(&parent.0)) {
            Some(parent) if place.level == "village" => format!("{} {}", parent.name, place.name),
            _ => place.name.clone(),
        }
    }
}

/// The clock (时钟): the machine's, the machine's moved by an offset, or one that stands still until
/// it is set. Nothing else in the program reads the time.
pub struct Clock {
    offset: AtomicI64,
    standing: AtomicI64,
}

const RUNNING: i64 = i64::MIN;

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self { offset: AtomicI64::new(0), standing: AtomicI64::new(RUNNING) }
    }

    /// A clock that stands at an instant until [`Clock::set`] moves it.
    pub fn standing(at: Instant) -> Self {
        Self { offset: AtomicI64::new(0), standing: AtomicI64::new(at.0) }
    }

    /// Moves a standing clock.
    pub fn set(&self, at: Instant) {
        self.standing.store(at.0, Ordering::SeqCst);
    }

    /// Lets a standing clock run on from where it stands.
    pub fn run_on(&self) {
        let at = self.standing.swap(RUNNING, Ordering::SeqCst);
        if at != RUNNING {
            self.offset.store(at - machine_now(), Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn now(&self) -> Instant {
        match self.standing.load(Ordering::SeqCst) {
            RUNNING => Instant(machine_now() + self.offset.load(Ordering::SeqCst)),
            at => Instant(at),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
fn machine_now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Ledgers tried at the desk and not yet taken in (待导入台账): in memory only, one for each account.
#[derive(Default)]
pub struct Ledgers(Mutex<BTreeMap<AccountId, Arc<Waiting>>>);

impl Ledgers {
    fn map(&self) -> std::sync::MutexGuard<'_, BTreeMap<AccountId, Arc<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What waits for this account.
    pub fn find(&self, account: &AccountId) -> Option<Arc<Waiting>> {
        self.map().get(account).cloned()
    }

    /// Keeps a ledger in place of what waited before.
    pub fn keep(&self, account: &AccountId, waiting: Arc<Waiting>) {
        self.map().insert(account.clone(), waiting);
    }

    /// Forgets what waits.
    pub fn forget(&self, account: &AccountId) {
        self.map().remove(account);
    }
}

/// The house. Shared by all doors.
pub struct House {
    /// The record.
    pub db: Db,
    /// Attachments.
    pub blobs: blob::Folder,
    /// Keys.
    pub vault: Vault,
    /// The office.
    pub setup: Setup,
    /// The office's own unit.
    pub office: UnitId,
    /// Texts of law.
    pub statutes: Arc<Statutes>,
    /// Visits by so many people or more are collective (集体访).
    pub collective_from: u32,
    /// The house's clock.
    pub clock: Clock,
    /// Ledgers that wait for their import.
    pub ledgers: Ledgers,
    /// Shown on every page of a demonstration.
    pub demonstration: bool,
    zone: TimeZone,
    calendar: RwLock<Arc<Calendar>>,
    directory: RwLock<Arc<Directory>>,
    chance: Mutex<ChaCha20Rng>,
}

/// Where the random bytes come from: the operating system, or a seed for a reproducible play.
pub fn chance(seed: Option<u64>) -> ChaCha20Rng {
    match seed {
        Some(seed) => ChaCha20Rng::seed_from_u64(seed),
        None => ChaCha20Rng::from_rng(&mut rand::rng()),
    }
}

/// The settings' names.
mod name {
    pub const OFFICE: &str = "office.name";
    pub const PLACE: &str = "office.place";
    pub const ZONE: &str = "office.zone";
}

/// Sets up a new office in an empty database: settings, keys, its own unit and place, the shipped
/// calendar and classification.
///
/// # Errors
/// The office exists already, or the store failed.
pub fn create(
    db: &Db,
    setup: &Setup,
    master: &[u8; 32],
    chance: &mut ChaCha20Rng,
) -> Result<(), Problem> {
    migration::run(db)?;
    let schedules = Calendar::shipped().map_err(store::Error::Engine)?;
    let tree = casework::category::Tree::shipped().map_err(store::Error::Engine)?;
    let (setup, master, fresh) = (setup.clone(), Zeroizing::new(*master), fresh(chance));
    db.write(move |tx| {
        if setting::find(tx, name::OFFICE)?.is_some() {
            return Err(Problem::Store(store::Error::Engine(
                "this folder already holds an office".into(),
            )));
        }
        Vault::create(tx, &master, &fresh)?;
        for (name, value) in
            [(name::OFFICE, &setup.name), (name::PLACE, &setup.place.0), (name::ZONE, &setup.zone)]
        {
            setting::record(tx, name, value)?;
        }
        for schedule in &schedules {
            almanac::record_schedule(tx, schedule)?;
        }
        almanac::record_categories(tx, tree.in_force_from, &tree.paths())?;
        let county = setup.name.trim_end_matches("信访局").to_owned();
        org::record_place(
            tx,
            &Jurisdiction {
                code: setup.place.clone(),
                name: county,
                level: "county".to_owned(),
                parent: None,
            },
        )?;
        org::record_unit(
            tx,
            &Unit {
                id: UnitId("xinfang".to_owned()),
                name: setup.name.clone(),
                short: "信访局".to_owned(),
                kind: UnitKind::Office,
                place: setup.place.clone(),
                parent: None,
                phone: String::new(),
                address: String::new(),
            },
        )?;
        Ok(())
    })
}

fn fresh(chance: &mut ChaCha20Rng) -> Fresh {
    let mut fresh = Fresh { key: Zeroizing::new([0; 32]), nonces: [[0; 12]; 2] };
    chance.fill_bytes(fresh.key.as_mut_slice());
    for nonce in &mut fresh.nonces {
        chance.fill_bytes(nonce);
    }
    fresh
}

impl House {
    /// Opens an office that was set up before.
    ///
    /// # Errors
    /// It was never set up, the master key is wrong, a setting is missing, or the store failed.
    pub fn open(
        db: Db,
        folder: &Path,
        master: &[u8; 32],
        clock: Clock,
        chance: ChaCha20Rng,
    ) -> Result<Self, Problem> {
        migration::run(&db)?;
        let missing = |what: &str| {
            store::Error::Engine(format!("setting {what} is missing: run `huiyin init`"))
        };
        let (vault, office, place, zone, calendar, directory) = db.read(|tx| {
            Ok::<_, store::Error>((
                Vault::open(tx, master)?,
                setting::find(tx, name::OFFICE)?.ok_or_else(|| missing(name::OFFICE))?,
                setting::find(tx, name::PLACE)?.ok_or_else(|| missing(name::PLACE))?,
                setting::find(tx, name::ZONE)?.ok_or_else(|| missing(name::ZONE))?,
                almanac::calendar(tx)?,
                Directory::read(tx)?,
            ))
        })?;
        let own = directory
            .units
            .values()
            .find(|unit| unit.kind == UnitKind::Office)
            .map(|unit| unit.id.clone())
            .ok_or_else(|| missing("unit of kind office"))?;
        let time_zone = TimeZone::get(&zone)
            .map_err(|_| store::Error::Engine(format!("unknown time zone {zone}")))?;
        Ok(Self {
            db,
            blobs: blob::Folder::open(&folder.join("attachments"))?,
            vault,
            setup: Setup { name: office, place: Place(place), zone },
            office: own,
            statutes: Arc::new(Statutes::shipped().map_err(store::Error::Engine)?),
            collective_from: 5,
            clock,
            ledgers: Ledgers::default(),
            demonstration: false,
            zone: time_zone,
            calendar: RwLock::new(Arc::new(calendar)),
            directory: RwLock::new(Arc::new(directory)),
            chance: Mutex::new(chance),
        })
    }

    /// Now, with the office's own date.
    pub fn moment(&self) -> Moment {
        let at = self.clock.now();
        Moment { at, on: self.date_of(at) }
    }

    /// The office's date at an instant.
    pub fn date_of(&self, at: Instant) -> Date {
        self.zone_time(at).date()
    }

    /// The office's date and time at an instant.
    pub fn zone_time(&self, at: Instant) -> jiff::civil::DateTime {
        jiff::Timestamp::from_millisecond(at.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.zone.clone())
            .datetime()
    }

    /// The instant of a date and an hour in the office's zone.
    pub fn instant(&self, on: Date, hour: i8, minute: i8) -> Instant {
        on.at(hour, minute, 0, 0)
            .to_zoned(self.zone.clone())
            .map(|zoned| Instant(zoned.timestamp().as_millisecond()))
            .unwrap_or(Instant(0))
    }

    /// Where a rule stands in the texts in force today; `None` for the case file's own order.
    pub fn cite(&self, rule: &str) -> Option<Citation> {
        self.statutes.cite(&Rule::from(rule), self.moment().on, &self.setup.place.0)
    }

    /// What the rules may look at for an act at this moment.
    pub fn context<'a>(&'a self, moment: Moment, calendar: &'a Calendar) -> Context<'a> {
        Context { moment, place: &self.setup.place, law_book: &self.statutes, calendar }
    }

    /// The calendar as it stands.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.calendar.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Units and places as they stand.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads calendar and directory anew after they were changed.
    ///
    /// # Errors
    /// The store failed.
    pub fn renew(&self) -> Result<(), Problem> {
        let (calendar, directory) = self
            .db
            .read(|tx| Ok::<_, store::Error>((almanac::calendar(tx)?, Directory::read(tx)?)))?;
        *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(directory);
        Ok(())
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A key and nonces for one sealing.
    pub fn fresh(&self) -> Fresh {
        fresh(&mut self.chance.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A time-ordered id.
    pub fn id(&self) -> String {
        let millis = self.clock.now().0.unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid().to_string()
    }

    /// A secret that people carry (session, token): 32 bytes in hex.
    pub fn secret(&self) -> String {
        hex::encode(self.random::<32>())
    }
}
