//! The facts of the main road in words (主线记录的文字).

use super::{Said, room};
use casework::matter::Conclusion;
use casework::matter::Fact;
use casework::matter::handling::{
    Acceptance, DemandAnswered, Extended, ExtensionAsked, ExtensionRefused, LedgerAnswer, Signed,
};
use casework::matter::inquiry::StepTaken;
use casework::matter::intake::{
    Joined, Merged, Origin, Reclassify, Registered, Supplement, Unjoined,
};
use casework::matter::notice::NoticeServed;
use casework::matter::referral::{Filed, Objected, Referred, ReportPostponed, Ruling};
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
        Fact::ResultReported(of) => {
            said.text("field-document-number", &of.number);
            said.text("field-text", &of.text);
        }
        Fact::ReportPostponed(of) => report_postponed(said, of),
        Fact::Supplemented(of) => supplemented(said, of),
        Fact::Reclassified(of) => reclassified(said, of),
        Fact::Referred(of) => referred(said, of),
        Fact::Told(of) | Fact::Declined(of) | Fact::ReviewDeclined(of) => said.told(of),
        Fact::LedgerAnswerKept(of) => ledger_answer(said, of),
        Fact::Filed(of) => filed(said, of),
        Fact::Objected(of) => objected(said, of),
        Fact::Returned(of) | Fact::ObjectionRefused(of) | Fact::Recalled(of) => returned(said, of),
        Fact::Accepted(of) => accepted(said, of),
        Fact::StepTaken(of) => step_taken(said, of),
        Fact::ExtensionAsked(of) => extension_asked(said, of),
        Fact::Extended(of) => extended(said, of),
        Fact::ExtensionRefused(of) => extension_refused(said, of),
        Fact::DemandAnswered(of) | Fact::AnsweredInstead(of) => demand_answered(said, of),
        Fact::Signed(of) => signed(said, of),
        Fact::Served(of) | Fact::ReviewServed(of) => service(said, of),
        Fact::NoticeServed(of) => notice_served(said, of),
        Fact::Concluded(of) => concluded(said, of),
        Fact::ReviewAsked(of) => review_asked(said, of),
        Fact::HearingHeld(of) => hearing_held(said, of),
        Fact::ReviewDecided(of) => review_decided(said, of),
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
        Fact::Repeat(fact) => room::repeat(said, fact),
        Fact::Withdrawal(fact) => room::withdrawal(said, fact),
        Fact::Passing(fact) => room::passing(said, fact),
        Fact::Inside(fact) => room::inside(said, fact),
        Fact::Publication(fact) => room::publication(said, fact),
        Fact::Hearing(fact) => room::hearing(said, fact),
        Fact::Correction(fact) => room::correction(said, fact),
        Fact::Sponsorship(fact) => room::sponsorship(said, fact),
    }
}

fn registered(said: &mut Said<'_>, registered: &Registered) {
    said.text("field-number", &registered.petition.number.0);
    said.list("field-channel", "channel", registered.petition.channel.word());
    if let Some(transfer) = &registered.petition.transfer {
        said.say("field-transfer-from", format!("{} {}", transfer.from, transfer.number));
        if let Some(on) = transfer.report_back_on {
            said.date("field-transfer-report-on", on);
        }
    }
    match &registered.origin {
        Some(Origin::Unjoined(from)) => said.say("field-unjoined-from", from.to_string()),
        Some(Origin::NewFacts(from)) => said.say("field-new-facts-of", from.to_string()),
        None => {}
    }
    said.keep(&registered.petition.attachments);
}

fn joined(said: &mut Said<'_>, joined: &Joined) {
    said.text("field-number", &joined.petition.number.0);
    said.list("field-channel", "channel", joined.petition.channel.word());
    said.text("field-reason", &joined.reason);
    said.keep(&joined.petition.attachments);
}

fn unjoined(said: &mut Said<'_>, unjoined: &Unjoined) {
    said.text("field-number", &unjoined.petition.0);
    said.list("field-leaving", "leaving", unjoined.leaving.word());
    said.text("field-reason", &unjoined.reason);
    said.say("field-to-matter", unjoined.to.to_string());
}

fn merged(said: &mut Said<'_>, merged: &Merged) {
    said.say("field-into", merged.into.to_string());
    said.text("field-reason", &merged.reason);
}

fn report_postponed(said: &mut Said<'_>, postponed: &ReportPostponed) {
    said.date("field-report-back-on", postponed.report_back_on);
    said.text("field-reason", &postponed.reason);
}

fn supplemented(said: &mut Said<'_>, later: &Supplement) {
    said.text("field-text", &later.text);
    said.keep(&later.attachments);
}

fn reclassified(said: &mut Said<'_>, change: &Reclassify) {
    said.text("field-category", &change.category.0);
    said.text("field-reason", &change.reason);
}

fn referred(said: &mut Said<'_>, referred: &Referred) {
    said.unit("field-to", &referred.to);
    if let Some(on) = referred.report_back_on {
        said.date("field-report-back-on", on);
    }
    said.text("field-note", &referred.note);
    said.text("field-despite", &referred.despite);
}

fn ledger_answer(said: &mut Said<'_>, answer: &LedgerAnswer) {
    said.text("field-text", &answer.text);
    said.text("field-basis", &answer.basis);
}

