//! What an office keeps when things go wrong around it: rows are made anew however often that is broken off, a copy is
//! an office only once it is whole, and what two give at once is given once.

use crate::fixture::{Office, accept, petition, refer, supervised};
use crate::{each, each_empty, someone};
use casework::category::Category;
use casework::category::head::{HeadId, ProblemHead};
use casework::deadline::Law;
use casework::matter::intake::register;
use casework::matter::track::Track;
use casework::matter::{Command, Entry, Matter, MatterId};
use casework::moment::Instant;
use casework::org::{Place, UnitId};
use casework::petition::{Accused, Attachment, Petition};
use casework::statute::Statutes;
use jiff::civil::{Date, date};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use store::db::Engine;
use store::{
    Db, Error, Tx, account, copy, fact, journal, matter, migration, params, setting, vault, verify,
};

const DAY: Date = date(2025, 3, 3);

fn law(office: &Office) -> Law<'_> {
    Law { statutes: &office.law, calendar: &office.calendar }
}

/// The file of a matter that begins with this petition.
fn opened(office: &Office, id: MatterId, petition: Petition) -> (Matter, Vec<Entry>) {
    let facts = register(petition, None, &office.context(DAY)).expect("registers");
    let entries: Vec<Entry> =
        facts.into_iter().map(|fact| crate::fixture::entry(fact, DAY, "office")).collect();
    (Matter::replay(id, &entries).expect("opens"), entries)
}

fn keys(db: &Db, of: &Matter) {
    let of = of.clone();
    db.write::<(), Error, _>(move |tx| {
        for party in of.petitions.iter().flat_map(|petition| &petition.parties) {
            let digests = [(vault::Blind::Name, party.id.clone())];
            vault::record(tx, of.id, &party.id, "wrapped", &digests)?;
        }
        Ok(())
    })
    .expect("keys");
}

fn wrong(db: &Db, office: &Office) -> Vec<String> {
    db.read(|tx| verify::all(tx, law(office), |_, _| ())).expect("verified").found
}

/// An account that no line of the journal speaks of.
fn slip_in(tx: &mut Tx<'_>, login: &str) -> Result<(), Error> {
    let sql = "INSERT INTO account (id, login, name, unit, roles, password, must_change, failures, locked_until)
               VALUES ($1, $1, '甲', 'u', '', 'hash', 0, 0, 0)";
    tx.run(sql, params![login]).map(|_| ())
}

/// The lines of a file as the first version of the program wrote them.
fn first_lines(tx: &mut Tx<'_>, matter: MatterId, entries: &[Entry]) -> Result<(), Error> {
    let sql = "INSERT INTO fact (matter, sequence, kind, at, day, actor, unit, body, hash)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let mut before = String::new();
    for (sequence, entry) in (1..).zip(entries) {
        let body = serde_json::to_string(entry)?;
        before = fact::chain(&before, matter, sequence, &body);
        let Entry { at, on, actor, unit, fact, .. } = entry;
        let line =
            params![matter.0, sequence, fact.word(), at.0, *on, &actor.0, &unit.0, body, &before,];
        tx.run(sql, line)?;
    }
    Ok(())
}

fn renew(db: &Db, office: &Office) {
    db.write::<(), Error, _>(|tx| account::vouch_for_old(tx, Instant(9))).expect("vouches");
    renew_watched(db, office, |_, _| ());
}

fn renew_watched(db: &Db, office: &Office, watch: impl FnMut(u64, u64)) {
    let (statutes, calendar) = (Arc::new(office.law.clone()), Arc::new(office.calendar.clone()));
    matter::renew(db, &statutes, &calendar, watch).expect("renews");
}

#[test]
fn an_office_of_the_first_tables_gets_todays_rows() {
    let office = Office::new();
    each_empty(|db| {
        migration::up_to(db, 1).expect("the first tables");
        let (mut now, mut entries) = opened(&office, MatterId::new(2025, 1), petition(1, DAY));
        for command in [refer("agri"), accept()] {
            office.act((&mut now, &mut entries), &command, DAY).expect("lawful");
        }
        keys(db, &now);
        db.write::<(), Error, _>(move |tx| {
            setting::record(tx, "office.place", &now.jurisdiction.0)?;
            first_lines(tx, now.id, &entries)?;
            slip_in(tx, "zhang")
        })
        .expect("an old office");
        migration::run(db).expect("today's tables");
        assert!(db.read(|tx| matter::behind(tx, &office.law)).expect("read"));
        assert!(
            !wrong(db, &office).is_empty(),
            "there are no rows and nobody vouches for the account"
        );
        renew(db, &office);
        assert_eq!(wrong(db, &office), Vec::<String>::new());
        assert!(!db.read(|tx| matter::behind(tx, &office.law)).expect("read"));
        // Whoever is slipped in afterwards is vouched for by no later renewal.
        db.write::<(), Error, _>(|tx| slip_in(tx, "li")).expect("slipped in");
        renew(db, &office);
        assert_eq!(wrong(db, &office), ["account li: not what the journal vouches for"]);
    });
}

