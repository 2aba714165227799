//! The table of rights (权限表): what each role may do, wherever it may do it.

use super::Act;
use crate::org::Role;

/// 接访登记: takes in, passes on, serves, supervises.
const CLERK: &[Act] = &[
    Act::Register,
    Act::Join,
    Act::Unjoin,
    Act::Supplement,
    Act::Reclassify,
    Act::Withdraw,
    Act::Refer,
    Act::Tell,
    Act::AnswerDirectly,
    Act::File,
    Act::Return,
    Act::RefuseObjection,
    Act::Serve,
    Act::ServeNotice,
    Act::Conclude,
    Act::AskReview,
    Act::AcceptReview,
    Act::DeclineReview,
    Act::HoldHearing,
    Act::ServeReview,
    Act::Supervise,
    Act::CloseSupervision,
    Act::HandOver,
    Act::Retrack,
    Act::AskContribution,
    Act::ReleaseContribution,
    Act::Dispute,
    Act::PostponeReport,
    Act::AskRecusal,
    Act::Authorise,
    Act::EndAuthority,
    Act::ReferAid,
    Act::MarkUrgent,
    Act::ReportUrgent,
    Act::SuspectSecret,
    Act::AddEvidence,
    Act::Countersign,
    Act::RaiseObjection,
    Act::NameTracker,
    Act::RecordFinding,
    Act::Recommend,
    Act::StepUp,
    Act::Sponsor,
    Act::SubmitToLeader,
    Act::PlanSponsorship,
    Act::MeetPetitioner,
    Act::StudySolution,
    Act::EndSponsorship,
    Act::Instruct,
    Act::ViewMatter,
    Act::IssueCode,
    Act::BreakSeal,
    Act::Unmask,
    Act::ViewDuty,
    Act::PlanDuty,
    Act::KeepDuty,
    Act::ReportDuty,
    Act::KeepAgreement,
    Act::Appeal,
    Act::ViewReport,
    Act::Import,
];

/// 信访局负责人: what a clerk may, and what only the head decides.
const OFFICE_HEAD: &[Act] = &[
    Act::HoldAccountable,
    Act::Recall,
    Act::ManageCalendar,
    Act::DecideReview,
    Act::ExtendReview,
    Act::Unseal,
    Act::Identify,
    Act::Succeed,
    Act::Designate,
    Act::DecideRecusal,
    Act::HandOverSecret,
    Act::ClearSecret,
];

/// 单位承办人.
const HANDLER: &[Act] = &[
    Act::Object,
    Act::Decline,
    Act::Accept,
    Act::TakeStep,
    Act::AskExtension,
    Act::AnswerDemand,
    Act::Serve,
    Act::ServeNotice,
    Act::Conclude,
    Act::AcceptReview,
    Act::DeclineReview,
    Act::HoldHearing,
    Act::ServeReview,
    Act::AnswerSupervision,
    Act::Execute,
    Act::Route,
    Act::HandOver,
    Act::AskContribution,
    Act::Contribute,
    Act::ReleaseContribution,
    Act::Mediate,
    Act::AskRecusal,
    Act::Authorise,
    Act::EndAuthority,
    Act::ReferAid,
    Act::MarkUrgent,
    Act::ReportUrgent,
    Act::SuspectSecret,
    Act::OpenParticipation,
    Act::AddEvidence,
    Act::HoldSession,
    Act::RaiseObjection,
    Act::AnswerObjection,
    Act::AnnounceResult,
    Act::AnswerRecommendation,
    Act::AnswerInstruction,
    Act::ViewDuty,
    Act::KeepDuty,
    Act::ReportDuty,
    Act::Appeal,
    Act::ViewMatter,
    Act::Unmask,
    Act::Reclassify,
];

/// 单位负责人: what a handler may, and what only the head decides.
const UNIT_HEAD: &[Act] = &[
    Act::KeepAgreement,
    Act::CommentAgreement,
    Act::Extend,
    Act::RefuseExtension,
    Act::Sign,
    Act::Settle,
    Act::DecideReview,
    Act::ExtendReview,
    Act::DecideRecusal,
    Act::HandOverSecret,
    Act::ClearSecret,
];

/// 县领导: looks at what the county has, and leads what is theirs.
const LEADER: &[Act] = &[
    Act::PlanSponsorship,
    Act::MeetPetitioner,
    Act::StudySolution,
    Act::EndSponsorship,
    Act::Instruct,
    Act::DecideRecusal,
    Act::ViewDuty,
    Act::KeepDuty,
    Act::ReportDuty,
    Act::KeepContact,
    Act::Appeal,
    Act::ViewMatter,
    Act::ViewReport,
    Act::BreakSeal,
];

/// 信访人, on their own petition.
const PUBLIC: &[Act] = &[
    Act::Register,
    Act::Supplement,
    Act::Withdraw,
    Act::AskReview,
    Act::AddEvidence,
    Act::Countersign,
    Act::RaiseObjection,
    Act::Rate,
    Act::BookPlace,
];

/// Whether the role grants the act.
pub(super) fn grants(role: Role, act: Act) -> bool {
    // Whoever has an account may let a program of theirs act for them.
    if act == Act::KeepToken {
        return role != Role::Public;
    }
    let granted = |lists: &[&[Act]]| lists.iter().any(|list| list.contains(&act));
    match role {
        Role::RegistrationClerk => granted(&[CLERK]),
        Role::OfficeHead => granted(&[CLERK, OFFICE_HEAD]),
        Role::UnitHandler => granted(&[HANDLER]),
        Role::UnitHead => granted(&[HANDLER, UNIT_HEAD]),
        Role::Leader => granted(&[LEADER]),
        Role::Statistician => {
            granted(&[&[Act::ViewMatter, Act::ViewDuty, Act::ViewReport, Act::Appeal]])
        }
        Role::SystemAdministrator => act == Act::ManageAccounts,
        Role::SecurityAdministrator => act == Act::GrantRoles,
        Role::AuditAdministrator => act == Act::ReadJournal,
        Role::Public => granted(&[PUBLIC]),
    }
}
