//! Letters between offices (机关之间的文书): what the case file already says, put as the paper that goes out
//! (law.md §5: F10, F11, F14, F28, F30, F31, F33, F34, F39). None of them names a petitioner.

use super::{LANG, Maker, Paper};
use crate::house::House;
use crate::problem::Problem;
use casework::joint::Arbiter;
use casework::matter::{Entry, Fact, Matter};
use casework::org::{AccountId, UnitId};
use casework::statute::ClockKind;
use casework::{aid, joint, ladder, mediation, track, urgent, wall};

/// What a letter says.
struct Letter {
    title: String,
    number: String,
    to: String,
    said: Vec<String>,
}

impl Letter {
    fn new(title: &str, number: &str, to: &str, said: Vec<String>) -> Self {
        Self { title: LANG.t(title), number: number.to_owned(), to: to.to_owned(), said }
    }
}

/// Whether a fact makes a letter.
pub fn has_letter(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Referred(_)
            | Fact::Supervised(_)
            | Fact::Track(track::Fact::HandedOver(_))
            | Fact::Joint(joint::Fact::ContributionAsked(_) | joint::Fact::Designated(_))
            | Fact::Mediation(mediation::Fact::Settled(_))
            | Fact::Ladder(ladder::Fact::Recommended(_) | ladder::Fact::SteppedUp(_))
            | Fact::Urgent(urgent::Fact::UrgentReported(_))
            | Fact::Wall(wall::Fact::RecusalDecided(_))
            | Fact::Aid(aid::Fact::AidReferred(_))
    )
}

/// The letter that a line of the case file makes, by the line's position from 1.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such line, or it makes none.
pub fn letter(
    house: &House,
    (matter, entries): (&Matter, &[Entry]),
    sequence: usize,
) -> Result<Paper, Problem> {
    let entry = sequence.checked_sub(1).and_then(|at| entries.get(at)).ok_or(Problem::NotFound)?;
    let maker = Maker { house, matter, entries, identities: &[], on: entry.on };
    let letter = maker.letter(&entry.fact).ok_or(Problem::NotFound)?;
    let Letter { title, number, to, said } = letter;
    let paper = maker.paper(title, &entry.unit, said);
    Ok(Paper { number, to, ..paper })
}

