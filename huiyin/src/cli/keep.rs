//! `huiyin verify`, `copy`, `backup` and `restore`: keeping the record whole and in two places.

use super::settings::{Settings, server};
use super::{machine, say, usage};
use crate::house::{Clock, House, STATUTES, own_statutes, renew, statutes};
use crate::problem::Problem;
use casework::deadline::Law;
use indicatif::ProgressBar;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};
use std::process::ExitCode;
use std::sync::Arc;
use store::files::Files;
use store::{Db, health, migration};

/// Looks at every page of the database, and beside that compares all that it holds.
///
/// # Errors
/// A page is damaged, and what was found beside that proves nothing; the store failed.
pub(super) fn proved(at: &Settings) -> Result<ExitCode, Problem> {
    let db = at.database()?;
    std::thread::scope(|scope| {
        let pages = scope.spawn(|| sound(&db));
        let compared = at.house().and_then(|house| verify(&house));
        pages.join().map_err(|_| machine("looking at the pages broke off".to_owned()))??;
        compared
    })
}

/// Whether every page of the database can be read: what is read from a damaged one proves nothing.
///
/// # Errors
/// Some can't; each is named.
fn sound(db: &Db) -> Result<(), Problem> {
    let damage = db.read(health::damage)?;
    for place in &damage {
        say(place);
    }
    if damage.is_empty() {
        return Ok(());
    }
    Err(machine(format!(
        "{} damaged places: stop the program, keep the folder as it is, and bring back the last backup \
         (`huiyin restore`)",
        damage.len()
    )))
}

