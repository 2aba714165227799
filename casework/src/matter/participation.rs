//! Petitioners take part in the investigation (上访人介入办案制): elected representatives join the working
//! group, both sides put evidence into one register, they meet face to face, and the result is
//! announced where everybody can hear it.

use crate::code::code_list;
use crate::matter::letter::Letter;
use crate::matter::offer::{Trial, paper, said};
use crate::matter::{Context, Matter, Step};
use crate::org::{Role, UnitId};
use crate::petition::Attachment;
use crate::refusal::{Refusal, filled};
use crate::role::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code_list! {
    /// Who put something into the register (举证方).
    pub enum Side {
        /// 信访人一方.
        Petitioner = "petitioner",
        /// 责任单位一方.
        Unit = "unit",
    }
}

/// Representatives were elected and a working group formed (组成联合工作组).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ParticipationOpened {
    /// The day of the election, office-local.
    pub elected_on: Date,
    /// Who was elected, masked like names.
    pub representatives: String,
    /// How many they are.
    pub elected: u32,
    /// Their names' keyed hashes, so that none of them is published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The unit's people in the group.
    pub members: String,
    /// What the group looks into, and how.
    pub text: String,
    /// The record of the election.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// A piece of evidence, open to both sides (证据登记).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EvidenceAdded {
    /// Which side brought it.
    pub side: Side,
    /// What it is.
    pub item: String,
    /// What it shows.
    pub text: String,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Both sides met (面对面质证).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SessionHeld {
    /// The day, office-local.
    pub on: Date,
    /// Where.
    pub venue: String,
    /// Who was there.
    pub present: String,
    /// Who interpreted, if anybody did.
    #[serde(default)]
    pub interpreter: String,
    /// The minutes.
    pub text: String,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// The petitioners' representatives signed the minutes (会签).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Countersigned {
    /// Which session, from 1.
    pub session: u32,
    /// What they wish to have noted.
    #[serde(default)]
    pub note: String,
    /// The signed minutes, where they signed on paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Somebody objects to what was found or how (异议记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectionRaised {
    /// Which side.
    pub side: Side,
    /// In their words.
    pub text: String,
}

/// The working group says what it makes of an objection (异议答复).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ObjectionAnswered {
    /// Which objection, from 1.
    pub objection: u32,
    /// The answer.
    pub text: String,
}

/// The result was told to all at a meeting, and is published without personal data (宣布结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ResultAnnounced {
    /// The day, office-local.
    pub on: Date,
    /// Where.
    pub venue: String,
    /// How many people came.
    pub count: u32,
    /// What is published.
    pub text: String,
}

/// A meeting of both sides, and how its minutes were signed (质证记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct SessionMinutes {
    /// The meeting.
    pub held: SessionHeld,
    /// When and how the petitioners signed, once they did.
    pub signed: Option<(Date, Countersigned)>,
}

/// An objection, and what the working group makes of it (异议及答复).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RaisedObjection {
    /// The day it was raised.
    pub on: Date,
    /// What is objected to.
    pub raised: ObjectionRaised,
    /// The answer, once given.
    pub answered: Option<ObjectionAnswered>,
}

/// The participation of petitioners in one matter (介入办案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Participation {
    /// The unit that investigates with them: whoever the matter is referred to goes on with it, until it is over.
    pub unit: UnitId,
    /// How it began.
    pub opened: ParticipationOpened,
    /// The register.
    pub evidence: Vec<(Date, EvidenceAdded)>,
    /// Meetings, and how their minutes were signed.
    pub sessions: Vec<SessionMinutes>,
    /// Objections, and their answers.
    pub objections: Vec<RaisedObjection>,
    /// The result.
    pub announced: Option<ResultAnnounced>,
}

/// What may be wanted in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 组成联合工作组.
    OpenParticipation(ParticipationOpened),
    /// 登记证据.
    AddEvidence(EvidenceAdded),
    /// 记录面对面质证.
    HoldSession(SessionHeld),
    /// 会签.
    Countersign(Countersigned),
    /// 提出异议.
    RaiseObjection(ObjectionRaised),
    /// 答复异议.
    AnswerObjection(ObjectionAnswered),
    /// 宣布结果.
    AnnounceResult(ResultAnnounced),
}

/// What may have happened in this room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[schemars(rename = "ParticipationFact")]
pub enum Fact {
    /// 已组成联合工作组.
    ParticipationOpened(ParticipationOpened),
    /// 证据已登记.
    EvidenceAdded(EvidenceAdded),
    /// 已面对面质证.
    SessionHeld(SessionHeld),
    /// 已会签.
    Countersigned(Countersigned),
    /// 已提出异议.
    ObjectionRaised(ObjectionRaised),
    /// 异议已答复.
    ObjectionAnswered(ObjectionAnswered),
    /// 结果已宣布.
    ResultAnnounced(ResultAnnounced),
}

