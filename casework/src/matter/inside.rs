//! Inside a unit (单位内部办理): who has the matter in hand, and how a draft becomes an opinion: written, checked by
//! somebody else, amended, signed. The regulations leave this to the unit; what stands here is what 《党政机关公文
//! 处理工作条例》 (GW12) asks of every paper: it is looked over before it is signed (20), and an organ's head signs (22).

use crate::directory::{Directory, Person};
use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::referral::Ruling;
use crate::matter::{Context, Demand, Entry, Matter, Step};
use crate::org::{AccountId, UnitId};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Puts somebody of the unit in charge (确定承办人): the matter stands in their queue until another is put there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PutInCharge {
    /// Whom; the account.
    pub person: AccountId,
    /// What they should know of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Puts a whole draft forward to be looked over (送核稿).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DraftSubmitted {
    /// By whom; the account.
    pub checker: AccountId,
}

/// Whoever looked it over agrees (核稿同意).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DraftChecked {
    /// What they say to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Who has it in hand (承办人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InCharge {
    /// The account.
    pub person: AccountId,
    /// Since when.
    pub since: Date,
}

/// How far the draft of the opinion is (拟稿进度).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DraftStage {
    /// It is being written.
    #[default]
    Writing,
    /// Somebody looks it over.
    Submitted(AccountId),
    /// Somebody looked it over and agrees.
    Checked(AccountId),
    /// Somebody wants it amended.
    Returned(Ruling),
}

impl DraftStage {
    /// Whether it is with whoever looks it over, or with whoever amends it.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Submitted(_) | Self::Returned(_) => true,
            Self::Writing | Self::Checked(_) => false,
        }
    }
}

/// The draft of the opinion (处理意见稿).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Everybody who wrote at it.
    pub authors: BTreeSet<AccountId>,
    /// How far it is.
    pub stage: DraftStage,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 确定承办人.
    PutInCharge(PutInCharge),
    /// 送核稿.
    SubmitDraft(DraftSubmitted),
    /// 核稿同意.
    CheckDraft(DraftChecked),
    /// 退改.
    ReturnDraft(Ruling),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "InsideFact")]
pub enum Fact {
    /// 已确定承办人.
    PutInCharge(PutInCharge),
    /// 已送核稿.
    DraftSubmitted(DraftSubmitted),
    /// 核稿已同意.
    DraftChecked(DraftChecked),
    /// 已退改.
    DraftReturned(Ruling),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::PutInCharge(_) => Act::PutInCharge,
            Self::SubmitDraft(_) => Act::SubmitDraft,
            Self::CheckDraft(_) => Act::CheckDraft,
            Self::ReturnDraft(_) => Act::ReturnDraft,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let put =
            |person: AccountId| Self::PutInCharge(PutInCharge { person, note: String::new() });
        let submit = |checker: AccountId| Self::SubmitDraft(DraftSubmitted { checker });
        let people = trial.colleagues();
        let put = people.iter().cloned().map(put);
        let submit = people.iter().cloned().map(submit);
        let looked =
            [Self::CheckDraft(DraftChecked { note: said() }), Self::ReturnDraft(Trial::ruling())];
        put.chain(submit).chain(looked).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::PutInCharge(_)
            | Self::DraftSubmitted(_)
            | Self::DraftChecked(_)
            | Self::DraftReturned(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::PutInCharge(_)
            | Self::DraftSubmitted(_)
            | Self::DraftChecked(_)
            | Self::DraftReturned(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::PutInCharge(_)
            | Self::DraftSubmitted(_)
            | Self::DraftChecked(_)
            | Self::DraftReturned(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::PutInCharge(_) => "put_in_charge",
            Self::DraftSubmitted(_) => "draft_submitted",
            Self::DraftChecked(_) => "draft_checked",
            Self::DraftReturned(_) => "draft_returned",
        }
    }
}

impl Matter {
    /// Whether somebody may have it in hand or look over its draft (可承办的人): whoever works at the unit that has it,
    /// and need not keep out.
    pub fn may_work(&self, person: &AccountId, directory: &Directory) -> bool {
        let here = |one: &Person| one.unit == self.holder && one.works();
        let here = directory.people.get(person).is_some_and(here);
        here && !self.walls().accounts.contains(person)
    }

    pub(crate) fn on_inside(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let actor = context.actor;
        let heads = actor.heads();
        match command {
            Command::PutInCharge(put) => {
                if matches!(self.step, Step::Concluded(_)) {
                    return Err(Refusal::Concluded);
                }
                // Nobody takes it out of another's hands but their head.
                match self.person_in_charge() {
                    Some(person) if *person == put.person => return Err(Refusal::InChargeAlready),
                    Some(person) if !context.is_for(person) && !heads => {
                        return Err(Refusal::InAnothersCharge);
                    }
                    Some(_) | None => {}
                }
                if !self.may_work(&put.person, context.directory) {
                    return Err(Refusal::NotOfTheUnit);
                }
                Ok(vec![Fact::PutInCharge(put.clone()).into()])
            }
            Command::SubmitDraft(submitted) => {
                self.drafted()?;
                if matches!(self.draft.stage, DraftStage::Returned(_)) {
                    return Err(Refusal::DraftReturned);
                }
                if !self.may_work(&submitted.checker, context.directory) {
                    return Err(Refusal::NotOfTheUnit);
                }
                if self.draft.authors.contains(&submitted.checker) {
                    return Err(Refusal::OwnDraft);
                }
                Ok(vec![Fact::DraftSubmitted(submitted.clone()).into()])
            }
            Command::CheckDraft(checked) => {
                self.drafted()?;
                match &self.draft.stage {
                    DraftStage::Submitted(checker) if context.is_for(checker) => {}
                    DraftStage::Submitted(_) => return Err(Refusal::DraftUnchecked),
                    DraftStage::Writing | DraftStage::Checked(_) | DraftStage::Returned(_) => {
                        return Err(Refusal::DraftNotSubmitted);
                    }
                }
                Ok(vec![Fact::DraftChecked(checked.clone()).into()])
            }
            Command::ReturnDraft(ruling) => {
                self.drafted()?;
                let asked = match &self.draft.stage {
                    DraftStage::Submitted(checker) => context.is_for(checker),
                    DraftStage::Returned(_) => return Err(Refusal::DraftReturned),
                    DraftStage::Writing | DraftStage::Checked(_) => false,
                };
                if !asked && !heads {
                    return Err(Refusal::DraftNotSubmitted);
                }
                filled(&[&ruling.reason])?;
                Ok(vec![Fact::DraftReturned(ruling.clone()).into()])
            }
        }
    }

