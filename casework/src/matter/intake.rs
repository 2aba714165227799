//! Taking petitions in (登记): register, join a repeat, take it out again, add material.

use crate::category::Category;
use crate::code::code_list;
use crate::matter::passing::UnitReceived;
use crate::matter::referral::Referred;
use crate::matter::{Context, Fact, Matter, MatterId, SharedDemand, Step};
use crate::petition::{Accused, Attachment, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::secret::Secret;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a matter came from when it did not begin with its own registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 分出: a petition that had been joined to this matter by mistake.
    Unjoined(MatterId),
    /// 新的事实和理由: related to an earlier matter.
    NewFacts(MatterId),
}

/// A matter was opened by its first petition (登记).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Registered {
    /// The first petition.
    pub petition: Petition,
    /// Where the matter came from, if not from the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// That a unit other than the office took it in, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<UnitReceived>,
}

/// How a demand of a later petition relates to the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// The same as the matter's demand of this ordinal.
    Same(u32),
    /// Something new, to be answered too.
    New,
}

/// Joins a later petition of the same person about the same matter (并入). As long as the answer is to come, it answers
/// this one too; after it, the petition has a clock of its own ([`crate::matter::repeat`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The later petition.
    pub petition: Petition,
    /// For each of its demands, in order, how it relates to the matter.
    pub claims: Vec<Claim>,
    /// Why the clerk holds it to be the same matter.
    pub reason: String,
}

/// A later petition was joined; no clock of the matter restarts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Joined {
    /// The later petition.
    pub petition: Petition,
    /// Its demands' relation to the matter.
    pub claims: Vec<Claim>,
    /// The clerk's reason.
    pub reason: String,
}

/// Joins a registered petition to the matter that it repeats, when that is found later (并案): the petition
/// leaves its matter, which ends with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Merged {
    /// The matter that it repeats.
    pub into: MatterId,
    /// Why the clerk holds it to be the same matter.
    pub reason: String,
}

code_list! {
    /// Why a petition leaves for a matter of its own (分出原因).
    pub enum Leaving {
        /// 误并: it was about something else from the beginning.
        Mistake = "mistake",
        /// 有新的事实和理由 (R22-36, R05-35c).
        NewFacts = "new_facts",
    }
}

impl Leaving {
    /// Where the petition's own matter comes from.
    pub fn origin(self, from: MatterId) -> Origin {
        match self {
            Self::Mistake => Origin::Unjoined(from),
            Self::NewFacts => Origin::NewFacts(from),
        }
    }

    fn is_mistake(&self) -> bool {
        *self == Self::Mistake
    }

    /// What was kept before anybody could say.
    fn before() -> Self {
        Self::Mistake
    }
}

/// Takes a petition out of a matter that is not, or no longer, its own (分出).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unjoin {
    /// The petition.
    pub petition: PetitionNumber,
    /// Why it leaves.
    pub leaving: Leaving,
    /// Why it is another matter, or which facts are new.
    pub reason: String,
    /// The new matter's number, drawn by the caller.
    pub to: MatterId,
}

/// A petition left for a matter of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Unjoined {
    /// The petition.
    pub petition: PetitionNumber,
    /// Why it left.
    #[serde(default = "Leaving::before", skip_serializing_if = "Leaving::is_mistake")]
    pub leaving: Leaving,
    /// Why.
    pub reason: String,
    /// The new matter.
    pub to: MatterId,
}

/// Adds what the petitioner handed in later (补充材料).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Supplement {
    /// The petition it belongs to.
    pub petition: PetitionNumber,
    /// In the petitioner's words.
    pub text: String,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Corrects the classification (改类).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reclassify {
    /// The right category.
    pub category: Category,
    /// Why.
    pub reason: String,
}

/// Most demands a petition may carry.
pub const MOST_DEMANDS: usize = 50;
/// Most parties a petition may name.
pub const MOST_PARTIES: usize = 200;

