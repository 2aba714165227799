//! Passwords (密码): argon2id, a few at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use std::sync::{Condvar, Mutex, PoisonError};

/// How many hashes may be computed at once; each needs 19 MiB.
const AT_ONCE: u32 = 2;

static FREE: (Mutex<u32>, Condvar) = (Mutex::new(AT_ONCE), Condvar::new());

struct Slot;

impl Slot {
    fn take() -> Self {
        let mut free = FREE.0.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = FREE.1.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *FREE.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        FREE.1.notify_one();
    }
}

/// The hash of a password with a fresh salt.
///
/// # Errors
/// The parameters were refused, which a test rules out.
pub fn hash(password: &str, salt: &[u8; 16]) -> Result<String, store::Error> {
    let _slot = Slot::take();
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|_| store::Error::Key("argon2"))
}

/// Whether the password fits the hash.
pub fn fits(password: &str, hash: &str) -> bool {
    let _slot = Slot::take();
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// What a new password lacks, as a locale key: at least 12 characters, not all alike, not the login.
pub fn lacks(password: &str, login: &str) -> Option<&'static str> {
    let mut symbols: Vec<char> = password.chars().collect();
    if symbols.len() < 12 {
        return Some("wrong-password-short");
    }
    symbols.sort_unstable();
    symbols.dedup();
    (symbols.len() < 5 || password.contains(login)).then_some("wrong-password-simple")
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_right_password_fits() {
        let hash = super::hash("一个很长的密码-2025", &[9; 16]).expect("hash");
        assert!(hash.starts_with("$argon2id$"));
        assert!(super::fits("一个很长的密码-2025", &hash));
        assert!(!super::fits("另一个很长的密码-2025", &hash));
        assert_eq!(super::lacks("short", "liu"), Some("wrong-password-short"));
        assert_eq!(super::lacks("aaaaaaaaaaaaaaaa", "liu"), Some("wrong-password-simple"));
    }
}
