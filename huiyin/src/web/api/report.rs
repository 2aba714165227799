//! Figures through the API (统计接口).

use super::{Caller, Fault, ok};
use crate::cases::{cases, duty_figure, known, period};
use crate::locale::Lang;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::web::report::definition;
use crate::web::{Shared, blocking};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use casework::directory::Directory;
use casework::duty::figure::{self, FigureValue};
use casework::figure::{Check, FigureKey};
use casework::matter::StepKind;
use casework::moment::Within;
use casework::org::AccountId;
use casework::role::{self, Act};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::figure::Part;

/// The figures of a period, with the checks that hold them together.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Report")]
pub(super) struct ReportShown {
    from: Date,
    until: Date,
    /// Values by the figures' keys.
    figures: BTreeMap<String, i64>,
    /// How many sums must hold.
    checks: usize,
    /// Those that don't.
    failed: Vec<Check>,
}

/// A petition that a figure counts; of what is sealed no number.
#[derive(Serialize, JsonSchema)]
struct Case {
    number: Option<String>,
    matter: Option<String>,
    title: String,
    step: StepKind,
    sealed: bool,
}

/// Something of the duty side that a figure counts.
#[derive(Serialize, JsonSchema)]
struct Counted {
    /// The record, as its kind and its number.
    record: Option<String>,
    matter: Option<String>,
    person: Option<AccountId>,
    title: String,
    on: Date,
    amount: i64,
}

/// A figure and its cases.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Figure")]
pub(super) struct FigureShown {
    #[schemars(example = &"petitions.total")]
    key: String,
    definition: String,
    from: Date,
    until: Date,
    count: i64,
    petitions: Vec<Case>,
    counted: Vec<Counted>,
    /// The cursor to the next page, if there is one.
    after: Option<String>,
}

/// The figures of a year, with the checks that hold them together.
pub async fn yearly(
    State(house): State<Shared>,
    caller: Caller,
    Path(year): Path<String>,
    Query(ask): Query<CasesAsked>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewReport)?;
    let mut parameters = Parameters::default();
    let (year, until) = (parameters.year("year", &year), parameters.date("until", &ask.until));
    let (year, until) = parameters.done((year.ok_or(Problem::NotFound)?, until))?;
    let scope = role::scope(&caller.actor);
    let report =
        blocking(&house, move |house| crate::report::of_year(house, &scope, year, until)).await?;
    Ok(ok(&ReportShown {
        from: report.from,
        until: report.until,
        figures: report.values.into_iter().map(|(key, value)| (key.to_string(), value)).collect(),
        checks: report.checked,
        failed: report.failed,
    }))
}

/// Which cases of a figure.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CasesAsked {
    from: String,
    until: String,
    after: String,
}

/// How many cases an answer gives.
const GIVEN: u32 = 100;

/// A figure and its cases.
pub async fn figure(
    State(house): State<Shared>,
    caller: Caller,
    Path(key): Path<String>,
    Query(ask): Query<CasesAsked>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewReport)?;
    let within = period(house.moment().on, &ask.from, &ask.until)?;
    let key = FigureKey::parse(&key).ok_or(Problem::NotFound)?;
    if let FigureKey::Duty(figure) = key {
        let scope = role::scope(&caller.actor);
        let found = blocking(&house, move |house| duty_figure(house, &scope, figure, within));
        let found = found.await?;
        return Ok(duty(&house.directory(), &key, within, found));
    }
    let figure = known(&house, &key, within)?;
    let scope = role::scope(&caller.actor);
    let found = blocking(&house, move |house| {
        cases(house, &scope, &figure, Part { after: &ask.after, limit: GIVEN })
    });
    let found = found.await?;
    let after = found.next(GIVEN as usize);
    // Of what is sealed no number: whoever is accused would miss one that others see.
    let open = |row: &store::petition::PetitionRow| !row.sealed;
    let Within { from, until } = within;
    let case = |row: store::petition::PetitionRow| Case {
        number: open(&row).then(|| row.number.clone()),
        matter: open(&row).then(|| row.matter.to_string()),
        title: row.title,
        step: row.step,
        sealed: row.sealed,
    };
    let definition = definition(&house.directory(), Lang::Hans, &key, until);
    let (count, petitions) = (found.count, found.rows.into_iter().map(case).collect());
    Ok(ok(&FigureShown {
        key: key.to_string(),
        definition,
        from,
        until,
        count,
        petitions,
        counted: Vec::new(),
        after,
    }))
}

/// A figure of the duty side with what it counts.
fn duty(
    directory: &Directory,
    key: &FigureKey,
    Within { from, until }: Within,
    value: FigureValue,
) -> Response {
    let one = |one: figure::Counted| Counted {
        record: one.record.map(|(noun, id)| format!("{}/{id}", noun.word())),
        matter: one.matter.map(|id| id.to_string()),
        person: one.person,
        title: one.title,
        on: one.on,
        amount: one.amount,
    };
    let definition = definition(directory, Lang::Hans, key, until);
    let (count, petitions, after) = (value.value, Vec::new(), None);
    let counted = value.counted.into_iter().map(one).collect();
    ok(&FigureShown {
        key: key.to_string(),
        definition,
        from,
        until,
        count,
        petitions,
        counted,
        after,
    })
}
