//! The yearly report (年度报告): figures with their definitions, as of a day, checked against each other.
//! The order is the county's: overview, work done, problems by head with causes, next steps.

use crate::house::House;
use crate::locale::Lang;
use crate::parameters::YEARS;
use crate::problem::{FieldError, Problem, Wrong};
use casework::category::head::{HeadId, ProblemHead};
use casework::figure::{Check, FigureKey, Filter, PetitionFigure, catalogue, checks};
use casework::matter::Cause;
use casework::moment::Within;
use casework::org::UnitId;
use casework::role::Scope;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// A report's figures as of a day.
pub struct Report {
    /// First day of the period.
    pub from: Date,
    /// As of.
    pub until: Date,
    /// Values by key.
    pub values: BTreeMap<FigureKey, i64>,
    /// Units about whose matters petitions came, the most first.
    pub units: Vec<UnitId>,
    /// The problem heads in force on the day, in the order of the report; what is under none comes after them.
    pub heads: Vec<ProblemHead>,
    /// Organs and units of which petitions complain, the most first.
    pub organs: Vec<UnitId>,
    /// Checks that do not hold; an honest report has none.
    pub failed: Vec<Check>,
    /// How many checks there are.
    pub checked: usize,
}

/// A piece of the narrative: words, or a figure that opens its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A figure and its value.
    Figure(FigureKey, i64),
}

/// A bar (条形): how much of a figure there is, beside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub label: String,
    /// The figure.
    pub key: FigureKey,
    /// Its value.
    pub value: i64,
    /// Its share of the largest, in per cent.
    pub share: i64,
}

/// A heading or paragraph of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 to 3.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// Bars, one below the other.
    Bars(Vec<Bar>),
}

/// The report's part on duties: headings, each with its paragraphs.
const DUTY: [(&str, &[&str]); 3] = [
    (
        "report-duty-rules",
        &[
            "report-duty-rules-issued",
            "report-duty-quota",
            "report-duty-kept",
            "report-duty-agreements",
        ],
    ),
    (
        "report-duty-lead",
        &[
            "report-duty-sponsor",
            "report-duty-head",
            "report-duty-instructions",
            "report-duty-publicity",
        ],
    ),
    (
        "report-duty-solve",
        &[
            "report-duty-supervise",
            "report-duty-recommend",
            "report-duty-accountable",
            "report-duty-groups",
            "report-duty-outreach",
            "report-duty-campaign",
            "report-duty-law",
            "report-duty-contact",
        ],
    ),
];

/// The figures of a year as of a day, as far as the reader sees; without one as of its end, or of today while it runs.
///
/// # Errors
/// [`Problem::Invalid`] for a day outside of the year; the store failed.
pub fn of_year(
    house: &House,
    scope: &Scope,
    year: i16,
    until: Option<Date>,
) -> Result<Report, Problem> {
    let wrong = |field: &str| Err(Problem::Invalid(vec![FieldError::new(field, Wrong::Year)]));
    if !YEARS.contains(&year) {
        return wrong("year");
    }
    if until.is_some_and(|day| day.year() != year) {
        return wrong("until");
    }
    let (from, end) = (date(year, 1, 1), date(year, 12, 31));
    // A year that still runs is told as it stands today: what is due later is not late yet.
    let until = until.unwrap_or_else(|| end.min(house.moment().on).max(from));
    let within = Within { from, until };
    let heads = house.directory().problem_heads(until);
    let figures = catalogue(within, &heads);
    let filters: Vec<&Filter> = figures.iter().map(|figure| &figure.filter).collect();
    // One look at everything, so that no sum fails for what is registered in between.
    let (counts, units, organs, duty) = house.db.read(|tx| {
        let counts = store::figure::count_each(tx, &filters, scope)?;
        let units = store::figure::by_unit(tx, scope, within)?;
        let organs = store::figure::by_organ(tx, scope, within)?;
        let duty = crate::figure::values(tx, scope, within)?;
        Ok::<_, store::Error>((counts, units, organs, duty))
    })?;
    let keys = figures.iter().map(|figure| figure.key.clone());
    let mut values: BTreeMap<FigureKey, i64> = keys.zip(counts).collect();
    values.extend(duty.into_iter().map(|(figure, value)| (FigureKey::Duty(figure), value)));
    let mut all = checks(&heads);
    let of_unit = |unit: &UnitId| FigureKey::Unit(unit.clone());
    let parts = units.iter().map(|(unit, _)| of_unit(unit)).collect();
    all.push(Check::Sum { whole: FigureKey::Petitions(PetitionFigure::Total), parts });
    values.extend(units.iter().map(|(unit, count)| (of_unit(unit), *count)));
    let of_organ = |(organ, count): &(UnitId, i64)| (FigureKey::Organ(organ.clone()), *count);
    values.extend(organs.iter().map(of_organ));
    all.extend(casework::duty::figure::checks());
    let checked = all.len();
    let failed =
        all.into_iter().filter(|check| !check.holds(|key| values.get(key).copied())).collect();
    let units = units.into_iter().map(|(unit, _)| unit).collect();
    let organs = organs.into_iter().map(|(organ, _)| organ).collect();
    Ok(Report { from, until, values, units, heads, organs, failed, checked })
}