impl Command {
    /// The act that it is.
    pub fn act(&self) -> Act {
        match self {
            Self::OpenParticipation(_) => Act::OpenParticipation,
            Self::AddEvidence(_) => Act::AddEvidence,
            Self::HoldSession(_) => Act::HoldSession,
            Self::Countersign(_) => Act::Countersign,
            Self::RaiseObjection(_) => Act::RaiseObjection,
            Self::AnswerObjection(_) => Act::AnswerObjection,
            Self::AnnounceResult(_) => Act::AnnounceResult,
        }
    }

    /// Each of them with answers that fit, to try what stands against it (试办).
    pub(crate) fn trials(trial: &Trial<'_>) -> Vec<Self> {
        vec![
            Self::OpenParticipation(ParticipationOpened {
                elected_on: trial.today,
                representatives: said(),
                elected: 1,
                names: Vec::new(),
                members: said(),
                text: said(),
                attachments: Vec::new(),
            }),
            Self::AddEvidence(EvidenceAdded {
                side: Side::ALL[0],
                item: said(),
                text: said(),
                attachments: Vec::new(),
            }),
            Self::HoldSession(SessionHeld {
                on: trial.today,
                venue: said(),
                present: said(),
                interpreter: String::new(),
                text: said(),
                attachments: Vec::new(),
            }),
            {
                let sessions =
                    trial.matter.participation.as_ref().map_or(&[][..], |part| &part.sessions);
                Self::Countersign(Countersigned {
                    session: Trial::open(sessions, |one| one.signed.is_none()),
                    note: said(),
                    attachments: paper(),
                })
            },
            {
                let raised = ObjectionRaised { side: Side::ALL[0], text: said() };
                Self::RaiseObjection(raised)
            },
            {
                let objections =
                    trial.matter.participation.as_ref().map_or(&[][..], |part| &part.objections);
                let objection = Trial::open(objections, |one| one.answered.is_none());
                let answered = ObjectionAnswered { objection, text: said() };
                Self::AnswerObjection(answered)
            },
            Self::AnnounceResult(ResultAnnounced {
                on: trial.today,
                venue: said(),
                count: 1,
                text: said(),
            }),
        ]
    }
}

impl Fact {
    /// The files that it brings (所附材料).
    pub(crate) fn attachments(&self) -> &[crate::petition::Attachment] {
        match self {
            Self::ParticipationOpened(opened) => &opened.attachments,
            Self::EvidenceAdded(added) => &added.attachments,
            Self::SessionHeld(held) => &held.attachments,
            Self::Countersigned(signed) => &signed.attachments,
            Self::ObjectionRaised(_) | Self::ObjectionAnswered(_) | Self::ResultAnnounced(_) => &[],
        }
    }

    /// The letter between offices that it makes, if it makes one (机关文书).
    pub(crate) fn letter(&self) -> Option<Letter<'_>> {
        match self {
            Self::ParticipationOpened(of) => Some(Letter::Election(of)),
            Self::EvidenceAdded(_)
            | Self::SessionHeld(_)
            | Self::Countersigned(_)
            | Self::ObjectionRaised(_)
            | Self::ObjectionAnswered(_)
            | Self::ResultAnnounced(_) => None,
        }
    }

    /// The notice that it makes, if it makes one (告知书).
    pub(crate) fn notice(&self) -> Option<crate::matter::notice::Notified<'_>> {
        match self {
            Self::ParticipationOpened(_)
            | Self::EvidenceAdded(_)
            | Self::SessionHeld(_)
            | Self::Countersigned(_)
            | Self::ObjectionRaised(_)
            | Self::ObjectionAnswered(_)
            | Self::ResultAnnounced(_) => None,
        }
    }

    /// Its name.
    pub fn word(&self) -> &'static str {
        match self {
            Self::ParticipationOpened(_) => "participation_opened",
            Self::EvidenceAdded(_) => "evidence_added",
            Self::SessionHeld(_) => "session_held",
            Self::Countersigned(_) => "countersigned",
            Self::ObjectionRaised(_) => "objection_raised",
            Self::ObjectionAnswered(_) => "objection_answered",
            Self::ResultAnnounced(_) => "result_announced",
        }
    }
}

impl Participation {
    /// What stands against announcing the result, if anything does: minutes that nobody signed, an
    /// objection without an answer, no meeting at all.
    pub fn unfinished(&self) -> Option<Refusal> {
        let unsigned = self.sessions.iter().position(|one| one.signed.is_none());
        let open = self.objections.iter().position(|one| one.answered.is_none());
        let ordinal = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        if self.sessions.is_empty() {
            Some(Refusal::NoSession)
        } else if let Some(at) = unsigned {
            Some(Refusal::MinutesUnsigned(ordinal(at)))
        } else {
            open.map(|at| Refusal::ObjectionUnanswered(ordinal(at)))
        }
    }

    fn session(&self, ordinal: u32) -> Option<&SessionMinutes> {
        self.sessions.get(usize::try_from(ordinal).ok()?.checked_sub(1)?)
    }

