//! Traditional and Simplified script (繁体、简体).

use opencc_fmmseg::OpenCC;
use std::sync::LazyLock;

static CONVERTER: LazyLock<OpenCC> = LazyLock::new(OpenCC::new);

/// Loads the dictionaries ahead of the first use, which takes some tens of milliseconds.
pub fn warm_up() {
    LazyLock::force(&CONVERTER);
}

/// Text in Simplified script; other text stays as it is.
pub fn simplified(text: &str) -> String {
    CONVERTER.t2s(text, false)
}

/// Text in Traditional script; other text stays as it is.
pub fn traditional(text: &str) -> String {
    CONVERTER.s2t(text, false)
}

/// The form that comparison and search work on: Simplified, half-width, lower case.
pub fn folded(text: &str) -> String {
    let narrow: String = text.chars().map(half_width).collect();
    let script = if narrow.is_ascii() { narrow } else { simplified(&narrow) };
    script.to_lowercase()
}

/// The half-width form of a full-width character (全角转半角).
fn half_width(symbol: char) -> char {
    match symbol {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(symbol) - 0xfee0).unwrap_or(symbol),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_fold_to_one() {
        assert_eq!(folded("拆遷補償"), folded("拆迁补偿"));
        assert_eq!(folded("Ａ１　土地"), "a1 土地");
        assert_eq!(traditional("征地补偿"), "徵地補償");
    }
}
