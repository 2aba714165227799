//! What the petitioner is told of each line of the case file (群众可见的办理过程). Every fact has its
//! answer here, so that a new one can't be forgotten: words, or a reason why it says nothing.

use crate::locale::Lang;
use casework::directory::Directory;
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::notice::NoticeKind;
use casework::matter::service::Served;
use casework::matter::{Entry, Fact, Matter};
use casework::matter::{
    aid, correction, hearing, joint, ladder, mediation, participation, passing, publication,
    rating, repeat, secrecy, sponsorship, track, urgent, wall, withdrawal,
};
use casework::org::UnitId;
use casework::petition::PetitionNumber;
use jiff::civil::Date;

/// The lines that the petitioner of one petition is told, in the order they happened; what concerns another petition of
/// the matter alone, its petitioner alone is told.
pub fn trace(
    lang: Lang,
    directory: &Directory,
    matter: &Matter,
    petition: &PetitionNumber,
    entries: &[Entry],
) -> Vec<(Date, String)> {
    let teller = Teller { lang, directory, matter, petition };
    let told = entries.iter().filter_map(|entry| {
        let unit = directory.unit(&entry.unit).to_owned();
        teller.said(&entry.fact, entry.on, unit)
    });
    let mut told: Vec<(Date, String)> = told.collect();
    told.sort_by_key(|(on, _)| *on);
    told
}

