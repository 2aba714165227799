//! What each room lets happen, and what it refuses.

use super::{account, away, leader, on, term, unfit, unit};
use crate::fixture::{Office, refer, supervised};
use casework::duty::accountability::{Accountability, AppealOutcome, Decision, Heard, Sanction};
use casework::duty::agreement::{
    Agreement, Indicator, IndicatorKind, Judgement, Measure, Signing, Verdict,
};
use casework::duty::booking::{BookedHow, Booking, BookingState, VisitOutcome};
use casework::duty::contact::{Help, SupportContact, Wish};
use casework::duty::finding::Solution;
use casework::duty::house_rule::{HouseRule, Version};
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::publicity::{Activity, Medium};
use casework::duty::reception::{Reception, Substitute};
use casework::duty::recurrence::{Every, Pattern, days, plan_all};
use casework::duty::seat::{Seat, SeatKind};
use casework::duty::tenure::{Grade, Leave};
use casework::duty::{Record, Unfit};
use casework::matter::supervision::SupervisionClosed;
use casework::matter::{Command, Context};
use casework::moment::Within;
use casework::org::{Actor, Place};
use casework::refusal::Refusal;
use casework::statute::Rule;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

#[test]
fn a_leading_group_has_one_head_and_keeps_who_sat_in_it() {
    // R05-05, R22-13.
    let seat = |person: &str, seat, from| Seat {
        person: account(person),
        seat,
        document: "云委〔2025〕3号".to_owned(),
        from,
        until: None,
    };
    let first = seat("a", SeatKind::Head, date(2025, 1, 1)).take(&[]).expect("sits");
    let sitting = [first.clone()];
    let second = seat("b", SeatKind::Head, date(2025, 6, 1));
    assert_eq!(unfit(second.clone().take(&sitting)), Unfit::HeadTwice);
    let twice = seat("a", SeatKind::Member, date(2025, 6, 1));
    assert_eq!(unfit(twice.take(&sitting)), Unfit::TermsOverlap);
    let left = first.leave(date(2025, 5, 31)).expect("leaves");
    assert!(left.held(date(2025, 5, 31)) && !left.held(date(2025, 6, 1)));
    assert_eq!(unfit(left.clone().leave(date(2025, 7, 1))), Unfit::Ended);
    second.take(&[left]).expect("one after the other");
}

#[test]
fn a_term_does_not_overlap_and_leave_lies_within_it() {
    // R22-18b.
    let grade = Grade::CountyLeader;
    let first = term("a", grade, (date(2025, 1, 1), Some(date(2025, 6, 30))));
    let terms = [first.clone()];
    let same = term("a", grade, (date(2025, 6, 30), None));
    assert_eq!(unfit(same.begin(&terms)), Unfit::TermsOverlap);
    term("a", grade, (date(2025, 7, 1), None)).begin(&terms).expect("the day after");
    term("a", Grade::TownshipHead, (date(2025, 3, 1), None)).begin(&terms).expect("another post");
    let outside = Leave { from: date(2025, 6, 1), until: date(2025, 7, 2) };
    assert_eq!(unfit(first.leave(outside)), Unfit::Ended);
}

fn reception(leader: &str, on: Date) -> Reception {
    Reception {
        leader: account(leader),
        on,
        hours: "9:00–11:30".to_owned(),
        venue: "县信访接待大厅".to_owned(),
        areas: Vec::new(),
        topic: String::new(),
        places: 1,
        moved_from: None,
        published_on: None,
        substituted: None,
        bookings: Vec::new(),
        held_on: None,
        cancelled: None,
    }
}

fn booking(phone: &str, how: BookedHow) -> Booking {
    Booking {
        ordinal: 0,
        how,
        party: "p".to_owned(),
        mask: "赵*兰".to_owned(),
        sealed: "sealed".to_owned(),
        phone_hash: phone.to_owned(),
        code_hash: String::new(),
        topic: "低保".to_owned(),
        booked_on: date(2025, 3, 3),
        state: BookingState::Booked,
        outcome: None,
    }
}

fn every(every: Every, number: i8, until: jiff::civil::Date) -> Pattern {
    Pattern { every, number, until }
}

