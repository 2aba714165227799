//! The law matrix: every provision that the texts list has code that names it, a test that names it, and a line that
//! breaks it and is noticed by a test (`huiyin/tests/mutants`); `docs/law-matrix.md` says where. Renewed by
//! `HUIYIN_RENEW=1 ./test`.

#[path = "../mutants/list.rs"]
mod list;

use crate::tidy::{root, sources};
use casework::statute::Statutes;
use list::Mutant;
use std::path::Path;

/// The places where a rule is named, apart: in code and in tests.
fn places(rule: &str) -> (Vec<String>, Vec<String>) {
    let (mut code, mut tests) = (Vec::new(), Vec::new());
    for (path, text) in sources() {
        let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        if shown.ends_with("tests/it/matrix.rs") || shown.starts_with("benches") {
            continue;
        }
        let (body, proofs) = if shown.contains("/tests/") {
            ("", text.as_str())
        } else {
            text.split_once("#[cfg(test)]").unwrap_or((text.as_str(), ""))
        };
        if names(body, rule) {
            code.push(shown.clone());
        }
        if names(proofs, rule) {
            tests.push(shown);
        }
    }
    code.sort();
    tests.sort();
    (code, tests)
}

/// Whether a text names the rule itself and not one whose name only begins like it.
fn names(text: &str, rule: &str) -> bool {
    text.match_indices(rule).any(|(at, _)| {
        let after = text.get(at + rule.len()..).and_then(|rest| rest.chars().next());
        !after.is_some_and(|letter| letter.is_ascii_alphanumeric())
    })
}

fn linked(places: &[String]) -> String {
    places.iter().map(|place| format!("`{place}`")).collect::<Vec<_>>().join("<br>")
}

/// Every rule that a text has.
fn rules(statutes: &Statutes) -> Vec<&str> {
    let provisions = statutes.texts().iter().flat_map(|text| &text.provisions);
    provisions.map(|provision| provision.id.0.as_str()).collect()
}

/// What would happen without the code that keeps a rule, and the test that would notice.
fn proved(rule: &str, mutants: &[Mutant]) -> Vec<String> {
    let own = mutants.iter().filter(|mutant| mutant.rules.iter().any(|one| one == rule));
    own.map(|mutant| format!("{}: `{}`", mutant.says, mutant.tested()[2])).collect()
}

/// Every mutant is about provisions that the texts list, and stands in the code as it is today.
#[test]
fn every_mutant_has_its_place() {
    let statutes = Statutes::shipped().expect("texts");
    let known = rules(&statutes);
    for mutant in list::all() {
        let strange = mutant.rules.iter().find(|rule| !known.contains(&rule.as_str()));
        assert_eq!(strange, None, "{}", mutant.says);
        let text = std::fs::read_to_string(root().join(&mutant.file)).expect("a file");
        mutant.place(&text).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_ne!(mutant.old, mutant.new);
    }
}

/// The papers of the list that lines of a case file make, by number: what they are, and which kind makes them.
fn made_papers() -> Vec<(String, String, String)> {
    let source = root().join("casework/src/matter/document.rs");
    let text = std::fs::read_to_string(source).expect("a file");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pairs = lines.windows(2).filter_map(|two| {
        let (said, kind) = (two.first()?.strip_prefix("/// ")?, two.last()?);
        let (name, number) = kind.trim_end_matches(',').split_once(" = ")?;
        let number = number.trim_matches('"');
        number.starts_with('F').then(|| {
            (number.to_owned(), said.trim_end_matches('.').to_owned(), format!("`{name}`"))
        })
    });
    pairs.collect()
}

/// Papers of the list that no line of a case file makes (不由案卷生成的文书): where each comes from instead, or why it does
/// not.
const ELSEWHERE: [(&str, &str, &str); 8] = [
    (
        "F01",
        "登记回执",
        "shown once at registration, with the query code: `huiyin/src/web/intake/mod.rs`",
    ),
    ("F18", "建议意见回复", "the opinion of a suggestion, with its own title: F17"),
    ("F24", "复核受理告知书、复核意见书", "as F22 and F23, one level up"),
    ("F36", "领导接访登记表", "the record of a reception day: `casework/src/duty/reception.rs`"),
    ("F37", "联席会议纪要", "the record of a conference: `casework/src/duty/conference.rs`"),
    (
        "F38",
        "终结审批材料",
        "not made: provincial, and no text here knows it; the file's index (F40) lists what it asks for",
    ),
    ("F40", "卷宗目录", "made of the file when it is asked for: `huiyin/src/paper/index.rs`"),
    (
        "F41",
        "年度报告",
        "`huiyin/src/report.rs`, kept as it went out by `casework/src/duty/submission.rs`",
    ),
];

