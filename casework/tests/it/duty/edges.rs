//! Where the rules of the records turn: the last place, the last day, the one who is not meant.

use super::{account, away, leader, on, term, unfit, unit};
use crate::fixture::Office;
use casework::duty::accountability::{AppealDecided, AppealOutcome};
use casework::duty::booking::{BookedHow, Booking, BookingState, VisitOutcome};
use casework::duty::campaign::{Campaign, CampaignKind};
use casework::duty::conference::{CarriedOut, Conference, Decided, Subject};
use casework::duty::contact::SupportContact;
use casework::duty::finding::Solution;
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::quota::{Cycle, Quota};
use casework::duty::reception::Reception;
use casework::duty::recurrence::{Every, Pattern, plan_all};
use casework::duty::seat::{Seat, SeatKind};
use casework::duty::task_force::{Member, TaskForce};
use casework::duty::tenure::Grade;
use casework::duty::{Entries, Record, State, Unfit};
use casework::matter::{Context, MatterId};
use casework::org::{Actor, Place, Role};
use casework::refusal::Refusal;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

const DAY: Date = date(2025, 3, 10);

fn text() -> String {
    "…".to_owned()
}

fn announced(places: u32) -> Reception {
    Reception {
        leader: account("leader"),
        on: DAY,
        hours: text(),
        venue: text(),
        areas: Vec::new(),
        topic: String::new(),
        places,
        moved_from: None,
        published_on: Some(date(2025, 3, 1)),
        substituted: None,
        bookings: Vec::new(),
        held_on: None,
        cancelled: None,
    }
}

fn wish(phone: &str, how: BookedHow) -> Booking {
    Booking {
        ordinal: 0,
        how,
        party: text(),
        mask: text(),
        sealed: text(),
        phone_hash: phone.to_owned(),
        code_hash: String::new(),
        topic: text(),
        booked_on: date(2025, 3, 3),
        state: BookingState::Booked,
        outcome: None,
    }
}

/// The day after these telephones booked, each at the counter.
fn booked(mut day: Reception, phones: &[&str], context: &Context<'_>) -> Reception {
    for phone in phones {
        day = day.book(wish(phone, BookedHow::Counter), context).expect("room");
    }
    day
}

fn states(day: &Reception) -> Vec<BookingState> {
    day.bookings.iter().map(|one| one.state).collect()
}

#[test]
fn a_place_is_taken_until_the_day_and_walking_in_is_for_the_day_alone() {
    // R05-10.
    let office = Office::new();
    let (before, day, after) = (on(&office, 3, 9), on(&office, 3, 10), on(&office, 3, 11));
    let ahead = |context| announced(2).book(wish("1", BookedHow::Counter), context);
    assert!(ahead(&before).is_ok() && ahead(&day).is_ok(), "on the day itself too");
    assert_eq!(unfit(ahead(&after)), Unfit::DayPast);
    let walks = |context| announced(2).book(wish("1", BookedHow::WalkIn), context);
    assert_eq!(unfit(walks(&before)), Unfit::DayPast, "nobody walks in ahead");
    assert!(walks(&day).is_ok());
    let hidden = Reception { published_on: None, ..announced(2) };
    let walked = hidden.clone().book(wish("1", BookedHow::WalkIn), &day);
    assert!(walked.is_ok(), "who comes is received, announced or not");
    assert_eq!(unfit(hidden.book(wish("1", BookedHow::Counter), &day)), Unfit::NotPublished);
}