#[test]
fn recurring_days_move_off_holidays_and_leave_out_days_of_leave() {
    // R05-10: the first of May and the first of October are holidays.
    let office = Office::new();
    let context = on(&office, 1, 2);
    let (from, until) = (date(2025, 1, 2), date(2025, 12, 31));
    let first = days(every(Every::Month, 1, until), from, &office.calendar);
    assert!(first.contains(&(date(2025, 5, 1), date(2025, 5, 6))));
    assert!(first.contains(&(date(2025, 10, 1), date(2025, 10, 9))));
    let last = days(every(Every::Month, 31, date(2025, 2, 28)), from, &office.calendar);
    assert_eq!(last.last().map(|(nominal, _)| *nominal), Some(date(2025, 2, 28)));
    let monday = days(every(Every::Week, 1, date(2025, 1, 31)), from, &office.calendar);
    assert_eq!(monday.len(), 4);
    let terms = [away(leader(), date(2025, 7, 1), 31)];
    let day = reception("leader", from);
    let middle = |until| plan_all(&day, every(Every::Month, 15, until), &[], &terms, &context);
    let year = middle(until).expect("plans");
    assert_eq!(year.len(), 11, "eleven months, one of leave");
    assert_eq!(unfit(middle(date(2025, 1, 10))), Unfit::NoDay);
    assert_eq!(unfit(middle(date(2028, 1, 1))), Unfit::PlanTooFar);
    // Weekly around a holiday: what moves onto a day of the pattern is not planned twice.
    let thursdays = every(Every::Week, 4, date(2025, 10, 31));
    let october = Reception { on: date(2025, 9, 25), ..day.clone() };
    let weekly = plan_all(&october, thursdays, &[], &terms, &context).expect("plans");
    let on: Vec<Date> = weekly.iter().map(|one| one.on).collect();
    assert_eq!(on, [25, 9, 16, 23, 30].map(|n| date(2025, if n == 25 { 9 } else { 10 }, n)));
    for day in year {
        assert!(office.calendar.works(day.on));
    }
}

#[test]
fn a_day_is_planned_announced_and_kept() {
    // R05-10, R22-18b.
    let office = Office::new();
    let (context, day) = (on(&office, 3, 3), date(2025, 3, 10));
    let terms = [leader(), term("other", Grade::CountyLeader, (date(2025, 1, 1), None))];
    let plan = |one: Reception| one.plan(&[reception("leader", day)], &terms, &context);
    assert_eq!(unfit(plan(reception("leader", day))), Unfit::DayTaken, "overlapping days");
    assert_eq!(unfit(plan(reception("leader", date(2025, 3, 9)))), Unfit::DayOff, "a Sunday");
    assert_eq!(unfit(plan(reception("leader", date(2025, 2, 10)))), Unfit::DayPast);
    assert_eq!(unfit(plan(reception("nobody", date(2025, 3, 11)))), Unfit::LeaderAway);
    let planned = plan(reception("other", day)).expect("another leader");
    let early = planned.clone().book(booking("1", BookedHow::Online), &context);
    assert_eq!(unfit(early), Unfit::NotPublished);
    let open = planned.publish(&context).expect("announced");
    let open = open.book(booking("1", BookedHow::Online), &context).expect("a place");
    let again = open.clone().book(booking("1", BookedHow::Counter), &context);
    assert_eq!(unfit(again), Unfit::BookedAlready);
    let full = open.book(booking("2", BookedHow::Counter), &context).expect("waits");
    assert_eq!(full.bookings[1].state, BookingState::Waiting);
    let up = full.clone().call_off(1).expect("called off");
    assert_eq!(up.bookings[1].state, BookingState::Booked, "whoever waits comes up");
    let by = |leader: &str| Substitute { by: account(leader), reason: "出差".to_owned() };
    let other = full.substitute(by("leader"), &[], &terms, &context).expect("substitute");
    assert_eq!(other.substituted.as_ref().map(|s| s.instead_of.0.as_str()), Some("other"));
    let outcome = VisitOutcome {
        text: "请民政局核实".to_owned(),
        owner: unit("civil"),
        due_on: date(2025, 3, 20),
        matter: None,
        done: None,
    };
    let again = other.clone().substitute(by("leader"), &[], &terms, &context);
    assert_eq!(unfit(again), Unfit::SameParty);
    let early = other.clone().receive(1, outcome.clone(), &context);
    assert_eq!(early, Err(Refusal::DateInFuture));
    let today = on(&office, 3, 10);
    let walked = other.book(booking("", BookedHow::WalkIn), &today).expect("walks in");
    assert_eq!(unfit(walked.clone().close(&today)), Unfit::BookingOpen);
    let held = walked
        .receive(1, outcome.clone(), &today)
        .and_then(|day| day.receive(3, outcome, &today))
        .and_then(|day| day.close(&today))
        .expect("held");
    assert!(held.received());
    let later = on(&office, 3, 18);
    let follow_up = |one: Reception, context: &Context<'_>| {
        one.follow_up(1, date(2025, 3, 18), "已恢复低保".to_owned(), context)
    };
    // The unit that promised it says so; another one does not.
    let by = |id: &str| Actor { unit: unit(id), ..later.actor.clone() };
    let (stranger, owner) = (by("housing"), by("civil"));
    let at = |actor| Context { actor, ..later };
    let foreign = follow_up(held.clone(), &at(&stranger));
    assert_eq!(unfit(foreign), Unfit::NotOwner);
    let later = at(&owner);
    let held = follow_up(held, &later).expect("followed up");
    assert_eq!(unfit(follow_up(held.clone(), &later)), Unfit::DoneAlready);
    assert_eq!(unfit(held.cancel("迟了".to_owned(), &later)), Unfit::DayOver);
}

