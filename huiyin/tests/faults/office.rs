//! An office that is served by the program as an operator starts it.

use crate::clients::Ledger;
use crate::server::Server;
use casework::org::Role;
use huiyin::demo;
use huiyin::password::digest;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::{Db, account};
use tempfile::TempDir;

/// How long the program may take to accept a connection.
const START: Duration = Duration::from_secs(20);

pub struct Office {
    folder: TempDir,
    database: Option<String>,
    pub address: SocketAddr,
    pub token: String,
}

impl Office {
    pub fn on_sqlite() -> Self {
        Self::new(None)
    }

    pub fn at(server: &Server) -> Self {
        Self::new(Some(server.address()))
    }

    /// The demonstration's county without a petition, and a clerk's token for it.
    fn new(database: Option<String>) -> Self {
        let folder = TempDir::new().expect("folder");
        std::fs::write(folder.path().join("master.key"), "01".repeat(32)).expect("key");
        let db = open(folder.path(), database.as_deref());
        let house = demo::county(db, folder.path(), &[1; 32]).expect("county");
        let accounts = house.db.read(account::list).expect("accounts");
        let clerk = accounts.into_iter().find(|one| one.actor.is(Role::RegistrationClerk));
        let (clerk, token) = (clerk.expect("clerk").actor.account, house.secret());
        let (hash, now) = (digest(&token), house.clock.now());
        let kept =
            house.db.write(move |tx| account::record_token(tx, &hash, &clerk, "faults", now));
        kept.expect("token");
        drop(house);
        let since = Instant::now();
        while holds(folder.path()) {
            assert!(since.elapsed() < START, "the office stays open");
            std::thread::yield_now();
        }
        let free = TcpListener::bind("127.0.0.1:0").expect("listens");
        let address = free.local_addr().expect("an address");
        Self { folder, database, address, token }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program, asked to do something with the office in a folder.
    fn asked(&self, folder: &Path, arguments: &[&str]) -> Vec<String> {
        let mut all = vec![env!("CARGO_BIN_EXE_huiyin").to_owned()];
        all.extend(arguments.iter().map(|&one| one.to_owned()));
        all.extend(["--data".to_owned(), folder.to_string_lossy().into_owned()]);
        if let Some(database) = &self.database {
            all.extend(["--database".to_owned(), database.clone()]);
        }
        all
    }

    /// Serves it.
    pub fn serve(&self) -> Program {
        self.serve_within(&[], self.folder())
    }

    /// Serves a folder, from within another program that is given by its words.
    pub fn serve_within(&self, outer: &[&str], folder: &Path) -> Program {
        let listen = self.address.to_string();
        let mut words: Vec<String> = outer.iter().map(|&word| word.to_owned()).collect();
        words.extend(self.asked(folder, &["serve", "--listen", &listen]));
        let (first, rest) = words.split_first().expect("a program");
        let mut command = Command::new(first);
        // What is refused while something is broken fills no terminal.
        command.args(rest).stdout(Stdio::null()).stderr(Stdio::null());
        let program = Program(command.spawn().expect("starts"));
        let before = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(before.elapsed() < START, "it does not start");
            std::thread::sleep(Duration::from_millis(2));
        }
        program
    }

    /// Every act that was acknowledged is there, none twice, and the record verifies.
    pub fn check(&self, ledger: &Ledger) {
        let found = self.check_at(self.folder(), ledger.all());
        let sent: Vec<&String> = ledger.acknowledged.keys().collect();
        // Every client went on until it was told so; there is nothing but what it was told of.
        assert_eq!(found.keys().collect::<Vec<_>>(), sent, "something else is there");
    }

    /// As [`Self::check`], in another folder and of some acts; what is there, by title.
    pub fn check_at<'l>(
        &self,
        folder: &Path,
        acknowledged: impl Iterator<Item = (&'l String, &'l String)>,
    ) -> BTreeMap<String, Vec<String>> {
        let words = self.asked(folder, &["verify"]);
        let (program, arguments) = words.split_first().expect("a program");
        let verified = Command::new(program).args(arguments).output().expect("runs");
        let said = String::from_utf8_lossy(&verified.stdout);
        let complaint = String::from_utf8_lossy(&verified.stderr);
        assert!(verified.status.success(), "verify: {said} {complaint}");
        let found = registered(&open(folder, self.database.as_deref()));
        for (title, number) in acknowledged {
            let there = found.get(title).map(Vec::as_slice).unwrap_or_default();
            assert_eq!(there, std::slice::from_ref(number), "{title} was acknowledged as {number}");
        }
        for (title, numbers) in &found {
            assert_eq!(numbers.len(), 1, "{title} is there as {numbers:?}");
        }
        found
    }
}

/// Whether this process has a file of the folder open.
fn holds(folder: &Path) -> bool {
    let open = std::fs::read_dir("/proc/self/fd").expect("open files").flatten();
    let mut paths = open.filter_map(|file| std::fs::read_link(file.path()).ok());
    paths.any(|path| path.starts_with(folder))
}

fn open(folder: &Path, database: Option<&str>) -> Db {
    match database {
        None => Db::sqlite(&folder.join("office.sqlite")).expect("opens"),
        Some(server) => Db::postgres(server).expect("opens"),
    }
}

/// The numbers of the petitions in the record, by their titles.
fn registered(db: &Db) -> BTreeMap<String, Vec<String>> {
    let rows = db.read(|tx| tx.all("SELECT title, number FROM petition ORDER BY number", &[]));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.expect("petitions") {
        let (title, number) = (row.text("title"), row.text("number"));
        found.entry(title.expect("text")).or_default().push(number.expect("text"));
    }
    found
}

/// The program while it runs; killed when nobody holds it.
pub struct Program(Child);

impl Program {
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    pub fn is_running(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|ended| ended.is_none())
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("ended");
    }

    /// Asks it to stop, as a service manager does, and waits until it has; of one that runs within another, both.
    pub fn end(&mut self) {
        let inner = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.id()));
        let inner = inner.unwrap_or_default();
        let first = inner.split_whitespace().next().map_or(self.id().to_string(), str::to_owned);
        Command::new("kill").arg(first).output().expect("kill");
        self.0.wait().expect("ended");
    }

    /// Where the program sees a path that is in a space of its own.
    pub fn sees(&self, path: &Path) -> PathBuf {
        let root = format!("/proc/{}/root", self.id());
        Path::new(&root).join(path.strip_prefix("/").unwrap_or(path))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
