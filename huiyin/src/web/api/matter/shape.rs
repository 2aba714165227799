//! What the API answers about matters (事项接口应答): identities stay sealed.

use crate::house::House;
use crate::web::matter::clocks;
use casework::deadline::Law;
use casework::matter::aid::AidReferred;
use casework::matter::handling::DemandAnswered;
use casework::matter::joint::{Designated, Joint};
use casework::matter::ladder::{Recommendation, SteppedUp, TrackerNamed};
use casework::matter::mediation::Settled;
use casework::matter::notice::NoticeKind;
use casework::matter::participation::Participation;
use casework::matter::rating::Rated;
use casework::matter::review::{HearingHeld, Review, ReviewLevel, ReviewOutcome};
use casework::matter::sponsorship::{
    Instructed, Leadership, PetitionerMet, SolutionStudied, Sponsored, SponsorshipEnded,
    SubmittedToLeader,
};
use casework::matter::status::Status;
use casework::matter::supervision::{Supervision, SupervisionForm, Trigger};
use casework::matter::track::{Branch, Track};
use casework::matter::urgent::UrgentReported;
use casework::matter::wall::Recusal;
use casework::matter::{Demand, Matter, StepKind};
use casework::org::{AccountId, UnitId};
use casework::petition::{Channel, PartyKind, PartyRole, Petition};
use casework::statute::{ClockKind, DayUnit, GroundCode};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// A matter in brief.
#[derive(Serialize, JsonSchema)]
pub struct Brief {
    /// Its number.
    #[schemars(example = &"2025-17")]
    id: String,
    /// How many facts its file holds; `If-Match` names the one that was seen.
    version: i64,
    title: String,
    step: StepKind,
    /// The unit that must move next.
    holder: UnitId,
    holder_name: String,
    holder_since: Date,
    category: String,
    /// Where the problem is, by code.
    place: String,
    /// When the next duty falls due.
    due_on: Option<Date>,
    /// Which duty that is.
    due_clock: Option<ClockKind>,
}

impl Brief {
    pub fn of(house: &House, matter: &Matter) -> Self {
        let next = matter.next_due(&house.statutes, &house.calendar());
        Self {
            id: matter.id.to_string(),
            version: matter.version,
            title: matter.title.clone(),
            step: matter.step.kind(),
            holder: matter.holder.clone(),
            holder_name: house.directory().unit(&matter.holder).to_owned(),
            holder_since: matter.holder_since,
            category: matter.category.0.clone(),
            place: matter.place.0.clone(),
            due_on: next.as_ref().map(|(_, due)| due.nominal),
            due_clock: next.as_ref().map(|(_, due)| due.clock),
        }
    }
}

/// Somebody who petitions, under a mask.
#[derive(Serialize, JsonSchema)]
pub struct PartyShown {
    id: String,
    role: PartyRole,
    kind: PartyKind,
    /// Masked.
    name: String,
}

/// A petition of a matter.
#[derive(Serialize, JsonSchema)]
pub struct PetitionShown {
    number: String,
    channel: Channel,
    received_on: Date,
    registered_on: Date,
    headcount: u32,
    collective: bool,
    title: String,
    text: String,
    parties: Vec<PartyShown>,
    /// Whom it is addressed to.
    addressee: Option<String>,
    /// What its petitioner asks to have put right, until that is answered.
    correction_asked: Option<String>,
}

impl PetitionShown {
    fn of(petition: &Petition, matter: &Matter) -> Self {
        let party = |party: &casework::petition::Party| PartyShown {
            id: party.id.clone(),
            role: party.role,
            kind: party.kind,
            name: party.mask.clone(),
        };
        Self {
            number: petition.number.0.clone(),
            channel: petition.channel,
            received_on: petition.received_on,
            registered_on: petition.registered_on,
            headcount: petition.headcount,
            collective: petition.collective,
            title: petition.title.clone(),
            text: petition.text.clone(),
            parties: petition.parties.iter().map(party).collect(),
            addressee: petition.addressee.clone(),
            correction_asked: matter
                .correction_open(&petition.number)
                .map(|request| request.asked.text.clone()),
        }
    }
}

