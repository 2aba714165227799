//! The organisation through the API (机构接口): units, posts, places, calendar, accounts, journal.

use super::{Caller, Fault, answers, change, ok};
use crate::colleague::Colleague;
use crate::mailbox::Mailbox;
use crate::office::{OfficeAct, OfficeGiven};
use crate::problem::Problem;
use crate::see::{JournalAsked, journal as journal_page};
use crate::web::{Shared, blocking};
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::calendar::Schedule;
use casework::category::Category;
use casework::category::head::{HeadId, ProblemHead};
use casework::org::{Absence, AccountId, Level, Place, PostId, Role, UnitId, UnitKind};
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use store::journal::Event;
use store::{account, almanac};

/// A unit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Unit")]
pub(super) struct UnitShown {
    #[schemars(example = &"agri")]
    id: UnitId,
    name: String,
    short: String,
    kind: UnitKind,
    place: Place,
    parent: Option<UnitId>,
    /// The organ of the same line one level up, which may review what the unit answers.
    guided_by: Option<UnitId>,
    phone: String,
    address: String,
}

/// Units.
#[derive(Serialize, JsonSchema)]
pub(super) struct Units {
    units: Vec<UnitShown>,
}

/// Units, each with the one it belongs to.
pub async fn units(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let unit = |unit: &casework::org::Unit| {
        let unit = unit.clone();
        UnitShown {
            id: unit.id,
            name: unit.name,
            short: unit.short,
            kind: unit.kind,
            place: unit.place,
            parent: unit.parent,
            guided_by: unit.guided_by,
            phone: unit.phone,
            address: unit.address,
        }
    };
    ok(&Units { units: directory.units.values().map(unit).collect() })
}

/// A post.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Post")]
pub(super) struct PostShown {
    id: PostId,
    unit: UnitId,
    name: String,
    /// By which posts are listed.
    rank: u32,
}

/// Posts.
#[derive(Serialize, JsonSchema)]
pub(super) struct Posts {
    posts: Vec<PostShown>,
}

/// Posts.
pub async fn posts(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let post = |post: &casework::org::Post| {
        let casework::org::Post { id, unit, name, rank } = post.clone();
        PostShown { id, unit, name, rank }
    };
    ok(&Posts { posts: directory.posts.values().map(post).collect() })
}

/// A place.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Jurisdiction")]
pub(super) struct PlaceShown {
    #[schemars(example = &"539921101")]
    code: Place,
    name: String,
    level: Level,
    parent: Option<Place>,
}

/// Places.
#[derive(Serialize, JsonSchema)]
pub(super) struct Places {
    places: Vec<PlaceShown>,
}

/// Places.
pub async fn places(State(house): State<Shared>, _: Caller) -> Response {
    let directory = house.directory();
    let place = |place: &casework::org::Jurisdiction| {
        let casework::org::Jurisdiction { code, name, level, parent } = place.clone();
        PlaceShown { code, name, level, parent }
    };
    ok(&Places { places: directory.places.values().map(place).collect() })
}

/// The classification in force on a day.
#[derive(Serialize, JsonSchema)]
pub(super) struct Categories {
    on: Date,
    categories: Vec<Category>,
    /// The problem heads, in the order of the report.
    heads: Vec<HeadShown>,
}

/// A problem head and what is under it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProblemHead")]
struct HeadShown {
    head: HeadId,
    name: String,
    categories: Vec<Category>,
}

/// The classification and the problem heads in force today.
pub async fn categories(State(house): State<Shared>, _: Caller) -> Response {
    let on = house.moment().on;
    let directory = house.directory();
    let shown =
        |one: ProblemHead| HeadShown { head: one.id, name: one.name, categories: one.categories };
    let heads = directory.problem_heads(on).into_iter().map(shown).collect();
    ok(&Categories { on, categories: directory.categories(on), heads })
}

/// The calendar's schedules.
#[derive(Serialize, JsonSchema)]
pub(super) struct Schedules {
    schedules: Vec<Schedule>,
}

/// The calendar's schedules.
pub async fn schedules(State(house): State<Shared>, _: Caller) -> Result<Response, Fault> {
    let schedules = blocking(&house, |house| Ok(house.db.read(almanac::schedules)?)).await?;
    Ok(ok(&Schedules { schedules }))
}

/// An account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub(super) struct AccountShown {
    login: String,
    name: String,
    unit: UnitId,
    post: Option<PostId>,
    roles: Vec<Role>,
    /// Whether its password must be changed at the next sign-in.
    must_change: bool,
    closed_on: Option<String>,
}

/// Accounts.
#[derive(Serialize, JsonSchema)]
pub(super) struct Accounts {
    accounts: Vec<AccountShown>,
}

/// Accounts, for the system and the security administrator.
pub async fn accounts(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    caller.may(Act::ManageAccounts).or(caller.may(Act::GrantRoles))?;
    let found = blocking(&house, |house| Ok(house.db.read(account::list)?)).await?;
    let one = |account: account::Account| AccountShown {
        login: account.actor.login,
        name: account.actor.name,
        unit: account.actor.unit,
        post: account.post,
        roles: account.actor.roles,
        must_change: account.must_change,
        closed_on: account.closed_on,
    };
    Ok(ok(&Accounts { accounts: found.into_iter().map(one).collect() }))
}

