//! Sessions (会话): opened with a password, ended by signing out, by idling or by another password. Tries are
//! counted, and whoever fails too often waits.

use crate::account::IDLE_MILLIS;
use crate::house::House;
use crate::password::{self, digest};
use crate::problem::{Problem, Wrong};
use casework::moment::Instant;
use casework::org::Actor;
use store::account::{self, Account};
use store::journal::{self, Event, Note};

/// A session is noted as in use at most this often, so that reading does not write all the time.
const TOUCH_MILLIS: i64 = 60 * 1000;
const FREE_FAILURES: i64 = 4;
const MOST_LOCK_MILLIS: i64 = 30 * 60 * 1000;

/// A session that is open (已登录会话).
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub actor: Actor,
    /// What its forms carry.
    pub csrf: String,
    /// Whether the password is the initial one, which opens nothing but its own change.
    pub must_change: bool,
    /// By what it is kept: a digest of its secret, which lies with the browser alone.
    pub token: String,
}

/// The session of a secret, if it is open; that it is in use is noted.
///
/// # Errors
/// The store failed.
pub fn find(house: &House, secret: &str) -> Result<Option<SignedIn>, Problem> {
    let token = digest(secret);
    let now = house.clock.now();
    let found = house.db.read(|tx| {
        house.county(tx)?;
        account::session(tx, &token)
    })?;
    let Some(session) = found else { return Ok(None) };
    let idle = now.0 - session.seen_at.0;
    if idle > IDLE_MILLIS {
        house.db.write(move |tx| account::close_session(tx, &token))?;
        return Ok(None);
    }
    if idle > TOUCH_MILLIS {
        let token = token.clone();
        house.db.write(move |tx| account::touch_session(tx, &token, now))?;
    }
    Ok(Some(SignedIn {
        actor: house.acting(session.account.actor),
        csrf: session.csrf,
        must_change: session.account.must_change,
        token,
    }))
}

/// Opens a session and returns its secret. The try is counted before the password is looked at, so that many tries at
/// once are not each the first.
///
/// # Errors
/// [`Problem::SignIn`] alike for a wrong login and a wrong password; [`Problem::TooMany`] while the account waits.
pub fn open(house: &House, login: &str, typed: &str) -> Result<String, Problem> {
    // The same work is done whether or not the login exists, so that the time tells nothing.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA\
                          $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let found = tried(house, login)?;
    let hash = found.as_ref().map_or(NOBODY, |account| account.password.as_str());
    let fits = password::fits(typed, hash)?;
    let Some(found) = found.filter(|account| account.closed_on.is_none()) else {
        return Err(Problem::SignIn);
    };
    let Actor { account: id, login, .. } = found.actor;
    let now = house.clock.now();
    if !fits {
        house.write_down(Note::new(now, &login, Event::SignInFailed).on(&login))?;
        return Err(Problem::SignIn);
    }
    let (secret, csrf) = (house.secret(), house.secret());
    let token = digest(&secret);
    house.db.write(move |tx| {
        account::open_session(tx, &token, &id, &csrf, now)?;
        journal::record(tx, &Note::new(now, &login, Event::SignedIn).on(&login))
    })?;
    Ok(secret)
}

/// The account of a login, with one more try counted.
fn tried(house: &House, login: &str) -> Result<Option<Account>, Problem> {
    let (name, now) = (login.to_owned(), house.clock.now());
    house.db.write(move |tx| {
        let tries = account::count_try(tx, &name, now)?;
        match (account::find(tx, &name)?, tries) {
            (None, _) => Ok(None),
            (Some(_), None) => Err(Problem::TooMany),
            (Some(account), Some(tries)) => {
                let until = Instant(now.0 + lock_millis(tries));
                account::lock(tx, &account.actor.account, until)?;
                Ok(Some(account))
            }
        }
    })
}

/// Nothing for the first failures, then a minute, two, four… up to half an hour.
fn lock_millis(failures: i64) -> i64 {
    let over = failures - FREE_FAILURES;
    if over <= 0 { 0 } else { (60_000i64 << (over - 1).min(10)).min(MOST_LOCK_MILLIS) }
}

/// Signs out.
///
/// # Errors
/// The store failed.
pub fn close(house: &House, token: String) -> Result<(), Problem> {
    Ok(house.db.write(move |tx| account::close_session(tx, &token))?)
}

/// A change of one's own password (修改密码).
pub struct NewPassword {
    /// The current one.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new one once more.
    pub again: String,
}

/// Changes one's own password; every session of the account ends. What is wrong with the new one, if anything.
///
/// # Errors
/// The store failed; [`Problem::NotFound`] for an account that is no more.
pub fn change(house: &House, actor: &Actor, asked: &NewPassword) -> Result<Option<Wrong>, Problem> {
    let login = actor.login.clone();
    let account = house.db.read(|tx| account::find(tx, &login))?.ok_or(Problem::NotFound)?;
    if !password::fits(&asked.old, &account.password)? {
        return Ok(Some(Wrong::PasswordOld));
    }
    if asked.new != asked.again {
        return Ok(Some(Wrong::PasswordAgain));
    }
    if asked.new == asked.old {
        return Ok(Some(Wrong::PasswordSame));
    }
    if let Some(lacks) = password::lacks(&asked.new, &login) {
        return Ok(Some(lacks));
    }
    let verified = account.password;
    let hash = password::hash(&asked.new, &house.random())?;
    let now = house.clock.now();
    house.db.write(move |tx| {
        // Read again: roles that were taken away meanwhile do not come back with the password.
        let mut account = account::find(tx, &login)?.ok_or(Problem::NotFound)?;
        if account.password != verified {
            return Ok(Some(Wrong::PasswordOld));
        }
        account.password.clone_from(&hash);
        account.must_change = false;
        account::record(tx, &account, now, &login)?;
        account::close_sessions(tx, &account.actor.account)?;
        journal::record(tx, &Note::new(now, &login, Event::PasswordChanged).on(&login))?;
        Ok(None)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn locks_grow_and_stop_growing() {
        let minutes: Vec<i64> = [1, 4, 5, 6, 7, 20].map(|n| super::lock_millis(n) / 60_000).into();
        assert_eq!(minutes, [0, 0, 1, 2, 4, 30]);
    }
}