/// What is asked for, and how it was answered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Demand")]
pub struct DemandShown {
    ordinal: u32,
    text: String,
    /// The organ or unit of which it complains.
    complained_of: Option<UnitId>,
    answer: Option<DemandAnswered>,
}

impl From<&Demand> for DemandShown {
    fn from(demand: &Demand) -> Self {
        let Demand { ordinal, text, answer, complained_of, .. } = demand.clone();
        Self { ordinal, text, complained_of, answer }
    }
}

/// How a period is counted.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DayUnit")]
enum Unit {
    WorkingDay,
    CalendarDay,
}

impl DemandShown {
    /// What the petitioner hears of it: what nobody signed yet is a draft, and no answer.
    pub fn told(demand: &Demand, matter: &Matter) -> Self {
        let signed = matter.answer.is_some();
        let shown = Self::from(demand);
        Self { answer: shown.answer.filter(|_| signed), ..shown }
    }
}

/// A clock of law with its due date.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Clock")]
pub struct ClockShown {
    clock: ClockKind,
    /// Whom it binds.
    binds: Option<UnitId>,
    /// The day of the start event, itself not counted.
    started_on: Date,
    /// The period; 0 for a date that was set by hand.
    length: u32,
    unit: Unit,
    /// Calendar days added by an extension or a hearing.
    added_days: u32,
    /// Start plus length, as the text counts.
    nominal: Date,
    /// That day, or the next working day.
    legal: Date,
    /// That day, or the last working day before it.
    safe: Date,
    /// A date in a year whose holidays are not published yet.
    provisional: bool,
    /// The day it was met.
    ended_on: Option<Date>,
    /// The later petition that it is about, if it is not about the matter as a whole.
    petition: Option<String>,
    rule: String,
    article: String,
}

/// A notice to the petitioner.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
pub struct NoticeShown {
    ordinal: u32,
    kind: NoticeKind,
    made_on: Date,
    unit: UnitId,
    /// The later petition whose petitioner alone it is for.
    petition: Option<String>,
    served_on: Option<Date>,
    /// By when it is to reach whom it is for.
    due_on: Option<Date>,
}

/// A review or final review.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Review")]
pub struct ReviewShown {
    level: ReviewLevel,
    organ: UnitId,
    asked_on: Date,
    received_on: Date,
    reason: String,
    /// The demands under review, by their ordinals.
    demands: Vec<u32>,
    /// What the organ puts in the place of answers, once its opinion was served.
    instead: Vec<DemandAnswered>,
    accepted_on: Option<Date>,
    /// The ground on which it was not accepted.
    declined: Option<GroundCode>,
    outcome: Option<ReviewOutcome>,
    text: Option<String>,
    decided_on: Option<Date>,
    served_on: Option<Date>,
}

impl From<&Review> for ReviewShown {
    fn from(review: &Review) -> Self {
        let decided = review.decided.as_ref();
        Self {
            level: review.level,
            organ: review.asked.organ.clone(),
            asked_on: review.asked.made_on(),
            received_on: review.asked.received_on,
            reason: review.asked.reason.clone(),
            demands: review.demands.clone(),
            instead: if decided.is_some() { review.instead.clone() } else { Vec::new() },
            accepted_on: review.accepted_on,
            declined: review.declined.as_ref().map(|told| told.ground),
            outcome: decided.map(|(_, decided)| decided.outcome),
            text: decided.map(|(_, decided)| decided.text.clone()),
            decided_on: decided.map(|(on, _)| *on),
            served_on: review.served.as_ref().map(|served| served.on),
        }
    }
}

/// A supervision.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Supervision")]
pub struct SupervisionShown {
    number: String,
    form: SupervisionForm,
    trigger: Trigger,
    unit: UnitId,
    text: String,
    /// Who follows it by name; the account.
    tracker: AccountId,
    /// Who supervises with them.
    members: Vec<AccountId>,
    on: Date,
    answered_on: Option<Date>,
    adopted: Option<bool>,
    closed_on: Option<Date>,
}

