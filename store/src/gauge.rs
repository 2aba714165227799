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

/// The pages that a plan of PostgreSQL's looked at.
pub(crate) fn pages_of(root: &serde_json::Value) -> u64 {
    number(root, "Shared Hit Blocks") + number(root, "Shared Read Blocks")
}

/// A number of a plan's node; 0 where it has none of this name.
fn number(node: &serde_json::Value, name: &str) -> u64 {
    node.get(name).and_then(serde_json::Value::as_f64).map_or(0, |number| number as u64)
}

/// The rows that a plan's node and those below it gave on or threw away. What an index gives to a bitmap is not counted
/// for itself: the heap gives it on.
pub(crate) fn rows_of(node: &serde_json::Value) -> u64 {
    let below = node.get("Plans").and_then(serde_json::Value::as_array);
    let below: u64 = below.into_iter().flatten().map(rows_of).sum();
    if node.get("Node Type").and_then(serde_json::Value::as_str) == Some("Bitmap Index Scan") {
        return below;
    }
    let each = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"];
    let own: u64 = each.iter().map(|name| number(node, name)).sum();
    own * number(node, "Actual Loops") + below
}
