//! `huiyin doctor`: what is wrong around an office, and what to do about it. It changes nothing in the record.

use super::say;
use super::settings::Settings;
use crate::house::{Clock, statutes};
use crate::locale::Lang;
use crate::problem::Problem;
use casework::moment::Instant;
use jiff::civil::Date;
use std::process::ExitCode;
use store::vault::Vault;
use store::{Db, Error, almanac, blob, health, job, matter, migration, presence};

/// How far two clocks may be apart, in milliseconds.
const APART: i64 = 5_000;
/// In which month of a year the arrangement of holidays of the next should be there.
const ANNOUNCED: i8 = 12;
/// The command line's language.
const LANG: Lang = Lang::Hans;

/// How it stands with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    Fine,
    /// It works, and somebody should see to it.
    Warning,
    Wrong,
}

/// What was found: its text, and unless all is well what to do, whose key ends in `-remedy`.
struct Finding {
    grade: Grade,
    key: &'static str,
    args: Vec<(&'static str, String)>,
}

impl Finding {
    fn new(grade: Grade, key: &'static str) -> Self {
        Self { grade, key, args: Vec::new() }
    }

    fn fine(key: &'static str) -> Self {
        Self::new(Grade::Fine, key)
    }

    fn warning(key: &'static str) -> Self {
        Self::new(Grade::Warning, key)
    }

