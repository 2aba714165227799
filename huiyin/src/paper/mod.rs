//! What a paper to the petitioner says (文书内容): notices and the written answer, put together from
//! the case file. Papers are in Chinese whatever the reader's language (law.md §5: F05, F06, F12,
//! F15, F17).

mod basis;
mod index;
mod letter;
mod record;

pub use index::index;
pub use letter::letter;

use self::record::{corrections, struck_off};
use crate::house::House;
use crate::identity::Opened;
use crate::locale::Lang;
use crate::problem::Problem;
use crate::see::SeenMatter;
use casework::calendar::plus_days;
use casework::directory::Directory;
use casework::matter::correction::ServiceCorrected;
use casework::matter::handling::DemandAnswered;
use casework::matter::notice::{Notice, Notified};
use casework::matter::referral::Told;
use casework::matter::repeat::{RepeatTold, Standing};
use casework::matter::review::{Review, ReviewLevel, ReviewOutcome};
use casework::matter::track::{Branch, Track};
use casework::matter::withdrawal::THINK_AGAIN_DAYS;
use casework::matter::{Entry, Fact, Matter};
use casework::org::{Unit, UnitId};
use casework::petition::PetitionNumber;
use casework::statute::{ClockKind, GroundCode, topic};
use jiff::civil::Date;
use std::sync::Arc;

/// A paper, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its title, such as `受理告知书`.
    pub title: String,
    /// Its number (文号), if it has one.
    pub number: String,
    /// To whom, in the clear.
    pub to: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Whose paper it is.
    pub unit: String,
    /// The unit's telephone.
    pub phone: String,
    /// Its day.
    pub on: Date,
}

const LANG: Lang = Lang::Hans;

impl Paper {
    /// Its day in words.
    pub fn day(&self) -> String {
        LANG.date(self.on)
    }

    /// The word before the telephone.
    pub fn contact(&self) -> String {
        LANG.t("contact")
    }
}

/// The names of whom a paper goes to: the first, and how many more.
fn addressees(identities: &[Opened]) -> String {
    let petitioners: Vec<&Opened> = identities.iter().filter(|one| !one.accused).collect();
    match petitioners.as_slice() {
        [] => LANG.t("paper-to-nobody"),
        [one] => one.who.name.clone(),
        [first, rest @ ..] => LANG.tx(
            "paper-to-several",
            &[("name", first.who.name.clone()), ("count", (rest.len() + 1).to_string())],
        ),
    }
}

/// Where to go instead, how and until when; for what is pending, who has it and until when, and for
/// what was reviewed twice, by which opinion.
fn instead(told: &Told) -> Vec<String> {
    let pending = told.ground == GroundCode::Pending;
    let where_to = if pending { "paper-pending-with" } else { "paper-where-to" };
    let within = if pending { "paper-pending-until" } else { "paper-within" };
    let lines = [
        (where_to, "where", &told.where_to),
        ("paper-earlier", "number", &told.earlier),
        ("paper-how", "how", &told.how),
        (within, "within", &told.within),
    ];
    let given = lines.into_iter().filter(|(_, _, text)| !text.trim().is_empty());
    let mut said: Vec<String> =
        given.map(|(key, name, text)| LANG.tx(key, &[(name, text.clone())])).collect();
    said.push(told.note.clone());
    said
}

struct Maker<'a> {
    house: &'a House,
    matter: &'a Matter,
    entries: &'a [Entry],
    identities: &'a [Opened],
    /// The paper's day: its periods are those of the text in force then.
    on: Date,
    /// The county as it was called on that day.
    directory: Arc<Directory>,
}