#[test]
fn the_last_place_is_taken_then_some_wait_and_then_nobody() {
    // R05-10: two places, and five may wait.
    let office = Office::new();
    let context = on(&office, 3, 3);
    assert_eq!(announced(2).free(), 2);
    let full = booked(announced(2), &["1", "2"], &context);
    assert_eq!((full.free(), states(&full)), (0, vec![BookingState::Booked; 2]));
    let waiting = booked(full, &["3", "4", "5", "6", "7"], &context);
    assert_eq!(states(&waiting)[2..], [BookingState::Waiting; 5]);
    let last = waiting.clone().book(wish("8", BookedHow::Counter), &context);
    assert_eq!(unfit(last), Unfit::WaitingFull);
    // As many as there are places may wait where there are more than five.
    let many: Vec<String> = (0..12).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(states(&booked(announced(6), &many, &context)).len(), 12);
    // Who walks in takes no place from those who booked.
    let today = on(&office, 3, 10);
    let walked = announced(1).book(wish("w", BookedHow::WalkIn), &today).expect("walks in");
    assert_eq!(walked.free(), 1);
    // Whoever calls off makes room for who waits longest; while nothing is free nobody comes up.
    let up = waiting.call_off(1).expect("calls off");
    assert_eq!(
        states(&up)[..3],
        [BookingState::Cancelled, BookingState::Booked, BookingState::Booked]
    );
    let still = up.call_off(4).expect("one who waits calls off");
    assert_eq!(states(&still)[4..], [BookingState::Waiting; 3]);
}

#[test]
fn nobody_learns_from_home_whether_a_telephone_has_a_place() {
    // R05-10.
    let office = Office::new();
    let context = on(&office, 3, 3);
    let one = booked(announced(3), &["1"], &context);
    let twice = one.clone().book(wish("1", BookedHow::Online), &context).expect("it waits");
    assert_eq!(states(&twice), [BookingState::Booked, BookingState::Waiting]);
    assert_eq!(
        unfit(one.clone().book(wish("1", BookedHow::Counter), &context)),
        Unfit::BookedAlready
    );
    let freed = one.call_off(1).expect("calls off");
    let again =
        freed.book(wish("1", BookedHow::Counter), &context).expect("what is off counts not");
    assert_eq!(states(&again), [BookingState::Cancelled, BookingState::Booked]);
    let nameless = booked(announced(3), &["", ""], &context);
    assert_eq!(
        states(&nameless),
        [BookingState::Booked; 2],
        "who left no telephone is nobody's double"
    );
}

#[test]
fn what_is_promised_is_due_today_at_the_earliest() {
    // R05-10.
    let office = Office::new();
    let today = on(&office, 3, 10);
    let outcome = |due_on| VisitOutcome {
        text: text(),
        owner: unit("agri"),
        due_on,
        matter: None,
        done: None,
    };
    let day = booked(announced(2), &["1"], &today);
    let late = day.clone().receive(1, outcome(date(2025, 3, 9)), &today);
    assert_eq!(late, Err(Refusal::DateNotAhead));
    assert!(!day.received());
    let received = day.receive(1, outcome(DAY), &today).expect("today is early enough");
    assert!(received.received());
    assert_eq!(unfit(received.receive(1, outcome(DAY), &today)), Unfit::NoBooking);
}

#[test]
fn a_day_takes_bookings_from_home_while_it_is_announced_and_ahead() {
    let open = |change: fn(&mut Reception)| {
        let mut day = announced(2);
        change(&mut day);
        day.open_for_booking(DAY)
    };
    assert!(open(|_| ()));
    assert!(!open(|day| day.published_on = None));
    assert!(!open(|day| day.on = date(2025, 3, 9)));
    assert!(!open(|day| day.held_on = Some(DAY)));
    assert!(!open(|day| day.cancelled = Some((DAY, text()))));
}

