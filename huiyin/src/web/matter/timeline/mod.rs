//! The case file as a timeline (案卷时间线): every fact in words.

mod main_road;
mod room;

use crate::house::House;
use crate::locale::Lang;
use crate::web::session::Desk;
use casework::directory::Directory;
use casework::matter::referral::Told;
use casework::matter::{Entry, Fact, correction};
use casework::org::{AccountId, UnitId};
use casework::petition::{Attachment, Party};
use jiff::civil::Date;

/// A line of the timeline.
pub struct TimelineLine {
    /// When, in words.
    pub time: String,
    /// Its position in the case file, from 1.
    pub sequence: usize,
    /// Whether it makes a letter between offices that can be printed.
    pub letter: bool,
    /// The fact's name.
    pub word: &'static str,
    /// Who did it.
    pub who: String,
    /// For which unit.
    pub unit: String,
    /// What it says, label and text.
    pub details: Vec<(String, String)>,
    /// Files it brought.
    pub files: Vec<Attachment>,
}

/// What a fact says, gathered as label and text.
struct Said<'a> {
    lang: Lang,
    directory: &'a Directory,
    parties: &'a [&'a Party],
    details: Vec<(String, String)>,
    files: Vec<Attachment>,
}

impl Said<'_> {
    /// Adds a line, unless there is nothing to say.
    fn say(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.details.push((self.lang.t(key), value));
        }
    }

    /// What somebody was told who has to go elsewhere.
    fn told(&mut self, told: &Told) {
        self.list("field-ground", "ground", told.ground.word());
        self.text("field-where-to", &told.where_to);
        self.text("field-how", &told.how);
        self.text("field-within", &told.within);
        self.text("field-earlier", &told.earlier);
        self.text("field-note", &told.note);
    }

    fn unit(&mut self, key: &str, unit: &UnitId) {
        let name = self.directory.unit(unit).to_owned();
        self.say(key, name);
    }

    /// People of the petitions, by their masks.
    fn parties(&mut self, key: &str, ids: &[String]) {
        let named = self.parties.iter().filter(|party| ids.contains(&party.id));
        let masks: Vec<&str> = named.map(|party| party.mask.as_str()).collect();
        self.say(key, masks.join(&self.lang.t("list-separator")));
    }

    fn person(&mut self, key: &str, account: &AccountId) {
        let name = self.directory.known_as(account).to_owned();
        self.say(key, name);
    }

    fn date(&mut self, key: &str, on: Date) {
        let words = self.lang.date(on);
        self.say(key, words);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.say(key, text.to_owned());
    }

    fn number(&mut self, key: &str, number: u32) {
        self.say(key, number.to_string());
    }

    fn yes(&mut self, key: &str, yes: bool) {
        let words = self.lang.t(if yes { "yes" } else { "no" });
        self.say(key, words);
    }

    /// What stood somewhere and what stands there now, where the two differ.
    fn turned(&mut self, key: &str, words: impl FnOnce(Lang) -> [String; 2]) {
        let [from, to] = words(self.lang);
        if from != to {
            self.say(key, format!("{from} → {to}"));
        }
    }

    /// A word of a code list.
    fn list(&mut self, key: &str, prefix: &str, word: &str) {
        let words = self.lang.word(prefix, word);
        self.say(key, words);
    }

    fn keep(&mut self, files: &[Attachment]) {
        self.files.extend_from_slice(files);
    }
}

/// Who came with a fact.
fn parties(fact: &Fact) -> &[Party] {
    if let Fact::Registered(registered) = fact {
        &registered.petition.parties
    } else if let Fact::Joined(joined) = fact {
        &joined.petition.parties
    } else if let Fact::Correction(correction::Fact::PartyAdded(added)) = fact {
        std::slice::from_ref(&added.party)
    } else {
        &[]
    }
}

/// The file that a line puts out of the matter.
fn put_out(entry: &Entry) -> Option<&str> {
    let Fact::Correction(correction::Fact::FileCorrected(corrected)) = &entry.fact else {
        return None;
    };
    corrected.to.is_none().then_some(corrected.file.as_str())
}

/// The case file as a timeline, newest first.
pub fn lines(
    house: &House,
    desk: &Desk,
    directory: &Directory,
    entries: &[Entry],
) -> Vec<TimelineLine> {
    // Also those of petitions that left: the line that they were served stays.
    let parties: Vec<&Party> = entries.iter().flat_map(|entry| parties(&entry.fact)).collect();
    let gone: Vec<&str> = entries.iter().filter_map(put_out).collect();
    entries
        .iter()
        .enumerate()
        .rev()
        .map(|(at, entry)| {
            let mut said = Said {
                lang: desk.lang,
                directory,
                parties: &parties,
                details: Vec::new(),
                files: Vec::new(),
            };
            main_road::tell(&mut said, &entry.fact);
            said.text("field-number", entry.issued.letter.as_deref().unwrap_or_default());
            let time = house.zone_time(entry.at);
            let mut files = said.files;
            files.retain(|file| !gone.contains(&file.hash.as_str()));
            TimelineLine {
                sequence: at + 1,
                letter: entry.fact.letter().is_some(),
                time: format!(
                    "{} {:02}:{:02}",
                    desk.lang.date(entry.on),
                    time.hour(),
                    time.minute()
                ),
                word: entry.fact.word(),
                who: directory.name(&entry.actor).to_owned(),
                unit: directory.unit(&entry.unit).to_owned(),
                details: said.details,
                files,
            }
        })
        .collect()
}
