//! Leaders' mailboxes (领导信箱): whose are open, what waits in them, and who opens and closes them.

use crate::act::{Form, Kind, Name};
use crate::by::By;
use crate::house::House;
use crate::problem::{FieldError, Problem, Wrong};
use casework::directory::Directory;
use casework::matter::queue::{Bucket, Waiter};
use casework::org::{AccountId, Actor, Role};
use casework::role::{self, Act, Denial, Thing};
use store::mailbox;
use store::matter::{Count, Waits};

/// A leader, and how their mailbox stands (领导信箱).
pub struct Mailbox {
    /// The account.
    pub leader: AccountId,
    /// Post and name.
    pub titled: String,
    /// Whether everybody may write to it.
    pub open: bool,
    /// How many of its letters are not concluded.
    pub letters: i64,
    /// Whether the reader opens and closes it.
    pub may_keep: bool,
}

/// The open mailboxes (已开通的领导信箱), by the leaders' rank: account, and post and name.
pub fn addressees(directory: &Directory) -> Vec<(AccountId, String)> {
    let open = directory.open_mailboxes().map(|(leader, _)| leader);
    by_rank(directory, open)
}

fn by_rank<'a>(
    directory: &Directory,
    leaders: impl Iterator<Item = &'a AccountId>,
) -> Vec<(AccountId, String)> {
    let mut leaders: Vec<&AccountId> = leaders.collect();
    leaders.sort_by_key(|leader| (directory.rank(leader), directory.name(leader)));
    leaders.into_iter().map(|leader| (leader.clone(), directory.titled(leader))).collect()
}

/// Everybody opens and closes their own, and the office's head all.
fn may_keep(actor: &Actor, leader: &AccountId) -> bool {
    actor.is(Role::OfficeHead) || actor.account == *leader
}

/// All leaders, those of rank first.
///
/// # Errors
/// [`Problem::Denied`]; the store failed.
pub fn mailboxes(house: &House, actor: &Actor) -> Result<Vec<Mailbox>, Problem> {
    role::allow(actor, Act::KeepMailbox, Thing::Office).map_err(Problem::Denied)?;
    let directory = house.directory();
    let leaders = by_rank(&directory, directory.holding(Role::Leader).map(|(leader, _)| leader));
    let found = house.db.read(|tx| {
        let one = |(leader, titled): (AccountId, String)| {
            let count = store::matter::counts(tx, &role::scope(actor), &[letters(&leader)])?;
            Ok::<_, store::Error>(Mailbox {
                letters: count.into_iter().map(Count::number).sum(),
                open: directory.mailboxes.contains(&leader),
                may_keep: may_keep(actor, &leader),
                titled,
                leader,
            })
        };
        leaders.into_iter().map(one).collect()
    });
    Ok(found?)
}

/// The letters to a leader that are not concluded (写给领导的信).
pub fn letters(leader: &AccountId) -> Waits {
    Waits {
        bucket: Bucket::All,
        waiters: vec![Waiter::Mailbox(leader.clone())],
        from: None,
        before: None,
    }
}

/// Whose mailbox is meant: `leader`.
pub fn of_leader(f: &mut Form<'_>) -> AccountId {
    f.account(Name::Leader, Kind::Leader)
}

/// Whether it is open to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 开通.
    Open,
    /// 关闭.
    Closed,
}

/// Opens a leader's mailbox or closes it; what lies in it is answered all the same.
///
/// # Errors
/// [`Problem::Denied`] for whoever is neither the leader nor the office's head; [`Problem::Invalid`] for who leads
/// nothing.
pub fn keep(house: &House, by: By, leader: AccountId, standing: Standing) -> Result<(), Problem> {
    role::allow(&by.actor, Act::KeepMailbox, Thing::Office).map_err(Problem::Denied)?;
    if !may_keep(&by.actor, &leader) {
        return Err(Problem::Denied(Denial::HeadOnly));
    }
    if !house.directory().holding(Role::Leader).any(|(account, _)| *account == leader) {
        return Err(Problem::Invalid(vec![FieldError::new(Name::Leader, Wrong::Choice)]));
    }
    let done = by.change(house, move |tx, by| {
        let (moment, login) = (by.moment, &by.actor.login);
        match standing {
            Standing::Open => mailbox::open(tx, &leader, moment, login)?,
            Standing::Closed => mailbox::close(tx, &leader, moment, login)?,
        }
        Ok(())
    });
    done.map(|_| ())
}
