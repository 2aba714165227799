//! A matter's page (事项): who has it, since when, by when; its demands, clocks, lawful acts and file.

mod timeline;

use crate::act::find;
use crate::acts::{ALL, ActForm, Answers, Kind};
use crate::house::{Directory, House};
use crate::problem::Problem;
use crate::unmask::unmask as unmask_for;
use crate::web::form::Sent;
use crate::web::matter::timeline::{Line, lines};
use crate::web::page::{Page, problem_page, render, text};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use casework::deadline::Due;
use casework::matter::{Context, Entry, Matter, MatterId, decide};
use casework::org::Actor;
use casework::petition::PetitionNumber;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use store::fact;
use store::vault::Identity;

/// A clock with its arithmetic.
pub struct ClockLine {
    /// The clock's word.
    pub word: &'static str,
    /// The due date and where it comes from.
    pub due: Due,
    /// The day it was met.
    pub ended_on: Option<Date>,
    /// Whom it binds.
    pub unit: String,
}

impl ClockLine {
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
                word: span.clock.word(),
                due: span.due(&matter.place, &house.statutes, &calendar)?,
                ended_on: span.ended_on,
                unit: directory.unit(&span.unit.0).to_owned(),
            })
        })
        .collect()
}

/// An act on the page: open, or closed with the reason.
pub struct Offer {
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
    served_on: Option<Date>,
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
            organ: directory.unit(&review.asked.organ.0).to_owned(),
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
    next: Option<ClockLine>,
    offers: Vec<Offer>,
    lines: Vec<Line>,
    identities: Vec<(String, Identity)>,
    notices: Vec<NoticeLine>,
    reviews: Vec<ReviewLine>,
    triggers: Vec<&'static str>,
    may_unmask: bool,
    may_unjoin: bool,
}

impl MatterPage {
    /// How many acts are closed now.
    fn closed(&self) -> usize {
        self.offers.iter().filter(|offer| offer.closed.is_some()).count()
    }
}

/// The acts that this person could ever do here, each with what stands against it now.
fn offers(house: &House, desk: &Desk, matter: &Matter) -> Vec<Offer> {
    let calendar = house.calendar();
    let context = house.context(house.moment(), &calendar);
    ALL.iter()
        .filter(|form| role::allow(&desk.actor, form.act, Thing::Office).is_ok())
        .map(|form| {
            let denied = role::allow(&desk.actor, form.act, Thing::Matter(matter))
                .err()
                .map(Problem::Denied);
            let closed = denied.or_else(|| refused_anyway(form, matter, &context));
            let article = house.cite(form.rule).map(|cited| desk.lang.article(&cited.article));
            Offer {
                word: form.word,
                article: article.unwrap_or_default(),
                closed: closed.map(|problem| text(desk.lang, &problem)),
            }
        })
        .collect()
}

/// Whether the act would be refused whatever is filled in: it is tried with a filled-in form, and
/// only refusals that no answer could change count.
fn refused_anyway(form: &ActForm, matter: &Matter, context: &Context<'_>) -> Option<Problem> {
    use casework::refusal::Refusal as R;
    let today = context.moment.on.to_string();
    let mut answers = Answers::default();
    for field in form.fields {
        let value = match field.kind {
            Kind::Date if matches!(field.name, "report_back_on" | "posted_on") => continue,
            Kind::Date => today.clone(),
            Kind::Number | Kind::Demand => "1".to_owned(),
            Kind::Notice => matter.unserved().next().map_or(0, |n| n.ordinal).to_string(),
            Kind::Outcome => "explain".to_owned(),
            Kind::Method => "in_person".to_owned(),
            Kind::Cause => "legacy".to_owned(),
            Kind::ReviewOutcome => "uphold".to_owned(),
            Kind::SupervisionForm => "letter".to_owned(),
            Kind::Trigger => "overdue".to_owned(),
            Kind::MatterUnit => {
                let last = matter.units.iter().rfind(|unit| **unit != matter.office);
                last.map(|unit| unit.0.clone()).unwrap_or_default()
            }
            Kind::Yes => "yes".to_owned(),
            Kind::Ground => "N01".to_owned(),
            Kind::Petition => {
                matter.petitions.first().map(|p| p.number.0.clone()).unwrap_or_default()
            }
            Kind::Files => continue,
            _ if matches!(field.name, "commitment") => continue,
            _ => "…".to_owned(),
        };
        if field.name != "done_by" {
            answers.values.insert(field.name.to_owned(), vec![value]);
        }
    }
    let command = form.parse(&answers).ok()?;
    match decide(matter, &command, context) {
        Err(
            refusal @ (R::NotInStep
            | R::Concluded
            | R::PeriodElapsed { .. }
            | R::ExtensionUsed
            | R::ExtensionPending
            | R::NoExtensionAsked
            | R::DemandUnanswered(_)
            | R::NotServed
            | R::NothingToServe
            | R::ReviewExhausted
            | R::HearingHeldAlready
            | R::SupervisedAlready
            | R::SupervisionUnanswered
            | R::NothingPromised
            | R::OpinionSigned),
        ) => Some(Problem::Refused(refusal)),
        _ => None,
    }
}