#[test]
fn a_renewal_that_breaks_off_is_begun_anew() {
    let office = Office::new();
    each(|db| {
        let (now, entries) = opened(&office, MatterId::new(2025, 1), petition(1, DAY));
        keys(db, &now);
        let (statutes, calendar) = (office.law.clone(), office.calendar.clone());
        db.write::<(), Error, _>(move |tx| {
            matter::record(
                tx,
                None,
                &now,
                &entries,
                Law { statutes: &statutes, calendar: &calendar },
            )?;
            tx.run("UPDATE matter SET title = '旧', place = ''", params![]).map(|_| ())
        })
        .expect("rows by older rules");
        let broken = catch_unwind(AssertUnwindSafe(|| {
            renew_watched(db, &office, |_, _| panic!("the power went out"));
        }));
        assert!(broken.is_err());
        assert!(
            db.read(|tx| matter::behind(tx, &office.law)).expect("read"),
            "the next to open it sees that it is not done"
        );
        renew(db, &office);
        assert_eq!(wrong(db, &office), Vec::<String>::new());
        assert!(!db.read(|tx| matter::behind(tx, &office.law)).expect("read"));
        // Another text of law makes other due dates.
        let local = "edition = \"XX\"\nname = \"某地规定\"\njurisdiction = \"65\"\nin_force_from = \"2024-01-01\"\n";
        let texts = Statutes::with(&[local.to_owned()]).expect("texts");
        assert!(db.read(|tx| matter::behind(tx, &texts)).expect("read"));
    });
}

#[test]
fn a_festival_renews_what_was_only_just_registered_behind_its_walls() {
    // ZJ counts the first days in working days, so a festival moves them.
    let mut office = Office::new();
    office.place = Place("330102".to_owned());
    let mut accusing = petition(1, DAY);
    accusing.place = Place("330102001".to_owned());
    accusing.track = Track::Accusation;
    accusing.accused = vec![Accused::of(Some(UnitId("housing".to_owned())), None)];
    let (now, entries) = opened(&office, MatterId::new(2025, 1), accusing);
    assert_eq!(now.version, 1);
    let mut calendar = office.calendar.clone();
    calendar.rest(date(2025, 3, 5));
    each(|db| {
        keys(db, &now);
        let (now, entries) = (now.clone(), entries.clone());
        let (statutes, before, after) =
            (office.law.clone(), office.calendar.clone(), calendar.clone());
        let moved = db.write::<u64, Error, _>(move |tx| {
            matter::record(
                tx,
                None,
                &now,
                &entries,
                Law { statutes: &statutes, calendar: &before },
            )?;
            let (from, to) = (
                Law { statutes: &statutes, calendar: &before },
                Law { statutes: &statutes, calendar: &after },
            );
            matter::recompute(tx, from, to)
        });
        assert_eq!(moved.expect("renews"), 1);
    });
}

#[test]
fn what_somebody_changed_beside_the_chain_is_named() {
    let office = Office::new();
    each(|db| {
        let mut with_file = petition(1, DAY);
        with_file.attachments = vec![Attachment {
            hash: "ab".repeat(32),
            name: "收据.pdf".to_owned(),
            media: "application/pdf".to_owned(),
            size: 3,
        }];
        let (now, entries) = opened(&office, MatterId::new(2025, 1), with_file);
        keys(db, &now);
        let (statutes, calendar) = (office.law.clone(), office.calendar.clone());
        db.write::<(), Error, _>(move |tx| {
            matter::record(
                tx,
                None,
                &now,
                &entries,
                Law { statutes: &statutes, calendar: &calendar },
            )
        })
        .expect("records");
        assert_eq!(wrong(db, &office), Vec::<String>::new());
        // Whoever has the database's own rights can take the guard away.
        let guard = match db.engine() {
            Engine::Sqlite => "DROP TRIGGER fact_stands",
            Engine::Postgres => "DROP TRIGGER fact_stands ON fact",
        };
        db.write::<(), Error, _>(move |tx| tx.script(guard)).expect("unguarded");
        for (sql, named) in [
            ("UPDATE fact SET day = '2025-01-01'", "day: Text"),
            ("UPDATE attachment SET name = '别的.pdf'", "otherwise than its file says"),
            ("DELETE FROM attachment", "lacks"),
            (
                "INSERT INTO attachment (matter, hash, name, media, size) VALUES (20250000001, 'cd', 'x', 'y', 1)",
                "has cd otherwise",
            ),
        ] {
            db.write::<u64, Error, _>(move |tx| tx.run(sql, &[])).expect("changed");
            let found = wrong(db, &office);
            assert!(found.iter().any(|line| line.contains(named)), "{sql}: {found:?}");
        }
    });
}