/// Compares every case file with the tables; the exit code says whether all agree.
///
/// # Errors
/// The store failed; differences are no error but a result.
pub(super) fn verify(house: &House) -> Result<ExitCode, Problem> {
    let calendar = house.calendar();
    let law = Law { statutes: &house.statutes, calendar: &calendar };
    let bar = ProgressBar::new(0);
    let checked = house.db.read(|tx| {
        store::verify::all(tx, law, |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
    })?;
    let (files, mut found) = (checked.files, checked.found);
    bar.finish_and_clear();
    // Every file that belongs to something is read again: what is missing or damaged is named.
    let hashes = house.db.read(store::blob::belonging)?;
    let bar = ProgressBar::new(hashes.len() as u64);
    for hash in &hashes {
        found.extend(house.blobs.fault(hash));
        bar.inc(1);
    }
    bar.finish_and_clear();
    for difference in &found {
        say(difference);
    }
    let parts = hashes.len();
    say(format_args!("{files} 个案卷，{parts} 个附件，{} 处不符", found.len()));
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes anew what follows from the case files, and compares all of it.
///
/// # Errors
/// Another program serves the office; the store failed.
pub(super) fn rebuild(at: &Settings) -> Result<ExitCode, Problem> {
    at.must_be_set_up()?;
    let (db, key) = (at.database()?, at.master_key()?);
    migration::run(&db)?;
    // Where no office is, there is nothing to make anew.
    db.read(|tx| store::vault::Vault::open(tx, &key).map(|_| ()))?;
    let bar = ProgressBar::new(0);
    renew(&db, &Arc::new(statutes(&at.data)?), Clock::real().now(), |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    verify(&at.house()?)
}

fn database_at(text: &str, authority: Option<&Path>) -> Result<Db, Problem> {
    let db = if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        server(text, authority)?
    } else {
        Db::sqlite(Path::new(text))?
    };
    migration::run(&db)?;
    Ok(db)
}

fn copy_all(from: &Db, to: &Db) -> Result<(), Problem> {
    let bar = ProgressBar::new(0);
    store::copy::run(from, to, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    Ok(())
}

/// Copies an office into an empty database.
///
/// # Errors
/// There is nothing to copy, the target is used, or an engine failed.
pub(super) fn copy(from: &str, to: &str, ca: Option<&Path>) -> Result<ExitCode, Problem> {
    if !from.starts_with("postgres") && !Path::new(from).exists() {
        return Err(usage(format!("--from: there is no {from}")));
    }
    copy_all(&database_at(from, ca)?, &database_at(to, ca)?)?;
    say(format_args!("{from} → {to}"));
    Ok(ExitCode::SUCCESS)
}

const DATABASE: &str = "office.sqlite";
const FILES: &str = "attachments";

/// Makes one file that holds the office as it is at one moment: its database, whichever engine it
/// lives on, as an SQLite file, its own texts of law, and every attachment. The master key is not part of it. What is
/// missing or damaged is named, the rest is kept, and the exit code says that not all is there.
///
/// # Errors
/// The file is there already, the disk is full, or the store failed; then no file is left behind.
pub(super) fn backup(at: &Settings, to: &Path) -> Result<ExitCode, Problem> {
    if to.exists() {
        return Err(usage(format!("{} exists already", to.display())));
    }
    let house = at.house()?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let aside = tempfile::Builder::new()
        .prefix(".huiyin-backup-")
        .tempdir_in(folder.unwrap_or(Path::new(".")))
        .map_err(store::Error::from)?;
    // The database first: files of later petitions may come along, none can be missing.
    let copy = aside.path().join(DATABASE);
    let moved = match &house.db {
        Db::Sqlite(_) => house.db.clone(),
        Db::Postgres(_) => {
            let moved = database_at(&aside.path().join("moved.sqlite").to_string_lossy(), None)?;
            copy_all(&house.db, &moved)?;
            moved
        }
    };
    if let Db::Sqlite(sqlite) = &moved {
        sqlite.backup(&copy)?;
    }
    let path = aside.path().join("office.tar");
    let mut archive = tar::Builder::new(File::create(&path).map_err(store::Error::from)?);
    archive.append_path_with_name(&copy, DATABASE).map_err(store::Error::from)?;
    for text in own_statutes(&at.data)? {
        let name = Path::new(STATUTES).join(text.file_name().unwrap_or_default());
        archive.append_path_with_name(&text, name).map_err(store::Error::from)?;
    }
    let mut hashes: BTreeSet<String> = house.blobs.list()?.into_iter().collect();
    hashes.extend(house.db.read(store::blob::belonging)?);
    let bar = ProgressBar::new(hashes.len() as u64);
    let mut faults = Vec::new();
    for hash in &hashes {
        bar.inc(1);
        let content = match house.blobs.read(hash) {
            Ok(content) => content,
            Err(error) => {
                faults.push(format!("attachment {hash}: {error}"));
                continue;
            }
        };
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        archive
            .append_data(&mut header, format!("{FILES}/{hash}"), content.as_slice())
            .map_err(store::Error::from)?;
    }
    bar.finish_and_clear();
    let file = archive.into_inner().map_err(store::Error::from)?;
    file.sync_all().map_err(store::Error::from)?;
    std::fs::rename(&path, to).map_err(store::Error::from)?;
    for fault in &faults {
        say(fault);
    }
    let kept = hashes.len() - faults.len();
    say(format_args!("{}（{kept} 个附件，缺失或损坏 {} 个）", to.display(), faults.len()));
    say("主密钥不在备份里，请另外保管。");
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Unpacks what a backup holds: the database and the texts of law aside, the attachments into their folder. Names
/// that a backup never has are refused, so that no archive writes elsewhere.
fn unpack(from: &Path, aside: &Path, files: &Files) -> Result<(), Problem> {
    let at = Clock::real().now();
    let file = File::open(from).map_err(|error| machine(format!("{}: {error}", from.display())))?;
    let bar = ProgressBar::new(file.metadata().map_or(0, |data| data.len()));
    let mut archive = tar::Archive::new(bar.wrap_read(file));
    let damaged = |error: std::io::Error| machine(format!("{}: {error}", from.display()));
    for entry in archive.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        let path = entry.path().map_err(damaged)?.into_owned();
        let parts: Vec<_> = path
            .components()
            .filter_map(|part| match part {
                Component::Normal(name) => name.to_str().map(str::to_owned),
                Component::Prefix(_)
                | Component::RootDir
                | Component::CurDir
                | Component::ParentDir => None,
            })
            .collect();
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [DATABASE] => {
                let mut out = File::create_new(aside.join(DATABASE)).map_err(store::Error::from)?;
                std::io::copy(&mut entry, &mut out).map_err(store::Error::from)?;
                out.sync_all().map_err(store::Error::from)?;
            }
            [FILES, hash] => {
                let mut content = Vec::new();
                entry.read_to_end(&mut content).map_err(damaged)?;
                if files.keep(&content, at)? != *hash {
                    return Err(machine(format!("{}: {hash} is damaged", from.display())));
                }
            }
            [STATUTES, name] => {
                std::fs::create_dir_all(aside.join(STATUTES)).map_err(store::Error::from)?;
                let out = File::create_new(aside.join(STATUTES).join(name));
                std::io::copy(&mut entry, &mut out.map_err(store::Error::from)?)
                    .map_err(store::Error::from)?;
            }
            _ => return Err(usage(format!("{}: not a backup", from.display()))),
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// Brings a backup back where no office is yet, and verifies it.
///
/// # Errors
/// An office is there already, the backup is none or damaged, or the store failed.
pub(super) fn restore(from: &Path, at: &Settings) -> Result<ExitCode, Problem> {
    // Without the key the copy could be neither read nor verified: ask for it first.
    at.master_key()?;
    let target = at.data.join(DATABASE);
    if target.exists() {
        return Err(usage(format!(
            "{} exists already; restore never overwrites",
            target.display()
        )));
    }
    std::fs::create_dir_all(&at.data).map_err(store::Error::from)?;
    let aside = tempfile::Builder::new()
        .prefix(".huiyin-restore-")
        .tempdir_in(&at.data)
        .map_err(store::Error::from)?;
    let unpacked = aside.path().join(DATABASE);
    unpack(from, aside.path(), &at.files()?)?;
    if !unpacked.exists() {
        return Err(usage(format!("{}: no database in it", from.display())));
    }
    let copy = database_at(&unpacked.to_string_lossy(), None)?;
    // A key that does not fit is found out before anything is put in place.
    let key = at.master_key()?;
    copy.read(|tx| store::vault::Vault::open(tx, &key).map(|_| ()))?;
    let (texts, own) = (aside.path().join(STATUTES), at.data.join(STATUTES));
    if texts.exists() && own.exists() {
        return Err(usage(format!("{} exists already; restore never overwrites", own.display())));
    }
    match &at.database {
        None => {
            if let Db::Sqlite(sqlite) = &copy {
                sqlite.backup(&target)?;
            }
        }
        Some(_) => {
            let to = at.database()?;
            migration::run(&to)?;
            copy_all(&copy, &to)?;
        }
    }
    // Last, so that a restore that broke off finds no texts in its way when it is begun again.
    if texts.exists() {
        std::fs::rename(&texts, &own).map_err(store::Error::from)?;
    }
    verify(&at.house()?)
}
