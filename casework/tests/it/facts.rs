//! What every fact causes beside standing in the file: a notice, a letter.

use crate::fixture::{
    Office, accept, answer, ask_extension, ask_review, decided, hear, petition, served, sign,
    supervised, told,
};
use crate::wishes::{ask_recusal, decide_recusal, of_every_room, rate, tell_repeat};
use casework::calendar::tomorrow;
use casework::matter::handling::{DemandAnswered, Outcome};
use casework::matter::intake::{Claim, Join};
use casework::matter::rating::Content;
use casework::matter::referral::{Filed, Objected, Refer, ResultReported};
use casework::matter::review::ReviewOutcome;
use casework::matter::{Command, Entry, Fact, Matter};
use casework::org::UnitId;
use casework::statute::GroundCode;
use jiff::civil::date;
use std::collections::BTreeMap;

/// What a fact causes beside standing in the file.
fn causes(matter: &Matter, sequence: i64, fact: &Fact) -> String {
    let notice = matter.notices.iter().find(|notice| notice.sequence == sequence);
    let letter = fact.letter().map(|letter| {
        let whole = format!("{letter:?}");
        whole.split('(').next().unwrap_or_default().to_owned()
    });
    let said = [
        notice.map(|notice| format!("notice {}", notice.kind.word())),
        letter.map(|letter| format!("letter {letter}")),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Notes the facts that a file has grown by.
fn note(found: &mut BTreeMap<&'static str, String>, matter: &Matter, entries: &[Entry]) {
    for (sequence, entry) in (1..).zip(entries) {
        let causes = causes(matter, sequence, &entry.fact);
        let before = found.insert(entry.fact.word(), causes.clone());
        assert!(before.is_none_or(|before| before == causes), "{}", entry.fact.word());
    }
}

/// Every fact that the rooms can make from any place of the main road in two steps.
#[test]
fn every_fact_causes_what_its_room_says() {
    let (office, start) = (Office::new(), date(2025, 3, 3));
    let assigned = Refer {
        to: UnitId("agri".to_owned()),
        report_back_on: Some(date(2025, 5, 5)),
        note: String::new(),
        despite: String::new(),
    };
    let road = [
        crate::wishes::counter::correct(&petition(1, start).number, 4),
        Command::Refer(assigned),
        accept(),
        ask_extension(10),
        Command::Supervise(supervised("agri")),
        answer(1),
        answer(2),
        hear(start),
        sign(),
        Command::Serve(served(date(2025, 3, 12))),
        Command::AskReview(ask_review("gov", date(2025, 3, 13))),
        Command::AcceptReview,
        Command::DecideReview(decided(ReviewOutcome::Uphold)),
        Command::ServeReview(served(date(2025, 3, 16))),
    ];
    let mut found = BTreeMap::new();
    for opened in [office.opened(start), office.received_at("agri", start)] {
        walk(&office, opened, &road, &mut found);
    }
    let lines: Vec<String> = found
        .iter()
        .map(|(word, causes)| format!("{word}: {causes}").trim_end().to_owned())
        .collect();
    let golden = include_str!("facts.txt");
    assert_eq!(lines.join("\n"), golden.trim_end(), "\n{}", lines.join("\n"));
}

/// Notes what every fact causes that can follow in two steps from any place of a road.
fn walk(
    office: &Office,
    (mut matter, mut entries): (Matter, Vec<Entry>),
    road: &[Command],
    found: &mut BTreeMap<&'static str, String>,
) {
    let mut on = matter.received_on;
    for step in std::iter::once(None).chain(road.iter().map(Some)) {
        if let Some(command) = step {
            // Some of the road stands in the way of the rest of it.
            let _ = office.act((&mut matter, &mut entries), command, on);
        }
        note(found, &matter, &entries);
        let number = &matter.petitions[0].number;
        let mut wishes = of_every_room(on, number);
        let later = petition(2, on);
        wishes.extend([
            tell_repeat(&later.number),
            Command::Join(Box::new(Join {
                petition: later,
                claims: vec![Claim::Same(1), Claim::Same(2)],
                reason: "同一人同一事".to_owned(),
            })),
            ask_recusal("other"),
            decide_recusal("other", true),
            rate(number, Content::Mostly, "来得很快"),
            Command::File(Filed {
                ground: Some(GroundCode::NoDemand),
                reason: "重复内容".to_owned(),
            }),
            Command::AnswerInstead(DemandAnswered {
                demand: 1,
                outcome: Outcome::NotSupport,
                text: "重新查明".to_owned(),
                basis: "村民委员会组织法".to_owned(),
                commitment: None,
            }),
            Command::ReportResult(ResultReported {
                number: "农信报〔2025〕1号".to_owned(),
                text: "已公布账目。".to_owned(),
            }),
            Command::Decline(told("N01", "县人民法院")),
            Command::Tell(told("N02", "县人民法院")),
            Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None }),
        ]);
        for first in &wishes {
            let Some(state) = tried(office, (&matter, &entries), first, on) else { continue };
            note(found, &state.0, &state.1);
            for second in &wishes {
                if let Some(then) = tried(office, (&state.0, &state.1), second, on) {
                    note(found, &then.0, &then.1);
                }
            }
        }
        on = tomorrow(on);
    }
}

/// The file after a command, if it is lawful there.
fn tried(
    office: &Office,
    (matter, entries): (&Matter, &[Entry]),
    command: &Command,
    on: jiff::civil::Date,
) -> Option<(Matter, Vec<Entry>)> {
    let (mut matter, mut entries) = (matter.clone(), entries.to_vec());
    office.act((&mut matter, &mut entries), command, on).ok()?;
    Some((matter, entries))
}
