//! The matter (信访事项): what the petitions of one problem come to, folded from its case file.

pub mod aid;
pub mod correction;
pub mod document;
pub mod handling;
pub mod hearing;
pub mod inquiry;
pub mod inside;
pub mod intake;
pub mod joint;
pub mod ladder;
pub mod letter;
pub mod mediation;
pub mod notice;
pub mod participation;
pub mod passing;
pub mod publication;
pub mod queue;
pub mod rating;
pub mod referral;
pub mod repeat;
pub mod review;
pub mod secrecy;
pub mod service;
pub mod sponsorship;
pub mod status;
pub mod supervision;
pub mod track;
pub mod urgent;
pub mod wall;
pub mod withdrawal;

mod carried;
mod conclusion;
mod evolve;
mod fact;
mod known;
mod offer;
mod read;
mod step;

pub use conclusion::{Cause, Conclusion, ConclusionGround};
pub use fact::{Command, Entry, Fact};
pub use known::{Known, Resealed};
pub use step::{Step, StepKind};

use crate::calendar::Calendar;
use crate::category::Category;
use crate::deadline::Law;
use crate::deadline::{self, Due};
use crate::directory::Directory;
use crate::matter::aid::{AidReferred, Authority};
use crate::matter::correction::CorrectionRequest;
use crate::matter::handling::{DemandAnswered, ExtensionState, LedgerAnswer};
use crate::matter::hearing::{HearingAnnounced, OpinionShown};
use crate::matter::inquiry::Heard;
use crate::matter::inside::{Draft, InCharge};
use crate::matter::intake::Supplement;
use crate::matter::joint::{Designated, Joint};
use crate::matter::ladder::{Recommendation, SteppedUp, TrackerNamed};
use crate::matter::mediation::Settled;
use crate::matter::notice::Notice;
use crate::matter::participation::Participation;
use crate::matter::publication::Publication;
use crate::matter::rating::Rated;
use crate::matter::review::{HearingHeld, Review};
use crate::matter::service::Served;
use crate::matter::sponsorship::Leadership;
use crate::matter::supervision::{Executed, Supervision};
use crate::matter::track::{Branch, Track};
use crate::matter::urgent::UrgentReported;
use crate::matter::wall::Recusal;
use crate::moment::Moment;
use crate::org::{AccountId, Actor, Place, UnitId};
use crate::petition::{Accused, Party, Petition, PetitionNumber};
use crate::refusal::Refusal;
use crate::statute::{ClockKind, InForce, Statutes};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A matter's number (事项编号): year and serial. As an integer it orders by time and is the key of
/// every table; in words it is `2025-217`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct MatterId(pub i64);

impl MatterId {
    const SERIALS: i64 = 10_000_000;

    /// The matter of a year and a serial.
    pub fn new(year: i16, serial: u32) -> Self {
        Self(i64::from(year) * Self::SERIALS + i64::from(serial))
    }

    /// The year.
    pub fn year(self) -> i64 {
        self.0 / Self::SERIALS
    }

    /// The serial within the year.
    pub fn serial(self) -> i64 {
        self.0 % Self::SERIALS
    }

    /// Reads `2025-217`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, serial) = text.trim().split_once('-')?;
        let (year, serial): (i16, u32) = (year.parse().ok()?, serial.parse().ok()?);
        let fits = year > 0 && serial > 0 && i64::from(serial) < Self::SERIALS;
        fits.then(|| Self::new(year, serial))
    }
}

impl std::fmt::Display for MatterId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.year(), self.serial())
    }
}

/// One thing asked for (诉求), with its own answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// From 1, in the order they came; never reused.
    pub ordinal: u32,
    /// What is asked for.
    pub text: String,
    /// The petition that brought it.
    pub petition: PetitionNumber,
    /// The organ or unit whose conduct it complains of, if any (被投诉机关、单位; R05-39, R22-41).
    pub complained_of: Option<UnitId>,
    /// The answer, once given.
    pub answer: Option<DemandAnswered>,
}

/// A demand that a later petition asks for too (共同诉求).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedDemand {
    /// The later petition.
    pub petition: PetitionNumber,
    /// The demand, by its ordinal.
    pub demand: u32,
}

/// A signed opinion or a direct answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day it was signed.
    pub on: Date,
    /// The opinion's number; `None` for what an older ledger keeps.
    pub number: Option<String>,
    /// What an older ledger keeps of it.
    pub ledger: Option<LedgerAnswer>,
}