/// Opens a matter with its first petition.
///
/// # Errors
/// A petition the law does not let stand as it is: too many representatives (R22-20, R05-18b),
/// dates out of order, no demand, nobody named and nobody anonymous; an accusation of the office
/// itself where no organ above it is known.
pub fn register(
    petition: Petition,
    origin: Option<Origin>,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    check(&petition, context)?;
    let received = received(&petition, context);
    let office = received.as_ref().map_or(&petition.first_unit, |unit| &unit.office).clone();
    let accuses_office = petition
        .accused
        .iter()
        .any(|accused| accused.account.is_none() && accused.unit.as_ref() == Some(&office));
    let registered = Registered { petition, origin, received };
    let mut facts = vec![Fact::Registered(Box::new(registered))];
    if accuses_office {
        // R05-23, R22-30: what accuses the office itself goes to the organ above it at once.
        let to = context.directory.superior(&office).ok_or(Refusal::NoSuperior)?;
        let referred =
            Referred { to, report_back_on: None, note: String::new(), despite: String::new() };
        facts.push(Fact::Referred(referred));
    }
    Ok(facts)
}

/// Whether a unit of its own took the petition in, and keeps it for now: only what its own people register there, and
/// what accuses nobody who may be of the unit or above it (R05-22, R05-23, R22-23, R22-30).
fn received(petition: &Petition, context: &Context<'_>) -> Option<UnitReceived> {
    let (unit, directory) = (&petition.first_unit, context.directory);
    let office = directory.office().filter(|office| *office != unit)?.clone();
    let above = directory.above(unit);
    let clear =
        |accused: &Accused| accused.unit.as_ref().is_some_and(|accused| !above.contains(accused));
    // What complains of the unit itself or of one above it goes to the office, which says who answers it.
    let of_itself = petition.complained_of.as_ref().is_some_and(|organ| above.contains(organ));
    let keeps = context.actor.unit == *unit && petition.accused.iter().all(clear) && !of_itself;
    Some(UnitReceived { office, keeps })
}

/// What must hold for every petition, whichever way it comes in.
pub(crate) fn check(petition: &Petition, context: &Context<'_>) -> Result<(), Refusal> {
    let law = context.law(petition.received_on)?;
    if petition.received_on > context.moment.on {
        return Err(Refusal::DateInFuture);
    }
    if petition.posted_on.is_some_and(|posted| posted > petition.received_on) {
        let earliest = petition.posted_on.unwrap_or(petition.received_on);
        return Err(Refusal::DateTooEarly(earliest));
    }
    let report_back_on = petition.transfer.as_ref().and_then(|transfer| transfer.report_back_on);
    if report_back_on.is_some_and(|by| by < petition.received_on) {
        return Err(Refusal::DateTooEarly(petition.received_on));
    }
    // R05-17, R22-19: whoever petitions says who they are, what they ask for and why.
    if petition.demands.is_empty() || petition.demands.len() > MOST_DEMANDS {
        return Err(Refusal::DemandCount);
    }
    if petition.text.trim().is_empty() {
        return Err(Refusal::FactsMissing);
    }
    if petition.parties.is_empty() || petition.parties.len() > MOST_PARTIES {
        return Err(Refusal::PartyCount);
    }
    let named = |role| petition.parties.iter().filter(|party| party.role == role).count();
    let speaking = named(crate::petition::PartyRole::Representative);
    let agents = named(crate::petition::PartyRole::Agent);
    if let Some(limit) = law.agents()
        && agents > limit.most as usize
    {
        return Err(Refusal::TooManyAgents { most: limit.most, rule: limit.rule.clone() });
    }
    let present = petition.parties.len().saturating_sub(agents);
    if usize::try_from(petition.headcount).unwrap_or(usize::MAX) < present.max(1) {
        return Err(Refusal::HeadcountTooSmall);
    }
    // R22-20, R05-18b: the limit binds visits, not letters.
    if matches!(petition.channel, crate::petition::Channel::Visit)
        && let Some((most, limit)) = law.most_representatives(petition.headcount)
        && speaking > most as usize
    {
        return Err(Refusal::TooManyRepresentatives { most, rule: limit.rule.clone() });
    }
    Ok(())
}

