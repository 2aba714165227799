//! What the county itself answers (县里办理): reviews, and the letters in the magistrate's mailbox.

use super::deed::Turn;
use super::plan::{Course, Letter, Plan, answer, by_post, served};
use super::player::Player;
use super::{YEAR, broken};
use crate::act::act;
use crate::by::By;
use crate::mailbox::{Standing, keep};
use crate::problem::Problem;
use casework::matter::handling::{Commitment, DemandAnswered, Outcome, Signed};
use casework::matter::publication::{self, AnswerPublished};
use casework::matter::review::{ReviewAsked, ReviewDecided, ReviewOutcome};
use casework::matter::service::Conclude;
use casework::matter::{Cause, Command, MatterId};
use casework::org::{Actor, Role, UnitId};
use jiff::civil::Date;

/// What the county would have hold instead: the sum is reckoned again.
fn instead(on: Date) -> DemandAnswered {
    let by = casework::calendar::plus_days(on, 30);
    DemandAnswered {
        demand: 1,
        outcome: Outcome::Partly,
        text: "原答复漏算一年，应按原始凭证重新核算，差额予以补足。".to_owned(),
        basis: "《信访工作条例》第三十五条".to_owned(),
        commitment: Some(Commitment { what: "重新核算并补足差额".to_owned(), by }),
    }
}

impl Player<'_> {
    /// The county reviews an answer: it upholds it, or changes it every second time.
    pub(super) fn review(
        &self,
        plan: &Plan,
        id: MatterId,
        course: Course,
        Turn { on, serial }: Turn,
    ) -> Result<(), Problem> {
        let office = self.house.office.0.clone();
        let clerk = self.person(&office, Role::RegistrationClerk)?;
        let (handler, head) =
            (self.person("gov", Role::UnitHandler)?, self.person("gov", Role::UnitHead)?);
        let (actor, command) = match course {
            Course::Ask => {
                let reason = "答复没有说清计算的依据，请求重新核算。".to_owned();
                let asked = ReviewAsked {
                    petition: None,
                    organ: UnitId("gov".to_owned()),
                    received_on: on,
                    posted_on: None,
                    reason,
                    demands: Vec::new(),
                    late_reason: None,
                    attachments: Vec::new(),
                };
                (&clerk, Command::AskReview(asked))
            }
            Course::Accept => (&handler, Command::AcceptReview),
            Course::Decide => {
                let outcome = if serial.is_multiple_of(2) {
                    ReviewOutcome::Uphold
                } else {
                    ReviewOutcome::Change
                };
                let decided = ReviewDecided {
                    outcome,
                    text: "调取原始材料并当面听取双方意见，计算的依据已逐项说明。".to_owned(),
                    basis: "《信访工作条例》第三十五条".to_owned(),
                    number: format!("云政复查〔{YEAR}〕{serial}号"),
                };
                if outcome == ReviewOutcome::Change {
                    let instead = Command::AnswerInstead(instead(on));
                    act(self.house, By::now(self.house, &handler), id, None, instead)?;
                }
                (&head, Command::DecideReview(decided))
            }
            Course::Serve => (&handler, Command::ServeReview(by_post(plan, on, serial))),
        };
        act(self.house, By::now(self.house, actor), id, None, command).map(|_| ())
    }

    /// The magistrate, who comes second of the county's leaders.
    pub(super) fn magistrate(&self) -> Result<&Actor, Problem> {
        self.leaders.get(1).ok_or_else(|| broken("no magistrate"))
    }

    /// The secretary and the magistrate let everybody write to them.
    pub(super) fn open_mailboxes(&self) -> Result<(), Problem> {
        for leader in self.leaders.iter().take(2) {
            let by = By::now(self.house, leader);
            keep(self.house, by, leader.account.clone(), Standing::Open)?;
        }
        Ok(())
    }

    /// The office drafts, the magistrate signs, the office brings it, and everybody may read what was answered.
    pub(super) fn letter(
        &self,
        plan: &Plan,
        id: MatterId,
        letter: Letter,
        Turn { on, serial }: Turn,
    ) -> Result<(), Problem> {
        let office = self.house.office.0.clone();
        let clerk = self.person(&office, Role::RegistrationClerk)?;
        let doing = |actor: &Actor, command: Command| {
            act(self.house, By::now(self.house, actor), id, None, command).map(|_| ())
        };
        match letter {
            Letter::Draft => {
                self.hear_out(&clerk, id, on)?;
                let demands = u32::try_from(plan.story.demands.len()).unwrap_or(0);
                (1..=demands).try_for_each(|demand| doing(&clerk, answer(plan, demand, on)))
            }
            Letter::Sign => {
                let number = format!("云县长信〔{YEAR}〕{serial}号");
                let signed = Signed { number, new_facts: None, for_head: None };
                doing(self.magistrate()?, Command::Sign(signed))
            }
            Letter::Serve => doing(&clerk, served(plan, on, serial)),
            Letter::Conclude => {
                let cause = Cause::parse(&plan.story.cause);
                doing(&clerk, Command::Conclude(Conclude { cause }))
            }
            Letter::Publish => doing(&clerk, published(plan)),
        }
    }
}

/// What was asked and answered, as the story tells it of nobody.
fn published(plan: &Plan) -> Command {
    let answers: Vec<&str> = plan.story.answers.iter().map(|one| one.text.as_str()).collect();
    let published = AnswerPublished {
        title: plan.story.title.clone(),
        question: plan.story.demands.join("；"),
        answer: answers.join("\n"),
    };
    publication::Command::Publish(published).into()
}
