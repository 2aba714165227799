//! Who sees and keeps which records of the duty side (责任台账权限).

use super::{Act, Denial};
use crate::duty::{Noun, Spine};
use crate::org::{Actor, Role};

/// Whether the record binds the actor, or the actor's unit.
fn theirs(actor: &Actor, spine: &Spine) -> bool {
    spine.person.as_ref() == Some(&actor.account) || spine.unit.as_ref() == Some(&actor.unit)
}

/// Whether the actor is one of the office's people who keep the records.
pub(crate) fn keeps(actor: &Actor) -> bool {
    actor.is(Role::RegistrationClerk) || actor.is(Role::OfficeHead)
}

/// Whether the actor is whom a case of accountability concerns: the official and the head of their unit, or
/// for a unit its head.
fn accused(actor: &Actor, spine: &Spine) -> bool {
    let heads = actor.is(Role::UnitHead) || actor.is(Role::OfficeHead) || actor.is(Role::Leader);
    spine.person.as_ref() == Some(&actor.account)
        || (heads && spine.unit.as_ref() == Some(&actor.unit))
}

/// Whether a record exists for the actor. What helps a household is known to whoever helps it alone; what
/// holds somebody accountable, to them and to the office's head; the rest to the county's offices, and to
/// whom it binds.
pub fn sees(actor: &Actor, noun: Noun, spine: &Spine) -> bool {
    let all = keeps(actor) || actor.is(Role::Leader) || actor.is(Role::Statistician);
    match noun {
        Noun::SupportContact => spine.person.as_ref() == Some(&actor.account),
        Noun::Accountability => actor.is(Role::OfficeHead) || accused(actor, spine),
        Noun::Seat
        | Noun::Tenure
        | Noun::Quota
        | Noun::Reception
        | Noun::Publicity
        | Noun::HouseRule => true,
        Noun::Outreach | Noun::Agreement | Noun::TaskForce | Noun::Conference | Noun::Campaign => {
            all || theirs(actor, spine) || spine.shared.contains(&actor.unit)
        }
    }
}

/// Whether the actor sees who comes on a reception day and about what: the office that receives them and the
/// leader of the day. Others see of it what they have to answer for.
pub fn sees_visitors(actor: &Actor, spine: &Spine) -> bool {
    keeps(actor) || theirs(actor, spine)
}

/// Whether the act may be done to this record.
pub(super) fn at_the_right_record(
    actor: &Actor,
    act: Act,
    (noun, spine): (Noun, &Spine),
) -> Result<(), Denial> {
    if !sees(actor, noun, spine) {
        return Err(Denial::Unseen);
    }
    let ok = match act {
        Act::KeepDuty => {
            let shares = spine.shared.contains(&actor.unit);
            keeps(actor) || theirs(actor, spine) || (noun == Noun::TaskForce && shares)
        }
        // Whoever promised something reports it, and the office does for them.
        Act::ReportDuty => {
            keeps(actor) || theirs(actor, spine) || spine.shared.contains(&actor.unit)
        }
        // The side that assesses draws up, signs and judges; the assessed side alone says what it thinks.
        Act::KeepAgreement => keeps(actor) || spine.shared.contains(&actor.unit),
        Act::CommentAgreement => spine.unit.as_ref() == Some(&actor.unit),
        Act::KeepContact => spine.person.as_ref() == Some(&actor.account),
        // Nobody decides about themselves.
        Act::HoldAccountable => spine.person.as_ref() != Some(&actor.account),
        // Whoever was held accountable appeals; for a unit, its head does.
        Act::Appeal => match &spine.person {
            Some(person) => *person == actor.account,
            None => accused(actor, spine),
        },
        // Looked at by whoever sees it; planned by whoever the table lets plan.
        Act::ViewDuty | Act::PlanDuty => true,
        // None of these is done to a record of the duty side.
        Act::Register
        | Act::Join
        | Act::Unjoin
        | Act::Supplement
        | Act::Reclassify
        | Act::Withdraw
        | Act::Refer
        | Act::Tell
        | Act::AnswerDirectly
        | Act::File
        | Act::Object
        | Act::Return
        | Act::Recall
        | Act::RefuseObjection
        | Act::Decline
        | Act::Accept
        | Act::TakeStep
        | Act::AskExtension
        | Act::Extend
        | Act::RefuseExtension
        | Act::AnswerDemand
        | Act::Sign
        | Act::Serve
        | Act::ServeNotice
        | Act::Conclude
        | Act::AskReview
        | Act::AcceptReview
        | Act::DeclineReview
        | Act::HoldHearing
        | Act::DecideReview
        | Act::ServeReview
        | Act::Supervise
        | Act::AnswerSupervision
        | Act::CloseSupervision
        | Act::Execute
        | Act::ExtendReview
        | Act::Route
        | Act::HandOver
        | Act::Retrack
        | Act::Unseal
        | Act::Identify
        | Act::AskContribution
        | Act::Contribute
        | Act::ReleaseContribution
        | Act::Dispute
        | Act::Succeed
        | Act::PostponeReport
        | Act::Designate
        | Act::Mediate
        | Act::Settle
        | Act::AskRecusal
        | Act::DecideRecusal
        | Act::Authorise
        | Act::EndAuthority
        | Act::ReferAid
        | Act::MarkUrgent
        | Act::ReportUrgent
        | Act::SuspectSecret
        | Act::HandOverSecret
        | Act::ClearSecret
        | Act::OpenParticipation
        | Act::AddEvidence
        | Act::HoldSession
        | Act::Countersign
        | Act::RaiseObjection
        | Act::AnswerObjection
        | Act::AnnounceResult
        | Act::NameTracker
        | Act::RecordFinding
        | Act::Recommend
        | Act::AnswerRecommendation
        | Act::StepUp
        | Act::Rate
        | Act::Sponsor
        | Act::PlanSponsorship
        | Act::MeetPetitioner
        | Act::StudySolution
        | Act::EndSponsorship
        | Act::SubmitToLeader
        | Act::Instruct
        | Act::AnswerInstruction
        | Act::ViewMatter
        | Act::IssueCode
        | Act::BreakSeal
        | Act::Unmask
        | Act::ViewReport
        | Act::Import
        | Act::ManageAccounts
        | Act::GrantRoles
        | Act::ManageCalendar
        | Act::ReadJournal => false,
    };
    if ok { Ok(()) } else { Err(Denial::HolderOnly) }
}
