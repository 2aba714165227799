//! What lies in a file (卷宗目录, law.md §5 F40): its papers in their order, each with its number, and what was handed in
//! with them.

use super::{LANG, Maker, Paper};
use crate::house::House;
use crate::see::SeenMatter;
use casework::matter::{Entry, Fact, Matter};
use casework::petition::Attachment;

/// The list of a file's papers, as of today. Nobody is named in it.
pub fn index(house: &House, SeenMatter { matter, entries }: &SeenMatter) -> Paper {
    let on = house.moment().on;
    let maker = Maker::of(house, matter, entries, on);
    let papers = entries.iter().flat_map(|entry| maker.papers(matter, entry));
    let numbered = (1u32..).zip(papers).map(|(at, said)| format!("{at}. {said}"));
    let said = std::iter::once(maker.about()).chain(numbered).collect();
    let paper = maker.paper(LANG.t("paper-index-title"), &matter.office, said);
    Paper { to: maker.name(&matter.holder), ..paper }
}

impl Maker<'_> {
    /// The papers of a line and the files that came with it, each as a line of the list.
    fn papers(&self, matter: &Matter, entry: &Entry) -> Vec<String> {
        let row = |title: &str, number: &str| {
            let (on, unit) = (LANG.date(entry.on), self.name(&entry.unit));
            [on.as_str(), title, number, &unit].join(" ").replace("  ", " ")
        };
        let mut found = Vec::new();
        if let Some(letter) = entry.fact.letter() {
            let text = self.letter(letter, &entry.unit);
            let given = entry.issued.letter.as_deref().unwrap_or(&text.number);
            found.push(row(&text.title, given));
        }
        if let Some(notice) = entry.fact.notice() {
            let title = LANG.word("notice", notice.kind().word());
            found.push(row(&title, entry.issued.notice.as_deref().unwrap_or_default()));
        }
        if let Fact::Signed(signed) = &entry.fact {
            found.push(row(&LANG.t(self.closing().0), &signed.number));
        }
        if let Fact::ReviewDecided(decided) = &entry.fact {
            found.push(row(&LANG.t("served-paper-opinion"), &decided.number));
        }
        // What was put out belongs to somebody else, and so may its name.
        let here = |file: &&Attachment| matter.opens(&file.hash);
        let files: Vec<&Attachment> = entry.fact.attachments().iter().filter(here).collect();
        let came = matches!(entry.fact, Fact::Registered(_) | Fact::Joined(_));
        if found.is_empty() && (came || !files.is_empty()) {
            found.push(row(&LANG.word("fact", entry.fact.word()), ""));
        }
        found.extend(files.iter().map(|file| row(&file.name, "")));
        found
    }
}