#[test]
fn a_visit_takes_problems_along_until_they_are_solved() {
    // R05-10b, R22-18b.
    let office = Office::new();
    let visit = Outreach {
        leader: account("leader"),
        on: date(2025, 3, 8),
        place: Place("539921101200".to_owned()),
        venue: "柳树坪村村委会".to_owned(),
        topic: String::new(),
        with: Vec::new(),
        campaign: None,
        done: None,
        problems: Vec::new(),
        cancelled: None,
    };
    let own = Outreach { with: vec![account("leader")], ..visit.clone() };
    assert_eq!(unfit(own.plan(&[], &[leader()])), Unfit::SameParty);
    let context = on(&office, 3, 10);
    let planned = visit.clone().plan(&[], &[leader()]).expect("a Saturday is no obstacle");
    let again = visit.plan(std::slice::from_ref(&planned), &[leader()]);
    assert_eq!(unfit(again), Unfit::VisitTwice);
    let early = planned.clone().find("路灯坏了".to_owned(), None);
    assert_eq!(unfit(early), Unfit::NotDone);
    let went = Visit { on: date(2025, 3, 8), met: 12, text: "听了意见".to_owned() };
    let done = planned.visit(went, &[], &[], &context).expect("went");
    let found = done.find("路灯坏了".to_owned(), None).expect("found");
    let solve = |one: Outreach, ordinal| {
        let solution =
            Solution { on: date(2025, 3, 9), text: "已修好".to_owned(), matter: None };
        one.solve(ordinal, solution, &context)
    };
    let solved = solve(found, 1).expect("solved");
    let until =
        |day| solved.solved_within(Within { from: date(2025, 1, 1), until: date(2025, 3, day) });
    assert_eq!((until(8), until(9)), (0, 1));
    assert_eq!(unfit(solve(solved.clone(), 1)), Unfit::DoneAlready);
    assert_eq!(unfit(solve(solved.clone(), 2)), Unfit::NoEntry);
    assert_eq!(unfit(solved.cancel("x".to_owned(), &context)), Unfit::DoneAlready);
}

fn agreement(kinds: &[IndicatorKind]) -> Agreement {
    let indicators = kinds.iter().map(|kind| Indicator {
        kind: *kind,
        name: "制度上墙".to_owned(),
        target: 90,
        result: None,
    });
    Agreement {
        year: 2025,
        first: unit("gov"),
        second: unit("donghe"),
        text: "目标责任书".to_owned(),
        indicators: indicators.collect(),
        signed: None,
        result: None,
        comment: None,
    }
}

