//! Under which counters a matter's petitions and what was done in it stand (信访件计数). What is told of a day (what is
//! over, what is late) is a cell of the day from which on it is so: the sum until any day is what held on it.

use crate::tally::{Cell, Kind, month, year};
use casework::calendar::{days_between, tomorrow};
use casework::deadline::Law;
use casework::matter::{Cause, Matter};
use casework::org::{AccountId, UnitId};
use casework::petition::{Channel, Petition};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Of petitions that came first, and of those that were joined to an earlier one's matter.
pub(crate) const FIRST: &str = "first";
pub(crate) const REPEAT: &str = "repeat";
/// Of petitions that came after the answer: all, and those that were told.
pub(crate) const ALL: &str = "all";
pub(crate) const TOLD: &str = "told";
/// Within how many calendar days of receipt answers are counted.
pub(crate) const WITHIN: [u32; 2] = [15, 60];

/// How a petition came, as cells have it.
pub(crate) fn came(channel: Channel, collective: bool) -> String {
    format!("{}{}", channel.word(), if collective { "+" } else { "" })
}

/// Whether an answer was in time, and within which of the spans of days.
pub(crate) fn answered(in_time: bool, within: Option<u32>) -> String {
    let time = if in_time { "in_time" } else { "late" };
    format!("{time} {}", within.map(|days| days.to_string()).unwrap_or_default())
}

/// What something was about and why it was so, as cells have it.
pub(crate) fn ended(category: &str, cause: Option<Cause>) -> String {
    format!("{category}|{}", cause.map(Cause::word).unwrap_or_default())
}

/// What figures ask of a petition.
struct Counted<'a> {
    matter: &'a Matter,
    petition: &'a Petition,
    /// Of what came after the answer: whether its clock bounds anything.
    later: bool,
    told_on: Option<Date>,
    /// When the petition was over.
    over_on: Option<Date>,
    answered_on: Option<Date>,
    answer_due: Option<Date>,
}

impl<'a> Counted<'a> {
    fn of(matter: &'a Matter, petition: &'a Petition, law: Law<'_>) -> Self {
        let number = &petition.number;
        let clock = matter.repeat_clock(number);
        let told_by = clock.and_then(|span| span.due(&matter.place, law.statutes, law.calendar));
        let told_by = told_by.map(|due| due.nominal);
        let told_on = matter.repeat_told_on(number);
        let later = told_by.is_some();
        let over_on = if later {
            let over = matter.repeat_over_on(number);
            over.zip(matter.concluded_on).map(|(over, concluded)| over.max(concluded))
        } else {
            matter.concluded_on
        };
        let (answered_on, answer_due) = if later {
            (told_on, told_by)
        } else {
            (matter.answer.as_ref().map(|answer| answer.on), matter.answer_due(law))
        };
        Self { matter, petition, later, told_on, over_on, answered_on, answer_due }
    }

    fn cell(&self, kind: Kind, value: &str, from: Date) -> (Cell, i64) {
        (Cell::of_day(kind, value, self.petition.registered_on, from), 1)
    }

    /// The category that the matter had on a day.
    fn category(&self, on: Date) -> &str {
        let now = self.matter.category_since <= on;
        if now { &self.matter.category.0 } else { &self.matter.category_before.0 }
    }

    /// From a day on under its category: under that of the day, and from its change on under the new one.
    fn about(&self, kind: Kind, from: Date, value: impl Fn(&str) -> String) -> Vec<(Cell, i64)> {
        let from = from.max(self.petition.registered_on);
        let (then, changed) = (self.category(from), self.matter.category_since);
        let mut cells = vec![self.cell(kind, &value(then), from)];
        let now = self.matter.category.0.as_str();
        if changed > from && now != then {
            let (left, _) = self.cell(kind, &value(then), changed);
            cells.extend([(left, -1), self.cell(kind, &value(now), changed)]);
        }
        cells
    }