/// A clock of this matter: from when, until when (期限起止). Its due date is computed, not stored here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which clock.
    pub clock: ClockKind,
    /// The unit it binds.
    pub unit: UnitId,
    /// The day of the start event.
    pub started_on: Date,
    /// The day it was met, if it was.
    pub ended_on: Option<Date>,
    /// Calendar days added by an extension.
    pub added_days: u32,
    /// A date set by hand, for C5.
    pub set_for: Option<Date>,
    /// The later petition that it is about; the others are about the matter as a whole.
    pub petition: Option<PetitionNumber>,
    /// The position of the service whose recipients alone it is about, where several were needed.
    pub service: Option<usize>,
}

impl Span {
    /// Whether it is this clock of this petition.
    pub(crate) fn is_about(&self, petition: &PetitionNumber, clock: ClockKind) -> bool {
        self.clock == clock && self.petition.as_ref() == Some(petition)
    }

    /// The due date under the texts in force when the clock started.
    pub fn due(&self, place: &Place, statutes: &Statutes, calendar: &Calendar) -> Option<Due> {
        if let Some(on) = self.set_for {
            return Some(deadline::set_by_hand(self.clock, self.started_on, on, calendar));
        }
        let law = statutes.on(self.started_on, &place.0)?;
        deadline::due_under(self.clock, self.started_on, self.added_days, &law, calendar)
    }
}

/// What a rule may look at beside the matter (办理环境): the moment, the calendar, the texts of law, the county.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// When the act is done.
    pub moment: Moment,
    /// Who does it.
    pub actor: &'a Actor,
    /// Where the office is.
    pub place: &'a Place,
    /// The texts.
    pub law_book: &'a Statutes,
    /// The calendar.
    pub calendar: &'a Calendar,
    /// Units, people and who stands above whom.
    pub directory: &'a Directory,
    /// What only the record and the vault know of the command.
    pub known: Known<'a>,
}

impl<'a> Context<'a> {
    /// Whether whoever acts is this person, or stands in for them.
    pub fn is_for(&self, person: &AccountId) -> bool {
        let own = &self.actor.account;
        own == person || self.directory.stands_in(own, self.moment.on).any(|away| away == person)
    }

    /// The texts in force on a day.
    ///
    /// # Errors
    /// No text at all.
    pub fn law(&self, on: Date) -> Result<InForce<'a>, Refusal> {
        self.law_book.on(on, &self.place.0).ok_or(Refusal::NoLaw)
    }
}

