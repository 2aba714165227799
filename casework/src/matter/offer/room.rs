//! Trials of the acts of the rooms beside the main road (各专项动作的试办).

use super::{Trial, paper, said};
use crate::matter::Command;
use crate::matter::aid::{self, AidKind, AidReferred, Authorised, AuthorityEnded};
use crate::matter::joint::{
    self, Arbiter, Contributed, ContributionAsked, ContributionReleased, Designated, Disputed,
    Succeeded,
};
use crate::matter::ladder::{
    self, Found, RecommendationAnswered, RecommendationKind, Recommended, Rung, SteppedUp,
    TrackedBecause, TrackerNamed,
};
use crate::matter::mediation::{self, Mediated, Settled, Way};
use crate::matter::participation::{
    self, Countersigned, EvidenceAdded, ObjectionAnswered, ObjectionRaised, ParticipationOpened,
    ResultAnnounced, SessionHeld, Side,
};
use crate::matter::rating::{self, Content, Rated};
use crate::matter::secrecy::{self, SecretCleared, SecretHandedOver, SecretSuspected};
use crate::matter::sponsorship::{
    self, Instructed, InstructionAnswered, PetitionerMet, PetitionerView, SolutionStudied,
    Sponsored, SponsoredFor, SponsorshipEnded, SponsorshipPlanned, SponsorshipResult,
    SubmittedToLeader,
};
use crate::matter::track::{
    self, AccusedIdentified, Branch, HandedOver, Retracked, Routed, Track, Unsealed,
};
use crate::matter::urgent::{self, MarkedUrgent, UrgentReported};
use crate::matter::wall::{self, RecusalAsked, RecusalDecided, RecusalGround};
use crate::org::UnitId;
use crate::role::Act;

