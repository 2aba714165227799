//! What people come with (情节): templates of problems, filled in with places, years and numbers.

use super::broken;
use crate::problem::Problem;
use serde::Deserialize;

/// A problem and how it is answered.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Story {
    pub head: String,
    pub category: String,
    pub unit: String,
    pub title: String,
    pub text: String,
    pub demands: Vec<String>,
    pub answers: Vec<Reply>,
    pub cause: String,
    pub steps: Vec<String>,
    #[serde(default)]
    pub collective: bool,
}

/// The answer to one demand.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Reply {
    pub outcome: String,
    pub text: String,
    pub basis: String,
    pub commitment: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Book {
    story: Vec<Story>,
}

/// Names to draw from.
#[derive(Debug, Deserialize)]
pub(super) struct Names {
    pub surnames: Vec<String>,
    pub given: Vec<String>,
    pub minority: Vec<String>,
}

/// All stories.
pub(super) fn stories() -> Result<Vec<Story>, Problem> {
    let heads: Book = toml::from_str(include_str!("data/heads.toml")).map_err(broken)?;
    let others: Book = toml::from_str(include_str!("data/others.toml")).map_err(broken)?;
    Ok(heads.story.into_iter().chain(others.story).collect())
}

/// All names.
pub(super) fn names() -> Result<Names, Problem> {
    toml::from_str(include_str!("data/names.toml")).map_err(broken)
}

impl Story {
    /// The story with its blanks filled in.
    pub(super) fn told(&self, place: &str, year: i16, count: u32, amount: u32) -> Self {
        let fill = |text: &str| {
            text.replace("{place}", place)
                .replace("{year}", &year.to_string())
                .replace("{n}", &count.to_string())
                .replace("{amount}", &amount.to_string())
        };
        Self {
            title: fill(&self.title),
            text: fill(&self.text),
            demands: self.demands.iter().map(|demand| fill(demand)).collect(),
            ..self.clone()
        }
    }
}