    fn answer(&self) -> Vec<(Cell, i64)> {
        let mut cells = Vec::new();
        if let Some(on) = self.answered_on {
            let days = days_between(self.petition.received_on, on);
            let within = WITHIN.into_iter().find(|most| (0..=i64::from(*most)).contains(&days));
            let in_time = self.answer_due.is_some_and(|due| on <= due);
            cells.push(self.cell(Kind::Answered, &answered(in_time, within), on));
        }
        if let Some(due) = self.answer_due
            && self.answered_on.is_none_or(|on| on > due)
        {
            cells.push(self.cell(Kind::Late, "", tomorrow(due)));
        }
        cells
    }

    fn cells(&self, position: usize, responsible: &UnitId) -> Vec<(Cell, i64)> {
        let (petition, on) = (self.petition, self.petition.registered_on);
        let turn = if position == 0 { FIRST } else { REPEAT };
        let mut cells = vec![
            self.cell(Kind::Came, &came(petition.channel, petition.collective), on),
            self.cell(Kind::Turn, turn, on),
            self.cell(Kind::OfUnit, &responsible.0, on),
        ];
        if petition.first_unit != self.matter.office {
            cells.push(self.cell(Kind::ByUnit, "", on));
        }
        if self.later {
            cells.push(self.cell(Kind::Later, ALL, on));
        }
        cells.extend(self.told_on.map(|told| self.cell(Kind::Later, TOLD, told)));
        cells.extend(self.about(Kind::About, on, str::to_owned));
        if let Some(over) = self.over_on {
            let cause = self.matter.conclusion.as_ref().and_then(|conclusion| conclusion.cause);
            cells.extend(self.about(Kind::Ended, over, |category| ended(category, cause)));
        }
        cells.extend(self.answer());
        let demands = self.matter.demands_of(&petition.number).into_iter();
        let organs: BTreeSet<&UnitId> =
            demands.filter_map(|demand| demand.complained_of.as_ref()).collect();
        cells.extend(organs.into_iter().map(|unit| self.cell(Kind::OfOrgan, &unit.0, on)));
        cells
    }
}

/// Whom a matter concerns: who answers it or answered it last, or who has it before anybody does.
fn responsible<'a>(matter: &'a Matter, law: Law<'_>) -> &'a UnitId {
    let mut answers = matter.spans.iter().filter(|span| span.clock.answers());
    let bounded = |span: &&casework::matter::Span| {
        span.due(&matter.place, law.statutes, law.calendar).is_some()
    };
    answers.rfind(bounded).map_or(&matter.holder, |span| &span.unit)
}

/// How often a matter, its petitions and what was done in it stand under which counters.
pub(crate) fn cells(matter: &Matter, law: Law<'_>) -> Vec<(Cell, i64)> {
    let responsible = responsible(matter, law);
    let of_one =
        |(position, petition)| Counted::of(matter, petition, law).cells(position, responsible);
    let petitions = matter.petitions.iter().enumerate().flat_map(of_one);
    petitions.chain(done(matter)).chain(sponsored(matter)).chain(led(matter)).collect()
}

/// What was done, as cells have it.
pub(crate) const INSTRUCTION: &str = "instruction";
pub(crate) const SUPERVISION: &str = "supervision";
pub(crate) const SUPERVISION_ANSWERED: &str = "supervision answered";
pub(crate) const ADOPTED: &str = "adopted";
/// Of anybody.
pub(crate) const ANYBODY: &str = "";

/// Instructions, supervisions and recommendations, each from its day or from when it was answered.
fn done(matter: &Matter) -> Vec<(Cell, i64)> {
    let cell = |value: &str, since, from| (Cell::of_day(Kind::Done, value, since, from), 1);
    let mut cells = Vec::new();
    for one in &matter.leadership.instructions {
        cells.push(cell(INSTRUCTION, one.instructed.on, one.instructed.on));
    }
    for one in &matter.supervisions {
        cells.push(cell(SUPERVISION, one.on, one.on));
        let answered = one.answered.as_ref().map(|(on, _)| *on);
        cells.extend(answered.map(|on| cell(SUPERVISION_ANSWERED, one.on, on)));
    }
    for one in &matter.recommendations {
        cells.push(cell(one.recommended.recommendation.word(), one.on, one.on));
        let adopted = one.answered.as_ref().filter(|(_, said)| said.adopted);
        cells.extend(adopted.map(|(on, _)| cell(ADOPTED, one.on, *on)));
    }
    cells
}

