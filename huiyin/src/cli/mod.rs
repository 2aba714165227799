//! The command line (命令行).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line speaks on the terminal"
)]

mod import;

use crate::demo;
use crate::house::{self, Clock, House, Setup, chance};
use crate::problem::Problem;
use crate::{password, report, web};
use casework::calendar::Calendar;
use casework::matter::MatterId;
use casework::moment::Instant;
use casework::org::{AccountId, Actor, Place, Role, UnitId};
use casework::statute::{ClockKind, Statutes};
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use store::{Db, account};

/// 回音：信访工作软件。件件有着落，事事有回音。
#[derive(Parser)]
#[command(name = "huiyin", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Play a fictional county's year and serve it. Example: huiyin demo
    Demo {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8460")]
        listen: SocketAddr,
        /// The folder to make; a fresh temporary one if left out.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Play the year and stop.
        #[arg(long)]
        no_serve: bool,
    },
    /// Set up an office. Example: huiyin init --name 云岭县信访局 --place 539921 --admin admin
    Init {
        #[command(flatten)]
        at: At,
        /// The office's name.
        #[arg(long)]
        name: String,
        /// The county's code (GB/T 2260).
        #[arg(long)]
        place: String,
        /// Time zone.
        #[arg(long, default_value = "Asia/Shanghai")]
        zone: String,
        /// Login of the first system administrator; the two others get -security and -audit.
        #[arg(long, default_value = "admin")]
        admin: String,
    },
    /// Serve an office. Example: huiyin serve --data /var/lib/huiyin --listen 127.0.0.1:8460
    Serve {
        #[command(flatten)]
        at: At,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8460", env = "HUIYIN_LISTEN")]
        listen: SocketAddr,
    },
    /// Take in an old ledger (.xlsx). Example: huiyin import ledger.xlsx --as liuming --dry-run
    Import {
        #[command(flatten)]
        at: At,
        /// The ledger.
        file: PathBuf,
        /// Login of the registration clerk who takes it in.
        #[arg(long = "as")]
        login: String,
        /// Only say, row by row, what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Print the yearly report as Markdown. Example: huiyin report --year 2025
    Report {
        #[command(flatten)]
        at: At,
        /// The year.
        #[arg(long)]
        year: i16,
        /// As of; the end of the year if left out.
        #[arg(long)]
        until: Option<Date>,
    },
    /// Explain a due date. Example: huiyin deadline handling 2026-03-02
    Deadline {
        /// disposition, notice, objection, handling, review_window, review, final_review_window, final_review
        clock: String,
        /// The day of the start event.
        start: Date,
        /// The place whose local rules apply (GB/T 2260).
        #[arg(long, default_value = "000000")]
        place: String,
        /// Days added by an extension or an excluded hearing.
        #[arg(long, default_value_t = 0)]
        add: u32,
    },
    /// Replay every case file and name what differs. Example: huiyin verify --data /var/lib/huiyin
    Verify {
        #[command(flatten)]
        at: At,
    },
    /// Copy an office into an empty database. Example: huiyin copy --from data/office.sqlite --to postgres://…
    Copy {
        /// A file or a postgres:// address.
        #[arg(long)]
        from: String,
        /// A new file or the address of an empty database.
        #[arg(long)]
        to: String,
    },
    /// Make one consistent copy of a running office (SQLite). Example: huiyin backup --data data --to backup-1
    Backup {
        #[command(flatten)]
        at: At,
        /// The new folder.
        #[arg(long)]
        to: PathBuf,
    },
    /// Bring a backup back into a new folder and verify it. Example: huiyin restore --from backup-1 --data data2
    Restore {
        /// The backup's folder.
        #[arg(long)]
        from: PathBuf,
        #[command(flatten)]
        at: At,
    },
}

