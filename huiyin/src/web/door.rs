//! Who knocks, and how often (访问限额): the address that a request comes from, and how much anybody without an
//! account may send from one address. What stands here keeps the portal open for everybody else; who is over it is
//! told so and loses nothing that was typed.

use crate::act::Name;
use crate::house::House;
use crate::problem::{FieldError, Problem, Wrong};
use crate::web::form::{Posted, Received};
use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::Response;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use store::setting::{TryLimit, count, used_up, within};
use store::vault::Blind;

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// What somebody without an account does, with its limit by address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knock {
    /// Hands something in: a petition, material, a request, a rating.
    Write,
    /// Takes a place on a reception day.
    Book,
    /// Looks up where a petition or a place stands.
    LookUp,
    /// Tries a password that does not fit.
    SignIn,
}

impl Knock {
    fn word(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Book => "book",
            Self::LookUp => "look",
            Self::SignIn => "sign-in",
        }
    }

    /// Wide enough for a village's only line, narrow enough that one machine can't flood a register.
    pub fn limit(self) -> TryLimit {
        match self {
            Self::Write => TryLimit { most: 60, span: HOUR },
            Self::Book => TryLimit { most: 20, span: HOUR },
            Self::LookUp => TryLimit { most: 200, span: 10 * MINUTE },
            Self::SignIn => TryLimit { most: 40, span: 10 * MINUTE },
        }
    }
}

/// How many bytes of files anybody may send from one address in an hour without an account.
const MOST_FILES: TryLimit = TryLimit { most: 200 * 1024 * 1024, span: HOUR };

/// Where a request comes from (来源地址). Kept nowhere but as a keyed hash in a count that is forgotten when its
/// span is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(IpAddr);

impl Address {
    /// The address of a request: its peer's, or what a trusted proxy says. A peer on this machine is trusted, since
    /// nobody else can come from there.
    pub fn of(house: &House, peer: Option<IpAddr>, forwarded: Option<&str>) -> Self {
        let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::LOCALHOST)).to_canonical();
        let trusted = |one: &IpAddr| one.is_loopback() || house.trusted_proxies.contains(one);
        if !trusted(&peer) {
            return Self(peer);
        }
        // The last proxy writes last: the first address from the end that is no proxy of ours is the sender's.
        let hops = forwarded.unwrap_or_default().rsplit(',');
        let mut hops = hops.filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
        Self(hops.find(|hop| !trusted(hop)).map_or(peer, |hop| hop.to_canonical()))
    }

    /// The bucket of a kind of knock: of IPv6 the network, since a house has many addresses.
    fn bucket(self, house: &House, word: &str) -> Result<String, Problem> {
        let from = match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
            }
        };
        let keyed = house.vault.blind(Blind::Query, &format!("address|{from}"))?;
        Ok(format!("{word}:{keyed}"))
    }

    /// Counts a knock.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when there were too many from here.
    pub fn knock(self, house: &House, knock: Knock) -> Result<(), Problem> {
        let (bucket, now) = (self.bucket(house, knock.word())?, house.clock.now());
        let fits = house.db.write(move |tx| within(tx, &bucket, knock.limit(), now))?;
        if fits { Ok(()) } else { Err(Problem::TooMany) }
    }

    /// Whether the limit of a knock is used up, without counting.
    ///
    /// # Errors
    /// [`Problem::TooMany`].
    pub fn ask(self, house: &House, knock: Knock) -> Result<(), Problem> {
        let (bucket, now) = (self.bucket(house, knock.word())?, house.clock.now());
        let used = house.db.read(|tx| used_up(tx, &bucket, knock.limit(), now))?;
        if used { Err(Problem::TooMany) } else { Ok(()) }
    }

    /// Counts bytes of files.
    ///
    /// # Errors
    /// As [`Self::knock`].
    pub fn bring(self, house: &House, bytes: u64) -> Result<(), Problem> {
        let (bucket, now) = (self.bucket(house, "files")?, house.clock.now());
        let weight = i64::try_from(bytes).unwrap_or(i64::MAX);
        let fits = house.db.write(move |tx| count(tx, &bucket, weight, MOST_FILES, now))?;
        if fits { Ok(()) } else { Err(Problem::TooMany) }
    }
}

