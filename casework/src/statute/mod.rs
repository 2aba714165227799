//! The regulations in force (法规版本): editions and local overlays as dated data.
//!
//! Which text applies follows from the day of the act and the place, so periods, grounds and
//! limits are looked up and never written into the rules. An overlay names only what differs.

mod check;
mod clock;
mod ground;
pub mod topic;

pub use clock::ClockKind;
pub(crate) use ground::Owed;
pub use ground::{Ground, GroundCode};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A rule's own name, such as `R22-34`: edition and article (规则编号).
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Rule(pub String);

impl From<&str> for Rule {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// How a period counts its days (日或工作日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// 日: calendar days.
    Calendar,
    /// 工作日: working days of the office's calendar.
    Working,
}

/// A period of law (期限).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The clock it measures.
    pub clock: ClockKind,
    /// Its length in `unit` days.
    pub length: u32,
    /// Calendar or working days.
    pub unit: DayUnit,
    /// The rule it comes from.
    pub rule: Rule,
    /// The article as the text names it.
    pub article: String,
}

/// A provision that the program keeps (条款).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Its rule id.
    pub id: Rule,
    /// What it is about; provisions of two editions about the same thing share it.
    pub topic: String,
    /// The article as the text names it.
    pub article: String,
    /// What it demands, in short.
    pub duty: String,
}

/// A provision that software does not keep, or not yet, and why (不由软件落实的条款).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apart {
    /// Its rule id.
    pub id: Rule,
    /// The article as the text names it.
    pub article: String,
    /// What it demands, in short.
    pub duty: String,
    /// Who keeps it instead, or what is missing.
    pub why: String,
}

/// Where a rule stands (出处).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The text's title.
    pub text: String,
    /// The article.
    pub article: String,
    /// The rule id in that text.
    pub rule: Rule,
}

impl Citation {
    fn of(text: &Text, provision: &Provision) -> Self {
        Self {
            text: text.name.clone(),
            article: provision.article.clone(),
            rule: provision.id.clone(),
        }
    }
}

/// A limit in numbers or days (上限).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// At most so many; days are calendar days.
    pub most: u32,
    /// The rule it comes from.
    pub rule: Rule,
    /// The article as the text names it.
    pub article: String,
}

/// How many representatives a group may send (代表人数).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Representatives {
    /// The rule it comes from.
    pub rule: Rule,
    /// The article as the text names it.
    pub article: String,
    /// From `people` on, at `most` so many representatives; ascending.
    pub steps: Vec<RepresentativeStep>,
}

/// One step of the limit on representatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepresentativeStep {
    /// Group size in persons from which the step holds.
    pub people: u32,
    /// The largest number of representatives.
    pub most: u32,
}

/// How far the answer may be extended (延期).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Calendar days at most, once.
    pub most_days: u32,
    /// The rule it comes from.
    pub rule: Rule,
    /// The article as the text names it.
    pub article: String,
}

/// One text: a national edition or a local overlay.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its short name, `2005`, `2022`, `ZJ`.
    pub edition: String,
    /// Its title.
    pub name: String,
    /// For an overlay, the GB/T 2260 prefix of the places it binds.
    #[serde(default)]
    pub jurisdiction: Option<String>,
    /// First day in force.
    pub in_force_from: Date,
    /// Last day in force, if it was replaced.
    #[serde(default)]
    pub in_force_until: Option<Date>,
    /// Limit on representatives, if the text sets one.
    #[serde(default)]
    pub representatives: Option<Representatives>,
    /// Extension, if the text sets one.
    #[serde(default)]
    pub extension: Option<Extension>,
    /// How many agents somebody may have, if the text says (代理人数).
    #[serde(default)]
    pub agents: Option<Limit>,
    /// By how many days a review may be extended, if the text says (复查延期).
    #[serde(default)]
    pub review_extension: Option<Limit>,
    /// Whether it sorts redress into branches (依法分类处理).
    #[serde(default)]
    pub branches: bool,
    /// Periods it sets.
    #[serde(default, rename = "period")]
    pub periods: Vec<Period>,
    /// Grounds it knows.
    #[serde(default, rename = "ground")]
    pub grounds: Vec<Ground>,
    /// Provisions that the program keeps.
    #[serde(default, rename = "rule")]
    pub provisions: Vec<Provision>,
    /// Provisions that software does not keep.
    #[serde(default)]
    pub apart: Vec<Apart>,
}

