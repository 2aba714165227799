//! Taking a petition in (登记): the sibling of [`crate::act::act`] for what has no matter yet.

mod prepared;

pub use self::prepared::normal_code;
pub(crate) use self::prepared::query_code;
use self::prepared::{Prepared, prepare};

use crate::act::{Doing, Form, Kind, Name, find};
use crate::by::{By, DoneUnder};
use crate::draft::Draft;
use crate::house::House;
use crate::problem::{FieldError, Problem, Wrong};
use crate::repeat::claimed;
use casework::matter::intake::{Claim, Join, Leaving, Merged, Origin, Unjoin};
use casework::matter::{Command, Matter, MatterId, decide};
use casework::moment::Moment;
use casework::petition::{Petition, PetitionNumber};
use casework::role::{self, Act, Thing};
use std::sync::Arc;
use store::journal::Event;
use store::petition::{CodeReason, NewCode};
use store::vault::Blind;
use store::{Tx, journal, matter, petition, setting, vault};

/// What the petitioner gets (登记回执).
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The matter after it; nothing for whom a wall or a seal keeps from it by now.
    pub matter: Option<Matter>,
    /// The petition's number.
    pub number: String,
    /// The query code, which is stored nowhere in the clear; the same again for who sends again under a key.
    pub code: String,
}

/// Which petition gets another query code, and why (补发查询码申请).
pub struct CodeAsked {
    petition: PetitionNumber,
    why: CodeReason,
}

/// Asks for it.
pub fn coding(f: &mut Form<'_>) -> CodeAsked {
    let why = f.one_of(Name::Why, "code-why");
    CodeAsked { petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)), why }
}

impl CodeAsked {
    /// The petition's number.
    pub fn number(&self) -> &str {
        &self.petition.0
    }
}

/// Gives out another query code for a petition (补发查询码), in person: for one that was lost, which ends
/// with it, or for somebody who signed with others. The code is shown once; that it was given stands in
/// the journal.
///
/// # Errors
/// As [`crate::act::act`]; [`Problem::Invalid`] for a petition of another matter.
pub fn issue_code(
    house: &House,
    by: By,
    id: MatterId,
    asked: CodeAsked,
) -> Result<String, Problem> {
    let code = query_code(house, &by)?;
    let hash = house.vault.blind(Blind::Query, &code)?;
    house.db.write(move |tx| {
        let matter = find(tx, &by.actor, id)?;
        role::allow(&by.actor, Act::IssueCode, Thing::Matter(&matter)).map_err(Problem::Denied)?;
        if !matter.petitions.iter().any(|one| one.number == asked.petition) {
            return Err(Problem::Invalid(vec![FieldError::new(Name::Petition, Wrong::Choice)]));
        }
        let (number, why) = (&asked.petition.0, asked.why);
        by.once(
            tx,
            |_, _| Ok(()),
            |tx| {
                let code = NewCode { petition: number, hash: &hash, why };
                petition::record_code(tx, &code, by.moment.at)?;
                let note = by.note(Event::CodeIssued).on(number).saying(why.word());
                journal::record(tx, &note)?;
                Ok(((), DoneUnder::Petition(number.clone())))
            },
        )
    })?;
    Ok(code)
}

fn draw_matter(tx: &mut Tx<'_>, moment: Moment) -> Result<MatterId, Problem> {
    let year = moment.on.year();
    let serial = setting::draw(tx, &format!("matter-{year}"))?;
    Ok(MatterId::new(year, u32::try_from(serial).unwrap_or(u32::MAX)))
}

