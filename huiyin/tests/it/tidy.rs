//! The house's own limits, and documents that tell the truth about paths.

use std::collections::{BTreeMap, BTreeSet};
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
    texts(".rs")
}

fn texts(ending: &str) -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    files(ending, &root(), &mut paths);
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

/// Where what an opening bracket opens ends, counted from behind it.
fn closed(text: &str, open: char, close: char) -> usize {
    let mut depth = 1;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        // An arrow closes nothing.
        if c == close && before != '-' {
            depth -= 1;
        } else if c == open {
            depth += 1;
        }
        if depth == 0 {
            return at;
        }
        before = c;
    }
    text.len()
}

/// What stands between the brackets of each function's head.
fn parameters(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let heads = code.match_indices("fn ").filter(move |(at, _)| {
        let line = code[..*at].rsplit('\n').next().unwrap_or_default();
        !line.contains("//") && !line.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    });
    heads.filter_map(move |(at, _)| {
        let head = &code[at + 3..];
        let name = head.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        let rest = &head[name..];
        let rest = match rest.strip_prefix('<') {
            Some(generic) => &generic[(closed(generic, '<', '>') + 1).min(generic.len())..],
            None => rest,
        };
        let inside = rest.strip_prefix('(')?;
        Some(&inside[..closed(inside, '(', ')')])
    })
}

/// Whether a parameter is a tuple, whose parts nobody names at the call.
fn hides_parameters(parameters: &str) -> bool {
    [": (", ": &(", ": &mut ("].into_iter().any(|tuple| parameters.contains(tuple))
}

#[test]
fn no_parameter_is_a_tuple() {
    for (path, text) in sources() {
        let under = path.strip_prefix(root()).expect("of the tree").to_owned();
        if under.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        for inside in parameters(&text) {
            assert!(!hides_parameters(inside), "{}: {inside}", under.display());
        }
    }
}

#[test]
fn tuples_are_seen_wherever_they_hide() {
    let hidden = [
        "fn f(\n    (a, b): (A, B),\n) {}",
        "fn f(a: &(A, B)) -> C {}",
        "fn f<T: Fn(A) -> B>(a: [u8; 2], (b, c): (B, C)) {}",
    ];
    for text in hidden {
        assert!(parameters(text).any(hides_parameters), "{text}");
    }
    let open = "fn f(a: A, Path((b, c)): Path<(B, C)>) -> (D, E) { let g: (A, B) = h; }";
    assert_eq!(parameters(open).collect::<Vec<_>>(), ["a: A, Path((b, c)): Path<(B, C)>"]);
    assert!(!parameters(open).any(hides_parameters));
}

/// A line is read without moving the head: in the program, on the pages and in the database's own
/// language alike.
#[test]
fn lines_fit_the_page() {
    for ending in [".rs", ".html", ".css", ".js", ".sql"] {
        for (path, text) in texts(ending) {
            for (at, line) in text.lines().enumerate() {
                let long = line.chars().count();
                assert!(long <= 120, "{}:{}: {long} characters", path.display(), at + 1);
            }
        }
    }
}

/// A page that does not fit is cut into partials, each about one thing.
#[test]
fn pages_stay_small() {
    for (path, text) in texts(".html") {
        let lines = text.lines().count();
        assert!(lines <= 150, "{}: {lines} lines", path.display());
    }
}

/// Local texts change the periods of law, so a text takes them as arguments.
#[test]
fn no_legal_period_is_written_into_a_text() {
    let apart = [
        // What a desk calls soon.
        "bucket-soon",
        // What the yearly figures count by, whatever the period was.
        "figure-answers-within-15-days",
        "figure-answers-within-60-days",
        "report-work-answers",
    ];
    for file in ["zh-Hans.ftl", "en.ftl"] {
        let path = root().join("huiyin/locales").join(file);
        let text = std::fs::read_to_string(&path).expect("text");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let found: Vec<&str> = lines
            .filter(|line| {
                let (key, said) = line.split_once(" =").unwrap_or(("", *line));
                !apart.contains(&key) && (counts_days(said) || counts_days_in_english(said))
            })
            .collect();
        assert!(found.is_empty(), "{file}: {found:#?}");
    }
}

/// Whether a Chinese text names a number of days.
fn counts_days(said: &str) -> bool {
    said.match_indices(['日', '天']).any(|(at, day)| {
        let head = said.get(..at).unwrap_or_default().trim_end();
        let head = head.trim_end_matches("工作").trim_end_matches('个').trim_end();
        // 一天 is some day, 下一个工作日 is the next one.
        let some_day = (day == "天" && head.ends_with('一')) || head.ends_with("下一");
        !some_day && head.ends_with(|c: char| "〇一二三四五六七八九十百两0123456789".contains(c))
    })
}

