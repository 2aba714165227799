//! What of a registration was written down wrongly (更正登记): how it came, how many came, where and when.

use super::Fact;
use crate::matter::{Context, Matter};
use crate::org::{Place, UnitId};
use crate::petition::{COLLECTIVE_FROM, Channel, Petition, PetitionNumber};
use crate::refusal::{Refusal, filled};
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

/// Says of which organ a demand complains, or that it complains of none (明确被投诉机关).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NameOrgan {
    /// The demand's ordinal, from 1.
    pub demand: u32,
    /// The organ or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<UnitId>,
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
    pub(super) fn correct_registration(
        &self,
        correct: &Correct,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
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
        Ok(Fact::Corrected(Corrected { petition, changes, reason }))
    }

    pub(super) fn name_organ(
        &self,
        named: &NameOrgan,
        context: &Context<'_>,
    ) -> Result<Fact, Refusal> {
        let no_demand = Refusal::NoSuchDemand(named.demand);
        let demand = self.demand(named.demand).ok_or(no_demand)?;
        let known = |organ: &UnitId| context.directory.units.contains_key(organ);
        if named.organ.as_ref().is_some_and(|organ| !known(organ)) {
            return Err(Refusal::NotAReceiver);
        }
        if demand.complained_of == named.organ {
            return Err(Refusal::NothingCorrected);
        }
        Ok(Fact::OrganNamed(named.clone()))
    }

    pub(super) fn on_organ_named(&mut self, named: &NameOrgan) {
        let demand = self.demands.iter_mut().find(|one| one.ordinal == named.demand);
        if let Some(demand) = demand {
            demand.complained_of = named.organ.clone();
        }
    }

    pub(super) fn on_corrected(&mut self, corrected: &Corrected) {
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
}
