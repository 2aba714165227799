//! Each provision of the law has a test that notices when the code no longer keeps it.
//!
//! The program is copied with every mutant of the list in it, each behind a switch; it is compiled once, and then
//! each mutant's test runs with that mutant switched on and has to fail.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod list;
mod plant;

use list::{Mutant, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the switch is called.
const SWITCH: &str = "HUIYIN_MUTANT";

/// The compiled tests of the copy, by package and target.
type Compiled = BTreeMap<[String; 2], PathBuf>;

/// Compiles the tests of the copy.
fn compiled(copy: &Path) -> Compiled {
    let target = root().join("target");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--no-run", "--quiet", "--message-format=json-render-diagnostics"])
        .args(["-p", "casework", "-p", "store", "-p", "huiyin", "--lib", "--test", "it"])
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the copy does not compile:\n{said}");
    let mut compiled = Compiled::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let said: serde_json::Value = serde_json::from_str(line).expect("a message");
        let Some(program) = said.pointer("/executable").and_then(|path| path.as_str()) else {
            continue;
        };
        let manifest = said.pointer("/manifest_path").and_then(|path| path.as_str());
        let package = manifest.and_then(|path| Path::new(path).parent()?.file_name()?.to_str());
        let name = said.pointer("/target/name").and_then(|name| name.as_str());
        let tested = said.pointer("/profile/test") == Some(&serde_json::Value::Bool(true));
        if let (Some(package), Some(name), true) = (package, name, tested) {
            let target = if name == "it" { "it" } else { "lib" };
            compiled.insert([package.to_owned(), target.to_owned()], PathBuf::from(program));
        }
    }
    compiled
}

/// What one test says, with a mutant switched on or with none: whether it passed.
fn passes(compiled: &Compiled, copy: &Path, test: [&str; 3], on: Option<usize>) -> bool {
    let [package, target, path] = test;
    let program = compiled.get(&[package.to_owned(), target.to_owned()]);
    let program = program.unwrap_or_else(|| panic!("{package} has no tests {target}"));
    let mut command = Command::new(program);
    command.args(["--exact", path]).current_dir(copy.join(package));
    if let Some(on) = on {
        command.env(SWITCH, on.to_string());
    }
    let output = command.output().expect("the test runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("running 1 test\n"), "there is no test {package} {target} {path}");
    output.status.success()
}

/// Does something with each of them on every processor; keeps what it says, in order.
fn each<T: Sync, R: Send>(all: &[T], what: impl Fn(usize, &T) -> Option<R> + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    let hands = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(at) else { break };
                    if let Some(said) = what(at, one) {
                        found.lock().expect("list").insert(at, said);
                    }
                }
            });
        }
    });
    found.into_inner().expect("list").into_values().collect()
}

#[test]
#[ignore = "compiles the program a second time; ./test runs it"]
fn every_broken_provision_is_noticed() {
    let mutants = list::all();
    let copy = root().join("target/mutants");
    plant::plant(&mutants, &copy);
    let compiled = compiled(&copy);
    let tests: Vec<[&str; 3]> =
        mutants.iter().map(Mutant::tested).collect::<BTreeSet<_>>().into_iter().collect();
    let failing =
        each(&tests, |_, test| (!passes(&compiled, &copy, *test, None)).then(|| test.join(" ")));
    assert!(failing.is_empty(), "fail without any mutant:\n{}", failing.join("\n"));
    let missed = each(&mutants, |number, mutant| {
        let noticed = !passes(&compiled, &copy, mutant.tested(), Some(number));
        (!noticed).then(|| format!("{}: {} ({})", mutant.rules.join(" "), mutant.says, mutant.test))
    });
    assert!(missed.is_empty(), "nobody notices:\n{}", missed.join("\n"));
}
