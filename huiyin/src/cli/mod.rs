//! The command line (命令行).
#![expect(clippy::print_stderr, reason = "the command line speaks on the terminal")]

mod demo;
mod doctor;
mod import;
mod keep;
mod office;
mod settings;

use crate::house::{House, Setup};
use crate::problem::Problem;
use crate::report;
use crate::serve::Connections;
use casework::calendar::Calendar;
use casework::org::Place;
use casework::statute::{ClockKind, Statutes};
use clap::{Parser, Subcommand};
use jiff::civil::Date;
use settings::{Home, Settings};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use store::db::Engine;
use store::{health, presence};

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
        at: Home,
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
        at: Home,
        /// Where to listen; 127.0.0.1:8460 if left out.
        #[arg(long, env = "HUIYIN_LISTEN")]
        listen: Option<SocketAddr>,
        /// Serve although the machine's clock is behind what was written last.
        #[arg(long)]
        clock_went_back: bool,
    },
    /// Take in an old ledger (.xlsx). Example: huiyin import ledger.xlsx --as liuming --dry-run
    Import {
        #[command(flatten)]
        at: Home,
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
        at: Home,
        /// The year.
        #[arg(long)]
        year: i16,
        /// As of; the end of the year if left out.
        #[arg(long)]
        until: Option<Date>,
    },
    /// Explain a due date. Example: huiyin deadline handling 2026-03-02
    Deadline {
        #[command(flatten)]
        at: Home,
        /// disposition, notice, objection, handling, review_window, review, supervision, service, …
        clock: String,
        /// The day of the start event.
        start: Date,
        /// The place whose local rules apply (GB/T 2260); the office's if there is one here.
        #[arg(long)]
        place: Option<String>,
        /// Days added by an extension or an excluded hearing.
        #[arg(long, default_value_t = 0)]
        add: u32,
    },
    /// Run the jobs that are due now: reminders, proposals to supervise, sweeping up.
    Jobs {
        #[command(flatten)]
        at: Home,
    },
    /// Replay every case file and name what differs. Example: huiyin verify --data /var/lib/huiyin
    Verify {
        #[command(flatten)]
        at: Home,
    },
    /// Make everything anew that follows from the case files, while nobody serves the office.
    ///
    /// Example: huiyin rebuild --data /var/lib/huiyin
    Rebuild {
        #[command(flatten)]
        at: Home,
    },
    /// Say what is wrong around an office and what to do. Example: huiyin doctor --data /var/lib/huiyin
    Doctor {
        #[command(flatten)]
        at: Home,
    },
    /// Copy an office into an empty database. Example: huiyin copy --from data/office.sqlite --to postgres://…
    Copy {
        /// A file or a postgres:// address.
        #[arg(long)]
        from: String,
        /// A new file or the address of an empty database.
        #[arg(long)]
        to: String,
        /// The authority (PEM) of the database servers' certificates; turns TLS on.
        #[arg(long, env = "HUIYIN_DATABASE_CA")]
        ca: Option<PathBuf>,
    },
    /// Make one consistent file of a running office, on either engine.
    ///
    /// Example: huiyin backup --data data --to office.tar
    Backup {
        #[command(flatten)]
        at: Home,
        /// The new file.
        #[arg(long)]
        to: PathBuf,
    },
    /// Bring a backup back into a new folder or an empty database, and verify it.
    ///
    /// Example: huiyin restore --from office.tar --data data2
    Restore {
        /// The backup.
        #[arg(long)]
        from: PathBuf,
        #[command(flatten)]
        at: Home,
    },
    /// Put a new master key in place of the old one. Example: huiyin rekey --data data --new new.key
    Rekey {
        #[command(flatten)]
        at: Home,
        /// The new key's file; made if it is not there.
        #[arg(long)]
        new: PathBuf,
    },
    /// Give an administrator a new initial password. Example: huiyin admin --data data --login admin-security
    Admin {
        #[command(flatten)]
        at: Home,
        /// The administrator's login.
        #[arg(long)]
        login: String,
    },
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
        Command::Demo { listen, data, no_serve } => demo::run(listen, data, no_serve),
        Command::Init { at, name, place, zone, admin } => {
            office::init(&at.settings()?, Setup { name, place: Place(place), zone }, &admin)
        }
        Command::Serve { at, listen, clock_went_back } => {
            let settings = at.settings()?;
            let listen = listen.or(settings.listen).unwrap_or(DEFAULT_LISTEN);
            let house = settings.house()?;
            let _alone = served_once(&house)?;
            if !clock_went_back {
                in_order(&house)?;
            }
            say(format_args!("http://{listen}/"));
            serve(Arc::new(house), listen, settings.connections)
        }
        Command::Import { at, file, login, dry_run } => {
            import::run(Arc::new(at.settings()?.house()?), &file, &login, dry_run)
        }
        Command::Report { at, year, until } => {
            let house = at.settings()?.house()?;
            let report = report::of_year(&house, &casework::role::Scope::whole(), year, until)?;
            say(report.markdown(&house, crate::locale::Lang::Hans).trim_end());
            for check in &report.failed {
                eprintln!("huiyin: a check fails: {check:?}");
            }
            Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Deadline { at, clock, start, place, add } => {
            deadline(&at.settings()?, &clock, start, place.as_deref(), add)
        }
        Command::Jobs { at } => {
            let house = at.settings()?.house()?;
            let mut code = ExitCode::SUCCESS;
            for (job, result) in crate::job::run_due(&house, &house.id())? {
                match result {
                    Ok(done) => say(format_args!("{}: {done}", job.word())),
                    Err(problem) => {
                        eprintln!("huiyin: {}: {problem}", job.word());
                        code = ExitCode::FAILURE;
                    }
                }
            }
            Ok(code)
        }
        Command::Verify { at } => {
            let settings = at.settings()?;
            settings.must_be_set_up()?;
            keep::proved(&settings)
        }
        Command::Rebuild { at } => keep::rebuild(&at.settings()?),
        Command::Doctor { at } => doctor::run(&at.settings()?),
        Command::Copy { from, to, ca } => keep::copy(&from, &to, ca.as_deref()),
        Command::Backup { at, to } => keep::backup(&at.settings()?, &to),
        Command::Restore { from, at } => keep::restore(&from, &at.settings()?),
        Command::Rekey { at, new } => office::rekey(&at.settings()?, &new),
        Command::Admin { at, login } => office::admin(&at.settings()?, &login),
    }
}

