//! Quotas (接访下访次数规定): how often a post goes out to people or meets them, as data that a county
//! changes. What is owed follows from the days in the post: who comes or goes in mid-year, or is away,
//! owes a share; whoever moves to a merged unit loses nothing and owes nothing twice (R22-18b).

use super::tenure::{Grade, Tenure};
use super::{Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, filled, in_order};
use crate::calendar::{plus_days, tomorrow, yesterday};
use crate::code::code_list;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// The period for which a quota is set (周期).
    pub enum Cycle {
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
    pub period: Cycle,
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

/// No quota asks for more in its period: one for every day of a year.
const MOST: u32 = 366;

impl Quota {
    /// A rule comes into force in place of the one before; what was owed under that stays owed.
    ///
    /// # Errors
    /// [`Unfit::QuotaLater`], [`Unfit::QuotaCountsNothing`], [`Unfit::QuotaTooMuch`].
    pub fn set(self, others: &[Self]) -> Result<Self, Refusal> {
        filled(&[&self.document])?;
        if !self.outreach && !self.appointment {
            return Err(Unfit::QuotaCountsNothing.into());
        }
        if self.least > MOST || self.solve > MOST {
            return Err(Unfit::QuotaTooMuch.into());
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

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        Seen::default()
            .word(Label::Grade, "grade", self.grade.word())
            .word(Label::Period, "quota-period", self.period.word())
            .says(Label::Least, &self.least)
            .says(Label::Outreach, &self.outreach)
            .says(Label::Appointment, &self.appointment)
            .says(Label::Solve, &self.solve)
            .says(Label::Document, &self.document)
            .says(Label::From, &self.from)
            .says(Label::Until, &self.until)
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.document.clone(),
            on: self.from,
            until: self.until,
            person: None,
            unit: None,
            shared: Vec::new(),
            state: State::lasting(self.until.is_some()),
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

/// What is missing at a month's end (缺口).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Shortfall {
    /// How many visits.
    pub count: u32,
    /// The month's last day.
    pub on: Date,
}

/// How a leader stands with their quota (完成情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Fulfilment {
    /// Owed for the whole year.
    pub owed: u32,
    /// Owed until today.
    pub owed_by_now: u32,
    /// Done until today; what counts towards what is owed and what goes beyond it.
    pub done: u32,
    /// Planned from today on and not done yet.
    pub planned: u32,
    /// Owed for months that are over and not done in them: what a month asks for, another can't make up.
    pub missed: u32,
    /// Where done and planned do not reach what is owed at a month's end, the first such end.
    pub short: Option<Shortfall>,
    /// Problems to be solved in the year.
    pub to_solve: u32,
    /// Problems solved.
    pub solved: u32,
}

/// What a person owes: by the year, and by each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Owed {
    yearly: u32,
    monthly: [u32; 12],
}

impl Owed {
    fn sum(&self) -> u32 {
        self.monthly.iter().fold(self.yearly, |sum, month| sum.saturating_add(*month))
    }

    /// What of it is done: visits beyond a month's count help the year, not another month.
    fn met(&self, done: &[u32; 12]) -> u32 {
        let beyond = |(did, owed): (&u32, &u32)| did.saturating_sub(*owed);
        let spare: u32 = done.iter().zip(&self.monthly).map(beyond).sum();
        let kept: u32 = done.iter().zip(&self.monthly).map(|(did, owed)| did.min(owed)).sum();
        kept + spare.min(self.yearly)
    }
}

/// Each day in the post and not away adds its share of the rule in force on that day; years and months are
/// rounded to the nearest whole each, half upwards.
fn ledger(quotas: &[Quota], tenures: &[Tenure], year: i16, until: Date) -> Owed {
    let Ok(first) = Date::new(year, 1, 1) else { return Owed::default() };
    let (mut yearly, mut monthly) = (0u64, [(0u64, 30u64); 12]);
    let mut day = first;
    while day <= until && day.year() == year {
        if let Some(quota) = of_day(quotas, tenures, day) {
            let month = usize::from(day.month().unsigned_abs()).saturating_sub(1);
            match (quota.period, monthly.get_mut(month)) {
                (Cycle::Month, Some((sum, days))) => {
                    *sum += u64::from(quota.least);
                    *days = u64::from(day.days_in_month().unsigned_abs());
                }
                _ => yearly += u64::from(quota.least),
            }
        }
        day = tomorrow(day);
    }
    let year = u64::from(first.days_in_year().unsigned_abs());
    Owed { yearly: nearest(yearly, year), monthly: monthly.map(|(sum, days)| nearest(sum, days)) }
}

/// A sum over days as a whole number per period, half upwards.
fn nearest(sum: u64, days: u64) -> u32 {
    u32::try_from((2 * sum + days) / (2 * days.max(1))).unwrap_or(u32::MAX)
}

/// The visits that a person owes from the first day of a year until a day of it.
pub fn owed(quotas: &[Quota], tenures: &[Tenure], year: i16, until: Date) -> u32 {
    ledger(quotas, tenures, year, until).sum()
}

/// The problems that a person has to solve in a year, by the same days.
pub fn to_solve(quotas: &[Quota], tenures: &[Tenure], year: i16) -> u32 {
    let Ok(first) = Date::new(year, 1, 1) else { return 0 };
    let days = first.days_in_year();
    let each = (0..i64::from(days)).map(|n| plus_days(first, n));
    let bound = each.filter_map(|day| of_day(quotas, tenures, day));
    let sum: u64 = bound.map(|quota| u64::from(quota.solve)).sum();
    nearest(sum, u64::from(days.unsigned_abs()))
}

/// The rule that binds the person on a day, if they are in a post and not away; of several posts the one
/// that asks for most.
fn of_day<'q>(quotas: &'q [Quota], tenures: &[Tenure], day: Date) -> Option<&'q Quota> {
    binding(quotas, day, |grade| {
        tenures.iter().any(|tenure| tenure.grade == grade && tenure.works(day))
    })
}

