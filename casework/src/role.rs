//! Who may do what (权限): one table, one function.
//!
//! [`allow`] answers for every act and role; what it refuses names its rule. [`scope`] says which
//! matters an actor sees at all; outside of it a matter does not exist.

use crate::matter::{Command, Matter, Step};
use crate::org::{Actor, Role, UnitId};
use crate::statute::Rule;

/// An act of the system (动作), from the commands of a matter to the reading of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// 登记.
    Register,
    /// 并入.
    Join,
    /// 分出.
    Unjoin,
    /// 补充材料.
    Supplement,
    /// 改类.
    Reclassify,
    /// 撤回, in the petitioner's name.
    Withdraw,
    /// 转送.
    Refer,
    /// 告知去向.
    Tell,
    /// 直接回复.
    AnswerDirectly,
    /// 存.
    File,
    /// 异议.
    Object,
    /// 同意退回.
    Return,
    /// 不同意退回.
    RefuseObjection,
    /// 不予受理.
    Decline,
    /// 受理.
    Accept,
    /// 记录调查.
    TakeStep,
    /// 申请延期.
    AskExtension,
    /// 批准延期.
    Extend,
    /// 不批准延期.
    RefuseExtension,
    /// 答复诉求.
    AnswerDemand,
    /// 签发.
    Sign,
    /// 送达.
    Serve,
    /// 送达告知书.
    ServeNotice,
    /// 办结.
    Conclude,
    /// 申请复查、复核.
    AskReview,
    /// 受理复查、复核.
    AcceptReview,
    /// 不受理复查、复核.
    DeclineReview,
    /// 听证.
    HoldHearing,
    /// 作出复查、复核意见.
    DecideReview,
    /// 送达复查、复核意见.
    ServeReview,
    /// 督办.
    Supervise,
    /// 反馈督办.
    AnswerSupervision,
    /// 督办销号.
    CloseSupervision,
    /// 记录执行.
    Execute,
    /// 查看事项.
    ViewMatter,
    /// 查看信访人身份信息, with a reason that is recorded.
    Unmask,
    /// 查看统计和报告.
    ViewReport,
    /// 导入台账.
    Import,
    /// 维护机构和账号.
    ManageAccounts,
    /// 授权、解锁、重置密码.
    GrantRoles,
    /// 维护工作日历.
    ManageCalendar,
    /// 查看日志.
    ReadJournal,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 42] = [
        Self::Register,
        Self::Join,
        Self::Unjoin,
        Self::Supplement,
        Self::Reclassify,
        Self::Withdraw,
        Self::Refer,
        Self::Tell,
        Self::AnswerDirectly,
        Self::File,
        Self::Object,
        Self::Return,
        Self::RefuseObjection,
        Self::Decline,
        Self::Accept,
        Self::TakeStep,
        Self::AskExtension,
        Self::Extend,
        Self::RefuseExtension,
        Self::AnswerDemand,
        Self::Sign,
        Self::Serve,
        Self::ServeNotice,
        Self::Conclude,
        Self::AskReview,
        Self::AcceptReview,
        Self::DeclineReview,
        Self::HoldHearing,
        Self::DecideReview,
        Self::ServeReview,
        Self::Supervise,
        Self::AnswerSupervision,
        Self::CloseSupervision,
        Self::Execute,
        Self::ViewMatter,
        Self::Unmask,
        Self::ViewReport,
        Self::Import,
        Self::ManageAccounts,
        Self::GrantRoles,
        Self::ManageCalendar,
        Self::ReadJournal,
    ];

    /// The act that a command is.
    pub fn of(command: &Command) -> Self {
        match command {
            Command::Join(_) => Self::Join,
            Command::Unjoin(_) => Self::Unjoin,
            Command::Supplement(_) => Self::Supplement,
            Command::Reclassify(_) => Self::Reclassify,
            Command::Withdraw(_) => Self::Withdraw,
            Command::Refer(_) => Self::Refer,
            Command::Tell(_) => Self::Tell,
            Command::AnswerDirectly(_) => Self::AnswerDirectly,
            Command::File(_) => Self::File,
            Command::Object(_) => Self::Object,
            Command::Return(_) => Self::Return,
            Command::RefuseObjection(_) => Self::RefuseObjection,
            Command::Decline(_) => Self::Decline,
            Command::Accept => Self::Accept,
            Command::TakeStep(_) => Self::TakeStep,
            Command::AskExtension(_) => Self::AskExtension,
            Command::Extend => Self::Extend,
            Command::RefuseExtension(_) => Self::RefuseExtension,
            Command::AnswerDemand(_) => Self::AnswerDemand,
            Command::Sign(_) => Self::Sign,
            Command::Serve(_) => Self::Serve,
            Command::ServeNotice(_) => Self::ServeNotice,
            Command::Conclude(_) => Self::Conclude,
            Command::AskReview(_) => Self::AskReview,
            Command::AcceptReview => Self::AcceptReview,
            Command::DeclineReview(_) => Self::DeclineReview,
            Command::HoldHearing(_) => Self::HoldHearing,
            Command::DecideReview(_) => Self::DecideReview,
            Command::ServeReview(_) => Self::ServeReview,
            Command::Supervise(_) => Self::Supervise,
            Command::AnswerSupervision(_) => Self::AnswerSupervision,
            Command::CloseSupervision(_) => Self::CloseSupervision,
            Command::Execute(_) => Self::Execute,
        }
    }
}

