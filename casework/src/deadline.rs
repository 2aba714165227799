//! Due dates with their arithmetic (期限的计算).
//!
//! The day of the start event is not counted; day 1 is the next day. The last day of a calendar
//! period that falls on a holiday yields two more dates: the `safe` one, the last working day
//! before, which an office should aim at, and the `legal` one, the next working day, up to which a
//! petitioner's right lasts. Duties are overdue after the nominal date.

use crate::calendar::{Calendar, days_between, plus_days};
use crate::statute::{ClockKind, DayUnit, InForce, Period, Rule, Statutes};
use jiff::civil::Date;

/// A due date and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The clock.
    pub clock: ClockKind,
    /// The day of the start event, itself not counted.
    pub started_on: Date,
    /// The period's length; 0 for a date that was set by hand.
    pub length: u32,
    /// Calendar or working days.
    pub unit: DayUnit,
    /// Calendar days added by an extension or an excluded hearing.
    pub added_days: u32,
    /// Start plus length, as the text counts.
    pub nominal: Date,
    /// The nominal date, or the next working day when it falls on a holiday.
    pub legal: Date,
    /// The nominal date, or the last working day before it when it falls on a holiday.
    pub safe: Date,
    /// A date in a year whose holidays are not yet published.
    pub provisional: bool,
    /// The rule, the article and the text's title.
    pub source: Source,
}

/// By what due dates are counted (计期依据): the texts of law and the calendar.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// The texts.
    pub statutes: &'a Statutes,
    /// The calendar.
    pub calendar: &'a Calendar,
}

/// Where a period comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Rule id.
    pub rule: Rule,
    /// Article.
    pub article: String,
    /// Title of the text.
    pub text: String,
}

/// How far a due date is away, in the unit the reader thinks in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// Overdue by so many calendar days (超期).
    Over(i64),
    /// Due today (今天到期).
    Today,
    /// So many working days are left, at most three (剩几个工作日).
    Soon(u32),
    /// So many calendar days are left (剩几天).
    Left(i64),
}

impl Due {
    /// The date after which the clock has run out: `legal` for rights, `nominal` for duties.
    pub fn binding(&self) -> Date {
        if self.clock.is_right() { self.legal } else { self.nominal }
    }

    /// The distance from a day to the binding date.
    pub fn distance(&self, on: Date, calendar: &Calendar) -> Distance {
        distance(on, self.binding(), calendar)
    }
}

/// So many working days before a due date it is soon (临近期限).
const SOON_WORKING_DAYS: u32 = 3;

/// The last day on which a due date is soon, seen from a day.
pub fn soon_until(today: Date, calendar: &Calendar) -> Date {
    calendar.plus_working_days(today, SOON_WORKING_DAYS)
}

/// The distance from a day to a due date. Three working days or fewer are soon.
pub fn distance(on: Date, due: Date, calendar: &Calendar) -> Distance {
    let days = days_between(on, due);
    if days < 0 {
        return Distance::Over(-days);
    }
    if days == 0 {
        return Distance::Today;
    }
    // Beyond two weeks no closure can leave three working days: spare the walk.
    if days <= 14 {
        let working = calendar.working_days_between(on, due);
        if working <= SOON_WORKING_DAYS {
            return Distance::Soon(working);
        }
    }
    Distance::Left(days)
}

/// The due date of a period that starts on a day.
pub fn due(
    started_on: Date,
    period: &Period,
    text: &str,
    added_days: u32,
    calendar: &Calendar,
) -> Due {
    let nominal = match period.unit {
        DayUnit::Calendar => plus_days(started_on, i64::from(period.length + added_days)),
        DayUnit::Working => {
            plus_days(calendar.plus_working_days(started_on, period.length), i64::from(added_days))
        }
    };
    let (legal, safe) = (calendar.forward(nominal), calendar.back(nominal));
    Due {
        clock: period.clock,
        started_on,
        length: period.length,
        unit: period.unit,
        added_days,
        nominal,
        legal,
        safe,
        provisional: calendar.provisional(nominal) || calendar.provisional(legal),
        source: Source {
            rule: period.rule.clone(),
            article: period.article.clone(),
            text: text.to_owned(),
        },
    }
}

/// The due date of a clock started on a day under the texts then in force.
/// `None` where the texts set no such period (an objection under the 2005 edition).
pub fn due_under(
    clock: ClockKind,
    started_on: Date,
    added_days: u32,
    law: &InForce<'_>,
    calendar: &Calendar,
) -> Option<Due> {
    let (period, text) = law.period(clock)?;
    Some(Due { clock, ..due(started_on, period, text, added_days, calendar) })
}

