//! The classification of contents (内容分类): a replaceable, dated tree.

pub mod head;

use jiff::civil::Date;
use serde::Deserialize;

/// A category by its path, levels joined with `/` (一级/二级[/三级]).
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Category(pub String);

impl Category {
    /// The first level.
    pub fn top(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The last level, which is what a list shows.
    pub fn leaf(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is this category or lies below it.
    pub fn is_under(&self, other: &Self) -> bool {
        self == other || self.0.strip_prefix(&other.0).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The national export's way of writing a path: levels joined with `_`.
    pub fn from_export(text: &str) -> Self {
        Self(text.trim().replace('_', "/"))
    }
}

/// A category with the days it is in force (分类有效期).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The category.
    pub category: Category,
    /// First day.
    pub from: Date,
    /// Last day, if it was replaced.
    pub until: Option<Date>,
}

impl Dated {
    /// Whether it is in force on the day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// The tree that ships with the program: two levels.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tree {
    /// First day the tree is in force.
    pub in_force_from: Date,
    /// First-level categories.
    #[serde(rename = "category")]
    pub categories: Vec<TopCategory>,
}

/// A first-level category and those under it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TopCategory {
    /// First level.
    pub name: String,
    /// Second level.
    pub under: Vec<String>,
}

impl Tree {
    /// The shipped tree.
    ///
    /// # Errors
    /// A shipped tree that does not parse, which a test rules out.
    pub fn shipped() -> Result<Self, String> {
        toml::from_str(include_str!("tree.toml")).map_err(|error| error.to_string())
    }

    /// Every path of the tree, first and second levels.
    pub fn paths(&self) -> Vec<Category> {
        let mut paths = Vec::new();
        for branch in &self.categories {
            paths.push(Category(branch.name.clone()));
            for leaf in &branch.under {
                paths.push(Category(format!("{}/{leaf}", branch.name)));
            }
        }
        paths
    }
}

/// Reads a table of paths, one to a line, levels separated by commas or tabs, or by `/` or `_`; a
/// path names its upper levels too. A first line of headings (`一级…`) is left out.
///
/// # Errors
/// The number of a line, from 1, that has more than three levels or a level that is empty in the
/// middle or longer than 40 characters; 0 for a table without a line.
pub fn parse_table(table: &str) -> Result<Vec<Category>, usize> {
    let mut paths = std::collections::BTreeSet::new();
    for (number, line) in (1..).zip(table.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim().trim_end_matches([',', '\t']);
        if line.is_empty() || (number == 1 && line.starts_with("一级")) {
            continue;
        }
        let columns: &[char] = if line.contains([',', '\t']) { &[',', '\t'] } else { &['/', '_'] };
        let levels: Vec<String> =
            line.split(columns).map(|level| level.trim().replace('/', "、")).collect();
        let sound = |level: &String| !level.is_empty() && level.chars().count() <= 40;
        if levels.len() > 3 || !levels.iter().all(sound) {
            return Err(number);
        }
        for depth in 1..=levels.len() {
            paths.insert(Category(levels.get(..depth).unwrap_or_default().join("/")));
        }
    }
    if paths.is_empty() { Err(0) } else { Ok(paths.into_iter().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_paths_is_read_with_its_upper_levels() {
        let read = |table: &str| {
            parse_table(table).map(|paths| paths.into_iter().map(|path| path.0).collect::<Vec<_>>())
        };
        let wanted = vec!["城乡建设", "城乡建设/城市管理", "城乡建设/城市管理/公园管理"];
        let wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        assert_eq!(
            read("一级分类,二级分类,三级分类\n城乡建设,城市管理,公园管理\n"),
            Ok(wanted.clone())
        );
        assert_eq!(read("城乡建设_城市管理_公园管理"), Ok(wanted));
        assert_eq!(read("甲,乙\n甲,,丙"), Err(2));
        assert_eq!(read("甲,乙,丙,丁"), Err(1));
        assert_eq!(read("一级分类\n"), Err(0));
    }

    #[test]
    fn the_shipped_tree_has_both_levels() {
        let tree = Tree::shipped().expect("tree parses");
        assert_eq!(tree.categories.len(), 17);
        let paths = tree.paths();
        assert!(paths.contains(&Category("农村农业/土地承包经营".to_owned())));
        assert_eq!(Category::from_export("农村农业_村务管理").leaf(), "村务管理");
    }
}