/// What an act is done to.
#[derive(Debug, Clone, Copy)]
pub enum Thing<'a> {
    /// The office as a whole.
    Office,
    /// One matter.
    Matter(&'a Matter),
}

/// Why an actor may not do an act (无权办理的理由).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// Only the letters-and-visits office does this (R22-14).
    OfficeOnly,
    /// Only the unit that has the matter does this (R22-05).
    HolderOnly,
    /// Only the head of the unit decides this (R22-34, R22-32).
    HeadOnly,
    /// The three administrators are kept apart from casework and from each other (GB/T 22239).
    Separated,
    /// The matter is not this actor's to see; it does not exist for them.
    Unseen,
}

impl Denial {
    /// The locale key and API code.
    pub fn word(self) -> &'static str {
        match self {
            Self::OfficeOnly => "office-only",
            Self::HolderOnly => "holder-only",
            Self::HeadOnly => "head-only",
            Self::Separated => "separated",
            Self::Unseen => "unseen",
        }
    }

    /// The rule it rests on.
    pub fn rule(self) -> Rule {
        Rule::from(match self {
            Self::OfficeOnly => "R22-14",
            Self::HolderOnly => "R22-05",
            Self::HeadOnly => "R22-34",
            Self::Separated => "GB22239-8.1.4.2",
            Self::Unseen => "R22-18d",
        })
    }
}

/// Which matters an actor sees (可见范围).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of the office's area.
    All,
    /// Those this unit has or had.
    Unit(UnitId),
    /// None at all.
    Nothing,
}

/// Which matters the actor sees.
pub fn scope(actor: &Actor) -> Scope {
    const ALL: [Role; 4] =
        [Role::RegistrationClerk, Role::OfficeHead, Role::Leader, Role::Statistician];
    if ALL.into_iter().any(|role| actor.is(role)) {
        Scope::All
    } else if actor.is(Role::UnitHandler) || actor.is(Role::UnitHead) {
        Scope::Unit(actor.unit.clone())
    } else {
        Scope::Nothing
    }
}

/// Whether the actor may do the act on the thing.
///
/// # Errors
/// The [`Denial`] that stands against it.
pub fn allow(actor: &Actor, act: Act, thing: Thing<'_>) -> Result<(), Denial> {
    let seen = match thing {
        Thing::Office => true,
        Thing::Matter(matter) => match scope(actor) {
            Scope::All => true,
            Scope::Unit(unit) => matter.units.contains(&unit),
            // The public reaches its own petition by number and query code, which the portal checks.
            Scope::Nothing => actor.is(Role::Public),
        },
    };
    if !seen {
        return Err(Denial::Unseen);
    }
    if actor.roles.iter().any(|role| grants(*role, act)) {
        return match thing {
            Thing::Matter(matter) => at_the_right_unit(actor, act, matter),
            Thing::Office => Ok(()),
        };
    }
    Err(missing(act))
}

/// The table: what a role may do, wherever it may do it.
fn grants(role: Role, act: Act) -> bool {
    use Act::*;
    match role {
        Role::RegistrationClerk => matches!(
            act,
            Register
                | Join
                | Unjoin
                | Supplement
                | Reclassify
                | Withdraw
                | Refer
                | Tell
                | AnswerDirectly
                | File
                | Return
                | RefuseObjection
                | Serve
                | ServeNotice
                | Conclude
                | AskReview
                | AcceptReview
                | DeclineReview
                | HoldHearing
                | ServeReview
                | Supervise
                | CloseSupervision
                | ViewMatter
                | Unmask
                | ViewReport
                | Import
        ),
        Role::OfficeHead => {
            grants(Role::RegistrationClerk, act) || matches!(act, ManageCalendar | DecideReview)
        }
        Role::UnitHandler => matches!(
            act,
            Object
                | Decline
                | Accept
                | TakeStep
                | AskExtension
                | AnswerDemand
                | Serve
                | ServeNotice
                | Conclude
                | AcceptReview
                | DeclineReview
                | HoldHearing
                | ServeReview
                | AnswerSupervision
                | Execute
                | ViewMatter
                | Unmask
                | Reclassify
        ),
        Role::UnitHead => {
            grants(Role::UnitHandler, act)
                || matches!(act, Extend | RefuseExtension | Sign | DecideReview)
        }
        Role::Leader => matches!(act, ViewMatter | ViewReport),
        Role::Statistician => matches!(act, ViewMatter | ViewReport),
        Role::SystemAdministrator => matches!(act, ManageAccounts),
        Role::SecurityAdministrator => matches!(act, GrantRoles),
        Role::AuditAdministrator => matches!(act, ReadJournal),
        Role::Public => matches!(act, Register | Supplement | Withdraw | AskReview),
    }
}

