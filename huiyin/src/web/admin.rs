//! Keeping the house (管理): units and places, accounts and roles, calendar, journal. The three
//! administrators each have their own page and nobody else's.

use crate::house::House;
use crate::password;
use crate::problem::{FieldError, Problem};
use crate::web::form::{Posted, read};
use crate::web::page::{Page, problem_page, render, text, with_status};
use crate::web::session::{Desk, digest};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use casework::calendar::Notice;
use casework::moment::Instant;
use casework::org::{AccountId, Actor, Place, Role, UnitId, UnitKind, compatible};
use casework::role::{self, Act, Thing};
use serde::Deserialize;
use store::account::{self, Account};
use store::org::{Jurisdiction, Unit};
use store::{almanac, journal, org};

fn may(desk: &Desk, act: Act) -> Result<(), Problem> {
    role::allow(&desk.actor, act, Thing::Office).map_err(Problem::Denied)
}

/// Reads a form of this session and does blocking work with it.
async fn change<T: Send + 'static>(
    house: &Shared,
    desk: &Desk,
    request: Request,
    work: impl FnOnce(&Shared, &Desk, &Posted) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let posted = read(house, request).await?.check(desk)?;
    let desk = desk.clone();
    blocking(house, move |house| work(house, &desk, &posted)).await
}

fn invalid(field: &str, wrong: &'static str) -> Problem {
    Problem::Invalid(vec![FieldError::new(field, wrong)])
}

/// What stands above a form that was not done.
fn said(desk: &Desk, problem: &Problem) -> String {
    match problem {
        Problem::Invalid(fields) => fields
            .iter()
            .map(|field| {
                format!(
                    "{}：{}",
                    desk.lang.t(&format!("field-{}", field.field).replace('_', "-")),
                    desk.lang.t(field.wrong)
                )
            })
            .collect::<Vec<_>>()
            .join("；"),
        other => text(desk.lang, other),
    }
}

#[derive(Template)]
#[template(path = "organisation.html")]
struct Organisation {
    p: Page,
    places: Vec<(Jurisdiction, usize)>,
    units: Vec<(Unit, String)>,
    kinds: [UnitKind; 6],
    may_change: bool,
    wrong: Option<String>,
}

fn organisation_page(house: &House, desk: Desk, problem: Option<&Problem>) -> Response {
    let directory = house.directory();
    let depth = |level: &str| match level {
        "township" => 1,
        "village" => 2,
        _ => 0,
    };
    let page = Organisation {
        places: directory
            .places
            .values()
            .map(|place| (place.clone(), depth(&place.level)))
            .collect(),
        units: directory
            .units
            .values()
            .map(|unit| (unit.clone(), directory.place(&unit.place.0)))
            .collect(),
        kinds: UnitKind::ALL,
        may_change: may(&desk, Act::ManageAccounts).is_ok(),
        wrong: problem.map(|problem| said(&desk, problem)),
        p: Page::desk(house, desk, "/organisation"),
    };
    let status =
        StatusCode::from_u16(problem.map_or(200, Problem::status)).unwrap_or(StatusCode::OK);
    with_status(status, &page)
}

/// Places and units.
pub async fn organisation(State(house): State<Shared>, desk: Desk) -> Response {
    organisation_page(&house, desk, None)
}

