//! Fields as a form shows them (表单字段): the tables of acts say what a field holds; this says which
//! control it gets and what there is to choose.

use crate::act::{CONFERENCE, Field, Kind, LIES_WITH, Name};
use crate::house::House;
use crate::locale::Lang;
use crate::web::form::Back;
use casework::directory::Directory;
use casework::matter::Matter;
use casework::matter::participation::SessionHeld;
use casework::matter::track::Track;
use casework::org::{AccountId, Actor, Level, Role, UnitId};
use casework::petition::{Attachment, Party, Petition, PetitionNumber};
use casework::statute::topic::LIABILITY;
use casework::statute::{Ground, Provision};
use jiff::civil::Date;

/// A field as the form shows it.
pub struct FieldView {
    /// Its name.
    pub name: &'static str,
    /// Which control.
    pub control: &'static str,
    /// What is in it.
    pub value: String,
    /// What there is to choose.
    pub options: Vec<(String, String)>,
}

/// What an act is done to, and who does it (办理场合).
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// Which matter, if it is done to one.
    pub matter: Option<&'a Matter>,
    /// Who.
    pub actor: &'a Actor,
}

/// The fields of an act's form; `at` is where and by whom it is done, where that decides what there is to choose.
pub fn views(
    house: &House,
    lang: Lang,
    fields: &[Field],
    at: Option<At<'_>>,
    back: &Back,
) -> Vec<FieldView> {
    let today = house.moment().on;
    let matter = at.and_then(|at| at.matter);
    fields
        .iter()
        .map(|field| {
            let typed = back
                .values
                .values
                .get(field.name.word())
                .and_then(|values| values.first())
                .cloned();
            let fallback = match (field.kind, field.name) {
                (Kind::Date, Name::On | Name::ReceivedOn) => today.to_string(),
                (Kind::Demand, _) => matter
                    .and_then(|matter| matter.unanswered().next())
                    .map(|ordinal| ordinal.to_string())
                    .unwrap_or_default(),
                // Where there is only one there is nothing to choose.
                (Kind::Petition, _) => match matter.map(|matter| matter.petitions.as_slice()) {
                    Some([one]) => one.number.0.clone(),
                    Some(_) | None => String::new(),
                },
                (Kind::Repeat, _) => matter
                    .and_then(|matter| matter.untold().next())
                    .map(|petition| petition.number.0.clone())
                    .unwrap_or_default(),
                (Kind::Notice, _) => matter
                    .and_then(|matter| matter.unserved().next())
                    .map(|notice| notice.ordinal.to_string())
                    .unwrap_or_default(),
                _ => String::new(),
            };
            FieldView {
                name: field.name.word(),
                control: control(field.kind),
                value: typed.unwrap_or(fallback),
                options: options(house, lang, field.kind, at),
            }
        })
        .collect()
}

fn control(kind: Kind) -> &'static str {
    match kind {
        Kind::Line | Kind::Matter => "line",
        Kind::Text | Kind::Document | Kind::Lines | Kind::Claims => "text",
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::Files => "files",
        Kind::Roles
        | Kind::ToBeServed
        | Kind::Demands
        | Kind::Units
        | Kind::Places
        | Kind::Accounts
        | Kind::Lists(..) => "choices",
        Kind::Yes => "yes",
        Kind::Unit
        | Kind::Ground
        | Kind::Demand
        | Kind::Petition
        | Kind::Repeat
        | Kind::Category
        | Kind::Organ
        | Kind::MatterUnit
        | Kind::Outcome
        | Kind::GroundOver
        | Kind::GroundFiled
        | Kind::JointUnit
        | Kind::Arbiter
        | Kind::Account
        | Kind::Asked
        | Kind::Colleague
        | Kind::Session
        | Kind::Objection
        | Kind::Recommendation
        | Kind::Leader
        | Kind::Party
        | Kind::HandedIn
        | Kind::Tracker
        | Kind::Mailbox
        | Kind::Instruction
        | Kind::Notice
        | Kind::Place
        | Kind::AnyUnit
        | Kind::Post
        | Kind::Liability
        | Kind::List(..) => "choice",
    }
}