/// Days on which somebody is away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Absence")]
pub(super) struct AbsenceShown {
    /// By which it is ended.
    id: String,
    from: Date,
    until: Date,
    /// Who stands in.
    deputy: AccountId,
}

/// Somebody of one's own unit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Colleague")]
pub(super) struct ColleagueShown {
    account: AccountId,
    name: String,
    roles: Vec<Role>,
    /// How many open matters they have in hand.
    in_hand: i64,
    away: Vec<AbsenceShown>,
}

/// The people of one's own unit.
#[derive(Serialize, JsonSchema)]
pub(super) struct Colleagues {
    colleagues: Vec<ColleagueShown>,
}

/// The people of one's own unit.
pub async fn colleagues(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    let actor = caller.actor;
    let found = blocking(&house, move |house| crate::colleague::colleagues(house, &actor)).await?;
    let absence = |away: Absence| AbsenceShown {
        id: away.id,
        from: away.from,
        until: away.until,
        deputy: away.deputy,
    };
    let one = |one: Colleague| ColleagueShown {
        account: one.account,
        name: one.name,
        roles: one.roles,
        in_hand: one.in_hand,
        away: one.away.into_iter().map(absence).collect(),
    };
    Ok(ok(&Colleagues { colleagues: found.into_iter().map(one).collect() }))
}

/// A leader, and how their mailbox stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Mailbox")]
pub(super) struct MailboxShown {
    leader: AccountId,
    /// Post and name.
    titled: String,
    /// Whether everybody may write to it.
    open: bool,
    /// How many of its letters are not concluded.
    letters: i64,
}

/// The leaders' mailboxes.
#[derive(Serialize, JsonSchema)]
pub(super) struct Mailboxes {
    mailboxes: Vec<MailboxShown>,
}

/// The leaders' mailboxes.
pub async fn mailboxes(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    let actor = caller.actor;
    let found = blocking(&house, move |house| crate::mailbox::mailboxes(house, &actor)).await?;
    let one = |Mailbox { leader, titled, open, letters, .. }| MailboxShown {
        leader,
        titled,
        open,
        letters,
    };
    Ok(ok(&Mailboxes { mailboxes: found.into_iter().map(one).collect() }))
}

/// One of one's own tokens.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Token")]
pub(super) struct TokenShown {
    /// By which it is withdrawn; it opens nothing.
    token: String,
    label: String,
    /// UTC, in milliseconds since 1970.
    created_at: i64,
}

/// One's own tokens.
#[derive(Serialize, JsonSchema)]
pub(super) struct Tokens {
    tokens: Vec<TokenShown>,
}

/// One's own tokens.
pub async fn tokens(State(house): State<Shared>, caller: Caller) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| {
        Ok(house.db.read(|tx| account::tokens(tx, &caller.actor.account))?)
    })
    .await?;
    let one = |token: account::Token| TokenShown {
        token: token.token,
        label: token.label,
        created_at: token.created_at.0,
    };
    Ok(ok(&Tokens { tokens: found.into_iter().map(one).collect() }))
}

/// A line of the journal.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalLine")]
pub(super) struct JournalLineShown {
    sequence: i64,
    /// UTC, in milliseconds since 1970.
    at: i64,
    /// A login, or `portal`.
    actor: String,
    kind: Event,
    subject: String,
    body: String,
}

/// A page of the journal.
#[derive(Serialize, JsonSchema)]
pub(super) struct Journal {
    lines: Vec<JournalLineShown>,
    /// Where the next page begins, if there is one.
    before: Option<i64>,
}

/// What an act on the office left.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Done")]
pub(super) struct DoneShown {
    done: bool,
    /// Shown once: an initial password or a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// How many records it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

/// The journal, newest first, for the audit administrator.
pub async fn journal(
    State(house): State<Shared>,
    caller: Caller,
    Query(asked): Query<JournalAsked>,
) -> Result<Response, Fault> {
    let found = blocking(&house, move |house| journal_page(house, &caller.actor, &asked)).await?;
    let one = |line: store::journal::JournalLine| JournalLineShown {
        sequence: line.sequence,
        at: line.at.0,
        actor: line.actor,
        kind: line.event,
        subject: line.subject,
        body: line.body,
    };
    let lines = found.lines.into_iter().map(one).collect();
    Ok(ok(&Journal { lines, before: found.next }))
}

/// Does an act on the office.
pub async fn act_on(
    State(house): State<Shared>,
    caller: Caller,
    Path(word): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    change(&house, caller, &headers, body, move |house, by, body| {
        let act = OfficeAct::find(&word).ok_or(Problem::NotFound)?;
        role::allow(&by.actor, act.act, Thing::Office).map_err(Problem::Denied)?;
        let answers = answers(house, body, &act.fields())?;
        let (secret, count) = match act.read(&answers, &house.directory())?.run(house, by)? {
            OfficeGiven::Nothing => (None, None),
            OfficeGiven::Secret(secret) => (Some(secret), None),
            OfficeGiven::Count(count) => (None, Some(count)),
        };
        Ok(DoneShown { done: true, secret, count })
    })
    .await
}
