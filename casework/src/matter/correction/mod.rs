//! Correcting what was written down wrongly (更正): each with its reason, as a line of its own; what was written before
//! stays in the file. Days and figures follow from what is right, and the petitioner is told where a right of theirs
//! moves.

mod asked;
mod belonging;
mod party;
mod registration;
mod service;

pub use asked::{ANSWER_DAYS, CorrectionAnswered, CorrectionAsked, CorrectionRequest};
pub use belonging::{AddParty, CorrectFile, FileCorrected, PartyAdded, PartyStruck, StrikeParty};
pub use party::{CorrectParty, IdentityField, PartyAs, PartyCorrected, Written};
pub use registration::{Change, Correct, Corrected, NameOrgan};
pub use service::{CorrectService, ServedPaper, ServiceCorrected};

use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, paper, said};
use crate::matter::{Context, Demand, Matter};
use crate::petition::{Attachment, Party, PartyKind, PartyRole, Petition, PetitionNumber};
use crate::refusal::Refusal;
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 更正登记.
    Correct(Correct),
    /// 更正送达.
    CorrectService(CorrectService),
    /// 明确被投诉机关.
    NameOrgan(NameOrgan),
    /// 更正当事人.
    CorrectParty(CorrectParty),
    /// 补登当事人.
    AddParty(AddParty),
    /// 删除误登的当事人.
    StrikeParty(StrikeParty),
    /// 更正材料归属.
    CorrectFile(CorrectFile),
    /// 请求更正.
    AskCorrection(CorrectionAsked),
    /// 答复更正请求.
    AnswerCorrection(CorrectionAnswered),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "CorrectionFact")]
pub enum Fact {
    /// 登记已更正.
    Corrected(Corrected),
    /// 送达已更正.
    ServiceCorrected(ServiceCorrected),
    /// 被投诉机关已明确.
    OrganNamed(NameOrgan),
    /// 当事人已更正.
    PartyCorrected(PartyCorrected),
    /// 当事人已补登.
    PartyAdded(PartyAdded),
    /// 误登的当事人已删除.
    PartyStruck(PartyStruck),
    /// 材料归属已更正.
    FileCorrected(FileCorrected),
    /// 已请求更正.
    CorrectionAsked(CorrectionAsked),
    /// 更正请求已答复.
    CorrectionAnswered(CorrectionAnswered),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Correct(_) => Act::Correct,
            Self::CorrectService(_) => Act::CorrectService,
            Self::NameOrgan(_) => Act::NameOrgan,
            Self::CorrectParty(_) => Act::CorrectParty,
            Self::AddParty(_) => Act::AddParty,
            Self::StrikeParty(_) => Act::StrikeParty,
            Self::CorrectFile(_) => Act::CorrectFile,
            Self::AskCorrection(_) => Act::AskCorrection,
            Self::AnswerCorrection(_) => Act::AnswerCorrection,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let one_more = |petition: &Petition| {
            Self::Correct(Correct {
                petition: petition.number.clone(),
                channel: None,
                headcount: Some(petition.headcount.saturating_add(1)),
                place: None,
                received_on: None,
                reason: said(),
            })
        };
        let served = |paper| {
            Self::CorrectService(CorrectService { paper, to: trial.served(), reason: said() })
        };
        let petitions = trial.matter.petitions.iter().map(one_more);
        // Another than the one that stands there.
        let name = |demand: &Demand| {
            let organ = demand.complained_of.is_none().then(|| trial.unit());
            Self::NameOrgan(NameOrgan { demand: demand.ordinal, organ })
        };
        let demands = trial.matter.demands.iter().map(name);
        let all = || trial.matter.petitions.iter();
        let parties = all().flat_map(|one| &one.parties).map(other_role);
        let asks = |one: &Petition| {
            Self::AskCorrection(CorrectionAsked { petition: one.number.clone(), text: said() })
        };
        let answers = |one: &Petition| {
            Self::AnswerCorrection(CorrectionAnswered {
                petition: one.number.clone(),
                granted: false,
                text: said(),
            })
        };
        let adds = |one: &Petition| {
            Self::AddParty(AddParty {
                petition: one.number.clone(),
                role: PartyRole::Joint,
                kind: PartyKind::Anonymous,
                written: Written::default(),
                reason: said(),
            })
        };
        let strikes = |party: &Party| {
            let (party, attachments) = (party.id.clone(), paper());
            Self::StrikeParty(StrikeParty { party, reason: said(), attachments })
        };
        let puts_out = |(from, file): (&PetitionNumber, &Attachment)| {
            let (from, file) = (from.clone(), file.hash.clone());
            Self::CorrectFile(CorrectFile { from, file, petition: None, reason: said() })
        };
        let members = all().flat_map(|one| &one.parties).map(strikes).chain(all().map(adds));
        // Of nothing that was handed in there is nothing to choose.
        let files: Vec<Self> = trial.matter.handed_in().map(puts_out).collect();
        let none = files.is_empty().then(|| {
            let (from, file) = (PetitionNumber(said()), said());
            Self::CorrectFile(CorrectFile { from, file, petition: None, reason: said() })
        });
        let belonging = members.chain(files).chain(none);
        let requests = all().map(asks).chain(all().map(answers)).chain(belonging);
        let registered = petitions.chain(demands).chain(parties);
        registered.chain(requests).chain(ServedPaper::ALL.map(served)).collect()
    }
}