impl Text {
    /// Whether a period, a ground or a limit of this text rests on the rule.
    pub fn sets(&self, rule: &Rule) -> bool {
        self.periods.iter().any(|period| period.rule == *rule)
            || self.grounds.iter().any(|ground| ground.rule == *rule)
            || self.representatives.as_ref().is_some_and(|limit| limit.rule == *rule)
            || self.extension.as_ref().is_some_and(|limit| limit.rule == *rule)
            || self.agents.as_ref().is_some_and(|limit| limit.rule == *rule)
            || self.review_extension.as_ref().is_some_and(|limit| limit.rule == *rule)
    }

    fn in_force(&self, on: Date) -> bool {
        self.in_force_from <= on && self.in_force_until.is_none_or(|until| on <= until)
    }

    /// Whether it is about the place: national, or of a region in which the place lies.
    fn holds_in(&self, place: &str) -> bool {
        self.jurisdiction.as_ref().is_none_or(|prefix| place.starts_with(prefix.as_str()))
    }
}

/// All texts the office knows; the lookup by day and place goes through here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statutes {
    texts: Vec<Text>,
}

/// The texts in force on one day in one place: the overlay first, then the national edition.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    overlay: Option<&'a Text>,
    edition: &'a Text,
}

/// The texts that ship with the program, as they are written.
fn shipped_texts() -> [&'static str; 7] {
    [
        include_str!("2005.toml"),
        include_str!("2022.toml"),
        include_str!("bj.toml"),
        include_str!("ha.toml"),
        include_str!("sd.toml"),
        include_str!("sh.toml"),
        include_str!("zj.toml"),
    ]
}

impl Statutes {
    /// The texts that ship with the program.
    ///
    /// # Errors
    /// A shipped text that does not parse, or no national edition; a test rules both out.
    pub fn shipped() -> Result<Self, String> {
        Self::with(&[])
    }

    /// The texts that ship with the program, and local ones (当地规定) that go before them where they
    /// bind the same places.
    ///
    /// # Errors
    /// A text that does not parse, says what nothing here keeps, or leaves a clock without a length.
    pub fn with(local: &[String]) -> Result<Self, String> {
        let texts: Vec<Text> = local
            .iter()
            .map(String::as_str)
            .chain(shipped_texts())
            .map(|text| toml::from_str(text).map_err(|error| error.to_string()))
            .collect::<Result<_, _>>()?;
        let statutes = Self { texts };
        statutes.check()?;
        Ok(statutes)
    }

    /// Whether any edition was in force on the day.
    pub fn any(&self, on: Date) -> bool {
        self.texts.iter().any(|text| text.jurisdiction.is_none() && text.in_force(on))
    }

