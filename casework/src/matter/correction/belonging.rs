//! Who and what belongs to a petition was written down wrongly (更正归属): somebody who petitioned was left out, somebody
//! never did, a file lies with the wrong petition.

use super::party::named;
use super::{Fact, PartyAs, Written};
use crate::matter::known::Resealed;
use crate::matter::{Context, Matter};
use crate::petition::{Attachment, Party, PartyKind, PartyRole, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use serde::{Deserialize, Serialize};

/// Adds somebody who petitioned and was left out (补登当事人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddParty {
    /// The petition.
    pub petition: PetitionNumber,
    /// In which capacity.
    pub role: PartyRole,
    /// What kind.
    pub kind: PartyKind,
    /// Who it is.
    pub written: Written,
    /// How it was found out.
    pub reason: String,
}

/// Somebody who was left out was added (当事人已补登).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PartyAdded {
    /// The petition.
    pub petition: PetitionNumber,
    /// Who, with the identity sealed.
    pub party: Party,
    /// How it was found out.
    pub reason: String,
}

/// Strikes somebody who never petitioned (删除误登的当事人); a paper shows it, since whoever is struck is served nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrikeParty {
    /// The party, by id.
    pub party: String,
    /// How it was found out.
    pub reason: String,
    /// What shows it.
    pub attachments: Vec<Attachment>,
}

/// Somebody who never petitioned was struck (误登的当事人已删除); who it was lies sealed in the line that brought them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PartyStruck {
    /// The petition.
    pub petition: PetitionNumber,
    /// The party, by id.
    pub party: String,
    /// As it was written down.
    pub was: PartyAs,
    /// How it was found out.
    pub reason: String,
    /// What shows it.
    pub attachments: Vec<Attachment>,
}

/// Puts a file where it belongs (更正材料归属): to another petition of the matter, or out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectFile {
    /// The petition with which it lies.
    pub from: PetitionNumber,
    /// The file, by its hash.
    pub file: String,
    /// The petition with which it belongs; none of this matter's if nobody says.
    pub petition: Option<PetitionNumber>,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// A file was put where it belongs (材料归属已更正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FileCorrected {
    /// The file, by its hash.
    pub file: String,
    /// What it is called.
    pub name: String,
    /// With which petition it lay.
    pub from: PetitionNumber,
    /// With which it belongs; nothing if it belongs with none here, and is not opened any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PetitionNumber>,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

impl Matter {
    /// The petition of this number, which nobody took back.
    fn not_withdrawn(&self, number: &PetitionNumber) -> Result<&Petition, Refusal> {
        let petition = self.petitions.iter().find(|one| one.number == *number);
        let petition = petition.ok_or(Refusal::PetitionElsewhere)?;
        if self.withdrawn.contains(number) {
            return Err(Refusal::PetitionWithdrawn);
        }
        Ok(petition)
    }

    /// Who is to be served follows from who petitioned: once the answer is signed, it stands. Whoever is missing then
    /// brings a petition of their own.
    fn parties_open(&self) -> Result<(), Refusal> {
        if self.answer.is_some() { Err(Refusal::OpinionSigned) } else { Ok(()) }
    }

    pub(super) fn add_party(&self, add: &AddParty, context: &Context<'_>) -> Result<Fact, Refusal> {
        let petition = self.not_withdrawn(&add.petition)?;
        self.parties_open()?;
        let who = context.known.resealed.cloned().unwrap_or_else(Resealed::nobody);
        let party = Party {
            id: who.party,
            role: add.role,
            kind: add.kind,
            mask: who.mask,
            reachable: who.reachable,
            sealed: who.sealed,
        };
        named(party.kind, &party.mask)?;
        filled(&[&add.reason])?;
        let mut right = petition.clone();
        right.parties.push(party.clone());
        // What could not have been registered so can't be made so.
        crate::matter::intake::check(&right, context)?;
        let (petition, reason) = (add.petition.clone(), add.reason.clone());
        Ok(Fact::PartyAdded(PartyAdded { petition, party, reason }))
    }

