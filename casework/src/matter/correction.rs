//! Correcting what was written down wrongly (更正): each with its reason, as a line of its own; what was written before
//! stays in the file. Days and figures follow from what is right, and the petitioner is told where a right of theirs
//! moves.

use crate::code::code_list;
use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::service::Served;
use crate::matter::{Context, Demand, Matter, Step};
use crate::org::{Place, UnitId};
use crate::petition::{COLLECTIVE_FROM, Channel, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::ClockKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Corrects a petition's registration (更正登记); what is left out stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correct {
    /// The petition.
    pub petition: PetitionNumber,
    /// How it came.
    pub channel: Option<Channel>,
    /// How many people.
    pub headcount: Option<u32>,
    /// Where the problem is.
    pub place: Option<Place>,
    /// The day on which it was received, office-local.
    pub received_on: Option<Date>,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// What of a registration was corrected (更正项), with what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Change {
    /// 信访形式.
    Channel {
        /// As it was written down.
        from: Channel,
        /// As it is.
        to: Channel,
    },
    /// 人数.
    Headcount {
        /// As it was written down.
        from: u32,
        /// As it is.
        to: u32,
    },
    /// 问题属地.
    Place {
        /// As it was written down.
        from: Place,
        /// As it is.
        to: Place,
    },
    /// 收到日期.
    ReceivedOn {
        /// As it was written down.
        from: Date,
        /// As it is.
        to: Date,
    },
}

/// A registration was corrected (登记已更正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Corrected {
    /// The petition.
    pub petition: PetitionNumber,
    /// What of it.
    pub changes: Vec<Change>,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

code_list! {
    /// Which paper was served (送达文书).
    pub enum ServedPaper {
        /// 书面答复.
        Answer = "answer",
        /// 复查、复核意见.
        Opinion = "opinion",
    }
}

/// Corrects the last service of a paper (更正送达); whom it reached stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectService {
    /// Which paper.
    pub paper: ServedPaper,
    /// How it was served in truth.
    pub to: Served,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// A service was corrected (送达已更正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ServiceCorrected {
    /// Which paper.
    pub paper: ServedPaper,
    /// As it was written down.
    pub from: Served,
    /// As it was.
    pub to: Served,
    /// What was wrong, and how it was found out.
    pub reason: String,
}

/// Says of which organ a demand complains, or that it complains of none (明确被投诉机关).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NameOrgan {
    /// The demand's ordinal, from 1.
    pub demand: u32,
    /// The organ or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<UnitId>,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 更正登记.
    Correct(Correct),
    /// 更正送达.
    CorrectService(CorrectService),
    /// 明确被投诉机关.
    NameOrgan(NameOrgan),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "CorrectionFact")]
pub enum Fact {
    /// 登记已更正.
    Corrected(Corrected),
    /// 送达已更正.
    ServiceCorrected(ServiceCorrected),
    /// 被投诉机关已明确.
    OrganNamed(NameOrgan),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Correct(_) => Act::Correct,
            Self::CorrectService(_) => Act::CorrectService,
            Self::NameOrgan(_) => Act::NameOrgan,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        let one_more = |petition: &Petition| {
            Self::Correct(Correct {
                petition: petition.number.clone(),
                channel: None,
                headcount: Some(petition.headcount.saturating_add(1)),
                place: None,
                received_on: None,
                reason: said(),
            })
        };
        let served = |paper| {
            Self::CorrectService(CorrectService { paper, to: trial.served(), reason: said() })
        };
        let petitions = trial.matter.petitions.iter().map(one_more);
        // Another than the one that stands there.
        let name = |demand: &Demand| {
            let organ = demand.complained_of.is_none().then(|| trial.unit());
            Self::NameOrgan(NameOrgan { demand: demand.ordinal, organ })
        };
        let demands = trial.matter.demands.iter().map(name);
        petitions.chain(demands).chain(ServedPaper::ALL.map(served)).collect()
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Corrected(_) | Self::OrganNamed(_) => &[],
            Self::ServiceCorrected(corrected) => &corrected.to.attachments,
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::Corrected(_) | Self::ServiceCorrected(_) | Self::OrganNamed(_) => None,
        }
    }

    /// Whether it adds words by which its matter is found (检索).
    pub(crate) fn adds_words(&self) -> bool {
        match self {
            Self::Corrected(_) | Self::ServiceCorrected(_) | Self::OrganNamed(_) => false,
        }
    }

    /// Whether it changes what lists ask of the matter's petitions.
    pub(crate) fn renews_petitions(&self) -> bool {
        match self {
            Self::Corrected(_) => true,
            Self::ServiceCorrected(_) | Self::OrganNamed(_) => false,
        }
    }

    /// The notice that it makes, where a right of the petitioner moves (告知书): days count from the receipt, and from
    /// the service.
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::Corrected(corrected) => {
                let moves = |change: &Change| matches!(change, Change::ReceivedOn { .. });
                corrected.changes.iter().any(moves).then_some(Notified::Corrected(corrected))
            }
            Self::ServiceCorrected(corrected) => Some(Notified::ServiceCorrected(corrected)),
            Self::OrganNamed(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Corrected(_) => "corrected",
            Self::ServiceCorrected(_) => "service_corrected",
            Self::OrganNamed(_) => "organ_named",
        }
    }
}

