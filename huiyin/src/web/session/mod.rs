//! Signing in and out (登录), and one's own page: the password and the API tokens.

use crate::act::Name;
use crate::house::House;
use crate::locale::Lang;
use crate::problem::Problem;
use crate::session::{self, NewPassword, SignedIn};
use crate::web::door::{Address, Knock};
use crate::web::form::{Sent, read};
use crate::web::page::{Page, cookie, lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use casework::org::Actor;
use store::account::{self, Token};

const COOKIE: &str = "huiyin";
/// A browser takes a cookie of such a name over TLS alone, from this host alone.
const SECURE_COOKIE: &str = "__Host-huiyin";

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
    let found = session::find(house, secret)?;
    Ok(found.map(|SignedIn { actor, csrf, must_change, token }| Desk {
        actor,
        csrf,
        lang,
        token,
        must_change,
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
    let (login, typed) = (posted.of(Name::Login), posted.raw("password"));
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

/// Opens a session from an address; who tried too often from there is turned away before any work is done for them.
fn open(house: &House, from: Address, login: &str, typed: &str) -> Result<String, Problem> {
    from.ask(house, Knock::SignIn)?;
    let opened = session::open(house, login, typed);
    if matches!(opened, Err(Problem::SignIn)) {
        from.knock(house, Knock::SignIn)?;
    }
    opened
}

/// Signs out.
pub async fn sign_out(State(house): State<Shared>, Sent { desk, .. }: Sent) -> Response {
    let token = desk.token.clone();
    match blocking(&house, move |house| session::close(house, token)).await {
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
    let actor = desk.actor.clone();
    let (old, new, again) = (posted.raw("old"), posted.raw("new"), posted.raw("again"));
    let asked = NewPassword { old, new, again };
    match blocking(&house, move |house| session::change(house, &actor, &asked)).await {
        Ok(None) => Redirect::to("/sign-in").into_response(),
        Ok(Some(wrong)) => {
            let wrong = Some(desk.lang.t(wrong.word()));
            own_page(&house, desk, StatusCode::UNPROCESSABLE_ENTITY, wrong).await
        }
        Err(problem) => problem_page(&house, desk.lang, &problem),
    }
}
