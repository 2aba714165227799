//! What the shipped local texts change, rule by rule, and that they change it nowhere else.

use super::{File, due, told};
use crate::fixture::{
    Office, accept, answer, ask_extension, ask_review, entry, petition, refer, served, sign,
    supervised,
};
use crate::wishes::{authorise, end_authority};
use casework::calendar::plus_days;
use casework::matter::intake::register;
use casework::matter::referral::{Refer, ReportPostponed};
use casework::matter::review::ReviewExtended;
use casework::matter::supervision::{Supervised, Trigger};
use casework::matter::{Command, Matter, MatterId};
use casework::org::Place;
use casework::petition::{Channel, Party, PartyRole, Petition, Transfer};
use casework::refusal::Refusal;
use casework::statute::{ClockKind, DayUnit, GroundCode, Statutes};
use jiff::civil::{Date, date};

/// A Monday with five workdays after it and no holiday near.
const DAY: Date = date(2025, 3, 3);

/// An office in a place (a code of six digits).
fn office_in(place: &str) -> Office {
    let mut office = Office::new();
    office.place = Place(place.to_owned());
    office
}

fn opened(office: &Office, petition: Petition) -> Result<File<'_>, Refusal> {
    let facts =
        register(Petition { place: office.place.clone(), ..petition }, None, &office.context(DAY))?;
    let entries: Vec<_> = facts.into_iter().map(|fact| entry(fact, DAY, "office")).collect();
    let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
    Ok(File { office, matter, entries, on: DAY })
}

fn answered(office: &Office) -> File<'_> {
    let file = opened(office, petition(1, DAY)).expect("registers");
    let file = file.done(0, &refer("agri")).done(0, &accept());
    file.done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign())
}

#[test]
fn periods_are_those_of_the_place() {
    // ZJ-disposition, ZJ-handling; HA-disposition, HA-handling; BJ-objection; R22-23d.
    // 3 March 2025 was a Monday: five working days end on the 10th, five days on the 8th.
    for (place, disposes, answers, objects) in [
        ("330100", date(2025, 3, 10), 30, date(2025, 3, 10)),
        ("410100", date(2025, 3, 8), 30, date(2025, 3, 10)),
        ("110100", date(2025, 3, 18), 60, date(2025, 3, 10)),
        ("530100", date(2025, 3, 18), 60, date(2025, 3, 10)),
    ] {
        let office = office_in(place);
        let file = opened(&office, petition(1, DAY)).expect("registers");
        assert_eq!(due(&office, &file.matter, ClockKind::Disposition), Some(disposes), "{place}");
        let file = file.done(0, &refer("agri"));
        assert_eq!(due(&office, &file.matter, ClockKind::Objection), Some(objects), "{place}");
        // ZJ-notice: what was passed on is decided upon in five working days as well.
        let notice = if place == "330100" { date(2025, 3, 10) } else { date(2025, 3, 18) };
        assert_eq!(due(&office, &file.matter, ClockKind::Notice), Some(notice), "{place}");
        let file = file.done(0, &accept());
        let answer_due = due(&office, &file.matter, ClockKind::Handling);
        assert_eq!(answer_due, Some(plus_days(DAY, answers)), "{place}");
    }
}

#[test]
fn a_newer_national_text_says_how_long_a_right_lasts() {
    // Review of the law, 3.1 point 17: HA-objection, of 2012, gives five days; R22-23d, of 2022, five working days.
    let office = Office::new();
    for (on, unit) in [(date(2021, 3, 1), DayUnit::Calendar), (date(2025, 3, 3), DayUnit::Working)]
    {
        let law = office.law.on(on, "410100").expect("texts");
        let (objection, _) = law.period(ClockKind::Objection).expect("a period");
        assert_eq!((objection.length, objection.unit), (5, unit), "{on}");
        // What it asks of its own offices, a local text goes on asking.
        assert_eq!(law.period(ClockKind::Handling).expect("a period").0.length, 30, "{on}");
    }
}

#[test]
fn more_time_is_as_long_as_the_place_allows() {
    // ZJ-handling, HA-handling: up to sixty days more, where the nation allows thirty.
    for (place, most) in [("330100", 60), ("410100", 60), ("530100", 30)] {
        let office = office_in(place);
        let file = opened(&office, petition(1, DAY)).expect("registers");
        let mut file = file.done(0, &refer("agri")).done(0, &accept());
        let more = file.then(0, &ask_extension(most + 1));
        assert!(matches!(more, Err(Refusal::ExtensionTooLong { .. })), "{place}: {more:?}");
        assert_eq!(file.then(0, &ask_extension(most)), Ok(()), "{place}");
    }
}

