//! The law, provision by provision: each test names the rules it proves, of both editions where both
//! say it.

mod belonging;
mod correction;
mod county;
mod edges;
mod events;
mod gate;
mod grounds;
mod hearing;
mod inquiry;
mod inside;
mod joint;
mod ladder;
mod local;
mod organ;
mod parties;
mod passing;
mod publication;
mod renamed;
mod repeats;
mod replaced;
mod result;
mod review;
mod service;
mod small_print;
mod sponsorship;
mod standing;
mod supervision;
mod track;
mod withdrawal;

use crate::fixture::{
    Office, accept, answer, ask_extension, conclude, hear, moment, petition, refer, served, sign,
    told,
};
use casework::calendar::plus_days;
use casework::matter::handling::{DemandAnswered, Outcome};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::intake::register;
use casework::matter::notice::NoticeServed;
use casework::matter::referral::{Objected, Refer, Ruling};
use casework::matter::{Command, Context, Entry, Matter};
use casework::org::{AccountId, Actor, Place, Role, UnitId};
use casework::petition::{Party, PartyKind, PartyRole};
use casework::refusal::Refusal;
use casework::role::{Act, Denial, Thing, allow};
use casework::statute::{ClockKind, GroundCode};
use jiff::civil::{Date, date};

/// A day under each edition.
const DAYS: [Date; 2] = [date(2021, 3, 1), date(2025, 3, 3)];

fn due(office: &Office, matter: &Matter, clock: ClockKind) -> Option<Date> {
    matter.due_of(clock, &office.law, &office.calendar).map(|due| due.nominal)
}

#[derive(Clone)]
struct File<'a> {
    office: &'a Office,
    matter: Matter,
    entries: Vec<Entry>,
    on: Date,
}

impl<'a> File<'a> {
    fn opened(office: &'a Office, on: Date) -> Self {
        let (matter, entries) = office.opened(on);
        Self { office, matter, entries, on }
    }

    fn then(&mut self, days: i64, command: &Command) -> Result<(), Refusal> {
        self.on = plus_days(self.on, days);
        self.office.act((&mut self.matter, &mut self.entries), command, self.on)
    }

    /// The unit hears everybody who waits for the answer.
    fn heard(self) -> Self {
        let on = self.on;
        self.done(0, &hear(on))
    }

    /// Whoever has it answers both demands, having heard who petitioned, and the head signs.
    fn replied(self) -> Self {
        self.done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign())
    }

    /// What stands against a command now.
    fn refused(&self, command: &Command) -> Refusal {
        self.clone().then(0, command).expect_err("unlawful")
    }

    fn done(mut self, days: i64, command: &Command) -> Self {
        self.then(days, command).expect("lawful");
        self
    }
}

#[test]
fn the_office_disposes_within_fifteen_days_of_receipt() {
    // R05-21, R22-22: counted from the day after receipt.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day);
        assert_eq!(due(&office, &file.matter, ClockKind::Disposition), Some(plus_days(day, 15)));
        let file = file.done(3, &refer("agri"));
        assert_eq!(due(&office, &file.matter, ClockKind::Disposition), None);
    }
}

#[test]
fn an_assignment_names_a_day_for_the_result() {
    // R05-21d, R22-22.
    let office = Office::new();
    for day in DAYS {
        let by = plus_days(day, 40);
        let assign = |by| {
            Command::Refer(Refer {
                to: UnitId("agri".to_owned()),
                report_back_on: Some(by),
                note: String::new(),
                despite: String::new(),
            })
        };
        let mut file = File::opened(&office, day);
        assert_eq!(file.then(1, &assign(day)), Err(Refusal::DateNotAhead));
        let file = file.done(0, &assign(by));
        assert_eq!(due(&office, &file.matter, ClockKind::ReportBack), Some(by));
    }
}

