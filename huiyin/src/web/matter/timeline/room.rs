//! The facts of the rooms beside the main road in words (专项记录的文字): of a keyed hash or a sealed name, nothing.

use super::Said;
use casework::matter::joint::Arbiter;
use casework::matter::{
    aid, correction, hearing, inside, joint, ladder, mediation, participation, passing,
    publication, rating, repeat, secrecy, sponsorship, track, urgent, wall, withdrawal,
};

pub(super) fn track(said: &mut Said<'_>, fact: &track::Fact) {
    match fact {
        track::Fact::Routed(routed) => {
            said.list("field-branch", "branch", routed.branch.word());
            said.text("field-procedure", &routed.procedure);
            said.text("field-where-to", &routed.where_to);
            said.text("field-basis", &routed.basis);
            said.text("field-within", &routed.within);
            said.text("field-materials", &routed.materials);
        }
        track::Fact::HandedOver(handed) => {
            said.list("field-ground", "ground", handed.ground.word());
            said.text("field-where-to", &handed.where_to);
            said.text("field-number", &handed.number);
        }
        track::Fact::Retracked(retracked) => {
            said.list("field-track", "track", retracked.track.word());
            if let Some(unit) = &retracked.accused {
                said.unit("field-accused", unit);
            }
            if let Some(person) = &retracked.person {
                said.person("field-person", person);
            }
            said.text("field-reason", &retracked.reason);
        }
        track::Fact::Unsealed(unsealed) => said.text("field-reason", &unsealed.reason),
        track::Fact::AccusedIdentified(identified) => {
            if let Some(unit) = &identified.accused {
                said.unit("field-accused", unit);
            }
            if let Some(person) = &identified.person {
                said.person("field-person", person);
            }
            said.text("field-reason", &identified.reason);
        }
    }
}

pub(super) fn joint(said: &mut Said<'_>, fact: &joint::Fact) {
    match fact {
        joint::Fact::ContributionAsked(asked) => {
            said.unit("field-joint-unit", &asked.unit);
            let demands = asked.demands.iter().map(u32::to_string).collect::<Vec<_>>();
            said.text("field-demands", &demands.join(&said.lang.t("list-separator")));
            said.date("field-due-on", asked.due_on);
            said.text("field-note", &asked.note);
        }
        joint::Fact::Contributed(contributed) => {
            said.unit("field-joint-unit", &contributed.unit);
            said.text("field-text", &contributed.text);
            said.text("field-basis", &contributed.basis);
            said.keep(&contributed.attachments);
        }
        joint::Fact::ContributionReleased(released) => {
            said.unit("field-joint-unit", &released.unit);
            said.text("field-reason", &released.reason);
        }
        joint::Fact::Disputed(disputed) => said.text("field-reason", &disputed.reason),
        joint::Fact::Designated(designated) => {
            said.unit("field-to", &designated.to);
            match &designated.arbiter {
                Arbiter::Superior(unit) => said.unit("field-arbiter", unit),
                Arbiter::Conference => said.list("field-arbiter", "arbiter", "conference"),
            }
            said.text("field-number", &designated.number);
            said.text("field-reason", &designated.reason);
        }
        joint::Fact::Succeeded(succeeded) => {
            said.unit("field-successor", &succeeded.successor);
            said.text("field-number", &succeeded.number);
            said.text("field-reason", &succeeded.reason);
        }
    }
}

pub(super) fn mediation(said: &mut Said<'_>, fact: &mediation::Fact) {
    match fact {
        mediation::Fact::Mediated(mediated) => {
            said.date("field-on", mediated.on);
            said.text("field-mediator", &mediated.mediator);
            said.yes("field-consent", mediated.consent);
            said.text("field-text", &mediated.text);
        }
        mediation::Fact::Settled(settled) => {
            said.list("field-way", "way", settled.way.word());
            said.text("field-number", &settled.number);
            said.date("field-on", settled.on);
            said.text("field-recipient", &settled.recipient);
            said.yes("field-consent", settled.consent);
            said.text("field-text", &settled.text);
            said.date("field-done-by", settled.done_by);
            said.keep(&settled.attachments);
        }
    }
}

pub(super) fn wall(said: &mut Said<'_>, fact: &wall::Fact) {
    match fact {
        wall::Fact::RecusalAsked(asked) => {
            said.person("field-person", &asked.person);
            said.list("field-recusal-ground", "recusal-ground", asked.recusal_ground.word());
            said.text("field-reason", &asked.reason);
        }
        wall::Fact::RecusalDecided(decided) => {
            said.person("field-person", &decided.person);
            said.yes("field-granted", decided.granted);
            said.text("field-reason", &decided.reason);
        }
    }
}

