//! What is planned for the year (安排), and the answers that the stories give.

use super::YEAR;
use super::special::{Extra, Special};
use super::story::Story;
use casework::calendar::plus_days;
use casework::matter::Command;
use casework::matter::handling::{Commitment, DemandAnswered, Outcome};
use casework::matter::service::{Served, ServiceMethod};
use casework::matter::track::Track;
use casework::org::Place;
use casework::petition::{COLLECTIVE_FROM, Channel};
use jiff::civil::Date;
use store::vault::Identity;

/// What is planned for a matter before the year begins.
pub(super) struct Plan {
    pub story: Story,
    pub place: Place,
    pub who: Identity,
    pub headcount: u32,
    pub channel: Channel,
    pub on: Date,
    /// Days on which the same people come again, with how.
    pub again: Vec<(Date, Channel, u32)>,
    /// Stays open: 0 concluded; otherwise how far it gets.
    pub open: u32,
    pub came: Came,
    /// What is special about it.
    pub special: Option<Special>,
}

impl Plan {
    /// What track it is of.
    pub(super) fn track(&self) -> Track {
        match self.special {
            Some(Special::Suggestion) => Track::Suggestion,
            Some(Special::Accusation) => Track::Accusation,
            Some(
                Special::Mediated
                | Special::Urgent
                | Special::Hearing
                | Special::Participation
                | Special::Withdrawn
                | Special::Disputed,
            )
            | None => Track::Redress,
        }
    }

    /// Whether it may be special: somebody came alone to the office, once, and it was dealt with within the year.
    pub(super) fn plain(&self) -> bool {
        let alone = self.channel == Channel::Visit && self.headcount < COLLECTIVE_FROM;
        alone && self.came == Came::Office && self.again.is_empty() && self.open == 0
    }

    /// Whether the magistrate answers by themself: a letter that asks once and for what the county can tell.
    pub(super) fn own(&self) -> bool {
        self.channel == Channel::Letter && self.again.is_empty() && self.open == 0
    }
}

/// Where somebody comes (来访去处).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// To the letters-and-visits office.
    Office,
    /// To their township, whose own affair it is.
    Township,
    /// To their township, which passes on what is not its own.
    PassedOn,
    /// Nowhere: a leader goes to them and hears it.
    Found,
}

impl Came {
    /// Most people come to the county's office; now and then one goes to the township first, or is heard at home.
    pub(super) fn of(index: usize, plan: &Plan) -> Self {
        let alone = plan.channel == Channel::Visit && plan.headcount < COLLECTIVE_FROM;
        let townships = plan.story.unit == "township";
        let turn = index % 17;
        if townships && (4..=6).contains(&turn) {
            Self::Township
        } else if turn == 5 {
            Self::PassedOn
        } else if alone && [2, 8, 14].contains(&turn) {
            Self::Found
        } else {
            Self::Office
        }
    }
}

/// Something that happens at a day and hour.
pub(super) struct Happening {
    pub at: (Date, i8, i8),
    pub matter: usize,
    pub what: What,
}

#[derive(Clone)]
pub(super) enum What {
    Come,
    Again(Channel, u32),
    /// Whoever came again after the answer is told.
    TellAgain,
    /// And gets it in writing.
    NotifyAgain,
    /// The township passes on what is not its own.
    PassOn,
    /// The office confirms that it has it.
    TakeOver,
    Refer,
    Object,
    Return,
    Accept,
    /// The unit hears who petitioned.
    Hear,
    Step(usize),
    AskExtension,
    Extend,
    Notify,
    Answer,
    Sign,
    Serve,
    Conclude,
    Supervise,
    AnswerSupervision,
    Execute,
    /// Who petitioned says how it was handled.
    Rate,
    /// What was written down wrongly at the counter is put right.
    Correct,
    /// The county reviews the answer.
    Review(Course),
    /// The magistrate answers a letter.
    Letter(Letter),
    /// What is done seldom.
    Extra(Extra),
}

/// How a review goes (复查经过).
#[derive(Clone, Copy)]
pub(super) enum Course {
    Ask,
    Accept,
    Decide,
    Serve,
}

/// How a letter to the magistrate is answered (县长信箱答复经过).
#[derive(Clone, Copy)]
pub(super) enum Letter {
    /// The office hears who wrote and drafts the answer.
    Draft,
    /// The magistrate signs it.
    Sign,
    Serve,
    Conclude,
    /// What was answered is published.
    Publish,
}

pub(super) fn answer(plan: &Plan, demand: u32, on: Date) -> Command {
    let reply = plan.story.answers.get(demand as usize - 1);
    let told = reply.and_then(|reply| Outcome::parse(&reply.outcome)).unwrap_or(Outcome::Explain);
    let outcome = if plan.track() == Track::Suggestion { Outcome::AdoptPartly } else { told };
    let commitment = reply
        .and_then(|reply| reply.commitment.clone())
        .filter(|_| outcome.promises())
        .map(|what| Commitment { what, by: plus_days(on, 45) });
    Command::AnswerDemand(DemandAnswered {
        demand,
        outcome,
        text: reply.map(|reply| reply.text.clone()).unwrap_or_default(),
        basis: reply.map(|reply| reply.basis.clone()).unwrap_or_default(),
        commitment,
    })
}

pub(super) fn served(plan: &Plan, on: Date, serial: u32) -> Command {
    let (recipient, proof) = (plan.who.name.clone(), format!("送达回证〔{YEAR}〕{serial}号"));
    Command::Serve(Served::by(ServiceMethod::InPerson, on, recipient, proof))
}

/// Served by registered letter to whoever the plan is about (挂号信送达).
pub(super) fn by_post(plan: &Plan, on: Date, serial: u32) -> Served {
    let (recipient, proof) = (plan.who.name.clone(), format!("挂号信回执{serial:05}"));
    Served::by(ServiceMethod::Post, on, recipient, proof)
}