/// Adds or changes a unit or a place.
pub async fn record_unit(State(house): State<Shared>, desk: Desk, request: Request) -> Response {
    let done = change(&house, &desk, request, |house, desk, posted| {
        may(desk, Act::ManageAccounts)?;
        let need = |name: &str| {
            let text = posted.text(name);
            if text.is_empty() || text.chars().count() > 100 {
                Err(invalid(name, "wrong-missing"))
            } else {
                Ok(text)
            }
        };
        let (now, login) = (house.clock.now(), desk.login.clone());
        if posted.text("what") == "place" {
            let (code, name) = (need("code")?, need("name")?);
            if !matches!(code.len(), 9 | 12) || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(invalid("code", "wrong-code"));
            }
            let level = if code.len() == 9 { "township" } else { "village" };
            let parent =
                code.get(..if code.len() == 9 { 6 } else { 9 }).map(|code| Place(code.to_owned()));
            if parent
                .as_ref()
                .is_none_or(|parent| !house.directory().places.contains_key(&parent.0))
            {
                return Err(invalid("code", "wrong-code"));
            }
            let place = Jurisdiction { code: Place(code), name, level: level.to_owned(), parent };
            house.db.write(move |tx| {
                org::record_place(tx, &place)?;
                journal::record(tx, now, &login, "place-recorded", (&place.code.0, &place.name))
            })?;
        } else {
            let kind =
                UnitKind::parse(&posted.text("kind")).filter(|kind| *kind != UnitKind::Office);
            let place = Place(need("place")?);
            if !house.directory().places.contains_key(&place.0) {
                return Err(invalid("place", "wrong-choice"));
            }
            let unit = Unit {
                id: UnitId(need("id")?),
                name: need("name")?,
                short: need("short")?,
                kind: kind.ok_or_else(|| invalid("kind", "wrong-choice"))?,
                place,
                phone: posted.text("phone"),
                address: posted.text("address"),
            };
            if !unit.id.0.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            {
                return Err(invalid("id", "wrong-code"));
            }
            house.db.write(move |tx| {
                org::record_unit(tx, &unit)?;
                journal::record(tx, now, &login, "unit-recorded", (&unit.id.0, &unit.name))
            })?;
        }
        house.renew()
    });
    match done.await {
        Ok(()) => Redirect::to("/organisation").into_response(),
        Err(problem) => organisation_page(&house, desk, Some(&problem)),
    }
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct Accounts {
    p: Page,
    accounts: Vec<(Account, String)>,
    units: Vec<(String, String)>,
    roles: [Role; 9],
    opens: bool,
    grants: bool,
    wrong: Option<String>,
    secret: Option<String>,
}

impl Accounts {
    /// Whether the account holds the role.
    fn has(&self, account: &Account, role: &Role) -> bool {
        account.actor.is(*role)
    }
}

async fn accounts_page(
    house: &Shared,
    desk: Desk,
    shown: (Option<String>, Option<Problem>),
) -> Response {
    let (secret, problem) = shown;
    let list = blocking(house, |house| Ok(house.db.read(account::list)?)).await;
    let directory = house.directory();
    match list {
        Err(problem) => problem_page(house, desk.lang, &problem),
        Ok(list) => {
            let page = Accounts {
                accounts: list
                    .into_iter()
                    .map(|account| {
                        let unit = directory.unit(&account.actor.unit.0).to_owned();
                        (account, unit)
                    })
                    .collect(),
                units: directory
                    .units
                    .values()
                    .map(|unit| (unit.id.0.clone(), unit.name.clone()))
                    .collect(),
                roles: Role::OF_ACCOUNTS,
                opens: may(&desk, Act::ManageAccounts).is_ok(),
                grants: may(&desk, Act::GrantRoles).is_ok(),
                wrong: problem.as_ref().map(|problem| said(&desk, problem)),
                secret,
                p: Page::desk(house, desk, "/accounts"),
            };
            let status = problem.as_ref().map_or(200, Problem::status);
            with_status(StatusCode::from_u16(status).unwrap_or(StatusCode::OK), &page)
        }
    }
}

/// Accounts: opened by the system administrator, given roles by the security administrator.
pub async fn accounts(State(house): State<Shared>, desk: Desk) -> Response {
    if may(&desk, Act::ManageAccounts).or(may(&desk, Act::GrantRoles)).is_err() {
        return problem_page(
            &house,
            desk.lang,
            &Problem::Denied(casework::role::Denial::Separated),
        );
    }
    accounts_page(&house, desk, (None, None)).await
}

