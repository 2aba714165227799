//! The yearly report as it went out.

use crate::fixture::Office;
use casework::duty::submission::{Addressed, Received, Submission};
use casework::duty::{Entries, Record, State, Unfit};
use casework::refusal::Refusal;
use jiff::civil::{Date, date};

fn of(number: &str, sent_on: Date) -> Submission {
    Submission {
        year: 2024,
        until: date(2024, 12, 31),
        number: number.to_owned(),
        sent_on,
        addressees: Vec::new(),
        text: "# 年度报告".to_owned(),
    }
}

fn to(own: &str, above: &str) -> Addressed {
    Addressed { own: own.to_owned(), above: above.to_owned() }
}

#[test]
fn a_report_goes_to_the_government_and_since_2022_one_level_up() {
    // R05-39, R22-41.
    let office = Office::new();
    let both = to("县委、县政府", "云州市信访局");
    for (on, upwards) in [(date(2021, 3, 1), false), (date(2025, 3, 3), true)] {
        let context = office.context(on);
        let report = Submission { until: date(2020, 12, 31), ..of("云信〔2025〕1号", on) };
        let send = |to: &Addressed| report.clone().send(to, &[], &context);
        assert_eq!(send(&both).map(|one| one.addressees.len()), Ok(2));
        assert_eq!(send(&to(" ", "云州市信访局")), Err(Refusal::TextMissing));
        let home = send(&to("县委、县政府", " ")).map(|one| one.addressees.len());
        assert_eq!(home, if upwards { Err(Refusal::TextMissing) } else { Ok(1) }, "{on}");
    }
}

#[test]
fn a_report_is_sent_once_under_its_number_and_received_by_each() {
    let office = Office::new();
    let on = date(2025, 3, 3);
    let context = office.context(on);
    let both = to("县委、县政府", "云州市信访局");
    let send = |one: Submission, others: &[Submission]| one.send(&both, others, &context);
    assert_eq!(send(of(" ", on), &[]), Err(Refusal::TextMissing));
    assert_eq!(send(of("1号", date(2025, 3, 4)), &[]), Err(Refusal::DateInFuture));
    let before = send(of("1号", date(2024, 12, 30)), &[]);
    assert_eq!(before, Err(Refusal::DateTooEarly(date(2024, 12, 31))), "before its own figures");
    let first = send(of("1号", date(2025, 3, 1)), &[]).expect("sent");
    assert_eq!(send(of("1号", on), std::slice::from_ref(&first)), Err(Unfit::NumberGiven.into()));
    assert!(send(of("2号", on), std::slice::from_ref(&first)).is_ok());
    let had = |on: Date, proof: &str| Received { on, proof: proof.to_owned() };
    let receive = |one: &Submission, entry: u32, received: Received| {
        one.clone().receive(entry, received, &context)
    };
    assert_eq!(receive(&first, 1, had(on, " ")), Err(Refusal::TextMissing));
    assert_eq!(receive(&first, 1, had(date(2025, 3, 4), "签收单")), Err(Refusal::DateInFuture));
    let early = receive(&first, 1, had(date(2025, 2, 28), "签收单"));
    assert_eq!(early, Err(Refusal::DateTooEarly(date(2025, 3, 1))));
    assert_eq!(receive(&first, 3, had(on, "签收单")), Err(Unfit::NoEntry.into()));
    assert_eq!((first.spine().state, first.entries(Entries::ToReceive)), (State::Sent, vec![1, 2]));
    let one = receive(&first, 2, had(on, "市局收文33号")).expect("received");
    assert_eq!(receive(&one, 2, had(on, "又一张")), Err(Unfit::DoneAlready.into()));
    assert_eq!((one.spine().state, one.entries(Entries::ToReceive)), (State::Sent, vec![1]));
    let all = receive(&one, 1, had(on, "签收单")).expect("received");
    assert_eq!((all.spine().state, all.entries(Entries::Unsolved)), (State::Delivered, Vec::new()));
}
