//! Signing in (登录): server-side sessions, lock-out with back-off, idle time-out, first password.

use crate::account::IDLE_MILLIS;
use crate::house::House;
use crate::locale::Lang;
use crate::password;
use crate::password::digest;
use crate::problem::{Problem, Wrong};
use crate::web::door::{Address, Knock};
use crate::web::form::{Posted, Sent, read};
use crate::web::page::{Page, cookie, lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use casework::moment::Instant;
use casework::org::Actor;
use store::account::{self, Token};
use store::journal;
use store::journal::{Event, Note};

const COOKIE: &str = "huiyin";
/// A browser takes a cookie of such a name over TLS alone, from this host alone.
const SECURE_COOKIE: &str = "__Host-huiyin";
/// A session is noted as in use at most this often, so that reading does not write all the time.
const TOUCH_MILLIS: i64 = 60 * 1000;
const FREE_FAILURES: i64 = 4;
const MOST_LOCK_MILLIS: i64 = 30 * 60 * 1000;

/// Somebody at the desk.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Who.
    pub actor: Actor,
    /// The session's form token.
    pub csrf: String,
    /// Language.
    pub lang: Lang,
    token: String,
    must_change: bool,
}

/// Whoever is not signed in is sent to sign in; whoever has an initial password, to change it.
impl FromRequestParts<Shared> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &Shared) -> Result<Self, Response> {
        let lang = lang_of(&parts.headers);
        let found = match cookie(&parts.headers, cookie_name(house)) {
            Some(secret) => blocking(house, move |house| find(house, &secret, lang)).await,
            None => Ok(None),
        };
        match found {
            Ok(Some(desk)) if desk.must_change && parts.uri.path() != "/password" => {
                Err(Redirect::to("/password").into_response())
            }
            Ok(Some(desk)) => Ok(desk),
            Ok(None) => Err(Redirect::to("/sign-in").into_response()),
            Err(problem) => Err(problem_page(house, lang, &problem)),
        }
    }
}

fn find(house: &House, secret: &str, lang: Lang) -> Result<Option<Desk>, Problem> {
    let token = digest(secret);
    let now = house.clock.now();
    let Some(session) = house.db.read(|tx| account::session(tx, &token))? else { return Ok(None) };
    let idle = now.0 - session.seen_at.0;
    if idle > IDLE_MILLIS {
        house.db.write(move |tx| account::close_session(tx, &token))?;
        return Ok(None);
    }
    if idle > TOUCH_MILLIS {
        let token = token.clone();
        house.db.write(move |tx| account::touch_session(tx, &token, now))?;
    }
    Ok(Some(Desk {
        actor: session.account.actor,
        csrf: session.csrf,
        lang,
        token,
        must_change: session.account.must_change,
    }))
}

#[derive(Template)]
#[template(path = "session/sign_in.html")]
struct SignIn {
    p: Page,
    login: String,
    wrong: Option<String>,
}

/// The sign-in page.
pub async fn page(State(house): State<Shared>, headers: HeaderMap) -> Response {
    let p = Page::public(&house, lang_of(&headers));
    render(&SignIn { p, login: String::new(), wrong: None })
}

/// Signs in.
pub async fn sign_in(State(house): State<Shared>, from: Address, request: Request) -> Response {
    let lang = lang_of(request.headers());
    let posted = match read(&house, request).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (login, typed) = (posted.text("login"), posted.raw("password"));
    let name = login.clone();
    match blocking(&house, move |house| open(house, from, &name, &typed)).await {
        Ok(secret) => {
            let (name, secure) = (cookie_name(&house), secure(&house));
            let cookie = format!("{name}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}");
            ([(header::SET_COOKIE, cookie)], Redirect::to("/desk")).into_response()
        }
        Err(Problem::SignIn) => {
            let wrong = Some(lang.t("sign-in-wrong"));
            with_status(
                StatusCode::UNAUTHORIZED,
                &SignIn { p: Page::public(&house, lang), login, wrong },
            )
        }
        Err(Problem::TooMany) => {
            let wrong = Some(lang.t("sign-in-locked"));
            with_status(
                StatusCode::TOO_MANY_REQUESTS,
                &SignIn { p: Page::public(&house, lang), login, wrong },
            )
        }
        Err(problem) => problem_page(&house, lang, &problem),
    }
}

fn cookie_name(house: &House) -> &'static str {
    if house.demonstration { COOKIE } else { SECURE_COOKIE }
}

/// Over plain HTTP on loopback a `Secure` cookie would be lost; everywhere else it is set.
pub(super) fn secure(house: &House) -> &'static str {
    if house.demonstration { "" } else { "; Secure" }
}

