//! Figures as sums of counters (指标求和): which counters make which figure.

use crate::counted::{ALL, FIRST, REPEAT, TOLD, WITHIN, answered, came, ended};
use crate::row::Row;
use crate::tally::{Kind, Span, by_value};
use crate::{Error, Tx, params};
use casework::category::head::HeadId;
use casework::figure::{Filter, Later, Timeliness, VisitKind};
use casework::moment::Within;
use casework::org::UnitId;
use casework::petition::Channel;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What counters say of the petitions of a period (计数汇总).
pub(super) struct Sums {
    values: BTreeMap<(Kind, String), i64>,
    /// Which categories the problem heads in force at the end of the period sum up.
    heads: Vec<(String, HeadId)>,
}

/// The period of a filter, if counters can tell of it: they are kept by months.
pub(super) fn period(filter: &Filter) -> Option<Within> {
    let (from, until) = (filter.from?, filter.until?);
    (from.day() == 1 && from <= until).then_some(Within { from, until })
}

/// The kinds of counters that some filters ask.
pub(super) fn kinds(filters: &[&Filter]) -> Vec<Kind> {
    if filters.len() > 1 {
        return KINDS.to_vec();
    }
    let asks = |filter: &&&Filter| {
        let Filter { head, cause, concluded, .. } = filter;
        let about = head.is_some() || cause.is_some() || concluded.is_some();
        let answered = filter.answered_at_all || filter.answered_within_days.is_some();
        let in_time = filter.answered == Some(Timeliness::InTime);
        [
            (Kind::About, about),
            (Kind::Ended, about),
            (Kind::Answered, answered || in_time),
            (Kind::Late, filter.answered == Some(Timeliness::Late)),
            (Kind::OfUnit, filter.unit.is_some()),
            (Kind::OfOrgan, filter.complained_of.is_some()),
            (Kind::Turn, filter.repeat.is_some()),
            (Kind::ByUnit, filter.by_unit),
            (Kind::Later, filter.after_answer.is_some()),
        ]
    };
    let asked = filters.iter().flat_map(|filter| asks(&filter)).filter(|(_, asked)| *asked);
    // What nothing else asks is how it came.
    asked.map(|(kind, _)| kind).chain([Kind::Came]).collect()
}

/// The kinds of counters that petitions' figures are made of.
const KINDS: [Kind; 10] = [
    Kind::Came,
    Kind::Turn,
    Kind::ByUnit,
    Kind::Later,
    Kind::About,
    Kind::Ended,
    Kind::Answered,
    Kind::Late,
    Kind::OfUnit,
    Kind::OfOrgan,
];

impl Sums {
    /// Reads them.
    ///
    /// # Errors
    /// The engine failed.
    pub(super) fn read(tx: &mut Tx<'_>, within: Within, kinds: &[Kind]) -> Result<Self, Error> {
        let values = by_value(tx, kinds, Span::months(within))?;
        Ok(Self { values, heads: heads(tx, within.until)? })
    }

    fn sum(&self, kind: Kind, wanted: impl Fn(&str) -> bool) -> i64 {
        let of_kind = self.values.iter().filter(|((of, _), _)| *of == kind);
        of_kind.filter(|((_, value), _)| wanted(value)).map(|(_, number)| number).sum()
    }

    fn all(&self, kind: Kind) -> i64 {
        self.sum(kind, |_| true)
    }

