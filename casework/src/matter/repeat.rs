//! Petitions that come after the answer (答复后再次来件). Each is owed what every petition is owed: within the days of
//! a disposition the office tells its petitioner in writing what the law gives them now (R05-21, R22-22). Until then it
//! is open, whatever became of the matter. What brings new facts leaves for a matter of its own
//! ([`crate::matter::intake::Leaving`]).

use crate::calendar::Calendar;
use crate::code::code_list;
use crate::deadline::{Due, Law};
use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::review::ReviewLevel;
use crate::matter::{Context, Matter, Span, Step};
use crate::org::UnitId;
use crate::petition::{Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::{ClockKind, Statutes};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// What somebody who comes again is told of the earlier matter (对重复来件的处理建议, law.md §9): a
    /// suggestion that explains itself, never a refusal by the machine.
    pub enum Standing {
        /// 正在办理: join it, tell who has it and until when; no clock starts again (N03, R05-16,
        /// R22-19c).
        Pending = "pending",
        /// 可以申请复查、复核: tell of the right and its last day (R22-35, R22-36).
        Window = "window",
        /// 正在复查、复核.
        InReview = "in_review",
        /// 复核已经结束: the same facts and reasons are not taken up again; new facts make a new matter
        /// (N04, R05-35c, R22-36).
        Exhausted = "exhausted",
        /// 逾期没有申请: ask for the reason first (N07).
        Lapsed = "lapsed",
        /// 超期或者答应的事没有做: a reason to supervise, not a nuisance (R05-36, R22-40).
        Neglected = "neglected",
        /// 已经按其他方式办结.
        Over = "over",
    }
}

/// Tells the petitioner of a later petition how the matter stands (告知再次来件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellRepeat {
    /// The later petition.
    pub petition: PetitionNumber,
    /// In plain words: the explanation, and what they said when they were asked for new facts.
    pub note: String,
}

/// The petitioner of a later petition was told how the matter stands (已告知再次来件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RepeatTold {
    /// The later petition.
    pub petition: PetitionNumber,
    /// How it stood: what the law gave them on that day follows from the file, and nobody chooses it.
    pub standing: Standing,
    /// The last day on which review may be asked for, while it may be, office-local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// In plain words.
    pub note: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 告知再次来件.
    TellRepeat(TellRepeat),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "RepeatFact")]
pub enum Fact {
    /// 已告知再次来件.
    RepeatTold(RepeatTold),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::TellRepeat(_) => Act::TellRepeat,
        }
    }

    /// One for each later petition, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let tell = |petition| Self::TellRepeat(TellRepeat { petition, note: said() });
        trial.petitions().into_iter().map(tell).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::RepeatTold(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::RepeatTold(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::RepeatTold(told) => Some(Notified::Repeat(told)),
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::RepeatTold(_) => "repeat_told",
        }
    }
}

impl Matter {
    /// The window in which review may be asked for, once it was opened and until somebody uses it.
    pub(crate) fn review_window(&self, law: Law<'_>) -> Option<Due> {
        ReviewLevel::ALL.into_iter().find_map(|level| self.window_of(level, None, law))
    }

    /// How it stands for somebody who comes again, on a day.
    pub(crate) fn stands(&self, on: Date, law: Law<'_>) -> Standing {
        match &self.step {
            Step::Registered
            | Step::PassedOn(_)
            | Step::Referred(_)
            | Step::Objected { .. }
            | Step::Disputed
            | Step::Accepted
            | Step::Halted(_)
            | Step::Answered(_) => Standing::Pending,
            Step::ReviewAsked | Step::InReview | Step::ReviewDecided => Standing::InReview,
            Step::Served(_) | Step::Settled | Step::Concluded(_) => match self.review_window(law) {
                Some(due) if on <= due.binding() => Standing::Window,
                Some(_) => Standing::Lapsed,
                None if self.next_level().is_none() => Standing::Exhausted,
                None => Standing::Over,
            },
        }
    }

    /// What to tell somebody who comes again, on a day.
    pub fn standing(&self, on: Date, statutes: &Statutes, calendar: &Calendar) -> Vec<Standing> {
        let mut standing = vec![self.stands(on, Law { statutes, calendar })];
        if !self.triggers(on, statutes, calendar).is_empty() {
            standing.push(Standing::Neglected);
        }
        standing
    }

    /// The clock of a petition that came after the answer; `None` for one whose answer is the matter's own.
    pub fn repeat_clock(&self, petition: &PetitionNumber) -> Option<&Span> {
        self.spans.iter().rfind(|span| span.is_about(petition, ClockKind::Repeat))
    }

    /// The later petitions whose petitioners nobody has told yet.
    pub fn untold(&self) -> impl Iterator<Item = &Petition> {
        let open = |span: &Span| span.ended_on.is_none();
        self.petitions.iter().filter(move |one| self.repeat_clock(&one.number).is_some_and(open))
    }

    /// Whether this unit owes it to somebody who came again.
    pub(crate) fn tells_repeats(&self, unit: &UnitId) -> bool {
        self.spans.iter().any(|span| span.clock == ClockKind::Repeat && span.unit == *unit)
    }

    /// Whether nobody has told the petitioner of this later petition yet.
    pub(crate) fn owes_repeat(&self, petition: &PetitionNumber) -> bool {
        self.untold().any(|one| one.number == *petition)
    }

    pub(crate) fn on_repeat(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let Command::TellRepeat(TellRepeat { petition, note }) = command;
        if !self.owes_repeat(petition) {
            return Err(Refusal::RepeatNotOwed);
        }
        self.not_halted()?;
        filled(&[note])?;
        let law = Law { statutes: context.law_book, calendar: context.calendar };
        let today = context.moment.on;
        let standing = self.stands(today, law);
        let window = self.review_window(law).map(|due| due.binding());
        let told = RepeatTold {
            petition: petition.clone(),
            standing,
            until: window.filter(|_| standing == Standing::Window),
            note: note.clone(),
        };
        Ok(vec![Fact::RepeatTold(told).into()])
    }

    pub(crate) fn fold_repeat(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::RepeatTold(told) => self.end_repeat(&told.petition, on),
        }
    }

    /// Ends the clock of a later petition: it was told, taken back, or left.
    pub(crate) fn end_repeat(&mut self, petition: &PetitionNumber, on: Date) {
        let runs = |span: &&mut Span| {
            span.is_about(petition, ClockKind::Repeat) && span.ended_on.is_none()
        };
        if let Some(span) = self.spans.iter_mut().find(runs) {
            span.ended_on = Some(on);
        }
    }

    /// Whoever took a later petition back on a day and thinks again is owed what they were owed.
    pub(crate) fn owe_again(&mut self, petition: &PetitionNumber, since: Date) {
        let ended = |span: &&mut Span| {
            span.is_about(petition, ClockKind::Repeat) && span.ended_on == Some(since)
        };
        if let Some(span) = self.spans.iter_mut().rfind(ended) {
            span.ended_on = None;
        }
    }

    /// The answer fell: who waits to be told how the matter stands now waits for the new answer, like everybody else.
    pub(crate) fn await_with_the_others(&mut self) {
        self.spans.retain(|span| span.clock != ClockKind::Repeat || span.ended_on.is_some());
    }
}
