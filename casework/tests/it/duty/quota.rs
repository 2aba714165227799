//! The arithmetic of quotas (R22-18b): shares of a year, leave, changes, merged units, forecasts.

use super::{away, leader, term};
use casework::calendar::{plus_days, tomorrow, yesterday};
use casework::duty::Unfit;
use casework::duty::quota::{Deed, DeedKind, Period, Quota, owed, standing, to_solve};
use casework::duty::tenure::Grade;
use casework::org::UnitId;
use casework::refusal::Refusal;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn quota(grade: Grade, period: Period, least: u32, from: Date) -> Quota {
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
    quota(Grade::CountyLeader, Period::Year, least, date(2024, 1, 1))
}

const LAST: Date = date(2025, 12, 31);

#[test]
fn the_seeds_quotas_are_owed_by_whoever_holds_the_post_all_year() {
    let township = quota(Grade::TownshipHead, Period::Month, 8, date(2024, 1, 1));
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
    let stands = standing(&quotas, &[leader()], &deeds, (date(2025, 3, 31), 2));
    assert_eq!((stands.owed, stands.done, stands.planned, stands.solved), (4, 1, 1, 2));
    // Two visits by then; the third is owed whole in October.
    assert_eq!(stands.short, Some((1, date(2025, 10, 31))));
    let more: Vec<Deed> = (1..=4).map(|n| deed(n * 3, DeedKind::Outreach, true)).collect();
    assert_eq!(standing(&quotas, &[leader()], &more, (LAST, 0)).short, None);
}

#[test]
fn a_rule_is_followed_by_another_and_never_overwritten() {
    let first = yearly(4);
    let next = quota(Grade::CountyLeader, Period::Year, 8, date(2025, 7, 1));
    let same = quota(Grade::CountyLeader, Period::Year, 8, first.from);
    assert_eq!(same.set(std::slice::from_ref(&first)), Err(Refusal::Duty(Unfit::QuotaLater)));
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
    /// Whoever follows somebody in the middle of a year owes the rest: together no more than the quota, and
    /// at most one visit less, since nobody owes a part of one.
    #[test]
    fn a_post_handed_over_in_mid_year_owes_no_more_than_the_post(change in day(), least in 1u32..60) {
        let grade = Grade::CountyLeader;
        let before = term("a", grade, (date(2024, 1, 1), Some(yesterday(change))));
        let after = term("b", grade, (change, None));
        let both = owed(&[yearly(least)], &[before], 2025, LAST)
            + owed(&[yearly(least)], &[after], 2025, LAST);
        prop_assert!(both <= least && both + 1 >= least, "{both} of {least}");
    }

    /// A person whose unit is merged into another in mid-year owes exactly what they owed.
    #[test]
    fn a_merged_unit_changes_nothing(change in day(), least in 1u32..60) {
        let grade = Grade::DepartmentHead;
        let rule = [quota(grade, Period::Year, least, date(2024, 1, 1))];
        let before = term("a", grade, (date(2024, 1, 1), Some(yesterday(change))));
        let mut after = term("a", grade, (change, None));
        after.unit = UnitId("merged".to_owned());
        let alone = term("a", grade, (date(2024, 1, 1), None));
        prop_assert_eq!(
            owed(&rule, &[before, after], 2025, LAST),
            owed(&rule, &[alone], 2025, LAST)
        );
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
        let second = quota(Grade::CountyLeader, Period::Year, high, change);
        let mixed = owed(&[first, second], &[leader()], 2025, LAST);
        prop_assert!(low <= mixed + 1 && mixed <= high, "{low} {mixed} {high}");
    }
}
