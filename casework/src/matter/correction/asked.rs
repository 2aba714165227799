//! Whoever petitioned asks that something about them be put right (请求更正): it is answered by a day, with reasons if it
//! is not done, and nobody says that it was done who did not do it (PIPL-46, PIPL-50).

use super::Fact;
use crate::calendar::plus_days;
use crate::matter::{Matter, Span};
use crate::org::UnitId;
use crate::petition::PetitionNumber;
use crate::refusal::{Refusal, filled};
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Within how many calendar days a request is answered (design: PIPL-46 says only that it is done in time).
pub const ANSWER_DAYS: i64 = 15;

/// Asks that something be corrected (请求更正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CorrectionAsked {
    /// The petition.
    pub petition: PetitionNumber,
    /// What is wrong, and what is right.
    pub text: String,
}

/// Answers the request (答复更正请求).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CorrectionAnswered {
    /// The petition whose request it is.
    pub petition: PetitionNumber,
    /// Whether it was put right.
    pub granted: bool,
    /// What was done, or why not.
    pub text: String,
}

/// A request for correction (更正请求).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRequest {
    /// What is asked.
    pub asked: CorrectionAsked,
    /// When.
    pub on: Date,
    /// Whether something of the petition was corrected since.
    pub corrected: bool,
    /// The answer.
    pub answered: Option<CorrectionAnswered>,
}

impl Matter {
    /// The request of a petition that nobody answered yet.
    pub fn correction_open(&self, petition: &PetitionNumber) -> Option<&CorrectionRequest> {
        let open =
            |one: &&CorrectionRequest| one.asked.petition == *petition && one.answered.is_none();
        self.correction_requests.iter().find(open)
    }

    /// Whether a unit owes somebody an answer to a request for correction.
    pub(crate) fn owes_correction(&self, unit: &UnitId) -> bool {
        let runs = |span: &Span| span.clock == ClockKind::Correction && span.ended_on.is_none();
        self.spans.iter().any(|span| runs(span) && span.unit == *unit)
    }

    /// Whoever asked is answered where they asked.
    pub(crate) fn no_request_open(&self) -> Result<(), Refusal> {
        let open = self.correction_requests.iter().any(|one| one.answered.is_none());
        if open { Err(Refusal::CorrectionPending) } else { Ok(()) }
    }

    pub(super) fn ask_correction(&self, asked: &CorrectionAsked) -> Result<Fact, Refusal> {
        if !self.petitions.iter().any(|one| one.number == asked.petition) {
            return Err(Refusal::PetitionElsewhere);
        }
        if self.correction_open(&asked.petition).is_some() {
            return Err(Refusal::CorrectionPending);
        }
        filled(&[&asked.text])?;
        Ok(Fact::CorrectionAsked(asked.clone()))
    }

    pub(super) fn answer_correction(&self, answered: &CorrectionAnswered) -> Result<Fact, Refusal> {
        let request = self.correction_open(&answered.petition);
        let request = request.ok_or(Refusal::NoCorrectionAsked)?;
        if answered.granted && !request.corrected {
            return Err(Refusal::NotCorrected);
        }
        filled(&[&answered.text])?;
        Ok(Fact::CorrectionAnswered(answered.clone()))
    }

    pub(super) fn on_correction_asked(&mut self, asked: &CorrectionAsked, on: Date) {
        self.correction_requests.push(CorrectionRequest {
            asked: asked.clone(),
            on,
            corrected: false,
            answered: None,
        });
        self.start_about(&asked.petition, ClockKind::Correction, on);
        self.set_last(plus_days(on, ANSWER_DAYS));
    }

    /// Something of a petition was put right.
    pub(super) fn note_corrected(&mut self, petition: &PetitionNumber) {
        let theirs = |one: &&mut CorrectionRequest| one.asked.petition == *petition;
        self.correction_requests.iter_mut().filter(theirs).for_each(|one| one.corrected = true);
    }

    pub(super) fn on_correction_answered(&mut self, answered: &CorrectionAnswered, on: Date) {
        let open = |one: &&mut CorrectionRequest| {
            one.asked.petition == answered.petition && one.answered.is_none()
        };
        if let Some(request) = self.correction_requests.iter_mut().find(open) {
            request.answered = Some(answered.clone());
        }
        let about = |span: &&mut Span| {
            span.is_about(&answered.petition, ClockKind::Correction) && span.ended_on.is_none()
        };
        if let Some(span) = self.spans.iter_mut().find(about) {
            span.ended_on = Some(on);
        }
    }
}