/// Opens an account with an initial password that must be changed; it has no role yet.
pub async fn record_account(State(house): State<Shared>, desk: Desk, request: Request) -> Response {
    let done = change(&house, &desk, request, |house, desk, posted| {
        may(desk, Act::ManageAccounts)?;
        let (login, name, unit) = (posted.text("login"), posted.text("name"), posted.text("unit"));
        if login.len() < 3
            || login.len() > 40
            || !login.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
        {
            return Err(invalid("login", "wrong-login"));
        }
        if name.is_empty() || name.chars().count() > 80 {
            return Err(invalid("name", "wrong-missing"));
        }
        if !house.directory().units.contains_key(&unit) {
            return Err(invalid("unit", "wrong-choice"));
        }
        let initial = initial_password(house);
        let account = Account {
            actor: Actor {
                account: AccountId(house.id()),
                name,
                unit: UnitId(unit),
                roles: Vec::new(),
            },
            login,
            password: password::hash(&initial, &house.random())?,
            must_change: true,
            failures: 0,
            locked_until: Instant(0),
            closed_on: None,
        };
        let (now, by) = (house.clock.now(), desk.login.clone());
        house.db.write(move |tx| {
            if account::find(tx, &account.login)?.is_some() {
                return Err(invalid("login", "wrong-taken"));
            }
            account::record(tx, &account)?;
            journal::record(tx, now, &by, "account-opened", (&account.login, ""))?;
            Ok::<_, Problem>(())
        })?;
        house.renew()?;
        Ok(initial)
    });
    match done.await {
        Ok(secret) => accounts_page(&house, desk, (Some(secret), None)).await,
        Err(problem) => accounts_page(&house, desk, (None, Some(problem))).await,
    }
}

/// Twenty characters that are easily told apart.
pub fn initial_password(house: &House) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    house
        .random::<20>()
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()))
        .map(|byte| char::from(*byte))
        .collect()
}

/// Gives or takes roles, unlocks, resets a password, closes; sessions of the account end.
pub async fn record_roles(State(house): State<Shared>, desk: Desk, request: Request) -> Response {
    let done = change(&house, &desk, request, |house, desk, posted| {
        may(desk, Act::GrantRoles)?;
        let login = posted.text("login");
        if login == desk.login {
            return Err(Problem::Denied(casework::role::Denial::Separated));
        }
        let words = posted.answers.values.get("role").cloned().unwrap_or_default();
        let roles: Vec<Role> = words.iter().filter_map(|word| Role::parse(word)).collect();
        if !compatible(&roles) {
            return Err(invalid("role", "wrong-roles"));
        }
        let reset = posted.text("reset") == "yes";
        let initial = reset.then(|| initial_password(house));
        let hash =
            initial.as_ref().map(|initial| password::hash(initial, &house.random())).transpose()?;
        let closes = (posted.text("closed") == "yes").then(|| house.moment().on.to_string());
        let (now, by) = (house.clock.now(), desk.login.clone());
        house.db.write(move |tx| {
            let mut account = account::find(tx, &login)?.ok_or(Problem::NotFound)?;
            account.actor.roles.clone_from(&roles);
            account.closed_on.clone_from(&closes);
            (account.failures, account.locked_until) = (0, Instant(0));
            if let Some(hash) = &hash {
                account.password.clone_from(hash);
                account.must_change = true;
            }
            account::record(tx, &account)?;
            account::close_sessions(tx, &account.actor.account)?;
            let held: Vec<&str> = roles.iter().map(|role| role.word()).collect();
            journal::record(tx, now, &by, "roles-granted", (&login, &held.join(" ")))?;
            Ok::<_, Problem>(())
        })?;
        Ok(initial)
    });
    match done.await {
        Ok(secret) => accounts_page(&house, desk, (secret, None)).await,
        Err(problem) => accounts_page(&house, desk, (None, Some(problem))).await,
    }
}

#[derive(Template)]
#[template(path = "token.html")]
struct TokenPage {
    p: Page,
    secret: String,
}

