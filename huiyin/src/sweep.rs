//! Sweeping up (清理): files that were sent and never belonged to a petition, counters of tries that are
//! over. Nothing of a case file is ever swept.

use crate::house::House;
use crate::problem::Problem;

/// Files younger than this may still belong to a form that is being filled in.
const KEPT_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Removes what nobody needs any more; says how many files that were.
///
/// # Errors
/// The store failed.
pub fn sweep(house: &House) -> Result<usize, Problem> {
    let before = house.clock.now().plus_millis(-KEPT_MILLIS);
    let mut swept = 0;
    for hash in house.blobs.older_than(before)? {
        if !house.db.read(|tx| store::blob::belongs(tx, &hash))? {
            house.blobs.remove(&hash)?;
            swept += 1;
        }
    }
    house.db.write(store::setting::forget_old_attempts)?;
    Ok(swept)
}
