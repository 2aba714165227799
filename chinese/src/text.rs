//! Search tokens and the likeness of texts (检索词、相似度).

use crate::script::folded;
use std::collections::BTreeSet;

/// Characters that are written without spaces between words.
fn is_ideograph(symbol: char) -> bool {
    matches!(u32::from(symbol),
        0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

/// Runs of characters that belong together: ideographs, or letters and digits.
fn runs(text: &str) -> Vec<(bool, Vec<char>)> {
    let mut runs: Vec<(bool, Vec<char>)> = Vec::new();
    let mut joined = false;
    for symbol in text.chars() {
        let ideograph = is_ideograph(symbol);
        if !ideograph && !symbol.is_alphanumeric() {
            joined = false;
            continue;
        }
        match runs.last_mut() {
            Some((kind, run)) if joined && *kind == ideograph => run.push(symbol),
            _ => runs.push((ideograph, vec![symbol])),
        }
        joined = true;
    }
    runs
}

/// The tokens under which a text is found: every ideograph, every pair of neighbours, every
/// word or number. So each one- and two-character word inside a text is found.
/// Each is followed by a blank; what occurs again is said again, since an index keeps it once.
pub fn index_tokens(text: &str, into: &mut String) {
    let mut add = |token: &[char]| {
        into.extend(token);
        into.push(' ');
    };
    for (ideographs, run) in runs(&folded(text)) {
        if ideographs {
            run.chunks(1).for_each(&mut add);
            run.windows(2).for_each(&mut add);
        } else {
            add(run.get(..64).unwrap_or(&run));
        }
    }
}

/// The tokens a query asks for, all of which a text must have. A longer word asks for its pairs.
pub fn query_tokens(query: &str) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for (ideographs, run) in runs(&folded(query)) {
        if ideographs && run.len() > 1 {
            tokens.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else {
            tokens.insert(run.into_iter().take(64).collect());
        }
    }
    tokens
}

/// The tokens of a text that are longer than one sign, pairs of neighbouring ideographs above all, for [`likeness`].
pub fn pairs(text: &str) -> BTreeSet<String> {
    let mut tokens = String::new();
    index_tokens(text, &mut tokens);
    tokens
        .split_whitespace()
        .filter(|token| token.chars().count() >= 2)
        .map(str::to_owned)
        .collect()
}

/// How alike two texts are by their pairs, 0–100 (Dice coefficient).
pub fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> u32 {
    let total = a.len() + b.len();
    if total == 0 {
        return 0;
    }
    let shared = a.intersection(b).count();
    u32::try_from(shared * 200 / total).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens_of(text: &str) -> BTreeSet<String> {
        let mut tokens = String::new();
        index_tokens(text, &mut tokens);
        tokens.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn short_words_and_both_scripts_are_found() {
        let text = tokens_of("要求公布二組土地發包收入，2019至2024年");
        for query in ["土地", "地", "发包", "發包", "收入", "2019", "公布二组"] {
            assert!(query_tokens(query).is_subset(&text), "{query}");
        }
        assert!(!query_tokens("拆迁").is_subset(&text));
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_finds_it(
            text in "[\u{4e00}-\u{4fff}a-z0-9，]{1,40}",
            from in 0usize..40,
            len in 1usize..8,
        ) {
            let part: String = text.chars().skip(from).take(len).collect();
            // A cut inside a number or a word is not a word of the text.
            if part.chars().all(is_ideograph) && folded(&text).contains(&folded(&part)) {
                prop_assert!(query_tokens(&part).is_subset(&tokens_of(&text)));
            }
        }
    }
}