impl Maker<'_> {
    fn name(&self, unit: &UnitId) -> String {
        self.house.directory().unit(unit).to_owned()
    }

    fn person(&self, account: &AccountId) -> String {
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

    fn letter(&self, fact: &Fact) -> Option<Letter> {
        let about = self.about();
        Some(match fact {
            Fact::Referred(referred) => {
                let title = if referred.report_back_on.is_some() {
                    "letter-assign-title"
                } else {
                    "letter-refer-title"
                };
                let mut said = vec![about, self.on_receipt()];
                said.extend(self.demands());
                if let Some(by) = referred.report_back_on {
                    said.push(LANG.tx("letter-assign", &[("on", LANG.date(by))]));
                }
                said.push(referred.note.clone());
                Letter::new(title, "", &self.name(&referred.to), said)
            }
            Fact::Supervised(one) => {
                let why = LANG.t(&format!("trigger-{}", one.trigger.word()).replace('_', "-"));
                let said = vec![
                    about,
                    LANG.tx("letter-supervise", &[("why", why)]),
                    one.text.clone(),
                    self.answer_within(ClockKind::Supervision),
                ];
                Letter::new("letter-supervise-title", &one.number, &self.name(&one.unit), said)
            }
            Fact::Track(track::Fact::HandedOver(handed)) => {
                let mut said = vec![about, LANG.t("letter-hand-over")];
                said.extend(self.demands());
                Letter::new("letter-hand-over-title", &handed.number, &handed.where_to, said)
            }
            Fact::Joint(fact) => self.joint(fact, about)?,
            Fact::Ladder(fact) => self.ladder(fact, about)?,
            other => self.other(other, about)?,
        })
    }

    /// What it is about, without saying who petitioned.
    fn about(&self) -> String {
        let number = self.matter.petitions.first().map(|petition| petition.number.0.clone());
        let args = [
            ("title", self.matter.title.clone()),
            ("number", number.unwrap_or_default()),
            ("on", LANG.date(self.matter.received_on)),
        ];
        LANG.tx("letter-about", &args)
    }

    fn joint(&self, fact: &joint::Fact, about: String) -> Option<Letter> {
        match fact {
            joint::Fact::ContributionAsked(asked) => {
                let mut said =
                    vec![about, LANG.tx("letter-contribution", &[("on", LANG.date(asked.due_on))])];
                let wanted =
                    |demand: &&casework::matter::Demand| asked.demands.contains(&demand.ordinal);
                said.extend(self.matter.demands.iter().filter(wanted).map(|demand| {
                    format!("{}、{}", chinese::numeral::ordinal(demand.ordinal), demand.text)
                }));
                said.push(asked.note.clone());
                let to = self.name(&asked.unit);
                Some(Letter::new("letter-contribution-title", "", &to, said))
            }
            joint::Fact::Designated(named) => {
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
                Some(Letter::new("letter-designate-title", &named.number, &to, said))
            }
            _ => None,
        }
    }

    fn ladder(&self, fact: &ladder::Fact, about: String) -> Option<Letter> {
        match fact {
            ladder::Fact::Recommended(one) => {
                let title = format!("recommendation-{}", one.recommendation.word());
                let within = self.answer_within(ClockKind::Recommendation);
                let said = vec![about, one.text.clone(), within];
                let mut letter = Letter::new(&title, &one.number, &self.name(&one.to), said);
                letter.title = LANG.tx("letter-recommend-title", &[("kind", letter.title)]);
                Some(letter)
            }
            ladder::Fact::SteppedUp(one) => {
                let title = format!("rung-{}", one.rung.word());
                let said = vec![about, one.text.clone()];
                let mut letter = Letter::new(&title, &one.number, &self.name(&one.unit), said);
                letter.title = LANG.tx("letter-rung-title", &[("rung", letter.title)]);
                Some(letter)
            }
            _ => None,
        }
    }

    fn other(&self, fact: &Fact, about: String) -> Option<Letter> {
        match fact {
            Fact::Mediation(mediation::Fact::Settled(settled)) => {
                let way = LANG.t(&format!("way-{}", settled.way.word()));
                let mut said = vec![
                    about,
                    settled.text.clone(),
                    LANG.tx("letter-settle-by", &[("by", LANG.date(settled.done_by))]),
                ];
                if settled.way == mediation::Way::Mediation {
                    let confirmation = self.period(ClockKind::JudicialConfirmation);
                    let args = [("judicial_confirmation", confirmation)];
                    said.push(LANG.tx("letter-settle-court", &args));
                }
                said.push(LANG.t("letter-settle-signed"));
                let mut letter = Letter::new("letter-settle-title", &settled.number, "", said);
                letter.title = LANG.tx("letter-settle-title", &[("way", way)]);
                letter.to = LANG.t("letter-both");
                Some(letter)
            }
            Fact::Urgent(urgent::Fact::UrgentReported(one)) => {
                let said = vec![
                    about,
                    one.text.clone(),
                    LANG.tx("letter-urgent-measures", &[("measures", one.measures.clone())]),
                    LANG.tx("letter-urgent-contact", &[("contact", one.contact.clone())]),
                ];
                Some(Letter::new("letter-urgent-title", "", &one.recipients, said))
            }
            Fact::Wall(wall::Fact::RecusalDecided(one)) => {
                let key = if one.granted { "letter-recusal-yes" } else { "letter-recusal-no" };
                let person = self.person(&one.person);
                let said =
                    vec![about, LANG.tx(key, &[("person", person.clone())]), one.reason.clone()];
                Some(Letter::new("letter-recusal-title", "", &person, said))
            }
            Fact::Aid(aid::Fact::AidReferred(one)) => {
                let kind = LANG.t(&format!("aid-{}", one.aid.word()));
                let said = vec![about, LANG.tx("letter-aid", &[("kind", kind)]), one.text.clone()];
                Some(Letter::new("letter-aid-title", "", &one.where_to, said))
            }
            _ => None,
        }
    }
}