    /// The head of a category; none for what is under none.
    fn head(&self, category: &str) -> Option<&HeadId> {
        let under = |head: &&(String, HeadId)| {
            let rest = category.strip_prefix(head.0.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.heads.iter().find(under).map(|(_, head)| head)
    }

    fn is_under(&self, category: &str, head: &HeadId) -> bool {
        match self.head(category) {
            Some(found) => found == head,
            None => *head == HeadId::other(),
        }
    }

    /// How many petitions of the period a filter holds; nothing for what counters do not tell.
    pub(super) fn of(&self, filter: &Filter) -> Option<i64> {
        let Filter { from, until, .. } = *filter;
        let only = |one: Filter| Filter { from, until, ..one } == *filter;
        let none = Filter::default;
        if only(none()) {
            return Some(self.all(Kind::Came));
        }
        if filter.by_unit && only(Filter { by_unit: true, ..none() }) {
            return Some(self.all(Kind::ByUnit));
        }
        if filter.answered_at_all && only(Filter { answered_at_all: true, ..none() }) {
            return Some(self.all(Kind::Answered));
        }
        let known = [
            filter.channel.map(|channel| {
                (Filter { channel: Some(channel), ..none() }, self.by_channel(channel))
            }),
            filter.visit.map(|visit| (Filter { visit: Some(visit), ..none() }, self.visits(visit))),
            filter.repeat.map(|repeat| {
                let turn = if repeat { REPEAT } else { FIRST };
                let number = self.sum(Kind::Turn, |value| value == turn);
                (Filter { repeat: Some(repeat), ..none() }, number)
            }),
            filter.after_answer.map(|later| {
                let which = match later {
                    Later::All => ALL,
                    Later::Told => TOLD,
                };
                let number = self.sum(Kind::Later, |value| value == which);
                (Filter { after_answer: Some(later), ..none() }, number)
            }),
            filter
                .answered
                .map(|time| (Filter { answered: Some(time), ..none() }, self.answers(time))),
            filter.unit.as_ref().map(|unit| {
                let number = self.sum(Kind::OfUnit, |value| value == unit.0);
                (Filter { unit: Some(unit.clone()), ..none() }, number)
            }),
            filter.complained_of.as_ref().map(|unit| {
                let number = self.sum(Kind::OfOrgan, |value| value == unit.0);
                (Filter { complained_of: Some(unit.clone()), ..none() }, number)
            }),
            self.concluded(filter),
        ];
        let mut known = known.into_iter().flatten();
        known.find(|(one, _)| only(one.clone())).map(|(_, number)| number).or(self.within(filter))
    }

    fn by_channel(&self, channel: Channel) -> i64 {
        let ways = [false, true].map(|collective| came(channel, collective));
        self.sum(Kind::Came, |value| ways.iter().any(|way| way == value))
    }

    fn visits(&self, kind: VisitKind) -> i64 {
        let collective = kind == VisitKind::Collective;
        let ways = [Channel::Visit, Channel::Oral].map(|channel| came(channel, collective));
        self.sum(Kind::Came, |value| ways.iter().any(|way| way == value))
    }

    fn answers(&self, time: Timeliness) -> i64 {
        match time {
            Timeliness::InTime => {
                let spans = WITHIN.into_iter().map(Some).chain([None]);
                let ways: Vec<String> = spans.map(|within| answered(true, within)).collect();
                self.sum(Kind::Answered, |value| ways.iter().any(|way| way == value))
            }
            Timeliness::Late => self.all(Kind::Late),
        }
    }

    /// Within days that counters tell apart.
    fn within(&self, filter: &Filter) -> Option<i64> {
        let Filter { from, until, answered_within_days, .. } = *filter;
        let days = answered_within_days.filter(|days| WITHIN.contains(days))?;
        let one = Filter { from, until, answered_within_days, ..Filter::default() };
        let spans = WITHIN.into_iter().filter(|span| *span <= days);
        let ways: Vec<String> = spans
            .flat_map(|span| [true, false].map(|in_time| answered(in_time, Some(span))))
            .collect();
        (one == *filter)
            .then(|| self.sum(Kind::Answered, |value| ways.iter().any(|way| way == value)))
    }

    /// What is told of heads, of what is over, and of both.
    fn concluded(&self, filter: &Filter) -> Option<(Filter, i64)> {
        let Filter { head, cause, concluded, .. } = filter;
        let head_of = |category: &str| head.as_ref().is_none_or(|one| self.is_under(category, one));
        let number = match (concluded, cause) {
            (None, None) => self.sum(Kind::About, head_of),
            (Some(false), None) => {
                let over = |value: &str| value.split_once('|').is_some_and(|(one, _)| head_of(one));
                self.sum(Kind::About, head_of) - self.sum(Kind::Ended, over)
            }
            (_, cause) => self.sum(Kind::Ended, |value| {
                value.split_once('|').is_some_and(|(category, _)| {
                    head_of(category) && (cause.is_none() || value == ended(category, *cause))
                })
            }),
        };
        let one = Filter {
            head: head.clone(),
            cause: *cause,
            concluded: *concluded,
            ..Filter::default()
        };
        let told = head.is_some() || cause.is_some() || concluded.is_some();
        (told && !(cause.is_some() && *concluded == Some(false))).then_some((one, number))
    }

    /// How much of a kind each unit has, the most first.
    pub(super) fn by_unit(&self, kind: Kind) -> Vec<(UnitId, i64)> {
        let of_kind = self.values.iter().filter(|((of, _), number)| *of == kind && **number != 0);
        let mut units: Vec<(UnitId, i64)> =
            of_kind.map(|((_, unit), number)| (UnitId(unit.clone()), *number)).collect();
        units.sort_by(|(a, first), (b, second)| second.cmp(first).then(a.cmp(b)));
        units
    }
}

/// Which categories the problem heads in force on a day sum up.
fn heads(tx: &mut Tx<'_>, on: Date) -> Result<Vec<(String, HeadId)>, Error> {
    let sql = "SELECT category, head FROM problem_head WHERE in_force_from <= $1
               AND (in_force_until IS NULL OR in_force_until >= $1) ORDER BY category";
    let head = |row: &Row| Ok((row.text("category")?, HeadId(row.text("head")?)));
    tx.all(sql, params![on])?.iter().map(head).collect()
}