/// Whether an English text names a number of days.
fn counts_days_in_english(said: &str) -> bool {
    let numbers = "two three four five six seven eight nine ten twelve fifteen twenty thirty forty \
                   fifty sixty seventy eighty ninety hundred";
    let said = said.to_lowercase();
    let words: Vec<&str> = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !["", "calendar", "working", "business"].contains(word))
        .collect();
    let is_number = |word: &str| {
        word.chars().all(|c| c.is_ascii_digit()) || numbers.split(' ').any(|one| one == word)
    };
    words.windows(2).any(|pair| matches!(pair, [count, "day" | "days"] if is_number(count)))
}

#[test]
fn periods_are_seen_in_both_languages() {
    for said in ["三十日内", "五个工作日内", "15 日内答复", "六十天"] {
        assert!(counts_days(said), "{said}");
    }
    for said in ["{ $review }内", "写最后一天", "到下一个工作日"] {
        assert!(!counts_days(said), "{said}");
    }
    for said in ["within thirty days", "five working days", "a 15-day period"] {
        assert!(counts_days_in_english(said), "{said}");
    }
    for said in ["within { $review }", "{ $count } working days", "Days on television"] {
        assert!(!counts_days_in_english(said), "{said}");
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

/// The words of a text that stand in backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Every name on a walk stands in a file that the walk passes through, so that nobody follows it into nothing.
#[test]
fn walks_lead_where_they_say() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("text");
    let walks: Vec<&str> = text.split("\n## Walk ").skip(1).collect();
    assert_eq!(walks.len(), 3);
    for walk in walks {
        let walk = walk.split("\n## ").next().expect("a walk");
        let passed: String = quoted(walk)
            .filter(|word| word.ends_with(".rs"))
            .map(|path| std::fs::read_to_string(root().join(path)).expect("a file"))
            .collect();
        for word in quoted(walk).filter(|word| !word.contains(['/', '.', ' ', '-', '('])) {
            let name = word.rsplit("::").next().expect("a name");
            let stands =
                passed.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == name);
            assert!(
                stands,
                "`{word}` stands in no file of walk {}",
                walk.lines().next().expect("its title")
            );
        }
    }
}

/// Rooms of a crate that are one thing with its parts: a matter with what petitions, records and roles say of it, an
/// enum of doors with its doors.
const ONE_THING: [(&str, &[&str]); 2] = [
    ("casework", &["duty", "figure", "matter", "petition", "refusal", "role"]),
    ("store", &["db", "postgres_door", "sqlite_door"]),
];

/// The room of a file, at the root of its crate.
fn room(of: &Path) -> Option<String> {
    let first = of.iter().next()?.to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

/// The names with which paths go on behind `crate::`: one, or those of a group.
fn named_first(rest: &str) -> Vec<String> {
    let word = |text: &str| {
        let text = text.trim_start();
        text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let group = &group[..closed(group, '{', '}')];
    let mut names = Vec::new();
    let mut rest = group;
    while !rest.trim().is_empty() {
        names.push(word(rest));
        let end = rest.find([',', '{']).unwrap_or(rest.len());
        let inner = rest[end..].strip_prefix('{').map(|inner| closed(inner, '{', '}') + 2);
        let end = end + inner.unwrap_or(0);
        rest = rest.get(end..).unwrap_or_default().trim_start_matches(',');
    }
    names
}

/// Which rooms of a crate each room names in its code.
fn arrows(of: &str) -> BTreeMap<String, BTreeSet<String>> {
    let source = root().join(of).join("src");
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let Ok(inside) = path.strip_prefix(&source) else { continue };
        let root = inside.ends_with("lib.rs") || inside.ends_with("main.rs");
        let Some(from) = room(inside).filter(|_| !root && !inside.ends_with("tests.rs")) else {
            continue;
        };
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let named = code.split("crate::").skip(1).flat_map(named_first);
        let to = arrows.entry(from.clone()).or_default();
        to.extend(named.filter(|name| *name != from));
    }
    arrows
}

/// Everything that a room leads to, however far.
fn reached(from: &str, arrows: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![from.to_owned()];
    while let Some(room) = ahead.pop() {
        for next in arrows.get(&room).into_iter().flatten() {
            if found.insert(next.clone()) {
                ahead.push(next.clone());
            }
        }
    }
    found
}

#[test]
fn rooms_lead_nowhere_back_to_themselves() {
    for of in ["casework", "chinese", "papers", "store", "huiyin"] {
        let arrows = arrows(of);
        assert!(!arrows.is_empty(), "{of} has rooms");
        for room in arrows.keys() {
            let one_thing = ONE_THING
                .iter()
                .any(|(place, rooms)| *place == of && rooms.contains(&room.as_str()));
            let back = reached(room, &arrows).contains(room);
            assert!(!back || one_thing, "{of}: {room} leads back to itself");
        }
    }
}

/// The check sees a circle where there is one.
#[test]
fn circles_are_seen() {
    let arrows = arrows("casework");
    assert!(reached("matter", &arrows).contains("matter"));
    assert!(!reached("calendar", &arrows).contains("calendar"));
    assert_eq!(
        named_first("{Error, Tx, table::{self, Table},\n    search};"),
        ["Error", "Tx", "table", "search"]
    );
    assert_eq!(named_first("row::Row;"), ["row"]);
}
