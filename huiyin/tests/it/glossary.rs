//! The glossary names what the law's code names: nobody has to guess what a word means.

use crate::tidy::{root, sources};
use casework::role::Act;
use std::collections::BTreeSet;

/// What stands between backticks in a text, line by line.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The public type that a line of code begins, if it begins one; code lists lie indented in their
/// macro.
fn public_type(line: &str) -> Option<&str> {
    let rest = ["pub struct ", "pub enum ", "pub trait "]
        .into_iter()
        .find_map(|start| line.trim_start().strip_prefix(start))?;
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    // A macro's own `$name` is no type.
    (!name.is_empty()).then_some(name)
}

/// A type stands there under its name, and an act under its variant's name, which is its command's
/// too: `AskExtension`, not `ask_extension`.
#[test]
fn every_act_and_every_type_of_the_law_stands_in_the_glossary() {
    let glossary = std::fs::read_to_string(root().join("docs/glossary.md")).expect("glossary");
    let known = quoted(&glossary);

    let law = root().join("casework/src");
    let texts: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with(&law))
        .map(|(_, text)| text)
        .collect();
    let types: BTreeSet<&str> =
        texts.iter().flat_map(|text| text.lines()).filter_map(public_type).collect();
    // A walk that finds nothing would find nothing missing.
    assert!(types.contains("Matter") && types.contains("Act"), "no types under {}", law.display());

    let acts = Act::ALL
        .into_iter()
        .map(|act| (format!("{act:?}"), format!("act {act:?} ({})", act.word())));
    let missing: BTreeSet<String> = types
        .into_iter()
        .map(|name| (name.to_owned(), format!("type {name}")))
        .chain(acts)
        .filter(|(name, _)| !known.contains(name.as_str()))
        .map(|(_, shown)| shown)
        .collect();
    assert!(missing.is_empty(), "not in docs/glossary.md: {missing:#?}");
}
