//! The list of mutants: for each provision what a slip in the code would do to people, and the test that would notice.

use serde::Deserialize;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A line that is broken on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutant {
    /// The provisions that it breaks.
    pub rules: Vec<String>,
    /// The file, from the root.
    pub file: String,
    /// A text that stands in the file once; the change lies behind it.
    pub within: String,
    /// What stands there: statements, or one whole expression; in a text of law, any words.
    pub old: String,
    /// What stands there instead.
    pub new: String,
    /// What it does to people.
    pub says: String,
    /// The test that fails then: package, target (`lib` or `it`) and path.
    pub test: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    mutant: Vec<Mutant>,
}

impl Mutant {
    /// Where in the text of its file the change lies.
    ///
    /// # Errors
    /// Why it can't be said.
    pub fn place(&self, text: &str) -> Result<Range<usize>, String> {
        let mut places = text.match_indices(&self.within);
        let (Some((start, _)), None) = (places.next(), places.next()) else {
            return Err(format!("{}: {:?} does not stand there once", self.file, self.within));
        };
        let behind = text.get(start..).unwrap_or_default();
        let at = behind.find(&self.old).ok_or(format!("{}: {:?} is gone", self.file, self.old))?;
        Ok(start + at..start + at + self.old.len())
    }

    /// Package, target and path of its test.
    pub fn tested(&self) -> [&str; 3] {
        let parts: Vec<&str> = self.test.split(' ').collect();
        parts.try_into().expect("a test is a package, a target and a path")
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("workspace").to_owned()
}

/// Every mutant, page by page.
pub fn all() -> Vec<Mutant> {
    let folder = root().join("huiyin/tests/mutants");
    let entries = std::fs::read_dir(folder).expect("folder").flatten().map(|entry| entry.path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    pages.sort();
    let read = |path: PathBuf| -> Vec<Mutant> {
        let text = std::fs::read_to_string(&path).expect("page");
        let page: Page = toml::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        page.mutant
    };
    pages.into_iter().flat_map(read).collect()
}