/// Another capacity than the one that stands there.
fn other_role(party: &Party) -> Command {
    let lead = party.role == PartyRole::Lead;
    Command::CorrectParty(CorrectParty {
        party: party.id.clone(),
        role: Some(if lead { PartyRole::Joint } else { PartyRole::Lead }),
        kind: None,
        written: Written::default(),
        reason: said(),
    })
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Corrected(_)
            | Self::OrganNamed(_)
            | Self::PartyCorrected(_)
            | Self::CorrectionAsked(_)
            | Self::CorrectionAnswered(_)
            | Self::PartyAdded(_)
            | Self::FileCorrected(_) => &[],
            Self::PartyStruck(struck) => &struck.attachments,
            Self::ServiceCorrected(corrected) => &corrected.to.attachments,
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Corrected(_)
            | Self::ServiceCorrected(_)
            | Self::OrganNamed(_)
            | Self::PartyCorrected(_)
            | Self::PartyAdded(_)
            | Self::PartyStruck(_)
            | Self::FileCorrected(_)
            | Self::CorrectionAsked(_)
            | Self::CorrectionAnswered(_) => None,
        }
    }

    /// The notice that it makes, where a right of the petitioner moves (告知书): days count from the receipt, and from
    /// the service, and whoever is struck is served nothing.
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::Corrected(corrected) => {
                let moves = |change: &Change| matches!(change, Change::ReceivedOn { .. });
                corrected.changes.iter().any(moves).then_some(Notified::Corrected(corrected))
            }
            Self::ServiceCorrected(corrected) => Some(Notified::ServiceCorrected(corrected)),
            Self::PartyStruck(struck) => Some(Notified::PartyStruck(struck)),
            Self::OrganNamed(_)
            | Self::PartyCorrected(_)
            | Self::PartyAdded(_)
            | Self::FileCorrected(_)
            | Self::CorrectionAsked(_)
            | Self::CorrectionAnswered(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Corrected(_) => "corrected",
            Self::ServiceCorrected(_) => "service_corrected",
            Self::OrganNamed(_) => "organ_named",
            Self::PartyCorrected(_) => "party_corrected",
            Self::PartyAdded(_) => "party_added",
            Self::PartyStruck(_) => "party_struck",
            Self::FileCorrected(_) => "file_corrected",
            Self::CorrectionAsked(_) => "correction_asked",
            Self::CorrectionAnswered(_) => "correction_answered",
        }
    }
}

impl Matter {
    pub(crate) fn on_correction(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        // Whoever asked is answered, also where nothing else goes on.
        if !matches!(command, Command::AnswerCorrection(_)) {
            self.not_halted()?;
        }
        let fact = match command {
            Command::Correct(correct) => self.correct_registration(correct, context)?,
            Command::CorrectService(correct) => self.correct_service(correct, context)?,
            Command::NameOrgan(named) => self.name_organ(named, context)?,
            Command::CorrectParty(correct) => self.correct_party(correct, context)?,
            Command::AddParty(add) => self.add_party(add, context)?,
            Command::StrikeParty(strike) => self.strike_party(strike, context)?,
            Command::CorrectFile(correct) => self.correct_file(correct)?,
            Command::AskCorrection(asked) => self.ask_correction(asked)?,
            Command::AnswerCorrection(answered) => self.answer_correction(answered)?,
        };
        Ok(vec![fact.into()])
    }

    pub(crate) fn fold_correction(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::Corrected(corrected) => {
                self.on_corrected(corrected);
                self.note_corrected(&corrected.petition);
            }
            Fact::ServiceCorrected(corrected) => {
                self.on_service_corrected(corrected);
                let all: Vec<PetitionNumber> =
                    self.petitions.iter().map(|petition| petition.number.clone()).collect();
                all.iter().for_each(|petition| self.note_corrected(petition));
            }
            Fact::OrganNamed(named) => self.on_organ_named(named),
            Fact::PartyCorrected(corrected) => {
                self.on_party_corrected(corrected);
                self.note_corrected(&corrected.petition);
            }
            Fact::PartyAdded(added) => {
                self.on_party_added(added);
                self.note_corrected(&added.petition);
            }
            Fact::PartyStruck(struck) => {
                self.on_party_struck(struck);
                self.note_corrected(&struck.petition);
            }
            Fact::FileCorrected(corrected) => {
                self.on_file_corrected(corrected);
                self.note_corrected(&corrected.from);
                corrected.to.iter().for_each(|petition| self.note_corrected(petition));
            }
            Fact::CorrectionAsked(asked) => self.on_correction_asked(asked, on),
            Fact::CorrectionAnswered(answered) => self.on_correction_answered(answered, on),
        }
    }
}
