//! Storage contracts: every test runs on SQLite and on PostgreSQL alike.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod files;
#[path = "../../../casework/tests/it/fixture.rs"]
#[expect(dead_code, reason = "shared with the rules' own tests, which use the rest")]
mod fixture;
mod keeping;
mod replay;
#[path = "../../../casework/tests/it/wishes.rs"]
mod wishes;

use store::db::Engine;
use store::journal::{Event, Note};
use store::value::Value;
use store::{Db, Error, account, journal, migration, once, params, setting, verify};

use casework::moment::Instant;
use casework::org::{AccountId, Actor, PostId, Role, UnitId};
use tempfile::TempDir;

/// A fresh, migrated database of each engine.
fn each(check: impl Fn(&Db)) {
    each_empty(|db| {
        migration::run(db).expect("migration");
        check(db);
    });
}

/// A database of each engine in which there is nothing.
fn each_empty(check: impl Fn(&Db)) {
    let folder = TempDir::new().expect("folder");
    let sqlite = Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite");
    check(&sqlite);
    let server = std::env::var("HUIYIN_TEST_POSTGRES")
        .expect("run ./test, which starts a PostgreSQL for the tests");
    let schema = format!("t{}", uuid::Uuid::new_v4().simple());
    let admin = Db::postgres(&server).expect("postgres");
    let create = format!("CREATE SCHEMA {schema}");
    admin.write::<(), Error, _>(move |tx| tx.script(&create)).expect("schema");
    let postgres =
        Db::postgres(&format!("{server}?options=-csearch_path%3D{schema}")).expect("postgres");
    check(&postgres);
}

#[test]
fn migrating_again_changes_nothing() {
    each(|db| {
        migration::run(db).expect("again");
        let done = db.read(|tx| tx.number("SELECT COUNT(*) FROM migration", &[])).expect("read");
        assert_eq!(done, 13);
    });
}

#[test]
fn parameters_go_by_their_number_whatever_their_order() {
    each(|db| {
        let row = db.read(|tx| {
            let row = tx.one(
                "SELECT CAST($2 AS TEXT) AS a, CAST($1 AS TEXT) AS b, CAST($3 AS TEXT) AS c",
                params!["one", "two", Option::<String>::None],
            )?;
            Ok::<_, Error>((row.text("a")?, row.text("b")?, row.opt_text("c")?))
        });
        assert_eq!(row.expect("read"), ("two".into(), "one".into(), None));
    });
}

#[test]
fn what_no_value_was_given_for_is_an_error_and_never_nothing() {
    each(|db| {
        let none = db.read(|tx| tx.one("SELECT CAST($2 AS TEXT) AS a", params!["one"]).map(|_| ()));
        assert!(none.is_err(), "there is no second value");
        let many: Vec<Value> = (0..60).map(Value::Int).collect();
        let sql = "SELECT CAST($60 AS BIGINT) AS a, CAST($1 AS BIGINT) AS b";
        // PostgreSQL has them all, SQLite refuses: neither takes a value for none.
        if let Ok(found) = db.read(|tx| tx.opt(sql, &many)?.map(|row| row.int("a")).transpose()) {
            assert_eq!(found, Some(59));
        }
    });
}

