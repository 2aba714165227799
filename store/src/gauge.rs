//! What statements cost an engine (语句用量), in the engine's own units and never in time, so that a test can say whether
//! a read stays as cheap while the office grows.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// What a statement cost (用量), over all its runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// How often it ran.
    pub runs: u64,
    /// How much the engine did: steps of its virtual machine on SQLite; on PostgreSQL rows that the nodes of the plan
    /// gave on or threw away.
    pub work: u64,
    /// How many pages PostgreSQL looked at; how many there are to look at hangs on what was written before, too.
    pub pages: u64,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, more: Self) {
        self.runs += more.runs;
        self.work += more.work;
        self.pages += more.pages;
    }
}

/// Counts what statements cost while it is on; off, it costs a look at a flag.
#[derive(Debug, Default)]
pub struct Gauge {
    on: AtomicBool,
    costs: Mutex<BTreeMap<String, Cost>>,
}

impl Gauge {
    /// Counts from here on, from nothing.
    pub fn start(&self) {
        self.costs.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.on.store(true, Ordering::SeqCst);
    }

    /// Counts no more; what each statement cost since the start, by its text.
    pub fn stop(&self) -> BTreeMap<String, Cost> {
        self.on.store(false, Ordering::SeqCst);
        std::mem::take(&mut self.costs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    pub(crate) fn note(&self, sql: &str, work: u64, pages: u64) {
        let mut costs = self.costs.lock().unwrap_or_else(PoisonError::into_inner);
        *costs.entry(sql.to_owned()).or_default() += Cost { runs: 1, work, pages };
    }
}
