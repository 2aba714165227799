//! Figures through the API (统计接口).

use super::{Caller, Fault, ok};
use crate::locale::Lang;
use crate::problem::Problem;
use crate::web::ask;
use crate::web::report::{definition, duty_figure, known, period};
use crate::web::{Shared, blocking};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use casework::directory::Directory;
use casework::duty::figure::{DutyFigure, Value as DutyValue};
use casework::role::{self, Act};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

/// The figures of a year, with the checks that hold them together.
pub async fn yearly(
    State(house): State<Shared>,
    caller: Caller,
    Path(year): Path<String>,
    Query(ask): Query<Cases>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewReport)?;
    let mut query = ask::Query::default();
    let (year, until) = (query.year("year", &year), query.date("until", &ask.until));
    let (year, until) = query.done((year.ok_or(Problem::NotFound)?, until))?;
    let scope = role::scope(&caller.actor);
    let report =
        blocking(&house, move |house| crate::report::of_year(house, &scope, year, until)).await?;
    let failed: Vec<String> = report.failed.iter().map(|check| format!("{check:?}")).collect();
    Ok(ok(&json!({
        "from": report.from,
        "until": report.until,
        "figures": report.values,
        "checks": report.checked,
        "failed": failed,
    })))
}

/// Which cases of a figure.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cases {
    from: String,
    until: String,
    after: String,
}

/// A figure and its cases.
pub async fn figure(
    State(house): State<Shared>,
    caller: Caller,
    Path(key): Path<String>,
    Query(ask): Query<Cases>,
) -> Result<Response, Fault> {
    caller.may(Act::ViewReport)?;
    let (from, until) = period(house.moment().on, &ask.from, &ask.until)?;
    let span = (from, until);
    if DutyFigure::parse(&key).is_some() {
        let (scope, asked) = (role::scope(&caller.actor), key.clone());
        let found = blocking(&house, move |house| duty_figure(house, &scope, (&asked, span)));
        let found = found.await?;
        return Ok(duty(&house.directory(), (key, from, until), &found));
    }
    let figure = known(&house, &key, span)?;
    let scope = role::scope(&caller.actor);
    let (count, rows) = blocking(&house, move |house| {
        Ok(house.db.read(|tx| {
            let count = store::figure::count(tx, &figure.filter, &scope)?;
            Ok::<_, store::Error>((
                count,
                store::figure::list(tx, &figure.filter, &scope, (&ask.after, 100))?,
            ))
        })?)
    })
    .await?;
    let after = (rows.len() == 100).then(|| rows.last().map(|row| row.number.clone())).flatten();
    // Of what is sealed no number: whoever is accused would miss one that others see.
    let open = |row: &store::petition::PetitionRow| !row.sealed;
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| {
            json!({
                "number": open(&row).then(|| row.number.clone()),
                "matter": open(&row).then(|| row.matter.to_string()),
                "title": row.title,
                "step": row.step,
                "sealed": row.sealed,
            })
        })
        .collect();
    let definition = definition(&house.directory(), Lang::Hans, &key);
    Ok(ok(&json!({
        "key": key, "definition": definition, "from": from, "until": until,
        "count": count, "petitions": rows, "counted": [], "after": after,
    })))
}

/// A figure of the duty side with what it counts.
fn duty(
    directory: &Directory,
    (key, from, until): (String, Date, Date),
    value: &DutyValue,
) -> Response {
    let counted = value.counted.iter().map(|one| {
        let record = one.record.as_ref().map(|(noun, id)| format!("{}/{id}", noun.word()));
        json!({ "record": record, "matter": one.matter.map(|id| id.to_string()),
            "person": one.person.as_ref().map(|person| &person.0), "title": one.title, "on": one.on,
            "amount": one.amount })
    });
    let counted: Vec<Value> = counted.collect();
    ok(
        &json!({ "key": key, "definition": definition(directory, Lang::Hans, &key), "from": from, "until": until,
        "count": value.value, "petitions": [], "counted": counted, "after": null }),
    )
}
