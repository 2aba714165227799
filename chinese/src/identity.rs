//! Names, telephones and identity numbers (姓名、电话、证件号码): normal form, check, mask.

/// The normal form of a telephone number: digits only, without the country's 86.
pub fn phone(text: &str) -> String {
    let digits: String = text
        .chars()
        .filter_map(|c| c.to_digit(10))
        .filter_map(|d| char::from_digit(d, 10))
        .collect();
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

/// The normal form of an identity number.
pub fn id_number(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_uppercase()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms_agree() {
        assert_eq!(phone("+86 138-0000-1234"), "13800001234");
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
