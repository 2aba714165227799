//! A matter's page (事项): who has it, since when, by when; its demands, clocks, lawful acts and file.

use crate::act::find;
use crate::acts::{ALL, ActForm, Answers, Kind};
use crate::house::{Directory, House};
use crate::problem::Problem;
use crate::web::form::read;
use crate::web::page::{Page, problem_page, render, text};
use crate::web::session::Desk;
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use casework::deadline::Due;
use casework::matter::{Context, Entry, Fact, Matter, MatterId, decide};
use casework::petition::{Attachment, PetitionNumber};
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use store::vault::Identity;
use store::{fact, journal, vault};

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
    rule: &'static str,
    closed: Option<String>,
}

/// A line of the timeline.
pub struct Line {
    time: String,
    word: &'static str,
    who: String,
    unit: String,
    details: Vec<(String, String)>,
    files: Vec<Attachment>,
}

#[derive(Template)]
#[template(path = "matter.html")]
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
    may_unmask: bool,
    may_unjoin: bool,
}

/// The acts that this person could ever do here, each with what stands against it now.
fn offers(house: &House, desk: &Desk, matter: &Matter) -> Vec<Offer> {
    let calendar = house.calendar();
    let context = Context {
        moment: house.moment(),
        place: &house.setup.place,
        law_book: &house.statutes,
        calendar: &calendar,
    };
    ALL.iter()
        .filter(|form| role::allow(&desk.actor, form.act, Thing::Office).is_ok())
        .map(|form| {
            let denied = role::allow(&desk.actor, form.act, Thing::Matter(matter))
                .err()
                .map(Problem::Denied);
            let closed = denied.or_else(|| refused_anyway(form, matter, &context));
            Offer {
                word: form.word,
                rule: form.rule,
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
            Kind::Date if field.name == "report_back_on" => continue,
            Kind::Date => today.clone(),
            Kind::Number | Kind::Demand => "1".to_owned(),
            Kind::Outcome => "explain".to_owned(),
            Kind::Method => "in_person".to_owned(),
            Kind::Cause => "legacy".to_owned(),
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
            | R::OpinionSigned),
        ) => Some(Problem::Refused(refusal)),
        _ => None,
    }
}

fn lines(house: &House, desk: &Desk, directory: &Directory, entries: &[Entry]) -> Vec<Line> {
    entries
        .iter()
        .rev()
        .map(|entry| {
            let (details, files) = details(desk, directory, &entry.fact);
            let time = house.zone_time(entry.at);
            Line {
                time: format!(
                    "{} {:02}:{:02}",
                    desk.lang.date(entry.on),
                    time.hour(),
                    time.minute()
                ),
                word: entry.fact.word(),
                who: directory.people.get(&entry.actor.0).cloned().unwrap_or_default(),
                unit: directory.unit(&entry.unit.0).to_owned(),
                details,
                files,
            }
        })
        .collect()
}

/// What a fact says, as label and text.
fn details(
    desk: &Desk,
    directory: &Directory,
    fact: &Fact,
) -> (Vec<(String, String)>, Vec<Attachment>) {
    let lang = desk.lang;
    let mut out: Vec<(String, String)> = Vec::new();
    let mut files = Vec::new();
    let mut say = |key: &str, value: String| {
        if !value.is_empty() {
            out.push((lang.t(key), value));
        }
    };
    let word = |prefix: &str, word: &str| lang.t(&format!("{prefix}-{word}").replace('_', "-"));
    match fact {
        Fact::Registered(registered) => {
            say("field-number", registered.petition.number.0.clone());
            say("field-channel", word("channel", registered.petition.channel.word()));
            files.clone_from(&registered.petition.attachments);
        }
        Fact::Joined(joined) => {
            say("field-number", joined.petition.number.0.clone());
            say("field-channel", word("channel", joined.petition.channel.word()));
            say("field-reason", joined.reason.clone());
            files.clone_from(&joined.petition.attachments);
        }
        Fact::Unjoined(unjoined) => {
            say("field-number", unjoined.petition.0.clone());
            say("field-reason", unjoined.reason.clone());
            say("field-to-matter", unjoined.to.to_string());
        }
        Fact::Supplemented(later) => {
            say("field-text", later.text.clone());
            files.clone_from(&later.attachments);
        }
        Fact::Reclassified(change) => {
            say("field-category", change.category.0.clone());
            say("field-reason", change.reason.clone());
        }
        Fact::Referred(referred) => {
            say("field-to", directory.unit(&referred.to.0).to_owned());
            say(
                "field-report-back-on",
                referred.report_back_on.map(|on| lang.date(on)).unwrap_or_default(),
            );
            say("field-note", referred.note.clone());
        }
        Fact::Told(told) | Fact::Declined(told) => {
            say("field-ground", word("ground", &told.ground));
            say("field-where-to", told.where_to.clone());
            say("field-note", told.note.clone());
        }
        Fact::AnsweredDirectly(answer) => {
            say("field-text", answer.text.clone());
            say("field-basis", answer.basis.clone());
        }
        Fact::Filed(filed) => say("field-reason", filed.reason.clone()),
        Fact::Objected(objected) => {
            say("field-reason", objected.reason.clone());
            say(
                "field-proposed",
                objected
                    .proposed
                    .as_ref()
                    .map(|u| directory.unit(&u.0).to_owned())
                    .unwrap_or_default(),
            );
        }
        Fact::Returned(ruling) | Fact::ObjectionRefused(ruling) => {
            say("field-reason", ruling.reason.clone())
        }
        Fact::Accepted => {}
        Fact::StepTaken(step) => {
            say("field-on", lang.date(step.on));
            say("field-text", step.text.clone());
            files.clone_from(&step.attachments);
        }
        Fact::ExtensionAsked(asked) => {
            say("field-days", asked.days.to_string());
            say("field-reason", asked.reason.clone());
        }
        Fact::Extended(extended) => {
            say("field-days", extended.days.to_string());
            say("field-reason", extended.reason.clone());
        }
        Fact::ExtensionRefused(refused) => say("field-reason", refused.reason.clone()),
        Fact::DemandAnswered(answer) => {
            say("field-demand", answer.demand.to_string());
            say("field-outcome", word("outcome", answer.outcome.word()));
            say("field-text", answer.text.clone());
        }
        Fact::Signed(signed) => say("field-document-number", signed.number.clone()),
        Fact::Served(served) => {
            say("field-method", word("method", served.method.word()));
            say("field-on", lang.date(served.on));
            say("field-recipient", served.recipient.clone());
            say("field-proof", served.proof.clone());
            files.clone_from(&served.attachments);
        }
        Fact::Concluded(conclusion) => {
            let cause = conclusion.cause.map(|cause| word("cause", cause.word()));
            say("field-cause", cause.unwrap_or_default());
        }
    }
    (out, files)
}

