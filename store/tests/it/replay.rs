//! Rows are what their files tell: random histories of every room go through the store, and `verify` finds
//! nothing afterwards.

use crate::each;
use crate::fixture::{
    Office, accept, answer, ask_extension, ask_review, conclude, decided, entry, petition, refer,
    served, sign,
};
use crate::wishes::of_every_room;
use casework::calendar::plus_days;
use casework::category::Category;
use casework::deadline::Law;
use casework::matter::intake::{Claim, Join, Leaving, Merged, Supplement, Unjoin, register};
use casework::matter::queue::{Bucket, Waiter};
use casework::matter::referral::{Objected, Ruling};
use casework::matter::review::ReviewOutcome;
use casework::matter::{Command, Entry, Matter, MatterId, StepKind};
use casework::org::{AccountId, UnitId};
use casework::petition::{Channel, Petition};
use casework::role::{Reach, Scope};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::sync::atomic::{AtomicU32, Ordering};
use store::matter::{Count, Derived, Facet, Listing, Waits};
use store::{Db, Error, matter, params, vault, verify};

/// Petitions have numbers of their own in the whole record.
static SERIAL: AtomicU32 = AtomicU32::new(1);

fn fresh(on: Date) -> Petition {
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    // Classifications are of several depths.
    let deep = ["农村农业/村务管理/账目", "农村农业/村务管理", "农村农业"];
    let category = deep.get((serial % 3) as usize).copied().unwrap_or_default();
    Petition { category: Category(category.to_owned()), ..petition(serial, on) }
}

/// Who looks: whoever sees everything, the office's clerk, and the people of units, who may be accused.
fn readers() -> Vec<Scope> {
    let of = |unit: &str, reach: Reach| Scope {
        reach,
        unit: UnitId(unit.to_owned()),
        account: AccountId(format!("{unit}-1")),
        opens_seals: false,
        opens_own: true,
    };
    let unit = |unit: &str| of(unit, Reach::Unit(UnitId(unit.to_owned())));
    vec![Scope::whole(), of("office", Reach::All), unit("agri"), unit("housing"), unit("gov")]
}

/// Everything that lists of the record can be filtered by.
fn facets() -> Vec<Facet> {
    let units = ["office", "agri", "housing", "gov"].map(|unit| UnitId(unit.to_owned()));
    let mut all: Vec<Facet> = StepKind::ALL.map(Facet::Step).to_vec();
    all.extend(units.iter().cloned().map(Facet::Holder));
    all.extend(units.iter().cloned().map(Facet::With));
    all.extend(Channel::ALL.map(Facet::Channel));
    let places = ["53", "539921", "5399211", "539921101", "539921102"];
    all.extend(places.map(|code| Facet::Place(code.to_owned())));
    let paths = ["农村农业", "农村农业/村务管理", "农村农业/村务管理/账目", "农村", "教育"];
    all.extend(paths.map(|path| Facet::Category(path.to_owned())));
    all
}

/// Every list and every queue has as many rows as it says, for every reader.
fn lists_have_what_they_say(db: &Db, matters: &[Matter], law: Law<'_>) {
    let queues: BTreeSet<(Bucket, Waiter)> = matters
        .iter()
        .flat_map(|matter| matter.queued(law))
        .map(|place| (place.bucket, place.waiter))
        .collect();
    for scope in readers() {
        let mut wanted = vec![Vec::new()];
        let all = facets();
        wanted.extend(all.iter().map(|facet| vec![facet.clone()]));
        wanted.extend(all.windows(2).map(<[Facet]>::to_vec));
        for facets in wanted {
            let listing = Listing { facets, limit: 500, ..Listing::of(scope.clone()) };
            let (count, rows) = db
                .read(|tx| {
                    let count = matter::count(tx, &listing)?;
                    Ok::<_, Error>((count, matter::list(tx, &listing)?.len()))
                })
                .expect("list");
            assert_eq!(count, Count::Exactly(rows as i64), "{:?} for {scope:?}", listing.facets);
        }
        for (bucket, waiter) in &queues {
            let mine = match waiter {
                Waiter::County | Waiter::Place(_) | Waiter::Mailbox(_) => scope.reach == Reach::All,
                Waiter::Unit(unit) => scope.reach == Reach::All || *unit == scope.unit,
                Waiter::Account(_) => scope.reach == Reach::All,
            };
            if !mine {
                continue;
            }
            let (bucket, waiters) = (*bucket, vec![waiter.clone()]);
            let waits = Waits { bucket, waiters, from: None, before: None };
            let (count, rows) = db
                .read(|tx| {
                    let rows = matter::waiting(tx, &scope, &waits, None, 500)?.len();
                    Ok::<_, Error>((
                        matter::counts(tx, &scope, std::slice::from_ref(&waits))?,
                        rows,
                    ))
                })
                .expect("queue");
            assert_eq!(count, [Count::Exactly(rows as i64)], "{waits:?} for {scope:?}");
        }
    }
}

