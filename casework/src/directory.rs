//! The county as the law sees it (机构名录): places, units, posts and people, and what follows from how they stand to
//! each other: who stands above whom, who may get a matter, decide between units, and review. A value, taken once
//! in the transaction of an act.

use crate::category::head::ProblemHead;
use crate::category::{Category, Dated};
use crate::org::{
    Absence, AccountId, Actor, Jurisdiction, Level, Place, Post, PostId, Role, Unit, UnitId,
    UnitKind,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody with an account (人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as the case file shows it.
    pub name: String,
    /// The unit.
    pub unit: UnitId,
    /// The post, if they hold one.
    pub post: Option<PostId>,
    /// Roles held; none once the account is closed.
    pub roles: Vec<Role>,
}

impl Person {
    /// Whether they work on matters.
    pub fn works(&self) -> bool {
        self.roles.iter().any(|role| role.works())
    }
}

/// What a unit was until a day (单位曾用名): called, reached, and under whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerUnit {
    /// The unit as it was.
    pub unit: Unit,
    /// The last day, office-local.
    pub until: Date,
}

/// Places, units, posts, people and categories (机构名录).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    /// Units by id.
    pub units: BTreeMap<UnitId, Unit>,
    /// What units were before, by unit and day.
    pub former_units: Vec<FormerUnit>,
    /// Places by code.
    pub places: BTreeMap<Place, Jurisdiction>,
    /// Posts by id.
    pub posts: BTreeMap<PostId, Post>,
    /// Categories of all trees, by path.
    pub categories: Vec<Dated>,
    /// Problem heads of all tables, each table's in its order.
    pub problem_heads: Vec<ProblemHead>,
    /// People by account, those whose account is closed included: the case file names them.
    pub people: BTreeMap<AccountId, Person>,
    /// Who is or was away, and who stands in.
    pub absences: Vec<Absence>,
    /// Whose mailboxes are open.
    pub mailboxes: BTreeSet<AccountId>,
}

impl Directory {
    /// Whether a unit was another on a day than it is now.
    pub fn changed_since(&self, on: Date) -> bool {
        self.former_units.iter().any(|former| on <= former.until)
    }

    /// The directory with every unit as it was on a day (当日名录): what was made then says what
    /// it said then.
    #[must_use]
    pub fn as_of(mut self, on: Date) -> Self {
        // The first that held on that day or later is the one that held on it.
        for former in self.former_units.iter().rev().filter(|former| on <= former.until) {
            self.units.insert(former.unit.id.clone(), former.unit.clone());
        }
        self
    }

    /// The categories in force on a day, by path.
    pub fn categories(&self, on: Date) -> Vec<Category> {
        let in_force = self.categories.iter().filter(|dated| dated.in_force(on));
        in_force.map(|dated| dated.category.clone()).collect()
    }

    /// The problem heads in force on a day, in the order of the report.
    pub fn problem_heads(&self, on: Date) -> Vec<ProblemHead> {
        self.problem_heads.iter().filter(|head| head.in_force(on)).cloned().collect()
    }

    /// The leaders to whom everybody may write (领导信箱): whose mailbox is open, and who is a leader still.
    pub fn open_mailboxes(&self) -> impl Iterator<Item = (&AccountId, &Person)> {
        let open = |one: &(&AccountId, &Person)| self.mailboxes.contains(one.0);
        self.holding(Role::Leader).filter(open)
    }

    /// A unit's name; its id if it is gone.
    pub fn unit<'a>(&'a self, id: &'a UnitId) -> &'a str {
        self.units.get(id).map_or(id.0.as_str(), |unit| unit.name.as_str())
    }

    /// A person's name; empty for nobody.
    pub fn name(&self, account: &AccountId) -> &str {
        self.people.get(account).map_or("", |person| person.name.as_str())
    }

    /// A person's name; the account's id for who has no account any more.
    pub fn known_as<'a>(&'a self, account: &'a AccountId) -> &'a str {
        self.people.get(account).map_or(account.0.as_str(), |person| person.name.as_str())
    }