#[test]
fn what_moves_onto_another_day_of_the_pattern_is_not_needed() {
    // R05-10: 1 October is a holiday and moves to the 9th, a Thursday.
    let office = Office::new();
    let context = on(&office, 1, 2);
    let terms = [away(leader(), date(2025, 7, 1), 31)];
    let day = Reception { on: date(2025, 9, 1), ..announced(2) };
    let pattern = Pattern { every: Every::Month, number: 1, until: date(2025, 11, 30) };
    let planned = plan_all(&day, pattern, &[], &terms, &context).expect("plans");
    let days: Vec<(Date, Option<Date>)> =
        planned.iter().map(|one| (one.on, one.moved_from)).collect();
    assert_eq!(
        days,
        [
            (date(2025, 9, 1), None),
            (date(2025, 10, 9), Some(date(2025, 10, 1))),
            (date(2025, 11, 3), Some(date(2025, 11, 1))),
        ]
    );
    let taken = [Reception { on: date(2025, 10, 9), ..announced(2) }];
    let beside = plan_all(&day, pattern, &taken, &terms, &context).expect("plans");
    assert_eq!(beside.len(), 2, "the leader has that day already");
    // Every Thursday: what moves from the 2nd onto the 9th is not needed, since the 9th is one of them.
    let pattern = Pattern { every: Every::Week, number: 4, until: date(2025, 10, 16) };
    let first = Reception { on: date(2025, 9, 25), ..announced(2) };
    let weekly = plan_all(&first, pattern, &[], &terms, &context).expect("plans");
    let days: Vec<(Date, Option<Date>)> =
        weekly.iter().map(|one| (one.on, one.moved_from)).collect();
    assert_eq!(days, [25, 9, 16].map(|day| (date(2025, if day > 20 { 9 } else { 10 }, day), None)));
    // A day of the pattern itself that is taken is no accident.
    let refused = plan_all(&first, pattern, &taken, &terms, &context);
    assert_eq!(unfit(refused.map(|_| ())), Unfit::DayTaken);
}

#[test]
fn seats_overlap_on_a_single_day() {
    // R05-05.
    let seat = |from, until| Seat {
        person: account("a"),
        seat: SeatKind::Member,
        document: text(),
        from,
        until,
    };
    let (june, july) = (date(2025, 6, 30), date(2025, 7, 1));
    let first = [seat(date(2025, 1, 1), Some(june))];
    assert_eq!(unfit(seat(june, None).take(&first)), Unfit::TermsOverlap);
    assert!(seat(july, None).take(&first).is_ok());
    let later = [seat(july, None)];
    assert!(seat(date(2025, 1, 1), Some(june)).take(&later).is_ok());
    assert_eq!(unfit(seat(date(2025, 1, 1), Some(july)).take(&later)), Unfit::TermsOverlap);
}

#[test]
fn somebody_joins_a_task_force_once_at_a_time() {
    // R05-05.
    let force = TaskForce {
        name: text(),
        purpose: text(),
        areas: vec![Place("539921101".to_owned())],
        from: date(2025, 1, 1),
        until: date(2025, 12, 31),
        members: Vec::new(),
        log: Vec::new(),
        problems: Vec::new(),
        matters: Vec::new(),
        dissolved: None,
    };
    let member = |name: &str, of: &str| Member {
        name: name.to_owned(),
        account: None,
        unit: unit(of),
        from: date(2025, 1, 1),
        until: None,
    };
    let one = force.join(member("甲", "agri")).expect("joins");
    assert_eq!(unfit(one.clone().join(member("甲", "agri"))), Unfit::ListedAlready);
    let two = one.join(member("甲", "housing")).expect("a namesake of another unit");
    let two = two.join(member("乙", "agri")).expect("a colleague");
    assert_eq!(two.entries(Entries::Serving), [1, 2, 3]);
    let parted = two.part(1, date(2025, 6, 1)).expect("parts");
    assert_eq!(parted.entries(Entries::Serving), [2, 3]);
    assert!(parted.join(member("甲", "agri")).is_ok(), "and may come back");
}

