//! Who the offices are (机构与人员): places, units, accounts and their roles.

use crate::code::code_list;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A place by its code (行政区划代码): GB/T 2260 down to the county, nine digits for a township,
/// twelve for a village or community.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Place(pub String);

impl Place {
    /// Whether this place lies in the other one, or is it.
    pub fn within(&self, other: &Self) -> bool {
        self.0.starts_with(other.stem())
    }

    /// The part of the code that all places within share.
    pub fn stem(&self) -> &str {
        match self.0.len() {
            6 if self.0.ends_with("0000") => self.0.get(..2).unwrap_or(&self.0),
            6 if self.0.ends_with("00") => self.0.get(..4).unwrap_or(&self.0),
            12 if self.0.ends_with("000") => self.0.get(..9).unwrap_or(&self.0),
            _ => &self.0,
        }
    }
}

/// A unit (机关、单位) by its short stable name.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct UnitId(pub String);

/// An account (账号) by its id.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct AccountId(pub String);

/// A post (职务) within a unit, by its short stable name; duties such as quotas are set for posts.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct PostId(pub String);

/// A map by one of these can be asked by its text.
macro_rules! by_text {
    ($($id:ident),+) => {
        $(impl std::borrow::Borrow<str> for $id {
            fn borrow(&self) -> &str {
                &self.0
            }
        })+
    };
}

by_text!(Place, UnitId, AccountId, PostId);

code_list! {
    /// How far up a place lies (区划级别).
    pub enum Level {
        /// 省.
        Province = "province",
        /// 市.
        City = "city",
        /// 县.
        County = "county",
        /// 乡镇、街道.
        Township = "township",
        /// 村、社区.
        Village = "village",
    }
}

/// A place of the area (区划).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    /// Its code.
    pub code: Place,
    /// Its name.
    pub name: String,
    /// How far up.
    pub level: Level,
    /// The place it lies in.
    pub parent: Option<Place>,
}

/// A unit as the directory holds it (机构).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its short stable name.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// Short name, for lists and document numbers.
    pub short: String,
    /// What kind.
    pub kind: UnitKind,
    /// Its place.
    pub place: Place,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// The organ of the same line one level up (上级业务主管部门), such as the city's bureau of a county's; it may review
    /// what the unit answers (R05-34, R22-35).
    pub guided_by: Option<UnitId>,
    /// Telephone for petitioners.
    pub phone: String,
    /// Address for petitioners.
    pub address: String,
}

/// A post as the directory holds it (职务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its short stable name.
    pub id: PostId,
    /// Its unit.
    pub unit: UnitId,
    /// Its name, such as `副县长`.
    pub name: String,
    /// Posts are listed by rank, then by id.
    pub rank: u32,
}

code_list! {
    /// What kind of unit it is (单位类别).
    pub enum UnitKind {
        /// 信访局: the letters-and-visits office itself; one in an installation.
        Office = "office",
        /// 县委、县政府及其办公室.
        County = "county",
        /// 部门: a bureau.
        Bureau = "bureau",
        /// 乡镇人民政府.
        Township = "township",
        /// 村（居）民委员会.
        Village = "village",
        /// 上级机关.
        Superior = "superior",
        /// 纪检监察机关: receives accusations, and nothing else through this channel.
        Discipline = "discipline",
        /// 人民法院、人民检察院: sits in conferences, and receives nothing through this channel.
        Judicial = "judicial",
    }
}

/// What a person may do here (角色). A person may hold several, except that the three
/// administrators exclude each other and everything else (GB/T 22239 8.1.4.2).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 接访登记: registers and disposes at the office.
    RegistrationClerk,
    /// 信访局负责人.
    OfficeHead,
    /// 单位承办人.
    UnitHandler,
    /// 单位负责人.
    UnitHead,
    /// 县领导.
    Leader,
    /// 统计员.
    Statistician,
    /// 系统管理员: units and accounts, but not who may do what.
    SystemAdministrator,
    /// 安全管理员: who may do what, locks and resets.
    SecurityAdministrator,
    /// 审计管理员: reads the journal.
    AuditAdministrator,
    /// 信访人 or anyone from the street, through the portal.
    Public,
}

impl Role {
    /// Every role that an account may hold.
    pub const OF_ACCOUNTS: [Self; 9] = [
        Self::RegistrationClerk,
        Self::OfficeHead,
        Self::UnitHandler,
        Self::UnitHead,
        Self::Leader,
        Self::Statistician,
        Self::SystemAdministrator,
        Self::SecurityAdministrator,
        Self::AuditAdministrator,
    ];