#[test]
fn representatives_are_as_many_as_the_place_allows() {
    // ZJ-reps: three for five to ten people; SH-reps: five.
    for (place, people, most) in
        [("330100", 8, 3), ("330100", 60, 5), ("310100", 8, 5), ("530100", 8, 5)]
    {
        let with = |representatives: usize| {
            let mut visit = petition(1, DAY);
            visit.headcount = people;
            let lead = visit.parties.first().expect("one").clone();
            visit.parties.extend((0..representatives).map(|n| Party {
                id: format!("party-{n}"),
                role: PartyRole::Representative,
                ..lead.clone()
            }));
            visit
        };
        let office = office_in(place);
        assert!(opened(&office, with(most)).is_ok(), "{place}");
        let refused = opened(&office, with(most + 1)).err();
        assert!(matches!(refused, Some(Refusal::TooManyRepresentatives { .. })), "{place}");
    }
}

#[test]
fn a_review_is_extended_only_where_the_place_allows_it() {
    // BJ-50: once, by thirty days at most.
    let extended =
        |days| Command::ExtendReview(ReviewExtended { days, reason: "需要鉴定".to_owned() });
    for (place, allowed) in [("110100", true), ("530100", false)] {
        let office = office_in(place);
        let file = answered(&office).done(0, &Command::Serve(served(DAY)));
        let file = file.done(0, &Command::AskReview(ask_review("gov", DAY)));
        let mut file = file.done(0, &Command::AcceptReview);
        assert_eq!(due(&office, &file.matter, ClockKind::Review), Some(plus_days(DAY, 30)));
        if !allowed {
            assert_eq!(file.then(0, &extended(30)), Err(Refusal::NoReviewExtension));
            continue;
        }
        let too_long = file.then(0, &extended(31));
        assert!(matches!(too_long, Err(Refusal::ExtensionTooLong { .. })), "{too_long:?}");
        let mut file = file.done(0, &extended(30));
        assert_eq!(due(&office, &file.matter, ClockKind::Review), Some(plus_days(DAY, 60)));
        assert_eq!(file.then(0, &extended(1)), Err(Refusal::ExtensionUsed));
    }
}

#[test]
fn a_request_out_of_time_is_refused_on_the_ground_of_the_place() {
    // BJ-37, SD-33, ZJ-25: without a good reason it is not taken up; where no text says so, N07 is no ground.
    let late = |place: &str| {
        let office = office_in(place);
        let mut file = answered(&office).done(0, &Command::Serve(served(DAY)));
        let on = plus_days(DAY, 50);
        let mut asked = ask_review("gov", on);
        let bare = file.then(50, &Command::AskReview(asked.clone()));
        assert!(matches!(bare, Err(Refusal::PeriodElapsed { .. })), "{bare:?}");
        asked.late_reason = Some("住院".to_owned());
        let mut file = file.done(0, &Command::AskReview(asked));
        file.then(0, &Command::DeclineReview(told("N07", "逾期没有正当理由")))
    };
    for place in ["110100", "370100", "330100"] {
        assert_eq!(late(place), Ok(()), "{place}");
    }
    assert_eq!(late("530100"), Err(Refusal::UnknownGround(GroundCode::ReviewLate)));
}

#[test]
fn who_skips_a_level_is_told_where_to_go_and_an_agent_brings_a_paper() {
    // SD-26: N08 names the right place; BJ-27, SD-28: N10 is a ground there.
    for place in ["370100", "110100"] {
        let office = office_in(place);
        let mut by_agent = petition(1, DAY);
        let lead = by_agent.parties.first().expect("one").clone();
        let (id, role) = ("agent".to_owned(), PartyRole::Agent);
        by_agent.parties.push(Party { id, role, ..lead });
        let number = by_agent.number.clone();
        let file = opened(&office, by_agent).expect("registers");
        let mut again = opened(&office, petition(1, DAY)).expect("registers");
        assert_eq!(again.then(0, &Command::Tell(told("N08", "县信访局"))), Ok(()), "{place}");
        let file = file.done(0, &authorise(&number));
        let mut file = file.done(1, &end_authority(&number));
        assert_eq!(file.then(0, &Command::Tell(told("N10", "补交授权委托书"))), Ok(()), "{place}");
    }
    let elsewhere = office_in("530100");
    let mut file = opened(&elsewhere, petition(1, DAY)).expect("registers");
    let refused = file.then(0, &Command::Tell(told("N10", "补交授权委托书")));
    assert_eq!(refused, Err(Refusal::UnknownGround(GroundCode::NoAuthority)));
}

