//! Taking a petition back (撤回). It is the petitioner's own act: under the query code, or by a paper that everybody who
//! petitioned signed. It is never a condition and never a target, a clerk's sentence closes nothing, and for some days
//! it can be taken back itself; until then nothing ends.

use crate::calendar::plus_days;
use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, paper, said};
use crate::matter::{Context, Matter, Span, Step};
use crate::org::Role;
use crate::petition::{Attachment, PartyRole, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// For how many calendar days somebody may think again (design: no text sets a period, and nobody is to give up in a
/// weak hour).
pub const THINK_AGAIN_DAYS: i64 = 7;

/// The petitioner takes a petition back, for a reason of their own (撤回).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Withdrawn {
    /// The petition.
    pub petition: PetitionNumber,
    /// In the petitioner's own words.
    pub reason: String,
    /// How many people signed the paper; 1 for who did it themselves under the query code.
    #[serde(default)]
    pub signatures: u32,
    /// The signed paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// The petitioner thinks again: the petition stands (取消撤回).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Resumed {
    /// The petition.
    pub petition: PetitionNumber,
    /// In the petitioner's own words, if they say anything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 撤回.
    Withdraw(Withdrawn),
    /// 取消撤回.
    Resume(Resumed),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "WithdrawalFact")]
pub enum Fact {
    /// 已撤回.
    Withdrawn(Withdrawn),
    /// 已取消撤回.
    Resumed(Resumed),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Withdraw(_) => Act::Withdraw,
            Self::Resume(_) => Act::Resume,
        }
    }

    /// Each of them for each petition, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let of_petition = |petition: &Petition| {
            let number = petition.number.clone();
            [
                Self::Withdraw(Withdrawn {
                    petition: number.clone(),
                    reason: said(),
                    signatures: petition.petitioners(),
                    attachments: paper(),
                }),
                Self::Resume(Resumed { petition: number, note: said() }),
            ]
        };
        trial.matter.petitions.iter().flat_map(of_petition).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[Attachment] {
        match self {
            Self::Withdrawn(withdrawn) => &withdrawn.attachments,
            Self::Resumed(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Withdrawn(_) | Self::Resumed(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::Withdrawn(withdrawn) => Some(Notified::Withdrawn(withdrawn)),
            Self::Resumed(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Withdrawn(_) => "withdrawn",
            Self::Resumed(_) => "resumed",
        }
    }
}

impl Petition {
    /// How many people petition: those who came, or those who are named, whichever are more. Whoever acts for them is
    /// none of them.
    pub fn petitioners(&self) -> u32 {
        let named = self.parties.iter().filter(|party| party.role != PartyRole::Agent).count();
        self.headcount.max(u32::try_from(named).unwrap_or(u32::MAX))
    }
}

impl Matter {
    /// Whether the matter is in a step in which a petition may be taken back.
    pub(crate) fn withdrawable(&self) -> bool {
        matches!(
            self.step,
            Step::Registered
                | Step::PassedOn(_)
                | Step::Referred(_)
                | Step::Objected { .. }
                | Step::Disputed
                | Step::Accepted
        )
    }

    /// Whether everybody who petitioned has taken it back.
    pub fn all_withdrawn(&self) -> bool {
        let back = |one: &Petition| self.withdrawn.contains(&one.number);
        !self.petitions.is_empty() && self.petitions.iter().all(back)
    }

    /// Whether whoever does it, without a paper, may take this petition back here and now.
    pub fn may_withdraw(&self, petition: &PetitionNumber, context: &Context<'_>) -> bool {
        let (petition, attachments) = (petition.clone(), Vec::new());
        let asked = Withdrawn { petition, reason: said(), signatures: 1, attachments };
        self.on_withdrawal(&Command::Withdraw(asked), context).is_ok()
    }

    /// Whether this petition was taken back and still may stand again.
    pub fn may_resume(&self, petition: &PetitionNumber, context: &Context<'_>) -> bool {
        let asked = Resumed { petition: petition.clone(), note: String::new() };
        self.on_withdrawal(&Command::Resume(asked), context).is_ok()
    }

    /// When a petition that came after the answer is over (office-local): when its petitioner was told, or, if they
    /// took it back, with the last day on which they may think again. `None` while it is owed something.
    pub fn repeat_over_on(&self, petition: &PetitionNumber) -> Option<Date> {
        if self.withdrawn.contains(petition) {
            let about = |span: &&Span| span.is_about(petition, ClockKind::ThinkAgain);
            return self.spans.iter().rfind(about).and_then(|span| span.set_for);
        }
        self.repeat_told_on(petition)
    }

    /// When the petitioner of a petition that came after the answer was told; nobody who took it back was.
    pub fn repeat_told_on(&self, petition: &PetitionNumber) -> Option<Date> {
        let told = self.repeat_clock(petition).filter(|_| !self.withdrawn.contains(petition));
        told.and_then(|span| span.ended_on)
    }

    /// Until when whoever took theirs back may think again; the last of them.
    pub fn thinking_until(&self) -> Option<Date> {
        let open = self.spans.iter().filter(|span| span.clock == ClockKind::ThinkAgain);
        open.filter(|span| span.ended_on.is_none()).filter_map(|span| span.set_for).max()
    }

    /// The days in which whoever took this petition back may think again.
    fn thinking(&self, petition: &PetitionNumber) -> Option<&Span> {
        let about = |span: &&Span| span.is_about(petition, ClockKind::ThinkAgain);
        self.spans.iter().filter(about).rfind(|span| span.ended_on.is_none())
    }

    pub(crate) fn on_withdrawal(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        match command {
            Command::Withdraw(withdrawn) => self.withdraw(withdrawn, context),
            Command::Resume(resumed) => {
                if !self.withdrawn.contains(&resumed.petition) {
                    return Err(Refusal::NotWithdrawn);
                }
                // Once the matter ended on it, it ended; what came after the end has its own days.
                let until = self.thinking(&resumed.petition).and_then(|span| span.set_for);
                let over = until.is_none_or(|until| context.moment.on > until);
                if over && matches!(self.step, Step::Concluded(_)) {
                    return Err(Refusal::Concluded);
                }
                Ok(vec![Fact::Resumed(resumed.clone()).into()])
            }
        }
    }

    fn withdraw(
        &self,
        withdrawn: &Withdrawn,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        if !self.withdrawable() && !self.owes_repeat(&withdrawn.petition) {
            return Err(self.out_of_step());
        }
        let stands = |one: &&Petition| {
            one.number == withdrawn.petition && !self.withdrawn.contains(&one.number)
        };
        let petition = self.petitions.iter().find(stands).ok_or(Refusal::PetitionElsewhere)?;
        filled(&[&withdrawn.reason])?;
        let people = petition.petitioners();
        if context.actor.is(Role::Public) {
            // A code speaks for one person: several sign together, at a counter of their choice.
            if people > 1 {
                return Err(Refusal::WithdrawTogether);
            }
        } else if withdrawn.attachments.is_empty() {
            return Err(Refusal::PaperMissing);
        } else if withdrawn.signatures < people {
            return Err(Refusal::SignaturesMissing(people));
        }
        Ok(vec![Fact::Withdrawn(withdrawn.clone()).into()])
    }

    /// Whoever thinks again after the others were served is owed the answer too; after the end, to be told how it
    /// stands.
    fn serve_again(&mut self, petition: &PetitionNumber, on: Date) {
        if self.repeat_clock(petition).is_some() {
            return;
        }
        let Some(answer) = self.answer.clone().filter(|_| !self.all_served(&self.services)) else {
            return;
        };
        if matches!(self.step, Step::Served(_)) {
            self.served = None;
            self.stop(ClockKind::Evaluation, on);
            self.start(ClockKind::Service, on);
            self.step = Step::Answered(answer);
        } else if matches!(self.step, Step::Concluded(_)) {
            self.start_about(petition, ClockKind::Repeat, on);
        }
    }

    pub(crate) fn fold_withdrawal(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::Withdrawn(withdrawn) => {
                self.end_repeat(&withdrawn.petition, on);
                self.withdrawn.push(withdrawn.petition.clone());
                self.start_about(&withdrawn.petition, ClockKind::ThinkAgain, on);
                self.set_last(plus_days(on, THINK_AGAIN_DAYS));
            }
            Fact::Resumed(resumed) => {
                self.withdrawn.retain(|number| *number != resumed.petition);
                self.serve_again(&resumed.petition, on);
                let thinking = |span: &&mut Span| {
                    span.is_about(&resumed.petition, ClockKind::ThinkAgain)
                        && span.ended_on.is_none()
                };
                let Some(span) = self.spans.iter_mut().find(thinking) else { return };
                span.ended_on = Some(on);
                let since = span.started_on;
                self.owe_again(&resumed.petition, since);
            }
        }
    }
}