fn binding(quotas: &[Quota], day: Date, holds: impl Fn(Grade) -> bool) -> Option<&Quota> {
    let a_year = |quota: &Quota| match quota.period {
        Cycle::Year => u64::from(quota.least),
        Cycle::Month => 12 * u64::from(quota.least),
    };
    let binds = quotas.iter().filter(|quota| quota.in_force(day) && holds(quota.grade));
    binds.max_by_key(|quota| (a_year(quota), quota.grade))
}

/// How a person stands on a day: `solved` is what they solved in the year until then.
pub fn standing(
    quotas: &[Quota],
    tenures: &[Tenure],
    deeds: &[Deed],
    today: Date,
    solved: u32,
) -> Fulfilment {
    let year = today.year();
    let counts = |deed: &&Deed| {
        let rule = binding(quotas, deed.on, |grade| {
            tenures.iter().any(|one| one.grade == grade && one.holds(deed.on))
        });
        deed.on.year() == year && rule.is_some_and(|quota| quota.counts(deed.kind))
    };
    let counted: Vec<&Deed> = deeds.iter().filter(counts).collect();
    let by_month = |wanted: &dyn Fn(&Deed) -> bool| {
        let mut months = [0u32; 12];
        for deed in counted.iter().filter(|deed| wanted(deed)) {
            let month = usize::from(deed.on.month().unsigned_abs()).saturating_sub(1);
            if let Some(count) = months.get_mut(month) {
                *count += 1;
            }
        }
        months
    };
    let ahead = |deed: &Deed| !deed.done && deed.on >= today;
    let done = by_month(&|deed| deed.done && deed.on <= today);
    let last = Date::new(year, 12, 31).unwrap_or(today);
    let mut ends = Vec::new();
    let mut end = today.last_of_month();
    while end.year() == year {
        ends.push(end);
        end = tomorrow(end).last_of_month();
    }
    let short = ends.into_iter().find_map(|end| {
        let have = by_month(&|deed| deed.done && deed.on <= today || ahead(deed) && deed.on <= end);
        let owes = ledger(quotas, tenures, year, end);
        let (owes, met) = (owes.sum(), owes.met(&have));
        (owes > met).then(|| Shortfall { count: owes - met, on: end })
    });
    let whole = ledger(quotas, tenures, year, last);
    let over = usize::from(today.month().unsigned_abs()).saturating_sub(1);
    let missed = whole.monthly.iter().zip(&done).take(over);
    Fulfilment {
        owed: whole.sum(),
        owed_by_now: owed(quotas, tenures, year, today),
        done: done.iter().sum(),
        planned: by_month(&ahead).iter().sum(),
        missed: missed.map(|(owed, did)| owed.saturating_sub(*did)).sum(),
        short,
        to_solve: to_solve(quotas, tenures, year),
        solved,
    }
}