#[test]
fn a_decision_is_carried_out_by_its_owner_or_the_office_and_solves_only_a_matter() {
    // R22-13.
    let office = Office::new();
    let later = on(&office, 6, 10);
    let decided = |matter| Decided {
        text: text(),
        owner: unit("agri"),
        due_on: date(2025, 7, 1),
        matter,
        done: None,
    };
    let conference = Conference {
        title: text(),
        subject: Subject::Lawsuits,
        on: date(2025, 6, 5),
        venue: text(),
        convener: text(),
        agenda: Vec::new(),
        invited: Vec::new(),
        present: vec![unit("agri")],
        minutes: Some(text()),
        attachments: Vec::new(),
        decisions: vec![decided(Some(MatterId::new(2025, 1))), decided(None)],
    };
    let actor = |of: &str, role| Actor { unit: unit(of), roles: vec![role], ..later.actor.clone() };
    let carry = |one: Conference, ordinal, actor: &Actor| {
        let said = CarriedOut { on: date(2025, 6, 9), text: text(), solved: true };
        let told = Some(super::campaign::served_on(&office, date(2025, 6, 8)));
        one.carry_out(ordinal, said, told, &Context { actor, ..later })
    };
    let (stranger, owner) = (actor("housing", Role::UnitHead), actor("agri", Role::UnitHead));
    let clerk = actor("office", Role::RegistrationClerk);
    assert_eq!(unfit(carry(conference.clone(), 1, &stranger)), Unfit::NotOwner);
    assert!(carry(conference.clone(), 1, &clerk).is_ok(), "the office reports for them");
    let one = carry(conference, 1, &owner).expect("the owner");
    assert_eq!(one.spine().state, State::FollowingUp);
    let both = carry(one, 2, &owner).expect("the other");
    assert_eq!(both.spine().state, State::Done);
    let solved: Vec<MatterId> = both.solved(date(2025, 6, 9)).collect();
    assert_eq!(solved, [MatterId::new(2025, 1)], "what is about no matter solves none");
    assert_eq!(both.decisions[1].done.as_ref().map(|done| done.solved), Some(false));
    assert_eq!(both.solved(date(2025, 6, 8)).count(), 0);
}

#[test]
fn a_campaign_with_a_list_is_closed_once_the_list_is_frozen() {
    // R05-05.
    let office = Office::new();
    let context = on(&office, 6, 10);
    let campaign = |list: Vec<MatterId>, frozen_on| Campaign {
        name: text(),
        kind: CampaignKind::Investigation,
        document: text(),
        from: date(2025, 1, 1),
        until: date(2025, 12, 31),
        list,
        frozen_on,
        funds: Vec::new(),
        progress: Vec::new(),
        exits: Vec::new(),
        closed: None,
        outcome: None,
    };
    let close = |one: Campaign| one.close(text(), &BTreeSet::new(), &context);
    let list = vec![MatterId::new(2025, 1)];
    assert_eq!(unfit(close(campaign(list.clone(), None))), Unfit::NotFrozen);
    assert!(close(campaign(list, Some(DAY))).is_ok());
    let none =
        close(campaign(Vec::new(), None)).expect("without a list there is nothing to freeze");
    assert_eq!(none.outcome.map(|one| (one.baseline, one.open)), Some((0, 0)));
}

#[test]
fn a_visit_of_today_may_be_noted_and_one_of_tomorrow_not() {
    // R22-18b.
    let office = Office::new();
    let today = on(&office, 3, 10);
    let visit = Outreach {
        leader: account("leader"),
        on: DAY,
        place: Place("539921101".to_owned()),
        venue: text(),
        topic: String::new(),
        with: Vec::new(),
        campaign: None,
        done: None,
        problems: Vec::new(),
        cancelled: None,
    };
    let went = |on| Visit { on, met: 3, text: text() };
    assert!(visit.clone().visit(went(DAY), &[], &[], &today).is_ok());
    let early = visit.clone().visit(went(date(2025, 3, 11)), &[], &[], &today);
    assert_eq!(early, Err(Refusal::DateInFuture));
    // On another day the leader must be in office.
    let terms = [term("leader", Grade::CountyLeader, (date(2025, 3, 10), None))];
    let away = visit.clone().visit(went(date(2025, 3, 9)), &[], &terms, &today);
    assert_eq!(unfit(away), Unfit::LeaderAway);
    let done = visit.visit(went(DAY), &[], &terms, &today).expect("went");
    let noted = done.find("路灯".to_owned(), None).expect("notes");
    let noted = noted.find("水渠".to_owned(), Some(MatterId::new(2025, 1))).expect("notes");
    assert_eq!(noted.entries(Entries::Unregistered), [1]);
    assert_eq!(noted.entries(Entries::Unsolved), [1, 2]);
    let solved =
        noted.solve(1, Solution { on: DAY, text: text(), matter: None }, &today).expect("solved");
    assert_eq!(solved.entries(Entries::Unsolved), [2]);
    assert_eq!(solved.entries(Entries::Serving), Vec::<u32>::new());
}