/// Where an office lives.
#[derive(Args)]
struct At {
    /// The office's folder.
    #[arg(long, default_value = "data", env = "HUIYIN_DATA")]
    data: PathBuf,
    /// A postgres:// address in place of the folder's SQLite file.
    #[arg(long, env = "HUIYIN_DATABASE")]
    database: Option<String>,
    /// The file with the master key, 64 hex digits; <data>/master.key if left out.
    #[arg(long, env = "HUIYIN_MASTER_KEY_FILE")]
    master_key: Option<PathBuf>,
}

/// Runs the program.
pub fn run() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    match act(Cli::parse().command) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("huiyin: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: Command) -> Result<ExitCode, Problem> {
    match command {
        Command::Demo { listen, data, no_serve } => run_demo(listen, data, no_serve),
        Command::Init { at, name, place, zone, admin } => {
            init(&at, Setup { name, place: Place(place), zone }, &admin)
        }
        Command::Serve { at, listen } => {
            let house = open(&at)?;
            println!("http://{listen}/");
            serve(Arc::new(house), listen)
        }
        Command::Import { at, file, login, dry_run } => {
            import::run(Arc::new(open(&at)?), &file, &login, dry_run)
        }
        Command::Report { at, year, until } => {
            let house = open(&at)?;
            let report = report::of_year(&house, year, until)?;
            print!("{}", report.markdown(&house, crate::locale::Lang::Hans));
            for check in &report.failed {
                eprintln!("huiyin: a check fails: {check:?}");
            }
            Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Deadline { clock, start, place, add } => deadline(&clock, start, &place, add),
        Command::Verify { at } => verify(&open(&at)?),
        Command::Copy { from, to } => copy(&from, &to),
        Command::Backup { at, to } => backup(&at, &to),
        Command::Restore { from, at } => restore(&from, &at),
    }
}

fn machine(text: impl Into<String>) -> Problem {
    Problem::Store(store::Error::Engine(text.into()))
}

fn database(at: &At) -> Result<Db, Problem> {
    match &at.database {
        Some(address) => Ok(Db::postgres(address)?),
        None => Ok(Db::sqlite(&at.data.join("office.sqlite"))?),
    }
}

/// The master key, from its file or from HUIYIN_MASTER_KEY.
fn master_key(at: &At) -> Result<[u8; 32], Problem> {
    let text = match std::env::var("HUIYIN_MASTER_KEY") {
        Ok(text) => text,
        Err(_) => {
            let path = at.master_key.clone().unwrap_or_else(|| at.data.join("master.key"));
            std::fs::read_to_string(&path)
                .map_err(|error| machine(format!("master key {}: {error}", path.display())))?
        }
    };
    hex::decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| machine("the master key is not 64 hex digits"))
}

fn open(at: &At) -> Result<House, Problem> {
    if at.database.is_none() && !at.data.join("office.sqlite").exists() {
        return Err(machine(format!(
            "no office in {}: run `huiyin init` or `huiyin demo`",
            at.data.display()
        )));
    }
    let key = master_key(at)?;
    House::open(database(at)?, &at.data, &key, Clock::real(), chance(None))
}

/// Writes a new master key that only its owner can read.
fn new_key(path: &Path, seed: Option<u64>) -> Result<[u8; 32], Problem> {
    use rand::rand_core::Rng;
    let mut key = [0u8; 32];
    chance(seed).fill_bytes(&mut key);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file =
        options.open(path).map_err(|error| machine(format!("{}: {error}", path.display())))?;
    std::io::Write::write_all(&mut file, hex::encode(key).as_bytes())
        .map_err(store::Error::from)?;
    Ok(key)
}

