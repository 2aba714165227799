//! Reading what is sent (表单): forms with or without files, with limits, keeping what was typed.

mod receive;
mod upload;

pub(crate) use receive::unreadable;
pub use receive::{Received, Room, Upload, body, form_pairs, read, receive};
pub use upload::{keep, keep_field, kept};

use crate::act::{Answers, Field, Name};
use crate::house::House;
use crate::locale::Lang;
use crate::problem::{FieldError, Problem};
use crate::repeat::Match;
use crate::web::Shared;
use crate::web::page::{cited, problem_page, text};
use crate::web::session::Desk;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::Response;
use casework::matter::MatterId;
use casework::matter::intake::Claim;

/// A form as it came.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    /// Values and files.
    pub answers: Answers,
    /// What was wrong with the files.
    pub errors: Vec<FieldError>,
}

/// A field name of the form itself, not of the act: the token, the version seen, kept files.
const OWN: [&str; 4] = ["csrf", "version", "kept", "once"];

/// A form that comes back (退回的表单): what was typed, what is wrong with it, what was kept.
#[derive(Default)]
pub struct Back {
    /// Values and files as they came.
    pub values: Answers,
    /// Fields that can't be used, each with its reason.
    pub errors: Vec<FieldError>,
    /// Why it was not done, with the rule.
    pub refused: Option<(String, String)>,
    /// Files that need not be chosen again: hidden field and name.
    pub kept: Vec<(String, String)>,
    /// The status to answer with.
    pub status: StatusCode,
}

impl Back {
    /// What came, and the problem with it if there is one.
    pub fn of(house: &House, lang: Lang, posted: &Posted, problem: Option<&Problem>) -> Self {
        if let Some(Problem::Store(error)) = problem {
            tracing::error!(%error, "the store failed");
        }
        let mut errors = posted.errors.clone();
        let refused = match problem {
            Some(Problem::Invalid(fields)) => {
                errors.extend(fields.clone());
                None
            }
            Some(other) => Some((text(lang, other), cited(house, lang, other))),
            None => None,
        };
        let status = problem.map_or(200, Problem::status);
        let files = &posted.answers.files;
        Self {
            values: posted.answers.clone(),
            errors,
            refused,
            kept: files.iter().map(|file| (keep_field(house, file), file.name.clone())).collect(),
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::OK),
        }
    }

    /// A field's first value.
    pub fn v(&self, name: &str) -> String {
        self.at(name, &0)
    }

    /// A repeated field's value.
    pub fn at(&self, name: &str, index: &usize) -> String {
        let values = self.values.values.get(name);
        values.and_then(|values| values.get(*index)).cloned().unwrap_or_default()
    }

    /// A repeated field's values, filled up with empty ones.
    pub fn all(&self, name: &str, least: &usize) -> Vec<String> {
        let mut values = self.values.values.get(name).cloned().unwrap_or_default();
        values.resize(values.len().max(*least), String::new());
        values
    }

    /// Whether a choice of several was made.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.values.values.get(name).is_some_and(|values| values.iter().any(|v| v == value))
    }

    /// Whether a demand, by its index, was said to repeat one of an earlier matter, or is proposed to where nothing
    /// was said.
    pub fn relates(&self, one: &Match, index: &usize, ordinal: u32) -> bool {
        let said = self.at(&format!("claim-{}", one.number), index);
        match (said.as_str(), one.claims.get(*index)) {
            ("", Some(Claim::Same(proposed))) => *proposed == ordinal,
            (said, _) => said == ordinal.to_string(),
        }
    }

    /// Gives a field a value where none was typed.
    pub fn fill(&mut self, name: Name, value: impl Into<String>) {
        self.values.values.entry(name.into()).or_insert_with(|| vec![value.into()]);
    }
}

/// A form of a session (本人会话提交的表单) that takes no files, its token checked.
pub struct Sent {
    /// Who sent it.
    pub desk: Desk,
    /// What.
    pub posted: Posted,
}

impl FromRequest<Shared> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, house: &Shared) -> Result<Self, Response> {
        let SentWithFiles { desk, received } = SentWithFiles::from_request(request, house).await?;
        match received.without_files() {
            Ok(posted) => Ok(Self { desk, posted }),
            Err(problem) => Err(problem_page(house, desk.lang, &problem)),
        }
    }
}

/// A form of a session that may bring files, its token checked; the files are kept when the handler knows that the
/// form takes them.
pub struct SentWithFiles {
    /// Who sent it.
    pub desk: Desk,
    /// What.
    pub received: Received,
}

impl FromRequest<Shared> for SentWithFiles {
    type Rejection = Response;

    async fn from_request(request: Request, house: &Shared) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let desk = Desk::from_request_parts(&mut parts, house).await?;
        match receive(house, Request::from_parts(parts, body), Room::Files).await {
            Ok(received) if received.posted.raw("csrf") == desk.csrf => Ok(Self { desk, received }),
            Ok(_) => Err(problem_page(house, desk.lang, &Problem::Forged)),
            Err(problem) => Err(problem_page(house, desk.lang, &problem)),
        }
    }
}

impl Posted {
    /// A form into which an address fills what it names of the fields.
    pub fn filled(query: &str, fields: &[Field]) -> Self {
        let mut posted = Self::default();
        for (name, value) in form_pairs(query.as_bytes()).unwrap_or_default() {
            if fields.iter().any(|field| field.name.word() == name) {
                posted.answers.values.entry(name).or_default().push(value);
            }
        }
        posted
    }

    /// What a form's field got, without the blanks around it.
    pub fn of(&self, name: Name) -> String {
        self.text(name.word())
    }

    /// A field without the blanks around it.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// A field as typed.
    pub fn raw(&self, name: &str) -> String {
        self.answers.values.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    /// What was said of each demand, if it joins this matter.
    pub fn claims(&self, into: MatterId) -> &[String] {
        self.answers.values.get(&format!("claim-{into}")).map_or(&[], Vec::as_slice)
    }

    /// The version of the matter that the form was made for.
    pub fn version(&self) -> Option<i64> {
        self.text("version").parse().ok()
    }

    /// The act's own answers, without the form's fields.
    pub fn of_act(&self) -> Answers {
        let mut answers = self.answers.clone();
        answers.values.retain(|name, _| !OWN.contains(&name.as_str()));
        answers
    }
}