impl Trial<'_> {
    /// A trial of an act of a room beside the main road.
    pub(super) fn room(&self, act: Act) -> Option<Command> {
        self.where_it_belongs(act)
            .or_else(|| self.both_sides(act))
            .or_else(|| self.investigation(act))
            .or_else(|| self.care(act))
            .or_else(|| self.leaders(act))
    }

    /// Trials of what concerns whose matter it is: tracks, several units, competence.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn where_it_belongs(&self, act: Act) -> Option<Command> {
        Some(match act {
            Act::Route => track::Command::Route(Routed {
                branch: Branch::ALL[0],
                procedure: said(),
                where_to: said(),
                basis: said(),
                within: said(),
                materials: said(),
            })
            .into(),
            Act::HandOver => track::Command::HandOver(HandedOver {
                ground: "T1".to_owned(),
                where_to: said(),
                number: said(),
            })
            .into(),
            Act::Retrack => track::Command::Retrack(Retracked {
                track: Track::ALL[0],
                accused: None,
                person: None,
                reason: said(),
            })
            .into(),
            Act::Unseal => track::Command::Unseal(Unsealed { reason: said() }).into(),
            Act::Identify => track::Command::Identify(AccusedIdentified {
                accused: None,
                person: None,
                reason: said(),
            })
            .into(),
            Act::AskContribution => joint::Command::AskContribution(ContributionAsked {
                unit: self.unit(),
                demands: vec![1],
                due_on: self.today,
                note: said(),
            })
            .into(),
            Act::Contribute => joint::Command::Contribute(Contributed {
                unit: self.context.actor.unit.clone(),
                text: said(),
                basis: said(),
                attachments: Vec::new(),
            })
            .into(),
            Act::ReleaseContribution => {
                let unit = self.matter.awaited().next().cloned();
                let unit = unit.unwrap_or_else(|| UnitId(said()));
                let released = ContributionReleased { unit, reason: said() };
                joint::Command::ReleaseContribution(released).into()
            }
            Act::Dispute => joint::Command::Dispute(Disputed { reason: said() }).into(),
            Act::Designate => {
                let above = self.context.directory.common_superior(&self.matter.objectors);
                joint::Command::Designate(Designated {
                    to: self.unit(),
                    arbiter: above.map_or(Arbiter::Conference, Arbiter::Superior),
                    number: said(),
                    reason: said(),
                })
                .into()
            }
            Act::Succeed => {
                let successor = self.unit();
                let succeeded = Succeeded { successor, number: said(), reason: said() };
                joint::Command::Succeed(succeeded).into()
            }
            _ => return None,
        })
    }

    /// Trials of what concerns the two sides: settlement, recusal, agents, help.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn both_sides(&self, act: Act) -> Option<Command> {
        Some(match act {
            Act::Mediate => mediation::Command::Mediate(Mediated {
                on: self.today,
                mediator: said(),
                consent: true,
                text: said(),
            })
            .into(),
            Act::Settle => mediation::Command::Settle(Settled {
                way: Way::ALL[0],
                number: said(),
                on: self.today,
                recipient: said(),
                consent: true,
                text: said(),
                done_by: self.today,
                attachments: Vec::new(),
            })
            .into(),
            Act::AskRecusal => wall::Command::AskRecusal(RecusalAsked {
                person: self.person(),
                person_unit: None,
                recusal_ground: RecusalGround::ALL[0],
                reason: said(),
            })
            .into(),
            Act::DecideRecusal => wall::Command::DecideRecusal(RecusalDecided {
                person: self.asked(),
                granted: true,
                reason: said(),
            })
            .into(),
            Act::Authorise => aid::Command::Authorise(Authorised {
                petition: self.petition(),
                text: said(),
                attachments: paper(),
            })
            .into(),
            Act::EndAuthority => {
                let ended = AuthorityEnded { petition: self.petition(), reason: said() };
                aid::Command::EndAuthority(ended).into()
            }
            Act::ReferAid => aid::Command::ReferAid(AidReferred {
                aid: AidKind::ALL[0],
                where_to: said(),
                text: said(),
                consent: true,
            })
            .into(),
            Act::Rate => rating::Command::Rate(Rated {
                petition: self.petition(),
                of_office: Content::ALL[0],
                of_unit: Content::ALL[0],
                note: said(),
            })
            .into(),
            _ => return None,
        })
    }

    /// Trials of what concerns an investigation in which petitioners take part.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn investigation(&self, act: Act) -> Option<Command> {
        let participation = self.matter.participation.as_ref();
        Some(match act {
            Act::OpenParticipation => {
                participation::Command::OpenParticipation(ParticipationOpened {
                    elected_on: self.today,
                    representatives: said(),
                    elected: 1,
                    names: Vec::new(),
                    members: said(),
                    text: said(),
                    attachments: Vec::new(),
                })
                .into()
            }
            Act::AddEvidence => participation::Command::AddEvidence(EvidenceAdded {
                side: Side::ALL[0],
                item: said(),
                text: said(),
                attachments: Vec::new(),
            })
            .into(),
            Act::HoldSession => participation::Command::HoldSession(SessionHeld {
                on: self.today,
                venue: said(),
                present: said(),
                interpreter: String::new(),
                text: said(),
                attachments: Vec::new(),
            })
            .into(),
            Act::Countersign => {
                let sessions = participation.map_or(&[][..], |part| &part.sessions);
                participation::Command::Countersign(Countersigned {
                    session: Self::open(sessions, |(_, signed)| signed.is_none()),
                    note: said(),
                    attachments: paper(),
                })
                .into()
            }
            Act::RaiseObjection => {
                let raised = ObjectionRaised { side: Side::ALL[0], text: said() };
                participation::Command::RaiseObjection(raised).into()
            }
            Act::AnswerObjection => {
                let objections = participation.map_or(&[][..], |part| &part.objections);
                let objection = Self::open(objections, |(_, _, answer)| answer.is_none());
                let answered = ObjectionAnswered { objection, text: said() };
                participation::Command::AnswerObjection(answered).into()
            }
            Act::AnnounceResult => participation::Command::AnnounceResult(ResultAnnounced {
                on: self.today,
                venue: said(),
                count: 1,
                text: said(),
            })
            .into(),
            _ => return None,
        })
    }

    /// Trials of what concerns what is urgent or may be secret, and what follows on neglect.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn care(&self, act: Act) -> Option<Command> {
        Some(match act {
            Act::MarkUrgent => urgent::Command::MarkUrgent(MarkedUrgent { reason: said() }).into(),
            Act::ReportUrgent => urgent::Command::ReportUrgent(UrgentReported {
                recipients: said(),
                text: said(),
                measures: said(),
                contact: said(),
            })
            .into(),
            Act::SuspectSecret => {
                secrecy::Command::SuspectSecret(SecretSuspected { reason: said() }).into()
            }
            Act::HandOverSecret => {
                let handed = SecretHandedOver { where_to: said(), number: said() };
                secrecy::Command::HandOverSecret(handed).into()
            }
            Act::ClearSecret => {
                secrecy::Command::ClearSecret(SecretCleared { reason: said() }).into()
            }
            Act::NameTracker => {
                let because = TrackedBecause::ALL[0];
                ladder::Command::NameTracker(TrackerNamed { tracker: said(), because }).into()
            }
            Act::RecordFinding => {
                ladder::Command::RecordFinding(Found { on: self.today, finding: said() }).into()
            }
            Act::Recommend => ladder::Command::Recommend(Recommended {
                recommendation: RecommendationKind::ALL[0],
                number: said(),
                // What is sealed opens to nobody new, so there it is whoever has it.
                to: if self.matter.sealed() { self.matter.holder.clone() } else { self.unit() },
                text: said(),
            })
            .into(),
            Act::AnswerRecommendation => {
                let open = |one: &&ladder::Recommendation| one.answered.is_none();
                let open = self.matter.recommendations.iter().find(open);
                ladder::Command::AnswerRecommendation(RecommendationAnswered {
                    number: open.map_or_else(said, |one| one.recommended.number.clone()),
                    adopted: true,
                    text: said(),
                })
                .into()
            }
            Act::StepUp => ladder::Command::StepUp(SteppedUp {
                rung: Rung::ALL[0],
                unit: self.own_unit(),
                number: said(),
                text: said(),
            })
            .into(),
            _ => return None,
        })
    }

    /// Trials of what concerns the leaders' part.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an act without a trial is offered and says itself what stands against it; a test walks them"
    )]
    fn leaders(&self, act: Act) -> Option<Command> {
        let leadership = &self.matter.leadership;
        Some(match act {
            Act::Sponsor => sponsorship::Command::Sponsor(Sponsored {
                leader: self.leader(),
                sponsored_for: SponsoredFor::ALL[0],
                due_on: self.today,
                note: said(),
            })
            .into(),
            Act::PlanSponsorship => {
                sponsorship::Command::PlanSponsorship(SponsorshipPlanned { text: said() }).into()
            }
            Act::MeetPetitioner => sponsorship::Command::MeetPetitioner(PetitionerMet {
                leader: self.leader(),
                on: self.today,
                venue: said(),
                text: said(),
                mediated: true,
            })
            .into(),
            Act::StudySolution => sponsorship::Command::StudySolution(SolutionStudied {
                leader: self.leader(),
                on: self.today,
                present: said(),
                text: said(),
            })
            .into(),
            Act::EndSponsorship => sponsorship::Command::EndSponsorship(SponsorshipEnded {
                result: SponsorshipResult::ALL[0],
                text: said(),
                view: PetitionerView::ALL[0],
            })
            .into(),
            Act::SubmitToLeader => sponsorship::Command::SubmitToLeader(SubmittedToLeader {
                leader: self.leader(),
                summary: said(),
                proposal: said(),
            })
            .into(),
            Act::Instruct => sponsorship::Command::Instruct(Instructed {
                leader: self.leader(),
                on: self.today,
                summary: said(),
                proposal: said(),
                text: said(),
                due_on: self.today,
                tracker: said(),
            })
            .into(),
            Act::AnswerInstruction => {
                let instruction =
                    Self::open(&leadership.instructions, |one| one.answered.is_none());
                let answered = InstructionAnswered { instruction, text: said() };
                sponsorship::Command::AnswerInstruction(answered).into()
            }
            _ => return None,
        })
    }
}