fn init(at: &At, setup: Setup, admin: &str) -> Result<ExitCode, Problem> {
    if setup.place.0.len() != 6 || !setup.place.0.bytes().all(|b| b.is_ascii_digit()) {
        return Err(machine("--place is the county's six-digit code"));
    }
    if jiff::tz::TimeZone::get(&setup.zone).is_err() {
        return Err(machine(format!("--zone: unknown time zone {}", setup.zone)));
    }
    std::fs::create_dir_all(&at.data).map_err(store::Error::from)?;
    let path = at.master_key.clone().unwrap_or_else(|| at.data.join("master.key"));
    let key = if path.exists() || std::env::var("HUIYIN_MASTER_KEY").is_ok() {
        master_key(at)?
    } else {
        new_key(&path, None)?
    };
    house::create(&database(at)?, &setup, &key, &mut chance(None))?;
    let house = open(at)?;
    for (login, role) in [
        (admin.to_owned(), Role::SystemAdministrator),
        (format!("{admin}-security"), Role::SecurityAdministrator),
        (format!("{admin}-audit"), Role::AuditAdministrator),
    ] {
        let initial = crate::account::initial_password(&house);
        let account = account::Account {
            actor: Actor {
                account: AccountId(house.id()),
                login: login.clone(),
                name: login.clone(),
                unit: UnitId("xinfang".into()),
                roles: vec![role],
            },
            post: None,
            password: password::hash(&initial, &house.random())?,
            must_change: true,
            failures: 0,
            locked_until: Instant(0),
            closed_on: None,
        };
        house.db.write(move |tx| account::record(tx, &account))?;
        println!("{login}\t{initial}\t{}", role.word());
    }
    println!(
        "master key: {} (keep a copy apart from the data; without it no identity can be read)",
        path.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn run_demo(
    listen: SocketAddr,
    data: Option<PathBuf>,
    no_serve: bool,
) -> Result<ExitCode, Problem> {
    let kept =
        tempfile::Builder::new().prefix("huiyin-demo-").tempdir().map_err(store::Error::from)?;
    let folder = data.unwrap_or_else(|| kept.path().to_owned());
    std::fs::create_dir_all(&folder).map_err(store::Error::from)?;
    let key = new_key(&folder.join("master.key"), Some(demo::SEED))?;
    let db = Db::sqlite(&folder.join("office.sqlite"))?;
    let bar = indicatif::ProgressBar::new(0);
    let house = demo::play(db, &folder, &key, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    let report = report::of_year(&house, demo::YEAR, None)?;
    println!(
        "云岭县 {} 年：{} 件信访件，{} 件已办结。",
        demo::YEAR,
        report.value("petitions.total"),
        report.value("petitions.concluded")
    );
    println!("  群众门户   http://{listen}/");
    println!("  工作台     http://{listen}/desk");
    println!("  年度报告   http://{listen}/report?year={}", demo::YEAR);
    println!("  密码都是   {}", demo::PASSWORD);
    for (login, who) in demo::sign_ins(&house)? {
        println!("  {login:<16} {who}");
    }
    println!("  数据       {}", folder.display());
    if no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    house.clock.run_on();
    serve(house, listen)
}

fn serve(house: Arc<House>, listen: SocketAddr) -> Result<ExitCode, Problem> {
    std::thread::spawn(chinese::script::warm_up);
    let runtime = tokio::runtime::Runtime::new().map_err(store::Error::from)?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(store::Error::from)?;
        axum::serve(listener, web::router(house))
            .with_graceful_shutdown(async {
                stopped().await;
            })
            .await
            .map_err(store::Error::from)?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Until the terminal or the service manager says stop.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}

fn deadline(clock: &str, start: Date, place: &str, add: u32) -> Result<ExitCode, Problem> {
    let clock = ClockKind::parse(clock).ok_or_else(|| machine(format!("unknown clock {clock}")))?;
    let statutes = Statutes::shipped().map_err(machine)?;
    let calendar = Calendar::of(&Calendar::shipped().map_err(machine)?);
    let law = statutes.on(start, place).ok_or_else(|| machine("no text in force"))?;
    let due = casework::deadline::due_under(clock, start, add, &law, &calendar)
        .ok_or_else(|| machine(format!("{} sets no such period", law.name())))?;
    let unit = if due.unit == casework::statute::DayUnit::Working { "个工作日" } else { "日" };
    let added = if add > 0 { format!(" + {add} 日") } else { String::new() };
    println!(
        "{start} → 《{}》{} → {} {unit}{added} → {}",
        due.source.text, due.source.article, due.length, due.nominal
    );
    println!("遇假期顺延：{}　内部提醒：{}　依据：{}", due.legal, due.safe, due.source.rule.0);
    if due.provisional {
        println!("暂定：当年放假安排未公布。");
    }
    Ok(ExitCode::SUCCESS)
}

/// Compares every case file with the tables; the exit code says whether all agree.
fn verify(house: &House) -> Result<ExitCode, Problem> {
    let calendar = house.calendar();
    let law = (house.statutes.as_ref(), calendar.as_ref());
    let mut found = house.db.read(store::verify::whole)?;
    let ids: Vec<MatterId> = house.db.read(store::matter::ids)?;
    let bar = indicatif::ProgressBar::new(ids.len() as u64);
    for id in &ids {
        found.extend(house.db.read(|tx| store::verify::matter(tx, *id, law))?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    for difference in &found {
        println!("{difference}");
    }
    println!("{} 个案卷，{} 处不符", ids.len(), found.len());
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn database_at(text: &str) -> Result<Db, Problem> {
    let db = if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Db::postgres(text)?
    } else {
        Db::sqlite(Path::new(text))?
    };
    store::migration::run(&db)?;
    Ok(db)
}

fn copy(from: &str, to: &str) -> Result<ExitCode, Problem> {
    if !from.starts_with("postgres") && !Path::new(from).exists() {
        return Err(machine(format!("--from: there is no {from}")));
    }
    store::copy::run(&database_at(from)?, &database_at(to)?, |table, rows| {
        println!("{table}\t{rows}")
    })?;
    Ok(ExitCode::SUCCESS)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Problem> {
    let (source, target) = (store::blob::Folder::open(from)?, store::blob::Folder::open(to)?);
    for hash in source.list()? {
        target.keep(&source.read(&hash)?)?;
    }
    Ok(())
}

fn backup(at: &At, to: &Path) -> Result<ExitCode, Problem> {
    if to.exists() {
        return Err(machine(format!("{} exists already", to.display())));
    }
    let Db::Sqlite(sqlite) = open(at)?.db else {
        return Err(machine(
            "use pg_dump for a PostgreSQL office, or `huiyin copy` it into a file first",
        ));
    };
    std::fs::create_dir_all(to).map_err(store::Error::from)?;
    // The database first: files of later petitions may come along, none can be missing.
    sqlite.backup(&to.join("office.sqlite"))?;
    copy_folder(&at.data.join("attachments"), &to.join("attachments"))?;
    println!("{}", to.display());
    println!("The master key is not part of the backup; keep it apart.");
    Ok(ExitCode::SUCCESS)
}

fn restore(from: &Path, at: &At) -> Result<ExitCode, Problem> {
    if at.database.is_some() {
        return Err(machine("restore makes a folder; leave --database and HUIYIN_DATABASE out"));
    }
    // Without the key the copy could be neither read nor verified: ask for it first.
    master_key(at)?;
    if !from.join("office.sqlite").exists() {
        return Err(machine(format!("--from: no backup in {}", from.display())));
    }
    let target = at.data.join("office.sqlite");
    if target.exists() {
        return Err(machine(format!(
            "{} exists already; restore never overwrites",
            target.display()
        )));
    }
    std::fs::create_dir_all(&at.data).map_err(store::Error::from)?;
    std::fs::copy(from.join("office.sqlite"), &target).map_err(store::Error::from)?;
    copy_folder(&from.join("attachments"), &at.data.join("attachments"))?;
    verify(&open(at)?)
}
