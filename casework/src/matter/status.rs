//! The national list of statuses (信访件状态), derived from the file on a day and never entered (law.md §4.2):
//! what is late shows as late because the clocks say so.

use crate::calendar::Calendar;
use crate::code::code_list;
use crate::deadline::Law;
use crate::matter::review::ReviewLevel;
use crate::matter::{ConclusionGround, Matter, Step};
use crate::statute::{ClockKind, GroundCode, Statutes};
use jiff::civil::Date;

code_list! {
    /// A status of the national exchange (信访件状态).
    pub enum Status {
        /// 受理申请审查中.
        Examined = "examined",
        /// 不予受理.
        Declined = "declined",
        /// 受理.
        Accepted = "accepted",
        /// 已作出处理意见.
        Answered = "answered",
        /// 超期未作出处理意见.
        AnswerOverdue = "answer_overdue",
        /// 不再受理.
        NoLonger = "no_longer",
        /// 超期未申请复查.
        ReviewLapsed = "review_lapsed",
        /// 复查.
        Reviewed = "reviewed",
        /// 提出复查意见.
        ReviewAnswered = "review_answered",
        /// 超期未作出复查意见.
        ReviewOverdue = "review_overdue",
        /// 超期未申请复核.
        FinalLapsed = "final_lapsed",
        /// 复核.
        FinallyReviewed = "finally_reviewed",
        /// 提出复核意见.
        FinalAnswered = "final_answered",
        /// 超期未作出复核意见.
        FinalOverdue = "final_overdue",
        /// 审核认定办结.
        Closed = "closed",
    }
}

impl Matter {
    /// The status on a day.
    pub fn status(&self, on: Date, statutes: &Statutes, calendar: &Calendar) -> Status {
        let past = |clock: ClockKind| {
            self.due_of(clock, statutes, calendar).is_some_and(|due| on > due.binding())
        };
        let law = Law { statutes, calendar };
        let lapsed = |level| self.window_of(level, None, law).is_some_and(|due| on > due.binding());
        let level = self.last_review().map(|review| review.level);
        match &self.step {
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Halted(_) => Status::Examined,
            Step::Accepted => {
                let late = ClockKind::ALL.into_iter().any(|clock| clock.answers() && past(clock));
                if late { Status::AnswerOverdue } else { Status::Accepted }
            }
            Step::ReviewAsked | Step::InReview => match level {
                Some(ReviewLevel::FinalReview) if past(ClockKind::FinalReview) => {
                    Status::FinalOverdue
                }
                Some(ReviewLevel::FinalReview) => Status::FinallyReviewed,
                _ if past(ClockKind::Review) => Status::ReviewOverdue,
                _ => Status::Reviewed,
            },
            Step::ReviewDecided => match level {
                Some(ReviewLevel::FinalReview) => Status::FinalAnswered,
                _ => Status::ReviewAnswered,
            },
            Step::Answered(_) | Step::Served(_) if lapsed(ReviewLevel::Review) => {
                Status::ReviewLapsed
            }
            Step::Answered(_) | Step::Served(_) => Status::Answered,
            Step::Settled => Status::Closed,
            Step::Concluded(conclusion) => match &conclusion.ground {
                ConclusionGround::Declined(GroundCode::Exhausted)
                | ConclusionGround::Told(GroundCode::Exhausted) => Status::NoLonger,
                ConclusionGround::Declined(_) | ConclusionGround::Told(_) => Status::Declined,
                ConclusionGround::Reviewed if lapsed(ReviewLevel::FinalReview) => {
                    Status::FinalLapsed
                }
                ConclusionGround::Reviewed if self.next_level().is_some() => Status::ReviewAnswered,
                ConclusionGround::Reviewed => Status::FinalAnswered,
                ConclusionGround::Served if lapsed(ReviewLevel::Review) => Status::ReviewLapsed,
                ConclusionGround::Served
                | ConclusionGround::Filed
                | ConclusionGround::Withdrawn
                | ConclusionGround::Routed(_)
                | ConclusionGround::HandedOver(_)
                | ConclusionGround::Settled
                | ConclusionGround::Merged => Status::Closed,
            },
        }
    }
}
