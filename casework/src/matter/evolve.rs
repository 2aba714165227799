//! Folding facts into a matter (案卷还原): total and deterministic, so that the case file alone tells
//! where a matter stands.

use super::{Answer, Conclusion, Demand, Entry, Fact, Matter, MatterId, Span, Step};
use crate::matter::handling::{Acceptance, Extended, ExtensionState};
use crate::matter::inside::Draft;
use crate::matter::passing::UnitReceived;
use crate::matter::referral::{Objected, Referred};
use crate::matter::sponsorship::Leadership;
use crate::org::UnitId;
use crate::petition::{Petition, PetitionNumber};
use crate::statute::ClockKind;
use jiff::civil::Date;

impl Matter {
    /// The matter after its first fact; `None` if that is not a registration.
    pub fn open(id: MatterId, entry: &Entry) -> Option<Self> {
        let Fact::Registered(registered) = &entry.fact else { return None };
        let petition = &registered.petition;
        let (office, holder) = match &registered.received {
            Some(UnitReceived { office, keeps: true }) => (office, petition.first_unit.clone()),
            Some(UnitReceived { office, keeps: false }) => (office, office.clone()),
            None => (&petition.first_unit, petition.first_unit.clone()),
        };
        let mut matter = Self {
            id,
            version: 1,
            jurisdiction: petition.number.jurisdiction(),
            place: petition.place.clone(),
            title: petition.title.clone(),
            category: petition.category.clone(),
            category_before: petition.category.clone(),
            category_since: petition.registered_on,
            received_on: petition.received_on,
            registered_on: petition.registered_on,
            track: petition.track,
            accused: petition.accused.clone(),
            branch: None,
            office: office.clone(),
            holder: holder.clone(),
            holder_since: petition.received_on,
            units: vec![holder],
            petitions: vec![petition.clone()],
            demands: Vec::new(),
            next_demand: 1,
            step: Step::Registered,
            objectors: Vec::new(),
            designation: None,
            joints: Vec::new(),
            hearings: Vec::new(),
            settlement: None,
            recusals: Vec::new(),
            authorities: Vec::new(),
            aids: Vec::new(),
            urgent_since: None,
            urgent_reports: Vec::new(),
            secret_handed_over: false,
            participation: None,
            tracker: None,
            recommendations: Vec::new(),
            rungs: Vec::new(),
            ratings: Vec::new(),
            leadership: Leadership::default(),
            first_receiver: None,
            in_charge: None,
            draft: Draft::default(),
            heard: Vec::new(),
            extension: ExtensionState::None,
            answer: None,
            services: Vec::new(),
            served: None,
            concluded_on: None,
            executed: Vec::new(),
            supervisions: Vec::new(),
            withdrawn: Vec::new(),
            publication: None,
            correction_requests: Vec::new(),
            answered_by: None,
            conclusion: None,
            reviews: Vec::new(),
            sent_back: Vec::new(),
            answer_ordered: false,
            elsewhere: std::collections::BTreeSet::new(),
            shared: Vec::new(),
            notices: Vec::new(),
            supplements: Vec::new(),
            struck: Vec::new(),
            put_out: Vec::new(),
            hearing_announced: None,
            opinion_published: None,
            spans: Vec::new(),
        };
        // Wherever it was handed in: who took it answers first, unless it accuses them or their unit.
        let walls = matter.walls();
        let kept_out = walls.units.contains(&entry.unit) || walls.accounts.contains(&entry.actor);
        if !entry.by_public() && !kept_out {
            matter.first_receiver = Some(entry.actor.clone());
        }
        matter.note_charge(entry);
        for text in &petition.demands {
            matter.add_demand(text.clone(), petition);
        }
        matter.start(ClockKind::Disposition, petition.received_on);
        if petition.came_down() {
            matter.start(ClockKind::ChainShare, petition.received_on);
        }
        // What a superior wants back, and what is urgent, binds the office, whichever unit took it in.
        if petition.urgent {
            matter.urgent_since = Some(petition.received_on);
            matter.start_for(ClockKind::UrgentReport, office.clone(), petition.received_on);
        }
        if let Some(by) = petition.transfer.as_ref().and_then(|transfer| transfer.report_back_on) {
            matter.start_for(ClockKind::ReportBack, office.clone(), petition.received_on);
            matter.set_last(by);
        }
        Some(matter)
    }

