//! The county's year: the seed report's figures, equal records on both engines, and `verify`.

use crate::office::{differences, postgres};
use casework::category::head::HeadId;
use casework::figure::{Figure, FigureKey, catalogue};
use casework::moment::Within;
use casework::org::UnitId;
use huiyin::house::House;
use huiyin::{demo, report};
use jiff::civil::date;
use std::sync::Arc;
use store::figure::Part;
use store::{Db, Error, copy, migration};
use tempfile::TempDir;

/// The value of the figure of this name.
fn of(report: &report::Report, name: &str) -> i64 {
    report.value(&FigureKey::parse(name).expect("a figure"))
}

fn play(db: Db, folder: &TempDir) -> Arc<House> {
    demo::play(db, folder.path(), &[1; 32], |_, _| ()).expect("year")
}

/// What the seed report says of leaders, campaigns and the rest; "more than" as a least number. What the law
/// makes the report account for is among it: supervision and recommendations (R05-39, R22-41).
fn duties(house: &House, report: &report::Report) {
    for (key, value) in [
        ("regulations.issued", 11),
        ("quota.outreach.county_leader.per_year", 4),
        ("quota.outreach_or_appointment.department_cadre.per_year", 4),
        ("quota.outreach_or_appointment.township_head.per_month", 8),
        ("quota.problems_solved.min", 3),
        ("quota.problems_solved.max", 5),
        ("sponsorship.matters", 37),
        ("sponsorship.leaders", 8),
        ("sponsorship.secretary.collective_signed_and_mediated", 3),
        ("sponsorship.secretary.key_solutions_studied", 8),
        ("publicity.board_contest.units", 38),
        ("publicity.television.days", 7),
        ("working_groups.count", 7),
        ("working_groups.cadres", 20),
        ("special_campaign.months", 2),
        ("special_campaign.matters", 31),
        ("law_related.matters_resolved", 11),
        ("support_contacts.leaders", 31),
        ("support_contacts.households", 31),
    ] {
        assert_eq!(of(report, key), value, "{key}");
    }
    for (key, least, most) in [
        ("outreach_campaign.problems_solved", 41, 49),
        ("outreach_campaign.funds_raised", 100_001, 199_999),
        ("law_related.conferences", 41, 49),
    ] {
        let value = of(report, key);
        assert!((least..=most).contains(&value), "{key} is {value}");
    }
    let period = casework::moment::Within { from: report.from, until: report.until };
    let scope = casework::role::Scope::whole();
    let values = house.db.read(|tx| huiyin::figure::values(tx, &scope, period));
    let values = values.expect("figures");
    for figure in casework::duty::figure::DutyFigure::ALL {
        let value = house.db.read(|tx| huiyin::figure::one(tx, figure, &scope, period));
        let value = value.expect("every figure of the duty side");
        assert_eq!(values.get(&figure), Some(&value.value), "{} stated and opened", figure.word());
        let counted: i64 = value.counted.iter().map(|one| one.amount).sum();
        let quota = figure.word().starts_with("quota.");
        assert!(quota || counted == value.value, "{} opens what it counts", figure.word());
        assert!(!value.counted.is_empty() || value.value == 0, "{} opens", figure.word());
    }
}