/// Registers a petition as a matter of its own, now or at the earlier moment of an old ledger's row.
///
/// # Errors
/// As [`crate::act::act`].
pub fn register(
    house: &Arc<House>,
    by: By,
    draft: Draft,
    origin: Option<Origin>,
) -> Result<Receipt, Problem> {
    role::allow(&by.actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
    let prepared = prepare(house, draft, &by)?;
    let house = house.clone();
    house.clone().db.write(move |tx| {
        let county = house.county(tx)?;
        let doing = Doing { house: &house, county: &county, by: &by };
        by.once(
            tx,
            |tx, outcome| prepared.receipt_again(tx, &by, outcome),
            |tx| {
                let (matter, number) = prepared.register(tx, doing, origin.clone())?;
                Ok(prepared.receipt(&by, matter, number))
            },
        )
    })
}

/// What was found in the field or said at a reception, made ready so that the transaction that notes it also
/// registers it (现场登记): nobody who told a leader something has to come again and say it at a counter
/// (首问负责).
#[derive(Clone)]
pub(crate) struct FoundInField(Prepared);

/// Makes ready what whoever keeps the record of it wants to register.
///
/// # Errors
/// [`Problem::Denied`]; [`Problem::Invalid`] for what can't be registered.
pub(crate) fn found(house: &House, by: &By, draft: Draft) -> Result<FoundInField, Problem> {
    role::allow(&by.actor, Act::KeepDuty, Thing::Office).map_err(Problem::Denied)?;
    Ok(FoundInField(prepare(house, draft, by)?))
}

impl FoundInField {
    /// The query code, to be shown once.
    pub(crate) fn code(&self) -> &str {
        &self.0.code
    }

    /// Registers it: the matter and the petition's number.
    pub(crate) fn register(
        &self,
        tx: &mut Tx<'_>,
        doing: Doing<'_>,
    ) -> Result<(MatterId, String), Problem> {
        let (matter, number) = self.0.register(tx, doing, None)?;
        Ok((matter.id, number))
    }
}

impl Prepared {
    /// Registers it.
    fn register(
        &self,
        tx: &mut Tx<'_>,
        doing: Doing<'_>,
        origin: Option<Origin>,
    ) -> Result<(Matter, String), Problem> {
        let petition = self.petition(tx, doing)?;
        let number = petition.number.0.clone();
        let facts = casework::matter::intake::register(petition, origin, &doing.context())?;
        let id = draw_matter(tx, doing.by.moment)?;
        let matter = doing.open(tx, id, facts)?;
        self.record_keys(tx, id)?;
        Ok((matter, number))
    }

    /// The receipt, and by what name it is found again. What accuses whoever registers it, they have seen for the
    /// last time.
    fn receipt(&self, by: &By, matter: Matter, number: String) -> (Receipt, DoneUnder) {
        let outcome = DoneUnder::Petition(number.clone());
        let matter = Some(matter).filter(|matter| by.sees(matter));
        (Receipt { matter, number, code: self.code.clone() }, outcome)
    }

    /// The receipt of what was registered before under the same key: the code follows from the key. Of a matter
    /// that the sender may not see by now, number and code stay.
    fn receipt_again(
        &self,
        tx: &mut Tx<'_>,
        by: &By,
        outcome: DoneUnder,
    ) -> Result<Receipt, Problem> {
        let DoneUnder::Petition(number) = outcome else { return Err(Problem::Conflict) };
        let id = petition::find(tx, &number)?.map(|(id, _)| id);
        let matter = id.map(|id| matter::find(tx, id)).transpose()?.flatten();
        Ok(Receipt { matter: matter.filter(|one| by.sees(one)), number, code: self.code.clone() })
    }
}

/// Says whether a petition would be registered, and keeps nothing.
///
/// # Errors
/// As [`register`].
pub fn try_register(house: &Arc<House>, by: &By, draft: Draft) -> Result<(), Problem> {
    role::allow(&by.actor, Act::Register, Thing::Office).map_err(Problem::Denied)?;
    let county = house.standing();
    let petition = prepare(house, draft, by)?.numbered(house, &county.directory, 1);
    let context = house.context(by.moment, &by.actor, &county);
    casework::matter::intake::register(petition, None, &context)?;
    Ok(())
}

/// Into which matter something is joined, and why (并入).
#[derive(Debug, Clone)]
pub struct Joining {
    /// The matter.
    pub into: MatterId,
    /// For each demand which one it repeats, or that it is new; nothing where the proposal stands.
    pub claims: Option<Vec<Claim>>,
    /// Why it is the same.
    pub reason: String,
}

/// Registers a petition into a matter that it repeats.
///
/// # Errors
/// As [`crate::act::act`].
pub fn join(
    house: &Arc<House>,
    by: By,
    draft: Draft,
    joining: Joining,
) -> Result<Receipt, Problem> {
    let prepared = prepare(house, draft, &by)?;
    let house = house.clone();
    house.clone().db.write(move |tx| {
        let county = house.county(tx)?;
        let doing = Doing { house: &house, county: &county, by: &by };
        by.once(
            tx,
            |tx, outcome| prepared.receipt_again(tx, &by, outcome),
            |tx| {
                let before = find(tx, &by.actor, joining.into)?;
                role::allow(&by.actor, Act::Join, Thing::Matter(&before))
                    .map_err(Problem::Denied)?;
                let petition = prepared.petition(tx, doing)?;
                let number = petition.number.0.clone();
                let matter = joined(tx, doing, before, petition, &joining)?;
                prepared.record_keys(tx, joining.into)?;
                Ok(prepared.receipt(&by, matter, number))
            },
        )
    })
}

/// The matter with a petition that repeats it.
fn joined(
    tx: &mut Tx<'_>,
    doing: Doing<'_>,
    before: Matter,
    petition: Petition,
    joining: &Joining,
) -> Result<Matter, Problem> {
    let claims = claimed(&before, joining.claims.as_deref(), &petition.demands)?;
    let reason = joining.reason.clone();
    let coming = Command::Join(Box::new(Join { petition, claims, reason }));
    let facts = decide(&before, &coming, &doing.context())?;
    doing.append(tx, before, facts)
}

/// Joins a matter's only petition, of which nobody has begun anything, to the matter that it repeats
/// (并案); its matter ends with it, and no clock of either restarts.
///
/// # Errors
/// As [`crate::act::act`], for either of the two.
pub fn merge(
    house: &Arc<House>,
    by: By,
    from: MatterId,
    joining: Joining,
) -> Result<Matter, Problem> {
    let house = house.clone();
    house.clone().db.write(move |tx| {
        let county = house.county(tx)?;
        let doing = Doing { house: &house, county: &county, by: &by };
        by.once(
            tx,
            |tx, _| find(tx, &by.actor, joining.into),
            |tx| {
                let after = merged(tx, doing, from, &joining)?;
                Ok((after, DoneUnder::Matter(joining.into.to_string())))
            },
        )
    })
}

fn merged(
    tx: &mut Tx<'_>,
    doing: Doing<'_>,
    from: MatterId,
    joining: &Joining,
) -> Result<Matter, Problem> {
    let actor = &doing.by.actor;
    let (left, into) = (find(tx, actor, from)?, find(tx, actor, joining.into)?);
    for matter in [&left, &into] {
        role::allow(actor, Act::Join, Thing::Matter(matter)).map_err(Problem::Denied)?;
    }
    let leaving = Merged { into: joining.into, reason: joining.reason.clone() };
    let facts = decide(&left, &Command::Merge(leaving), &doing.context())?;
    let first = left.petitions.first().cloned().ok_or(Problem::NotFound)?;
    // As the matter stands now, not as the petition was registered: no wall falls on the way.
    let petition = left.leaving(&first.number).ok_or(Problem::NotFound)?;
    let carried = left.carried(Some(&into));
    // A petition's number stands in one row: it leaves this matter's rows before it enters the other's.
    doing.append(tx, left, facts)?;
    follow(tx, &first, joining.into)?;
    let after = joined(tx, doing, into, petition, joining)?;
    doing.carry(tx, after, carried)
}

/// Lets the keys of a petition's people follow it into another matter.
fn follow(tx: &mut Tx<'_>, petition: &Petition, to: MatterId) -> Result<(), Problem> {
    let parties = petition.parties.iter().map(|party| &party.id);
    for id in parties.chain(petition.accused.iter().map(|accused| &accused.id)) {
        vault::follow(tx, id, to)?;
    }
    Ok(())
}

/// Which petition leaves for a matter of its own, and why (分出申请).
#[derive(Clone)]
pub struct UnjoinAsked {
    petition: PetitionNumber,
    leaving: Leaving,
    reason: String,
}

/// Asks for it; whoever says nothing of new facts means that it was joined by mistake.
pub fn leaving(f: &mut Form<'_>) -> UnjoinAsked {
    let petition = PetitionNumber(f.choice(Name::Petition, Kind::Petition));
    let leaving = f.may_one_of(Name::Leaving, "leaving").unwrap_or(Leaving::Mistake);
    UnjoinAsked { petition, leaving, reason: f.text(Name::Reason) }
}

/// Takes a petition out of a matter into one of its own; its clock counts from its own receipt.
///
/// # Errors
/// As [`crate::act::act`].
pub fn unjoin(
    house: &Arc<House>,
    by: By,
    id: MatterId,
    asked: UnjoinAsked,
) -> Result<Matter, Problem> {
    let house = house.clone();
    house.clone().db.write(move |tx| {
        let county = house.county(tx)?;
        let doing = Doing { house: &house, county: &county, by: &by };
        by.once(
            tx,
            |tx, outcome| {
                let DoneUnder::Matter(apart) = outcome else { return Err(Problem::Conflict) };
                find(tx, &by.actor, MatterId::parse(&apart).ok_or(Problem::NotFound)?)
            },
            |tx| {
                let to = draw_matter(tx, by.moment)?;
                let UnjoinAsked { petition, leaving, reason } = asked.clone();
                let command = Unjoin { petition, leaving, reason, to };
                let apart = taken_out(tx, doing, id, command)?;
                Ok((apart, DoneUnder::Matter(to.to_string())))
            },
        )
    })
}

fn taken_out(
    tx: &mut Tx<'_>,
    doing: Doing<'_>,
    id: MatterId,
    unjoin: Unjoin,
) -> Result<Matter, Problem> {
    let actor = &doing.by.actor;
    let before = find(tx, actor, id)?;
    role::allow(actor, Act::Unjoin, Thing::Matter(&before)).map_err(Problem::Denied)?;
    let number = unjoin.petition.clone();
    let content = before.petitions.iter().find(|p| p.number == number).cloned();
    let (to, leaving) = (unjoin.to, unjoin.leaving);
    let facts = decide(&before, &Command::Unjoin(unjoin), &doing.context())?;
    let petition = before.leaving(&number).ok_or(Problem::NotFound)?;
    let carried = before.carried(None);
    doing.append(tx, before, facts)?;
    follow(tx, &content.ok_or(Problem::NotFound)?, to)?;
    let origin = Some(leaving.origin(id));
    let facts = casework::matter::intake::register(petition, origin, &doing.context())?;
    let opened = doing.open(tx, to, facts)?;
    doing.carry(tx, opened, carried)
}
