//! Eight clients that register petitions one after the other, each under a key of its own, and send again whatever
//! nobody answered.

use crate::office::Office;
use huiyin::house::Clock;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const CLIENTS: usize = 8;
/// How long a client waits for one answer, and how long it tries in all while nothing is broken any more.
const ANSWER: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(60);

/// An act that the program said was done.
pub struct Acknowledged {
    pub number: String,
    /// By when the answer had been read, in microseconds since 1970.
    pub by: u64,
}

/// What the clients were told.
#[derive(Default)]
pub struct Ledger {
    /// By title.
    pub acknowledged: BTreeMap<String, Acknowledged>,
    /// How often something was sent again.
    pub sent_again: usize,
    /// How often there was no space.
    pub full: usize,
}

impl Ledger {
    /// Every title with its number.
    pub fn all(&self) -> impl Iterator<Item = (&String, &String)> {
        self.acknowledged.iter().map(|(title, one)| (title, &one.number))
    }

    /// Those that were told by a time, in microseconds since 1970.
    pub fn by(&self, time: u64) -> impl Iterator<Item = (&String, &String)> {
        let told = self.acknowledged.iter().filter(move |(_, one)| one.by <= time);
        told.map(|(title, one)| (title, &one.number))
    }
}

/// The clients at work.
pub struct Clients {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicUsize>,
    full: Arc<AtomicUsize>,
    threads: Vec<JoinHandle<Ledger>>,
}

impl Clients {
    pub fn start(office: &Office) -> Self {
        let (stop, done, full) = <(Arc<AtomicBool>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
        let client = |client| Client {
            client,
            address: office.address,
            token: office.token.clone(),
            stop: stop.clone(),
            done: done.clone(),
            full: full.clone(),
            stream: None,
        };
        let threads = (0..CLIENTS).map(client);
        let threads = threads.map(|client| std::thread::spawn(move || client.write())).collect();
        Self { stop, done, full, threads }
    }

    /// Waits until more was acknowledged than now.
    pub fn wait_for_more(&self) {
        let (before, since) = (self.done.load(Ordering::SeqCst), Instant::now());
        while self.done.load(Ordering::SeqCst) < before + CLIENTS {
            assert!(since.elapsed() < PATIENCE, "nothing is written any more");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until somebody was told that there is no space.
    pub fn wait_for_no_space(&self) {
        let since = Instant::now();
        while self.full.load(Ordering::SeqCst) == 0 {
            assert!(since.elapsed() < PATIENCE, "nobody hears that the disk is full");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Ends when each has its last answer.
    pub fn stop(self) -> Ledger {
        self.stop.store(true, Ordering::SeqCst);
        let mut all = Ledger::default();
        for thread in self.threads {
            let ledger = thread.join().expect("the client ends");
            all.acknowledged.extend(ledger.acknowledged);
            all.sent_again += ledger.sent_again;
            all.full += ledger.full;
        }
        all
    }
}

struct Client {
    client: usize,
    address: SocketAddr,
    token: String,
    stop: Arc<AtomicBool>,
    done: Arc<AtomicUsize>,
    full: Arc<AtomicUsize>,
    stream: Option<TcpStream>,
}

impl Client {
    fn write(mut self) -> Ledger {
        let mut ledger = Ledger::default();
        let mut turn = 0;
        while !self.stop.load(Ordering::SeqCst) {
            turn += 1;
            let title = format!("反映第{}号村道没有修，第{turn}次", self.client);
            let (mut tries, since, mut file) = (0, Instant::now(), None);
            let number = loop {
                match self.register(&title, turn, &mut file) {
                    Ok((200, receipt)) => {
                        break receipt["number"].as_str().expect("a number").to_owned();
                    }
                    // Nobody can do it now.
                    Ok((503, _)) | Err(_) => {}
                    Ok((507, _)) => {
                        ledger.full += 1;
                        self.full.fetch_add(1, Ordering::SeqCst);
                    }
                    Ok((status, said)) => panic!("{title}: {status} {said}"),
                }
                assert!(since.elapsed() < PATIENCE, "{title} was never answered");
                tries += 1;
                std::thread::sleep(Duration::from_millis(5));
            };
            ledger.sent_again += tries;
            ledger.acknowledged.insert(title, Acknowledged { number, by: now() });
            self.done.fetch_add(1, Ordering::SeqCst);
        }
        ledger
    }

    /// Every fourth comes with a file, which is sent until it is kept.
    fn register(
        &mut self,
        title: &str,
        turn: usize,
        file: &mut Option<Value>,
    ) -> std::io::Result<(u16, Value)> {
        let mut petition = json!({
            "channel": "visit", "title": title, "text": format!("{title}，下雨无法通行。"),
            "demand": ["请求修好村道"],
            "parties": [{ "name": "赵秀兰", "phone": format!("137{:02}{turn:06}", self.client) }],
        });
        if turn.is_multiple_of(4) && file.is_none() {
            let letter = format!("{title}。\n");
            let (status, kept) = self.send("/files?name=letter.txt", "", &letter)?;
            if status != 200 {
                return Ok((status, kept));
            }
            *file = Some(kept["file"].clone());
        }
        petition["files"] = file.iter().cloned().collect();
        let key = format!("idempotency-key: faults-{}-{turn}\r\n", self.client);
        self.send("/petitions", &key, &petition.to_string())
    }

    /// Sends over the connection that there is, or a new one; one that broke is forgotten.
    fn send(&mut self, path: &str, header: &str, body: &str) -> std::io::Result<(u16, Value)> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_read_timeout(Some(ANSWER))?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        let request = format!(
            "POST /api/v1{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\
             {header}content-length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let answer = read(&mut stream)?;
        self.stream = Some(stream);
        Ok(answer)
    }
}

/// Now in microseconds since 1970, and no earlier: the clock has whole milliseconds.
fn now() -> u64 {
    (Clock::real().now().0.unsigned_abs() + 1) * 1000
}

/// One answer: its status and body.
fn read(stream: &mut TcpStream) -> std::io::Result<(u16, Value)> {
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (mut seen, mut buffer) = (Vec::new(), [0; 16_384]);
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Err(broken());
        }
        seen.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let Some(head) = seen.windows(4).position(|part| part == b"\r\n\r\n") else { continue };
        let (head, body) = seen.split_at(head + 4);
        let head = String::from_utf8_lossy(head).to_lowercase();
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
        let length: usize = length.and_then(|text| text.trim().parse().ok()).ok_or_else(broken)?;
        if body.len() >= length {
            let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
            let body = serde_json::from_slice(body).unwrap_or_default();
            return Ok((status.ok_or_else(broken)?, body));
        }
    }
}
