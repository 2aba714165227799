//! Whose mailbox is open (领导信箱).

use crate::journal::{Event, Note};
use crate::table::{MAILBOX, named};
use crate::{Error, Tx, journal, params};
use casework::moment::Moment;
use casework::org::AccountId;

/// Opens a leader's mailbox, or leaves it open; the journal says who did.
///
/// # Errors
/// The engine failed.
pub fn open(tx: &mut Tx<'_>, leader: &AccountId, moment: Moment, by: &str) -> Result<(), Error> {
    tx.put(&MAILBOX, named![leader: &leader.0, opened_on: moment.on])?;
    journal::record(tx, &Note::new(moment.at, by, Event::MailboxOpened).on(&leader.0))
}

/// Closes it; what lies in it stays where it is.
///
/// # Errors
/// The engine failed.
pub fn close(tx: &mut Tx<'_>, leader: &AccountId, moment: Moment, by: &str) -> Result<(), Error> {
    tx.run("DELETE FROM mailbox WHERE leader = $1", params![&leader.0])?;
    journal::record(tx, &Note::new(moment.at, by, Event::MailboxClosed).on(&leader.0))
}

/// Whose are open.
///
/// # Errors
/// The engine failed.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<AccountId>, Error> {
    let rows = tx.all(&format!("{} ORDER BY leader", MAILBOX.select()), &[])?;
    rows.iter().map(|row| Ok(AccountId(row.text("leader")?))).collect()
}
