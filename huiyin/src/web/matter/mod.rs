//! A matter's page (事项): who has it, since when, by when; its demands, clocks, lawful acts and file.

pub mod merge;
mod timeline;

use crate::act::{ActForm, Form, GROUPS, Name};
use crate::by::By;
use crate::house::House;
use crate::identity::Opened;
use crate::intake::{coding, issue_code, leaving};
use crate::problem::Problem;
use crate::see::{SeenMatter, break_seal, see};
use crate::unmask::unmask as unmask_for;
use crate::web::form::Sent;
use crate::web::matter::timeline::{TimelineLine, lines};
use crate::web::page::{Page, problem_page, render, text, with_status};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use casework::deadline::{Due, Law};
use casework::directory::Directory;
use casework::matter::inside::DraftStage;
use casework::matter::intake::Leaving;
use casework::matter::notice::Notice;
use casework::matter::{Entry, Matter, MatterId};
use casework::org::{AccountId, Actor};
use casework::petition::PetitionNumber;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use std::sync::Arc;

/// A clock with its arithmetic.
#[derive(Clone)]
pub struct ClockLine {
    /// Which clock, its due date, and where that comes from.
    pub due: Due,
    /// The day it was met.
    pub ended_on: Option<Date>,
    /// Whom it binds, by id; nobody where a date is only explained.
    pub binds: Option<casework::org::UnitId>,
    /// The name of whom it binds.
    pub unit: String,
    /// The later petition that it is about; the others are about the matter as a whole.
    pub petition: Option<PetitionNumber>,
    /// Whose it is, by their petitions; nobody named is everybody.
    pub whose: Vec<PetitionNumber>,
}

impl ClockLine {
    /// Whether it concerns whoever handed this petition in.
    pub fn concerns(&self, petition: &PetitionNumber) -> bool {
        self.whose.is_empty() || self.whose.contains(petition)
    }

    /// Whether it was met late.
    pub fn late(&self) -> bool {
        self.ended_on.is_some_and(|ended| ended > self.due.binding())
    }
}

/// The clocks of a matter.
pub fn clocks(house: &House, matter: &Matter, directory: &Directory) -> Vec<ClockLine> {
    let calendar = house.calendar();
    matter
        .spans
        .iter()
        .filter_map(|span| {
            Some(ClockLine {
                due: span.due(&matter.place, &house.statutes, &calendar)?,
                ended_on: span.ended_on,
                binds: Some(span.unit.clone()),
                unit: directory.unit(&span.unit).to_owned(),
                petition: span.petition.clone(),
                whose: matter.concerned(span),
            })
        })
        .collect()
}

/// An act on the page: open, or closed with the reason.
pub struct OfferedAct {
    word: &'static str,
    article: String,
    closed: Option<String>,
}

/// A notice on the page.
pub struct NoticeLine {
    ordinal: u32,
    word: &'static str,
    made_on: Date,
    unit: String,
    /// Its number; empty for those that were made before papers had one.
    number: String,
    served_on: Option<Date>,
    /// By when it is to reach whom it is for, while it has not.
    due_on: Option<Date>,
}

/// The notices of a matter, each with the number that its line gave it.
fn notices(house: &House, matter: &Matter, entries: &[Entry]) -> Vec<NoticeLine> {
    let (directory, calendar) = (house.directory(), house.calendar());
    let law = Law { statutes: &house.statutes, calendar: &calendar };
    let number = |notice: &Notice| {
        let at = usize::try_from(notice.sequence - 1).ok()?;
        entries.get(at)?.issued.notice.clone()
    };
    let line = |notice: &Notice| NoticeLine {
        ordinal: notice.ordinal,
        word: notice.kind.word(),
        made_on: notice.made_on,
        unit: directory.unit(&notice.unit).to_owned(),
        number: number(notice).unwrap_or_default(),
        served_on: notice.served.as_ref().map(|served| served.on),
        due_on: matter.notice_due(notice, law).map(|due| due.nominal),
    };
    matter.notices.iter().map(line).collect()
}

