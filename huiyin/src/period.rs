//! The periods of law in words (期限用语), for the texts that tell them: what is in force on a day decides, since
//! local texts set other numbers of days.

use crate::house::House;
use crate::locale::Lang;
use casework::duty::accountability::APPEAL_DAYS;
use casework::matter::correction::ANSWER_DAYS;
use casework::matter::withdrawal::THINK_AGAIN_DAYS;
use casework::org::Place;
use casework::statute::{ClockKind, DayUnit, InForce, Statutes};
use jiff::civil::Date;
use std::sync::Arc;

/// How long a clock runs by the text in force on the day (期限用语): `十五日`, `5 working days`; empty where
/// no text sets a length. A paper keeps the words of its own day.
pub fn words(house: &House, lang: Lang, clock: ClockKind, on: Date) -> String {
    said(house.statutes.on(on, &house.setup.place.0), lang, clock)
}

fn said(law: Option<InForce<'_>>, lang: Lang, clock: ClockKind) -> String {
    let period = law.and_then(|law| law.period(clock));
    period.map(|(period, _)| days(lang, period.length, period.unit)).unwrap_or_default()
}

/// The texts of law that hold at a place (法规文本).
pub struct LawBook {
    /// The texts.
    pub statutes: Arc<Statutes>,
    /// Where.
    pub place: Place,
}

impl LawBook {
    /// Every period that a text on a page may name, as arguments (期限参数): each by its clock's word, then
    /// `extension`, `appeal`, `think` and `correction`.
    pub fn periods(&self, lang: Lang, on: Date) -> Vec<(&'static str, String)> {
        let law = self.statutes.on(on, &self.place.0);
        let extension = law.and_then(|law| law.extension()).map(|limit| limit.most_days);
        let appeal = u32::try_from(APPEAL_DAYS).ok();
        let think = u32::try_from(THINK_AGAIN_DAYS).ok();
        let correction = u32::try_from(ANSWER_DAYS).ok();
        // What is set by hand for each matter has no length that a text could name.
        let clocks = ClockKind::ALL.into_iter().filter(|clock| !clock.set_by_hand());
        let clocks = clocks.map(|clock| (clock.word(), said(law, lang, clock)));
        let limits = [
            ("extension", extension),
            ("appeal", appeal),
            ("think", think),
            ("correction", correction),
        ];
        let limits = limits.map(|(name, length)| {
            let said = length.map(|length| days(lang, length, DayUnit::Calendar));
            (name, said.unwrap_or_default())
        });
        let mut all: Vec<(&'static str, String)> = clocks.chain(limits).collect();
        // A sentence stays whole where the text in force says no number.
        for (_, said) in all.iter_mut().filter(|(_, said)| said.is_empty()) {
            *said = lang.t("period-of-law");
        }
        all
    }
}

/// A number of days, in Chinese counted as the texts of law count.
fn days(lang: Lang, length: u32, unit: DayUnit) -> String {
    let key = match unit {
        DayUnit::Calendar => "period-days",
        DayUnit::Working => "period-working-days",
    };
    let count = match lang {
        Lang::En => length.to_string(),
        Lang::Hans | Lang::Hant => chinese::numeral::ordinal(length),
    };
    lang.tx(key, &[("count", count)])
}
