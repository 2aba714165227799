//! The figures of the duty side: what each counts, from when until when, and what it leaves out.

use super::{account, unit};
use casework::duty::accountability::{Accountability, Decision, Sanction};
use casework::duty::agreement::{Agreement, Signing};
use casework::duty::booking::{BookedHow, Booking, BookingState, VisitOutcome};
use casework::duty::campaign::{Campaign, CampaignKind, Fund};
use casework::duty::conference::{CarriedOut, Conference, Decided, Subject};
use casework::duty::contact::SupportContact;
use casework::duty::figure::{CountedFrom, DutyFigure, FigureValue, Records};
use casework::duty::finding::Finding;
use casework::duty::house_rule::{HouseRule, Version};
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::publicity::{Activity, Medium};
use casework::duty::quota::{Cycle, Quota};
use casework::duty::reception::Reception;
use casework::duty::task_force::{Member, TaskForce};
use casework::duty::tenure::Grade;
use casework::duty::{Kept, Noun};
use casework::matter::MatterId;
use casework::moment::Within;
use casework::org::Place;
use casework::statute::Rule;
use jiff::civil::{Date, date};

const YEAR: Within = Within { from: date(2025, 1, 1), until: date(2025, 12, 31) };
/// The first and the last day of the year, and the days that lie beside them.
const FIRST: Date = date(2025, 1, 1);
const LAST: Date = date(2025, 12, 31);
const BEFORE: Date = date(2024, 12, 31);
const AFTER: Date = date(2026, 1, 1);
const DAYS: [Date; 4] = [BEFORE, FIRST, LAST, AFTER];

fn text() -> String {
    "…".to_owned()
}

/// Records under numbers of their own, in their order from 1.
fn kept<R>(records: impl IntoIterator<Item = R>) -> Vec<Kept<R>> {
    let kept = |(n, record): (u32, R)| Kept { id: format!("2025-{n}"), record };
    (1..).zip(records).map(kept).collect()
}

fn count(figure: DutyFigure, of: &Records) -> FigureValue {
    let value = match figure.source() {
        CountedFrom::Records(count) => count(of, YEAR),
        CountedFrom::Matters(_) => FigureValue::default(),
    };
    let sum: i64 = value.counted.iter().map(|one| one.amount).sum();
    assert_eq!(value.value, sum, "{}: the number is the sum of what it counts", figure.word());
    value
}

/// The numbers of the records that a figure counts.
fn numbers(figure: DutyFigure, of: &Records) -> Vec<String> {
    let counted = count(figure, of).counted.into_iter();
    counted.filter_map(|one| one.record).map(|(_, id)| id).collect()
}

fn version(on: Date) -> Version {
    Version {
        number: "1号".to_owned(),
        issued_on: on,
        from: on,
        until: None,
        text: text(),
        attachments: Vec::new(),
    }
}

#[test]
fn a_rule_counts_in_the_year_in_which_it_was_first_issued() {
    let rule = |on: Date| HouseRule {
        title: "接访制度".to_owned(),
        public: false,
        versions: vec![version(on), version(date(2025, 6, 1))],
        readings: Vec::new(),
    };
    let of = Records { rules: kept(DAYS.map(rule)), ..Records::default() };
    let found = count(DutyFigure::RulesIssued, &of);
    assert_eq!(
        numbers(DutyFigure::RulesIssued, &of),
        ["2025-2", "2025-3"],
        "both days belong to it"
    );
    assert_eq!(found.counted[0].title, "接访制度 1号");
    assert_eq!(found.counted[0].on, FIRST);
}