/// A fact of a room beside the main road.
enum Room<'a> {
    Track(&'a track::Fact),
    Joint(&'a joint::Fact),
    Mediation(&'a mediation::Fact),
    Wall(&'a wall::Fact),
    Aid(&'a aid::Fact),
    Urgent(&'a urgent::Fact),
    Secrecy(&'a secrecy::Fact),
    Ladder(&'a ladder::Fact),
    Sponsorship(&'a sponsorship::Fact),
}

struct Teller<'a> {
    lang: Lang,
    directory: &'a Directory,
    matter: &'a Matter,
    petition: &'a PetitionNumber,
}

impl Teller<'_> {
    fn unit(&self, key: &str, unit: &UnitId) -> String {
        self.lang.tx(key, &[("unit", self.directory.unit(unit).to_owned())])
    }

    /// Goes on only where it concerns whoever is told.
    fn own(&self, petition: &PetitionNumber) -> Option<()> {
        (petition == self.petition).then_some(())
    }

    /// That a paper was served, where it reached whoever is told.
    fn served(&self, served: &Served, key: &str) -> Option<(Date, String)> {
        let mut own = self.matter.petitions.iter().filter(|one| one.number == *self.petition);
        own.any(|one| served.reached(one)).then(|| (served.on, self.lang.t(key)))
    }

    /// That the unit heard whoever is told, or says that it could not.
    fn heard(&self, step: &StepTaken, by: &[(&str, String)]) -> Option<(Date, String)> {
        if let Some(petition) = &step.petition {
            self.own(petition)?;
        }
        let key = match step.inquiry {
            InquiryKind::Heard => "trace-heard",
            InquiryKind::Unreached => "trace-unreached",
            InquiryKind::Site | InquiryKind::Asked | InquiryKind::Records | InquiryKind::Other => {
                return None;
            }
        };
        Some((step.on, self.lang.tx(key, by)))
    }

    /// What was done to one petition, where it is theirs.
    fn own_line(&self, petition: &PetitionNumber, key: &str) -> Option<String> {
        self.own(petition)?;
        Some(self.lang.t(key))
    }

    fn person(&self, account: &casework::org::AccountId) -> String {
        self.directory.name(account).to_owned()
    }

    fn said(&self, fact: &Fact, on: Date, unit: String) -> Option<(Date, String)> {
        let (lang, by) = (self.lang, [("unit", unit)]);
        let words = match fact {
            Fact::Registered(registered) => {
                self.unit("trace-registered", &registered.petition.first_unit)
            }
            Fact::Joined(_) => lang.t("trace-joined"),
            Fact::Supplemented(later) => self.own_line(&later.petition, "trace-supplemented")?,
            Fact::Referred(referred) => self.unit("trace-referred", &referred.to),
            Fact::Told(_) => lang.t("trace-told"),
            Fact::Declined(_) => lang.tx("trace-declined", &by),
            Fact::Filed(filed) => lang.tx("trace-filed", &[("reason", filed.reason.clone())]),
            Fact::Objected(_) => lang.tx("trace-objected", &by),
            Fact::Recalled(_) => lang.t("trace-recalled"),
            Fact::Returned(_) => lang.t("trace-returned"),
            Fact::Accepted(_) => lang.tx("trace-accepted", &by),
            Fact::StepTaken(step) => return self.heard(step, &by),
            Fact::Extended(extended) => {
                let days = extended.days.to_string();
                let reason = extended.reason.clone();
                lang.tx("trace-extended", &[("days", days), ("reason", reason)])
            }
            Fact::Signed(_) | Fact::LedgerAnswerKept(_) => lang.t("trace-answered"),
            Fact::Served(served) => return self.served(served, "trace-served"),
            Fact::NoticeServed(served) => {
                let mut notices = self.matter.notices.iter();
                let notice = notices.find(|one| one.ordinal == served.notice)?;
                if let Some(petition) = &notice.petition {
                    self.own(petition)?;
                }
                let name = self.notice(notice.kind);
                return Some((served.service.on, lang.tx("trace-notice", &[("notice", name)])));
            }
            Fact::Concluded(_) => lang.t("trace-concluded"),
            Fact::ReviewAsked(asked) => {
                return Some((asked.received_on, self.unit("trace-review-asked", &asked.organ)));
            }
            Fact::ReviewAccepted => lang.tx("trace-review-accepted", &by),
            Fact::ReviewDeclined(_) => lang.tx("trace-review-declined", &by),
            Fact::HearingHeld(_) => lang.t("trace-hearing"),
            Fact::ReviewExtended(extended) => {
                lang.tx("trace-review-extended", &[("days", extended.days.to_string())])
            }
            Fact::ReviewDecided(decided) => {
                let outcome = lang.word("review-outcome", decided.outcome.word());
                lang.tx("trace-review-decided", &[("outcome", outcome)])
            }
            Fact::ReviewServed(served) => return self.served(served, "trace-review-served"),
            Fact::Supervised(_) => lang.t("trace-supervised"),
            Fact::SupervisionClosed(_) => lang.t("trace-supervision-closed"),
            Fact::Executed(executed) => {
                let text = executed.text.clone();
                return Some((executed.on, lang.tx("trace-executed", &[("text", text)])));
            }
            // Between the offices, or without meaning for whoever waits.
            Fact::Unjoined(_)
            | Fact::Merged(_)
            | Fact::ReportPostponed(_)
            | Fact::ResultReported(_)
            | Fact::Reclassified(_)
            | Fact::ObjectionRefused(_)
            | Fact::ExtensionAsked(_)
            | Fact::ExtensionRefused(_)
            | Fact::DemandAnswered(_)
            | Fact::AnsweredInstead(_)
            | Fact::SupervisionAnswered(_) => return None,
            Fact::Track(fact) => return self.side(Room::Track(fact), on),
            Fact::Joint(fact) => return self.side(Room::Joint(fact), on),
            Fact::Mediation(fact) => return self.side(Room::Mediation(fact), on),
            Fact::Wall(fact) => return self.side(Room::Wall(fact), on),
            Fact::Aid(fact) => return self.side(Room::Aid(fact), on),
            Fact::Urgent(fact) => return self.side(Room::Urgent(fact), on),
            Fact::Secrecy(fact) => return self.side(Room::Secrecy(fact), on),
            Fact::Ladder(fact) => return self.side(Room::Ladder(fact), on),
            Fact::Sponsorship(fact) => return self.side(Room::Sponsorship(fact), on),
            Fact::Rating(rating::Fact::Rated(rated)) => {
                self.own_line(&rated.petition, "trace-rated")?
            }
            Fact::Withdrawal(withdrawal::Fact::Withdrawn(withdrawn)) => {
                self.own_line(&withdrawn.petition, "trace-withdrawn")?
            }
            Fact::Withdrawal(withdrawal::Fact::Resumed(resumed)) => {
                self.own_line(&resumed.petition, "trace-resumed")?
            }
            Fact::Passing(passing::Fact::SentBack(_)) => {
                self.unit("trace-sent-back", self.matter.first_unit()?)
            }
            Fact::Passing(passing::Fact::PassedOn(_)) => lang.tx("trace-passed-on", &by),
            Fact::Passing(passing::Fact::TakenOver) => lang.tx("trace-taken-over", &by),
            Fact::Correction(fact) => self.corrected(fact)?,
            Fact::Repeat(repeat::Fact::RepeatTold(told)) => {
                self.own(&told.petition)?;
                lang.word("stands", told.standing.word())
            }
            Fact::Participation(fact) => return self.participation(fact, on),
            // Who of a unit does what is said where it stands now.
            Fact::Inside(_) => return None,
            Fact::Publication(fact) => lang.t(published(fact)),
            Fact::Hearing(fact) => heard(lang, fact),
        };
        Some((on, words))
    }

    /// What was written down wrongly, where it is theirs.
    fn corrected(&self, fact: &correction::Fact) -> Option<String> {
        match fact {
            correction::Fact::Corrected(one) => self.own_line(&one.petition, "fact-corrected"),
            correction::Fact::ServiceCorrected(_) => Some(self.lang.t("fact-service-corrected")),
            correction::Fact::PartyCorrected(one) => {
                self.own_line(&one.petition, "fact-party-corrected")
            }
            correction::Fact::PartyAdded(one) => self.own_line(&one.petition, "fact-party-added"),
            correction::Fact::PartyStruck(one) => self.own_line(&one.petition, "fact-party-struck"),
            correction::Fact::FileCorrected(one) => {
                let to = one.to.as_ref().and_then(|to| self.own_line(to, "fact-file-corrected"));
                to.or_else(|| self.own_line(&one.from, "fact-file-corrected"))
            }
            correction::Fact::CorrectionAsked(one) => {
                self.own_line(&one.petition, "fact-correction-asked")
            }
            correction::Fact::CorrectionAnswered(one) => {
                let said = self.own_line(&one.petition, "fact-correction-answered")?;
                Some(format!("{said} {}", one.text))
            }
            // Of whom it complains its petitioner has said.
            correction::Fact::OrganNamed(_) => None,
        }
    }

    fn notice(&self, kind: NoticeKind) -> String {
        self.lang.word("notice", kind.word())
    }

    fn side(&self, room: Room<'_>, on: Date) -> Option<(Date, String)> {
        let lang = self.lang;
        let words = match room {
            Room::Track(fact) => match fact {
                track::Fact::Routed(routed) => {
                    lang.tx("trace-routed", &[("procedure", routed.procedure.clone())])
                }
                track::Fact::HandedOver(_) => lang.t("trace-handed-over"),
                // How the office sorts it is its own affair until it acts on it.
                track::Fact::Retracked(_)
                | track::Fact::Unsealed(_)
                | track::Fact::AccusedIdentified(_) => return None,
            },
            Room::Joint(fact) => match fact {
                joint::Fact::Succeeded(succeeded) => {
                    self.unit("trace-succeeded", &succeeded.successor)
                }
                joint::Fact::ContributionAsked(asked) => {
                    self.unit("trace-contribution", &asked.unit)
                }
                joint::Fact::Disputed(_) => lang.t("trace-disputed"),
                joint::Fact::Designated(named) => self.unit("trace-designated", &named.to),
                joint::Fact::Contributed(_) | joint::Fact::ContributionReleased(_) => return None,
            },
            Room::Mediation(mediation::Fact::Mediated(held)) => {
                return Some((held.on, lang.t("trace-mediated")));
            }
            Room::Mediation(mediation::Fact::Settled(settled)) => {
                return Some((settled.on, lang.t("trace-settled")));
            }
            Room::Wall(wall::Fact::RecusalDecided(decided)) if decided.granted => {
                lang.t("trace-recused")
            }
            // It does not say to whom help was given, so where several petition nobody is told.
            Room::Aid(aid::Fact::AidReferred(_)) if self.matter.petitions.len() > 1 => return None,
            Room::Aid(aid::Fact::AidReferred(one)) => {
                lang.tx("trace-aid", &[("where", one.where_to.clone())])
            }
            Room::Aid(aid::Fact::Authorised(one)) => {
                self.own(&one.petition)?;
                lang.t("fact-authorised")
            }
            Room::Aid(aid::Fact::AuthorityEnded(one)) => {
                self.own(&one.petition)?;
                lang.t("fact-authority-ended")
            }
            Room::Urgent(urgent::Fact::UrgentReported(_)) => lang.t("trace-urgent"),
            Room::Secrecy(secrecy::Fact::SecretSuspected(_)) => lang.t("status-halted"),
            Room::Secrecy(secrecy::Fact::SecretHandedOver(_)) => lang.t("trace-handed-over"),
            Room::Secrecy(secrecy::Fact::SecretCleared(_)) => lang.t("trace-cleared"),
            Room::Ladder(ladder::Fact::SteppedUp(one)) => {
                let rung = lang.word("rung", one.rung.word());
                lang.tx(
                    "trace-rung",
                    &[("rung", rung), ("unit", self.directory.unit(&one.unit).to_owned())],
                )
            }
            Room::Sponsorship(sponsorship::Fact::Sponsored(one)) => lang.tx(
                "trace-sponsored",
                &[("leader", self.person(&one.leader)), ("on", lang.date(one.due_on))],
            ),
            Room::Sponsorship(sponsorship::Fact::PetitionerMet(met)) => {
                let words = lang.tx("trace-met", &[("leader", self.person(&met.leader))]);
                return Some((met.on, words));
            }
            Room::Sponsorship(sponsorship::Fact::Instructed(one)) => {
                let words = lang.tx("trace-instructed", &[("leader", self.person(&one.leader))]);
                return Some((one.on, words));
            }
            Room::Sponsorship(sponsorship::Fact::SponsorshipEnded(one)) => {
                lang.word("sponsorship-result", one.result.word())
            }
            // Asked and not decided, refused, or between the offices.
            Room::Wall(wall::Fact::RecusalAsked(_) | wall::Fact::RecusalDecided(_))
            | Room::Urgent(urgent::Fact::MarkedUrgent(_))
            | Room::Ladder(
                ladder::Fact::TrackerNamed(_)
                | ladder::Fact::FindingRecorded(_)
                | ladder::Fact::Recommended(_)
                | ladder::Fact::RecommendationAnswered(_),
            )
            | Room::Sponsorship(
                sponsorship::Fact::SponsorshipPlanned(_)
                | sponsorship::Fact::SubmittedToLeader(_)
                | sponsorship::Fact::SolutionStudied(_)
                | sponsorship::Fact::InstructionAnswered(_),
            ) => return None,
        };
        Some((on, words))
    }

    fn participation(&self, fact: &participation::Fact, on: Date) -> Option<(Date, String)> {
        use participation::Fact as P;
        let (on, key) = match fact {
            P::ParticipationOpened(_) => (on, "fact-participation-opened"),
            P::SessionHeld(held) => (held.on, "fact-session-held"),
            P::Countersigned(_) => (on, "fact-countersigned"),
            P::ObjectionRaised(_) => (on, "fact-objection-raised"),
            P::ObjectionAnswered(_) => (on, "fact-objection-answered"),
            P::ResultAnnounced(result) => (result.on, "fact-result-announced"),
            // The register itself stands on the page.
            P::EvidenceAdded(_) => return None,
        };
        Some((on, self.lang.t(key)))
    }
}

/// What is told of hearings in the open.
fn heard(lang: Lang, fact: &hearing::Fact) -> String {
    match fact {
        hearing::Fact::HearingAnnounced(announced) => {
            let args = [("on", lang.date(announced.held_on)), ("venue", announced.venue.clone())];
            lang.tx("trace-hearing-announced", &args)
        }
        hearing::Fact::OpinionPublished(_) => lang.t("trace-opinion-published"),
    }
}

/// That everybody may read the answer, or no longer.
fn published(fact: &publication::Fact) -> &'static str {
    match fact {
        publication::Fact::AnswerPublished(_) => "trace-published",
        publication::Fact::PublicationEnded(_) => "trace-publication-ended",
    }
}
