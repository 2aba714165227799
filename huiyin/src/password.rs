//! Passwords (密码): argon2id, a few at a time.

use crate::problem::{Problem, Wrong};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// How many hashes may be computed at once; each needs 19 MiB.
const AT_ONCE: usize = 2;
/// How many may wait for their turn; more are turned away.
const WAITING: usize = 32;

type Work = Box<dyn FnOnce() + Send>;

/// Threads of their own, so that many sign-ins at once neither take the machine nor leave its memory
/// scattered over many threads.
static WORKERS: LazyLock<SyncSender<Work>> = LazyLock::new(|| {
    let (hand_in, work) = sync_channel::<Work>(WAITING);
    let work = Arc::new(Mutex::new(work));
    for _ in 0..AT_ONCE {
        let work = work.clone();
        std::thread::spawn(move || {
            while let Some(work) = next(&work) {
                work()
            }
        });
    }
    hand_in
});

fn next(work: &Mutex<Receiver<Work>>) -> Option<Work> {
    work.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Does the work on a worker and waits for it.
///
/// # Errors
/// [`Problem::TooMany`] when too many wait already: who waits longer holds up everybody else.
fn on_worker<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let (done, result) = channel();
    let work = Box::new(move || {
        let _ = done.send(work());
    });
    WORKERS.try_send(work).map_err(|_| Problem::TooMany)?;
    result.recv().map_err(|_| store::Error::Key("argon2").into())
}

/// The form in which a secret that people carry is stored.
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The hash of a password with a fresh salt.
///
/// # Errors
/// [`Problem::TooMany`]; the parameters were refused, which a test rules out.
pub fn hash(password: &str, salt: &[u8; 16]) -> Result<String, Problem> {
    let (password, salt) = (password.to_owned(), *salt);
    on_worker(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
    })?
    .map_err(|_| store::Error::Key("argon2").into())
}

/// Whether the password fits the hash.
///
/// # Errors
/// [`Problem::TooMany`].
pub fn fits(password: &str, hash: &str) -> Result<bool, Problem> {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    on_worker(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
}

/// What a new password lacks: at least 12 characters, not all alike, not the login.
pub fn lacks(password: &str, login: &str) -> Option<Wrong> {
    let mut symbols: Vec<char> = password.chars().collect();
    if symbols.len() < 12 {
        return Some(Wrong::PasswordShort);
    }
    symbols.sort_unstable();
    symbols.dedup();
    (symbols.len() < 5 || password.contains(login)).then_some(Wrong::PasswordSimple)
}

#[cfg(test)]
mod tests {
    use crate::problem::Wrong;

    #[test]
    fn only_the_right_password_fits() {
        let hash = super::hash("一个很长的密码-2025", &[9; 16]).expect("hash");
        assert!(hash.starts_with("$argon2id$"));
        assert!(super::fits("一个很长的密码-2025", &hash).expect("works"));
        assert!(!super::fits("另一个很长的密码-2025", &hash).expect("works"));
        assert_eq!(super::lacks("short", "liu"), Some(Wrong::PasswordShort));
        assert_eq!(super::lacks("aaaaaaaaaaaaaaaa", "liu"), Some(Wrong::PasswordSimple));
    }
}
