//! What a unit received itself: it has an owner, a clock and an end from the first day, wherever it was handed in.

use super::{DAYS, File, due, told};
use crate::fixture::{Office, accept, actor, answer, petition, refer, served, sign};
use crate::wishes::{by_branch, pass_on, route, send_back, take_over};
use casework::calendar::plus_days;
use casework::matter::intake::register;
use casework::matter::notice::NoticeKind;
use casework::matter::referral::Ruling;
use casework::matter::track::{Branch, Track};
use casework::matter::{Command, Context, Fact, Matter, MatterId, Step};
use casework::org::{AccountId, UnitId};
use casework::petition::{Accused, Channel, Petition, Transfer};
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::Date;

fn unit(id: &str) -> UnitId {
    UnitId(id.to_owned())
}

fn at_agri(office: &Office, day: Date) -> File<'_> {
    let (matter, entries) = office.received_at("agri", day);
    File { office, on: day, matter, entries }
}

/// The unit that a running clock binds.
fn bound(matter: &Matter, clock: ClockKind) -> Option<&str> {
    let span = matter.spans.iter().find(|span| span.clock == clock && span.ended_on.is_none())?;
    Some(span.unit.0.as_str())
}

#[test]
fn what_reaches_a_bureau_is_the_bureaus_from_that_day() {
    // R05-22, R22-23: registered there, accepted or told within fifteen days of its receipt.
    let office = Office::new();
    for day in DAYS {
        let file = at_agri(&office, day);
        let matter = &file.matter;
        assert_eq!((matter.holder.0.as_str(), matter.office.0.as_str()), ("agri", "office"));
        assert_eq!(matter.first_unit(), Some(&unit("agri")));
        assert_eq!(due(&office, matter, ClockKind::Disposition), Some(plus_days(day, 15)));
        assert_eq!(bound(matter, ClockKind::Disposition), Some("agri"));
        assert!(matter.first_receiver_answers());
        let accepted = file.done(3, &accept());
        assert_eq!(accepted.matter.step, Step::Accepted);
        assert_eq!(due(&office, &accepted.matter, ClockKind::Disposition), None);
        assert_eq!(due(&office, &accepted.matter, ClockKind::Handling), Some(plus_days(day, 63)));
        assert!(!accepted.matter.first_receiver_answers());
        assert_eq!(accepted.matter.notices.first().map(|one| one.kind), Some(NoticeKind::Accepted));
    }
}

#[test]
fn a_bureau_answers_what_it_accepted() {
    let office = Office::new();
    for day in DAYS {
        let file = at_agri(&office, day).done(1, &accept()).done(1, &answer(1)).done(1, &answer(2));
        let on = plus_days(day, 4);
        let file = file.heard().done(1, &sign()).done(0, &Command::Serve(served(on)));
        assert_eq!(file.matter.answered_by, Some(unit("agri")));
    }
}

#[test]
fn silence_at_a_bureau_stops_no_clock() {
    // What is accepted late counts from the day it was due to be accepted.
    let office = Office::new();
    for day in DAYS {
        let file = at_agri(&office, day).done(30, &accept());
        let counted = plus_days(day, 15 + 60);
        assert_eq!(due(&office, &file.matter, ClockKind::Handling), Some(counted));
    }
}

#[test]
fn until_the_office_confirms_the_bureau_answers() {
    let office = Office::new();
    for day in DAYS {
        let passed = at_agri(&office, day).done(5, &pass_on());
        assert!(matches!(passed.matter.step, Step::PassedOn(_)));
        assert_eq!(passed.matter.holder, unit("office"), "the office moves next");
        assert_eq!(
            bound(&passed.matter, ClockKind::Disposition),
            Some("agri"),
            "agri answers still"
        );
        assert!(passed.matter.notices.is_empty(), "nobody is told before it is sure");
        assert_eq!(passed.refused(&refer("housing")), Refusal::NotInStep);
        assert_eq!(passed.refused(&pass_on()), Refusal::NotInStep);

        let taken = passed.clone().done(1, &take_over());
        assert_eq!(bound(&taken.matter, ClockKind::Disposition), Some("office"));
        // R22-22: counted from receipt, whoever has it.
        assert_eq!(due(&office, &taken.matter, ClockKind::Disposition), Some(plus_days(day, 15)));
        assert_eq!(taken.matter.notices.first().map(|one| one.kind), Some(NoticeKind::TakenOver));
        assert!(taken.matter.first_receiver_answers());
        assert_eq!(taken.refused(&take_over()), Refusal::NotInStep);
        taken.done(1, &refer("housing"));

        let back = passed.done(1, &send_back());
        assert_eq!((back.matter.holder.0.as_str(), &back.matter.step), ("agri", &Step::Registered));
        assert_eq!(due(&office, &back.matter, ClockKind::Disposition), Some(plus_days(day, 15)));
        back.done(1, &accept());
    }
}

