//! How fast an office is, with the bare engine beside it in the same run. See `benches/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark speaks on the terminal and stops when it can't go on"
)]

use casework::org::{Actor, Role};
use huiyin::demo::crowd::{Crowd, fill};
use huiyin::house::{Clock, House};
use huiyin::password::digest;
use huiyin::{by::By, demo};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::{Db, account};

/// As the program has it: what is filled in here is made as fast as there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLIENTS: u64 = 8;
const SPAN: Duration = Duration::from_secs(5);

/// What the environment says: how large, and on which engine.
struct Asked {
    matters: u64,
    database: Option<String>,
}

impl Asked {
    fn read() -> Self {
        let matters = std::env::var("HUIYIN_BENCH_MATTERS").ok().and_then(|n| n.parse().ok());
        let database = std::env::var("HUIYIN_BENCH_DATABASE").ok();
        Self { matters: matters.unwrap_or(100_000), database }
    }
}

fn say(name: &str, what: impl std::fmt::Display) {
    println!("{name:<32} {what}");
}

/// Single rows that are durable, by so many connections at once, per second.
fn bare(asked: &Asked, folder: &Path) -> f64 {
    let count = AtomicU64::new(0);
    let start = Instant::now();
    let span = Duration::from_secs(3);
    match &asked.database {
        None => {
            let db = rusqlite::Connection::open(folder.join("bare.sqlite")).expect("open");
            db.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)",
            )
            .expect("table");
            let mut insert = db.prepare("INSERT INTO t (b) VALUES ('row')").expect("prepare");
            while start.elapsed() < span {
                insert.execute([]).expect("insert");
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        Some(server) => {
            let connect = || postgres::Client::connect(server, postgres::NoTls).expect("server");
            connect()
                .batch_execute("CREATE TABLE bare (a BIGSERIAL PRIMARY KEY, b TEXT)")
                .expect("table");
            std::thread::scope(|scope| {
                for _ in 0..CLIENTS {
                    scope.spawn(|| {
                        let mut client = connect();
                        let insert =
                            client.prepare("INSERT INTO bare (b) VALUES ('row')").expect("prepare");
                        while start.elapsed() < span {
                            client.execute(&insert, &[]).expect("insert");
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                    });
                }
            });
        }
    }
    count.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

/// Sends one request on a kept connection; status and body.
fn send(stream: &mut TcpStream, request: &str) -> (u16, String) {
    stream.write_all(request.as_bytes()).expect("send");
    let (mut seen, mut buffer) = (Vec::new(), [0u8; 65_536]);
    loop {
        let count = stream.read(&mut buffer).expect("read");
        seen.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let Some(head) = seen.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(seen.get(..head).unwrap_or_default()).to_lowercase();
        let length: usize = text
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.split("\r\n").next()?.parse().ok())
            .unwrap_or(0);
        if seen.len() >= head + 4 + length || count == 0 {
            let status = text.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
            let body = seen.get(head + 4..).unwrap_or_default();
            return (status, String::from_utf8_lossy(body).into_owned());
        }
    }
}

/// Eight clients for a while; requests per second, and the 50th and 99th percentile.
fn load(name: &str, at: SocketAddr, request: impl Fn(u64) -> String + Sync) -> f64 {
    let next = AtomicU64::new(0);
    let start = Instant::now();
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    let mut stream = TcpStream::connect(at).expect("connect");
                    stream.set_nodelay(true).expect("nodelay");
                    let mut times = Vec::new();
                    while start.elapsed() < SPAN {
                        let text = request(next.fetch_add(1, Ordering::Relaxed));
                        let before = Instant::now();
                        let (status, body) = send(&mut stream, &text);
                        // Some matters are sealed or walled, and not there for a clerk.
                        assert!(matches!(status, 200 | 404), "{name}: {body}");
                        times.push(before.elapsed());
                    }
                    times
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("client")).collect()
    });
    times.sort_unstable();
    let at = |share: usize| {
        times.get(times.len() * share / 1000).copied().unwrap_or_default().as_secs_f64() * 1000.0
    };
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    say(name, format_args!("{rate:>9.0}/s   p50 {:>7.2} ms   p99 {:>7.2} ms", at(500), at(990)));
    rate
}

