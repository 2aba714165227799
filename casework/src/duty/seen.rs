//! A record as its reader sees it (台账可见内容). Every kind says for itself what a reader may see; what it does not say
//! stays where it lies, so that nothing becomes known because it was kept.

use super::agreement::Measure;
use super::label::Label;
use crate::code::code_list;
use crate::matter::MatterId;
use crate::org::{AccountId, Actor, Place, UnitId};
use crate::petition::Attachment;
use crate::statute::Rule;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Map;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Something a record says (台账内容).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// In words.
    Text(String),
    /// A day, office-local.
    On(Date),
    /// A number.
    Number(u32),
    /// Yes or no.
    Yes(bool),
    /// A word of a code list: the prefix of its words in the locales, and the word.
    Word(&'static str, &'static str),
    /// Somebody with an account.
    Person(AccountId),
    /// A unit.
    Unit(UnitId),
    /// A place.
    Place(Place),
    /// A matter that the reader may open.
    Matter(MatterId),
    /// A rule.
    Rule(Rule),
    /// How many of how many.
    Measure(Measure),
    /// Several of a kind.
    Several(Vec<Said>),
    /// What belongs together, such as a day and what was done on it.
    Parts(Vec<Said>),
    /// A thing with fields of its own.
    Thing(Seen),
    /// Entries, each with its ordinal.
    Entries(Vec<(u32, Seen)>),
}

/// What a reader sees (可见内容): by name, in the order of the page, with the files that go with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// What is said.
    pub lines: Vec<(Label, Said)>,
    /// Files.
    pub files: Vec<Attachment>,
}

/// Who looks at a record, and what they may know of beside it (读者).
#[derive(Debug, Clone, Copy)]
pub struct Eyes<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// The matters of which the record speaks that they may open.
    pub open: &'a BTreeSet<MatterId>,
}

impl Eyes<'_> {
    /// Whether what was said about a matter may be told them: of a matter that they may not open they hear nothing.
    pub fn hear(&self, about: Option<MatterId>) -> bool {
        about.is_none_or(|matter| self.open.contains(&matter))
    }

    /// What was said about a matter, if it may be told them.
    pub(super) fn hears<'a, T>(&self, about: Option<MatterId>, said: &'a T) -> Option<&'a T> {
        self.hear(about).then_some(said)
    }
}

/// What can be told; nothing is told of what is empty.
pub(super) trait Tell {
    fn told(&self) -> Option<Said>;
}

impl<T: Tell> Tell for &T {
    fn told(&self) -> Option<Said> {
        (*self).told()
    }
}

impl<T: Tell> Tell for Option<T> {
    fn told(&self) -> Option<Said> {
        self.as_ref().and_then(Tell::told)
    }
}

impl<T: Tell> Tell for Vec<T> {
    fn told(&self) -> Option<Said> {
        let all: Vec<Said> = self.iter().filter_map(Tell::told).collect();
        (!all.is_empty()).then_some(Said::Several(all))
    }
}

impl Tell for String {
    fn told(&self) -> Option<Said> {
        (!self.is_empty()).then(|| Said::Text(self.clone()))
    }
}

impl Tell for Date {
    fn told(&self) -> Option<Said> {
        Some(Said::On(*self))
    }
}

impl Tell for u32 {
    fn told(&self) -> Option<Said> {
        Some(Said::Number(*self))
    }
}

impl Tell for bool {
    fn told(&self) -> Option<Said> {
        Some(Said::Yes(*self))
    }
}

impl Tell for AccountId {
    fn told(&self) -> Option<Said> {
        Some(Said::Person(self.clone()))
    }
}

impl Tell for UnitId {
    fn told(&self) -> Option<Said> {
        Some(Said::Unit(self.clone()))
    }
}

impl Tell for Place {
    fn told(&self) -> Option<Said> {
        Some(Said::Place(self.clone()))
    }
}

impl Tell for Rule {
    fn told(&self) -> Option<Said> {
        Some(Said::Rule(self.clone()))
    }
}

impl Tell for Measure {
    fn told(&self) -> Option<Said> {
        Some(Said::Measure(*self))
    }
}

impl Tell for (Date, String) {
    fn told(&self) -> Option<Said> {
        Some(Said::Parts([self.0.told(), self.1.told()].into_iter().flatten().collect()))
    }
}

impl Seen {
    /// Something said under a name.
    pub(super) fn says(mut self, label: Label, what: &impl Tell) -> Self {
        self.lines.extend(what.told().map(|said| (label, said)));
        self
    }

    /// A word of a code list; `prefix` is that of its words in the locales.
    pub(super) fn word(mut self, label: Label, prefix: &'static str, word: &'static str) -> Self {
        self.lines.push((label, Said::Word(prefix, word)));
        self
    }

    /// A word of a code list, if there is one.
    pub(super) fn may_word(
        self,
        label: Label,
        prefix: &'static str,
        word: Option<&'static str>,
    ) -> Self {
        match word {
            Some(word) => self.word(label, prefix, word),
            None => self,
        }
    }

    /// What belongs together.
    pub(super) fn parts(mut self, label: Label, parts: Option<Vec<Said>>) -> Self {
        self.lines.extend(parts.map(|parts| (label, Said::Parts(parts))));
        self
    }

    /// A matter, if the reader may open it.
    pub(super) fn matter(mut self, label: Label, id: Option<MatterId>, eyes: &Eyes<'_>) -> Self {
        let known = id.filter(|id| eyes.open.contains(id));
        self.lines.extend(known.map(|id| (label, Said::Matter(id))));
        self
    }

