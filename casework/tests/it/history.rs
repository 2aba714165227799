//! Histories made at random: whatever is done in whatever order, the case file tells the whole
//! matter, and nobody's petition or demand gets lost.

use crate::fixture::{
    Office, accept, answer, ask_extension, ask_review, conclude, decided, entry, petition, refer,
    served, sign, supervised,
};
use casework::calendar::plus_days;
use casework::deadline::Law;
use casework::matter::handling::{ExtensionRefused, LedgerAnswer};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::intake::{Claim, Join, Leaving, Supplement, Unjoin};
use casework::matter::notice::{Notice, NoticeServed};
use casework::matter::referral::{Filed, Objected, Ruling};
use casework::matter::review::ReviewOutcome;
use casework::matter::supervision::{Executed, SupervisionAnswered, SupervisionClosed};
use casework::matter::{Command, ConclusionGround, Entry, Fact, Matter, MatterId, Step, decide};
use casework::petition::{Petition, PetitionNumber};
use casework::role::Act;
use casework::statute::{ClockKind, GroundCode};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A wish: which command, a small number for it, and how many days later.
type Wish = (u8, u32, u8);

fn ruling() -> Ruling {
    Ruling { reason: "核实".to_owned() }
}

fn told() -> casework::matter::referral::Told {
    crate::fixture::told("N02", "县人民法院")
}

fn command((which, number, _): Wish, matter: &Matter, serial: u32, on: Date) -> Command {
    let first = matter.petitions.last().map(|p| p.number.clone());
    let last = first.unwrap_or(PetitionNumber(String::new()));
    match which % 64 {
        32.. => {
            let any = &matter.petitions[number as usize % matter.petitions.len()].number;
            let mut wishes = crate::wishes::of_every_room(on, any);
            wishes.swap_remove(number as usize % wishes.len())
        }
        27 => Command::Supervise(supervised("agri")),
        28 => Command::AnswerSupervision(SupervisionAnswered {
            adopted: number.is_multiple_of(2),
            text: "已改进".to_owned(),
        }),
        29 => Command::CloseSupervision(SupervisionClosed { finding: "属实".to_owned() }),
        30 => {
            Command::Execute(Executed { demand: number % 3 + 1, on, text: "已支付".to_owned() })
        }
        26 => crate::wishes::withdraw(&last, "已经解决"),
        20 => Command::AskReview(ask_review("gov", on)),
        21 => Command::AcceptReview,
        22 => Command::DeclineReview(told()),
        23 => Command::HoldHearing(crate::fixture::hearing(on, on)),
        24 => Command::DecideReview(decided(ReviewOutcome::ALL[number as usize % 4])),
        25 => Command::ServeReview(served(on)),
        0 => refer(["agri", "housing", "office"][number as usize % 3]),
        1 => accept(),
        2 => answer(number % 4 + 1),
        3 => sign(),
        4 => Command::Serve(served(plus_days(on, -i64::from(number % 3)))),
        5 => conclude(),
        6 => Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None }),
        7 => Command::Return(ruling()),
        8 => Command::RefuseObjection(ruling()),
        9 => Command::Tell(told()),
        10 => Command::Decline(crate::fixture::told("N01", "县人民法院")),
        11 => Command::File(Filed {
            ground: Some(GroundCode::NoDemand),
            reason: "重复内容".to_owned(),
        }),
        12 => Command::KeepLedgerAnswer(LedgerAnswer {
            text: "已修复。".to_owned(),
            basis: "市政条例".to_owned(),
        }),
        13 => ask_extension(number % 35),
        14 => Command::Extend,
        15 => Command::RefuseExtension(ExtensionRefused { reason: "可以按期".to_owned() }),
        16 => Command::TakeStep(StepTaken {
            on,
            inquiry: if number.is_multiple_of(3) { InquiryKind::Site } else { InquiryKind::Heard },
            petition: None,
            text: "走访".to_owned(),
            interpreter: String::new(),
            attachments: Vec::new(),
        }),
        17 => Command::Join(Box::new(Join {
            petition: petition(serial, on),
            claims: vec![if number.is_multiple_of(2) { Claim::Same(1) } else { Claim::New }; 2],
            reason: "同一人同一事".to_owned(),
        })),
        18 => Command::Unjoin(Unjoin {
            petition: last,
            leaving: Leaving::Mistake,
            reason: "另一件事".to_owned(),
            to: MatterId::new(2025, 2),
        }),
        19 => Command::Supplement(Supplement {
            petition: last,
            text: "补充".to_owned(),
            attachments: Vec::new(),
        }),
        _ => Command::ServeNotice(NoticeServed { notice: number % 4 + 1, service: served(on) }),
    }
}

