//! Notices to the petitioner (告知书): an act that must be made known makes one, and it is served with
//! proof like an answer. What lies unserved is a fault of the office, and shows as one.

use crate::code::code_list;
use crate::deadline::{Due, Law, due_under};
use crate::matter::correction::{Corrected, PartyStruck, ServiceCorrected};
use crate::matter::handling::{Acceptance, Extended};
use crate::matter::hearing::HearingAnnounced;
use crate::matter::referral::{Filed, Told};
use crate::matter::repeat::{RepeatTold, Standing};
use crate::matter::review::ReviewExtended;
use crate::matter::secrecy::SecretHandedOver;
use crate::matter::service::Served;
use crate::matter::track::{HandedOver, Routed};
use crate::matter::withdrawal::Withdrawn;
use crate::matter::{Context, Fact, Matter};
use crate::org::UnitId;
use crate::petition::{Petition, PetitionNumber};
use crate::refusal::Refusal;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// What a notice makes known (告知书种类; law.md F05, F06, F12, F15).
    pub enum NoticeKind {
        /// 转送（交办）去向告知 (R22-23a).
        Referred = "referred",
        /// 受理告知书 (R05-22, R22-23c).
        Accepted = "accepted",
        /// 告知书：向哪里提出 (R05-21a, R22-22).
        Told = "told",
        /// 存档告知书: that nothing more is done, and why.
        Filed = "filed",
        /// 不予受理告知书 (R05-22, R22-23).
        Declined = "declined",
        /// 延长办理期限告知书 (R05-33, R22-34).
        Extended = "extended",
        /// 导入法定途径告知书 (R05-14b, R22-31).
        Routed = "routed",
        /// 转送告知书: that it was passed on, not what it says (R22-22b, R22-22d).
        HandedOver = "handed_over",
        /// 延长复查、复核期限告知书 (BJ-50).
        ReviewExtended = "review_extended",
        /// 复查、复核受理告知书 (R05-34, R22-35).
        ReviewAccepted = "review_accepted",
        /// 复查、复核不予受理告知书.
        ReviewDeclined = "review_declined",
        /// 再次来件告知书: how the matter stands, and what may be done (R22-22).
        Repeat = "repeat",
        /// 撤回告知书: that it was taken back, and until when that can be taken back.
        Withdrawn = "withdrawn",
        /// 移送告知书: that the unit passed it on and the office has it (R22-23a).
        TakenOver = "taken_over",
        /// 更正告知书: what was written down wrongly, and which days move.
        Corrected = "corrected",
        /// 听证告知书 (R05-31b, R22-31b).
        Hearing = "hearing",
        /// 不再受理告知书 (F07; R05-35c, R22-36).
        NoLonger = "no_longer",
    }
}

