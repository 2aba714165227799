//! Who may do what (权限): one table, one function.
//!
//! [`allow`] answers for every act and role; what it refuses names its rule. [`scope`] says which
//! matters an actor sees at all; outside of it a matter does not exist.

mod act;
mod duty;
mod right;

pub use act::Act;
pub(crate) use duty::keeps;
pub use duty::{sees, sees_visitors};

use crate::code::code_list;
use crate::duty::{Noun, Spine};
use crate::matter::Matter;
use crate::org::{AccountId, Actor, Role, UnitId};
use crate::statute::Rule;
use right::Where;

/// What an act is done to.
#[derive(Debug, Clone, Copy)]
pub enum Thing<'a> {
    /// The office as a whole.
    Office,
    /// One matter.
    Matter(&'a Matter),
    /// One record of the duty side.
    Duty(Noun, &'a Spine),
}

code_list! {
    /// Why an actor may not do an act (无权办理的理由).
    pub enum Denial {
        /// Only the letters-and-visits office does this (R22-14).
        OfficeOnly = "office-only",
        /// Only the unit that has the matter does this (R22-05).
        HolderOnly = "holder-only",
        /// Only the head of the unit decides this (R22-34, R22-32).
        HeadOnly = "head-only",
        /// Only the petitioner does this (R22-21).
        PetitionerOnly = "petitioner-only",
        /// The three administrators are kept apart from casework and from each other (GB/T 22239).
        Separated = "separated",
        /// The matter is sealed; it opens for a reason that is recorded, and only to be read (R22-30).
        Sealed = "sealed",
        /// The matter is not this actor's to see; it does not exist for them.
        Unseen = "unseen",
    }
}

impl Denial {
    /// The rule it rests on.
    pub fn rule(self) -> Rule {
        Rule::from(match self {
            Self::OfficeOnly => "R22-14",
            Self::HolderOnly => "R22-05",
            Self::HeadOnly => "R22-34",
            Self::PetitionerOnly => "R22-21",
            Self::Separated => "GB22239-8.1.4.2",
            Self::Sealed => "R22-30",
            Self::Unseen => "R22-18d",
        })
    }
}

/// How far an actor sees (可见范围).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All of the office's area.
    All,
    /// Those this unit has or had.
    Unit(UnitId),
    /// None at all.
    Nothing,
}

/// Which matters an actor sees: how far, and not through walls or seals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// How far.
    pub reach: Reach,
    /// The actor's unit: walls may keep it out, and what it holds it may open.
    pub unit: UnitId,
    /// The actor's account: walls may keep it out.
    pub account: AccountId,
    /// Whether seals open to the actor as they are (the office's head).
    pub opens_seals: bool,
    /// Whether what the unit holds or keeps opens to the actor, who works on it.
    pub opens_own: bool,
}

impl Scope {
    /// Everything: for reports that nobody reads on a screen of their own, and for upkeep.
    pub fn whole() -> Self {
        Self {
            reach: Reach::All,
            unit: UnitId(String::new()),
            account: AccountId(String::new()),
            opens_seals: true,
            opens_own: true,
        }
    }
}

/// Which matters the actor sees.
pub fn scope(actor: &Actor) -> Scope {
    Scope {
        reach: reach(actor),
        unit: actor.unit.clone(),
        account: actor.account.clone(),
        opens_seals: actor.is(Role::OfficeHead),
        opens_own: actor.works(),
    }
}

fn reach(actor: &Actor) -> Reach {
    const ALL: [Role; 4] =
        [Role::RegistrationClerk, Role::OfficeHead, Role::Leader, Role::Statistician];
    if ALL.into_iter().any(|role| actor.is(role)) {
        Reach::All
    } else if actor.is(Role::UnitHandler) || actor.is(Role::UnitHead) {
        Reach::Unit(actor.unit.clone())
    } else {
        Reach::Nothing
    }
}