/// The matter as its case file tells it (信访事项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its number.
    pub id: MatterId,
    /// How many facts it holds; an act names the version it saw.
    pub version: i64,
    /// The area of the office that registered it (区划), whatever becomes of its petitions.
    pub jurisdiction: Place,
    /// Where the problem is.
    pub place: Place,
    /// One line.
    pub title: String,
    /// Its classification now.
    pub category: Category,
    /// Its classification before the last change of it.
    pub category_before: Category,
    /// The day of that change, or of the first registration.
    pub category_since: Date,
    /// When the first petition was received; C1 counts from here.
    pub received_on: Date,
    /// When the first petition was registered.
    pub registered_on: Date,
    /// What kind of petition it is.
    pub track: Track,
    /// Whom it accuses.
    pub accused: Vec<Accused>,
    /// The branch of redress under which it was accepted.
    pub branch: Option<Branch>,
    /// The letters-and-visits office.
    pub office: UnitId,
    /// Who must move next.
    pub holder: UnitId,
    /// Since when.
    pub holder_since: Date,
    /// Every unit that has or had it, in order of coming in.
    pub units: Vec<UnitId>,
    /// The petitions, first one first.
    pub petitions: Vec<Petition>,
    /// The demands.
    pub demands: Vec<Demand>,
    next_demand: u32,
    /// Where it stands.
    pub step: Step,
    /// Units that objected, in order.
    pub objectors: Vec<UnitId>,
    /// The unit that was named to lead, once it was.
    pub designation: Option<Designated>,
    /// Other units' parts.
    pub joints: Vec<Joint>,
    /// Hearings held while it was handled.
    pub hearings: Vec<HearingHeld>,
    /// What the parties agreed on.
    pub settlement: Option<Settled>,
    /// Who was asked to keep out.
    pub recusals: Vec<Recusal>,
    /// Agents' authorities.
    pub authorities: Vec<Authority>,
    /// Referrals for help, by consent.
    pub aids: Vec<(Date, AidReferred)>,
    /// Since when it is urgent and grave.
    pub urgent_since: Option<Date>,
    /// What was reported upward, in order.
    pub urgent_reports: Vec<(Date, UrgentReported)>,
    /// Whether it went to those who keep secrets; it stays sealed.
    pub secret_handed_over: bool,
    /// The petitioners' part in the investigation.
    pub participation: Option<Participation>,
    /// Who follows it by name.
    pub tracker: Option<TrackerNamed>,
    /// Recommendations to units.
    pub recommendations: Vec<Recommendation>,
    /// Rungs taken with units.
    pub rungs: Vec<(Date, SteppedUp)>,
    /// Petitioners' ratings.
    pub ratings: Vec<(Date, Rated)>,
    /// The leaders' part in it.
    pub leadership: Leadership,
    /// Whoever of the office first had it in hand (首问责任人).
    pub first_receiver: Option<AccountId>,
    /// Who of the unit that has it was last put in charge.
    pub in_charge: Option<InCharge>,
    /// The draft of the opinion.
    pub draft: Draft,
    /// Whom the units that had it heard, or tried to.
    pub heard: Vec<Heard>,
    /// Whether the answer was given more time.
    pub extension: ExtensionState,
    /// The written answer, once signed.
    pub answer: Option<Answer>,
    /// How the answer was served, service by service; each may reach some of the petitioners.
    pub services: Vec<Served>,
    /// The last of these, once everybody has it.
    pub served: Option<Served>,
    /// The day it was concluded.
    pub concluded_on: Option<Date>,
    /// What was done of what was promised.
    pub executed: Vec<Executed>,
    /// Supervisions, in order.
    pub supervisions: Vec<Supervision>,
    /// Petitions that were taken back; they stay in the file and in every count.
    pub withdrawn: Vec<PetitionNumber>,
    /// What petitioners asked to have put right.
    pub correction_requests: Vec<CorrectionRequest>,
    /// What everybody may read of its answer.
    pub publication: Option<Publication>,
    /// The hearing that was announced last (听证公告).
    pub hearing_announced: Option<HearingAnnounced>,
    /// The final opinion as everybody may read it, if they may.
    pub opinion_published: Option<OpinionShown>,
    /// The unit that gave the answer.
    pub answered_by: Option<UnitId>,
    /// How the matter was concluded, while no review has opened it again.
    pub conclusion: Option<Conclusion>,
    /// Reviews and final reviews, in order.
    pub reviews: Vec<Review>,
    /// Answers that a review sent back, which the next may not merely repeat.
    pub sent_back: Vec<DemandAnswered>,
    /// Whether a review ordered a new answer that is not given yet.
    pub answer_ordered: bool,
    /// The positions of those accused who belong to no unit of the directory.
    pub elsewhere: std::collections::BTreeSet<usize>,
    /// Which later petitions ask for which of the demands too.
    pub shared: Vec<SharedDemand>,
    /// Notices to the petitioner.
    pub notices: Vec<Notice>,
    /// What was handed in later.
    pub supplements: Vec<Supplement>,
    /// Those who were struck, since they never petitioned (误登的当事人): what is made public names them no more than others.
    pub struck: Vec<Party>,
    /// Files that were put out of this matter, by hash (移出的材料).
    pub put_out: Vec<String>,
    /// Clocks, running and met.
    pub spans: Vec<Span>,
}

