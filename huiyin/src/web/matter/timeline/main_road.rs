//! The facts of the main road in words (主线记录的文字).

use super::{Said, room};
use casework::matter::Conclusion;
use casework::matter::Fact;
use casework::matter::handling::{
    Acceptance, DemandAnswered, DirectAnswer, Extended, ExtensionAsked, ExtensionRefused, Signed,
    StepTaken,
};
use casework::matter::intake::{
    Joined, Merged, Origin, Reclassify, Registered, Supplement, Unjoined, Withdrawn,
};
use casework::matter::notice::NoticeServed;
use casework::matter::referral::{Filed, Objected, Referred, ReportPostponed, Ruling, Told};
use casework::matter::review::{HearingHeld, ReviewAsked, ReviewDecided, ReviewExtended};
use casework::matter::service::Served;
use casework::matter::supervision::{Executed, Supervised, SupervisionAnswered, SupervisionClosed};

/// What a fact says; a fact that nobody put into words does not compile.
pub(super) fn tell(said: &mut Said<'_>, fact: &Fact) {
    match fact {
        Fact::Registered(of) => registered(said, of),
        Fact::Joined(of) => joined(said, of),
        Fact::Unjoined(of) => unjoined(said, of),
        Fact::Merged(of) => merged(said, of),
        Fact::ReportPostponed(of) => report_postponed(said, of),
        Fact::Supplemented(of) => supplemented(said, of),
        Fact::Reclassified(of) => reclassified(said, of),
        Fact::Withdrawn(of) => withdrawn(said, of),
        Fact::Referred(of) => referred(said, of),
        Fact::Told(of) | Fact::Declined(of) => told(said, of),
        Fact::AnsweredDirectly(of) => answered_directly(said, of),
        Fact::Filed(of) => filed(said, of),
        Fact::Objected(of) => objected(said, of),
        Fact::Returned(of) | Fact::ObjectionRefused(of) | Fact::Recalled(of) => returned(said, of),
        Fact::Accepted(of) => accepted(said, of),
        Fact::StepTaken(of) => step_taken(said, of),
        Fact::ExtensionAsked(of) => extension_asked(said, of),
        Fact::Extended(of) => extended(said, of),
        Fact::ExtensionRefused(of) => extension_refused(said, of),
        Fact::DemandAnswered(of) => demand_answered(said, of),
        Fact::Signed(of) => signed(said, of),
        Fact::Served(of) => served(said, of),
        Fact::NoticeServed(of) => notice_served(said, of),
        Fact::Concluded(of) => concluded(said, of),
        Fact::ReviewAsked(of) => review_asked(said, of),
        Fact::ReviewDeclined(of) => review_declined(said, of),
        Fact::HearingHeld(of) => hearing_held(said, of),
        Fact::ReviewDecided(of) => review_decided(said, of),
        Fact::ReviewServed(of) => review_served(said, of),
        Fact::Supervised(of) => supervised(said, of),
        Fact::SupervisionAnswered(of) => supervision_answered(said, of),
        Fact::SupervisionClosed(of) => supervision_closed(said, of),
        Fact::Executed(of) => executed(said, of),
        Fact::ReviewExtended(of) => review_extended(said, of),
        // The name says all.
        Fact::ReviewAccepted => {}
        Fact::Track(fact) => room::track(said, fact),
        Fact::Joint(fact) => room::joint(said, fact),
        Fact::Mediation(fact) => room::mediation(said, fact),
        Fact::Wall(fact) => room::wall(said, fact),
        Fact::Aid(fact) => room::aid(said, fact),
        Fact::Urgent(fact) => room::urgent(said, fact),
        Fact::Secrecy(fact) => room::secrecy(said, fact),
        Fact::Participation(fact) => room::participation(said, fact),
        Fact::Ladder(fact) => room::ladder(said, fact),
        Fact::Rating(fact) => room::rating(said, fact),
        Fact::Sponsorship(fact) => room::sponsorship(said, fact),
    }
}

