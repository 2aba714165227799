//! How fast an office is, with the bare engine beside it in the same run. See `benches/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark speaks on the terminal and stops when it can't go on"
)]

use casework::category::Category;
use casework::matter::Command;
use casework::matter::referral::Refer;
use casework::org::{Actor, Place, Role, UnitId};
use casework::petition::{Channel, PartyKind, PartyRole, Petition};
use huiyin::by::By;
use huiyin::draft::Draft;
use huiyin::house::House;
use huiyin::intake::register;
use huiyin::password::digest;
use huiyin::{act, demo, report, web};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::vault::Identity;
use store::{Db, account};

const CLIENTS: u64 = 8;
const SPAN: Duration = Duration::from_secs(5);

fn draft(n: u64) -> Draft {
    const WHAT: [&str; 8] = [
        "土地承包",
        "村务公开",
        "房屋征收",
        "养老保险",
        "道路硬化",
        "饮水安全",
        "工资拖欠",
        "林地界线",
    ];
    const ASK: [&str; 8] = [
        "重新测量",
        "公布账目",
        "重新评估",
        "补缴费用",
        "尽快施工",
        "更换管道",
        "发放工资",
        "核实边界",
    ];
    let pick =
        |list: [&'static str; 8], by: u64| list.get((by % 8) as usize).copied().unwrap_or("其他");
    let (what, ask) = (pick(WHAT, n), pick(ASK, n / 8));
    let (place, category) =
        (Place(format!("5399211{:02}", n % 9)), Category("农村农业/村务管理".to_owned()));
    let on = jiff::civil::date(2025, 12, 31);
    Draft {
        petition: Petition {
            headcount: 1 + u32::try_from(n % 9).unwrap_or(0),
            title: format!("第{}组反映{what}问题", n % 977),
            text: format!(
                "我们是第{}组村民，{what}的事情从{}年开始一直没有解决，多次到村里询问没有结果，涉及{}户。要求有关单位查清事实，依法{ask}，并把办理结果书面告诉我们。",
                n % 977,
                2010 + n % 14,
                3 + n % 60
            ),
            demands: vec![format!("请求{ask}"), format!("请求公布{what}的处理结果")],
            ..Petition::handed_in(Channel::Visit, on, place, category)
        },
        parties: vec![(
            PartyRole::Lead,
            PartyKind::Person,
            Identity {
                name: format!("村民{n}"),
                phone: format!("139{:08}", n % 100_000_000),
                ..Identity::default()
            },
        )],
        accused: Vec::new(),
    }
}

fn clerk(house: &House) -> Actor {
    let accounts = house.db.read(account::list).expect("accounts");
    accounts.into_iter().find(|a| a.actor.is(Role::RegistrationClerk)).expect("clerk").actor
}

/// Fills the office through the same door as people use, eight at a time.
fn fill(house: &Arc<House>, matters: u64) {
    let next = AtomicU64::new(0);
    let actor = clerk(house);
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= matters {
                        return;
                    }
                    let receipt =
                        register(house, By::now(house, &actor), draft(n), None).expect("register");
                    if !n.is_multiple_of(3) {
                        let refer = Refer {
                            to: UnitId("agri".into()),
                            report_back_on: None,
                            note: String::new(),
                            despite: String::new(),
                        };
                        act::act(
                            house,
                            By::now(house, &actor),
                            receipt.matter.expect("seen").id,
                            None,
                            Command::Refer(refer),
                        )
                        .expect("refer");
                    }
                }
            });
        }
    });
}

/// Single-row durable commits per second of the bare engine.
fn bare(folder: &Path) -> f64 {
    let db = rusqlite::Connection::open(folder.join("bare.sqlite")).expect("open");
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)",
    )
    .expect("table");
    let start = Instant::now();
    let mut count = 0u32;
    while start.elapsed() < Duration::from_secs(3) {
        db.prepare_cached("INSERT INTO t (b) VALUES ('row')")
            .expect("prepare")
            .execute([])
            .expect("insert");
        count += 1;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

/// Sends one request on a kept connection; the status.
fn send(stream: &mut TcpStream, request: &str) -> u16 {
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
            return text.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        }
    }
}

/// Eight clients for a while; requests per second and the 50th and 99th percentile.
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
                        let status = send(&mut stream, &text);
                        assert_eq!(status, 200, "{name}");
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
    println!("{name:<28} {rate:>9.0}/s   p50 {:>7.2} ms   p99 {:>7.2} ms", at(500), at(990));
    rate
}

fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn main() {
    let matters: u64 =
        std::env::var("HUIYIN_BENCH_MATTERS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::TempDir::new().expect("folder");
    let engine = bare(folder.path());
    println!("{:<28} {engine:>9.0}/s", "bare engine, one row");
    let db = Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite");
    let house = Arc::new(demo::county(db, folder.path(), &[1; 32]).expect("county"));
    house.clock.set(house.instant(jiff::civil::date(2025, 12, 31), 9, 0));
    let start = Instant::now();
    fill(&house, matters);
    println!(
        "{:<28} {:>9.0}/s   ({matters} matters)",
        "filling, eight threads",
        matters as f64 / start.elapsed().as_secs_f64()
    );

    let (token, cookie) = sign_in(&house);
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("listen");
    let at = listener.local_addr().expect("address");
    let router = web::router(house.clone());
    runtime.spawn(async move { axum::serve(listener, router).await });

    let page =
        |path: String| format!("GET {path} HTTP/1.1\r\nhost: x\r\ncookie: huiyin={cookie}\r\n\r\n");
    let rate = load("register over HTTP", at, |n| {
        let n = matters + n;
        let body = format!(
            r#"{{"channel":"visit","text":"第{n}号：村道三年没有修，下雨无法通行，多次反映没有结果。",
                "title":"反映村道{n}","demand":["请求修好村道"],
                "parties":[{{"name":"甲{n}","phone":"137{:08}"}}]}}"#,
            n % 100_000_000
        );
        format!(
            "POST /api/v1/petitions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
    });
    println!("{:<28} {:>9.2}", "  share of the bare engine", rate / engine);
    load("queue page", at, |_| page("/desk".to_owned()));
    load("matter page", at, |n| page(format!("/matters/2025-{}", 1 + n * 37 % matters)));
    load("search, two characters", at, |_| page("/search?q=%E5%9C%9F%E5%9C%B0".to_owned()));
    load("list page", at, |_| page("/matters".to_owned()));
    let start = Instant::now();
    report::of_year(&house, &casework::role::Scope::whole(), 2025, None).expect("report");
    println!("{:<28} {:>9.0} ms", "yearly report", start.elapsed().as_secs_f64() * 1000.0);
    println!("{:<28} {:>9.0} MB   (clients included)", "resident memory", memory());
}

fn sign_in(house: &House) -> (String, String) {
    let (token, session, now, id) =
        (house.secret(), house.secret(), house.clock.now(), clerk(house).account);
    let (token_hash, session_hash) = (digest(&token), digest(&session));
    house
        .db
        .write::<(), store::Error, _>(move |tx| {
            account::record_token(tx, &token_hash, &id, "bench", now)?;
            account::open_session(tx, &session_hash, &id, "csrf", now)
        })
        .expect("sign in");
    (token, session)
}