/// A matter with its case file, as this person may see it.
pub struct Seen {
    /// The matter.
    pub matter: Matter,
    /// Its case file.
    pub entries: Vec<Entry>,
}

/// Reads a matter that the person may see.
///
/// # Errors
/// [`Problem::NotFound`] for what they may not even know of.
pub fn see(house: &House, actor: &Actor, id: MatterId) -> Result<Seen, Problem> {
    role::allow(actor, Act::ViewMatter, Thing::Office).map_err(|_| Problem::NotFound)?;
    house.db.read(|tx| {
        if !store::matter::visible(tx, id, &role::scope(actor))? {
            return Err(Problem::NotFound);
        }
        let entries: Vec<Entry> = fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
        let matter = Matter::replay(id, &entries).ok_or(Problem::NotFound)?;
        Ok(Seen { matter, entries })
    })
}

fn render_matter(
    house: &House,
    desk: Desk,
    seen: Seen,
    identities: Vec<(String, Identity)>,
) -> Response {
    let directory = house.directory();
    let matter = seen.matter;
    let open = |clock: &ClockLine| clock.ended_on.is_none() && !clock.due.clock.is_right();
    let next =
        clocks(house, &matter, &directory).into_iter().filter(open).min_by_key(|c| c.due.nominal);
    render(&MatterPage {
        number: matter.id.to_string(),
        holder: directory.unit(&matter.holder.0).to_owned(),
        place: directory.place(&matter.place.0),
        clocks: clocks(house, &matter, &directory),
        next,
        notices: matter
            .notices
            .iter()
            .map(|notice| NoticeLine {
                ordinal: notice.ordinal,
                word: notice.kind.word(),
                made_on: notice.made_on,
                unit: directory.unit(&notice.unit.0).to_owned(),
                served_on: notice.served.as_ref().map(|served| served.on),
            })
            .collect(),
        triggers: matter
            .triggers(house.moment().on, &house.statutes, &house.calendar())
            .into_iter()
            .map(|trigger| trigger.word())
            .collect(),
        reviews: reviews(&matter, &directory),
        offers: offers(house, &desk, &matter),
        lines: lines(house, &desk, &directory, &seen.entries),
        identities,
        may_unmask: role::allow(&desk.actor, Act::Unmask, Thing::Matter(&matter)).is_ok(),
        may_unjoin: role::allow(&desk.actor, Act::Unjoin, Thing::Matter(&matter)).is_ok(),
        m: matter,
        p: Page::desk(house, desk, "/matters"),
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
    let user = desk.clone();
    let seen = blocking(&house, move |house| see(house, &user.actor, id_of(&id)?)).await;
    match seen {
        Ok(seen) => render_matter(&house, desk, seen, Vec::new()),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Shows identities for once; who looked and why stands in the journal.
pub async fn unmask(
    State(house): State<Shared>,
    Path(id): Path<String>,
    Sent { desk, posted }: Sent,
) -> Response {
    let (user, reason) = (desk.clone(), posted.text("reason"));
    let seen = blocking(&house, move |house| {
        let id = id_of(&id)?;
        let (_, identities) = unmask_for(house, &user.actor, id, &reason)?;
        Ok((see(house, &user.actor, id)?, identities))
    });
    match seen.await {
        Ok((seen, identities)) => render_matter(&house, desk, seen, identities),
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
        let petition = PetitionNumber(posted.text("petition"));
        crate::intake::unjoin(house, &user.actor, id_of(&id)?, petition, posted.text("reason"))
    });
    match done.await {
        Ok(matter) => Redirect::to(&format!("/matters/{}", matter.id)).into_response(),
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
    let found = house.db.read(|tx| {
        find(tx, actor, id)?;
        Ok::<_, Problem>(store::blob::find(tx, id, hash)?)
    })?;
    let (name, media) = found.ok_or(Problem::NotFound)?;
    Ok((name, media, house.blobs.read(hash)?))
}
