//! Quotas (接访下访次数规定): how often a post goes out to people or meets them, as data that a county
//! changes. What is owed follows from the days in the post: who comes or goes in mid-year, or is away,
//! owes a share; whoever moves to a merged unit loses nothing and owes nothing twice (R22-18b).

use super::tenure::{Grade, Tenure};
use super::{Noun, Record, Spine, Unfit, in_order, said};
use crate::calendar::{plus_days, tomorrow, yesterday};
use crate::code::code_list;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// The period for which a quota is set (周期).
    pub enum Period {
        /// 每年.
        Year = "year",
        /// 每月.
        Month = "month",
    }
}

/// How much a post owes (次数规定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Which kind of post.
    pub grade: Grade,
    /// Per year or per month.
    pub period: Period,
    /// Whether visits to people count (下访).
    pub outreach: bool,
    /// Whether days on which people are received count (约访、接访).
    pub appointment: bool,
    /// How many at least, by each person and period.
    pub least: u32,
    /// How many real problems each solves in a year.
    pub solve: u32,
    /// The document that sets it.
    pub document: String,
    /// First day in force, office-local.
    pub from: Date,
    /// Last day, once another rule stands in its place.
    #[serde(default)]
    pub until: Option<Date>,
}

impl Quota {
    /// A rule comes into force in place of the one before; what was owed under that stays owed.
    ///
    /// # Errors
    /// [`Unfit::QuotaLater`], [`Unfit::QuotaCountsNothing`].
    pub fn set(self, others: &[Self]) -> Result<Self, Refusal> {
        said(&[&self.document])?;
        if !self.outreach && !self.appointment {
            return Err(Unfit::QuotaCountsNothing.into());
        }
        let later = |other: &Self| other.grade == self.grade && other.from >= self.from;
        if others.iter().any(later) { Err(Unfit::QuotaLater.into()) } else { Ok(self) }
    }

    /// Another rule follows on a day.
    ///
    /// # Errors
    /// A day before this one began.
    pub fn followed(mut self, on: Date) -> Result<Self, Refusal> {
        let last = yesterday(on);
        in_order(self.from, Some(last))?;
        self.until = Some(last);
        Ok(self)
    }

    /// Whether it is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// Whether a deed counts.
    pub fn counts(&self, kind: DeedKind) -> bool {
        match kind {
            DeedKind::Outreach => self.outreach,
            DeedKind::Appointment => self.appointment,
        }
    }
}

impl Record for Quota {
    const NOUN: Noun = Noun::Quota;

    fn spine(&self) -> Spine {
        Spine {
            title: self.document.clone(),
            on: self.from,
            until: self.until,
            person: None,
            unit: None,
            shared: Vec::new(),
            state: if self.until.is_some() { "ended" } else { "running" },
            matters: Vec::new(),
        }
    }
}

code_list! {
    /// What counts towards a quota (计次种类).
    pub enum DeedKind {
        /// 下访.
        Outreach = "outreach",
        /// 约访、接访.
        Appointment = "appointment",
    }
}

/// Something that a leader did or plans that may count (计次).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// The day.
    pub on: Date,
    /// What it was.
    pub kind: DeedKind,
    /// Whether it took place.
    pub done: bool,
}

/// How a leader stands with their quota (完成情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Owed for the whole year.
    pub owed: u32,
    /// Owed until today.
    pub owed_by_now: u32,
    /// Done until today.
    pub done: u32,
    /// Planned from tomorrow on.
    pub planned: u32,
    /// How many are short at the first month's end at which done and planned do not reach what is owed
    /// then, and that day.
    pub short: Option<(u32, Date)>,
    /// Problems to be solved in the year.
    pub to_solve: u32,
    /// Problems solved.
    pub solved: u32,
}

/// The visits that a person owes from the first day of a year until a day of it: for each day in the post
/// and not away, the share of the rule in force on that day; months and years are rounded down each, so
/// that nobody owes a part of a visit.
pub fn owed(quotas: &[Quota], tenures: &[Tenure], year: i16, until: Date) -> u32 {
    let (mut owed, mut month, mut yearly) = (0, 0, 0);
    let Ok(first) = Date::new(year, 1, 1) else { return 0 };
    let mut day = first;
    while day <= until && day.year() == year {
        if let Some(quota) = of_day(quotas, tenures, day) {
            match quota.period {
                Period::Year => yearly += quota.least,
                Period::Month => month += quota.least,
            }
        }
        let last = day.last_of_month() == day || day == until;
        if last {
            owed += month / u32::try_from(day.days_in_month()).unwrap_or(30);
            month = 0;
        }
        day = tomorrow(day);
    }
    owed + yearly / u32::try_from(first.days_in_year()).unwrap_or(365)
}

/// The problems that a person has to solve in a year, by the same days.
pub fn to_solve(quotas: &[Quota], tenures: &[Tenure], year: i16) -> u32 {
    let Ok(first) = Date::new(year, 1, 1) else { return 0 };
    let days = first.days_in_year();
    let each = (0..i64::from(days)).map(|n| plus_days(first, n));
    let sum: u32 =
        each.filter_map(|day| of_day(quotas, tenures, day)).map(|quota| quota.solve).sum();
    sum / u32::try_from(days).unwrap_or(365)
}

/// The rule that binds the person on a day, if they are in a post and not away.
fn of_day<'q>(quotas: &'q [Quota], tenures: &[Tenure], day: Date) -> Option<&'q Quota> {
    let works = |quota: &&Quota| {
        quota.in_force(day)
            && tenures.iter().any(|tenure| tenure.grade == quota.grade && tenure.works(day))
    };
    quotas.iter().find(works)
}

/// How a person stands on a day: `solved` is what they solved in the year until then.
pub fn standing(
    quotas: &[Quota],
    tenures: &[Tenure],
    deeds: &[Deed],
    (today, solved): (Date, u32),
) -> Standing {
    let year = today.year();
    let counts = |deed: &&Deed| {
        let rule = quotas.iter().find(|quota| {
            quota.in_force(deed.on)
                && tenures.iter().any(|one| one.grade == quota.grade && one.holds(deed.on))
        });
        deed.on.year() == year && rule.is_some_and(|quota| quota.counts(deed.kind))
    };
    let counted: Vec<&Deed> = deeds.iter().filter(counts).collect();
    let number = |wanted: &dyn Fn(&Deed) -> bool| {
        u32::try_from(counted.iter().filter(|deed| wanted(deed)).count()).unwrap_or(u32::MAX)
    };
    let last = Date::new(year, 12, 31).unwrap_or(today);
    let mut ends = Vec::new();
    let mut end = today.last_of_month();
    while end.year() == year {
        ends.push(end);
        end = tomorrow(end).last_of_month();
    }
    let short = ends.into_iter().find_map(|end| {
        let have = number(&|deed| {
            deed.done && deed.on <= today || !deed.done && deed.on > today && deed.on <= end
        });
        let owes = owed(quotas, tenures, year, end);
        (owes > have).then(|| (owes - have, end))
    });
    Standing {
        owed: owed(quotas, tenures, year, last),
        owed_by_now: owed(quotas, tenures, year, today),
        done: number(&|deed| deed.done && deed.on <= today),
        planned: number(&|deed| !deed.done && deed.on > today),
        short,
        to_solve: to_solve(quotas, tenures, year),
        solved,
    }
}