/// Keeps the files of a form from the street, where the form takes any; when too many came from here, the form comes
/// back without them, and nothing that was typed is lost.
///
/// # Errors
/// As [`Received::keep`].
pub async fn keep_from(
    house: &super::Shared,
    from: Address,
    received: Received,
    takes: bool,
) -> Result<Posted, Problem> {
    let size = received.size();
    if !takes {
        return received.without_files();
    }
    if size == 0 {
        return received.keep(house).await;
    }
    match super::blocking(house, move |house| from.bring(house, size)).await {
        Ok(()) => received.keep(house).await,
        Err(Problem::TooMany) => {
            let mut posted = received.posted;
            posted.errors.push(FieldError::new(Name::Files, Wrong::FilesTooMany));
            Ok(posted)
        }
        Err(problem) => Err(problem),
    }
}

/// The peer of a request and what proxies in front say of it: their lines as one, since some write a line of their own.
fn source(parts: &Parts) -> (Option<IpAddr>, String) {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let lines = parts.headers.get_all("x-forwarded-for").iter();
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    (peer.map(|ConnectInfo(peer)| peer.ip()), lines.join(","))
}

impl FromRequestParts<super::Shared> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        house: &super::Shared,
    ) -> Result<Self, Infallible> {
        let (peer, forwarded) = source(parts);
        Ok(Self::of(house, peer, Some(&forwarded)))
    }
}

/// Why a request can't be one of ours at all, whatever it asks for; none of these reaches a page.
pub fn malformed(request: &Request) -> bool {
    // A zero byte fits into no text of the record, on any engine.
    let uri = request.uri();
    let texts = [Some(uri.path()), uri.query()];
    texts.into_iter().flatten().any(|text| text.contains("%00") || text.contains('\0'))
}

/// What the framework refused in words of its own before any page saw it: an address or a body that can't be read.
/// No page of ours refuses with bare text.
pub fn unread(response: &Response) -> Option<Problem> {
    let media = response.headers().get(header::CONTENT_TYPE)?;
    let bare = media.as_bytes().starts_with(b"text/plain") && response.status().is_client_error();
    bare.then(|| match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Invalid(vec![FieldError::new("", Wrong::Address)]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_proxies_is_read() {
        let request = Request::builder()
            .header("x-forwarded-for", "198.51.100.1")
            .header("x-forwarded-for", "203.0.113.7")
            .body(())
            .expect("a request");
        let (parts, ()) = request.into_parts();
        assert_eq!(
            source(&parts).1,
            "198.51.100.1,203.0.113.7",
            "what the sender wrote stands first"
        );
    }

    #[test]
    fn a_proxy_speaks_for_others_only_if_it_is_ours() {
        let folder = tempfile::TempDir::new().expect("folder");
        let db = store::Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite");
        let mut house = crate::demo::county(db, folder.path(), &[1; 32]).expect("county");
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let of = |house: &House, peer: &str, forwarded: &str| {
            Address::of(house, Some(ip(peer)), Some(forwarded)).0
        };
        assert_eq!(
            of(&house, "203.0.113.9", "198.51.100.1"),
            ip("203.0.113.9"),
            "nobody is believed"
        );
        assert_eq!(of(&house, "127.0.0.1", "198.51.100.1, 203.0.113.7"), ip("203.0.113.7"));
        house.trusted_proxies.push(ip("10.0.0.5"));
        assert_eq!(of(&house, "10.0.0.5", "198.51.100.1, 10.0.0.5"), ip("198.51.100.1"));
        assert_eq!(of(&house, "10.0.0.5", "nonsense"), ip("10.0.0.5"));
    }
}