impl Change {
    /// The petition with it.
    fn applied(&self, petition: &mut Petition) {
        match self {
            Self::Channel { to, .. } => petition.channel = *to,
            Self::Headcount { to, .. } => {
                petition.headcount = *to;
                petition.collective = *to >= COLLECTIVE_FROM;
            }
            Self::Place { to, .. } => petition.place = to.clone(),
            Self::ReceivedOn { to, .. } => petition.received_on = *to,
        }
    }
}

impl Correct {
    /// What of a petition it changes.
    fn changes(&self, petition: &Petition) -> Vec<Change> {
        let channel = self.channel.filter(|to| *to != petition.channel);
        let headcount = self.headcount.filter(|to| *to != petition.headcount);
        let place = self.place.clone().filter(|to| *to != petition.place);
        let received_on = self.received_on.filter(|to| *to != petition.received_on);
        let from = petition;
        let changes = [
            channel.map(|to| Change::Channel { from: from.channel, to }),
            headcount.map(|to| Change::Headcount { from: from.headcount, to }),
            place.map(|to| Change::Place { from: from.place.clone(), to }),
            received_on.map(|to| Change::ReceivedOn { from: from.received_on, to }),
        ];
        changes.into_iter().flatten().collect()
    }
}

impl Matter {
    pub(crate) fn on_correction(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        self.not_halted()?;
        match command {
            Command::Correct(correct) => {
                let petition = self.petitions.iter().find(|one| one.number == correct.petition);
                let petition = petition.ok_or(Refusal::PetitionElsewhere)?;
                let changes = correct.changes(petition);
                if changes.is_empty() {
                    return Err(Refusal::NothingCorrected);
                }
                filled(&[&correct.reason])?;
                let mut right = petition.clone();
                changes.iter().for_each(|change| change.applied(&mut right));
                if right.received_on > right.registered_on {
                    return Err(Refusal::ReceivedAfterRegistered(right.registered_on));
                }
                // What could not have been registered so can't be made so.
                crate::matter::intake::check(&right, context)?;
                let (petition, reason) = (correct.petition.clone(), correct.reason.clone());
                Ok(vec![Fact::Corrected(Corrected { petition, changes, reason }).into()])
            }
            Command::CorrectService(correct) => {
                let (from, made_on) = self.last_service(correct.paper)?;
                let to = Served { to: from.to.clone(), ..correct.to.clone() };
                if to == *from {
                    return Err(Refusal::NothingCorrected);
                }
                filled(&[&correct.reason])?;
                to.check(made_on, context)?;
                let (paper, from, reason) = (correct.paper, from.clone(), correct.reason.clone());
                let corrected = ServiceCorrected { paper, from, to, reason };
                Ok(vec![Fact::ServiceCorrected(corrected).into()])
            }
            Command::NameOrgan(named) => {
                let no_demand = Refusal::NoSuchDemand(named.demand);
                let demand = self.demand(named.demand).ok_or(no_demand)?;
                let known = |organ: &UnitId| context.directory.units.contains_key(organ);
                if named.organ.as_ref().is_some_and(|organ| !known(organ)) {
                    return Err(Refusal::NotAReceiver);
                }
                if demand.complained_of == named.organ {
                    return Err(Refusal::NothingCorrected);
                }
                Ok(vec![Fact::OrganNamed(named.clone()).into()])
            }
        }
    }

