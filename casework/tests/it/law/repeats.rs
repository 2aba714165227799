//! Petitions that come after the answer: each has an owner, a clock, and what its petitioner is told.

use super::review::{answered, reviewed};
use super::{DAYS, File, due, told};
use crate::fixture::{Office, accept, answer, ask_review, decided, petition, refer, served, sign};
use crate::wishes::{resume, tell_repeat, withdraw};
use casework::calendar::plus_days;
use casework::deadline::Law;
use casework::matter::handling::{DemandAnswered, Outcome};
use casework::matter::intake::{Claim, Join, Leaving, Origin, Unjoin};
use casework::matter::notice::NoticeKind;
use casework::matter::repeat;
use casework::matter::repeat::Standing;
use casework::matter::review::ReviewOutcome;
use casework::matter::{Command, Fact, MatterId, Step};
use casework::petition::PetitionNumber;
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::Date;

/// The second petition's number.
fn second() -> PetitionNumber {
    petition(2, DAYS[0]).number
}

/// The same people come again.
fn again(on: Date) -> Command {
    Command::Join(Box::new(Join {
        petition: petition(2, on),
        claims: vec![Claim::Same(1), Claim::Same(2)],
        reason: "同一人同一事".to_owned(),
    }))
}

fn signed(office: &Office, day: Date) -> File<'_> {
    File::opened(office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
}

/// What the last line of the file told whoever came again.
fn last_told(file: &File<'_>) -> repeat::RepeatTold {
    let last = &file.entries.last().expect("a line").fact;
    let Fact::Repeat(repeat::Fact::RepeatTold(told)) = last else { unreachable!("{last:?}") };
    told.clone()
}

#[test]
fn whoever_comes_after_the_answer_is_owed_what_every_petition_is_owed() {
    // R05-21, R22-22: fifteen days from receipt, the office's; R05-34, R22-35: told of review while it is open.
    let office = Office::new();
    for day in DAYS {
        let mut file = answered(&office, day);
        assert!(!file.matter.is_open());
        let came = plus_days(day, 3);
        file = file.done(3, &again(came));
        assert_eq!(due(&office, &file.matter, ClockKind::Repeat), Some(plus_days(came, 15)));
        let clock = file.matter.repeat_clock(&second()).expect("a clock");
        assert_eq!(clock.unit, file.matter.office);
        assert!(file.matter.is_open(), "somebody has something to do");
        let law = Law { statutes: &office.law, calendar: &office.calendar };
        let owed = file.matter.next_owed(&second(), law).expect("something owed");
        assert_eq!(owed.clock, ClockKind::Repeat);
        let first = petition(1, day).number;
        assert_eq!(file.matter.next_owed(&first, law), None, "nothing to the first");

        let mut file = file.done(2, &tell_repeat(&second()));
        let told = last_told(&file);
        assert_eq!(told.standing, Standing::Window);
        let window = file.matter.due_of(ClockKind::ReviewWindow, &office.law, &office.calendar);
        assert_eq!(told.until, window.map(|due| due.binding()));
        assert!(file.matter.untold().next().is_none());
        assert!(file.matter.is_open(), "the paper is still to be brought");
        let notice = file.matter.notices.last().expect("a notice");
        assert_eq!(notice.kind, NoticeKind::Repeat);
        assert_eq!(notice.petition, Some(second()), "for this petitioner alone");
        assert_eq!(file.then(0, &tell_repeat(&second())), Err(Refusal::RepeatNotOwed));
    }
}

#[test]
fn what_comes_before_the_answer_is_answered_with_it() {
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(1, &again(day));
        assert!(file.matter.repeat_clock(&second()).is_none());
        assert_eq!(file.then(0, &tell_repeat(&second())), Err(Refusal::RepeatNotOwed));
        let mut late = answered(&office, day).done(1, &again(day));
        let first = petition(1, day).number;
        assert_eq!(late.then(0, &tell_repeat(&first)), Err(Refusal::RepeatNotOwed));
    }
}

