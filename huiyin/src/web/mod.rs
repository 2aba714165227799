//! The web (网页): desk, portal and API, all over the same acts and reads.

pub mod account;
pub mod act;
pub mod almanac;
pub mod api;
pub mod colleague;
pub mod desk;
pub mod door;
pub mod duty;
pub mod enquiry;
pub mod field;
pub mod form;
pub mod import;
pub mod intake;
pub mod job;
pub mod journal;
pub mod look_up;
pub mod mailbox;
pub mod matter;
pub mod office;
pub mod org;
pub mod page;
pub mod paper;
pub mod portal;
pub mod report;
pub mod seal;
pub mod session;

use crate::house::House;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;
use std::time::Duration;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// What every handler gets.
pub type Shared = Arc<House>;

/// For how long a body may say nothing before it is cut off.
const MOST_SILENCE: Duration = Duration::from_secs(30);

/// The largest body taken: a form with a few scans.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// All pages and the API.
pub fn router(house: Shared) -> Router {
    let fold = |router: Router<Shared>, (at, routes): (&str, MethodRouter<Shared>)| {
        router.route(at, routes)
    };
    let api = api::routes()
        .into_iter()
        .fold(Router::new(), fold)
        .fallback(api::nowhere)
        .method_not_allowed_fallback(api::nowhere)
        .layer(middleware::from_fn(api::in_json))
        .layer(DefaultBodyLimit::max(api::MOST_JSON));
    portal::routes()
        .into_iter()
        .chain(desk_routes())
        .fold(Router::new(), fold)
        .nest("/api/v1", api)
        .route("/static/huiyin.css", get(stylesheet))
        .route("/static/huiyin.js", get(script))
        .fallback(page::not_found)
        .method_not_allowed_fallback(page::only_sent)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn_with_state(house.clone(), guard))
        .layer(RequestBodyTimeoutLayer::new(MOST_SILENCE))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
        .with_state(house)
}

/// The desk's addresses, as a table, so that a test can walk through all of them.
pub fn desk_routes() -> Vec<(&'static str, MethodRouter<Shared>)> {
    vec![
        ("/sign-in", get(session::page).post(session::sign_in)),
        ("/sign-out", post(session::sign_out)),
        ("/password", get(session::password_page).post(session::password)),
        ("/desk", get(desk::queue)),
        ("/matters", get(desk::list)),
        ("/matters.xlsx", get(desk::export)),
        ("/search", get(desk::search)),
        ("/enquiry", get(enquiry::page).post(enquiry::post)),
        ("/register", get(intake::page).post(intake::post)),
        ("/register/likely", post(intake::panel)),
        ("/matters/{id}", get(matter::page)),
        ("/matters/{id}/break-seal", post(matter::unseal_once)),
        ("/matters/{id}/unmask", post(matter::unmask)),
        ("/matters/{id}/unjoin", post(matter::unjoin)),
        ("/matters/{id}/merge", get(matter::merge::page).post(matter::merge::post)),
        ("/matters/{id}/code", post(matter::code)),
        ("/matters/{id}/files/{hash}", get(matter::file)),
        ("/matters/{id}/papers/{which}", get(paper::page)),
        ("/matters/{id}/{act}", get(act::form).post(act::post)),
        ("/report", get(report::page)),
        ("/report.md", get(report::markdown)),
        ("/figures/{key}", get(report::figure)),
        ("/import", get(import::page).post(import::post)),
        ("/organisation", get(org::page)),
        ("/accounts", get(account::page)),
        ("/colleagues", get(colleague::page)),
        ("/mailboxes", get(mailbox::page)),
        ("/calendar", get(almanac::calendar)),
        ("/categories", get(almanac::categories)),
        ("/office/{act}", get(office::form).post(office::post)),
        ("/duty", get(duty::index)),
        ("/duty/{noun}", get(duty::list)),
        ("/duty/{noun}/{id}", get(duty::record)),
        ("/duty/{noun}/{id}/unmask", post(duty::unmask)),
        ("/duty/{noun}/{id}/files/{hash}", get(duty::file)),
        ("/duty/{noun}/{id}/{act}", get(duty::act::form).post(duty::act::post)),
        ("/board", get(duty::leader::board)),
        ("/leader", get(duty::leader::page)),
        ("/journal", get(journal::page)),
        ("/jobs", get(job::page)),
        ("/seals", get(seal::page)),
    ]
}

/// Runs blocking work away from the threads that answer requests.
///
/// # Errors
/// What the work says; a panic inside of it is a machine failure.
pub async fn blocking<T, F>(house: &Shared, work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
{
    let house = house.clone();
    tokio::task::spawn_blocking(move || work(&house))
        .await
        .unwrap_or_else(|_| Err(store::Error::Engine("the work broke off".to_owned()).into()))
}

/// Headers for every answer, and no foreign form gets in.
async fn guard(State(house): State<Shared>, request: Request, next: Next) -> Response {
    let lang = page::lang_of(request.headers());
    let mut response = if door::malformed(&request) {
        page::problem_page(&house, lang, &form::unreadable())
    } else if !request.method().is_safe() && foreign(&request) {
        page::problem_page(&house, lang, &Problem::Forged)
    } else {
        let response = next.run(request).await;
        match door::unread(&response) {
            Some(problem) => page::problem_page(&house, lang, &problem),
            None => response,
        }
    };
    // When to come again: when another database may have taken over; after a span of tries for who was too many.
    let again = match response.status() {
        StatusCode::SERVICE_UNAVAILABLE => Some("5"),
        StatusCode::TOO_MANY_REQUESTS => Some("600"),
        _ => None,
    };
    let headers = response.headers_mut();
    if let Some(seconds) = again {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    }
    let policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                  connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Whether a browser says that the request comes from another site.
fn foreign(request: &Request) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split("://").nth(1) != Some(host),
        _ => false,
    }
}

async fn stylesheet() -> Response {
    file("text/css; charset=utf-8", include_str!("../../static/huiyin.css"))
}

async fn script() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../../static/huiyin.js"))
}

fn file(media: &'static str, content: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "public, max-age=3600")];
    (StatusCode::OK, headers, content).into_response()
}
