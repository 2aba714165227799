//! Problem heads (突出问题): which categories the county's report sums up under one name, as a table with a date. What
//! is under none of them is under "other".

use super::Category;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A head's own name in addresses and figures (突出问题代号): small letters, digits and `_`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct HeadId(pub String);

impl HeadId {
    /// 其他: what is under no head of the table.
    pub fn other() -> Self {
        Self("other".to_owned())
    }

    /// Reads one; `None` for what can't stand in an address.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let sound = (1..=30).contains(&text.len()) && text.chars().all(plain);
        sound.then(|| Self(text.to_owned()))
    }
}

/// A problem head with the days on which it is in force (突出问题).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemHead {
    /// Its own name.
    pub id: HeadId,
    /// What the report calls it.
    pub name: String,
    /// What is under it: these categories and all below them.
    pub categories: Vec<Category>,
    /// First day.
    pub from: Date,
    /// Last day, if it was replaced.
    pub until: Option<Date>,
}

impl ProblemHead {
    /// Whether it is in force on the day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// The table that ships with the program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Shipped {
    in_force_from: Date,
    head: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Row {
    id: String,
    name: String,
    categories: Vec<String>,
}

/// The shipped heads.
///
/// # Errors
/// A shipped table that does not parse, which a test rules out.
pub fn shipped() -> Result<Vec<ProblemHead>, String> {
    let table: Shipped =
        toml::from_str(include_str!("heads.toml")).map_err(|error| error.to_string())?;
    let head = |row: Row| ProblemHead {
        id: HeadId(row.id),
        name: row.name,
        categories: row.categories.into_iter().map(Category).collect(),
        from: table.in_force_from,
        until: None,
    };
    Ok(table.head.into_iter().map(head).collect())
}

/// Reads a table of heads, one to a line: its own name, what the report calls it, and its categories, separated by
/// commas or tabs (代号，名称，分类……). An empty table is one without heads.
///
/// # Errors
/// The number of a line, from 1, that names no head or no category, or names one twice: a category has one head, and so
/// have all below it.
pub fn parse_heads(table: &str, from: Date) -> Result<Vec<ProblemHead>, usize> {
    let mut heads: Vec<ProblemHead> = Vec::new();
    let mut names = BTreeSet::new();
    for (number, line) in (1..).zip(table.trim_start_matches('\u{feff}').lines()) {
        let cells: Vec<&str> = line.split([',', '\t', '，']).map(str::trim).collect();
        let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let [id, name, categories @ ..] = cells.as_slice() else {
            if cells.is_empty() {
                continue;
            }
            return Err(number);
        };
        let id = HeadId::parse(id).filter(|id| *id != HeadId::other()).ok_or(number)?;
        let categories: Vec<Category> =
            categories.iter().map(|path| Category((*path).to_owned())).collect();
        let taken = |one: &Category| {
            let mut before = heads.iter().flat_map(|head| &head.categories);
            before.any(|other| one.is_under(other) || other.is_under(one))
        };
        let own = |(at, one): (usize, &Category)| {
            let mut others = categories.iter().take(at);
            others.any(|other| one.is_under(other) || other.is_under(one))
        };
        let clash = categories.iter().any(taken) || categories.iter().enumerate().any(own);
        let new = names.insert(id.0.clone()) && names.insert((*name).to_owned());
        if categories.is_empty() || name.chars().count() > 40 || clash || !new {
            return Err(number);
        }
        heads.push(ProblemHead { id, name: (*name).to_owned(), categories, from, until: None });
    }
    Ok(heads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::Tree;
    use jiff::civil::date;

    #[test]
    fn the_shipped_heads_are_of_the_shipped_tree() {
        let paths = Tree::shipped().expect("a tree").paths();
        let heads = shipped().expect("a table");
        assert_eq!(heads.len(), 4);
        for path in heads.iter().flat_map(|head| &head.categories) {
            assert!(paths.contains(path), "{}", path.0);
        }
    }

    #[test]
    fn a_table_of_heads_is_read_and_no_category_is_under_two() {
        let read = |table: &str| parse_heads(table, date(2025, 1, 1));
        let heads = read(
            "land, 土地, 农村农业/土地承包经营，农村农业/村务管理\n\nwater\t水利\t农村农业/水利水电\n",
        );
        let heads = heads.expect("reads");
        let said: Vec<(&str, &str, usize)> = heads
            .iter()
            .map(|head| (head.id.0.as_str(), head.name.as_str(), head.categories.len()))
            .collect();
        assert_eq!(said, [("land", "土地", 2), ("water", "水利", 1)]);
        assert_eq!(read(""), Ok(Vec::new()));
        for (table, line) in [
            ("land, 土地", 1),
            ("other, 其他, 农村农业", 1),
            ("Land, 土地, 农村农业", 1),
            ("a, 甲, 农村农业\nb, 乙, 农村农业/村务管理", 2),
            ("a, 甲, 农村农业/村务管理\nb, 乙, 农村农业", 2),
            ("a, 甲, 农村农业, 农村农业/村务管理", 1),
            ("a, 甲, 农村农业\na, 乙, 国土资源", 2),
            ("a, 甲, 农村农业\nb, 甲, 国土资源", 2),
        ] {
            assert_eq!(read(table), Err(line), "{table}");
        }
        // A name that only begins alike is no part.
        assert!(read("a, 甲, 政法/诉讼\nb, 乙, 政法/诉讼外").is_ok());
    }
}