    /// The last service of a paper, and the paper's day, while nobody has asked for review of it: after that its
    /// window is used, and a new answer stands in the place of one that fell.
    fn last_service(&self, paper: ServedPaper) -> Result<(&Served, Date), Refusal> {
        let (services, made_on) = match paper {
            ServedPaper::Answer => {
                let reviewed = self.chain().iter().any(|review| review.declined.is_none());
                let answer = self.answer.as_ref().filter(|_| !reviewed);
                (&self.services, answer.map(|answer| answer.on))
            }
            ServedPaper::Opinion => {
                let review = self.reviews.last().ok_or(Refusal::NothingToServe)?;
                let decided = review.decided.as_ref().filter(|_| !review.sends_back());
                (&review.services, decided.map(|(on, _)| *on))
            }
        };
        let made_on = made_on.ok_or_else(|| self.out_of_step())?;
        Ok((services.last().ok_or(Refusal::NothingToServe)?, made_on))
    }

    pub(crate) fn fold_correction(&mut self, fact: &Fact) {
        match fact {
            Fact::Corrected(corrected) => self.on_corrected(corrected),
            Fact::ServiceCorrected(corrected) => self.on_service_corrected(corrected),
            Fact::OrganNamed(named) => {
                let demand = self.demands.iter_mut().find(|one| one.ordinal == named.demand);
                if let Some(demand) = demand {
                    demand.complained_of = named.organ.clone();
                }
            }
        }
    }

    fn on_corrected(&mut self, corrected: &Corrected) {
        let at = self.petitions.iter().position(|one| one.number == corrected.petition);
        let Some(at) = at else { return };
        for change in &corrected.changes {
            if let Some(petition) = self.petitions.get_mut(at) {
                change.applied(petition);
            }
            match change {
                Change::Place { to, .. } if at == 0 => self.place = to.clone(),
                Change::ReceivedOn { from, to } => self.count_from(&corrected.petition, *from, *to),
                Change::Place { .. } | Change::Channel { .. } | Change::Headcount { .. } => {}
            }
        }
    }

    /// The clocks that count from a petition's receipt count from the right day.
    fn count_from(&mut self, petition: &PetitionNumber, from: Date, to: Date) {
        let first = self.petitions.first().is_some_and(|one| one.number == *petition);
        // What was found urgent afterwards counts from when it was found.
        let urgent = self.petitions.iter().any(|one| one.number == *petition && one.urgent);
        let urgent = urgent && self.urgent_since == Some(from);
        let receipt = [ClockKind::Disposition, ClockKind::ChainShare];
        for span in self.spans.iter_mut().filter(|span| span.started_on == from) {
            let own = span.is_about(petition, ClockKind::Repeat);
            let reported = urgent && span.clock == ClockKind::UrgentReport;
            if own || reported || (first && receipt.contains(&span.clock)) {
                span.started_on = to;
            }
        }
        if urgent {
            self.urgent_since = Some(to);
        }
        if first {
            self.received_on = to;
        }
    }

    fn on_service_corrected(&mut self, corrected: &ServiceCorrected) {
        let ServiceCorrected { paper, from, to, .. } = corrected;
        let (services, windows) = match paper {
            ServedPaper::Answer => (
                Some(&mut self.services),
                vec![ClockKind::ReviewWindow, ClockKind::Reconsideration],
            ),
            ServedPaper::Opinion => (
                self.reviews.last_mut().map(|review| &mut review.services),
                vec![ClockKind::FinalReviewWindow],
            ),
        };
        let Some(services) = services else { return };
        if let Some(last) = services.last_mut() {
            *last = to.clone();
        }
        let latest = services.iter().max_by_key(|served| served.on).cloned();
        // The last of each clock is that of the last service.
        for clock in windows.into_iter().chain([ClockKind::Evaluation]) {
            let span = self.spans.iter_mut().rfind(|span| span.clock == clock);
            if let Some(span) =
                span.filter(|one| one.started_on == from.on && one.ended_on.is_none())
            {
                span.started_on = to.on;
            }
        }
        let service = self.spans.iter_mut().rfind(|span| span.clock == ClockKind::Service);
        if let Some(span) = service.filter(|span| span.ended_on == Some(from.on)) {
            span.ended_on = Some(to.on);
        }
        match paper {
            ServedPaper::Answer if self.served.is_some() => {
                self.served.clone_from(&latest);
                if let (Step::Served(_), Some(latest)) = (&self.step, latest) {
                    self.step = Step::Served(latest);
                }
            }
            ServedPaper::Opinion => {
                if let Some(review) = self.reviews.last_mut().filter(|one| one.served.is_some()) {
                    review.served = latest;
                }
            }
            ServedPaper::Answer => {}
        }
    }
}
