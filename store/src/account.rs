//! Accounts, sessions and tokens (账号、会话、令牌).

use crate::journal::{Event, Note};
use crate::row::Row;
use crate::table::{ACCOUNT, API_TOKEN, named};
use crate::value::Value;
use crate::{Error, Tx, journal, params};
use casework::moment::Instant;
use casework::org::{AccountId, Actor, PostId, Role, UnitId};
use sha2::{Digest, Sha256};

/// An account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who it is.
    pub actor: Actor,
    /// The post held.
    pub post: Option<PostId>,
    /// The password's argon2id hash.
    pub password: String,
    /// The password has to be changed before anything else.
    pub must_change: bool,
    /// Failed attempts since the last success.
    pub failures: i64,
    /// No sign-in before this instant.
    pub locked_until: Instant,
    /// Closed on, as a date's text.
    pub closed_on: Option<String>,
}

const COLUMNS: &str = "account.id, account.login, account.name, account.unit, account.post,
  account.roles, account.password, account.must_change, account.failures, account.locked_until,
  account.closed_on";

fn account(row: &Row) -> Result<Account, Error> {
    Ok(Account {
        actor: Actor {
            account: AccountId(row.text("id")?),
            login: row.text("login")?,
            name: row.text("name")?,
            unit: UnitId(row.text("unit")?),
            roles: row.words("roles", Role::parse)?,
        },
        post: row.opt_text("post")?.map(PostId),
        password: row.text("password")?,
        must_change: row.yes("must_change")?,
        failures: row.int("failures")?,
        locked_until: row.instant("locked_until")?,
        closed_on: row.opt_text("closed_on")?,
    })
}

fn words(roles: &[Role]) -> String {
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ")
}

/// The digest of what an account may do and how it is opened; tries and locks are not part of it.
fn digest(account: &Account) -> String {
    let parts = [
        account.actor.account.0.as_str(),
        &account.actor.login,
        &account.actor.name,
        &account.actor.unit.0,
        account.post.as_ref().map_or("", |post| post.0.as_str()),
        &words(&account.actor.roles),
        &account.password,
        if account.must_change { "must change" } else { "" },
        account.closed_on.as_deref().unwrap_or_default(),
    ];
    hex::encode(Sha256::digest(parts.join("\n").as_bytes()))
}

/// Opens an account or changes it, with a line in the journal that vouches for what it may do from then on, so
/// that nobody gives it a role unseen.
///
/// # Errors
/// The engine failed, or the login is taken ([`Error::Conflict`]).
pub fn record(tx: &mut Tx<'_>, account: &Account, at: Instant, by: &str) -> Result<(), Error> {
    let row = named![
        id: &account.actor.account.0,
        login: &account.actor.login,
        name: &account.actor.name,
        unit: &account.actor.unit.0,
        post: account.post.as_ref().map(|post| post.0.clone()),
        roles: words(&account.actor.roles),
        password: &account.password,
        must_change: account.must_change,
        failures: account.failures,
        locked_until: account.locked_until.0,
        closed_on: account.closed_on.clone(),
    ];
    tx.put(&ACCOUNT, row)?;
    vouch(tx, account, at, by)
}

fn vouch(tx: &mut Tx<'_>, account: &Account, at: Instant, by: &str) -> Result<(), Error> {
    let note = Note::new(at, by, Event::AccountRecorded);
    journal::record(tx, &note.on(&account.actor.login).saying(digest(account)))
}

/// Vouches for all accounts of an office from before there were such lines. Where one line stands, each account got its
/// own when it was recorded, and what stands beside them is nobody's to vouch for.
///
/// # Errors
/// The engine failed.
pub fn vouch_for_old(tx: &mut Tx<'_>, at: Instant) -> Result<(), Error> {
    let vouched = journal::last_of(tx, Event::AccountRecorded)?;
    if !vouched.is_empty() {
        return Ok(());
    }
    list(tx)?.iter().try_for_each(|account| vouch(tx, account, at, "huiyin"))
}

/// Accounts that say something else than the journal vouches for, and accounts that are gone.
///
/// # Errors
/// The engine failed.
pub(crate) fn differences(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut vouched = journal::last_of(tx, Event::AccountRecorded)?;
    let mut found = Vec::new();
    for account in list(tx)? {
        let login = &account.actor.login;
        if vouched.remove(login) != Some(digest(&account)) {
            found.push(format!("account {login}: not what the journal vouches for"));
        }
    }
    found.extend(vouched.into_keys().map(|login| format!("account {login}: it is gone")));
    Ok(found)
}

/// The account of a login.
///
/// # Errors
/// The engine failed.
pub fn find(tx: &mut Tx<'_>, login: &str) -> Result<Option<Account>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE login = $1");
    tx.opt(&sql, params![login])?.map(|row| account(&row)).transpose()
}

/// All accounts, by login.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Account>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM account ORDER BY account.login");
    tx.all(&sql, &[])?.iter().map(account).collect()
}

/// Counts a try to sign in before it is looked at, unless the account is locked now; says how many
/// tries there were since the last success. `None` if there is no such login or it is locked. Tries at
/// once are counted one after the other.
///
/// # Errors
/// The engine failed.
pub fn count_try(tx: &mut Tx<'_>, login: &str, now: Instant) -> Result<Option<i64>, Error> {
    tx.opt(
        "UPDATE account SET failures = failures + 1 WHERE login = $1 AND locked_until <= $2
         RETURNING failures",
        params![login, now.0],
    )?
    .map(|row| row.int("failures"))
    .transpose()
}

