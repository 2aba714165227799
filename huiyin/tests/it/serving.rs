//! The program on a real socket: who holds a connection open keeps nobody else out. And the way to the database:
//! when it breaks, people are told so, and nothing has to be started again when it is mended.

use crate::office::{Office, apart, petition, server};
use crate::scenario::form;
use axum::http::Method;
use casework::org::Role;
use huiyin::serve::{Connections, run};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// Serves an office; its address, and what stops it.
async fn served(office: &Office, connections: Connections) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let house = office.house.clone();
    tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        run(house, listener, connections, stopped).await.expect("serves");
    });
    (address, stop)
}

/// What is answered to these bytes.
async fn answered(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const HOME: &str = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_names_its_host_once() {
    let office = Office::new();
    let (address, _stop) = served(&office, Connections::default()).await;
    assert!(answered(address, HOME).await.starts_with("HTTP/1.1 200"));
    for wrong in [
        "GET / HTTP/1.1\r\nconnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n",
    ] {
        assert!(answered(address, wrong).await.starts_with("HTTP/1.1 400"), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_connections_than_there_is_room_for_wait_and_then_are_served() {
    let office = Office::new();
    let room = Connections { most: 2, each: 64 };
    let (address, stop) = served(&office, room).await;
    let half = async || {
        let mut stream = TcpStream::connect(address).await.expect("connects");
        stream.write_all(b"GET / HTTP/1.1\r\n").await.expect("sends");
        stream
    };
    let (first, second) = (half().await, half().await);
    let waiting = tokio::spawn(answered(address, HOME));
    // Whoever is connected answers nothing; the third has to wait for one of them.
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    drop(first);
    assert!(waiting.await.expect("ends").starts_with("HTTP/1.1 200"));
    drop(second);
    stop.send(()).expect("stops");
}

/// The clock of the sockets stands still until nobody has anything to do, so nobody waits for it.
#[tokio::test(start_paused = true)]
async fn who_never_ends_the_head_of_a_request_is_cut_off() {
    let office = Office::new();
    let (address, _stop) = served(&office, Connections::default()).await;
    let begun = tokio::time::Instant::now();
    let half = "GET / HTTP/1.1\r\nhost: localhost\r\n";
    let answer = tokio::time::timeout(Duration::from_secs(60), answered(address, half));
    assert_eq!(answer.await.expect("it ends before the minute does"), "");
    assert_eq!(begun.elapsed().as_secs(), 15);
}

/// A way to the database that can be broken and mended (数据库通路).
struct Way {
    port: u16,
    /// What is on the way; nothing gets on while it is broken.
    open: Arc<Mutex<Option<Vec<std::net::TcpStream>>>>,
}

impl Way {
    fn to(server: &'static str) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("listens");
        let port = listener.local_addr().expect("an address").port();
        let open = Arc::new(Mutex::new(Some(Vec::new())));
        let way = Self { port, open: open.clone() };
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let mut open = open.lock().expect("lock");
                let Some(streams) = open.as_mut() else { continue };
                let Ok(far) = std::net::TcpStream::connect(server) else { continue };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let mut from = from.try_clone().expect("clone");
                    let mut to = to.try_clone().expect("clone");
                    std::thread::spawn(move || std::io::copy(&mut from, &mut to));
                }
                streams.extend([near, far]);
            }
        });
        way
    }

    /// An office on the test server, reached over a way that can be broken.
    fn to_an_office() -> (Office, Self) {
        let server = server();
        let (_, host) = server.split_once('@').expect("user@host");
        let (host, name) = host.split_once('/').expect("host/name");
        let way = Self::to(String::leak(host.to_owned()));
        let address = format!("postgres://huiyin@127.0.0.1:{}/{name}", way.port);
        (Office::at_server(&address), way)
    }

    fn break_off(&self) {
        for stream in self.open.lock().expect("lock").take().into_iter().flatten() {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }

    fn mend(&self) {
        *self.open.lock().expect("lock") = Some(Vec::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_said_to_be_away_until_it_is_back() {
    let (office, way) = Way::to_an_office();
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let token = office.token("xinfang", Role::RegistrationClerk);
    assert_eq!(office.get("/desk", &cookie).await.status, 200);
    way.break_off();
    let (page, answer) = tokio::join!(
        office.get("/desk", &cookie),
        office.api(axum::http::Method::GET, "/matters", &token, serde_json::Value::Null)
    );
    assert_eq!((page.status.as_u16(), answer.status.as_u16()), (503, 503));
    assert!(page.body.contains("系统暂时连不上数据库"), "{}", page.body);
    assert_eq!(answer.json()["type"], "urn:huiyin:problem-away");
    // What somebody typed at the portal comes back with the words that say so.
    let letter = [
        ("at", "review"),
        ("go", "send"),
        ("text", "村道三年没有修，下雨无法通行。"),
        ("demand", "请求修好村道"),
        ("name", "赵秀兰"),
        ("phone", "13800001234"),
        ("place", "539921101001"),
    ];
    let sent = office.post("/write", "", &form(&letter)).await;
    assert_eq!(sent.status, 503, "{}", sent.body);
    assert!(sent.body.contains("村道三年没有修"), "{}", sent.body);
    way.mend();
    assert_eq!(office.get("/desk", &cookie).await.status, 200, "and nobody started it again");
    apart(|| drop(office));
}

/// As after a standby took over: every connection is dead, and the server is there.
#[tokio::test(flavor = "multi_thread")]
async fn connections_that_broke_are_opened_anew_and_nobody_hears_of_it() {
    let (office, way) = Way::to_an_office();
    let (cookie, _) = office.sign_in("xinfang", Role::RegistrationClerk).await;
    let token = office.clerk();
    for _ in 0..3 {
        // At once, so that several connections are there to be dead.
        let page = || office.get("/desk", &cookie);
        let (one, two, three, four) = tokio::join!(page(), page(), page(), page());
        assert!([one, two, three, four].iter().all(|page| page.status == 200));
        way.break_off();
        way.mend();
        let registered = office.api(Method::POST, "/petitions", &token, petition()).await;
        assert_eq!(registered.status, 200, "{}", registered.body);
        assert_eq!(office.get("/desk", &cookie).await.status, 200);
    }
    apart(|| drop(office));
}