#[test]
fn an_agreement_measures_duties_and_is_answered_by_the_assessed() {
    // R05-07, R22-39.
    let office = Office::new();
    let drawn = agreement(&[IndicatorKind::TimelyAnswer, IndicatorKind::Manual]);
    assert_eq!(unfit(drawn.clone().draw_up(std::slice::from_ref(&drawn))), Unfit::ListedAlready);
    let (march, december) = (on(&office, 3, 3), on(&office, 12, 20));
    let count = BTreeMap::from([(IndicatorKind::TimelyAnswer, Measure { due: 10, met: 9 })]);
    assert_eq!(drawn.counting(march.moment.on), None, "nothing counts before it is signed");
    let signing = Signing {
        on: date(2025, 3, 3),
        first_signer: "县长".to_owned(),
        second_signer: "镇长".to_owned(),
        attachments: Vec::new(),
    };
    let signed = drawn.sign(signing.clone(), &march).expect("signed");
    assert_eq!(unfit(signed.clone().sign(signing, &march)), Unfit::Signed);
    let judge = |evidence: &str| Judgement {
        reached: true,
        evidence: evidence.to_owned(),
        attachments: Vec::new(),
    };
    let itself = signed.clone().judge(1, judge("现场查看"), &march);
    assert_eq!(unfit(itself), Unfit::CountsItself);
    let counting = signed.counting(december.moment.on).expect("it counts itself");
    assert_eq!(counting.kinds, [IndicatorKind::TimelyAnswer]);
    assert_eq!(counting.within.until, december.moment.on);
    let counted = signed.counted(&count, december.moment.on);
    let nine = counted.indicators[0].verdict();
    assert_eq!(nine, Some(Verdict::Reached), "nine of ten are ninety per cent");
    let open = counted.clone().conclude("合格".to_owned(), &december);
    assert_eq!(unfit(open), Unfit::IndicatorOpen);
    let silent = counted.clone().judge(2, judge(""), &december);
    assert_eq!(unfit(silent), Unfit::EvidenceMissing);
    let judged = counted.judge(2, judge("现场查看"), &december).expect("judged");
    let early = judged.clone().conclude("合格".to_owned(), &on(&office, 11, 3));
    assert_eq!(early, Err(Refusal::DateTooEarly(date(2025, 12, 1))));
    assert_eq!(unfit(judged.clone().comment("同意".to_owned(), &december)), Unfit::NoResult);
    let result = judged.conclude("合格".to_owned(), &december).expect("a result");
    assert_eq!(result.counting(december.moment.on), None, "the result stands");
    result.comment("同意".to_owned(), &december).expect("a comment");
    // Where nothing fell due, nothing was reached and nothing missed; and more petitions answered in time never lower
    // it.
    assert_eq!(Measure::default().against(100), Verdict::NoneDue);
    assert_eq!(Measure { due: 20, met: 19 }.against(95), Verdict::Reached);
    assert_eq!(Measure { due: 20, met: 18 }.against(95), Verdict::Missed);
}

#[test]
fn help_rests_on_consent_and_ends_with_it() {
    // R22-37.
    let office = Office::new();
    let context = on(&office, 5, 10);
    let contact = SupportContact {
        leader: account("leader"),
        party: "p".to_owned(),
        mask: "赵*兰".to_owned(),
        sealed: "sealed".to_owned(),
        consent: "同意书1号".to_owned(),
        since: date(2025, 5, 1),
        wishes: Vec::new(),
        help: Vec::new(),
        ended: None,
    };
    let unasked = SupportContact { consent: " ".to_owned(), ..contact.clone() };
    assert_eq!(unasked.begin(&context), Err(Refusal::ConsentMissing));
    let wish = Wish { on: date(2025, 5, 2), text: "学费".to_owned() };
    let begun = contact.begin(&context).and_then(|one| one.ask(wish, &context)).expect("begun");
    let nowhere = Help {
        on: date(2025, 5, 3),
        text: "申请助学金".to_owned(),
        aid: Some((casework::matter::aid::AidKind::ALL[0], String::new())),
    };
    assert_eq!(begun.clone().help(nowhere.clone(), &context), Err(Refusal::WhereToMissing));
    let help = Help { aid: None, ..nowhere };
    let helped = begun.help(help.clone(), &context).expect("helped");
    let ended = helped.end(String::new(), &context).expect("no reason is asked for");
    assert_eq!(unfit(ended.help(help, &context)), Unfit::Revoked);
}

#[test]
fn publicity_counts_units_once_and_days_whole() {
    // R22-18.
    let one = Activity {
        title: "板报比赛".to_owned(),
        medium: Medium::BoardContest,
        from: date(2025, 5, 1),
        until: date(2025, 5, 7),
        audience: "干部群众".to_owned(),
        people: None,
        units: vec![unit("b"), unit("a"), unit("b")],
        text: "宣传《信访工作条例》".to_owned(),
        attachments: Vec::new(),
    };
    let held = one.clone().hold().expect("held");
    assert_eq!((held.units.len(), held.days()), (2, 7));
    let backwards = Activity { until: date(2025, 4, 1), ..one };
    assert!(matches!(backwards.hold(), Err(Refusal::DateTooEarly(_))));
}

