//! Who may do what (权限): one table, one function.
//!
//! [`allow`] answers for every act and role; what it refuses names its rule. [`scope`] says which
//! matters an actor sees at all; outside of it a matter does not exist.

mod act;
mod duty;
mod table;

pub use act::Act;
pub(crate) use duty::keeps;
pub use duty::{sees, sees_visitors};

use crate::duty::{Noun, Spine};
use crate::matter::sponsorship::Instruction;
use crate::matter::{Matter, Step};
use crate::org::{AccountId, Actor, Role, UnitId};
use crate::statute::Rule;
use table::grants;

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

/// Why an actor may not do an act (无权办理的理由).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// Only the letters-and-visits office does this (R22-14).
    OfficeOnly,
    /// Only the unit that has the matter does this (R22-05).
    HolderOnly,
    /// Only the head of the unit decides this (R22-34, R22-32).
    HeadOnly,
    /// Only the petitioner does this (R22-21).
    PetitionerOnly,
    /// The three administrators are kept apart from casework and from each other (GB/T 22239).
    Separated,
    /// The matter is sealed; it opens for a reason that is recorded, and only to be read (R22-30).
    Sealed,
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
            Self::PetitionerOnly => "petitioner-only",
            Self::Separated => "separated",
            Self::Sealed => "sealed",
            Self::Unseen => "unseen",
        }
    }

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
    if actor.roles.iter().any(|role| grants(*role, act)) {
        return match thing {
            Thing::Matter(matter) => at_the_right_unit(actor, act, matter),
            Thing::Office => Ok(()),
            Thing::Duty(noun, spine) => duty::at_the_right_record(actor, act, (noun, spine)),
        };
    }
    Err(missing(act))
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

/// Unit acts belong to the unit that has the matter; serving and concluding to whoever answered.
fn at_the_right_unit(actor: &Actor, act: Act, matter: &Matter) -> Result<(), Denial> {
    use Act::*;
    let of_office = actor.unit == matter.office;
    let ok = match act {
        Object | Decline | Accept | TakeStep | AskExtension | Extend | RefuseExtension
        | AnswerDemand | Sign | Route | Mediate | Settle | OpenParticipation => {
            actor.unit == matter.holder && !of_office
        }
        HoldSession | AnswerObjection | AnnounceResult => {
            matter.participation.as_ref().is_some_and(|one| one.unit == actor.unit)
        }
        // Whoever has it passes it on: the office, or the unit that it came to.
        HandOver => actor.unit == matter.holder,
        BreakSeal => matter.sealed(),
        IssueCode => of_office,
        AskContribution | ReleaseContribution | AskRecusal | ReferAid | MarkUrgent
        | ReportUrgent | SuspectSecret | HandOverSecret | ClearSecret | Authorise
        | EndAuthority | AddEvidence | RaiseObjection => {
            of_office || actor.unit == matter.holder || actor.is(Role::Public)
        }
        // The unit that investigates does not sign for the petitioners.
        Countersign => of_office || actor.is(Role::Public),
        // The head of whoever is asked to keep out; the office's head where a unit has no other; and a
        // leader where the office's own people are meant, whose head can't decide about themselves.
        DecideRecusal => {
            let leads = actor.is(Role::Leader) && matter.asked_of(&matter.office);
            of_office || matter.asked_of(&actor.unit) || leads
        }
        Contribute => matter.awaited().any(|unit| *unit == actor.unit),
        AnswerRecommendation => matter
            .recommendations
            .iter()
            .any(|one| one.answered.is_none() && one.recommended.to == actor.unit),
        Serve | Conclude => {
            actor.unit == matter.holder
                || (of_office && matches!(matter.step, Step::Answered(_) | Step::Served(_)))
        }
        // The organ itself; or the office, which keeps the file of what a higher organ decides.
        HoldHearing if matter.step == Step::Accepted => actor.unit == matter.holder,
        AcceptReview | DeclineReview | HoldHearing | DecideReview | ServeReview | ExtendReview => {
            of_office || actor.unit == matter.holder
        }
        AnswerSupervision => {
            matter.supervision().is_some_and(|running| running.supervised.unit == actor.unit)
        }
        // The office enters it for the leader; a leader does it in their own name alone.
        PlanSponsorship | EndSponsorship => of_office || matter.sponsor() == Some(&actor.account),
        AnswerInstruction => {
            let theirs = |one: &Instruction| one.answered.is_none() && one.unit == actor.unit;
            matter.leadership.instructions.iter().any(theirs)
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
        | Return | Recall | RefuseObjection | AskReview | Supervise | CloseSupervision
        | Retrack | Unseal | Identify | Succeed | PostponeReport | Dispute | Designate
        | NameTracker | RecordFinding | Recommend | StepUp | Rate | Sponsor | MeetPetitioner
        | StudySolution | SubmitToLeader | Instruct | ViewMatter | ViewDuty | PlanDuty
        | KeepDuty | KeepContact | ReportDuty | KeepAgreement | CommentAgreement
        | HoldAccountable | Appeal | BookPlace | ViewReport | Import | ManageAccounts
        | GrantRoles | ManageCalendar | ReadJournal | KeepToken => true,
    };
    if ok { Ok(()) } else { Err(Denial::HolderOnly) }
}

/// What to say to somebody none of whose roles grants the act.
fn missing(act: Act) -> Denial {
    use Act::*;
    match act {
        Recall | Extend | RefuseExtension | Sign | Settle | DecideReview | ExtendReview
        | DecideRecusal | HandOverSecret | ClearSecret | Unseal | Identify | Succeed
        | Designate => Denial::HeadOnly,
        Object | Decline | Accept | TakeStep | AskExtension | AnswerDemand | Serve
        | ServeNotice | Conclude | AcceptReview | DeclineReview | HoldHearing | ServeReview
        | AnswerSupervision | Execute | Route | Mediate | OpenParticipation | HoldSession
        | AnswerObjection | AnnounceResult | Contribute | AnswerRecommendation
        | AnswerInstruction | CommentAgreement => Denial::HolderOnly,
        Rate | BookPlace => Denial::PetitionerOnly,
        ManageAccounts | GrantRoles | ReadJournal => Denial::Separated,
        Register | Join | Unjoin | Supplement | Reclassify | Withdraw | Refer | Tell
        | AnswerDirectly | File | Return | RefuseObjection | AskReview | Supervise
        | CloseSupervision | HandOver | Retrack | AskContribution | ReleaseContribution
        | Dispute | PostponeReport | AskRecusal | Authorise | EndAuthority | ReferAid
        | MarkUrgent | ReportUrgent | SuspectSecret | AddEvidence | Countersign
        | RaiseObjection | NameTracker | RecordFinding | Recommend | StepUp | Sponsor
        | PlanSponsorship | MeetPetitioner | StudySolution | EndSponsorship | SubmitToLeader
        | Instruct | ViewMatter | IssueCode | BreakSeal | Unmask | ViewDuty | PlanDuty
        | KeepDuty | KeepContact | ReportDuty | KeepAgreement | HoldAccountable | Appeal
        | ViewReport | Import | ManageCalendar | KeepToken => Denial::OfficeOnly,
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
