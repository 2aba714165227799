//! What the unit did to find out (调查核实): it hears who petitioned, looks, asks and reads; and nothing is signed
//! before everybody who waits for the answer was heard (R05-31, R22-31).

use crate::code::code_list;
use crate::matter::track::{Branch, Track};
use crate::matter::{Context, Fact, Matter};
use crate::org::UnitId;
use crate::petition::{Attachment, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// What a step of the investigation was (调查方式).
    pub enum InquiryKind {
        /// 听取信访人陈述事实和理由.
        Heard = "heard",
        /// 经联系，未能听取: nobody could be reached, or they would not say anything; when and how it was tried.
        Unreached = "unreached",
        /// 实地查看.
        Site = "site",
        /// 询问有关单位和人员.
        Asked = "asked",
        /// 查阅、调取资料.
        Records = "records",
        /// 其他.
        Other = "other",
    }
}

/// What steps were before they had a kind.
fn other() -> InquiryKind {
    InquiryKind::Other
}

/// A step of the investigation (调查核实), with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct StepTaken {
    /// Day of the step, office-local.
    pub on: Date,
    /// What it was.
    #[serde(default = "other")]
    pub inquiry: InquiryKind,
    /// Whom it heard or tried to hear, by their petition; `None` for everybody who waits for the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub petition: Option<PetitionNumber>,
    /// What was done and found.
    pub text: String,
    /// Who interpreted, if anybody did (翻译).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub interpreter: String,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl InquiryKind {
    /// Whether it is about hearing who petitioned.
    pub fn hears(self) -> bool {
        match self {
            Self::Heard | Self::Unreached => true,
            Self::Site | Self::Asked | Self::Records | Self::Other => false,
        }
    }
}

/// That a unit heard who petitioned, or could not (听取陈述).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Whose petition.
    pub petition: PetitionNumber,
    /// By which unit; another has to hear them again.
    pub unit: UnitId,
}

impl Matter {
    /// R05-31, R22-31: the petitioner is heard, and what was done and found is written down.
    pub(crate) fn take_step(
        &self,
        step: &StepTaken,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.in_drafting()?;
        if step.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if step.on < self.received_on {
            return Err(Refusal::DateTooEarly(self.received_on));
        }
        filled(&[&step.text])?;
        let waits = |number: &PetitionNumber| self.waiting().any(|one| one.number == *number);
        if step.petition.as_ref().is_some_and(|number| !waits(number)) {
            return Err(Refusal::PetitionElsewhere);
        }
        Ok(vec![Fact::StepTaken(step.clone())])
    }

    pub(crate) fn fold_step(&mut self, step: &StepTaken) {
        if !step.inquiry.hears() {
            return;
        }
        let theirs =
            |one: &&Petition| step.petition.as_ref().is_none_or(|number| one.number == *number);
        let unit = self.holder.clone();
        let heard = self.waiting().filter(theirs);
        let heard: Vec<Heard> =
            heard.map(|one| Heard { petition: one.number.clone(), unit: unit.clone() }).collect();
        self.heard.extend(heard);
    }

    /// Whether the unit that answers hears the petitioner first (R05-31, R22-31⑥): what is answered under the
    /// regulations themselves, not under the organ's own statute, and neither a suggestion nor an accusation.
    fn hears(&self) -> bool {
        self.track == Track::Redress && matches!(self.branch, None | Some(Branch::Residual))
    }

    /// The petitions whose people wait for the answer, and whom the unit that has the matter has not heard
    /// (尚未听取陈述的信访件); nobody is heard who is not known.
    pub fn unheard(&self) -> impl Iterator<Item = &PetitionNumber> {
        let known = |one: &&Petition| one.reached().next().is_some();
        let heard = |number: &PetitionNumber| {
            self.heard.iter().any(|one| one.unit == self.holder && one.petition == *number)
        };
        let hears = self.hears();
        self.waiting()
            .filter(known)
            .map(|one| &one.number)
            .filter(move |number| hears && !heard(number))
    }
}
