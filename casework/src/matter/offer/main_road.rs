//! Trials of the acts of the main road (主线动作的试办): intake, referral, handling, service, review, supervision.

use super::{Trial, said};
use crate::matter::Command;
use crate::matter::handling::{
    Accept, DemandAnswered, ExtensionAsked, ExtensionRefused, Outcome, Signed,
};
use crate::matter::inquiry::{InquiryKind, StepTaken};
use crate::matter::intake::{Reclassify, Supplement};
use crate::matter::notice::NoticeServed;
use crate::matter::referral::{Filed, Objected, Refer, ReportPostponed, ResultReported};
use crate::matter::review::{
    HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended, ReviewOutcome,
};
use crate::matter::service::Conclude;
use crate::matter::supervision::{
    Executed, Supervised, SupervisionAnswered, SupervisionClosed, SupervisionForm, Trigger,
};
use crate::org::UnitId;
use crate::petition::PetitionNumber;
use crate::statute::GroundCode;

impl Trial<'_> {
    /// Trials of the acts of the main road.
    pub(super) fn main_road(&self) -> Vec<Command> {
        [self.handling(), self.review(), self.of_each()].concat()
    }

    /// Trials of what is done to one petition or for one demand.
    fn of_each(&self) -> Vec<Command> {
        let of_petition = |petition: PetitionNumber| {
            Command::Supplement(Supplement { petition, text: said(), attachments: Vec::new() })
        };
        let done =
            |demand: u32| Command::Execute(Executed { demand, on: self.today, text: said() });
        let of_petitions = self.petitions().into_iter().map(of_petition);
        of_petitions.chain(self.demands().into_iter().map(done)).collect()
    }

    /// An answer that fits the matter's track.
    fn answer(&self) -> DemandAnswered {
        DemandAnswered {
            demand: 1,
            outcome: self.matter.track.outcomes().first().copied().unwrap_or(Outcome::Explain),
            text: said(),
            basis: said(),
            commitment: None,
        }
    }

    /// Trials of what concerns intake, referral, handling and service.
    fn handling(&self) -> Vec<Command> {
        vec![
            Command::Reclassify(Reclassify {
                category: self.matter.category.clone(),
                reason: said(),
            }),
            Command::ReportResult(ResultReported { number: said(), text: said() }),
            Command::PostponeReport(ReportPostponed {
                report_back_on: crate::calendar::tomorrow(self.today),
                reason: said(),
            }),
            Command::Refer(Refer {
                to: self.unit(),
                report_back_on: None,
                note: said(),
                despite: said(),
            }),
            Command::Tell(Self::told(GroundCode::OtherPower)),
            Command::File(Filed { ground: Some(GroundCode::NoDemand), reason: said() }),
            Command::Object(Objected { reason: said(), proposed: None }),
            Command::Return(Self::ruling()),
            Command::RefuseObjection(Self::ruling()),
            Command::Recall(Self::ruling()),
            Command::Decline(Self::told(GroundCode::OtherPower)),
            Command::Accept(Accept::default()),
            Command::TakeStep(StepTaken {
                on: self.today,
                inquiry: InquiryKind::Heard,
                petition: None,
                text: said(),
                interpreter: String::new(),
                attachments: Vec::new(),
            }),
            Command::AskExtension(ExtensionAsked { days: 1, reason: said() }),
            Command::Extend,
            Command::RefuseExtension(ExtensionRefused { reason: said() }),
            Command::AnswerDemand(self.answer()),
            Command::Sign(Signed { number: said(), new_facts: None, for_head: None }),
            Command::Serve(self.served()),
            Command::ServeNotice(NoticeServed {
                notice: self.matter.unserved().next().map_or(0, |notice| notice.ordinal),
                service: self.served(),
            }),
            Command::Conclude(Conclude { cause: None }),
        ]
    }

    /// Trials of what concerns review and supervision.
    fn review(&self) -> Vec<Command> {
        vec![
            Command::AskReview(ReviewAsked {
                organ: self
                    .matter
                    .reviewers(self.context.directory)
                    .first()
                    .map_or_else(|| UnitId(said()), |unit| unit.id.clone()),
                received_on: self.today,
                posted_on: None,
                reason: said(),
                petition: None,
                demands: Vec::new(),
                late_reason: Some(said()),
                attachments: Vec::new(),
            }),
            Command::AcceptReview,
            Command::DeclineReview(Self::told(GroundCode::OtherPower)),
            Command::HoldHearing(HearingHeld {
                from: self.today,
                until: self.today,
                host: said(),
                interpreter: String::new(),
                text: said(),
                closed_because: String::new(),
            }),
            Command::DecideReview(ReviewDecided {
                outcome: ReviewOutcome::Uphold,
                text: said(),
                basis: said(),
                number: said(),
            }),
            Command::AnswerInstead(self.answer()),
            Command::ServeReview(self.served()),
            Command::ExtendReview(ReviewExtended { days: 1, reason: said() }),
            Command::Supervise(Supervised {
                number: said(),
                form: SupervisionForm::ALL[0],
                trigger: Trigger::ALL[0],
                unit: self.own_unit(),
                text: said(),
                tracker: self.tracker(),
                members: Vec::new(),
            }),
            Command::AnswerSupervision(SupervisionAnswered { adopted: true, text: said() }),
            Command::CloseSupervision(SupervisionClosed { finding: said() }),
        ]
    }
}