impl From<&Supervision> for SupervisionShown {
    fn from(one: &Supervision) -> Self {
        Self {
            number: one.supervised.number.clone(),
            form: one.supervised.form,
            trigger: one.supervised.trigger,
            unit: one.supervised.unit.clone(),
            text: one.supervised.text.clone(),
            tracker: one.supervised.tracker.clone(),
            members: one.supervised.members.clone(),
            on: one.on,
            answered_on: one.answered.as_ref().map(|(on, _)| *on),
            adopted: one.answered.as_ref().map(|(_, answered)| answered.adopted),
            closed_on: one.closed.as_ref().map(|(on, _)| *on),
        }
    }
}

/// Something of a day.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Dated{T}")]
pub struct OnDay<T> {
    day: Date,
    what: T,
}

fn dated<T: Clone>(things: &[(Date, T)]) -> Vec<OnDay<T>> {
    things.iter().map(|(day, what)| OnDay { day: *day, what: what.clone() }).collect()
}

/// A leader answers for the matter.
#[derive(Serialize, JsonSchema)]
struct Sponsorship {
    sponsored: Sponsored,
    since: Date,
    plan: Option<String>,
    ended_on: Option<Date>,
    ended: Option<SponsorshipEnded>,
}

/// What a leader wrote on it, and the answer.
#[derive(Serialize, JsonSchema)]
struct Instruction {
    instructed: Instructed,
    unit: UnitId,
    answered_on: Option<Date>,
    answer: Option<String>,
}

/// What was put before a leader.
#[derive(Serialize, JsonSchema)]
struct Submission {
    submitted: SubmittedToLeader,
    on: Date,
    read_on: Option<Date>,
}

/// The leaders' part, in the words of the case file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Leadership")]
pub struct LeadershipShown {
    sponsorships: Vec<Sponsorship>,
    submissions: Vec<Submission>,
    met: Vec<PetitionerMet>,
    studied: Vec<SolutionStudied>,
    instructions: Vec<Instruction>,
}

impl From<&Leadership> for LeadershipShown {
    fn from(part: &Leadership) -> Self {
        let sponsorship = |one: &casework::matter::sponsorship::Sponsorship| Sponsorship {
            sponsored: one.sponsored.clone(),
            since: one.since,
            plan: one.plan.as_ref().map(|plan| plan.text.clone()),
            ended_on: one.ended_on,
            ended: one.ended.clone(),
        };
        let instruction = |one: &casework::matter::sponsorship::Instruction| Instruction {
            instructed: one.instructed.clone(),
            unit: one.unit.clone(),
            answered_on: one.answered.as_ref().map(|(on, _)| *on),
            answer: one.answered.as_ref().map(|(_, said)| said.text.clone()),
        };
        let submission = |one: &casework::matter::sponsorship::Submission| Submission {
            submitted: one.submitted.clone(),
            on: one.on,
            read_on: one.read_on,
        };
        Self {
            sponsorships: part.sponsorships.iter().map(sponsorship).collect(),
            submissions: part.submissions.iter().map(submission).collect(),
            met: part.met.clone(),
            studied: part.studied.clone(),
            instructions: part.instructions.iter().map(instruction).collect(),
        }
    }
}

/// A matter with its petitions, demands, notices and clocks.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Matter")]
pub struct MatterShown {
    #[serde(flatten)]
    brief: Brief,
    petitions: Vec<PetitionShown>,
    demands: Vec<DemandShown>,
    clocks: Vec<ClockShown>,
    notices: Vec<NoticeShown>,
    reviews: Vec<ReviewShown>,
    supervisions: Vec<SupervisionShown>,
    /// Why the law would have it supervised now; a person decides.
    supervision_proposed: Vec<Trigger>,
    track: Track,
    branch: Option<Branch>,
    sealed: bool,
    /// Where it stands, in the words of the national system.
    status: Status,
    urgent_since: Option<Date>,
    urgent_reports: Vec<OnDay<UrgentReported>>,
    contributions: Vec<Joint>,
    designation: Option<Designated>,
    settlement: Option<Settled>,
    hearings: Vec<HearingHeld>,
    recusals: Vec<Recusal>,
    authorities: Vec<casework::matter::aid::Authority>,
    aids: Vec<OnDay<AidReferred>>,
    participation: Option<Participation>,
    leadership: LeadershipShown,
    first_unit: Option<UnitId>,
    first_receiver: Option<AccountId>,
    in_charge: Option<AccountId>,
    /// Who is asked to look the draft of the opinion over.
    draft_checker: Option<AccountId>,
    tracker: Option<TrackerNamed>,
    recommendations: Vec<Recommendation>,
    rungs: Vec<OnDay<SteppedUp>>,
    ratings: Vec<OnDay<Rated>>,
    /// Whom the answer, or the opinion of a review, has still to reach, by the parties' ids.
    to_be_served: Vec<String>,
    served_on: Option<Date>,
    concluded_on: Option<Date>,
}