#[test]
fn a_petition_says_what_is_asked_and_a_group_speaks_through_five() {
    // R05-17, R22-19, R05-18b, R22-20.
    let office = Office::new();
    for day in DAYS {
        let context = office.context(day);
        let mut empty = petition(1, day);
        empty.demands.clear();
        assert_eq!(register(empty, None, &context), Err(Refusal::DemandCount));
        let mut many = petition(2, day);
        many.headcount = 60;
        many.parties = (0..6)
            .map(|n| Party {
                id: format!("p{n}"),
                role: PartyRole::Representative,
                kind: PartyKind::Person,
                mask: "王*".to_owned(),

                reachable: true,
                sealed: "sealed".to_owned().into(),
            })
            .collect();
        let refused = register(many.clone(), None, &context);
        assert!(matches!(refused, Err(Refusal::TooManyRepresentatives { most: 5, .. })));
        many.parties.pop();
        assert!(register(many, None, &context).is_ok());
    }
}

#[test]
fn the_unit_tells_the_petitioner_within_fifteen_days() {
    // R05-21c, R22-23c.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(2, &refer("agri"));
        let sent = plus_days(day, 2);
        assert_eq!(due(&office, &file.matter, ClockKind::Notice), Some(plus_days(sent, 15)));
        let file = file.done(3, &accept());
        assert_eq!(due(&office, &file.matter, ClockKind::Notice), None);
    }
}

#[test]
fn an_objection_comes_within_five_working_days_where_the_text_says_so() {
    // R22-23d; the older text knows no period.
    let office = Office::new();
    let objection =
        || Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None });
    let mut late = File::opened(&office, DAYS[1]).done(0, &refer("agri"));
    assert!(matches!(late.then(8, &objection()), Err(Refusal::PeriodElapsed { .. })));
    let mut in_time = File::opened(&office, DAYS[1]).done(0, &refer("agri"));
    let silent = Command::Object(Objected { reason: " ".to_owned(), proposed: None });
    let refused = in_time.then(0, &silent).expect_err("it says why");
    assert_eq!((refused.word(), refused.rule().0.as_str()), ("reason-missing", "R22-23d"));
    assert_eq!(in_time.then(7, &objection()), Ok(()));
    let mut older = File::opened(&office, DAYS[0]).done(0, &refer("agri"));
    assert_eq!(older.then(30, &objection()), Ok(()));
}

#[test]
fn whoever_is_sent_elsewhere_hears_where_and_on_which_ground() {
    // R05-14, R05-15, R05-16, R05-21a, R05-22, R05-35c, R22-19c, R22-22c, R22-23, R22-36.
    let office = Office::new();
    for day in DAYS {
        // R05-14: of whom petitions may speak; the newer text knows no such ground.
        let scope = if day == DAYS[0] { Some("N06") } else { None };
        for ground in ["N01", "N02", "N03", "N04", "N05", "N08"].into_iter().chain(scope) {
            let mut file = File::opened(&office, day);
            let nowhere = Command::Tell(told(ground, " "));
            assert_eq!(file.then(1, &nowhere), Err(Refusal::WhereToMissing));
            let file = file.done(0, &Command::Tell(told(ground, "县人民法院立案庭")));
            assert!(file.matter.concluded_on.is_some(), "{ground}");
            assert_eq!(file.matter.unserved().count(), 1, "and it is told in writing");
        }
        // Nobody is sent away because it might be secret: that goes to whoever keeps secrets.
        let mut file = File::opened(&office, day);
        let secret = file.then(1, &Command::Tell(told("N11", "县保密局")));
        assert_eq!(secret, Err(Refusal::UnknownGround(GroundCode::StateSecret)));
        if scope.is_none() {
            let outside = file.then(0, &Command::Tell(told("N06", "人民调解委员会")));
            assert_eq!(outside, Err(Refusal::UnknownGround(GroundCode::OutOfScope)));
        }
    }
}

