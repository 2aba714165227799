//! The arithmetic of quotas (R22-18b): shares of a year, leave, changes, merged units, forecasts.

use super::{away, leader, term};
use casework::calendar::{plus_days, tomorrow, yesterday};
use casework::duty::Unfit;
use casework::duty::agreement::{Measure, Verdict};
use casework::duty::quota::{Cycle, Deed, DeedKind, Quota, Shortfall, owed, standing, to_solve};
use casework::duty::tenure::Grade;
use casework::org::UnitId;
use casework::refusal::Refusal;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn quota(grade: Grade, period: Cycle, least: u32, from: Date) -> Quota {
    Quota {
        grade,
        period,
        outreach: true,
        appointment: grade != Grade::CountyLeader,
        least,
        solve: 5,
        document: "云信领〔2025〕1号".to_owned(),
        from,
        until: None,
    }
}

fn yearly(least: u32) -> Quota {
    quota(Grade::CountyLeader, Cycle::Year, least, date(2024, 1, 1))
}

const LAST: Date = date(2025, 12, 31);

#[test]
fn the_seeds_quotas_are_owed_by_whoever_holds_the_post_all_year() {
    let township = quota(Grade::TownshipHead, Cycle::Month, 8, date(2024, 1, 1));
    let head = term("head", Grade::TownshipHead, (date(2020, 1, 1), None));
    assert_eq!(owed(&[yearly(4)], &[leader()], 2025, LAST), 4);
    let (township, head) = ([township], [head]);
    assert_eq!(owed(&township, &head, 2025, LAST), 96);
    assert_eq!(owed(&township, &head, 2025, date(2025, 2, 14)), 12);
    // A quota of another kind of post binds nobody here.
    assert_eq!(owed(&township, &[leader()], 2025, LAST), 0);
    assert_eq!(to_solve(&[yearly(4)], &[leader()], 2025), 5);
}

#[test]
fn who_only_accompanies_or_counts_otherwise_has_done_nothing() {
    let quotas = [yearly(4)];
    let deed = |month, kind, done| Deed { on: date(2025, month, 10), kind, done };
    let deeds = [
        deed(1, DeedKind::Outreach, true),
        // The rule for county leaders counts visits alone.
        deed(2, DeedKind::Appointment, true),
        deed(5, DeedKind::Outreach, false),
    ];
    let stands = standing(&quotas, &[leader()], &deeds, date(2025, 3, 31), 2);
    assert_eq!((stands.owed, stands.done, stands.planned, stands.solved), (4, 1, 1, 2));
    // Two visits by then; most of the third is owed at the end of August.
    assert_eq!(stands.short, Some(Shortfall { count: 1, on: date(2025, 8, 31) }));
    let more: Vec<Deed> = (1..=4).map(|n| deed(n * 3, DeedKind::Outreach, true)).collect();
    assert_eq!(standing(&quotas, &[leader()], &more, LAST, 0).short, None);
}

#[test]
fn what_somebody_did_counts_while_they_held_the_post_and_once_it_was_done() {
    let quotas = [yearly(4)];
    let since = term("leader", Grade::CountyLeader, (date(2025, 7, 1), None));
    let deed = |month, done| Deed { on: date(2025, month, 10), kind: DeedKind::Outreach, done };
    let stands = standing(&quotas, &[since], &[deed(3, true), deed(8, true)], LAST, 0);
    assert_eq!((stands.owed, stands.done), (2, 1), "what was done before is not theirs");
    let year = |deeds: &[Deed]| standing(&quotas, &[leader()], deeds, date(2025, 6, 30), 0);
    // What was planned and not done by its day is nothing; what is said to be done ahead is not yet.
    let stands = year(&[deed(2, false), deed(3, true), deed(9, true)]);
    assert_eq!((stands.done, stands.planned), (1, 0));
    assert_eq!(stands.short, Some(Shortfall { count: 1, on: date(2025, 6, 30) }));
}

#[test]
fn a_day_of_leave_takes_no_visit_and_todays_plan_counts() {
    let away_once = away(leader(), date(2025, 5, 6), 1);
    assert_eq!(owed(&[yearly(4)], &[away_once], 2025, LAST), 4);
    let joined = term("leader", Grade::CountyLeader, (date(2025, 1, 2), None));
    assert_eq!(owed(&[yearly(4)], &[joined], 2025, LAST), 4);
    let planned = [Deed { on: LAST, kind: DeedKind::Outreach, done: false }];
    let stands = standing(&[yearly(1)], &[leader()], &planned, LAST, 0);
    assert_eq!((stands.planned, stands.short), (1, None), "during the visit nobody is short");
}

#[test]
fn of_two_posts_the_one_that_asks_for_more_binds() {
    let monthly = quota(Grade::TownshipHead, Cycle::Month, 8, date(2024, 1, 1));
    let both = [leader(), term("leader", Grade::TownshipHead, (date(2020, 1, 1), None))];
    for rules in [[yearly(4), monthly.clone()], [monthly, yearly(4)]] {
        assert_eq!(owed(&rules, &both, 2025, LAST), 96);
    }
}

#[test]
fn a_rule_is_followed_by_another_and_never_overwritten() {
    let first = yearly(4);
    let next = quota(Grade::CountyLeader, Cycle::Year, 8, date(2025, 7, 1));
    let same = quota(Grade::CountyLeader, Cycle::Year, 8, first.from);
    assert_eq!(same.set(std::slice::from_ref(&first)), Err(Refusal::Duty(Unfit::QuotaLater)));
    let endless = Quota { least: 4_000_000_000, ..next.clone() };
    assert_eq!(endless.set(&[]), Err(Refusal::Duty(Unfit::QuotaTooMuch)));
    let nothing = Quota { outreach: false, appointment: false, ..next.clone() };
    assert_eq!(nothing.set(&[]), Err(Refusal::Duty(Unfit::QuotaCountsNothing)));
    let next = next.set(std::slice::from_ref(&first)).expect("later");
    let first = first.followed(next.from).expect("ends");
    assert_eq!(first.until, Some(date(2025, 6, 30)));
    // Half a year at four and half a year at eight.
    assert_eq!(owed(&[first, next], &[leader()], 2025, LAST), 6);
}

