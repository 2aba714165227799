//! The program itself, from the shell.

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn huiyin(at: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huiyin"))
        .current_dir(at)
        .env_remove("HUIYIN_DATA")
        .env_remove("HUIYIN_MASTER_KEY")
        .args(words)
        .output()
        .expect("runs")
}

fn done(at: &Path, words: &[&str]) -> String {
    let output = huiyin(at, words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn refused(at: &Path, words: &[&str]) -> String {
    let output = huiyin(at, words);
    assert!(!output.status.success(), "{words:?} should be refused");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_due_date_is_explained_with_its_article() {
    let here = TempDir::new().expect("folder");
    let said = done(here.path(), &["deadline", "handling", "2025-03-14"]);
    assert!(said.contains("2025-05-13") && said.contains("第三十四条"), "{said}");
    assert!(refused(here.path(), &["deadline", "nothing", "2025-03-14"]).contains("nothing"));
    refused(here.path(), &["deadline", "handling", "2004-01-01"]);
}

#[test]
fn an_office_is_set_up_once_and_its_administrators_get_their_first_passwords() {
    let here = TempDir::new().expect("folder");
    let init = ["init", "--name", "云岭县信访局", "--place", "539921"];
    let said = done(here.path(), &init);
    for login in ["admin\t", "admin-security\t", "admin-audit\t"] {
        assert!(said.contains(login), "{said}");
    }
    assert!(refused(here.path(), &init).contains("already"));
    assert!(refused(here.path(), &["init", "--name", "x", "--place", "12"]).contains("--place"));
    assert!(done(here.path(), &["verify"]).contains("0 处不符"));
    assert!(refused(here.path(), &["verify", "--data", "elsewhere"]).contains("no office"));
    let reset = done(here.path(), &["admin", "--login", "admin-security"]);
    assert!(reset.starts_with("admin-security\t"));
    assert!(refused(here.path(), &["admin", "--login", "nobody"]).contains("nobody"));
}

#[test]
fn a_text_that_demands_what_nothing_here_keeps_stops_the_program() {
    let here = TempDir::new().expect("folder");
    let at = here.path();
    done(at, &["init", "--name", "云岭县信访局", "--place", "650100", "--data", "a"]);
    std::fs::create_dir_all(at.join("a/statutes")).expect("folder");
    let text = |demands: &str| {
        let local = "edition = 'XX'\nname = '某地规定'\njurisdiction = '65'\nin_force_from = '2024-01-01'\n";
        std::fs::write(at.join("a/statutes/xx.toml"), format!("{local}{demands}")).expect("a text");
    };
    let rule = "[[rule]]\nid = 'XX-2'\ntopic = 'objection'\narticle = '第二条'\nduty = '退回。'\n";
    text(rule);
    let said = refused(at, &["verify", "--data", "a"]);
    assert!(said.contains("某地规定 XX-2 (第二条)") && said.contains("[[apart]]"), "{said}");
    let period = "[[period]]\nclock = 'objection'\nlength = 3\nunit = 'working'\n\
                  rule = 'XX-2'\narticle = '第二条'\n";
    text(&format!("{period}{rule}"));
    done(at, &["verify", "--data", "a"]);
}

#[test]
fn a_backup_comes_back_and_nothing_is_ever_overwritten() {
    let here = TempDir::new().expect("folder");
    let at = here.path();
    done(at, &["demo", "--data", "a", "--no-serve"]);
    // An office's own text of law goes along: under others the same matters would fall due on other days.
    let local = "edition = \"XX\"\nname = \"某地规定\"\njurisdiction = \"65\"\nin_force_from = \"2024-01-01\"\n";
    std::fs::create_dir_all(at.join("a/statutes/old")).expect("folder");
    std::fs::write(at.join("a/statutes/old/xx.toml"), "what nobody reads").expect("a draft");
    std::fs::write(at.join("a/statutes/xx.toml~"), "what an editor left").expect("a draft");
    std::fs::write(at.join("a/statutes/xx.toml"), local).expect("a text");
    done(at, &["backup", "--data", "a", "--to", "office.tar"]);
    assert!(refused(at, &["backup", "--data", "a", "--to", "office.tar"]).contains("exists"));
    let key = ["--master-key", "a/master.key"];
    let restore = |from: &'static str, to: &'static str| {
        ["restore", "--from", from, "--data", to].into_iter().chain(key).collect::<Vec<_>>()
    };
    let said = done(at, &restore("office.tar", "b"));
    assert!(said.contains("171 个案卷，0 个附件，0 处不符"), "{said}");
    assert_eq!(std::fs::read_to_string(at.join("b/statutes/xx.toml")).expect("it is there"), local);
    assert!(refused(at, &restore("office.tar", "b")).contains("never overwrites"));
    std::fs::write(at.join("wrong.key"), "ab".repeat(32)).expect("write");
    let wrong = ["restore", "--from", "office.tar", "--data", "d", "--master-key", "wrong.key"];
    refused(at, &wrong);
    assert!(!at.join("d/office.sqlite").exists(), "a key that does not fit leaves nothing");
    done(at, &["restore", "--from", "office.tar", "--data", "d", "--master-key", "a/master.key"]);
    let mut damaged = std::fs::read(at.join("office.tar")).expect("read");
    damaged.truncate(damaged.len() / 2);
    std::fs::write(at.join("damaged.tar"), damaged).expect("write");
    refused(at, &restore("damaged.tar", "c"));
    let report = |data: &'static str| {
        done(at, &["report", "--year", "2025", "--data", data, "--master-key", "a/master.key"])
    };
    assert_eq!(report("a"), report("b"));
    done(at, &["rekey", "--data", "a", "--new", "new.key"]);
    assert!(refused(at, &["verify", "--data", "a"]).contains("master key"));
    done(at, &["verify", "--data", "a", "--master-key", "new.key"]);
}

/// Writes into the database beside the program.
fn spoil(at: &Path, sql: &str) {
    let db = rusqlite::Connection::open(at.join("office.sqlite")).expect("opens");
    db.execute_batch(sql).expect("spoils");
}

#[test]
fn what_follows_from_the_case_files_is_made_anew() {
    let here = TempDir::new().expect("folder");
    let at = here.path();
    done(at, &["demo", "--data", "a", "--no-serve"]);
    let healthy = done(at, &["doctor", "--data", "a"]);
    assert!(healthy.contains("0 项有误") && healthy.contains("按现行规则"), "{healthy}");
    spoil(
        &at.join("a"),
        "UPDATE matter SET step = 'registered'; DELETE FROM queued; UPDATE tally SET number = 7;
         UPDATE setting SET value = 'older' WHERE name = 'rows.derivation'",
    );
    let ill = huiyin(at, &["doctor", "--data", "a"]);
    let said = String::from_utf8_lossy(&ill.stdout);
    assert!(!ill.status.success() && said.contains("→ huiyin rebuild"), "{said}");
    assert!(done(at, &["rebuild", "--data", "a"]).contains("171 个案卷，0 个附件，0 处不符"));
    assert!(done(at, &["doctor", "--data", "a"]).contains("0 项有误"));
}

#[test]
fn a_damaged_database_is_named_with_what_to_do() {
    let here = TempDir::new().expect("folder");
    let at = here.path();
    done(at, &["demo", "--data", "a", "--no-serve"]);
    let path = at.join("a/office.sqlite");
    // What lies in the log is moved into the file first.
    spoil(&at.join("a"), "PRAGMA wal_checkpoint(TRUNCATE)");
    let mut bytes = std::fs::read(&path).expect("read");
    let middle = bytes.len() / 8192 * 4096;
    for byte in bytes.iter_mut().skip(middle).take(5 * 4096) {
        *byte = 0x5a;
    }
    std::fs::write(&path, bytes).expect("write");
    assert!(refused(at, &["verify", "--data", "a"]).contains("damaged places"));
    let ill = huiyin(at, &["doctor", "--data", "a"]);
    let said = String::from_utf8_lossy(&ill.stdout);
    assert!(!ill.status.success() && said.contains("huiyin restore"), "{said}");
}

/// The program, serving a folder until it is dropped.
struct Serving(std::process::Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn one_program_serves_a_folder_and_none_with_a_clock_that_went_back() {
    let here = TempDir::new().expect("folder");
    let at = here.path();
    done(at, &["init", "--name", "云岭县信访局", "--place", "539921", "--data", "a"]);
    let serve = ["serve", "--data", "a", "--listen", "127.0.0.1:0"];
    let mut first = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    let first = first.current_dir(at).args(serve).stdout(std::process::Stdio::piped());
    let mut first = Serving(first.spawn().expect("starts"));
    let mut said = String::new();
    let out = first.0.stdout.take().expect("its words");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut said).expect("a line");
    assert!(refused(at, &serve).contains("another program serves this folder"));
    assert!(refused(at, &["rebuild", "--data", "a"]).contains("stop it first"));
    drop(first);
    spoil(
        &at.join("a"),
        "INSERT INTO journal (sequence, at, actor, kind, subject, body, hash)
         VALUES (1000000, 4102444800000, 'a', 'signed-in', '', '', '')",
    );
    assert!(refused(at, &serve).contains("--clock-went-back"));
    let ill = huiyin(at, &["doctor", "--data", "a"]);
    assert!(String::from_utf8_lossy(&ill.stdout).contains("NTP"));
}