pub(super) fn aid(said: &mut Said<'_>, fact: &aid::Fact) {
    match fact {
        aid::Fact::Authorised(authorised) => {
            said.text("field-petition", &authorised.petition.0);
            said.text("field-text", &authorised.text);
            said.keep(&authorised.attachments);
        }
        aid::Fact::AuthorityEnded(ended) => {
            said.text("field-petition", &ended.petition.0);
            said.text("field-reason", &ended.reason);
        }
        aid::Fact::AidReferred(referred) => {
            said.list("field-aid", "aid", referred.aid.word());
            said.text("field-where-to", &referred.where_to);
            said.yes("field-consent", referred.consent);
            said.text("field-text", &referred.text);
        }
    }
}

pub(super) fn urgent(said: &mut Said<'_>, fact: &urgent::Fact) {
    match fact {
        urgent::Fact::MarkedUrgent(marked) => said.text("field-reason", &marked.reason),
        urgent::Fact::UrgentReported(reported) => {
            said.text("field-recipients", &reported.recipients);
            said.text("field-contact", &reported.contact);
            said.text("field-text", &reported.text);
            said.text("field-measures", &reported.measures);
        }
    }
}

pub(super) fn secrecy(said: &mut Said<'_>, fact: &secrecy::Fact) {
    match fact {
        secrecy::Fact::SecretSuspected(suspected) => said.text("field-reason", &suspected.reason),
        secrecy::Fact::SecretHandedOver(handed) => {
            said.text("field-where-to", &handed.where_to);
            said.text("field-number", &handed.number);
        }
        secrecy::Fact::SecretCleared(cleared) => said.text("field-reason", &cleared.reason),
    }
}

pub(super) fn participation(said: &mut Said<'_>, fact: &participation::Fact) {
    match fact {
        participation::Fact::ParticipationOpened(opened) => {
            said.date("field-elected-on", opened.elected_on);
            said.text("field-representatives", &opened.representatives);
            said.text("field-members", &opened.members);
            said.text("field-text", &opened.text);
            said.keep(&opened.attachments);
        }
        participation::Fact::EvidenceAdded(added) => {
            said.list("field-side", "side", added.side.word());
            said.text("field-item", &added.item);
            said.text("field-text", &added.text);
            said.keep(&added.attachments);
        }
        participation::Fact::SessionHeld(held) => {
            said.date("field-on", held.on);
            said.text("field-venue", &held.venue);
            said.text("field-present", &held.present);
            said.text("field-interpreter", &held.interpreter);
            said.text("field-text", &held.text);
            said.keep(&held.attachments);
        }
        participation::Fact::Countersigned(signed) => {
            said.number("field-session", signed.session);
            said.text("field-note", &signed.note);
            said.keep(&signed.attachments);
        }
        participation::Fact::ObjectionRaised(raised) => {
            said.list("field-side", "side", raised.side.word());
            said.text("field-text", &raised.text);
        }
        participation::Fact::ObjectionAnswered(answered) => {
            said.number("field-objection", answered.objection);
            said.text("field-text", &answered.text);
        }
        participation::Fact::ResultAnnounced(announced) => {
            said.date("field-on", announced.on);
            said.text("field-venue", &announced.venue);
            said.number("field-count", announced.count);
            said.text("field-public-text", &announced.text);
        }
    }
}

pub(super) fn ladder(said: &mut Said<'_>, fact: &ladder::Fact) {
    match fact {
        ladder::Fact::TrackerNamed(named) => {
            said.list("field-because", "tracked-because", named.because.word());
            said.person("field-tracker", &named.tracker);
        }
        ladder::Fact::FindingRecorded(found) => {
            said.date("field-on", found.on);
            said.text("field-finding", &found.finding);
        }
        ladder::Fact::Recommended(recommended) => {
            let kind = recommended.recommendation.word();
            said.list("field-recommendation", "recommendation", kind);
            said.unit("field-to", &recommended.to);
            said.text("field-number", &recommended.number);
            said.text("field-text", &recommended.text);
        }
        ladder::Fact::RecommendationAnswered(answered) => {
            said.text("field-number", &answered.number);
            said.yes("field-adopted", answered.adopted);
            said.text("field-text", &answered.text);
        }
        ladder::Fact::SteppedUp(stepped) => {
            said.list("field-rung", "rung", stepped.rung.word());
            said.unit("field-supervised-unit", &stepped.unit);
            said.text("field-number", &stepped.number);
            said.text("field-text", &stepped.text);
        }
    }
}

pub(super) fn repeat(said: &mut Said<'_>, fact: &repeat::Fact) {
    match fact {
        repeat::Fact::RepeatTold(told) => {
            said.text("field-petition", &told.petition.0);
            said.list("field-standing", "standing", told.standing.word());
            if let Some(until) = told.until {
                said.date("field-until", until);
            }
            said.text("field-note", &told.note);
        }
    }
}

