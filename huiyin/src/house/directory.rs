//! Names of units, places, posts and people (机构名录), and what follows from how they stand to each other.

use casework::category::Category;
use casework::matter::Matter;
use casework::org::{Role, UnitId, UnitKind};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::org::{Jurisdiction, Post, Unit};
use store::{Tx, account, almanac, org};

/// Names of units and places, read once and renewed when they change.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Units by id.
    pub units: BTreeMap<String, Unit>,
    /// Places by code.
    pub places: BTreeMap<String, Jurisdiction>,
    /// Posts by id.
    pub posts: BTreeMap<String, Post>,
    /// Categories of all trees, by path.
    pub categories: Vec<almanac::Dated>,
    /// Accounts' names by id, for the case file's timeline.
    pub people: BTreeMap<String, String>,
    /// Accounts of the county's leaders.
    pub leaders: BTreeSet<String>,
    /// Heads of units: the account that holds the role, by unit.
    pub heads: BTreeMap<String, String>,
    /// Accounts' units by id.
    pub workplaces: BTreeMap<String, UnitId>,
}

impl Directory {
    pub(super) fn read(tx: &mut Tx<'_>) -> Result<Self, store::Error> {
        let accounts = account::list(tx)?;
        let workplaces =
            accounts.iter().map(|one| (one.actor.account.0.clone(), one.actor.unit.clone()));
        let holding = |role: Role| {
            let open = accounts.iter().filter(|one| one.closed_on.is_none());
            open.filter(move |one| one.actor.is(role))
        };
        let heads = [Role::UnitHead, Role::OfficeHead].into_iter().flat_map(holding);
        Ok(Self {
            leaders: holding(Role::Leader).map(|one| one.actor.account.0.clone()).collect(),
            heads: heads
                .map(|one| (one.actor.unit.0.clone(), one.actor.account.0.clone()))
                .collect(),
            workplaces: workplaces.collect(),
            units: org::units(tx)?.into_iter().map(|unit| (unit.id.0.clone(), unit)).collect(),
            places: org::places(tx)?.into_iter().map(|p| (p.code.0.clone(), p)).collect(),
            posts: org::posts(tx)?.into_iter().map(|post| (post.id.0.clone(), post)).collect(),
            categories: almanac::all_categories(tx)?,
            people: accounts
                .into_iter()
                .map(|account| (account.actor.account.0, account.actor.name))
                .collect(),
        })
    }

    /// The categories in force on a day, by path.
    pub fn categories(&self, on: Date) -> Vec<Category> {
        let in_force = self.categories.iter().filter(|dated| dated.in_force(on));
        in_force.map(|dated| dated.category.clone()).collect()
    }

    /// A unit's name; its id if it is gone.
    pub fn unit<'a>(&'a self, id: &'a str) -> &'a str {
        self.units.get(id).map_or(id, |unit| unit.name.as_str())
    }

    /// The unit and the units above it, lowest first. A unit is listed once, whatever the table says.
    pub fn above(&self, unit: &str) -> Vec<String> {
        let mut chain = Vec::new();
        let mut next = Some(unit.to_owned());
        while let Some(id) = next.filter(|id| !chain.contains(id)) {
            let parent = self.units.get(&id).and_then(|unit| unit.parent.as_ref());
            next = parent.map(|parent| parent.0.clone());
            chain.push(id);
        }
        chain
    }

    /// The lowest unit that stands above all of these, if one does.
    pub fn common_superior(&self, units: &[UnitId]) -> Option<UnitId> {
        let first = units.first()?;
        let chains: Vec<Vec<String>> = units.iter().map(|unit| self.above(&unit.0)).collect();
        self.above(&first.0)
            .into_iter()
            .filter(|above| units.iter().all(|unit| unit.0 != *above))
            .find(|above| chains.iter().all(|chain| chain.contains(above)))
            .map(UnitId)
    }

    /// The organs that may be asked to review the matter's answer, or its review (复查复核机关): always of
    /// the next higher level, and no level is skipped. A township's answer is reviewed by the county; a
    /// bureau's by the county or the bureau above it in the city; what stands under a superior bureau, by
    /// that; the county's own, by the city. The final review is one level above the review.
    pub fn reviewers(&self, matter: &Matter) -> Vec<&Unit> {
        let answered = matter.answered_by.as_ref().and_then(|unit| self.units.get(&unit.0));
        let last = matter.chain().iter().rfind(|review| review.declined.is_none());
        let reviewed = last.and_then(|review| self.units.get(&review.asked.organ.0));
        let Some(answered) = answered else { return Vec::new() };
        let parent = answered.parent.as_ref().and_then(|parent| self.units.get(&parent.0));
        let by_line = parent.is_some_and(|unit| unit.kind == UnitKind::Superior);
        let fits = |unit: &&Unit| match (reviewed, answered.kind) {
            (None, _) if by_line => parent.is_some_and(|parent| parent.id == unit.id),
            (None, UnitKind::Bureau | UnitKind::Office) => {
                let under = parent.is_some_and(|parent| parent.kind == UnitKind::Bureau);
                if under {
                    return parent.is_some_and(|parent| parent.id == unit.id);
                }
                unit.kind == UnitKind::County || self.one_level_up(answered, unit)
            }
            (None, UnitKind::Township | UnitKind::Village) => unit.kind == UnitKind::County,
            (
                None,
                UnitKind::County | UnitKind::Superior | UnitKind::Discipline | UnitKind::Judicial,
            ) => self.one_level_up(answered, unit),
            // A bureau of the city was asked in the first place: the city itself decides then.
            (Some(first), UnitKind::Bureau | UnitKind::Office)
                if first.kind == UnitKind::Superior && !by_line =>
            {
                unit.kind == UnitKind::Superior && unit.place == first.place
            }
            (Some(first), _) if first.kind == UnitKind::Bureau => unit.kind == UnitKind::County,
            (Some(first), _) => self.one_level_up(first, unit),
        };
        let other = |unit: &&Unit| {
            unit.id != answered.id && reviewed.is_none_or(|first| first.id != unit.id)
        };
        self.units.values().filter(other).filter(fits).collect()
    }

    /// Whether a superior organ belongs to the place right above a unit's own.
    fn one_level_up(&self, unit: &Unit, superior: &Unit) -> bool {
        let place = self.places.get(&unit.place.0).and_then(|place| place.parent.as_ref());
        superior.kind == UnitKind::Superior && place == Some(&superior.place)
    }

    /// Units as a tree in the order of a list: each with its depth, under the unit it belongs to.
    pub fn tree(&self) -> Vec<(usize, &Unit)> {
        let mut rows: Vec<(Vec<String>, &Unit)> = self
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

    /// A place's name with its township before it.
    pub fn place(&self, code: &str) -> String {
        let Some(place) = self.places.get(code) else { return code.to_owned() };
        match place.parent.as_ref().and_then(|parent| self.places.get(&parent.0)) {
            Some(parent) if place.level == "village" => format!("{} {}", parent.name, place.name),
            _ => place.name.clone(),
        }
    }
}