#[test]
fn counters_never_give_a_number_twice_under_load() {
    each(|db| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                std::thread::spawn(move || {
                    (0..25)
                        .map(|_| {
                            db.write::<i64, Error, _>(|tx| setting::draw(tx, "n")).expect("draw")
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let mut drawn: Vec<i64> =
            threads.into_iter().flat_map(|thread| thread.join().expect("thread")).collect();
        drawn.sort_unstable();
        assert_eq!(drawn, (1..=200).collect::<Vec<_>>());
    });
}

#[test]
fn an_act_that_fails_after_writing_leaves_nothing_and_spoils_nobody() {
    each(|db| {
        let failing = {
            let db = db.clone();
            std::thread::spawn(move || {
                (0..50)
                    .filter(|_| {
                        db.write::<(), Error, _>(|tx| {
                            setting::record(tx, "half", "written")?;
                            Err(Error::Engine("no".into()))
                        })
                        .is_err()
                    })
                    .count()
            })
        };
        for n in 0..50 {
            let name = format!("fine-{n}");
            db.write::<(), Error, _>(move |tx| setting::record(tx, &name, "x")).expect("fine");
        }
        assert_eq!(failing.join().expect("thread"), 50);
        let (half, all) = db
            .read(|tx| {
                Ok::<_, Error>((
                    setting::find(tx, "half")?,
                    tx.number("SELECT COUNT(*) FROM setting", &[])?,
                ))
            })
            .expect("read");
        assert_eq!((half, all), (None, 50));
    });
}

#[test]
fn an_act_that_panics_is_an_error_and_the_next_one_works() {
    let folder = TempDir::new().expect("folder");
    let db = Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite");
    migration::run(&db).expect("migration");
    assert_eq!(db.engine(), Engine::Sqlite);
    let broken = db.write::<(), Error, _>(|_| panic!("on purpose"));
    assert!(matches!(broken, Err(Error::Engine(_))));
    db.write::<(), Error, _>(|tx| setting::record(tx, "a", "b")).expect("works");
}

#[test]
fn the_journal_is_chained_and_can_be_neither_changed_nor_cut() {
    each(|db| {
        for n in 0..5 {
            let subject = n.to_string();
            db.write::<(), Error, _>(move |tx| {
                let note = Note::new(Instant(n), "admin", Event::SignedIn);
                journal::record(tx, &note.on(&subject))
            })
            .expect("record");
        }
        assert_eq!(db.read(journal::broken_at).expect("read"), None);
        for sql in ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"] {
            assert!(db.write::<u64, Error, _>(move |tx| tx.run(sql, &[])).is_err(), "{sql}");
        }
        let lines = db.read(|tx| journal::list(tx, Some(4), 2)).expect("read");
        assert_eq!(lines.iter().map(|line| line.sequence).collect::<Vec<_>>(), [3, 2]);
    });
}

fn someone(login: &str) -> account::Account {
    account::Account {
        actor: Actor {
            account: AccountId(format!("id-{login}")),
            login: login.into(),
            name: "甲".into(),
            unit: UnitId("u".into()),
            roles: vec![Role::UnitHandler, Role::UnitHead],
        },
        post: Some(PostId("u_head".into())),
        password: "hash".into(),
        must_change: true,
        failures: 0,
        locked_until: Instant(0),
        closed_on: None,
    }
}

#[test]
fn accounts_sessions_and_tokens_come_back_as_they_went() {
    each(|db| {
        let account = someone("zhang");
        let id = account.actor.account.clone();
        let stored = account.clone();
        db.write::<(), Error, _>(move |tx| {
            account::record(tx, &stored, Instant(5), "admin")?;
            account::open_session(tx, "s", &id, "csrf", Instant(5))?;
            account::record_token(tx, "t", &id, "label", Instant(5))
        })
        .expect("write");
        let (found, session, caller) = db
            .read(|tx| {
                Ok::<_, Error>((
                    account::find(tx, "zhang")?,
                    account::session(tx, "s")?,
                    account::by_token(tx, "t")?,
                ))
            })
            .expect("read");
        assert_eq!(found.expect("account").actor, account.actor);
        assert_eq!(session.expect("session").csrf, "csrf");
        assert_eq!(caller.expect("caller").actor.login, "zhang");
    });
}

#[test]
fn a_key_is_used_once_and_forgotten_after_a_while() {
    each(|db| {
        let key = |word: &str, request: &str| once::Key {
            sender: "zhang".into(),
            word: word.into(),
            request: request.into(),
        };
        let begin = |key: once::Key| {
            db.write::<_, Error, _>(move |tx| once::begin(tx, &key, Instant(5))).expect("begins")
        };
        assert_eq!(begin(key("a", "x")), once::KeyState::Nothing);
        let first = key("a", "x");
        db.write::<_, Error, _>(move |tx| once::end(tx, &first, "2025-1")).expect("ends");
        assert_eq!(begin(key("a", "x")), once::KeyState::Done("2025-1".into()));
        assert_eq!(begin(key("a", "y")), once::KeyState::Other);
        // What is broken off in the middle leaves the key free.
        let broken = db.write::<(), Error, _>(move |tx| {
            once::begin(tx, &key("b", "x"), Instant(5))?;
            Err(Error::Engine("killed".into()))
        });
        assert!(broken.is_err_and(|error| error.to_string().contains("killed")));
        assert_eq!(begin(key("b", "x")), once::KeyState::Nothing);
        db.write::<_, Error, _>(|tx| once::forget(tx, Instant(6))).expect("forgets");
        assert_eq!(begin(key("a", "y")), once::KeyState::Nothing);
    });
}

#[test]
fn tries_are_counted_until_their_span_ends() {
    each(|db| {
        let limit = setting::TryLimit { most: 2, span: 100 };
        let count = |at: i64| {
            db.write::<_, Error, _>(move |tx| setting::within(tx, "x", limit, Instant(at)))
        };
        let counted: Vec<bool> =
            [0, 50, 99, 100, 199].map(|at| count(at).expect("counts")).to_vec();
        assert_eq!(counted, [true, true, false, true, true], "the span begins with the first try");
        let used = |at: i64| db.read(|tx| setting::used_up(tx, "x", limit, Instant(at)));
        assert_eq!((used(150).expect("asks"), used(200).expect("asks")), (true, false));
        db.write::<_, Error, _>(|tx| setting::forget_tries(tx, Instant(200))).expect("forgets");
        let left = db.read(|tx| tx.number("SELECT COUNT(*) FROM attempt", &[]));
        assert_eq!(left.expect("counts"), 0);
    });
}

#[test]
fn what_accounts_may_do_is_vouched_for() {
    each(|db| {
        db.write::<_, Error, _>(|tx| account::record(tx, &someone("zhang"), Instant(5), "admin"))
            .expect("records");
        assert_eq!(db.read(verify::whole).expect("whole"), Vec::<String>::new());
        let sql = "UPDATE account SET roles = 'office_head' WHERE login = 'zhang'";
        db.write::<_, Error, _>(|tx| tx.run(sql, &[])).expect("tampers");
        let found = db.read(verify::whole).expect("whole");
        assert_eq!(found, ["account zhang: not what the journal vouches for"]);
    });
}

#[test]
fn a_journal_whose_end_is_cut_off_is_noticed() {
    each(|db| {
        let note = Note::new(Instant(5), "a", Event::SignedIn);
        let line = move |tx: &mut store::Tx<'_>| journal::record(tx, &note);
        db.write::<_, Error, _>(move |tx| (0..3).try_for_each(|_| line(tx))).expect("writes");
        // Whoever holds the database's own rights gets round the triggers that stand against it.
        db.write::<(), Error, _>(|tx| {
            let guard = match tx.engine() {
                Engine::Sqlite => "DROP TRIGGER journal_stays",
                Engine::Postgres => "DROP TRIGGER journal_stands ON journal",
            };
            tx.run(guard, &[])?;
            tx.run("DELETE FROM journal WHERE sequence = 3", &[]).map(|_| ())
        })
        .expect("cuts");
        let found = db.read(verify::whole).expect("whole");
        assert!(found.iter().any(|one| one.contains("cut off after 2")), "{found:?}");
    });
}

#[test]
fn a_journal_line_that_nothing_of_ours_wrote_is_named_and_stops_no_check() {
    each(|db| {
        db.write::<_, Error, _>(|tx| {
            for n in 0..3 {
                journal::record(tx, &Note::new(Instant(n), "a", Event::SignedIn))?;
            }
            let guard = match tx.engine() {
                Engine::Sqlite => "DROP TRIGGER journal_stands",
                Engine::Postgres => "DROP TRIGGER journal_stands ON journal",
            };
            tx.run(guard, &[])?;
            tx.run("UPDATE journal SET kind = 'forged' WHERE sequence = 2", &[])
        })
        .expect("forges");
        let found = db.read(verify::whole).expect("whole");
        assert_eq!(found, ["journal 2: the chain breaks here"]);
        let shown = db.read(|tx| journal::list(tx, None, 10)).map_err(|error| error.to_string());
        let said = "corrupt row: journal sequence 2: kind: a word of its list expected";
        assert_eq!(shown.map(|lines| lines.len()), Err(said.to_owned()));
    });
}

#[test]
fn text_is_ordered_by_bytes_on_both() {
    each(|db| {
        let words = ["b", "A", "a", "土", "_", "B"];
        db.write::<(), Error, _>(move |tx| {
            words.iter().try_for_each(|word| setting::record(tx, word, ""))
        })
        .expect("write");
        let rows =
            db.read(|tx| tx.all("SELECT name FROM setting ORDER BY name", &[])).expect("read");
        let names: Vec<Value> = rows.iter().map(|row| row.value("name").expect("name")).collect();
        assert_eq!(names, ["A", "B", "_", "a", "b", "土"].map(Value::from));
    });
}

#[test]
fn the_way_to_postgres_is_encrypted_and_its_end_proves_itself() {
    let server = std::env::var("HUIYIN_TEST_POSTGRES").expect("run ./test");
    let authority = std::env::var("HUIYIN_TEST_POSTGRES_CA").expect("run ./test");
    let sql = "SELECT CAST(ssl AS TEXT) AS encrypted FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let encrypted = |db: &Db| db.read(|tx| tx.one(sql, &[])?.text("encrypted")).expect("read");
    assert_eq!(encrypted(&Db::postgres(&server).expect("plain")), "false");
    let db = Db::postgres_tls(&server, std::path::Path::new(&authority)).expect("encrypted");
    assert_eq!(encrypted(&db), "true");
    let folder = tempfile::TempDir::new().expect("folder");
    let none = folder.path().join("none.pem");
    std::fs::write(&none, "no certificate").expect("write");
    assert!(Db::postgres_tls(&server, &none).is_err());
}