    /// The matters that the reader may open.
    pub(super) fn matters(mut self, label: Label, ids: &[MatterId], eyes: &Eyes<'_>) -> Self {
        let known = ids.iter().copied().filter(|id| eyes.open.contains(id)).map(Said::Matter);
        let known: Vec<Said> = known.collect();
        if !known.is_empty() {
            self.lines.push((label, Said::Several(known)));
        }
        self
    }

    /// A thing of its own, with its files beside the record's.
    pub(super) fn thing(mut self, label: Label, thing: Option<Self>) -> Self {
        if let Some(mut thing) = thing {
            self.files.append(&mut thing.files);
            self.lines.push((label, Said::Thing(thing)));
        }
        self
    }

    /// Entries under ordinals of their own, with their files beside the record's.
    pub(super) fn numbered(
        mut self,
        label: Label,
        entries: impl IntoIterator<Item = (u32, Self)>,
    ) -> Self {
        let mut entries: Vec<(u32, Self)> = entries.into_iter().collect();
        for (_, entry) in &mut entries {
            self.files.append(&mut entry.files);
        }
        if !entries.is_empty() {
            self.lines.push((label, Said::Entries(entries)));
        }
        self
    }

    /// Entries in their order, from 1.
    pub(super) fn entries(self, label: Label, entries: impl IntoIterator<Item = Self>) -> Self {
        self.numbered(label, (1..).zip(entries))
    }

    /// Files.
    pub(super) fn files(mut self, files: &[Attachment]) -> Self {
        self.files.extend_from_slice(files);
        self
    }
}

/// As the API gives it: an object by the names of its fields.
impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (label, said) in &self.lines {
            map.serialize_entry(label.word(), said)?;
        }
        if !self.files.is_empty() {
            map.serialize_entry(Label::Attachments.word(), &self.files)?;
        }
        map.end()
    }
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::On(day) => day.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Yes(yes) => yes.serialize(serializer),
            Self::Word(_, word) => word.serialize(serializer),
            Self::Person(account) => account.serialize(serializer),
            Self::Unit(unit) => unit.serialize(serializer),
            Self::Place(place) => place.serialize(serializer),
            Self::Matter(matter) => serializer.collect_str(matter),
            Self::Rule(rule) => rule.serialize(serializer),
            Self::Measure(measure) => measure.serialize(serializer),
            Self::Several(all) | Self::Parts(all) => all.serialize(serializer),
            Self::Thing(thing) => thing.serialize(serializer),
            Self::Entries(entries) => {
                let mut list = serializer.serialize_seq(Some(entries.len()))?;
                for (ordinal, seen) in entries {
                    list.serialize_element(&Entry { ordinal: *ordinal, seen })?;
                }
                list.end()
            }
        }
    }
}

impl JsonSchema for Seen {
    fn schema_name() -> Cow<'static, str> {
        "Seen".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = Map::new();
        let said = generator.subschema_for::<Said>().to_value();
        let number = generator.subschema_for::<u32>().to_value();
        let files = generator.subschema_for::<Vec<Attachment>>().to_value();
        for label in Label::ALL {
            let schema = if label == Label::Attachments { &files } else { &said };
            properties.insert(label.word().to_owned(), schema.clone());
        }
        // What is an entry of a list carries the ordinal by which acts name it.
        properties.insert("ordinal".to_owned(), number);
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

impl JsonSchema for Said {
    fn schema_name() -> Cow<'static, str> {
        "Said".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (measure, seen) =
            (generator.subschema_for::<Measure>(), generator.subschema_for::<Seen>());
        let said = generator.subschema_for::<Self>();
        json_schema!({ "anyOf": [
            { "type": ["string", "integer", "boolean"] },
            measure,
            seen,
            { "type": "array", "items": said },
        ] })
    }
}

/// An entry with its ordinal.
#[derive(serde::Serialize)]
struct Entry<'a> {
    ordinal: u32,
    #[serde(flatten)]
    seen: &'a Seen,
}

code_list! {
    /// The entries of a record to which something may be done (可办条目).
    pub enum Entries {
        /// 未接待的预约.
        Expected = "expected",
        /// 承诺后未办结的预约.
        Promised = "promised",
        /// 未登记为信访事项的问题.
        Unregistered = "unregistered",
        /// 未解决的问题.
        Unsolved = "unsolved",
        /// 由人评定的指标.
        ToJudge = "to_judge",
        /// 在任的成员.
        Serving = "serving",
        /// 未落实的议定事项.
        ToCarryOut = "to_carry_out",
        /// 未签收的报送对象.
        ToReceive = "to_receive",
    }
}

impl Entries {
    /// The list in which they stand.
    pub fn list(self) -> Label {
        match self {
            Self::Expected | Self::Promised => Label::Bookings,
            Self::Unregistered | Self::Unsolved => Label::Problems,
            Self::ToJudge => Label::Indicators,
            Self::Serving => Label::Members,
            Self::ToCarryOut => Label::Decisions,
            Self::ToReceive => Label::Addressees,
        }
    }
}

/// Where an entry stands that is counted from 1; nowhere for 0.
pub(super) fn position(ordinal: u32) -> usize {
    usize::try_from(ordinal).unwrap_or_default().wrapping_sub(1)
}

/// The ordinals, from 1, of those that fit.
pub(super) fn ordinals<T>(all: &[T], fits: impl Fn(&T) -> bool) -> Vec<u32> {
    (1..).zip(all).filter(|(_, one)| fits(one)).map(|(ordinal, _)| ordinal).collect()
}
