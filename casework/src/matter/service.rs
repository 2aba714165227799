//! Bringing an answer to the petitioner, with proof (送达), and concluding (办结).

use crate::code::code_list;
use crate::matter::{Cause, Conclusion, ConclusionGround, Context, Fact, Matter, Step};
use crate::moment::Within;
use crate::petition::Attachment;
use crate::refusal::{Refusal, filled};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// How a document was served (送达方式).
    pub enum ServiceMethod {
        /// 当面.
        InPerson = "in_person",
        /// 邮寄; the date is that of the receipt.
        Post = "post",
        /// 电子, with consent.
        Electronic = "electronic",
        /// 留置, with witnesses or pictures.
        Left = "left",
        /// 公告.
        PublicNotice = "public_notice",
    }
}

/// The answer reached the petitioner; the review window starts from `on` (R05-34, R22-35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Served {
    /// How.
    pub method: ServiceMethod,
    /// The day it was received, office-local.
    pub on: Date,
    /// Who took it, or who witnessed it being left (签收人、见证人); masked like a name.
    pub recipient: String,
    /// What proves it: the receipt's number, the photograph, the notice's place (送达回证).
    pub proof: String,
    /// Scans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Concludes the matter (办结), with the cause of the problem as the office sees its own part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conclude {
    /// 形成原因; `None` only where an old ledger does not say.
    pub cause: Option<Cause>,
}

impl Served {
    /// What holds for every service: not before the paper was made, not in the future, with proof.
    pub(crate) fn check(&self, made_on: Date, context: &Context<'_>) -> Result<(), Refusal> {
        if self.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if self.on < made_on {
            return Err(Refusal::DateTooEarly(made_on));
        }
        filled(&[&self.proof, &self.recipient])?;
        Ok(())
    }
}

impl Matter {
    /// Whether an answer reached the petitioner in these days: the unit's, or a review's; or both sides agreed, or a
    /// promise was carried out.
    pub fn answered_in(&self, within: Within) -> bool {
        let reviews = self.reviews.iter().filter_map(|review| review.served.as_ref());
        let served = self.served.iter().chain(reviews).map(|served| served.on);
        let settled = self.settlement.iter().map(|settled| settled.on);
        let executed = self.executed.iter().map(|done| done.on);
        served.chain(settled).chain(executed).any(|on| within.holds(on))
    }

    pub(crate) fn serve(
        &self,
        served: &Served,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let answered_on = match &self.step {
            Step::Answered(answer) => answer.on,
            Step::Served(_) | Step::Concluded(_) => return Err(Refusal::NothingToServe),
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Accepted
            | Step::Settled
            | Step::ReviewAsked
            | Step::InReview
            | Step::ReviewDecided
            | Step::Halted(_) => return Err(self.out_of_step()),
        };
        served.check(answered_on, context)?;
        Ok(vec![Fact::Served(served.clone())])
    }

    /// Nothing concludes without a served answer or a recorded legal ground; the grounds conclude
    /// by themselves in [`crate::matter::referral`], so what comes here needs its answer served.
    pub(crate) fn conclude(
        &self,
        conclude: Conclude,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let announced = |one: &crate::matter::participation::Participation| one.announced.is_some();
        if !self.participation.as_ref().is_none_or(announced) {
            return Err(Refusal::ResultNotAnnounced);
        }
        // Who took it back may think again for some days; nothing ends before.
        if self.withdrawable() && self.all_withdrawn() {
            let thinking = self.thinking_until().filter(|until| context.moment.on <= *until);
            return match thinking {
                Some(until) => Err(Refusal::MayThinkAgain(until)),
                None => Ok(vec![Fact::Concluded(Conclusion {
                    ground: ConclusionGround::Withdrawn,
                    cause: conclude.cause,
                })]),
            };
        }
        match self.step {
            Step::Served(_) => Ok(vec![Fact::Concluded(Conclusion {
                ground: ConclusionGround::Served,
                cause: conclude.cause,
            })]),
            Step::Settled => Ok(vec![Fact::Concluded(Conclusion {
                ground: ConclusionGround::Settled,
                cause: conclude.cause,
            })]),
            Step::Answered(_) => Err(Refusal::NotServed),
            Step::Accepted => {
                let open: Vec<u32> = self.unanswered().collect();
                if open.is_empty() {
                    Err(Refusal::NotServed)
                } else {
                    Err(Refusal::DemandUnanswered(open))
                }
            }
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Concluded(_)
            | Step::ReviewAsked
            | Step::InReview
            | Step::ReviewDecided
            | Step::Halted(_) => Err(self.out_of_step()),
        }
    }
}
