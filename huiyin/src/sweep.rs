//! Sweeping up (清理): files that were sent and never belonged to a petition, counters of tries that are
//! over. Nothing of a case file is ever swept.

use crate::account::IDLE_MILLIS;
use crate::house::House;
use crate::problem::Problem;
use store::{account, ledger, once, setting};

/// For how many milliseconds a file may belong to a form that is being filled in.
pub const KEPT_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// How long a key is remembered under which something was sent: whoever has no answer by then asks anew.
const ONCE_MILLIS: i64 = 7 * KEPT_MILLIS;

/// Removes what nobody needs any more; says how many files that were.
///
/// # Errors
/// The store failed.
pub fn sweep(house: &House) -> Result<usize, Problem> {
    let now = house.clock.now();
    // An hour on top, so that a form that is sent in the last moment finds its files.
    let before = now.plus_millis(-KEPT_MILLIS - 60 * 60 * 1000);
    house.blobs.recover(before)?;
    let mut swept = 0;
    for hash in house.blobs.older_than(before)? {
        if house.db.read(|tx| store::blob::belongs(tx, &hash))? {
            house.blobs.belongs(&hash, before)?;
        } else if house.blobs.remove(&hash, before)? {
            swept += 1;
        }
    }
    house.db.write(move |tx| {
        setting::forget_tries(tx, now)?;
        once::forget(tx, now.plus_millis(-ONCE_MILLIS))?;
        ledger::forget_older(tx, before)?;
        account::forget_sessions(tx, now.plus_millis(-IDLE_MILLIS))
    })?;
    Ok(swept)
}
