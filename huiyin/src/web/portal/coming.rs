//! What a petitioner may wait for (等待的日期): the words for a date that is owed them, or until which they may ask.

use casework::statute::ClockKind;

/// The texts for a date (日期说明).
pub(super) struct Coming {
    /// What is done by then, on the trace.
    pub trace: &'static str,
    /// What falls on that day, in a calendar.
    pub calendar: &'static str,
}

/// The texts for the date of a clock; nothing where it runs between offices.
pub(super) fn coming(clock: ClockKind) -> Option<Coming> {
    let (trace, calendar) = match clock {
        ClockKind::Disposition => ("trace-will-dispose", "calendar-disposition"),
        ClockKind::Repeat => ("trace-will-tell-standing", "calendar-repeat"),
        ClockKind::Correction => ("trace-will-answer-correction", "calendar-correction"),
        ClockKind::Notice => ("trace-will-tell", "calendar-notice"),
        ClockKind::Designation => ("trace-will-designate", "calendar-designation"),
        ClockKind::Service => ("trace-will-serve", "calendar-service"),
        ClockKind::Handling
        | ClockKind::SimpleHandling
        | ClockKind::Statutory
        | ClockKind::Reply => ("trace-will-answer", "calendar-handling"),
        ClockKind::ReviewWindow => ("trace-may-ask", "calendar-review-window"),
        ClockKind::ReviewAcceptance => ("trace-will-take-review", "calendar-review-acceptance"),
        ClockKind::Review => ("trace-will-review", "calendar-review"),
        ClockKind::FinalReviewWindow => ("trace-may-ask", "calendar-final-review-window"),
        ClockKind::FinalReview => ("trace-will-review", "calendar-final-review"),
        ClockKind::ChainShare
        | ClockKind::Objection
        | ClockKind::ReportBack
        | ClockKind::Supervision
        | ClockKind::Recommendation
        | ClockKind::JudicialConfirmation
        | ClockKind::Reconsideration
        | ClockKind::PublicNotice
        | ClockKind::Evaluation
        | ClockKind::ThinkAgain
        | ClockKind::Contribution
        | ClockKind::Instruction
        | ClockKind::UrgentReport => return None,
    };
    Some(Coming { trace, calendar })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    /// What is owed to a petitioner has a date that they can read, in every language.
    #[test]
    fn what_is_owed_has_its_words() {
        for clock in ClockKind::ALL {
            let coming = coming(clock);
            assert!(coming.is_some() || !clock.owed_to_petitioner(), "{}", clock.word());
            let Some(Coming { trace, calendar }) = coming else { continue };
            for lang in Lang::ALL {
                for text in [lang.t(trace), lang.tx(calendar, &[("number", "1".to_owned())])] {
                    assert!(!text.contains('⟦'), "{text}");
                }
            }
        }
    }
}