/// A day of 2025.
fn day() -> impl Strategy<Value = Date> {
    (0i64..365).prop_map(|n| plus_days(date(2025, 1, 1), n))
}

proptest! {
    /// Whoever follows somebody in the middle of a year owes the rest: together the quota, give or take one
    /// visit, since nobody owes a part of one.
    #[test]
    fn a_post_handed_over_in_mid_year_owes_what_the_post_owes(change in day(), least in 1u32..60) {
        let grade = Grade::CountyLeader;
        let before = term("a", grade, (date(2024, 1, 1), Some(yesterday(change))));
        let after = term("b", grade, (change, None));
        let both = owed(&[yearly(least)], &[before], 2025, LAST)
            + owed(&[yearly(least)], &[after], 2025, LAST);
        prop_assert!(both <= least + 1 && both + 1 >= least, "{both} of {least}");
    }

    /// Units are merged: a head whose post goes on in the merged unit owes what they owed, and a head whose
    /// post ends owes the days until then.
    #[test]
    fn merged_units_leave_each_head_their_own_days(change in day(), least in 1u32..60) {
        let grade = Grade::DepartmentHead;
        let rule = [quota(grade, Cycle::Year, least, date(2024, 1, 1))];
        let before = term("a", grade, (date(2024, 1, 1), Some(yesterday(change))));
        let mut after = term("a", grade, (change, None));
        after.unit = UnitId("merged".to_owned());
        let whole = owed(&rule, &[term("a", grade, (date(2024, 1, 1), None))], 2025, LAST);
        prop_assert_eq!(owed(&rule, &[before.clone(), after], 2025, LAST), whole);
        let ended = owed(&rule, &[before], 2025, LAST);
        prop_assert_eq!(ended, owed(&rule, &[term("b", grade, (date(2024, 1, 1), None))], 2025, yesterday(change)));
    }

    /// What a month asks for is done in that month: more of it elsewhere makes nothing up, and is not lost
    /// on whoever owes by the year.
    #[test]
    fn a_missed_month_stays_missed(visits in proptest::collection::vec(0u32..12, 12), least in 1u32..10) {
        let rule = [quota(Grade::TownshipHead, Cycle::Month, least, date(2024, 1, 1))];
        let head = [term("head", Grade::TownshipHead, (date(2020, 1, 1), None))];
        let deeds: Vec<Deed> = (1i8..=12).zip(&visits).flat_map(|(month, count)| {
            let on = date(2025, month, 3);
            (0..*count).map(move |_| Deed { on, kind: DeedKind::Outreach, done: true })
        }).collect();
        let stands = standing(&rule, &head, &deeds, LAST, 0);
        let lacking: u32 = visits.iter().map(|did| least.saturating_sub(*did)).sum();
        prop_assert_eq!(stands.short.map_or(0, |short| short.count), lacking);
        let december = least.saturating_sub(visits[11]);
        prop_assert_eq!(stands.missed, lacking - december);
        prop_assert_eq!(stands.done, visits.iter().sum::<u32>());
    }

    /// Leave never adds, and all year away owes nothing.
    #[test]
    fn leave_owes_nothing(from in day(), days in 1i64..400, least in 1u32..60) {
        let rule = [yearly(least)];
        let whole = owed(&rule, &[leader()], 2025, LAST);
        let with_leave = owed(&rule, &[away(leader(), from, days)], 2025, LAST);
        prop_assert!(with_leave <= whole);
        prop_assert_eq!(owed(&rule, &[away(leader(), date(2025, 1, 1), 365)], 2025, LAST), 0);
    }

    /// What is owed grows day by day and never falls; a changed rule lies between the two.
    #[test]
    fn what_is_owed_only_grows(until in day(), low in 1u32..20, more in 0u32..20, change in day()) {
        let rule = [yearly(low)];
        let next = tomorrow(until);
        prop_assert!(owed(&rule, &[leader()], 2025, until) <= owed(&rule, &[leader()], 2025, next));
        let high = low + more;
        let first = Quota { until: Some(yesterday(change)), ..yearly(low) };
        let second = quota(Grade::CountyLeader, Cycle::Year, high, change);
        let mixed = owed(&[first, second], &[leader()], 2025, LAST);
        prop_assert!(low <= mixed + 1 && mixed <= high, "{low} {mixed} {high}");
    }

    /// An agreement's measure: one more met never harms, one more that was met in time never harms, however many
    /// petitions came, and two merged units that both reached their target reach it together.
    #[test]
    fn measures_reward_duty_alone(
        due in 0u32..500,
        missed in 0u32..500,
        target in 0u32..=100,
        other in 0u32..500,
        lost in 0u32..500,
    ) {
        let measure = |due: u32, missed: u32| Measure { due, met: due.saturating_sub(missed) };
        let kept = |measure: Measure| measure.against(target) != Verdict::Missed;
        let one = measure(due, missed);
        if one.met < one.due {
            let more = Measure { met: one.met + 1, ..one };
            prop_assert!(!kept(one) || kept(more));
        }
        let another = Measure { due: one.due + 1, met: one.met + 1 };
        prop_assert!(!kept(one) || kept(another));
        let two = measure(other, lost);
        let both = Measure { due: one.due + two.due, met: one.met + two.met };
        prop_assert!(!(kept(one) && kept(two)) || kept(both));
    }
}
