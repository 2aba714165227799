//! Names, telephones and identity numbers (姓名、电话、证件号码): normal form, check, mask.

/// The normal form of a telephone number: half-width digits alone, without the country's 86.
pub fn phone(text: &str) -> String {
    let digits: String = crate::script::folded(text).chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    }
}

/// Whether a telephone number can be one: 7 to 12 digits.
pub fn is_phone(text: &str) -> bool {
    (7..=12).contains(&phone(text).len())
}

/// The normal form of a name: no spaces, Simplified script, one kind of middle dot.
pub fn name(text: &str) -> String {
    let folded = crate::script::folded(text);
    folded
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '•' | '・' | '．' | '.') { '·' } else { c })
        .collect()
}

/// The normal form of an identity number: half-width letters and digits alone, in capitals.
pub fn id_number(text: &str) -> String {
    let folded = crate::script::folded(text);
    folded.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// Whether a resident identity number's check character is right (GB 11643, MOD 11-2).
pub fn is_resident_id(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let number = id_number(text);
    if number.len() != 18 {
        return false;
    }
    let mut sum = 0u32;
    for (symbol, weight) in number.chars().zip(WEIGHTS) {
        let Some(digit) = symbol.to_digit(10) else { return false };
        sum += digit * weight;
    }
    let expected = CHECKS.get((sum % 11) as usize).copied();
    expected == number.bytes().next_back()
}

/// A name as lists show it: first and last character, `赵*兰`, `王*`.
pub fn mask_name(text: &str) -> String {
    let symbols: Vec<char> = text.trim().chars().collect();
    // A dash that stands for nobody hides nobody.
    if !symbols.iter().any(|symbol| symbol.is_alphanumeric()) {
        return symbols.into_iter().collect();
    }
    match symbols.as_slice() {
        [] => String::new(),
        [one] => format!("{one}*"),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => {
            format!("{first}{}{last}", "*".repeat(middle.len().min(3)))
        }
    }
}

/// A telephone as pages show it: `138****1234`.
pub fn mask_phone(text: &str) -> String {
    let digits = phone(text);
    match (digits.get(..3), digits.get(digits.len().saturating_sub(4)..)) {
        (Some(head), Some(tail)) if digits.len() >= 8 => format!("{head}****{tail}"),
        _ => "****".to_owned(),
    }
}

/// The letters and digits of a text alone, folded, so that nothing hides between them.
pub fn bare(text: &str) -> String {
    crate::script::folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text speaks of somebody by what is known of them: a name, a number, an address, however it is
/// spaced, pointed, widened or written in the other script.
pub fn speaks_of(text: &str, known: &str) -> bool {
    let known = bare(known);
    known.chars().count() > 1 && bare(text).contains(&known)
}

/// Whether a text holds what can only be somebody's number: seven digits or more in a row, whatever stands
/// between them that is no letter, in figures or in Chinese; but not a sum of money.
pub fn looks_personal(text: &str) -> bool {
    const LEAST: usize = 7;
    let (mut run, mut found) = (0, false);
    for symbol in crate::script::folded(text).chars() {
        let digit = symbol.is_ascii_digit() || "〇零一二三四五六七八九".contains(symbol);
        if digit {
            run += 1;
        } else if symbol.is_alphanumeric() {
            found |= run >= LEAST && !matches!(symbol, '元' | '万' | '亿');
            run = 0;
        }
    }
    found || run >= LEAST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_do_not_hide() {
        for number in [
            "139.1111.2222",
            "139（1111）2222",
            "１３９１１１１２２２２",
            "8123456",
            "一三九一一一一二二二二",
            "139\u{200b}11112222",
        ] {
            assert!(looks_personal(number), "{number}");
        }
        for harmless in
            ["1998年至2003年", "付清1000000元", "云调〔2025〕1号", "六十份档案", "共120人"]
        {
            assert!(!looks_personal(harmless), "{harmless}");
        }
        assert!(speaks_of("结果：常 百 靈获赔", "常百灵"));
        assert!(speaks_of("住城关镇 南关路１８号", "城关镇南关路18号"));
        assert!(!speaks_of("档案补齐", "常百灵") && !speaks_of("档案", ""));
    }

    #[test]
    fn normal_forms_agree() {
        assert_eq!(phone("+86 138-0000-1234"), "13800001234");
        assert_eq!(phone("（０８７２）８１２３４５６"), "08728123456");
        assert!(is_phone("１３８００００１２３４"));
        assert_eq!(id_number("５３2901１９８０0101００1ｘ"), "53290119800101001X");
        assert_eq!(name("趙 秀蘭"), "赵秀兰");
        assert_eq!(name("阿依．买力克"), name("阿依·买力克"));
    }

    #[test]
    fn masks_hide_the_middle() {
        assert_eq!(mask_name("赵秀兰"), "赵*兰");
        assert_eq!(mask_name("王伟"), "王*");
        assert_eq!(mask_phone("13800001234"), "138****1234");
        assert_eq!(mask_phone("123"), "****");
    }

    #[test]
    fn the_check_character_decides() {
        assert!(is_resident_id("11010519491231002X"));
        assert!(!is_resident_id("110105194912310021"));
        assert!(!is_resident_id("1101051949123100"));
    }
}