#[test]
fn a_quota_gives_the_number_that_its_rule_sets() {
    let quota = |grade, least, solve, until| Quota {
        grade,
        period: Cycle::Year,
        outreach: true,
        appointment: true,
        least,
        solve,
        document: "云办发〔2025〕1号".to_owned(),
        from: FIRST,
        until,
    };
    let quotas = kept([
        quota(Grade::CountyLeader, 9, 9, Some(date(2025, 6, 30))),
        quota(Grade::CountyLeader, 4, 2, None),
        quota(Grade::DepartmentHead, 12, 3, None),
        quota(Grade::TownshipHead, 24, 5, None),
    ]);
    let of = Records { quotas, ..Records::default() };
    for (figure, value, number) in [
        (DutyFigure::QuotaCountyLeader, 4, "2025-2"),
        (DutyFigure::QuotaDepartment, 12, "2025-3"),
        (DutyFigure::QuotaTownship, 24, "2025-4"),
        (DutyFigure::SolveLeast, 2, "2025-2"),
        (DutyFigure::SolveMost, 5, "2025-4"),
    ] {
        assert_eq!(count(figure, &of).value, value, "{}", figure.word());
        assert_eq!(numbers(figure, &of), [number], "{}", figure.word());
    }
    assert_eq!(count(DutyFigure::SolveMost, &Records::default()).value, 0);
}

#[test]
fn publicity_is_counted_by_its_form() {
    let activity = |medium, on: Date| Activity {
        title: "信访条例宣传".to_owned(),
        medium,
        from: on,
        until: casework::calendar::plus_days(on, 2),
        audience: text(),
        people: None,
        units: vec![unit("agri"), unit("housing")],
        text: text(),
        attachments: Vec::new(),
    };
    let activities = kept([
        activity(Medium::BoardContest, FIRST),
        activity(Medium::BoardContest, AFTER),
        activity(Medium::Television, date(2025, 3, 3)),
        activity(Medium::Television, BEFORE),
        activity(Medium::Training, date(2025, 3, 3)),
    ]);
    let of = Records { activities, ..Records::default() };
    assert_eq!(count(DutyFigure::ContestUnits, &of).value, 2, "units");
    assert_eq!(numbers(DutyFigure::ContestUnits, &of), ["2025-1"]);
    assert_eq!(count(DutyFigure::TelevisionDays, &of).value, 3, "days, both included");
    assert_eq!(numbers(DutyFigure::TelevisionDays, &of), ["2025-3"]);
}

#[test]
fn a_task_force_counts_once_and_each_of_its_people() {
    let member =
        || Member { name: text(), account: None, unit: unit("agri"), from: FIRST, until: None };
    let force = |on: Date| TaskForce {
        name: "工作组".to_owned(),
        purpose: text(),
        areas: vec![Place("539921101".to_owned())],
        from: on,
        until: AFTER,
        members: vec![member(), member(), member()],
        log: Vec::new(),
        problems: Vec::new(),
        matters: Vec::new(),
        dissolved: None,
    };
    let of = Records { groups: kept(DAYS.map(force)), ..Records::default() };
    assert_eq!(count(DutyFigure::Groups, &of).value, 2);
    assert_eq!(count(DutyFigure::GroupCadres, &of).value, 6);
}

fn campaign(kind: CampaignKind, from: Date) -> Campaign {
    Campaign {
        name: "专项活动".to_owned(),
        kind,
        document: text(),
        from,
        until: date(2025, 6, 30),
        list: vec![MatterId::new(2025, 1), MatterId::new(2025, 2)],
        frozen_on: None,
        funds: DAYS
            .map(|on| Fund {
                on,
                source: "财政".to_owned(),
                yuan: 1000,
                used_for: "修路".to_owned(),
            })
            .to_vec(),
        progress: Vec::new(),
        exits: Vec::new(),
        closed: None,
        outcome: None,
    }
}

#[test]
fn campaigns_count_by_what_they_are_for() {
    let outreach = Campaign {
        until: date(2025, 9, 30),
        list: vec![MatterId::new(2025, 1)],
        ..campaign(CampaignKind::Outreach, FIRST)
    };
    let of = Records {
        campaigns: kept([
            campaign(CampaignKind::Investigation, FIRST),
            outreach,
            campaign(CampaignKind::Investigation, BEFORE),
        ]),
        ..Records::default()
    };
    let funds = count(DutyFigure::FundsRaised, &of);
    assert_eq!(funds.value, 2000, "of the outreach alone, on the first and on the last day");
    assert_eq!(funds.counted[0].title, "财政 → 修路");
    assert_eq!(count(DutyFigure::CampaignMonths, &of).value, 6);
    assert_eq!(
        count(DutyFigure::CampaignMatters, &of).value,
        2,
        "of the one that began in the year"
    );
}