fn registered(said: &mut Said<'_>, registered: &Registered) {
    said.say("field-number", registered.petition.number.0.clone());
    said.say("field-channel", said.word("channel", registered.petition.channel.word()));
    if let Some(transfer) = &registered.petition.transfer {
        said.say("field-transfer-from", format!("{} {}", transfer.from, transfer.number));
        let by = transfer.report_back_on.map(|on| said.lang.date(on));
        said.say("field-transfer-report-on", by.unwrap_or_default());
    }
    match &registered.origin {
        Some(Origin::Unjoined(from)) => said.say("field-unjoined-from", from.to_string()),
        Some(Origin::NewFacts(from)) => said.say("field-new-facts-of", from.to_string()),
        None => {}
    }
    said.files.clone_from(&registered.petition.attachments);
}

fn joined(said: &mut Said<'_>, joined: &Joined) {
    said.say("field-number", joined.petition.number.0.clone());
    said.say("field-channel", said.word("channel", joined.petition.channel.word()));
    said.say("field-reason", joined.reason.clone());
    said.files.clone_from(&joined.petition.attachments);
}

fn unjoined(said: &mut Said<'_>, unjoined: &Unjoined) {
    said.say("field-number", unjoined.petition.0.clone());
    said.say("field-reason", unjoined.reason.clone());
    said.say("field-to-matter", unjoined.to.to_string());
}

fn merged(said: &mut Said<'_>, merged: &Merged) {
    said.say("field-into", merged.into.to_string());
    said.say("field-reason", merged.reason.clone());
}

fn report_postponed(said: &mut Said<'_>, postponed: &ReportPostponed) {
    said.say("field-report-back-on", said.lang.date(postponed.report_back_on));
    said.say("field-reason", postponed.reason.clone());
}

fn supplemented(said: &mut Said<'_>, later: &Supplement) {
    said.say("field-text", later.text.clone());
    said.files.clone_from(&later.attachments);
}

fn reclassified(said: &mut Said<'_>, change: &Reclassify) {
    said.say("field-category", change.category.0.clone());
    said.say("field-reason", change.reason.clone());
}

fn withdrawn(said: &mut Said<'_>, withdrawn: &Withdrawn) {
    said.say("field-number", withdrawn.petition.0.clone());
    said.say("field-reason", withdrawn.reason.clone());
}

fn referred(said: &mut Said<'_>, referred: &Referred) {
    said.say("field-to", said.directory.unit(&referred.to).to_owned());
    said.say(
        "field-report-back-on",
        referred.report_back_on.map(|on| said.lang.date(on)).unwrap_or_default(),
    );
    said.say("field-note", referred.note.clone());
}

fn told(said: &mut Said<'_>, told: &Told) {
    said.say("field-ground", said.word("ground", told.ground.word()));
    said.told(told);
}

fn answered_directly(said: &mut Said<'_>, answer: &DirectAnswer) {
    said.say("field-text", answer.text.clone());
    said.say("field-basis", answer.basis.clone());
}

fn filed(said: &mut Said<'_>, filed: &Filed) {
    said.say("field-reason", filed.reason.clone());
}

fn objected(said: &mut Said<'_>, objected: &Objected) {
    said.say("field-reason", objected.reason.clone());
    said.say(
        "field-proposed",
        objected.proposed.as_ref().map(|u| said.directory.unit(u).to_owned()).unwrap_or_default(),
    );
}

fn returned(said: &mut Said<'_>, ruling: &Ruling) {
    said.say("field-reason", ruling.reason.clone())
}

fn accepted(said: &mut Said<'_>, accepted: &Acceptance) {
    let branch = accepted.branch.map(|branch| said.word("branch", branch.word()));
    said.say("field-branch", branch.unwrap_or_default());
    let by = accepted.due_on.map(|on| said.lang.date(on));
    said.say("field-due-on", by.unwrap_or_default());
    said.say("field-basis", accepted.basis.clone());
}

fn step_taken(said: &mut Said<'_>, step: &StepTaken) {
    said.say("field-on", said.lang.date(step.on));
    said.say("field-text", step.text.clone());
    said.files.clone_from(&step.attachments);
}

fn extension_asked(said: &mut Said<'_>, asked: &ExtensionAsked) {
    said.say("field-days", asked.days.to_string());
    said.say("field-reason", asked.reason.clone());
}

fn extended(said: &mut Said<'_>, extended: &Extended) {
    said.say("field-days", extended.days.to_string());
    said.say("field-reason", extended.reason.clone());
}

fn extension_refused(said: &mut Said<'_>, refused: &ExtensionRefused) {
    said.say("field-reason", refused.reason.clone());
}