#[test]
fn what_a_superior_wants_back_is_not_lost_on_the_way() {
    // R05-21d, R22-22: the office answers for it, whichever unit took it in; the county's share of the days goes on.
    let office = Office::new();
    for day in DAYS {
        let by = plus_days(day, 40);
        let transfer = Transfer {
            from: "云州市信访局".to_owned(),
            number: "云信转〔2025〕1号".to_owned(),
            report_back_on: Some(by),
        };
        let first = Petition {
            first_unit: unit("agri"),
            channel: Channel::Superior,
            transfer: Some(transfer),
            urgent: true,
            ..petition(1, day)
        };
        let file = registered_at_agri(&office, first, day);
        let back = |file: &File<'_>| {
            let due = due(&office, &file.matter, ClockKind::ReportBack);
            (bound(&file.matter, ClockKind::ReportBack).map(str::to_owned), due)
        };
        let wanted = (Some("office".to_owned()), Some(by));
        assert_eq!(back(&file), wanted);
        assert_eq!(bound(&file.matter, ClockKind::UrgentReport), Some("office"));
        assert_eq!(bound(&file.matter, ClockKind::ChainShare), Some("agri"));
        let taken = file.clone().done(1, &pass_on()).done(1, &take_over());
        assert_eq!(bound(&taken.matter, ClockKind::ChainShare), Some("office"));
        assert_eq!(back(&taken.done(0, &refer("housing"))), wanted);
        let recall = Command::Recall(Ruling { reason: "涉及本单位".to_owned() });
        assert_eq!(back(&file.clone().done(1, &recall)), wanted);
        assert_eq!(back(&file.done(1, &accept()).done(1, &recall)), wanted);
    }
}

#[test]
fn a_bureau_says_why_it_passes_on() {
    let office = Office::new();
    use casework::matter::passing::{Command as Passing, PassedOn};
    let file = at_agri(&office, DAYS[0]);
    let silent = PassedOn { reason: " ".to_owned(), proposed: None };
    assert_eq!(file.refused(&Passing::PassOn(silent).into()), Refusal::TextMissing);
    let nowhere = PassedOn { reason: "不属本局".to_owned(), proposed: Some(unit("gone")) };
    assert_eq!(file.refused(&Passing::PassOn(nowhere).into()), Refusal::NotAReceiver);
    let silent = Passing::SendBack(Ruling { reason: String::new() });
    let passed = file.done(0, &pass_on());
    assert_eq!(passed.refused(&silent.into()), Refusal::TextMissing);
    // What came to the office itself is nothing to pass on.
    assert_eq!(File::opened(&office, DAYS[0]).refused(&pass_on()), Refusal::NotInStep);
}

#[test]
fn a_bureau_tells_where_to_go_and_leads_there() {
    let office = Office::new();
    // R22-23: what is nobody's of its system.
    let file = at_agri(&office, DAYS[1]).done(2, &Command::Tell(told("N08", "县水务公司")));
    assert!(matches!(file.matter.step, Step::Concluded(_)));
    // R22-31: into the procedure of another law.
    let file = at_agri(&office, DAYS[1]).done(2, &route(Branch::Administrative));
    assert_eq!(bound(&file.matter, ClockKind::Disposition), None);
    assert!(matches!(file.matter.step, Step::Concluded(_)));
    // R22-31⑤: under its own statute.
    let by = plus_days(DAYS[1], 40);
    at_agri(&office, DAYS[1]).done(2, &by_branch(Branch::Duty, Some(by)));
}