#[test]
fn what_came_down_the_chain_leaves_the_county_four_days_of_the_fifteen() {
    // R05-21, R22-22: five days for the nation, three for a province, three for a city, four here.
    let office = Office::new();
    let mut letter = petition(1, DAY);
    letter.channel = Channel::Letter;
    letter.transfer = Some(Transfer {
        from: "国家信访局".to_owned(),
        number: "7号".to_owned(),
        report_back_on: None,
    });
    let file = opened(&office, letter).expect("registers");
    assert_eq!(due(&office, &file.matter, ClockKind::ChainShare), Some(plus_days(DAY, 4)));
    assert_eq!(due(&office, &file.matter, ClockKind::Disposition), Some(plus_days(DAY, 15)));
    let file = file.done(3, &refer("agri"));
    assert_eq!(due(&office, &file.matter, ClockKind::ChainShare), None);
    let straight = opened(&office, petition(1, DAY)).expect("registers");
    assert_eq!(due(&office, &straight.matter, ClockKind::ChainShare), None);
}

#[test]
fn a_request_for_review_is_taken_or_refused_in_three_working_days_where_the_place_says_so() {
    // SD-review: Monday's request is decided upon by Thursday.
    for (place, until) in [("370100", Some(date(2025, 3, 6))), ("530100", None)] {
        let office = office_in(place);
        let file = answered(&office).done(0, &Command::Serve(served(DAY)));
        let file = file.done(0, &Command::AskReview(ask_review("gov", DAY)));
        assert_eq!(due(&office, &file.matter, ClockKind::ReviewAcceptance), until, "{place}");
        let file = file.done(0, &Command::AcceptReview);
        assert_eq!(due(&office, &file.matter, ClockKind::ReviewAcceptance), None);
        assert_eq!(due(&office, &file.matter, ClockKind::Review), Some(plus_days(DAY, 30)));
    }
}

#[test]
fn what_is_unsound_or_only_said_to_be_done_may_be_supervised() {
    // BJ-supervise: reasons that no clock shows.
    for trigger in [Trigger::Unsound, Trigger::FalselyConcluded] {
        let office = office_in("110100");
        let mut file = answered(&office);
        let supervised = Supervised { trigger, ..supervised("agri") };
        assert_eq!(file.then(0, &Command::Supervise(supervised)), Ok(()));
    }
}

#[test]
fn the_day_for_a_result_is_moved_by_whoever_set_it() {
    // R05-21d, R22-22; SD lets the assigner give more time.
    let office = Office::new();
    let assigned = Refer {
        to: casework::org::UnitId("agri".to_owned()),
        report_back_on: Some(plus_days(DAY, 20)),
        note: String::new(),
        despite: String::new(),
    };
    let later = |days| {
        Command::PostponeReport(ReportPostponed {
            report_back_on: plus_days(DAY, days),
            reason: "等待鉴定".to_owned(),
        })
    };
    let mut file = opened(&office, petition(1, DAY)).expect("registers");
    assert!(file.then(0, &later(30)).is_err(), "nothing is assigned yet");
    let mut file = file.done(0, &Command::Refer(assigned));
    assert_eq!(file.then(1, &later(1)), Err(Refusal::DateNotAhead));
    let file = file.done(0, &later(30));
    assert_eq!(due(&office, &file.matter, ClockKind::ReportBack), Some(plus_days(DAY, 30)));
    // Nothing else moves with it.
    let file = file.done(0, &accept());
    let handled = due(&office, &file.matter, ClockKind::Handling);
    let file = file.done(0, &later(35));
    assert_eq!(due(&office, &file.matter, ClockKind::ReportBack), Some(plus_days(DAY, 35)));
    assert_eq!(due(&office, &file.matter, ClockKind::Handling), handled);
}

#[test]
fn what_every_text_of_a_place_says_is_found_newest_first() {
    let statutes = Statutes::shipped().expect("texts");
    let articles = statutes.ever_about("liability", "539921");
    let editions: Vec<&str> = articles.iter().map(|one| &one.id.0[..3]).collect();
    let old = editions.iter().position(|edition| *edition == "R05").expect("the old text");
    assert!(editions[..old].iter().all(|edition| *edition == "R22"), "{editions:?}");
    assert!(old > 0 && editions[old..].iter().all(|edition| *edition == "R05"), "{editions:?}");
}