fn options(house: &House, lang: Lang, kind: Kind, at: Option<At<'_>>) -> Vec<(String, String)> {
    let matter = at.and_then(|at| at.matter);
    let listed = |prefix: &str, words: &[&'static str]| {
        words.iter().map(|key| ((*key).to_owned(), lang.word(prefix, key))).collect::<Vec<_>>()
    };
    let directory = house.directory();
    let today = house.moment().on;
    match kind {
        Kind::List(prefix, words) => listed(prefix, words),
        Kind::Roles => listed("role", &Role::OF_ACCOUNTS.map(Role::word)),
        Kind::MatterUnit => {
            let units = matter.into_iter().flat_map(|matter| &matter.units);
            named(&directory, units.filter(|unit| **unit != house.office))
        }
        Kind::Organ => matter
            .map(|matter| matter.reviewers(&directory))
            .unwrap_or_default()
            .into_iter()
            .map(|unit| (unit.id.0.clone(), unit.name.clone()))
            .collect(),
        Kind::Unit => receivers(&directory, matter),
        Kind::Outcome => {
            let track = matter.map_or(Track::Redress, |matter| matter.track);
            let words: Vec<_> = track.outcomes().iter().map(|outcome| outcome.word()).collect();
            listed("outcome", &words)
        }
        Kind::GroundOver => grounds(house, lang, |ground| ground.hands_over),
        Kind::GroundFiled => grounds(house, lang, |ground| ground.files),
        Kind::JointUnit => named(&directory, matter.into_iter().flat_map(Matter::awaited)),
        Kind::Arbiter => arbiters(&directory, matter, lang),
        Kind::Account | Kind::Accounts => people(&directory),
        Kind::Leader => leaders(&directory),
        Kind::Mailbox => mailboxes(&directory),
        Kind::Tracker => {
            let people = directory.workers(&house.office).map(|(account, _)| account);
            people.map(|account| person(&directory, account)).collect()
        }
        Kind::Instruction => at.map(|at| instructions(&directory, lang, at)).unwrap_or_default(),
        Kind::Asked => {
            let waits = |one: &&casework::matter::wall::Recusal| one.decided.is_none();
            let asked = matter.into_iter().flat_map(|matter| matter.recusals.iter().filter(waits));
            asked.map(|one| person(&directory, &one.asked.person)).collect()
        }
        Kind::Colleague => at.map(|at| colleagues(&directory, at)).unwrap_or_default(),
        Kind::Session | Kind::Objection => open_ordinals(lang, kind, matter),
        Kind::Recommendation => at.map(recommendations).unwrap_or_default(),
        Kind::Ground => grounds(house, lang, |ground| ground.tells),
        Kind::Category => categories(house, today),
        Kind::Place | Kind::Places => places(&directory),
        Kind::Lists(prefix, words) => listed(prefix, words),
        Kind::Liability => liability(house),
        Kind::AnyUnit | Kind::Units => all_units(&directory),
        Kind::Post => directory
            .posts
            .values()
            .map(|post| {
                (post.id.0.clone(), format!("{} {}", directory.unit(&post.unit), post.name))
            })
            .collect(),
        Kind::Demand | Kind::Demands => matter
            .map(|matter| matter.demands.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|demand| {
                (demand.ordinal.to_string(), format!("{}. {}", demand.ordinal, demand.text))
            })
            .collect(),
        Kind::Notice => matter
            .into_iter()
            .flat_map(Matter::unserved)
            .map(|notice| {
                let name = lang.word("notice", notice.kind.word());
                (notice.ordinal.to_string(), format!("{name} {}", lang.date(notice.made_on)))
            })
            .collect(),
        Kind::ToBeServed => matter.map(|matter| waiting(lang, matter)).unwrap_or_default(),
        Kind::Party => matter.map(|matter| parties(lang, matter)).unwrap_or_default(),
        Kind::HandedIn => matter.map(files).unwrap_or_default(),
        Kind::Petition => numbers(matter.into_iter().flat_map(|matter| &matter.petitions)),
        Kind::Repeat => matter.map(|matter| untold(lang, matter)).unwrap_or_default(),
        Kind::Line
        | Kind::Lines
        | Kind::Text
        | Kind::Document
        | Kind::Date
        | Kind::Number
        | Kind::Matter
        | Kind::Claims
        | Kind::Files
        | Kind::Yes => Vec::new(),
    }
}