/// A list by two facets, or by words and a facet, has what the lists by each of them have.
fn lists_by_two_have_what_both_have(db: &Db) {
    let listed = |facets: Vec<Facet>, words: Option<&str>| -> BTreeSet<MatterId> {
        let words = words.map(str::to_owned);
        let listing = Listing { facets, words, limit: 500, ..Listing::of(Scope::whole()) };
        let rows = db.read(|tx| matter::list(tx, &listing)).expect("list");
        rows.into_iter().map(|row| row.id).collect()
    };
    let lasting =
        |facet: &Facet| matches!(facet, Facet::Channel(_) | Facet::Place(_) | Facet::Category(_));
    let all: Vec<Facet> = facets().into_iter().filter(lasting).collect();
    let alone: Vec<BTreeSet<MatterId>> =
        all.iter().map(|facet| listed(vec![facet.clone()], None)).collect();
    let worded = listed(Vec::new(), Some("收据"));
    for (one, of_one) in all.iter().zip(&alone) {
        let both = listed(vec![one.clone()], Some("收据"));
        assert_eq!(both, of_one & &worded, "{one:?} with words");
        for (other, of_other) in all.iter().zip(&alone) {
            // A kind of filter is there at most once.
            if discriminant(one) == discriminant(other) {
                continue;
            }
            let both = listed(vec![one.clone(), other.clone()], None);
            assert_eq!(both, of_one & of_other, "{one:?} {other:?}");
        }
    }
}

fn wish(which: u8, matter: &Matter, on: Date) -> Option<Command> {
    let number = matter.petitions.last()?.number.clone();
    let mut wishes = of_every_room(on, &number);
    wishes.extend([refer("agri"), refer("housing"), accept(), sign(), conclude(), Command::Extend]);
    wishes.extend([answer(1), answer(2), answer(3), ask_extension(20), Command::AcceptReview]);
    wishes.push(Command::Serve(served(on)));
    wishes.push(Command::AskReview(ask_review("gov", on)));
    wishes.push(Command::ServeReview(served(on)));
    wishes.extend(ReviewOutcome::ALL.map(|outcome| Command::DecideReview(decided(outcome))));
    wishes.push(Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None }));
    wishes.push(Command::Return(Ruling { reason: "属实".to_owned() }));
    wishes.push(Command::Supplement(Supplement {
        petition: number.clone(),
        text: "补充收据".to_owned(),
        attachments: Vec::new(),
    }));
    wishes.push(Command::Unjoin(Unjoin {
        petition: number,
        leaving: Leaving::Mistake,
        reason: "另一件事".to_owned(),
        to: MatterId::new(2025, 9_999),
    }));
    for claims in [[Claim::Same(1), Claim::Same(2)], [Claim::Same(1), Claim::New]] {
        wishes.push(Command::Join(Box::new(Join {
            petition: fresh(on),
            claims: claims.to_vec(),
            reason: "同一人同一事".to_owned(),
        })));
    }
    let into = MatterId::new(2025, 9_999);
    wishes.push(Command::Merge(Merged { into, reason: "同一人同一事".to_owned() }));
    let count = wishes.len();
    Some(wishes.swap_remove(usize::from(which) % count))
}

/// Plays a history into the record; whoever is written about has their keys there, as at registration.
fn play(db: &Db, office: &Office, id: MatterId, wishes: &[(u8, u8)]) -> Result<(), Error> {
    let mut on = date(2025, 1, 6);
    let first = fresh(on);
    let facts = register(first, None, &office.context(on)).expect("registers");
    let mut entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, on, "office")).collect();
    let mut now = Matter::replay(id, &entries).expect("opens");
    record(db, office, None, (&now, &entries))?;
    for (which, days) in wishes {
        on = plus_days(on, i64::from(days % 9));
        let Some(command) = wish(*which, &now, on) else { break };
        let (known, before) = (entries.len(), now.clone());
        // A refusal leaves everything as it was.
        if office.act((&mut now, &mut entries), &command, on).is_ok() {
            let new = entries.get(known..).unwrap_or_default();
            record(db, office, Some(&before), (&now, new))?;
        }
    }
    Ok(())
}

fn record(
    db: &Db,
    office: &Office,
    before: Option<&Matter>,
    (now, new): (&Matter, &[Entry]),
) -> Result<(), Error> {
    let (before, now, new) = (before.cloned(), now.clone(), new.to_vec());
    let (law, calendar) = (office.law.clone(), office.calendar.clone());
    db.write(move |tx| {
        let law = Law { statutes: &law, calendar: &calendar };
        let before = before.as_ref().map(|before| Derived::of(before, law));
        matter::record(tx, before.as_ref(), &now, &new, law)?;
        for party in now.petitions.iter().flat_map(|petition| &petition.parties) {
            if vault::key(tx, &party.id)?.is_none() {
                let digests = [(vault::Blind::Name, party.id.clone())];
                vault::record(tx, now.id, &party.id, "wrapped", &digests)?;
            }
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn rows_are_what_their_files_tell(
        histories in prop::collection::vec(prop::collection::vec((any::<u8>(), any::<u8>()), 0..50), 8)
    ) {
        let office = Office::new();
        each(|db| {
            for (serial, wishes) in (1u32..).zip(&histories) {
                play(db, &office, MatterId::new(2025, serial), wishes).expect("records");
            }
            let law = Law { statutes: &office.law, calendar: &office.calendar };
            let wrong = db.read(|tx| verify::all(tx, law, |_, _| ())).expect("verified").found;
            assert_eq!(wrong, Vec::<String>::new());
            let ids = db.read(matter::ids).expect("ids");
            let matters = ids.into_iter().map(|id| db.read(|tx| matter::find(tx, id)));
            let matters: Result<Vec<Option<Matter>>, Error> = matters.collect();
            let matters: Vec<Matter> = matters.expect("matters").into_iter().flatten().collect();
            lists_have_what_they_say(db, &matters, law);
            lists_by_two_have_what_both_have(db);
            let acts = db
                .read(|tx| tx.number("SELECT COUNT(*) FROM fact", params![]))
                .expect("count");
            assert!(acts >= 8, "something happened");
        });
    }
}