#[test]
fn the_petitioner_hears_where_the_petition_went_and_can_be_told() {
    // R22-23a; R22-23b: whom nobody can tell gets no notice.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(1, &refer("agri"));
    assert_eq!(file.matter.unserved().count(), 1);
    let service = served(plus_days(DAYS[1], 1));
    let file = file.done(1, &Command::ServeNotice(NoticeServed { notice: 1, service }));
    assert_eq!(file.matter.unserved().count(), 0);

    let mut nameless = petition(9, DAYS[1]);
    nameless.parties = vec![Party {
        id: "p".to_owned(),
        role: PartyRole::Lead,
        kind: PartyKind::Anonymous,
        mask: String::new(),

        reachable: true,
        sealed: String::new().into(),
    }];
    let facts = register(nameless, None, &office.context(DAYS[1])).expect("registers");
    let entry = crate::fixture::entry(facts[0].clone(), DAYS[1], "office");
    let matter = Matter::open(casework::matter::MatterId::new(2025, 3), &entry).expect("opens");
    let mut file = File { office: &office, matter, entries: vec![entry], on: DAYS[1] };
    file.then(1, &refer("agri")).expect("refers");
    assert_eq!(file.matter.notices.len(), 0);
}

#[test]
fn the_unit_investigates_and_answers_every_demand_with_its_basis() {
    // R22-31, R05-32, R22-32.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(1, &refer("agri"));
        let step = Command::TakeStep(StepTaken {
            on: plus_days(day, 1),
            inquiry: InquiryKind::Site,
            petition: None,
            text: "走访".to_owned(),
            interpreter: String::new(),
            attachments: Vec::new(),
        });
        assert_eq!(file.then(0, &step), Err(Refusal::NotInStep), "not before it is accepted");
        let mut file = file.done(1, &accept()).done(1, &step);
        let bare = |outcome, basis: &str| {
            Command::AnswerDemand(DemandAnswered {
                demand: 1,
                outcome,
                text: "查清了".to_owned(),
                basis: basis.to_owned(),
                commitment: None,
            })
        };
        assert_eq!(file.then(0, &bare(Outcome::Explain, " ")), Err(Refusal::BasisMissing));
        let promised = file.then(0, &bare(Outcome::Support, "条例"));
        assert_eq!(promised, Err(Refusal::CommitmentMissing));
        let mut file = file.done(0, &answer(1));
        assert_eq!(file.then(0, &sign()), Err(Refusal::DemandUnanswered(vec![2])));
        let file = file.done(0, &answer(2));
        assert!(
            matches!(file.refused(&sign()), Refusal::NotHeard(_)),
            "it looked, and asked nobody"
        );
        assert_eq!(file.heard().then(0, &sign()), Ok(()));
    }
}

#[test]
fn the_answer_takes_sixty_days_and_once_thirty_more() {
    // R05-33, R22-34.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(1, &refer("agri")).done(1, &accept());
        let accepted = plus_days(day, 2);
        assert_eq!(due(&office, &file.matter, ClockKind::Handling), Some(plus_days(accepted, 60)));
        let long = file.then(1, &ask_extension(31));
        assert!(matches!(long, Err(Refusal::ExtensionTooLong { most_days: 30, .. })));
        let mut file = file.done(0, &ask_extension(30)).done(1, &Command::Extend);
        assert_eq!(due(&office, &file.matter, ClockKind::Handling), Some(plus_days(accepted, 90)));
        assert_eq!(file.matter.notices.len(), 3, "the petitioner hears of it");
        assert_eq!(file.then(1, &ask_extension(1)), Err(Refusal::ExtensionUsed));
        let mut late = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let elapsed = late.then(61, &ask_extension(5));
        assert!(matches!(elapsed, Err(Refusal::PeriodElapsed { .. })));
    }
}

