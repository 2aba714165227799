//! What was tried and waits to be taken in (待导入台账): sealed, one for each account, gone when it is taken in, replaced or
//! left lying.

use crate::table::{WAITING_LEDGER, named};
use crate::vault::Vault;
use crate::{Error, Tx, params};
use casework::moment::Instant;
use casework::org::AccountId;
use zeroize::Zeroizing;

/// A ledger as it came (台账文件).
pub struct Ledger {
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub content: Zeroizing<Vec<u8>>,
}

/// Keeps a sealed ledger in place of what waited before.
///
/// # Errors
/// The engine failed.
pub fn record(
    tx: &mut Tx<'_>,
    account: &AccountId,
    name: &str,
    sealed: &str,
    since: Instant,
) -> Result<(), Error> {
    let row = named![account: &account.0, name: name, sealed: sealed, since: since.0];
    tx.put(&WAITING_LEDGER, row)
}

/// What waits for an account, opened.
///
/// # Errors
/// The engine failed, or it was tampered with.
pub fn find(tx: &mut Tx<'_>, account: &AccountId, vault: &Vault) -> Result<Option<Ledger>, Error> {
    let sql = "SELECT name, sealed FROM waiting_ledger WHERE account = $1";
    let Some(row) = tx.opt(sql, params![&account.0])? else { return Ok(None) };
    let content = vault.unseal_file(&account.0, &row.text("sealed")?)?;
    Ok(Some(Ledger { name: row.text("name")?, content }))
}

/// Forgets what waits.
///
/// # Errors
/// The engine failed.
pub fn forget(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), Error> {
    tx.run("DELETE FROM waiting_ledger WHERE account = $1", params![&account.0]).map(|_| ())
}

/// Forgets what waits since before an instant.
///
/// # Errors
/// The engine failed.
pub fn forget_older(tx: &mut Tx<'_>, before: Instant) -> Result<(), Error> {
    tx.run("DELETE FROM waiting_ledger WHERE since < $1", params![before.0]).map(|_| ())
}