/// Locks an account until an instant.
///
/// # Errors
/// The engine failed.
pub fn lock(tx: &mut Tx<'_>, id: &AccountId, until: Instant) -> Result<(), Error> {
    tx.run("UPDATE account SET locked_until = $2 WHERE id = $1", params![&id.0, until.0])?;
    Ok(())
}

/// A session: who, its CSRF token, when it was last seen.
#[derive(Debug, Clone)]
pub struct Session {
    /// The account.
    pub account: Account,
    /// The token that every form of the session carries.
    pub csrf: String,
    /// Last request, UTC.
    pub seen_at: Instant,
}

/// Opens a session under the hash of its token, and forgets the failures before it.
///
/// # Errors
/// The engine failed.
pub fn open_session(
    tx: &mut Tx<'_>,
    token: &str,
    id: &AccountId,
    csrf: &str,
    at: Instant,
) -> Result<(), Error> {
    tx.run("UPDATE account SET failures = 0, locked_until = 0 WHERE id = $1", params![&id.0])?;
    tx.run(
        "INSERT INTO session (token, account, csrf, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)",
        params![token, &id.0, csrf, at.0],
    )?;
    Ok(())
}

/// The session of a token's hash.
///
/// # Errors
/// The engine failed.
pub fn session(tx: &mut Tx<'_>, token: &str) -> Result<Option<Session>, Error> {
    let sql = format!(
        "SELECT {COLUMNS}, session.csrf, session.seen_at FROM session
         JOIN account ON account.id = session.account
         WHERE session.token = $1 AND account.closed_on IS NULL"
    );
    tx.opt(&sql, params![token])?
        .map(|row| {
            let (csrf, seen_at) = (row.text("csrf")?, row.instant("seen_at")?);
            Ok(Session { account: account(&row)?, csrf, seen_at })
        })
        .transpose()
}

/// Notes that a session is in use.
///
/// # Errors
/// The engine failed.
pub fn touch_session(tx: &mut Tx<'_>, token: &str, at: Instant) -> Result<(), Error> {
    tx.run("UPDATE session SET seen_at = $2 WHERE token = $1", params![token, at.0])?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// The engine failed.
pub fn close_session(tx: &mut Tx<'_>, token: &str) -> Result<(), Error> {
    tx.run("DELETE FROM session WHERE token = $1", params![token])?;
    Ok(())
}

/// Ends all sessions of an account, after its password or its roles changed.
///
/// # Errors
/// The engine failed.
pub fn close_sessions(tx: &mut Tx<'_>, id: &AccountId) -> Result<(), Error> {
    tx.run("DELETE FROM session WHERE account = $1", params![&id.0])?;
    Ok(())
}

/// Ends the sessions that nobody used since an instant.
///
/// # Errors
/// The engine failed.
pub fn forget_sessions(tx: &mut Tx<'_>, unused_since: Instant) -> Result<(), Error> {
    tx.run("DELETE FROM session WHERE seen_at < $1", params![unused_since.0])?;
    Ok(())
}

/// Issues an API token under its hash.
///
/// # Errors
/// The engine failed.
pub fn record_token(
    tx: &mut Tx<'_>,
    token: &str,
    id: &AccountId,
    label: &str,
    at: Instant,
) -> Result<(), Error> {
    let row = named![
        token: token,
        account: &id.0,
        label: label,
        created_at: at.0,
        closed_at: Value::Null,
    ];
    tx.insert(&API_TOKEN, row)
}

/// An API token as its owner sees it.
#[derive(Debug, Clone)]
pub struct Token {
    /// The secret's hash, which names it.
    pub token: String,
    /// What it is for, in the owner's words.
    pub label: String,
    /// Issued at, UTC.
    pub created_at: Instant,
}

/// An account's tokens that still open something, newest first.
///
/// # Errors
/// The engine failed.
pub fn tokens(tx: &mut Tx<'_>, id: &AccountId) -> Result<Vec<Token>, Error> {
    let rows = tx.all(
        "SELECT token, label, created_at FROM api_token WHERE account = $1 AND closed_at IS NULL
         ORDER BY created_at DESC, token",
        params![&id.0],
    )?;
    let token = |row: &Row| {
        let (token, label) = (row.text("token")?, row.text("label")?);
        Ok(Token { token, label, created_at: row.instant("created_at")? })
    };
    rows.iter().map(token).collect()
}

/// Withdraws an account's token; says how many that were.
///
/// # Errors
/// The engine failed.
pub fn close_token(
    tx: &mut Tx<'_>,
    id: &AccountId,
    token: &str,
    at: Instant,
) -> Result<u64, Error> {
    tx.run(
        "UPDATE api_token SET closed_at = $3 WHERE account = $1 AND token = $2 AND closed_at IS NULL",
        params![&id.0, token, at.0],
    )
}

/// The account of an API token's hash.
///
/// # Errors
/// The engine failed.
pub fn by_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<Account>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM api_token JOIN account ON account.id = api_token.account
         WHERE api_token.token = $1 AND api_token.closed_at IS NULL AND account.closed_on IS NULL"
    );
    tx.opt(&sql, params![token])?.map(|row| account(&row)).transpose()
}
