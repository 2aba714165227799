//! What no plan may aim at (不得作为目标的事项): an office answers for matters, and never for keeping people from
//! petitioning (R22-18d). A text that forbids such an aim may name it.

use super::Unfit;
use crate::refusal::Refusal;

/// Words that speak of holding people back, or of people as something to be held.
const HELD_BACK: [&str; 9] =
    ["稳控", "劝返", "截访", "拦访", "息诉罢访", "罢访息诉", "重点人员", "老上访户", "缠访闹访"];

/// What is to be brought to nought when people are meant to stay at home.
const JOURNEYS: [&str; 9] =
    ["进京", "赴京", "赴省", "到省上访", "到市上访", "上访", "集访", "越级", "非访"];

/// Words with which a text forbids what it names.
const FORBIDDING: [&str; 9] =
    ["不得", "严禁", "禁止", "不准", "不许", "不以", "取消", "杜绝", "不再"];

/// Whether a clause promises that nobody sets out: `零进京`, `零 赴省 上访`, `无越级访`.
fn counts_down(clause: &str) -> bool {
    JOURNEYS.iter().any(|journey| {
        ["零", "无"].iter().any(|nought| clause.contains(&format!("{nought}{journey}")))
    })
}

/// A clause without the blanks that could hide a word.
fn bare(clause: &str) -> String {
    clause.chars().filter(|c| !c.is_whitespace() && *c != '“' && *c != '”').collect()
}

/// No plan, rule or agreement counts petitions or petitioners down.
///
/// # Errors
/// [`Unfit::HoldsPeopleBack`].
pub(super) fn lawful_aim(texts: &[&str]) -> Result<(), Refusal> {
    let clauses = texts.iter().flat_map(|text| text.split(['。', '；', '！', '？', '\n', ';']));
    for clause in clauses.map(bare) {
        let aims = counts_down(&clause) || HELD_BACK.iter().any(|word| clause.contains(word));
        if aims && !FORBIDDING.iter().any(|word| clause.contains(word)) {
            return Err(Unfit::HoldsPeopleBack.into());
        }
    }
    Ok(())
}
