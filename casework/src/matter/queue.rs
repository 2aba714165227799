//! What waits for whom (待办): the groups into which a queue is cut, and what puts a matter into them.

use crate::code::code_list;
use crate::deadline::Law;
use crate::matter::handling::ExtensionState;
use crate::matter::{Matter, Step, StepKind};
use crate::org::{AccountId, Place, UnitId};
use crate::statute::ClockKind;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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

/// For whom something waits (待办人).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waiter {
    /// For whoever sees the whole county, as the office's people do: the office answers for what waits anywhere in it.
    County,
    /// For a unit's people.
    Unit(UnitId),
    /// For somebody by name.
    Account(AccountId),
    /// For whoever leads in a township, where the problem is; everything that is open, and nothing else.
    Place(Place),
    /// For whoever reads the letters to a leader's mailbox; everything that is open, and nothing else.
    Mailbox(AccountId),
}

impl Waiter {
    /// The township of a place (乡镇、街道); nothing for a place that is no part of one.
    pub fn township(place: &Place) -> Option<Self> {
        const DIGITS: usize = 9;
        place.0.get(..DIGITS).map(|code| Self::Place(Place(code.to_owned())))
    }

    /// As tables and counters write it: nothing for the county.
    pub fn word(&self) -> String {
        match self {
            Self::County => String::new(),
            Self::Unit(unit) => format!("unit:{}", unit.0),
            Self::Account(account) => format!("account:{}", account.0),
            Self::Place(place) => format!("place:{}", place.0),
            Self::Mailbox(leader) => format!("mailbox:{}", leader.0),
        }
    }
}

/// A matter's place in a queue (待办).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// In which group; what is late or due soon is told from [`Bucket::All`] by its day.
    pub bucket: Bucket,
    /// Of whom.
    pub waiter: Waiter,
    /// Until when, office-local, and by which clock, if by a day at all.
    pub due: Option<(Date, ClockKind)>,
}

/// What a unit owes to somebody else's matter, also after its end (应向别的事项提供的协办、反馈).
fn owed_to_others(clock: ClockKind) -> bool {
    matches!(
        clock,
        ClockKind::Contribution
            | ClockKind::Supervision
            | ClockKind::Recommendation
            | ClockKind::ReportBack
            | ClockKind::Correction
            | ClockKind::Instruction
    )
}

impl Matter {
    /// Where it stands in whose queue (待办). What is only proposed ([`Bucket::Propose`]) is found by a job and not here;
    /// who is not among those that it was with has no place in it.
    pub fn queued(&self, law: Law<'_>) -> Vec<Waiting> {
        let next = self.next_due(law.statutes, law.calendar);
        let due = next.map(|(_, due)| (due.nominal, due.clock));
        let mut found = self.of_the_county();
        found.extend(self.of_units());
        found.extend(self.of_people());
        let place = |(bucket, waiter)| Waiting { bucket, waiter, due };
        let strange = |waiter: &Waiter| {
            let with = |unit: &UnitId| *unit == self.office || self.units.contains(unit);
            matches!(waiter, Waiter::Unit(unit) if !with(unit))
        };
        let all = found.into_iter().map(place).chain(self.reminded(law));
        all.filter(|one| !strange(&one.waiter)).collect()
    }

    /// In the queues of those who see the whole county, or a part of it.
    fn of_the_county(&self) -> BTreeSet<(Bucket, Waiter)> {
        let mut found = BTreeSet::new();
        if self.is_open() {
            found.extend(self.stands_in().into_iter().map(|bucket| (bucket, Waiter::County)));
            found.extend(Waiter::township(&self.place).map(|place| (Bucket::All, place)));
            let letters = self.petitions.iter().filter_map(|petition| petition.mailbox.clone());
            found.extend(letters.map(|leader| (Bucket::All, Waiter::Mailbox(leader))));
        }
        if self.supervision().is_some() {
            found.insert((Bucket::Supervised, Waiter::County));
        }
        found
    }

    /// In the queues of units. The office's people look at the county's, but for what is their own to do.
    fn of_units(&self) -> BTreeSet<(Bucket, Waiter)> {
        let of = |unit: &UnitId| Waiter::Unit(unit.clone());
        let mut found = BTreeSet::new();
        if self.is_open() && self.holder != self.office {
            let buckets = self.stands_in().into_iter();
            found.extend(buckets.map(|bucket| (bucket, of(&self.holder))));
        }
        found.extend(self.unassigned().map(|unit| (Bucket::Unassigned, of(unit))));
        found.extend(self.telling().map(|unit| (Bucket::Tell, of(unit))));
        if self.supervision().is_some() {
            found.extend(self.units.iter().map(|unit| (Bucket::Supervised, of(unit))));
        }
        for span in self.spans.iter().filter(|span| span.ended_on.is_none()) {
            if owed_to_others(span.clock) {
                found.insert((Bucket::Owed, of(&span.unit)));
            }
            if span.clock == ClockKind::Repeat {
                found.insert((Bucket::Repeat, of(&span.unit)));
            }
        }
        found
    }

    /// In the queues of people.
    fn of_people(&self) -> impl Iterator<Item = (Bucket, Waiter)> {
        let answers = self.is_open() && self.first_receiver_answers();
        let receiver = self.first_receiver.as_ref().filter(|_| answers);
        let named = [
            (Bucket::First, receiver),
            (Bucket::Mine, self.in_hand_of()),
            (Bucket::Check, self.checker()),
        ];
        let named = named.into_iter().filter_map(|(bucket, account)| Some((bucket, account?)));
        let followed = self.followed_by().into_iter().map(|account| (Bucket::Tracked, account));
        named.chain(followed).map(|(bucket, account)| (bucket, Waiter::Account(account.clone())))
    }

    /// The groups of an open matter that are the county's and its holder's alike.
    fn stands_in(&self) -> Vec<Bucket> {
        let by_step = match self.step.kind() {
            StepKind::Registered => Some(Bucket::Register),
            StepKind::PassedOn => Some(Bucket::Passed),
            StepKind::Referred => Some(Bucket::Accept),
            StepKind::Objected | StepKind::Disputed => Some(Bucket::Objected),
            StepKind::Accepted
            | StepKind::Answered
            | StepKind::Served
            | StepKind::Settled
            | StepKind::Concluded
            | StepKind::ReviewAsked
            | StepKind::InReview
            | StepKind::ReviewDecided
            | StepKind::Halted => None,
        };
        let head = self.waits_for_head().then_some(Bucket::Head);
        let urgent = self.is_urgent().then_some(Bucket::Urgent);
        [Some(Bucket::All), by_step, head, urgent].into_iter().flatten().collect()
    }

    /// Each unit that owes something by a day, with the first of its days: as of when it is reminded (期限提醒).
    fn reminded(&self, law: Law<'_>) -> Vec<Waiting> {
        let mut first: BTreeMap<&UnitId, (Date, ClockKind)> = BTreeMap::new();
        let duties =
            self.spans.iter().filter(|span| span.ended_on.is_none() && !span.clock.is_right());
        for span in duties.filter(|_| self.is_open()) {
            if let Some(due) = span.due(&self.place, law.statutes, law.calendar) {
                let due = (due.nominal, due.clock);
                let known = first.entry(&span.unit).or_insert(due);
                *known = due.min(*known);
            }
        }
        let place = |(unit, due): (&UnitId, (Date, ClockKind))| Waiting {
            bucket: Bucket::Remind,
            waiter: Waiter::Unit(unit.clone()),
            due: Some(due),
        };
        first.into_iter().map(place).collect()
    }

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