/// Issues an API token for oneself; it is shown once.
pub async fn issue_token(State(house): State<Shared>, desk: Desk, request: Request) -> Response {
    let done = change(&house, &desk, request, |house, desk, posted| {
        let secret = house.secret();
        let (token, now) = (digest(&secret), house.clock.now());
        let (id, login, label) =
            (desk.actor.account.clone(), desk.login.clone(), posted.text("label"));
        house.db.write(move |tx| {
            account::record_token(tx, &token, &id, &label, now)?;
            journal::record(tx, now, &login, "token-issued", (&login, &label))
        })?;
        Ok(secret)
    });
    match done.await {
        Ok(secret) => render(&TokenPage { p: Page::desk(&house, desk, ""), secret }),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

#[derive(Template)]
#[template(path = "calendar.html")]
struct CalendarPage {
    p: Page,
    notices: Vec<Notice>,
    may_change: bool,
    wrong: Option<String>,
}

async fn calendar_page(house: &Shared, desk: Desk, problem: Option<Problem>) -> Response {
    match blocking(house, |house| Ok(house.db.read(almanac::notices)?)).await {
        Err(problem) => problem_page(house, desk.lang, &problem),
        Ok(mut notices) => {
            notices.reverse();
            let page = CalendarPage {
                notices,
                may_change: may(&desk, Act::ManageCalendar).is_ok(),
                wrong: problem.as_ref().map(|problem| said(&desk, problem)),
                p: Page::desk(house, desk, "/calendar"),
            };
            let status = problem.as_ref().map_or(200, Problem::status);
            with_status(StatusCode::from_u16(status).unwrap_or(StatusCode::OK), &page)
        }
    }
}

/// The working calendar.
pub async fn calendar(State(house): State<Shared>, desk: Desk) -> Response {
    calendar_page(&house, desk, None).await
}

/// Publishes a year's notice and recomputes what runs, with a line in the journal.
pub async fn publish(State(house): State<Shared>, desk: Desk, request: Request) -> Response {
    let done = change(&house, &desk, request, |house, desk, posted| {
        may(desk, Act::ManageCalendar)?;
        let notice: Notice = serde_json::from_str(&posted.raw("notice"))
            .map_err(|_| invalid("notice", "wrong-notice"))?;
        if !(2000..=2199).contains(&notice.year)
            || notice.days.is_empty()
            || notice.days.len() > 200
        {
            return Err(invalid("notice", "wrong-notice"));
        }
        publish_notice(house, &desk.login, notice)
    });
    match done.await {
        Ok(()) => Redirect::to("/calendar").into_response(),
        Err(problem) => calendar_page(&house, desk, Some(problem)).await,
    }
}

/// Puts a notice in force and renews the due dates of all matters.
///
/// # Errors
/// The store failed.
pub fn publish_notice(house: &House, login: &str, notice: Notice) -> Result<(), Problem> {
    let (now, login) = (house.clock.now(), login.to_owned());
    let year = notice.year.to_string();
    house.db.write(move |tx| almanac::record_notice(tx, &notice))?;
    house.renew()?;
    let (statutes, calendar) = (house.statutes.clone(), house.calendar());
    house.db.write(move |tx| {
        let changed = store::matter::recompute(tx, (&statutes, &calendar))?;
        journal::record(tx, now, &login, "calendar-published", (&year, &changed.to_string()))
    })?;
    Ok(())
}

/// Where the journal's page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Before {
    before: String,
}

#[derive(Template)]
#[template(path = "journal.html")]
struct JournalPage {
    p: Page,
    lines: Vec<(String, journal::Line)>,
    next: Option<i64>,
}

/// The journal, for the audit administrator.
pub async fn journal(
    State(house): State<Shared>,
    desk: Desk,
    Query(ask): Query<Before>,
) -> Response {
    if let Err(problem) = may(&desk, Act::ReadJournal) {
        return problem_page(&house, desk.lang, &problem);
    }
    let before = ask.before.parse().ok();
    match blocking(&house, move |house| Ok(house.db.read(|tx| journal::list(tx, before, 100))?))
        .await
    {
        Err(problem) => problem_page(&house, desk.lang, &problem),
        Ok(lines) => render(&JournalPage {
            next: (lines.len() == 100).then(|| lines.last().map(|line| line.sequence)).flatten(),
            lines: lines
                .into_iter()
                .map(|line| {
                    (house.zone_time(line.at).strftime("%Y-%m-%d %H:%M:%S").to_string(), line)
                })
                .collect(),
            p: Page::desk(&house, desk, "/journal"),
        }),
    }
}
