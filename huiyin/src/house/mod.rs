//! The house (运行环境): what every act needs around it: the record, the keys, the clock, the texts.

mod clock;
mod directory;

pub use clock::Clock;

use crate::problem::Problem;
use casework::calendar::Calendar;
use casework::category;
use casework::directory::Directory;
use casework::matter::{Context, Known};
use casework::moment::{Instant, Moment};
use casework::org::{Actor, Level, Place, UnitId, UnitKind};
use casework::org::{Jurisdiction, Unit};
use casework::statute::{Citation, Rule, Statutes};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rand::SeedableRng;
use rand::rand_core::Rng;
use rand_chacha::ChaCha20Rng;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::files::{Files, Folder};
use store::journal::{self, Event, Note};
use store::vault::{Fresh, Vault};
use store::{Db, Tx, account, almanac, migration, org, presence, setting};
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

/// The county as the rules may look at it (机构和日历), as it stood after the last change of it.
pub struct County {
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// Units, people, places, categories.
    pub directory: Arc<Directory>,
    renewed: i64,
}

impl County {
    fn read(tx: &mut Tx<'_>, renewed: i64) -> Result<Self, store::Error> {
        Ok(Self {
            calendar: Arc::new(almanac::calendar(tx)?),
            directory: Arc::new(directory::read(tx)?),
            renewed,
        })
    }
}

/// The house. Shared by all doors.
pub struct House {
    /// The record.
    pub db: Db,
    /// Attachments.
    pub blobs: Files,
    /// Keys.
    pub vault: Vault,
    /// The office.
    pub setup: Setup,
    /// The office's own unit.
    pub office: UnitId,
    /// Texts of law.
    pub statutes: Arc<Statutes>,
    /// The house's clock.
    pub clock: Clock,
    /// Proxies in front, whose word on where a request comes from is taken; this machine's own always is.
    pub trusted_proxies: Vec<IpAddr>,
    /// Shown on every page of a demonstration.
    pub demonstration: bool,
    zone: TimeZone,
    county: RwLock<Arc<County>>,
    chance: Mutex<ChaCha20Rng>,
}

/// Where the random bytes come from: the operating system, or a seed for a reproducible play.
pub fn chance(seed: Option<u64>) -> ChaCha20Rng {
    match seed {
        Some(seed) => ChaCha20Rng::seed_from_u64(seed),
        None => ChaCha20Rng::from_rng(&mut rand::rng()),
    }
}

/// The counter of changes to what every act looks up.
const RENEWED: &str = "renewed";

/// The settings' names.
mod name {
    pub const OFFICE: &str = "office.name";
    pub const PLACE: &str = "office.place";
    pub const ZONE: &str = "office.zone";
}