#[test]
fn the_year_states_the_seed_figures_on_both_engines_with_equal_records() {
    let folders = [TempDir::new().expect("folder"), TempDir::new().expect("folder")];
    let sqlite =
        play(Db::sqlite(&folders[0].path().join("office.sqlite")).expect("sqlite"), &folders[0]);
    let postgres = play(postgres(), &folders[1]);
    for house in [&sqlite, &postgres] {
        let report = report::of_year(house, &casework::role::Scope::whole(), demo::YEAR, None)
            .expect("report");
        assert_eq!(report.failed, []);
        for (key, value) in [
            ("petitions.total", 259),
            ("petitions.visits.individual", 208),
            ("petitions.visits.collective", 46),
            ("petitions.letters", 5),
            ("petitions.concluded", 234),
        ] {
            assert_eq!(of(&report, key), value, "{key}");
        }
        assert!(of(&report, "petitions.repeat") > 60, "many repeats joined");
        let text = report.markdown(house, huiyin::locale::Lang::Hans);
        let unknown = text
            .replace("](/figures/", "")
            .split('[')
            .skip(1)
            .any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        assert!(!unknown, "every name in brackets is a figure's: {text}");
        duties(house, &report);
        for (head, petitions) in [
            ("land", 111),
            ("restructuring", 50),
            ("demolition", 49),
            ("lawsuit", 31),
            ("other", 18),
        ] {
            assert_eq!(of(&report, &format!("head.{head}")), petitions, "{head}");
            let causes = report.causes(&HeadId(head.to_owned()));
            assert!(causes.len() >= 3 || petitions == 18, "{head:?} has its causes: {causes:?}");
        }
        // Where problems are many, by unit; each opens its petitions (R05-39, R22-41).
        let first = report.units.first().expect("a unit").clone();
        assert_ne!(first, house.office, "what is concluded still concerns whoever handled it");
        let period = casework::moment::Within { from: report.from, until: report.until };
        let figure = Figure::of(FigureKey::Unit(first), period).expect("counts petitions");
        let rows = house.db.read(|tx| {
            let scope = casework::role::Scope::whole();
            store::figure::list(tx, &figure.filter, &scope, store::figure::Part::BEGINNING)
        });
        assert_eq!(rows.expect("rows").len() as i64, report.value(&figure.key));
        let march = Some(jiff::civil::date(demo::YEAR, 3, 31));
        let early = report::of_year(house, &casework::role::Scope::whole(), demo::YEAR, march)
            .expect("report");
        assert_eq!(early.failed, []);
        // Together or one by one, of one period or of two: the same numbers.
        let scope = casework::role::Scope::whole();
        let periods = [report.until, early.until];
        let periods = periods.map(|until| casework::moment::Within { from: report.from, until });
        let figures: Vec<Figure> =
            periods.into_iter().flat_map(|within| catalogue(within, &report.heads)).collect();
        let filters: Vec<_> = figures.iter().map(|figure| &figure.filter).collect();
        let counts = house.db.read(|tx| {
            let each: Result<Vec<i64>, store::Error> =
                filters.iter().map(|filter| store::figure::count(tx, filter, &scope)).collect();
            Ok::<_, store::Error>((store::figure::count_each(tx, &filters, &scope)?, each?))
        });
        let (together, each) = counts.expect("counts");
        assert_eq!(together, each);
        assert!(of(&early, "answers.within_60_days") <= of(&early, "answers.total"));
        assert_eq!(differences(house), Vec::<String>::new());
        assert_eq!(
            house
                .db
                .read(|tx| store::figure::list(
                    tx,
                    &casework::figure::Filter::default(),
                    &casework::role::Scope::whole(),
                    store::figure::Part::BEGINNING
                ))
                .expect("list")
                .len(),
            259
        );
    }
    assert_eq!(copy::dump(&sqlite.db).expect("dump"), copy::dump(&postgres.db).expect("dump"));

    let third = TempDir::new().expect("folder");
    let copied = Db::sqlite(&third.path().join("copy.sqlite")).expect("sqlite");
    migration::run(&copied).expect("migration");
    copy::run(&postgres.db, &copied, |_, _| ()).expect("copy");
    assert_eq!(copy::dump(&copied).expect("dump"), copy::dump(&sqlite.db).expect("dump"));
    assert!(copy::run(&postgres.db, &copied, |_, _| ()).is_err(), "never into a used database");
}