    fn objection(&self, ordinal: u32) -> Option<&RaisedObjection> {
        self.objections.get(usize::try_from(ordinal).ok()?.checked_sub(1)?)
    }
}

impl Matter {
    pub(crate) fn on_participation(
        &self,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Vec<crate::matter::Fact>, Refusal> {
        let day = |on: Date| {
            if on > context.moment.on { Err(Refusal::DateInFuture) } else { Ok(()) }
        };
        // What the result was built on stays open to both sides until it is announced.
        let running = || {
            self.not_halted()?;
            let part = self.participation.as_ref().ok_or(Refusal::NoParticipation)?;
            if part.announced.is_some() { Err(Refusal::ResultAnnounced) } else { Ok(part) }
        };
        let fact = match command {
            Command::OpenParticipation(opened) => {
                self.open_participation(opened, context)?;
                day(opened.elected_on)?;
                filled(&[&opened.representatives, &opened.members, &opened.text])?;
                Fact::ParticipationOpened(opened.clone())
            }
            Command::AddEvidence(added) => {
                running()?;
                filled(&[&added.item, &added.text])?;
                Fact::EvidenceAdded(added.clone())
            }
            Command::HoldSession(held) => {
                running()?;
                day(held.on)?;
                filled(&[&held.venue, &held.present, &held.text])?;
                Fact::SessionHeld(held.clone())
            }
            Command::Countersign(signed) => {
                let session = running()?.session(signed.session).ok_or(Refusal::NoSession)?;
                if session.signed.is_some() {
                    return Err(Refusal::SignedAlready);
                }
                // Nobody signs for the petitioners: they do, or their signature is shown.
                if !context.actor.is(Role::Public) && signed.attachments.is_empty() {
                    return Err(Refusal::PaperMissing);
                }
                Fact::Countersigned(signed.clone())
            }
            Command::RaiseObjection(raised) => {
                running()?;
                filled(&[&raised.text])?;
                Fact::ObjectionRaised(raised.clone())
            }
            Command::AnswerObjection(answered) => {
                let objection = running()?.objection(answered.objection);
                let open = objection.is_some_and(|one| one.answered.is_none());
                if !open {
                    return Err(Refusal::NoObjection);
                }
                filled(&[&answered.text])?;
                Fact::ObjectionAnswered(answered.clone())
            }
            Command::AnnounceResult(announced) => {
                if let Some(refusal) = running()?.unfinished() {
                    return Err(refusal);
                }
                day(announced.on)?;
                filled(&[&announced.venue, &announced.text])?;
                if context.known.names_somebody {
                    return Err(Refusal::NamesSomebody);
                }
                Fact::ResultAnnounced(announced.clone())
            }
        };
        Ok(vec![fact.into()])
    }

    fn open_participation(
        &self,
        opened: &ParticipationOpened,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        if self.step != Step::Accepted {
            return Err(self.out_of_step());
        }
        if self.sealed() {
            return Err(Refusal::Sealed);
        }
        if self.participation.is_some() {
            return Err(Refusal::ParticipationOpen);
        }
        // As many as may speak for a visit of so many people.
        let people = self.petitions.iter().map(|petition| petition.headcount).max();
        let law = context.law(context.moment.on)?;
        let (most, by) = law.most_representatives(people.unwrap_or(1)).ok_or(Refusal::NoLaw)?;
        if opened.elected == 0 {
            return Err(Refusal::NobodyElected);
        }
        if opened.elected > most {
            return Err(Refusal::TooManyRepresentatives { most, rule: by.rule.clone() });
        }
        Ok(())
    }

    pub(crate) fn fold_participation(&mut self, fact: &Fact, on: Date) {
        if let Fact::ParticipationOpened(opened) = fact {
            self.participation = Some(Participation {
                unit: self.holder.clone(),
                opened: opened.clone(),
                evidence: Vec::new(),
                sessions: Vec::new(),
                objections: Vec::new(),
                announced: None,
            });
        }
        let Some(participation) = &mut self.participation else { return };
        let index = |ordinal: u32| usize::try_from(ordinal).unwrap_or(usize::MAX).wrapping_sub(1);
        match fact {
            Fact::ParticipationOpened(_) => {}
            Fact::EvidenceAdded(added) => participation.evidence.push((on, added.clone())),
            Fact::SessionHeld(held) => {
                participation.sessions.push(SessionMinutes { held: held.clone(), signed: None })
            }
            Fact::Countersigned(signed) => {
                if let Some(session) = participation.sessions.get_mut(index(signed.session)) {
                    session.signed = Some((on, signed.clone()));
                }
            }
            Fact::ObjectionRaised(raised) => {
                let raised = raised.clone();
                participation.objections.push(RaisedObjection { on, raised, answered: None });
            }
            Fact::ObjectionAnswered(answered) => {
                let at = index(answered.objection);
                if let Some(objection) = participation.objections.get_mut(at) {
                    objection.answered = Some(answered.clone());
                }
            }
            Fact::ResultAnnounced(announced) => participation.announced = Some(announced.clone()),
        }
    }
}
