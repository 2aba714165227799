//! The tracks of a petition (信访诉求类别): what is asked as of right, what is suggested, what somebody is
//! accused of; and where a matter of the first track belongs to another procedure (R22-29, R22-30,
//! R22-31).

use crate::code::code_list;
use crate::directory::Directory;
use crate::matter::handling::Outcome;
use crate::matter::letter::Letter;
use crate::matter::notice::Notified;
use crate::matter::offer::{Trial, said};
use crate::matter::{Conclusion, ConclusionGround, Context, Matter, Step};
use crate::org::{AccountId, UnitId};
use crate::petition::Accused;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use crate::statute::{ClockKind, GroundCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// What kind of petition it is (诉求类别).
    pub enum Track {
        /// 申诉求决类.
        Redress = "redress",
        /// 建议意见类: studied and replied to.
        Suggestion = "suggestion",
        /// 检举控告类: sealed, and never to whom it accuses.
        Accusation = "accusation",
    }
}

impl Track {
    /// The outcomes that an answer on this track may have.
    pub fn outcomes(self) -> &'static [Outcome] {
        match self {
            Self::Redress => {
                &[Outcome::Support, Outcome::Partly, Outcome::Explain, Outcome::NotSupport]
            }
            Self::Suggestion => &[Outcome::Adopt, Outcome::AdoptPartly, Outcome::NotAdopt],
            Self::Accusation => &[Outcome::Found, Outcome::FoundPartly, Outcome::NotFound],
        }
    }

    /// Whether it is the common one, which the wire leaves out.
    pub(crate) fn is_redress(&self) -> bool {
        *self == Self::Redress
    }
}

code_list! {
    /// The branches of redress (依法分类处理, R22-31①–⑥).
    pub enum Branch {
        /// ① 诉讼、立案、法律监督、公安程序.
        Litigation = "litigation",
        /// ② 仲裁.
        Arbitration = "arbitration",
        /// ③ 党员申诉、申请复审.
        Party = "party",
        /// ④ 行政复议、裁决、确认、许可、处罚等行政程序.
        Administrative = "administrative",
        /// ⑤ 申请查处违法行为、履行保护职责: done or answered under the organ's own statute.
        Duty = "duty",
        /// ⑥ 以上之外: heard, investigated and answered under the regulations themselves.
        Residual = "residual",
    }
}

impl Branch {
    /// Whether the matter is led into a procedure of another law (导入).
    pub fn leads_elsewhere(self) -> bool {
        !matches!(self, Self::Duty | Self::Residual)
    }
}

/// Says who a named accused is (查明被检举控告人): without a unit and an account, somebody who belongs to no
/// unit of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AccusedIdentified {
    /// The unit, or the person's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accused: Option<UnitId>,
    /// The person's account, if they have one here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<AccountId>,
    /// How it was found out.
    pub reason: String,
}

/// Leads the matter into the procedure of another law (导入法定途径).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Routed {
    /// Which of the branches.
    pub branch: Branch,
    /// The procedure's name, such as 行政复议.
    pub procedure: String,
    /// Which organ, and where.
    pub where_to: String,
    /// The law it rests on.
    pub basis: String,
    /// Until when, in words: the period of that law.
    pub within: String,
    /// What to bring.
    #[serde(default)]
    pub materials: String,
}

/// Passes the matter to an organ outside of this channel, which answers by its own rules (转送有权机关).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HandedOver {
    /// `T1` for accusations, `N01` or `N02` for letters about litigation, `N11` for state secrets.
    pub ground: GroundCode,
    /// The organ.
    pub where_to: String,
    /// How it was passed on: the letter's number.
    pub number: String,
}

/// The matter is of another track than it was taken for (改变类别).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Retracked {
    /// The right one.
    pub track: Track,
    /// For an accusation: the unit it is against, or of the person it is against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accused: Option<UnitId>,
    /// The person's account, if they have one here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<AccountId>,
    /// Why.
    pub reason: String,
}

impl Retracked {
    /// Whom it accuses then.
    fn against(&self) -> Vec<Accused> {
        let accused = Accused::of(self.accused.clone(), self.person.clone());
        if accused.known() { vec![accused] } else { Vec::new() }
    }
}

/// What was sealed as an accusation is none (解除密封).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Unsealed {
    /// Why.
    pub reason: String,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 导入法定途径.
    Route(Routed),
    /// 转送有权机关.
    HandOver(HandedOver),
    /// 改变类别.
    Retrack(Retracked),
    /// 解除密封.
    Unseal(Unsealed),
    /// 查明被检举控告人.
    Identify(AccusedIdentified),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "TrackFact")]