/// A matter with its case file, as this person may see it.
pub struct Seen {
    /// The matter.
    pub matter: Matter,
    entries: Vec<Entry>,
}

/// Reads a matter that the person may see.
///
/// # Errors
/// [`Problem::NotFound`] for what they may not even know of.
pub fn see(house: &House, desk: &Desk, id: MatterId) -> Result<Seen, Problem> {
    role::allow(&desk.actor, Act::ViewMatter, Thing::Office).map_err(|_| Problem::NotFound)?;
    house.db.read(|tx| {
        if !store::matter::visible(tx, id, &role::scope(&desk.actor))? {
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
    let seen = blocking(&house, move |house| see(house, &user, id_of(&id)?)).await;
    match seen {
        Ok(seen) => render_matter(&house, desk, seen, Vec::new()),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Shows identities for once; who looked and why stands in the journal.
pub async fn unmask(
    State(house): State<Shared>,
    desk: Desk,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let posted = match read(&house, request).await.and_then(|posted| posted.check(&desk)) {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
    let (user, reason) = (desk.clone(), posted.text("reason"));
    let seen = blocking(&house, move |house| {
        let id = id_of(&id)?;
        let seen = see(house, &user, id)?;
        role::allow(&user.actor, Act::Unmask, Thing::Matter(&seen.matter))
            .map_err(Problem::Denied)?;
        if reason.is_empty() {
            return Err(casework::refusal::Refusal::ReasonMissing.into());
        }
        let (now, login) = (house.clock.now(), user.login.clone());
        let subject = id.to_string();
        house
            .db
            .write(move |tx| journal::record(tx, now, &login, "unmasked", (&subject, &reason)))?;
        let identities = identities(house, &seen.matter)?;
        Ok((seen, identities))
    });
    match seen.await {
        Ok((seen, identities)) => render_matter(&house, desk, seen, identities),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

/// Everybody's identity, with the number of the petition.
pub fn identities(house: &House, matter: &Matter) -> Result<Vec<(String, Identity)>, Problem> {
    Ok(house.db.read(|tx| {
        let mut found = Vec::new();
        for petition in &matter.petitions {
            for party in petition.parties.iter().filter(|party| !party.sealed.is_empty()) {
                if let Some(key) = vault::key(tx, &party.id)? {
                    let identity = house.vault.unseal(&party.id, &party.sealed, &key)?;
                    found.push((petition.number.0.clone(), identity));
                }
            }
        }
        Ok::<_, store::Error>(found)
    })?)
}

/// Takes a petition out into a matter of its own.
pub async fn unjoin(
    State(house): State<Shared>,
    desk: Desk,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let posted = match read(&house, request).await.and_then(|posted| posted.check(&desk)) {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, desk.lang, &problem),
    };
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
    let found = blocking(&house, move |house| {
        let id = id_of(&id)?;
        let found = house.db.read(|tx| {
            find(tx, &user.actor, id)?;
            Ok::<_, Problem>(store::blob::find(tx, id, &hash)?)
        })?;
        let (name, media) = found.ok_or(Problem::NotFound)?;
        Ok((name, media, house.blobs.read(&hash)?))
    });
    match found.await {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok((name, media, content)) => {
            let disposition =
                format!("attachment; filename*=UTF-8''{}", crate::web::desk::encode(&name));
            ([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)], content)
                .into_response()
        }
    }
}
