//! What waits for whom (待办): the groups into which a queue is cut, and what puts a matter into them.

use crate::code::code_list;
use crate::deadline::Law;
use crate::matter::handling::ExtensionState;
use crate::matter::{Matter, Step};
use crate::org::AccountId;
use crate::statute::ClockKind;
use jiff::civil::Date;
use std::collections::BTreeSet;

code_list! {
    /// A group of a queue (待办分组).
    pub enum Bucket {
        /// 全部.
        All = "all",
        /// 已超期.
        Over = "over",
        /// 三个工作日内到期.
        Soon = "soon",
        /// 被提醒.
        Remind = "remind",
        /// 待转办.
        Register = "register",
        /// 移送待接收.
        Passed = "passed",
        /// 首问在手: what one took in oneself, until somebody has taken it over.
        First = "first",
        /// 我承办的: what one has in hand by name.
        Mine = "mine",
        /// 待我核稿.
        Check = "check",
        /// 待确定承办人: what one's unit has in nobody's hands.
        Unassigned = "unassigned",
        /// 告知待送达: what ended with a paper that has not reached its petitioner.
        Tell = "tell",
        /// 待受理.
        Accept = "accept",
        /// 异议、争议待审.
        Objected = "objected",
        /// 再次来件待告知.
        Repeat = "repeat",
        /// 待负责人决定.
        Head = "head",
        /// 应向别的事项提供的协办、反馈.
        Owed = "owed",
        /// 重大紧急.
        Urgent = "urgent",
        /// 督办中.
        Supervised = "supervised",
        /// 我跟踪的: what one follows by name, in a supervision, for a leader or a superior.
        Tracked = "tracked",
        /// 建议督办.
        Propose = "propose",
    }
}

impl Matter {
    /// Who follows it by name now (跟踪人): a supervision that runs, an instruction that waits for its answer, and what a
    /// superior or a leader asked about, until it ends.
    pub fn followed_by(&self) -> BTreeSet<&AccountId> {
        let supervised = self.supervision().map(|one| &one.supervised).into_iter();
        let supervised = supervised.flat_map(|one| one.members.iter().chain([&one.tracker]));
        let instructed = self.leadership.instructions.iter();
        let instructed = instructed.filter(|one| one.answered.is_none());
        let instructed = instructed.map(|one| &one.instructed.tracker);
        let ended = matches!(self.step, Step::Concluded(_));
        let named = self.tracker.as_ref().filter(|_| !ended).map(|one| &one.tracker);
        supervised.chain(instructed).chain(named).collect()
    }

    /// Whether somebody still has something to do in it (未结): it is not concluded, or its supervision is not; somebody
    /// came again and was not told, or has not got the paper that ended it; or a superior waits for the result.
    pub fn is_open(&self) -> bool {
        !matches!(self.step, Step::Concluded(_))
            || self.supervision().is_some()
            || self.untold().next().is_some()
            || self.telling().is_some()
            || self.owes_report(&self.office)
            || self.no_request_open().is_err()
    }

    /// Whether a head decides next (待负责人决定): about more time, or by signing what is answered in whole.
    pub fn waits_for_head(&self) -> bool {
        matches!(self.extension, ExtensionState::Asked(_))
            || (self.in_drafting().is_ok()
                && !self.demands.is_empty()
                && self.unanswered().next().is_none()
                && !self.draft.stage.is_away())
    }

    /// The day by which the answer was or is due (答复期限), office-local: by the clock that a text or the organ's
    /// own statute set for it, or by the office's own where it answered directly. What only the program proposes,
    /// for suggestions and accusations, makes nothing late.
    pub fn answer_due(&self, law: Law<'_>) -> Option<Date> {
        let sets = |clock: ClockKind| clock.answers() && clock != ClockKind::Reply;
        let handled = self.spans.iter().rfind(|span| sets(span.clock));
        let directly = || {
            let answered_on = self.answer.as_ref()?.on;
            self.spans.iter().rfind(|span| {
                span.clock == ClockKind::Disposition && span.ended_on == Some(answered_on)
            })
        };
        let span = handled.or_else(directly)?;
        span.due(&self.place, law.statutes, law.calendar).map(|due| due.nominal)
    }
}