/// Sets up a new office in an empty database: settings, keys, its own unit and place, the shipped
/// calendar and classification. An office that nobody has an account in was cut off here, and is gone on with.
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
    let tree = category::Tree::shipped().map_err(store::Error::Engine)?;
    let heads = category::head::shipped().map_err(store::Error::Engine)?;
    let (setup, master, fresh) = (setup.clone(), Zeroizing::new(*master), fresh(chance));
    db.write(move |tx| {
        if setting::find(tx, name::OFFICE)?.is_some() {
            if account::list(tx)?.is_empty() {
                return Ok(());
            }
            return Err(Problem::Store(store::Error::Engine(
                "this folder already holds an office".into(),
            )));
        }
        // An office that was being copied here and did not get to its settings.
        if !store::matter::ids(tx)?.is_empty() {
            return Err(Problem::Store(store::Error::Engine(
                "this folder holds a part of an office: copy or restore it again, into an empty one".into(),
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
        almanac::record_heads(tx, tree.in_force_from, &heads)?;
        let county = setup.name.trim_end_matches("信访局").to_owned();
        org::record_place(
            tx,
            &Jurisdiction {
                code: setup.place.clone(),
                name: county,
                level: Level::County,
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
                guided_by: None,
                phone: String::new(),
                address: String::new(),
            },
            tree.in_force_from,
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

/// The folder of attachments within an office's own, where they lie nowhere else.
pub const ATTACHMENTS: &str = "attachments";

/// The folder of an office's own texts of law, within its own.
pub const STATUTES: &str = "statutes";

/// The files of an office's own texts of law, in order; none where there is no folder of them.
///
/// # Errors
/// The folder can't be read.
pub fn own_statutes(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let own = folder.join(STATUTES);
    // Only where there is no such folder are there no local texts: what can't be read would change every period.
    let unread = |error| Problem::Usage(format!("{}: {error}", own.display()));
    let mut paths = Vec::new();
    match std::fs::read_dir(&own) {
        Ok(entries) => {
            for entry in entries {
                paths.push(entry.map_err(unread)?.path());
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(unread(error)),
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    Ok(paths)
}

/// The texts of law: those that ship, and the office's own.
///
/// # Errors
/// A text that can't be read, or says what nothing here keeps.
pub fn statutes(folder: &Path) -> Result<Statutes, Problem> {
    let mut local = Vec::new();
    for path in &own_statutes(folder)? {
        let text = std::fs::read_to_string(path).map_err(store::Error::from)?;
        // Named by its file, so that whoever wrote it finds what is wrong.
        Statutes::with(std::slice::from_ref(&text))
            .map_err(|error| Problem::Usage(format!("{}: {error}", path.display())))?;
        local.push(text);
    }
    Ok(Statutes::with(&local).map_err(store::Error::Engine)?)
}

/// Makes an office of an older version one of this: what follows from the case files is made anew, and tables that
/// there were none of begin with those that ship.
fn catch_up(db: &Db, statutes: &Arc<Statutes>, now: Instant) -> Result<(), Problem> {
    if db.read(|tx| store::matter::behind(tx, statutes))? {
        renew(db, statutes, now, |_, _| ())?;
    }
    Ok(())
}

/// Makes anew what is derived from the case files. `progress` gets done and total.
///
/// # Errors
/// Another program serves the record, whose acts would be lost in it; the store failed.
pub fn renew(
    db: &Db,
    statutes: &Arc<Statutes>,
    now: Instant,
    progress: impl FnMut(u64, u64),
) -> Result<(), Problem> {
    let _alone = presence::alone(db)?.ok_or_else(|| {
        Problem::Usage(
            "another program serves this record, by other rules or texts of law: stop it first"
                .into(),
        )
    })?;
    let heads = category::head::shipped().map_err(store::Error::Engine)?;
    let calendar = db.write(move |tx| {
        store::account::vouch_for_old(tx, now)?;
        if let (true, Some(first)) = (almanac::all_heads(tx)?.is_empty(), heads.first()) {
            almanac::record_heads(tx, first.from, &heads)?;
        }
        almanac::calendar(tx)
    })?;
    Ok(store::matter::renew(db, statutes, &Arc::new(calendar), progress)?)
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
        let (vault, office, place, zone) = db.read(|tx| {
            Ok::<_, store::Error>((
                Vault::open(tx, master)?,
                setting::find(tx, name::OFFICE)?.ok_or_else(|| missing(name::OFFICE))?,
                setting::find(tx, name::PLACE)?.ok_or_else(|| missing(name::PLACE))?,
                setting::find(tx, name::ZONE)?.ok_or_else(|| missing(name::ZONE))?,
            ))
        })?;
        let statutes = Arc::new(statutes(folder)?);
        catch_up(&db, &statutes, clock.now())?;
        // Those who act by the county as it stands hold this number, which has to be there for it.
        if db.read(|tx| setting::drawn(tx, RENEWED))? == 0 {
            db.write(Self::renewed)?;
        }
        let county = db.read(|tx| {
            let renewed = setting::drawn(tx, RENEWED)?;
            County::read(tx, renewed)
        })?;
        let own = county
            .directory
            .units
            .values()
            .find(|unit| unit.kind == UnitKind::Office)
            .map(|unit| unit.id.clone())
            .ok_or_else(|| missing("unit of kind office"))?;
        let time_zone = TimeZone::get(&zone)
            .map_err(|_| store::Error::Engine(format!("unknown time zone {zone}")))?;
        Ok(Self {
            db,
            blobs: Files::Folder(Folder::open(&folder.join(ATTACHMENTS))?),
            vault,
            setup: Setup { name: office, place: Place(place), zone },
            office: own,
            statutes,
            clock,
            trusted_proxies: Vec::new(),
            demonstration: false,
            zone: time_zone,
            county: RwLock::new(Arc::new(county)),
            chance: Mutex::new(chance),
        })
    }

    /// A note for the journal that somebody does something of this kind now.
    pub fn note(&self, actor: &Actor, event: Event) -> Note {
        Note::new(self.clock.now(), &actor.login, event)
    }

    /// Writes a note into the journal, in a transaction of its own.
    ///
    /// # Errors
    /// The store failed.
    pub fn write_down(&self, note: Note) -> Result<(), store::Error> {
        self.db.write(move |tx| journal::record(tx, &note))
    }

    /// Somebody with the rights of the heads for whom they stand in today.
    pub fn acting(&self, actor: Actor) -> Actor {
        self.directory().acting(actor, self.moment().on)
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

    /// What the rules may look at; what has to be found out of a command, an act adds.
    pub fn context<'a>(
        &'a self,
        moment: Moment,
        actor: &'a Actor,
        county: &'a County,
    ) -> Context<'a> {
        Context {
            moment,
            actor,
            place: &self.setup.place,
            law_book: &self.statutes,
            calendar: &county.calendar,
            directory: &county.directory,
            known: Known::default(),
        }
    }

    /// The county as it was last read: for pages and for what is made ready before a transaction.
    pub fn standing(&self) -> Arc<County> {
        self.county.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The calendar as it stands.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.standing().calendar.clone()
    }

    /// Units and places as they stand.
    pub fn directory(&self) -> Arc<Directory> {
        self.standing().directory.clone()
    }

    /// Says that what every act looks up (the calendar, units, places, accounts) changes with this transaction: this
    /// program and every other one over the same record read it anew before their next act.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) fn renewed(tx: &mut Tx<'_>) -> Result<(), store::Error> {
        setting::draw(tx, RENEWED).map(|_| ())
    }

    /// The county as this transaction finds it: read anew if anybody has changed it since it was read last. Every
    /// act begins with it, so that no wall and no date follows from what is gone: who writes by it keeps it from
    /// changing until the commit. So does whoever signs in or comes with a token, that pages offer what there is. What
    /// was read is kept for the next; a transaction that runs again only finds it kept already.
    ///
    /// # Errors
    /// The store failed.
    pub fn county(&self, tx: &mut Tx<'_>) -> Result<Arc<County>, store::Error> {
        let now = setting::drawn(tx, RENEWED)?;
        let standing = self.standing();
        if standing.renewed == now {
            return Ok(standing);
        }
        let county = Arc::new(County::read(tx, now)?);
        *self.county.write().unwrap_or_else(PoisonError::into_inner) = county.clone();
        Ok(county)
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