    /// The texts in force on the day in the place (a GB/T 2260 code). Before the first edition
    /// the first edition is used, so that an old ledger can still be imported; who explains a date
    /// asks [`Statutes::any`] first.
    pub fn on(&self, on: Date, place: &str) -> Option<InForce<'_>> {
        let national = || self.texts.iter().filter(|text| text.jurisdiction.is_none());
        let edition = national()
            .find(|text| text.in_force(on))
            .or_else(|| national().min_by_key(|text| text.in_force_from))?;
        let local = |text: &&Text| text.jurisdiction.is_some() && text.holds_in(place);
        let overlay = self.texts.iter().filter(local).find(|text| text.in_force(on));
        Some(InForce { overlay, edition })
    }

    /// What every text that ever held in the place says about a topic, the newest first: what lies before today's
    /// text is judged by the text of its day.
    pub fn ever_about(&self, topic: &str, place: &str) -> Vec<&Provision> {
        let mut texts: Vec<&Text> = self.texts.iter().filter(|text| text.holds_in(place)).collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.in_force_from));
        let all = texts.into_iter().flat_map(|text| &text.provisions);
        all.filter(|one| one.topic == topic).collect()
    }

    /// Every text with its provisions, for the law matrix.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Where the rule stands in the texts in force on a day: rules are named in code by one
    /// edition's id, and the other edition's provision about the same thing is cited when that one
    /// is in force; a local rule is cited from its own text. `None` for rules that stand in no
    /// text, such as the case file's own order.
    pub fn cite(&self, rule: &Rule, on: Date, place: &str) -> Option<Citation> {
        let stated = self
            .texts
            .iter()
            .find_map(|text| Some((text, text.provisions.iter().find(|p| p.id == *rule)?)));
        let topic = stated.map(|(_, provision)| provision.topic.as_str());
        let law = self.on(on, place)?;
        // A local rule is named in code only where it is meant.
        let national = stated.is_none_or(|(text, _)| text.jurisdiction.is_none());
        let about = |p: &&Provision| national && Some(p.topic.as_str()) == topic;
        // Of several provisions about one thing, the one that was named.
        let named = law.edition.provisions.iter().find(|p| p.id == *rule);
        let same = named.or_else(|| law.edition.provisions.iter().find(about));
        let (text, provision) = match same {
            Some(provision) => (law.edition, provision),
            None => stated?,
        };
        Some(Citation::of(text, provision))
    }
}