impl MatterShown {
    pub fn of(house: &House, matter: &Matter) -> Self {
        let (statutes, calendar, today) = (&house.statutes, house.calendar(), house.moment().on);
        // The keyed hashes by which a name is recognised are nobody's business.
        let mut participation = matter.participation.clone();
        if let Some(one) = &mut participation {
            one.opened.names.clear();
        }
        Self {
            brief: Brief::of(house, matter),
            petitions: matter.petitions.iter().map(|one| PetitionShown::of(one, matter)).collect(),
            demands: matter.demands.iter().map(DemandShown::from).collect(),
            clocks: self::clocks_of(house, matter),
            notices: notices(house, matter),
            reviews: matter.reviews.iter().map(ReviewShown::from).collect(),
            supervisions: matter.supervisions.iter().map(SupervisionShown::from).collect(),
            supervision_proposed: matter.triggers(today, statutes, &calendar),
            track: matter.track,
            branch: matter.branch,
            sealed: matter.sealed(),
            status: matter.status(today, statutes, &calendar),
            urgent_since: matter.urgent_since,
            urgent_reports: dated(&matter.urgent_reports),
            contributions: matter.joints.clone(),
            designation: matter.designation.clone(),
            settlement: matter.settlement.clone(),
            hearings: matter.hearings.clone(),
            recusals: matter.recusals.clone(),
            authorities: matter.authorities.clone(),
            aids: dated(&matter.aids),
            participation,
            leadership: LeadershipShown::from(&matter.leadership),
            first_unit: matter.first_unit().cloned(),
            first_receiver: matter.first_receiver.clone(),
            in_charge: matter.in_hand_of().cloned(),
            draft_checker: matter.checker().cloned(),
            tracker: matter.tracker.clone(),
            recommendations: matter.recommendations.clone(),
            rungs: dated(&matter.rungs),
            ratings: dated(&matter.ratings),
            to_be_served: matter.to_be_served().iter().map(|one| one.id.clone()).collect(),
            served_on: matter.served.as_ref().map(|served| served.on),
            concluded_on: matter.concluded_on,
        }
    }
}

fn clocks_of(house: &House, matter: &Matter) -> Vec<ClockShown> {
    clocks(house, matter, &house.directory())
        .into_iter()
        .map(|line| ClockShown {
            clock: line.due.clock,
            binds: line.binds,
            started_on: line.due.started_on,
            length: line.due.length,
            unit: match line.due.unit {
                DayUnit::Working => Unit::WorkingDay,
                DayUnit::Calendar => Unit::CalendarDay,
            },
            added_days: line.due.added_days,
            nominal: line.due.nominal,
            legal: line.due.legal,
            safe: line.due.safe,
            provisional: line.due.provisional,
            ended_on: line.ended_on,
            petition: line.petition.map(|number| number.0),
            rule: line.due.source.rule.0,
            article: line.due.source.article,
        })
        .collect()
}

fn notices(house: &House, matter: &Matter) -> Vec<NoticeShown> {
    let calendar = house.calendar();
    let law = Law { statutes: &house.statutes, calendar: &calendar };
    let notice = |notice: &casework::matter::notice::Notice| NoticeShown {
        ordinal: notice.ordinal,
        kind: notice.kind,
        made_on: notice.made_on,
        unit: notice.unit.clone(),
        petition: notice.petition.as_ref().map(|number| number.0.clone()),
        served_on: notice.served.as_ref().map(|served| served.on),
        due_on: matter.notice_due(notice, law).map(|due| due.nominal),
    };
    matter.notices.iter().map(notice).collect()
}
