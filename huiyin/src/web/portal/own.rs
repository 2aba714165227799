//! What a petitioner may do to their own petition (本人办理), with its number and query code: add material, ask for
//! review, rate, take part.

use super::status::{Given, failed, keys, look_up, status_of};
use crate::act::act;
use crate::acts::Reader;
use crate::by::{By, Once};
use crate::problem::{FieldError, Problem};
use crate::web::door::{Address, Knock};
use crate::web::form::{Back, Posted, Room, receive};
use crate::web::page::{lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use axum::extract::{Request, State};
use axum::response::Response;
use casework::intake::Supplement;
use casework::matter::{Command, Matter};
use casework::org::UnitId;
use casework::petition::Petition;
use casework::rating::{self, Content, Rated};
use casework::review::ReviewAsked;

/// Adds what the petitioner hands in later to their own petition.
pub async fn material(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, MATERIAL).await
}

/// Asks for review, or final review, of the answer to one's own petition.
pub async fn review(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, REVIEW).await
}

/// Rates how one's own petition was handled.
pub async fn rating(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, RATING).await
}

/// Takes part in the investigation: evidence, a signature under minutes, an objection.
pub async fn take_part(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, PART).await
}

fn rate(
    house: &Shared,
    by: By,
    matter: &Matter,
    petition: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    let mut reader = Reader::new(&sent.answers);
    let of_office = reader.word("of_office", Content::parse);
    let of_unit = reader.word("of_unit", Content::parse);
    let note = reader.text("note");
    reader.done()?;
    let (Some(of_office), Some(of_unit)) = (of_office, of_unit) else {
        return Err(Problem::Invalid(reader.errors));
    };
    let rated = Rated { petition: petition.number.clone(), of_office, of_unit, note };
    let command = rating::Command::Rate(rated);
    act(house, by, matter.id, None, command.into())
}

fn participate(
    house: &Shared,
    by: By,
    matter: &Matter,
    _: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    use casework::participation::{Command, Countersigned, EvidenceAdded, ObjectionRaised, Side};
    if !sent.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    let mut reader = Reader::new(&sent.answers);
    let command = match reader.text("part").as_str() {
        "countersign" => {
            let (session, note) = (reader.number("session"), reader.text("note"));
            let attachments = Vec::new();
            session
                .map(|session| Command::Countersign(Countersigned { session, note, attachments }))
        }
        "raise_objection" => {
            let text = reader.need("objection_text");
            Some(Command::RaiseObjection(ObjectionRaised { side: Side::Petitioner, text }))
        }
        "add_evidence" => {
            let (item, text) = (reader.need("item"), reader.need("evidence_text"));
            let (side, attachments) = (Side::Petitioner, reader.files());
            Some(Command::AddEvidence(EvidenceAdded { side, item, text, attachments }))
        }
        _ => {
            reader.wrong("part", "wrong-choice");
            None
        }
    };
    reader.done()?;
    let Some(command) = command else { return Err(Problem::Invalid(reader.errors)) };
    act(house, by, matter.id, None, command.into())
}

/// What a petitioner may do to their own petition (本人办理).
#[derive(Clone, Copy)]
struct OwnAct {
    /// The locale key of what is said when it is done.
    said: &'static str,
    /// Whether its form takes files.
    files: bool,
    work: fn(&Shared, By, &Matter, &Petition, &Posted) -> Result<Matter, Problem>,
}

const MATERIAL: OwnAct = OwnAct { said: "material-added", files: true, work: add };
const REVIEW: OwnAct = OwnAct { said: "review-asked", files: true, work: ask_review };
const RATING: OwnAct = OwnAct { said: "rated", files: false, work: rate };
const PART: OwnAct = OwnAct { said: "part-taken", files: true, work: participate };

/// Does something to the petition whose number and code the form carries, and shows where it stands
/// then; what can't be done comes back filled in. Files are kept only for who has the right code.
async fn on_own_petition(house: Shared, from: Address, request: Request, act: OwnAct) -> Response {
    let lang = lang_of(request.headers());
    let received = match receive(&house, request, Room::Files).await {
        Ok(received) => received,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&received.posted);
    let asked = (number.clone(), code.clone());
    let size = received.size();
    let found = blocking(&house, move |house| {
        let found = look_up(house, from, &asked.0, &asked.1)?;
        if act.files && size > 0 {
            from.bring(house, size)?;
        }
        Ok((found, asked))
    });
    let (found, asked) = match found.await {
        Ok(found) => found,
        Err(problem) => return failed(&house, lang, number, &problem),
    };
    let posted = if act.files { received.keep(&house).await } else { received.without_files() };
    let posted = match posted {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let sent = posted.clone();
    let done = blocking(&house, move |house| {
        let once = Once::of_form("portal", &sent.text("once"), &sent.of_act())?;
        let done = from.knock(house, Knock::Write).and_then(|()| {
            let by = By::public(house).under(once);
            (act.work)(house, by, &found.matter, &found.petition, &sent)
        });
        match done {
            Ok(_) => Ok((look_up(house, from, &asked.0, &asked.1)?, None)),
            Err(problem) => Ok((found, Some(problem))),
        }
    });
    match done.await {
        Ok((found, None)) => {
            let given = Given { code, done: act.said, ..Given::default() };
            render(&status_of(&house, lang, found, given))
        }
        Ok((found, Some(problem))) => {
            let back = Back::of(&house, lang, &posted, Some(&problem));
            let status = back.status;
            let given = Given { code, back, done: "" };
            with_status(status, &status_of(&house, lang, found, given))
        }
        Err(problem) => failed(&house, lang, number, &problem),
    }
}

fn add(
    house: &Shared,
    by: By,
    matter: &Matter,
    petition: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    let text = sent.text("text");
    if !sent.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    if text.is_empty() && sent.answers.files.is_empty() {
        return Err(Problem::Invalid(vec![FieldError::new("text", "wrong-missing")]));
    }
    if text.chars().count() > crate::acts::MOST_CHARACTERS {
        return Err(Problem::Invalid(vec![FieldError::new("text", "wrong-too-long")]));
    }
    let command = Command::Supplement(Supplement {
        petition: petition.number.clone(),
        text,
        attachments: sent.answers.files.clone(),
    });
    act(house, by, matter.id, None, command)
}

fn ask_review(
    house: &Shared,
    by: By,
    matter: &Matter,
    _: &Petition,
    sent: &Posted,
) -> Result<Matter, Problem> {
    if !sent.errors.is_empty() {
        return Err(Problem::Invalid(Vec::new()));
    }
    let mut reader = Reader::new(&sent.answers);
    let (organ, reason) = (reader.need("organ"), reader.need("reason"));
    let late = reader.text("late_reason");
    reader.done()?;
    let command = Command::AskReview(ReviewAsked {
        organ: UnitId(organ),
        received_on: house.moment().on,
        posted_on: None,
        reason,
        late_reason: Some(late).filter(|reason| !reason.is_empty()),
        attachments: sent.answers.files.clone(),
    });
    act(house, by, matter.id, None, command)
}