impl Maker<'_> {
    fn paper(&self, title: String, unit: &UnitId, paragraphs: Vec<String>) -> Paper {
        let directory = &self.directory;
        Paper {
            title,
            number: String::new(),
            to: addressees(self.identities),
            paragraphs,
            phone: directory.units.get(unit).map(|unit| unit.phone.clone()).unwrap_or_default(),
            unit: directory.unit(unit).to_owned(),
            on: self.on,
        }
    }

    /// What may be done next, and until when.
    fn right(&self, key: &str) -> String {
        let clocks =
            [ClockKind::ReviewWindow, ClockKind::FinalReviewWindow, ClockKind::Reconsideration];
        let periods = clocks.map(|clock| (clock.word(), self.period(clock)));
        let args: Vec<_> = periods.into_iter().chain([("organs", self.organs())]).collect();
        LANG.tx(key, &args)
    }

    /// The organs that may be asked to review, each with its address (R22-32, R22-35).
    fn organs(&self) -> String {
        let directory = &self.directory;
        let named = |unit: &Unit| {
            let at = [("unit", unit.name.clone()), ("address", unit.address.clone())];
            if unit.address.is_empty() { unit.name.clone() } else { LANG.tx("paper-organ-at", &at) }
        };
        let organs: Vec<String> = self.matter.reviewers(directory).into_iter().map(named).collect();
        if organs.is_empty() {
            return LANG.t("paper-organ-above");
        }
        organs.join(&LANG.t("paper-organ-or"))
    }

    /// Whom to ask, where the matter is in somebody's hands and accuses nobody.
    fn contact(&self) -> Option<String> {
        let directory = &self.directory;
        let person = self.matter.in_hand_of().filter(|_| !self.matter.sealed())?;
        let phone = directory.units.get(&self.matter.holder).map(|unit| unit.phone.clone())?;
        let args = [("person", directory.known_as(person).to_owned()), ("phone", phone)];
        Some(LANG.tx("paper-contact", &args))
    }

    /// What every paper begins with: what was received, when, under which number; of the matter as a whole, or of a
    /// later petition whose petitioner alone it is for.
    fn opening(&self, later: Option<&PetitionNumber>) -> String {
        let mut petitions = self.matter.petitions.iter();
        let of = later.and_then(|number| petitions.find(|one| one.number == *number));
        let on = LANG.date(of.map_or(self.matter.received_on, |one| one.received_on));
        // Of an accusation, and of what may be secret, no paper repeats what it says.
        if self.matter.track == Track::Accusation || self.matter.secret_handed_over {
            return LANG.tx("paper-opening-sealed", &[("on", on)]);
        }
        let title = of.map_or(&self.matter.title, |one| &one.title).clone();
        let number = of.or(self.matter.petitions.first()).map(|one| one.number.0.clone());
        let number = number.unwrap_or_default();
        LANG.tx("paper-opening", &[("on", on), ("title", title), ("number", number)])
    }

    /// How a service is written down now, and what that moves.
    fn service(&self, corrected: &ServiceCorrected) -> String {
        let ServiceCorrected { from, to, reason, paper } = corrected;
        let args = [
            ("paper", LANG.word("served-paper", paper.word())),
            ("from", LANG.date(from.on)),
            ("to", LANG.date(to.on)),
            ("reason", reason.clone()),
        ];
        LANG.tx("paper-service-corrected", &args)
    }

    /// How the matter stands for who came again: what was answered before, and what may be done now.
    fn repeat(&self, told: &RepeatTold, notice: &Notice) -> Vec<String> {
        let mut said = vec![LANG.word("paper-repeat", told.standing.word())];
        let answer = self.matter.answer.as_ref();
        let number = answer.and_then(|answer| answer.number.clone());
        said.extend(number.map(|number| LANG.tx("paper-repeat-answer", &[("number", number)])));
        if let Some(until) = told.until {
            said.push(LANG.tx("paper-repeat-until", &[("until", LANG.date(until))]));
        }
        if told.standing == Standing::Exhausted {
            let article = self.ground(GroundCode::Exhausted, notice.made_on);
            said.push(LANG.tx("paper-repeat-ground", &[("article", article)]));
        }
        said.push(told.note.clone());
        said.push(LANG.t("paper-repeat-new-facts"));
        said
    }

    /// Until when the answer was owed as the file stood at one of its lines: printed again, a notice says what it
    /// said.
    fn due_at(&self, sequence: i64) -> String {
        let until = usize::try_from(sequence).unwrap_or(usize::MAX).min(self.entries.len());
        let then = Matter::replay(self.matter.id, &self.entries[..until]);
        let calendar = self.house.calendar();
        let spans = then.map(|then| then.spans).unwrap_or_default();
        let span = spans.iter().rfind(|span| span.clock.answers());
        span.and_then(|span| span.due(&self.matter.place, &self.house.statutes, &calendar))
            .map(|due| LANG.date(due.nominal))
            .unwrap_or_default()
    }

    fn ground(&self, code: GroundCode, on: Date) -> String {
        let law = self.house.statutes.on(on, &self.house.setup.place.0);
        law.and_then(|law| {
            law.ground_of(code).map(|(ground, text)| format!("《{text}》{}", ground.article))
        })
        .unwrap_or_default()
    }

    /// What the fact that made a notice says, in the paper's words.
    fn notice(&self, notice: &Notice, notified: Notified<'_>) -> Vec<String> {
        let directory = &self.directory;
        let unit = directory.unit(&notice.unit).to_owned();
        let mut said = vec![self.opening(notice.petition.as_ref())];
        match notified {
            Notified::Referred { to, despite } => {
                said.push(LANG.tx("paper-referred", &[("unit", directory.unit(to).to_owned())]));
                if !despite.is_empty() {
                    said.push(LANG.tx("paper-despite", &[("reason", despite.to_owned())]));
                }
            }
            Notified::Accepted(accepted) => {
                let key = if accepted.branch == Some(Branch::Duty) {
                    "paper-accepted-duty"
                } else {
                    "paper-accepted"
                };
                let (basis, due) = (accepted.basis.clone(), self.due_at(notice.sequence));
                said.push(LANG.tx(key, &[("unit", unit), ("due", due), ("basis", basis)]));
                said.extend(self.demands());
                said.extend(self.contact());
            }
            Notified::TakenOver => {
                let by = self.matter.first_unit().map(|unit| directory.unit(unit).to_owned());
                let args = [("by", by.unwrap_or_default()), ("unit", unit)];
                said.push(LANG.tx("paper-taken-over", &args));
            }
            Notified::Corrected(corrected) => said.extend(corrections(corrected)),
            Notified::SecretHandedOver(to) => {
                said.push(LANG.tx("paper-secret", &[("where", to.where_to.clone())]));
            }
            Notified::Hearing(announced) => said.extend(self.hearing_ahead(announced)),
            Notified::PartyStruck(struck) => said.push(struck_off(struck)),
            Notified::ServiceCorrected(corrected) => said.push(self.service(corrected)),
            Notified::Told(told) => {
                said.push(LANG.tx("paper-told", &self.grounded(told, notice)));
                said.extend(instead(told));
            }
            Notified::Declined(told) => {
                said.push(LANG.tx("paper-declined", &self.grounded(told, notice)));
                said.extend(instead(told));
            }
            Notified::ReviewDeclined(told) => {
                said.push(LANG.tx("paper-review-declined", &self.grounded(told, notice)));
                said.extend(instead(told));
            }
            Notified::Filed(filed) => {
                said.extend(filed.ground.map(|ground| {
                    let reason = LANG.word("ground", ground.word());
                    let article = self.ground(ground, notice.made_on);
                    LANG.tx("paper-filed-ground", &[("reason", reason), ("article", article)])
                }));
                said.push(LANG.tx("paper-filed", &[("reason", filed.reason.clone())]));
            }
            Notified::Routed(routed) => {
                let args = [
                    ("procedure", routed.procedure.clone()),
                    ("where", routed.where_to.clone()),
                    ("basis", routed.basis.clone()),
                    ("within", routed.within.clone()),
                ];
                said.push(LANG.tx("paper-routed", &args));
                if !routed.materials.trim().is_empty() {
                    let materials = [("materials", routed.materials.clone())];
                    said.push(LANG.tx("paper-materials", &materials));
                }
            }
            Notified::HandedOver(handed) => {
                said.push(LANG.tx("paper-handed-over", &[("where", handed.where_to.clone())]));
            }
            Notified::ReviewAccepted => {
                let accepted = |review: &&Review| review.accepted_on == Some(notice.made_on);
                let review = self.matter.reviews.iter().rfind(accepted);
                let clock = review.map_or(ClockKind::Review, |review| review.level.clock());
                let args = [("unit", unit), ("within", self.period(clock))];
                said.push(LANG.tx("paper-review-accepted", &args));
            }
            Notified::ReviewExtended(extended) => {
                let args =
                    [("days", extended.days.to_string()), ("reason", extended.reason.clone())];
                said.push(LANG.tx("paper-review-extended", &args));
            }
            Notified::Withdrawn(withdrawn) => {
                let until = plus_days(notice.made_on, THINK_AGAIN_DAYS);
                let args = [("reason", withdrawn.reason.clone()), ("until", LANG.date(until))];
                said.push(LANG.tx("paper-withdrawn", &args));
            }
            Notified::Repeat(told) => said.extend(self.repeat(told, notice)),
            Notified::Extended(extended) => {
                let args = [
                    ("reason", extended.reason.clone()),
                    ("days", extended.days.to_string()),
                    ("due", self.due_at(notice.sequence)),
                ];
                said.push(LANG.tx("paper-extended", &args));
            }
        }
        said.push(LANG.t("paper-query"));
        said.retain(|paragraph| !paragraph.trim().is_empty());
        said
    }

    /// The ground of a refusal in words, and its article by the text in force on the notice's day.
    fn grounded(&self, told: &Told, notice: &Notice) -> [(&'static str, String); 2] {
        let reason = LANG.word("ground", told.ground.word());
        [("reason", reason), ("article", self.ground(told.ground, notice.made_on))]
    }

    fn demands(&self) -> Vec<String> {
        let line =
            |ordinal: u32, text: &str| format!("{}、{text}", chinese::numeral::ordinal(ordinal));
        self.matter.demands.iter().map(|demand| line(demand.ordinal, &demand.text)).collect()
    }

    /// What the written answer is called, and what may be done about it: by track and branch.
    fn closing(&self) -> (&'static str, &'static str) {
        match (self.matter.track, self.matter.branch) {
            (Track::Suggestion, _) => ("paper-reply-title", "paper-reply-thanks"),
            (Track::Accusation, _) => ("paper-feedback-title", "paper-feedback-closing"),
            (Track::Redress, Some(Branch::Duty)) => ("paper-duty-title", "paper-duty-right"),
            (Track::Redress, _) => ("paper-opinion-title", "paper-review-right"),
        }
    }

    /// For each demand what was asked, found, decided and on what basis; then where to go against it, until when
    /// and with which papers (R22-32, BJ-43, SD-41, SH-38).
    fn opinion(&self) -> Vec<String> {
        let provisions = self.resting_on(topic::ANSWER);
        let mut said =
            vec![self.opening(None), LANG.tx("paper-opinion", &[("provisions", provisions)])];
        for answer in self.matter.demands.iter().filter_map(|demand| demand.answer.as_ref()) {
            said.extend(self.finding(answer));
        }
        said.push(self.right(self.closing().1));
        said
    }

    /// What was asked for, found and decided, on what basis, and what is done by when.
    fn finding(&self, answer: &DemandAnswered) -> Vec<String> {
        let (ordinal, word) = (answer.demand, LANG.word("outcome", answer.outcome.word()));
        let asked = self.matter.demand(ordinal).map_or("", |demand| demand.text.as_str());
        let mut said = vec![
            format!("{}、{asked}", chinese::numeral::ordinal(ordinal)),
            LANG.tx("paper-finding", &[("text", answer.text.clone())]),
            LANG.tx("paper-basis", &[("basis", answer.basis.clone()), ("outcome", word)]),
        ];
        if let Some(commitment) = &answer.commitment {
            let by = LANG.date(commitment.by);
            let args = [("what", commitment.what.clone()), ("by", by)];
            said.push(LANG.tx("paper-commitment", &args));
        }
        said
    }
}

