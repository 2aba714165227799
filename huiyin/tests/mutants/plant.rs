//! The copy of the program with every mutant in it.

use crate::list::{Mutant, root};
use std::path::Path;

/// What the copy needs, from the root.
const PARTS: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "casework",
    "chinese",
    "papers",
    "store",
    "huiyin",
    "benches",
    "docs",
    "rustfmt.toml",
];

/// The switch, as the copy's `casework` has it.
const SWITCH: &str = r#"//! Which mutant is switched on.

fn on() -> Option<usize> {
    static ON: std::sync::OnceLock<Option<usize>> = std::sync::OnceLock::new();
    *ON.get_or_init(|| std::env::var("HUIYIN_MUTANT").ok()?.parse().ok())
}

/// Whether it is this one.
pub fn is(number: usize) -> bool {
    on() == Some(number)
}

/// A text of law, with the words of the mutant changed if it is this text's.
pub fn text(file: &str, text: &'static str) -> &'static str {
    let change = CHANGES.iter().find(|change| change.0 == file && is(change.1));
    let Some((_, _, from, until, new)) = change else { return text };
    let changed = format!("{}{new}{}", &text[..*from], &text[*until..]);
    Box::leak(changed.into_boxed_str())
}
"#;

/// Writes the copy; what is the same already is left alone, so that only what changed is compiled again.
pub fn plant(mutants: &[Mutant], copy: &Path) {
    for part in PARTS {
        copy_all(&root().join(part), &copy.join(part), mutants);
    }
    let changes: String = mutants
        .iter()
        .enumerate()
        .filter(|(_, mutant)| is_data(&mutant.file))
        .map(|(number, mutant)| {
            let text = std::fs::read_to_string(root().join(&mutant.file)).expect("text of law");
            let place = mutant.place(&text).unwrap_or_else(|wrong| panic!("{wrong}"));
            let (from, until) = (place.start, place.end);
            let name = mutant.file.rsplit('/').next().unwrap_or_default();
            format!("    ({name:?}, {number}, {from}, {until}, {:?}),\n", mutant.new)
        })
        .collect();
    let switch = format!(
        "{SWITCH}\nconst CHANGES: &[(&str, usize, usize, usize, &str)] = &[\n{changes}];\n"
    );
    write(&copy.join("casework/src/mutant.rs"), &switch);
}

fn is_data(file: &str) -> bool {
    file.ends_with(".toml")
}

fn copy_all(from: &Path, to: &Path, mutants: &[Mutant]) {
    if from.is_dir() {
        for entry in std::fs::read_dir(from).expect("folder").flatten() {
            copy_all(&entry.path(), &to.join(entry.file_name()), mutants);
        }
        return;
    }
    let Ok(bytes) = std::fs::read(from) else { return };
    let file = from.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned();
    let Ok(text) = String::from_utf8(bytes.clone()) else {
        return write_bytes(to, &bytes);
    };
    write(to, &changed(&file, text, mutants));
}

/// The text of a file with its mutants in it.
fn changed(file: &str, mut text: String, mutants: &[Mutant]) -> String {
    let own = mutants.iter().enumerate().filter(|(_, mutant)| mutant.file == file);
    let mut changes: Vec<_> = own
        .filter(|_| !is_data(file))
        .map(|(number, mutant)| {
            let place = mutant.place(&text).unwrap_or_else(|wrong| panic!("{wrong}"));
            (place, number, mutant)
        })
        .collect();
    changes.sort_by_key(|(place, ..)| place.start);
    let apart = changes.windows(2).all(|two| match two {
        [(one, ..), (other, ..)] => one.end <= other.start,
        _ => true,
    });
    assert!(apart, "{file}: two mutants lie on each other");
    let door = if file.starts_with("casework/") { "crate" } else { "casework" };
    for (place, number, mutant) in changes.into_iter().rev() {
        let Mutant { old, new, .. } = mutant;
        let choice = format!("if {door}::mutant::is({number}) {{ {new} }} else {{ {old} }}");
        let statements = old.ends_with([';', '}']);
        let choice = if statements { choice } else { format!("({choice})") };
        text.replace_range(place, &choice);
    }
    match file {
        // What is compiled of a package of the same version is taken for the same.
        "Cargo.toml" => {
            text = text.replacen("version = \"0.1.0\"", "version = \"0.1.0-mutants\"", 1)
        }
        "casework/src/lib.rs" => {
            text.push_str("\n/// Which mutant is switched on.\npub mod mutant;\n")
        }
        "casework/src/statute/mod.rs" => {
            for part in text.clone().split("include_str!(\"").skip(1) {
                let name = part.split('"').next().unwrap_or_default();
                let plain = format!("include_str!(\"{name}\")");
                text = text.replace(&plain, &format!("crate::mutant::text({name:?}, {plain})"));
            }
        }
        _ => {}
    }
    text
}

fn write(to: &Path, text: &str) {
    write_bytes(to, text.as_bytes());
}

fn write_bytes(to: &Path, bytes: &[u8]) {
    if std::fs::read(to).is_ok_and(|there| there == bytes) {
        return;
    }
    std::fs::create_dir_all(to.parent().expect("folder")).expect("folder");
    std::fs::write(to, bytes).expect("written");
}