pub enum Fact {
    /// 已导入法定途径.
    Routed(Routed),
    /// 已转送有权机关.
    HandedOver(HandedOver),
    /// 已改变类别.
    Retracked(Retracked),
    /// 已解除密封.
    Unsealed(Unsealed),
    /// 已查明被检举控告人.
    AccusedIdentified(AccusedIdentified),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::Route(_) => Act::Route,
            Self::HandOver(_) => Act::HandOver,
            Self::Retrack(_) => Act::Retrack,
            Self::Unseal(_) => Act::Unseal,
            Self::Identify(_) => Act::Identify,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(_: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::Route(Routed {
                branch: Branch::ALL[0],
                procedure: said(),
                where_to: said(),
                basis: said(),
                within: said(),
                materials: said(),
            }),
            Self::HandOver(HandedOver {
                ground: GroundCode::Accusation,
                where_to: said(),
                number: said(),
            }),
            Self::Retrack(Retracked {
                track: Track::ALL[0],
                accused: None,
                person: None,
                reason: said(),
            }),
            Self::Unseal(Unsealed { reason: said() }),
            Self::Identify(AccusedIdentified { accused: None, person: None, reason: said() }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::Routed(_)
            | Self::HandedOver(_)
            | Self::Retracked(_)
            | Self::Unsealed(_)
            | Self::AccusedIdentified(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::HandedOver(of) => Some(Letter::HandOver(of)),
            Self::Routed(_)
            | Self::Retracked(_)
            | Self::Unsealed(_)
            | Self::AccusedIdentified(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Routed(_) => "routed",
            Self::HandedOver(_) => "handed_over",
            Self::Retracked(_) => "retracked",
            Self::Unsealed(_) => "unsealed",
            Self::AccusedIdentified(_) => "accused_identified",
        }
    }

    /// The notice it makes, if it makes one.
    pub(crate) fn notice(&self) -> Option<Notified<'_>> {
        match self {
            Self::Routed(routed) => Some(Notified::Routed(routed)),
            Self::HandedOver(handed) => Some(Notified::HandedOver(handed)),
            Self::Retracked(_) | Self::Unsealed(_) | Self::AccusedIdentified(_) => None,
        }
    }
}

/// The unit of whom it accuses: the person's own, whatever was chosen; else the chosen one, which must be of the
/// directory.
fn belonging(
    person: &Option<AccountId>,
    unit: &Option<UnitId>,
    context: &Context<'_>,
) -> Result<Option<UnitId>, Refusal> {
    match (person, unit) {
        (Some(person), _) => {
            Ok(Some(context.directory.workplace(person).ok_or(Refusal::NobodyHere)?.clone()))
        }
        (None, Some(unit)) if !context.directory.units.contains_key(unit) => {
            Err(Refusal::NotAReceiver)
        }
        (None, unit) => Ok(unit.clone()),
    }
}

impl Matter {
    pub(crate) fn on_track(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let concluded = |ground| crate::matter::Fact::Concluded(Conclusion::of(ground));
        Ok(match command {
            Command::Route(routed) => {
                self.route(routed, context)?;
                let ground = ConclusionGround::Routed(routed.branch);
                vec![Fact::Routed(routed.clone()).into(), concluded(ground)]
            }
            Command::HandOver(handed) => {
                self.hand_over(handed, context)?;
                let ground = ConclusionGround::HandedOver(handed.ground);
                vec![Fact::HandedOver(handed.clone()).into(), concluded(ground)]
            }
            Command::Retrack(retracked) => {
                let accused = belonging(&retracked.person, &retracked.accused, context)?;
                let retracked = Retracked { accused, ..retracked.clone() };
                self.retrack(&retracked)?;
                self.keeps_clear_of(&retracked.against(), context.directory)?;
                vec![Fact::Retracked(retracked).into()]
            }
            Command::Unseal(unsealed) => {
                // Once it is accepted, its clock and its answers are an accusation's; and what was
                // concluded as one stays sealed.
                if !matches!(self.step, Step::Registered | Step::Referred(_)) {
                    return Err(self.out_of_step());
                }
                if self.track != Track::Accusation {
                    return Err(Refusal::OtherTrack);
                }
                filled(&[&unsealed.reason])?;
                vec![Fact::Unsealed(unsealed.clone()).into()]
            }
            Command::Identify(identified) => {
                let accused = belonging(&identified.person, &identified.accused, context)?;
                let identified = AccusedIdentified { accused, ..identified.clone() };
                self.identify(&identified)?;
                let against = Accused::of(identified.accused.clone(), identified.person.clone());
                self.keeps_clear_of(&[against], context.directory)?;
                vec![Fact::AccusedIdentified(identified).into()]
            }
        })
    }

    /// R22-31①–④: only what another law has a procedure for, and with all that the petitioner needs.
    fn route(&self, routed: &Routed, context: &Context<'_>) -> Result<(), Refusal> {
        self.at_unit()?;
        if self.track != Track::Redress {
            return Err(Refusal::OtherTrack);
        }
        self.no_answer_ordered()?;
        // The older text knows no branches: there the organ declines with N02 and tells the procedure.
        if !routed.branch.leads_elsewhere() || !context.law(context.moment.on)?.branches() {
            return Err(Refusal::BranchUnknown);
        }
        let given = [&routed.procedure, &routed.within];
        if routed.where_to.trim().is_empty() || given.iter().any(|text| text.trim().is_empty()) {
            return Err(Refusal::WhereToMissing);
        }
        if routed.basis.trim().is_empty() {
            return Err(Refusal::BasisMissing);
        }
        Ok(())
    }