/// A review on the page.
pub struct ReviewLine {
    position: usize,
    level: &'static str,
    organ: String,
    asked_on: Date,
    outcome: Option<&'static str>,
    declined: bool,
    served_on: Option<Date>,
}

fn reviews(matter: &Matter, directory: &Directory) -> Vec<ReviewLine> {
    (1..)
        .zip(&matter.reviews)
        .map(|(position, review)| ReviewLine {
            position,
            level: review.level.word(),
            organ: directory.unit(&review.asked.organ).to_owned(),
            asked_on: review.asked.made_on(),
            outcome: review.decided.as_ref().map(|(_, decided)| decided.outcome.word()),
            declined: review.declined.is_some(),
            served_on: review.served.as_ref().map(|served| served.on),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "matter/matter.html")]
struct MatterPage {
    p: Page,
    m: Matter,
    number: String,
    holder: String,
    place: String,
    clocks: Vec<ClockLine>,
    next: Option<Date>,
    offers: Vec<(&'static str, Vec<OfferedAct>)>,
    lines: Vec<TimelineLine>,
    identities: Vec<Opened>,
    notices: Vec<NoticeLine>,
    reviews: Vec<ReviewLine>,
    triggers: Vec<&'static str>,
    repeats: Vec<(String, String)>,
    may_unmask: bool,
    may_unjoin: bool,
    leavings: [Leaving; 2],
    may_issue: bool,
    directory: Arc<Directory>,
}

/// The page that asks why a seal has to be broken.
#[derive(Template)]
#[template(path = "matter/sealed.html")]
struct SealedPage {
    p: Page,
    number: String,
    wrong: Option<String>,
}

/// For a number that is not there or that is sealed, which nobody can tell apart from here: whoever may break a
/// seal gives a reason.
fn sealed_page(
    house: &House,
    desk: Desk,
    number: String,
    status: StatusCode,
    wrong: Option<String>,
) -> Response {
    with_status(status, &SealedPage { number, wrong, p: Page::desk(house, desk, "/matters") })
}

impl MatterPage {
    /// A unit's name.
    fn unit<'a>(&'a self, id: &'a casework::org::UnitId) -> &'a str {
        self.directory.unit(id)
    }

    /// Somebody's name, by their account.
    fn person<'a>(&'a self, account: &'a casework::org::AccountId) -> &'a str {
        self.directory.known_as(account)
    }

    /// The head of the unit that has the matter, who answers for it.
    fn responsible(&self) -> Option<&str> {
        Some(self.directory.name(self.directory.head(&self.m.holder)?))
    }

    /// How far the draft is, where it is not simply being written: the locale key, and whose turn it is or was.
    fn draft(&self) -> Option<(&'static str, String)> {
        let name = |person: &AccountId| self.directory.known_as(person).to_owned();
        match &self.m.draft.stage {
            DraftStage::Writing => None,
            DraftStage::Submitted(person) => Some(("draft-submitted", name(person))),
            DraftStage::Checked(person) => Some(("draft-checked", name(person))),
            DraftStage::Returned(_) => Some(("draft-returned", String::new())),
        }
    }

    /// Ordinals as a list.
    fn list(&self, ordinals: &[u32]) -> String {
        let words: Vec<String> = ordinals.iter().map(u32::to_string).collect();
        words.join(&self.p.t("list-separator"))
    }

    /// How many acts are closed now.
    fn closed(&self) -> usize {
        let all = self.offers.iter().flat_map(|(_, offers)| offers);
        all.filter(|offer| offer.closed.is_some()).count()
    }

    /// How many acts of a group are open now.
    fn open(&self, offers: &[OfferedAct]) -> usize {
        offers.iter().filter(|offer| offer.closed.is_none()).count()
    }
}

/// The acts that this person could ever do here, by group, each with what stands against it now.
fn offers(house: &House, desk: &Desk, matter: &Matter) -> Vec<(&'static str, Vec<OfferedAct>)> {
    let (by, standing) = (By::now(house, &desk.actor), house.standing());
    let closed = matter.closed(&house.context(by.moment, &by.actor, &standing));
    let offer = |form: &ActForm| {
        let denied =
            role::allow(&desk.actor, form.act, Thing::Matter(matter)).err().map(Problem::Denied);
        let refused = || closed.get(&form.act).cloned().map(Problem::Refused);
        let closed = denied.or_else(refused);
        let article = house.cite(form.rule).map(|cited| desk.lang.article(&cited.article));
        OfferedAct {
            word: form.word,
            article: article.unwrap_or_default(),
            closed: closed.map(|problem| text(desk.lang, &problem)),
        }
    };
    let mine = |form: &&ActForm| role::allow(&desk.actor, form.act, Thing::Office).is_ok();
    GROUPS
        .into_iter()
        .map(|(word, rooms)| {
            let forms = rooms.iter().copied().flatten().filter(mine);
            (word, forms.map(offer).collect::<Vec<_>>())
        })
        .filter(|(_, offers)| !offers.is_empty())
        .collect()
}

/// What the page shows beside the file: identities in the clear, and what it may repeat.
#[derive(Default)]
struct Beside {
    identities: Vec<Opened>,
    repeats: Vec<(String, String)>,
}

fn render_matter(house: &House, desk: Desk, seen: SeenMatter, beside: Beside) -> Response {
    let directory = house.directory();
    let matter = seen.matter;
    let clocks = clocks(house, &matter, &directory);
    let open = |clock: &&ClockLine| clock.ended_on.is_none() && !clock.due.clock.is_right();
    let next = clocks.iter().filter(open).map(|clock| clock.due.nominal).min();
    render(&MatterPage {
        number: matter.id.to_string(),
        holder: directory.unit(&matter.holder).to_owned(),
        place: directory.place(&matter.place),
        clocks,
        next,
        notices: notices(house, &matter, &seen.entries),
        triggers: matter
            .triggers(house.moment().on, &house.statutes, &house.calendar())
            .into_iter()
            .map(|trigger| trigger.word())
            .collect(),
        reviews: reviews(&matter, &directory),
        offers: offers(house, &desk, &matter),
        lines: lines(house, &desk, &directory, &seen.entries),
        identities: beside.identities,
        repeats: beside.repeats,
        may_unmask: role::allow(&desk.actor, Act::Unmask, Thing::Matter(&matter)).is_ok(),
        leavings: Leaving::ALL,
        may_unjoin: role::allow(&desk.actor, Act::Unjoin, Thing::Matter(&matter)).is_ok(),
        may_issue: role::allow(&desk.actor, Act::IssueCode, Thing::Matter(&matter)).is_ok(),
        m: matter,
        p: Page::desk(house, desk, "/matters"),
        directory,
    })
}

/// The number in an address.
///
/// # Errors
/// [`Problem::NotFound`] when it is none.
pub fn id_of(text: &str) -> Result<MatterId, Problem> {
    MatterId::parse(text).ok_or(Problem::NotFound)
}

/// The page.
pub async fn page(State(house): State<Shared>, desk: Desk, Path(id): Path<String>) -> Response {
    let (user, number) = (desk.clone(), id.clone());
    let seen = blocking(&house, move |house| {
        let seen = see(house, &user.actor, id_of(&id)?)?;
        let found = merge::repeats(house, &user.actor, &seen.matter)?;
        let repeats = found.into_iter().map(|one| (one.number, one.matter.title)).collect();
        Ok((seen, Beside { repeats, ..Beside::default() }))
    });
    match seen.await {
        Ok((seen, beside)) => render_matter(&house, desk, seen, beside),
        Err(Problem::NotFound)
            if id_of(&number).is_ok()
                && role::allow(&desk.actor, Act::BreakSeal, Thing::Office).is_ok() =>
        {
            sealed_page(&house, desk, number, StatusCode::NOT_FOUND, None)
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Shows a sealed matter for once, for a reason that stands in the journal; nothing can be done from
/// there.
pub async fn unseal_once(
    State(house): State<Shared>,
    Path(id): Path<String>,
    Sent { desk, posted }: Sent,
) -> Response {
    let (user, reason, number) = (desk.clone(), posted.of(Name::Reason), id.clone());
    let seen =
        blocking(&house, move |house| break_seal(house, &user.actor, id_of(&id)?, &reason)).await;
    match seen {
        Ok(seen) => render_matter(&house, desk, seen, Beside::default()),
        Err(Problem::Refused(refusal)) => {
            let words = text(desk.lang, &Problem::Refused(refusal));
            sealed_page(&house, desk, number, StatusCode::UNPROCESSABLE_ENTITY, Some(words))
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Shows identities for once; who looked and why stands in the journal.
pub async fn unmask(
    State(house): State<Shared>,
    Path(id): Path<String>,
    Sent { desk, posted }: Sent,
) -> Response {
    let (user, reason) = (desk.clone(), posted.of(Name::Reason));
    let seen = blocking(&house, move |house| {
        let id = id_of(&id)?;
        let (_, identities) = unmask_for(house, &user.actor, id, &reason)?;
        Ok((see(house, &user.actor, id)?, identities))
    });
    match seen.await {
        Ok((seen, identities)) => {
            render_matter(&house, desk, seen, Beside { identities, ..Beside::default() })
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Takes a petition out into a matter of its own.
pub async fn unjoin(
    State(house): State<Shared>,
    Path(id): Path<String>,
    Sent { desk, posted }: Sent,
) -> Response {
    let user = desk.clone();
    let done = blocking(&house, move |house| {
        let asked = Form::read(&posted.of_act(), &house.directory(), leaving)?;
        crate::intake::unjoin(house, By::now(house, &user.actor), id_of(&id)?, asked)
    });
    match done.await {
        Ok(matter) => Redirect::to(&format!("/matters/{}", matter.id)).into_response(),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

#[derive(Template)]
#[template(path = "matter/code.html")]
struct CodePage {
    p: Page,
    number: String,
    petition: String,
    code: String,
}

/// Gives out another query code, and shows it once.
pub async fn code(
    State(house): State<Shared>,
    Path(id): Path<String>,
    Sent { desk, posted }: Sent,
) -> Response {
    let (user, number) = (desk.clone(), id.clone());
    let done = blocking(&house, move |house| {
        let asked = Form::read(&posted.of_act(), &house.directory(), coding)?;
        let petition = asked.number().to_owned();
        let by = By::now(house, &user.actor);
        Ok((petition, issue_code(house, by, id_of(&id)?, asked)?))
    });
    match done.await {
        Ok((petition, code)) => {
            let p = Page::desk(&house, desk, "/matters");
            render(&CodePage { p, number, petition, code })
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// A file of a matter, to be saved and never run.
pub async fn file(
    State(house): State<Shared>,
    desk: Desk,
    Path((id, hash)): Path<(String, String)>,
) -> Response {
    let user = desk.clone();
    let found = blocking(&house, move |house| content(house, &user.actor, &id, &hash));
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((name, media, content)) => {
            let disposition =
                format!("attachment; filename*=UTF-8''{}", crate::web::page::encode(&name));
            ([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)], content)
                .into_response()
        }
    }
}

/// A file of a matter with its name and media type.
///
/// # Errors
/// [`Problem::NotFound`] when the matter has no such file, or is not this actor's to see.
pub fn content(
    house: &House,
    actor: &Actor,
    id: &str,
    hash: &str,
) -> Result<(String, String, Vec<u8>), Problem> {
    let id = id_of(id)?;
    let seen = see(house, actor, id)?;
    // What belongs with nobody here is opened to nobody here.
    if !seen.matter.opens(hash) {
        return Err(Problem::NotFound);
    }
    let found = house.db.read(|tx| store::blob::find(tx, id, hash))?;
    let (name, media) = found.ok_or(Problem::NotFound)?;
    Ok((name, media, house.blobs.read(hash)?))
}