    /// The matter that a case file tells; `None` for an empty file or one that begins otherwise.
    pub fn replay<'e>(id: MatterId, entries: impl IntoIterator<Item = &'e Entry>) -> Option<Self> {
        let mut entries = entries.into_iter();
        let first = Self::open(id, entries.next()?)?;
        Some(entries.fold(first, |matter, entry| matter.evolve(entry)))
    }

    /// The matter after one more fact. Total: every fact of a case file has its meaning here.
    #[must_use]
    pub fn evolve(mut self, entry: &Entry) -> Self {
        self.version += 1;
        let on = entry.on;
        self.note_receiver(entry);
        self.note_notice(&entry.fact, on, &entry.unit);
        match &entry.fact {
            Fact::Registered(_) => {}
            Fact::StepTaken(step) => self.fold_step(step),
            Fact::Supplemented(later) => self.supplements.push(later.clone()),
            Fact::Told(_) | Fact::Filed(_) => {
                self.stop(ClockKind::Disposition, on);
                self.drop_draft();
            }
            Fact::Joined(joined) => self.take_in(joined),
            Fact::Unjoined(unjoined) => self.let_go(unjoined, on),
            Fact::ResultReported(_) => self.stop_for(ClockKind::ReportBack, &entry.unit, on),
            Fact::ReportPostponed(postponed) => self.on_report_postponed(postponed),
            // They live on in the other matter.
            Fact::Merged(_) => {
                self.stop(ClockKind::Disposition, on);
                self.stop_reports(on, true);
                self.petitions.clear();
                self.demands.clear();
                self.publication = None;
            }
            Fact::Reclassified(change) => {
                self.category_before =
                    std::mem::replace(&mut self.category, change.category.clone());
                self.category_since = on;
            }
            Fact::Referred(referred) => self.on_referred(referred, on),
            Fact::Objected(objected) => self.on_objected(objected, on),
            Fact::Returned(_) => self.on_returned(on),
            Fact::ObjectionRefused(_) => self.on_objection_refused(on),
            Fact::Recalled(_) => self.on_recalled(on),
            Fact::Declined(_) => {
                self.stop(ClockKind::Objection, on);
                self.stop(ClockKind::Notice, on);
            }
            Fact::Accepted(accepted) => self.on_accepted(accepted, on),
            Fact::ExtensionAsked(asked) => self.extension = ExtensionState::Asked(asked.clone()),
            Fact::Extended(extended) => self.on_extended(extended),
            Fact::ExtensionRefused(_) => self.extension = ExtensionState::None,
            Fact::DemandAnswered(answer) => {
                if let Some(demand) = self.demands.iter_mut().find(|d| d.ordinal == answer.demand) {
                    demand.answer = Some(answer.clone());
                }
                self.note_author(&entry.actor);
            }
            Fact::Signed(signed) => {
                self.on_answered(Answer { on, number: Some(signed.number.clone()), ledger: None });
                self.answered_for(&entry.unit);
            }
            Fact::LedgerAnswerKept(ledger) => {
                self.on_answered(Answer { on, number: None, ledger: Some(ledger.clone()) });
            }
            Fact::Served(served) => {
                self.on_served(served);
            }
            Fact::NoticeServed(served) => self.on_notice_served(served),
            Fact::Concluded(conclusion) => {
                self.on_concluded(conclusion, on);
            }
            Fact::ReviewAsked(asked) => self.on_review_asked(asked),
            Fact::ReviewAccepted => {
                if let Some(review) = self.reviews.last_mut() {
                    review.accepted_on = Some(on);
                }
                self.stop(ClockKind::ReviewAcceptance, on);
                self.step = Step::InReview;
            }
            Fact::ReviewDeclined(told) => self.on_review_declined(told, on),
            Fact::HearingHeld(held) => self.on_hearing_held(held),
            Fact::AnsweredInstead(answer) => self.on_answered_instead(answer),
            Fact::ReviewDecided(decided) => self.on_review_decided(decided, on),
            Fact::ReviewServed(served) => self.on_review_served(served, on),
            Fact::Supervised(supervised) => self.on_supervised(supervised, on),
            Fact::SupervisionAnswered(answered) => self.on_supervision_answered(answered, on),
            Fact::SupervisionClosed(closed) => self.on_supervision_closed(closed, on),
            Fact::Executed(executed) => self.executed.push(executed.clone()),
            Fact::ReviewExtended(extended) => self.on_review_extended(extended),
            Fact::Track(fact) => self.fold_track(fact, on),
            Fact::Joint(fact) => self.fold_joint(fact, on),
            Fact::Mediation(fact) => self.fold_mediation(fact, on),
            Fact::Wall(fact) => self.fold_wall(fact, on),
            Fact::Aid(fact) => self.fold_aid(fact, on),
            Fact::Urgent(fact) => self.fold_urgent(fact, on),
            Fact::Secrecy(fact) => self.fold_secrecy(fact),
            Fact::Participation(fact) => self.fold_participation(fact, on),
            Fact::Ladder(fact) => self.fold_ladder(fact, on),
            Fact::Rating(fact) => self.fold_rating(fact, on),
            Fact::Repeat(fact) => self.fold_repeat(fact, on),
            Fact::Withdrawal(fact) => self.fold_withdrawal(fact, on),
            Fact::Passing(fact) => self.fold_passing(fact, on),
            Fact::Inside(fact) => self.fold_inside(fact, on),
            Fact::Correction(fact) => self.fold_correction(fact, on),
            Fact::Publication(fact) => self.fold_publication(fact, on),
            Fact::Hearing(fact) => self.fold_hearing(fact, on),
            Fact::Sponsorship(fact) => self.fold_sponsorship(fact, on),
        }
        self.note_charge(entry);
        self
    }

    /// Whoever of the office first does something answers for it first; what came through the portal was
    /// in nobody's hands before.
    fn note_receiver(&mut self, entry: &Entry) {
        if self.first_receiver.is_none() && entry.unit == self.office && !entry.by_public() {
            self.first_receiver = Some(entry.actor.clone());
        }
    }

    pub(crate) fn add_demand(&mut self, text: String, petition: &Petition) {
        self.demands.push(Demand {
            ordinal: self.next_demand,
            text,
            petition: petition.number.clone(),
            complained_of: petition.complained_of.clone(),
            answer: None,
        });
        self.next_demand += 1;
    }

    pub(crate) fn on_referred(&mut self, referred: &Referred, on: Date) {
        self.stop(ClockKind::Disposition, on);
        self.stop_reports(on, false);
        self.drop_draft();
        self.hold(referred.to.clone(), on);
        self.start(ClockKind::Notice, on);
        self.start(ClockKind::Objection, on);
        if let Some(by) = referred.report_back_on {
            self.start(ClockKind::ReportBack, on);
            self.set_last(by);
        }
        // Whoever gets it goes on with the petitioners' part, where it is not over.
        if let Some(part) = &mut self.participation
            && part.announced.is_none()
        {
            part.unit = referred.to.clone();
        }
        self.step = Step::Referred(referred.clone());
    }

    fn on_objected(&mut self, objected: &Objected, on: Date) {
        let Step::Referred(referred) = &self.step else { return };
        let step = Step::Objected { referred: referred.clone(), objected: objected.clone() };
        self.stop(ClockKind::Objection, on);
        self.objectors.push(self.holder.clone());
        self.hold(self.office.clone(), on);
        self.step = step;
    }

    fn on_returned(&mut self, on: Date) {
        self.stop(ClockKind::Notice, on);
        self.stop_reports(on, false);
        self.release_joints(on);
        // R22-22, R05-21: counted from receipt, however often it comes back; after a review that ordered a new answer
        // there is no receipt to count from.
        let from = if self.answer_ordered { on } else { self.received_on };
        self.start(ClockKind::Disposition, from);
        self.step = Step::Registered;
    }

    /// What the unit began ends with it; what it found stays in the file.
    fn on_recalled(&mut self, on: Date) {
        if self.with_its_receiver() {
            self.hold(self.office.clone(), on);
            self.count_on_here(on);
            return;
        }
        self.hold(self.office.clone(), on);
        self.stop(ClockKind::Objection, on);
        for clock in ClockKind::ALL.into_iter().filter(|clock| clock.answers()) {
            self.stop(clock, on);
        }
        self.extension = ExtensionState::None;
        self.drop_draft();
        self.branch = None;
        self.designation = None;
        self.on_returned(on);
    }

    fn on_objection_refused(&mut self, on: Date) {
        let Step::Objected { referred, .. } = &self.step else { return };
        let referred = referred.clone();
        self.hold(referred.to.clone(), on);
        self.step = Step::Referred(referred);
    }

    fn on_extended(&mut self, extended: &Extended) {
        self.extension = ExtensionState::Granted(extended.clone());
        if let Some(span) = self.running(ClockKind::Handling) {
            span.added_days = extended.days;
        }
    }

    /// Which clock runs until the answer follows from the text in force and from what it is: sixty days
    /// for what the regulations themselves answer, the organ's own period for its statutory duties, a
    /// reply for suggestions and accusations (R22-29…R22-31, R22-34, R05-33).
    fn on_accepted(&mut self, accepted: &Acceptance, on: Date) {
        for clock in [ClockKind::Objection, ClockKind::Notice, ClockKind::Disposition] {
            self.stop(clock, on);
        }
        self.branch = accepted.branch;
        self.start(accepted.clock, accepted.counted_from.unwrap_or(on));
        if let Some(by) = accepted.due_on {
            self.set_last(by);
        }
        self.step = Step::Accepted;
    }

    fn on_concluded(&mut self, conclusion: &Conclusion, on: Date) {
        self.end_clocks(on);
        self.release_joints(on);
        // Nobody looks over or signs what is over.
        self.draft = Draft::default();
        self.concluded_on = Some(on);
        self.hold(self.office.clone(), on);
        self.conclusion = Some(conclusion.clone());
        self.step = Step::Concluded(conclusion.clone());
    }

    pub(crate) fn on_answered(&mut self, answer: Answer) {
        for clock in ClockKind::ALL.into_iter().filter(|clock| clock.answers()) {
            self.stop(clock, answer.on);
        }
        self.stop(ClockKind::Disposition, answer.on);
        // What was asked for and not decided falls away with the answer.
        if matches!(self.extension, ExtensionState::Asked(_)) {
            self.extension = ExtensionState::None;
        }
        self.answer_ordered = false;
        self.draft = Draft::default();
        self.answer = Some(answer.clone());
        self.answered_by = Some(self.holder.clone());
        self.start(ClockKind::Service, answer.on);
        self.step = Step::Answered(answer);
    }

    /// The answer is that of the organ for which it was signed: of a leader who signs a letter of their mailbox, their
    /// own, so that another reviews it.
    fn answered_for(&mut self, unit: &UnitId) {
        self.answered_by = Some(unit.clone());
        if !self.units.contains(unit) {
            self.units.push(unit.clone());
        }
    }

    /// Gives the matter to a unit; whom it accuses never gets it, so it stays where it is (R05-23, R22-30).
    pub(crate) fn hold(&mut self, unit: UnitId, since: Date) {
        if self.may_reach(&unit).is_err() {
            return;
        }
        if !self.units.contains(&unit) {
            self.units.push(unit.clone());
        }
        if self.holder != unit {
            self.holder = unit;
            self.holder_since = since;
            self.in_charge = None;
        }
    }

    pub(crate) fn start(&mut self, clock: ClockKind, on: Date) {
        self.start_for(clock, self.holder.clone(), on);
    }

    /// Starts a clock that binds another unit than the one that has the matter.
    pub(crate) fn start_for(&mut self, clock: ClockKind, unit: UnitId, on: Date) {
        self.spans.push(Span {
            clock,
            unit,
            started_on: on,
            ended_on: None,
            added_days: 0,
            set_for: None,
            petition: None,
            service: None,
        });
    }

    /// Starts a clock that is about one petition.
    pub(crate) fn start_about(&mut self, petition: &PetitionNumber, clock: ClockKind, on: Date) {
        // Where the matter accuses the office, whoever has it answers.
        let reached = self.may_reach(&self.office).is_ok();
        let unit = if reached { self.office.clone() } else { self.holder.clone() };
        self.start_for(clock, unit, on);
        if let Some(span) = self.spans.last_mut() {
            span.petition = Some(petition.clone());
        }
    }

    pub(crate) fn stop(&mut self, clock: ClockKind, on: Date) {
        if let Some(span) = self.running(clock) {
            span.ended_on = Some(on);
        }
        // The county's share is a part of its disposition.
        if clock == ClockKind::Disposition {
            self.stop(ClockKind::ChainShare, on);
        }
    }

    /// Ends a clock of one unit, where several run.
    pub(crate) fn stop_for(&mut self, clock: ClockKind, unit: &UnitId, on: Date) {
        let runs =
            |span: &&mut Span| span.clock == clock && span.unit == *unit && span.ended_on.is_none();
        if let Some(span) = self.spans.iter_mut().find(runs) {
            span.ended_on = Some(on);
        }
    }

    /// Ends the units' report-back dates; the date that a superior set for the office itself ends with its report, or
    /// where the matter lives on in another.
    pub(crate) fn stop_reports(&mut self, on: Date, merged: bool) {
        let office = self.office.clone();
        self.spans
            .iter_mut()
            .filter(|span| span.clock == ClockKind::ReportBack && span.ended_on.is_none())
            .filter(|span| merged || span.unit != office)
            .for_each(|span| span.ended_on = Some(on));
    }

    /// Ends what has no meaning once the matter is over.
    pub(crate) fn end_clocks(&mut self, on: Date) {
        self.stop_reports(on, false);
        self.spans
            .iter_mut()
            .filter(|span| span.ended_on.is_none() && span.clock.ends_with_matter())
            .for_each(|span| span.ended_on = Some(on));
    }

    pub(crate) fn set_last(&mut self, by: Date) {
        if let Some(span) = self.spans.last_mut() {
            span.set_for = Some(by);
        }
    }

    pub(crate) fn running(&mut self, clock: ClockKind) -> Option<&mut Span> {
        self.spans.iter_mut().find(|span| span.clock == clock && span.ended_on.is_none())
    }
}