/// Whoever of the unit that has the matter may work on it; without a matter, everybody of one's own unit.
fn colleagues(directory: &Directory, at: At<'_>) -> Vec<(String, String)> {
    let unit = at.matter.map_or(&at.actor.unit, |matter| &matter.holder);
    let fits =
        |account: &AccountId| at.matter.is_none_or(|matter| matter.may_work(account, directory));
    let people = directory.people.iter().filter(|(_, person)| person.unit == *unit);
    let fit = people.filter(|(account, _)| fits(account));
    fit.map(|(account, person)| (account.0.clone(), person.name.clone())).collect()
}

/// Those to whom a paper is still to be brought, by their masks.
fn waiting(lang: Lang, matter: &Matter) -> Vec<(String, String)> {
    let words = |party: &Party| format!("{} {}", party.mask, lang.word("party", party.role.word()));
    let waits = matter.to_be_served().into_iter();
    waits.map(|party| (party.id.clone(), words(party))).collect()
}

/// Everybody who petitioned, by petition.
fn parties(lang: Lang, matter: &Matter) -> Vec<(String, String)> {
    let words = |petition: &Petition, party: &Party| {
        let role = lang.word("party", party.role.word());
        let known = !party.mask.is_empty();
        let mask = if known { party.mask.clone() } else { lang.t("kind-anonymous") };
        (party.id.clone(), format!("{} {role} {mask}", petition.number.0))
    };
    let of = |petition: &'_ Petition| {
        petition.parties.iter().map(|party| words(petition, party)).collect::<Vec<_>>()
    };
    matter.petitions.iter().flat_map(of).collect()
}

/// What was handed in, each with its petition.
fn files(matter: &Matter) -> Vec<(String, String)> {
    let words = |(number, file): (&PetitionNumber, &Attachment)| {
        (format!("{}{LIES_WITH}{}", number.0, file.hash), format!("{} {}", number.0, file.name))
    };
    matter.handed_in().map(words).collect()
}

fn numbers<'a>(petitions: impl Iterator<Item = &'a Petition>) -> Vec<(String, String)> {
    petitions.map(|one| (one.number.0.clone(), one.number.0.clone())).collect()
}

/// Petitions that came after the answer, with the day on which they came.
fn untold(lang: Lang, matter: &Matter) -> Vec<(String, String)> {
    let received = |on| format!("{} {}", lang.t("field-received-on"), lang.date(on));
    let words = |one: &Petition| format!("{} · {}", one.number.0, received(one.received_on));
    matter.untold().map(|one| (one.number.0.clone(), words(one))).collect()
}

fn receivers(directory: &Directory, matter: Option<&Matter>) -> Vec<(String, String)> {
    let Some(matter) = matter else { return Vec::new() };
    let units = directory.units.values().filter(|unit| unit.id != matter.holder);
    let fits = units.filter(|unit| matter.may_handle(&unit.id, directory).is_ok());
    fits.map(|unit| (unit.id.0.clone(), unit.name.clone())).collect()
}

/// Every unit, each under the one it belongs to.
pub fn all_units(directory: &Directory) -> Vec<(String, String)> {
    let line = |(depth, unit): (usize, &casework::org::Unit)| {
        (unit.id.0.clone(), format!("{}{}", "　".repeat(depth), unit.name))
    };
    directory.tree().into_iter().map(line).collect()
}

/// Units by id and name.
fn named<'a>(
    directory: &Directory,
    units: impl Iterator<Item = &'a UnitId>,
) -> Vec<(String, String)> {
    units.map(|unit| (unit.0.clone(), directory.unit(unit).to_owned())).collect()
}

fn person(directory: &Directory, account: &AccountId) -> (String, String) {
    let unit = directory.workplace(account).map_or("", |unit| directory.unit(unit));
    (account.0.clone(), format!("{unit} {}", directory.name(account)))
}

/// Everybody with an account, by unit and name.
pub fn people(directory: &Directory) -> Vec<(String, String)> {
    let mut people: Vec<_> = directory.people.keys().map(|id| person(directory, id)).collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    people
}

/// The leaders whose mailboxes are open.
pub fn mailboxes(directory: &Directory) -> Vec<(String, String)> {
    let open = crate::mailbox::addressees(directory).into_iter();
    open.map(|(leader, titled)| (leader.0, titled)).collect()
}