/// The matter as it stood after the line that made a paper, from 0.
fn then(matter: &Matter, entries: &[Entry], at: usize) -> Result<Matter, Problem> {
    let until = entries.iter().take(at.saturating_add(1));
    Matter::replay(matter.id, until).ok_or(Problem::NotFound)
}

/// The paper of a notice.
///
/// # Errors
/// [`Problem::NotFound`] when the matter has no such notice.
pub fn notice(
    house: &House,
    SeenMatter { matter, entries }: &SeenMatter,
    identities: &[Opened],
    ordinal: u32,
) -> Result<Paper, Problem> {
    let notice = matter.notices.iter().find(|notice| notice.ordinal == ordinal);
    let notice = notice.ok_or(Problem::NotFound)?;
    // What is for one petitioner alone names nobody else.
    let theirs: Vec<Opened> = identities
        .iter()
        .filter(|one| notice.petition.as_ref().is_none_or(|number| number.0 == one.petition))
        .cloned()
        .collect();
    let at = usize::try_from(notice.sequence - 1).unwrap_or(usize::MAX);
    let then = then(matter, entries, at)?;
    let maker = Maker::of(house, &then, entries, notice.made_on).for_whom(&theirs);
    let notified =
        entries.get(at).and_then(|entry| entry.fact.notice()).ok_or(Problem::NotFound)?;
    let title = LANG.word("notice", notice.kind.word());
    let number = entries.get(at).and_then(|entry| entry.issued.notice.clone());
    let paper = maker.paper(title, &notice.unit, maker.notice(notice, notified));
    Ok(Paper { number: number.unwrap_or_default(), ..paper })
}