    /// Every demand has its answer in the draft, and nothing is signed.
    fn drafted(&self) -> Result<(), Refusal> {
        self.in_drafting()?;
        let open: Vec<u32> = self.unanswered().collect();
        if open.is_empty() { Ok(()) } else { Err(Refusal::DemandUnanswered(open)) }
    }

    /// Whether the draft may be signed by this person: whoever was asked to look it over has done so, what was to be
    /// amended is amended, and it is not the work of one person alone (GW12-20, GW12-22).
    pub(crate) fn may_sign(&self, context: &Context<'_>) -> Result<(), Refusal> {
        let signer = &context.actor.account;
        match &self.draft.stage {
            DraftStage::Returned(_) => return Err(Refusal::DraftReturned),
            DraftStage::Submitted(checker) if !context.is_for(checker) => {
                return Err(Refusal::DraftUnchecked);
            }
            DraftStage::Checked(_) => return Ok(()),
            DraftStage::Writing | DraftStage::Submitted(_) => {}
        }
        let alone = self.draft.authors.iter().all(|author| author == signer);
        if alone && !self.draft.authors.is_empty() { Err(Refusal::OwnDraft) } else { Ok(()) }
    }

    /// Who has it in hand (承办人); whoever must keep out has not.
    pub fn person_in_charge(&self) -> Option<&AccountId> {
        let person = &self.in_charge.as_ref()?.person;
        (!self.walls().accounts.contains(person)).then_some(person)
    }

    /// Who has it in hand while it is not concluded.
    pub fn in_hand_of(&self) -> Option<&AccountId> {
        self.person_in_charge().filter(|_| !matches!(self.step, Step::Concluded(_)))
    }

    /// The unit that has it in nobody's hands (待确定承办人).
    pub fn unassigned(&self) -> Option<&UnitId> {
        let lies = !matches!(self.step, Step::Concluded(_)) && self.person_in_charge().is_none();
        lies.then_some(&self.holder)
    }

    /// Who is asked to look the draft over, and has not yet (待核稿).
    pub fn checker(&self) -> Option<&AccountId> {
        match &self.draft.stage {
            DraftStage::Submitted(checker) => Some(checker),
            DraftStage::Writing | DraftStage::Checked(_) | DraftStage::Returned(_) => None,
        }
    }

    /// Whoever of the unit that has it begins to work on it has it in hand, until somebody else is put in charge.
    pub(crate) fn note_charge(&mut self, entry: &Entry) {
        let begins = matches!(
            entry.fact,
            crate::matter::Fact::Registered(_)
                | crate::matter::Fact::Accepted(_)
                | crate::matter::Fact::StepTaken(_)
                | crate::matter::Fact::DemandAnswered(_)
                | crate::matter::Fact::Passing(super::passing::Fact::TakenOver)
        );
        let here = entry.unit == self.holder && !entry.by_public();
        if begins && here && self.person_in_charge().is_none() {
            self.in_charge = Some(InCharge { person: entry.actor.clone(), since: entry.on });
        }
    }

    /// Whoever answers drafts their own answer: what others wrote at and never signed falls away. What a review left as
    /// it was stands.
    pub(crate) fn drop_draft(&mut self) {
        self.draft = Draft::default();
        let anew: Vec<u32> = self.sent_back.iter().map(|answer| answer.demand).collect();
        let ordered = self.answer_ordered;
        let drafted = |demand: &&mut Demand| !ordered || anew.contains(&demand.ordinal);
        self.demands.iter_mut().filter(drafted).for_each(|demand| demand.answer = None);
    }

    /// What somebody writes at the draft goes round again.
    pub(crate) fn note_author(&mut self, author: &AccountId) {
        self.draft.authors.insert(author.clone());
        self.draft.stage = DraftStage::Writing;
    }

    pub(crate) fn fold_inside(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::PutInCharge(put) => {
                self.in_charge = Some(InCharge { person: put.person.clone(), since: on });
            }
            Fact::DraftSubmitted(submitted) => {
                self.draft.stage = DraftStage::Submitted(submitted.checker.clone());
            }
            Fact::DraftChecked(_) => {
                if let Some(checker) = self.checker().cloned() {
                    self.draft.stage = DraftStage::Checked(checker);
                }
            }
            Fact::DraftReturned(ruling) => self.draft.stage = DraftStage::Returned(ruling.clone()),
        }
    }
}
