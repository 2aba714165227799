//! Serving (对外服务): connections are counted and timed, so that nobody keeps the office from everybody else by
//! holding them open.

use crate::house::House;
use crate::problem::Problem;
use crate::web;
use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::ConnectInfo;
use axum::http::{Request, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt;

/// How long a connection may take to send the head of a request, or wait between two.
const HEAD: Duration = Duration::from_secs(15);
/// How long connections may go on after the program was told to stop.
const GRACE: Duration = Duration::from_secs(20);
/// How many files the program needs beside its connections: the database, attachments, the terminal.
const OWN_FILES: usize = 150;

/// How many connections are open at once (连接数上限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// In all; more wait until one ends.
    pub most: usize,
    /// From one address; more are closed at once. A proxy in front is not counted.
    pub each: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Self { most: 800, each: 64 }
    }
}

impl Connections {
    /// As many as the machine lets this process hold open, and no more than these.
    #[must_use]
    pub fn fitting(self) -> Self {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let files = limits.lines().find(|line| line.starts_with("Max open files"));
        let soft = files.and_then(|line| line.split_whitespace().nth(3)?.parse::<usize>().ok());
        let most = soft.map_or(self.most, |soft| soft.saturating_sub(OWN_FILES).max(1));
        if most < self.most {
            tracing::warn!(most, "fewer connections than wished: raise the limit of open files");
        }
        Self { most: self.most.min(most), ..self }
    }
}

/// Connections by address.
type Open = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// One of an address's connections; it is counted until it is dropped.
struct Slot {
    open: Open,
    address: IpAddr,
    _permit: OwnedSemaphorePermit,
}

impl Slot {
    /// A place for a connection, if its address has one left.
    fn take(
        open: &Open,
        address: IpAddr,
        each: Option<usize>,
        permit: OwnedSemaphorePermit,
    ) -> Option<Self> {
        let mut counts = open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if each.is_some_and(|each| *count >= each) {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Self { open: open.clone(), address, _permit: permit })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut counts = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// Serves the house on a listener until `stop` ends; what is under way may finish.
///
/// # Errors
/// The listener failed.
pub async fn run(
    house: Arc<House>,
    listener: TcpListener,
    connections: Connections,
    stop: impl Future<Output = ()>,
) -> Result<(), Problem> {
    let router = web::router(house.clone());
    let (open, room) = (Open::default(), Arc::new(Semaphore::new(connections.most)));
    let (told, listening) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        let permit = room.clone().acquire_owned();
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = async {
                let permit = permit.await;
                (listener.accept().await, permit)
            } => accepted,
        };
        let (Ok((stream, peer)), Ok(permit)) = accepted else {
            // Out of files for a moment: what is open ends and makes room.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let address = peer.ip().to_canonical();
        let proxy = address.is_loopback() || house.trusted_proxies.contains(&address);
        let each = (!proxy).then_some(connections.each);
        if let Some(place) = Slot::take(&open, address, each, permit) {
            tokio::spawn(hold(router.clone(), stream, peer, place, listening.clone()));
        }
    }
    drop(listener);
    let _ = told.send(true);
    let all = u32::try_from(connections.most).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(GRACE, room.acquire_many(all)).await;
    Ok(())
}

/// Answers the requests of one connection.
async fn hold(
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    place: Slot,
    mut stop: watch::Receiver<bool>,
) {
    let _place = place;
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(router.clone(), peer, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = &mut connection => return,
        _ = stop.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn answer(
    router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    // RFC 9112, 3.2: a request of this version names its host once.
    let hosts = request.headers().get_all(header::HOST).iter().count();
    if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    }
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}
