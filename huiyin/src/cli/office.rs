//! `huiyin init`, `rekey` and `admin`: the office's beginning, its master key, its administrators.

use super::settings::{Settings, new_key, read_key};
use super::{say, usage};
use crate::account::initial_password;
use crate::house::{self, Setup, chance};
use crate::password;
use crate::problem::Problem;
use casework::moment::Instant;
use casework::org::PROGRAM;
use casework::org::{AccountId, Actor, Role};
use std::path::Path;
use std::process::ExitCode;
use store::journal::{Event, Note};
use store::vault::Vault;
use store::{account, journal};

/// Sets an office up with its keys and its three administrators.
///
/// # Errors
/// Something is malformed, or an office is there already.
pub(super) fn init(at: &Settings, setup: Setup, admin: &str) -> Result<ExitCode, Problem> {
    if setup.place.0.len() != 6 || !setup.place.0.bytes().all(|b| b.is_ascii_digit()) {
        return Err(usage("--place is the county's six-digit code"));
    }
    if jiff::tz::TimeZone::get(&setup.zone).is_err() {
        return Err(usage(format!("--zone: unknown time zone {}", setup.zone)));
    }
    std::fs::create_dir_all(&at.data).map_err(store::Error::from)?;
    let path = &at.master_key;
    let key = if path.exists() || std::env::var("HUIYIN_MASTER_KEY").is_ok() {
        at.master_key()?
    } else {
        new_key(path, None)?
    };
    house::create(&at.database()?, &setup, &key, &mut chance(None))?;
    let house = at.house()?;
    let mut accounts = Vec::new();
    for (login, role) in [
        (admin.to_owned(), Role::SystemAdministrator),
        (format!("{admin}-security"), Role::SecurityAdministrator),
        (format!("{admin}-audit"), Role::AuditAdministrator),
    ] {
        let initial = initial_password(&house);
        let account = account::Account {
            actor: Actor {
                account: AccountId(house.id()),
                name: login.clone(),
                unit: house.office.clone(),
                roles: vec![role],
                login,
            },
            post: None,
            password: password::hash(&initial, &house.random())?,
            must_change: true,
            failures: 0,
            locked_until: Instant(0),
            closed_on: None,
        };
        accounts.push((account, initial));
    }
    let now = house.clock.now();
    let opened: Vec<_> = accounts.iter().map(|(account, _)| account.clone()).collect();
    // All three or none: with one alone the office could not be kept, and could not be set up again.
    house.db.write(move |tx| {
        for account in &opened {
            account::record(tx, account, now, PROGRAM)?;
            let login = &account.actor.login;
            journal::record(tx, &Note::new(now, PROGRAM, Event::AccountOpened).on(login))?;
        }
        Ok::<_, store::Error>(())
    })?;
    for (account, initial) in &accounts {
        let roles = account.actor.roles.iter().map(|role| role.word()).collect::<Vec<_>>();
        say(format_args!("{}\t{initial}\t{}", account.actor.login, roles.join(" ")));
    }
    say(format_args!(
        "master key: {} (keep a copy apart from the data; without it no identity can be read)",
        path.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Wraps the office's data key with a new master key; from then on the old one opens nothing.
///
/// # Errors
/// The old key does not fit, or the store failed.
pub(super) fn rekey(at: &Settings, path: &Path) -> Result<ExitCode, Problem> {
    let (house, old) = (at.house()?, at.master_key()?);
    let new = if path.exists() { read_key(path)? } else { new_key(path, None)? };
    let (nonce, now) = (house.random(), house.clock.now());
    house.db.write(move |tx| {
        Vault::rewrap(tx, &old, &new, nonce)?;
        journal::record(tx, &Note::new(now, PROGRAM, Event::Rekeyed))
    })?;
    say(format_args!(
        "the office now opens with {}: put it in the place of the old key before the next start",
        path.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Gives one of the three administrators a new initial password; for everybody else the security
/// administrator does so.
///
/// # Errors
/// There is no such administrator, or the store failed.
pub(super) fn admin(at: &Settings, login: &str) -> Result<ExitCode, Problem> {
    let house = at.house()?;
    let initial = initial_password(&house);
    let (hash, now) = (password::hash(&initial, &house.random())?, house.clock.now());
    let login = login.to_owned();
    let name = login.clone();
    let done = house.db.write(move |tx| {
        let Some(mut account) = account::find(tx, &login)? else { return Ok(false) };
        if !account.actor.roles.iter().any(|role| role.administers()) {
            return Ok(false);
        }
        account.password.clone_from(&hash);
        account.must_change = true;
        (account.failures, account.locked_until) = (0, Instant(0));
        account::record(tx, &account, now, PROGRAM)?;
        account::close_sessions(tx, &account.actor.account)?;
        journal::record(tx, &Note::new(now, PROGRAM, Event::AdministratorReset).on(&login))?;
        Ok::<_, store::Error>(true)
    })?;
    if !done {
        return Err(usage(format!("there is no administrator {name}")));
    }
    say(format_args!("{name}\t{initial}"));
    Ok(ExitCode::SUCCESS)
}