/// Counters and the cases that a figure opens come from different tables and must tell the same: for every figure, of
/// every month, and of the year as it stood in the middle of each.
#[test]
fn what_counters_say_is_what_figures_open() {
    let folder = TempDir::new().expect("folder");
    let house = play(Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite"), &folder);
    let scope = casework::role::Scope::whole();
    let mut compared = 0;
    for month in 1..=12 {
        let first = date(demo::YEAR, month, 1);
        let year = Within { from: date(demo::YEAR, 1, 1), until: date(demo::YEAR, month, 15) };
        for within in [Within { from: first, until: first.last_of_month() }, year] {
            let values = house.db.read(|tx| huiyin::figure::values(tx, &scope, within));
            let values = values.expect("figures");
            for figure in casework::duty::figure::DutyFigure::ALL {
                let opened = house.db.read(|tx| huiyin::figure::one(tx, figure, &scope, within));
                let (said, opened) = (values.get(&figure), opened.expect("figure").value);
                assert_eq!(said, Some(&opened), "{} until {}", figure.word(), within.until);
                compared += usize::from(opened > 0);
            }
            let heads = house.directory().problem_heads(within.until);
            let mut figures = catalogue(within, &heads);
            let units = house.db.read(|tx| store::figure::by_unit(tx, &scope, within));
            let organs = house.db.read(|tx| store::figure::by_organ(tx, &scope, within));
            for (units, key) in [
                (units, FigureKey::Unit as fn(UnitId) -> FigureKey),
                (organs, FigureKey::Organ as fn(UnitId) -> FigureKey),
            ] {
                for (unit, said) in units.expect("units") {
                    let figure = Figure::of(key(unit), within).expect("a figure");
                    let count =
                        house.db.read(|tx| store::figure::count(tx, &figure.filter, &scope));
                    assert_eq!(count.expect("count"), said, "{}", figure.key);
                    figures.push(figure);
                }
            }
            for Figure { key, filter } in figures {
                let (count, rows) = house
                    .db
                    .read(|tx| {
                        Ok::<_, Error>((
                            store::figure::count(tx, &filter, &scope)?,
                            store::figure::list(tx, &filter, &scope, Part::BEGINNING)?,
                        ))
                    })
                    .expect("figure");
                let opened = i64::try_from(rows.len()).expect("few");
                assert_eq!(count, opened, "{key} from {} until {}", within.from, within.until);
                compared += usize::from(count > 0);
            }
        }
    }
    assert!(compared > 500, "{compared} figures counted anything");
}

#[test]
fn whoever_tampers_is_named() {
    let folder = TempDir::new().expect("folder");
    let house = play(Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite"), &folder);
    for sql in ["UPDATE fact SET actor = 'x'", "DELETE FROM fact"] {
        assert!(house.db.write::<u64, Error, _>(move |tx| tx.run(sql, &[])).is_err(), "{sql}");
    }
    house
        .db
        .write::<(), Error, _>(|tx| {
            tx.script(
                "DROP TRIGGER fact_stands; UPDATE fact SET body = replace(body, '依法', '随便')
         WHERE matter = 20250000003 AND sequence = 2;
                 DROP TRIGGER fact_stays; DELETE FROM fact WHERE matter = 20250000015 AND sequence = 1;
                 INSERT INTO clock (matter, position, kind, unit, started_on, due_on, owed)
         VALUES (20259999999, 0, 'handling', 'agri', '2025-01-01', '2025-03-02', 1);
                 UPDATE tally SET number = number + 1 WHERE kind = 'came' AND period = '2025-03';
                 UPDATE matter SET step = 'registered' WHERE id = 20250000005;
                 DELETE FROM search WHERE rowid = 20250000007;
                 UPDATE petition SET headcount = 999 WHERE matter = 20250000009 AND position = 0;
                 DELETE FROM clock WHERE matter = 20250000011 AND position = 0;
                 DELETE FROM blind WHERE matter = 20250000013;
                 UPDATE duty SET body = replace(body, '逐件研究', '没有研究') WHERE noun = 'conference' AND id = '2025-3';
                 DELETE FROM duty WHERE noun = 'house_rule' AND id = '2025-2';
                 UPDATE counter SET value = 5 WHERE name = 'matter-2025';",
            )
        })
        .expect("tamper");
    let found = differences(&house).join("\n");
    for expected in [
        "fact 2025-3/2: the chain breaks here",
        "fact 2025-15/2: the chain breaks here",
        "clock 2025-9999999: a row without a case file",
        "tally came 2025-03 ",
        "matter: 2025-5 step:",
        "search: 2025-7 is not fully indexed",
        "headcount: Int(999) instead of",
        "clock: 2025-11 has 6 rows, its file 7",
        "blind: ",
        "duty conference 2025-3: not what the journal vouches for",
        "duty house_rule:2025-2: the record is gone",
        "counter matter-2025: 5 is behind",
    ] {
        assert!(found.contains(expected), "{expected} not in {found}");
    }
}