#[test]
fn the_same_visit_is_planned_once_unless_it_was_called_off() {
    // R22-18b.
    let planned = |place: &str, cancelled| Outreach {
        leader: account("leader"),
        on: DAY,
        place: Place(place.to_owned()),
        venue: text(),
        topic: String::new(),
        with: Vec::new(),
        campaign: None,
        done: None,
        problems: Vec::new(),
        cancelled,
    };
    let terms = [term("leader", Grade::CountyLeader, (DAY, None))];
    let beside = |other: Outreach| planned("539921101", None).plan(&[other], &terms);
    assert_eq!(unfit(beside(planned("539921101", None))), Unfit::VisitTwice);
    assert!(beside(planned("539921101", Some((DAY, text())))).is_ok(), "that one is not made");
    assert!(beside(planned("539921102", None)).is_ok(), "that one leads elsewhere");
}

#[test]
fn help_begins_on_the_day_of_the_consent_and_not_before() {
    // R22-37.
    let office = Office::new();
    let today = on(&office, 3, 10);
    let since = |since, consent: &str| SupportContact {
        leader: account("leader"),
        party: text(),
        mask: text(),
        sealed: text(),
        consent: consent.to_owned(),
        since,
        wishes: Vec::new(),
        help: Vec::new(),
        ended: None,
    };
    assert!(since(DAY, "同意书").begin(&today).is_ok());
    assert!(since(date(2025, 3, 9), "同意书").begin(&today).is_ok());
    let early = since(date(2025, 3, 11), "同意书").begin(&today);
    assert_eq!(early, Err(Refusal::DateInFuture));
    assert_eq!(since(DAY, " ").begin(&today), Err(Refusal::ConsentMissing));
}

#[test]
fn a_quota_asks_for_no_more_than_every_day_of_a_year() {
    // R05-10.
    let set = |least, solve| {
        let rule = Quota {
            grade: Grade::CountyLeader,
            period: Cycle::Year,
            outreach: true,
            appointment: false,
            least,
            solve,
            document: text(),
            from: DAY,
            until: None,
        };
        rule.set(&[])
    };
    assert!(set(366, 366).is_ok());
    assert_eq!(unfit(set(367, 0)), Unfit::QuotaTooMuch);
    assert_eq!(unfit(set(0, 367)), Unfit::QuotaTooMuch);
}

#[test]
fn a_day_is_announced_until_it_is_over() {
    // R05-10.
    let office = Office::new();
    let planned = Reception { published_on: None, ..announced(2) };
    let announce = |month, day| planned.clone().publish(&on(&office, month, day));
    assert_eq!(announce(3, 1).expect("ahead").published_on, Some(date(2025, 3, 1)));
    assert!(announce(3, 10).is_ok(), "on the day itself");
    assert_eq!(unfit(announce(3, 11)), Unfit::DayPast);
}

#[test]
fn what_was_kept_as_three_in_a_row_is_read_by_its_names() {
    let done: CarriedOut = serde_json::from_str(r#"["2025-03-03", "已补发", true]"#).expect("done");
    assert_eq!((done.on, done.text.as_str(), done.solved), (date(2025, 3, 3), "已补发", true));
    let kept = r#"["2025-03-03", "upheld", "事实清楚"]"#;
    let decided: AppealDecided = serde_json::from_str(kept).expect("decided");
    assert_eq!((decided.outcome, decided.text.as_str()), (AppealOutcome::Upheld, "事实清楚"));
}