/// What a command comes to, given the case file so far (依法能办什么).
///
/// # Errors
/// A [`Refusal`] that names the rule and leaves the case file as it is.
pub fn decide(
    matter: &Matter,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    match command {
        Command::Join(join) => matter.join(join, context),
        Command::Unjoin(unjoin) => matter.unjoin(unjoin),
        Command::Merge(merged) => matter.merge(merged),
        Command::ReportResult(reported) => matter.report_result(reported, context),
        Command::PostponeReport(postponed) => matter.postpone_report(postponed, context),
        Command::Supplement(supplement) => matter.supplement(supplement),
        Command::Reclassify(reclassify) => matter.reclassify(reclassify, context),
        Command::Refer(refer) => matter.refer(refer, context),
        Command::Tell(told) => matter.tell(told, context),
        Command::KeepLedgerAnswer(answer) => matter.keep_ledger_answer(answer),
        Command::File(filed) => matter.file(filed, context),
        Command::Object(objected) => matter.object(objected, context),
        Command::Return(ruling) => matter.rule(ruling, true),
        Command::RefuseObjection(ruling) => matter.rule(ruling, false),
        Command::Recall(ruling) => matter.recall(ruling),
        Command::Decline(told) => matter.decline(told, context),
        Command::Accept(accepted) => matter.accept(accepted, context),
        Command::TakeStep(step) => matter.take_step(step, context),
        Command::AskExtension(asked) => matter.ask_extension(asked, context),
        Command::Extend => matter.extend(context),
        Command::RefuseExtension(refused) => matter.refuse_extension(refused),
        Command::AnswerDemand(answer) => matter.answer_demand(answer, context),
        Command::Sign(signed) => matter.sign(signed, context),
        Command::Serve(served) => matter.serve(served, context),
        Command::ServeNotice(served) => matter.serve_notice(served, context),
        Command::Conclude(conclude) => matter.conclude(*conclude, context),
        Command::AskReview(asked) => matter.ask_review(asked, context),
        Command::AcceptReview => matter.accept_review(),
        Command::DeclineReview(told) => matter.decline_review(told, context),
        Command::HoldHearing(held) => matter.hold_hearing(held, context),
        Command::DecideReview(decided) => matter.decide_review(decided, context),
        Command::AnswerInstead(answer) => matter.answer_instead(answer, context),
        Command::ServeReview(served) => matter.serve_review(served, context),
        Command::Supervise(supervised) => matter.supervise(supervised, context),
        Command::AnswerSupervision(answered) => matter.answer_supervision(answered),
        Command::CloseSupervision(closed) => matter.close_supervision(closed),
        Command::Execute(executed) => matter.execute(executed, context),
        Command::ExtendReview(extended) => matter.extend_review(extended, context),
        Command::Track(command) => matter.on_track(command, context),
        Command::Joint(command) => matter.on_joint(command, context),
        Command::Mediation(command) => matter.on_mediation(command, context),
        Command::Wall(command) => matter.on_wall(command, context),
        Command::Aid(command) => matter.on_aid(command),
        Command::Urgent(command) => matter.on_urgent(command),
        Command::Secrecy(command) => matter.on_secrecy(command),
        Command::Participation(command) => matter.on_participation(command, context),
        Command::Ladder(command) => matter.on_ladder(command, context),
        Command::Rating(command) => matter.on_rating(command, context),
        Command::Repeat(command) => matter.on_repeat(command, context),
        Command::Withdrawal(command) => matter.on_withdrawal(command, context),
        Command::Passing(command) => matter.on_passing(command, context),
        Command::Inside(command) => matter.on_inside(command, context),
        Command::Correction(command) => matter.on_correction(command, context),
        Command::Publication(command) => matter.on_publication(command, context),
        Command::Hearing(command) => matter.on_hearing(command, context),
        Command::Sponsorship(command) => matter.on_sponsorship(command, context),
    }
}

impl Matter {
    /// The demand of this ordinal.
    pub fn demand(&self, ordinal: u32) -> Option<&Demand> {
        self.demands.iter().find(|demand| demand.ordinal == ordinal)
    }

    /// The demands that a petition brought or shares.
    pub fn demands_of(&self, petition: &PetitionNumber) -> Vec<&Demand> {
        let shares = |demand: &Demand| {
            let fits = |one: &SharedDemand| one.demand == demand.ordinal;
            self.shared.iter().filter(|one| one.petition == *petition).any(fits)
        };
        let theirs = |demand: &&Demand| demand.petition == *petition || shares(demand);
        self.demands.iter().filter(theirs).collect()
    }

    /// The day the handling unit accepted, if it did.
    pub fn accepted_on(&self) -> Option<Date> {
        self.spans.iter().rev().find(|span| span.clock.answers()).map(|span| span.started_on)
    }

    /// The running clock that falls due first among the duties; what queues are sorted by.
    pub fn next_due(&self, statutes: &Statutes, calendar: &Calendar) -> Option<(UnitId, Due)> {
        self.next_of(Law { statutes, calendar }, |span| !span.clock.is_right())
    }

    /// The next thing that the petitioner of a petition is owed, and by when; `None` when nothing is.
    pub fn next_owed(&self, petition: &PetitionNumber, law: Law<'_>) -> Option<Due> {
        let theirs = |span: &Span| span.petition.as_ref().is_none_or(|later| later == petition);
        let owed = |span: &Span| span.clock.owed_to_petitioner() && theirs(span);
        self.next_of(law, owed).map(|(_, due)| due)
    }

    fn next_of(
        &self,
        Law { statutes, calendar }: Law<'_>,
        counts: impl Fn(&Span) -> bool,
    ) -> Option<(UnitId, Due)> {
        self.spans
            .iter()
            .filter(|span| span.ended_on.is_none() && counts(span))
            .filter_map(|span| {
                Some((span.unit.clone(), span.due(&self.place, statutes, calendar)?))
            })
            .min_by_key(|(_, due)| due.nominal)
    }

    pub(crate) fn out_of_step(&self) -> Refusal {
        if matches!(self.step, Step::Concluded(_)) {
            Refusal::Concluded
        } else {
            Refusal::NotInStep
        }
    }
}