/// The first day on which a leader did something, in each month and each year.
type First<'a> = BTreeMap<(String, &'a str), Date>;

fn first<'a>(deeds: impl Iterator<Item = (&'a str, Date)>) -> First<'a> {
    let mut first = First::new();
    for (leader, on) in deeds {
        for period in [month(on), year(on)] {
            let day = first.entry((period, leader)).or_insert(on);
            *day = on.min(*day);
        }
    }
    first
}

/// The first day on which a leader had done both, in each month and each year in which they did.
fn both<'a>(one: &First<'_>, other: First<'a>) -> First<'a> {
    let done = other.into_iter().filter_map(|(key, day)| {
        let on = one.get(&key)?;
        Some((key, day.max(*on)))
    });
    done.collect()
}

fn first_cells(kind: Kind, first: First<'_>) -> impl Iterator<Item = (Cell, i64)> {
    first.into_iter().map(move |((period, leader), day)| {
        let standing = Cell::standing(kind, leader.to_owned());
        (Cell { period, day: day.to_string(), ..standing }, 1)
    })
}

/// By whom it was sponsored: once for each leader, and once for all; and who answers for it now.
fn sponsored(matter: &Matter) -> Vec<(Cell, i64)> {
    let sponsorships = &matter.leadership.sponsorships;
    let by = sponsorships.iter().flat_map(|one| {
        [ANYBODY, one.sponsored.leader.0.as_str()].map(|leader| (leader, one.since))
    });
    let runs = sponsorships.iter().filter(|one| one.ended_on.is_none());
    let led = |leader: &AccountId| (Cell::standing(Kind::Led, leader.0.clone()), 1);
    let led = runs.map(|one| led(&one.sponsored.leader));
    first_cells(Kind::Sponsored, first(by)).chain(led).collect()
}

/// What leaders had deliberated, and of what groups brought, what they gave instructions in and brought to an
/// agreement.
fn led(matter: &Matter) -> Vec<(Cell, i64)> {
    let leadership = &matter.leadership;
    let studied = leadership.studied.iter().map(|one| (one.leader.0.as_str(), one.on));
    let mut cells: Vec<_> = first_cells(Kind::Studied, first(studied)).collect();
    if matter.petitions.first().is_some_and(|petition| petition.collective) {
        let instructed = leadership.instructions.iter();
        let instructed =
            first(instructed.map(|one| (one.instructed.leader.0.as_str(), one.instructed.on)));
        let mediated = leadership.met.iter().filter(|met| met.mediated);
        let mediated = first(mediated.map(|met| (met.leader.0.as_str(), met.on)));
        cells.extend(first_cells(Kind::Mediated, both(&instructed, mediated)));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// What was done on two days counts from the later of them, in a month only if both lie in it.
    #[test]
    fn both_is_done_when_the_second_is() {
        let instructed = first([("zhao", date(2025, 3, 3)), ("li", date(2025, 3, 4))].into_iter());
        let met =
            [("zhao", date(2025, 3, 20)), ("zhao", date(2025, 4, 2)), ("qian", date(2025, 3, 5))];
        let both = both(&instructed, first(met.into_iter()));
        let found: Vec<_> =
            both.iter().map(|((period, leader), day)| (period.as_str(), *leader, *day)).collect();
        let on = date(2025, 3, 20);
        assert_eq!(found, [("2025", "zhao", on), ("2025-03", "zhao", on)]);
        // The first day of each period, in whatever order they come.
        let twice = [("zhao", date(2025, 4, 9)), ("zhao", date(2025, 3, 30))];
        let days: Vec<Date> = first(twice.into_iter()).into_values().collect();
        assert_eq!(days, [date(2025, 3, 30), date(2025, 3, 30), date(2025, 4, 9)]);
    }
}
