//! Keeping accounts (账号维护): opened by the system administrator, given roles by the security
//! administrator; nobody gives roles to themselves.

use crate::acts::{Answers, Reader};
use crate::by::By;
use crate::house::House;
use crate::password;
use crate::problem::{FieldError, Problem};
use casework::moment::Instant;
use casework::org::{AccountId, Actor, PostId, Role, UnitId, compatible};
use casework::role::{self, Act, Denial, Thing};
use sha2::{Digest, Sha256};
use store::account::{self, Account};
use store::journal;

fn invalid(field: &str, wrong: &'static str) -> Problem {
    Problem::Invalid(vec![FieldError::new(field, wrong)])
}

/// The form in which a secret that people carry is stored.
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
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

/// Opens an account (`login`, `name`, `unit`, and `post` if there is one) without any role, and
/// returns its initial password, which must be changed at the first sign-in.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for a login that is taken or malformed.
pub fn open(house: &House, by: By, answers: &Answers) -> Result<Option<String>, Problem> {
    role::allow(&by.actor, Act::ManageAccounts, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let (login, name) = (reader.need("login"), reader.need("name"));
    let sound = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    if !(3..=40).contains(&login.len()) || !login.bytes().all(sound) {
        reader.wrong("login", "wrong-login");
    }
    if name.chars().count() > 80 {
        reader.wrong("name", "wrong-too-long");
    }
    let (unit, post) = (reader.need("unit"), reader.text("post"));
    let directory = house.directory();
    if !directory.units.contains_key(unit.as_str()) {
        reader.wrong("unit", "wrong-choice");
    }
    if !post.is_empty() && directory.posts.get(post.as_str()).is_none_or(|post| post.unit.0 != unit)
    {
        reader.wrong("post", "wrong-choice");
    }
    reader.done()?;
    let initial = initial_password(house);
    let account = Account {
        actor: Actor {
            account: AccountId(house.id()),
            login,
            name,
            unit: UnitId(unit),
            roles: Vec::new(),
        },
        post: Some(post).filter(|post| !post.is_empty()).map(PostId),
        password: password::hash(&initial, &house.random())?,
        must_change: true,
        failures: 0,
        locked_until: Instant(0),
        closed_on: None,
    };
    let done = house.change(by, move |tx, by| {
        if account::find(tx, &account.actor.login)?.is_some() {
            return Err(invalid("login", "wrong-taken"));
        }
        account::record(tx, &account, by.moment.at, &by.actor.login)?;
        Ok(journal::record(
            tx,
            by.moment.at,
            &by.actor.login,
            "account-opened",
            (&account.actor.login, ""),
        )?)
    })?;
    Ok(done.map(|()| initial))
}

/// Sets the roles of `login` to `role` (repeated), unlocks it, and with `reset` = `yes` gives a new
/// initial password, which is returned; `closed` = `yes` closes it. Its sessions end.
///
/// # Errors
/// [`Problem::Denied`], also for one's own account; [`Problem::Invalid`] for roles that exclude
/// each other (GB/T 22239).
pub fn grant(house: &House, by: By, answers: &Answers) -> Result<Option<String>, Problem> {
    role::allow(&by.actor, Act::GrantRoles, Thing::Office).map_err(Problem::Denied)?;
    let mut reader = Reader::new(answers);
    let (login, words) = (reader.need("login"), reader.texts("role"));
    if login == by.actor.login {
        return Err(Problem::Denied(Denial::Separated));
    }
    let roles: Vec<Role> = words.iter().filter_map(|word| Role::parse(word)).collect();
    if roles.len() != words.len() {
        reader.wrong("role", "wrong-choice");
    }
    if !compatible(&roles) {
        reader.wrong("role", "wrong-roles");
    }
    let reset = reader.text("reset") == "yes";
    let closes = (reader.text("closed") == "yes").then(|| house.moment().on.to_string());
    reader.done()?;
    let initial = reset.then(|| initial_password(house));
    let hash =
        initial.as_ref().map(|initial| password::hash(initial, &house.random())).transpose()?;
    let done = house.change(by, move |tx, by| {
        let mut account = account::find(tx, &login)?.ok_or(Problem::NotFound)?;
        account.actor.roles.clone_from(&roles);
        account.closed_on.clone_from(&closes);
        (account.failures, account.locked_until) = (0, Instant(0));
        if let Some(hash) = &hash {
            account.password.clone_from(hash);
            account.must_change = true;
        }
        account::record(tx, &account, by.moment.at, &by.actor.login)?;
        account::close_sessions(tx, &account.actor.account)?;
        let held: Vec<&str> = roles.iter().map(|role| role.word()).collect();
        Ok(journal::record(
            tx,
            by.moment.at,
            &by.actor.login,
            "roles-granted",
            (&login, &held.join(" ")),
        )?)
    })?;
    Ok(done.and(initial))
}

/// Issues an API token for oneself under a `label`; the secret is returned once and stored nowhere.
///
/// # Errors
/// [`Problem::Invalid`] without a label; the store failed.
pub fn issue_token(house: &House, by: By, answers: &Answers) -> Result<Option<String>, Problem> {
    let mut reader = Reader::new(answers);
    let label: String = reader.need("label").chars().take(80).collect();
    reader.done()?;
    let secret = house.secret();
    let token = digest(&secret);
    let done = house.change(by, move |tx, by| {
        let (who, now) = (&by.actor, by.moment.at);
        account::record_token(tx, &token, &who.account, &label, now)?;
        Ok(journal::record(tx, now, &who.login, "token-issued", (&who.login, &label))?)
    })?;
    Ok(done.map(|()| secret))
}

/// Withdraws one of one's own API tokens by the `token` that its list shows; it opens nothing any
/// more.
///
/// # Errors
/// [`Problem::NotFound`] when it is nobody's or somebody else's.
pub fn withdraw_token(house: &House, by: By, answers: &Answers) -> Result<(), Problem> {
    let mut reader = Reader::new(answers);
    let token = reader.need("token");
    reader.done()?;
    house.change(by, move |tx, by| {
        let (who, now) = (&by.actor, by.moment.at);
        if account::close_token(tx, &who.account, &token, now)? == 0 {
            return Err(Problem::NotFound);
        }
        Ok(journal::record(tx, now, &who.login, "token-withdrawn", (&who.login, ""))?)
    })?;
    Ok(())
}