#[test]
fn what_is_told_follows_from_the_file() {
    let office = Office::new();
    for day in DAYS {
        let tell = |file: File<'_>, days: i64| {
            let came = plus_days(file.on, days);
            let file = file.done(days, &again(came)).done(1, &tell_repeat(&second()));
            (last_told(&file), file.matter.notices.last().map(|notice| notice.kind))
        };
        let repeat = Some(NoticeKind::Repeat);
        let (coming, notice) = tell(signed(&office, day), 1);
        assert_eq!((coming.standing, coming.until, notice), (Standing::Pending, None, repeat));
        let (lapsed, notice) = tell(answered(&office, day), 90);
        assert_eq!((lapsed.standing, lapsed.until, notice), (Standing::Lapsed, None, repeat));
        let asked = answered(&office, day).done(1, &Command::AskReview(ask_review("gov", day)));
        assert_eq!(tell(asked, 1).0.standing, Standing::InReview);
        let once = reviewed(answered(&office, day), "gov", ReviewOutcome::Uphold);
        // R05-35c, R22-36: the same facts and reasons, after the final review.
        let twice = reviewed(once, "city", ReviewOutcome::Uphold);
        let (over, notice) = tell(twice, 1);
        assert_eq!((over.standing, notice), (Standing::Exhausted, Some(NoticeKind::NoLonger)));
        let elsewhere = File::opened(&office, day).done(1, &Command::Tell(told("N02", "县法院")));
        assert_eq!(tell(elsewhere, 1).0.standing, Standing::Over);
    }
}

#[test]
fn it_is_asked_whether_there_are_new_facts_and_written_down() {
    // R05-35c, R22-36: only the same facts and reasons are not taken up again.
    let office = Office::new();
    let mut file = answered(&office, DAYS[1]).done(1, &again(DAYS[1]));
    let silent = repeat::TellRepeat { petition: second(), note: " ".to_owned() };
    let silent: Command = repeat::Command::TellRepeat(silent).into();
    assert_eq!(file.then(0, &silent), Err(Refusal::TextMissing));
    let leaves = Command::Unjoin(Unjoin {
        petition: second(),
        leaving: Leaving::NewFacts,
        reason: "找到了当年的合同".to_owned(),
        to: MatterId::new(2025, 9),
    });
    let file = file.done(0, &leaves);
    assert!(!file.matter.is_open(), "its new matter has its clock now");
    assert_eq!(Leaving::NewFacts.origin(file.matter.id), Origin::NewFacts(file.matter.id));
    let old = r#"{"petition":"1","reason":"另一件事","to":2025000009}"#;
    let old: casework::matter::intake::Unjoined = serde_json::from_str(old).expect("an old line");
    assert_eq!(old.leaving, Leaving::Mistake);
}

#[test]
fn who_takes_a_later_petition_back_is_owed_nothing_more_and_ends_nothing_else() {
    let office = Office::new();
    for day in DAYS {
        let file = answered(&office, day).done(1, &again(day));
        let back = withdraw(&second(), "已经明白");
        let mut file = file.done(0, &back);
        assert!(matches!(file.matter.step, Step::Concluded(_)));
        assert!(file.matter.telling().is_some(), "what they said is put in writing for them");
        assert_eq!(file.then(0, &back), Err(Refusal::Concluded));
        let mut again = file.done(0, &resume(&second()));
        assert!(again.matter.untold().next().is_some(), "who thinks again is owed it again");
        assert_eq!(again.then(0, &resume(&second())), Err(Refusal::NotWithdrawn));
        let mut late = again.done(0, &back);
        assert_eq!(late.then(8, &resume(&second())), Err(Refusal::Concluded));
    }
}

#[test]
fn after_the_answer_fell_everybody_waits_for_the_new_one() {
    // R22-35: the review orders a new answer.
    let office = Office::new();
    for day in DAYS {
        let file = answered(&office, day);
        let on = file.on;
        let file = file
            .done(0, &Command::AskReview(ask_review("gov", on)))
            .done(0, &again(on))
            .done(0, &Command::AcceptReview)
            .done(0, &Command::DecideReview(decided(ReviewOutcome::Redo)));
        assert!(file.matter.repeat_clock(&second()).is_some());
        let file = file.done(0, &Command::ServeReview(served(on)));
        assert!(file.matter.repeat_clock(&second()).is_none(), "it is answered with the others");
        let other = |demand| {
            Command::AnswerDemand(DemandAnswered {
                demand,
                outcome: Outcome::NotSupport,
                text: "重新查明".to_owned(),
                basis: "村民委员会组织法".to_owned(),
                commitment: None,
            })
        };
        let file = file.done(1, &other(1)).done(0, &other(2)).heard().done(0, &sign());
        assert!(file.matter.untold().next().is_none());
    }
}