    /// The word used in storage, in the API and as a locale key.
    pub fn word(self) -> &'static str {
        match self {
            Self::RegistrationClerk => "registration_clerk",
            Self::OfficeHead => "office_head",
            Self::UnitHandler => "unit_handler",
            Self::UnitHead => "unit_head",
            Self::Leader => "leader",
            Self::Statistician => "statistician",
            Self::SystemAdministrator => "system_administrator",
            Self::SecurityAdministrator => "security_administrator",
            Self::AuditAdministrator => "audit_administrator",
            Self::Public => "public",
        }
    }

    /// The role of this word, for accounts.
    pub fn parse(word: &str) -> Option<Self> {
        Self::OF_ACCOUNTS.into_iter().find(|role| role.word() == word)
    }

    /// Whether whoever holds it works on matters, and does not only look at them.
    pub fn works(self) -> bool {
        match self {
            Self::RegistrationClerk | Self::OfficeHead | Self::UnitHandler | Self::UnitHead => true,
            Self::Leader
            | Self::Statistician
            | Self::SystemAdministrator
            | Self::SecurityAdministrator
            | Self::AuditAdministrator
            | Self::Public => false,
        }
    }

    /// Whether whoever holds it heads a unit or the office.
    pub fn heads(self) -> bool {
        matches!(self, Self::OfficeHead | Self::UnitHead)
    }

    /// Whether this is one of the three separated administrators (三员).
    pub fn administers(self) -> bool {
        matches!(
            self,
            Self::SystemAdministrator | Self::SecurityAdministrator | Self::AuditAdministrator
        )
    }
}

/// Whom the case file names for what came through the portal (信访人自助).
pub const PORTAL: &str = "portal";

/// Whom the journal names for what was done at the command line (命令行).
pub const PROGRAM: &str = "huiyin";

/// Who acts (经办人): an account with its unit and roles, or the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; `portal` for the public.
    pub account: AccountId,
    /// What is typed to sign in, under which the journal names the actor.
    pub login: String,
    /// The person's name as the case file shows it.
    pub name: String,
    /// The unit; the office itself for what comes through the portal.
    pub unit: UnitId,
    /// Roles held.
    pub roles: Vec<Role>,
}

impl Actor {
    /// Whether the actor holds the role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the actor works on matters, and does not only look at them.
    pub fn works(&self) -> bool {
        self.roles.iter().any(|role| role.works())
    }

    /// Whether the actor heads a unit or the office.
    pub fn heads(&self) -> bool {
        self.roles.iter().any(|role| role.heads())
    }

    /// The program itself, at the command line (命令行): it holds no role, and its deeds stand in the journal.
    pub fn program(office: UnitId) -> Self {
        Self {
            account: AccountId(PROGRAM.to_owned()),
            login: PROGRAM.to_owned(),
            name: String::new(),
            unit: office,
            roles: Vec::new(),
        }
    }

    /// Someone from the street, writing to the office (信访人自助).
    pub fn public(office: UnitId) -> Self {
        Self {
            account: AccountId(PORTAL.to_owned()),
            login: PORTAL.to_owned(),
            name: String::new(),
            unit: office,
            roles: vec![Role::Public],
        }
    }
}

/// Somebody is away, and somebody of their unit stands in for them (请假代理): what lies in their hands lies in the
/// other's too, and who stands in for a head decides and signs as the head does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Its id.
    pub id: String,
    /// Who is away.
    pub person: AccountId,
    /// Who stands in.
    pub deputy: AccountId,
    /// First day, office-local.
    pub from: Date,
    /// Last day; before the first for one that was called off.
    pub until: Date,
}

impl Absence {
    /// Whether they are away on a day.
    pub fn covers(&self, on: Date) -> bool {
        self.from <= on && on <= self.until
    }

    /// Whether they are away on one of these days too; what was called off meets nothing.
    pub fn meets(&self, other: &Self) -> bool {
        let first = self.from.max(other.from);
        self.covers(first) && other.covers(first)
    }

    /// Who of the two can't be what they are to be on these days, since another absence stands: nobody is away twice,
    /// nor while somebody counts on them, and whoever stands in is there.
    pub fn clash(&self, known: &Self) -> Option<&AccountId> {
        if !self.meets(known) {
            return None;
        }
        if [&known.person, &known.deputy].contains(&&self.person) {
            return Some(&self.person);
        }
        (known.person == self.deputy).then_some(&self.deputy)
    }
}

/// Whether these roles may be held together (三员分立).
pub fn compatible(roles: &[Role]) -> bool {
    let administrators = roles.iter().filter(|role| role.administers()).count();
    administrators == 0 || roles.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_nest_by_code() {
        let place = |code: &str| Place(code.to_owned());
        assert!(place("539921103204").within(&place("539921103")));
        assert!(place("539921103").within(&place("539921")));
        assert!(place("539921").within(&place("539900")));
        assert!(place("539921").within(&place("530000")));
        assert!(!place("539922").within(&place("539921")));
    }

    #[test]
    fn administrators_stand_alone() {
        assert!(compatible(&[Role::RegistrationClerk, Role::OfficeHead]));
        assert!(compatible(&[Role::AuditAdministrator]));
        assert!(!compatible(&[Role::AuditAdministrator, Role::SystemAdministrator]));
        assert!(!compatible(&[Role::SecurityAdministrator, Role::OfficeHead]));
    }
}
