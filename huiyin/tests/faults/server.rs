//! A PostgreSQL server of one's own, to be killed.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long it may take to be there again.
const START: Duration = Duration::from_secs(60);

pub struct Server {
    folder: TempDir,
    port: u16,
}

impl Server {
    pub fn start() -> Self {
        let folder = TempDir::new().expect("folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("listens");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let server = Self { folder, port };
        let data = server.data();
        std::fs::create_dir(&data).expect("folder");
        if is_root() {
            let paths = [server.folder.path(), data.as_path()];
            assert!(ran(Command::new("chown").arg("postgres").args(paths)), "chown");
        }
        let text = data.to_string_lossy();
        let made = ["-D", &text, "-U", "huiyin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"];
        assert!(ran(as_nobody("initdb").args(made)), "initdb");
        server.start_again();
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn address(&self) -> String {
        format!("postgres://huiyin@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it, as soon as what was killed has gone.
    pub fn start_again(&self) {
        let folder = self.folder.path().to_string_lossy();
        let options = format!("-p {} -k {folder} -c listen_addresses=127.0.0.1", self.port);
        let (data, log) = (self.data(), self.folder.path().join("log"));
        let since = Instant::now();
        loop {
            let mut start = as_nobody("pg_ctl");
            start
                .arg("-D")
                .arg(&data)
                .arg("-w")
                .arg("-l")
                .arg(&log)
                .args(["-o", &options, "start"]);
            if ran(&mut start) {
                return;
            }
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            assert!(since.elapsed() < START, "the server does not start: {said}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// `kill -9` of the server, if it runs, and all that belongs to it, at once.
    pub fn kill(&self) {
        let file = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        let Some(first) = file.lines().next().map(str::to_owned) else { return };
        let mut all = children(&first);
        all.push(first);
        // Some end by themselves in between.
        Command::new("kill").arg("-9").args(&all).output().expect("kill");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The processes that belong to another, by number.
fn children(of: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").expect("processes").flatten();
    let names = processes.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let belongs = |number: &String| {
        let status = std::fs::read_to_string(format!("/proc/{number}/status")).unwrap_or_default();
        status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|id| id.trim() == of))
    };
    names.filter(belongs).collect()
}

/// One of the server's programs, by somebody who is not the administrator, whom it refuses.
fn as_nobody(name: &str) -> Command {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let newest = versions.flatten().map(|entry| entry.path().join("bin")).max();
    let program = newest.expect("a version").join(name);
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

fn is_root() -> bool {
    Path::new("/root").read_dir().is_ok()
}

/// Runs a program to its end; what it leaves behind keeps none of its pipes.
fn ran(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("runs").success()
}