/// Does what is lawful of the wishes; returns the matter, its file and its last day.
fn played(office: &Office, wishes: &[Wish]) -> (Matter, Vec<Entry>, Date) {
    let mut on = date(2025, 1, 6);
    // Every other one begins at a bureau.
    let at_office = wishes.len().is_multiple_of(2);
    let start = if at_office { office.opened(on) } else { office.received_at("agri", on) };
    let (mut matter, mut entries) = start;
    for (serial, wish) in (2..).zip(wishes) {
        on = plus_days(on, i64::from(wish.2 % 9));
        let command = command(*wish, &matter, serial, on);
        // A refusal leaves everything as it was; that is what is being tried.
        let _ = office.act((&mut matter, &mut entries), &command, on);
    }
    (matter, entries, on)
}

/// The petitions that came and were not taken out, in order.
fn petitions(entries: &[Entry]) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    for entry in entries {
        match &entry.fact {
            Fact::Registered(registered) => numbers.push(registered.petition.number.0.clone()),
            Fact::Joined(joined) => numbers.push(joined.petition.number.0.clone()),
            Fact::Unjoined(unjoined) => numbers.retain(|number| *number != unjoined.petition.0),
            _ => {}
        }
    }
    numbers
}

/// Puts a file wherever the wire form has room for files; says how many there are then.
fn put_files(wire: &mut Value) -> usize {
    match wire {
        Value::Object(fields) => {
            let room = fields.iter_mut().map(|(name, value)| match value {
                Value::Array(files) if name == "attachments" => {
                    files.push(json!({ "hash": "ab", "name": "纪要.pdf", "media": "application/pdf", "size": 3 }));
                    files.len()
                }
                inner => put_files(inner),
            });
            room.sum()
        }
        Value::Array(items) => items.iter_mut().map(put_files).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

proptest! {
    #[test]
    fn the_file_tells_the_whole_matter(
        wishes in prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 0..60)
    ) {
        let office = Office::new();
        let (matter, entries, _) = played(&office, &wishes);
        let replayed = Matter::replay(matter.id, &entries);
        prop_assert_eq!(replayed.as_ref(), Some(&matter));
        let wire: Vec<Entry> = entries
            .iter()
            .map(|entry| serde_json::to_string(entry).expect("writes"))
            .map(|text| serde_json::from_str(&text).expect("reads"))
            .collect();
        prop_assert_eq!(wire, entries, "a line comes back from its text as it was");
    }

    /// Whatever the wire form of a fact has room for, the fact answers for: a file put there is one of its
    /// own. A fact whose files nobody names would lose them.
    #[test]
    fn every_file_of_a_fact_is_known(
        wishes in prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 0..60)
    ) {
        let (_, entries, _) = played(&Office::new(), &wishes);
        for entry in entries {
            let mut wire = serde_json::to_value(&entry.fact).expect("writes");
            let put = put_files(&mut wire);
            let fact: Fact = serde_json::from_value(wire).expect("reads");
            prop_assert_eq!(fact.attachments().len(), put, "{}", fact.word());
        }
    }

    /// What a page does not offer is refused, whoever tries it with whatever answers: nobody is kept from what the
    /// law lets them do.
    #[test]
    fn nothing_lawful_is_closed(
        wishes in prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 0..40),
        next in prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 40)
    ) {
        let office = Office::new();
        let (matter, _, on) = played(&office, &wishes);
        for wish in next {
            let command = command(wish, &matter, 99, on);
            let context = office.context(on);
            if decide(&matter, &command, &context).is_ok() {
                let act = Act::of(&command);
                prop_assert!(!matter.closed(&context).contains_key(&act), "{}", act.word());
            }
        }
    }

    #[test]
    fn nothing_gets_lost_and_nothing_ends_without_a_reason(
        wishes in prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 0..60)
    ) {
        let office = Office::new();
        let (matter, entries, on) = played(&office, &wishes);
        let held: Vec<String> = matter.petitions.iter().map(|p| p.number.0.clone()).collect();
        prop_assert_eq!(held, petitions(&entries));
        prop_assert!(!matter.demands.is_empty());
        prop_assert!(matter.units.contains(&matter.holder));
        let duty = matter.next_due(&office.law, &office.calendar);
        let untold = matter.untold().next().is_some();
        match &matter.step {
            Step::Concluded(conclusion) => {
                prop_assert!(matter.concluded_on.is_some());
                prop_assert!(
                    duty.is_none()
                        || untold
                        || matter.correction_requests.iter().any(|one| one.answered.is_none())
                        || matter.supervision().is_some()
                        || matter.recommendations.iter().any(|one| one.answered.is_none()),
                    "no duty runs on after the end but that of answering for it"
                );
                if conclusion.ground == ConclusionGround::Served {
                    prop_assert!(matter.served.is_some() && matter.answer.is_some());
                }
            }
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Accepted
            | Step::Halted(_)
            | Step::ReviewAsked
            | Step::InReview => {
                prop_assert!(duty.is_some(), "an open matter has a clock that somebody answers for");
            }
            Step::Answered(_) | Step::Served(_) | Step::Settled | Step::ReviewDecided => {
                prop_assert!(matter.answer.is_some());
            }
        }
        for span in &matter.spans {
            prop_assert!(span.started_on <= on);
            prop_assert!(span.ended_on.is_none_or(|ended| ended >= span.started_on));
        }
        for notice in matter.notices.iter().filter_map(|notice| notice.served.as_ref()) {
            prop_assert!(!notice.proof.is_empty());
        }
    }
}

