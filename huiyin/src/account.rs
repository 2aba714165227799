//! Keeping accounts (账号维护): opened by the system administrator, given roles by the security
//! administrator; nobody gives roles to themselves.

use crate::act::{Form, Kind, Name};
use crate::by::By;
use crate::house::House;
use crate::password::{self, digest};
use crate::problem::{FieldError, Problem, Wrong};
use casework::moment::Instant;
use casework::org::{AccountId, Actor, PostId, Role, UnitId, compatible};
use casework::role::{self, Act, Denial, Thing};
use store::account::{self, Account};
use store::journal;
use store::journal::Event;

/// A session that nobody used for so long has ended, in milliseconds.
pub const IDLE_MILLIS: i64 = 30 * 60 * 1000;

fn invalid(field: &str, wrong: Wrong) -> Problem {
    Problem::Invalid(vec![FieldError::new(field, wrong)])
}

/// Twenty characters that are easily told apart.
pub fn initial_password(house: &House) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    house
        .random::<20>()
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()))
        .map(|byte| char::from(*byte))
        .collect()
}

/// Somebody who gets an account (新账号).
pub struct NewAccount {
    login: String,
    name: String,
    unit: UnitId,
    post: Option<PostId>,
}

/// Who gets an account: `login`, `name`, `unit`, and `post` if there is one.
pub fn new_account(f: &mut Form<'_>) -> NewAccount {
    let (login, name) = (f.line(Name::Login), f.line(Name::Name));
    let sound = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    if !(3..=40).contains(&login.len()) || !login.bytes().all(sound) {
        f.wrong(Name::Login, Wrong::Login);
    }
    if name.chars().count() > 80 {
        f.wrong(Name::Name, Wrong::TooLong);
    }
    let (unit, post) = (f.unit(Name::Unit, Kind::AnyUnit), f.may_post(Name::Post));
    let posts = &f.directory().posts;
    if post.as_ref().and_then(|post| posts.get(post)).is_some_and(|post| post.unit != unit) {
        f.wrong(Name::Post, Wrong::Choice);
    }
    NewAccount { login, name, unit, post }
}

/// Opens an account without any role, and returns its initial password, which must be changed at the first sign-in.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for a login that is taken.
pub fn open(house: &House, by: By, new: NewAccount) -> Result<Option<String>, Problem> {
    role::allow(&by.actor, Act::ManageAccounts, Thing::Office).map_err(Problem::Denied)?;
    let initial = initial_password(house);
    let account = Account {
        actor: Actor {
            account: AccountId(house.id()),
            login: new.login,
            name: new.name,
            unit: new.unit,
            roles: Vec::new(),
        },
        post: new.post,
        password: password::hash(&initial, &house.random())?,
        must_change: true,
        failures: 0,
        locked_until: Instant(0),
        closed_on: None,
    };
    let done = by.change(house, move |tx, by| {
        if account::find(tx, &account.actor.login)?.is_some() {
            return Err(invalid("login", Wrong::Taken));
        }
        account::record(tx, &account, by.moment.at, &by.actor.login)?;
        let note = by.note(Event::AccountOpened).on(&account.actor.login);
        Ok(journal::record(tx, &note)?)
    })?;
    Ok(done.map(|()| initial))
}

/// What an account is given (账号授权).
pub struct Grant {
    login: String,
    roles: Vec<Role>,
    reset: bool,
    closed: bool,
}

/// What the account of `login` is given: `role` (repeated); with `reset` a new initial password; `closed` closes it.
pub fn grant_form(f: &mut Form<'_>) -> Grant {
    let login = f.line(Name::Login);
    let words = f.may_choices(Name::Role, Kind::Roles);
    let roles: Vec<Role> = words.iter().filter_map(|word| Role::parse(word)).collect();
    if roles.len() != words.len() {
        f.wrong(Name::Role, Wrong::Choice);
    }
    if !compatible(&roles) {
        f.wrong(Name::Role, Wrong::Roles);
    }
    Grant { login, roles, reset: f.yes(Name::Reset), closed: f.yes(Name::Closed) }
}

/// Sets an account's roles and unlocks it; a new initial password is returned. Its sessions end.
///
/// # Errors
/// [`Problem::Denied`], also for one's own account.
pub fn grant(house: &House, by: By, grant: Grant) -> Result<Option<String>, Problem> {
    role::allow(&by.actor, Act::GrantRoles, Thing::Office).map_err(Problem::Denied)?;
    let Grant { login, roles, reset, closed } = grant;
    if login == by.actor.login {
        return Err(Problem::Denied(Denial::Separated));
    }
    let closes = closed.then(|| house.moment().on.to_string());
    let initial = reset.then(|| initial_password(house));
    let hash =
        initial.as_ref().map(|initial| password::hash(initial, &house.random())).transpose()?;
    let done = by.change(house, move |tx, by| {
        let mut account = account::find(tx, &login)?.ok_or(Problem::NotFound)?;
        account.actor.roles.clone_from(&roles);
        // Closed once more, it stays closed since the first day.
        account.closed_on = closes.clone().map(|today| account.closed_on.take().unwrap_or(today));
        (account.failures, account.locked_until) = (0, Instant(0));
        if let Some(hash) = &hash {
            account.password.clone_from(hash);
            account.must_change = true;
        }
        account::record(tx, &account, by.moment.at, &by.actor.login)?;
        account::close_sessions(tx, &account.actor.account)?;
        let mut held: Vec<&str> = roles.iter().map(|role| role.word()).collect();
        held.extend(reset.then_some("reset"));
        held.extend(closed.then_some("closed"));
        let note = by.note(Event::RolesGranted).on(&login).saying(held.join(" "));
        Ok(journal::record(tx, &note)?)
    })?;
    Ok(done.and(initial))
}

/// Issues an API token for oneself under a label; the secret is returned once and stored nowhere.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn issue_token(house: &House, by: By, label: &str) -> Result<Option<String>, Problem> {
    role::allow(&by.actor, Act::KeepToken, Thing::Office).map_err(Problem::Denied)?;
    let label: String = label.chars().take(80).collect();
    let secret = house.secret();
    let token = digest(&secret);
    let done = by.change(house, move |tx, by| {
        let (who, now) = (&by.actor, by.moment.at);
        account::record_token(tx, &token, &who.account, &label, now)?;
        Ok(journal::record(tx, &by.note(Event::TokenIssued).on(&who.login).saying(&label))?)
    })?;
    Ok(done.map(|()| secret))
}

/// Withdraws one of one's own API tokens by what its list shows of it; it opens nothing any more.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::NotFound`] when it is nobody's or somebody else's.
pub fn withdraw_token(house: &House, by: By, token: String) -> Result<(), Problem> {
    role::allow(&by.actor, Act::KeepToken, Thing::Office).map_err(Problem::Denied)?;
    by.change(house, move |tx, by| {
        let (who, now) = (&by.actor, by.moment.at);
        if account::close_token(tx, &who.account, &token, now)? == 0 {
            return Err(Problem::NotFound);
        }
        Ok(journal::record(tx, &by.note(Event::TokenWithdrawn).on(&who.login))?)
    })?;
    Ok(())
}
