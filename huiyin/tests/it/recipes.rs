//! The recipes touch as few places as they say. `./test` applies the samples to a copy and compiles them.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files that a sample touches.
fn touched(sample: &str) -> Vec<String> {
    let patch = std::fs::read_to_string(root().join("docs/samples").join(sample)).expect("a patch");
    let after = |line: &str| line.strip_prefix("+++ b/").map(str::to_owned);
    patch.lines().filter_map(after).collect()
}

#[test]
fn a_change_stays_in_few_places_and_the_recipe_names_them() {
    let recipes = std::fs::read_to_string(root().join("docs/recipes.md")).expect("recipes");
    let section = |heading: &str| {
        let rest = recipes.split(&format!("\n## {heading}\n")).nth(1).expect("a recipe");
        rest.split("\n## ").next().expect("its text").to_owned()
    };
    for (sample, heading, most) in [
        ("1-field.patch", "Add a field to what is registered", 8),
        ("2-act.patch", "Add an act on a matter", 8),
        ("3-duty-kind.patch", "Add a kind of duty record", 7),
    ] {
        let (files, text) = (touched(sample), section(heading));
        assert!(!files.is_empty() && files.len() <= most, "{sample}: {files:#?}");
        assert!(text.contains(&format!("docs/samples/{sample}")), "{heading}");
        for file in files {
            // A file that the sample adds is named by one of its kind in the same folder.
            let named = if root().join(&file).exists() {
                text.contains(&file)
            } else {
                let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
                text.contains(&format!("{folder}/"))
            };
            assert!(named, "{heading} does not name {file}");
        }
    }
}