/// On SQLite one program serves an office; several over one record need PostgreSQL.
fn served_once(house: &House) -> Result<Option<presence::Alone>, Problem> {
    if house.db.engine() == Engine::Postgres {
        return Ok(None);
    }
    let taken = || {
        usage("another program serves this folder already; several over one record need PostgreSQL")
    };
    presence::alone(&house.db)?.ok_or_else(taken).map(Some)
}

/// How far a machine's clock may be behind what was written last, in milliseconds.
const BEHIND: i64 = 5 * 60 * 1000;

/// Whether the machine's clock goes on from where it was; with a wrong one petitions would be numbered and clocks
/// counted in another year.
fn in_order(house: &House) -> Result<(), Problem> {
    let Some(last) = house.db.read(health::last_written)? else { return Ok(()) };
    let now = house.clock.now();
    if now.0 + BEHIND < last.0 {
        let (now, last) = (house.zone_time(now), house.zone_time(last));
        return Err(machine(format!(
            "the machine's clock says {now}, but something was written at {last}: set the clock \
             (NTP); if it was wrong then and is right now, serve with --clock-went-back"
        )));
    }
    house.clock.no_earlier_than(last);
    Ok(())
}

/// Where it listens unless it is told otherwise: this machine alone.
const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8460);

/// A line on the terminal. Whoever closed the pipe has seen enough: the work goes on.
fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// What the caller asked for can't be done as it was asked.
fn usage(text: impl Into<String>) -> Problem {
    Problem::Usage(text.into())
}

fn machine(text: impl Into<String>) -> Problem {
    Problem::Store(store::Error::Engine(text.into()))
}

fn serve(
    house: Arc<House>,
    listen: SocketAddr,
    connections: Connections,
) -> Result<ExitCode, Problem> {
    std::thread::spawn(chinese::script::warm_up);
    let worker = house.clone();
    std::thread::spawn(move || {
        let node = worker.id();
        loop {
            // A job that breaks off is tried again when its lease is over; the others go on.
            let run = || crate::job::run_due(&worker, &node);
            match std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
                Ok(Ok(_)) => {}
                Ok(Err(problem)) => tracing::warn!(%problem, "jobs could not be taken"),
                Err(_) => tracing::error!("a job broke off"),
            }
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
    });
    let runtime = tokio::runtime::Runtime::new().map_err(store::Error::from)?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(store::Error::from)?;
        crate::serve::run(house, listener, connections.fitting(), stopped()).await?;
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

fn deadline(
    at: &Settings,
    clock: &str,
    start: Date,
    place: Option<&str>,
    add: u32,
) -> Result<ExitCode, Problem> {
    let clock = ClockKind::parse(clock).ok_or_else(|| usage(format!("unknown clock {clock}")))?;
    // An office may have published its own arrangement of holidays: then that one counts.
    let house = if at.is_set_up() { Some(at.house()?) } else { None };
    let calendar = match &house {
        Some(house) => house.calendar().as_ref().clone(),
        None => Calendar::of(&Calendar::shipped().map_err(machine)?),
    };
    let statutes = match &house {
        Some(house) => house.statutes.as_ref().clone(),
        None => Statutes::shipped().map_err(machine)?,
    };
    let here = house.as_ref().map(|house| house.setup.place.0.as_str());
    let place = place.or(here).unwrap_or("000000");
    if !statutes.any(start) {
        return Err(usage(format!("{start}: no text of law was in force")));
    }
    let law = statutes.on(start, place).ok_or_else(|| machine("no text in force"))?;
    if clock.set_by_hand() {
        say(format_args!("{}", crate::locale::Lang::Hans.t("deadline-by-hand")));
        return Ok(ExitCode::SUCCESS);
    }
    let Some(due) = casework::deadline::due_under(clock, start, add, &law, &calendar) else {
        say(format_args!("《{}》{}", law.name(), crate::locale::Lang::Hans.t("deadline-none")));
        return Ok(ExitCode::SUCCESS);
    };
    let unit = if due.unit == casework::statute::DayUnit::Working { "个工作日" } else { "日" };
    let added = if add > 0 { format!(" + {add} 日") } else { String::new() };
    say(format_args!(
        "{start} → 《{}》{} → {} {unit}{added} → {}",
        due.source.text, due.source.article, due.length, due.nominal
    ));
    say(format_args!(
        "遇假期顺延：{}　内部提醒：{}　依据：{}",
        due.legal, due.safe, due.source.rule.0
    ));
    if due.provisional {
        say(format_args!("暂定：当年放假安排未公布。"));
    }
    Ok(ExitCode::SUCCESS)
}
