//! A line of the case file as it is read (案卷查阅): what lies sealed in it, and what only recognises somebody, is left
//! out. Every fact says so for itself.

use super::fact::{Entry, Fact};
use super::{correction, participation};
use crate::petition::Petition;

impl Entry {
    /// The line for whoever may read the file.
    pub fn for_readers(mut self) -> Self {
        match &mut self.fact {
            Fact::Registered(registered) => close(&mut registered.petition),
            Fact::Joined(joined) => close(&mut joined.petition),
            Fact::Participation(participation::Fact::ParticipationOpened(opened)) => {
                opened.names.clear();
            }
            Fact::Correction(correction::Fact::PartyCorrected(corrected)) => {
                corrected.sealed.withhold();
            }
            Fact::Correction(correction::Fact::PartyAdded(added)) => added.party.sealed.withhold(),
            Fact::Unjoined(_)
            | Fact::Merged(_)
            | Fact::ReportPostponed(_)
            | Fact::ResultReported(_)
            | Fact::Supplemented(_)
            | Fact::Reclassified(_)
            | Fact::Referred(_)
            | Fact::Told(_)
            | Fact::LedgerAnswerKept(_)
            | Fact::Filed(_)
            | Fact::Objected(_)
            | Fact::Returned(_)
            | Fact::ObjectionRefused(_)
            | Fact::Recalled(_)
            | Fact::Declined(_)
            | Fact::Accepted(_)
            | Fact::StepTaken(_)
            | Fact::ExtensionAsked(_)
            | Fact::Extended(_)
            | Fact::ExtensionRefused(_)
            | Fact::DemandAnswered(_)
            | Fact::Signed(_)
            | Fact::Served(_)
            | Fact::NoticeServed(_)
            | Fact::Concluded(_)
            | Fact::ReviewAsked(_)
            | Fact::ReviewAccepted
            | Fact::ReviewDeclined(_)
            | Fact::HearingHeld(_)
            | Fact::ReviewDecided(_)
            | Fact::AnsweredInstead(_)
            | Fact::ReviewServed(_)
            | Fact::Supervised(_)
            | Fact::SupervisionAnswered(_)
            | Fact::SupervisionClosed(_)
            | Fact::Executed(_)
            | Fact::ReviewExtended(_)
            | Fact::Track(_)
            | Fact::Joint(_)
            | Fact::Mediation(_)
            | Fact::Wall(_)
            | Fact::Aid(_)
            | Fact::Urgent(_)
            | Fact::Secrecy(_)
            | Fact::Participation(
                participation::Fact::EvidenceAdded(_)
                | participation::Fact::SessionHeld(_)
                | participation::Fact::Countersigned(_)
                | participation::Fact::ObjectionRaised(_)
                | participation::Fact::ObjectionAnswered(_)
                | participation::Fact::ResultAnnounced(_),
            )
            | Fact::Ladder(_)
            | Fact::Rating(_)
            | Fact::Repeat(_)
            | Fact::Withdrawal(_)
            | Fact::Passing(_)
            | Fact::Inside(_)
            | Fact::Correction(
                correction::Fact::Corrected(_)
                | correction::Fact::PartyStruck(_)
                | correction::Fact::FileCorrected(_)
                | correction::Fact::ServiceCorrected(_)
                | correction::Fact::OrganNamed(_)
                | correction::Fact::CorrectionAsked(_)
                | correction::Fact::CorrectionAnswered(_),
            )
            | Fact::Publication(_)
            | Fact::Hearing(_)
            | Fact::Sponsorship(_) => {}
        }
        self
    }
}

fn close(petition: &mut Petition) {
    petition.query_hash.withhold();
    for party in &mut petition.parties {
        party.sealed.withhold();
    }
    for accused in &mut petition.accused {
        accused.sealed.withhold();
    }
}