impl<'a> InForce<'a> {
    /// The national edition's short name.
    pub fn edition(&self) -> &'a str {
        &self.edition.edition
    }

    /// The title of the text that has the last word: the overlay's if there is one.
    pub fn name(&self) -> &'a str {
        &self.overlay.unwrap_or(self.edition).name
    }

    /// The titles of the texts in force here, the national one first.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        [Some(self.edition), self.overlay].into_iter().flatten().map(|text| text.name.as_str())
    }

    /// The period of a clock; `None` where neither text sets one (C5 is set by the assigner). A local text may ask
    /// more of its offices than an older or a newer national one; how long a right lasts, a national text decides
    /// that is newer than the local one (上位法、新法优先).
    pub fn period(&self, clock: ClockKind) -> Option<(&'a Period, &'a str)> {
        let find = |text: &'a Text| {
            let period = text.periods.iter().find(|one| one.clock == clock.counted_as())?;
            Some((period, text.name.as_str()))
        };
        let older = |local: &&Text| local.in_force_from < self.edition.in_force_from;
        let yields = clock.is_right() && self.overlay.as_ref().is_some_and(older);
        let first = self.overlay.filter(|_| !yields).and_then(find);
        first.or_else(|| find(self.edition)).or_else(|| self.overlay.and_then(find))
    }

    /// Whether a provision of the texts in force is about a topic.
    pub fn speaks_of(&self, rule: &Rule, topic: &str) -> bool {
        self.about(topic).iter().any(|stated| stated.rule == *rule)
    }

    /// Where the texts in force speak of a topic, the national one first.
    pub fn about(&self, topic: &str) -> Vec<Citation> {
        let texts = [Some(self.edition), self.overlay].into_iter().flatten();
        let all = texts.flat_map(|text| text.provisions.iter().map(move |one| (text, one)));
        let wanted = all.filter(|(_, one)| one.topic == topic);
        wanted.map(|(text, one)| Citation::of(text, one)).collect()
    }

    /// The ground of this code.
    pub fn ground(&self, code: GroundCode) -> Option<&'a Ground> {
        self.ground_of(code).map(|(ground, _)| ground)
    }

    /// The ground of this code, with the title of the text that knows it.
    pub fn ground_of(&self, code: GroundCode) -> Option<(&'a Ground, &'a str)> {
        self.texts().find_map(|text| {
            let ground = text.grounds.iter().find(|ground| ground.code == code)?;
            Some((ground, text.name.as_str()))
        })
    }

    /// Every ground of the texts in force, by code; where two know one, the overlay's.
    pub fn grounds(&self) -> Vec<&'a Ground> {
        let mut grounds: Vec<&Ground> = Vec::new();
        for ground in self.texts().flat_map(|text| &text.grounds) {
            if grounds.iter().all(|known| known.code != ground.code) {
                grounds.push(ground);
            }
        }
        grounds.sort_by_key(|ground| ground.code);
        grounds
    }

    /// How many agents somebody may have; `None` where no text says.
    pub fn agents(&self) -> Option<&'a Limit> {
        self.texts().find_map(|text| text.agents.as_ref())
    }

    /// By how many days a review may be extended; `None` where no text allows it.
    pub fn review_extension(&self) -> Option<&'a Limit> {
        self.texts().find_map(|text| text.review_extension.as_ref())
    }

    /// Whether redress is sorted into branches.
    pub fn branches(&self) -> bool {
        self.texts().any(|text| text.branches)
    }

    /// The largest number of representatives for a group of so many people, with its source.
    pub fn most_representatives(&self, people: u32) -> Option<(u32, &'a Representatives)> {
        let limit = self.texts().find_map(|text| text.representatives.as_ref())?;
        let most = limit
            .steps
            .iter()
            .rev()
            .find(|step| people >= step.people)
            .or(limit.steps.first())?
            .most;
        Some((most, limit))
    }

    /// The extension allowed.
    pub fn extension(&self) -> Option<&'a Extension> {
        self.texts().find_map(|text| text.extension.as_ref())
    }

    fn texts(&self) -> impl Iterator<Item = &'a Text> + use<'a> {
        self.overlay.into_iter().chain([self.edition])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_edition_follows_the_day() {
        let statutes = Statutes::shipped().expect("texts parse");
        assert_eq!(statutes.on(date(2022, 4, 30), "53").expect("text").edition(), "2005");
        assert_eq!(statutes.on(date(2022, 5, 1), "53").expect("text").edition(), "2022");
    }

    #[test]
    fn a_rule_is_cited_from_the_edition_in_force() {
        let statutes = Statutes::shipped().expect("texts parse");
        let cite = |rule: &str, on| {
            let cited = statutes.cite(&Rule::from(rule), on, "53").expect("cited");
            (cited.rule.0, cited.article)
        };
        let (old, new) = (date(2021, 3, 2), date(2026, 3, 2));
        assert_eq!(cite("R22-34", new), ("R22-34".into(), "第三十四条".into()));
        assert_eq!(cite("R22-34", old), ("R05-33".into(), "第三十三条".into()));
        assert_eq!(cite("R05-18b", new).0, "R22-20");
        // What the older text does not know is cited from where it stands.
        assert_eq!(cite("R22-23d", old).0, "R22-23d");
        assert_eq!(statutes.cite(&Rule::from("D-casefile"), new, "53"), None);
    }

    #[test]
    fn the_overlay_changes_only_what_it_names() {
        let statutes = Statutes::shipped().expect("texts parse");
        let here = statutes.on(date(2026, 3, 2), "330100").expect("text");
        let (disposition, source) = here.period(ClockKind::Disposition).expect("period");
        assert_eq!((disposition.length, disposition.unit), (5, DayUnit::Working));
        assert_eq!(source, "浙江省信访条例");
        assert_eq!(here.period(ClockKind::ReviewWindow).expect("period").0.length, 30);
        assert_eq!(here.extension().expect("extension").most_days, 60);
        assert_eq!(here.most_representatives(8).expect("limit").0, 3);
        assert_eq!(here.most_representatives(60).expect("limit").0, 5);
        let rules = |place: &str| -> Vec<(&str, &str)> {
            let law = statutes.on(date(2026, 3, 2), place).expect("text");
            let grounds = law.grounds().into_iter();
            grounds.map(|ground| (ground.code.word(), ground.rule.0.as_ref())).collect()
        };
        let shandong = rules("370100");
        assert!(shandong.contains(&("N10", "SD-28")) && shandong.contains(&("N07", "SD-33")));
        assert!(!rules("539921").iter().any(|(_, rule)| rule.starts_with("SD")));
        assert!(shandong.is_sorted_by(|a, b| a.0 < b.0), "each once, by code: {shandong:?}");
        let elsewhere = statutes.on(date(2026, 3, 2), "530100").expect("text");
        assert_eq!(elsewhere.period(ClockKind::Handling).expect("period").0.length, 60);
    }
}
