//! Counting days: the program's arithmetic against a walk that knows only the published notices, day by
//! day over 2020–2030.

use casework::calendar::{Calendar, Schedule};
use casework::deadline;
use casework::statute::{ClockKind, DayUnit, Period, Rule};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use std::collections::HashMap;

/// Whether offices work, by the notices' own lines and the week alone.
struct Almanac(HashMap<Date, bool>);

impl Almanac {
    fn new(schedules: &[Schedule]) -> Self {
        let days = schedules.iter().flat_map(|schedule| &schedule.days);
        Self(days.map(|day| (day.date, !day.is_off_day)).collect())
    }

    fn works(&self, day: Date) -> bool {
        let weekend = [Weekday::Saturday, Weekday::Sunday].contains(&day.weekday());
        self.0.get(&day).copied().unwrap_or(!weekend)
    }
}

fn next(day: Date) -> Date {
    day.checked_add(1.day()).expect("a day")
}

fn before(day: Date) -> Date {
    day.checked_sub(1.day()).expect("a day")
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i64..4_018).prop_map(|days| date(2020, 1, 1).checked_add(days.days()).expect("a day"))
}

fn period(length: u32, unit: DayUnit) -> Period {
    let (rule, article) = (Rule::from("R22-34"), String::new());
    Period { clock: ClockKind::Handling, length, unit, rule, article }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_period_ends_where_a_finger_on_the_calendar_ends(
        start in any_day(), length in 0u32..100, added in 0u32..40, working in any::<bool>()
    ) {
        let schedules = Calendar::shipped().expect("notices");
        let (calendar, almanac) = (Calendar::of(&schedules), Almanac::new(&schedules));
        let unit = if working { DayUnit::Working } else { DayUnit::Calendar };
        let due = deadline::due(start, &period(length, unit), "", added, &calendar);
        // The day of the event is not counted.
        let (mut last, mut counted) = (start, 0);
        while counted < length {
            last = next(last);
            counted += u32::from(!working || almanac.works(last));
        }
        for _ in 0..added {
            last = next(last);
        }
        prop_assert_eq!(due.nominal, last);
        let (mut legal, mut safe) = (last, last);
        while !almanac.works(legal) {
            legal = next(legal);
        }
        while !almanac.works(safe) {
            safe = before(safe);
        }
        prop_assert_eq!((due.legal, due.safe), (legal, safe));
    }

    #[test]
    fn working_days_between_are_those_a_finger_counts(from in any_day(), days in 0i64..200) {
        let schedules = Calendar::shipped().expect("notices");
        let (calendar, almanac) = (Calendar::of(&schedules), Almanac::new(&schedules));
        let to = from.checked_add(days.days()).expect("a day");
        let (mut day, mut counted) = (from, 0);
        while day < to {
            day = next(day);
            counted += u32::from(almanac.works(day));
        }
        prop_assert_eq!(calendar.working_days_between(from, to), counted);
        prop_assert_eq!(calendar.working_days_between(to, from), u32::from(false));
    }
}
