//! Walls: whatever happens to a matter, whoever is accused or keeps out is never given it and never knows
//! of it, in any role and by any act.

use crate::fixture::{Office, actor, entry, petition};
use crate::wishes::{ask_recusal, decide_recusal, of_every_room};
use casework::calendar::plus_days;
use casework::matter::intake::{Claim, Join, Leaving, Merged, Unjoin, register};
use casework::matter::track::Track;
use casework::matter::{Command, Context, Entry, Matter, MatterId};
use casework::org::{AccountId, Role, UnitId};
use casework::petition::{Accused, Petition};
use casework::role::{Act, Denial, Thing, allow, scope};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A matter that accuses the housing bureau, and a clerk of the office by account.
fn accused(office: &Office, on: Date) -> (Matter, Vec<Entry>) {
    let mut first = petition(1, on);
    first.track = Track::Accusation;
    let against = |unit: &str, account: Option<&str>| Accused {
        id: format!("{unit}-{account:?}"),
        ..Accused::of(Some(UnitId(unit.to_owned())), account.map(|id| AccountId(id.to_owned())))
    };
    first.accused = vec![against("housing", None), against("office", Some("clerk"))];
    // And somebody of whom the name alone is known, as one of the office's people is called.
    let namesakes = vec![AccountId("other".to_owned())];
    first.accused.push(Accused { namesakes, ..Accused::of(None, None) });
    let facts = register(first, None, &office.context(on)).expect("registers");
    let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, on, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    (matter, entries)
}

/// A matter that accuses the housing bureau, and that the agriculture bureau took in.
fn accused_elsewhere(office: &Office, on: Date) -> (Matter, Vec<Entry>) {
    let agri = actor("agri", "handler");
    let first = Petition {
        track: Track::Accusation,
        accused: vec![Accused::of(Some(UnitId("housing".to_owned())), None)],
        first_unit: agri.unit.clone(),
        ..petition(1, on)
    };
    let context = Context { actor: &agri, ..office.context(on) };
    let facts = register(first, None, &context).expect("registers");
    let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, on, "agri")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    assert_eq!(matter.holder, agri.unit);
    (matter, entries)
}

/// Every act that a wish can be, and the main road's.
fn wish(which: u8, matter: &Matter, on: Date) -> Command {
    let number = matter.petitions.last().expect("one").number.clone();
    let mut wishes = of_every_room(on, &number);
    for unit in ["agri", "housing", "office", "gov"] {
        wishes.push(crate::fixture::refer(unit));
        wishes.push(crate::wishes::designate(unit));
        wishes.push(crate::wishes::recommend(unit, unit));
        wishes.push(crate::wishes::ask_contribution(unit, &[1], plus_days(on, 5)));
        wishes.push(Command::Supervise(crate::fixture::supervised(unit)));
        wishes.push(Command::AskReview(crate::fixture::ask_review(unit, on)));
    }
    wishes.push(crate::fixture::accept());
    wishes.push(crate::fixture::answer(1));
    wishes.push(crate::fixture::hear(on));
    wishes.push(crate::fixture::sign());
    wishes.push(Command::Serve(crate::fixture::served(on)));
    wishes.push(ask_recusal("handler"));
    wishes.push(decide_recusal("handler", true));
    wishes.push(crate::wishes::identify(None));
    wishes.swap_remove(usize::from(which) % wishes.len())
}