pub(super) fn withdrawal(said: &mut Said<'_>, fact: &withdrawal::Fact) {
    match fact {
        withdrawal::Fact::Withdrawn(withdrawn) => {
            said.text("field-petition", &withdrawn.petition.0);
            said.text("field-reason", &withdrawn.reason);
            said.number("field-signatures", withdrawn.signatures);
            said.keep(&withdrawn.attachments);
        }
        withdrawal::Fact::Resumed(resumed) => {
            said.text("field-petition", &resumed.petition.0);
            said.text("field-note", &resumed.note);
        }
    }
}

pub(super) fn rating(said: &mut Said<'_>, fact: &rating::Fact) {
    match fact {
        rating::Fact::Rated(rated) => {
            said.text("field-petition", &rated.petition.0);
            said.list("field-of-office", "content", rated.of_office.word());
            said.list("field-of-unit", "content", rated.of_unit.word());
            said.text("field-note", &rated.note);
        }
    }
}

pub(super) fn sponsorship(said: &mut Said<'_>, fact: &sponsorship::Fact) {
    match fact {
        sponsorship::Fact::Sponsored(sponsored) => {
            said.person("field-leader", &sponsored.leader);
            said.list("field-sponsored-for", "sponsored-for", sponsored.sponsored_for.word());
            said.date("field-due-on", sponsored.due_on);
            said.text("field-note", &sponsored.note);
        }
        sponsorship::Fact::SponsorshipPlanned(planned) => said.text("field-text", &planned.text),
        sponsorship::Fact::PetitionerMet(met) => {
            said.person("field-leader", &met.leader);
            said.date("field-on", met.on);
            said.text("field-venue", &met.venue);
            said.yes("field-mediated", met.mediated);
            said.text("field-text", &met.text);
        }
        sponsorship::Fact::SolutionStudied(studied) => {
            said.person("field-leader", &studied.leader);
            said.date("field-on", studied.on);
            said.text("field-present", &studied.present);
            said.text("field-text", &studied.text);
        }
        sponsorship::Fact::SponsorshipEnded(ended) => {
            said.list("field-result", "sponsorship-result", ended.result.word());
            said.list("field-view", "petitioner-view", ended.view.word());
            said.text("field-text", &ended.text);
        }
        sponsorship::Fact::SubmittedToLeader(submitted) => {
            said.person("field-leader", &submitted.leader);
            said.text("field-summary", &submitted.summary);
            said.text("field-proposal", &submitted.proposal);
        }
        sponsorship::Fact::Instructed(instructed) => {
            said.person("field-leader", &instructed.leader);
            said.date("field-on", instructed.on);
            said.text("field-summary", &instructed.summary);
            said.text("field-proposal", &instructed.proposal);
            said.text("field-text", &instructed.text);
            said.date("field-due-on", instructed.due_on);
            said.person("field-tracker", &instructed.tracker);
        }
        sponsorship::Fact::InstructionAnswered(answered) => {
            said.number("field-instruction", answered.instruction);
            said.text("field-text", &answered.text);
        }
    }
}

pub(super) fn passing(said: &mut Said<'_>, fact: &passing::Fact) {
    match fact {
        passing::Fact::PassedOn(passed) => {
            said.text("field-reason", &passed.reason);
            if let Some(unit) = &passed.proposed {
                said.unit("field-proposed", unit);
            }
        }
        passing::Fact::TakenOver => {}
        passing::Fact::SentBack(ruling) => said.text("field-reason", &ruling.reason),
    }
}

pub(super) fn inside(said: &mut Said<'_>, fact: &inside::Fact) {
    match fact {
        inside::Fact::PutInCharge(put) => {
            said.person("field-person", &put.person);
            said.text("field-note", &put.note);
        }
        inside::Fact::DraftSubmitted(submitted) => {
            said.person("field-checker", &submitted.checker);
        }
        inside::Fact::DraftChecked(checked) => said.text("field-note", &checked.note),
        inside::Fact::DraftReturned(ruling) => said.text("field-reason", &ruling.reason),
    }
}

pub(super) fn publication(said: &mut Said<'_>, fact: &publication::Fact) {
    match fact {
        publication::Fact::AnswerPublished(published) => {
            said.text("field-title", &published.title);
            said.text("field-question", &published.question);
            said.text("field-answer", &published.answer);
        }
        publication::Fact::PublicationEnded(ruling) => said.text("field-reason", &ruling.reason),
    }
}

