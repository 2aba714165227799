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

/// What is done to a record of the duty side (责任台账动作).
enum Deed {
    ViewDuty,
    PlanDuty,
    KeepDuty,
    ReportDuty,
    KeepAgreement,
    CommentAgreement,
    KeepContact,
    HoldAccountable,
    Appeal,
    BookPlace,
}

impl Deed {
    /// What the act is, done to a record; most acts are done to something else.
    fn of(act: Act) -> Option<Self> {
        use Act::*;
        match act {
            ViewDuty => Some(Self::ViewDuty),
            PlanDuty => Some(Self::PlanDuty),
            KeepDuty => Some(Self::KeepDuty),
            ReportDuty => Some(Self::ReportDuty),
            KeepAgreement => Some(Self::KeepAgreement),
            CommentAgreement => Some(Self::CommentAgreement),
            KeepContact => Some(Self::KeepContact),
            HoldAccountable => Some(Self::HoldAccountable),
            Appeal => Some(Self::Appeal),
            BookPlace => Some(Self::BookPlace),
            Register | Join | Unjoin | Supplement | Reclassify | Withdraw | Refer | Tell
            | AnswerDirectly | File | Object | Return | Recall | RefuseObjection | Decline
            | Accept | TakeStep | AskExtension | Extend | RefuseExtension | AnswerDemand | Sign
            | Serve | ServeNotice | Conclude | AskReview | AcceptReview | DeclineReview
            | HoldHearing | DecideReview | ServeReview | Supervise | AnswerSupervision
            | CloseSupervision | Execute | ExtendReview | Route | HandOver | Retrack | Unseal
            | Identify | AskContribution | Contribute | ReleaseContribution | Dispute | Succeed
            | PostponeReport | Designate | Mediate | Settle | AskRecusal | DecideRecusal
            | Authorise | EndAuthority | ReferAid | MarkUrgent | ReportUrgent | SuspectSecret
            | HandOverSecret | ClearSecret | OpenParticipation | AddEvidence | HoldSession
            | Countersign | RaiseObjection | AnswerObjection | AnnounceResult | NameTracker
            | RecordFinding | Recommend | AnswerRecommendation | StepUp | Rate | Sponsor
            | PlanSponsorship | MeetPetitioner | StudySolution | EndSponsorship
            | SubmitToLeader | Instruct | AnswerInstruction | ViewMatter | IssueCode
            | BreakSeal | Unmask | ViewReport | Import | ManageAccounts | GrantRoles
            | ManageCalendar | ReadJournal | KeepToken => None,
        }
    }
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
    let Some(deed) = Deed::of(act) else { return Err(Denial::HolderOnly) };
    let ok = match deed {
        Deed::KeepDuty => {
            let shares = spine.shared.contains(&actor.unit);
            keeps(actor) || theirs(actor, spine) || (noun == Noun::TaskForce && shares)
        }
        // Whoever promised something reports it, and the office does for them.
        Deed::ReportDuty => {
            keeps(actor) || theirs(actor, spine) || spine.shared.contains(&actor.unit)
        }
        // The side that assesses draws up, signs and judges; the assessed side alone says what it thinks.
        Deed::KeepAgreement => keeps(actor) || spine.shared.contains(&actor.unit),
        Deed::CommentAgreement => spine.unit.as_ref() == Some(&actor.unit),
        Deed::KeepContact => spine.person.as_ref() == Some(&actor.account),
        // Nobody decides about themselves.
        Deed::HoldAccountable => spine.person.as_ref() != Some(&actor.account),
        // Whoever was held accountable appeals; for a unit, its head does.
        Deed::Appeal => match &spine.person {
            Some(person) => *person == actor.account,
            None => accused(actor, spine),
        },
        // A place is taken and called off on a reception day alone.
        Deed::BookPlace => noun == Noun::Reception,
        // Looked at by whoever sees it; planned by whoever the table lets plan.
        Deed::ViewDuty | Deed::PlanDuty => true,
    };
    if ok { Ok(()) } else { Err(Denial::HolderOnly) }
}
