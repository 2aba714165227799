//! Which rules of law something in the program rests on (有落实的条款): its acts, its refusals and the dates that are set
//! by hand. A text that says more is refused when the program starts.

use crate::problem::Problem;
use casework::duty::Unfit;
use casework::refusal::Refusal;
use casework::role::Denial;
use casework::statute::{ClockKind, Rule, Statutes};
use std::collections::BTreeSet;

/// Every rule that an act, a refusal or a date set by hand names.
fn named() -> BTreeSet<Rule> {
    let acts = crate::act::all().map(|row| row.rule);
    let duties = crate::duty::all().map(|row| row.rule);
    let office = crate::office::ALL.iter().map(|row| row.rule);
    let dates = ClockKind::ALL.into_iter().filter_map(ClockKind::set_under);
    let refusals = Refusal::RULES.iter().copied();
    let named = acts.chain(duties).chain(office).chain(dates).chain(refusals).map(Rule::from);
    let unfit = Unfit::ALL.into_iter().map(Unfit::rule);
    named.chain(unfit).chain(Denial::ALL.map(Denial::rule)).collect()
}

/// Whether something takes up every provision of these texts.
///
/// # Errors
/// [`Problem::Usage`] with those that nothing here keeps, and what to do about it.
pub fn check(statutes: &Statutes) -> Result<(), Problem> {
    let unkept = statutes.unkept(&named());
    if unkept.is_empty() {
        return Ok(());
    }
    let said: Vec<String> = unkept
        .iter()
        .map(|(text, one)| format!("{} {} ({})", text.name, one.id.0, one.article))
        .collect();
    Err(Problem::Usage(format!(
        "kept by nothing here: {}; give each a period, a ground or a limit, or list it under [[apart]] and say \
         who keeps it",
        said.join(", ")
    )))
}