impl Matter {
    pub(crate) fn join(&self, join: &Join, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
        check(&join.petition, context)?;
        filled(&[&join.reason])?;
        // Whoever comes after everybody else gave up is owed an answer of their own.
        let given_up = crate::matter::ConclusionGround::Withdrawn;
        if matches!(&self.step, Step::Concluded(conclusion) if conclusion.ground == given_up) {
            return Err(Refusal::Concluded);
        }
        if self.would_wall_a_keeper(&join.petition.accused) {
            return Err(Refusal::AccusedHasIt);
        }
        self.keeps_clear_of(&join.petition.accused, context.directory)?;
        self.not_halted()?;
        // Each track has its own rules, and what is sealed is not mixed with what is open.
        if join.petition.track != self.track {
            return Err(Refusal::OtherTrack);
        }
        // As long as it is not known where somebody belongs, the unit that has the matter may be theirs.
        if self.holder != self.office && !join.petition.accused.iter().all(Accused::known) {
            return Err(Refusal::AccusedUnknown);
        }
        if join.claims.len() != join.petition.demands.len() {
            return Err(Refusal::ClaimCount);
        }
        for claim in &join.claims {
            match claim {
                Claim::Same(ordinal) => {
                    self.demand(*ordinal).ok_or(Refusal::NoSuchDemand(*ordinal))?;
                }
                // What is answered can't grow: a new demand would never get its answer.
                Claim::New if self.is_answered() => return Err(Refusal::NewDemandAfterAnswer),
                Claim::New => {}
            }
        }
        Ok(vec![Fact::Joined(Box::new(Joined {
            petition: join.petition.clone(),
            claims: join.claims.clone(),
            reason: join.reason.clone(),
        }))])
    }

    /// Only what nobody has begun with leaves its matter; the other matter's rules decide whether it may
    /// come in ([`Matter::join`]).
    pub(crate) fn merge(&self, merged: &Merged) -> Result<Vec<Fact>, Refusal> {
        self.undisposed()?;
        self.no_answer_ordered()?;
        self.no_request_open()?;
        if self.petitions.len() != 1 {
            return Err(Refusal::FirstPetition);
        }
        if merged.into == self.id {
            return Err(Refusal::AlreadyThere);
        }
        filled(&[&merged.reason])?;
        let ground = crate::matter::ConclusionGround::Merged;
        Ok(vec![
            Fact::Merged(merged.clone()),
            Fact::Concluded(crate::matter::Conclusion::of(ground)),
        ])
    }

    pub(crate) fn unjoin(&self, unjoin: &Unjoin) -> Result<Vec<Fact>, Refusal> {
        let position = self
            .petitions
            .iter()
            .position(|petition| petition.number == unjoin.petition)
            .ok_or(Refusal::PetitionElsewhere)?;
        if position == 0 {
            return Err(Refusal::FirstPetition);
        }
        // What may be secret stays in one place, whichever petition brought it (R22-17).
        self.not_halted()?;
        if self.withdrawn.contains(&unjoin.petition) {
            return Err(Refusal::PetitionWithdrawn);
        }
        if self.correction_open(&unjoin.petition).is_some() {
            return Err(Refusal::CorrectionPending);
        }
        filled(&[&unjoin.reason])?;
        Ok(vec![Fact::Unjoined(Unjoined {
            petition: unjoin.petition.clone(),
            leaving: unjoin.leaving,
            reason: unjoin.reason.clone(),
            to: unjoin.to,
        })])
    }

    /// A petition as it leaves this matter: on the track on which the matter stands now, and with all whom
    /// the matter accuses, whatever it was registered as. A wall never falls on the way (R05-23, R22-30);
    /// names that others brought stay sealed where they are.
    pub fn leaving(&self, number: &PetitionNumber) -> Option<Petition> {
        let petition = self.petitions.iter().find(|petition| petition.number == *number)?;
        let own = |accused: &Accused| petition.accused.iter().any(|one| one.id == accused.id);
        let walled = self.accused.iter().map(|accused| {
            let mut accused = accused.clone();
            if !own(&accused) {
                accused.sealed = Secret::default();
            }
            accused
        });
        Some(Petition { track: self.track, accused: walled.collect(), ..petition.clone() })
    }

