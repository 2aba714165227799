//! Letters between offices (机关之间的文书): what the case file already says, put as the paper that goes out
//! (law.md §5: F10, F11, F14, F28, F30, F31, F33, F34, F39). None of them names a petitioner.

use super::{LANG, Maker, Paper, then};
use crate::house::House;
use crate::problem::Problem;
use crate::see::SeenMatter;
use casework::matter::aid::AidReferred;
use casework::matter::joint::{Arbiter, ContributionAsked, Designated};
use casework::matter::ladder::{Recommended, SteppedUp};
use casework::matter::letter::Letter;
use casework::matter::mediation::{Settled, Way};
use casework::matter::passing::PassedOn;
use casework::matter::referral::{Referred, ResultReported};
use casework::matter::supervision::{Supervised, Trigger};
use casework::matter::track::HandedOver;
use casework::matter::urgent::UrgentReported;
use casework::matter::wall::RecusalDecided;
use casework::org::{AccountId, UnitId};
use casework::statute::{ClockKind, topic};

/// What a letter says.
pub(super) struct LetterText {
    pub(super) title: String,
    pub(super) number: String,
    to: String,
    said: Vec<String>,
}

impl LetterText {
    pub(super) fn new(title: &str, number: &str, to: &str, said: Vec<String>) -> Self {
        Self { title: LANG.t(title), number: number.to_owned(), to: to.to_owned(), said }
    }
}

/// The letter that a line of the case file makes, by the line's position from 1.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such line, or it makes none.
pub fn letter(
    house: &House,
    SeenMatter { matter, entries }: &SeenMatter,
    sequence: usize,
) -> Result<Paper, Problem> {
    let entry = sequence.checked_sub(1).and_then(|at| entries.get(at)).ok_or(Problem::NotFound)?;
    let then = then(matter, entries, sequence - 1)?;
    let maker = Maker::of(house, &then, entries, entry.on);
    let letter = entry.fact.letter().ok_or(Problem::NotFound)?;
    let LetterText { title, number, to, said } = maker.letter(letter, &entry.unit);
    let paper = maker.paper(title, &entry.unit, said);
    // Who made it gave it a number, or the program did.
    let given = entry.issued.letter.clone().filter(|_| number.is_empty());
    Ok(Paper { number: given.unwrap_or(number), to, ..paper })
}

