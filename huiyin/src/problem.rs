//! What a caller gets when something is not done (问题).

use casework::refusal::Refusal;
use casework::role::Denial;

/// One field of a form or request that can't be used as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as sent.
    pub field: String,
    /// What is wrong: a locale key under `wrong-`.
    pub wrong: &'static str,
}

impl FieldError {
    /// A field and what is wrong with it.
    pub fn new(field: impl Into<String>, wrong: &'static str) -> Self {
        Self { field: field.into(), wrong }
    }
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The law or the state of the case file says no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The actor's roles say no.
    #[error("{}", .0.word())]
    Denied(Denial),
    /// Fields that can't be used as they are.
    #[error("invalid fields: {0:?}")]
    Invalid(Vec<FieldError>),
    /// Somebody acted meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// There is no such thing, or not for this reader.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignIn,
    /// Too many attempts; try again later.
    #[error("too many attempts")]
    TooMany,
    /// It took longer to send than anybody waits.
    #[error("too slow")]
    TooSlow,
    /// More than may be sent at once.
    #[error("too large")]
    TooLarge,
    /// The form did not come from our own page.
    #[error("forged")]
    Forged,
    /// The command line asked for something that can't be.
    #[error("{0}")]
    Usage(String),
    /// The machine failed.
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict => Self::Conflict,
            other @ (store::Error::Corrupt { .. }
            | store::Error::Full(_)
            | store::Error::Away(_)
            | store::Error::Engine(_)
            | store::Error::Key(_)
            | store::Error::File(_)) => Self::Store(other),
        }
    }
}

impl Problem {
    /// The HTTP status that says it best.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(_) | Self::Invalid(_) | Self::Usage(_) => 422,
            Self::Denied(_) | Self::Forged => 403,
            Self::Conflict => 409,
            Self::NotFound => 404,
            Self::SignIn => 401,
            Self::TooMany => 429,
            Self::TooSlow => 408,
            Self::TooLarge => 413,
            Self::Store(store::Error::Full(_)) => 507,
            Self::Store(store::Error::Away(_)) => 503,
            Self::Store(_) => 500,
        }
    }

    /// The locale key of its text, also the API's `type`.
    pub fn word(&self) -> String {
        match self {
            Self::Refused(refusal) => format!("refusal-{}", refusal.word()),
            Self::Denied(denial) => format!("denial-{}", denial.word()),
            Self::Invalid(_) | Self::Usage(_) => "problem-invalid".to_owned(),
            Self::Conflict => "problem-conflict".to_owned(),
            Self::NotFound => "problem-not-found".to_owned(),
            Self::SignIn => "problem-sign-in".to_owned(),
            Self::TooMany => "problem-too-many".to_owned(),
            Self::TooSlow => "problem-too-slow".to_owned(),
            Self::TooLarge => "problem-too-large".to_owned(),
            Self::Forged => "problem-forged".to_owned(),
            Self::Store(store::Error::Full(_)) => "problem-full".to_owned(),
            Self::Store(store::Error::Away(_)) => "problem-away".to_owned(),
            Self::Store(_) => "problem-machine".to_owned(),
        }
    }

    /// The rule that stands against it, if a rule does.
    pub fn rule(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(refusal.rule().0),
            Self::Denied(denial) => Some(denial.rule().0),
            Self::Invalid(_)
            | Self::Conflict
            | Self::NotFound
            | Self::SignIn
            | Self::TooMany
            | Self::TooSlow
            | Self::TooLarge
            | Self::Forged
            | Self::Usage(_)
            | Self::Store(_) => None,
        }
    }
}