/// Whether the actor may do the act on the thing.
///
/// # Errors
/// The [`Denial`] that stands against it.
pub fn allow(actor: &Actor, act: Act, thing: Thing<'_>) -> Result<(), Denial> {
    if let Thing::Matter(matter) = thing {
        seen(actor, act, matter)?;
    }
    let right = act.right();
    if !right.by.iter().any(|who| who.holds(actor)) {
        return Err(right.denial);
    }
    let fits = match (thing, right.at) {
        (Thing::Office, _) => true,
        (Thing::Matter(matter), at) => at.fits(actor, matter),
        (Thing::Duty(noun, spine), _) if !sees(actor, noun, spine) => return Err(Denial::Unseen),
        (Thing::Duty(noun, spine), Where::Record(record)) => record.fits(actor, noun, spine),
        // An act on matters does nothing to a record.
        (Thing::Duty(..), _) => false,
    };
    if fits { Ok(()) } else { Err(Denial::HolderOnly) }
}

/// Whether the actor may know of the matter, and whether its seal opens to them. Walls come first: no
/// role, and no breaking of a seal, goes through one (R05-23, R05-30, R22-28, R22-30).
fn seen(actor: &Actor, act: Act, matter: &Matter) -> Result<(), Denial> {
    // The public reaches its own petition by number and query code, which the portal checks.
    if actor.is(Role::Public) {
        return Ok(());
    }
    let reached = match reach(actor) {
        Reach::All => true,
        Reach::Unit(unit) => matter.units.contains(&unit),
        Reach::Nothing => false,
    };
    if !reached || matter.walls().keep_out(actor) {
        return Err(Denial::Unseen);
    }
    if matter.opens_to(actor) {
        return Ok(());
    }
    match reach(actor) {
        Reach::All if act == Act::BreakSeal => Ok(()),
        Reach::All => Err(Denial::Sealed),
        Reach::Unit(_) | Reach::Nothing => Err(Denial::Unseen),
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
                let granted = |act: &Act| allow(&actor(role), *act, Thing::Office).is_ok();
                let words: Vec<_> = Act::ALL.into_iter().filter(granted).map(Act::word).collect();
                format!("{}: {}", role.word(), words.join(" "))
            })
            .collect();
        let golden = include_str!("golden.txt");
        assert_eq!(table.join("\n"), golden.trim_end(), "\n{}", table.join("\n"));
    }

    /// An act on matters does nothing to a record of the duty side, whoever asks for it: what nobody thought
    /// of is forbidden.
    #[test]
    fn only_duty_acts_touch_records_of_the_duty_side() {
        let spine = crate::duty::Spine {
            title: String::new(),
            on: jiff::civil::date(2025, 3, 3),
            until: None,
            person: None,
            unit: Some(UnitId("office".to_owned())),
            shared: Vec::new(),
            state: crate::duty::State::Planned,
            matters: Vec::new(),
        };
        let thing = Thing::Duty(crate::duty::Noun::Reception, &spine);
        let done: std::collections::BTreeSet<&str> = Role::OF_ACCOUNTS
            .into_iter()
            .flat_map(|role| Act::ALL.map(|act| (role, act)))
            .filter(|(role, act)| allow(&actor(*role), *act, thing).is_ok())
            .map(|(_, act)| act.word())
            .collect();
        let duty = [
            "appeal",
            "comment_agreement",
            "hold_accountable",
            "keep_agreement",
            "keep_duty",
            "plan_duty",
            "report_duty",
            "view_duty",
        ];
        assert_eq!(done.into_iter().collect::<Vec<_>>(), duty);
    }

    /// A token is its owner's, who may have no role yet or no longer (GB22239-8.1.4.2).
    #[test]
    fn an_account_without_a_role_keeps_its_tokens_and_does_nothing_else() {
        let nobody = Actor { roles: Vec::new(), ..actor(Role::Leader) };
        let granted: Vec<Act> = Act::ALL
            .into_iter()
            .filter(|act| allow(&nobody, *act, Thing::Office).is_ok())
            .collect();
        assert_eq!(granted, [Act::KeepToken]);
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