impl Maker<'_> {
    pub(super) fn name(&self, unit: &UnitId) -> String {
        self.directory.unit(unit).to_owned()
    }

    pub(super) fn person(&self, account: &AccountId) -> String {
        self.house.directory().name(account).to_owned()
    }

    /// What a unit has to do with what it gets, in the periods of the text in force.
    fn on_receipt(&self) -> String {
        let notice = self.period(ClockKind::Notice);
        let mut said = LANG.tx("letter-refer", &[("notice", notice)]);
        // The older text knows no objection.
        let objection = self.period(ClockKind::Objection);
        if !objection.is_empty() {
            said.push_str(&LANG.tx("letter-refer-objection", &[("objection", objection)]));
        }
        said + &LANG.t("letter-refer-demands")
    }

    /// Until when a unit answers a supervision or a recommendation.
    fn answer_within(&self, clock: ClockKind) -> String {
        LANG.tx("letter-answer-within", &[("within", self.period(clock))])
    }

    /// What a letter of a unit says, and to whom.
    pub(super) fn letter(&self, letter: Letter<'_>, by: &UnitId) -> LetterText {
        let about = self.about();
        match letter {
            Letter::Referral(of) => self.referral(of, about),
            Letter::PassingOn(of) => self.passing_on(of, about),
            Letter::Objection(of) => self.objection(of, about),
            Letter::Inquiry(of) => self.inquiry(of, about),
            Letter::Proof(of) => self.proof(of, about),
            Letter::ReviewRequest(of) => self.review_request(of, about),
            Letter::Hearing(of) => self.hearing(of, about),
            Letter::PublishedOpinion(of) => self.published_opinion(of),
            Letter::Visit(of) => self.visit(of),
            Letter::Election(of) => self.election(of, about),
            Letter::Adoption(of) => self.adoption(of, about),
            Letter::RecommendationAdoption(of) => self.recommendation_adoption(of, about),
            Letter::Instruction(of) => self.instruction(of, about),
            Letter::Authority(of) => self.authority(of, about),
            Letter::Result(of) => self.result(of, by, about),
            Letter::Supervision(of) => self.supervision(of, about),
            Letter::HandOver(of) => self.hand_over(of, about),
            Letter::Contribution(of) => self.contribution(of, about),
            Letter::Designation(of) => self.designation(of, about),
            Letter::Settlement(of) => self.settlement(of, about),
            Letter::Recommendation(of) => self.recommendation(of, about),
            Letter::Rung(of) => self.rung(of, about),
            Letter::UrgentReport(of) => self.urgent_report(of, about),
            Letter::Recusal(of) => self.recusal(of, about),
            Letter::Aid(of) => self.aid(of, about),
        }
    }

    /// What it is about, without saying who petitioned.
    pub(super) fn about(&self) -> String {
        let number = self.matter.petitions.first().map(|petition| petition.number.0.clone());
        let args = [
            ("title", self.matter.title.clone()),
            ("number", number.unwrap_or_default()),
            ("on", LANG.date(self.matter.received_on)),
        ];
        LANG.tx("letter-about", &args)
    }

    /// Who petitioned, as the file shows them; the unit opens the names where it has to reach them.
    fn petitioners(&self) -> String {
        let parties = self.matter.petitions.iter().flat_map(|petition| &petition.parties);
        let masks: Vec<&str> =
            parties.map(|party| party.mask.as_str()).filter(|mask| !mask.is_empty()).collect();
        let known = if masks.is_empty() { LANG.t("kind-anonymous") } else { masks.join("、") };
        LANG.tx("letter-petitioners", &[("names", known)])
    }

    /// What was handed in with it.
    fn materials(&self) -> Option<String> {
        let files = self.matter.petitions.iter().flat_map(|petition| &petition.attachments);
        let names: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        let said = || LANG.tx("letter-materials", &[("files", names.join("、"))]);
        (!names.is_empty()).then(said)
    }

    fn referral(&self, referred: &Referred, about: String) -> LetterText {
        let title = if referred.report_back_on.is_some() {
            "letter-assign-title"
        } else {
            "letter-refer-title"
        };
        let mut said = vec![about, self.petitioners(), self.on_receipt()];
        said.extend(self.demands());
        said.extend(self.materials());
        if let Some(by) = referred.report_back_on {
            said.push(LANG.tx("letter-assign", &[("on", LANG.date(by))]));
        }
        said.push(referred.note.clone());
        LetterText::new(title, "", &self.name(&referred.to), said)
    }

    fn passing_on(&self, passed: &PassedOn, about: String) -> LetterText {
        let due = LANG.t("letter-passing-on");
        let mut said = vec![about, due, passed.reason.clone()];
        said.extend(
            passed
                .proposed
                .as_ref()
                .map(|unit| LANG.tx("letter-passing-proposed", &[("unit", self.name(unit))])),
        );
        said.extend(self.demands());
        LetterText::new("letter-passing-title", "", &self.name(&self.matter.office), said)
    }

    /// To the office, or to the superior that passed it down.
    fn result(&self, reported: &ResultReported, by: &UnitId, about: String) -> LetterText {
        let mut petitions = self.matter.petitions.iter().rev();
        let from = petitions.find_map(|one| one.transfer.as_ref()).map(|one| one.from.clone());
        let superior = from.filter(|_| *by == self.matter.office);
        let to = superior.unwrap_or_else(|| self.name(&self.matter.office));
        let mut said = vec![about, LANG.t("letter-result")];
        said.extend(self.demands());
        said.push(reported.text.clone());
        LetterText::new("letter-result-title", &reported.number, &to, said)
    }

    fn supervision(&self, one: &Supervised, about: String) -> LetterText {
        let why = LANG.word("trigger", one.trigger.word());
        let provisions = self.resting_on(topic::SUPERVISION);
        let said = vec![
            about,
            LANG.tx("letter-supervise", &[("why", why), ("provisions", provisions)]),
            one.text.clone(),
            self.answer_within(ClockKind::Supervision),
        ];
        let title = if one.trigger == Trigger::NotExecuted {
            "letter-execute-title"
        } else {
            "letter-supervise-title"
        };
        LetterText::new(title, &one.number, &self.name(&one.unit), said)
    }

    fn hand_over(&self, handed: &HandedOver, about: String) -> LetterText {
        let mut said = vec![about, LANG.t("letter-hand-over")];
        said.extend(self.demands());
        LetterText::new("letter-hand-over-title", &handed.number, &handed.where_to, said)
    }

    fn contribution(&self, asked: &ContributionAsked, about: String) -> LetterText {
        let mut said =
            vec![about, LANG.tx("letter-contribution", &[("on", LANG.date(asked.due_on))])];
        let wanted = |demand: &&casework::matter::Demand| asked.demands.contains(&demand.ordinal);
        said.extend(self.matter.demands.iter().filter(wanted).map(|demand| {
            format!("{}、{}", chinese::numeral::ordinal(demand.ordinal), demand.text)
        }));
        said.push(asked.note.clone());
        let to = self.name(&asked.unit);
        LetterText::new("letter-contribution-title", "", &to, said)
    }

    fn designation(&self, named: &Designated, about: String) -> LetterText {
        let by = match &named.arbiter {
            Arbiter::Superior(unit) => self.name(unit),
            Arbiter::Conference => LANG.t("arbiter-conference"),
        };
        let said = vec![
            about,
            LANG.tx("letter-designate", &[("by", by), ("unit", self.name(&named.to))]),
            named.reason.clone(),
        ];
        let to = self.name(&named.to);
        LetterText::new("letter-designate-title", &named.number, &to, said)
    }

    fn settlement(&self, settled: &Settled, about: String) -> LetterText {
        let way = LANG.word("way", settled.way.word());
        let mut said = vec![
            about,
            settled.text.clone(),
            LANG.tx("letter-settle-by", &[("by", LANG.date(settled.done_by))]),
        ];
        if settled.way == Way::Mediation {
            let confirmation = self.period(ClockKind::JudicialConfirmation);
            let args = [("judicial_confirmation", confirmation)];
            said.push(LANG.tx("letter-settle-court", &args));
        }
        said.push(LANG.t("letter-settle-signed"));
        let mut letter = LetterText::new("letter-settle-title", &settled.number, "", said);
        letter.title = LANG.tx("letter-settle-title", &[("way", way)]);
        letter.to = LANG.t("letter-both");
        letter
    }

    fn recommendation(&self, one: &Recommended, about: String) -> LetterText {
        let title = format!("recommendation-{}", one.recommendation.word());
        let within = self.answer_within(ClockKind::Recommendation);
        // The newer text has the three kinds in one article with supervision.
        let own = self.resting_on(one.recommendation.topic());
        let provisions = if own.is_empty() { self.resting_on(topic::SUPERVISION) } else { own };
        let rests = LANG.tx("letter-recommend", &[("provisions", provisions)]);
        let said = vec![about, rests, one.text.clone(), within];
        let mut letter = LetterText::new(&title, &one.number, &self.name(&one.to), said);
        letter.title = LANG.tx("letter-recommend-title", &[("kind", letter.title)]);
        letter
    }

    fn rung(&self, one: &SteppedUp, about: String) -> LetterText {
        let title = format!("rung-{}", one.rung.word());
        let said = vec![about, one.text.clone()];
        let mut letter = LetterText::new(&title, &one.number, &self.name(&one.unit), said);
        letter.title = LANG.tx("letter-rung-title", &[("rung", letter.title)]);
        letter
    }

    fn urgent_report(&self, one: &UrgentReported, about: String) -> LetterText {
        let said = vec![
            about,
            one.text.clone(),
            LANG.tx("letter-urgent-measures", &[("measures", one.measures.clone())]),
            LANG.tx("letter-urgent-contact", &[("contact", one.contact.clone())]),
        ];
        LetterText::new("letter-urgent-title", "", &one.recipients, said)
    }

    fn recusal(&self, one: &RecusalDecided, about: String) -> LetterText {
        let key = if one.granted { "letter-recusal-yes" } else { "letter-recusal-no" };
        let person = self.person(&one.person);
        let said = vec![about, LANG.tx(key, &[("person", person.clone())]), one.reason.clone()];
        LetterText::new("letter-recusal-title", "", &person, said)
    }

    fn aid(&self, one: &AidReferred, about: String) -> LetterText {
        let kind = LANG.word("aid", one.aid.word());
        let said = vec![about, LANG.tx("letter-aid", &[("kind", kind)]), one.text.clone()];
        LetterText::new("letter-aid-title", "", &one.where_to, said)
    }
}