    pub(super) fn strike_party(
        &self,
        strike: &StrikeParty,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
        let (number, party) = self.party(&strike.party).ok_or(Refusal::PetitionElsewhere)?;
        let petition = self.not_withdrawn(number)?;
        self.parties_open()?;
        filled(&[&strike.reason])?;
        if strike.attachments.is_empty() {
            return Err(Refusal::PaperMissing);
        }
        if petition.parties.len() == 1 {
            return Err(Refusal::OnlyParty);
        }
        let mut right = petition.clone();
        right.parties.retain(|one| one.id != strike.party);
        crate::matter::intake::check(&right, context)?;
        Ok(Fact::PartyStruck(PartyStruck {
            petition: number.clone(),
            party: strike.party.clone(),
            was: PartyAs::of(party),
            reason: strike.reason.clone(),
            attachments: strike.attachments.clone(),
        }))
    }

    /// What came with a petition or was handed in later, with its petition (信访件材料).
    pub fn handed_in(&self) -> impl Iterator<Item = (&PetitionNumber, &Attachment)> {
        let first = self.petitions.iter().flat_map(|petition| {
            petition.attachments.iter().map(move |file| (&petition.number, file))
        });
        let later = self
            .supplements
            .iter()
            .flat_map(|later| later.attachments.iter().map(move |file| (&later.petition, file)));
        first.chain(later)
    }

    /// Whether a file is opened (可否查阅): not once it was put out, unless it was handed in again where it belongs.
    pub fn opens(&self, hash: &str) -> bool {
        !self.put_out.iter().any(|one| one == hash)
            || self.handed_in().any(|(_, file)| file.hash == hash)
    }

    pub(super) fn correct_file(&self, correct: &CorrectFile) -> Result<Fact, Refusal> {
        let mut all = self.handed_in().peekable();
        all.peek().ok_or(Refusal::NothingHandedIn)?;
        let lies = |(number, file): &(&PetitionNumber, &Attachment)| {
            **number == correct.from && file.hash == correct.file
        };
        let (from, file) = all.find(lies).ok_or(Refusal::PetitionElsewhere)?;
        let known =
            |number: &PetitionNumber| self.petitions.iter().any(|one| one.number == *number);
        if correct.petition.as_ref().is_some_and(|to| !known(to)) {
            return Err(Refusal::PetitionElsewhere);
        }
        if correct.petition.as_ref() == Some(from) {
            return Err(Refusal::NothingCorrected);
        }
        filled(&[&correct.reason])?;
        Ok(Fact::FileCorrected(FileCorrected {
            file: correct.file.clone(),
            name: file.name.clone(),
            from: from.clone(),
            to: correct.petition.clone(),
            reason: correct.reason.clone(),
        }))
    }

    pub(super) fn on_party_added(&mut self, added: &PartyAdded) {
        let petition = self.petitions.iter_mut().find(|one| one.number == added.petition);
        if let Some(petition) = petition {
            petition.parties.push(added.party.clone());
        }
    }

    pub(super) fn on_party_struck(&mut self, struck: &PartyStruck) {
        for petition in &mut self.petitions {
            self.struck.extend(petition.parties.extract_if(.., |party| party.id == struck.party));
        }
    }

    pub(super) fn on_file_corrected(&mut self, corrected: &FileCorrected) {
        let FileCorrected { from, file: hash, .. } = corrected;
        let found = self.handed_in().find(|(number, file)| *number == from && file.hash == *hash);
        let Some(file) = found.map(|(_, file)| file.clone()) else { return };
        // The same bytes may lie with another petition, where they belong.
        let own = self.petitions.iter_mut().filter(|one| one.number == *from);
        let later = self.supplements.iter_mut().filter(|one| one.petition == *from);
        let first = own.map(|one| &mut one.attachments);
        let files = first.chain(later.map(|one| &mut one.attachments));
        files.for_each(|files| files.retain(|one| one.hash != *hash));
        match &corrected.to {
            None => self.put_out.push(corrected.file.clone()),
            Some(to) => {
                let petition = self.petitions.iter_mut().find(|one| one.number == *to);
                petition.into_iter().for_each(|one| one.attachments.push(file.clone()));
            }
        }
    }
}