/// What a notice makes known, as the fact says it (告知内容).
#[derive(Debug, Clone, Copy)]
pub enum Notified<'a> {
    /// To which unit it went, and why to the one that it complains of.
    Referred {
        /// The unit.
        to: &'a UnitId,
        /// Why that unit, where it is complained of.
        despite: &'a str,
    },
    /// That it is handled, by whom and on what basis.
    Accepted(&'a Acceptance),
    /// Where to go instead.
    Told(&'a Told),
    /// That nothing more is done.
    Filed(&'a Filed),
    /// That the unit does not take it.
    Declined(&'a Told),
    /// That the answer takes longer.
    Extended(&'a Extended),
    /// Which procedure decides it.
    Routed(&'a Routed),
    /// Who has it now.
    HandedOver(&'a HandedOver),
    /// That this way is not for it, and where it went; nothing of what it says.
    SecretHandedOver(&'a SecretHandedOver),
    /// That the review takes longer.
    ReviewExtended(&'a ReviewExtended),
    /// That the review is under way.
    ReviewAccepted,
    /// That it is not reviewed.
    ReviewDeclined(&'a Told),
    /// How the matter stands for who came again.
    Repeat(&'a RepeatTold),
    /// That a petition was taken back.
    Withdrawn(&'a Withdrawn),
    /// That the office has what another unit received.
    TakenOver,
    /// That the day of receipt was written down wrongly.
    Corrected(&'a Corrected),
    /// That a service was written down wrongly.
    ServiceCorrected(&'a ServiceCorrected),
    /// That a hearing is held, where, when and by whom.
    Hearing(&'a HearingAnnounced),
    /// That somebody does not belong to those who petitioned.
    PartyStruck(&'a PartyStruck),
}

impl NoticeKind {
    /// Whether it is the paper that ends something for whoever petitioned (告知处理去向): until it has reached them they
    /// can't know, and somebody still owes it to them.
    pub fn ends(self) -> bool {
        match self {
            Self::Told
            | Self::Filed
            | Self::Declined
            | Self::NoLonger
            | Self::Routed
            | Self::HandedOver
            | Self::Repeat
            | Self::Withdrawn
            | Self::ReviewDeclined => true,
            Self::Referred
            | Self::TakenOver
            | Self::Accepted
            | Self::Extended
            | Self::ReviewExtended
            | Self::ReviewAccepted
            | Self::Hearing
            | Self::Corrected => false,
        }
    }
}

impl<'a> Notified<'a> {
    /// The kind of notice that says it.
    pub fn kind(self) -> NoticeKind {
        match self {
            Self::Referred { .. } => NoticeKind::Referred,
            Self::Accepted(_) => NoticeKind::Accepted,
            Self::Told(_) => NoticeKind::Told,
            Self::Filed(_) => NoticeKind::Filed,
            Self::Declined(_) => NoticeKind::Declined,
            Self::Extended(_) => NoticeKind::Extended,
            Self::Routed(_) => NoticeKind::Routed,
            Self::HandedOver(_) | Self::SecretHandedOver(_) => NoticeKind::HandedOver,
            Self::ReviewExtended(_) => NoticeKind::ReviewExtended,
            Self::ReviewAccepted => NoticeKind::ReviewAccepted,
            Self::ReviewDeclined(_) => NoticeKind::ReviewDeclined,
            Self::Repeat(told) if told.standing == Standing::Exhausted => NoticeKind::NoLonger,
            Self::Repeat(_) => NoticeKind::Repeat,
            Self::Withdrawn(_) => NoticeKind::Withdrawn,
            Self::Hearing(_) => NoticeKind::Hearing,
            Self::TakenOver => NoticeKind::TakenOver,
            Self::Corrected(_) | Self::ServiceCorrected(_) | Self::PartyStruck(_) => {
                NoticeKind::Corrected
            }
        }
    }

    /// The later petition whose petitioner alone it is for; `None` for what concerns everybody.
    fn petition(self) -> Option<&'a PetitionNumber> {
        match self {
            Self::Repeat(told) => Some(&told.petition),
            Self::Withdrawn(withdrawn) => Some(&withdrawn.petition),
            Self::Corrected(corrected) => Some(&corrected.petition),
            Self::PartyStruck(struck) => Some(&struck.petition),
            Self::Referred { .. }
            | Self::Hearing(_)
            | Self::SecretHandedOver(_)
            | Self::Accepted(_)
            | Self::Told(_)
            | Self::Filed(_)
            | Self::Declined(_)
            | Self::Extended(_)
            | Self::Routed(_)
            | Self::HandedOver(_)
            | Self::ReviewExtended(_)
            | Self::ReviewAccepted
            | Self::ReviewDeclined(_)
            | Self::TakenOver
            | Self::ServiceCorrected(_) => None,
        }
    }
}

impl Fact {
    /// What has to be made known to the petitioner by it, if anything.
    pub fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Fact::Referred(referred) => {
                Some(Notified::Referred { to: &referred.to, despite: &referred.despite })
            }
            Fact::Accepted(accepted) => Some(Notified::Accepted(accepted)),
            Fact::Told(told) => Some(Notified::Told(told)),
            Fact::Filed(filed) => Some(Notified::Filed(filed)),
            Fact::Declined(told) => Some(Notified::Declined(told)),
            Fact::Extended(extended) => Some(Notified::Extended(extended)),
            Fact::ReviewExtended(extended) => Some(Notified::ReviewExtended(extended)),
            Fact::ReviewAccepted => Some(Notified::ReviewAccepted),
            Fact::ReviewDeclined(told) => Some(Notified::ReviewDeclined(told)),
            Fact::Track(fact) => fact.notice(),
            Fact::Joint(fact) => fact.notice(),
            Fact::Mediation(fact) => fact.notice(),
            Fact::Wall(fact) => fact.notice(),
            Fact::Aid(fact) => fact.notice(),
            Fact::Urgent(fact) => fact.notice(),
            Fact::Secrecy(fact) => fact.notice(),
            Fact::Participation(fact) => fact.notice(),
            Fact::Ladder(fact) => fact.notice(),
            Fact::Rating(fact) => fact.notice(),
            Fact::Repeat(fact) => fact.notice(),
            Fact::Withdrawal(fact) => fact.notice(),
            Fact::Passing(fact) => fact.notice(),
            Fact::Inside(fact) => fact.notice(),
            Fact::Correction(fact) => fact.notice(),
            Fact::Publication(fact) => fact.notice(),
            Fact::Hearing(fact) => fact.notice(),
            Fact::Sponsorship(fact) => fact.notice(),
            Fact::Registered(_)
            | Fact::Joined(_)
            | Fact::Unjoined(_)
            | Fact::Merged(_)
            | Fact::ReportPostponed(_)
            | Fact::ResultReported(_)
            | Fact::Supplemented(_)
            | Fact::Reclassified(_)
            | Fact::LedgerAnswerKept(_)
            | Fact::Objected(_)
            | Fact::Returned(_)
            | Fact::ObjectionRefused(_)
            | Fact::Recalled(_)
            | Fact::StepTaken(_)
            | Fact::ExtensionAsked(_)
            | Fact::ExtensionRefused(_)
            | Fact::DemandAnswered(_)
            | Fact::Signed(_)
            | Fact::Served(_)
            | Fact::NoticeServed(_)
            | Fact::Concluded(_)
            | Fact::ReviewAsked(_)
            | Fact::HearingHeld(_)
            | Fact::ReviewDecided(_)
            | Fact::AnsweredInstead(_)
            | Fact::ReviewServed(_)
            | Fact::Supervised(_)
            | Fact::SupervisionAnswered(_)
            | Fact::SupervisionClosed(_)
            | Fact::Executed(_) => None,
        }
    }
}

/// A notice of a matter (告知书).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// From 1, in the order they were made.
    pub ordinal: u32,
    /// What it makes known.
    pub kind: NoticeKind,
    /// The position of the fact that made it in the case file, from 1.
    pub sequence: i64,
    /// The office-local day it was made.
    pub made_on: Date,
    /// The unit whose notice it is.
    pub unit: UnitId,
    /// The later petition whose petitioner alone it is for.
    pub petition: Option<PetitionNumber>,
    /// How it was served, once it was.
    pub served: Option<Served>,
}

/// A notice reached the petitioner (告知书送达).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NoticeServed {
    /// The notice's ordinal.
    pub notice: u32,
    /// How, when, with which proof.
    pub service: Served,
}

impl Matter {
    /// Notices that nobody has brought to the petitioner yet.
    pub fn unserved(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.served.is_none())
    }

    pub(crate) fn serve_notice(
        &self,
        served: &NoticeServed,
        context: &Context<'_>,
    ) -> Result<Vec<Fact>, Refusal> {
        let notice = self.unserved().find(|notice| notice.ordinal == served.notice);
        let notice = notice.ok_or(Refusal::NothingToServe)?;
        served.service.check(notice.made_on, context)?;
        Ok(vec![Fact::NoticeServed(served.clone())])
    }

    /// Whose notice that ends something has not reached its petitioner (告知待送达).
    pub fn telling(&self) -> Option<&UnitId> {
        self.unserved().find(|notice| notice.kind.ends()).map(|notice| &notice.unit)
    }

    /// By when a notice is to reach whom it is for (告知送达期限): as a written answer from its signing, since the texts
    /// say no day of their own.
    pub fn notice_due(&self, notice: &Notice, law: Law<'_>) -> Option<Due> {
        let texts = law.statutes.on(notice.made_on, &self.place.0)?;
        due_under(ClockKind::Service, notice.made_on, 0, &texts, law.calendar)
    }

    /// Notes the notice that a fact makes. Whom nobody can tell gets none (R05-22b, R22-23b): the receipt's
    /// query code is their way to know.
    pub(crate) fn note_notice(&mut self, fact: &Fact, on: Date, unit: &UnitId) {
        let Some(notified) = fact.notice() else { return };
        let petition = notified.petition().cloned();
        let concerned =
            |one: &&Petition| petition.as_ref().is_none_or(|number| one.number == *number);
        if !self.petitions.iter().filter(concerned).any(Petition::can_be_told) {
            return;
        }
        self.notices.push(Notice {
            ordinal: u32::try_from(self.notices.len() + 1).unwrap_or(u32::MAX),
            kind: notified.kind(),
            sequence: self.version,
            made_on: on,
            unit: unit.clone(),
            petition,
            served: None,
        });
    }

    pub(crate) fn on_notice_served(&mut self, served: &NoticeServed) {
        if let Some(notice) = self.notices.iter_mut().find(|n| n.ordinal == served.notice) {
            notice.served = Some(served.service.clone());
        }
    }
}