/// A due date that somebody set (交办机关规定的日期): it does not move, and no text gives its length; its source is
/// the rule that lets somebody set it.
pub fn set_by_hand(clock: ClockKind, started_on: Date, on: Date, calendar: &Calendar) -> Due {
    Due {
        clock,
        started_on,
        length: 0,
        unit: DayUnit::Calendar,
        added_days: 0,
        nominal: on,
        legal: calendar.forward(on),
        safe: calendar.back(on),
        provisional: calendar.provisional(on),
        source: Source {
            rule: Rule::from(clock.set_under().unwrap_or("D-casefile")),
            article: String::new(),
            text: String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::Statutes;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar::of(&Calendar::shipped().expect("notices parse"))
    }

    fn of(clock: ClockKind, start: Date, added: u32) -> Due {
        let statutes = Statutes::shipped().expect("texts parse");
        let law = statutes.on(start, "530000").expect("text");
        due_under(clock, start, added, &law, &calendar()).expect("period")
    }

    fn dates(due: &Due) -> (Date, Date, Date) {
        (due.nominal, due.legal, due.safe)
    }

    /// The golden cases G1–G12 of the office's papers.
    #[test]
    fn golden_cases() {
        use ClockKind::{Disposition, FinalReview, Handling, Objection, ReviewWindow};
        let g1 = of(Disposition, date(2026, 1, 30), 0);
        assert_eq!(dates(&g1), (date(2026, 2, 14), date(2026, 2, 14), date(2026, 2, 14)), "G1");
        let g2 = of(Disposition, date(2026, 2, 1), 0);
        assert_eq!(dates(&g2), (date(2026, 2, 16), date(2026, 2, 24), date(2026, 2, 14)), "G2");
        assert_eq!(of(Objection, date(2026, 2, 12), 0).nominal, date(2026, 2, 26), "G3");
        assert_eq!(of(Objection, date(2026, 9, 30), 0).nominal, date(2026, 10, 13), "G4");
        assert_eq!(of(Objection, date(2026, 9, 18), 0).nominal, date(2026, 9, 24), "G5");
        let g6 = of(Handling, date(2026, 3, 2), 0);
        assert_eq!(dates(&g6), (date(2026, 5, 1), date(2026, 5, 6), date(2026, 4, 30)), "G6");
        let g7 = of(Handling, date(2026, 3, 2), 30);
        assert_eq!(dates(&g7), (date(2026, 5, 31), date(2026, 6, 1), date(2026, 5, 29)), "G7");
        let g8 = of(ReviewWindow, date(2026, 9, 1), 0);
        assert_eq!((g8.nominal, g8.binding()), (date(2026, 10, 1), date(2026, 10, 8)), "G8");
        let g9 = of(Disposition, date(2025, 9, 16), 0);
        assert_eq!(dates(&g9), (date(2025, 10, 1), date(2025, 10, 9), date(2025, 9, 30)), "G9");
        let g10 = of(Handling, date(2024, 2, 29), 0);
        assert_eq!(dates(&g10), (date(2024, 4, 29), date(2024, 4, 29), date(2024, 4, 29)), "G10");
        let g11 = of(Handling, date(2026, 11, 15), 0);
        assert_eq!((g11.nominal, g11.provisional), (date(2027, 1, 14), true), "G11");
        let g12 = of(FinalReview, date(2026, 6, 1), 12);
        assert_eq!(dates(&g12), (date(2026, 7, 13), date(2026, 7, 13), date(2026, 7, 13)), "G12");
    }

    #[test]
    fn a_date_that_somebody_set_cites_what_lets_them() {
        let (start, on) = (date(2026, 3, 2), date(2026, 3, 20));
        let of = |clock| set_by_hand(clock, start, on, &calendar()).source.rule;
        assert_eq!(of(ClockKind::ReportBack).0, "R22-22a");
        assert_eq!(of(ClockKind::Contribution).0, "R22-24");
        assert_eq!(of(ClockKind::Instruction).0, "R22-38");
        assert_eq!(of(ClockKind::Statutory).0, "R22-31");
    }

    #[test]
    fn a_clock_speaks_in_the_unit_that_matters() {
        let calendar = calendar();
        let due = date(2026, 10, 9);
        assert_eq!(distance(date(2026, 10, 12), due, &calendar), Distance::Over(3));
        assert_eq!(distance(due, due, &calendar), Distance::Today);
        assert_eq!(distance(date(2026, 9, 30), due, &calendar), Distance::Soon(2));
        assert_eq!(distance(date(2026, 8, 9), due, &calendar), Distance::Left(61));
    }
}
