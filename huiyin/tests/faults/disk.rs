//! A disk that fills up while people write: they are told so, what was acknowledged stays, and when there is room again
//! the work goes on without anybody starting anything.

use crate::clients::Clients;
use crate::office::Office;
use std::fs::File;
use std::io::Write;
use std::process::Command;
use tempfile::TempDir;

/// Makes a small file system in a space of the program's own, puts the office into it, and serves that.
const WITHIN: &str =
    "mount -t tmpfs -o size=48m huiyin \"$1\" && cp -a \"$0\"/. \"$1\" && shift && exec \"$@\"";

#[test]
#[ignore = "run by ./test, and by hand for longer"]
fn the_disk_is_full() {
    let office = Office::on_sqlite();
    let small = TempDir::new().expect("folder");
    let (from, to) = (office.folder().to_string_lossy(), small.path().to_string_lossy());
    let outer = ["unshare", "--map-root-user", "--mount", "sh", "-c", WITHIN, &from, &to];
    let mut program = office.serve_within(&outer, small.path());
    let clients = Clients::start(&office);
    clients.wait_for_more();
    let inside = program.sees(small.path());
    for _ in 0..3 {
        let ballast = inside.join("ballast");
        fill(&mut File::create(&ballast).expect("a file"));
        clients.wait_for_no_space();
        std::fs::remove_file(&ballast).expect("removed");
        clients.wait_for_more();
    }
    let ledger = clients.stop();
    println!("disk full: {} acts acknowledged, {} refused", ledger.acknowledged.len(), ledger.full);
    // What lies on the small disk goes with the program, and nobody writes any more.
    let kept = TempDir::new().expect("folder");
    let copied = Command::new("cp").arg("-a").arg(inside.join(".")).arg(kept.path()).status();
    assert!(copied.expect("cp").success());
    program.kill();
    office.check_at(kept.path(), ledger.all());
}

/// Writes until there is no space.
fn fill(file: &mut File) {
    let mut size = 1024 * 1024;
    while size > 0 {
        if file.write_all(&vec![0; size]).is_err() {
            size /= 4;
        }
    }
}
