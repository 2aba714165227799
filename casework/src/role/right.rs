//! What the table of acts says of an act (权限): by whom it is done, and at which matters or records.

use super::Denial;
use super::duty::{accused, keeps, theirs};
use crate::duty::{Noun, Spine};
use crate::matter::{Matter, Step};
use crate::org::{Actor, Role};

/// Who may do an act, where, and what is said to whoever may not (权限).
pub(super) struct Right {
    /// By whom; one of these is enough.
    pub by: &'static [Who],
    /// At which matters or records.
    pub at: Where,
    /// What is said to somebody none of whose roles grants it.
    pub denial: Denial,
}

/// By whom (权限主体); a head may what those under them may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// 信访局工作人员.
    Clerk,
    /// 信访局负责人 alone.
    Head,
    /// 单位承办人.
    Handler,
    /// 单位负责人 alone.
    UnitHead,
    /// 县领导.
    Leader,
    /// 统计员.
    Statistician,
    /// 信访人, on their own petition.
    Petitioner,
    /// 系统管理员.
    System,
    /// 安全管理员.
    Security,
    /// 审计管理员.
    Audit,
    /// Whoever has an account.
    Everybody,
}

impl Who {
    /// Whether the actor is meant; whoever has an account is, before anybody gave them a role.
    pub fn holds(self, actor: &Actor) -> bool {
        let everybody = self == Self::Everybody && !actor.is(Role::Public);
        everybody || actor.roles.iter().any(|role| self.is(*role))
    }

    /// Whether somebody with this role is meant.
    fn is(self, role: Role) -> bool {
        match self {
            Self::Clerk => matches!(role, Role::RegistrationClerk | Role::OfficeHead),
            Self::Head => role == Role::OfficeHead,
            Self::Handler => matches!(role, Role::UnitHandler | Role::UnitHead),
            Self::UnitHead => role == Role::UnitHead,
            Self::Leader => role == Role::Leader,
            Self::Statistician => role == Role::Statistician,
            Self::Petitioner => role == Role::Public,
            Self::System => role == Role::SystemAdministrator,
            Self::Security => role == Role::SecurityAdministrator,
            Self::Audit => role == Role::AuditAdministrator,
            Self::Everybody => role != Role::Public,
        }
    }
}

/// At which matters an act may be done (办理权限范围); an act on records is done at any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// What the office does stands open to the office alone by its roles; what is only looked at or handed in is
    /// bounded by what the actor sees.
    Anywhere,
    /// At the unit that answers it.
    Handling,
    /// At the unit that leads the joint investigation.
    Investigating,
    /// At whoever has it: the office, or the unit that it came to.
    Having,
    /// By whoever works where it is; a leader at what the office answers of their own mailbox.
    Drafting,
    /// By whoever heads where it is; a leader as in [`Self::Drafting`].
    Signing,
    /// At the office, at the unit that has it, or the one that owes an answer to a request for correction.
    Correcting,
    /// At the office, or by the leader in whose mailbox it lay.
    Mailbox,
    /// At a matter that is sealed.
    Sealed,
    /// At the office.
    Office,
    /// At the office, or the unit that has it.
    OfficeOrUnit,
    /// At the office, at the unit that has it, or by the petitioner.
    Concerned,
    /// Not by the unit that investigates: it does not sign for the petitioners.
    NotHandling,
    /// By the head of whoever is asked to keep out; the office's head where a unit has no other; and a leader where
    /// the office's own people are meant, whose head can't decide about themselves.
    DecidingRecusal,
    /// At a unit whose contribution is awaited.
    Contributing,
    /// At a unit with a recommendation that is not answered.
    Recommended,
    /// At the unit that has it, or at the office for what it answered itself.
    Answering,
    /// While it is handled, at the unit; at a review, at the organ, or at the office, which keeps the file of what a
    /// higher organ decides.
    Hearing,
    /// At a unit that owes a report of the result.
    Reporting,
    /// At the unit that is supervised.
    Supervised,
    /// By the office for the leader, or by the leader who sponsors it.
    Sponsoring,
    /// At a unit with an instruction that is not answered.
    Instructed,
    /// At the unit that gave the answer.
    Bound,
    /// At the office, or the unit that made a notice.
    Notifying,
    /// At the office, or the unit that owes it to who came again where the matter accuses the office.
    Telling,
    /// At the office, the unit that has it, or one with a notice to serve.
    Identifying,
    /// At records of the duty side.
    Record(Record),
}