#[test]
fn a_house_rule_has_versions_and_readers() {
    // R05-07.
    let version = |number: &str, from| Version {
        number: number.to_owned(),
        issued_on: date(2025, 1, 10),
        from,
        until: None,
        text: "第一条……".to_owned(),
        attachments: Vec::new(),
    };
    let early = version("1", date(2025, 1, 1));
    assert!(HouseRule::issue("办法".to_owned(), true, early).is_err(), "in force before issued");
    let rule = HouseRule::issue("办法".to_owned(), true, version("1", date(2025, 2, 1)));
    let rule = rule.expect("issued");
    assert_eq!(unfit(rule.clone().read(account("a"), date(2025, 1, 20))), Unfit::NotInForce);
    let rule = rule.read(account("a"), date(2025, 2, 2)).expect("read");
    assert_eq!(unfit(rule.clone().read(account("a"), date(2025, 3, 2))), Unfit::ReadAlready);
    let next = rule.revise(version("2", date(2025, 6, 1))).expect("revised");
    assert_eq!(next.in_force(date(2025, 5, 31)).map(|(n, _)| n), Some(1));
    assert_eq!(next.in_force(date(2025, 6, 1)).map(|(n, _)| n), Some(2));
    let next = next.read(account("a"), date(2025, 6, 2)).expect("the new one is read anew");
    let gone = next.repeal(date(2025, 12, 31)).expect("repealed");
    assert_eq!(unfit(gone.revise(version("3", date(2026, 1, 1)))), Unfit::Ended);
}

#[test]
fn somebody_is_held_accountable_on_a_finding_after_a_hearing_and_may_appeal() {
    // R05-40, R05-41, R05-42, R05-43, R05-44, R05-45, R05-46; R22-42, R22-43, R22-44, R22-45, R22-46;
    // R22-40.
    let office = Office::new();
    let matter = office.after(&[
        refer("agri"),
        Command::Supervise(supervised("agri")),
        Command::AnswerSupervision(casework::matter::supervision::SupervisionAnswered {
            adopted: true,
            text: "已改".to_owned(),
        }),
        Command::CloseSupervision(SupervisionClosed { finding: "推诿属实".to_owned() }),
    ]);
    let context = on(&office, 4, 1);
    let case = |unit_: &str, article: &str| Accountability {
        matter: matter.id,
        supervision: "信督〔2025〕1号".to_owned(),
        unit: unit(unit_),
        person: Some(account("handler")),
        article: Rule::from(article),
        finding: "推诿".to_owned(),
        opened_on: date(2025, 4, 1),
        conduct_on: None,
        heard: Vec::new(),
        entered_on: None,
        decision: None,
        appeal: None,
    };
    let other = case("housing", "R22-44").open(&matter, &context);
    assert_eq!(unfit(other), Unfit::NoFinding);
    for article in ["R22-42", "R22-43", "R22-44", "R22-45", "R22-46"] {
        case("agri", article).open(&matter, &context).expect("an article on liability in force");
    }
    for article in ["R22-34", "R05-40", "R05-41", "R05-42", "R05-43", "R05-44", "R05-45", "R05-46"]
    {
        let result = case("agri", article).open(&matter, &context);
        assert_eq!(unfit(result), Unfit::NoLiability, "{article} says nothing now");
    }
    // What was done under the older text is judged by it.
    let then = |article: &str| Accountability {
        conduct_on: Some(date(2021, 3, 1)),
        ..case("agri", article)
    };
    for article in ["R05-40", "R05-41", "R05-42", "R05-43", "R05-44", "R05-45", "R05-46"] {
        then(article).open(&matter, &context).expect("an article on liability in force then");
    }
    assert_eq!(unfit(then("R22-44").open(&matter, &context)), Unfit::NoLiability);
    let open = case("agri", "R22-44").open(&matter, &context).expect("opens");
    let decision = Decision {
        on: date(2025, 4, 1),
        number: "云纪〔2025〕2号".to_owned(),
        organ: "县纪委监委".to_owned(),
        sanction: Sanction::Admonish,
        text: "诫勉".to_owned(),
        until: Some(date(2025, 9, 30)),
    };
    assert_eq!(unfit(open.clone().decide(decision.clone(), &context)), Unfit::NotHeard);
    let heard = Heard { on: date(2025, 4, 1), text: "人手不足".to_owned() };
    let heard = open.hear(heard, &context).expect("heard");
    assert_eq!(unfit(heard.clone().appeal("不服".to_owned(), &context)), Unfit::NotDecided);
    let decided = heard.decide(decision, &context).expect("decided");
    // Thirty days end on 1 May, a holiday: until the sixth.
    let late = decided.clone().appeal("不服".to_owned(), &on(&office, 5, 7));
    assert_eq!(unfit(late), Unfit::AppealLate);
    let appealed = decided.appeal("不服".to_owned(), &on(&office, 5, 6)).expect("in time");
    let answer = |one: Accountability| {
        one.answer_appeal(AppealOutcome::Upheld, "事实清楚".to_owned(), &on(&office, 5, 20))
    };
    let over = answer(appealed).expect("answered");
    assert_eq!(unfit(answer(over)), Unfit::NoAppeal);
}
