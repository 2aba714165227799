//! The classification of contents (内容分类): a replaceable, dated tree.

use jiff::civil::Date;
use serde::Deserialize;

/// A category by its path, levels joined with `/` (一级/二级[/三级]).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, Deserialize)]
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

    /// The national export's way of writing a path: levels joined with `_`.
    pub fn from_export(text: &str) -> Self {
        Self(text.trim().replace('_', "/"))
    }
}

/// The tree that ships with the program: two levels.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tree {
    /// First day the tree is in force.
    pub in_force_from: Date,
    /// First-level categories.
    #[serde(rename = "category")]
    pub categories: Vec<Branch>,
}

/// A first-level category and those under it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Branch {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tree_has_both_levels() {
        let tree = Tree::shipped().expect("tree parses");
        assert_eq!(tree.categories.len(), 17);
        let paths = tree.paths();
        assert!(paths.contains(&Category("农村农业/土地承包经营".to_owned())));
        assert_eq!(Category::from_export("农村农业_村务管理").leaf(), "村务管理");
    }
}
