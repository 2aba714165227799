//! Where attachments lie: a folder and a bucket keep the same promises.

use casework::moment::Instant;
use store::files::Files;
use tempfile::TempDir;

/// Runs a check on a folder, and on a bucket of the test server.
fn each(check: impl Fn(&Files)) {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("files");
    check(&Files::open(&path.to_string_lossy(), &path).expect("a folder"));
    let aside = folder.path().join("aside");
    check(&Files::open(&bucket(), &aside).expect("a bucket"));
}

/// A part of the test server's bucket that nobody else uses.
fn bucket() -> String {
    let bucket = std::env::var("HUIYIN_TEST_S3").expect("run ./test, which starts an S3 server");
    format!("{bucket}/{}", uuid::Uuid::new_v4())
}

#[test]
fn what_is_kept_is_read_again_and_listed_by_its_hash() {
    each(|files| {
        let (at, content) = (Instant(1_000), "村道没有修。".as_bytes());
        let hash = files.keep(content, at).expect("kept");
        assert_eq!(files.keep(content, at).expect("kept again"), hash);
        let other = files.keep(b"other", at).expect("kept");
        assert_eq!(files.read(&hash).expect("read"), content);
        assert_eq!(files.fault(&hash), None);
        let mut both = vec![hash.clone(), other];
        both.sort();
        assert_eq!(files.list().expect("listed"), both);
        let missing = "ab".repeat(32);
        assert!(files.fault(&missing).is_some_and(|said| said.contains(&missing)));
        assert_eq!(
            (files.holds(&hash).ok(), files.holds(&missing).ok()),
            (Some(true), Some(false))
        );
        assert!(files.read("../../etc/passwd").is_err());
    });
}

#[test]
fn what_nobody_held_is_removed_and_what_somebody_held_stays() {
    each(|files| {
        let early = files.keep(b"early", Instant(1_000)).expect("kept");
        let held = files.keep(b"held", Instant(1_000)).expect("kept");
        assert!(files.hold(&held, Instant(5_000)).expect("held"));
        assert!(!files.hold(&"ab".repeat(32), Instant(5_000)).expect("asked"));
        let old: Vec<String> = files.older_than(Instant(2_000)).expect("listed");
        assert!(old.contains(&early) && !old.contains(&held), "{old:?}");
        // Somebody holds it after it was found old.
        assert!(files.hold(&early, Instant(6_000)).expect("held"));
        assert!(!files.remove(&early, Instant(2_000)).expect("kept"));
        assert_eq!(files.read(&early).expect("it came back"), b"early");
        assert!(files.remove(&early, Instant(7_000)).expect("removed"));
        assert!(files.fault(&early).is_some());
        assert_eq!(files.list().expect("listed"), [held]);
    });
}

#[test]
fn what_belongs_to_something_is_not_looked_at_again_in_a_bucket() {
    let folder = TempDir::new().expect("folder");
    let files = Files::open(&bucket(), &folder.path().join("aside")).expect("a bucket");
    let hash = files.keep(b"a letter", Instant(1_000)).expect("kept");
    assert!(files.older_than(Instant(2_000)).expect("listed").contains(&hash));
    files.belongs(&hash, Instant(2_000)).expect("told");
    assert!(files.older_than(Instant(9_000)).expect("listed").is_empty());
    assert_eq!(files.read(&hash).expect("read"), b"a letter");
}