#[test]
fn nothing_concludes_unserved_and_service_opens_the_window() {
    // R05-34, R22-35, R05-35, R22-36: thirty days each, for asking and for answering.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day)
            .done(0, &refer("agri"))
            .done(0, &accept())
            .done(0, &answer(1))
            .done(0, &answer(2))
            .heard()
            .done(0, &sign());
        assert_eq!(file.then(1, &conclude()), Err(Refusal::NotServed));
        assert_eq!(
            due(&office, &file.matter, ClockKind::ReviewWindow),
            None,
            "unserved: no window"
        );
        let on = plus_days(day, 1);
        let file = file.done(0, &Command::Serve(served(on)));
        assert_eq!(due(&office, &file.matter, ClockKind::ReviewWindow), Some(plus_days(on, 30)));
        let law = office.law.on(day, &office.place.0).expect("text");
        for clock in [ClockKind::Review, ClockKind::FinalReviewWindow, ClockKind::FinalReview] {
            assert_eq!(law.period(clock).expect("period").0.length, 30, "{clock:?}");
        }
    }
}

#[test]
fn each_does_what_is_theirs_and_the_rest_stays_unseen() {
    // R22-05, R22-14, R22-18d.
    let office = Office::new();
    let matter = office.after(&[refer("agri"), accept()]);
    let actor = |role, unit: &str| Actor {
        account: AccountId("a".to_owned()),
        login: "a".to_owned(),
        name: String::new(),
        unit: UnitId(unit.to_owned()),
        roles: vec![role],
    };
    let of = |role, unit, act| allow(&actor(role, unit), act, Thing::Matter(&matter));
    assert_eq!(of(Role::UnitHandler, "agri", Act::TakeStep), Ok(()));
    assert_eq!(of(Role::UnitHandler, "agri", Act::Refer), Err(Denial::OfficeOnly));
    assert_eq!(of(Role::RegistrationClerk, "office", Act::TakeStep), Err(Denial::HolderOnly));
    assert_eq!(of(Role::UnitHandler, "housing", Act::ViewMatter), Err(Denial::Unseen));
    assert_eq!(Denial::Unseen.rule().0, "R22-18d");
}

#[test]
fn what_came_is_in_the_file_at_once_and_stays_there() {
    // R22-21: entered promptly; the petitioner can look it up.
    let office = Office::new();
    let (matter, entries) = office.opened(DAYS[1]);
    assert_eq!(entries.len(), 1);
    assert_eq!(matter.petitions[0].registered_at, moment(DAYS[1]).at);
    assert!(!matter.petitions[0].query_hash.is_empty());
    let elsewhere = Place("110000".to_owned());
    let context = Context { place: &elsewhere, ..office.context(DAYS[1]) };
    assert!(register(petition(1, DAYS[1]), None, &context).is_ok());
}

#[test]
fn what_is_said_aloud_is_written_down_whole() {
    // R05-17b, R22-19b: name, address, what is asked, why; nothing of it may be missing.
    let office = Office::new();
    for day in DAYS {
        let mut spoken = petition(1, day);
        spoken.channel = casework::petition::Channel::Oral;
        let mut silent = spoken.clone();
        silent.demands.clear();
        let refused = register(silent, None, &office.context(day));
        assert_eq!(refused.err(), Some(Refusal::DemandCount));
        let mut nameless = spoken.clone();
        nameless.parties.clear();
        let refused = register(nameless, None, &office.context(day));
        assert_eq!(refused.err(), Some(Refusal::PartyCount));
        assert!(register(spoken, None, &office.context(day)).is_ok());
    }
}

#[test]
fn the_fifteen_days_count_from_receipt_however_often_it_comes_back() {
    // R22-22.
    let office = Office::new();
    let day = DAYS[1];
    let objects =
        Command::Object(Objected { reason: "职责不在本局".to_owned(), proposed: None });
    let back = Command::Return(Ruling { reason: "属实".to_owned() });
    let mut file = File::opened(&office, day);
    for unit in ["agri", "housing"] {
        file = file.done(2, &refer(unit)).done(2, &objects).done(1, &back);
        let disposition = due(&office, &file.matter, ClockKind::Disposition);
        assert_eq!(disposition, Some(plus_days(day, 15)), "{unit}");
    }
}