    /// The unit whose people somebody belongs to.
    pub fn workplace(&self, account: &AccountId) -> Option<&UnitId> {
        self.people.get(account).map(|person| &person.unit)
    }

    /// Post and name (职务和姓名), such as `县长 温秀兰`.
    pub fn titled(&self, account: &AccountId) -> String {
        let post = self.post(account).map(|post| format!("{} ", post.name));
        format!("{}{}", post.unwrap_or_default(), self.name(account))
    }

    /// How somebody's post ranks (职务排序); who has none comes last.
    pub fn rank(&self, account: &AccountId) -> u32 {
        self.post(account).map_or(u32::MAX, |post| post.rank)
    }

    fn post(&self, account: &AccountId) -> Option<&Post> {
        self.posts.get(self.people.get(account)?.post.as_ref()?)
    }

    /// The accounts of everybody who holds a role.
    pub fn holding(&self, role: Role) -> impl Iterator<Item = (&AccountId, &Person)> {
        self.people.iter().filter(move |(_, person)| person.roles.contains(&role))
    }

    /// Whoever works on matters at a unit, by account.
    pub fn workers<'a>(
        &'a self,
        unit: &'a UnitId,
    ) -> impl Iterator<Item = (&'a AccountId, &'a Person)> {
        self.people.iter().filter(move |(_, person)| person.unit == *unit && person.works())
    }

    /// For whom somebody stands in on a day (代理): people of their own unit who are away.
    pub fn stands_in(&self, deputy: &AccountId, on: Date) -> impl Iterator<Item = &AccountId> {
        let here = self.workplace(deputy);
        let away = self.absences.iter().filter(move |one| one.deputy == *deputy && one.covers(on));
        away.map(|one| &one.person).filter(move |person| self.workplace(person) == here)
    }

    /// Whoever acts, with the rights of the heads for whom they stand in on a day.
    #[must_use]
    pub fn acting(&self, mut actor: Actor, on: Date) -> Actor {
        let away = self.stands_in(&actor.account, on).filter_map(|person| self.people.get(person));
        let heads = away.flat_map(|person| &person.roles).filter(|role| role.heads());
        actor.roles.extend(heads.copied());
        actor
    }

    /// The head for whom somebody decides who is none (代签).
    pub fn decides_for(&self, account: &AccountId, on: Date) -> Option<&AccountId> {
        if self.heads(account) {
            None
        } else {
            self.stands_in(account, on).find(|one| self.heads(one))
        }
    }

    /// Whether somebody heads a unit themselves, and does not only stand in for who does.
    fn heads(&self, account: &AccountId) -> bool {
        self.people.get(account).is_some_and(|one| one.roles.iter().any(|role| role.heads()))
    }

    /// Whether somebody says when a person is away (登记请假): everybody for themselves, and a head for their people; not
    /// whoever only stands in for the head, who would else decide for how long.
    pub fn says_absence(&self, account: &AccountId, person: &AccountId) -> bool {
        let here = self.workplace(account) == self.workplace(person);
        account == person || (here && self.heads(account))
    }

    /// Whether somebody is one of the county's leaders (县领导).
    pub fn leads(&self, account: &AccountId) -> bool {
        self.people.get(account).is_some_and(|person| person.roles.contains(&Role::Leader))
    }

    /// The letters-and-visits office (信访局); every installation has one.
    pub fn office(&self) -> Option<&UnitId> {
        self.units.values().find(|unit| unit.kind == UnitKind::Office).map(|unit| &unit.id)
    }

    /// Where what reaches a unit's people is registered (首问单位): at a bureau or a township itself (R05-22, R22-23);
    /// for everybody else, who answers no petitions, at the office.
    pub fn registers_at<'a>(&'a self, unit: &'a UnitId, office: &'a UnitId) -> &'a UnitId {
        match self.units.get(unit).map(|unit| unit.kind) {
            Some(UnitKind::Bureau | UnitKind::Township) => unit,
            Some(
                UnitKind::Office
                | UnitKind::County
                | UnitKind::Village
                | UnitKind::Superior
                | UnitKind::Discipline
                | UnitKind::Judicial,
            )
            | None => office,
        }
    }

    /// Whoever heads a unit (单位负责人).
    pub fn head(&self, unit: &UnitId) -> Option<&AccountId> {
        let heads = self.holding(Role::UnitHead).chain(self.holding(Role::OfficeHead));
        heads.filter(|(_, person)| person.unit == *unit).map(|(account, _)| account).last()
    }

    /// The unit and the units above it, lowest first. A unit is listed once, whatever the table says.
    pub fn above(&self, unit: &UnitId) -> Vec<UnitId> {
        let mut chain = Vec::new();
        let mut next = Some(unit.clone());
        while let Some(id) = next.filter(|id| !chain.contains(id)) {
            next = self.units.get(&id).and_then(|unit| unit.parent.clone());
            chain.push(id);
        }
        chain
    }

    /// Whether a unit is one of these or stands under one of them.
    pub fn is_under(&self, unit: &UnitId, any_of: &[UnitId]) -> bool {
        self.above(unit).iter().any(|above| any_of.contains(above))
    }

    /// The lowest unit that stands above all of these, if one does (共同上级).
    pub fn common_superior(&self, units: &[UnitId]) -> Option<UnitId> {
        let first = units.first()?;
        let chains: Vec<Vec<UnitId>> = units.iter().map(|unit| self.above(unit)).collect();
        self.above(first)
            .into_iter()
            .filter(|above| !units.contains(above))
            .find(|above| chains.iter().all(|chain| chain.contains(above)))
    }

    /// The organ above a unit: its parent, or the county (上级机关).
    pub fn superior(&self, unit: &UnitId) -> Option<UnitId> {
        let parent = self.units.get(unit).and_then(|unit| unit.parent.clone());
        let county = || self.units.values().find(|unit| unit.kind == UnitKind::County);
        parent.or_else(|| county().map(|unit| unit.id.clone()))
    }

    /// Whether a superior organ is the government of a place (上级人民政府): what stands under another organ of its own
    /// place is a department of it.
    pub(crate) fn governs(&self, superior: &Unit, place: &Place) -> bool {
        let above = superior.parent.as_ref().and_then(|parent| self.units.get(parent));
        let department = above.is_some_and(|above| above.place == superior.place);
        superior.kind == UnitKind::Superior && superior.place == *place && !department
    }

    /// Whether a superior organ is the government of the place right above a unit's own.
    pub(crate) fn one_level_up(&self, unit: &Unit, superior: &Unit) -> bool {
        let place = self.places.get(&unit.place).and_then(|place| place.parent.as_ref());
        place.is_some_and(|place| self.governs(superior, place))
    }

    /// Whether two units may agree on duties (目标责任书): the county with townships and bureaux, a township with its
    /// own villages and communities.
    pub fn may_agree(&self, first: &UnitId, second: &UnitId) -> bool {
        let kind = |unit: &UnitId| self.units.get(unit).map(|unit| unit.kind);
        match (kind(first), kind(second)) {
            (Some(UnitKind::County), Some(UnitKind::Township | UnitKind::Bureau)) => true,
            (Some(UnitKind::Township), Some(UnitKind::Village)) => {
                self.above(second).contains(first)
            }
            (Some(_) | None, Some(_) | None) => false,
        }
    }

    /// Units as a tree in the order of a list: each with its depth, under the unit it belongs to.
    pub fn tree(&self) -> Vec<(usize, &Unit)> {
        let mut rows: Vec<(Vec<UnitId>, &Unit)> = self
            .units
            .iter()
            .map(|(id, unit)| {
                let mut path = self.above(id);
                path.reverse();
                (path, unit)
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows.into_iter().map(|(path, unit)| (path.len() - 1, unit)).collect()
    }

    /// A place's name with its township before it; its code if it is none of ours.
    pub fn place(&self, code: &Place) -> String {
        let Some(place) = self.places.get(code) else { return code.0.clone() };
        match place.parent.as_ref().and_then(|parent| self.places.get(parent)) {
            Some(parent) if place.level == Level::Village => {
                format!("{} {}", parent.name, place.name)
            }
            Some(_) | None => place.name.clone(),
        }
    }
}
