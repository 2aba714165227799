//! Who somebody is was written down wrongly (更正当事人): the name, the telephone, the number or the address; or in which
//! capacity they take part. What was sealed before stays sealed in the file.

use super::Fact;
use crate::code::code_list;
use crate::matter::known::Resealed;
use crate::matter::{Context, Matter};
use crate::petition::{Party, PartyKind, PartyRole, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::secret::Secret;
use serde::{Deserialize, Serialize};

code_list! {
    /// What of an identity was corrected (身份信息项).
    pub enum IdentityField {
        /// 姓名或者名称.
        Name = "name",
        /// 电话.
        Phone = "phone",
        /// 证件号码.
        IdNumber = "id_number",
        /// 送达地址.
        Address = "address",
    }
}

/// Who somebody is, as far as it is corrected, in the clear (更正后的身份信息): sealed before it becomes a fact. What is
/// empty stays as it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Name of the person or organisation.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Identity number.
    pub id_number: String,
    /// Address for service.
    pub address: String,
}

/// Nobody's data stands in a log.
impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Written")
    }
}

/// Corrects who somebody is (更正当事人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectParty {
    /// The party, by id.
    pub party: String,
    /// In which capacity, if that was wrong.
    pub role: Option<PartyRole>,
    /// What kind, if that was wrong.
    pub kind: Option<PartyKind>,
    /// Who it is, if that was wrong.
    pub written: Written,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// What of a party everybody who reads the file sees (当事人登记情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PartyAs {
    /// In which capacity.
    pub role: PartyRole,
    /// What kind.
    pub kind: PartyKind,
    /// The masked name.
    pub mask: String,
}

impl PartyAs {
    pub(super) fn of(party: &Party) -> Self {
        Self { role: party.role, kind: party.kind, mask: party.mask.clone() }
    }
}

/// Who somebody is was corrected (当事人已更正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PartyCorrected {
    /// The petition.
    pub petition: PetitionNumber,
    /// The party, by id.
    pub party: String,
    /// As it was written down.
    pub from: PartyAs,
    /// As it is.
    pub to: PartyAs,
    /// What of the identity; which it was and is lies sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<IdentityField>,
    /// Whether an address or a telephone is known now.
    pub reachable: bool,
    /// The identity, sealed with the party's own key.
    #[serde(skip_serializing_if = "Secret::is_withheld")]
    pub sealed: Secret,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// Whoever is known is somebody, and whoever is nobody has no name.
///
/// # Errors
/// [`Refusal::NamelessParty`].
pub(super) fn named(kind: PartyKind, mask: &str) -> Result<(), Refusal> {
    let fits = (kind == PartyKind::Anonymous) == mask.is_empty();
    if fits { Ok(()) } else { Err(Refusal::NamelessParty) }
}

impl Matter {
    /// The petition of a party, and the party.
    pub(super) fn party(&self, id: &str) -> Option<(&PetitionNumber, &Party)> {
        self.petitions.iter().find_map(|petition| {
            let party = petition.parties.iter().find(|party| party.id == id)?;
            Some((&petition.number, party))
        })
    }

    pub(super) fn correct_party(
        &self,
        correct: &CorrectParty,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
        let (petition, party) = self.party(&correct.party).ok_or(Refusal::PetitionElsewhere)?;
        let resealed = context.known.resealed.cloned().unwrap_or_else(|| Resealed::of(party));
        let to = PartyAs {
            role: correct.role.unwrap_or(party.role),
            kind: correct.kind.unwrap_or(party.kind),
            mask: resealed.mask,
        };
        let from = PartyAs::of(party);
        if resealed.fields.is_empty() && (to.role, to.kind) == (from.role, from.kind) {
            return Err(Refusal::NothingCorrected);
        }
        named(to.kind, &to.mask)?;
        // Who is to be served follows from capacity and kind: once the answer is signed, both stand.
        if self.answer.is_some() && (to.role, to.kind) != (from.role, from.kind) {
            return Err(Refusal::OpinionSigned);
        }
        filled(&[&correct.reason])?;
        self.still_registers(petition, &correct.party, &to, context)?;
        Ok(Fact::PartyCorrected(PartyCorrected {
            petition: petition.clone(),
            party: correct.party.clone(),
            from,
            to,
            fields: resealed.fields,
            reachable: resealed.reachable,
            sealed: resealed.sealed,
            reason: correct.reason.clone(),
        }))
    }

    /// What could not have been registered so can't be made so.
    fn still_registers(
        &self,
        number: &PetitionNumber,
        id: &str,
        to: &PartyAs,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        let petition = self.petitions.iter().find(|one| one.number == *number);
        let mut right = petition.ok_or(Refusal::PetitionElsewhere)?.clone();
        for party in right.parties.iter_mut().filter(|party| party.id == id) {
            (party.role, party.kind, party.mask) = (to.role, to.kind, to.mask.clone());
        }
        crate::matter::intake::check(&right, context)
    }

    pub(super) fn on_party_corrected(&mut self, corrected: &PartyCorrected) {
        let parties = self.petitions.iter_mut().flat_map(|petition| &mut petition.parties);
        if let Some(party) = parties.into_iter().find(|party| party.id == corrected.party) {
            let PartyAs { role, kind, mask } = corrected.to.clone();
            (party.role, party.kind, party.mask) = (role, kind, mask);
            (party.reachable, party.sealed) = (corrected.reachable, corrected.sealed.clone());
        }
    }
}