/// One request at a time, a few times; the middle one.
fn alone(name: &str, at: SocketAddr, request: &str) {
    let mut stream = TcpStream::connect(at).expect("connect");
    stream.set_nodelay(true).expect("nodelay");
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let before = Instant::now();
            let (status, body) = send(&mut stream, request);
            assert_eq!(status, 200, "{name}: {body}");
            before.elapsed()
        })
        .collect();
    times.sort_unstable();
    let middle = times.get(2).copied().unwrap_or_default();
    say(name, format_args!("{:>9.1} ms", middle.as_secs_f64() * 1000.0));
}

/// The program, serving the office, as an operator starts it.
struct Served {
    child: Child,
    at: SocketAddr,
}

impl Served {
    fn start(asked: &Asked, folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("listen");
        let at = free.local_addr().expect("address");
        drop(free);
        let before = Instant::now();
        let child = program(asked, folder, &["serve", "--listen", &at.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .expect("serve");
        while TcpStream::connect(at).is_err() {
            std::thread::sleep(Duration::from_millis(1));
        }
        say("start", format_args!("{:>9.0} ms", before.elapsed().as_secs_f64() * 1000.0));
        Self { child, at }
    }

    fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
        let kb = line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok());
        kb.unwrap_or(0.0) / 1024.0
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(asked: &Asked, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    command.args(arguments).arg("--data").arg(folder);
    if let Some(database) = &asked.database {
        command.arg("--database").arg(database);
    }
    command
}

/// Runs a command of the program to its end.
fn run(name: &str, asked: &Asked, folder: &Path, arguments: &[&str]) {
    let before = Instant::now();
    let done = program(asked, folder, arguments).output().expect("runs");
    let said = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    say(name, format_args!("{:>9.1} s    {said}", before.elapsed().as_secs_f64()));
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
}

fn clerk(house: &House) -> Actor {
    let accounts = house.db.read(account::list).expect("accounts");
    accounts.into_iter().find(|a| a.actor.is(Role::RegistrationClerk)).expect("clerk").actor
}

/// What opens the office's doors: a token, a session, and a petition's number and code.
struct Keys {
    token: String,
    cookie: String,
    petition: (String, String),
}

/// Makes the office in a folder, with so many matters.
fn make(asked: &Asked, folder: &Path) -> Keys {
    let key = [1u8; 32];
    std::fs::write(folder.join("master.key"), "01".repeat(32)).expect("key");
    let db = match &asked.database {
        None => Db::sqlite(&folder.join("office.sqlite")).expect("sqlite"),
        Some(server) => Db::postgres(server).expect("server"),
    };
    let house = demo::play(db, folder, &key, |_, _| ()).expect("year");
    let start = Instant::now();
    fill(&house, Crowd::Today, asked.matters, |_, _| ()).expect("filled");
    let rate = asked.matters as f64 / start.elapsed().as_secs_f64();
    say("filling in bulk", format_args!("{rate:>9.0}/s   ({} matters)", asked.matters));
    house.db.settle().expect("settled");
    let petition = handed_in(&house);
    let now = Clock::real().now();
    let (token, cookie, id) = (house.secret(), house.secret(), clerk(&house).account);
    let (token_hash, session_hash) = (digest(&token), digest(&cookie));
    house
        .db
        .write::<(), store::Error, _>(move |tx| {
            account::record_token(tx, &token_hash, &id, "bench", now)?;
            account::open_session(tx, &session_hash, &id, "csrf", now)
        })
        .expect("sign in");
    Keys { token, cookie, petition }
}

/// A petition of which the code is known.
fn handed_in(house: &Arc<House>) -> (String, String) {
    use casework::category::Category;
    use casework::org::Place;
    use casework::petition::{Channel, PartyKind, PartyRole, Petition};
    let on = house.moment().on;
    let (place, category) =
        (Place("539921101".to_owned()), Category("农村农业/村务管理".to_owned()));
    let who = store::vault::Identity {
        name: "赵秀兰".to_owned(),
        phone: "13800001234".to_owned(),
        ..store::vault::Identity::default()
    };
    let draft = huiyin::draft::Draft {
        petition: Petition {
            title: "反映村道没有修".to_owned(),
            text: "村道三年没有修，下雨无法通行，多次反映没有结果。".to_owned(),
            demands: vec!["请求修好村道".to_owned()],
            ..Petition::handed_in(Channel::Visit, on, place, category)
        },
        parties: vec![(PartyRole::Lead, PartyKind::Person, who)],
        accused: Vec::new(),
    };
    let by = By::now(house, &clerk(house));
    let receipt = huiyin::intake::register(house, by, draft, None).expect("registered");
    (receipt.number, receipt.code)
}

fn main() {
    let asked = Asked::read();
    let kept = tempfile::TempDir::new().expect("folder");
    let folder: PathBuf = kept.path().to_owned();
    let engine = bare(&asked, &folder);
    say("bare engine, one row", format_args!("{engine:>9.0}/s"));
    let keys = make(&asked, &folder);
    let served = Served::start(&asked, &folder);
    pages(&asked, &keys, served.at);
    let rate = load("register over HTTP", served.at, |n| registering(&keys, n));
    say("  share of the bare engine", format_args!("{:>9.2}", rate / engine));
    mixed(&asked, &keys, &folder, &served);
    drop(served);
    run("verify", &asked, &folder, &["verify"]);
}

/// What people look at, eight at a time.
fn pages(asked: &Asked, keys: &Keys, at: SocketAddr) {
    let page = |path: &str| {
        format!("GET {path} HTTP/1.1\r\nhost: x\r\ncookie: __Host-huiyin={}\r\n\r\n", keys.cookie)
    };
    let matters = asked.matters;
    load("queue page", at, |_| page("/desk"));
    load("matter page", at, |n| page(&format!("/matters/2025-{}", 1 + n * 37 % matters)));
    let (number, code) = &keys.petition;
    let form = format!("number={number}&code={code}");
    let status = format!(
        "POST /status HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    load("portal status", at, |_| status.clone());
    load("list of all", at, |_| page("/matters"));
    load("list by step", at, |_| page("/matters?step=concluded"));
    load("list by place and category", at, |_| {
        page("/matters?place=539921101&category=%E5%86%9C%E6%9D%91%E5%86%9C%E4%B8%9A")
    });
    load("list of what is overdue", at, |_| page("/matters?due=over"));
    load("search, two characters", at, |_| page("/search?q=%E5%9C%9F%E5%9C%B0"));
    alone("yearly report", at, &page("/report?year=2025"));
    alone(
        "a month's figure and its cases",
        at,
        &page("/figures/petitions.total?from=2025-03-01&until=2025-03-31"),
    );
}

fn registering(keys: &Keys, n: u64) -> String {
    let body = format!(
        r#"{{"channel":"visit","text":"第{n}号：村道三年没有修，下雨无法通行，多次反映没有结果。",
            "title":"反映村道{n}","demand":["请求修好村道"],
            "parties":[{{"name":"甲{n}","phone":"137{:08}"}}]}}"#,
        n % 100_000_000
    );
    format!(
        "POST /api/v1/petitions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         content-length: {}\r\n\r\n{body}",
        keys.token,
        body.len()
    )
}

/// Writers and readers that never pause, and a backup beside them; how long the log and how large the program gets.
fn mixed(asked: &Asked, keys: &Keys, folder: &Path, served: &Served) {
    let stop = AtomicBool::new(false);
    let (written, longest) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (stop, written) = (&stop, &written);
            scope.spawn(move || {
                let mut stream = TcpStream::connect(served.at).expect("connect");
                stream.set_nodelay(true).expect("nodelay");
                let look = format!(
                    "GET /matters HTTP/1.1\r\nhost: x\r\ncookie: __Host-huiyin={}\r\n\r\n",
                    keys.cookie
                );
                while !stop.load(Ordering::Relaxed) {
                    let text = if client % 2 == 0 {
                        registering(keys, 1_000_000 + written.fetch_add(1, Ordering::Relaxed))
                    } else {
                        look.clone()
                    };
                    assert_eq!(send(&mut stream, &text).0, 200, "beside a backup");
                }
            });
        }
        let watch = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let log = std::fs::metadata(folder.join("office.sqlite-wal"))
                    .map_or(0, |file| file.len());
                longest.fetch_max(log, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        std::thread::sleep(3 * SPAN);
        let before = longest.load(Ordering::Relaxed) as f64 / (1024.0 * 1024.0);
        let rate = written.load(Ordering::Relaxed) as f64 / (3 * SPAN).as_secs_f64();
        say("writing beside readers", format_args!("{rate:>9.0}/s   log at most {before:.0} MB"));
        let to = folder.join("office.tar");
        run("backup beside them", asked, folder, &["backup", "--to", &to.to_string_lossy()]);
        stop.store(true, Ordering::Relaxed);
        watch.join().expect("watch");
    });
    say(
        "log at most, with the backup",
        format_args!("{:>9.0} MB", longest.load(Ordering::Relaxed) as f64 / (1024.0 * 1024.0)),
    );
    say("resident memory", format_args!("{:>9.0} MB", served.memory()));
}
