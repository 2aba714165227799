//! Papers to print (文书打印): a notice or the written answer, with the petitioner's name in the clear,
//! so every look at one stands in the journal.

use crate::identity::identities;
use crate::paper::{Paper, index, letter, notice, opinion, review};
use crate::problem::Problem;
use crate::see::see;
use crate::web::matter::id_of;
use crate::web::page::{Page, problem_page, render};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use casework::org::Actor;
use casework::role::{self, Act, Thing};
use store::journal::Event;

/// What the address of a letter or a sheet of the file begins with, before its line.
const LINE: &str = "line-";
/// The address of the list of the file's papers.
const INDEX: &str = "index";

#[derive(Template)]
#[template(path = "paper/paper.html")]
struct PaperPage {
    p: Page,
    number: String,
    /// Whether it names people in the clear.
    named: bool,
    paper: Paper,
}

/// A paper of a matter: `opinion`, or a notice by its ordinal.
pub async fn page(
    State(house): State<Shared>,
    desk: Desk,
    Path((id, which)): Path<(String, String)>,
) -> Response {
    let (actor, number) = (desk.actor.clone(), id.clone());
    let named = !which.starts_with(LINE) && which != INDEX;
    let made = blocking(&house, move |house| make(house, &actor, &id, &which));
    match made.await {
        Ok(paper) => {
            render(&PaperPage { p: Page::desk(&house, desk, "/matters"), number, named, paper })
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Makes a paper and notes in the journal who had it made.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such paper; [`Problem::Denied`].
pub fn make(house: &Shared, actor: &Actor, id: &str, which: &str) -> Result<Paper, Problem> {
    let seen = see(house, actor, id_of(id)?)?;
    // A letter between offices says what its readers see in the file; the rest of the papers name the petitioner.
    if let Some(line) = which.strip_prefix(LINE) {
        let sequence = line.parse().map_err(|_| Problem::NotFound)?;
        return letter(house, &seen, sequence);
    }
    if which == INDEX {
        return Ok(index(house, &seen));
    }
    role::allow(actor, Act::Unmask, Thing::Matter(&seen.matter)).map_err(Problem::Denied)?;
    let names = identities(house, &seen.matter)?;
    let paper = match which {
        "opinion" => opinion(house, &seen, &names)?,
        which if which.starts_with("review-") => {
            let position = which.trim_start_matches("review-").parse();
            review(house, &seen, &names, position.map_err(|_| Problem::NotFound)?)?
        }
        ordinal => notice(house, &seen, &names, ordinal.parse().map_err(|_| Problem::NotFound)?)?,
    };
    house.write_down(house.note(actor, Event::PaperMade).on(id).saying(which))?;
    Ok(paper)
}