pub(super) fn hearing(said: &mut Said<'_>, fact: &hearing::Fact) {
    match fact {
        hearing::Fact::HearingAnnounced(announced) => {
            said.date("field-held-on", announced.held_on);
            said.text("field-venue", &announced.venue);
            said.text("field-host", &announced.host);
            said.text("field-panel", &announced.panel);
            said.text("field-public-text", &announced.text);
            said.text("field-closed-because", &announced.closed_because);
        }
        hearing::Fact::OpinionPublished(published) => {
            said.text("field-title", &published.title);
            said.text("field-public-text", &published.text);
        }
    }
}

/// Who somebody is: what of it was corrected, and not which it was or is.
fn party_corrected(said: &mut Said<'_>, corrected: &correction::PartyCorrected) {
    let correction::PartyCorrected { petition, from, to, fields, reason, .. } = corrected;
    said.text("field-petition", &petition.0);
    if from.mask != to.mask {
        said.turned("field-party", |_| [from, to].map(|one| one.mask.clone()));
    }
    if from.role != to.role {
        said.turned("field-party-role", |lang| {
            [from, to].map(|one| lang.word("party", one.role.word()))
        });
    }
    if from.kind != to.kind {
        said.turned("field-party-kind", |lang| {
            [from, to].map(|one| lang.word("kind", one.kind.word()))
        });
    }
    for field in fields {
        said.list("field-identity", "identity-field", field.word());
    }
    said.text("field-reason", reason);
}

/// What stood there before, and what stands there now.
pub(super) fn correction(said: &mut Said<'_>, fact: &correction::Fact) {
    use correction::Change;
    match fact {
        correction::Fact::Corrected(corrected) => {
            said.text("field-petition", &corrected.petition.0);
            for change in &corrected.changes {
                match change {
                    Change::Channel { from, to } => {
                        said.turned("field-channel", |lang| {
                            [from, to].map(|one| lang.word("channel", one.word()))
                        });
                    }
                    Change::Headcount { from, to } => {
                        said.turned("field-headcount", |_| [from, to].map(u32::to_string));
                    }
                    Change::Place { from, to } => {
                        let names = [from, to].map(|place| said.directory.place(place));
                        said.turned("field-place", |_| names);
                    }
                    Change::ReceivedOn { from, to } => {
                        said.turned("field-received-on", |lang| {
                            [from, to].map(|on| lang.date(*on))
                        });
                    }
                }
            }
            said.text("field-reason", &corrected.reason);
        }
        correction::Fact::PartyCorrected(corrected) => party_corrected(said, corrected),
        correction::Fact::PartyAdded(added) => {
            said.text("field-petition", &added.petition.0);
            said.list("field-party-role", "party", added.party.role.word());
            said.list("field-party-kind", "kind", added.party.kind.word());
            said.text("field-party", &added.party.mask);
            said.text("field-reason", &added.reason);
        }
        correction::Fact::PartyStruck(struck) => {
            said.text("field-petition", &struck.petition.0);
            said.list("field-party-role", "party", struck.was.role.word());
            said.text("field-party", &struck.was.mask);
            said.text("field-reason", &struck.reason);
            said.keep(&struck.attachments);
        }
        correction::Fact::FileCorrected(corrected) => {
            said.text("field-handed-in", &corrected.name);
            let nowhere = said.lang.t("file-put-out");
            let to = corrected.to.as_ref().map_or(nowhere, |to| to.0.clone());
            said.turned("field-petition", |_| [corrected.from.0.clone(), to]);
            said.text("field-reason", &corrected.reason);
        }
        correction::Fact::CorrectionAsked(asked) => {
            said.text("field-petition", &asked.petition.0);
            said.text("field-text", &asked.text);
        }
        correction::Fact::CorrectionAnswered(answered) => {
            said.text("field-petition", &answered.petition.0);
            said.yes("field-put-right", answered.granted);
            said.text("field-text", &answered.text);
        }
        correction::Fact::OrganNamed(named) => {
            said.number("field-demand", named.demand);
            if let Some(organ) = &named.organ {
                said.unit("field-complained-of", organ);
            }
        }
        correction::Fact::ServiceCorrected(corrected) => {
            let (from, to) = (&corrected.from, &corrected.to);
            said.list("field-served-paper", "served-paper", corrected.paper.word());
            said.turned("field-on", |lang| [from, to].map(|one| lang.date(one.on)));
            said.turned("field-method", |lang| {
                [from, to].map(|one| lang.word("method", one.method.word()))
            });
            said.turned("field-recipient", |_| [from, to].map(|one| one.recipient.clone()));
            said.turned("field-proof", |_| [from, to].map(|one| one.proof.clone()));
            said.text("field-reason", &corrected.reason);
            said.keep(&to.attachments);
        }
    }
}
