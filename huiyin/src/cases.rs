//! What figures count (指标案件): of which period, under which key, and the cases behind the number. Pages and the API
//! read them here.

use crate::house::House;
use crate::parameters::Parameters;
use crate::problem::Problem;
use casework::duty::figure::{DutyFigure, FigureValue};
use casework::figure::{Figure, FigureKey, of_report};
use casework::moment::Within;
use casework::org::UnitId;
use casework::role::Scope;
use jiff::civil::Date;
use store::figure::Part;
use store::petition::PetitionRow;

/// The period that an address names; this year until today if it names none.
///
/// # Errors
/// [`Problem::Invalid`] for what is no date.
pub fn period(today: Date, from: &str, until: &str) -> Result<Within, Problem> {
    let mut parameters = Parameters::default();
    let (from, until) = (parameters.date("from", from), parameters.date("until", until));
    let from = from.unwrap_or(today.first_of_year());
    parameters.done(Within { from, until: until.unwrap_or(today) })
}

/// The figure of a key; units that the county does not have, and heads that its table at the end of the period does not
/// have, count nothing.
///
/// # Errors
/// [`Problem::NotFound`].
pub fn known(house: &House, key: &FigureKey, within: Within) -> Result<Figure, Problem> {
    let figure = Figure::of(key.clone(), within).ok_or(Problem::NotFound)?;
    let directory = house.directory();
    let strange = |unit: &UnitId| !directory.units.contains_key(unit);
    let heads = of_report(&directory.problem_heads(within.until));
    let headless = figure.filter.head.as_ref().is_some_and(|head| !heads.contains(head));
    let unknown = headless || figure.filter.unit.as_ref().is_some_and(strange);
    if unknown { Err(Problem::NotFound) } else { Ok(figure) }
}

/// A figure and a part of its cases (指标与案件).
pub struct Cases {
    /// How many petitions it counts.
    pub count: i64,
    /// A part of them, in the order of their registration.
    pub rows: Vec<PetitionRow>,
}

impl Cases {
    /// After which number the next part begins, if this one is full.
    pub fn next(&self, limit: usize) -> Option<String> {
        self.rows.last().filter(|_| self.rows.len() == limit).map(|row| row.number.clone())
    }
}

/// Reads a figure's number and a part of its cases by the same filter, as of one moment.
///
/// # Errors
/// The store failed.
pub fn cases(
    house: &House,
    scope: &Scope,
    figure: &Figure,
    part: Part<'_>,
) -> Result<Cases, Problem> {
    let found = house.db.read(|tx| {
        let count = store::figure::count(tx, &figure.filter, scope)?;
        // Where there is nothing, nothing is looked for.
        let rows = if count == 0 {
            Vec::new()
        } else {
            store::figure::list(tx, &figure.filter, scope, part)?
        };
        Ok::<_, store::Error>(Cases { count, rows })
    });
    Ok(found?)
}

/// A figure of the duty side with what it counts, as the reader may see it.
///
/// # Errors
/// The store failed.
pub fn duty_figure(
    house: &House,
    scope: &Scope,
    figure: DutyFigure,
    within: Within,
) -> Result<FigureValue, Problem> {
    Ok(house.db.read(|tx| crate::figure::one(tx, figure, scope, within))?)
}
