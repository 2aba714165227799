//! The leader's page (领导工作台): what waits for me, my cases, my days, my quota, what is late in my area; and
//! the board of everybody's quotas.

use crate::duty::board::{BoardLine, board as lines};
use crate::duty::leader::{OwnDay, Promise, mine};
use crate::web::desk::{MatterLine, in_words};
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use casework::duty::contact::SupportContact;
use casework::duty::outreach::Outreach;
use casework::org::AccountId;
use casework::role::{self, Act, Thing};

#[derive(Template)]
#[template(path = "duty/board.html")]
struct Board {
    p: Page,
    lines: Vec<BoardLine>,
    load: Vec<(String, i64)>,
}

/// Everybody's quotas, and who answers for how many matters.
pub async fn board(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    let found = blocking(&house, move |house| {
        let today = house.moment().on;
        let lines = lines(house, &actor, today)?;
        let directory = house.directory();
        let load = house.db.read(store::matter::load)?;
        let named =
            load.into_iter().map(|(leader, count)| (directory.name(&leader).to_owned(), count));
        Ok((lines, named.collect()))
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((lines, load)) => render(&Board { p: Page::desk(&house, desk, "/board"), lines, load }),
    }
}

#[derive(Template)]
#[template(path = "duty/leader.html")]
struct LeaderPage {
    p: Page,
    line: Option<BoardLine>,
    letters: Vec<MatterLine>,
    waiting: Vec<MatterLine>,
    sponsored: Vec<MatterLine>,
    instructed: Vec<MatterLine>,
    late: Vec<MatterLine>,
    days: Vec<OwnDay>,
    visits: Vec<(String, Outreach, String)>,
    promises: Vec<Promise>,
    of_unit: Vec<Promise>,
    contacts: Vec<(String, SupportContact)>,
    me: AccountId,
    leads: bool,
    /// Whether their own mailbox is open.
    mailbox: bool,
}

/// The page.
pub async fn page(State(house): State<Shared>, desk: Desk) -> Response {
    let actor = desk.actor.clone();
    match blocking(&house, move |house| mine(house, &actor)).await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(mine) => {
            let directory = house.directory();
            render(&LeaderPage {
                line: mine.line,
                letters: in_words(&directory, mine.letters),
                waiting: in_words(&directory, mine.waiting),
                sponsored: in_words(&directory, mine.sponsored),
                instructed: in_words(&directory, mine.instructed),
                late: in_words(&directory, mine.late),
                days: mine.days,
                visits: mine.visits,
                promises: mine.promises,
                of_unit: mine.of_unit,
                contacts: mine.contacts,
                mailbox: directory
                    .open_mailboxes()
                    .any(|(leader, _)| *leader == desk.actor.account),
                me: desk.actor.account.clone(),
                leads: role::allow(&desk.actor, Act::KeepContact, Thing::Office).is_ok(),
                p: Page::desk(&house, desk, "/leader"),
            })
        }
    }
}
