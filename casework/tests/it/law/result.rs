//! Whoever was given a date for the result reports it in writing.

use super::track::of_track;
use super::{DAYS, File, due};
use crate::fixture::{Office, accept, answer, conclude, refer, served, sign};
use casework::calendar::plus_days;
use casework::matter::Command;
use casework::matter::referral::{Refer, ResultReported};
use casework::org::UnitId;
use casework::petition::{Channel, Transfer};
use casework::refusal::Refusal;
use casework::statute::ClockKind;

fn report(text: &str) -> Command {
    let (number, text) = ("农信报〔2025〕1号".to_owned(), text.to_owned());
    Command::ReportResult(ResultReported { number, text })
}

/// Accepted, answered and brought to the petitioner.
fn answered(file: File<'_>) -> File<'_> {
    let file = file.done(0, &accept()).done(0, &answer(1)).done(0, &answer(2)).heard();
    let file = file.done(0, &sign());
    let on = file.on;
    file.done(0, &Command::Serve(served(on)))
}

#[test]
fn what_was_assigned_ends_with_its_report() {
    // Review of the law, 3.1 point 7: R05-21d, R22-22③.
    let office = Office::new();
    for day in DAYS {
        let assigned = Command::Refer(Refer {
            to: UnitId("agri".to_owned()),
            report_back_on: Some(plus_days(day, 40)),
            note: String::new(),
            despite: String::new(),
        });
        let file = File::opened(&office, day).done(1, &assigned);
        assert_eq!(file.refused(&report("已公布")), Refusal::NotServed, "first the petitioner");
        let mut file = answered(file);
        assert_eq!(file.then(0, &conclude()), Err(Refusal::ReportOwed));
        assert_eq!(file.refused(&report(" ")), Refusal::TextMissing);
        let mut file = file.done(1, &report("已公布"));
        assert_eq!(due(&office, &file.matter, ClockKind::ReportBack), None);
        assert_eq!(file.refused(&report("已公布")), Refusal::NoReportOwed, "once");
        let last = file.entries.last().and_then(|entry| entry.fact.letter());
        let Some(casework::matter::letter::Letter::Result(of)) = last else { panic!("{last:?}") };
        assert_eq!(of.text, "已公布");
        assert_eq!(file.then(0, &conclude()), Ok(()));
        assert!(!file.matter.is_open());

        // What was only passed on owes none.
        let mut passed = answered(File::opened(&office, day).done(1, &refer("agri")));
        assert_eq!(passed.refused(&report("已公布")), Refusal::NoReportOwed);
        assert_eq!(passed.then(0, &conclude()), Ok(()));
    }
}

#[test]
fn a_superior_gets_its_report_after_the_matter_ended() {
    // R05-21d, R22-22③: the office owes it, until it has reported.
    let office = Office::new();
    for day in DAYS {
        let by = plus_days(day, 70);
        let file = of_track(&office, day, |first| {
            first.channel = Channel::Superior;
            first.transfer = Some(Transfer {
                from: "云州市信访局".to_owned(),
                number: "云信转〔2025〕1号".to_owned(),
                report_back_on: Some(by),
            });
        });
        let file = answered(file.done(1, &refer("agri"))).done(0, &conclude());
        assert_eq!(due(&office, &file.matter, ClockKind::ReportBack), Some(by), "owed still");
        assert!(file.matter.is_open() && file.matter.concluded_on.is_some());
        let file = file.done(1, &report("信访人已收到答复，没有申请复查。"));
        assert_eq!(due(&office, &file.matter, ClockKind::ReportBack), None);
        assert!(!file.matter.is_open());
    }
}
