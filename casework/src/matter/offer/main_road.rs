//! Trials of the acts of the main road (主线动作的试办): intake, referral, handling, service, review, supervision.

use super::{Trial, said};
use crate::matter::Command;
use crate::matter::handling::{
    Accept, DemandAnswered, DirectAnswer, ExtensionAsked, ExtensionRefused, Outcome, Signed,
    StepTaken,
};
use crate::matter::intake::{Reclassify, Supplement, Withdrawn};
use crate::matter::notice::NoticeServed;
use crate::matter::referral::{Filed, Objected, Refer, ReportPostponed};
use crate::matter::review::{
    HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended, ReviewOutcome,
};
use crate::matter::service::Conclude;
use crate::matter::supervision::{
    Executed, Supervised, SupervisionAnswered, SupervisionClosed, SupervisionForm, Trigger,
};
use crate::org::UnitId;
use crate::role::Act;

impl Trial<'_> {
    /// A trial of an act of the main road.
    pub(super) fn main_road(&self, act: Act) -> Option<Command> {
        self.handling(act).or_else(|| self.review(act))
    }

    /// Trials of what concerns intake, referral, handling and service.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn handling(&self, act: Act) -> Option<Command> {
        Some(match act {
            Act::Supplement => Command::Supplement(Supplement {
                petition: self.petition(),
                text: said(),
                attachments: Vec::new(),
            }),
            Act::Reclassify => Command::Reclassify(Reclassify {
                category: self.matter.category.clone(),
                reason: said(),
            }),
            Act::Withdraw => {
                Command::Withdraw(Withdrawn { petition: self.petition(), reason: said() })
            }
            Act::PostponeReport => Command::PostponeReport(ReportPostponed {
                report_back_on: crate::calendar::tomorrow(self.today),
                reason: said(),
            }),
            Act::Refer => {
                Command::Refer(Refer { to: self.unit(), report_back_on: None, note: said() })
            }
            Act::Tell => Command::Tell(Self::told("N01")),
            Act::AnswerDirectly => {
                Command::AnswerDirectly(DirectAnswer { text: said(), basis: said() })
            }
            Act::File => Command::File(Filed { reason: said() }),
            Act::Object => Command::Object(Objected { reason: said(), proposed: None }),
            Act::Return => Command::Return(Self::ruling()),
            Act::RefuseObjection => Command::RefuseObjection(Self::ruling()),
            Act::Recall => Command::Recall(Self::ruling()),
            Act::Decline => Command::Decline(Self::told("N01")),
            Act::Accept => Command::Accept(Accept::default()),
            Act::TakeStep => Command::TakeStep(StepTaken {
                on: self.today,
                text: said(),
                interpreter: String::new(),
                attachments: Vec::new(),
            }),
            Act::AskExtension => Command::AskExtension(ExtensionAsked { days: 1, reason: said() }),
            Act::Extend => Command::Extend,
            Act::RefuseExtension => Command::RefuseExtension(ExtensionRefused { reason: said() }),
            Act::AnswerDemand => Command::AnswerDemand(DemandAnswered {
                demand: 1,
                outcome: self.matter.track.outcomes().first().copied().unwrap_or(Outcome::Explain),
                text: said(),
                basis: said(),
                commitment: None,
            }),
            Act::Sign => Command::Sign(Signed { number: said(), new_facts: None }),
            Act::Serve => Command::Serve(self.served()),
            Act::ServeNotice => Command::ServeNotice(NoticeServed {
                notice: self.matter.unserved().next().map_or(0, |notice| notice.ordinal),
                service: self.served(),
            }),
            Act::Conclude => Command::Conclude(Conclude { cause: None }),
            _ => return None,
        })
    }

    /// Trials of what concerns review and supervision.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn review(&self, act: Act) -> Option<Command> {
        Some(match act {
            Act::AskReview => Command::AskReview(ReviewAsked {
                organ: self
                    .matter
                    .reviewers(self.context.directory)
                    .first()
                    .map_or_else(|| UnitId(said()), |unit| unit.id.clone()),
                received_on: self.today,
                posted_on: None,
                reason: said(),
                late_reason: Some(said()),
                attachments: Vec::new(),
            }),
            Act::AcceptReview => Command::AcceptReview,
            Act::DeclineReview => Command::DeclineReview(Self::told("N01")),
            Act::HoldHearing => Command::HoldHearing(HearingHeld {
                from: self.today,
                until: self.today,
                host: said(),
                interpreter: String::new(),
                text: said(),
                closed_because: String::new(),
            }),
            Act::DecideReview => Command::DecideReview(ReviewDecided {
                outcome: ReviewOutcome::Uphold,
                text: said(),
                basis: said(),
                number: said(),
            }),
            Act::ServeReview => Command::ServeReview(self.served()),
            Act::ExtendReview => Command::ExtendReview(ReviewExtended { days: 1, reason: said() }),
            Act::Supervise => Command::Supervise(Supervised {
                number: said(),
                form: SupervisionForm::ALL[0],
                trigger: Trigger::ALL[0],
                unit: self.own_unit(),
                text: said(),
                tracker: said(),
            }),
            Act::AnswerSupervision => {
                Command::AnswerSupervision(SupervisionAnswered { adopted: true, text: said() })
            }
            Act::CloseSupervision => {
                Command::CloseSupervision(SupervisionClosed { finding: said() })
            }
            Act::Execute => Command::Execute(Executed { demand: 1, on: self.today, text: said() }),
            _ => return None,
        })
    }
}
