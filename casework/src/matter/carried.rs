//! What a fact carries and causes (随附与影响): answered by every fact, so that whoever adds one has to say. The
//! rooms beside the main road answer for their own.

use super::fact::Fact;
use crate::matter::letter::Letter;
use crate::petition::Attachment;

impl Fact {
    /// The files that it brings (所附材料): what is not named here belongs to nobody and is swept away.
    pub fn attachments(&self) -> &[Attachment] {
        match self {
            Self::StepTaken(step) => &step.attachments,
            Self::Served(served) => &served.attachments,
            Self::NoticeServed(served) => &served.service.attachments,
            Self::Supplemented(later) => &later.attachments,
            Self::ReviewAsked(asked) => &asked.attachments,
            Self::ReviewServed(served) => &served.attachments,
            Self::Registered(registered) => &registered.petition.attachments,
            Self::Joined(joined) => &joined.petition.attachments,
            Self::Unjoined(_)
            | Self::Merged(_)
            | Self::ReportPostponed(_)
            | Self::ResultReported(_)
            | Self::Reclassified(_)
            | Self::Referred(_)
            | Self::Told(_)
            | Self::LedgerAnswerKept(_)
            | Self::Filed(_)
            | Self::Objected(_)
            | Self::Returned(_)
            | Self::ObjectionRefused(_)
            | Self::Recalled(_)
            | Self::Declined(_)
            | Self::Accepted(_)
            | Self::ExtensionAsked(_)
            | Self::Extended(_)
            | Self::ExtensionRefused(_)
            | Self::DemandAnswered(_)
            | Self::Signed(_)
            | Self::Concluded(_)
            | Self::ReviewAccepted
            | Self::ReviewDeclined(_)
            | Self::HearingHeld(_)
            | Self::ReviewDecided(_)
            | Self::AnsweredInstead(_)
            | Self::Supervised(_)
            | Self::SupervisionAnswered(_)
            | Self::SupervisionClosed(_)
            | Self::Executed(_)
            | Self::ReviewExtended(_) => &[],
            Self::Track(fact) => fact.attachments(),
            Self::Joint(fact) => fact.attachments(),
            Self::Mediation(fact) => fact.attachments(),
            Self::Wall(fact) => fact.attachments(),
            Self::Aid(fact) => fact.attachments(),
            Self::Urgent(fact) => fact.attachments(),
            Self::Secrecy(fact) => fact.attachments(),
            Self::Participation(fact) => fact.attachments(),
            Self::Ladder(fact) => fact.attachments(),
            Self::Rating(fact) => fact.attachments(),
            Self::Repeat(fact) => fact.attachments(),
            Self::Withdrawal(fact) => fact.attachments(),
            Self::Inside(fact) => fact.attachments(),
            Self::Correction(fact) => fact.attachments(),
            Self::Publication(fact) => fact.attachments(),
            Self::Hearing(fact) => fact.attachments(),
            Self::Passing(fact) => fact.attachments(),
            Self::Sponsorship(fact) => fact.attachments(),
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Referred(of) => Some(Letter::Referral(of)),
            Self::Supervised(of) => Some(Letter::Supervision(of)),
            Self::ResultReported(of) => Some(Letter::Result(of)),
            Self::Objected(of) => Some(Letter::Objection(of)),
            Self::StepTaken(of) => Some(Letter::Inquiry(of)),
            Self::Served(of) | Self::ReviewServed(of) => Some(Letter::Proof(of)),
            Self::NoticeServed(of) => Some(Letter::Proof(&of.service)),
            Self::ReviewAsked(of) => Some(Letter::ReviewRequest(of)),
            Self::HearingHeld(of) => Some(Letter::Hearing(of)),
            Self::SupervisionAnswered(of) => Some(Letter::Adoption(of)),
            // What was said at the counter or by telephone is written down and read back.
            Self::Registered(registered) => registered.petition.sheet(),
            Self::Joined(joined) => joined.petition.sheet(),
            Self::Unjoined(_)
            | Self::Merged(_)
            | Self::ReportPostponed(_)
            | Self::Supplemented(_)
            | Self::Reclassified(_)
            | Self::Told(_)
            | Self::LedgerAnswerKept(_)
            | Self::Filed(_)
            | Self::Returned(_)
            | Self::ObjectionRefused(_)
            | Self::Recalled(_)
            | Self::Declined(_)
            | Self::Accepted(_)
            | Self::ExtensionAsked(_)
            | Self::Extended(_)
            | Self::ExtensionRefused(_)
            | Self::DemandAnswered(_)
            | Self::Signed(_)
            | Self::Concluded(_)
            | Self::ReviewAccepted
            | Self::ReviewDeclined(_)
            | Self::ReviewDecided(_)
            | Self::AnsweredInstead(_)
            | Self::SupervisionClosed(_)
            | Self::Executed(_)
            | Self::ReviewExtended(_) => None,
            Self::Track(fact) => fact.letter(),
            Self::Joint(fact) => fact.letter(),
            Self::Mediation(fact) => fact.letter(),
            Self::Wall(fact) => fact.letter(),
            Self::Aid(fact) => fact.letter(),
            Self::Urgent(fact) => fact.letter(),
            Self::Secrecy(fact) => fact.letter(),
            Self::Participation(fact) => fact.letter(),
            Self::Ladder(fact) => fact.letter(),
            Self::Rating(fact) => fact.letter(),
            Self::Repeat(fact) => fact.letter(),
            Self::Withdrawal(fact) => fact.letter(),
            Self::Inside(fact) => fact.letter(),
            Self::Correction(fact) => fact.letter(),
            Self::Publication(fact) => fact.letter(),
            Self::Hearing(fact) => fact.letter(),
            Self::Passing(fact) => fact.letter(),
            Self::Sponsorship(fact) => fact.letter(),
        }
    }
}