impl Where {
    /// Whether it fits an actor at a matter.
    pub fn fits(self, actor: &Actor, matter: &Matter) -> bool {
        let of_office = actor.unit == matter.office;
        let has = actor.unit == matter.holder;
        let addressed = actor.is(Role::Leader) && matter.addressed_to(&actor.account);
        match self {
            Self::Anywhere | Self::Record(_) => true,
            Self::Handling => has && !of_office,
            Self::Investigating => {
                matter.participation.as_ref().is_some_and(|one| one.unit == actor.unit)
            }
            Self::Having => has,
            Self::Drafting => {
                (has && actor.works()) || (addressed && matter.holder == matter.office)
            }
            Self::Signing => {
                (has && actor.heads()) || (addressed && matter.holder == matter.office)
            }
            Self::Correcting => of_office || has || matter.owes_correction(&actor.unit),
            Self::Mailbox => of_office || addressed,
            Self::Sealed => matter.sealed(),
            Self::Office => of_office,
            Self::OfficeOrUnit => of_office || has,
            Self::Concerned => of_office || has || actor.is(Role::Public),
            Self::NotHandling => of_office || actor.is(Role::Public),
            Self::DecidingRecusal => {
                let leads = actor.is(Role::Leader) && matter.asked_of(&matter.office);
                of_office || matter.asked_of(&actor.unit) || leads
            }
            Self::Contributing => matter.awaited().any(|unit| *unit == actor.unit),
            Self::Recommended => {
                matter.recommendations.iter().any(|one| one.waits_for(&actor.unit))
            }
            Self::Answering => {
                has || (of_office && matches!(matter.step, Step::Answered(_) | Step::Served(_)))
            }
            Self::Hearing if matter.step == Step::Accepted => has,
            Self::Hearing => of_office || has,
            Self::Reporting => matter.owes_report(&actor.unit),
            Self::Supervised => {
                matter.supervision().is_some_and(|running| running.supervised.unit == actor.unit)
            }
            Self::Sponsoring => of_office || matter.sponsor() == Some(&actor.account),
            Self::Instructed => {
                matter.leadership.instructions.iter().any(|one| one.waits_for(&actor.unit))
            }
            Self::Bound => matter.answered_by.as_ref() == Some(&actor.unit),
            Self::Notifying => of_office || matter.notices.iter().any(|n| n.unit == actor.unit),
            Self::Telling => of_office || matter.tells_repeats(&actor.unit),
            Self::Identifying => {
                let to_serve = matter.unserved().any(|notice| notice.unit == actor.unit);
                of_office || has || to_serve
            }
        }
    }
}

/// At which records of the duty side an act may be done (台账权限范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Record {
    /// Looked at by whoever sees it.
    ViewDuty,
    /// Planned by whoever the table lets plan.
    PlanDuty,
    /// Kept by the office, and by whom it binds.
    KeepDuty,
    /// Whoever promised something reports it, and the office does for them.
    ReportDuty,
    /// The side that assesses draws up, signs and judges.
    KeepAgreement,
    /// The assessed side alone says what it thinks.
    CommentAgreement,
    /// Whoever helps, alone.
    KeepContact,
    /// Nobody decides about themselves.
    HoldAccountable,
    /// Whoever was held accountable appeals; for a unit, its head does.
    Appeal,
    /// A place is taken and called off on a reception day alone.
    BookPlace,
}

impl Record {
    /// Whether it fits an actor at a record.
    pub fn fits(self, actor: &Actor, noun: Noun, spine: &Spine) -> bool {
        let shares = spine.shared.contains(&actor.unit);
        match self {
            Self::ViewDuty | Self::PlanDuty => true,
            Self::KeepDuty => {
                keeps(actor) || theirs(actor, spine) || (noun == Noun::TaskForce && shares)
            }
            Self::ReportDuty => keeps(actor) || theirs(actor, spine) || shares,
            Self::KeepAgreement => keeps(actor) || shares,
            Self::CommentAgreement => spine.unit.as_ref() == Some(&actor.unit),
            Self::KeepContact => spine.person.as_ref() == Some(&actor.account),
            Self::HoldAccountable => spine.person.as_ref() != Some(&actor.account),
            Self::Appeal => match &spine.person {
                Some(person) => *person == actor.account,
                None => accused(actor, spine),
            },
            Self::BookPlace => noun == Noun::Reception,
        }
    }
}