/// What a petition is on a day (信访件的着落).
#[derive(Debug, PartialEq, Eq)]
enum Standing {
    /// Somebody has to do something for it, by a date.
    Owed,
    /// A paper that ended it reached its petitioner.
    Disposed,
    /// Its petitioner ended it, by an act of their own.
    TakenBack,
}

/// How a petition of a matter stands on a day; `None` where nobody owes it anything and nothing ended it.
fn standing(matter: &Matter, petition: &Petition, office: &Office) -> Option<Standing> {
    let number = &petition.number;
    let law = Law { statutes: &office.law, calendar: &office.calendar };
    let theirs = |other: &Option<PetitionNumber>| other.as_ref().is_none_or(|one| one == number);
    // What came after the answer has a clock of its own.
    let later = matter.repeat_clock(number);
    let runs = matter.spans.iter().any(|span| {
        let own = later.is_none() || span.petition.is_some();
        let duty = span.clock.owed_to_petitioner() || span.clock == ClockKind::Correction;
        let due = span.due(&matter.place, law.statutes, law.calendar);
        span.ended_on.is_none() && own && theirs(&span.petition) && duty && due.is_some()
    });
    let ending = |notice: &&Notice| notice.kind.ends() && theirs(&notice.petition);
    let to_bring =
        matter.unserved().filter(ending).any(|one| matter.notice_due(one, law).is_some());
    if runs || to_bring {
        return Some(Standing::Owed);
    }
    if matter.withdrawn.contains(number) {
        return Some(Standing::TakenBack);
    }
    let brought = matter.notices.iter().filter(ending).any(|notice| notice.served.is_some());
    // Whom nobody can tell learns it by the query code of the receipt (R05-22b, R22-23b).
    let nobody = !petition.can_be_told();
    // An agreement is signed by both sides, so each has it.
    let has_it = brought || matter.served.is_some() || matter.settlement.is_some();
    (has_it || nobody).then_some(Standing::Disposed)
}

proptest! {
    /// 件件有着落: on every day of every history each petition is owed something by a date, or was ended by a paper that
    /// reached its petitioner, or its petitioner ended it.
    #[test]
    fn every_petition_is_owed_disposed_of_or_taken_back_on_every_day(
        wishes in prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 0..60)
    ) {
        let office = Office::new();
        let (_, entries, last) = played(&office, &wishes);
        let first = entries.first().map_or(last, |entry| entry.on);
        for ahead in 0..=casework::calendar::days_between(first, last) {
            let on = plus_days(first, ahead);
            let until: Vec<Entry> =
                entries.iter().filter(|entry| entry.on <= on).cloned().collect();
            let matter = Matter::replay(MatterId::new(2025, 1), &until).expect("a matter");
            for petition in &matter.petitions {
                let found = standing(&matter, petition, &office);
                let lines: Vec<_> = until.iter().map(|entry| entry.fact.word()).collect();
                prop_assert!(found.is_some(), "{on} {}: {lines:?}", petition.number.0);
            }
        }
    }
}

#[test]
fn a_file_that_begins_otherwise_is_none() {
    let office = Office::new();
    let on = date(2025, 3, 3);
    let (matter, entries) = office.opened(on);
    assert_eq!(Matter::replay(matter.id, &[]), None);
    assert_eq!(Matter::replay(matter.id, &[entry(Fact::ReviewAccepted, on, "agri")]), None);
    assert_eq!(Matter::replay(matter.id, &entries), Some(matter));
}