    /// R05-23, R22-30: nobody is kept out of what names them until it is known where they belong, so that
    /// comes before any unit is given it.
    fn identify(&self, identified: &AccusedIdentified) -> Result<(), Refusal> {
        if self.unknown_accused().is_none() {
            return Err(Refusal::NobodyUnknown);
        }
        let accused = [Accused::of(identified.accused.clone(), identified.person.clone())];
        if self.would_wall_a_keeper(&accused) {
            return Err(Refusal::AccusedHasIt);
        }
        filled(&[&identified.reason])?;
        Ok(())
    }

    /// The first of the accused of whom a name alone is known and nobody has said yet where they belong.
    pub fn unknown_accused(&self) -> Option<usize> {
        self.accused
            .iter()
            .enumerate()
            .position(|(at, accused)| !accused.known() && !self.elsewhere.contains(&at))
    }

    /// R22-22b, R22-22d, R05-15: to whom it belongs outside of this channel; an accusation never to
    /// whom it accuses, which the directory's units are held against by name.
    fn hand_over(&self, handed: &HandedOver, context: &Context<'_>) -> Result<(), Refusal> {
        if !matches!(self.step, Step::Registered | Step::Referred(_)) {
            return Err(self.out_of_step());
        }
        self.no_answer_ordered()?;
        let law = context.law(context.moment.on)?;
        let known = law.ground(handed.ground).is_some_and(|ground| ground.hands_over);
        if !known {
            return Err(Refusal::UnknownGround(handed.ground));
        }
        if (handed.ground == GroundCode::Accusation) != (self.track == Track::Accusation) {
            return Err(Refusal::OtherTrack);
        }
        if handed.where_to.trim().is_empty() || handed.number.trim().is_empty() {
            return Err(Refusal::WhereToMissing);
        }
        self.not_named_in(&handed.where_to, context.directory)
    }

    /// Whether what is written as the receiver names a unit that the matter keeps out, or one under it.
    fn not_named_in(&self, where_to: &str, directory: &Directory) -> Result<(), Refusal> {
        let walled: Vec<UnitId> = self.walls().units.into_iter().collect();
        let mut units = directory.units.values();
        let named = units.any(|unit| {
            let mut names = [&unit.name, &unit.short].into_iter();
            let named =
                names.any(|name| name.chars().count() > 1 && where_to.contains(name.as_str()));
            named && directory.is_under(&unit.id, &walled)
        });
        if named { Err(Refusal::Accused) } else { Ok(()) }
    }

    fn retrack(&self, retracked: &Retracked) -> Result<(), Refusal> {
        if !matches!(self.step, Step::Registered | Step::Referred(_)) {
            return Err(self.out_of_step());
        }
        // What is sealed is opened by the head alone, and first.
        if self.track == Track::Accusation || self.track == retracked.track {
            return Err(Refusal::OtherTrack);
        }
        if retracked.accused.is_some() && retracked.track != Track::Accusation {
            return Err(Refusal::OtherTrack);
        }
        // R05-23, R22-30: neither with whom it accuses, nor known to them.
        if self.would_wall_a_keeper(&retracked.against()) {
            return Err(Refusal::AccusedHasIt);
        }
        filled(&[&retracked.reason])?;
        Ok(())
    }

    /// Whether the unit has the matter or still owes something in it.
    pub(crate) fn binds(&self, unit: &UnitId) -> bool {
        let owes = |span: &crate::matter::Span| span.unit == *unit && span.ended_on.is_none();
        self.holder == *unit || self.spans.iter().any(owes)
    }

    pub(crate) fn fold_track(&mut self, fact: &Fact, on: Date) {
        match fact {
            Fact::Routed(_) | Fact::HandedOver(_) => {
                for clock in [ClockKind::Disposition, ClockKind::Objection, ClockKind::Notice] {
                    self.stop(clock, on);
                }
            }
            Fact::Retracked(retracked) => {
                self.track = retracked.track;
                self.accused.extend(retracked.against());
            }
            Fact::Unsealed(_) => {
                self.track = Track::Redress;
                self.accused.clear();
                self.elsewhere.clear();
            }
            Fact::AccusedIdentified(identified) => {
                let Some(at) = self.unknown_accused() else { return };
                if let Some(accused) = self.accused.get_mut(at) {
                    accused.unit.clone_from(&identified.accused);
                    accused.account.clone_from(&identified.person);
                }
                // It is known then that they belong to nobody here.
                if identified.accused.is_none() && identified.person.is_none() {
                    self.elsewhere.insert(at);
                }
            }
        }
    }

    /// Whether the answer may be reviewed (R22-35): the organ's opinion on a petition for redress, not
    /// what it does under its own statute, a reply to a suggestion, or what both sides agreed on.
    pub fn reviewable(&self) -> bool {
        self.track == Track::Redress
            && self.branch != Some(Branch::Duty)
            && self.settlement.is_none()
    }
}
