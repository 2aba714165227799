//! What of a petition is made before its transaction (登记准备): sealed names, hashes, the query code, so that
//! running the transaction again makes the same.

use crate::act::Doing;
use crate::by::By;
use crate::draft::{Against, Draft};
use crate::house::House;
use crate::problem::Problem;
use casework::directory::Directory;
use casework::matter::MatterId;
use casework::moment::Moment;
use casework::org::UnitId;
use casework::petition::{Accused, COLLECTIVE_FROM, Party, PartyKind, Petition, PetitionNumber};
use store::vault::{Blind, Identity};
use store::{Tx, setting, vault};

/// A sealed party with what is kept beside the case file.
#[derive(Clone)]
struct Sealed {
    party: Party,
    wrapped: Option<String>,
    digests: Vec<(Blind, String)>,
}

/// An accused with the key of the sealed name.
#[derive(Clone)]
struct SealedAccused {
    accused: Accused,
    wrapped: Option<String>,
    digests: Vec<(Blind, String)>,
}

fn seal_accused(house: &House, against: &Against) -> Result<SealedAccused, Problem> {
    let id = house.id();
    let mut sealed = SealedAccused {
        accused: Accused {
            id: id.clone(),
            ..Accused::of(against.unit.clone(), against.account.clone())
        },
        wrapped: None,
        digests: Vec::new(),
    };
    if !against.name.is_empty() {
        let identity = Identity { name: against.name.clone(), ..Identity::default() };
        let (text, wrapped) = house.vault.seal(&id, &identity, &house.fresh())?;
        sealed.accused.mask = chinese::identity::mask_name(&against.name);
        (sealed.accused.sealed, sealed.wrapped) = (text.into(), Some(wrapped));
        let digest = house.vault.blind(Blind::Accused, &chinese::identity::name(&against.name))?;
        sealed.digests.push((Blind::Accused, digest));
    }
    Ok(sealed)
}

/// Everything of a petition that is made before the transaction, so that running it again makes
/// the same.
#[derive(Clone)]
pub(super) struct Prepared {
    draft: Draft,
    sealed: Vec<Sealed>,
    accused: Vec<SealedAccused>,
    pub code: String,
    query_hash: String,
    collective: bool,
    moment: Moment,
    /// Whose people take it in.
    unit: UnitId,
}

pub(super) fn prepare(house: &House, draft: Draft, by: &By) -> Result<Prepared, Problem> {
    let mut sealed = Vec::new();
    for (role, kind, identity) in &draft.parties {
        let id = house.id();
        let (text, wrapped, digests) = if *kind == PartyKind::Anonymous {
            (String::new(), None, Vec::new())
        } else {
            let (text, wrapped) = house.vault.seal(&id, identity, &house.fresh())?;
            (text, Some(wrapped), house.vault.digests(identity)?)
        };
        let mask = match kind {
            PartyKind::Person => chinese::identity::mask_name(&identity.name),
            PartyKind::Organisation => identity.name.clone(),
            PartyKind::Anonymous => String::new(),
        };
        let reachable = !identity.phone.is_empty() || !identity.address.is_empty();
        let party = Party { id, role: *role, kind: *kind, mask, reachable, sealed: text.into() };
        sealed.push(Sealed { party, wrapped, digests });
    }
    let accused: Result<Vec<_>, Problem> =
        draft.accused.iter().map(|against| seal_accused(house, against)).collect();
    let accused = accused?;
    let code = query_code(house, by)?;
    let query_hash = house.vault.blind(Blind::Query, &code)?;
    let collective = draft.petition.headcount >= COLLECTIVE_FROM;
    let (moment, unit) = (by.moment, by.actor.unit.clone());
    Ok(Prepared { draft, sealed, accused, code, query_hash, collective, moment, unit })
}

/// Sixteen digits in four groups: drawn, or for what is sent under a key, the same ones whenever it is sent again.
///
/// # Errors
/// The vault failed.
pub(crate) fn query_code(house: &House, by: &By) -> Result<String, Problem> {
    let number = match &by.once {
        Some(once) => once.number(house)?,
        None => u64::from_le_bytes(house.random()),
    };
    let number = number % 10_000_000_000_000_000;
    let digits = format!("{number:016}");
    let (a, b) = digits.split_at(8);
    let ((a, b), (c, d)) = (a.split_at(4), b.split_at(4));
    Ok(format!("{a}-{b}-{c}-{d}"))
}

/// A typed query code in its stored form; `None` if it can't be one.
pub fn normal_code(typed: &str) -> Option<String> {
    let digits: String =
        chinese::script::folded(typed).chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 16).then(|| {
        let part = |n: usize| digits.get(n * 4..n * 4 + 4).unwrap_or_default();
        format!("{}-{}-{}-{}", part(0), part(1), part(2), part(3))
    })
}

impl Prepared {
    /// The petition with its number, drawn in the transaction.
    pub fn petition(&self, tx: &mut Tx<'_>, doing: Doing<'_>) -> Result<Petition, Problem> {
        let year = self.moment.on.year();
        let serial = setting::draw(tx, &format!("petition-{year}"))?;
        let serial = u32::try_from(serial).unwrap_or(u32::MAX);
        Ok(self.numbered(doing.house, &doing.county.directory, serial))
    }

    /// The petition with this number in a year, as the directory stands.
    pub fn numbered(&self, house: &House, directory: &Directory, serial: u32) -> Petition {
        let draft = &self.draft;
        let year = self.moment.on.year();
        let accused = self.accused.iter().zip(&draft.accused).map(|(sealed, against)| {
            let name = chinese::identity::name(&against.name);
            let bears = |other: &str| chinese::identity::name(other) == name;
            sealed.accused.clone().with_namesakes(directory, bears)
        });
        Petition {
            number: PetitionNumber::new(&house.setup.place, draft.petition.channel, year, serial),
            query_hash: self.query_hash.clone().into(),
            registered_on: self.moment.on,
            registered_at: self.moment.at,
            collective: self.collective,
            parties: self.sealed.iter().map(|sealed| sealed.party.clone()).collect(),
            accused: accused.collect(),
            first_unit: directory.registers_at(&self.unit, &house.office).clone(),
            ..draft.petition.clone()
        }
    }

    pub fn record_keys(&self, tx: &mut Tx<'_>, id: MatterId) -> Result<(), Problem> {
        for sealed in &self.sealed {
            if let Some(wrapped) = &sealed.wrapped {
                vault::record(tx, id, &sealed.party.id, wrapped, &sealed.digests)?;
            }
        }
        for sealed in &self.accused {
            if let Some(wrapped) = &sealed.wrapped {
                vault::record(tx, id, &sealed.accused.id, wrapped, &sealed.digests)?;
            }
        }
        Ok(())
    }
}