fn demand_answered(said: &mut Said<'_>, answer: &DemandAnswered) {
    said.say("field-demand", answer.demand.to_string());
    said.say("field-outcome", said.word("outcome", answer.outcome.word()));
    said.say("field-text", answer.text.clone());
}

fn signed(said: &mut Said<'_>, signed: &Signed) {
    said.say("field-document-number", signed.number.clone());
    said.say("field-new-facts", signed.new_facts.clone().unwrap_or_default());
}

fn served(said: &mut Said<'_>, served: &Served) {
    said.say("field-method", said.word("method", served.method.word()));
    said.say("field-on", said.lang.date(served.on));
    said.say("field-recipient", served.recipient.clone());
    said.say("field-proof", served.proof.clone());
    said.files.clone_from(&served.attachments);
}

fn notice_served(said: &mut Said<'_>, served: &NoticeServed) {
    said.say("field-notice", served.notice.to_string());
    said.say("field-method", said.word("method", served.service.method.word()));
    said.say("field-on", said.lang.date(served.service.on));
    said.say("field-recipient", served.service.recipient.clone());
    said.say("field-proof", served.service.proof.clone());
    said.files.clone_from(&served.service.attachments);
}

fn concluded(said: &mut Said<'_>, conclusion: &Conclusion) {
    let cause = conclusion.cause.map(|cause| said.word("cause", cause.word()));
    said.say("field-cause", cause.unwrap_or_default());
}

fn review_asked(said: &mut Said<'_>, asked: &ReviewAsked) {
    said.say("field-organ", said.directory.unit(&asked.organ).to_owned());
    said.say("field-received-on", said.lang.date(asked.received_on));
    let posted = asked.posted_on.map(|on| said.lang.date(on));
    said.say("field-posted-on", posted.unwrap_or_default());
    said.say("field-reason", asked.reason.clone());
    said.say("field-late-reason", asked.late_reason.clone().unwrap_or_default());
    said.files.clone_from(&asked.attachments);
}

fn review_declined(said: &mut Said<'_>, told: &Told) {
    said.say("field-ground", said.word("ground", told.ground.word()));
    said.told(told);
}

fn hearing_held(said: &mut Said<'_>, held: &HearingHeld) {
    said.say("field-from", said.lang.date(held.from));
    said.say("field-until", said.lang.date(held.until));
    said.say("field-text", held.text.clone());
}

fn review_decided(said: &mut Said<'_>, decided: &ReviewDecided) {
    said.say("field-review-outcome", said.word("review-outcome", decided.outcome.word()));
    said.say("field-text", decided.text.clone());
    said.say("field-basis", decided.basis.clone());
    said.say("field-document-number", decided.number.clone());
}

fn review_served(said: &mut Said<'_>, served: &Served) {
    said.say("field-method", said.word("method", served.method.word()));
    said.say("field-on", said.lang.date(served.on));
    said.say("field-recipient", served.recipient.clone());
    said.say("field-proof", served.proof.clone());
    said.files.clone_from(&served.attachments);
}

fn supervised(said: &mut Said<'_>, supervised: &Supervised) {
    said.say("field-document-number", supervised.number.clone());
    let form = said.word("supervision-form", supervised.form.word());
    said.say("field-supervision-form", form);
    said.say("field-trigger", said.word("trigger", supervised.trigger.word()));
    said.say("field-unit", said.directory.unit(&supervised.unit).to_owned());
    said.say("field-text", supervised.text.clone());
    said.say("field-tracker", supervised.tracker.clone());
}

fn supervision_answered(said: &mut Said<'_>, answered: &SupervisionAnswered) {
    let key = if answered.adopted { "adopted" } else { "not-adopted" };
    said.say("field-adopted", said.lang.t(key));
    said.say("field-text", answered.text.clone());
}

fn supervision_closed(said: &mut Said<'_>, closed: &SupervisionClosed) {
    said.say("field-finding", closed.finding.clone());
}

fn executed(said: &mut Said<'_>, executed: &Executed) {
    said.say("field-demand", executed.demand.to_string());
    said.say("field-on", said.lang.date(executed.on));
    said.say("field-text", executed.text.clone());
}

fn review_extended(said: &mut Said<'_>, extended: &ReviewExtended) {
    said.number("field-days", extended.days);
    said.text("field-reason", &extended.reason);
}