/// Unit acts belong to the unit that has the matter; serving and concluding to whoever answered.
fn at_the_right_unit(actor: &Actor, act: Act, matter: &Matter) -> Result<(), Denial> {
    use Act::*;
    let of_office = actor.unit == matter.office;
    let ok = match act {
        Object | Decline | Accept | TakeStep | AskExtension | Extend | RefuseExtension
        | AnswerDemand | Sign => actor.unit == matter.holder && !of_office,
        Serve | Conclude => {
            actor.unit == matter.holder
                || (of_office && matches!(matter.step, Step::Answered(_) | Step::Served(_)))
        }
        // The organ itself; or the office, which keeps the file of what a higher organ decides.
        AcceptReview | DeclineReview | HoldHearing | DecideReview | ServeReview => {
            of_office || actor.unit == matter.holder
        }
        AnswerSupervision => {
            matter.supervision().is_some_and(|running| running.supervised.unit == actor.unit)
        }
        Execute => matter.answered_by.as_ref() == Some(&actor.unit),
        ServeNotice => of_office || matter.notices.iter().any(|n| n.unit == actor.unit),
        Unmask => {
            let to_serve = matter.unserved().any(|notice| notice.unit == actor.unit);
            of_office || actor.unit == matter.holder || to_serve
        }
        Reclassify => of_office || actor.unit == matter.holder,
        // What the office does stands open to the office alone by the table; what is only looked at
        // or handed in is bounded by what the actor sees.
        Register | Join | Unjoin | Supplement | Withdraw | Refer | Tell | AnswerDirectly | File
        | Return | RefuseObjection | AskReview | Supervise | CloseSupervision | ViewMatter
        | ViewReport | Import | ManageAccounts | GrantRoles | ManageCalendar | ReadJournal => true,
    };
    if ok { Ok(()) } else { Err(Denial::HolderOnly) }
}

/// What to say to somebody none of whose roles grants the act.
fn missing(act: Act) -> Denial {
    use Act::*;
    match act {
        Extend | RefuseExtension | Sign | DecideReview => Denial::HeadOnly,
        Object | Decline | Accept | TakeStep | AskExtension | AnswerDemand | Serve
        | ServeNotice | Conclude | AcceptReview | DeclineReview | HoldHearing | ServeReview
        | AnswerSupervision | Execute => Denial::HolderOnly,
        ManageAccounts | GrantRoles | ReadJournal => Denial::Separated,
        _ => Denial::OfficeOnly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::AccountId;

    fn actor(role: Role) -> Actor {
        Actor {
            account: AccountId("a".to_owned()),
            login: String::new(),
            name: String::new(),
            unit: UnitId("office".to_owned()),
            roles: vec![role],
        }
    }

    /// Every role against every act on the office as a whole; the golden table of who may what.
    #[test]
    fn every_role_times_every_act() {
        let table: Vec<String> = Role::OF_ACCOUNTS
            .into_iter()
            .chain([Role::Public])
            .map(|role| {
                let row: String =
                    Act::ALL
                        .into_iter()
                        .map(|act| {
                            if allow(&actor(role), act, Thing::Office).is_ok() { 'x' } else { '.' }
                        })
                        .collect();
                format!("{row} {}", role.word())
            })
            .collect();
        let golden = [
            "xxxxxxxxxx.xx........xxxxxxx.xx.x.xxxx.... registration_clerk",
            "xxxxxxxxxx.xx........xxxxxxxxxx.x.xxxx..x. office_head",
            "....x.....x..xxxx..x.xxx.xxx.x.x.xxx...... unit_handler",
            "....x.....x..xxxxxxxxxxx.xxxxx.x.xxx...... unit_head",
            "..................................x.x..... leader",
            "..................................x.x..... statistician",
            "......................................x... system_administrator",
            ".......................................x.. security_administrator",
            ".........................................x audit_administrator",
            "x..x.x..................x................. public",
        ];
        assert_eq!(table, golden);
    }

    #[test]
    fn every_denial_names_a_rule() {
        for role in Role::OF_ACCOUNTS {
            for act in Act::ALL {
                if let Err(denial) = allow(&actor(role), act, Thing::Office) {
                    assert!(!denial.rule().0.is_empty());
                }
            }
        }
    }
}