#[test]
fn what_was_found_in_a_campaign_is_counted_when_it_was_solved() {
    let problem = |solved| Finding { text: text(), on: None, matter: None, solved };
    let visit = |campaign: Option<&str>, solved: &[Date], done: bool| Outreach {
        leader: account("leader"),
        on: date(2025, 3, 3),
        place: Place("539921101".to_owned()),
        venue: "石桥村".to_owned(),
        topic: String::new(),
        with: Vec::new(),
        campaign: campaign.map(str::to_owned),
        done: done.then(|| Visit { on: date(2025, 3, 3), met: 5, text: text() }),
        problems: solved
            .iter()
            .map(|on| problem(Some((*on, text()))))
            .chain([problem(None)])
            .collect(),
        cancelled: None,
    };
    let of = Records {
        campaigns: kept([
            campaign(CampaignKind::Outreach, FIRST),
            campaign(CampaignKind::Investigation, FIRST),
        ]),
        visits: kept([
            visit(Some("2025-1"), &[FIRST, LAST, AFTER], true),
            visit(Some("2025-2"), &[FIRST], true),
            visit(None, &[FIRST], true),
            visit(Some("2025-1"), &[], false),
        ]),
        ..Records::default()
    };
    assert_eq!(count(DutyFigure::OutreachSolved, &of).value, 2);
    assert_eq!(numbers(DutyFigure::OutreachSolved, &of), ["2025-1"]);
    let visits = count(DutyFigure::OutreachVisits, &of);
    assert_eq!(visits.value, 3, "made, whether of a campaign or not; not what is only planned");
    assert_eq!(visits.counted[0].person, Some(account("leader")));
}

#[test]
fn conferences_on_lawsuits_count_once_they_were_held_and_a_matter_once() {
    let decided = |matter, solved, on| Decided {
        text: text(),
        owner: unit("court"),
        due_on: LAST,
        matter: Some(MatterId::new(2025, matter)),
        done: Some(CarriedOut { on, text: text(), solved }),
    };
    let conference = |subject, on: Date, held: bool| Conference {
        title: "涉法涉诉".to_owned(),
        subject,
        on,
        venue: text(),
        convener: text(),
        agenda: Vec::new(),
        invited: Vec::new(),
        present: Vec::new(),
        minutes: held.then(text),
        attachments: Vec::new(),
        decisions: vec![
            decided(1, true, date(2025, 6, 1)),
            decided(2, false, date(2025, 6, 1)),
            decided(3, true, AFTER),
        ],
    };
    let other = Subject::ALL.into_iter().find(|subject| *subject != Subject::Lawsuits);
    let of = Records {
        conferences: kept([
            conference(Subject::Lawsuits, FIRST, true),
            conference(Subject::Lawsuits, LAST, true),
            conference(Subject::Lawsuits, FIRST, false),
            conference(Subject::Lawsuits, BEFORE, true),
            conference(other.expect("another subject"), FIRST, true),
        ]),
        ..Records::default()
    };
    assert_eq!(numbers(DutyFigure::LawConferences, &of), ["2025-1", "2025-2"]);
    let solved = count(DutyFigure::LawSolved, &of);
    assert_eq!(solved.value, 1, "solved within the year, whoever spoke of it how often");
    assert_eq!(solved.counted[0].matter, Some(MatterId::new(2025, 1)));
}

#[test]
fn help_counts_leaders_and_households_and_names_no_household() {
    let contact = |leader: &str, since| SupportContact {
        leader: account(leader),
        party: text(),
        mask: "卓*".to_owned(),
        sealed: text(),
        consent: text(),
        since,
        wishes: Vec::new(),
        help: Vec::new(),
        ended: None,
    };
    let of = Records {
        contacts: kept([
            contact("a", FIRST),
            contact("a", LAST),
            contact("b", LAST),
            contact("c", AFTER),
        ]),
        ..Records::default()
    };
    assert_eq!(count(DutyFigure::ContactLeaders, &of).value, 2);
    let households = count(DutyFigure::ContactHouseholds, &of);
    assert_eq!(households.value, 3);
    assert!(households.counted.iter().all(|one| one.record.is_none() && one.title.is_empty()));
}

