//! The proof of faults (故障证明): the program is killed, its server is killed, its disk fills up, the power goes. Each
//! time every act that was acknowledged has to be there, none twice, and the record has to verify.
//!
//! `cargo test -p huiyin --test faults -- --ignored --nocapture --test-threads 1` runs it shortened, as `./test` does;
//! `HUIYIN_FAULTS=1000` says how often the program is killed, and a tenth of it how often the server is and the power
//! goes. It needs PostgreSQL, `strace` and `unshare`, and the right to mount a file system in a space of its own.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a proof speaks on the terminal and fails by panicking"
)]

mod clients;
mod disk;
mod office;
mod power;
mod server;

use clients::{Clients, Ledger};
use office::Office;
use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha20Rng;
use server::Server;
use std::time::Duration;

/// How often the program is killed.
fn times() -> usize {
    std::env::var("HUIYIN_FAULTS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

/// How often what takes longer is done.
fn a_tenth() -> usize {
    times().div_ceil(10)
}

/// Spans after which something breaks: from the middle of the first acts to a while later.
struct Spans(ChaCha20Rng);

impl Spans {
    fn new() -> Self {
        Self(ChaCha20Rng::seed_from_u64(20_250_303))
    }

    fn wait(&mut self) {
        const MILLIS: [u64; 8] = [1, 3, 7, 15, 40, 90, 180, 300];
        let millis = MILLIS.choose(&mut self.0).copied().unwrap_or_default();
        std::thread::sleep(Duration::from_millis(millis));
    }
}

/// The program is killed again and again while eight clients write.
fn killed_program(office: &Office, name: &str) {
    let mut program = office.serve();
    let clients = Clients::start(office);
    let mut spans = Spans::new();
    for _ in 0..times() {
        spans.wait();
        program.kill();
        program = office.serve();
    }
    let ledger = clients.stop();
    program.kill();
    told(name, times(), &ledger);
    office.check(&ledger);
}

fn told(name: &str, faults: usize, ledger: &Ledger) {
    let (acts, again) = (ledger.acknowledged.len(), ledger.sent_again);
    println!("{name}: {faults} times, {acts} acts acknowledged, {again} sent again");
    assert!(acts > faults, "hardly anything was written");
}

#[test]
#[ignore = "run by ./test, and by hand for longer"]
fn the_program_is_killed_on_sqlite() {
    killed_program(&Office::on_sqlite(), "program killed, SQLite");
}

#[test]
#[ignore = "run by ./test, and by hand for longer"]
fn the_program_is_killed_on_postgres() {
    let server = Server::start();
    killed_program(&Office::at(&server), "program killed, PostgreSQL");
}

#[test]
#[ignore = "run by ./test, and by hand for longer"]
fn the_server_is_killed() {
    let server = Server::start();
    let office = Office::at(&server);
    let mut program = office.serve();
    let clients = Clients::start(&office);
    let mut spans = Spans::new();
    for _ in 0..a_tenth() {
        spans.wait();
        server.kill();
        server.start_again();
        // Once the server is back, the program finds it by itself.
        clients.wait_for_more();
    }
    let ledger = clients.stop();
    assert!(program.is_running(), "the program went down with its server");
    program.kill();
    told("server killed", a_tenth(), &ledger);
    office.check(&ledger);
}