    /// What else goes along with a petition that leaves: who keeps out, and who of the accused is known to
    /// belong to nobody here. `joined` has it already where it says so.
    pub fn carried(&self, joined: Option<&Self>) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        let there = |person| joined.is_some_and(|matter| matter.walls().accounts.contains(person));
        for recusal in self.recusals.iter().filter(|one| !there(&one.asked.person)) {
            facts.push(crate::matter::wall::Fact::RecusalAsked(recusal.asked.clone()).into());
            let decided = recusal.decided.clone();
            facts.extend(decided.map(|one| crate::matter::wall::Fact::RecusalDecided(one).into()));
        }
        // Only where all that are unknown are known to be so: the first unknown one is meant by the fact.
        if joined.is_none() && self.unknown_accused().is_none() {
            let nobody = crate::matter::track::AccusedIdentified {
                accused: None,
                person: None,
                reason: String::new(),
            };
            let each = self.elsewhere.iter().map(|_| nobody.clone());
            facts.extend(each.map(|one| crate::matter::track::Fact::AccusedIdentified(one).into()));
        }
        facts
    }

    pub(crate) fn supplement(&self, supplement: &Supplement) -> Result<Vec<Fact>, Refusal> {
        self.not_halted()?;
        if !self.petitions.iter().any(|petition| petition.number == supplement.petition) {
            return Err(Refusal::PetitionElsewhere);
        }
        if supplement.text.trim().is_empty() && supplement.attachments.is_empty() {
            return Err(Refusal::TextMissing);
        }
        Ok(vec![Fact::Supplemented(supplement.clone())])
    }

    pub(crate) fn reclassify(
        &self,
        reclassify: &Reclassify,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.not_halted()?;
        let known = context.directory.categories(context.moment.on);
        if !known.contains(&reclassify.category) {
            return Err(Refusal::UnknownCategory);
        }
        filled(&[&reclassify.reason])?;
        Ok(vec![Fact::Reclassified(reclassify.clone())])
    }

    /// Adds a joined petition and the demands it brings.
    pub(crate) fn take_in(&mut self, joined: &Joined) {
        let petition = &joined.petition;
        // Whoever joins and did not agree is not told of in public.
        if !petition.publishable {
            self.publication = None;
        }
        for (text, claim) in petition.demands.iter().zip(&joined.claims) {
            match claim {
                Claim::New => self.add_demand(text.clone(), petition),
                Claim::Same(demand) => {
                    let petition = petition.number.clone();
                    self.shared.push(SharedDemand { petition, demand: *demand });
                }
            }
        }
        // What a superior wants back, and what is urgent, binds the office from the day it came, whatever
        // else runs.
        let report_back_on = petition.transfer.as_ref().and_then(|one| one.report_back_on);
        if let Some(by) = report_back_on {
            self.start_for(ClockKind::ReportBack, self.office.clone(), petition.received_on);
            self.set_last(by);
        }
        if petition.urgent && self.urgent_since.is_none() {
            self.urgent_since = Some(petition.received_on);
            self.start_for(ClockKind::UrgentReport, self.office.clone(), petition.received_on);
        }
        if self.is_answered() {
            self.start_about(&petition.number, ClockKind::Repeat, petition.received_on);
        }
        self.accused.extend(joined.petition.accused.clone());
        self.petitions.push(joined.petition.clone());
    }

    /// Removes a petition and the demands that came with it alone.
    pub(crate) fn let_go(&mut self, unjoined: &Unjoined, on: Date) {
        self.end_repeat(&unjoined.petition, on);
        // Its accusations stay walls: the line that it was joined stays in this file.
        self.petitions.retain(|petition| petition.number != unjoined.petition);
        self.shared.retain(|one| one.petition != unjoined.petition);
        for demand in &mut self.demands {
            // What somebody else asks for too stays theirs.
            let other = self.shared.iter().find(|one| one.demand == demand.ordinal);
            if let Some(other) = other
                && demand.petition == unjoined.petition
            {
                demand.petition = other.petition.clone();
            }
        }
        // What is signed stands; a draft goes with whoever asked.
        let answered = self.is_answered();
        self.demands.retain(|demand| {
            demand.petition != unjoined.petition || (answered && demand.answer.is_some())
        });
        self.end_service();
        self.end_review_service(on);
    }

    /// Whether the answers stand, signed or given another way.
    pub fn is_answered(&self) -> bool {
        matches!(
            self.step,
            Step::Answered(_)
                | Step::Served(_)
                | Step::Settled
                | Step::Concluded(_)
                | Step::ReviewAsked
                | Step::InReview
                | Step::ReviewDecided
        )
    }
}
