//! What is urgent, what may be secret, and petitioners in the investigation.

use super::{DAYS, File, due};
use crate::fixture::{Office, accept, refer, served};
use crate::wishes::{
    add_evidence, announce, answer_objection, clear_secret, countersign, hand_over_secret,
    hold_session, mark_urgent, open_participation, raise_objection, report_urgent, suspect_secret,
};
use casework::calendar::plus_days;
use casework::matter::participation::Side;
use casework::matter::supervision::Trigger;
use casework::matter::{Command, ConclusionGround, Step};
use casework::refusal::Refusal;
use casework::statute::{ClockKind, GroundCode};
use jiff::civil::Date;

#[test]
fn what_is_urgent_is_reported_on_the_day_and_added_to() {
    // R05-26, R22-25.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day);
        assert_eq!(file.then(0, &report_urgent()), Err(Refusal::NotUrgent));
        let file = file.done(0, &mark_urgent());
        assert_eq!(due(&office, &file.matter, ClockKind::UrgentReport), Some(day));
        assert!(file.matter.tracker_missing(), "somebody follows it by name");
        let file = file.done(0, &refer("agri"));
        let found = |on: Date| file.matter.triggers(on, &office.law, &office.calendar);
        assert_eq!(found(day), [], "the day is not over");
        assert_eq!(found(plus_days(day, 1)), [Trigger::Unreported]);
        let mut file = file.done(0, &report_urgent());
        assert_eq!(due(&office, &file.matter, ClockKind::UrgentReport), None);
        assert_eq!(file.then(0, &mark_urgent()), Err(Refusal::UrgentAlready));
        let file = file.done(1, &report_urgent());
        assert_eq!(file.matter.urgent_reports.len(), 2, "the trail grows");
    }
}

#[test]
fn a_possible_secret_stops_everything_and_leaves() {
    // N11 (R05-02, R22-17: this channel is not for it).
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(file.then(0, &hand_over_secret()), Err(Refusal::NotInStep));
        let mut file = file.done(0, &suspect_secret());
        assert!(file.matter.sealed());
        assert_eq!(file.then(0, &accept()), Err(Refusal::NotInStep));
        assert!(due(&office, &file.matter, ClockKind::Notice).is_some(), "no clock stands still");
        let cleared = File { entries: file.entries.clone(), matter: file.matter.clone(), ..file };
        let cleared = cleared.done(1, &clear_secret()).done(0, &accept());
        assert!(!cleared.matter.sealed() && cleared.matter.step == Step::Accepted);
        let file = File::opened(&office, day).done(0, &suspect_secret());
        let file = file.done(1, &hand_over_secret());
        let ground = ConclusionGround::HandedOver(GroundCode::StateSecret);
        assert!(matches!(&file.matter.step, Step::Concluded(c) if c.ground == ground));
        assert!(file.matter.sealed(), "and it stays sealed");
    }
}

#[test]
fn representatives_see_the_evidence_sign_the_minutes_and_hear_the_result() {
    // R05-31, R22-31: heard, and looked into with them.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(file.then(0, &open_participation(day, 2)), Err(Refusal::NotInStep));
        let mut file = file.done(0, &accept());
        assert_eq!(file.then(0, &add_evidence(Side::Unit)), Err(Refusal::NoParticipation));
        let many = file.then(0, &open_participation(day, 6));
        assert!(matches!(many, Err(Refusal::TooManyRepresentatives { most: 5, .. })));
        let mut file = file
            .done(0, &open_participation(day, 2))
            .done(0, &add_evidence(Side::Petitioner))
            .done(1, &add_evidence(Side::Unit));
        let on = file.on;
        assert_eq!(file.then(0, &announce(on)), Err(Refusal::NoSession));
        let mut file = file.done(0, &hold_session(on));
        assert_eq!(file.then(0, &announce(on)), Err(Refusal::MinutesUnsigned(1)));
        let mut file = file.done(0, &countersign(1)).done(0, &raise_objection());
        assert_eq!(file.then(0, &countersign(1)), Err(Refusal::SignedAlready));
        assert_eq!(file.then(0, &announce(on)), Err(Refusal::ObjectionUnanswered(1)));
        let mut file = file.done(1, &answer_objection(1)).done(0, &announce(on));
        assert_eq!(file.then(0, &add_evidence(Side::Unit)), Err(Refusal::ResultAnnounced));
        let participation = file.matter.participation.as_ref().expect("open");
        assert_eq!((participation.evidence.len(), participation.sessions.len()), (2, 1));
        let notice = casework::matter::notice::NoticeServed { notice: 1, service: served(on) };
        assert!(file.then(0, &Command::ServeNotice(notice)).is_ok());
    }
}
