//! The words people read (文案): Fluent files, one for Simplified Chinese and one for English, both
//! written by hand; Traditional Chinese is the Simplified file in the other script.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 简体中文.
    #[default]
    Hans,
    /// 繁體中文.
    Hant,
    /// English.
    En,
}

const HANS: &str = include_str!("../locales/zh-Hans.ftl");
const EN: &str = include_str!("../locales/en.ftl");

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| {
    [
        bundle(HANS.to_owned(), Lang::Hans),
        bundle(chinese::script::traditional(HANS), Lang::Hant),
        bundle(EN.to_owned(), Lang::En),
    ]
});

fn bundle(source: String, lang: Lang) -> Bundle {
    let tag = lang.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Isolation marks would show up in numbers that are copied and searched for.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The key of a word's text, under its list's name: `step` and `in_review` make `step-in-review`.
pub fn key(list: &str, word: &str) -> String {
    format!("{list}-{word}").replace('_', "-")
}

impl Lang {
    /// All languages.
    pub const ALL: [Self; 3] = [Self::Hans, Self::Hant, Self::En];

    /// The language that a browser asks for by this tag, if the pages have it.
    pub fn asked(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let begins = |with: &str| tag == with || tag.starts_with(&format!("{with}-"));
        if ["zh-hant", "zh-tw", "zh-hk", "zh-mo"].into_iter().any(begins) {
            Some(Self::Hant)
        } else if begins("zh") {
            Some(Self::Hans)
        } else if begins("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The tag of the page's `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Hans => "zh-Hans",
            Self::Hant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// The language of a tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// A text.
    pub fn t(self, key: &str) -> String {
        self.tx(key, &[])
    }

    /// The text of a word of a code list, under its list's name: `step` and `in_review`. Every word of every list has
    /// one, or the test of the locales fails.
    pub fn word(self, list: &str, word: &str) -> String {
        self.t(&key(list, word))
    }

    fn bundle(self) -> &'static Bundle {
        let [hans, hant, en] = &*BUNDLES;
        match self {
            Self::Hans => hans,
            Self::Hant => hant,
            Self::En => en,
        }
    }

    /// A text with arguments. A key without a text shows itself in brackets, and so does one whose
    /// text asks for what it was not given; a test looks for them on every page.
    pub fn tx(self, key: &str, args: &[(&str, String)]) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, value.as_str());
        }
        let mut wanting = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut wanting).into_owned();
        if wanting.is_empty() { text } else { format!("⟦{key}⟧{text}") }
    }

    /// The text of a key that asks for nothing, as most do; they are many on a page.
    pub fn plain(self, key: &str) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(key).and_then(|message| message.value())?;
        let mut wanting = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut wanting);
        wanting.is_empty().then(|| text.into_owned())
    }

    /// Whether there is a text for the key.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// An article of a Chinese text (`第二十二条第一款第一项`), in English `art. 22(1) item 1`.
    pub fn article(self, words: &str) -> String {
        if self != Self::En {
            return words.to_owned();
        }
        let list: Vec<String> = words
            .split('、')
            .map(|article| {
                let mut out = String::new();
                for part in article.split('第').skip(1) {
                    let Some(unit) = part.chars().next_back() else { continue };
                    let number = part.trim_end_matches(unit);
                    let number = chinese::numeral::value(number);
                    let number = number.map_or_else(|| part.to_owned(), |n| n.to_string());
                    match unit {
                        '条' => out.push_str(&format!("art. {number}")),
                        '款' => out.push_str(&format!("({number})")),
                        _ => out.push_str(&format!(" item {number}")),
                    }
                }
                if out.is_empty() { article.to_owned() } else { out }
            })
            .collect();
        list.join(", ")
    }

    /// Where a rule stands, in words: `《信访工作条例》第三十四条`.
    pub fn cited(self, citation: &casework::statute::Citation) -> String {
        let words = self.article(&citation.article);
        match self {
            Self::En => format!("{words} ({})", citation.text),
            Self::Hans | Self::Hant => self.script(&format!("《{}》{words}", citation.text)),
        }
    }

    /// Chinese text in the reader's script.
    pub fn script(self, text: &str) -> String {
        if self == Self::Hant { chinese::script::traditional(text) } else { text.to_owned() }
    }

    /// A date in words.
    pub fn date(self, on: jiff::civil::Date) -> String {
        match self {
            Self::En => on.to_string(),
            Self::Hans | Self::Hant => {
                format!("{}年{}月{}日", on.year(), on.month(), on.day())
            }
        }
    }
}

