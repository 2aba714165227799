//! The house's own limits, and documents that tell the truth about paths.

use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("workspace").to_owned()
}

fn files(ending: &str, under: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(under).expect("folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | ".git" | "node_modules") {
            files(ending, &path, out);
        } else if name.ends_with(ending) {
            out.push(path);
        }
    }
}

pub fn sources() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    files(".rs", &root(), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("text");
            (path, text)
        })
        .collect()
}

#[test]
fn no_sql_outside_the_store() {
    for (path, text) in sources() {
        let inside = path.starts_with(root().join("store"))
            || path
                .components()
                .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "benches");
        let found = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"]
            .into_iter()
            .find(|sql| text.contains(sql));
        assert!(inside || found.is_none(), "{}: {found:?}", path.display());
    }
}

#[test]
fn casework_knows_no_machine() {
    let manifest = std::fs::read_to_string(root().join("casework/Cargo.toml")).expect("manifest");
    for machine in ["tokio", "rusqlite", "postgres", "axum", "rand", "store", "chinese"] {
        assert!(!manifest.lines().any(|line| line.starts_with(machine)), "{machine}");
    }
}

#[test]
fn rooms_stay_small() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500, "{}: {lines} lines", path.display());
    }
}

#[test]
fn documents_name_paths_that_exist() {
    let mut documents = Vec::new();
    files(".md", &root(), &mut documents);
    for document in documents {
        let text = std::fs::read_to_string(&document).expect("text");
        for word in text.split('`').skip(1).step_by(2) {
            let path = word.trim_end_matches('/');
            let is_path = path.contains('/')
                && path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
                && ["casework", "chinese", "store", "papers", "huiyin", "docs", "benches"]
                    .iter()
                    .any(|room| path.starts_with(&format!("{room}/")));
            assert!(!is_path || root().join(path).exists(), "{}: {path}", document.display());
        }
    }
}
