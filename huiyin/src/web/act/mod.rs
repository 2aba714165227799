//! An act's form and its doing (办理页): what can't be done comes back filled in.

mod page;

pub use page::{FormPage, Reads};

use crate::act::{ActForm, Kind, Name, act};
use crate::by::By;
use crate::problem::Problem;
use crate::see::see;
use crate::web::field::{At, views};
use crate::web::form::{Back, Posted, Received, SentWithFiles};
use crate::web::matter::id_of;
use crate::web::page::{Page, problem_page};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use casework::matter::Matter;
use casework::matter::sponsorship::Submission;
use casework::org::{AccountId, Role};
use casework::role::{self, Act, Thing};

/// An act that a form asks about (待办操作).
struct Asked {
    form: &'static ActForm,
    matter: Matter,
    /// How many matters each leader answers for now, for a form on which one is chosen.
    load: Vec<(AccountId, i64)>,
}

impl Asked {
    fn of(house: &Shared, form: &'static ActForm, matter: Matter) -> Result<Self, Problem> {
        let leader = form.fields().iter().any(|field| field.kind == Kind::Leader);
        let load = if leader { house.db.read(store::matter::load)? } else { Vec::new() };
        Ok(Self { form, matter, load })
    }
}

fn act_page(
    house: &Shared,
    desk: Desk,
    Asked { form, matter, load }: &Asked,
    posted: &Posted,
    problem: Option<&Problem>,
) -> Response {
    let mut back = Back::of(house, desk.lang, posted, problem);
    // What a leader writes, a leader writes in their own name.
    if desk.actor.is(Role::Leader) {
        back.fill(Name::Leader, desk.actor.account.0.clone());
        // What was put before them is what they write on.
        let waits =
            |one: &&Submission| one.read_on.is_none() && one.submitted.leader == desk.actor.account;
        let waits = matter.leadership.submissions.iter().find(waits);
        if let Some(one) = waits.filter(|_| form.act == Act::Instruct) {
            back.fill(Name::Summary, one.submitted.summary.clone());
            back.fill(Name::Proposal, one.submitted.proposal.clone());
        }
    }
    let rows = form.fields();
    let at = At { matter: Some(matter), actor: &desk.actor };
    let mut fields = views(house, desk.lang, &rows, Some(at), &back);
    for (field, view) in rows.iter().zip(&mut fields) {
        for (id, words) in view.options.iter_mut().filter(|_| field.kind == Kind::Leader) {
            let count = load.iter().find(|(leader, _)| leader.0 == *id).map_or(0, |(_, n)| *n);
            words.push_str(&desk.lang.tx("leader-load", &[("count", count.to_string())]));
        }
    }
    let lang = desk.lang;
    let p = Page::desk(house, desk, "/matters");
    let (number, heading) = (matter.id.to_string(), p.word("act", form.word));
    let page = FormPage {
        crumbs: vec![(format!("/matters/{number}"), format!("{number} {}", matter.title))],
        button: heading.clone(),
        heading,
        help: p.word("act-help", form.word),
        article: house.cite(form.rule).map(|cited| lang.cited(&cited)).unwrap_or_default(),
        action: format!("/matters/{number}/{}", form.word),
        cancel: format!("/matters/{number}"),
        reads: Reads::of(form.act, matter),
        // The newest version: whoever reads the conflict has seen what changed and may send again.
        version: Some(matter.version),
        fields,
        back,
        p,
    };
    page.response()
}

/// An act's form.
pub async fn form(
    State(house): State<Shared>,
    desk: Desk,
    Path((id, word)): Path<(String, String)>,
) -> Response {
    let user = desk.clone();
    let seen = blocking(&house, move |house| {
        let form = ActForm::find(&word).ok_or(Problem::NotFound)?;
        let matter = see(house, &user.actor, id_of(&id)?)?.matter;
        role::allow(&user.actor, form.act, Thing::Matter(&matter)).map_err(Problem::Denied)?;
        Asked::of(house, form, matter)
    });
    match seen.await {
        Ok(asked) => act_page(&house, desk, &asked, &Posted::default(), None),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// The form with its files kept, if the act takes any and the actor's roles let them do it.
async fn taken(
    house: &Shared,
    desk: &Desk,
    word: &str,
    received: Received,
) -> Result<Posted, Problem> {
    let form = ActForm::find(word).ok_or(Problem::NotFound)?;
    role::allow(&desk.actor, form.act, Thing::Office).map_err(Problem::Denied)?;
    if form.takes_files() { received.keep(house).await } else { received.without_files() }
}

/// Does an act; what can't be done comes back filled in.
pub async fn post(
    State(house): State<Shared>,
    Path((id, word)): Path<(String, String)>,
    SentWithFiles { desk, received }: SentWithFiles,
) -> Response {
    let posted = match taken(&house, &desk, &word, received).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (user, sent, number) = (desk.clone(), posted.clone(), id.clone());
    let done = blocking(&house, move |house| {
        let form = ActForm::find(&word).ok_or(Problem::NotFound)?;
        let id = id_of(&id)?;
        let result = if sent.errors.is_empty() {
            form.read(&sent.of_act(), &house.directory()).and_then(|command| {
                act(house, By::now(house, &user.actor), id, sent.version(), command)
            })
        } else {
            Err(Problem::Invalid(Vec::new()))
        };
        match result {
            Ok(_) => Ok(None),
            // Only what was not done needs the page again, and only for who may see it.
            Err(problem) => {
                let matter = see(house, &user.actor, id)?.matter;
                Ok(Some((Asked::of(house, form, matter)?, problem)))
            }
        }
    });
    match done.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(None) => Redirect::to(&format!("/matters/{number}")).into_response(),
        Ok(Some((asked, problem))) => act_page(&house, desk, &asked, &posted, Some(&problem)),
    }
}