/// The keys of the Simplified file, for the test that compares the files.
pub fn keys(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_have_the_same_keys_once() {
        let (mut hans, mut en) = (keys(HANS), keys(EN));
        let count = hans.len();
        hans.sort_unstable();
        en.sort_unstable();
        let missing: Vec<_> = hans.iter().filter(|key| !en.contains(key)).collect();
        let extra: Vec<_> = en.iter().filter(|key| !hans.contains(key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}, extra {extra:?}");
        hans.dedup();
        assert_eq!(hans.len(), count, "a key twice");
    }

    /// Each key with the names of what its text asks for.
    fn asked(source: &str) -> Vec<(&str, Vec<&str>)> {
        let lines = source.lines().filter(|line| !line.starts_with('#'));
        let texts = lines.filter_map(|line| line.split_once(" = "));
        texts
            .map(|(key, text)| {
                let places = text.split('$').skip(1);
                let mut names: Vec<&str> =
                    places.filter_map(|rest| rest.split([' ', '}']).next()).collect();
                names.sort_unstable();
                names.dedup();
                (key, names)
            })
            .collect()
    }

    #[test]
    fn both_files_ask_for_the_same_arguments() {
        let (hans, en) = (asked(HANS), asked(EN));
        let differ: Vec<_> = hans.iter().filter(|text| !en.contains(text)).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }

    /// Whether every page knows the period that a text asks for by this name.
    fn is_period(name: &str) -> bool {
        use casework::statute::ClockKind;
        let by_law = ClockKind::parse(name).is_some_and(|clock| !clock.set_by_hand());
        by_law || ["extension", "appeal", "think", "correction"].contains(&name)
    }

    fn walk(under: &std::path::Path, seen: &mut impl FnMut(&std::path::Path, &str)) {
        for entry in std::fs::read_dir(under).expect("folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, seen);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
                seen(&path, &std::fs::read_to_string(&path).expect("text"));
            }
        }
    }

    /// Where a text is named in the program or on a page, what it asks for stands beside it.
    #[test]
    fn a_text_gets_what_it_asks_for() {
        let asked: std::collections::BTreeMap<_, _> = asked(HANS).into_iter().collect();
        let mut looked = 0;
        let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        walk(&src, &mut |path, text| {
            let mut look = |key: &str, given: &[&str]| {
                looked += 1;
                for name in asked.get(key).into_iter().flatten() {
                    let known = given.contains(name) || is_period(name);
                    assert!(known, "{}: {key} wants {name}", path.display());
                }
            };
            for bare in text.split(".t(\"").skip(1) {
                look(bare.split('"').next().unwrap_or_default(), &[]);
            }
            for one in text.split(".t1(\"").skip(1) {
                let mut words = one.split('"');
                let (key, name) = (words.next().unwrap_or_default(), words.nth(1));
                look(key, &[name.unwrap_or_default()]);
            }
            for call in text.split(".tx(").skip(1) {
                let Some((key, rest)) =
                    call.trim_start().strip_prefix('"').and_then(|call| call.split_once('"'))
                else {
                    continue;
                };
                let rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
                let Some(list) = rest.strip_prefix("&[") else { continue };
                let list = list.split("])").next().unwrap_or_default();
                let names = list.split("(\"").skip(1);
                look(key, &names.filter_map(|name| name.split('"').next()).collect::<Vec<_>>());
            }
        });
        assert!(looked > 500, "only {looked} texts were looked at");
    }

    /// The page of an act gives no argument but the periods that every page knows.
    #[test]
    fn help_asks_for_periods_alone() {
        for (key, names) in asked(HANS) {
            if !key.starts_with("act-help-") && !key.starts_with("duty-help-") {
                continue;
            }
            for name in names {
                assert!(is_period(name), "{key}: {name}");
            }
        }
    }

    #[test]
    fn traditional_is_the_other_script() {
        assert_eq!(
            Lang::Hant.t("step-accepted"),
            chinese::script::traditional(&Lang::Hans.t("step-accepted"))
        );
    }

    #[test]
    fn articles_are_counted_in_the_readers_way() {
        let words = "第十五条、第二十一条第一款第一项";
        assert_eq!(Lang::En.article(words), "art. 15, art. 21(1) item 1");
        assert_eq!(Lang::Hans.article(words), words);
    }

    /// The words of every list whose texts are found by list and word.
    fn lists() -> Vec<(&'static str, Vec<&'static str>)> {
        use crate::act::Name;
        use crate::web::portal::write::Question;
        use casework::duty::{self, Noun};
        use casework::matter::{self, StepKind, handling, ladder, queue, review, sponsorship};
        use casework::{org, petition, repeat, statute};
        let acts = crate::act::all().map(|act| act.word).collect::<Vec<_>>();
        let duty_acts = crate::duty::all().map(|act| act.word).collect::<Vec<_>>();
        // The portal has pages of its own for what is done from home.
        let helped = crate::duty::all().filter(|act| act.act != casework::role::Act::BookPlace);
        let helped = helped.map(|act| act.word).collect::<Vec<_>>();
        let office_acts = crate::office::ALL.iter().map(|act| act.word).collect::<Vec<_>>();
        vec![
            ("act", acts.clone()),
            ("act-help", acts),
            ("acts", crate::act::GROUPS.iter().map(|(word, _)| *word).collect()),
            ("aid", matter::aid::AidKind::WORDS.to_vec()),
            ("arbiter", vec!["conference"]),
            ("booking-state", duty::booking::BookingState::WORDS.to_vec()),
            ("branch", matter::track::Branch::WORDS.to_vec()),
            ("bucket", queue::Bucket::WORDS.to_vec()),
            ("cause", matter::Cause::WORDS.to_vec()),
            ("channel", petition::Channel::WORDS.to_vec()),
            ("clock", statute::ClockKind::WORDS.to_vec()),
            ("content", matter::rating::Content::WORDS.to_vec()),
            ("duty", Noun::WORDS.to_vec()),
            ("duty-act", duty_acts),
            ("duty-help", helped),
            ("duty-words", Noun::WORDS.to_vec()),
            ("duty-state", duty::State::WORDS.to_vec()),
            ("field", Name::WORDS.to_vec()),
            ("field-password", vec!["old", "new", "again"]),
            ("grade", duty::tenure::Grade::WORDS.to_vec()),
            ("inquiry", matter::inquiry::InquiryKind::WORDS.to_vec()),
            ("issue-code-why", store::petition::CodeReason::WORDS.to_vec()),
            ("enquiry-standing", matter::repeat::Standing::WORDS.to_vec()),
            ("enquired-by", casework::enquiry::EnquiredBy::WORDS.to_vec()),
            ("enquired-for", casework::enquiry::EnquiredFor::WORDS.to_vec()),
            ("ground", casework::statute::GroundCode::WORDS.to_vec()),
            ("job", store::job::Job::WORDS.to_vec()),
            ("job-state", store::job::RunState::WORDS.to_vec()),
            ("journal", store::journal::Event::WORDS.to_vec()),
            ("kind", petition::PartyKind::WORDS.to_vec()),
            ("language", crate::draft::LANGUAGES.to_vec()),
            ("method", matter::service::ServiceMethod::WORDS.to_vec()),
            ("notice", matter::notice::NoticeKind::WORDS.to_vec()),
            ("office-act", office_acts.clone()),
            ("office-help", office_acts),
            ("outcome", handling::Outcome::WORDS.to_vec()),
            ("paper-title", review::ReviewLevel::WORDS.to_vec()),
            ("party", petition::PartyRole::WORDS.to_vec()),
            ("petitioner-view", sponsorship::PetitionerView::WORDS.to_vec()),
            ("reason", repeat::Reason::WORDS.to_vec()),
            ("recommendation", ladder::RecommendationKind::WORDS.to_vec()),
            ("review-outcome", review::ReviewOutcome::WORDS.to_vec()),
            ("role", org::Role::OF_ACCOUNTS.map(|role| role.word()).to_vec()),
            ("rung", ladder::Rung::WORDS.to_vec()),
            ("side", matter::participation::Side::WORDS.to_vec()),
            ("served-paper", matter::correction::ServedPaper::WORDS.to_vec()),
            ("sponsored-for", sponsorship::SponsoredFor::WORDS.to_vec()),
            ("sponsorship-result", sponsorship::SponsorshipResult::WORDS.to_vec()),
            ("standing", matter::repeat::Standing::WORDS.to_vec()),
            ("stands", matter::repeat::Standing::WORDS.to_vec()),
            ("paper-repeat", matter::repeat::Standing::WORDS.to_vec()),
            ("leaving", matter::intake::Leaving::WORDS.to_vec()),
            ("status", StepKind::WORDS.to_vec()),
            ("step", StepKind::WORDS.to_vec()),
            ("supervision-form", matter::supervision::SupervisionForm::WORDS.to_vec()),
            ("track", matter::track::Track::WORDS.to_vec()),
            ("track-hint", matter::track::Track::WORDS.to_vec()),
            ("trigger", matter::supervision::Trigger::WORDS.to_vec()),
            ("unit-kind", org::UnitKind::WORDS.to_vec()),
            ("way", matter::mediation::Way::WORDS.to_vec()),
            ("write-hint", Question::WORDS.to_vec()),
            ("write-question", Question::WORDS.to_vec()),
            ("write-step", Question::WORDS.to_vec()),
        ]
    }

    #[test]
    fn a_browser_gets_the_first_of_its_languages_that_there_is() {
        let asked = |list: &str| list.split(',').find_map(Lang::asked);
        assert_eq!(asked("en"), Some(Lang::En));
        assert_eq!(asked("bo,zh-CN,en"), Some(Lang::Hans));
        assert_eq!(asked("zh-HK"), Some(Lang::Hant));
        assert_eq!(asked("zh-Hant-TW"), Some(Lang::Hant));
        assert_eq!(asked("fr,de"), None);
        assert_eq!(asked("enm"), None, "another language that begins alike");
    }

    /// Every word of a list has its text.
    #[test]
    fn every_word_of_the_rules_has_a_text() {
        let mut wanted: Vec<String> = Vec::new();
        let mut add = |list: &str, words: &[&str]| {
            wanted.extend(words.iter().map(|word| key(list, word)));
        };
        for (list, words) in lists() {
            assert!(!words.is_empty(), "{list}");
            add(list, &words);
        }
        let fields = crate::act::all().flat_map(|act| act.fields());
        let fields = fields.chain(crate::duty::all().flat_map(|act| act.fields()));
        for field in fields.chain(crate::office::ALL.iter().flat_map(|act| act.fields())) {
            if let crate::act::Kind::List(list, words) = field.kind {
                add(list, words);
            }
        }
        let missing: Vec<_> = wanted.iter().filter(|key| !Lang::Hans.has(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// No page asks for the word of a list that the test above does not know.
    #[test]
    fn every_list_that_pages_name_is_known() {
        // Its words come out of case files, whose own tests hold them.
        const ELSEWHERE: [&str; 1] = ["fact"];
        let known: Vec<&str> = lists().into_iter().map(|(list, _)| list).collect();
        let mut unknown = std::collections::BTreeSet::new();
        let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        walk(&src, &mut |_, text| {
            for after in text.split(".word(\"").skip(1) {
                let list = after.split('"').next().unwrap_or_default();
                if !known.contains(&list) && !ELSEWHERE.contains(&list) {
                    unknown.insert(list.to_owned());
                }
            }
        });
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
