//! Ledgers between their trial and their import (待导入台账).

use casework::org::AccountId;
use papers::ledger::Ledger;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A ledger that waits for its import (待导入台账): only in memory, one for each account, gone when it is taken
/// in, replaced or when the program stops. It holds names in the clear and is never written down.
pub struct Waiting {
    /// The file's name.
    pub name: String,
    /// Its rows.
    pub ledger: Ledger,
}

/// Ledgers tried at the desk and not yet taken in (待导入台账): in memory only, one for each account.
#[derive(Default)]
pub struct Ledgers(Mutex<BTreeMap<AccountId, Arc<Waiting>>>);

impl Ledgers {
    fn map(&self) -> std::sync::MutexGuard<'_, BTreeMap<AccountId, Arc<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What waits for this account.
    pub fn find(&self, account: &AccountId) -> Option<Arc<Waiting>> {
        self.map().get(account).cloned()
    }

    /// Keeps a ledger in place of what waited before.
    pub fn keep(&self, account: &AccountId, waiting: Arc<Waiting>) {
        self.map().insert(account.clone(), waiting);
    }

    /// Forgets what waits.
    pub fn forget(&self, account: &AccountId) {
        self.map().remove(account);
    }
}
