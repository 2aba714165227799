//! What only the record and the vault know (查验结果), and which commands have to be asked about: rules that look beyond
//! the matter take the answer from the context, so that they stay rules and can be tried without either.

use super::{Command, correction, mediation, participation};
use crate::matter::correction::{AddParty, CorrectParty, IdentityField};
use crate::matter::participation::ResultAnnounced;
use crate::petition::Party;
use crate::secret::Secret;

/// What was found about a command before the rules decide (查验结果); nothing stands against one that is not asked about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known<'a> {
    /// What the command makes public names somebody of the matter, or looks like somebody's data (含个人信息).
    pub names_somebody: bool,
    /// Who a party is, sealed again as the command corrects it (重新加密的身份信息).
    pub resealed: Option<&'a Resealed>,
}

/// An identity, sealed again after it was corrected (重新加密的身份信息).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resealed {
    /// Whose: the party's id.
    pub party: String,
    /// What of it was corrected.
    pub fields: Vec<IdentityField>,
    /// The masked name.
    pub mask: String,
    /// Whether an address or a telephone is known.
    pub reachable: bool,
    /// The sealed text.
    pub sealed: Secret,
}

impl Resealed {
    /// A party as it is, nothing of which was corrected.
    pub fn of(party: &Party) -> Self {
        let (mask, reachable, sealed) = (party.mask.clone(), party.reachable, party.sealed.clone());
        Self { party: party.id.clone(), fields: Vec::new(), mask, reachable, sealed }
    }

    /// Somebody of whom nothing is known.
    pub fn nobody() -> Self {
        Self {
            party: String::new(),
            fields: Vec::new(),
            mask: String::new(),
            reachable: false,
            sealed: Secret::default(),
        }
    }
}

impl Command {
    /// Who took a paper (签收人), which the case file keeps under a mask.
    #[expect(clippy::wildcard_enum_match_arm, reason = "no other command names who took a paper")]
    pub fn recipient(&mut self) -> Option<&mut String> {
        match self {
            Self::Serve(served) | Self::ServeReview(served) => Some(&mut served.recipient),
            Self::ServeNotice(served) => Some(&mut served.service.recipient),
            Self::Mediation(mediation::Command::Settle(settled)) => Some(&mut settled.recipient),
            _ => None,
        }
    }

    /// Whose identity it corrects (更正的当事人).
    pub fn corrects(&self) -> Option<&CorrectParty> {
        let Self::Correction(correction::Command::CorrectParty(correct)) = self else {
            return None;
        };
        Some(correct)
    }

    /// Whom it adds (补登的当事人).
    pub fn adds(&self) -> Option<&AddParty> {
        let Self::Correction(correction::Command::AddParty(add)) = self else { return None };
        Some(add)
    }

    /// Whom it strikes, by the party's id (删除的当事人).
    pub fn strikes(&self) -> Option<&str> {
        let Self::Correction(correction::Command::StrikeParty(strike)) = self else { return None };
        Some(&strike.party)
    }

    /// What it makes public (公布内容), in which nobody is named.
    pub fn published(&self) -> Vec<&str> {
        if let Self::Publication(command) = self {
            return command.published();
        }
        if let Self::Hearing(command) = self {
            return command.published();
        }
        let Self::Participation(participation::Command::AnnounceResult(announced)) = self else {
            return Vec::new();
        };
        let ResultAnnounced { text, venue, .. } = announced;
        vec![text, venue]
    }
}