/// What a head of a table is called (突出问题名称); its own name where the table does not have it.
pub fn head_name(heads: &[ProblemHead], lang: Lang, id: &HeadId) -> String {
    if *id == HeadId::other() {
        return lang.t("head-other");
    }
    let head = heads.iter().find(|head| head.id == *id);
    lang.script(head.map_or(id.0.as_str(), |head| head.name.as_str()))
}

/// A share in per cent with one decimal, from its parts; a dash when there is no whole.
pub fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let tenths = (part * 1000 + whole / 2) / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

impl Report {
    /// A figure's value; what the report does not have counts nothing.
    pub fn value(&self, key: &FigureKey) -> i64 {
        self.values.get(key).copied().unwrap_or_default()
    }

    /// The value of a figure over all petitions.
    pub fn count(&self, figure: PetitionFigure) -> i64 {
        self.value(&FigureKey::Petitions(figure))
    }

    fn figure(&self, key: FigureKey) -> Piece {
        let value = self.value(&key);
        Piece::Figure(key, value)
    }

    /// A sentence from a locale text in which `[key]` stands for a figure.
    fn sentence(&self, lang: Lang, text: &str, args: &[(&str, String)]) -> Vec<Piece> {
        let text = lang.tx(text, args);
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('[') {
            pieces.push(Piece::Words(before.to_owned()));
            let (key, after) = after.split_once(']').unwrap_or((after, ""));
            // A name that no figure has stays as it is written, for everybody to see.
            let unknown = || Piece::Words(format!("[{key}]"));
            pieces.push(FigureKey::parse(key).map_or_else(unknown, |key| self.figure(key)));
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Words(String::new()));
        pieces
    }

    /// The causes of a head that occur, most frequent first.
    pub fn causes(&self, head: &HeadId) -> Vec<(Cause, i64)> {
        let mut causes: Vec<(Cause, i64)> = Cause::ALL
            .into_iter()
            .map(|cause| (cause, self.value(&FigureKey::HeadCause(head.clone(), cause))))
            .filter(|(_, count)| *count > 0)
            .collect();
        causes.sort_by_key(|(cause, count)| (std::cmp::Reverse(*count), *cause));
        causes
    }

    /// The narrative. The report itself is always in Chinese script; `lang` chooses which.
    pub fn blocks(&self, house: &House, lang: Lang) -> Vec<Block> {
        let lang = if lang == Lang::En { Lang::Hans } else { lang };
        let county = house.setup.name.trim_end_matches("信访局").to_owned();
        let year = self.from.year().to_string();
        let total = self.count(PetitionFigure::Total);
        let answered = self.count(PetitionFigure::InTime) + self.count(PetitionFigure::Late);
        let args = [
            ("county", county),
            ("year", year),
            ("until", lang.date(self.until)),
            ("concluded_rate", share(self.count(PetitionFigure::Concluded), total)),
            ("repeat_rate", share(self.count(PetitionFigure::Repeat), total)),
            ("in_time_rate", share(self.count(PetitionFigure::InTime), answered)),
        ];
        let paragraph = |key: &str| Block::Paragraph(self.sentence(lang, key, &args));
        let mut blocks = vec![
            Block::Heading(1, lang.tx("report-title", &args)),
            paragraph("report-overview"),
            Block::Heading(2, lang.t("report-work")),
            paragraph("report-work-intake"),
            paragraph("report-work-answers"),
        ];
        blocks.extend(self.of_duty(lang, &args));
        blocks.push(Block::Heading(2, lang.t("report-problems")));
        let heads = casework::figure::of_report(&self.heads);
        let bar =
            |head: &HeadId| (FigureKey::Head(head.clone()), head_name(&self.heads, lang, head));
        blocks.push(self.bars(heads.iter().map(bar)));
        for (number, head) in (1u32..).zip(&heads) {
            blocks.extend(self.of_head(lang, number, head));
        }
        blocks.push(Block::Heading(3, lang.t("report-units")));
        blocks.push(paragraph("report-units-words"));
        let directory = house.directory();
        let unit = |unit: &UnitId| (FigureKey::Unit(unit.clone()), directory.unit(unit).to_owned());
        blocks.push(self.bars(self.units.iter().map(unit)));
        if !self.organs.is_empty() {
            let organ =
                |unit: &UnitId| (FigureKey::Organ(unit.clone()), directory.unit(unit).to_owned());
            blocks.push(Block::Heading(3, lang.t("report-organs")));
            blocks.push(paragraph("report-organs-words"));
            blocks.push(self.bars(self.organs.iter().map(organ)));
        }
        blocks.push(Block::Heading(2, lang.t("report-next")));
        blocks.push(paragraph("report-next-open"));
        blocks.push(paragraph("report-next-late"));
        blocks
    }