proptest! {
    #[test]
    fn no_history_takes_it_to_whom_it_accuses(
        wishes in prop::collection::vec((any::<u8>(), 0u8..9), 0..50),
        elsewhere in any::<bool>(),
    ) {
        let office = Office::new();
        let mut on = date(2025, 3, 3);
        let start = if elsewhere { accused_elsewhere } else { accused };
        let (mut matter, mut entries) = start(&office, on);
        for (which, days) in wishes {
            on = plus_days(on, i64::from(days));
            let command = wish(which, &matter, on);
            let _ = office.act((&mut matter, &mut entries), &command, on);
            let walls = matter.walls();
            prop_assert!(!walls.units.contains(&matter.holder), "the accused has it");
            for joint in matter.joints.iter().filter(|joint| joint.waits()) {
                prop_assert!(!walls.units.contains(&joint.asked.unit), "the accused contributes");
            }
            for span in matter.spans.iter().filter(|span| span.ended_on.is_none()) {
                prop_assert!(!walls.units.contains(&span.unit), "a clock binds the accused");
            }
            for role in Role::OF_ACCOUNTS {
                for unit in ["agri", "housing", "office", "gov"] {
                    for account in ["clerk", "handler", "other", "another"] {
                        let mut who = actor(unit, account);
                        who.roles = vec![role];
                        if !walls.keep_out(&who) {
                            continue;
                        }
                        for act in Act::ALL {
                            let allowed = allow(&who, act, Thing::Matter(&matter));
                            prop_assert_eq!(allowed, Err(Denial::Unseen), "{:?} {:?}", role, act);
                        }
                        let scope = scope(&who);
                        prop_assert_eq!(scope.unit.0.as_str(), unit);
                        prop_assert_eq!(scope.account.0.as_str(), account);
                    }
                }
            }
        }
        // And the file reads as it was written, whatever stands in it.
        let wire: Vec<Entry> = entries
            .iter()
            .map(|entry| serde_json::to_string(entry).expect("writes"))
            .map(|text| serde_json::from_str(&text).expect("reads"))
            .collect();
        prop_assert_eq!(wire, entries);
    }

    #[test]
    fn what_is_sealed_opens_to_whoever_has_it_to_work_on_and_the_head_alone(
        wishes in prop::collection::vec(any::<u8>(), 0..30)
    ) {
        let office = Office::new();
        let on = date(2025, 3, 3);
        let (mut matter, mut entries) = accused(&office, on);
        for which in wishes {
            let command = wish(which, &matter, on);
            let _ = office.act((&mut matter, &mut entries), &command, on);
            if !matter.sealed() {
                continue;
            }
            for role in Role::OF_ACCOUNTS {
                for unit in ["agri", "office", "gov"] {
                    let mut who = actor(unit, "other");
                    who.roles = vec![role];
                    let opens = matter.opens_to(&who);
                    let sees = allow(&who, Act::ViewMatter, Thing::Matter(&matter));
                    prop_assert!(opens || sees.is_err(), "{:?} of {} sees it", role, unit);
                    let has_it = matter.holder.0 == unit || matter.keeper() == Some(&who.unit);
                    prop_assert_eq!(opens, role == Role::OfficeHead || (who.works() && has_it));
                }
            }
        }
    }

    #[test]
    fn what_leaves_a_matter_takes_its_walls_along(
        first in prop::collection::vec(any::<u8>(), 0..12),
        other in prop::collection::vec(any::<u8>(), 0..8),
    ) {
        let office = Office::new();
        let on = date(2025, 3, 3);
        let (mut matter, mut entries) = office.opened(on);
        let second = petition(2, on);
        let number = second.number.clone();
        let (claims, reason) = (vec![Claim::Same(1), Claim::New], "同一事".to_owned());
        let join = Command::Join(Box::new(Join { petition: second, claims, reason }));
        office.act((&mut matter, &mut entries), &join, on).expect("joins");
        for which in first {
            let command = wish(which, &matter, on);
            let _ = office.act((&mut matter, &mut entries), &command, on);
        }
        // Taken out: the new matter keeps out everybody whom the old one kept out.
        let unjoin = Command::Unjoin(Unjoin {
            petition: number.clone(),
            leaving: Leaving::Mistake,
            reason: "另一件".to_owned(),
            to: MatterId::new(2025, 9),
        });
        let leaving = matter.leaving(&number);
        if office.act((&mut matter.clone(), &mut Vec::new()), &unjoin, on).is_ok() {
            let (petition, carried) = (leaving.expect("stands"), matter.carried(None));
            let facts = register(petition, None, &office.context(on));
            let file = facts.expect("registers").into_iter().chain(carried);
            let file: Vec<Entry> = file.map(|fact| entry(fact, on, "office")).collect();
            let apart = Matter::replay(MatterId::new(2025, 9), &file).expect("opens");
            prop_assert!(matter.walls().units.is_subset(&apart.walls().units));
            prop_assert!(matter.walls().accounts.is_subset(&apart.walls().accounts));
            prop_assert!(apart.sealed() || !matter.sealed(), "what was sealed lies open");
            prop_assert!(apart.may_reach(&apart.holder).is_ok());
        }
        // Joined to another: that one keeps out whom either kept out, or it is refused.
        let (mut left, mut file) = accused_later(&office, on);
        for which in other {
            let command = wish(which, &left, on);
            let _ = office.act((&mut left, &mut file), &command, on);
        }
        let (before, walls) = (left.clone(), left.walls());
        let merge = Command::Merge(Merged { into: matter.id, reason: "同一事".to_owned() });
        if office.act((&mut left, &mut file), &merge, on).is_ok() {
            let petition = before.leaving(&before.petitions[0].number).expect("stands");
            let claims = vec![Claim::Same(1); petition.demands.len()];
            let reason = "同一事".to_owned();
            let join = Command::Join(Box::new(Join { petition, claims, reason }));
            let carried = before.carried(Some(&matter));
            if office.act((&mut matter, &mut entries), &join, on).is_ok() {
                for fact in carried {
                    matter = matter.evolve(&entry(fact, on, "office"));
                }
                prop_assert!(walls.units.is_subset(&matter.walls().units));
                prop_assert!(walls.accounts.is_subset(&matter.walls().accounts));
                prop_assert!(matter.sealed() || !before.sealed(), "what was sealed lies open");
                prop_assert!(matter.may_reach(&matter.holder).is_ok(), "the accused has it");
            }
        }
    }
}

/// Another matter of another petition, which the office has.
fn accused_later(office: &Office, on: Date) -> (Matter, Vec<Entry>) {
    let facts = register(petition(3, on), None, &office.context(on)).expect("registers");
    let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, on, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 3), &entries).expect("opens");
    (matter, entries)
}