/// The written answer (处理意见书).
///
/// # Errors
/// [`Problem::NotFound`] before it is signed, and for what an older ledger keeps.
pub fn opinion(
    house: &House,
    SeenMatter { matter, entries }: &SeenMatter,
    identities: &[Opened],
) -> Result<Paper, Problem> {
    let answer = matter.answer.as_ref().ok_or(Problem::NotFound)?;
    let number = answer.number.clone().ok_or(Problem::NotFound)?;
    let at = entries.iter().rposition(|entry| matches!(entry.fact, Fact::Signed(_)));
    let (at, unit) =
        at.and_then(|at| Some((at, entries.get(at)?.unit.clone()))).ok_or(Problem::NotFound)?;
    // As it was signed, whatever a review made of it since.
    let then = then(matter, entries, at)?;
    let maker = Maker::of(house, &then, entries, answer.on).for_whom(identities);
    let title = LANG.t(maker.closing().0);
    Ok(Paper { number, ..maker.paper(title, &unit, maker.opinion()) })
}

/// The opinion of a review (复查、复核意见书), by its position in the matter from 1.
///
/// # Errors
/// [`Problem::NotFound`] when there is none, or it is not decided yet.
pub fn review(
    house: &House,
    SeenMatter { matter, entries }: &SeenMatter,
    identities: &[Opened],
    position: usize,
) -> Result<Paper, Problem> {
    let last = position.checked_sub(1).ok_or(Problem::NotFound)?;
    let lines = || entries.iter().enumerate();
    let asked = lines().filter(|(_, entry)| matches!(entry.fact, Fact::ReviewAsked(_))).nth(last);
    let (began, _) = asked.ok_or(Problem::NotFound)?;
    let mut later = lines().skip(began);
    let decided = later.find(|(_, entry)| matches!(entry.fact, Fact::ReviewDecided(_)));
    let (at, _) = decided.ok_or(Problem::NotFound)?;
    // As it was decided.
    let matter = &then(matter, entries, at)?;
    let review = matter.reviews.get(last).ok_or(Problem::NotFound)?;
    let (on, decided) = review.decided.as_ref().ok_or(Problem::NotFound)?;
    let maker = Maker::of(house, matter, entries, *on).for_whom(identities);
    let unit = matter.answered_by.as_ref().map(|unit| maker.name(unit));
    let asked = [
        ("unit", unit.unwrap_or_default()),
        ("on", LANG.date(review.asked.made_on())),
        ("reason", review.asked.reason.clone()),
    ];
    let outcome = LANG.word("review-outcome", decided.outcome.word());
    let right = match (review.sends_back(), review.level) {
        (true, _) => "paper-redo",
        (false, ReviewLevel::Review) => "paper-final-right",
        (false, ReviewLevel::FinalReview) => "paper-final",
    };
    let mut said = vec![
        maker.opening(None),
        LANG.tx("paper-review-opening", &asked),
        LANG.tx("paper-review-finding", &[("text", decided.text.clone())]),
        LANG.tx("paper-review-outcome", &[("basis", decided.basis.clone()), ("outcome", outcome)]),
    ];
    let replaces = match decided.outcome {
        ReviewOutcome::Change | ReviewOutcome::Revoke => !review.instead.is_empty(),
        ReviewOutcome::Uphold | ReviewOutcome::Redo => false,
    };
    if replaces {
        said.push(LANG.t("paper-review-instead"));
        said.extend(review.instead.iter().flat_map(|answer| maker.finding(answer)));
    }
    said.push(maker.right(right));
    let title = LANG.word("paper-title", review.level.word());
    let number = decided.number.clone();
    Ok(Paper { number, ..maker.paper(title, &review.asked.organ, said) })
}