    fn wrong(key: &'static str) -> Self {
        Self::new(Grade::Wrong, key)
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    fn line(&self) -> String {
        let grade = match self.grade {
            Grade::Fine => "doctor-fine",
            Grade::Warning => "doctor-warning",
            Grade::Wrong => "doctor-wrong",
        };
        let line = format!("{}  {}", LANG.t(grade), LANG.tx(self.key, &self.args));
        if self.grade == Grade::Fine {
            return line;
        }
        format!("{line}\n      → {}", LANG.tx(&format!("{}-remedy", self.key), &self.args))
    }
}

/// Looks at everything that can be looked at; the exit code says whether something is wrong.
///
/// # Errors
/// There is no office here. What fails on the way is a finding.
pub(super) fn run(at: &Settings) -> Result<ExitCode, Problem> {
    at.must_be_set_up()?;
    let now = Clock::real().now();
    let mut found = vec![folder(at), key(at)];
    match at.database() {
        Err(problem) => found.push(Finding::wrong("doctor-database").with("said", problem)),
        Ok(db) => found.extend(database(at, &db, now)),
    }
    for finding in &found {
        say(finding.line());
    }
    let count = |grade: Grade| found.iter().filter(|one| one.grade == grade).count();
    let (wrong, warnings) = (count(Grade::Wrong), count(Grade::Warning));
    let counts = [
        ("count", found.len().to_string()),
        ("wrong", wrong.to_string()),
        ("warnings", warnings.to_string()),
    ];
    say(LANG.tx("doctor-counts", &counts));
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A finding in place of what could not be asked.
fn asked(answer: Result<Finding, Error>) -> Finding {
    answer.unwrap_or_else(|error| Finding::wrong("doctor-unasked").with("said", error))
}

fn folder(at: &Settings) -> Finding {
    let found = match tempfile::tempfile_in(&at.data) {
        Ok(_) => Finding::fine("doctor-folder-writable"),
        Err(error) => Finding::wrong("doctor-folder").with("said", error),
    };
    found.with("path", at.data.display())
}

/// Who can read the key can read every name.
fn key(at: &Settings) -> Finding {
    if let Err(problem) = at.master_key() {
        return Finding::wrong("doctor-key").with("said", problem);
    }
    #[cfg(unix)]
    if let Ok(file) = std::fs::metadata(&at.master_key)
        && std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0
    {
        return Finding::warning("doctor-key-open").with("path", at.master_key.display());
    }
    Finding::fine("doctor-key-readable")
}

fn database(at: &Settings, db: &Db, now: Instant) -> Vec<Finding> {
    let mut found = vec![asked(damage(db)), asked(tables(db))];
    if found.iter().any(|one| one.grade == Grade::Wrong) {
        return found;
    }
    found.extend(opens(at, db));
    found.push(asked(clock(db, now)));
    found.push(asked(derived(at, db)));
    found.push(asked(attachments(at, db)));
    found.push(asked(holidays(db, now)));
    found.push(asked(jobs(db)));
    found.push(asked(others(db)));
    match db {
        Db::Sqlite(_) => {}
        Db::Postgres(_) => found.push(asked(server(db))),
    }
    found
}

fn damage(db: &Db) -> Result<Finding, Error> {
    let places = db.read(health::damage)?;
    Ok(match places.first() {
        None => Finding::fine("doctor-pages-whole"),
        Some(first) => {
            Finding::wrong("doctor-pages").with("count", places.len()).with("first", first)
        }
    })
}

fn tables(db: &Db) -> Result<Finding, Error> {
    let (done, known) = (db.read(migration::done)?, migration::known());
    let found = match done.cmp(&known) {
        std::cmp::Ordering::Equal => Finding::fine("doctor-tables-current"),
        std::cmp::Ordering::Less => Finding::wrong("doctor-tables-old"),
        std::cmp::Ordering::Greater => Finding::wrong("doctor-tables-new"),
    };
    Ok(found.with("done", done).with("known", known))
}

/// Whether the key is this record's; nothing where there is none, which was said.
fn opens(at: &Settings, db: &Db) -> Option<Finding> {
    let key = at.master_key().ok()?;
    Some(match db.read(|tx| Vault::open(tx, &key)) {
        Ok(_) => Finding::fine("doctor-key-opens"),
        Err(error) => Finding::wrong("doctor-key-other").with("said", error),
    })
}

fn shown(at: Instant) -> String {
    let time = jiff::Timestamp::from_millisecond(at.0);
    time.map_or_else(|_| at.0.to_string(), |time| time.to_string())
}

fn clock(db: &Db, now: Instant) -> Result<Finding, Error> {
    let (last, server) =
        db.read(|tx| Ok::<_, Error>((health::last_written(tx)?, health::servers_time(tx)?)))?;
    let found = if let Some(last) = last.filter(|last| now.0 + APART < last.0) {
        Finding::wrong("doctor-clock-behind").with("last", shown(last))
    } else if let Some(server) = server.filter(|server| (server.0 - now.0).abs() > APART) {
        Finding::wrong("doctor-clock-apart").with("server", shown(server))
    } else {
        Finding::fine("doctor-clock-right")
    };
    Ok(found.with("now", shown(now)))
}

fn derived(at: &Settings, db: &Db) -> Result<Finding, Error> {
    let statutes = match statutes(&at.data) {
        Ok(statutes) => statutes,
        Err(problem) => return Ok(Finding::wrong("doctor-statutes").with("said", problem)),
    };
    Ok(if db.read(|tx| matter::behind(tx, &statutes))? {
        Finding::wrong("doctor-rows")
    } else {
        Finding::fine("doctor-rows-current")
    })
}

fn attachments(at: &Settings, db: &Db) -> Result<Finding, Error> {
    let files = match at.files() {
        Ok(files) => files,
        Err(problem) => return Ok(Finding::wrong("doctor-files").with("said", problem)),
    };
    let (hashes, mut missing) = (db.read(blob::belonging)?, 0);
    for hash in &hashes {
        missing += usize::from(!files.holds(hash)?);
    }
    let found = if missing == 0 {
        Finding::fine("doctor-files-there")
    } else {
        Finding::wrong("doctor-files-missing").with("missing", missing)
    };
    Ok(found.with("count", hashes.len()))
}

/// Years whose arrangement of holidays should have been published.
fn due_years(today: Date) -> impl Iterator<Item = i16> {
    let next = (today.month() >= ANNOUNCED).then(|| today.year() + 1);
    [today.year()].into_iter().chain(next)
}

fn holidays(db: &Db, now: Instant) -> Result<Finding, Error> {
    let schedules = db.read(almanac::schedules)?;
    let today = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default();
    let today = today.to_zoned(jiff::tz::TimeZone::UTC).date();
    let missing: Vec<String> = due_years(today)
        .filter(|year| !schedules.iter().any(|one| one.year == *year))
        .map(|year| year.to_string())
        .collect();
    Ok(if missing.is_empty() {
        Finding::fine("doctor-holidays-known")
    } else {
        Finding::warning("doctor-holidays").with("years", missing.join(" "))
    })
}

fn jobs(db: &Db) -> Result<Finding, Error> {
    let runs = db.read(job::runs)?;
    let failed = runs.iter().find_map(|run| Some((run.job, run.problem.clone()?)));
    Ok(match failed {
        None => Finding::fine("doctor-jobs-fine"),
        Some((job, problem)) => {
            Finding::warning("doctor-jobs").with("job", job.word()).with("said", problem)
        }
    })
}

fn others(db: &Db) -> Result<Finding, Error> {
    Ok(Finding::fine(match presence::alone(db)? {
        Some(_) => "doctor-alone",
        None => "doctor-others",
    }))
}

fn server(db: &Db) -> Result<Finding, Error> {
    let reckless = db.read(health::reckless)?;
    let said: Vec<String> =
        reckless.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    Ok(if said.is_empty() {
        Finding::fine("doctor-server-careful")
    } else {
        Finding::wrong("doctor-server").with("settings", said.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Whatever is found has words, and what is not well has a remedy, in each language.
    #[test]
    fn every_finding_has_its_words() {
        let source = include_str!("doctor.rs");
        for (call, remedied) in [("fine(\"", false), ("warning(\"", true), ("wrong(\"", true)] {
            let keys = source.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            let keys: Vec<&str> = keys.filter(|key| key.starts_with("doctor-")).collect();
            assert!(!keys.is_empty(), "{call}");
            for (key, lang) in keys.iter().flat_map(|key| Lang::ALL.map(|lang| (key, lang))) {
                assert!(lang.has(key), "{key}");
                assert!(!remedied || lang.has(&format!("{key}-remedy")), "{key}-remedy");
            }
        }
    }

    #[test]
    fn next_years_holidays_are_looked_for_in_december() {
        let years = |on| due_years(on).collect::<Vec<_>>();
        assert_eq!(years(date(2026, 11, 30)), [2026]);
        assert_eq!(years(date(2026, 12, 1)), [2026, 2027]);
    }
}