/// Checks the password; returns the session's secret. The try is counted before the password is
/// looked at, so that many tries at once are not each the first.
fn open(house: &House, from: Address, login: &str, typed: &str) -> Result<String, Problem> {
    // The same work is done whether or not the login exists, so that the time tells nothing.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA\
                          $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    // Who tried too often from one address is turned away before any work is done for them.
    from.ask(house, Knock::SignIn)?;
    let now = house.clock.now();
    let name = login.to_owned();
    let found = house.db.write(move |tx| {
        let tries = account::count_try(tx, &name, now)?;
        match (account::find(tx, &name)?, tries) {
            (None, _) => Ok(None),
            (Some(_), None) => Err(Problem::TooMany),
            (Some(account), Some(tries)) => {
                let until = Instant(now.0 + lock_millis(tries));
                account::lock(tx, &account.actor.account, until)?;
                Ok(Some(account))
            }
        }
    })?;
    let hash = found.as_ref().map_or(NOBODY, |account| account.password.as_str());
    let fits = password::fits(typed, hash)?;
    let Some(found) = found.filter(|account| account.closed_on.is_none()) else {
        from.knock(house, Knock::SignIn)?;
        return Err(Problem::SignIn);
    };
    let Actor { account: id, login, .. } = found.actor;
    if !fits {
        from.knock(house, Knock::SignIn)?;
        house.write_down(Note::new(now, &login, Event::SignInFailed).on(&login))?;
        return Err(Problem::SignIn);
    }
    let (secret, csrf) = (house.secret(), house.secret());
    let token = digest(&secret);
    house.db.write(move |tx| {
        account::open_session(tx, &token, &id, &csrf, now)?;
        journal::record(tx, &Note::new(now, &login, Event::SignedIn).on(&login))
    })?;
    Ok(secret)
}

/// Nothing for the first failures, then a minute, two, four… up to half an hour.
fn lock_millis(failures: i64) -> i64 {
    let over = failures - FREE_FAILURES;
    if over <= 0 { 0 } else { (60_000i64 << (over - 1).min(10)).min(MOST_LOCK_MILLIS) }
}

/// Signs out.
pub async fn sign_out(State(house): State<Shared>, Sent { desk, .. }: Sent) -> Response {
    let token = desk.token.clone();
    let done = blocking(&house, move |house| {
        Ok(house.db.write(move |tx| account::close_session(tx, &token))?)
    });
    match done.await {
        Ok(()) => Redirect::to("/sign-in").into_response(),
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

#[derive(Template)]
#[template(path = "session/password.html")]
struct PasswordPage {
    p: Page,
    first: bool,
    wrong: Option<String>,
    tokens: Vec<(Token, String)>,
}

async fn own_page(
    house: &Shared,
    desk: Desk,
    status: StatusCode,
    wrong: Option<String>,
) -> Response {
    let id = desk.actor.account.clone();
    let tokens = blocking(house, move |house| {
        let tokens = house.db.read(|tx| account::tokens(tx, &id))?;
        let day = |token: &Token| desk.lang.date(house.date_of(token.created_at));
        Ok(tokens.into_iter().map(|token| (token.clone(), day(&token))).collect())
    });
    match tokens.await {
        Err(problem) => problem_page(house, desk.lang, &problem),
        Ok(tokens) => {
            let first = desk.must_change;
            let page = PasswordPage { first, wrong, tokens, p: Page::desk(house, desk, "") };
            with_status(status, &page)
        }
    }
}

/// One's own page: the password and the API tokens.
pub async fn password_page(State(house): State<Shared>, desk: Desk) -> Response {
    own_page(&house, desk, StatusCode::OK, None).await
}

/// Changes one's password; other sessions of the account end.
pub async fn password(State(house): State<Shared>, Sent { desk, posted }: Sent) -> Response {
    let user = desk.clone();
    match blocking(&house, move |house| change(house, &user, &posted)).await {
        Ok(None) => Redirect::to("/sign-in").into_response(),
        Ok(Some(wrong)) => {
            let wrong = Some(desk.lang.t(wrong.word()));
            own_page(&house, desk, StatusCode::UNPROCESSABLE_ENTITY, wrong).await
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}

fn change(house: &House, desk: &Desk, posted: &Posted) -> Result<Option<Wrong>, Problem> {
    let (old, new) = (posted.raw("old"), posted.raw("new"));
    let login = desk.actor.login.clone();
    let Some(mut account) = house.db.read(|tx| account::find(tx, &login))? else {
        return Err(Problem::NotFound);
    };
    if !password::fits(&old, &account.password)? {
        return Ok(Some(Wrong::PasswordOld));
    }
    if new != posted.raw("again") {
        return Ok(Some(Wrong::PasswordAgain));
    }
    if new == old {
        return Ok(Some(Wrong::PasswordSame));
    }
    if let Some(lacks) = password::lacks(&new, &login) {
        return Ok(Some(lacks));
    }
    account.password = password::hash(&new, &house.random())?;
    account.must_change = false;
    let now = house.clock.now();
    house.db.write(move |tx| {
        account::record(tx, &account, now, &login)?;
        account::close_sessions(tx, &account.actor.account)?;
        journal::record(tx, &Note::new(now, &login, Event::PasswordChanged).on(&login))
    })?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    #[test]
    fn locks_grow_and_stop_growing() {
        let minutes: Vec<i64> = [1, 4, 5, 6, 7, 20].map(|n| super::lock_millis(n) / 60_000).into();
        assert_eq!(minutes, [0, 0, 1, 2, 4, 30]);
    }
}