fn filed(said: &mut Said<'_>, filed: &Filed) {
    if let Some(ground) = filed.ground {
        said.list("field-ground", "ground", ground.word());
    }
    said.text("field-reason", &filed.reason);
}

fn objected(said: &mut Said<'_>, objected: &Objected) {
    said.text("field-reason", &objected.reason);
    if let Some(unit) = &objected.proposed {
        said.unit("field-proposed", unit);
    }
}

fn returned(said: &mut Said<'_>, ruling: &Ruling) {
    said.text("field-reason", &ruling.reason);
}

fn accepted(said: &mut Said<'_>, accepted: &Acceptance) {
    if let Some(branch) = accepted.branch {
        said.list("field-branch", "branch", branch.word());
    }
    if let Some(on) = accepted.due_on {
        said.date("field-due-on", on);
    }
    said.text("field-basis", &accepted.basis);
}

fn step_taken(said: &mut Said<'_>, step: &StepTaken) {
    said.date("field-on", step.on);
    said.list("field-inquiry", "inquiry", step.inquiry.word());
    said.text("field-petition", step.petition.as_ref().map_or("", |number| &number.0));
    said.text("field-text", &step.text);
    said.text("field-interpreter", &step.interpreter);
    said.keep(&step.attachments);
}

fn extension_asked(said: &mut Said<'_>, asked: &ExtensionAsked) {
    said.number("field-days", asked.days);
    said.text("field-reason", &asked.reason);
}

fn extended(said: &mut Said<'_>, extended: &Extended) {
    said.number("field-days", extended.days);
    said.text("field-reason", &extended.reason);
}

fn extension_refused(said: &mut Said<'_>, refused: &ExtensionRefused) {
    said.text("field-reason", &refused.reason);
}

fn demand_answered(said: &mut Said<'_>, answer: &DemandAnswered) {
    said.number("field-demand", answer.demand);
    said.list("field-outcome", "outcome", answer.outcome.word());
    said.text("field-text", &answer.text);
}

fn signed(said: &mut Said<'_>, signed: &Signed) {
    said.text("field-document-number", &signed.number);
    if let Some(head) = &signed.for_head {
        said.person("field-for-head", head);
    }
    said.text("field-new-facts", signed.new_facts.as_deref().unwrap_or_default());
}

/// How something was served, on whom, and what proves it.
fn service(said: &mut Said<'_>, served: &Served) {
    said.parties("served-to", &served.to);
    said.list("field-method", "method", served.method.word());
    if served.consent {
        said.yes("field-electronic-consent", true);
    }
    if let Some(on) = served.published_on {
        said.date("field-published-on", on);
    }
    said.date("field-on", served.on);
    said.text("field-recipient", &served.recipient);
    said.text("field-proof", &served.proof);
    said.keep(&served.attachments);
}

fn notice_served(said: &mut Said<'_>, served: &NoticeServed) {
    said.number("field-notice", served.notice);
    service(said, &served.service);
}

fn concluded(said: &mut Said<'_>, conclusion: &Conclusion) {
    if let Some(cause) = conclusion.cause {
        said.list("field-cause", "cause", cause.word());
    }
}

fn review_asked(said: &mut Said<'_>, asked: &ReviewAsked) {
    said.unit("field-organ", &asked.organ);
    said.date("field-received-on", asked.received_on);
    if let Some(on) = asked.posted_on {
        said.date("field-posted-on", on);
    }
    said.text("field-reason", &asked.reason);
    said.text("field-late-reason", asked.late_reason.as_deref().unwrap_or_default());
    said.keep(&asked.attachments);
}

fn hearing_held(said: &mut Said<'_>, held: &HearingHeld) {
    said.date("field-from", held.from);
    said.date("field-until", held.until);
    said.text("field-text", &held.text);
}

fn review_decided(said: &mut Said<'_>, decided: &ReviewDecided) {
    said.list("field-review-outcome", "review-outcome", decided.outcome.word());
    said.text("field-text", &decided.text);
    said.text("field-basis", &decided.basis);
    said.text("field-document-number", &decided.number);
}

fn supervised(said: &mut Said<'_>, supervised: &Supervised) {
    said.text("field-document-number", &supervised.number);
    said.list("field-supervision-form", "supervision-form", supervised.form.word());
    said.list("field-trigger", "trigger", supervised.trigger.word());
    said.unit("field-unit", &supervised.unit);
    said.text("field-text", &supervised.text);
    said.person("field-tracker", &supervised.tracker);
    for member in &supervised.members {
        said.person("field-group", member);
    }
}

fn supervision_answered(said: &mut Said<'_>, answered: &SupervisionAnswered) {
    let key = if answered.adopted { "adopted" } else { "not-adopted" };
    said.say("field-adopted", said.lang.t(key));
    said.text("field-text", &answered.text);
}

fn supervision_closed(said: &mut Said<'_>, closed: &SupervisionClosed) {
    said.text("field-finding", &closed.finding);
}

fn executed(said: &mut Said<'_>, executed: &Executed) {
    said.number("field-demand", executed.demand);
    said.date("field-on", executed.on);
    said.text("field-text", &executed.text);
}

fn review_extended(said: &mut Said<'_>, extended: &ReviewExtended) {
    said.number("field-days", extended.days);
    said.text("field-reason", &extended.reason);
}