/// The list of papers (law.md §5), each with what makes it or why nothing does.
fn papers() -> String {
    let mut all = made_papers();
    let elsewhere = ELSEWHERE
        .map(|(number, said, where_)| (number.to_owned(), said.to_owned(), where_.to_owned()));
    all.extend(elsewhere);
    all.sort();
    let numbers: Vec<&str> = all.iter().map(|(number, ..)| number.as_str()).collect();
    let whole: Vec<String> = (1..=41).map(|at| format!("F{at:02}")).collect();
    assert_eq!(numbers, whole, "each paper of the list once");
    let rows = all.iter().map(|(number, said, made)| format!("| {number} | {said} | {made} |\n"));
    format!(
        "\n## Papers\n\nWhich kind of `Document` (`casework/src/matter/document.rs`) a line of a case file makes, or \
         where the paper comes from instead.\n\n| number | paper | made by |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn every_provision_has_code_and_a_test() {
    let statutes = Statutes::shipped().expect("texts");
    let mutants = list::all();
    let mut page = String::from(
        "# Law matrix\n\nWhich provision is kept where, and what proves it: for each, what would \
         happen to people without the code, with the test that fails then (`huiyin/tests/mutants` breaks the code and \
         runs it). Made by `huiyin/tests/it/matrix.rs`; don't edit it by hand.\n",
    );
    let mut wanting = Vec::new();
    for text in statutes.texts().iter().filter(|text| !text.provisions.is_empty()) {
        page.push_str(&format!("\n## 《{}》（{}）\n\n", text.name, text.edition));
        page.push_str(
            "| rule | article | what it demands | code | tests | without it |\n|---|---|---|---|---|---|\n",
        );
        for provision in &text.provisions {
            let rule = provision.id.0.as_str();
            let (mut code, tests) = places(rule);
            // Periods, grounds and limits are enforced as data of the text itself.
            if text.sets(&provision.id) {
                let file = text.edition.to_lowercase();
                code.insert(0, format!("casework/src/statute/{file}.toml"));
            }
            if code.is_empty() || tests.is_empty() {
                wanting.push(format!("{rule}: {} in code, {} in tests", code.len(), tests.len()));
            }
            let proved = proved(rule, &mutants);
            if proved.is_empty() {
                wanting.push(format!("{rule}: no line is broken to see who notices"));
            }
            page.push_str(&format!(
                "| {rule} | {} | {} | {} | {} | {} |\n",
                provision.article,
                provision.duty,
                linked(&code),
                linked(&tests),
                proved.join("<br>")
            ));
        }
    }
    page.push_str(&papers());
    page.push_str("\n## Provisions that software does not keep, or not yet\n\n");
    page.push_str("| rule | article | what it demands | why |\n|---|---|---|---|\n");
    for text in statutes.texts() {
        for one in &text.apart {
            let kept = text.provisions.iter().any(|provision| provision.id == one.id);
            assert!(!kept, "{} is said to be kept and not to be", one.id.0);
            page.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                one.id.0, one.article, one.duty, one.why
            ));
        }
    }
    assert!(wanting.is_empty(), "\n{}", wanting.join("\n"));
    let path = root().join("docs/law-matrix.md");
    if std::env::var("HUIYIN_RENEW").is_ok() {
        std::fs::write(&path, &page).expect("write");
    }
    let kept = std::fs::read_to_string(Path::new(&path)).unwrap_or_default();
    assert!(kept == page, "docs/law-matrix.md is out of date: HUIYIN_RENEW=1 renews it");
}

/// A rule that code names stands in a text; a slip of the pen is no law.
#[test]
fn every_rule_that_code_names_stands_in_a_text() {
    let statutes = Statutes::shipped().expect("texts");
    let known = rules(&statutes);
    for (path, text) in sources() {
        for edition in ["R05-", "R22-", "BJ-", "HA-", "SD-", "SH-", "ZJ-"] {
            for (at, _) in text.match_indices(edition) {
                let before = text.get(..at).and_then(|head| head.chars().last());
                if before.is_some_and(|letter| letter.is_ascii_alphanumeric()) {
                    continue;
                }
                let rule: String = text
                    .get(at..)
                    .unwrap_or_default()
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
                    .collect();
                let is_rule = rule.len() > edition.len();
                assert!(
                    !is_rule || known.contains(&rule.as_str()),
                    "{}: {rule} stands in no text",
                    path.display()
                );
            }
        }
    }
}