    /// Bars of figures, each with its name.
    fn bars(&self, figures: impl Iterator<Item = (FigureKey, String)>) -> Block {
        let bar = |(key, label)| Bar { label, value: self.value(&key), key, share: 0 };
        let mut bars: Vec<Bar> = figures.map(bar).collect();
        let most = bars.iter().map(|bar| bar.value).max().unwrap_or(1).max(1);
        bars.iter_mut().for_each(|bar| bar.share = bar.value * 100 / most);
        Block::Bars(bars)
    }

    /// What leaders and units did, in the order of the county's report: only what there is.
    fn of_duty(&self, lang: Lang, args: &[(&str, String)]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (heading, texts) in DUTY {
            let paragraphs: Vec<Vec<Piece>> = texts
                .iter()
                .map(|text| self.sentence(lang, text, args))
                .filter(|pieces| {
                    pieces
                        .iter()
                        .any(|piece| matches!(piece, Piece::Figure(_, value) if *value > 0))
                })
                .collect();
            if !paragraphs.is_empty() {
                blocks.push(Block::Heading(3, lang.t(heading)));
                blocks.extend(paragraphs.into_iter().map(Block::Paragraph));
            }
        }
        blocks
    }

    fn of_head(&self, lang: Lang, number: u32, head: &HeadId) -> Vec<Block> {
        let name = head_name(&self.heads, lang, head);
        let heading = format!("（{}）{name}", chinese::numeral::ordinal(number));
        let mut pieces = self.sentence(lang, "report-head", &[("head", head.0.clone())]);
        let causes = self.causes(head);
        if causes.is_empty() {
            pieces.push(Piece::Words(lang.t("report-head-no-cause")));
        } else {
            pieces.push(Piece::Words(lang.t("report-head-causes")));
            for (index, (cause, _)) in causes.iter().enumerate() {
                let word = lang.word("cause", cause.word());
                let comma = if index == 0 { "" } else { "，" };
                pieces.push(Piece::Words(format!("{comma}{word}（")));
                pieces.push(self.figure(FigureKey::HeadCause(head.clone(), *cause)));
                pieces.push(Piece::Words(lang.t("report-head-items")));
            }
            pieces.push(Piece::Words("。".to_owned()));
        }
        vec![Block::Heading(3, heading), Block::Paragraph(pieces)]
    }

    /// The report as Markdown, each figure a link to its cases.
    pub fn markdown(&self, house: &House, lang: Lang) -> String {
        let link =
            |key: &FigureKey| format!("/figures/{key}?from={}&until={}", self.from, self.until);
        let mut text = String::new();
        for block in self.blocks(house, lang) {
            match block {
                Block::Heading(level, words) => {
                    text.push_str(&format!("{} {words}\n\n", "#".repeat(usize::from(level))));
                }
                Block::Paragraph(pieces) => {
                    for piece in pieces {
                        match piece {
                            Piece::Words(words) => text.push_str(&words),
                            Piece::Figure(key, value) => {
                                text.push_str(&format!("[{value}]({})", link(&key)))
                            }
                        }
                    }
                    text.push_str("\n\n");
                }
                Block::Bars(rows) => {
                    text.push_str("| | |\n|---|---:|\n");
                    for Bar { label, key, value, .. } in rows {
                        text.push_str(&format!("| {label} | [{value}]({}) |\n", link(&key)));
                    }
                    text.push('\n');
                }
            }
        }
        text
    }

    /// The report in plain words, as it goes out: figures as numbers, bars as lines.
    pub fn plain(&self, house: &House, lang: Lang) -> String {
        let line = |block: Block| match block {
            Block::Heading(_, words) => words,
            Block::Paragraph(pieces) => pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Words(words) => words,
                    Piece::Figure(_, value) => value.to_string(),
                })
                .collect(),
            Block::Bars(rows) => {
                let row = |bar: &Bar| {
                    lang.tx(
                        "report-bar",
                        &[("label", bar.label.clone()), ("value", bar.value.to_string())],
                    )
                };
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
        };
        self.blocks(house, lang).into_iter().map(line).collect::<Vec<_>>().join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn shares_round_half_up_and_never_divide_by_nothing() {
        assert_eq!(super::share(234, 259), "90.3%");
        assert_eq!(super::share(1, 1), "100.0%");
        assert_eq!(super::share(0, 0), "—");
    }
}
