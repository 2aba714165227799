//! What is found where people live and work (现场问题): by a leader on a visit, by a task force. A problem with a name
//! becomes a petition, and then its matter alone says whether it is solved; one without a name is answered on the spot.

use super::seen::position;
use super::{Eyes, Label, Seen, Unfit, behind, filled};
use crate::matter::{Context, Matter, MatterId};
use crate::moment::Within;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A problem that was found on the spot (现场问题), without anybody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub text: String,
    /// The day, office-local; `None` for the day of the visit on which it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The petition's matter, once it was registered as one.
    #[serde(default)]
    pub matter: Option<MatterId>,
    /// When it was solved, and how.
    #[serde(default)]
    pub solved: Option<(Date, String)>,
}

/// How a problem was solved (解决情况).
#[derive(Debug, Clone)]
pub struct Solution {
    /// The day, office-local.
    pub on: Date,
    /// How.
    pub text: String,
    /// The matter that it is about, as its file tells it, if it is about one.
    pub matter: Option<Matter>,
}

impl Solution {
    /// Nobody says of a matter that it is solved before its petitioner has an answer: one that reached them on the
    /// first of these days or later.
    ///
    /// # Errors
    /// A day before the first or after today; nothing said; [`Unfit::NotAnswered`].
    pub(super) fn holds(
        &self,
        matter: Option<MatterId>,
        since: Date,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        behind(self.on, since, context)?;
        filled(&[&self.text])?;
        let within = Within { from: since, until: self.on };
        let same = |one: &&Matter| Some(one.id) == matter;
        let answered = self.matter.as_ref().filter(same).is_some_and(|one| one.answered_in(within));
        if matter.is_some() && !answered { Err(Unfit::NotAnswered.into()) } else { Ok(()) }
    }
}

/// A problem of a list, counted from 1 (现场问题序号).
fn at(problems: &mut [Finding], entry: u32) -> Result<&mut Finding, Refusal> {
    let at = position(entry);
    problems.get_mut(at).ok_or_else(|| Unfit::NoEntry.into())
}

/// The matter that a problem, counted from 1, became.
pub(super) fn matter_of(problems: &[Finding], entry: u32) -> Option<MatterId> {
    let at = position(entry);
    problems.get(at).and_then(|one| one.matter)
}

/// A problem became a petition afterwards.
///
/// # Errors
/// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`] for what is a petition already.
pub(super) fn register(
    problems: &mut [Finding],
    entry: u32,
    matter: MatterId,
) -> Result<(), Refusal> {
    let problem = at(problems, entry)?;
    if problem.matter.is_some() {
        return Err(Unfit::DoneAlready.into());
    }
    problem.matter = Some(matter);
    Ok(())
}

/// A problem is solved; `since` is the day on which it was found, where it has none of its own.
///
/// # Errors
/// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`]; as [`Solution::holds`].
pub(super) fn solve(
    problems: &mut [Finding],
    entry: u32,
    since: Date,
    solution: Solution,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let problem = at(problems, entry)?;
    if problem.solved.is_some() {
        return Err(Unfit::DoneAlready.into());
    }
    solution.holds(problem.matter, problem.on.unwrap_or(since), context)?;
    problem.solved = Some((solution.on, solution.text));
    Ok(())
}

/// A problem as a reader may see it: what a matter that they do not hear says, they do not hear here.
pub(super) fn seen(one: &Finding, eyes: &Eyes<'_>) -> Seen {
    Seen::default()
        .says(Label::On, &one.on)
        .says(Label::Text, &eyes.hears(one.matter, &one.text))
        .matter(Label::Matter, one.matter, eyes)
        .says(Label::Solved, &eyes.hears(one.matter, &one.solved))
}