/// The county's leaders.
pub fn leaders(directory: &Directory) -> Vec<(String, String)> {
    let mut leaders: Vec<_> =
        directory.holding(Role::Leader).map(|(id, _)| person(directory, id)).collect();
    leaders.sort_by(|a, b| a.1.cmp(&b.1));
    leaders
}

/// The articles on liability, of every text that ever held here.
fn liability(house: &House) -> Vec<(String, String)> {
    let articles = house.statutes.ever_about(LIABILITY, &house.setup.place.0).into_iter();
    let words = |one: &Provision| format!("{} {} {}", one.id.0, one.article, one.duty);
    articles.map(|one| (one.id.0.clone(), words(one))).collect()
}

/// Who may decide between the units that disagree: what stands above all of them, or else the joint
/// conference (R22-24).
fn arbiters(directory: &Directory, matter: Option<&Matter>, lang: Lang) -> Vec<(String, String)> {
    let above = matter.and_then(|matter| directory.common_superior(&matter.objectors));
    match above {
        Some(unit) => named(directory, [unit].iter()),
        None => vec![(CONFERENCE.to_owned(), lang.word("arbiter", CONFERENCE))],
    }
}

/// The leaders' instructions that the actor's unit still has to answer.
fn instructions(directory: &Directory, lang: Lang, at: At<'_>) -> Vec<(String, String)> {
    let all = at.matter.into_iter().flat_map(|matter| &matter.leadership.instructions);
    let all = (1_u32..).zip(all);
    let open = all.filter(|(_, one)| one.waits_for(&at.actor.unit));
    open.map(|(ordinal, one)| {
        let said = person(directory, &one.instructed.leader).1;
        let words = format!("{ordinal}. {} {said}", lang.date(one.instructed.on));
        (ordinal.to_string(), words)
    })
    .collect()
}

/// The recommendations that the actor's unit still has to answer.
fn recommendations(at: At<'_>) -> Vec<(String, String)> {
    let all = at.matter.into_iter().flat_map(|matter| &matter.recommendations);
    let open = all.filter(|one| one.waits_for(&at.actor.unit));
    let numbers = open.map(|one| one.recommended.number.clone());
    numbers.map(|number| (number.clone(), number)).collect()
}

/// The meetings whose minutes nobody signed, or the objections that nobody answered.
fn open_ordinals(lang: Lang, kind: Kind, matter: Option<&Matter>) -> Vec<(String, String)> {
    let Some(participation) = matter.and_then(|matter| matter.participation.as_ref()) else {
        return Vec::new();
    };
    let sessions = (1..).zip(&participation.sessions).filter(|(_, one)| one.signed.is_none());
    let objections = (1..).zip(&participation.objections).filter(|(_, one)| one.answered.is_none());
    let line = |ordinal: u32, text: String| (ordinal.to_string(), format!("{ordinal}. {text}"));
    if kind == Kind::Session {
        let words = |held: &SessionHeld| format!("{} {}", lang.date(held.on), held.venue);
        sessions.map(|(at, one)| line(at, words(&one.held))).collect()
    } else {
        objections.map(|(at, one)| line(at, one.raised.text.clone())).collect()
    }
}

fn grounds(house: &House, lang: Lang, fits: fn(&Ground) -> bool) -> Vec<(String, String)> {
    let today = house.moment().on;
    let Some(law) = house.statutes.on(today, &house.setup.place.0) else { return Vec::new() };
    law.grounds()
        .into_iter()
        .filter(|ground| fits(ground))
        .map(|ground| {
            let code = ground.code.word();
            (code.to_owned(), format!("{} · {}", lang.word("ground", code), ground.article))
        })
        .collect()
}

/// The places of the office's area, each under its township.
pub fn places(directory: &Directory) -> Vec<(String, String)> {
    directory
        .places
        .values()
        .filter(|place| matches!(place.level, Level::County | Level::Township | Level::Village))
        .map(|place| (place.code.0.clone(), directory.place(&place.code)))
        .collect()
}

/// The categories in force, for a choice: those that have no finer ones under them.
pub fn categories(house: &House, today: Date) -> Vec<(String, String)> {
    house
        .directory()
        .categories(today)
        .into_iter()
        .filter(|category| category.0.contains('/'))
        .map(|category| (category.0.clone(), category.0.replace('/', " / ")))
        .collect()
}