#[test]
fn of_two_who_give_a_number_at_once_the_second_is_told() {
    let office = Office::new();
    each(|db| {
        let (first, mut entries) = opened(&office, MatterId::new(2025, 1), petition(1, DAY));
        let mut now = first;
        for command in [refer("agri"), Command::Supervise(supervised("agri"))] {
            office.act((&mut now, &mut entries), &command, DAY).expect("lawful");
        }
        let number = now.supervisions[0].supervised.number.clone();
        let (asked, go_on) = std::sync::mpsc::channel();
        let one = {
            let (db, number) = (db.clone(), number.clone());
            let (statutes, calendar) = (office.law.clone(), office.calendar.clone());
            std::thread::spawn(move || {
                db.write::<_, Error, _>(move |tx| {
                    let found = store::paper::number_taken(tx, &number)?;
                    asked.send(()).expect("somebody waits");
                    // Long enough for the other to look before this one is done.
                    std::thread::sleep(std::time::Duration::from_millis(300));
                    matter::record(
                        tx,
                        None,
                        &now,
                        &entries,
                        Law { statutes: &statutes, calendar: &calendar },
                    )?;
                    Ok(found)
                })
            })
        };
        go_on.recv().expect("it has asked");
        let second = db.write::<_, Error, _>(move |tx| store::paper::number_taken(tx, &number));
        assert!(!one.join().expect("thread").expect("first"));
        assert!(second.expect("second"), "somebody was quicker");
    });
}

#[test]
fn a_tree_corrected_before_its_day_replaces_the_one_that_was_to_be() {
    each(|db| {
        let tree = |names: &[&str]| {
            names.iter().map(|name| Category((*name).to_owned())).collect::<Vec<_>>()
        };
        for (from, names) in [
            (date(2025, 1, 1), tree(&["旧"])),
            (date(2026, 1, 1), tree(&["新", "误"])),
            (date(2026, 1, 1), tree(&["新"])),
        ] {
            db.write::<(), Error, _>(move |tx| store::almanac::record_categories(tx, from, &names))
                .expect("tree");
        }
        let all = db.read(store::almanac::all_categories).expect("read");
        let paths: Vec<_> = all.iter().map(|one| (one.category.0.as_str(), one.until)).collect();
        assert_eq!(paths, [("新", None), ("旧", Some(date(2025, 12, 31)))]);
    });
}

#[test]
fn heads_are_dated_and_what_was_to_be_is_replaced() {
    each(|db| {
        let head = |id: &str, from, categories: &[&str]| ProblemHead {
            id: HeadId(id.to_owned()),
            name: id.to_owned(),
            categories: categories.iter().map(|path| Category((*path).to_owned())).collect(),
            from,
            until: None,
        };
        let (old, new, last) = (date(2025, 1, 1), date(2026, 1, 1), date(2026, 7, 1));
        for (from, heads) in [
            (old, vec![head("water", old, &["水", "井"]), head("land", old, &["地"])]),
            (last, vec![head("mistake", last, &["误"])]),
            (new, vec![head("land", new, &["地", "水"])]),
        ] {
            db.write::<(), Error, _>(move |tx| store::almanac::record_heads(tx, from, &heads))
                .expect("heads");
        }
        let all = db.read(store::almanac::all_heads).expect("read");
        let said: Vec<(&str, usize, jiff::civil::Date, Option<jiff::civil::Date>)> = all
            .iter()
            .map(|one| (one.id.0.as_str(), one.categories.len(), one.from, one.until))
            .collect();
        let day_before = Some(date(2025, 12, 31));
        assert_eq!(
            said,
            [("water", 2, old, day_before), ("land", 1, old, day_before), ("land", 2, new, None)]
        );
    });
}

#[test]
fn a_copy_that_breaks_off_is_no_office() {
    let office = Office::new();
    let folder = tempfile::TempDir::new().expect("folder");
    let from = Db::sqlite(&folder.path().join("from.sqlite")).expect("sqlite");
    migration::run(&from).expect("migration");
    let (now, entries) = opened(&office, MatterId::new(2025, 1), petition(1, DAY));
    keys(&from, &now);
    let (statutes, calendar) = (office.law.clone(), office.calendar.clone());
    from.write::<(), Error, _>(move |tx| {
        setting::record(tx, "office.name", "云水县信访局")?;
        account::record(tx, &someone("zhang"), Instant(5), "admin")?;
        matter::record(tx, None, &now, &entries, Law { statutes: &statutes, calendar: &calendar })
    })
    .expect("an office");
    each(|to| {
        // What stands in the last table that is copied before the settings breaks the copy off.
        to.write::<(), Error, _>(|tx| {
            let note = journal::Note::new(Instant(1), "x", journal::Event::SignedIn);
            journal::record(tx, &note)
        })
        .expect("in the way");
        assert!(copy::run(&from, to, |_, _| ()).is_err());
        let name = to.read(|tx| setting::find(tx, "office.name")).expect("read");
        assert_eq!(name, None, "nobody opens the half of it");
    });
    each(|to| {
        copy::run(&from, to, |_, _| ()).expect("copies");
        assert_eq!(copy::dump(to).expect("dump"), copy::dump(&from).expect("dump"));
        assert!(to.read(|tx| setting::find(tx, "office.name")).expect("read").is_some());
        assert_eq!(wrong(to, &office), Vec::<String>::new());
    });
}
