//! Papers of the office's own file (案卷文书): what was heard, served, asked, held and written, put as the sheet that the
//! file keeps (law.md §5: F02–F04, F13, F16, F20, F22, F26, F32, F35).

use super::letter::LetterText;
use super::{LANG, Maker};
use casework::matter::aid::Authorised;
use casework::matter::correction::{Change, Corrected, PartyStruck};
use casework::matter::hearing::{HearingAnnounced, OpinionPublished};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::ladder::RecommendationAnswered;
use casework::matter::participation::ParticipationOpened;
use casework::matter::referral::Objected;
use casework::matter::review::{HearingHeld, ReviewAsked};
use casework::matter::service::Served;
use casework::matter::sponsorship::Instructed;
use casework::matter::supervision::SupervisionAnswered;
use casework::petition::{PartyRole, Petition};

/// A line of a sheet: its label and what stands there; nothing where nothing does.
fn line(key: &str, words: &str) -> Option<String> {
    let said = || format!("{}{}{words}", LANG.t(key), LANG.t("colon"));
    (!words.is_empty()).then(said)
}

/// The day of receipt as it is now, since the petitioner's days count from it.
pub(super) fn corrections(corrected: &Corrected) -> Vec<String> {
    let words = |change: &Change| match change {
        Change::ReceivedOn { from, to } => {
            let (from, to) = (LANG.date(*from), LANG.date(*to));
            let reason = corrected.reason.clone();
            Some(LANG.tx("paper-corrected", &[("from", from), ("to", to), ("reason", reason)]))
        }
        Change::Channel { .. } | Change::Headcount { .. } | Change::Place { .. } => None,
    };
    corrected.changes.iter().filter_map(words).collect()
}

/// That somebody who never petitioned is struck.
pub(super) fn struck_off(struck: &PartyStruck) -> String {
    let args = [("name", struck.was.mask.clone()), ("reason", struck.reason.clone())];
    LANG.tx("paper-party-struck", &args)
}

