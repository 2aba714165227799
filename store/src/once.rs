//! What was sent under a key of the sender's own (防重提交): it is done once, in the transaction that does it, so
//! that neither a double click nor a lost answer nor a kill in between does it twice or leaves the key taken for
//! nothing. Of what was done only its name is kept, none of what was said.

use crate::table::{ONCE, named};
use crate::{Error, Tx, params};
use casework::moment::Instant;

/// A key, with the digest of what was asked under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Whose key it is: an account, or the portal.
    pub sender: String,
    /// The sender's own word for it.
    pub word: String,
    /// The digest of the request.
    pub request: String,
}

/// How a key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// Nothing was done under it yet; it is taken now.
    Nothing,
    /// This was done for the same request.
    Done(String),
    /// It was used for another request.
    Other,
}

/// Takes the key for what is to be done in this transaction. Of two at once the second waits for the first.
///
/// # Errors
/// The engine failed, or another transaction took it meanwhile ([`Error::Conflict`]): try again.
pub fn begin(tx: &mut Tx<'_>, key: &Key, at: Instant) -> Result<KeyState, Error> {
    let sql = "SELECT request, outcome FROM once WHERE sender = $1 AND word = $2";
    if let Some(row) = tx.opt(sql, params![&key.sender, &key.word])? {
        let (request, outcome) = (row.text("request")?, row.text("outcome")?);
        return Ok(if request == key.request { KeyState::Done(outcome) } else { KeyState::Other });
    }
    let Key { sender, word, request } = key;
    let row = named![sender: sender, word: word, request: request, outcome: "", at: at.0];
    tx.insert(&ONCE, row)?;
    Ok(KeyState::Nothing)
}

/// Keeps the name of what was done under the key.
///
/// # Errors
/// The engine failed.
pub fn end(tx: &mut Tx<'_>, key: &Key, outcome: &str) -> Result<(), Error> {
    tx.run(
        "UPDATE once SET outcome = $3 WHERE sender = $1 AND word = $2",
        params![&key.sender, &key.word, outcome],
    )?;
    Ok(())
}

/// Forgets the keys that were taken before an instant.
///
/// # Errors
/// The engine failed.
pub fn forget(tx: &mut Tx<'_>, before: Instant) -> Result<(), Error> {
    tx.run("DELETE FROM once WHERE at < $1", params![before.0])?;
    Ok(())
}