#[test]
fn the_office_disposes_of_nothing_that_a_bureau_has() {
    let office = Office::new();
    let file = at_agri(&office, DAYS[1]);
    assert_eq!(file.refused(&refer("housing")), Refusal::WithItsReceiver);
    // It takes it back where it must.
    let recalled = file.done(4, &Command::Recall(Ruling { reason: "涉及本单位".to_owned() }));
    assert_eq!(bound(&recalled.matter, ClockKind::Disposition), Some("office"));
    let running = |span: &&casework::matter::Span| span.ended_on.is_none();
    assert_eq!(recalled.matter.spans.iter().filter(running).count(), 1, "one clock, not two");
    recalled.done(0, &refer("housing"));
}

/// What a handler of the agriculture bureau registers there.
fn registered_at_agri(office: &Office, first: Petition, day: Date) -> File<'_> {
    let actor = actor("agri", "handler");
    let context = Context { actor: &actor, ..office.context(day) };
    let facts = register(first, None, &context).expect("registers");
    let entries: Vec<_> =
        facts.into_iter().map(|fact| crate::fixture::entry(fact, day, "agri")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    File { office, on: day, matter, entries }
}

fn accusing(office: &Office, accused: Accused) -> Matter {
    let day = DAYS[1];
    let first = Petition {
        first_unit: unit("agri"),
        track: Track::Accusation,
        accused: vec![accused],
        ..petition(1, day)
    };
    registered_at_agri(office, first, day).matter
}

#[test]
fn what_accuses_the_bureau_or_whoever_is_above_it_is_not_with_it() {
    // R05-23, R22-30: of the bureau, of one of its people, of somebody of whom only a name is known.
    let office = Office::new();
    let of = |unit_id: &str, account: Option<&str>| {
        Accused::of(Some(unit(unit_id)), account.map(|id| AccountId(id.to_owned())))
    };
    for accused in [of("agri", None), of("agri", Some("other")), Accused::of(None, None)] {
        let matter = accusing(&office, accused);
        assert_eq!(matter.holder, unit("office"));
        assert!(!matter.units.contains(&unit("agri")));
        assert_eq!(bound(&matter, ClockKind::Disposition), Some("office"));
    }
    assert_eq!(accusing(&office, of("agri", None)).first_receiver, None, "nobody of the accused");
    // Of the office: above it at once, though a bureau took it in.
    assert_eq!(accusing(&office, of("office", None)).holder, unit("gov"));
    // Of another bureau: it stays, sealed, and the bureau can't handle it.
    let matter = accusing(&office, of("housing", None));
    assert_eq!(matter.holder, unit("agri"));
    let file = File { office: &office, on: DAYS[1], matter, entries: Vec::new() };
    assert_eq!(file.refused(&accept()), Refusal::NotInAuthority);
    file.done(0, &pass_on());
}

#[test]
fn who_registers_for_others_leaves_it_with_the_office() {
    // A clerk of the office who takes a petition out of a matter does not put it on a bureau's desk.
    let office = Office::new();
    let day = DAYS[1];
    let first = Petition { first_unit: unit("donghe"), ..petition(1, day) };
    let facts = register(first, None, &office.context(day)).expect("registers");
    let Some(Fact::Registered(registered)) = facts.first() else { unreachable!("{facts:?}") };
    let received = registered.received.as_ref().expect("a unit took it in");
    assert!(!received.keeps);
}

#[test]
fn only_bureaux_and_townships_register_at_their_own_desk() {
    let office = Office::new();
    let at = |id: &str| office.directory.registers_at(&unit(id), &unit("office")).0.clone();
    assert_eq!((at("agri").as_str(), at("donghe").as_str()), ("agri", "donghe"));
    for elsewhere in ["office", "gov", "shiqiao", "jiwei", "court", "city", "gone"] {
        assert_eq!(at(elsewhere), "office", "{elsewhere}");
    }
}