impl Maker<'_> {
    /// Whom the file leads: the unit that has the matter.
    fn keeper(&self) -> String {
        self.name(&self.matter.holder)
    }

    /// A sheet of the file under a title: what the matter is about, and lines.
    fn sheet(&self, title: &str, about: String, lines: Vec<Option<String>>) -> LetterText {
        let said = std::iter::once(about).chain(lines.into_iter().flatten()).collect();
        LetterText::new(title, "", &self.keeper(), said)
    }

    pub(super) fn objection(&self, one: &Objected, about: String) -> LetterText {
        let proposed = one.proposed.as_ref().map(|unit| self.name(unit)).unwrap_or_default();
        let mut said = vec![about, LANG.t("letter-objection"), one.reason.clone()];
        said.extend(line("field-proposed", &proposed));
        let to = self.name(&self.matter.office);
        LetterText::new("letter-objection-title", "", &to, said)
    }

    /// The record of hearing somebody, of a look on the spot, of what was read (F02, F16).
    pub(super) fn inquiry(&self, one: &StepTaken, about: String) -> LetterText {
        let kind = LANG.word("inquiry", one.inquiry.word());
        let asked = matches!(one.inquiry, InquiryKind::Heard | InquiryKind::Asked);
        let lines = vec![
            line("field-on", &LANG.date(one.on)),
            line("field-inquiry", &kind),
            line("field-interpreter", &one.interpreter),
            Some(one.text.clone()),
            asked.then(|| LANG.t("letter-read-back")),
        ];
        self.sheet("letter-inquiry-title", about, lines)
    }

    /// What proves a service (F20): how, when, whom it reached, and by what that is shown.
    pub(super) fn proof(&self, one: &Served, about: String) -> LetterText {
        let parties = self.matter.petitions.iter().flat_map(|petition| &petition.parties);
        let reached: Vec<String> = parties
            .filter(|party| one.to.is_empty() || one.to.contains(&party.id))
            .map(|party| party.mask.clone())
            .filter(|mask| !mask.is_empty())
            .collect();
        let published = one.published_on.map(|on| LANG.date(on)).unwrap_or_default();
        let lines = vec![
            line("field-method", &LANG.word("method", one.method.word())),
            line("field-on", &LANG.date(one.on)),
            line("sheet-served-to", &reached.join("、")),
            line("field-recipient", &one.recipient),
            line("field-proof", &one.proof),
            line("field-published-on", &published),
        ];
        self.sheet("letter-proof-title", about, lines)
    }

    pub(super) fn review_request(&self, one: &ReviewAsked, about: String) -> LetterText {
        let demands: Vec<String> = one.demands.iter().map(u32::to_string).collect();
        let lines = [
            line("field-received-on", &LANG.date(one.received_on)),
            line("sheet-demands", &demands.join("、")),
            line("field-reason", &one.reason),
            line("field-late-reason", one.late_reason.as_deref().unwrap_or_default()),
        ];
        let said = std::iter::once(about).chain(lines.into_iter().flatten()).collect();
        LetterText::new("letter-review-request-title", "", &self.name(&one.organ), said)
    }

    pub(super) fn hearing(&self, one: &HearingHeld, about: String) -> LetterText {
        let days = format!("{} – {}", LANG.date(one.from), LANG.date(one.until));
        let lines = vec![
            line("field-on", &days),
            line("sheet-host", &one.host),
            line("field-interpreter", &one.interpreter),
            line("sheet-closed", &one.closed_because),
            Some(one.text.clone()),
        ];
        self.sheet("letter-hearing-title", about, lines)
    }

    /// What of a final opinion everybody may read (F27).
    pub(super) fn published_opinion(&self, one: &OpinionPublished) -> LetterText {
        self.sheet("letter-published-title", one.title.clone(), vec![Some(one.text.clone())])
    }

    /// What somebody said at the counter or by telephone, written down and read back (F02); of a group, who speaks for
    /// it.
    pub(super) fn visit(&self, one: &Petition) -> LetterText {
        let of = |role: Option<PartyRole>| -> String {
            let those =
                one.parties.iter().filter(|party| role.is_none_or(|role| party.role == role));
            let masks = those.map(|party| party.mask.clone()).filter(|mask| !mask.is_empty());
            masks.collect::<Vec<_>>().join("、")
        };
        let demands = (1u32..).zip(&one.demands);
        let demands: Vec<String> = demands.map(|(at, text)| format!("{at}. {text}")).collect();
        let lines = vec![
            line("field-received-on", &LANG.date(one.received_on)),
            line("field-channel", &LANG.word("channel", one.channel.word())),
            line("field-name", &of(None)),
            line("field-headcount", &one.headcount.to_string()),
            line("party-representative", &of(Some(PartyRole::Representative))),
            line("field-demand", &demands.join("；")),
            line("field-text", &one.text),
            Some(LANG.t("letter-read-back")),
        ];
        self.sheet("letter-visit-title", one.title.clone(), lines)
    }

    /// Whom the petitioners elected to speak for them, and what that obliges to (F03).
    pub(super) fn election(&self, one: &ParticipationOpened, about: String) -> LetterText {
        let lines = vec![
            line("field-on", &LANG.date(one.elected_on)),
            line("party-representative", &one.representatives),
            Some(one.text.clone()),
            Some(LANG.t("letter-election-duty")),
        ];
        self.sheet("letter-election-title", about, lines)
    }

    /// Where and when a hearing is held, who leads it, and that one may ask that they keep out (F25).
    pub(super) fn hearing_ahead(&self, one: &HearingAnnounced) -> Vec<String> {
        let public = if one.closed_because.is_empty() {
            LANG.t("paper-hearing-public")
        } else {
            LANG.tx("paper-hearing-closed", &[("reason", one.closed_because.clone())])
        };
        let args = [
            ("on", LANG.date(one.held_on)),
            ("venue", one.venue.clone()),
            ("host", one.host.clone()),
            ("panel", one.panel.clone()),
        ];
        vec![LANG.tx("paper-hearing", &args), one.text.clone(), public]
    }

    /// What a unit says to a supervision (F32).
    pub(super) fn adoption(&self, one: &SupervisionAnswered, about: String) -> LetterText {
        self.feedback(one.adopted, &one.text, about)
    }

    /// What a unit says to a recommendation (F32).
    pub(super) fn recommendation_adoption(
        &self,
        one: &RecommendationAnswered,
        about: String,
    ) -> LetterText {
        let about = format!("{about}{}", one.number);
        self.feedback(one.adopted, &one.text, about)
    }

    fn feedback(&self, adopted: bool, text: &str, about: String) -> LetterText {
        let key = if adopted { "letter-adopted" } else { "letter-not-adopted" };
        let said = vec![about, LANG.t(key), text.to_owned()];
        let to = self.name(&self.matter.office);
        LetterText::new("letter-adoption-title", "", &to, said)
    }

    /// What a leader wrote, with what was put before them (F35).
    pub(super) fn instruction(&self, one: &Instructed, about: String) -> LetterText {
        let lines = vec![
            line("field-leader", &self.person(&one.leader)),
            line("field-on", &LANG.date(one.on)),
            line("field-summary", &one.summary),
            line("field-proposal", &one.proposal),
            line("field-text", &one.text),
            line("field-due-on", &LANG.date(one.due_on)),
            line("field-tracker", &self.person(&one.tracker)),
        ];
        self.sheet("letter-instruction-title", about, lines)
    }

    pub(super) fn authority(&self, one: &Authorised, about: String) -> LetterText {
        let lines = vec![line("field-petition", &one.petition.0), Some(one.text.clone())];
        self.sheet("letter-authority-title", about, lines)
    }
}