#[test]
fn reception_days_count_once_they_were_held_with_who_was_received() {
    let booking = |received: bool| Booking {
        ordinal: 1,
        how: BookedHow::Counter,
        party: text(),
        mask: text(),
        sealed: text(),
        phone_hash: String::new(),
        code_hash: String::new(),
        topic: text(),
        booked_on: FIRST,
        state: BookingState::Received,
        outcome: received.then(|| VisitOutcome {
            text: text(),
            owner: unit("agri"),
            due_on: LAST,
            matter: None,
            done: None,
        }),
    };
    let day = |on: Date, held: bool, received: &[bool]| Reception {
        leader: account("leader"),
        on,
        hours: text(),
        venue: "接待大厅".to_owned(),
        areas: Vec::new(),
        topic: String::new(),
        places: 5,
        moved_from: None,
        published_on: None,
        substituted: None,
        bookings: received.iter().map(|one| booking(*one)).collect(),
        held_on: held.then_some(on),
        cancelled: None,
    };
    let of = Records {
        receptions: kept([
            day(FIRST, true, &[true, true, false]),
            day(LAST, true, &[]),
            day(LAST, false, &[true]),
            day(AFTER, true, &[true]),
        ]),
        ..Records::default()
    };
    assert_eq!(count(DutyFigure::ReceptionDays, &of).value, 2);
    let by = count(DutyFigure::ReceptionDays, &of).counted[0].person.clone();
    assert_eq!(by, Some(account("leader")), "whose days they are");
    assert_eq!(count(DutyFigure::ReceptionVisitors, &of).value, 2);
    assert_eq!(
        numbers(DutyFigure::ReceptionVisitors, &of),
        ["2025-1"],
        "a day without visitors is no case"
    );
}

#[test]
fn what_was_signed_and_decided_counts_on_its_day() {
    let agreement = |on: Option<Date>| Agreement {
        year: 2025,
        first: unit("gov"),
        second: unit("agri"),
        text: text(),
        indicators: Vec::new(),
        signed: on.map(|on| Signing {
            on,
            first_signer: text(),
            second_signer: text(),
            attachments: Vec::new(),
        }),
        result: None,
        comment: None,
    };
    let case = |on: Option<Date>| Accountability {
        matter: MatterId::new(2025, 1),
        supervision: text(),
        unit: unit("agri"),
        person: Some(account("somebody")),
        article: Rule("R22-43".to_owned()),
        finding: text(),
        conduct_on: None,
        opened_on: FIRST,
        heard: Vec::new(),
        entered_on: None,
        decision: on.map(|on| Decision {
            on,
            number: "云纪〔2025〕1号".to_owned(),
            organ: text(),
            sanction: Sanction::ALL[0],
            text: text(),
            until: None,
        }),
        appeal: None,
    };
    let days = [None, Some(BEFORE), Some(FIRST), Some(LAST), Some(AFTER)];
    let of = Records {
        agreements: kept(days.map(agreement)),
        cases: kept(days.map(case)),
        ..Records::default()
    };
    assert_eq!(numbers(DutyFigure::AgreementsSigned, &of), ["2025-3", "2025-4"]);
    assert_eq!(count(DutyFigure::AgreementsSigned, &of).counted[0].title, "2025");
    let decided = count(DutyFigure::AccountabilityDecided, &of);
    assert_eq!(decided.value, 2);
    assert_eq!(decided.counted[0].title, "云纪〔2025〕1号", "nothing of whom it concerns");
    assert!(decided.counted.iter().all(|one| one.person.is_none()));
    let noun = decided.counted[0].record.as_ref().map(|(noun, _)| *noun);
    assert_eq!(noun, Some(Noun::Accountability));
}
